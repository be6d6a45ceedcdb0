# SPDX-License-Identifier: Apache-2.0
"""What was acknowledged, held against what is in the log: nothing lost, nothing doubled, nothing in
another place than was said. Pure."""

import collections


def wrong(acknowledged, sent, events):
    """A line for each promise that was broken. `acknowledged`: command id -> the sequence that was
    answered; `sent`: every command id; `events`: the lines of `events cat --json`."""
    places = collections.defaultdict(list)
    for event in events:
        if event["command_id"] in sent:
            places[event["command_id"]].append(event["sequence"])
    found = []
    for command, sequence in acknowledged.items():
        if not places[command]:
            found.append(f"lost: {command}, acknowledged as event {sequence}")
        elif sequence not in places[command]:
            found.append(f"moved: {command}, acknowledged as {sequence}, is {places[command]}")
    found += [f"doubled: {command} is in events {at}" for command, at in places.items()
              if len(at) > 1]
    found += [f"never acknowledged: {command}" for command in sent if command not in acknowledged]
    return sorted(found)


def counted_once(rows):
    """Rows as an analyst keeps them: the first of each project and sequence, in order."""
    kept = {}
    for row in rows:
        kept.setdefault((row["project_id"], row["seq"]), row)
    return [kept[key] for key in sorted(kept)]

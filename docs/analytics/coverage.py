#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Coverage: which share of each source is coded. A code point that is coded five times is coded
once: passages are united before they are counted. Memos are the team's own words and left out; a
source whose text is missing has no length and no share. The day on which it was last coded tells
which lie untouched.

    coverage.py events.ndjson --picture coverage.png"""

import sys

import pandas

import qualog_events


def per_source(project):
    """A frame by source: its length, how much of it is coded, the share, the last day."""
    days = {}
    for coding in project.codings:
        source = coding["source_id"]
        days[source] = max(days.get(source, ""), coding["at"][:10])
    rows = []
    for number, source in enumerate(project.sources, 1):
        if source["kind"] == "memo":
            continue
        length = source["length"]
        coded = qualog_events.length_of(project.passages(source["source_id"])) if length else None
        rows.append({"source_id": source["source_id"], "name": source["name"] or f"source {number}",
                     "length": length, "coded": coded})
    frame = pandas.DataFrame(rows).set_index("source_id")
    frame[["length", "coded"]] = frame[["length", "coded"]].astype("Int64")
    frame["share"] = (frame["coded"] / frame["length"]).round(4)
    frame["last_coded"] = pandas.Series(days, dtype="object")
    return frame


def draw(frame, path):
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(figsize=(7, 2.6), layout="constrained")
    shares = frame["share"].astype(float).fillna(0) * 100
    bars = axes.barh(frame["name"], shares, color="#9bbfd9")
    axes.bar_label(bars, ["no text" if pandas.isna(share) else f"{share:.0%}"
                          for share in frame["share"]], padding=3)
    axes.set_xlim(0, 112)
    axes.set_xlabel("% of code points coded")
    axes.invert_yaxis()
    figure.savefig(path)


def main():
    given = qualog_events.arguments(__doc__).parse_args()
    frame = per_source(qualog_events.chosen(given))
    frame.to_csv(sys.stdout)
    if given.picture:
        draw(frame, given.picture)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""What owners have told, and whether the log bears it out:

- what was told durable is in the log exactly once, under the number and at the place that were told
- what was told as not applied is nowhere in it
- events and asides are numbered 1, 2, 3 ... in the order of the log
- what was sent after something was told durable has the greater number
- every reader finds the same, and every record that anyone has seen is still what it was
"""

from typing import NamedTuple


class Told(NamedTuple):
    kind: str
    id: str
    number: int
    place: int
    sent: int
    told: int


class Facts:
    """Of one owner, from its file."""

    def __init__(self, path):
        self.durable, self.not_applied, self.unknown = [], [], []
        self.opened, self.lost = [], []
        text = path.read_text(encoding="ascii") if path.exists() else ""
        for line in text[:text.rfind("\n") + 1].splitlines():
            kind, *words = line.split()
            if kind == "durable":
                numbers = map(int, words[2:])
                self.durable.append(Told(words[0], words[1], *numbers))
            else:
                getattr(self, kind).append(words[0])

    def longest_gap_s(self):
        """Between two tidings that something is durable."""
        times = sorted({one.told for one in self.durable})
        return max((b - a for a, b in zip(times, times[1:])), default=0) / 1e6


class Log:
    """What a reader found, from its output."""

    def __init__(self, text):
        self.items, self.damage, self.error = {}, [], ""
        self.order = {"e": [], "a": []}
        self.twice = []
        self.fences = self.ignored = self.foreign = self.records = 0
        self.lines = text.splitlines()
        for line in self.lines:
            self._take(line)

    def _take(self, line):
        kind, *words = line.split()
        if kind in self.order:
            number, place = int(words[0]), int(words[1])
            if words[2] in self.items:
                self.twice.append(words[2])
            self.items[words[2]] = (kind, number, place)
            self.order[kind].append(number)
        elif kind == "end":
            _, self.records, self.fences, self.ignored, self.foreign = map(int, words)
        elif kind == "damage":
            self.damage.append(line)
        else:
            self.error = line


def out_of_order(told):
    """Those whose number is not above all that was told before they were sent."""
    found = []
    for kind in "ea":
        mine = [one for one in told if one.kind == kind]
        by_told, at, highest = sorted(mine, key=lambda one: one.told), 0, 0
        for one in sorted(mine, key=lambda one: one.sent):
            while at < len(by_told) and by_told[at].told < one.sent:
                highest = max(highest, by_told[at].number)
                at += 1
            if one.number <= highest:
                found.append(one.id)
    return found


def violations(log, owners):
    """Lines that say what is wrong; none: all is well. owners: the Facts of each."""
    wrong = [f"the log: {line}" for line in [*log.damage, log.error] if line]
    wrong += [f"twice in the log: {one}" for one in log.twice]
    for kind, numbers in log.order.items():
        if numbers != list(range(1, len(numbers) + 1)):
            wrong.append(f"the numbers of {kind} have a gap")
    told = [one for owner in owners for one in owner.durable]
    for one in told:
        if one.id not in log.items:
            wrong.append(f"told durable, not in the log: {one}")
        elif log.items[one.id] != (one.kind, one.number, one.place):
            wrong.append(f"in the log as {log.items[one.id]}: {one}")
    durable = {one.id for one in told}
    for one in (one for owner in owners for one in owner.not_applied):
        if one in log.items:
            wrong.append(f"told as not applied, in the log: {one}")
        if one in durable:
            wrong.append(f"told both ways: {one}")
    return wrong + [f"told before what was sent earlier: {one}" for one in out_of_order(told)]


def changed_records(seen, now):
    """Offsets of records that a watcher saw otherwise than they are, as lines OFFSET BYTES. A
    watcher that was killed leaves half a line."""
    found = set(now.splitlines())
    lines = seen[:seen.rfind("\n") + 1].splitlines()
    return [line.split()[0] for line in lines if line not in found and line[0].isdigit()]

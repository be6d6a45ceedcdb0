#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adds up a run of ./dev test: reads STEP.log and STEP.status of every step in a directory, names
what failed, and ends with the line "N passed, N failed". A case is a test case of Boost.Test, or a
whole test or step that reports no cases. Exit code 1 if anything failed or nothing passed."""

import pathlib
import re
import sys

CASES = re.compile(r"^(?:(\d+):)?\s+(\d+) test cases? out of \d+ (passed|failed|aborted|skipped)")
RESULT = re.compile(r"^\s*\d+/\d+ Test +#(\d+): (\S+) \.*\s*(Passed|[^.]*?\*\*\*.*?)\s+[\d.]+ sec")
KIND = {"passed": "passed", "failed": "failed", "aborted": "failed", "skipped": "skipped"}


class Tally:
    def __init__(self):
        self.counts = {"passed": 0, "failed": 0, "skipped": 0}
        self.failures = []

    def add(self, kind, count=1):
        self.counts[kind] += count

    def fail(self, what):
        self.failures.append(what)

    def closing_line(self):
        line = "{passed} passed, {failed} failed".format(**self.counts)
        return line + (f", {self.counts['skipped']} skipped" if self.counts["skipped"] else "")

    def is_good(self):
        return self.counts["failed"] == 0 and self.counts["passed"] > 0


def cases_by_test(lines):
    """Test number of ctest -> {passed, failed, skipped} as its own report says."""
    found = {}
    for line in lines:
        match = CASES.match(line)
        if match and match[1]:
            counts = found.setdefault(match[1], {"passed": 0, "failed": 0, "skipped": 0})
            counts[KIND[match[3]]] += int(match[2])
    return found


def add_test(tally, step, name, outcome, cases):
    good = outcome == "Passed"
    for kind, count in (cases or {}).items():
        tally.add(kind, count)
    if "Skipped" in outcome or "Not Run (Disabled)" in outcome:
        tally.add("skipped")
    elif not good:
        tally.fail(f"{step}: {name}: {outcome.strip('* ')}")
        if not (cases or {}).get("failed"):
            tally.add("failed")
    elif not cases:
        tally.add("passed")


def add_step(tally, step, text, status):
    lines = text.splitlines()
    cases = cases_by_test(lines)
    results = [match for match in map(RESULT.match, lines) if match]
    failed_before = tally.counts["failed"]
    for match in results:
        add_test(tally, step, match[2], match[3], cases.get(match[1]))
    if status != 0 and tally.counts["failed"] == failed_before:
        tally.add("failed")
        tally.fail(f"{step}: exit code {status}; see its log")
    elif not results and status == 0:
        tally.add("passed")


def main(directory):
    tally = Tally()
    for status in sorted(pathlib.Path(directory).glob("*.status")):
        text = status.with_suffix(".log").read_text(errors="replace")
        add_step(tally, status.stem, text, int(status.read_text()))
    for failure in tally.failures:
        print(f"failed: {failure}")
    print(tally.closing_line())
    return 0 if tally.is_good() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

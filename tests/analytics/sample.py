#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A project with known answers, made by the real program: three people code three interviews over
nine days, change their minds, edit, merge, delete and undo. Ids are fixed, and the times of its
rows are set to those days, so that it is the same in every run; docs/analytics/example.ndjson is
its stream. Write that anew: sample.py PROGRAM > docs/analytics/example.ndjson"""

import datetime
import json
import os
import subprocess
import sys
import tempfile

FIRST_DAY = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.timezone.utc)
PROJECT = "00000000-0000-7000-8000-00000000f000"
LINEAGE = "00000000-0000-7000-8000-00000000f001"
MAKER = "00000000-0000-7000-8000-00000000f002"  # the session in which the project was made


def item(number):
    return f"00000000-0000-7000-8000-{number:012x}"


INTERVIEW_1, INTERVIEW_2, INTERVIEW_3, INTERVIEW_4, DIARY = (item(0xA1 + n) for n in range(5))
CODES = {name: item(0xC1 + number) for number, name in enumerate(
    ("Trust", "Time", "Place", "Body", "Breath", "Money", "Friends", "Fear", "Rain", "Music",
     "Shame", "Coach", "Setting", "Draft"))}
PEOPLE = {name: item(0x51 + number) for number, name in enumerate(("ada", "ben", "cleo"))}


def member(name):
    return "member.added", {"principal": name, "group": "contributor"}


def source(name, source_id, length, **more):
    text = {"text": "x" * length, "length": length} if length else {"text_state": "missing"}
    return "source.created", {"id": source_id, "name": name, **text, **more}


def code(name, **more):
    return "code.created", {"id": CODES[name], "name": name, **more}


def coding(number, name, source_id, begin=None, end=None):
    passage = {} if begin is None else {"begin": begin, "end": end}
    return "coding.added", {"id": item(number), "code": CODES[name], "source": source_id, **passage}


def undo_last(_):
    return "undo.applied", {}


def edit_interview_2(answers):
    """Ten code points inside of Money; the lease is the answer before."""
    return "source.text_edited", {
        "source": INTERVIEW_2, "token": answers[-1]["sequence"],
        "version": answers[3]["sequence"],
        "splices": [{"position": 20, "delete_length": 0, "insert": "y" * 10}]}


# (day, who, what). What is refused is refused in every run.
STORY = [
    (0, "ada", member("ben")),
    (0, "ada", member("cleo")),
    (0, "ada", source("Interview 1", INTERVIEW_1, 1000)),
    (0, "ada", source("Interview 2", INTERVIEW_2, 400)),
    (0, "ada", source("Interview 3", INTERVIEW_3, 250)),
    (0, "ada", source("Interview 4", INTERVIEW_4, 0)),
    (0, "ada", source("Diary", DIARY, 120, kind="memo")),
    (0, "ada", code("Trust")),
    (0, "ada", code("Time")),
    (0, "ben", code("Place")),
    (0, "ada", code("Body", aggregate=True)),
    (0, "ada", coding(0x101, "Trust", INTERVIEW_1, 0, 150)),
    (0, "ada", coding(0x102, "Time", INTERVIEW_1, 300, 400)),
    (0, "ada", coding(0x103, "Time", INTERVIEW_1, 350, 450)),
    (1, "ada", code("Breath", parent=CODES["Body"])),
    (1, "ada", coding(0x104, "Breath", INTERVIEW_1, 600, 700)),
    (1, "ben", coding(0x201, "Trust", INTERVIEW_1, 100, 200)),
    (1, "ben", coding(0x202, "Time", INTERVIEW_1, 300, 450)),
    (1, "ben", coding(0x203, "Place", INTERVIEW_1, 500, 600)),
    (1, "ben", coding(0x204, "Body", INTERVIEW_1, 600, 700)),
    (1, "ben", coding(0x205, "Place", INTERVIEW_1, 900, 1000)),
    (1, "ben", undo_last),
    (1, "ben", code("Money")),
    (2, "ben", coding(0x206, "Money", INTERVIEW_2, 0, 100)),
    (2, "cleo", code("Friends")),
    (2, "cleo", coding(0x301, "Friends", INTERVIEW_2, 50, 150)),
    (2, "ada", code("Fear")),
    (2, "ada", coding(0x105, "Fear", INTERVIEW_1, 700, 800)),
    (2, "ada", ("coding.removed", {"code": CODES["Fear"], "source": INTERVIEW_1, "begin": 720,
                                   "end": 740})),
    (3, "cleo", code("Rain")),
    (3, "cleo", undo_last),
    (3, "cleo", code("Music")),
    (3, "cleo", coding(0x302, "Music", INTERVIEW_2, 200, 240)),
    (3, "cleo", code("Draft")),
    (3, "cleo", coding(0x303, "Draft", INTERVIEW_2, 300, 400)),
    (4, "cleo", code("Shame")),
    (4, "cleo", coding(0x304, "Shame", INTERVIEW_3, 40, 90)),
    (4, "ada", ("lease.acquired", {"item": INTERVIEW_2})),
    (4, "ada", edit_interview_2),
    (4, "ada", ("code.merged", {"from": [CODES["Music"]], "into": CODES["Body"]})),
    (5, "ada", ("code.deleted", {"code": CODES["Draft"]})),
    (7, "ben", code("Coach")),
    (7, "ben", coding(0x207, "Coach", INTERVIEW_3, 0, 60)),
    (7, "cleo", coding(0x305, "Money", INTERVIEW_3, 100, 130)),
    (8, "cleo", code("Setting")),
    (8, "cleo", coding(0x306, "Setting", INTERVIEW_3)),
    (8, "ben", ("code.props_changed", {"code": CODES["Friends"], "name": "Company"})),
    (8, "ada", coding(0x106, "Trust", INTERVIEW_3, 200, 240)),
    # ada comes too late: her words wait in her inbox and are in no row.
    (8, "ada", ("code.props_changed", {"code": CODES["Friends"], "name": "Never said"}), 20),
]


class Sample:
    """A data directory with the project Gym, and what was answered."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.data = os.path.join(folder, "data")
        self.run("init", self.data)
        self.run("project", "create", "Gym")
        self.times = {1: FIRST_DAY}  # seq -> when
        self.answers = []
        for number, (day, who, what, *seen) in enumerate(STORY):
            self.act(number, day, who, what, *seen)

    def run(self, *arguments, given=None):
        ended = subprocess.run([self.binary, *arguments, "-d", self.data, "--actor", "ada",
                                "--json"], input=given, capture_output=True, encoding="utf-8",
                               check=False)
        if ended.returncode not in (0, 3):  # 3: refused
            raise RuntimeError(ended.stderr)
        return [json.loads(line) for line in ended.stdout.splitlines()]

    def act(self, number, day, who, what, seen="latest"):
        action, body = what(self.answers) if callable(what) else what
        line = {"actor": who, "session": PEOPLE[who], "command_id": item(0xE000 + number),
                "seen": seen, "action": action, "body": body}
        answer, = self.run("apply", "Gym", given=json.dumps(line) + "\n")
        self.answers.append(answer)
        at = FIRST_DAY + datetime.timedelta(days=day, minutes=10 * number)
        head = self.run("state", "Gym")[0]["sequence"]
        for seq in range(len(self.times) + 1, head + 1):
            self.times[seq] = at + datetime.timedelta(microseconds=seq)

    def rows(self, *options):
        """The rows that the program gives, with fixed ids and times in place of its own."""
        return [self.fixed(row) for row in
                self.run("events", "cat", "Gym", "--format", "ndjson", *options)]

    def fixed(self, row):
        own = row["project_id"]
        row["at"] = self.times[row["seq"]].strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        row["project_id"] = PROJECT
        row["event_id"] = f"{PROJECT}/{row['seq']}"
        if row["entity_id"]:
            row["entity_id"] = row["entity_id"].replace(own, PROJECT)
        if row["session_id"] not in PEOPLE.values():
            row["session_id"] = MAKER
        if "lineage" in row["payload"]:
            row["payload"]["lineage"] = LINEAGE
        return row


def text_of(rows):
    return "".join(json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n"
                   for row in rows)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="qualog-sample-") as place:
        sys.stdout.write(text_of(Sample(sys.argv[1], place).rows()))

# SPDX-License-Identifier: Apache-2.0
"""`qualog demo` as a person runs it: it ends well and soon, tells its story, and leaves a directory
in which the commands that it prints work. Method: the real binary in a directory of its own, once
for people and once with --json; the facts of the one are looked up with other commands."""

import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
import unittest

QUALOG = ""
SECONDS_MAX = 30

KEY_SENTENCES = (
    "Nothing was lost",
    "Coding is never a conflict",
    "Bo was first",
    "kept for her",
    "nobody deletes what they have not seen",
    "each exactly once",
    "all have exactly their words",
    "took the merge back",
    "the content has the same digest as before",
    "Bo's stays where he has put it",
    "Nothing is gone for good",
    "verified: ok",
)
CHAPTERS = ["import", "conflicts", "crash", "transcript", "history", "groups", "accident",
            "next"]


def run(arguments, directory):
    """Output of the program in `directory`, without settings of whoever runs the test."""
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith("QUALOG_")}
    return subprocess.run([QUALOG, *arguments], cwd=directory, env=environment, text=True,
                          encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, timeout=300, check=False)


def in_one_line(text):
    return " ".join(text.split())


class Demo(unittest.TestCase):
    """One demo for people, one for programs; every test looks at the same two."""

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.place.cleanup)
        begin = time.monotonic()
        cls.told = run(["demo"], cls.place.name)
        cls.seconds = time.monotonic() - begin
        cls.counted = run(["demo", "it's here", "--json"], cls.place.name)
        cls.facts = {}
        for line in cls.counted.stdout.splitlines():
            chapter = json.loads(line)
            cls.facts[chapter["chapter"]] = chapter

    def qualog(self, *arguments):
        done = run(["-d", "it's here", "--actor", "ada", *arguments, "--json"], self.place.name)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_it_ends_well_and_in_time(self):
        self.assertEqual((self.told.returncode, self.told.stderr), (0, ""))
        self.assertEqual((self.counted.returncode, self.counted.stderr), (0, ""))
        self.assertLess(self.seconds, SECONDS_MAX)

    def test_the_story_is_told_within_100_columns_and_without_colours(self):
        story = in_one_line(self.told.stdout)
        for sentence in KEY_SENTENCES:
            self.assertIn(sentence, story)
        self.assertNotIn("\x1b", self.told.stdout)
        long = [line for line in self.told.stdout.splitlines()
                if len(line) > 100 and "qualog -d" not in line]
        self.assertEqual(long, [])

    def test_each_chapter_is_one_object(self):
        self.assertEqual(list(self.facts), CHAPTERS)

    def test_without_a_name_it_takes_the_first_that_is_free(self):
        self.assertTrue(os.path.isfile(os.path.join(self.place.name, "qualog-demo-1",
                                                    "qualog.format")))

    def test_the_printed_commands_work_as_they_are_pasted(self):
        printed = [line.strip() for line in self.told.stdout.splitlines()
                   if line.strip().startswith("qualog -d")]
        self.assertEqual(len(printed), 3)
        for command in printed + self.facts["next"]["commands"]:
            done = run(shlex.split(command)[1:], self.place.name)
            self.assertEqual(done.returncode, 0, f"{command}: {done.stderr}")
            self.assertGreater(len(done.stdout), 100, command)

    def test_other_commands_see_what_was_told(self):
        self.assertGreater(self.facts["import"]["codings"], 250)
        accident = self.facts["accident"]
        then = self.qualog("state", "Night shifts", "--at", str(accident["at"]))[0]
        self.assertEqual(then["digest"], accident["digest"])
        self.assertEqual(then["counts"]["codes"], accident["before_codes"])
        now = self.qualog("state", "Night shifts")[0]
        self.assertEqual(now["counts"]["codes"], accident["after_codes"])
        for project in ("Night shifts", accident["restored"]):
            proved = self.qualog("verify", project, "--expect",
                                 f"{accident['at']}:{accident['chain']}")[0]
            self.assertTrue(proved["ok"])

    def test_a_group_is_one_row_and_one_undo(self):
        groups = self.facts["groups"]
        self.assertGreater(groups["moved"], 5)
        self.assertGreater(groups["events"], groups["moved"])
        (split,) = [row for row in self.qualog("log", "Night shifts", "--action", "code.split")]
        self.assertEqual((split["sequence"], split["count"], split["user"]),
                         (groups["first"], groups["events"], "cleo"))
        undos = [row["count"] for action in ("undo.applied", "redo.applied") for row in
                 self.qualog("log", "Night shifts", "--action", action, "--from",
                             str(groups["first"]))]
        self.assertEqual(len(undos), 3)
        self.assertGreater(min(undos), groups["moved"])
        codings = self.qualog("codings", self.facts["accident"]["restored"], "--code", "Handover")
        self.assertEqual(len(codings), groups["kept_by_target"])

    def test_what_was_sent_around_the_crash_is_there_once(self):
        crash = self.facts["crash"]
        self.assertGreater(crash["sent_again"], 0)
        marks = self.qualog("codings", self.facts["accident"]["restored"], "--code",
                            "To discuss on Friday")
        self.assertEqual(len(marks), crash["there_once"])
        self.assertEqual(crash["told"] + crash["sent_again"], crash["there_once"])
        passages = {(mark["source"], mark["begin"]) if isinstance(mark["source"], str)
                    else (json.dumps(mark["source"]), mark["begin"]) for mark in marks}
        self.assertEqual(len(passages), len(marks))

    def test_a_directory_in_use_is_refused_and_left_alone(self):
        used = os.path.join(self.place.name, "used")
        os.mkdir(used)
        with open(os.path.join(used, "letter.txt"), "w", encoding="utf-8") as letter:
            letter.write("mine")
        done = run(["demo", "used"], self.place.name)
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertEqual(os.listdir(used), ["letter.txt"])


if __name__ == "__main__":
    QUALOG = os.path.abspath(sys.argv.pop(1))
    unittest.main()

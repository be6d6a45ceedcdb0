# SPDX-License-Identifier: Apache-2.0
"""Standard streams that cannot be used: a full disk behind them, or closed by the shell. What could
not be printed or read is no success, no crash, and never in a file of a project."""

import os
import pty
import subprocess

import program
from program import (DENIED, DONE, FAILED, NOT_FOUND, PARTLY, USAGE, Interview, command,
                     item_id)

PRINTING = [["project", "show", "Gym"], ["project", "ls"], ["events", "cat", "Gym"], ["log", "Gym"],
            ["log", "Gym", "--oneline"], ["show", "Gym", "3"], ["state", "Gym"], ["codes", "Gym"],
            ["codings", "Gym"], ["stripes", "Gym", "Interview 1"],
            ["member", "ls", "Gym"], ["guest", "Gym"],
            ["conflicts", "ls", "Gym"], ["verify", "Gym"], ["schema"], ["schema", "coding.added"],
            ["version"], ["--help"], ["codes", "--help"]]
UNWRITABLE = (">/dev/full", ">&-")


class Streams(Interview):
    """Something to print for every command."""

    def setUp(self):
        super().setUp()
        self.apply(self.coding(1, "bo"),
                   command("code.deleted", {"code": item_id(99)}, seen="latest"), code=PARTLY)

    def redirected(self, words, where, given=b""):
        """As a shell runs it."""
        completed = subprocess.run(
            ["bash", "-c", f'"$0" "$@" {where}', program.binary, *words, "-d", self.data],
            input=given, capture_output=True, check=False, timeout=program.TIMEOUT_SECONDS,
            env={**program.environment(), "QUALOG_ACTOR": "anna"})
        completed.stdout = completed.stdout.decode()
        completed.stderr = completed.stderr.decode()
        return program.Ended(completed)

    def files_with(self, words):
        """Files of the data directory that hold these bytes."""
        found = []
        for folder, _, names in os.walk(self.data):
            for path in (os.path.join(folder, name) for name in names):
                with open(path, "rb") as file:
                    found += [path] if words in file.read() else []
        return found


class Printing(Streams):
    def test_data_that_cannot_be_printed_is_no_success_and_no_crash(self):
        for where in UNWRITABLE:
            for words in PRINTING:
                for options in ([], ["--json"]):
                    with self.subTest(words=words, where=where, options=options):
                        ended = self.redirected([*words, *options], where)
                        self.assertEqual((ended.code, ended.out), (FAILED, ""), ended.err)
                        self.assertEqual(ended.err.count("\n"), 1, ended.err)
                        self.assertIn("stdout cannot be written", ended.err)

    def test_more_than_a_buffer_that_cannot_be_printed(self):
        self.apply(*(command("code.created", {"id": item_id(0x100 + n), "name": f"Code {n}",
                                              "description": "x" * 2_000})
                     for n in range(1, 9)))
        for where in UNWRITABLE:
            for words in (["events", "cat", "Gym"], ["codes", "Gym"], ["log", "Gym", "--oneline"],
                          ["events", "cat", "Gym", "--json"], ["show", "Gym", "8"]):
                with self.subTest(words=words, where=where):
                    ended = self.redirected(words, where)
                    self.assertEqual((ended.code, ended.err.count("\n")), (FAILED, 1), ended.err)

    def test_a_message_that_cannot_be_printed_leaves_the_exit_code(self):
        for where in ("2>/dev/full", "2>&-"):
            for options in ([], ["--json"]):
                for words, code in ((["project", "show", "nope"], NOT_FOUND),
                                    (["restore", "Gym", "--at", "1", "--as", "New", "--actor",
                                      "bo"], DENIED)):
                    ended = self.redirected([*words, *options], where)
                    self.assertEqual((ended.code, ended.out, ended.err), (code, "", ""), words)

    def test_an_action_whose_answer_cannot_be_printed_is_done_and_ends_with_one(self):
        made = program.json.dumps(command("code.created", {"id": item_id(0x101), "name": "Calm"}))
        for where in UNWRITABLE:
            for options in ([], ["--json"]):
                before = self.head()
                for words in (["guest", "Gym", "on"], ["guest", "Gym", "off"]):
                    ended = self.redirected([*words, *options], where)
                    self.assertEqual((ended.code, ended.err.count("\n")), (FAILED, 1), ended.err)
                self.assertEqual(self.head(), before + 2)
        ended = self.redirected(["apply", "Gym"], ">/dev/full", (made + "\n").encode())
        self.assertEqual(ended.code, FAILED, ended.err)
        self.assertIn("Calm", self.qualog("codes", "Gym").out)


class Closed(Streams):
    def test_no_answer_is_written_into_a_file_of_the_project(self):
        """The first file that is opened takes the number of a stream that is closed."""
        given = program.json.dumps(command(
            "project.guest_access_set", {"on": True}, seen="latest")).encode()
        for where in (">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
            for words in (["apply", "Gym"], ["guest", "Gym", "off"], ["guest", "Gym", "maybe"]):
                with self.subTest(words=words, where=where):
                    ended = self.redirected(words, where, given)
                    self.assertIn(ended.code, (DONE, FAILED, USAGE, NOT_FOUND), ended.err)
                    for written in (b'"result":', b"accepted", b"qualog: "):
                        self.assertEqual(self.files_with(written), [])
        self.assertIs(self.good(self.qualog("verify", "Gym", "--rebuild")).line()["ok"], True)

    def test_what_needs_no_stream_that_is_closed_is_done(self):
        for where, code in (("<&-", DONE), ("2>&-", DONE), (">&-", FAILED)):
            self.assertEqual(self.redirected(["guest", "Gym"], where).code, code)


class Reading(Streams):
    GUESTS = program.json.dumps(command("project.guest_access_set", {"on": True}, seen="latest"))

    def ends_with_an_error(self, given):
        """A terminal whose other end is gone fails behind what was written to it."""
        here, there = pty.openpty()
        self.addCleanup(os.close, here)
        os.write(there, given.encode())
        os.close(there)
        completed = subprocess.run(
            [program.binary, "apply", "Gym", "-d", self.data], stdin=here, capture_output=True,
            encoding="utf-8", check=False, timeout=program.TIMEOUT_SECONDS)
        return program.Ended(completed)

    def test_a_reading_that_fails_is_not_the_end(self):
        ended = self.ends_with_an_error(self.GUESTS + "\n\n")
        self.assertEqual(ended.code, FAILED, ended.err)
        self.assertEqual([line["result"] for line in ended.lines()], ["accepted"])
        self.assertIn("standard input, line 3: ", ended.err)
        memory = self.redirected(["apply", "Gym", "/proc/self/mem"], "")
        self.assertEqual((memory.code, memory.out), (FAILED, ""))
        self.assertIn("/proc/self/mem, line 1: ", memory.err)

    def test_a_line_whose_reading_fails_is_not_applied(self):
        before = self.head()
        ended = self.ends_with_an_error(self.GUESTS)
        self.assertEqual((ended.code, ended.out), (FAILED, ""), ended.err)
        self.assertIn("line 1: ", ended.err)
        self.assertEqual(self.head(), before)

    def test_what_can_have_no_lines(self):
        for where in ("</", "<&-"):
            ended = self.redirected(["apply", "Gym"], where)
            self.assertEqual((ended.code, ended.out), (NOT_FOUND, ""), ended.err)
            self.assertIn("standard input: cannot be read", ended.err)

    def test_lines_of_every_shape(self):
        """The last without its end, blank ones, and one that is longer than a buffer."""
        code = program.json.dumps(command("code.created", {
            "id": item_id(0x101), "name": "Long", "description": "x" * 20_000}))
        lines = self.qualog("apply", "Gym", given=f"\n{self.GUESTS}\r\n \t\n{code}\n{self.GUESTS}")
        self.assertEqual([line["result"] for line in lines.lines()], ["accepted"] * 3)

# SPDX-License-Identifier: Apache-2.0
# Rows: ST-5.
"""Wrong usage and bad luck: every mistake ends with its documented exit code and one line that says
what was wrong; what people wrote never steers a terminal."""

import glob
import json
import os
import pty
import signal
import stat
import subprocess
import unittest

import fixtures
import program
from program import (DAMAGED, DENIED, DONE, FAILED, HELD, NOT_FOUND, PARTLY, USAGE, Interview,
                     ProjectTest, Running, command, item_id, run)

ON_A_PROJECT = [
    ["project", "show"], ["project", "rename", "Gym 2"], ["project", "delete"],
    ["project", "undelete"], ["project", "purge"], ["member", "ls"],
    ["member", "add", "bo", "--group", "reader"],
    ["member", "rm", "bo"], ["guest"], ["guest", "off"], ["events", "cat"], ["log"], ["show", "1"],
    ["state"], ["state", "--at", "1"], ["codes"], ["codings"], ["stripes", "Interview 1"],
    ["conflicts", "ls"],
    ["conflicts", "show", item_id(1)], ["conflicts", "reapply", item_id(1)], ["apply"]]


def on(project, words):
    """Puts the project behind the words of the command."""
    names = 2 if words[0] in ("project", "member", "events", "conflicts") else 1
    return [*words[:names], project, *words[names:]]


class WithoutData(unittest.TestCase):
    def test_no_command_prints_help(self):
        ended = run()
        self.assertEqual((ended.code, ended.out), (USAGE, ""))
        self.assertIn("Usage: qualog", ended.err)
        self.assertIn("conflicts", ended.err)

    def test_help_of_every_command_has_an_example(self):
        self.assertEqual(run("--help").code, DONE)
        for words in ON_A_PROJECT:
            names = 2 if words[0] in ("project", "member", "events", "conflicts") else 1
            ended = run(*words[:names], "--help")
            self.assertEqual((ended.code, ended.err), (DONE, ""))
            self.assertIn("Examples:", ended.out)

    def test_mistyped_commands_are_named_with_the_nearest(self):
        for arguments, meant in ((["codez"], "codes"), (["events", "kat"], "cat"),
                                 (["conflicts", "reaply"], "reapply")):
            ended = run(*arguments)
            self.assertEqual((ended.code, ended.out, ended.err.count("\n")), (USAGE, "", 1))
            self.assertIn(f"did you mean {meant}", ended.err)

    def test_wrong_options_are_one_line(self):
        for arguments in (["state"], ["state", "Gym", "--att", "1"], ["show", "Gym"], ["member"],
                          ["show", "Gym", "x"], ["events", "cat", "Gym", "-n", "many"],
                          ["member", "add", "Gym", "bo"]):
            with self.subTest(arguments=arguments):
                ended = run(*arguments)
                self.assertEqual((ended.code, ended.out, ended.err.count("\n")), (USAGE, "", 1))
                self.assertIn("--help", ended.err)

    def test_errors_are_json_for_scripts(self):
        for arguments in (["state", "Gym", "--json", "--att", "1"], ["state", "Gym", "--json"]):
            error = json.loads(run(*arguments).err)
            self.assertEqual((error["message_type"], error["code"]), ("exit_error", USAGE))

    def test_no_data_directory(self):
        ended = run("codes", "Gym")
        self.assertEqual(ended.code, USAGE)
        self.assertIn("QUALOG_DATA", ended.err)
        self.assertEqual(run("codes", "Gym", "-d", "/nonexistent").code, NOT_FOUND)


class WithData(ProjectTest):
    def test_an_unknown_project(self):
        for words in ON_A_PROJECT:
            with self.subTest(words=words):
                self.assert_error(self.qualog(*on("Nothing", words), given=""), NOT_FOUND)
                self.assert_error(self.qualog(*on(item_id(1), words), given=""), NOT_FOUND)

    def test_global_options_stand_anywhere_and_in_the_environment(self):
        for arguments in (["-d", self.data, "codes", "Gym"], ["codes", "-d", self.data, "Gym"],
                          ["codes", "Gym", "--data", self.data]):
            self.assertEqual(run(*arguments).code, DONE)
        self.assertEqual(run("codes", "Gym", extra_environment={"QUALOG_DATA": self.data}).code,
                         DONE)

    def test_data_that_did_not_get_out_is_no_success(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            ended = subprocess.run([program.binary, "project", "ls", "-d", self.data], stdout=full,
                                   stderr=subprocess.PIPE, check=False, timeout=60)
        self.assertEqual(ended.returncode, FAILED)

    def test_a_reader_that_has_enough_is_no_failure_to_print_about(self):
        self.apply(*(command("code.created", {"id": item_id(n), "name": f"Code {n}",
                                              "description": "x" * 2_000}) for n in range(1, 90)))
        process = subprocess.Popen([program.binary, "codes", "Gym", "-d", self.data, "--json"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(1)
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        self.assertEqual(process.wait(60), -signal.SIGPIPE)

    def test_ST_5_a_data_directory_that_others_may_enter(self):
        before = self.qualog("state", "Gym").out
        for directory in (self.data, os.path.join(self.data, "projects"), self.keys):
            for mode in (0o755, 0o750, 0o701, 0o777):
                os.chmod(directory, mode)
                for words in (["project", "ls"], ["codes", "Gym"], ["guest", "Gym", "off"]):
                    ended = self.qualog(*words)
                    self.assert_error(ended, DENIED)
                    self.assertIn(f"(mode {mode:o}); run chmod 700", ended.err)
                os.chmod(directory, 0o700)
        self.assertEqual(self.good(self.qualog("state", "Gym")).out, before)

    def test_ST_5_unless_told(self):
        os.chmod(self.data, 0o750)
        self.good(self.qualog("--allow-others", "project", "ls"))
        told = {"QUALOG_ALLOW_OTHERS": "1", "QUALOG_DATA": self.data}
        self.good(run("project", "ls", extra_environment=told))
        told["QUALOG_ALLOW_OTHERS"] = "0"
        self.assertEqual(run("project", "ls", extra_environment=told).code, DENIED)

    def test_ST_5_all_that_is_made_is_private(self):
        """Whatever the umask of who runs it."""
        other = os.path.join(self.folder, "other")
        for words in (["init", other], ["project", "create", "A"], ["guest", "A", "off"],
                      ["restore", "A", "--at", "1", "--as", "B"], ["verify", "A", "--rebuild"]):
            ended = subprocess.run([program.binary, *words, "-d", other], capture_output=True,
                                   check=False, timeout=60, preexec_fn=lambda: os.umask(0))
            self.assertEqual(ended.returncode, DONE, ended.stderr)
        seen = 0
        for folder, folders, files in os.walk(other):
            for name in folders + files:
                mode = stat.S_IMODE(os.lstat(os.path.join(folder, name)).st_mode)
                self.assertEqual(mode, 0o700 if name in folders else 0o600, (folder, name))
                seen += 1
        self.assertEqual(stat.S_IMODE(os.lstat(other).st_mode), 0o700)
        self.assertGreater(seen, 10)

    def test_a_second_writer_is_told_who_holds_it(self):
        owner = Running(self, "apply", "Gym")
        owner.send(command("code.created", {"id": item_id(1), "name": "Stress"}))
        owner.line()
        self.assert_error(self.qualog("guest", "Gym", "off"), HELD)
        self.good(self.qualog("codes", "Gym"))

    def test_commands_given_at_once_all_go_in(self):
        given = [Running(self, "member", "add", "Gym", f"eva{number}", "--group", "reader")
                 for number in range(6)]
        self.assertEqual([one.process.wait(timeout=60) for one in given], [DONE] * 6)
        self.assertEqual(len(self.good(self.qualog("member", "ls", "Gym")).lines()), 7)

    def test_a_mark_in_front_of_utf_8_is_passed_over(self):
        line = '{"action":"code.created","body":{"id":"%s","name":"C"}}\n' % item_id(1)
        ended = self.qualog("apply", "Gym", given="\ufeff" + line)
        self.assertEqual(self.good(ended).line()["result"], "accepted")

    def test_a_damaged_log_is_refused(self):
        for number in range(3):
            self.apply(command("code.created", {"id": item_id(number + 1), "name": f"C{number}"}))
        log = os.path.join(self.data, "projects", self.project, "log")
        segment = max(glob.glob(os.path.join(log, "*")), key=os.path.getsize)
        with open(segment, "r+b") as file:
            content = file.read()
            place = content.index(b"C1")
            file.seek(place)
            file.write(b"D")
        for words in (["log"], ["apply"]):
            self.assert_error(self.qualog(*words, self.project, given=""), DAMAGED)
        self.assertIn("cannot be read", self.qualog("codes", "Gym").err)
        self.assertEqual(self.qualog("project", "ls").code, DAMAGED)


class Unreadable(ProjectTest):
    """What this account may not read is not called absent."""

    def listed(self):
        """As an account without rights: nobody where the test is root, else its own."""
        stranger = {"user": 65534} if os.geteuid() == 0 else {}
        try:
            return program.Ended(subprocess.run(
                [program.binary, "project", "ls", "-d", self.data, "--json"], check=False, cwd="/",
                capture_output=True, encoding="utf-8", env=program.environment(), **stranger))
        except PermissionError:
            self.skipTest("nobody may not run the program here")

    def test_a_directory_that_may_not_be_read_is_named_so(self):
        for path in (os.path.join(self.data, "qualog.format"), self.data, self.folder):
            with self.subTest(path=path):
                os.chmod(self.folder, 0o711)
                os.chmod(self.data, 0o711)
                os.chmod(path, 0)
                ended = self.listed()
                os.chmod(path, 0o700)
                self.assert_error(ended, DENIED)
                self.assertIn("may not read it (permission denied)", ended.err)
                self.assertNotIn("init", ended.err)

    def test_control_what_is_not_there_is_called_absent(self):
        os.chmod(self.folder, 0o711)
        self.data = os.path.join(self.folder, "none")
        self.assert_error(self.listed(), NOT_FOUND)


class Apply(Interview):
    def given(self, text, code):
        ended = self.qualog("apply", "Gym", given=text)
        self.assertEqual(ended.code, code, ended.out + ended.err)
        return ended.lines()

    def test_one_answer_a_line_in_order_and_the_rest_goes_on(self):
        good = json.dumps(self.coding(1, "bo", command_id=item_id(0x71)))
        reused = good.replace(item_id(0x71), item_id(0x72))
        answers = self.given(f"{good}\nnot json\n\n[1]\n{reused}\n", USAGE)
        self.assertEqual([answer["result"] for answer in answers],
                         ["accepted", "error", "error", "refused"])
        self.assertEqual(answers[3]["code"], "ID_REUSED")
        self.assertIn("line 2", answers[1]["message"])
        self.assertIn("line 4", answers[2]["message"])

    def test_lines_that_are_no_commands_write_nothing(self):
        before = self.qualog("events", "cat", "Gym", "--asides").out
        for line in ('{}', '{"action":7}', '{"action":"code.creatd"}', '{"actions":[]}',
                     '{"action":"code.created"}', '{"action":"code.created","body":[]}',
                     '{"action":"code.created","body":{"id":"x"}}',
                     '{"action":"code.created","body":{"name":"A"}}',
                     f'{{"action":"code.created","body":{{"id":"{item_id(9)}"}}}}',
                     f'{{"action":"code.created","body":{{"id":"{item_id(9)}","name":"a\\nb"}}}}',
                     f'{{"action":"code.created","body":{{"id":"{item_id(9)}","nam":"A"}}}}',
                     f'{{"action":"code.created","body":{{"id":"{item_id(9)}","name":'
                     f'"{"A" * 1001}"}}}}',
                     '{"action":"undo.applied","seen":"newest"}',
                     '{"action":"undo.applied","seen":-1}', '{"action":"undo.applied","seen":1.5}',
                     '{"action":"undo.applied","actor":""}',
                     '{"action":"undo.applied","actor":"a\\nb"}',
                     '{"action":"undo.applied","session":"x"}',
                     '{"action":"undo.applied","command_id":0}',
                     '{"action":"undo.applied","extra":1}',
                     '{"action":"undo.applied","action":"undo.applied"}',
                     '{"action":"undo.applied","reason":"a\\u0000b"}', '"undo.applied"',
                     '\ufeff{}'):
            with self.subTest(line=line[:60]):
                answer, = self.given(line + "\n", USAGE)
                self.assertEqual((answer["result"], answer["command_id"]), ("error", None))
        self.assertEqual(self.qualog("events", "cat", "Gym", "--asides").out, before)

    def test_what_is_not_utf8(self):
        path = os.path.join(self.folder, "bytes")
        with open(path, "wb") as file:
            file.write(b'{"action":"undo.applied","reason":"\xff\xfe"}\n\xc3\n')
        ended = self.qualog("apply", "Gym", path)
        self.assertEqual(ended.code, USAGE)
        self.assertEqual([line["result"] for line in ended.lines()], ["error", "error"])

    def test_files_that_cannot_be_read(self):
        for path in (os.path.join(self.folder, "nothing"), self.folder):
            self.assert_error(self.qualog("apply", "Gym", path), NOT_FOUND)
        empty = os.path.join(self.folder, "empty")
        with open(empty, "w", encoding="utf-8"):
            pass
        self.good(self.qualog("apply", "Gym", empty))

    def test_the_worst_answer_decides_the_exit_code(self):
        lost = json.dumps(command("code.deleted", {"code": item_id(9)}, seen="latest"))
        self.given(lost + "\n", PARTLY)
        self.given(lost + "\nnot json\n", USAGE)

    def test_whoever_acts_by_default(self):
        ended = self.qualog("apply", "Gym", actor="bo", given=json.dumps(
            {"action": "code.created", "body": {"id": item_id(9), "name": "Mine"}}) + "\n")
        event = self.qualog("events", "cat", "Gym", "-o", ended.line()["sequence"], "-n", 1).line()
        self.assertEqual(event["actor"], "bo")


class Terminal(Interview):
    EVIL = "\x1b[31mred\x07\u202etxt"

    def test_what_people_wrote_never_steers_the_terminal(self):
        self.apply(self.note(self.EVIL + "\nsecond line"),
                   command("code.props_changed", {"code": self.CODE, "description": self.EVIL},
                           seen="latest"))
        made = self.head()
        for words in (["codes"], ["log"], ["log", "--oneline"], ["show", made],
                      ["show", made - 1], ["events", "cat"]):
            out = self.text(*on("Gym", words)).out
            for char in ("\x1b", "\x07", "\u202e"):
                self.assertNotIn(char, out, words)

    def on_a_terminal(self, *words, **environment):
        """What the program writes to a terminal of 100 columns."""
        here, there = pty.openpty()
        self.addCleanup(os.close, here)
        process = subprocess.Popen(
            [program.binary, *words, "-d", self.data], stdin=there, stdout=there, stderr=there,
            env={**program.environment(), **environment})
        os.close(there)
        written = b""
        while True:
            try:
                read = os.read(here, 1 << 16)
            except OSError:  # nobody holds the other end any more
                break
            written += read
        self.assertEqual(process.wait(program.TIMEOUT_SECONDS), DONE)
        return written.decode()

    def test_headings_stand_out_on_a_terminal_but_not_with_no_color(self):
        title = "\x1b[1m"
        for words in (["codes", "Gym"], ["member", "ls", "Gym"], ["log", "Gym"]):
            self.assertTrue(self.on_a_terminal(*words).startswith(title), words)
            self.assertNotIn("\x1b", self.on_a_terminal(*words, NO_COLOR="1"))
            self.assertNotIn("\x1b", self.on_a_terminal(*words, "--json"))

    def test_apply_says_on_a_terminal_that_it_listens(self):
        here, there = pty.openpty()
        self.addCleanup(os.close, here)
        os.write(here, b"\x04")  # Ctrl-D: the end
        ended = subprocess.run([program.binary, "apply", "Gym", "-d", self.data], stdin=there,
                               capture_output=True, check=False, timeout=60)
        os.close(there)
        self.assertEqual((ended.returncode, ended.stdout), (DONE, b""))
        self.assertIn(b"Ctrl-D", ended.stderr)

    def test_long_work_says_on_a_terminal_what_it_does_and_wipes_it(self):
        path = os.path.join(self.folder, "interviews.qdpx")
        fixtures.write_qdpx(path)
        shown = self.on_a_terminal("project", "import", path)
        self.assertRegex(shown, r"^\r\x1b\[Kimporting: reading"
                                r"\r\x1b\[Kimporting: writing \d+ events\r\x1b\[KImported ")
        self.good(self.text("project", "import", path, "--as", "Again"))  # nothing on stderr

    def test_no_colours_when_piped(self):
        for words in (["codes"], ["log"], ["member", "ls"]):
            self.assertNotIn("\x1b", self.text(*on("Gym", words)).out)

    def test_json_keeps_what_people_wrote(self):
        self.apply(command("code.props_changed", {"code": self.CODE, "description": self.EVIL},
                           seen="latest"))
        self.assertEqual(self.qualog("codes", "Gym").line()["description"], self.EVIL)

    def test_json_is_one_line_for_every_reader(self):
        """Some take these for the end of a line; a line of JSON has none of them."""
        words = "one\u2028two\u2029three\u0085four\vfive\ffix"
        self.apply(self.note(words))
        out = self.good(self.qualog("events", "cat", "Gym", "-o", "-1")).out
        self.assertEqual(len(out.splitlines()), 1)
        self.assertEqual(json.loads(out)["body"]["text"], words)

    def test_errors_about_what_was_typed_are_one_line(self):
        ended = self.text("codes", "No\nsuch \x1b[31mproject")
        self.assertEqual((ended.code, ended.err.count("\n")), (NOT_FOUND, 1))
        self.assertNotIn("\x1b", ended.err)

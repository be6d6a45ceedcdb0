# SPDX-License-Identifier: Apache-2.0
"""Malformed flags, files and directories, made from what `--help` says: of each command an unknown
option, an argument too few and too many, each option without its value, twice, and with values that
it cannot take. Each ends with its documented exit code and one line that names the place, changes
nothing, and no word that people wrote is in it."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess

import fixtures
import help_pages
import program
from bad_commands_test import SECRET, SECRET_TEXT, leaks
from program import (DAMAGED, DENIED, DONE, FAILED, NOT_FOUND, TOO_NEW, USAGE, Interview, command,
                     item_id, run)

PROJECT_FREE = {"init", "project create", "project ls", "project import", "rules", "schema",
                "source look", "demo", "version"}
ARGUMENTS = {  # behind the project, such as work
    "init": ["new"], "project create": ["New"], "project import": ["file.txt"],
    "project rename": ["New"], "project delete": ["--confirm", "Gym"],
    "project purge": ["--confirm", "Gym"],
    "project move": ["--to", "elsewhere"], "show": ["1"],
    "text": ["Interview 1"], "stripes": ["Interview 1"],
    "diff": ["1..2"], "lock": ["Interview 1"], "unlock": ["Interview 1"],
    "source add": ["file.txt"], "source look": ["file.txt"],
    "source supply": ["Interview 1", "file.txt"],
    "milestone set": ["Round 1"], "milestone show": ["Round 1"], "milestone clear": ["Round 1"],
    "member add": ["di", "--group", "reader"], "member rm": ["bo"], "guest": ["off"],
    "blob put": ["file.txt"], "blob get": ["0" * 64, "new"], "blob discard": ["0" * 64],
    "conflicts show": [item_id(1)], "conflicts reapply": [item_id(1)],
    "restore": ["--at", "2", "--as", "New"], "demo": ["new"],
    "mirror": ["--to", "kafka://127.0.0.1:1"]}
# Values that an option cannot take, and how that ends.
BAD_VALUES = {
    "--at": [("", USAGE), ("-1", USAGE), ("1.5", USAGE), ("2026-02-30T00:00:00Z", USAGE),
             ("#3", USAGE), ("1e2", USAGE), ("999", NOT_FOUND),
             ("99999999999999999999", NOT_FOUND)],
    "--as": [("", USAGE), ("Gym", USAGE), ("a\nb", USAGE), ("x" * 1_001, USAGE)],
    "--sheet": [("", USAGE)],
    # Of a project into a project: none of these goes with a file.
    "--from-project": [("", USAGE), ("Gym", USAGE)],
    "--into": [("", USAGE), ("Gym", USAGE)],
    "--only": [("", USAGE), ("codes", USAGE)],
    "--users": [("", USAGE), ("bo", USAGE)],
    "--people": [("", USAGE), ("people", USAGE)],
    "--duplicates": [("", USAGE), ("both", USAGE), ("merge", USAGE)],
    "--folder": [("", USAGE), ("Nothing", NOT_FOUND), (item_id(9), NOT_FOUND)],
    "--external": [("", USAGE), ("a\nb", USAGE), ("Box 3", USAGE)],  # beside a file
    "--count": [("", USAGE), ("-1", USAGE), ("x", USAGE), ("1.5", USAGE), (str(2 ** 64), USAGE)],
    "--offset": [("0", USAGE), ("x", USAGE), ("--", USAGE), ("1.5", USAGE), (str(2 ** 64), USAGE)],
    "--through": [("", USAGE), ("-1", USAGE), ("1.5", USAGE), ("2026-02-30T00:00:00Z", USAGE),
                  ("999", NOT_FOUND)],
    "--freeze": [("", USAGE), ("all", USAGE), ("Codebook", USAGE)],
    "--format": [("", USAGE), ("json", USAGE), ("CSV", USAGE), ("ndjson,csv", USAGE)],
    "--group": [("", USAGE), ("boss", USAGE), ("Reader", USAGE), ("none", USAGE)],
    "--to": [("", USAGE), ("/nonexistent", NOT_FOUND), ("/dev/null", NOT_FOUND)],
    "--partitions": [("", USAGE), ("x", USAGE), ("0", USAGE)],
    "--confirm": [("", USAGE), ("gym", USAGE), ("Other", USAGE)],
    "--expect": [("", USAGE), ("1", USAGE), ("x:y", USAGE), ("1:ab", USAGE),
                 (f"-1:{'0' * 64}", USAGE), (f"{2 ** 64}:{'0' * 64}", USAGE)],
    "--code": [("Nothing", NOT_FOUND), (item_id(9), NOT_FOUND), ("\x1b[31m", NOT_FOUND)],
    "--classification": [("Nothing", NOT_FOUND), (item_id(9), NOT_FOUND)],
    "--set": [("Nothing", NOT_FOUND), (item_id(9), NOT_FOUND)],
    "--show": [("", USAGE), ("some", USAGE), ("Most", USAGE), ("most,least", USAGE)],
    "--source": [("Nothing", NOT_FOUND), (item_id(9), NOT_FOUND)],
    "--coder": [("nobody", NOT_FOUND), (item_id(9), NOT_FOUND)],
    "--user": [("", USAGE), ("nobody", NOT_FOUND)],
    "--by": [("", USAGE), ("nobody", NOT_FOUND)],
    "--action": [("", USAGE), ("coding", USAGE), ("Coding.added", USAGE)],
    "--kind": [("", USAGE), ("codes", USAGE)],
    "--sort": [("", USAGE), ("Time", USAGE)],
    "--from": [("", USAGE), ("-1", USAGE), ("1.5", USAGE), ("2026-02-30T00:00:00Z", USAGE)],
    "--name": [("", USAGE), ("a\nb", USAGE), ("x" * 1_001, USAGE)],
    "--use": [("", USAGE)],
    "--of": [("", USAGE), ("-1", USAGE), ("1.5", USAGE), ("x", USAGE), ("2", NOT_FOUND)],
    "--actor": [("", USAGE), ("a\nb", USAGE), ("x" * 513, USAGE), ("\udcff", USAGE)],
    "--log": [("", USAGE), ("kafka://", USAGE), ("kafka://host/lab", USAGE),
              ("kafka://host:0/lab", USAGE), ("kafka://host:9092/La b", USAGE),
              ("kafka://host:9092", USAGE), ("http://host:9092/lab", USAGE)],
    "--keys": [("", USAGE), ("/nonexistent", USAGE)],
    "--blobs": [("", USAGE), ("/nonexistent", USAGE)],
    "--kafka-settings": [("", USAGE), ("/nonexistent", USAGE)],
    "--replicas": [("", USAGE), ("x", USAGE)],
    "--data": [("", USAGE), ("/nonexistent", NOT_FOUND), ("/dev/null", None), ("/", None)],
}
# Where an option of this name takes something else.
BAD_VALUES_OF = {
    "conflicts reapply --name": [("", USAGE)],
    "stripes --count": [("", USAGE), ("-1", USAGE), ("0", USAGE), ("201", USAGE), ("1.5", USAGE),
                        ("x", USAGE), (str(2 ** 64 + 1), USAGE)],
    "mirror --to": [("", USAGE), ("127.0.0.1:1", USAGE), ("kafka://127.0.0.1", USAGE),
                    ("kafka://127.0.0.1:1/", USAGE), ("kafka://127.0.0.1:1/a b", USAGE)],
    "project import --at": [("", USAGE), ("2", USAGE)],
    "source add --as": [("", USAGE), ("a\nb", USAGE), ("x" * 1_001, USAGE)],
    "mirror --kafka-settings": [("", USAGE), ("/nonexistent", NOT_FOUND)],
    "log --to": [("", USAGE), ("-1", USAGE), ("1.5", USAGE)],
    "undo --to": [("", USAGE), ("-1", USAGE), ("1.5", USAGE)],
    "mirror --replicas": [("", USAGE), ("x", USAGE), ("0", USAGE)],
}
# These are tried where a data directory is made.
OF_INIT = ("--log", "--keys", "--blobs", "--kafka-settings", "--replicas")


class Usage(Interview):
    """A project, and the program as it is typed."""

    @classmethod
    def setUpClass(cls):
        cls.pages = help_pages.commands()

    def setUp(self):
        super().setUp()
        self.apply(self.coding(1, "bo"))
        with open(os.path.join(self.folder, "file.txt"), "w", encoding="utf-8") as file:
            file.write(SECRET_TEXT)

    def words_of(self, name):
        """A line that would work, for a command that needs nothing else."""
        project = [] if name in PROJECT_FREE else ["Gym"]
        return [*name.split(), *project, *ARGUMENTS.get(name, [])]

    def everything(self):
        outs = [self.qualog(*words).out for words in (
            ["events", "cat", "Gym", "--asides"], ["state", "Gym"], ["project", "ls"])]
        return outs, sorted(os.listdir(self.folder))

    def typed(self, *words, data=True):
        """In the folder of the test, as anna, with JSON."""
        before = ["--json", *(["-d", self.data] if data else []),
                  *([] if "--actor" in words else ["--actor", "anna"])]
        completed = subprocess.run(
            [program.binary, *before, *map(str, words)], input=b"", cwd=self.folder, check=False,
            capture_output=True, timeout=program.TIMEOUT_SECONDS, env=program.environment())
        completed.stdout = completed.stdout.decode()
        completed.stderr = completed.stderr.decode()
        return program.Ended(completed)

    def check(self, ended, codes, *places):
        self.assertIn(ended.code, codes, ended.err)
        self.assertEqual((ended.out, ended.err.count("\n")), ("", 1), ended.err)
        error = json.loads(ended.err)
        self.assertEqual((error["message_type"], error["code"]), ("exit_error", ended.code))
        self.assertNotIn("\n", error["message"])
        for place in places:
            self.assertIn(place, error["message"])


class Flags(Usage):
    def test_every_command_with_arguments_too_few_too_many_and_unknown(self):
        before = self.everything()
        for name, page in self.pages.items():
            words = self.words_of(name)
            with self.subTest(name=name):
                self.check(self.typed(*words, "--frobnicate"), [USAGE], "--frobnicate", "--help")
                if name == "source add":  # takes many files; these are not there
                    self.check(self.typed(*words, "a", "b", "c"), [NOT_FOUND], "no such file")
                else:
                    self.check(self.typed(*words, "a", "b", "c"), [USAGE], "--help")
                fewer = name.split() if len(words) > len(name.split()) else None
                if fewer and name not in ("demo", "mirror", "schema"):
                    self.check(self.typed(*fewer), [USAGE], "--help")
                for spellings in page.options():
                    option = max(spellings, key=len)
                    if option == "--help":
                        continue
                    if option in help_pages.FLAGS:
                        self.check(self.typed(*words, f"{option}=maybe"), [USAGE], option)
                        continue
                    self.check(self.typed(*words, option), [USAGE], option)
                    if (f"{name} {option}" not in help_pages.REPEATED
                            and option not in words):
                        self.check(self.typed(*words, option, "1", option, "2"), [USAGE], option)
        self.assertEqual(self.everything(), before)

    def test_every_option_with_values_that_it_cannot_take(self):
        before = self.everything()
        tried = set()
        for name, page in self.pages.items():
            options = set().union(*page.options())
            for option, values in BAD_VALUES.items():
                if option not in options or name in ("init", "demo", "schema", "version"):
                    continue
                words = self.words_of(name)
                if option in words:
                    at = words.index(option)
                    words = words[:at] + words[at + 2:]
                for value, code in BAD_VALUES_OF.get(f"{name} {option}", values):
                    with self.subTest(name=name, option=option, value=value):
                        self.check(self.typed(*words, f"{option}={value}"), [code])
                tried.add(option)
        for name in self.pages:
            for value, code in BAD_VALUES["--actor"]:
                with self.subTest(name=name, actor=value):
                    self.check(self.typed(*self.words_of(name), "--actor", value), [code], "actor")
        for value, code in BAD_VALUES["--data"]:
            with self.subTest(data=value):
                codes = [code] if code else [NOT_FOUND, DENIED, USAGE]
                self.check(self.typed("state", "Gym", "-d", value, data=False), codes)
        self.assertEqual(tried | {"--actor", "--data", *OF_INIT}, set(BAD_VALUES))
        self.assertEqual(self.everything(), before)

    def test_an_empty_moment_is_refused(self):
        """As a script gives it whose variable is empty."""
        before = self.everything()
        commands = [name for name, page in self.pages.items()
                    if "--at" in set().union(*page.options())]
        self.assertGreaterEqual(len(commands), 10)
        for name in commands:
            words = self.words_of(name)
            if "--at" in words:
                words[words.index("--at") + 1] = ""
            elif name == "project import":
                words = [*name.split(), "--from-project", "Gym", "--into", "Gym", "--at", ""]
            else:
                words += ["--at", ""]
            with self.subTest(name=name):
                self.check(self.typed(*words), [USAGE])
        self.assertEqual(self.everything(), before)

    def test_a_data_directory_with_wrong_options_is_not_made(self):
        for option in OF_INIT:
            for value, code in BAD_VALUES[option]:
                path = os.path.join(self.folder, "unmade")
                with self.subTest(option=option, value=value):
                    self.check(self.typed("init", path, f"{option}={value}", data=False), [code])
                    self.assertFalse(os.path.exists(path))

    def test_a_data_directory_whose_name_no_disk_takes_is_not_made(self):
        long = os.path.join(self.folder, "x" * 300)
        loop = os.path.join(self.folder, "loop")
        os.symlink(loop, loop)
        for path in (long, os.path.join(long, "data"), loop, os.path.join(loop, "data")):
            self.check(self.typed("init", path, data=False), [FAILED], path,
                       "name another directory")

    def test_every_option_with_a_value_is_tried(self):
        options = {max(spellings, key=len) for page in self.pages.values()
                   for spellings in page.options()} | {"--data", "--actor"}
        self.assertEqual(options - help_pages.FLAGS - set(BAD_VALUES), set())


class Drafts(Usage):
    def test_no_message_about_a_draft_has_words_of_it(self):
        """A draft with the secret waits in bo's inbox; whatever goes wrong with it says none."""
        seen = self.head()
        lost = self.apply(
            command("code.props_changed", {"code": self.CODE, "description": "Hers"}, "anna", seen),
            command("code.props_changed", {"code": self.CODE, "description": SECRET_TEXT}, "bo",
                    seen, reason=SECRET), code=program.PARTLY)[1]["command_id"]
        self.assertTrue(leaks(self.good(self.qualog("conflicts", "show", "Gym", lost)).out))
        self.good(self.qualog("member", "rm", "Gym", "cy"))
        for actor in ("cy", "stranger"):
            for verb in ("show", "reapply"):
                ended = self.typed("conflicts", verb, "Gym", lost, "--actor", actor)
                self.check(ended, [DENIED])
                self.assertFalse(leaks(ended.err))
        self.apply(command("code.deleted", {"code": self.CODE}, "anna", "latest"))
        for actor in ("bo", "anna"):
            ended = self.qualog("conflicts", "reapply", "Gym", lost, actor=actor)
            self.assertEqual((ended.code, ended.err), (program.CONFLICT, ""))
            self.assertFalse(leaks(ended.line()["detail"]))


class Files(Usage):
    """Files of other programs, and a data directory that somebody has hurt."""

    def broken_projects(self):
        """Project files, each with a fault, some with the secret near it."""
        text = fixtures.QDE.replace("Interview 1", SECRET).replace(fixtures.TEXT, SECRET_TEXT)
        whole = text.encode()
        yield from (b"", b"<", b"\0" * 100, SECRET_TEXT.encode(), b"PK\3\4" + whole,
                    whole.replace(b"<Project", b'<!DOCTYPE x [<!ENTITY a "b">]><Project'),
                    whole.replace(b"utf-8", b"utf-16"), whole.replace(SECRET.encode(), b"\xff\xfe"),
                    whole.replace(b"</Sources>", SECRET.encode() + b"</Sources"),
                    b"<a>" * 1000)
        random_of = random.Random(int(os.environ.get("QUALOG_SEED", "1")))
        for _ in range(40):
            at = random_of.randrange(len(whole))
            yield random_of.choice((
                whole[:at], whole[:at] + whole[at + 1:], whole[:at] + b"<" + whole[at:],
                whole[:at] + b"&" + whole[at:], whole[:at] + b'"' + whole[at:],
                whole[:at] + bytes([whole[at] ^ 1 << random_of.randrange(8)]) + whole[at + 1:]))

    def test_project_files_that_are_none(self):
        before, refused = self.everything(), 0
        for number, content in enumerate(self.broken_projects()):
            for ending in ("qde", "qdpx"):
                path = os.path.join(self.data, f"broken.{ending}")
                with open(path, "wb") as file:
                    file.write(content)
                with self.subTest(number=number, ending=ending):
                    ended = self.typed("project", "import", path, "--dry-run")
                    if ended.code != DONE:
                        self.check(ended, [USAGE, DAMAGED, FAILED], "broken")
                        refused += 1
                    self.assertFalse(leaks(ended.err), ended.err)
                os.remove(path)
        self.assertGreater(refused, 60)
        for path in (self.data, os.path.join(self.data, "nothing.qdpx")):
            self.check(self.typed("project", "import", path), [NOT_FOUND, USAGE, FAILED])
        self.assertEqual(self.everything(), before)

    def test_what_is_imported_is_sound_whatever_it_is_called(self):
        odd = "Odd&#10;&#x85;&#x2028;&#x7f;" + "x" * 1_200
        text = fixtures.QDE.replace('name="', f'name="{odd}').replace('origin="', f'origin="{odd}')
        path = os.path.join(self.data.encode(), b"caf\xe9.qde")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        made = self.good(run("project", "import", os.fsdecode(path), "-d", self.data,
                             "--json")).line()
        self.assertIs(self.good(self.qualog("verify", made["id"], "--rebuild")).line()["ok"], True)
        self.assertEqual(self.qualog("state", made["id"]).line()["counts"]["codings"], 1)

    def hurt(self, *path, content=None):
        """Something of a copy of the data directory, removed or overwritten; gives the copy."""
        copy = os.path.join(self.folder, "hurt")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.data, copy)
        place = os.path.join(copy, *path)
        if content is not None:
            with open(place, "wb") as file:
                file.write(content)
        elif os.path.isdir(place):
            shutil.rmtree(place)
        else:
            os.remove(place)
        return copy

    def ends_well(self, directory, words, codes):
        ended = run(*words, "-d", directory, "--actor", "anna", "--json", given="")
        self.assertIn(ended.code, codes, (words, ended.err))
        self.assertLessEqual(ended.err.count("\n"), 1)
        self.assertFalse(leaks(ended.err))

    def test_a_data_directory_that_somebody_has_hurt(self):
        self.apply(command("code.created", {"id": item_id(5), "name": SECRET}))
        keys, = os.listdir(os.path.join(self.data, "keys"))
        project = ("projects", self.project)
        readers = (["state"], ["log"], ["codings"], ["events", "cat"])
        cases = [  # what is gone or overwritten, with what, and how readers and writers end
            (("qualog.format",), None, [NOT_FOUND], [NOT_FOUND]),
            (("qualog.format",), b"qualog data directory 3\n", [TOO_NEW], [TOO_NEW]),
            (("qualog.format",), b"\xff\xff", [NOT_FOUND], [NOT_FOUND]),
            (("qualog.format",), b"", [NOT_FOUND], [NOT_FOUND]),
            (("projects",), None, [NOT_FOUND], [NOT_FOUND]),
            (("keys",), None, [DONE], [NOT_FOUND]),
            (("keys", keys), b"", [DONE], [DAMAGED]),
            (("keys", keys), b"\0" * 9999, [DONE], [DAMAGED]),
            ((*project, "state.mark"), None, [DONE], [DONE]),
            ((*project, "state.mark"), b"\xff" * 200, [DONE], [DONE]),
            ((*project, "state"), None, [DONE], [DONE]),
            ((*project, "log"), None, [NOT_FOUND, DAMAGED], [NOT_FOUND, DAMAGED]),
            ((*project, "log", "00000001.segment"), b"", [DAMAGED], [DAMAGED]),
            ((*project, "log", "00000001.segment"), b"x" * 5000, [DAMAGED], [DAMAGED])]
        for path, content, reading, writing in cases:
            directory = self.hurt(*path, content=content)
            with self.subTest(path=path[-1], content=content):
                for words in readers:
                    self.ends_well(directory, [*words, self.project], reading)
                self.ends_well(directory, ["apply", self.project], writing)
                self.ends_well(directory, ["project", "ls"], [DONE, *reading])

    def test_a_proof_that_was_ended_is_no_damage(self):
        """No file may grow, so that the kernel ends whoever builds the state anew."""
        shutil.rmtree(os.path.join(self.data, "projects", self.project, "state"))
        words = [program.binary, "verify", self.project, "--rebuild", "-d", self.data]
        ended = subprocess.run(
            words, capture_output=True, encoding="utf-8", check=False, env=program.environment(),
            timeout=program.TIMEOUT_SECONDS,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))
        self.assertEqual(
            (ended.returncode, ended.stdout, ended.stderr),
            (FAILED, "", f"qualog: verify was ended by signal {signal.SIGXFSZ}; run it again\n"))
        self.assertEqual(self.qualog("verify", self.project, "--rebuild").code, DONE)

    def damaged_states(self, content):
        """The state's file as a disk may leave it; its first two pages say where all else is."""
        random_of = random.Random(int(os.environ.get("QUALOG_SEED", "1")))
        page = 4096
        yield content[:2 * page] + b"\xff" * (len(content) - 2 * page)
        yield content[:2 * page] + random_of.randbytes(len(content) - 2 * page)
        yield content[:3 * page]
        for _ in range(12):
            changed = bytearray(content)
            for _ in range(random_of.choice((1, 10, 100))):
                at = random_of.randrange(len(content) // page) * page + random_of.randrange(64)
                changed[at] ^= 1 << random_of.randrange(8)
            yield bytes(changed)

    def test_a_state_that_a_disk_has_damaged(self):
        """In place, so that it still counts as the one that was closed. verify names it, unless it
        is not believed anyway or no row is hurt; --rebuild mends it from the log."""
        before = {words: self.good(self.qualog(*words)).out
                  for words in (("state", "Gym"), ("codings", "Gym"))}
        state = os.path.join(self.data, "projects", self.project, "state")
        with open(os.path.join(state, "data.mdb"), "rb") as file:
            content = file.read()
        found = 0
        for damaged in self.damaged_states(content):
            self.good(self.qualog("verify", self.project, "--rebuild"))
            with open(os.path.join(state, "data.mdb"), "r+b") as file:
                file.write(damaged)
                file.truncate(len(damaged))
            ended = self.qualog("verify", self.project)
            self.assertIn(ended.code, (DONE, DAMAGED), ended.err)
            if ended.code == DAMAGED:
                found += 1
                self.assertEqual(ended.line()["file"], state)
                self.assertIn("--rebuild", ended.line()["reason"])
            proof = self.good(self.qualog("verify", self.project, "--rebuild")).line()
            if ended.code == DAMAGED:
                self.assertIs(proof["state_replaced"], True)
            for words, out in before.items():
                self.assertEqual(self.good(self.qualog(*words)).out, out)
        self.assertGreater(found, 0)

# SPDX-License-Identifier: Apache-2.0
"""`--help` of every command and sub-command: all have an example, and every example works as it is
printed, typed in a home with a data directory ~/qualog as the examples speak of it. COMMAND-ID,
CREATION-ID, CHAIN and UPLOAD-HASH stand for what no help can know."""

import json
import os
import shutil
import signal
import subprocess

import fixtures
import help_pages
import program
from program import (DONE, INTERRUPTED, NOT_FOUND, PARTLY, UNREACHABLE, USAGE, Interview, command,
                     item_id, run)

EVENTS = 120  # that some examples speak of
UPLOAD = "ab" * 32  # the hash of a file that has come in part


class Help(Interview):
    """~/qualog with Gym, "Gym in change" and Pilot; ~/elsewhere with nothing; ~/interviews.qdpx,
    ~/commands.ndjson, ~/interview2.txt for a source that misses its text, ~/talk.txt and
    ~/survey.csv."""

    def setUp(self):
        super().setUp()
        self.apply(command("source.created", {"id": item_id(0xA2), "name": "Interview 2",
                                              "text_state": "missing"}))
        self.apply(command("folder.created", {"id": item_id(0xF1), "name": "Round 1"}))
        self.chain = self.fill_to(EVENTS)
        self.refused = self.refuse_cy()
        creation = command("code.created", {"id": item_id(0xC8), "name": "Stress"}, "bo")
        self.twin = self.apply(creation, code=PARTLY)[0]["command_id"]
        for name in ("Gym in change", "Pilot"):
            self.good(self.qualog("project", "create", name))
        self.home = os.path.join(self.folder, "home")
        os.mkdir(self.home)
        self.leave_half_an_upload()
        shutil.move(self.data, os.path.join(self.home, "qualog"))
        self.good(run("init", os.path.join(self.home, "elsewhere")))
        fixtures.write_qdpx(os.path.join(self.home, "interviews.qdpx"))
        line = {"action": "code.created", "body": {"id": item_id(0xC9), "name": "Calm"}}
        with open(os.path.join(self.home, "commands.ndjson"), "w", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        for name in ("interview2.txt", "talk.txt"):
            with open(os.path.join(self.home, name), "w", encoding="utf-8") as file:
                file.write("I run after work.\n")
        with open(os.path.join(self.home, "survey.csv"), "w", encoding="utf-8") as file:
            file.write("who,age\nAnna,41\n")

    def fill_to(self, sequence):
        """A passage of bo and many codes, up to this event; gives the chain there."""
        self.apply(self.coding(1, "bo"))
        self.apply(*(command("code.created", {"id": item_id(number), "name": f"Code {number}"})
                     for number in range(0x1000, 0x1000 + sequence - self.head())))
        proof = self.good(self.qualog("verify", "Gym")).line()
        self.assertEqual(proof["sequence"], sequence)
        return proof["chain"]

    def leave_half_an_upload(self):
        uploads = os.path.join(self.data, "projects", self.project, "blobs", "uploads")
        os.makedirs(uploads, mode=0o700)
        with open(os.path.join(uploads, f"{UPLOAD}.100"), "wb") as file:
            file.write(b"half")

    def refuse_cy(self):
        seen = self.head()
        first, lost = (command("code.props_changed", {"code": self.CODE, "description": words},
                               actor, seen) for actor, words in (("bo", "Haste"), ("cy", "Rush")))
        return self.apply(first, lost, code=PARTLY)[1]["command_id"]

    def typed(self, line):
        """How the shell ends, and what is on stderr; in a copy of the home, so that no example
        stands on another."""
        home = os.path.join(self.folder, "again")
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.home, home)
        data = os.path.join(home, "qualog")
        if line.startswith("qualog init"):
            shutil.rmtree(data)
        path = os.path.dirname(os.path.abspath(program.binary)) + ":" + os.environ["PATH"]
        for word, known in (("COMMAND-ID", self.refused), ("CREATION-ID", self.twin),
                            ("CHAIN", self.chain),
                            ("UPLOAD-HASH", UPLOAD)):
            line = line.replace(word, known)
        line = line.replace("127.0.0.1:9092", program.on_kafka() or "127.0.0.1:1")
        process = subprocess.Popen(
            ["bash", "-c", line], cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env={**program.environment(), "HOME": home, "PATH": path,
                                         "QUALOG_ACTOR": "anna", "QUALOG_DATA": data})
        if "--follow" in line:
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=program.TIMEOUT_SECONDS)
        return process.returncode, error.decode()

    def test_every_command_has_an_example_and_every_example_works(self):
        pages = help_pages.pages()
        self.assertGreater(len(pages), 30)
        for page in pages:
            self.assertEqual((page.ended.code, page.ended.err), (DONE, ""))
            self.assertTrue(page.examples(), page.name())
            for line in page.examples():
                with self.subTest(line=line):
                    self.assertTrue(self.shows(page, line))
                    if "kafka://" in line and not program.on_kafka():
                        self.assertEqual(self.typed(line)[0], UNREACHABLE)
                        continue
                    wanted = INTERRUPTED if "--follow" in line else DONE
                    self.assertEqual(self.typed(line), (wanted, ""))

    def shows(self, page, line):
        """The line is one of that command."""
        return page.name() in line or not page.words

    def test_control_a_wrong_example_is_found(self):
        self.assertEqual(self.typed("qualog project creat Gym")[0], USAGE)
        self.assertEqual(self.typed("qualog codings Gym --code Nothing")[0], NOT_FOUND)

    def test_every_help_is_at_most_100_columns_wide(self):
        for page in help_pages.pages():
            self.assertLessEqual(max(map(len, page.ended.out.splitlines())), 100, page.name())

    def test_the_version(self):
        self.assertEqual(run("--version").out, run("version").out)
        self.assertRegex(run("version").out, r"^qualog \d+\.\d+\.\d+ \(.+\)\n$")

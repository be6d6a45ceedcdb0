# SPDX-License-Identifier: Apache-2.0
# Rows: IDEA-11.
"""docs/stream.md as it stands, typed by a reader in a home with the project Gym: what comes out of
the topic is what comes out of a file."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import uuid

import program
import sample
import sessions

BROKERS = os.environ["QUALOG_KAFKA_BOOTSTRAP"]
FOLDER = os.path.join(sessions.root(), "docs", "analytics")


class Document(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = tempfile.mkdtemp(prefix="qualog-session-")
        cls.addClassCleanup(shutil.rmtree, cls.home, ignore_errors=True)
        cls.sample = sample.Sample(program.binary, os.path.join(cls.home, "sample"))
        cls.environment = {**sessions.prepared(cls.home, program.binary),
                           "QUALOG_DATA": cls.sample.data, "QUALOG_ACTOR": "ada"}
        os.symlink(os.path.realpath(os.path.join(sessions.root(), "docs")),
                   os.path.join(cls.home, "docs"))
        topic = f"test.{uuid.uuid4()}"
        text = sessions.read("docs", "stream.md").replace("127.0.0.1:9092", BROKERS)
        cls.commands = [
            command.replace(f"kafka://{BROKERS}", f"kafka://{BROKERS}/{topic}")
            .replace("qualog.events.v1", topic).replace("python3", f"{sys.executable} -B")
            for command in sessions.commands(text)]
        path = sessions.commands(sessions.read("README.md"))[0]
        cls.steps = sessions.run([path, *cls.commands], cls.home, cls.environment)[1:]

    def step(self, part):
        return next(step for step in self.steps if part in step.command)

    def file_rows(self):
        printed = subprocess.run(
            [program.binary, "events", "cat", "Gym", "--format", "ndjson"], capture_output=True,
            encoding="utf-8", check=True, env={**program.environment(), **self.environment})
        return printed.stdout.splitlines()

    def script(self, name):
        return subprocess.run([sys.executable, "-B", os.path.join(FOLDER, name + ".py"), "-"],
                              input="\n".join(self.file_rows()), capture_output=True,
                              encoding="utf-8", check=True).stdout

    def test_every_command_works(self):
        self.assertGreaterEqual(len(self.steps), 7)
        self.assertEqual(sessions.failed(self.steps), [])

    def test_IDEA_11_a_subscriber_gets_the_rows_of_the_file(self):
        with open(os.path.join(self.home, "events.ndjson"), encoding="utf-8") as file:
            self.assertEqual(file.read().splitlines(), self.file_rows())

    def test_IDEA_11_the_saturation_curve_and_the_work_are_those_of_the_file(self):
        self.assertEqual(self.step("saturation.py").out, self.script("saturation"))
        self.assertEqual(self.step("work.py").out, self.script("work"))
        self.assertTrue(os.path.exists(os.path.join(self.home, "saturation.png")))

    def test_IDEA_11_the_subscriber_in_cpp_counts_the_same(self):
        counts = {}
        for row in map(json.loads, self.file_rows()):
            key = row["at"][:10], row["type"]
            counts[key] = counts.get(key, 0) + 1
        found = csv.DictReader(io.StringIO(self.step("./events_by_day").out))
        self.assertEqual({(row["day"], row["type"]): int(row["events"]) for row in found}, counts)

    def test_the_headers_are_of_a_cloud_event(self):
        self.assertIn("ce_specversion=1.0", self.step("'%h").out)

# SPDX-License-Identifier: Apache-2.0
# Rows: D-01, GA-4, IDEA-11.
"""Rows of projects in a topic, as an ordinary client finds them there: each event at least once and
in order, whatever befalls the mirror or the brokers, and nothing that its actor may not read."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid

import program
from program import (DENIED, DONE, INTERRUPTED, NOT_FOUND, UNREACHABLE, USAGE, Interview, Running,
                     command, item_id, run)

sys.path.insert(0, os.path.join(os.path.dirname(__file__), os.pardir))
import control  # noqa: E402  pylint: disable=wrong-import-position
import kcat  # noqa: E402  pylint: disable=wrong-import-position

BROKERS = os.environ["QUALOG_KAFKA_BOOTSTRAP"]
CONTROL = os.environ["QUALOG_KAFKA_CONTROL"]
SEED = int(os.environ.get("QUALOG_SEED") or random.randrange(1 << 32))
SECONDS_MAX = 60


class Subscriber:
    """kcat, from the first message on; lines are awaited."""

    def __init__(self, test, topic):
        self.process = subprocess.Popen(
            ["kcat", "-C", "-E", "-q", "-u", "-b", BROKERS, "-t", topic, "-o", "beginning",
             "-X", "topic.metadata.refresh.interval.ms=500", "-f", "%k\t%h\t%s\n"],
            stdout=subprocess.PIPE, encoding="utf-8")
        test.addCleanup(self.end)
        self.messages = []

    def end(self):
        self.process.kill()
        self.process.communicate()

    def next(self):
        previous = signal.signal(signal.SIGALRM, self._nothing_came)
        signal.alarm(SECONDS_MAX)
        try:
            line = self.process.stdout.readline()
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, previous)
        key, headers, value = line.rstrip("\n").split("\t")
        self.messages.append((key, dict(one.split("=", 1) for one in headers.split(",")), value))
        return json.loads(value)

    @staticmethod
    def _nothing_came(*_):
        raise AssertionError("no row came")

    def until(self, project, sequence):
        """Reads until this event has come."""
        if any(row["project_id"] == project and row["seq"] >= sequence for row in self.rows()):
            return
        row = {"project_id": None}
        while row["project_id"] != project or row["seq"] < sequence:
            row = self.next()

    def rows(self):
        return [json.loads(value) for _, _, value in self.messages]

    def counted_once(self, project):
        """The first of each event, as an analyst keeps it."""
        kept = {}
        for key, _, value in self.messages:
            if key == project:
                kept.setdefault(json.loads(value)["seq"], value)
        return list(kept.values())


class Mirrored(Interview):
    """A project, and a topic of its own for its rows."""

    def setUp(self):
        super().setUp()
        self.topic = f"test.{uuid.uuid4()}"

    def to(self, topic=None):
        return f"kafka://{BROKERS}/{topic or self.topic}"

    def mirror(self, *words, actor="anna"):
        return self.qualog("mirror", "--to", self.to(), *words, actor=actor)

    def following(self, *words, actor="anna"):
        return Running(self, "mirror", "--to", self.to(), "--follow", *words, actor=actor)

    def printed(self, *words, project="Gym"):
        return self.good(self.qualog("events", "cat", project, "--format", "ndjson",
                                     *words)).out.splitlines()

    def more_work(self, count):
        """Codes with ids of their own."""
        self.made_before = getattr(self, "made_before", 0) + count
        numbers = range(self.made_before - count, self.made_before)
        self.apply(*(command("code.created",
                             {"id": item_id(0x10000 + number), "name": f"Code {number}"})
                     for number in numbers))
        return self.head()


class Rows(Mirrored):
    def test_IDEA_11_are_those_that_events_cat_prints(self):
        ended = self.good(self.mirror()).line()
        self.assertEqual((ended["topic"], ended["projects"], ended["left_out"]), (self.topic, 1, 0))
        self.assertEqual(ended["rows"], self.head())
        read = Subscriber(self, self.topic)
        read.until(self.project, self.head())
        self.assertEqual(read.counted_once(self.project), self.printed())
        self.assertEqual(len(read.messages), self.head())

    def test_IDEA_11_is_a_cloud_event_under_the_key_of_its_project(self):
        self.good(self.mirror())
        read = Subscriber(self, self.topic)
        row = read.next()
        key, headers, _ = read.messages[0]
        self.assertEqual(key, self.project)
        self.assertEqual(headers, {
            "ce_specversion": "1.0", "ce_id": f"{self.project}/{row['seq']}",
            "ce_source": f"/qualog/projects/{self.project}", "ce_type": f"qualog.{row['type']}.v1",
            "ce_time": row["at"], "ce_subject": f"{row['entity_type']}/{row['entity_id']}",
            "content-type": "application/json"})

    def test_D_01_has_no_words_unless_asked_for(self):
        self.apply(self.note("A secret that anna wrote."))
        self.good(self.mirror())
        open_topic = self.topic
        self.topic = f"test.{uuid.uuid4()}"
        self.good(self.mirror("--with-text", "--pseudonyms"))
        for topic, words, has in ((open_topic, (), False),
                                  (self.topic, ("--with-text", "--pseudonyms"), True)):
            read = Subscriber(self, topic)
            read.until(self.project, self.head())
            self.assertEqual("A secret" in "".join(read.counted_once(self.project)), has)
            self.assertEqual(read.counted_once(self.project), self.printed(*words))

    def test_of_another_kind_go_into_another_topic(self):
        self.good(self.mirror())
        self.assert_error(self.mirror("--with-text"), USAGE)

    def test_go_on_in_the_next_generation_of_a_log(self):
        if not program.on_kafka():
            self.skipTest("logs in files have no generations")
        self.good(self.mirror())
        self.good(self.qualog("project", "move", "Gym", "--to", self.data))
        last = self.more_work(3)
        self.assertEqual(self.good(self.mirror()).line()["rows"], 3)
        read = Subscriber(self, self.topic)
        read.until(self.project, last)
        self.assertEqual(read.counted_once(self.project), self.printed())


class Killed(Mirrored):
    LIVES = 8

    def test_P18_at_any_time_every_event_comes_once_and_in_order(self):
        print(f"QUALOG_SEED={SEED}", flush=True)
        chance = random.Random(SEED)
        self.good(self.mirror())
        read = Subscriber(self, self.topic)
        for _ in range(self.LIVES):
            mirror = self.following()
            for _ in range(chance.randrange(1, 4)):
                last = self.more_work(chance.randrange(1, 150))
            read.until(self.project, chance.randrange(max(1, last - 100), last))
            mirror.process.kill()
            mirror.process.wait()
        self.good(self.mirror())
        read.until(self.project, self.head())
        self.assertEqual(read.counted_once(self.project), self.printed())

    def test_P18_two_at_once_lose_none_and_send_none_out_of_order(self):
        self.good(self.mirror())
        read = Subscriber(self, self.topic)
        both = [self.following(), self.following()]
        for _ in range(5):
            last = self.more_work(40)
        read.until(self.project, last)
        self.assertEqual([one.interrupt() for one in both], [INTERRUPTED] * 2)
        self.assertEqual(read.counted_once(self.project), self.printed())


class Readers(Mirrored):
    def test_GA_4_only_what_the_actor_may_read_is_sent(self):
        self.good(self.qualog("guest", "Gym", "off"))
        self.good(self.qualog("project", "create", "Dora's", actor="dora"))
        self.good(self.qualog("guest", "Dora's", "off", actor="dora"))
        ended = self.good(self.mirror()).line()
        self.assertEqual((ended["projects"], ended["left_out"]), (1, 1))
        self.assert_error(self.qualog("mirror", "Dora's", "--to", self.to()), DENIED)

    def test_GA_4_who_is_removed_gets_no_further_row(self):
        self.good(self.qualog("guest", "Gym", "off"))
        barrier = self.good(self.qualog("project", "create", "Pool")).line()["id"]
        self.good(self.mirror(actor="bo"))
        read = Subscriber(self, self.topic)
        mirror = self.following(actor="bo")
        removed = self.good(self.qualog("member", "rm", "Gym", "bo")) and self.head()
        read.until(self.project, removed)
        self.more_work(3)
        self.good(self.qualog("project", "rename", "Pool", "Pond"))
        read.until(barrier, 3)  # the mirror has looked at both logs since
        self.assertEqual(mirror.interrupt(), INTERRUPTED)
        all_rows = kcat.run(["-C", "-e", "-b", BROKERS, "-t", self.topic, "-o", "beginning"])
        self.assertEqual(max(row["seq"] for row in map(json.loads, all_rows.stdout.splitlines())
                             if row["project_id"] == self.project), removed)

    def test_a_project_made_later_is_taken_up(self):
        self.good(self.mirror())
        read = Subscriber(self, self.topic)
        mirror = self.following()
        made = self.good(self.qualog("project", "create", "Pool")).line()["id"]
        read.until(made, 1)
        self.assertEqual(mirror.interrupt(), INTERRUPTED)


class Moved(Mirrored):
    def test_P18_into_files_and_back_no_row_is_lost(self):
        self.good(self.mirror())
        read = Subscriber(self, self.topic)
        other = os.path.join(self.folder, "other")
        self.good(run("init", other))
        for there, back in ((other, self.data), (self.data, other)):
            if not program.on_kafka():
                self.skipTest("logs lie in files")
            self.good(run("project", "move", "Gym", "--to", there, "-d", back, "--actor", "anna",
                          "--json"))
            self.good(run("project", "rename", "Gym", f"Gym of {os.path.basename(there)}", "-d",
                          there, "--actor", "anna", "--json"))
            self.good(run("mirror", "--to", self.to(), "-d", there, "--actor", "anna", "--json"))
            self.good(run("project", "rename", self.project, "Gym", "-d", there, "--actor",
                          "anna", "--json"))
        self.good(self.mirror())
        read.until(self.project, self.head())
        self.assertEqual(read.counted_once(self.project), self.printed())


class Wrong(Mirrored):
    def test_where_there_is_no_broker_is_said_within_a_bounded_time(self):
        began = time.monotonic()
        self.assert_error(self.qualog("mirror", "--to", "kafka://127.0.0.1:1"), UNREACHABLE)
        self.assertLess(time.monotonic() - began, 20)

    def test_places_that_cannot_be(self):
        for place in ("127.0.0.1:9092", "kafka://127.0.0.1", f"kafka://{BROKERS}/a b",
                      f"kafka://{BROKERS}/{'x' * 241}", f"kafka://{BROKERS}/"):
            with self.subTest(place=place):
                self.assert_error(self.qualog("mirror", "--to", place), USAGE)
        self.assert_error(self.mirror("--kafka-settings", "/nowhere"), NOT_FOUND)
        self.assert_error(self.mirror("Nowhere"), NOT_FOUND)

    def test_more_copies_than_there_are_brokers(self):
        self.assert_error(self.mirror("--replicas", "4"), USAGE)

    def test_cursors_without_their_rows_are_not_trusted(self):
        self.assertEqual(control.send(CONTROL, ["topic", f"{self.topic}.cursors", "1"]), "ok")
        self.assert_error(self.mirror(), USAGE)

    def test_what_is_no_cursor_is_named(self):
        self.good(self.mirror())
        topic = f"{self.topic}.cursors"
        sent = kcat.run(["-P", "-b", BROKERS, "-t", topic, "-p", "0", "-k", "x"], text="nonsense")
        self.assertEqual(sent.returncode, 0, sent.stderr)
        self.assertEqual(self.mirror().code, program.DAMAGED)


# The same with logs in files, whatever the other tests are run on.
class InFiles(Rows):
    def setUp(self):
        direct = os.environ.pop("QUALOG_KAFKA_DIRECT", None)
        if direct is not None:
            self.addCleanup(os.environ.__setitem__, "QUALOG_KAFKA_DIRECT", direct)
        super().setUp()

    def test_P18_a_kill_in_files(self):
        self.good(self.mirror())
        mirror = self.following()
        self.more_work(50)
        mirror.process.kill()
        mirror.process.wait()
        self.good(self.mirror())
        read = Subscriber(self, self.topic)
        read.until(self.project, self.head())
        self.assertEqual(read.counted_once(self.project), self.printed())

    def test_P18_no_broker_that_dies_takes_a_row_with_it(self):
        self.good(self.mirror("--replicas", "3"))
        read = Subscriber(self, self.topic)
        mirror = self.following()
        try:
            for node in (1, 2, 3):
                self.assertEqual(control.send(CONTROL, ["kill", str(node)]), "ok")
                last = self.more_work(30)
                self.assertEqual(control.send(CONTROL, ["restart", str(node)]), "ok")
                read.until(self.project, last)
        finally:
            mirror.interrupt()
        self.assertEqual(read.counted_once(self.project), self.printed())

    def test_needs_to_be_told_where(self):
        self.assert_error(self.qualog("mirror"), USAGE)


class OnBrokers(Mirrored):
    def test_need_not_be_told_where(self):
        if not program.on_kafka():
            self.skipTest("logs lie in files")
        ended = run("mirror", "-d", self.data, "--actor", "anna", "--json")
        self.assertEqual(ended.code, DONE, ended.err)
        self.assertEqual(ended.line()["topic"], "qualog.events.v1")

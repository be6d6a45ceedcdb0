# SPDX-License-Identifier: Apache-2.0
"""The program before a cluster that is not there, lets nobody in, grants too little, promises too
little, or holds what it should not. Each ends within 30 s in one line that says what to do, and
leaves nothing half made. On a secure cluster; its plaintext port is the administrator's."""

import itertools
import os
import shutil
import socket
import struct
import subprocess
import sys
import time
import unittest
import uuid
import zlib

import program
from program import (DAMAGED, DENIED, DONE, FAILED, NOT_FOUND, TOO_NEW, UNREACHABLE, USAGE, Running,
                     command, item_id, run)

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import kcat  # noqa: E402
import wire  # noqa: E402

SECONDS_MAX = 30
PATIENCE_SECONDS = 8  # of who waits for brokers that may come back: more than that
CLUSTER = "kafka-cluster"


def direct_port():
    return int(program.on_kafka().split(",")[0].rpartition(":")[2])


class BadCluster(program.ProjectTest):
    """A namespace on the plaintext port with one project, and room for more."""

    def setUp(self):
        super().setUp()
        self.space = self.address().rpartition("/")[2]
        self.topic = f"qualog.log.{self.space}.{self.project}.g1"

    def address(self):
        with open(os.path.join(self.data, "qualog.format"), encoding="utf-8") as file:
            return file.read().splitlines()[1].split(" ")[1]

    def settings(self, **lines):
        path = os.path.join(self.folder, "settings")
        with open(path, "w", encoding="utf-8") as file:
            for name, value in lines.items():
                file.write(f"{name.replace('_', '.')}={value}\n")
        return path

    def signed_in(self, user="admin", password=None, mechanism="PLAIN", **more):
        """Settings of a client of the secure port."""
        tls = os.environ["QUALOG_KAFKA_TLS"]
        return self.settings(**{"security_protocol": "SASL_SSL", "ssl_ca_location": tls + "/ca.pem",
                                "sasl_mechanism": mechanism, "sasl_username": user,
                                "sasl_password": password or f"{user}-secret", **more})

    def init(self, brokers, settings=None, space=None, replicas=1):
        self.made_here = os.path.join(self.folder, "other")
        words = ["--log", f"kafka://{brokers}/{space or uuid.uuid4()}", "--replicas", replicas]
        words += ["--keys", self.keys, "--blobs", os.path.join(self.folder, "blobs")]
        if settings:
            words += ["--kafka-settings", settings]
        return run("init", self.made_here, *words)

    def bounded(self, call, code, *parts):
        """In time, with one line that has these parts, and nothing of librdkafka's own."""
        begin = time.monotonic()
        ended = call()
        self.assertLess(time.monotonic() - begin, SECONDS_MAX)
        self.assert_error(ended, code)
        self.assertNotIn("|", ended.err)
        self.assertNotIn("-secret", ended.err)
        for part in parts:
            self.assertIn(part, ended.err)
        return ended

    def refused_init(self, brokers, code, *parts, **more):
        self.bounded(lambda: self.init(brokers, **more), code, *parts)
        self.assertFalse(os.path.exists(self.made_here))

    def send(self, data, topic=None):
        """One record of these bytes."""
        path = os.path.join(self.folder, "record")
        with open(path, "wb") as file:
            file.write(data)
        done = kcat.run(["-P", "-b", program.on_kafka(), "-t", topic or self.topic, "-p", "0",
                         "-X", "acks=all", path])
        self.assertEqual(done.returncode, 0, done.stderr)

    def record(self, offset, topic=None):
        words = ["kcat", "-q", "-C", "-b", program.on_kafka(), "-t", topic or self.topic, "-p", "0",
                 "-o", str(offset), "-c", "1", "-e", "-f", "%s"]
        return subprocess.run(words, capture_output=True, check=True, timeout=60).stdout

    def works(self, number):
        made, = self.apply(command("code.created", {"id": item_id(number), "name": f"C{number}"}))
        return made["sequence"]


class WayIn(BadCluster):
    """Addresses, certificates, passwords."""

    def setUp(self):
        super().setUp()
        self.secure = os.environ["QUALOG_KAFKA_BOOTSTRAP"]
        self.tls = os.environ["QUALOG_KAFKA_TLS"]

    def test_nobody_is_there(self):
        self.refused_init("127.0.0.1:1", UNREACHABLE, "Connection refused", "see that the broker")
        self.refused_init("no-such-host.invalid:9092", UNREACHABLE, "see that the name")
        self.refused_init("127.0.0.1", USAGE, "HOST:PORT")

    def test_what_answers_is_no_broker(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            self.refused_init(f"127.0.0.1:{silent.getsockname()[1]}", UNREACHABLE,
                              "what answers there is no broker")

    def test_brokers_that_are_gone_later(self):
        path = os.path.join(self.data, "qualog.format")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(program.on_kafka(), "127.0.0.1:1"))
        for words in (["project", "ls"], ["state", self.project], ["apply", self.project]):
            self.bounded(lambda words=words: self.qualog(*words, given=""), UNREACHABLE,
                         "Connection refused")

    def test_plaintext_to_a_port_that_wants_more(self):
        for settings in (None, self.settings(security_protocol="SSL",
                                             ssl_ca_location=self.tls + "/ca.pem")):
            self.refused_init(self.secure, UNREACHABLE, "set security.protocol", settings=settings)

    def test_a_certificate_that_nobody_here_knows(self):
        other = self.tls + "/alice.pem"
        for more, code in (({"ssl_ca_location": other}, UNREACHABLE),
                           ({"ssl_ca_location": "/nowhere"}, USAGE)):
            self.refused_init(self.secure, code, "ssl.ca.location",
                              settings=self.signed_in(**more))

    def test_no_certificate_of_its_own(self):
        self.refused_init(os.environ["QUALOG_KAFKA_MTLS"], UNREACHABLE,
                          "set ssl.certificate.location",
                          settings=self.settings(security_protocol="SSL",
                                                 ssl_ca_location=self.tls + "/ca.pem"))

    def test_a_wrong_password(self):
        begin = time.monotonic()
        self.refused_init(self.secure, DENIED, "see sasl.username and sasl.password",
                          settings=self.signed_in(password="guess"))
        self.assertLess(time.monotonic() - begin, PATIENCE_SECONDS)

    def test_scram_on_kafka_4_names_its_cause(self):
        ended = self.init(self.secure, settings=self.signed_in(mechanism="SCRAM-SHA-512"))
        if ended.code == DONE:
            self.skipTest("this librdkafka can")
        self.assert_error(ended, DENIED)
        self.assertIn("librdkafka older than 2.6.1", ended.err)

    def test_settings_that_cannot_be(self):
        for lines, part in (({"acks": "0"}, "line 1"), ({"security_protocol": "FOO"}, "FOO")):
            self.refused_init(self.secure, USAGE, part, settings=self.settings(**lines))
        self.refused_init(self.secure, NOT_FOUND, "no such file", settings="/nowhere/settings")

    def test_control_who_may_is_let_in(self):
        self.assertEqual(self.init(self.secure, settings=self.signed_in()).code, DONE)


class Rights(BadCluster):
    """alice and bob, as far as each is granted something, on directories of the one namespace."""

    def as_user(self, user):
        """The data directory of the test becomes theirs."""
        path = os.path.join(self.data, "qualog.format")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(program.on_kafka(), os.environ["QUALOG_KAFKA_BOOTSTRAP"]))
        shutil.copy(self.signed_in(user), os.path.join(self.data, "kafka.conf"))

    def grant(self, user, kind, name, *operations):
        wire.grant(direct_port(), user, kind, name, *operations)

    def test_without_any(self):
        self.refused_init(os.environ["QUALOG_KAFKA_BOOTSTRAP"], DENIED, "docs/kafka.md",
                          settings=self.signed_in("bob"))
        self.as_user("bob")
        for words in (["project", "ls"], ["state", "Gym"], ["state", self.project],
                      ["apply", self.project], ["project", "create", "Second"]):
            self.bounded(lambda words=words: self.qualog(*words, given=""), DENIED,
                         "docs/kafka.md")

    def test_who_may_only_look(self):
        name = f"qualog.namespace.{self.space}"
        for prefix in (f"qualog.log.{self.space}.", name):
            self.grant("bob", wire.TOPIC, prefix, wire.DESCRIBE, wire.DESCRIBE_CONFIGS, wire.READ)
        before = self.works(1)
        self.as_user("bob")
        self.assertEqual(self.good(self.qualog("state", "Gym")).line()["sequence"], before)
        for words in (["apply", "Gym"], ["guest", "Gym", "off"], ["project", "create", "Second"]):
            self.bounded(lambda words=words: self.qualog(*words, given=""), DENIED,
                         "docs/kafka.md")
        self.assertEqual([line["project"] for line in self.qualog("project", "ls").lines()],
                         ["Gym"])

    def test_the_rights_of_the_document_are_enough(self):
        self.grant("alice", wire.TOPIC, "qualog.", wire.READ, wire.WRITE, wire.CREATE, wire.DELETE,
                   wire.DESCRIBE_CONFIGS)
        self.grant("alice", wire.CLUSTER, CLUSTER, wire.DESCRIBE_CONFIGS)
        made = self.init(os.environ["QUALOG_KAFKA_BOOTSTRAP"], settings=self.signed_in("alice"))
        self.assertEqual(made.code, DONE, made.err)
        self.as_user("alice")
        self.good(self.qualog("project", "create", "Second"))
        self.good(self.qualog("verify", "Gym"))
        self.assertGreater(self.works(1), 1)


class Promises(BadCluster):
    """Topics that somebody made by hand."""
    WEAK = (("retention.ms", "1000000"), ("cleanup.policy", "compact"),
            ("max.message.bytes", "1000"))

    def test_a_namespace_that_keeps_less(self):
        for settings, partitions, part in (
                (self.WEAK[:1], 1, "retention.ms is 1000000, -1 is needed"),
                (self.WEAK[1:2], 1, "cleanup.policy is compact, delete is needed"),
                ((), 2, "2 partitions, 1 is needed")):
            space = str(uuid.uuid4())
            topic = f"qualog.namespace.{space}"
            wire.create_topic(direct_port(), topic, partitions, 1, settings)
            self.refused_init(program.on_kafka(), USAGE, part, space=space)
            self.assertEqual(self.record(0, topic), b"")

    def test_a_log_that_keeps_less(self):
        project = str(uuid.uuid4())
        wire.create_topic(direct_port(), f"qualog.log.{self.space}.{project}.g1", 1, 1, self.WEAK)
        self.bounded(lambda: self.qualog("apply", project, given=""), USAGE, "retention.ms is",
                     "cleanup.policy is", "max.message.bytes is", "mend that on the cluster")
        lines = {line["id"]: line for line in self.qualog("project", "ls").lines()}
        self.assertEqual(sorted(lines), sorted((project, self.project)))
        self.assertIn("no log begins in it", lines[project]["problem"])

    def test_fewer_copies_than_the_namespace_keeps(self):
        path = os.path.join(self.data, "qualog.format")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("replicas 1 1", "replicas 3 2"))
        self.bounded(lambda: self.qualog("apply", "Gym", given=""), USAGE,
                     "1 replicas, at least 3 are needed")
        self.refused_init(program.on_kafka(), USAGE, "too few brokers", replicas=3)

    def test_another_store(self):
        for store in (self.keys, os.path.join(self.folder, "blobs")):
            shutil.move(store, store + ".away")
            for words in (["state", "Gym"], ["apply", "Gym"], ["project", "ls"]):
                self.bounded(lambda words=words: self.qualog(*words, given=""), NOT_FOUND,
                             "see that it is mounted", store)
            shutil.move(store + ".away", store)
        shutil.move(self.keys, self.keys + ".away")
        os.mkdir(self.keys, 0o700)
        self.bounded(lambda: self.qualog("apply", "Gym", given=""), NOT_FOUND, "is mounted")
        self.refused_init(program.on_kafka(), USAGE, "--keys", space=self.space)
        shutil.rmtree(self.keys)
        shutil.move(self.keys + ".away", self.keys)
        self.works(1)


class Records(BadCluster):
    """What may lie in a topic."""

    def test_what_is_not_ours_is_counted_and_passed_over(self):
        self.works(1)
        owner = Running(self, "apply", "Gym")
        owner.send(command("code.created", {"id": item_id(2), "name": "C2"}))
        owner.line()
        cut = self.record(1)
        for data in (b"hello", cut[:-8], cut[:40], b"\0" * 5000):
            self.send(data)
        owner.send(command("code.created", {"id": item_id(3), "name": "C3"}))
        self.assertEqual(owner.line()["result"], "accepted")
        owner.end()
        at = self.works(4)
        proof = self.good(self.qualog("verify", "Gym", "--rebuild")).line()
        self.assertEqual((proof["ok"], proof["sequence"], proof["foreign"]), (True, at, 4))
        self.assertIn("4 records in the topic are not", self.text("verify", "Gym").out)

    def test_of_a_newer_version(self):
        self.works(1)
        newer = bytearray(self.record(1))
        newer[4:6], newer[12:16] = struct.pack("<H", 2), bytes(4)
        newer[12:16] = struct.pack("<I", zlib.crc32(newer))
        self.send(bytes(newer))
        for words in (["apply", "Gym"], ["state", "Gym"], ["verify", "Gym"], ["log", "Gym"]):
            self.bounded(lambda words=words: self.qualog(*words, given=""), TOO_NEW,
                         "written by a newer version")

    def test_the_fence_of_another_project(self):
        other = self.good(self.qualog("project", "create", "Other")).line()["id"]
        before = self.works(1)
        fence = self.record(0, f"qualog.log.{self.space}.{other}.g1")
        self.send(fence)
        for words in (["apply", "Gym"], ["state", "Gym"]):
            self.bounded(lambda words=words: self.qualog(*words, given=""), DAMAGED,
                         "belongs to another project", f"after event {before}")
        damage = self.qualog("verify", "Gym")
        self.assertEqual((damage.code, damage.line()["file"]), (DAMAGED, self.topic))
        self.good(self.qualog("verify", "Other"))

    def test_a_log_that_has_lost_its_end(self):
        """Who saw that end refuses it; who asks for the state to be made anew goes on without."""
        before = self.head()
        kept = list(iter(map(self.record, itertools.count()).__next__, b""))
        for number in range(1, 4):
            self.works(number)
        wire.delete_topic(direct_port(), self.topic)
        wire.wait_until(lambda: not wire.metadata(direct_port(), [self.topic]).leaders, 30, "gone")
        wire.create_topic(direct_port(), self.topic, 1, 1, (("retention.bytes", "-1"),))
        wire.wait_until(lambda: wire.metadata(direct_port(), [self.topic]).leaders, 30, "there")
        for data in kept:
            self.send(data)
        for words in (["apply", "Gym"], ["state", "Gym"], ["log", "Gym"]):
            self.bounded(lambda words=words: self.qualog(*words, given=""), DAMAGED,
                         "lost its end", "restore the project from a backup")
        damage = self.qualog("verify", "Gym")
        self.assertEqual((damage.code, damage.err), (DAMAGED, ""))
        self.assertEqual(damage.line()["file"], self.topic)
        self.assertIn("this machine's state was folded", damage.line()["reason"])
        self.good(self.qualog("verify", "Gym", "--rebuild"))
        self.assertLessEqual(self.head(), before)

    def test_a_topic_that_is_gone(self):
        self.works(1)
        owner = Running(self, "apply", "Gym")
        owner.send(command("code.created", {"id": item_id(2), "name": "C2"}))
        owner.line()
        wire.delete_topic(direct_port(), self.topic)
        owner.send(command("code.created", {"id": item_id(3), "name": "C3"}))
        begin = time.monotonic()
        self.assertIn(owner.line()["result"], ("not_applied", "unknown"))
        self.assertLess(time.monotonic() - begin, 2 * SECONDS_MAX)
        print(f"answered {time.monotonic() - begin:.1f} s after the topic was deleted")
        self.assertEqual(owner.rest()[1], FAILED)
        for words in (["apply", self.project], ["state", self.project], ["state", "Gym"]):
            self.bounded(lambda words=words: self.qualog(*words, given=""), NOT_FOUND)
        self.assertEqual(self.qualog("project", "ls").lines(), [])


class AutoCreate(BadCluster):
    """On a cluster that makes topics by itself: on 3.9, where SCRAM works too."""

    def test_is_refused_by_its_name(self):
        for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-512"):
            self.refused_init(os.environ["QUALOG_KAFKA_BOOTSTRAP"], USAGE,
                              "auto.create.topics.enable is true, false is needed",
                              settings=self.signed_in(mechanism=mechanism))

    def setUp(self):  # no project can be made there
        self.folder = program.tempfile.mkdtemp(prefix="qualog-test-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.keys = os.path.join(self.folder, "keys")
        for name in ("keys", "blobs"):
            os.mkdir(os.path.join(self.folder, name), 0o700)


def load_tests(loader, tests, _):
    del tests
    on_3_9 = os.environ["QUALOG_KAFKA_VERSION"] == "3.9"
    classes = (AutoCreate,) if on_3_9 else (WayIn, Rights, Promises, Records)
    return unittest.TestSuite(map(loader.loadTestsFromTestCase, classes))

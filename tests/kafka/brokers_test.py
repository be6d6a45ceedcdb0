# SPDX-License-Identifier: Apache-2.0
"""The harness of real brokers does what it says: clusters start, lose nodes and get them back, and
leave nothing behind, however they end. Method: real clusters, looked at with kcat and /proc; the
harness as a program is run, signalled and killed."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

import jars
import kcat
import wire
from brokers import Brokers
from command_line import SKIPPED, require_brokers
from node import BrokerFailed, proc_state

PROGRAM = [sys.executable, "-B", str(jars.HERE / "brokers.py")]
SECONDS_MAX = 120  # when others want the machine too


def processes_of(folder):
    """Numbers of the living processes that were started with a path in this folder."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            named = str(folder).encode() in (entry / "cmdline").read_bytes()
            if named and proc_state(entry.name) != "Z":
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def wait_until(condition, what):
    wire.wait_until(condition, SECONDS_MAX, what)


class OneNode(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.brokers = Brokers(version="4").start()
        cls.addClassCleanup(cls.brokers.close)

    def setUp(self):
        self.topic = self.id().rpartition(".")[2]
        self.brokers.create_topic(self.topic)

    def test_clients_reach_it(self):
        kcat.produce(self.brokers.bootstrap(), self.topic, "one", "two")
        self.assertEqual(kcat.consume(self.brokers.direct(), self.topic), ["one", "two"])

    def test_a_killed_node_comes_back_on_its_port_with_its_records(self):
        kcat.produce(self.brokers.bootstrap(), self.topic, "kept")
        self.brokers.kill(1)
        self.assertEqual(self.brokers.state(1), "down")
        self.assertEqual(wire.nodes_seen_by(self.brokers.ports[0].internal), 0)
        with self.assertRaises(BrokerFailed):
            self.brokers.kill(1)
        self.brokers.start_node(1)
        self.assertEqual(self.brokers.state(1), "ready")
        self.assertEqual(kcat.consume(self.brokers.bootstrap(), self.topic), ["kept"])

    def test_a_paused_node_answers_when_it_is_resumed(self):
        self.brokers.pause(1)
        self.addCleanup(self.brokers.resume, 1)
        self.assertEqual(self.brokers.state(1), "paused")
        self.assertEqual(wire.nodes_seen_by(self.brokers.ports[0].internal), 0)
        self.brokers.resume(1)
        wait_until(lambda: self.brokers.state(1) == "ready", "ready again")

    def test_unknown_nodes_and_versions_are_refused(self):
        for number in (0, 2):
            with self.assertRaises(ValueError):
                self.brokers.kill(number)
        for options in ({"version": "2"}, {"nodes": 0}, {"owners": 0}):
            with self.assertRaises(ValueError):
                Brokers(**options)


class ThreeNodes(unittest.TestCase):
    def test_another_node_leads_when_the_leader_is_killed(self):
        with Brokers(version="3.9", nodes=3) as brokers:
            brokers.create_topic("t")
            kcat.produce(brokers.bootstrap(), "t", "before")
            first = brokers.leader("t")
            brokers.kill(first)
            wait_until(lambda: brokers.leader("t") not in (first, -1), "another leads")
            kcat.produce(brokers.bootstrap(), "t", "between")
            brokers.restart(first)  # of one that is down: starts it
            self.assertEqual([brokers.state(number) for number in (1, 2, 3)], ["ready"] * 3)
            self.assertEqual(kcat.consume(brokers.bootstrap(), "t"), ["before", "between"])
            folder = brokers.path
        self.assertEqual(processes_of(folder), [])
        self.assertFalse(folder.exists())


class Secure(unittest.TestCase):
    def test_users_are_known_and_have_the_rights_they_were_given(self):
        with Brokers(version="3.9", secure=True) as brokers:
            brokers.create_topic("t")
            tls = brokers.path / "tls"
            kcat.produce(brokers.direct(), "t", "said")
            scram = {"security.protocol": "SASL_SSL", "ssl.ca.location": tls / "ca.pem",
                     "sasl.mechanism": "SCRAM-SHA-512"}
            admin = {**scram, "sasl.username": "admin", "sasl.password": "admin-secret"}
            alice = {**scram, "sasl.username": "alice", "sasl.password": "alice-secret"}
            mutual = {"security.protocol": "SSL", "ssl.ca.location": tls / "ca.pem",
                      "ssl.certificate.location": tls / "admin.pem",
                      "ssl.key.location": tls / "admin.key"}
            self.assertEqual(kcat.consume(brokers.bootstrap(), "t", admin), ["said"])
            self.assertEqual(kcat.consume(brokers.mutual_tls(), "t", mutual), ["said"])
            with self.assertRaisesRegex(RuntimeError, "(?i)authorization failed"):
                kcat.consume(brokers.bootstrap(), "t", alice)


class Program(unittest.TestCase):
    """brokers.py as a shell runs it, with a folder for temporary files that nobody else uses."""

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.place = pathlib.Path(place.name)
        self.environment = {**os.environ, "TMPDIR": str(self.place)}

    def program(self, *arguments, **environment):
        return subprocess.run([*PROGRAM, *arguments], env={**self.environment, **environment},
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=SECONDS_MAX, check=False)

    def started(self):
        """A harness whose command waits, and its folder, when the command runs. exec: what the
        command itself starts is not the harness's to end."""
        process = subprocess.Popen(
            [*PROGRAM, "with", "--", "sh", "-c", "echo there; exec sleep 600"],
            env=self.environment, stdout=subprocess.PIPE)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.addCleanup(process.stdout.close)
        self.assertEqual(process.stdout.readline(), b"there\n")
        folder, = self.place.glob("qualog-kafka-*")
        self.assertEqual(len(processes_of(folder)), 1)
        return process, folder

    def test_with_hands_on_what_its_command_needs_and_how_it_ended(self):
        tool = " ".join(PROGRAM)
        script = f"""
            {tool} topic t 2 && {tool} status && {tool} proxy 2 1 cut
            kcat -L -b "$QUALOG_KAFKA_BOOTSTRAP" -t t
            kcat -L -b "$QUALOG_KAFKA_BOOTSTRAP_2" -m 1 || exit 5"""
        done = self.program("with", "--owners", "2", "--proxies", "--", "sh", "-c", script)
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertIn("ok\nok 1=ready\nok\n", done.stdout)
        self.assertIn('topic "t" with 2 partitions', done.stdout)
        self.assertEqual(list(self.place.iterdir()), [])

    def test_a_killed_harness_takes_its_brokers_along(self):
        process, folder = self.started()
        process.kill()
        wait_until(lambda: not processes_of(folder), "the broker is gone")
        self.assertTrue(folder.exists())
        # Another cluster would do this first of all.
        subprocess.run([sys.executable, "-B", "-c", "import folders; folders.remove_abandoned()"],
                       cwd=jars.HERE, env=self.environment, timeout=SECONDS_MAX, check=True)
        self.assertEqual(list(self.place.iterdir()), [])

    def test_a_terminated_harness_tidies_up(self):
        process, folder = self.started()
        process.terminate()
        self.assertEqual(process.wait(SECONDS_MAX), 128 + signal.SIGTERM)
        self.assertEqual(processes_of(folder), [])
        self.assertEqual(list(self.place.iterdir()), [])

    def test_without_maven_and_jars_it_is_skipped_with_one_line(self):
        fake = self.place / "mvn"
        fake.write_text("#!/bin/sh\necho '[ERROR] no way out'\nexit 1\n", encoding="ascii")
        fake.chmod(0o755)
        path = f"{self.place}:{os.environ['PATH']}"
        for said in ("no way out\n", "no way out (tried a moment ago)\n"):
            done = self.program("with", "--", "true", PATH=path,
                                XDG_CACHE_HOME=str(self.place / "cache"))
            self.assertEqual(done.returncode, SKIPPED, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            self.assertTrue(done.stderr.endswith(said), done.stderr)

    def test_wrong_usage_is_refused(self):
        for arguments in (["with"], ["with", "--"], ["fetch", "2"], ["with", "--nodes", "x"]):
            self.assertEqual(self.program(*arguments).returncode, 2, arguments)


class Pins(unittest.TestCase):
    """A folder of links to the real jars, in which one is changed."""

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name)
        self.version = jars.VERSIONS["4"]
        for jar in jars.fetch(self.version).iterdir():
            (self.folder / jar.name).symlink_to(jar)
        self.jar = self.folder / "kafka_2.13-4.4.0.jar"

    def test_the_jars_of_the_cache_are_those_that_are_pinned(self):
        self.assertIsNone(jars.problem_of(self.folder, self.version))

    def test_a_changed_jar_is_found(self):
        data = self.jar.read_bytes()
        self.jar.unlink()
        self.jar.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        self.assertIn(self.jar.name, jars.problem_of(self.folder, self.version))

    def test_a_missing_and_an_additional_jar_are_found(self):
        self.jar.rename(self.folder / "other.jar")
        self.assertIn("2 jars", jars.problem_of(self.folder, self.version))


if __name__ == "__main__":
    require_brokers("kcat", "openssl")
    unittest.main(verbosity=2)

# SPDX-License-Identifier: Apache-2.0
"""What tests of faults share: one cluster of three nodes and three owners, each behind proxies of
its own, a project for each test, and the judgement at its end."""

import os
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

from owners import Project, wire  # first: it knows where the harness is

from children import Children
from command_line import require_brokers
from facts import changed_records, violations
from proxied_brokers import ProxiedBrokers

NODES = 3
SECONDS_MAX = 120
# A record is given up after this (fault_owner's timeout).
GIVE_UP_SECONDS = 3


class Settings:
    """Of the command line."""
    programs, version = (), "4"


class FaultCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="qualog-faults-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.brokers = ProxiedBrokers(version=Settings.version, nodes=NODES, owners=3).start()
        cls.addClassCleanup(cls.brokers.close)
        cls.processes = Children()
        cls.addClassCleanup(cls.processes.close)

    def setUp(self):
        self.began = time.monotonic()
        self.project = self.new_project()
        self.addCleanup(self.mend)

    def new_project(self):
        return Project(self.brokers, self.processes, Settings.programs, self.folder).make()

    def mend(self):
        """The cluster is whole for the next test; nobody of this one is left."""
        for owner in self.project.owners:
            owner.resume()
            owner.kill()
        self.project.seen()
        for owner in range(1, 4):
            self.each_proxy(owner, "heal")
        states = {node.number: self.brokers.state(node.number) for node in self.brokers.nodes}
        for number in [number for number, state in states.items() if state == "paused"]:
            self.brokers.resume(number)
        self.brokers.start_node(*[number for number, state in states.items() if state == "down"])

    def each_proxy(self, owner, trouble, *arguments):
        for proxy in self.brokers.proxies(owner):
            getattr(proxy, trouble)(*arguments)

    def proxy_to_leader(self, owner=1):
        return self.brokers.proxy(owner, self.project.leader())

    def opened(self, number=1, **arguments):
        """An owner who has the project."""
        owner = self.project.owner(number, **arguments)
        self.assert_says(owner.ask("open"), "opened")
        return owner

    def assert_says(self, said, word):
        self.assertEqual(said.split()[0], word, said)

    def assert_lost(self, said):
        self.assertEqual(said.split()[:2], ["not_applied", "held"], said)

    def assert_silent(self, owner, seconds):
        """It tells of nothing durable meanwhile."""
        before = owner.count("durable")
        threading.Event().wait(seconds)
        self.assertEqual(owner.count("durable"), before)

    def everywhere(self, action, count):
        """Until the records of the topic are so many."""
        wire.wait_until(lambda: len(self.project.records()) >= count, SECONDS_MAX, action)

    # ---- judgement ------------------------------------------------------------------------------

    def stop_all(self):
        for owner in self.project.owners:
            if owner.process.poll() is None:
                owner.end()

    def judged(self):
        """The Log and the Facts of all owners, which bear each other out."""
        self.stop_all()
        log, facts = self.project.log(), [owner.facts() for owner in self.project.owners]
        self.report(log, facts)
        self.assertEqual(violations(log, facts)[:5], [])
        self.assert_readers_agree(log)
        changed = changed_records(self.project.seen(), self.project.ask("records"))
        self.assertEqual(changed, [], "records that changed after they were seen")
        return log, facts

    def assert_readers_agree(self, log):
        for number in range(1, 4):
            through = self.brokers.bootstrap(number)
            self.assertEqual(self.project.log(send=through).lines, log.lines)

    def report(self, log, facts):
        counts = {kind: sum(len(getattr(one, kind)) for one in facts)
                  for kind in ("durable", "not_applied", "unknown", "opened", "lost")}
        gap = max(one.longest_gap_s() for one in facts)
        said = " ".join(f"{kind}={count}" for kind, count in counts.items())
        print(f"    records={log.records} fences={log.fences} ignored={log.ignored} "
              f"foreign={log.foreign} {said} gap={gap:.1f}s "
              f"time={time.monotonic() - self.began:.1f}s", file=sys.stderr)


def main():
    """fault_test.py FOLDER_OF_PROGRAMS VERSION [NAME ...]"""
    require_brokers()
    folder, Settings.version = sys.argv[1:3]
    Settings.programs = [os.path.join(folder, name) for name in ("fault_owner", "fault_reader")]
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2, module="__main__")

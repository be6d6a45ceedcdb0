# SPDX-License-Identifier: Apache-2.0
"""What tests of faults share: one cluster of three nodes and three owners, each behind proxies of
its own, a project for each test, and the judgement at its end."""

import os
import shutil
import subprocess
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


# The node whose disk is small, where a file system may be mounted.
FULL_NODE, DISK = 3, "128m"
OWN_MOUNTS = "QUALOG_FAULTS_OWN_MOUNTS"


class FaultBrokers(ProxiedBrokers):
    """One node has its data on a small disk of its own, which goes when the last process does."""
    has_small_disk = False

    def _write(self, jar_folder):
        super()._write(jar_folder)
        if os.environ.get(OWN_MOUNTS):
            self._disk = self.path / f"node{FULL_NODE}" / "data"
            mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "qualog", self._disk]
            self.has_small_disk = subprocess.run(mount, check=False).returncode == 0

    def fill_disk(self):
        with open(self._disk / "filler", "wb", buffering=0) as filler:
            for size in (1 << 20, 1 << 12, 1):
                self._write_while_possible(filler, size)

    @staticmethod
    def _write_while_possible(filler, size):
        try:
            while filler.write(bytes(size)) == size:
                pass
        except OSError:
            pass  # full

    def clear_disk(self):
        (self._disk / "filler").unlink()

    def close(self, keep=False):
        if self.has_small_disk:
            subprocess.run(["umount", "-l", self._disk], check=True)
            self.has_small_disk = False
        super().close(keep)


class Settings:
    """Of the command line."""
    programs, version = (), "4"


class FaultCase(unittest.TestCase):
    brokers = folder = processes = None

    @classmethod
    def setUpClass(cls):
        if FaultCase.brokers is None:
            FaultCase.begin()

    @staticmethod
    def begin():
        """Once for all cases."""
        folder = tempfile.TemporaryDirectory(prefix="qualog-faults-")
        unittest.addModuleCleanup(folder.cleanup)
        FaultCase.folder = Path(folder.name)
        FaultCase.brokers = FaultBrokers(version=Settings.version, nodes=NODES, owners=3).start()
        unittest.addModuleCleanup(FaultCase.brokers.close)
        FaultCase.processes = Children()
        unittest.addModuleCleanup(FaultCase.processes.close)

    def setUp(self):
        self.began = time.monotonic()
        self.project = self.new_project()
        self.addCleanup(self.mend)

    def new_project(self):
        return Project(self.brokers, self.processes, Settings.programs, self.folder).make()

    def another_project(self):
        """In place of the one there is: brokers lead in turn."""
        self.project.seen()
        self.project = self.new_project()

    def mend(self):
        """The cluster is whole for the next test; nobody of this one is left."""
        print(f"    time={time.monotonic() - self.began:.1f}s", file=sys.stderr)
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
              f"foreign={log.foreign} {said} gap={gap:.1f}s",
              file=sys.stderr)


def can_mount():
    """Whether mounts that nobody else sees can be made."""
    if shutil.which("unshare") is None:
        return False
    tried = ["unshare", "--mount", "mount", "-t", "tmpfs", "qualog", "/mnt"]
    return subprocess.run(tried, stderr=subprocess.DEVNULL, check=False).returncode == 0


def main():
    """fault_test.py FOLDER_OF_PROGRAMS VERSION [NAME ...]"""
    if os.environ.get(OWN_MOUNTS) is None and can_mount():
        os.environ[OWN_MOUNTS] = "1"
        os.execvp("unshare", ["unshare", "--mount", sys.executable, "-B", *sys.argv])
    require_brokers()
    folder, Settings.version = sys.argv[1:3]
    Settings.programs = [os.path.join(folder, name) for name in ("fault_owner", "fault_reader")]
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2, module="__main__")

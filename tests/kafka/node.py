# SPDX-License-Identifier: Apache-2.0
"""One node of a cluster: its folder with settings, data and log, and its process while it runs."""

import signal
import subprocess

import children
import wire
from settings import MECHANISMS, USERS, logging_file

# Quick to start and small; enough for some thousand partitions.
JVM = ("-Xms64m", "-Xmx256m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
       "-XX:-UsePerfData", "-Xlog:disable", "-Djava.awt.headless=true")
FORMAT_SECONDS_MAX = 180  # a second where nobody else wants the machine
GRACE_SECONDS = 15
PAUSE_SECONDS_MAX = 10
LINES_OF_LOG = 8


class BrokerFailed(Exception):
    """A node does not do what it should; the message has the end of its log."""


def proc_state(pid):
    """The letter of the kernel; the name before it, in brackets, may hold anything."""
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
        return stat.read().rpartition(")")[2].split()[0]


class Node:
    def __init__(self, number, folder, port):
        """port: of its INTERNAL listener."""
        self.number, self.folder, self.port = number, folder, port
        self.process = None
        self._java = None

    def write(self, properties, version, jars):
        (self.folder / "data").mkdir(parents=True)
        name, text, option = logging_file(version)
        (self.folder / name).write_text(text, encoding="utf-8")
        (self.folder / "server.properties").write_text(properties, encoding="utf-8")
        self._java = ["java", *JVM, option.format(self.folder / name), "-cp", f"{jars}/*"]

    def _begin(self, processes, main_class, *arguments):
        with open(self.folder / "broker.log", "ab") as log:
            return processes.start([*self._java, main_class, *arguments], stdout=log,
                                   stderr=subprocess.STDOUT)

    def begin_format(self, processes, cluster_id, secure):
        """A process; see end_format()."""
        users = []
        for mechanism in MECHANISMS[:2] if secure else ():
            for user in USERS:
                secret = f"{mechanism}=[name={user},password={user}-secret]"
                users += ["--add-scram", secret]
        return self._begin(processes, "kafka.tools.StorageTool", "format", "-t", cluster_id,
                           "-c", self.folder / "server.properties", *users)

    def end_format(self, process):
        if process.wait(FORMAT_SECONDS_MAX) != 0:
            raise BrokerFailed(f"node {self.number} could not be formatted: {self.end_of_log()}")

    def start(self, processes):
        if self.is_running():
            raise BrokerFailed(f"node {self.number} runs already")
        self.process = self._begin(processes, "kafka.Kafka", self.folder / "server.properties")

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def is_ready(self, nodes):
        """Answers and knows this number of brokers to be alive."""
        if not self.is_running():
            raise BrokerFailed(f"node {self.number} ended: {self.end_of_log()}")
        return wire.nodes_seen_by(self.port) == nodes

    def is_paused(self):
        return proc_state(self._running().pid) == "T"

    def answers(self):
        return self.is_running() and not self.is_paused()

    def knows(self, topic, partitions):
        """Each of them with its leader."""
        leaders = wire.metadata(self.port, [topic]).leaders.values()
        return sum(leader > 0 for leader in leaders) == partitions

    def _running(self):
        if not self.is_running():
            raise BrokerFailed(f"node {self.number} does not run")
        return self.process

    def kill(self):
        children.kill(self._running())

    def pause(self):
        """Returns when it has stopped, which a signal alone does not wait for."""
        self._running().send_signal(signal.SIGSTOP)
        wire.wait_until(self.is_paused, PAUSE_SECONDS_MAX, f"node {self.number} paused", 0.001)

    def resume(self):
        self._running().send_signal(signal.SIGCONT)

    def stop(self):
        """Hands its partitions over and ends."""
        children.end(self._running(), GRACE_SECONDS)

    def end_of_log(self):
        text = (self.folder / "broker.log").read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-LINES_OF_LOG:])

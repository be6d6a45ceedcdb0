#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Brokers: a throw-away cluster of real Apache Kafka on 127.0.0.1, of one node or several, each
broker and controller. It is ready when start() returns and gone when the process that made it is,
however that ends. Ports are free ones and stay the same over restarts.

    with Brokers(nodes=3, version="3.9") as brokers:
        brokers.create_topic("t")
        brokers.kill(brokers.leader("t"))

From a shell: brokers.py help. README.md beside this file says more."""

import base64
import sys
import uuid

import certificates
import folders
import jars
import wire
from children import Children
from node import BrokerFailed, Node
from ports import LOOPBACK, Reservation
from settings import NodePorts, Options, server_properties

READY_SECONDS_MAX = 180  # some seconds where nobody else wants the machine
NODES_MAX = 9


def new_cluster_id():
    """22 characters, as Kafka writes a UUID; none that looks like an option."""
    return "q" + base64.urlsafe_b64encode(uuid.uuid4().bytes).decode()[1:22]


class Brokers:
    """Options as settings.Options has them. Nodes and owners count from 1. Any thread may call,
    one at a time."""

    def __init__(self, **options):
        self.options = Options(**options)
        if self.options.version not in jars.VERSIONS:
            raise ValueError(f"no version {self.options.version}: {' or '.join(jars.VERSIONS)}")
        if not 1 <= self.options.nodes <= NODES_MAX or self.options.owners < 1:
            raise ValueError(f"1 to {NODES_MAX} nodes, 1 or more owners")
        self._reserved, self._children, self._folder = [], Children(), None
        self.ports = [self._node_ports() for _ in range(self.options.nodes)]
        self.nodes = []

    def _node_ports(self):
        own = [Reservation() for _ in range(self.options.owners + 3)]
        self._reserved += own
        *clients, internal, controller, mtls = [reservation.port for reservation in own]
        return NodePorts(clients, internal, controller, mtls)

    # ---- the whole cluster ----------------------------------------------------------------------

    def start(self):
        """Formats and starts all nodes; returns when each of them sees all. jars.Unavailable where
        this machine cannot."""
        jars.require("java", "setpriv")
        jar_folder = jars.fetch_unless_out_of_reach(jars.VERSIONS[self.options.version])
        self._folder = folders.Folder()
        try:
            self._write(jar_folder)
            self._format()
            for node in self.nodes:
                node.start(self._children)
            self._wait_ready(*self.nodes)
        except BaseException:
            self.close()
            raise
        return self

    def _write(self, jar_folder):
        if self.options.secure:
            certificates.make(self.path / "tls")
        for number, ports in enumerate(self.ports, 1):
            node = Node(number, self.path / f"node{number}", ports.internal)
            text = server_properties(number, self.ports, self.options, self.path)
            node.write(text, self.options.version, jar_folder)
            self.nodes.append(node)

    def _format(self):
        cluster_id = new_cluster_id()
        begun = [(node, node.begin_format(self._children, cluster_id, self.options.secure))
                 for node in self.nodes]
        for node, process in begun:
            node.end_format(process)

    def _wait_ready(self, *nodes):
        for node in nodes:
            wire.wait_until(lambda node=node: node.is_ready(self.options.nodes), READY_SECONDS_MAX,
                            f"node {node.number} ready, {node.folder / 'broker.log'}")

    def close(self, keep=False):
        """Kills the nodes and removes their folder, or keeps it to be looked at."""
        running = [node for node in self.nodes if node.is_running()]
        for node in running:
            node.process.kill()
        for node in running:
            node.process.wait()
        self._children.close()
        for reservation in self._reserved:
            reservation.release()
        if self._folder:
            self._folder.keep() if keep else self._folder.remove()
        self._folder, self.nodes, self._reserved = None, [], []

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()

    # ---- one node -------------------------------------------------------------------------------

    def _node(self, number):
        if not 1 <= number <= len(self.nodes):
            raise ValueError(f"no node {number}: 1 to {len(self.nodes)}")
        return self.nodes[number - 1]

    def kill(self, number):
        """SIGKILL; returns when it is gone."""
        self._node(number).kill()

    def pause(self, number):
        """SIGSTOP, which a client sees as a broker that answers nothing."""
        self._node(number).pause()

    def resume(self, number):
        self._node(number).resume()

    def stop_node(self, number):
        """Gracefully: it hands over what it leads."""
        self._node(number).stop()

    def start_node(self, *numbers):
        """On the data that they have; returns when each sees the whole cluster."""
        nodes = [self._node(number) for number in numbers]
        for node in nodes:
            node.start(self._children)
        self._wait_ready(*nodes)

    def restart(self, number, hard=False):
        """Gracefully or by SIGKILL, whether it runs or not; returns as start_node() does."""
        node = self._node(number)
        if node.is_running():
            node.kill() if hard else node.stop()
        self.start_node(number)

    def state(self, number):
        """ready, running, paused or down."""
        node = self._node(number)
        if not node.is_running():
            return "down"
        if node.is_paused():
            return "paused"
        return "ready" if node.is_ready(self.options.nodes) else "running"

    # ---- what a test asks -----------------------------------------------------------------------

    @property
    def path(self):
        """The folder: tls/ with the certificates, nodeN/broker.log."""
        return self._folder.path

    def bootstrap(self, owner=1):
        """host:port,... of the CLIENT listeners of one owner, or of what stands before them."""
        advertised = self.options.advertise[owner - 1:owner]
        ports = advertised[0] if advertised else [one.clients[owner - 1] for one in self.ports]
        return ",".join(f"{LOOPBACK}:{port}" for port in ports)

    def direct(self):
        """host:port,... in plaintext and past every proxy."""
        return ",".join(f"{LOOPBACK}:{one.internal}" for one in self.ports)

    def mutual_tls(self):
        """host:port,... of the MTLS listeners of a secure cluster."""
        return ",".join(f"{LOOPBACK}:{one.mtls}" for one in self.ports)

    def _any_port(self):
        for node in self.nodes:
            if node.answers() and wire.nodes_seen_by(node.port):
                return node.port
        raise BrokerFailed("no node answers")

    def create_topic(self, name, partitions=1, replicas=None, settings=()):
        """Returns when every partition has a leader that every running node knows."""
        replicas = replicas or min(3, self.options.nodes)
        wire.create_topic(self._any_port(), name, partitions, replicas, settings)
        for node in filter(Node.answers, self.nodes):
            wire.wait_until(lambda node=node: node.knows(name, partitions), READY_SECONDS_MAX,
                            f"node {node.number} knows topic {name}")

    def leader(self, topic, partition=0):
        """The number of the node that leads, as one that answers knows it; -1 for none."""
        return wire.metadata(self._any_port(), [topic]).leaders.get((topic, partition), -1)


if __name__ == "__main__":
    from command_line import main
    sys.exit(main(sys.argv[1:]))

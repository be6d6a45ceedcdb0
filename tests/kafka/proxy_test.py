# SPDX-License-Identifier: Apache-2.0
"""Proxies make the trouble that they promise. Method: plain sockets through a proxy to a server
that echoes and remembers; then kcat through proxies to a real broker, where a record lands that its
client has given up, and one that was acknowledged to nobody."""

import socket
import socketserver
import struct
import subprocess
import threading
import time
import unittest

import control
import kcat
import wire
from command_line import require_brokers
from ports import LOOPBACK
from proxied_brokers import ProxiedBrokers
from proxy import Network

SECONDS_MAX = 120
# How long nothing must come, where nothing shall.
SILENCE_SECONDS = 0.2
DELAY_MS = 150
LATE = "late" * 500


class Echo(socketserver.ThreadingTCPServer):
    """Answers with what it gets; remembers it all."""
    daemon_threads = True

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            while True:
                data = self.request.recv(1000)
                if not data:
                    return
                self.server.received += data
                try:
                    self.request.sendall(data)
                except OSError:
                    return

    def __init__(self):
        super().__init__((LOOPBACK, 0), self.Handler)
        self.received = b""
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


def wait_until(condition, what):
    wire.wait_until(condition, SECONDS_MAX, what, pause_s=0.005)


class Sockets(unittest.TestCase):
    def setUp(self):
        self.echo = Echo()
        self.addCleanup(self.echo.close)
        self.network = Network()
        self.addCleanup(self.network.close)
        self.proxy = self.network.proxy(self.echo.port)

    def client(self):
        client = socket.create_connection((LOOPBACK, self.proxy.port), SECONDS_MAX)
        self.addCleanup(client.close)
        return client

    def asked(self, data, client=None):
        client = client or self.client()
        client.sendall(data)
        return wire.exactly(client, len(data))

    def assert_silent(self, client):
        client.settimeout(SILENCE_SECONDS)
        with self.assertRaises(socket.timeout):
            client.recv(1)
        client.settimeout(SECONDS_MAX)

    def assert_closed(self, client):
        try:
            self.assertEqual(client.recv(1), b"")
        except ConnectionResetError:
            pass

    def test_it_passes_what_comes(self):
        data = bytes(range(256)) * 4000
        client = self.client()
        sender = threading.Thread(target=client.sendall, args=(data,))
        sender.start()
        self.assertEqual(wire.exactly(client, len(data)), data)
        sender.join()
        client.close()
        wait_until(lambda: self.proxy.connections() == 0, "the connection is closed")

    def test_a_delay_keeps_the_order(self):
        client = self.client()
        self.assertEqual(self.asked(b"quick", client), b"quick")
        self.proxy.delay(DELAY_MS)
        begin = time.monotonic()
        client.sendall(b"first ")
        client.sendall(b"second")
        self.assertEqual(wire.exactly(client, 12), b"first second")
        self.assertGreaterEqual(time.monotonic() - begin, 2 * DELAY_MS / 1000)

    def test_held_requests_land_after_their_clients_gave_up(self):
        old = self.client()
        self.asked(b"1", old)
        self.proxy.hold_requests()
        new = self.client()
        old.sendall(b"2")
        new.sendall(b"3")
        wait_until(lambda: self.proxy.held_bytes() == (2, 0), "both wait")
        # The rudest way to go: it resets the connection.
        old.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        old.close()
        new.close()
        self.assertEqual(self.echo.received, b"1")
        self.proxy.heal()
        wait_until(lambda: sorted(self.echo.received) == sorted(b"123"), "both landed")

    def test_held_answers_come_when_it_heals(self):
        client = self.client()
        self.asked(b"1", client)
        self.proxy.hold_answers()
        client.sendall(b"2")
        wait_until(lambda: self.proxy.held_bytes() == (0, 1), "the answer waits")
        self.assert_silent(client)
        self.proxy.heal()
        self.assertEqual(client.recv(10), b"2")

    def test_dropped_answers_are_lost_with_their_connection(self):
        client = self.client()
        self.asked(b"1", client)
        self.proxy.drop_answers()
        client.sendall(b"2")
        wait_until(lambda: self.echo.received == b"12", "the request landed")
        self.assert_silent(client)
        self.proxy.heal()
        self.assert_closed(client)
        self.assertEqual(self.asked(b"3"), b"3")

    def test_a_black_hole_takes_connections_and_loses_everything(self):
        old = self.client()
        self.asked(b"1", old)
        self.proxy.black_hole()
        new = self.client()
        for client in (old, new):
            client.sendall(b"lost")
            self.assert_silent(client)
        self.proxy.heal()
        self.assert_closed(old)
        self.assert_closed(new)
        self.assertEqual(self.echo.received, b"1")
        self.assertEqual(self.asked(b"2"), b"2")

    def test_cut_closes_and_refuses_until_it_heals(self):
        client = self.client()
        self.asked(b"1", client)
        self.proxy.hold_requests()
        client.sendall(b"lost")
        wait_until(lambda: self.proxy.held_bytes() == (4, 0), "it waits")
        for _ in range(2):
            self.proxy.cut()
            with self.assertRaises(ConnectionRefusedError):
                self.client()
        self.assert_closed(client)
        self.proxy.heal()
        self.assertEqual(self.asked(b"2"), b"2")
        self.assertEqual(self.echo.received, b"12")

    def test_a_server_that_is_gone_closes_the_connection(self):
        client = self.client()
        self.proxy.target = self.network.proxy(0).port
        self.assert_closed(self.client())
        self.assertEqual(self.asked(b"1", client), b"1")


class Broker(unittest.TestCase):
    """One node and two owners, each with its own proxy."""

    # So that a client gives up soon, but not before its first record on a machine that is busy.
    IMPATIENT = {"message.timeout.ms": 4000, "socket.timeout.ms": 2000, "acks": "all"}

    @classmethod
    def setUpClass(cls):
        cls.brokers = ProxiedBrokers(owners=2).start()
        cls.addClassCleanup(cls.brokers.close)

    def setUp(self):
        self.topic = self.id().rpartition(".")[2]
        self.brokers.create_topic(self.topic)
        self.proxy = self.brokers.proxy(1, 1)
        self.addCleanup(self.proxy.heal)

    def records(self):
        return kcat.consume(self.brokers.direct(), self.topic)

    def impatient_client(self, first):
        """A producer of owner 1 that is connected and has produced a first record. Its second is
        LATE, when its input ends: kcat reads ahead by about 1 kB."""
        client = subprocess.Popen(
            ["kcat", "-P", "-b", self.brokers.bootstrap(1), "-t", self.topic, "-p", "0",
             *kcat.settings_of(self.IMPATIENT)],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(client.kill)
        client.stdin.write(first + "\n" + LATE)
        client.stdin.flush()
        wait_until(lambda: self.records() == [first], "the first record landed")
        return client

    def assert_gives_up(self, client):
        _, said = client.communicate(timeout=SECONDS_MAX)
        self.assertIn("timed out", said)

    def test_each_owner_sees_its_own_proxies(self):
        for owner, other in ((1, 2), (2, 1)):
            seen = kcat.run(["-L", "-b", self.brokers.bootstrap(owner)]).stdout
            self.assertIn(f":{self.brokers.proxy(owner, 1).port} ", seen)
            self.assertNotIn(f":{self.brokers.proxy(other, 1).port} ", seen)
            self.assertNotIn(f":{self.brokers.ports[0].clients[owner - 1]} ", seen)

    def test_a_held_record_lands_after_its_client_gave_up(self):
        client = self.impatient_client("early")
        self.proxy.hold_requests()
        self.assert_gives_up(client)
        self.assertGreater(self.proxy.held_bytes()[0], len(LATE))
        kcat.produce(self.brokers.bootstrap(2), self.topic, "other")
        self.assertEqual(self.records(), ["early", "other"])
        self.proxy.heal()
        wait_until(lambda: self.records() == ["early", "other", LATE], "the record landed")

    def test_a_record_may_be_there_though_its_client_never_learns(self):
        client = self.impatient_client("known")
        self.proxy.drop_answers()
        self.assert_gives_up(client)
        self.assertEqual(self.records(), ["known", LATE])

    def test_trouble_can_be_sent_as_lines(self):
        server = control.Control(self.brokers)
        self.addCleanup(server.close)
        port = self.proxy.port
        for line, answer in (("proxy 1 1 hold-requests", "ok"), ("held 1 1", "ok 0 0"),
                             ("proxy 1 all cut", "ok"), ("proxy 3 1 cut", "error .*no owner 3.*"),
                             ("proxy 1 1 close", "error .*no close.*"), ("", "error .*")):
            self.assertRegex(control.send(server.path, line.split()), f"^{answer}$")
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection((LOOPBACK, port))
        self.assertEqual(control.send(server.path, "proxy 1 1 delay 1".split()), "ok")
        socket.create_connection((LOOPBACK, port)).close()


if __name__ == "__main__":
    require_brokers("kcat")
    unittest.main(verbosity=2)

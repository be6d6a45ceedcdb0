# SPDX-License-Identifier: Apache-2.0
"""The few requests of Kafka's protocol that the harness itself makes, over plain sockets: who is
there, who leads, make and delete a topic, grant a right. No client library, so that what is tested
does not test itself."""

import socket
import struct
import time
from typing import NamedTuple

from ports import LOOPBACK

METADATA, CREATE_TOPICS, DELETE_TOPICS, CREATE_ACLS = 3, 19, 20, 30
TOPIC_ALREADY_EXISTS = 36
ANSWER_SECONDS_MAX = 30
PROBE_SECONDS_MAX = 2  # of a node that may be paused


class Metadata(NamedTuple):
    nodes: list  # numbers of the brokers that are alive
    leaders: dict  # (topic, partition) -> number, -1 while there is none


def string(text):
    data = text.encode()
    return struct.pack(">h", len(data)) + data


class Reader:
    """Takes big-endian values from the front of an answer."""

    def __init__(self, data):
        self._data, self._at = data, 0

    def take(self, layout):
        values = struct.unpack_from(">" + layout, self._data, self._at)
        self._at += struct.calcsize(">" + layout)
        return values if len(values) != 1 else values[0]

    def string(self):
        length = max(self.take("h"), 0)
        return self.take(f"{length}s").decode()

    def array(self, element):
        return [element() for _ in range(max(self.take("i"), 0))]


def exactly(connection, count):
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise ConnectionError("the broker closed the connection")
        data += more
    return data


def ask(port, api, version, body, timeout_s):
    """A Reader of the answer, behind its header."""
    request = struct.pack(">hhi", api, version, 1) + string("harness") + body
    with socket.create_connection((LOOPBACK, port), timeout_s) as connection:
        connection.sendall(struct.pack(">i", len(request)) + request)
        (size,) = struct.unpack(">i", exactly(connection, 4))
        answer = Reader(exactly(connection, size))
    answer.take("i")  # the number that we gave
    return answer


def metadata(port, topics=(), timeout_s=ANSWER_SECONDS_MAX):
    """What the broker behind a plaintext port knows, of these topics only."""
    body = struct.pack(">i", len(topics)) + b"".join(map(string, topics))
    answer = ask(port, METADATA, 1, body, timeout_s)

    def node():
        number = answer.take("i")
        answer.string(), answer.take("i"), answer.string()  # host, port, rack
        return number

    def partition():
        _, number, leader = answer.take("hii")
        answer.array(lambda: answer.take("i")), answer.array(lambda: answer.take("i"))
        return number, leader

    def topic():
        answer.take("h")
        name = answer.string()
        answer.take("b")
        return {(name, number): leader for number, leader in answer.array(partition)}

    nodes = answer.array(node)
    answer.take("i")  # the controller
    leaders = {}
    for part in answer.array(topic):
        leaders.update(part)
    return Metadata(sorted(nodes), leaders)


def nodes_seen_by(port):
    """How many brokers this one knows to be alive; 0 while it does not answer."""
    try:
        return len(metadata(port, timeout_s=PROBE_SECONDS_MAX).nodes)
    except (OSError, struct.error):
        return 0


def create_topic(port, name, partitions, replicas, settings=()):
    configs = struct.pack(">i", len(settings))
    configs += b"".join(string(key) + string(value) for key, value in settings)
    topic = string(name) + struct.pack(">ihi", partitions, replicas, 0) + configs
    body = struct.pack(">i", 1) + topic + struct.pack(">i?", 1000 * ANSWER_SECONDS_MAX, False)
    answer = ask(port, CREATE_TOPICS, 2, body, 2 * ANSWER_SECONDS_MAX)
    answer.take("i")  # throttled for
    for error in answer.array(lambda: (answer.string(), answer.take("h"), answer.string())[1]):
        if error not in (0, TOPIC_ALREADY_EXISTS):
            raise RuntimeError(f"topic {name} could not be made: error {error} of Kafka")


def delete_topic(port, name):
    body = struct.pack(">i", 1) + string(name) + struct.pack(">i", 1000 * ANSWER_SECONDS_MAX)
    answer = ask(port, DELETE_TOPICS, 1, body, 2 * ANSWER_SECONDS_MAX)
    answer.take("i")  # throttled for
    for error in answer.array(lambda: (answer.string(), answer.take("h"))[1]):
        if error:
            raise RuntimeError(f"topic {name} could not be deleted: error {error} of Kafka")


TOPIC, CLUSTER = 2, 4
READ, WRITE, CREATE, DELETE, DESCRIBE, DESCRIBE_CONFIGS = 3, 4, 5, 6, 8, 10
LITERAL, PREFIXED, ALLOWED = 3, 4, 3


def grant(port, user, kind, name, *operations):
    """To a topic whose name begins with `name`, or to the cluster, which is kafka-cluster."""
    pattern = PREFIXED if kind == TOPIC else LITERAL
    rights = b"".join(
        struct.pack(">b", kind) + string(name) + struct.pack(">b", pattern) +
        string(f"User:{user}") + string("*") + struct.pack(">bb", operation, ALLOWED)
        for operation in operations)
    answer = ask(port, CREATE_ACLS, 1, struct.pack(">i", len(operations)) + rights,
                 ANSWER_SECONDS_MAX)
    answer.take("i")  # throttled for
    for error in answer.array(lambda: (answer.take("h"), answer.string())[0]):
        if error:
            raise RuntimeError(f"{user} could not be granted: error {error} of Kafka")


def wait_until(condition, seconds, what, pause_s=0.05):
    """Polls; raises TimeoutError that says what did not happen."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s: {what}")
        time.sleep(pause_s)

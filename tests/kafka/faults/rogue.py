# SPDX-License-Identifier: Apache-2.0
"""Writers who keep to no rule: they send any bytes to a topic, also inside a transaction that they
never end. A few requests of Kafka's protocol, over plain sockets."""

import struct
import time

import wire

PRODUCE, FIND_COORDINATOR, INIT_PRODUCER, ADD_PARTITIONS = 0, 10, 22, 24
SECONDS_MAX = 30
TRANSACTIONAL = 0x10
TRANSACTION_MS = 60_000


def _crc32c_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


TABLE = _crc32c_table()


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def varint(value):
    value = value << 1 if value >= 0 else (-value << 1) - 1
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def record_batch(records, attributes=0, producer=-1, epoch=-1, sequence=-1):
    body = b""
    for delta, record in enumerate(records):
        one = b"\0" + varint(0) + varint(delta) + varint(-1) + varint(len(record)) + record
        body += varint(len(one) + 1) + one + varint(0)
    now = int(time.time() * 1000)
    rest = struct.pack(">hiqqqhii", attributes, len(records) - 1, now, now, producer, epoch,
                       sequence, len(records)) + body
    return struct.pack(">qiibI", 0, 9 + len(rest), -1, 2, crc32c(rest)) + rest


def nullable(text):
    return struct.pack(">h", -1) if text is None else wire.string(text)


def _check(error, what):
    if error:
        raise RuntimeError(f"{what}: error {error} of Kafka")


def produce(port, topic, records, transaction=None, **batch):
    """To partition 0, over a port of its leader; acknowledged by all copies."""
    data = record_batch(records, TRANSACTIONAL if transaction else 0, **batch)
    body = nullable(transaction) + struct.pack(">hii", -1, 1000 * SECONDS_MAX, 1)
    body += wire.string(topic) + struct.pack(">iii", 1, 0, len(data)) + data
    answer = wire.ask(port, PRODUCE, 3, body, SECONDS_MAX)

    def partition():
        number, error, offset, _ = answer.take("ihqq")
        _check(error, f"produce to {topic}, {number}")
        return offset

    return answer.array(lambda: (answer.string(), answer.array(partition)))[0][1][0]


def coordinator(port, transaction):
    """The number of the node that it is."""
    answer = wire.ask(port, FIND_COORDINATOR, 1, wire.string(transaction) + b"\1", SECONDS_MAX)
    _, error = answer.take("ih")
    answer.string()
    return answer.take("i") if not error else -1


def begin_transaction(port, transaction, topic):
    """(producer, epoch) of a transaction that is open on the topic; over a port of its
    coordinator."""
    body = wire.string(transaction) + struct.pack(">i", TRANSACTION_MS)
    found = []

    def begun():
        answer = wire.ask(port, INIT_PRODUCER, 0, body, SECONDS_MAX)
        _, error, producer, epoch = answer.take("ihqh")
        found[:] = [producer, epoch]
        return error == 0

    wire.wait_until(begun, SECONDS_MAX, f"transaction {transaction} begun")
    body = wire.string(transaction) + struct.pack(">qhi", *found, 1)
    body += wire.string(topic) + struct.pack(">ii", 1, 0)
    answer = wire.ask(port, ADD_PARTITIONS, 0, body, SECONDS_MAX)
    answer.take("i")
    for _, errors in answer.array(lambda: (answer.string(),
                                           answer.array(lambda: answer.take("ih")[1]))):
        _check(errors[0], "add partitions")
    return found

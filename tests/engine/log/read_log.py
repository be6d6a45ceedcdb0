#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads and checks a log with nothing but docs/log-format.md and Python's standard library.

usage: read_log.py DIRECTORY

Prints one JSON object: the numbers and chains of what is settled, recomputed from the items; or, on
damage, {"damage": reason, "file": name, "offset": byte} with exit code 14. It shares no code with
the product, so that the format and the page about it are proved, not the program.
"""
import fcntl
import hashlib
import json
import os
import re
import struct
import sys
import zlib

RECORD_MAX, ITEM_MAX, HEADER = 900_000, 65_536, 512
FENCE, BATCH, SEAL, SEGMENT = 1, 2, 3, 4
EVENTS, ASIDES = b"qualog.chain.v1", b"qualog.aside.v1"


class Damage(Exception):
    def __init__(self, reason, name="", offset=0):
        super().__init__(reason)
        self.report = {"damage": reason, "file": name, "offset": offset}


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def padded(size):
    return (size + 7) // 8 * 8


def whole_record(data, at):
    """The bytes of the record that begins at `at`, or None: magic, length and CRC decide."""
    front = data[at:at + 16]
    if len(front) < 16 or front[:4] != b"\xffQLG":
        return None
    length, crc = struct.unpack("<II", front[8:16])
    record = data[at:at + length]
    if not 128 <= length <= RECORD_MAX or length % 8 or len(record) != length:
        return None
    return record if zlib.crc32(record[:12] + bytes(4) + record[16:]) == crc else None


def need(condition, reason):
    if not condition:
        raise Damage(reason)


class Record:
    def __init__(self, data):
        version, self.kind = struct.unpack_from("<HH", data, 4)
        if version > 1 or self.kind not in (FENCE, BATCH, SEAL, SEGMENT):
            raise SystemExit("written by a newer version")
        need(version == 1, "version")
        (self.epoch, self.owner, self.index, self.more, zero, self.events_count,
         self.asides_count) = struct.unpack_from("<QQIB3sII", data, 16)
        need(self.more <= 1 and zero == bytes(3), "front")
        self.head = head_at(data, 48)
        self.data, self.body = data, data[128:]
        self.events, self.asides = [], []
        if self.kind == BATCH:
            self.read_items()
            return
        need(not (self.more or self.events_count or self.asides_count), "items outside a batch")
        need(self.kind != FENCE or len(data) == 160, "length of a fence")
        if self.kind == SEAL:
            size, seal_zero = struct.unpack_from("<II", data, 168)
            need(size <= 4096 and seal_zero == 0 and len(data) == 176 + padded(size), "seal")
            need(not any(data[176 + size:]), "zeros of a seal")
        if self.kind == SEGMENT:
            need(len(data) == HEADER and not any(data[256:]), "length or zeros of a header")

    def read_items(self):
        at = 0
        for n in range(self.events_count + self.asides_count):
            need(at + 8 <= len(self.body), "an item outside its record")
            size, zero = struct.unpack_from("<II", self.body, at)
            need(zero == 0 and size <= ITEM_MAX, "frame of an item")
            need(at + 8 + padded(size) <= len(self.body), "an item outside its record")
            need(not any(self.body[at + 8 + size:at + 8 + padded(size)]), "zeros of an item")
            into = self.events if n < self.events_count else self.asides
            into.append(self.body[at + 8:at + 8 + size])
            at += 8 + padded(size)
        need(at == len(self.body), "bytes behind the items")

    def ids(self):
        return self.data[128:144], self.data[144:160]


def head_at(data, at):
    """(next sequence, next aside, chain, aside chain)"""
    return struct.unpack_from("<QQ", data, at) + (data[at + 16:at + 48], data[at + 48:at + 80])


def empty_head(lineage):
    return 1, 1, sha(EVENTS, lineage), sha(ASIDES, lineage)


class State:
    """S of the rule."""

    def __init__(self, head):
        self.epoch = self.owner = self.index = 0
        self.head = self.settled = head
        self.seal = None

    def take(self, record):
        """The rule, with what files demand besides: whatever it does not accept is damage."""
        need(self.seal is None, "a record behind the seal")
        if record.kind == FENCE:
            need(record.epoch > self.epoch, "a fence of an old epoch")
            need(record.head == self.settled, "a fence that does not continue the log")
            self.epoch, self.owner, self.index = record.epoch, record.owner, 1
            self.head = self.settled
            return
        own = (record.epoch, record.owner, record.index) == (self.epoch, self.owner, self.index)
        need(record.kind in (BATCH, SEAL) and self.index and own, "a record of nobody")
        need(record.head == self.head, "numbers or chain do not continue the log")
        self.fold(record)

    def fold(self, record):
        sequence, aside, chain, aside_chain = self.head
        for item in record.events:
            sequence, chain = sequence + 1, sha(EVENTS, chain, item)
        for item in record.asides:
            aside, aside_chain = aside + 1, sha(ASIDES, aside_chain, item)
        if record.kind == SEAL:
            need(self.head == self.settled, "a seal in an open group")
            size = struct.unpack_from("<I", record.data, 168)[0]
            self.seal = record.data[176:176 + size].decode()
        self.index += 1
        self.head = sequence, aside, chain, aside_chain
        if not record.more:
            self.settled = self.head


def read_mark(directory):
    """(place, head, closed, copied), or None. Birth times are unknown here: the inode must do."""
    path = os.path.join(directory, "witness")
    with open(path, "rb") as file:
        data, inode = file.read(), os.fstat(file.fileno()).st_ino
    best = None
    for at in (0, 4096):
        slot = data[at:at + 136]
        if len(slot) < 136 or slot[:4] != b"\xffQLW":
            continue
        version, closed, crc = struct.unpack_from("<HHI", slot, 4)
        if version != 1 or zlib.crc32(slot[:8] + bytes(4) + slot[12:]) != crc:
            continue
        place = struct.unpack_from("<QQ", slot, 16)
        own = struct.unpack_from("<Q", slot, 112)[0] == inode
        mark = own, place, closed, head_at(slot, 32)
        if best is None or mark[:3] > best[:3]:
            best = mark
    if best is None:
        return None
    return best[1], best[3], bool(best[2]), not best[0]


def is_owned(directory):
    try:
        with open(os.path.join(directory, "lock"), "rb") as file:
            # struct flock: type, whence, start, length, pid (64-bit Linux).
            question = struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 0, 0, 0)
            answer = fcntl.fcntl(file, fcntl.F_OFD_GETLK, question)
            return struct.unpack("hhqqi4x", answer)[0] != fcntl.F_UNLCK
    except FileNotFoundError:
        return False


def any_record(data, begin):
    at = data.find(b"\xffQLG", begin)
    while at >= 0:
        if at % 8 == 0 and whole_record(data, at) is not None:
            return True
        at = data.find(b"\xffQLG", at + 1)
    return False


class Reader:
    def __init__(self, directory):
        self.directory = directory
        self.owned = is_owned(directory)
        mark = read_mark(directory)
        need(mark is not None, "no valid slot in the witness")
        self.mark, self.mark_head, closed, copied = mark
        self.lenient = copied and not closed
        names = [n for n in os.listdir(directory) if re.fullmatch(r"\d{8,}\.segment", n)]
        self.names = sorted(names, key=lambda name: int(name.split(".")[0]))
        need([int(n.split(".")[0]) for n in self.names] == list(range(1, len(names) + 1)),
             "a segment is missing")
        self.data = [self.load(name) for name in self.names]
        while self.data and not any_record(self.data[-1], 0):
            self.data.pop()
        need(bool(self.data), "no segment was begun")
        self.met = False
        self.state = self.ids = None
        self.counts = {"records": 0, "fences": 0}

    def load(self, name):
        with open(os.path.join(self.directory, name), "rb") as file:
            return file.read()

    def header(self, number):
        data = whole_record(self.data[number - 1], 0)
        need(data is not None, "header")
        header = Record(data)
        need(header.kind == SEGMENT, "header")
        own_number, header.previous = struct.unpack_from("<QQ", data, 160)
        need(own_number == number, "number of a header")
        return header

    def enter(self, number):
        header = self.header(number)
        if number == 1:
            self.ids = header.ids()
            self.state = State(empty_head(self.ids[1]))
        state = self.state
        need(header.ids() == self.ids, "a segment of another project")
        need((header.epoch, header.owner, header.index, header.head, head_at(header.data, 176)) ==
             (state.epoch, state.owner, state.index, state.head, state.settled),
             "a header that does not continue the log")

    def meet(self, number, at):
        self.met |= (number, at) == self.mark and self.state.head == self.mark_head

    def done(self, number, at):
        return self.owned and not self.lenient and (number, at) >= self.mark

    def segment(self, number, end):
        data, at = self.data[number - 1], HEADER
        self.enter(number)
        self.meet(number, at)
        while at != end and not self.done(number, at):
            record = whole_record(data, at)
            if record is None:
                break
            need(end is None or at + len(record) <= end, "a record goes past the end")
            self.take(Record(record))
            at += len(record)
            self.meet(number, at)
        return at

    def take(self, record):
        need(record.kind != FENCE or record.ids() == self.ids, "a fence of another project")
        self.state.take(record)
        self.counts["records"] += 1
        self.counts["fences"] += record.kind == FENCE

    def read(self):
        last = min(len(self.data), self.mark[0]) if self.owned else len(self.data)
        number = at = 0
        try:
            for number in range(1, last + 1):
                end = self.header(number + 1).previous if number < last else None
                at = 0
                at = self.segment(number, end)
                need(end is None or at == end, "no valid record begins here")
            if not self.owned and not self.lenient:
                need(not any_record(self.data[-1], at), "a record behind the end")
            need(self.met or self.lenient, "nothing ends at the place of the witness")
        except Damage as damage:
            name = self.names[number - 1] if number else ""
            raise Damage(str(damage), name, at) from None
        return self.summary()

    def summary(self):
        sequence, aside, chain, aside_chain = self.state.settled
        result = {"sequence": sequence - 1, "chain": chain.hex(), "aside": aside - 1,
                  "aside_chain": aside_chain.hex(), **self.counts}
        if self.state.seal is not None:
            result["moved"] = self.state.seal
        if self.lenient:
            result["copy_ends"] = sequence - 1
        return result


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        print(json.dumps(Reader(sys.argv[1]).read()))
    except Damage as damage:
        print(json.dumps(damage.report))
        sys.exit(14)


if __name__ == "__main__":
    main()

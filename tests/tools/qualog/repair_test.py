# SPDX-License-Identifier: Apache-2.0
"""`repair` (CR-1): what the log says is put right, what the log itself or a file has lost is said,
and nothing is written over it."""

import hashlib
import os
import random
import shutil

from program import DAMAGED, DENIED, DONE, HELD, Interview, Running, command, item_id


class Repair(Interview):
    def setUp(self):
        super().setUp()
        self.apply(self.coding(1, "bo"), self.note(),
                   *(command("code.created", {"id": item_id(n), "name": f"Code {n}"})
                     for n in range(0x100, 0x140)))
        self.place = os.path.join(self.data, "projects", self.project)
        self.proof = self.verified()

    def verified(self):
        line = self.good(self.qualog("verify", self.project)).line()
        return {key: line[key] for key in ("sequence", "chain", "digest", "state_digest",
                                           "aside_digest")}

    def repair(self, code=DONE, actor="anna", project=None):
        ended = self.qualog("repair", project or self.project, actor=actor)
        self.assertEqual((ended.code, ended.err), (code, ""), ended.out)
        return ended.line()

    def bytes_of(self, *path):
        with open(os.path.join(self.place, *path), "rb") as file:
            return file.read()

    def write(self, at, byte, *path):
        """In place, so that the file is still the one that was marked."""
        with open(os.path.join(self.place, *path), "r+b") as file:
            file.seek(at)
            file.write(byte)

    def flip(self, at, *path):
        self.write(at, bytes([self.bytes_of(*path)[at] ^ 0x40]), *path)

    def misspell(self):
        """A name in the state, wherever it stands: pages that are free keep what they had."""
        pages = self.bytes_of("state", "data.mdb")
        self.assertIn(b"Stress", pages)
        self.write(0, pages.replace(b"Stress", b"Streng"), "state", "data.mdb")

    def everything(self):
        """Path -> hash, of all files but those that only say who is at work."""
        found = {}
        for folder, _, names in os.walk(self.place):
            for name in names:
                if name not in ("lock.mdb", "owner.lock"):
                    path = os.path.relpath(os.path.join(folder, name), self.place)
                    found[path] = hashlib.sha256(self.bytes_of(path)).hexdigest()
        return found

    def test_CR_1_what_is_sound_stays_and_is_written_compactly(self):
        line = self.repair(project="Gym")
        self.assertEqual((line["ok"], line["repairs"], line["damage"], line["in_use"]),
                         (True, [], [], False))
        self.assertEqual((line["sequence"], line["chain"]),
                         (self.proof["sequence"], self.proof["chain"]))
        self.assertLess(line["state_bytes"], line["state_bytes_before"])
        self.assertEqual(line["state_bytes"], len(self.bytes_of("state", "data.mdb")))
        self.assertEqual(self.verified(), self.proof)
        self.assertEqual(self.repair()["repairs"], [])
        answer, = self.apply(self.coding(2, "bo", 0, 6))
        self.assertEqual(self.verified()["sequence"], answer["sequence"])
        self.assertEqual(self.repair()["repairs"], [])

    def test_CR_1_a_state_that_differs_is_folded_anew_and_equal(self):
        self.misspell()
        self.assertEqual(self.qualog("verify", self.project).code, DAMAGED)
        line = self.repair()
        self.assertEqual((line["ok"], len(line["repairs"])), (True, 1))
        self.assertIn("not what the log folds to", line["repairs"][0])
        self.assertEqual(self.verified(), self.proof)
        self.assertEqual(self.repair()["repairs"], [])
        self.assertIn("Stress", self.good(self.text("codes", "Gym")).out)

    def test_CR_1_a_state_damaged_at_any_byte(self):
        self.repair()  # what is flipped is then in use
        random_of = random.Random(int(os.environ.get("QUALOG_SEED", "1")))
        repaired = 0
        for at in [0, 16, 24, 4096 + 16] + [None] * 16:
            if at is None:
                at = random_of.randrange(len(self.bytes_of("state", "data.mdb")))
            with self.subTest(at=at):
                self.flip(at, "state", "data.mdb")
                line = self.repair()
                self.assertIs(line["ok"], True)
                repaired += len(line["repairs"])
                self.assertEqual(self.verified(), self.proof)
        self.assertGreater(repaired, 2)

    def test_CR_1_a_state_whose_pages_are_all_something_else(self):
        """Reading it may end the program."""
        size = len(self.bytes_of("state", "data.mdb"))
        for begin, byte in ((2 * 4096, b"\xff"), (4096, b"\x55"), (0, b"\0")):
            with self.subTest(begin=begin):
                self.write(begin, byte * (size - begin), "state", "data.mdb")
                self.assertEqual(len(self.repair()["repairs"]), 1)
                self.assertEqual(self.verified(), self.proof)
                size = len(self.bytes_of("state", "data.mdb"))

    def test_CR_1_a_state_that_is_not_there_or_was_left_half_way(self):
        shutil.rmtree(os.path.join(self.place, "state"))
        line = self.repair()
        self.assertIn("no state that could be trusted", line["repairs"][0])
        os.remove(os.path.join(self.place, "state.mark"))
        os.mkdir(os.path.join(self.place, "state.new"))
        with open(os.path.join(self.place, "state.new", "data.mdb"), "wb") as file:
            file.write(b"half")
        self.assertEqual(len(self.repair()["repairs"]), 1)
        self.assertEqual(self.verified(), self.proof)
        self.assertFalse(os.path.exists(os.path.join(self.place, "state.new")))

    def test_CR_1_a_damaged_record_is_reported_and_nothing_is_written(self):
        last = self.head()
        for number, name in ((0x200, "Zebra"), (0x201, "Yak")):  # each a record
            self.apply(command("code.created", {"id": item_id(number), "name": name}))
        segment, = (name for name in os.listdir(os.path.join(self.place, "log"))
                    if b"Zebra" in self.bytes_of("log", name))
        self.flip(self.bytes_of("log", segment).index(b"Zebra"), "log", segment)
        self.misspell()
        before = self.everything()
        line = self.repair(DAMAGED)
        self.assertEqual((line["ok"], line["repairs"], line["state_bytes"]), (False, [], None))
        damage = line["damage"][0]
        self.assertTrue(damage["file"].endswith(segment), damage)
        self.assertEqual(damage["sequence"], last)
        self.assertEqual(self.everything(), before)
        shown = self.text("repair", self.project)
        self.assertEqual(shown.code, DAMAGED)
        self.assertIn(f"after event {damage['sequence']}: ", shown.out)

    def recording(self):
        """A file that an event names; where it lies, and the event."""
        path = os.path.join(self.folder, "talk.mp3")
        with open(path, "wb") as file:
            file.write(b"sound" * 100)
        put = self.good(self.qualog("blob", "put", "Gym", path)).line()
        answer, = self.apply(command("source.imported", {
            "id": item_id(0xB1), "kind": "audio", "name": "A talk", "duration_ms": 9,
            "blob": {"hash": put["hash"], "size": put["size"]}}))
        stored = os.path.join(self.place, "blobs", put["hash"][:2], put["hash"])
        return put["hash"], stored, answer["sequence"]

    def test_CR_1_a_file_that_is_missing_is_named_and_the_rest_is_put_right(self):
        digest, stored, sequence = self.recording()
        os.remove(stored)
        self.misspell()
        line = self.repair(DAMAGED)
        self.assertEqual((line["ok"], len(line["repairs"])), (False, 1))
        damage, = line["damage"]
        self.assertEqual((damage["hash"], damage["sequence"]), (digest, sequence))
        self.good(self.qualog("blob", "put", "Gym", os.path.join(self.folder, "talk.mp3")))
        line = self.repair()
        self.assertEqual((line["ok"], line["repairs"], line["damage"]), (True, [], []))

    def test_CR_1_beside_whoever_works_and_whoever_reads(self):
        owner = Running(self, "apply", self.project)
        owner.send(self.coding(2, "cy"))
        self.assertEqual(owner.line()["result"], "accepted")
        line = self.repair(HELD)
        self.assertEqual((line["ok"], line["in_use"], line["damage"], line["state_bytes"]),
                         (False, True, [], None))
        self.assertIn("another process", self.text("repair", self.project).err)
        owner.send(self.coding(3, "cy"))
        self.assertEqual(owner.line()["result"], "accepted")
        owner.rest()
        follower = Running(self, "events", "cat", self.project, "--follow")
        for _ in range(self.head()):
            follower.line()
        self.assertIs(self.repair()["ok"], True)
        answer, = self.apply(self.coding(4, "bo", 0, 6))
        self.assertEqual(follower.line()["sequence"], answer["sequence"])

    def test_PM_9_CR_1_only_for_an_owner(self):
        before = self.everything()
        for actor in ("bo", "zoe"):
            self.assert_error(self.qualog("repair", self.project, actor=actor), DENIED)
        shutil.rmtree(os.path.join(self.place, "state"))
        self.assert_error(self.qualog("repair", self.project, actor="bo"), DENIED)
        self.assertFalse(os.path.exists(os.path.join(self.place, "state")))
        self.assertGreater(len(before), 3)
        self.assertEqual(self.repair()["ok"], True)

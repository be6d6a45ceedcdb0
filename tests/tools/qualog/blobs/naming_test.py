# SPDX-License-Identifier: Apache-2.0
# Rows: ST-3, ST-9.
"""Events that name a file: only one that is there whole. What becomes of it afterwards is seen by
verify, goes along into forks, and goes with the project."""

import os

import blob_test
import program
from program import DAMAGED, PARTLY, command, item_id

RECORDING, TAPE = item_id(0xB1), item_id(0xB2)


class Naming(blob_test.Files):
    def named(self, **more):
        return {"hash": self.hash, "size": len(self.content), **more}

    def recording(self, blob, actor="anna", item=RECORDING, name="A talk"):
        return command("source.imported", {"id": item, "kind": "audio", "name": name, "blob": blob,
                                           "duration_ms": 90000}, actor)

    def put_and_named(self):
        """The sequence of the event that names it."""
        self.put()
        (answer,) = self.apply(self.recording(self.named()))
        return answer["sequence"]

    def tape(self):
        self.apply(command("source.created", {"id": TAPE, "kind": "external", "name": "A tape"}))

    def assert_refused(self, given, part=""):
        """As a bad reference that changed nothing."""
        before = self.head(), self.good(self.qualog("verify", "Gym")).line()["state_digest"]
        (answer,) = self.apply(given, code=PARTLY)
        self.assertEqual((answer["result"], answer["code"]), ("refused", "BAD_REF"), part)
        self.assertIn("blob", answer["detail"])
        after = self.head(), self.good(self.qualog("verify", "Gym")).line()["state_digest"]
        self.assertEqual(after, before, part)

    def assert_damaged(self, sequence, words):
        """Names the file and the first event that names it."""
        ended = self.qualog("verify", "Gym")
        line = ended.line()
        self.assertEqual((ended.code, line["ok"]), (DAMAGED, False))
        self.assertEqual((line["hash"], line["sequence"], line["file"]),
                         (self.hash, sequence, self.blob()))
        self.assertIn(words, line["reason"])
        shown = self.text("verify", "Gym")
        self.assertEqual(shown.code, DAMAGED)
        self.assertIn(f"{self.hash} of event {sequence}: ", shown.out)

    def restored(self, at, name="Again"):
        line = self.good(self.qualog("restore", "Gym", "--at", at, "--as", name)).line()
        return line["id"], line

    # ---- who may name what

    def test_ST_3_a_file_that_is_whole_can_be_named(self):
        sequence = self.put_and_named()
        self.assertEqual(self.head(), sequence)
        shown = self.good(self.qualog("show", "Gym", sequence)).line()
        self.assertEqual(shown["body"]["blob"], self.named())
        self.assertEqual(self.good(self.qualog("verify", "Gym")).line()["files"], 1)
        self.assertIn("So are the 1 files", self.text("verify", "Gym").out)

    def test_ST_3_a_file_that_never_came_cannot_be_named(self):
        self.assert_refused(self.recording(self.named()))
        self.tape()
        self.assert_refused(command("media.embedded", {"source": TAPE, "blob": self.named()},
                                    seen=self.head()))

    def test_ST_3_a_file_that_came_by_half_cannot_be_named(self):
        self.half_put(len(self.content) // 2)
        self.assert_refused(self.recording(self.named()), "half")
        self.half_put(len(self.content))
        self.assert_refused(self.recording(self.named()), "all bytes, and nobody has compared them")
        self.put("--resume")
        self.apply(self.recording(self.named()))
        self.assertEqual(self.got(), self.content)

    def test_ST_3_a_file_is_named_by_its_size_too(self):
        self.put()
        for size in (0, len(self.content) - 1, len(self.content) + 1, 2 ** 63):
            self.assert_refused(self.recording(self.named(size=size)), size)
        self.apply(self.recording(self.named()))

    def test_one_act_cannot_name_a_file_under_two_sizes(self):
        self.put()
        self.tape()
        bodies = [self.recording(self.named(), item=item_id(0xB3)),
                  command("media.embedded", {"source": TAPE, "blob": self.named(size=1)})]
        self.assert_refused({"actor": "anna", "seen": self.head(), "actions": [
            {"action": body["action"], "body": body["body"]} for body in bodies]})

    def test_another_projects_file_cannot_be_named(self):
        self.put()
        self.good(self.qualog("project", "create", "Pool"))
        given = program.json.dumps(self.recording(self.named()))
        ended = self.qualog("apply", "Pool", given=given + "\n")
        self.assertEqual((ended.code, ended.line()["code"]), (PARTLY, "BAD_REF"))

    def test_media_that_is_put_in_later_is_named_too(self):
        self.tape()
        self.put()
        (answer,) = self.apply(command("media.embedded", {"source": TAPE, "blob": self.named()},
                                       seen=self.head()))
        os.remove(self.blob())
        self.assert_damaged(answer["sequence"], "missing")

    # ---- what becomes of it

    def test_ST_3_a_missing_file_is_damage(self):
        sequence = self.put_and_named()
        os.remove(self.blob())
        self.assert_damaged(sequence, "missing")
        self.put()
        self.assertEqual(self.good(self.qualog("verify", "Gym")).line()["files"], 1)

    def test_ST_3_a_file_that_has_changed_is_damage(self):
        sequence = self.put_and_named()
        with open(self.blob(), "r+b") as file:
            file.write(bytes([self.content[0] ^ 1]))
        self.assert_damaged(sequence, "not what was stored")
        with open(self.blob(), "wb") as file:
            file.write(self.content[:-1])
        self.assert_damaged(sequence, "not what was stored")
        self.assertIs(self.put()["was_there"], False)
        self.good(self.qualog("verify", "Gym"))

    def test_it_is_named_by_the_first_event_that_does(self):
        sequence = self.put_and_named()
        self.tape()
        self.apply(command("media.embedded", {"source": TAPE, "blob": self.named()},
                           seen=self.head()))
        os.remove(self.blob())
        self.assert_damaged(sequence, "missing")

    def test_what_no_event_names_is_no_damage(self):
        self.put()
        os.remove(self.blob())
        self.assertNotIn("files", self.good(self.qualog("verify", "Gym")).line())

    # ---- forks, and the end

    def test_ST_9_a_restore_carries_what_its_events_name(self):
        sequence = self.put_and_named()
        before, _ = self.restored(sequence - 1, "Before")
        self.assertFalse(os.path.exists(self.blob(before)))
        project, line = self.restored(sequence)
        self.assertNotIn("missing_files", line)
        self.assertEqual(self.good(self.qualog("verify", "Again")).line()["files"], 1)
        os.remove(self.blob())
        self.assertEqual(self.got("Again"), self.content)
        self.assertTrue(os.path.exists(self.blob(project)))

    def test_ST_9_a_restore_says_what_could_not_come_along(self):
        sequence = self.put_and_named()
        os.remove(self.blob())
        _, line = self.restored(sequence)
        self.assertEqual(line["missing_files"], [self.hash])
        ended = self.qualog("verify", "Again")
        self.assertEqual((ended.code, ended.line()["hash"]), (DAMAGED, self.hash))
        self.good(self.qualog("blob", "put", "Again", self.file))
        self.good(self.qualog("verify", "Again"))

    def test_a_purge_takes_a_named_file_away_and_leaves_the_forks(self):
        project, _ = self.restored(self.put_and_named())
        self.good(self.qualog("project", "delete", "Gym", "--confirm", "Gym"))
        self.good(self.qualog("project", "purge", "Gym", "--confirm", "Gym"))
        self.assertFalse(os.path.exists(self.area()))
        self.assertTrue(os.path.exists(self.blob(project)))
        self.assertEqual(self.got("Again"), self.content)
        self.good(self.qualog("verify", "Again"))

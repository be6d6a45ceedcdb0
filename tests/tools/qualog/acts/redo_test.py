# SPDX-License-Identifier: Apache-2.0
"""`redo`: undos named, the one that took an act back, or the newest of one's own, as one act."""

from program import CONFLICT, NOT_FOUND, USAGE, Interview, command, item_id


class Redo(Interview):
    def redo(self, *words, actor="anna"):
        return self.qualog("redo", "Gym", *words, actor=actor)

    def undo(self, *words, actor="anna"):
        return self.good(self.qualog("undo", "Gym", *words, actor=actor)).line()["sequence"]

    def code(self, number, name, actor="anna"):
        return command("code.created", {"id": item_id(number), "name": name}, actor)

    def names(self):
        return [line["name"] for line in self.good(self.qualog("codes", "Gym")).lines()]

    def test_an_undo_by_its_sequence_and_twice(self):
        made, = self.apply(self.code(1, "Calm"))
        undone = self.undo(made["sequence"])
        self.assertEqual(self.names(), ["Stress"])
        self.assertIs(self.good(self.redo(undone)).line()["noop"], False)
        self.assertEqual(self.names(), ["Calm", "Stress"])
        self.assertIs(self.good(self.redo(undone)).line()["noop"], True)

    def test_the_newest_of_ones_own(self):
        self.apply(self.code(1, "Calm", "bo"), self.code(2, "Haste", "bo"), self.code(3, "Water"))
        self.undo(actor="bo")
        self.undo(actor="bo")
        self.undo(actor="anna")
        self.assertEqual(self.names(), ["Stress"])
        self.good(self.redo(actor="bo"))
        self.assertEqual(self.names(), ["Calm", "Stress"])
        self.good(self.redo(actor="bo"))
        self.assertEqual(self.names(), ["Calm", "Haste", "Stress"])
        self.assert_error(self.redo(actor="bo"), NOT_FOUND)

    def test_what_was_undone_together_comes_back_together(self):
        first, *_ = self.apply(self.code(1, "Calm", "bo"), self.coding(4, "bo"),
                               self.code(2, "Haste", "bo"))
        self.undo("--by", "bo")
        self.good(self.redo("--of", first["sequence"]))
        self.assertEqual(self.names(), ["Calm", "Haste", "Stress"])
        self.assertEqual(len(self.good(self.qualog("codings", "Gym")).lines()), 1)
        self.assert_error(self.redo("--of", first["sequence"]), NOT_FOUND)

    def test_a_group_by_its_first_event(self):
        before = self.head()
        self.apply({"actor": "bo", "actions": [
            {"action": "code.created", "body": {"id": item_id(n), "name": f"Code {n}"}}
            for n in (1, 2)]})
        self.undo(before + 1)
        self.assertEqual(self.names(), ["Stress"])
        answer = self.good(self.redo("--of", before + 1)).line()
        self.assertEqual(self.names(), ["Code 1", "Code 2", "Stress"])
        row = self.good(self.qualog("log", "Gym", "--action", "redo.applied")).line()
        self.assertEqual((row["user"], row["last_sequence"]), ("anna", answer["sequence"]))

    def test_an_undo_of_a_redo_counts_as_an_undo(self):
        self.apply(self.code(1, "Calm"))
        self.undo()
        redone = self.good(self.redo()).line()["sequence"]
        self.undo(redone)
        self.assertEqual(self.names(), ["Stress"])
        self.good(self.redo())
        self.assertEqual(self.names(), ["Calm", "Stress"])

    def test_what_stands_in_the_way_is_said_by_the_project(self):
        made, = self.apply(self.code(1, "Calm"))
        self.undo(made["sequence"])
        self.apply(self.code(2, "Calm", "bo"))
        self.assertEqual(self.redo().line()["code"], "NAME_TAKEN")
        made, = self.apply(self.code(3, "Haste"))
        ended = self.redo(made["sequence"])
        self.assertEqual((ended.code, ended.line()["code"]), (CONFLICT, "POLICY"))

    def test_what_does_not_go_together(self):
        self.assert_error(self.redo(5, "--of", 4), USAGE)
        self.assert_error(self.redo("--of", 999), NOT_FOUND)

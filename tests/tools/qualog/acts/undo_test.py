# SPDX-License-Identifier: Apache-2.0
"""`undo`: acts named, an account's, a stretch's, or the newest of one's own, as one act."""

from program import CONFLICT, NOT_FOUND, USAGE, Interview, command, item_id


class Undo(Interview):
    def undo(self, *words, actor="anna"):
        return self.qualog("undo", "Gym", *words, actor=actor)

    def codings(self):
        return [line["id"] for line in self.good(self.qualog("codings", "Gym")).lines()]

    def code(self, number, name, actor="anna"):
        return command("code.created", {"id": item_id(number), "name": name}, actor)

    def names(self):
        return [line["name"] for line in self.good(self.qualog("codes", "Gym")).lines()]

    def test_an_act_by_its_sequence(self):
        made, = self.apply(self.coding(1, "bo"))
        answer = self.good(self.undo(made["sequence"], actor="bo")).line()
        self.assertEqual((answer["result"], answer["noop"]), ("accepted", False))
        self.assertEqual(self.codings(), [])
        self.assertIs(self.good(self.undo(made["sequence"], actor="bo")).line()["noop"], True)

    def test_the_newest_of_ones_own(self):
        self.apply(self.code(1, "Calm", "bo"), self.code(2, "Haste", "bo"), self.code(3, "Water"))
        self.good(self.undo(actor="bo"))
        self.assertEqual(self.names(), ["Calm", "Stress", "Water"])
        self.good(self.undo(actor="bo"))
        self.assertEqual(self.names(), ["Stress", "Water"])
        self.assert_error(self.undo(actor="bo"), NOT_FOUND)

    def test_all_of_one_account_is_one_act(self):
        self.apply(self.code(1, "Calm", "bo"), self.coding(4, "cy"), self.code(2, "Haste", "bo"))
        answer = self.good(self.undo("--by", "bo")).line()
        self.assertEqual(self.names(), ["Stress"])
        self.assertEqual(self.codings(), [item_id(4)])
        row = self.good(self.qualog("log", "Gym", "--action", "undo.applied")).line()
        self.assertEqual((row["user"], row["last_sequence"]), ("anna", answer["sequence"]))

    def test_a_stretch_of_one_account(self):
        made = self.apply(*(self.code(n, f"Code {n}", "bo") for n in range(1, 5)))
        second, third = (answer["sequence"] for answer in made[1:3])
        self.good(self.undo("--by", "bo", "--from", second, "--to", third))
        self.assertEqual(self.names(), ["Code 1", "Code 4", "Stress"])

    def test_later_work_of_others_is_in_the_way(self):
        made, = self.apply(self.code(1, "Calm", "bo"))
        self.apply(command("coding.added", {"id": item_id(4), "code": item_id(1),
                                            "source": self.SOURCE, "begin": 0, "end": 2}, "cy"))
        ended = self.undo(made["sequence"], actor="bo")
        self.assertEqual((ended.code, ended.line()["code"]), (CONFLICT, "UNDO_BLOCKED"))

    def test_a_name_that_is_taken_is_given_anew(self):
        deleted, _ = self.apply(command("code.deleted", {"code": self.CODE}, "anna", "latest"),
                                self.code(1, "Stress"))
        self.assertEqual(self.undo(deleted["sequence"]).line()["code"], "NAME_TAKEN")
        self.good(self.undo(deleted["sequence"], "--name", "Strain"))
        self.assertEqual(self.names(), ["Strain", "Stress"])

    def test_what_is_in_the_way_leaves_it_and_says_which(self):
        made, = self.apply(self.code(1, "Calm", "bo"))
        self.apply(command("coding.added", {"id": item_id(4), "code": item_id(1),
                                            "source": self.SOURCE, "begin": 0, "end": 2}, "cy"))
        ended = self.text("undo", "Gym", actor="bo")
        self.assertIn(f'left event {made["sequence"]} (created "Calm")', ended.out)
        self.assert_error(self.undo(9999), NOT_FOUND)

    def test_it_says_what_it_took_back(self):
        made = self.apply(self.code(1, "Calm", "bo"), self.code(2, "Haste", "bo"))
        numbers = [answer["sequence"] for answer in made]
        self.assertEqual(self.good(self.undo(*numbers, actor="bo")).line()["acts"], numbers)
        undone = self.good(self.qualog("log", "Gym", "--action", "undo.applied")).line()
        told = self.text("redo", "Gym", actor="bo").out.splitlines()
        self.assertEqual(told[1], f'took back the group {undone["sequence"]} (undid "Haste")')

    def test_an_edit_of_a_text_in_the_session_of_its_lock(self):
        lease = self.good(self.qualog("lock", "Gym", "Interview 1", actor="bo")).line()
        source = self.good(self.qualog("sources", "Gym")).line()
        body = {"source": self.SOURCE, "token": lease["token"], "version": source["sequence"],
                "splices": [{"position": 0, "insert": "Well. "}]}
        edited, = self.apply(command("source.text_edited", body, "bo", "latest",
                                     session=lease["session"]))
        refused = self.undo(edited["sequence"], actor="anna")
        self.assertEqual(refused.line()["code"], "NEED_EDIT_LEASE")
        self.good(self.undo(actor="bo"))
        self.assertTrue(self.text("text", "Gym", "Interview 1").out.startswith("I swim"))
        self.good(self.qualog("redo", "Gym", actor="bo"))
        self.assertTrue(self.text("text", "Gym", "Interview 1").out.startswith("Well. I swim"))

    def test_what_does_not_go_together(self):
        self.assert_error(self.undo(5, "--by", "bo"), USAGE)
        self.assert_error(self.undo("--from", "999"), NOT_FOUND)

# SPDX-License-Identifier: Apache-2.0
"""`conflicts reapply` of a creation that was refused because somebody had made the same: what was
done on the refused code comes back on the one that is there; twice writes once. Of a passage that
was refused while somebody edited the text: it comes back on its own words, or not at all."""

from program import DONE, NOT_FOUND, PARTLY, TEXT, USAGE, Interview, command, item_id

OWN, THEIRS = item_id(0x51), item_id(0x52)


class Twins(Interview):
    """anna and bo make the code "Calm" at once; bo has coded with theirs."""

    def setUp(self):
        super().setUp()
        self.apply(self.code(THEIRS, "anna"))
        self.refused = self.refuse(self.code(OWN, "bo", session=item_id(0x99)))
        self.coded = self.refuse(self.on_own(1, 0, 6, after=self.refused))
        self.coded_more = self.refuse(self.on_own(2, 7, 11, after=self.coded))

    def code(self, number, actor, **more):
        return command("code.created", {"id": number, "name": "Calm"}, actor, **more)

    def on_own(self, number, begin, end, **more):
        body = {"id": item_id(number), "code": OWN, "source": self.SOURCE, "begin": begin,
                "end": end}
        return command("coding.added", body, "bo", **more)

    def refuse(self, sent):
        return self.apply(sent, code=PARTLY)[0]["command_id"]

    def reapply(self, which, *more, actor="bo", code=DONE):
        ended = self.qualog("conflicts", "reapply", "Gym", which, *more, actor=actor)
        self.assertEqual(ended.code, code, ended.out + ended.err)
        return ended.lines()

    def codings(self):
        return [(line["id"], line["code"]) for line in
                self.good(self.qualog("codings", "Gym")).lines()]

    def test_the_codings_come_back_on_the_code_that_is_there(self):
        replaced, *answers = self.reapply(self.refused)
        self.assertEqual((replaced["result"], replaced["refused_item"], replaced["used"]),
                         ("replaced", OWN, THEIRS))
        self.assertEqual([(answer["reapplied"], answer["result"]) for answer in answers],
                         [(self.coded, "accepted"), (self.coded_more, "accepted")])
        self.assertEqual(self.codings(), [(item_id(1), THEIRS), (item_id(2), THEIRS)])

    def test_twice_writes_once(self):
        first = self.reapply(self.refused)
        head = self.head()
        self.assertEqual(self.reapply(self.refused), first)
        self.assertEqual(self.head(), head)
        self.assertEqual(len(self.codings()), 2)

    def test_another_code_may_be_used(self):
        self.reapply(self.refused, "--use", "Stress")
        self.assertEqual({code for _, code in self.codings()}, {self.CODE})
        for wrong in ("Nothing", self.SOURCE):
            ended = self.qualog("conflicts", "reapply", "Gym", self.refused, "--use", wrong,
                                actor="bo")
            self.assert_error(ended, NOT_FOUND)
        ended = self.qualog("conflicts", "reapply", "Gym", self.coded_more, "--use", "Stress",
                            actor="cy")
        self.assertNotEqual(ended.code, DONE)

    def test_use_is_for_creations(self):
        seen = self.head()
        self.apply(command("code.props_changed", {"code": self.CODE, "color": "#111111"}, "anna",
                           seen))
        lost = self.refuse(command("code.props_changed", {"code": self.CODE, "color": "#222222"},
                                   "bo", seen))
        self.assert_error(self.qualog("conflicts", "reapply", "Gym", lost, "--use", "Calm",
                                      actor="bo"), USAGE)

    def test_a_name_that_is_free_again_is_created(self):
        self.apply(command("code.props_changed", {"code": THEIRS, "name": "Peace"}, "anna",
                           "latest"))
        answer, = self.reapply(self.refused)
        self.assertEqual(answer["result"], "accepted")
        codes = {line["id"] for line in self.good(self.qualog("codes", "Gym")).lines()}
        self.assertIn(OWN, codes)

    def test_an_act_with_its_creation_keeps_the_rest(self):
        both = {"actor": "bo", "actions": [
            {"action": "code.created", "body": {"id": item_id(0x53), "name": "Calm"}},
            {"action": "coding.added", "body": {"id": item_id(7), "code": item_id(0x53),
                                                "source": self.SOURCE, "begin": 0, "end": 3}}]}
        self.reapply(self.refuse(both))
        self.assertEqual(self.codings(), [(item_id(7), THEIRS)])

    def test_refused_again_can_be_tried_again(self):
        lease = self.good(self.qualog("lock", "Gym", "Interview 1", actor="cy")).line()
        self.assertEqual(lease["result"], "accepted")
        _, *answers = self.reapply(self.refused, code=PARTLY)
        self.assertEqual({answer["code"] for answer in answers}, {"LOCKED_EDIT"})
        self.good(self.qualog("unlock", "Gym", "Interview 1", actor="cy"))
        self.reapply(self.refused)
        self.assertEqual(len(self.codings()), 2)

    def test_any_other_refusal_twice_writes_once(self):
        self.apply(self.note())
        seen = self.head()
        self.apply(self.rewrite("Hers", "anna", seen))
        lost = self.refuse(self.rewrite("His", "bo", seen))
        first, second = self.reapply(lost), self.reapply(lost)
        self.assertEqual(first, second)
        events = self.good(self.qualog("log", "Gym", "--action",
                                       "annotation.text_changed")).lines()
        self.assertEqual(len(events), 2)


class Moved(Interview):
    """bo codes while anna edits the text; afterwards other words stand where bo's stood."""

    def setUp(self):
        super().setUp()
        seen = self.head()
        lease = self.good(self.qualog("lock", "Gym", "Interview 1")).line()
        answers = self.apply(self.coding(1, "bo", 7, 18, seen=seen),
                             self.coding(2, "bo", 2, 6, seen=seen), code=PARTLY)
        self.kept, self.gone = [answer["command_id"] for answer in answers]
        self.apply(command("source.text_edited",
                           {"source": self.SOURCE, "token": lease["token"], "version": seen - 1,
                            "splices": [{"position": 0, "delete_length": 6,
                                         "insert": "Every single day I go"}]},
                           session=lease["session"]))
        self.good(self.qualog("unlock", "Gym", "Interview 1"))

    def test_a_passage_comes_back_on_its_own_words(self):
        self.good(self.qualog("conflicts", "reapply", "Gym", self.kept, actor="bo"))
        coding = self.good(self.qualog("codings", "Gym")).line()
        self.assertEqual(coding["text"], TEXT[7:18])

    def test_a_passage_whose_words_are_gone_is_refused_again(self):
        ended = self.qualog("conflicts", "reapply", "Gym", self.gone, actor="bo")
        self.assertEqual(ended.line()["code"], "ANCHOR_STALE")
        self.assertEqual(self.good(self.qualog("codings", "Gym")).lines(), [])

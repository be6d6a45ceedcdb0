# SPDX-License-Identifier: Apache-2.0
"""`conflicts reapply` of a creation that was refused because somebody had made the same: what was
done on the refused code comes back on the one that is there; twice writes once. Of a passage that
was refused while somebody edited the text, or for what somebody wrote before: it comes back on its
own words, or not at all."""

from program import CONFLICT, DONE, NOT_FOUND, PARTLY, TEXT, USAGE, Interview, command, item_id

OWN, THEIRS = item_id(0x51), item_id(0x52)


class Edited(Interview):
    """anna edits the beginning of the text: "I swim" is gone, the rest has moved."""

    def setUp(self):
        super().setUp()
        self.version = self.head() - 1  # of the text

    def edit(self, answered=lambda: None):
        """Gives what was answered while anna had the text."""
        lease = self.good(self.qualog("lock", "Gym", "Interview 1")).line()
        answers = answered()
        edited, = self.apply(command(
            "source.text_edited", {"source": self.SOURCE, "token": lease["token"],
                                   "version": self.version,
                                   "splices": [{"position": 0, "delete_length": 6,
                                                "insert": "Every single day I go"}]},
            session=lease["session"]))
        self.version = edited["sequence"]
        self.good(self.qualog("unlock", "Gym", "Interview 1"))
        return answers


class Twins(Edited):
    """anna and bo make the code "Calm" at once; bo has coded with theirs."""

    def setUp(self):
        super().setUp()
        self.apply(self.code(THEIRS, "anna"))
        self.refused = self.refuse(self.code(OWN, "bo", session=item_id(0x99)))
        self.coded = self.refuse(self.on_own(1, 2, 6, after=self.refused))
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

    def codes(self):
        return {line["id"]: line["name"] for line in
                self.good(self.qualog("codes", "Gym")).lines()}

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
        answers = self.reapply(self.refused)
        self.assertEqual([answer["result"] for answer in answers], ["accepted"] * 3)
        self.assertIn(OWN, self.codes())
        self.assertEqual(self.codings(), [(item_id(1), OWN), (item_id(2), OWN)])

    def test_it_is_made_under_another_name(self):
        answers = self.reapply(self.refused, "--name", "Calm at last")
        self.assertEqual([answer["result"] for answer in answers], ["accepted"] * 3)
        self.assertEqual(self.codes()[OWN], "Calm at last")
        self.assertEqual(self.codings(), [(item_id(1), OWN), (item_id(2), OWN)])
        self.assertEqual(self.reapply(self.refused, "--name", "Calm at last"), answers)

    def test_what_is_about_the_refused_code_comes_back_without_after_too(self):
        alone = self.refuse(self.on_own(3, 12, 18))
        self.assertIn(alone, [answer.get("reapplied") for answer in self.reapply(self.refused)])
        self.assertIn((item_id(3), THEIRS), self.codings())

    def test_use_and_name_are_for_names_that_are_taken(self):
        for more in (("--use", "Stress"), ("--name", "Other")):
            ended = self.qualog("conflicts", "reapply", "Gym", self.coded, *more, actor="bo")
            self.assert_error(ended, USAGE)
            self.assertIn("nothing that has a name", ended.err)
        lost = self.refuse(command("code.created", {"id": item_id(9), "name": "Low",
                                                    "parent": item_id(0x99)}, "bo"))
        ended = self.qualog("conflicts", "reapply", "Gym", lost, "--use", "Stress", actor="bo")
        self.assert_error(ended, USAGE)
        self.assertIn("this was refused BAD_REF", ended.err)

    def test_what_its_author_wrote_beside_the_name_is_told(self):
        lost = self.refuse({**self.code(item_id(0x54), "bo"), "body": {
            "id": item_id(0x54), "name": "calm", "description": "Hours of thought"}})
        self.assertEqual(self.reapply(lost)[0]["left"], ["description"])
        told = self.text("conflicts", "reapply", "Gym", lost, actor="bo").out
        self.assertIn("in the inbox alone stay its description", told)

    def test_a_case_is_replaced_by_a_case(self):
        cases = [item_id(number) for number in (0x55, 0x56)]
        first, second = (command("code.created", {"id": each, "name": "Calm", "kind": "case"}, who)
                         for each, who in zip(cases, ("anna", "bo")))
        self.apply(first)
        self.assertEqual(self.reapply(self.refuse(second))[0]["used"], cases[0])

    def test_nobodys_text_stands_for_anothers(self):
        mine = command("source.created", {"id": item_id(0x57), "name": "interview 1",
                                          "text": "My boss shouts at me."}, "bo",
                       session=item_id(0x99))
        lost = self.refuse(mine)
        body = {"id": item_id(8), "code": self.CODE, "source": item_id(0x57), "begin": 3, "end": 14}
        self.refuse(command("coding.added", body, "bo", after=lost))
        head = self.head()
        for more in ((), ("--use", "Interview 1")):
            ended = self.qualog("conflicts", "reapply", "Gym", lost, *more, actor="bo")
            self.assert_error(ended, CONFLICT)
            self.assertIn("--name", ended.err)
        self.assertEqual(self.head(), head)
        self.reapply(lost, "--name", "Interview of bo")
        coding, = self.good(self.qualog("codings", "Gym")).lines()
        self.assertEqual((coding["source"], coding["text"]), (item_id(0x57), "boss shouts"))

    def test_an_act_with_its_creation_keeps_the_rest(self):
        both = {"actor": "bo", "actions": [
            {"action": "code.created", "body": {"id": item_id(0x53), "name": "Calm"}},
            {"action": "coding.added", "body": {"id": item_id(7), "code": item_id(0x53),
                                                "source": self.SOURCE, "begin": 0, "end": 3}}]}
        self.reapply(self.refuse(both))
        self.assertEqual(self.codings(), [(item_id(7), THEIRS)])

    def test_a_coding_whose_words_are_gone_holds_up_no_other(self):
        self.edit()
        _, gone, answer = self.reapply(self.refused, code=PARTLY)
        self.assertEqual((gone["reapplied"], gone["result"]), (self.coded, "error"))
        self.assertIn("nothing is left of the passage from 2 to 6", gone["message"])
        self.assertEqual((answer["reapplied"], answer["result"]), (self.coded_more, "accepted"))
        self.assertEqual(self.codings(), [(item_id(2), THEIRS)])

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


class Moved(Edited):
    """bo refers to a passage and is refused; then other words stand where bo's stood."""

    WORDS, MOVED = (7, 18), (22, 33)  # "before work"

    def setUp(self):
        super().setUp()
        self.seen = self.head()

    def refused(self, *commands):
        return [(answer["command_id"], answer["code"])
                for answer in self.apply(*commands, code=PARTLY)]

    def reapply(self, which, actor="bo"):
        return self.good(self.qualog("conflicts", "reapply", "Gym", which, actor=actor)).line()

    def passages(self):
        return {line["id"]: line["text"] for line in
                self.good(self.qualog("codings", "Gym")).lines()}

    def range_of(self, coding, begin, end, actor, seen):
        return command("coding.range_changed", {"coding": coding, "begin": begin, "end": end},
                       actor, seen)

    def uncode(self, begin, end, seen):
        return command("coding.removed", {"code": self.CODE, "source": self.SOURCE, "begin": begin,
                                          "end": end, "coders": ["*"]}, "bo", seen)

    def assert_gone(self, which):
        head = self.head()
        ended = self.qualog("conflicts", "reapply", "Gym", which, actor="bo")
        self.assert_error(ended, USAGE)
        for part in ("Interview 1", "from 2 to 6", f"event {self.seen}", "qualog apply"):
            self.assertIn(part, ended.err)
        self.assertEqual(self.head(), head)

    def test_a_passage_comes_back_on_its_own_words(self):
        (which, code), = self.edit(lambda: self.refused(self.coding(1, "bo", *self.WORDS,
                                                                    seen=self.seen)))
        self.assertEqual(code, "LOCKED_EDIT")
        self.reapply(which)
        self.assertEqual(self.passages(), {item_id(1): TEXT[slice(*self.WORDS)]})

    def test_a_run_of_codings_comes_back_on_its_own_words(self):
        run = command("coding.batch_added", {"codings": [
            {"id": item_id(number), "code": self.CODE, "source": self.SOURCE, "begin": begin,
             "end": end} for number, begin, end in ((1, *self.WORDS), (2, 20, 32))]}, "bo",
                      self.seen)
        (which, _), = self.edit(lambda: self.refused(run))
        self.reapply(which)
        self.assertEqual(self.passages(), {item_id(1): TEXT[slice(*self.WORDS)],
                                           item_id(2): TEXT[20:32]})

    def test_the_passage_of_a_link_comes_back_on_its_own_words(self):
        link = command("seealso.created", {"id": item_id(3), "from": self.CODE, "to": self.SOURCE,
                                           "to_begin": 7, "to_end": 18}, "bo", self.seen)
        (which, _), = self.edit(lambda: self.refused(link))
        self.reapply(which)
        made, = (event["body"] for event in self.good(self.qualog("events", "cat", "Gym")).lines()
                 if event["action"] == "seealso.created")
        self.assertEqual((made["to_begin"], made["to_end"]), self.MOVED)

    def test_what_is_changed_by_the_act_that_made_it_comes_back_too(self):
        both = {"actor": "bo", "seen": self.seen, "actions": [
            self.part(self.coding(1, "bo", 20, 24)),
            self.part(self.range_of(item_id(1), *self.WORDS, "bo", self.seen))]}
        (which, _), = self.edit(lambda: self.refused(both))
        self.reapply(which)
        self.assertEqual(self.passages(), {item_id(1): TEXT[slice(*self.WORDS)]})

    def test_who_edits_the_text_sends_in_the_session_that_does(self):
        bold = command("source.formatting_changed", {"source": self.SOURCE, "token": 1, "ranges": [
            {"begin": 7, "end": 18, "style": "bold"}]}, "bo", self.seen)
        coding = self.coding(1, "bo", *self.WORDS, seen=self.seen)
        drafts = self.edit(lambda: self.refused(bold, coding))
        self.good(self.qualog("lock", "Gym", "Interview 1", actor="bo"))
        for which, _ in drafts:
            self.reapply(which)
        self.assertEqual(self.passages(), {item_id(1): TEXT[slice(*self.WORDS)]})

    def test_formatting_is_carried_and_needs_its_lease(self):
        bold = command("source.formatting_changed", {"source": self.SOURCE, "token": 1, "ranges": [
            {"begin": 7, "end": 18, "style": "bold"}]}, "bo", self.seen)
        (which, _), = self.edit(lambda: self.refused(bold))
        again = self.qualog("conflicts", "reapply", "Gym", which, actor="bo").line()
        self.assertEqual(again["code"], "NEED_EDIT_LEASE")
        kept = self.good(self.qualog("conflicts", "show", "Gym", again["command_id"])).line()
        sent, = kept["mine"][0]["body"]["ranges"]
        self.assertEqual((sent["begin"], sent["end"]), self.MOVED)

    def test_a_passage_whose_words_are_gone_is_told_and_not_sent(self):
        both = {"actor": "bo", "seen": self.seen, "actions": [
            self.part(self.coding(1, "bo", *self.WORDS)), self.part(self.coding(2, "bo", 2, 6))]}
        for which, _ in self.edit(lambda: self.refused(
                self.coding(3, "bo", 2, 6, seen=self.seen), both)):
            self.assert_gone(which)
        self.assertEqual(self.passages(), {})

    def test_a_passage_that_its_author_cannot_have_seen_is_told_and_not_sent(self):
        past = self.coding(1, "bo", len(TEXT) - 2, len(TEXT) + 3, seen=self.seen)
        (which, _), = self.edit(lambda: self.refused(past))
        head = self.head()
        ended = self.qualog("conflicts", "reapply", "Gym", which, actor="bo")
        self.assert_error(ended, USAGE)
        self.assertIn(f"there was no passage from {len(TEXT) - 2} to {len(TEXT) + 3}", ended.err)
        self.assertEqual(self.head(), head)

    def part(self, single):
        return {key: single[key] for key in ("action", "body")}

    def test_a_range_that_was_stale_comes_back_carried(self):
        self.apply(self.coding(1, "bo", 0, 6))
        self.seen = self.head()
        self.apply(self.range_of(item_id(1), 20, 24, "anna", self.seen))
        lost = self.refused(self.range_of(item_id(1), *self.WORDS, "bo", self.seen),
                            self.range_of(item_id(1), 2, 6, "bo", self.seen))
        self.assertEqual([code for _, code in lost], ["STALE", "STALE"])
        self.edit()
        self.assert_gone(lost[1][0])
        self.reapply(lost[0][0])
        self.assertEqual(self.passages(), {item_id(1): TEXT[slice(*self.WORDS)]})

    def test_uncoding_that_was_stale_comes_back_carried(self):
        self.apply(self.coding(1, "anna", 7, 24))
        (which, code), = self.refused(self.uncode(*self.WORDS, self.seen))
        self.assertEqual(code, "STALE")
        self.edit()
        self.reapply(which)
        self.assertEqual(self.passages(), {item_id(1): TEXT[18:24]})

    def test_an_owner_sends_an_uncoding_for_its_author(self):
        self.apply(self.coding(1, "bo", *self.WORDS), self.coding(2, "anna", *self.WORDS))
        whole = command("coding.removed", {"code": self.CODE, "source": self.SOURCE, "begin": 0,
                                           "end": 32}, "bo", self.head())
        (which, code), = self.edit(lambda: self.refused(whole))
        self.assertEqual(code, "LOCKED_EDIT")
        self.reapply(which, actor="anna")
        self.assertEqual(list(self.passages()), [item_id(2)])

    def test_twice_writes_once_whatever_was_edited_between(self):
        (which, _), (again, _) = self.edit(lambda: self.refused(
            self.coding(1, "bo", *self.WORDS, seen=self.seen),
            self.coding(2, "bo", 20, 32, seen=self.seen)))
        first = self.reapply(which)
        self.edit()
        head = self.head()
        self.assertEqual(self.reapply(which), first)
        self.assertEqual(self.head(), head)
        self.reapply(again)
        self.assertEqual(self.passages()[item_id(2)], TEXT[20:32])

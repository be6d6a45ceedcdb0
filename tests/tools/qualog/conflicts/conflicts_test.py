# SPDX-License-Identifier: Apache-2.0
# Rows: CC-1, CC-2, CF-2, CF-3, CF-4, RF-4.
"""Working together through the program: who was first, what the loser is told, and that nothing
typed is lost: it waits in the inbox and can be sent again."""

import json

from program import (CONFLICT, DENIED, DONE, NOT_FOUND, PARTLY, USAGE, Interview, command, item_id,
                     run)


class Conflicts(Interview):
    def inbox(self, actor="anna"):
        return self.good(self.qualog("conflicts", "ls", "Gym", actor=actor)).lines()

    def refuse_bo(self, text="Bo's words", **more):
        """cy writes first, bo from the same base; gives the refused answer."""
        made, = self.apply(self.note())
        seen = made["sequence"]
        won, lost = self.apply(self.rewrite("Cy's words", "cy", seen),
                               self.rewrite(text, "bo", seen, **more), code=PARTLY)
        self.assertEqual((won["result"], lost["result"]), ("accepted", "refused"))
        return lost

    def test_CC_2_two_code_the_same_passage_with_the_same_code(self):
        answers = self.apply(self.coding(1, "bo"), self.coding(2, "cy"))
        self.assertEqual([answer["result"] for answer in answers], ["accepted"] * 2)
        codings = self.good(self.qualog("codings", "Gym")).lines()
        self.assertEqual(sorted(coding["coder"] for coding in codings), ["bo", "cy"])
        self.assertEqual({coding["text"] for coding in codings}, {"swim before work"})

    def test_CC_1_many_sessions_at_once_and_every_command_once(self):
        actors = [f"u{number}" for number in range(20)]
        self.apply(*(command("member.added", {"principal": actor, "group": "contributor"})
                     for actor in actors))
        before = self.good(self.qualog("state", "Gym")).line()["counts"]["codings"]
        answers = self.apply(*(self.coding(1000 + 20 * place + who, actor, place, place + 3)
                               for place in range(25) for who, actor in enumerate(actors)))
        self.assertEqual({answer["result"] for answer in answers}, {"accepted"})
        self.assertEqual(len({answer["sequence"] for answer in answers}), 500)
        after = self.good(self.qualog("state", "Gym")).line()["counts"]["codings"]
        self.assertEqual(after - before, 500)

    def test_CF_2_the_first_to_complete_wins(self):
        lost = self.refuse_bo()
        self.assertEqual((lost["code"], lost["facets"]),
                         ("STALE", [f"annotation:{self.NOTE}.text"]))

    def test_CF_3_the_loser_is_told_the_winner_and_the_latest_text(self):
        lost = self.refuse_bo()
        self.assertEqual((lost["winner"]["actor"], lost["winner"]["action"]),
                         ("cy", "annotation.text_changed"))
        latest = lost["latest"][f"annotation:{self.NOTE}.text"]
        self.assertEqual(latest["value"], "Cy's words")
        self.assertEqual(latest["version"], lost["winner"]["sequence"])

    def test_CF_3_nothing_of_the_loser_enters_the_state(self):
        made, = self.apply(self.note())
        won, = self.apply(self.rewrite("Cy's words", "cy", made["sequence"]))
        before = self.qualog("state", "Gym").line()
        lost, = self.apply(self.rewrite("Bo's words", "bo", made["sequence"]), code=PARTLY)
        self.assertEqual(lost["winner"]["sequence"], won["sequence"])
        self.assertEqual(self.qualog("state", "Gym").line(), before)
        self.assertNotIn("Bo's words", self.qualog("events", "cat", "Gym").out)

    def test_CF_4_project_properties_conflict_as_one(self):
        seen = self.head()
        first, second = self.apply(
            command("project.props_changed", {"description": "One"}, "anna", seen,
                    session=item_id(0x51)),
            command("project.props_changed", {"language": "nb"}, "anna", seen,
                    session=item_id(0x52)), code=PARTLY)
        self.assertEqual((first["result"], second["code"]), ("accepted", "STALE"))

    def test_RF_4_the_same_on_the_returned_version_succeeds(self):
        lost = self.refuse_bo()
        version = lost["latest"][f"annotation:{self.NOTE}.text"]["version"]
        again, = self.apply(self.rewrite("Bo's words", "bo", version))
        self.assertEqual(again["result"], "accepted")
        changes = [event for event in self.qualog("events", "cat", "Gym").lines()
                   if event["action"] == "annotation.text_changed"]
        self.assertEqual([event["actor"] for event in changes], ["cy", "bo"])

    def test_the_inbox_keeps_base_theirs_and_mine(self):
        lost = self.refuse_bo()
        entry, = self.inbox("bo")
        facet = f"annotation:{self.NOTE}.text"
        self.assertEqual(entry["id"], lost["command_id"])
        self.assertEqual((entry["author"], entry["action"], entry["code"]),
                         ("bo", "annotation.text_changed", "STALE"))
        self.assertEqual((entry["base"], entry["theirs"]),
                         ({facet: "Ask why."}, {facet: "Cy's words"}))
        self.assertEqual(entry["mine"], [{"action": "annotation.text_changed", "body": {
            "annotation": self.NOTE, "text": "Bo's words"}}])
        self.assertEqual((entry["facets"], entry["depends_on"]), ([facet], None))
        shown = self.good(self.qualog("conflicts", "show", "Gym", entry["id"], actor="bo")).line()
        self.assertEqual(shown, entry)

    def test_why_its_author_wanted_it_is_kept_and_sent_again(self):
        lost = self.refuse_bo(reason="the tape says so")
        entry, = self.inbox("bo")
        self.assertEqual(entry["reason"], "the tape says so")
        shown = self.text("conflicts", "show", "Gym", entry["id"], actor="bo")
        self.assertIn("the tape says so", self.good(shown).out)
        answer = self.good(self.qualog("conflicts", "reapply", "Gym", lost["command_id"],
                                       actor="bo")).line()
        event = self.qualog("events", "cat", "Gym", "-o", answer["sequence"], "-n", 1).line()
        self.assertEqual(event["reason"], "the tape says so")

    def test_a_long_reason_is_kept_beside_a_long_draft(self):
        reason, long = "æøå " * 2300, "øæå " * 6000
        self.refuse_bo(long, reason=reason)
        entry, = self.inbox("bo")
        self.assertEqual((entry["reason"], entry["mine"][0]["body"]["text"]), (reason, long))

    def test_a_reason_has_its_limit(self):
        made, = self.apply(self.note())
        ended = self.qualog("apply", "Gym", given=json.dumps(
            self.rewrite("Bo's words", "bo", made["sequence"], reason="x" * 16_385)) + "\n")
        self.assertEqual(ended.code, USAGE)
        self.assertIn("reason", ended.out + ended.err)

    def test_a_long_draft_is_kept_whole(self):
        long = "æøå " * 6000
        self.refuse_bo(long)
        entry, = self.inbox("bo")
        self.assertEqual(entry["mine"][0]["body"]["text"], long)

    def test_owners_see_all_and_others_their_own(self):
        self.refuse_bo()
        self.assertEqual([len(self.inbox(actor)) for actor in ("anna", "bo", "cy", "eve")],
                         [1, 1, 0, 0])

    def test_what_another_wrote_is_not_shown(self):
        lost = self.refuse_bo()
        ended = self.qualog("conflicts", "show", "Gym", lost["command_id"], actor="cy")
        self.assert_error(ended, DENIED)
        self.assertNotIn("Bo's words", ended.err)
        ended = self.qualog("conflicts", "reapply", "Gym", lost["command_id"], actor="cy")
        self.assert_error(ended, DENIED)

    def test_events_cat_keeps_to_the_same(self):
        self.refuse_bo(reason="the tape says so")
        for actor, shown in (("anna", True), ("bo", True), ("cy", False), ("eve", False)):
            with self.subTest(actor=actor):
                ended = self.good(self.qualog("events", "cat", "Gym", "--asides", actor=actor))
                for words in ("Bo's words", "the tape says so"):
                    self.assertEqual(words in ended.out, shown)
                refused, = (line["body"] for line in ended.lines()
                            if line["action"] == "conflict.refused")
                self.assertEqual(refused["facets"], [f"annotation:{self.NOTE}.text"])
                self.assertEqual([refused[key] is not None for key in ("draft", "base", "latest")],
                                 [shown] * 3)

    def test_an_unknown_or_malformed_id(self):
        for verb in ("show", "reapply"):
            self.assert_error(self.qualog("conflicts", verb, "Gym", item_id(99)), NOT_FOUND)
            self.assert_error(self.qualog("conflicts", verb, "Gym", "latest"), USAGE)

    def test_an_accepted_command_is_not_in_the_inbox(self):
        self.apply(self.note())
        self.assertEqual(self.inbox(), [])

    def test_reapply_sends_the_draft_again_as_a_new_command(self):
        lost = self.refuse_bo()
        answer = self.good(self.qualog("conflicts", "reapply", "Gym", lost["command_id"],
                                       actor="bo")).line()
        self.assertEqual(answer["result"], "accepted")
        self.assertNotEqual(answer["command_id"], lost["command_id"])
        events = self.qualog("events", "cat", "Gym", "-o", answer["sequence"], "-n", 1).line()
        self.assertEqual((events["actor"], events["body"]["text"]), ("bo", "Bo's words"))

    def test_reapply_never_writes_in_the_name_of_who_is_away(self):
        """Who runs it is no member here, and has named nobody."""
        lost = self.refuse_bo()
        before = self.head()
        for verb in ("show", "reapply"):
            ended = run("conflicts", verb, "Gym", lost["command_id"], "-d", self.data, "--json")
            self.assert_error(ended, DENIED)
            self.assertNotIn("Bo's words", ended.err)
        self.assertEqual(self.head(), before)

    def test_an_owner_may_reapply_under_their_own_name(self):
        lost = self.refuse_bo()
        answer = self.good(
            self.qualog("conflicts", "reapply", "Gym", lost["command_id"], actor="anna")).line()
        event = self.qualog("events", "cat", "Gym", "-o", answer["sequence"], "-n", 1).line()
        self.assertEqual(event["actor"], "anna")

    def test_reapply_that_is_refused_again(self):
        lost = self.refuse_bo()
        self.apply(command("annotation.deleted", {"annotation": self.NOTE}, "anna", "latest"))
        ended = self.qualog("conflicts", "reapply", "Gym", lost["command_id"], actor="bo")
        self.assertEqual((ended.code, ended.line()["code"]), (CONFLICT, "GONE"))
        self.assertEqual(len(self.inbox("bo")), 2)

    def test_reapply_by_somebody_who_lost_access(self):
        lost = self.refuse_bo()
        self.good(self.qualog("member", "rm", "Gym", "bo"))
        ended = self.qualog("conflicts", "reapply", "Gym", lost["command_id"], actor="bo")
        self.assertEqual((ended.code, ended.line()["code"]), (DENIED, "GUEST_READONLY"))

    def test_what_builds_on_a_refused_command_says_so(self):
        lost = self.refuse_bo()
        after, = self.apply(self.coding(5, "bo", after=lost["command_id"]), code=PARTLY)
        self.assertEqual(after["depends_on"], lost["command_id"])
        entry, = (entry for entry in self.inbox("bo") if entry["id"] == after["command_id"])
        self.assertEqual(entry["depends_on"], lost["command_id"])

    def test_a_retry_gets_the_first_answer_accepted_or_refused(self):
        made, = self.apply(self.note())
        ids = [item_id(0x71), item_id(0x72)]
        commands = [self.rewrite("Cy's words", "cy", made["sequence"], command_id=ids[0],
                                 session=item_id(0x53)),
                    self.rewrite("Bo's words", "bo", made["sequence"], command_id=ids[1],
                                 session=item_id(0x54))]
        first = self.apply(*commands, code=PARTLY)
        before = self.qualog("events", "cat", "Gym", "--asides").out
        self.assertEqual(self.apply(*commands, code=PARTLY), first)
        self.assertEqual(self.qualog("events", "cat", "Gym", "--asides").out, before)

    def test_an_id_with_other_content_is_an_error_and_writes_nothing(self):
        one = self.coding(1, "bo", command_id=item_id(0x71))
        other = self.coding(2, "bo", command_id=item_id(0x71))
        self.apply(one)
        before = self.head()
        answer, = self.apply(other, code=PARTLY)
        self.assertEqual((answer["result"], self.head()), ("error", before))

    def test_lists_and_texts_for_people(self):
        lost = self.refuse_bo()
        listed = self.text("conflicts", "ls", "Gym").out
        self.assertIn(lost["command_id"], listed)
        self.assertLessEqual(max(map(len, listed.splitlines())), 100)
        shown = self.text("conflicts", "show", "Gym", lost["command_id"])
        self.assertEqual((shown.code, shown.err), (DONE, ""))
        for words in ("Ask why.", "Cy's words", "Bo's words"):
            self.assertIn(words, shown.out)
        self.assertIn("cy with annotation.text_changed", shown.out)

    def test_nothing_that_was_typed_is_on_stderr(self):
        given = "".join(json.dumps(line) + "\n" for line in (
            self.note("secret words"), {"action": "annotation.created", "body": {
                "id": "secret words", "text": 7}}))
        ended = self.qualog("apply", "Gym", given=given)
        self.assertEqual(ended.code, USAGE)
        self.assertNotIn("secret words", ended.err)

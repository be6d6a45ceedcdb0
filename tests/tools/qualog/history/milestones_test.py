# SPDX-License-Identifier: Apache-2.0
"""`milestone`: a moment with a name, its digest, what it freezes; and --at with that name."""

import json

from program import CONFLICT, DENIED, NOT_FOUND, PARTLY, USAGE, Interview, command, item_id


class Milestones(Interview):
    def milestone(self, *words, actor="anna"):
        return self.qualog("milestone", words[0], "Gym", *words[1:], actor=actor)

    def code(self, number, name, actor="anna"):
        return command("code.created", {"id": item_id(number), "name": name}, actor)

    def names(self, *words):
        return [line["name"] for line in self.good(self.qualog("codes", "Gym", *words)).lines()]

    def state(self, *words):
        return self.good(self.qualog("state", "Gym", *words)).line()

    def refused(self, line):
        answer, = self.apply(line, code=PARTLY)
        self.assertEqual((answer["code"], answer["winner"]["actor"]), ("POLICY", "anna"))

    def test_this_moment_has_a_name_and_its_digest(self):
        before = self.state()
        self.good(self.milestone("set", "Round 1"))
        line, = self.good(self.milestone("ls")).lines()
        self.assertEqual((line["name"], line["sequence"], line["digest"], line["frozen"],
                          line["by"]),
                         ("Round 1", before["sequence"], before["digest"], "nothing", "anna"))
        for name in ("Round 1", "round  1", line["id"]):
            self.assertEqual(self.good(self.milestone("show", name)).line(), line)
        self.assertIn(before["digest"], self.text("milestone", "show", "Gym", "Round 1").out)

    def test_an_earlier_moment_gets_the_digest_that_it_had(self):
        then = self.state()
        self.apply(self.code(1, "Calm"))
        self.good(self.milestone("set", "Before", "--at", then["sequence"]))
        self.good(self.milestone("set", "The same", "--at", "Before"))
        for name in ("Before", "The same"):
            line = self.good(self.milestone("show", name)).line()
            self.assertEqual((line["sequence"], line["digest"]),
                             (then["sequence"], then["digest"]))
        self.assert_error(self.milestone("set", "Nothing", "--at", "0"), USAGE)

    def test_at_takes_its_name(self):
        self.apply(self.code(1, "Calm"), self.coding(4, "bo"))
        self.good(self.milestone("set", "Round 1"))
        self.apply(self.code(2, "Haste"), self.coding(5, "cy"),
                   command("code.deleted", {"code": item_id(1)}, "anna", "latest"))
        self.assertEqual(self.names(), ["Haste", "Stress"])
        self.assertEqual(self.names("--at", "Round 1"), ["Calm", "Stress"])
        self.assertEqual(len(self.qualog("codings", "Gym", "--at", "round 1").lines()), 1)
        shown = self.good(self.milestone("show", "Round 1")).line()
        then = self.state("--at", "Round 1")
        self.assertEqual((then["sequence"], then["digest"]), (shown["sequence"], shown["digest"]))
        changes = self.good(self.qualog("diff", "Gym", "Round 1..")).lines()
        self.assertEqual({(line["change"], line["item_name"]) for line in changes
                          if line["item_type"] == "code"},
                         {("removed", "Calm"), ("added", "Haste")})
        restored = self.good(self.qualog("restore", "Gym", "--at", "Round 1", "--as", "Then"))
        self.assertEqual((restored.line()["from_sequence"], restored.line()["digest"]),
                         (shown["sequence"], shown["digest"]))

    def test_what_it_freezes_does_not_change_until_it_ends(self):
        self.good(self.milestone("set", "Codebook v3", "--freeze", "codebook"))
        self.refused(self.code(1, "Calm", "bo"))
        self.apply(self.coding(4, "bo"))
        ended = self.milestone("clear", "Codebook v3", actor="bo")
        self.assertEqual((ended.code, ended.line()["code"]), (DENIED, "DENIED"))
        self.good(self.milestone("clear", "Codebook v3"))
        self.assertEqual(self.good(self.milestone("ls")).lines(), [])
        self.apply(self.code(1, "Calm", "bo"))
        self.good(self.milestone("set", "Codebook v3", "--freeze", "everything"))
        self.refused(self.coding(5, "bo"))

    def test_a_name_that_is_taken_and_one_that_nobody_knows(self):
        self.good(self.milestone("set", "Round 1"))
        ended = self.milestone("set", "ROUND 1")
        self.assertEqual((ended.code, ended.line()["code"]), (CONFLICT, "NAME_TAKEN"))
        for words in (["show", "Round 2"], ["clear", "Round 2"]):
            self.assert_error(self.milestone(*words), NOT_FOUND)
        for words in (["state", "Gym", "--at", "Round 2"], ["diff", "Gym", "Round 2.."],
                      ["restore", "Gym", "--at", "Round 2", "--as", "Then"]):
            ended = self.qualog(*words)
            self.assert_error(ended, USAGE)
            self.assertIn("milestone ls", ended.err)

    def test_a_name_that_is_a_sequence_or_a_time_is_refused(self):
        before = self.head()
        for name in ("2", "12345678901234567890123", "2026-11-21T14:00:00Z"):
            ended = self.milestone("set", name)
            self.assert_error(ended, USAGE)
            self.assertIn(f'"{name}" is a sequence or a time', json.loads(ended.err)["message"])
        self.assertEqual(self.head(), before)
        self.good(self.milestone("set", "2 interviews"))

    def test_a_number_is_a_sequence_whatever_is_called_so(self):
        """A command file may have named one so."""
        self.apply(command("project.milestone_set", {"id": item_id(7), "name": "2"}))
        self.assertEqual(self.state("--at", "2")["sequence"], 2)

    def test_whoever_may_not_read_sees_none(self):
        self.good(self.milestone("set", "Round 1"))
        self.good(self.qualog("guest", "Gym", "off"))
        for words in (["milestone", "ls", "Gym"], ["state", "Gym", "--at", "Round 1"],
                      ["milestone", "show", "Gym", "Round 1"]):
            self.assert_error(self.qualog(*words, actor="zoe"), DENIED)

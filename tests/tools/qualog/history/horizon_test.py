# SPDX-License-Identifier: Apache-2.0
"""The horizon of the log that people see (EL-1), and a log that is not shown at all (X-01): a view
only, behind which every event stays."""

from program import DENIED, DONE, PARTLY, Interview, command, item_id


class Horizon(Interview):
    def setUp(self):
        super().setUp()
        self.coded, _ = self.apply(self.coding(1, "bo"), self.coding(2, "cy", 0, 4))

    def clear(self, through=None, actor="anna", code=DONE):
        """Gives the sequence of the clearing, or the refusal."""
        through = self.head() if through is None else through
        answer, = self.apply(command("eventlog.cleared", {"through": through}, actor), code=code)
        return answer["sequence"] if code == DONE else answer

    def events_seen(self, *words, actor="bo"):
        ended = self.good(self.qualog("events", "cat", "Gym", *words, actor=actor))
        return [line["seq" if "ndjson" in words else "sequence"] for line in ended.lines()]

    def seen(self, *words, actor="anna"):
        lines = self.good(self.qualog("log", "Gym", *words, actor=actor)).lines()
        return [line["sequence"] for line in lines]

    def events(self):
        return self.good(self.qualog("events", "cat", "Gym")).lines()

    def test_EL_1_the_log_is_seen_from_the_horizon_on_with_the_clearing(self):
        cleared = self.clear()
        self.assertEqual(self.seen(), [cleared])
        self.apply(self.coding(3, "bo", 4, 8))
        self.assertEqual(self.seen(), [cleared, cleared + 1])
        self.assertEqual(self.seen("--from", "1", "--to", cleared), [cleared])
        self.assertEqual(self.seen("--by", "bo"), [cleared + 1])
        self.assertEqual(self.seen("Stress", "--action", "coding.added"), [cleared + 1])

    def test_EL_1_it_says_who_cleared_it_and_when(self):
        through = self.head()
        cleared = self.clear()
        row = self.good(self.qualog("log", "Gym")).line()
        self.assertEqual((row["user"], row["action"], row["detail"]),
                         ("anna", "eventlog.cleared", f"through {through}"))
        for words in ([], ["--csv"], ["--oneline"]):
            ended = self.text("log", "Gym", *words, actor="bo")
            self.assertEqual((ended.code, ended.err.count("\n")), (DONE, 1))
            self.assertIn(f"up to event {through} was cleared by anna at {row['time'][:10]}",
                          ended.err)
        self.assertEqual(self.text("log", "Gym", "--all").err, "")
        self.assertEqual(self.seen("--all")[-1], cleared)

    def test_EL_1_the_export_for_owners_has_everything(self):
        before = self.seen()
        events = self.events()
        cleared = self.clear()
        self.assertEqual(self.seen("--all"), [*before, cleared])
        self.assertEqual(self.events()[:-1], events)
        self.assert_error(self.qualog("log", "Gym", "--all", actor="bo"), DENIED)
        rows = self.good(self.qualog("events", "cat", "Gym", "--format", "ndjson")).lines()
        self.assertEqual([row["seq"] for row in rows], list(range(1, cleared + 1)))

    def test_EL_1_the_command_clears_the_log_and_says_what_that_is(self):
        head = self.head()
        ended = self.text("events", "clear", "Gym")
        self.assertEqual((ended.code, ended.err), (DONE, ""))
        for words in (f"Up to event {head}, only Owners", "None is removed",
                      f"qualog undo Gym {head + 1} "):
            self.assertIn(words, ended.out)
        self.assertEqual(self.seen(), [head + 1])
        self.good(self.qualog("undo", "Gym", head + 1))
        answer = self.good(self.qualog("events", "clear", "Gym", "--through", 3)).line()
        self.assertEqual((answer["through"], answer["sequence"]), (3, head + 3))
        self.assertEqual(self.seen(), list(range(4, head + 4)))
        self.good(self.qualog("milestone", "set", "Gym", "Round 1"))
        named = self.good(self.qualog("events", "clear", "Gym", "--through", "Round 1")).line()
        self.assertEqual(named["through"], head + 3)

    def test_EL_1_PM_6_the_command_is_for_owners(self):
        head = self.head()
        for actor in ("bo", "cy"):
            ended = self.qualog("events", "clear", "Gym", actor=actor)
            self.assertEqual((ended.code, ended.line()["code"]), (DENIED, "DENIED"))
        self.assertEqual(self.head(), head)

    def test_EL_1_events_cat_and_show_obey_for_all_but_owners(self):
        everything = self.events_seen()
        cleared = self.clear()
        after = self.apply(self.coding(3, "bo", 4, 8))[0]["sequence"]
        self.assertEqual(self.events_seen(), [cleared, after])
        for words in (["-o", 1], ["-o", "-9"], ["--asides"], ["--format", "ndjson"]):
            self.assertEqual(self.events_seen(*words), [cleared, after], words)
        self.assertEqual(self.events_seen("-o", after), [after])
        self.assertEqual(self.events_seen(actor="anna"), [*everything, cleared, after])
        notice = self.text("events", "cat", "Gym", actor="bo").err
        self.assertIn(f"up to event {cleared - 1} was cleared by anna", notice)
        self.assert_error(self.qualog("show", "Gym", 2, actor="bo"), DENIED)
        for actor, sequence in (("anna", 2), ("bo", cleared), ("bo", after)):
            self.good(self.qualog("show", "Gym", sequence, actor=actor))

    def test_EL_1_rows_behind_the_horizon_say_what_they_said_before(self):
        self.clear()
        last = self.apply(self.coding(3, "bo", 4, 8))[0]["sequence"]
        rows = [self.good(self.qualog("events", "cat", "Gym", "--format", "ndjson", "-o", last,
                                      actor=actor)).line() for actor in ("anna", "bo")]
        self.assertEqual(*rows)

    def test_EL_1_refusals_of_what_was_cleared_are_not_shown(self):
        self.apply(command("code.deleted", {"code": item_id(99)}, "bo", "latest"), code=PARTLY)
        asides = [line for line in self.good(
            self.qualog("events", "cat", "Gym", "--asides", actor="bo")).lines() if "aside" in line]
        self.assertEqual(len(asides), 1)
        cleared = self.clear()
        self.assertEqual(self.events_seen("--asides"), [cleared])

    def test_EL_1_replay_and_content_do_not_notice(self):
        at = self.head()
        then = self.good(self.qualog("state", "Gym")).line()
        self.clear()
        now = self.good(self.qualog("state", "Gym")).line()
        self.assertEqual((now["digest"], now["counts"]), (then["digest"], then["counts"]))
        self.assertEqual(self.good(self.qualog("state", "Gym", "--at", at)).line(), then)
        self.assertIs(self.good(self.qualog("verify", "Gym")).line()["ok"], True)
        self.good(self.qualog("undo", "Gym", self.coded["sequence"]))
        self.assertEqual(len(self.good(self.qualog("codings", "Gym")).lines()), 1)

    def test_EL_1_no_clearing_is_ever_hidden_and_undo_brings_the_log_back(self):
        before = self.seen()
        first = self.clear(3)
        second = self.clear()
        self.assertEqual(self.seen(), [first, second])
        self.assertEqual(self.events_seen(), [first, second])
        undone = self.good(self.qualog("undo", "Gym", second)).line()["sequence"]
        self.assertEqual(self.seen(),
                         [n for n in before if n > 3] + [first, second, undone])
        again = self.good(self.qualog("undo", "Gym", first)).line()["sequence"]
        self.assertEqual(self.seen(), [*before, first, second, undone, again])

    def test_EL_1_a_group_that_reaches_past_the_horizon_is_seen_whole(self):
        first = self.head() + 1
        self.apply({"actor": "bo", "actions": [
            {"action": "code.created", "body": {"id": item_id(n), "name": f"Code {n}"}}
            for n in (5, 6)]})
        cleared = self.clear(first)
        self.assertEqual(self.seen(), [first, cleared])
        self.assertEqual(self.events_seen(), [first, first + 1, cleared])

    def test_EL_1_only_an_owner_clears_and_only_what_was(self):
        self.assertEqual(self.clear(actor="bo", code=PARTLY)["code"], "DENIED")
        self.assertEqual(self.clear(self.head() + 5, code=PARTLY)["code"], "SEEN_AHEAD")
        self.assertEqual(self.seen()[0], 1)

    def show(self, value):
        settings = [{"key": "eventlog_visible", "value": value}]
        self.apply(command("project.props_changed", {"settings": settings}, "anna", "latest"))

    def test_X_01_a_log_that_is_not_shown(self):
        before = self.events()
        self.show("false")
        self.assertEqual(self.seen(actor="bo"), [])
        self.assertEqual(self.events_seen(), [])
        self.assertIn("eventlog_visible", self.text("log", "Gym").err)
        self.assertEqual(self.seen("--all"), [line["sequence"] for line in self.events()])
        self.assertEqual(self.events()[:-1], before)
        self.assertIs(self.good(self.qualog("verify", "Gym")).line()["ok"], True)
        self.show("true")
        self.assertEqual(len(self.seen(actor="bo")), len(self.events()))

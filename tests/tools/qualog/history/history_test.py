# SPDX-License-Identifier: Apache-2.0
# Rows: CC-3, ID-3, X-02, X-04.
"""The history through the program: events as they were written, the log in words, one event with
what it changed; also beside a running owner."""

import json
import pathlib

from program import (DAMAGED, DONE, NOT_FOUND, PARTLY, TEXT, TIMEOUT_SECONDS, USAGE, Interview,
                     ProjectTest, Running, command, item_id)

EVENT_KEYS = ["sequence", "time", "actor", "session", "action", "target", "reason", "command_id",
              "seen", "group", "undo_of", "body"]


class Events(Interview):
    def events(self, *options):
        return self.good(self.qualog("events", "cat", "Gym", *options)).lines()

    def test_every_event_has_every_key(self):
        self.apply(self.coding(1, "bo", reason="Because he says so"))
        events = self.events()
        for event in events:
            self.assertEqual(list(event), EVENT_KEYS)
        self.assertEqual([event["sequence"] for event in events],
                         list(range(1, self.head() + 1)))
        coding = next(event for event in events if event["action"] == "coding.added")
        self.assertEqual((coding["target"], coding["reason"], coding["group"], coding["undo_of"]),
                         (item_id(1), "Because he says so", None, None))

    def test_ID_3_every_event_says_who_when_and_in_which_session(self):
        self.apply(self.coding(1, "bo"), self.note())
        for event in self.events():
            for key in ("actor", "session", "time", "command_id"):
                self.assertTrue(event[key], (key, event))

    def test_a_part_of_them(self):
        head = self.head()

        def sequences(*options):
            return [event["sequence"] for event in self.events(*options)]
        self.assertEqual(sequences("-o", 3, "-n", 2), [3, 4])
        self.assertEqual(sequences("-o", -2), [head - 1, head])
        self.assertEqual(sequences("-o", -3, "-n", 1), [head - 2])
        self.assertEqual(sequences("-o", -1000), list(range(1, head + 1)))
        self.assertEqual(sequences("-o", head + 1), [])
        self.assertEqual(sequences("-n", 0), [])

    def test_asides_stand_where_they_happened(self):
        refused = command("annotation.deleted", {"annotation": item_id(9)}, "bo", "latest")
        self.apply(self.note(), refused, self.coding(1, "cy"), code=PARTLY)
        lines = self.events("--asides")
        at, = (i for i, line in enumerate(lines) if "aside" in line)
        aside = lines[at]
        self.assertNotIn("sequence", aside)
        self.assertEqual((aside["action"], aside["actor"]), ("conflict.refused", "bo"))
        self.assertEqual(lines[at - 1]["sequence"], aside["after_sequence"])
        self.assertEqual(lines[at + 1]["sequence"], aside["after_sequence"] + 1)
        self.assertNotIn("aside", {key for line in self.events() for key in line})

    def test_malformed_beginnings(self):
        for first in ("", "abc", "-", "0", "1.5", "99999999999999999999999", "--"):
            with self.subTest(first=first):
                ended = self.qualog("events", "cat", "Gym", f"--offset={first}")
                if first:
                    self.assert_error(ended, USAGE)
        self.assert_error(self.qualog("events", "cat", "Gym", "-n", "-1"), USAGE)

    def test_of_a_damaged_log_what_came_before_is_shown(self):
        project = self.qualog("project", "ls").line()["id"]
        self.apply(self.note("the last words"))
        good = self.events()[:-1]
        log = pathlib.Path(self.data, "projects", project, "log")
        for segment in log.glob("*.segment"):
            segment.write_bytes(segment.read_bytes().replace(b"last words", b"lost words"))
        ended = self.qualog("events", "cat", project)
        self.assertEqual((ended.code, ended.lines()), (DAMAGED, good))
        self.assertIn("restore the project from a backup", ended.err)

    def test_reading_beside_a_running_owner(self):
        owner = Running(self, "apply", "Gym")
        owner.send(self.coding(1, "bo"))
        answer = owner.line()
        found = self.events("-o", answer["sequence"], "-n", 1)
        self.assertEqual(found[0]["target"], item_id(1))

    def test_CC_3_following_shows_events_as_they_come(self):
        head = self.head()
        follower = Running(self, "events", "cat", "Gym", "--follow")
        seen = [follower.line()["sequence"] for _ in range(head)]
        owner = Running(self, "apply", "Gym")
        for number in range(5):
            owner.send(self.coding(number + 1, "bo", number, number + 2))
            owner.line()
        seen += [follower.line()["sequence"] for _ in range(6)]  # and bo's profile
        self.assertEqual(seen, list(range(1, head + 7)))
        self.assertEqual(follower.interrupt(), 130)

    def test_following_ends_when_enough_was_printed(self):
        follower = Running(self, "events", "cat", "Gym", "--follow", "-n", "2")
        self.assertEqual([follower.line()["sequence"] for _ in range(2)], [1, 2])
        self.assertEqual(follower.process.wait(TIMEOUT_SECONDS), DONE)

    def test_lines_for_people_fit(self):
        self.apply(self.note())
        out = self.text("events", "cat", "Gym").out
        self.assertLessEqual(max(map(len, out.splitlines())), 100)
        self.assertIn("annotation.created", out)


class Log(Interview):
    def log(self, *options):
        return self.good(self.qualog("log", "Gym", *options)).lines()

    def test_X_02_each_row_says_who_when_what_and_which_item(self):
        self.apply(self.coding(1, "bo"))
        row = next(row for row in self.log() if row["action"] == "coding.added")
        self.assertEqual((row["user"], row["words"], row["item_type"], row["item_name"]),
                         ("bo", "coded", "coding", "Stress"))
        self.assertEqual((row["item"], row["result"], row["count"]), (item_id(1), "accepted", 1))
        self.assertIn('"Interview 1"', row["detail"])
        self.assertIn("2-18", row["detail"])
        for key in ("sequence", "time", "session", "seen"):
            self.assertTrue(row[key])

    def test_X_02_items_have_the_name_of_that_time(self):
        self.apply(self.coding(1, "bo"))
        self.apply(command("code.props_changed", {"code": self.CODE, "name": "Strain"},
                           seen="latest"))
        self.apply(self.coding(2, "cy"))
        rows = self.log("Strain")
        self.assertEqual([(row["action"], row["item_name"]) for row in rows],
                         [("code.created", "Stress"), ("coding.added", "Stress"),
                          ("code.props_changed", "Strain"), ("coding.added", "Strain")])
        self.assertIn('"Stress" -> "Strain"', rows[2]["detail"])

    def test_X_02_names_come_back_by_undo(self):
        renamed, = self.apply(
            command("code.props_changed", {"code": self.CODE, "name": "Strain"}, seen="latest"))
        self.apply(command("undo.applied", {"sequences": [renamed["sequence"]]}))
        names = [row["item_name"] for row in self.log(self.CODE)]
        self.assertEqual(names, ["Stress", "Strain", "Stress"])
        self.assertIn(f"event {renamed['sequence']} (changed)", self.log(self.CODE)[-1]["detail"])

    def test_X_02_filters_by_user_and_item(self):
        self.apply(self.coding(1, "bo"), self.coding(2, "cy"), self.note())
        self.assertEqual({row["user"] for row in self.log("--user", "bo")}, {"bo"})
        self.assertEqual([row["action"] for row in self.log("--user", "bo", self.CODE)],
                         ["coding.added"])
        actions = [row["action"] for row in self.log("Interview 1")]
        self.assertEqual(sorted(actions), ["annotation.created", "coding.added", "coding.added",
                                           "source.created"])
        self.assert_error(self.qualog("log", "Gym", "--user", "nobody"), NOT_FOUND)
        self.assert_error(self.qualog("log", "Gym", "Nothing"), NOT_FOUND)

    def test_a_group_is_one_row_with_its_count(self):
        first = self.head() + 1
        self.apply({"actor": "anna", "actions": [
            {"action": "code.created", "body": {"id": item_id(n), "name": f"Code {n}"}}
            for n in range(0xC2, 0xC7)]})
        row = self.log()[-1]
        self.assertEqual((row["sequence"], row["last_sequence"], row["count"], row["group"]),
                         (first, first + 4, 5, first))
        self.assertEqual(len(self.log(item_id(0xC6))), 1)
        self.assertIn("5 events", self.text("log", "Gym").out)

    def test_refusals_are_not_in_it(self):
        before = self.log()
        self.apply(command("code.deleted", {"code": item_id(9)}, "bo", "latest"), code=PARTLY)
        self.assertEqual(self.log(), before)

    def test_tables_and_single_lines_for_people(self):
        self.apply(self.coding(1, "bo"), self.note("A long note. " * 20))
        table = self.text("log", "Gym").out
        self.assertEqual(table.splitlines()[0].split()[:3], ["Event", "Time", "(UTC)"])
        self.assertLessEqual(max(map(len, table.splitlines())), 100)
        lines = self.text("log", "Gym", "--oneline").out.splitlines()
        self.assertEqual(len(lines), len(self.log()))
        self.assertTrue(any('bo coded coding "Stress": 2-18' in line for line in lines), lines)


class Show(Interview):
    def show(self, sequence):
        return self.good(self.qualog("show", "Gym", sequence)).line()

    def test_a_change_before_and_after(self):
        made, = self.apply(self.note())
        first, = self.apply(self.rewrite("Second", "bo", made["sequence"]))
        second, = self.apply(self.rewrite("Third", "cy", first["sequence"]))
        change, = self.show(first["sequence"])["changes"]
        self.assertEqual((change["facet"], change["before"], change["after"]),
                         ("text", "Ask why.", "Second"))
        change, = self.show(second["sequence"])["changes"]
        self.assertEqual((change["before"], change["after"]), ("Second", "Third"))

    def test_what_was_created_as_it_was_then(self):
        made = next(event for event in self.qualog("events", "cat", "Gym").lines()
                    if event["action"] == "code.created")
        self.apply(command("code.props_changed", {"code": self.CODE, "name": "Strain"},
                           seen="latest"))
        changes = {change["facet"]: change for change in self.show(made["sequence"])["changes"]}
        self.assertIsNone(changes["props"]["before"])
        self.assertEqual(changes["props"]["after"]["name"], "Stress")

    def test_a_range_before_and_after(self):
        self.apply(self.coding(1, "bo"))
        moved, = self.apply(command("coding.range_changed", {"coding": item_id(1), "begin": 0,
                                                             "end": 6}, "bo", "latest"))
        change, = self.show(moved["sequence"])["changes"]
        self.assertEqual((change["before"]["begin"], change["before"]["end"]), (2, 18))

    def test_what_an_edit_removed(self):
        session = item_id(0x51)
        lease, = self.apply(command("lease.acquired", {"item": self.SOURCE}, session=session))
        made = next(event for event in self.qualog("events", "cat", "Gym").lines()
                    if event["action"] == "source.created")
        edited, = self.apply(command(
            "source.text_edited",
            {"source": self.SOURCE, "token": lease["sequence"], "version": made["sequence"],
             "splices": [{"position": 2, "delete_length": 4, "insert": "run"}]}, session=session))
        shown = self.show(edited["sequence"])
        self.assertEqual(shown["edit"]["removed"], TEXT[2:6])
        self.assertEqual(shown["body"]["splices"][0]["insert"], "run")

    def test_what_undid_it(self):
        made, = self.apply(self.note())
        undo, = self.apply(command("undo.applied", {"sequences": [made["sequence"]]}))
        self.assertEqual(self.show(made["sequence"])["undone_by"], undo["sequence"])
        self.assertEqual(self.show(undo["sequence"])["undo_of"], made["sequence"])

    def test_no_such_event(self):
        for sequence in (0, self.head() + 1, 2**64 - 1):
            self.assert_error(self.qualog("show", "Gym", sequence), NOT_FOUND)
        for sequence in ("-1", "first", "1e3", str(2**64)):
            self.assert_error(self.qualog("show", "Gym", sequence), USAGE)

    def test_for_people(self):
        made, = self.apply(self.note())
        changed, = self.apply(self.rewrite("Second", "bo", made["sequence"]))
        out = self.text("show", "Gym", changed["sequence"]).out
        self.assertIn("Ask why. -> Second", out)
        self.assertIn("annotation.text_changed", out)


class EveryAction(ProjectTest):
    def test_X_04_every_kind_of_command_yields_a_row(self):
        """Coding, folders and all else: the log leaves nothing out."""
        served = [line["action"] for line in self.qualog("schema").lines() if line["served"]]
        tried = 0
        for number, action in enumerate(served):
            described = self.qualog("schema", action).line()
            if described["example"] is None:
                continue
            name = f"P{number}"
            self.good(self.qualog("project", "create", name))
            given = "".join(json.dumps(line) + "\n"
                            for line in described["before"] + [described["example"]])
            self.good(self.qualog("apply", name, given=given))
            rows = self.good(self.qualog("log", name)).lines()
            events = self.good(self.qualog("events", "cat", name)).lines()
            group = "actions" in described["example"]
            with self.subTest(action=action):
                self.assertEqual(rows[-1]["action"], "import.started" if group else action)
                self.assertNotEqual(rows[-1]["words"], "")
                self.assertIn(action, [event["action"] for event in events
                                       if event["sequence"] >= rows[-1]["sequence"]])
            tried += 1
        self.assertGreaterEqual(tried, 40)

    def test_X_04_what_the_program_itself_does_yields_a_row(self):
        self.good(self.qualog("restore", "Gym", "--at", self.head(), "--as", "Again"))
        for read in (["log", "Again"], ["events", "cat", "Again"]):
            actions = [line["action"] for line in self.good(self.qualog(*read)).lines()]
            self.assertEqual((actions[0], actions[-1]), ("project.created", "project.forked"))

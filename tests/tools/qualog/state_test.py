# SPDX-License-Identifier: Apache-2.0
# Rows: D-05, D-15, PG-11, PM-10, X-05, X-11.
"""The state through the program: digest and counts now and earlier, the tree of codes, the coded
passages, and that an answered command is there whatever happens next."""

import json
import os

from program import (CONFLICT, DENIED, DONE, NOT_FOUND, TEXT, USAGE, Interview, Running, command,
                     item_id)


class State(Interview):
    def state(self, *options):
        return self.good(self.qualog("state", "Gym", *options)).line()

    def codings(self, *options):
        return self.good(self.qualog("codings", "Gym", *options)).lines()

    def test_sequence_digest_and_counts(self):
        self.apply(self.coding(1, "bo"), self.note())
        state = self.state()
        self.assertEqual(state["sequence"], len(self.qualog("events", "cat", "Gym").lines()))
        self.assertRegex(state["digest"], "^[0-9a-f]{64}$")
        counts = state["counts"]
        self.assertEqual((counts["sources"], counts["codes"], counts["codings"],
                          counts["annotations"], counts["members"]), (1, 1, 1, 1, 3))

    def test_the_same_work_in_two_projects_has_one_digest(self):
        """In another order, by other people at another time: the content is what it is."""
        self.good(self.qualog("project", "create", "Other"))
        for project, text in (("Gym", "x"), ("Other", "x")):
            lines = [command("source.created", {"id": item_id(0xA9), "name": "Talk", "text": text,
                                                "length": 1})]
            if project == "Other":
                lines.append(command("source.created", {"id": self.SOURCE, "name": "Interview 1",
                             "text": "I swim before work. It calms me.", "length": 32}))
                lines.append(command("code.created", {"id": self.CODE, "name": "Stress"}))
            given = "".join(json.dumps(line) + "\n" for line in lines)
            self.good(self.qualog("apply", project, given=given))
        other = self.good(self.qualog("state", "Other")).line()
        self.assertEqual(other["digest"], self.state()["digest"])
        self.assertNotEqual(other["state_digest"], self.state()["state_digest"])

    def test_X_05_the_state_at_every_earlier_event(self):
        known = [self.state()]
        for number in range(4):
            self.apply(self.coding(number + 1, "bo", number, number + 3))
            known.append(self.state())
        for earlier in known:
            self.assertEqual(self.state("--at", earlier["sequence"]), earlier)

    def test_a_coder_has_a_name_at_their_first_coding_and_in_what_is_restored_from_there(self):
        """Their profile is the event behind it."""
        made, = self.apply(self.coding(1, "bo"))
        coding, = self.codings("--at", made["sequence"])
        self.assertEqual(coding["coder"], "bo")
        self.good(self.qualog("restore", "Gym", "--at", made["sequence"], "--as", "Then"))
        coding, = self.good(self.qualog("codings", "Then")).lines()
        self.assertEqual(coding["coder"], "bo")

    def test_a_moment_in_time(self):
        earlier = self.state()
        moment = self.qualog("events", "cat", "Gym", "-o", -1).line()["time"]
        self.apply(self.coding(1, "bo"))
        self.assertEqual(self.state("--at", moment), earlier)

    def test_inside_a_group_means_before_it(self):
        before = self.state()
        self.apply({"actor": "anna", "actions": [
            {"action": "code.created", "body": {"id": item_id(n), "name": f"Code {n}"}}
            for n in range(0xC2, 0xC5)]})
        self.assertEqual(self.state("--at", before["sequence"] + 2), before)

    def test_malformed_and_unknown_moments(self):
        for reader in ("state", "codes", "codings", "sources"):
            for moment in ("yesterday", "-1", "1.5", "2026-13-01"):
                with self.subTest(reader=reader, moment=moment):
                    self.assert_error(self.qualog(reader, "Gym", f"--at={moment}"), USAGE)
            self.assert_error(self.qualog(reader, "Gym", "--at", self.head() + 1), NOT_FOUND)

    def test_X_11_what_was_answered_is_there_after_a_kill(self):
        owner = Running(self, "apply", "Gym")
        for number in range(10):
            owner.send(self.coding(number + 1, "bo", number, number + 3))
            self.assertEqual(owner.line()["result"], "accepted")
        owner.process.kill()
        owner.process.wait()
        self.assertEqual(len(self.codings()), 10)

    def test_D_05_codes_are_a_tree_and_an_aggregate_gathers(self):
        sub = item_id(0xC2)
        self.apply(
            command("code.created", {"id": sub, "name": "Haste", "parent": self.CODE,
                                     "description": "No time", "color": "#ff0000"}),
            command("code.props_changed", {"code": self.CODE, "aggregate": True}, seen="latest"),
            command("coding.added", {"id": item_id(1), "code": sub, "source": self.SOURCE,
                                     "begin": 0, "end": 6}, "bo"), self.coding(2, "cy"))
        top, below = self.good(self.qualog("codes", "Gym")).lines()
        self.assertEqual(
            (top["name"], top["parent"], top["depth"], top["codings"], top["gathered"]),
            ("Stress", None, 0, 1, 2))
        self.assertEqual((below["name"], below["parent"], below["depth"], below["description"],
                          below["color"], below["coders"]),
                         ("Haste", self.CODE, 1, "No time", "#ff0000", {"bo": 1}))
        out = self.text("codes", "Gym").out.splitlines()
        self.assertTrue(out[2].startswith("  Haste"), out)

    def test_D_15_a_coding_says_code_source_coder_range_and_time(self):
        answer, = self.apply(self.coding(1, "bo"))
        coding, = self.codings()
        self.assertEqual(
            (coding["id"], coding["code"], coding["code_name"], coding["source"],
             coding["source_name"], coding["begin"], coding["end"], coding["text"],
             coding["coder"], coding["sequence"]),
            (item_id(1), self.CODE, "Stress", self.SOURCE, "Interview 1", 2, 18,
             "swim before work", "bo", answer["sequence"]))
        event, = self.qualog("events", "cat", "Gym", "-o", answer["sequence"], "-n", 1).lines()
        self.assertEqual(coding["coded_at"], event["time"])

    def test_a_whole_source_has_no_range(self):
        self.apply(command("coding.added", {"id": item_id(1), "code": self.CODE,
                                            "source": self.SOURCE}, "bo"))
        coding, = self.codings()
        self.assertEqual((coding["begin"], coding["end"], coding["text"]), (None, None, None))

    def test_codings_of_a_code_a_source_a_coder(self):
        self.apply(self.coding(1, "bo"), self.coding(2, "cy"))
        for options, count in ((["--code", "stress"], 2), (["--code", self.CODE], 2),
                               (["--source", "Interview 1"], 2), (["--coder", "bo"], 1),
                               (["--code", "Stress", "--source", self.SOURCE, "--coder", "cy"], 1),
                               (["--coder", "anna"], 0)):
            with self.subTest(options=options):
                self.assertEqual(len(self.codings(*options)), count)

    def test_names_that_are_unknown_or_of_several(self):
        self.apply(command("code.created", {"id": item_id(0xC2), "name": "Other"}),
                   command("code.created", {"id": item_id(0xC3), "name": "Stress",
                                            "parent": item_id(0xC2)}))
        for options in (["--code", "Nothing"], ["--code", item_id(1)], ["--source", "Nothing"],
                        ["--source", self.CODE], ["--coder", "nobody"], ["--code", "Stress"]):
            with self.subTest(options=options):
                self.assert_error(self.qualog("codings", "Gym", *options), NOT_FOUND)
        self.assertIn("by its id", self.qualog("codings", "Gym", "--code", "Stress").err)

    def test_merged_codes_are_found_where_they_went(self):
        self.apply(command("code.created", {"id": item_id(0xC2), "name": "Coping"}),
                   self.coding(1, "bo"),
                   command("code.merged", {"from": [self.CODE], "into": item_id(0xC2)},
                           seen="latest"))
        coding, = self.codings("--code", "Coping")
        self.assertEqual((coding["code_name"], coding["applied"]), ("Coping", self.CODE))

    def test_for_people(self):
        self.apply(self.coding(1, "bo"))
        out = self.text("state", "Gym").out
        self.assertIn(self.state()["digest"], out)
        self.assertIn("swim before work", self.text("codings", "Gym").out)


class Sources(Interview):
    GONE = item_id(0xA2)

    def setUp(self):
        super().setUp()
        self.apply(command("source.created", {"id": self.GONE, "name": "Lost", "kind": "memo",
                                              "text_state": "missing"}),
                   self.coding(1, "bo"), self.coding(2, "cy"))

    def test_a_line_for_each_with_codings_and_coders(self):
        here, gone = self.good(self.qualog("sources", "Gym")).lines()
        self.assertEqual(
            (here["id"], here["name"], here["kind"], here["folder"], here["length"],
             here["text_state"], here["codings"], here["coders"]),
            (self.SOURCE, "Interview 1", "document", None, len(TEXT), "supplied", 2,
             {"bo": 1, "cy": 1}))
        self.assertEqual((gone["kind"], gone["length"], gone["text_state"], gone["codings"]),
                         ("memo", None, "missing", 0))
        _, first, second = self.text("sources", "Gym").out.splitlines()
        self.assertRegex(first, rf"^Interview 1 +document +{len(TEXT)} +2 +bo 1, cy 1$")
        self.assertRegex(second, "^Lost +memo +missing +0$")

    def test_a_text_is_printed_exactly_by_name_or_id(self):
        odd = "\n  ä😀 \t\n\n"
        self.apply(command("source.created", {"id": item_id(0xA3), "name": "Odd", "text": odd,
                                              "length": len(odd)}))
        for name, text in (("Odd", odd), (item_id(0xA3), odd), ("interview 1", TEXT)):
            self.assertEqual(self.good(self.text("text", "Gym", name)).out, text)
        line = self.good(self.qualog("text", "Gym", "Odd")).line()
        self.assertEqual(line, {"id": item_id(0xA3), "name": "Odd", "kind": "document",
                                "length": len(odd), "text": odd})

    def test_texts_and_sources_as_they_were(self):
        before = self.head()
        self.apply(command("source.text_supplied", {"source": self.GONE, "position": 0,
                                                    "text": "Found", "length": 5}))
        self.assertEqual(self.good(self.text("text", "Gym", "Lost")).out, "Found")
        then = self.good(self.qualog("sources", "Gym", "--at", before)).lines()
        self.assertEqual(then[1]["text_state"], "missing")
        self.assert_error(self.text("text", "Gym", "Lost", "--at", before), NOT_FOUND)

    def test_a_missing_text_says_what_supplies_it(self):
        ended = self.text("text", "Gym", "Lost")
        self.assert_error(ended, NOT_FOUND)
        self.assertIn("qualog source supply", ended.err)
        self.assert_error(self.text("text", "Gym", "Nothing"), NOT_FOUND)
        self.assert_error(self.text("text", "Gym", self.CODE), NOT_FOUND)


class Projects(Interview):
    def test_PG_11_a_deleted_project_comes_back_before_a_living_one_and_under_a_free_name(self):
        self.good(self.qualog("project", "delete", "Gym", "--confirm", "Gym"))
        self.good(self.qualog("project", "create", "Gym"))
        self.assert_error(self.qualog("project", "undelete", "Gym"), USAGE)
        self.assertEqual([line["deleted"] for line in self.qualog("project", "ls").lines()
                          if line["project"] == "Gym"].count(True), 1)
        self.good(self.qualog("project", "rename", "Gym", "Second"))
        self.good(self.qualog("project", "undelete", "Gym"))
        self.assertEqual({line["project"]: line["deleted"]
                          for line in self.qualog("project", "ls").lines()},
                         {"Gym": False, "Second": False})

    def test_PG_11_deleting_needs_the_name_typed_and_undelete_brings_all_back(self):
        before = self.good(self.qualog("state", "Gym")).line()["digest"]
        self.assert_error(self.qualog("project", "delete", "Gym"), USAGE)
        self.assert_error(self.qualog("project", "delete", "Gym", "--confirm", "gym"), USAGE)
        self.good(self.qualog("project", "delete", "Gym", "--confirm", "Gym"))
        ended = self.qualog("guest", "Gym", "off")
        self.assertEqual((ended.code, ended.line()["code"]), (CONFLICT, "GONE"))
        self.good(self.qualog("project", "undelete", "Gym"))
        self.assertEqual(self.qualog("state", "Gym").line()["digest"], before)

    def left(self):
        """Whatever the data directory and its key store have of a project or a lineage."""
        found = []
        for folder in (os.path.join(self.data, "projects"), self.keys):
            found += [name for name in os.listdir(folder)
                      if not name.endswith((".namespace", ".purged")) and name != "qualog.store"]
        return found

    def test_PM_10_what_was_deleted_is_purged_by_its_owner_alone_and_its_name_typed(self):
        purge = ("project", "purge", "Gym", "--confirm", "Gym")
        refused = self.text(*purge)
        self.assert_error(refused, USAGE)
        self.assertIn("qualog project delete", refused.err)
        self.good(self.qualog("project", "delete", "Gym", "--confirm", "Gym"))
        for actor in ("bo", "stranger"):
            self.assert_error(self.qualog(*purge, actor=actor), DENIED)
        self.assert_error(self.qualog(*purge[:3]), USAGE)
        self.assert_error(self.qualog(*purge[:3], "--confirm", "gym"), USAGE)
        self.assertEqual(self.good(self.qualog("project", "ls")).line()["deleted"], True)
        done = self.text(*purge)
        self.assertEqual((done.code, done.err), (0, ""))
        self.assertEqual(done.out, '"Gym" is gone for good, and its keys with it.\n')
        self.assertEqual(self.good(self.qualog("project", "ls")).out, "")
        for words in (["project", "undelete"], ["state"], ["verify"], list(purge[:2])):
            for name in ("Gym", self.project):
                more = ("--confirm", "Gym") if words[-1] == "purge" else ()
                self.assert_error(self.qualog(*words, name, *more), NOT_FOUND)
        self.assertEqual(self.left(), [])
        self.good(self.qualog("project", "create", "Gym"))

    def test_PM_10_a_deleted_project_is_purged_before_a_living_one_of_its_name(self):
        self.good(self.qualog("project", "delete", "Gym", "--confirm", "Gym"))
        living = self.good(self.qualog("project", "create", "Gym")).line()["id"]
        self.good(self.qualog("project", "purge", "Gym", "--confirm", "Gym"))
        self.assertEqual([line["id"] for line in self.qualog("project", "ls").lines()], [living])
        self.assert_error(self.qualog("project", "purge", "Gym", "--confirm", "Gym"), USAGE)
        self.good(self.qualog("verify", "Gym"))

    def test_PM_10_keys_stay_with_a_project_restored_from_it(self):
        self.good(self.qualog("restore", "Gym", "--at", self.head(), "--as", "Then"))
        self.good(self.qualog("project", "delete", "Gym", "--confirm", "Gym"))
        purged = self.good(self.qualog("project", "purge", "Gym", "--confirm", "Gym")).line()
        self.assertIs(purged["keys_removed"], False)
        self.good(self.qualog("guest", "Then", "on"))
        self.good(self.qualog("verify", "Then"))

    def test_a_project_may_change_the_case_of_its_name_but_not_take_another(self):
        self.good(self.qualog("project", "create", "Other"))
        self.good(self.qualog("project", "rename", "Gym", "GYM"))
        self.assert_error(self.qualog("project", "rename", "GYM", "other"), USAGE)
        self.assertEqual(self.qualog("project", "show", "GYM").line()["project"], "GYM")

    def awaited_at(self, pipe, process):
        """A pipe to write to, once the process reads it."""
        while True:
            try:
                return open(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK), "w", encoding="utf-8")
            except OSError:
                self.assertIsNone(process.poll())

    def test_a_name_that_another_gave_meanwhile_is_not_written_over(self):
        """bo renames the project when anna's program has looked at it and not yet opened it: it
        reads the layout of the data directory before each."""
        self.apply(command("member.moved", {"principal": "bo", "group": "owner"}))
        layout = os.path.join(self.data, "qualog.format")
        with open(layout, encoding="utf-8") as file:
            said = file.read()
        kept, first, second = (os.path.join(self.folder, name) for name in ("kept", "1", "2"))
        for pipe in (first, second):
            os.mkfifo(pipe)
        os.rename(layout, kept)
        os.rename(first, layout)
        hers = Running(self, "project", "rename", "Gym", "Hers")
        with self.awaited_at(layout, hers.process) as pipe:
            os.rename(second, layout)
            pipe.write(said)
        with self.awaited_at(layout, hers.process) as pipe:
            os.rename(kept, layout)
            self.good(self.qualog("project", "rename", "Gym", "His", actor="bo"))
            pipe.write(said)
        (answer,), code = hers.rest()
        self.assertEqual((code, answer["code"]), (CONFLICT, "STALE"))
        self.assertEqual([line["project"] for line in self.qualog("project", "ls").lines()],
                         ["His"])

    def test_names_that_no_project_may_have(self):
        for name in ("", "  ", "a\nb", "x" * 1001):
            with self.subTest(name=name[:5]):
                self.assert_error(self.qualog("project", "create", name), USAGE)
                self.assert_error(self.qualog("project", "rename", "Gym", name), USAGE)
        self.assertEqual(len(self.qualog("project", "ls").lines()), 1)

    def test_a_new_project_says_where_it_stands(self):
        """The profile of who made it is the last event."""
        made = self.good(self.qualog("project", "create", "New")).line()
        self.assertEqual(list(made), ["project", "id", "sequence"])
        state = self.good(self.qualog("state", "New")).line()
        self.assertEqual(made["sequence"], state["sequence"])

    def test_wide_letters_keep_the_columns(self):
        self.good(self.qualog("project", "create", "調査 " * 60))
        out = self.text("project", "ls")
        self.assertEqual(out.code, DONE)
        for line in out.out.splitlines():
            cells = sum(2 if ord(char) > 0x2E80 else 1 for char in line)
            self.assertLessEqual(cells, 100)

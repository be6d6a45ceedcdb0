# SPDX-License-Identifier: Apache-2.0
"""`events cat --format ndjson` and `csv` as people use them: every event once and in order from any
point on, beside a running owner; nobody's words without --with-text, nobody's name with
--pseudonyms, and never what was refused. Controls: the same searches find what is there."""

import csv
import io
import json
import os
import pathlib
import re
import subprocess

import program
import sessions
from program import (DAMAGED, DENIED, DONE, NOT_FOUND, PARTLY, TEXT, USAGE, Interview, Running,
                     command, item_id)

SECRETS = {"source text": TEXT, "source name": "Interview 1", "note": "Ask why.",
           "comment": "A strong one", "reason": "Because he says so", "title": "About Eva",
           "folder": "Talks with Eva", "description": "As Eva says", "link": "file:///eva.txt"}
REFUSED = "What bo wanted"


class Rows(Interview):
    def rows(self, *options, **more):
        return self.good(self.qualog("events", "cat", "Gym", "--format", "ndjson", *options,
                                     **more)).lines()

    def printed(self, *options):
        """The bytes, so that line ends are as they were written."""
        ended = subprocess.run([program.binary, "events", "cat", "Gym", *options, "-d", self.data,
                                "--actor", "anna"], capture_output=True, check=True,
                               env=program.environment())
        return ended.stdout.decode()

    def speak(self):
        """Everything that a participant or colleague may have said, once."""
        self.apply(
            self.coding(1, "bo", reason=SECRETS["reason"]), self.note(),
            command("coding.weight_or_comment_set", {"coding": item_id(1), "weight": 3,
                                                     "comment": SECRETS["comment"]}, seen="latest"),
            command("project.props_changed", {"description": SECRETS["title"]}, seen="latest"),
            command("folder.created", {"id": item_id(0xF1), "name": SECRETS["folder"],
                                       "kind": "sources"}),
            command("code.props_changed", {"code": self.CODE, "name": "Strain",
                                           "description": SECRETS["description"]}, seen="latest"),
            command("seealso.created", {"id": item_id(0xE2), "from": self.CODE,
                                        "external": SECRETS["link"]}))

    def refuse(self):
        """bo comes second, with words and with a reason."""
        seen = self.head()
        self.apply(command("code.props_changed", {"code": self.CODE, "nickname": "Hers"}, "anna",
                           seen),
                   command("code.props_changed", {"code": self.CODE, "nickname": REFUSED}, "bo",
                           seen, reason=REFUSED), code=PARTLY)
        self.assertIn(REFUSED, self.qualog("events", "cat", "Gym", "--asides").out)


class Shape(Rows):
    def test_every_event_is_one_row_with_every_column(self):
        self.speak()
        rows = self.rows()
        columns = list(rows[0])
        for number, row in enumerate(rows, 1):
            self.assertEqual(list(row), columns)
            self.assertEqual((row["seq"], row["project_id"], row["schema"]),
                             (number, self.project, "qualog.events.v1"))
            self.assertEqual(row["event_id"], f"{self.project}/{number}")
            self.assertRegex(row["at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        self.assertEqual(len(rows), self.head())

    def test_rows_are_the_events(self):
        self.speak()
        for event, row in zip(self.qualog("events", "cat", "Gym").lines(), self.rows()):
            self.assertEqual((row["seq"], row["type"], row["at"], row["actor_id"], row["group"],
                              row["undo_of"], row["session_id"]),
                             (event["sequence"], event["action"], event["time"], event["actor"],
                              event["group"], event["undo_of"], event["session"]))
            if event["target"]:
                self.assertEqual(row["entity_id"], event["target"])

    def test_csv_has_the_rows_of_ndjson(self):
        self.speak()
        for options in ((), ("--with-text",)):
            text = self.printed("--format", "csv", *options)
            self.assertEqual(text.count("\n"), text.count("\r\n"))
            records = list(csv.reader(io.StringIO(text, newline="")))
            rows = self.rows(*options)
            self.assertEqual(records[0], list(rows[0]))
            self.assertEqual(len(records), len(rows) + 1)
            for record, row in zip(records[1:], rows):
                self.assertEqual(json.loads(record[-1]), row["payload"])
                self.assertEqual(record[:-1], ["" if value is None else str(value)
                                               for value in list(row.values())[:-1]])

    def test_a_spreadsheet_finds_no_formula(self):
        self.apply(command("code.created", {"id": item_id(0xC7), "name": "=cmd|'/c calc'!A1"}))
        *_, record = csv.DictReader(io.StringIO(self.printed("--format", "csv"), newline=""))
        self.assertEqual(record["name"], "'=cmd|'/c calc'!A1")
        self.assertEqual(self.rows()[-1]["name"], "=cmd|'/c calc'!A1")

    def test_csv_without_rows_has_its_header(self):
        head, = self.printed("--format", "csv", "-o", str(self.head() + 1)).splitlines()
        self.assertTrue(head.startswith("schema,schema_version,project_id,seq,"))
        self.assertEqual(self.printed("--format", "csv", "-n", "0").splitlines(), [head])

    def test_the_three_forms_of_a_line(self):
        written = self.qualog("events", "cat", "Gym").lines()
        self.assertEqual(list(written[0])[0], "sequence")
        self.assertEqual(self.printed("--format", "text"), self.printed())
        self.assertEqual(self.text("events", "cat", "Gym", "--format", "ndjson").lines(),
                         self.rows())
        self.assertEqual(self.qualog("events", "cat", "Gym", "--format", "text").out,
                         self.printed())

    def test_the_published_schema_is_printed(self):
        published = sessions.read("docs", "schemas", "qualog.events.v1.json")
        self.assertEqual(self.good(self.text("schema", "--stream")).out, published)
        self.assertEqual(self.qualog("schema", "--stream").line(), json.loads(published))
        self.assert_error(self.qualog("schema", "coding.added", "--stream"), USAGE)


class Told(Rows):
    def heard(self, *options):
        out = self.qualog("events", "cat", "Gym", "--format", "ndjson", *options).out
        return {what for what, words in SECRETS.items() if words in out}

    def test_P13_words_leave_only_with_text(self):
        self.speak()
        self.assertEqual(self.heard(), set())
        self.assertEqual(self.heard("--with-text"), set(SECRETS))

    def test_the_codebook_leaves_always(self):
        self.speak()
        names = [row["name"] for row in self.rows() if row["code_id"] == self.CODE]
        self.assertIn("Stress", names)
        self.assertIn("Strain", names)

    def test_P3_what_was_refused_is_in_no_row(self):
        self.refuse()
        for options in ((), ("--with-text",), ("--pseudonyms",), ("-o", "-1000", "--with-text")):
            for form in ("ndjson", "csv"):
                out = self.printed("--format", form, *options)
                self.assertNotIn(REFUSED, out)
                self.assertNotIn("conflict", out)
        self.assertIn("Hers", self.printed("--format", "ndjson"))

    def test_pseudonyms_name_nobody_and_stay(self):
        self.speak()
        out = self.qualog("events", "cat", "Gym", "--format", "ndjson", "--pseudonyms").out
        rows = [json.loads(line) for line in out.splitlines()]
        for name in ("anna", "bo", "cy"):
            self.assertNotIn(f'"{name}"', out)
        profiles = [row["entity_id"] for row in self.rows()
                    if row["type"] == "user.profile_created"]
        self.assertTrue(profiles)
        for profile in profiles:
            self.assertNotIn(profile, out)
        who = {plain["actor_id"]: row["actor_id"] for plain, row in zip(self.rows(), rows)}
        self.assertEqual(len(set(who.values())), len(who))
        self.assertTrue(all(re.fullmatch("person-[0-9a-f]{16}", one) for one in who.values()))
        self.assertEqual(self.rows("--pseudonyms"), rows)
        members = {row["entity_id"] for row in rows if row["entity_type"] == "member"}
        self.assertIn(who["bo"], members)

    def test_pseudonyms_are_those_of_a_fork_and_not_of_another_project(self):
        self.apply(self.coding(1, "bo"))
        self.good(self.qualog("restore", "Gym", "--at", self.head(), "--as", "Again"))
        self.good(self.qualog("project", "create", "Other"))

        def first(name):
            return self.good(self.qualog("events", "cat", name, "--format", "ndjson",
                                         "--pseudonyms", "-n", 1)).line()["actor_id"]
        self.assertEqual(first("Again"), first("Gym"))
        self.assertNotEqual(first("Other"), first("Gym"))

    def test_pseudonyms_without_the_keys_are_refused(self):
        keys, = pathlib.Path(self.data, "keys").iterdir()
        keys.unlink()
        ended = self.qualog("events", "cat", "Gym", "--format", "ndjson", "--pseudonyms")
        self.assert_error(ended, NOT_FOUND)


class Points(Rows):
    """From any point, and on as they come."""

    def setUp(self):
        super().setUp()
        self.speak()
        self.apply({"actor": "anna", "actions": [
            {"action": "code.created", "body": {"id": item_id(n), "name": f"Code {n}"}}
            for n in range(0xC2, 0xC5)]})

    def test_P18_reading_on_from_any_point_gives_every_row_once(self):
        whole = self.rows()
        for at in range(len(whole) + 1):
            self.assertEqual(self.rows("-n", at) + self.rows("-o", at + 1), whole)
        for last in (1, 4, len(whole), len(whole) + 9):
            self.assertEqual(self.rows("-o", -last), whole[-last:])

    def test_P18_a_reader_that_was_killed_goes_on_where_it_was(self):
        whole, read = self.rows(), []
        while len(read) < len(whole):
            reader = Running(self, "events", "cat", "Gym", "--format", "ndjson", "--follow",
                             "-o", len(read) + 1)
            read += [reader.line() for _ in range(min(3, len(whole) - len(read)))]
            reader.process.kill()
        self.assertEqual(read, whole)

    def test_P18_rows_come_as_the_events_do(self):
        head = self.head()
        follower = Running(self, "events", "cat", "Gym", "--format", "ndjson", "--follow",
                           "-o", head)
        self.assertEqual(follower.line()["seq"], head)
        owner = Running(self, "apply", "Gym")
        for number in range(5):
            owner.send(self.coding(number + 2, "cy", number, number + 2))
            owner.line()
        found = [follower.line() for _ in range(6)]  # and cy's profile
        self.assertEqual([row["seq"] for row in found], list(range(head + 1, head + 7)))
        self.assertEqual(sum(row["type"] == "coding.added" for row in found), 5)
        self.assertEqual(follower.interrupt(), 130)

    def test_csv_can_be_followed_too(self):
        reader = subprocess.Popen(
            [program.binary, "events", "cat", "Gym", "--format", "csv", "--follow", "-n", "2", "-d",
             self.data, "--actor", "anna"], stdout=subprocess.PIPE, env=program.environment())
        out, _ = reader.communicate(timeout=program.TIMEOUT_SECONDS)
        self.assertEqual((reader.returncode, out.count(b"\r\n")), (DONE, 3))


class Refusals(Rows):
    def test_options_that_would_do_nothing_are_refused(self):
        for options in (["--with-text"], ["--pseudonyms"], ["--format", "text", "--pseudonyms"],
                        ["--format", "ndjson", "--asides"], ["--format", "csv", "--asides"],
                        ["--format", "xml"]):
            self.assert_error(self.qualog("events", "cat", "Gym", *options), USAGE)

    def test_who_may_not_read_gets_no_rows(self):
        self.good(self.qualog("guest", "Gym", "off"))
        ended = self.qualog("events", "cat", "Gym", "--format", "ndjson", actor="eve")
        self.assert_error(ended, DENIED)

    def test_of_a_damaged_log_the_rows_before_the_damage_are_given(self):
        self.apply(self.note("the last words"))
        good = self.rows()[:-1]
        for segment in pathlib.Path(self.data, "projects", self.project, "log").glob("*.segment"):
            segment.write_bytes(segment.read_bytes().replace(b"last words", b"lost words"))
        ended = self.qualog("events", "cat", self.project, "--format", "ndjson")
        self.assertEqual((ended.code, ended.lines()), (DAMAGED, good))

    def test_a_full_disk_is_no_success(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        with open("/dev/full", "wb") as full:
            ended = subprocess.run([program.binary, "events", "cat", "Gym", "--format", "csv", "-d",
                                    self.data, "--actor", "anna"], stdout=full,
                                   stderr=subprocess.PIPE, env=program.environment(), check=False)
        self.assertEqual(ended.returncode, 1)

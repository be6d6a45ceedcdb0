# SPDX-License-Identifier: Apache-2.0
# Rows: EX-3, M-04, M-06, M-07, M-08, M-09, PM-7.
"""`project import --from-project P --into Q`: two projects made by commands, and what comes of one
into the other: all of it, once, as one act that one undo takes back."""

import fcntl
import json
import os
import shutil
import subprocess
import time
import zlib

import program
from program import CONFLICT, DENIED, NOT_FOUND, TOO_NEW, USAGE, ProjectTest, command, item_id, run

F_SETPIPE_SZ = 1031  # of Linux; Python has the name since 3.10
TEXT = "I swim before work. It calms me.\n"
(FOLDER, SOURCE, MEMO, CODE, BELOW, CASE, CLASS, ATTRIBUTE, YES, RELTYPE, RELATION, SET, ANNOTATION,
 LINK, QUERY, MATRIX, MAP, REPORT, SUMMARY_LINK, SEARCH) = map(item_id, range(0xA0, 0xB4))
CODINGS = [item_id(number) for number in range(0xC0, 0xC4)]
PILOT = [
    ("folder.created", {"id": FOLDER, "name": "Interviews"}),
    ("source.created", {"id": SOURCE, "name": "Ana", "folder": FOLDER, "text": TEXT,
                        "length": len(TEXT), "description": "The first"}),
    ("source.created", {"id": MEMO, "kind": "memo", "name": "On Ana", "text": "Calm.",
                        "length": 5}),
    ("code.created", {"id": CODE, "name": "Calm", "color": "#00ff00", "description": "Being it"}),
    ("code.created", {"id": BELOW, "name": "By water", "parent": CODE}),
    ("code.created", {"id": CASE, "name": "Ana", "kind": "case"}),
    ("classification.created", {"id": CLASS, "kind": "case", "name": "Person"}),
    ("attribute.created", {"id": ATTRIBUTE, "classification": CLASS, "name": "Swims"}),
    ("attrvalue.created", {"id": YES, "attribute": ATTRIBUTE, "name": "Yes"}),
    ("item.classified", {"item": CASE, "classification": CLASS}),
    ("attribute.value_set", {"item": CASE, "attribute": ATTRIBUTE, "value": YES}),
    ("set.created", {"id": SET, "name": "Swimmers"}),
    ("set.member_added", {"set": SET, "item": CASE}),
    ("reltype.created", {"id": RELTYPE, "name": "tells of", "direction": "one_way"}),
    ("relationship.created", {"id": RELATION, "from": SOURCE, "to": CASE, "reltype": RELTYPE}),
    ("annotation.created", {"id": ANNOTATION, "source": SOURCE, "begin": 0, "end": 6,
                            "text": "Every day?"}),
    ("memo.linked", {"item": SOURCE, "memo": MEMO}),
    ("seealso.created", {"id": LINK, "from": SOURCE, "from_begin": 2, "from_end": 6, "to": CODE,
                         "name": "see"}),
    ("query.saved", {"id": QUERY, "name": "Water", "type": "text_search", "definition": "swim",
                     "items": [CODE]}),
    ("searchfolder.saved", {"id": SEARCH, "name": "All", "definition": "*"}),
    ("fmatrix.created", {"id": MATRIX, "name": "Grid", "rows": [CASE], "columns": [CODE]}),
    ("summary.set", {"row": CASE, "column": CODE, "text": "Swims."}),
    ("summary.link_added", {"id": SUMMARY_LINK, "row": CASE, "column": CODE, "source": SOURCE,
                            "begin": 2, "end": 6}),
    ("map.created", {"id": MAP, "name": "Ideas", "kind": "mind", "definition": "{}"}),
    ("report.created", {"id": REPORT, "name": "Codes", "definition": "{}"}),
    ("project.props_changed", {"settings": [{"key": "stop_words", "value": "the"}]}),
]
KINDS = {"folder", "source", "code", "case", "classification", "attribute", "attrvalue", "value",
         "set", "setmember", "reltype", "relationship", "annotation", "memo link", "seealso",
         "query", "searchfolder", "fmatrix", "summary", "summarylink", "map", "report", "coding",
         "setting", "classified item"}


class Transfer(ProjectTest):
    """Gym, and Pilot with one of each kind; bo has coded in Pilot too."""

    def setUp(self):
        super().setUp()
        self.said("Gym", command("code.created", {"id": item_id(0x10), "name": "Gym's own"}))
        self.made_project("Pilot")
        self.good(self.qualog("member", "add", "Pilot", "bo", "--group", "contributor"))
        self.said("Pilot", *[command(action, body, seen="latest") for action, body in PILOT])
        self.said("Pilot", self.coding(0, 2, 6), self.coding(1, 7, 18, code=BELOW),
                  self.coding(2, 2, 6, "bo"), self.coding(3, None, None, "bo", code=CASE),
                  command("coding.weight_or_comment_set",
                          {"coding": CODINGS[0], "weight": 3, "comment": "Clear"}, seen="latest"))

    def made_project(self, name):
        self.good(self.qualog("project", "create", name))

    def coding(self, number, begin, end, actor="anna", code=CODE):
        body = {"id": CODINGS[number], "code": code, "source": SOURCE}
        if begin is not None:
            body.update(begin=begin, end=end)
        return command("coding.added", body, actor)

    def said(self, project, *commands):
        given = "".join(json.dumps(one) + "\n" for one in commands)
        return self.good(self.qualog("apply", project, given=given)).lines()

    def bring(self, *more, actor="anna"):
        return self.qualog("project", "import", "--from-project", "Pilot", "--into", "Gym", *more,
                           actor=actor)

    def brought(self, *more):
        return self.good(self.bring("--exclusive", "--drain", *more)).line()

    def digest(self, project="Gym"):
        return self.good(self.qualog("state", project)).line()["digest"]

    def table(self, report):
        return {row["kind"]: row for row in report["kinds"]}

    def left_out(self, report):
        return {(row["kind"], row["reason"]): row["count"] for row in report["left_out"]}

    def names(self, listing):
        return [row["name"] for row in self.good(self.qualog(listing, "Gym")).lines()]


class EditMode(Transfer):
    """What is made in edit mode: a hyperlink, formatting, a row of a transcript."""

    def edited(self, source, action, body):
        lock = self.good(self.qualog("lock", "Pilot", "Ana")).line()
        self.said("Pilot", command(action, body | {"source": source, "token": lock["token"]},
                                   session=lock["session"], seen="latest"))
        self.good(self.qualog("unlock", "Pilot", "Ana"))

    def setUp(self):
        super().setUp()
        self.edited(SOURCE, "hyperlink.created", {"id": item_id(0xE0), "begin": 2, "end": 6,
                                                  "url": "https://example.org"})
        self.edited(SOURCE, "source.formatting_changed",
                    {"ranges": [{"begin": 0, "end": 6, "style": "bold"}]})

    def test_EX_3_PM_7_what_is_made_in_edit_mode_comes_and_goes_with_one_undo(self):
        before = self.digest()
        dry = self.table(self.good(self.bring("--dry-run")).line())
        report = self.brought()
        self.assertEqual([dry[kind]["made"] for kind in ("hyperlink", "formatting")], [1, 1])
        self.assertEqual(report["left_out"], [])
        self.assertTrue(self.brought()["noop"])
        self.good(self.qualog("undo", "Gym", report["group"]))
        self.assertEqual(self.digest(), before)


class AllOfIt(Transfer):
    def test_PM_7_one_of_each_kind_comes(self):
        report = self.brought()
        self.assertEqual({kind: row["made"] for kind, row in self.table(report).items()},
                         {kind: {"source": 2, "code": 2, "coding": 4}.get(kind, 1)
                          for kind in KINDS})
        self.assertEqual(report["left_out"], [])
        self.assertTrue(self.good(self.qualog("verify", "Gym", "--rebuild")).line()["ok"])
        self.assertEqual(self.text("text", "Gym", "Ana").out, TEXT)

    def test_PM_7_codings_keep_coder_time_weight_and_passage(self):
        there = {row["id"]: row for row in self.good(self.qualog("codings", "Pilot")).lines()}
        self.brought()
        here = self.good(self.qualog("codings", "Gym")).lines()

        def said(rows):
            return sorted(str((row["code_name"], row["text"], row["weight"], row["comment"]))
                          for row in rows)
        self.assertEqual(said(here), said(there.values()))
        self.assertEqual(sorted(row["claimed_time"] for row in here),
                         sorted(row["coded_at"] for row in there.values()))
        self.assertEqual(sorted(row["coder"] for row in here),
                         sorted(row["coder"] for row in there.values()))

    def test_PM_7_what_fails_behind_an_accepted_import_does_not_undo_it(self):
        """The program waits before a full pipe with its report, until its state cannot be marked
        any more."""
        for project, first in (("Gym", 0x1000), ("Pilot", 0x2000)):
            bodies = [{"id": item_id(first + n), "name": f"C {n}"} for n in range(100)]
            self.said(project, *[command("code.created", body) for body in bodies])
        reading, writing = os.pipe()
        filler = b" " * fcntl.fcntl(writing, F_SETPIPE_SZ, 4096)
        os.write(writing, filler)
        words = ("project", "import", "--from-project", "Pilot", "--into", "Gym", "--exclusive",
                 "--drain", "--duplicates", "number", "-d", self.data, "--actor", "anna", "--json")
        with subprocess.Popen([program.binary, *words], stdout=writing, stderr=subprocess.PIPE,
                              env=program.environment()) as importing:
            os.close(writing)
            deadline = time.monotonic() + program.TIMEOUT_SECONDS
            while "exclusive.released" not in self.good(self.qualog("events", "cat", "Gym")).out:
                self.assertLess(time.monotonic(), deadline)
            obstacle = os.path.join(self.data, "projects", self.project, "state.mark.new")
            os.mkdir(obstacle)
            with open(reading, "rb") as pipe:
                report = json.loads(pipe.read()[len(filler):])
            said = importing.stderr.read().decode()
        self.assertEqual(importing.returncode, 0, said)
        self.assertIn(f"the import is accepted, up to event {report['sequence']}; ", said)
        self.assertIn("run qualog verify", said)
        self.assertEqual(said.count("\n"), 1)
        os.rmdir(obstacle)
        self.assertIn("Ana", self.names("sources"))

    def test_M_04_importing_twice_changes_nothing(self):
        self.brought()
        before, head = self.digest(), self.head()
        again = self.brought()
        self.assertEqual((again["noop"], again["sequence"], self.digest(), self.head()),
                         (True, 0, before, head))
        self.assertEqual({row["made"] + row["merged"] + row["left_out"] for row in again["kinds"]},
                         {0})

    def test_one_undo_restores_what_was_before_and_it_can_come_again(self):
        before = self.digest()
        report = self.brought()
        after = self.digest()
        self.assertNotEqual(after, before)
        self.good(self.qualog("undo", "Gym", report["group"]))
        self.assertEqual(self.digest(), before)
        again = self.brought()
        self.assertEqual([row["made"] for row in again["kinds"]],
                         [row["made"] for row in report["kinds"]])

    def test_dry_run_reports_the_same_and_changes_nothing(self):
        head, digest = self.head(), self.digest()
        dry = self.good(self.bring("--dry-run")).line()
        self.assertEqual((self.head(), self.digest()), (head, digest))
        report = self.brought()
        self.assertEqual((dry["kinds"], dry["left_out"], dry["dry_run"]),
                         (report["kinds"], report["left_out"], True))
        text = self.text("project", "import", "--from-project", "Pilot", "--into", "Gym",
                         "--dry-run").out
        self.assertTrue(text.startswith('Nothing new to import from "Pilot" into "Gym"\n'), text)

    def test_what_was_deleted_here_does_not_come_back(self):
        self.brought()
        self.said("Gym", command("code.deleted", {"code": self.code_id("By water")}, seen="latest"))
        before = self.digest()
        again = self.brought()
        self.assertEqual((again["noop"], self.digest()), (True, before))
        self.assertIn(("code", "it came before, and was deleted here since"), self.left_out(again))
        self.assertTrue(all(row["names"] for row in again["left_out"] if row["kind"] == "code"))

    def test_M_03_M_04_M_10_what_is_said_there_and_not_here_is_told(self):
        self.brought()
        self.said("Pilot",
                  command("coding.weight_or_comment_set",
                          {"coding": CODINGS[0], "comment": "Not so clear"}, seen="latest"),
                  command("annotation.text_changed",
                          {"annotation": ANNOTATION, "text": "Since when?"}, seen="latest"),
                  command("code.props_changed", {"code": BELOW, "name": "In it",
                                                 "description": "Wet"}, seen="latest"))
        self.good(self.qualog("milestone", "set", "Pilot", "First round"))
        before = self.digest()
        dry = self.good(self.bring("--dry-run")).line()
        report = self.brought()
        self.assertEqual((report["noop"], self.digest()), (True, before))
        for line in (dry, report):
            self.assertEqual(self.left_out(line), {
                ("coding", "it is said otherwise here"): 1,
                ("annotation", "it is said otherwise here"): 1,
                ("code", "it is said there, and not here"): 1,
                ("milestone", "it names a moment of the other project"): 1})
            self.assertEqual(line["renamed"],
                             [{"kind": "code", "name": "In it", "became": "By water"}])
        text = self.text("project", "import", "--from-project", "Pilot", "--into", "Gym",
                         "--dry-run").out
        self.assertIn("  1  coding: it is said otherwise here\n", text)
        self.assertIn("  1  milestone: it names a moment of the other project\n", text)

    def code_id(self, name):
        return next(row["id"] for row in self.good(self.qualog("codes", "Gym")).lines()
                    if row["name"] == name)

    def test_what_is_new_there_comes_with_the_next_import(self):
        self.brought()
        self.said("Pilot", command("code.created", {"id": item_id(0xD0), "name": "Tired",
                                                    "parent": CODE}))
        again = self.table(self.brought())
        self.assertEqual((again["code"]["made"], again["code"]["same"]), (1, 2))


class Who(Transfer):
    def test_EX_3_in_a_shared_session_it_is_refused(self):
        head, digest = self.head(), self.digest()
        ended = self.bring()
        self.assertEqual((ended.code, ended.line()["code"]), (CONFLICT, "NEED_EXCLUSIVE"))
        self.assertEqual((self.head(), self.digest()), (head, digest))

    def test_EX_3_a_contributor_is_denied(self):
        self.good(self.qualog("member", "add", "Gym", "bo", "--group", "contributor"))
        digest = self.digest()
        for more in ([], ["--exclusive", "--drain"]):
            ended = self.bring(*more, actor="bo")
            self.assertEqual((ended.code, ended.line()["code"]), (DENIED, "DENIED"))
        self.assertEqual(self.digest(), digest)

    def test_EX_3_in_an_exclusive_session_of_ones_own(self):
        self.said("Gym", command("exclusive.acquired", {"drain": True}))
        self.good(self.bring())
        self.assertIn("Calm", self.names("codes"))

    def test_EX_3_others_at_work_keep_it_out_unless_they_are_drained(self):
        self.good(self.qualog("member", "add", "Gym", "bo", "--group", "contributor"))
        self.said("Gym", command("code.created", {"id": item_id(1), "name": "Mine"}, "bo"))
        ended = self.bring("--exclusive")
        self.assertEqual((ended.code, ended.line()["code"]), (CONFLICT, "POLICY"))
        self.brought()
        self.said("Gym", command("code.created", {"id": item_id(2), "name": "Shared"}, "bo"))

    def test_people_are_mapped_by_the_table_alone(self):
        self.good(self.qualog("member", "add", "Gym", "bo", "--group", "contributor"))
        self.said("Gym", command("code.created", {"id": item_id(1), "name": "Mine"}, "bo"))
        table = os.path.join(self.folder, "people")
        with open(table, "w", encoding="utf-8") as file:
            file.write("# who is who\n\nbo = bo\n")
        report = self.brought("--people", table)
        self.assertEqual([person["name"] for person in report["people"]], ["anna"])
        coders = {(row["coder"], row["profile"] == self.profile("bo"))
                  for row in self.good(self.qualog("codings", "Gym")).lines()}
        self.assertEqual(coders, {("anna", False), ("bo", True)})

    def profile(self, principal):
        return next(row["profile"] for row in self.good(self.qualog("member", "ls", "Gym")).lines()
                    if row["principal"] == principal)

    def test_a_table_of_people_that_is_wrong_is_refused(self):
        table = os.path.join(self.folder, "people")
        for lines, code in (("bo\n", USAGE), ("bo =\n", USAGE), ("bo = bo\nbo = anna\n", USAGE),
                            ("nobody = anna\n", NOT_FOUND), ("bo = nobody\n", NOT_FOUND)):
            with open(table, "w", encoding="utf-8") as file:
                file.write(lines)
            with self.subTest(lines=lines):
                self.assert_error(self.bring("--people", table), code)
        self.assert_error(self.bring("--people", table + "x"), NOT_FOUND)
        self.assert_error(self.bring("--people", self.folder), USAGE)



class Choices(Transfer):
    def new_ones(self, report):
        return {kind: row["made"] for kind, row in self.table(report).items() if row["made"]}

    def test_M_07_only_the_types_that_were_chosen_come(self):
        report = self.brought("--only", "sources")
        self.assertEqual(self.new_ones(report), {"folder": 1, "source": 1})
        self.assertEqual(self.table(report)["folder"]["along"], 1)
        self.assertEqual(self.left_out(report)["coding", "not chosen"], 4)
        rest = self.brought()
        self.assertEqual(self.table(rest)["source"], {
            "kind": "source", "made": 1, "numbered": 0, "along": 0, "merged": 0, "same": 1,
            "left_out": 0})

    def test_M_08_the_structure_comes_without_content(self):
        report = self.brought("--structure-only")
        self.assertEqual(self.new_ones(report), {"code": 2, "case": 1, "classification": 1,
                                             "attribute": 1, "attrvalue": 1})
        self.assertEqual(self.names("sources"), [])

    def test_M_08_the_codings_of_some_come(self):
        report = self.brought("--only", "sources,codes,cases,codings", "--users", "anna")
        self.assertEqual((self.new_ones(report)["coding"], self.new_ones(report)["source"]), (2, 1))
        self.assertEqual(self.left_out(report)["coding", "by somebody who was not chosen"], 2)
        self.assert_error(self.bring("--users", "nobody"), NOT_FOUND)

    def test_M_06_duplicates_are_merged_or_numbered(self):
        self.said("Gym", command("code.created", {"id": item_id(1), "name": "Calm"}))
        numbered = self.brought("--duplicates", "number", "--only", "codes")
        self.assertEqual(numbered["renamed"],
                         [{"kind": "code", "name": "Calm", "became": "Calm (2)"}])
        merged = self.brought("--only", "codes")
        self.assertIs(merged["noop"], True)
        self.good(self.qualog("undo", "Gym", numbered["group"]))
        merged = self.table(self.brought("--only", "codes"))["code"]
        self.assertEqual((merged["merged"], merged["made"]), (1, 1))

    def test_it_comes_as_it_was_at_a_moment(self):
        report = self.brought("--at", "5")
        self.assertEqual(self.new_ones(report), {"folder": 1, "source": 1})

    def test_what_cannot_be_meant_is_refused(self):
        for more in (["--only", "nodes"], ["--only", ""], ["--duplicates", "both"],
                     ["--into", "Pilot"], ["file.txt"], ["--as", "New"], ["--drain"],
                     ["--at", "x"]):
            with self.subTest(more=more):
                words = ["project", "import", "--from-project", "Pilot",
                         *([] if "--into" in more else ["--into", "Gym"]), *more]
                self.assert_error(self.qualog(*words), USAGE)
        self.assert_error(self.qualog("project", "import", "--from-project", "Pilot"), USAGE)
        self.assert_error(self.qualog("project", "import", "--into", "Gym"), USAGE)
        self.assert_error(self.qualog("project", "import", "--from-project", "Nothing", "--into",
                                      "Gym"), NOT_FOUND)
        self.assert_error(self.bring("--at", "999"), NOT_FOUND)

    def test_who_may_not_read_the_other_project_brings_nothing(self):
        self.good(self.qualog("guest", "Pilot", "off"))
        self.good(self.qualog("member", "add", "Gym", "cy", "--group", "owner"))
        self.assert_error(self.bring("--exclusive", "--drain", actor="cy"), DENIED)


class Blobs(Transfer):
    def setUp(self):
        super().setUp()
        path = os.path.join(self.folder, "paper.pdf")
        with open(path, "wb") as file:
            file.write(b"%PDF of a kind")
        self.blob = self.good(self.qualog("blob", "put", "Pilot", path)).line()
        self.said("Pilot", command("source.imported", {
            "id": item_id(0xE0), "kind": "pdf", "name": "Paper", "text": "I swim.", "length": 7,
            "blob": {"hash": self.blob["hash"], "size": self.blob["size"],
                     "mime": "application/pdf"}}))

    def files(self):
        return [row["hash"] for row in self.good(self.qualog("blob", "ls", "Gym")).lines()]

    def test_files_come_along_before_an_event_names_them(self):
        self.brought("--only", "sources")
        self.assertEqual(self.files(), [self.blob["hash"]])
        self.assertTrue(self.good(self.qualog("verify", "Gym", "--rebuild")).line()["ok"])

    def test_nobody_without_the_right_leaves_files(self):
        self.good(self.qualog("member", "add", "Gym", "bo", "--group", "contributor"))
        self.assertEqual(self.bring(actor="bo").code, DENIED)
        self.good(self.bring("--dry-run"))
        self.assertEqual(self.files(), [])


def records(file):
    """Offset and length of each record of a segment (docs/log-format.md)."""
    at = 0
    while (front := file.read(12))[:4] == b"\xffQLG":
        length = int.from_bytes(front[8:], "little")
        yield at, length
        at += length
        file.seek(at)


class OnDisk(Transfer):
    """What a crash or a newer version leaves in the segment files."""

    def setUp(self):
        super().setUp()
        if program.on_kafka():
            self.skipTest("hurts the segment files, which are not there")
        self.folders = {row["project"]: os.path.join(self.data, "projects", row["id"])
                        for row in self.good(self.qualog("project", "ls")).lines()}

    def places(self, project):
        """(segment, offset, length) of every record of a log."""
        folder = os.path.join(self.folders[project], "log")
        found = []
        for name in sorted(name for name in os.listdir(folder) if name.endswith(".segment")):
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found += [(path, *place) for place in records(file)]
        return found

    def rewrite(self, project, path, change):
        """Changes a segment and takes the state away, which is made of the log."""
        with open(path, "rb") as file:
            log = bytearray(file.read())
        change(log)
        with open(path, "wb") as file:
            file.write(log)
        shutil.rmtree(os.path.join(self.folders[project], "state"))

    def test_M_09_a_project_of_a_newer_version_asks_for_an_upgrade(self):
        path, at, length = self.places("Pilot")[-1]

        def newer(log):
            log[at + 4:at + 6] = b"\2\0"
            log[at + 12:at + 16] = bytes(4)
            log[at + 12:at + 16] = zlib.crc32(log[at:at + length]).to_bytes(4, "little")
        digest = self.digest()
        self.rewrite("Pilot", path, newer)
        ended = self.qualog("project", "import", "--from-project",
                            os.path.basename(self.folders["Pilot"]), "--into", "Gym",
                            "--exclusive", "--drain")
        self.assert_error(ended, TOO_NEW)
        self.assertIn("upgrade first", json.loads(ended.err)["message"])
        self.assertEqual(self.digest(), digest)

    def killed_behind(self, records_of_group):
        """Imports, and is killed (SIGKILL) once so many records of the group are in the log."""
        known = len(self.long_records())
        importing = subprocess.Popen(
            [program.binary, "project", "import", "--from-project", "Pilot", "--into", "Gym",
             "--exclusive", "--drain", "-d", self.data, "--actor", "anna"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=program.environment())
        while importing.poll() is None and len(self.long_records()) < known + records_of_group:
            pass
        importing.kill()
        importing.wait()

    def long_records(self):
        return [place for place in self.places("Gym") if place[2] > 100_000]

    def test_a_crash_in_the_middle_leaves_nothing_and_a_retry_completes(self):
        self.said("Pilot", *[command("source.created", {
            "id": item_id(0xF00 + number), "name": f"Long {number}", "text": "x" * 40_000,
            "length": 40_000}) for number in range(120)])
        before, in_the_middle = self.digest(), 0
        for records_of_group in (1, 2, 4):
            self.killed_behind(records_of_group)
            if self.digest() != before:
                break  # it was faster
            in_the_middle += 1
            self.assertEqual(self.names("sources"), [])
        self.assertGreater(in_the_middle, 0)
        self.brought()
        self.assertEqual(len(self.names("sources")), 122)
        # What the killed ones had taken for themselves is free again.
        self.said("Gym", command("code.created", {"id": item_id(0x11), "name": "Free"}))
        self.assertIs(self.brought()["noop"], True)
        self.assertTrue(self.good(self.qualog("verify", "Gym", "--rebuild")).line()["ok"])


if __name__ == "__main__":
    raise SystemExit("run it with run.py")

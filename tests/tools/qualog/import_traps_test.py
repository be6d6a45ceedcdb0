# SPDX-License-Identifier: Apache-2.0
"""What programs really write, through the whole way from the file to the codings: every habit is
carried or named, none stops an import, and what was written can be proved and folded again."""

import hashlib
import json
import os
import time
import unittest
import uuid
from collections import Counter
from xml.sax.saxutils import escape

import refi
from import_test import ImportTest
from program import DONE, USAGE, run
from refi import (CASE, CODE, CODING, LINK, NOTE, SELECTION, SET, SOURCE, USER, VARIABLE, Dialect,
                  Project, Quote, Source, Writer, guid, project_xml, tag)

TEXT = "I swim before work. It calms me 😀 always.\n"


def derived(domain, name):
    return str(uuid.UUID(hashlib.sha256((domain + name).encode()).hexdigest()[:32]))


def profile_of(account):
    return derived("qualog.profile.v1", account)


def reference(name, kind, number):
    return tag(name, {"targetGUID": guid(kind, number)})


def code(number, name, inner="", **more):
    return tag("Code", {"guid": guid(CODE, number), "name": name, "isCodable": "true", **more},
               inner)


def codebook(*codes):
    return tag("CodeBook", {}, tag("Codes", {}, "".join(codes)))


def coding(number, of=1, **more):
    return tag("Coding", {"guid": guid(CODING, number), **more}, reference("CodeRef", CODE, of))


def selection(number, begin, end, inner="", **more):
    return tag("PlainTextSelection", {"guid": guid(SELECTION, number), "startPosition": begin,
                                      "endPosition": end, **more}, inner)


def text_source(inner="", number=1, name="Talk", text=TEXT, **more):
    content = tag("PlainTextContent", {}, escape(text)) if text is not None else ""
    return tag("TextSource", {"guid": guid(SOURCE, number), "name": name, **more}, content + inner)


def sources(*inner):
    return tag("Sources", {}, "".join(inner))


def note(number, text="A thought.", inner="", **more):
    return tag("Note", {"guid": guid(NOTE, number), **more},
               tag("PlainTextContent", {}, escape(text)) + inner)


def notes(*inner):
    return tag("Notes", {}, "".join(inner))


def link(number, origin, target, **more):
    return tag("Link", {"guid": guid(LINK, number), "originGUID": guid(*origin),
                        "targetGUID": guid(*target), **more})


def links(*inner):
    return tag("Links", {}, "".join(inner))


class TrapTest(ImportTest):
    def of_body(self, body, **attributes):
        """The report of a project.qde around a body; all that holds for every file is checked."""
        return self.of_xml(project_xml(body, **attributes))

    def of_xml(self, xml, texts=None):
        content = refi.archive({"project.qde": xml, **(texts or {})})
        return self.assert_sound(self.write(content), content)

    def said(self, report, element, words):
        return sum(row["count"] for row in report["loss"]
                   if row["element"] == element and words in row["reason"])

    def events(self, report, action=None):
        lines = self.good(self.qualog("events", "cat", report["project"])).lines()
        return [line for line in lines if action in (None, line["action"])]

    def counts(self, report):
        return self.good(self.qualog("state", report["project"])).line()["counts"]

    def coded(self, report):
        return self.codings(report["project"])

    def codes(self, report):
        return self.good(self.qualog("codes", report["project"])).lines()


class Names(TrapTest):
    def test_many_equal_names(self):
        body = codebook(*(code(n, "Same") for n in range(2_000))) + sources(
            *(text_source(number=n, name="Record 1") for n in range(300))) + notes(
            *(note(n, name="Record 1") for n in range(300)))
        report = self.of_body(body)
        names = [row["name"] for row in self.codes(report)]
        self.assertEqual(set(names), {"Same", *(f"Same ({n})" for n in range(2, 2_001))})
        self.assertEqual(self.said(report, "name", "taken"), 1_999 + 599)
        first, second = self.events(report, "code.created")[:2]
        self.assertIsNone(first["body"].get("claim"))
        self.assertEqual(second["body"]["claim"]["original"], "Same")

    def test_names_that_are_equal_once_they_are_normalised(self):
        names = ["Café", "Cafe\u0301", "CAFÉ", "  café ", "ﬁn", "fin", "Ｆｉｎ", "fin (2)", "a\u00ADb",
                 "ab"]
        report = self.of_body(codebook(*(code(n, name) for n, name in enumerate(names))))
        self.assertEqual(len(self.codes(report)), len(names))

    def test_names_that_no_item_may_have(self):
        names = ["", "   ", "\u200b", "\u00a0", "two&#10;lines", "tab&#9;bed", "next\u0085line",
                 "c1\u0090", "line\u2028para\u2029", "x" * 5_000, "😀" * 3_000, "\u202Eevil",
                 "a" * 200_000]
        shown = [tag("Code", {"guid": guid(CODE, n), "isCodable": "true"}).replace(
            "></Code>", f' name="{name}"></Code>') for n, name in enumerate(names)]
        body = codebook(*shown) + sources(*(
            text_source(number=n, name="@").replace('"@"', f'"{name}"')
            for n, name in enumerate(names))) + tag("Users", {}, "".join(
                tag("User", {"guid": guid(USER, n), "name": "@"}).replace('"@"', f'"{name}"')
                for n, name in enumerate(names)))
        report = self.of_body(body)
        for row in self.codes(report):
            self.assertLessEqual(len(row["name"]), 1_000)
            self.assertNotRegex(row["name"], "[\x00-\x1f\x7f-\x9f\u2028\u2029]")
            self.assertTrue(row["name"].strip())
        self.assertIn("cut off", json.dumps(report["loss"]))

    def test_a_project_may_be_called_anything(self):
        for name in ("", "  ", "a&#10;b\u0085", "x" * 3_000, "Gym", "../../etc", "\u202Egpj"):
            xml = project_xml(codebook(code(1, "A")), name="@").replace('"@"', f'"{name}"')
            path = self.write(xml, "study.qde")
            report = self.imported(path)
            self.assertTrue(report["project"].strip())
            self.assertTrue(self.good(self.qualog("verify", report["project"])).line()["ok"])

    def test_a_file_name_that_is_no_utf8(self):
        path = os.path.join(os.fsencode(self.folder), b"Gespr\xe4ch\n1.txt")
        with open(path, "wb") as file:
            file.write(b"Hallo")
        report = self.imported(os.fsdecode(path))
        self.assertEqual(report["imported"]["sources"], 1)
        self.assertTrue(self.good(self.qualog("verify", report["project"])).line()["ok"])


class Identities(TrapTest):
    def test_a_code_and_a_case_with_one_guid(self):
        case = tag("Case", {"guid": guid(CODE, 1), "name": "Anna"},
                   reference("SourceRef", SOURCE, 1))
        report = self.of_body(codebook(code(1, "Anna")) + tag("Cases", {}, case) +
                              sources(text_source(selection(1, 2, 6, coding(1)))))
        self.assertEqual([row["text"] for row in self.coded(report)], ["swim"])
        self.assertEqual(self.said(report, "Code", "GUID of a case"), 1)

    def test_repeated_guids(self):
        body = codebook(code(1, "A"), code(1, "B"), code(2, "C")) + sources(
            text_source(selection(1, 2, 6, coding(1) + coding(1, 2)) + selection(1, 7, 13)),
            text_source(selection(2, 0, 1, coding(2)), name="Second"))
        report = self.of_body(body + notes(note(1), note(1)))
        self.assertEqual({row["name"] for row in self.codes(report)}, {"A", "B", "C"})
        self.assertEqual(report["imported"], {**report["counts"]})
        self.assertGreater(self.said(report, "Code", "repeated"), 0)

    def test_one_guid_for_things_of_every_kind(self):
        """And for the items that the project has already."""
        same = guid(CODE, 1)
        users = tag("Users", {}, tag("User", {"guid": same, "name": "U"}))
        body = (users + codebook(code(1, "A")) +
                tag("Sources", {}, tag("TextSource", {"guid": same, "name": "S"},
                    tag("PlainTextContent", {}, TEXT) + tag("PlainTextSelection", {
                        "guid": same, "startPosition": 0, "endPosition": 1, "creatingUser": same},
                        tag("Coding", {"guid": same}, reference("CodeRef", CODE, 1))))) +
                tag("Notes", {}, tag("Note", {"guid": same})))
        report = self.of_body(body)
        self.assertEqual(report["imported"], report["counts"])
        reserved = "00000000-0000-0000-0000-000000000001"
        report = self.of_body(codebook(tag("Code", {"guid": reserved, "name": "A",
                                                    "isCodable": "true"})))
        self.assertEqual(report["imported"]["codes"], 1)

    def test_the_profile_of_the_importer_is_not_taken(self):
        for taken in (profile_of("anna"), derived("qualog.member.v1", "anna")):
            report = self.of_body(codebook(tag("Code", {"guid": taken, "name": "A",
                                                        "isCodable": "true"})))
            self.assertEqual(report["imported"]["codes"], 1)

    def test_no_user_of_a_file_is_an_account_of_the_project(self):
        """Users and strangers with the GUID of the profile that bo gets with the first write."""
        of_bo = profile_of("bo")
        listed = tag("Users", {}, tag("User", {"guid": of_bo, "name": "Mallory"}))
        for users, name in ((listed, "Mallory"), ("", "Unknown user 1")):
            report = self.of_body(users + codebook(code(1, "A")) + sources(text_source(selection(
                1, 2, 6, coding(1, creatingUser=of_bo)))))
            project = report["project"]
            own = {"action": "coding.added", "actor": "bo", "body": {
                "id": guid(CODING, 2), "code": guid(CODE, 1), "source": guid(SOURCE, 1),
                "begin": 2, "end": 6}}
            self.good(self.qualog("member", "add", project, "bo", "--group", "contributor"))
            self.good(self.qualog("apply", project, given=json.dumps(own) + "\n"))
            self.assertEqual({row["id"]: row["coder"] for row in self.coded(report)},
                             {guid(CODING, 1): name, guid(CODING, 2): "bo"})

    def test_ids_that_are_no_guids(self):
        body = ('<CodeBook><Codes><Code guid="c7" name="A" isCodable="true"/></Codes></CodeBook>'
                f'<Sources><TextSource guid="s1" name="S"><PlainTextContent>{TEXT}'
                '</PlainTextContent><PlainTextSelection guid="q" startPosition="2" endPosition="6">'
                '<Coding guid="x"><CodeRef targetGUID="c7"/></Coding></PlainTextSelection>'
                '</TextSource></Sources>')
        report = self.of_body(body)
        self.assertEqual([row["text"] for row in self.coded(report)], ["swim"])

    def test_things_without_a_guid(self):
        body = codebook(code(1, "A")) + sources(text_source("".join(
            f'<PlainTextSelection startPosition="{n % 30}" endPosition="{n % 30 + 1 + n // 30}">'
            f'<Coding>{reference("CodeRef", CODE, 1)}</Coding></PlainTextSelection>'
            for n in range(300))))
        report = self.of_body(body)
        self.assertEqual(report["imported"]["codings"], 300)


class Coders(TrapTest):
    def test_what_names_nobody_is_not_the_importers(self):
        """One unknown user has it all; the same one in every import of the file."""
        report = self.of_body(codebook(code(1, "A")) + sources(text_source(
            selection(1, 2, 6, coding(1, creatingUser="") + coding(2), creatingUser="") +
            selection(2, 7, 13, coding(3) + tag("Description", {}, "Early.")) +
            selection(3, 14, 19) + selection(4, 0, 1, coding(4, creatingUser=guid(USER, 8))))))
        self.assertEqual(Counter(row["coder"] for row in self.coded(report)),
                         {"Unknown user": 2, "Unknown user 1": 1})
        self.assertEqual(self.said(report, "Coding", "no author"), 2)
        self.assertEqual(self.said(report, "PlainTextSelection", "no author"), 2)
        profile, = (event["body"]["id"] for event in self.events(report, "user.profile_created")
                    if event["body"]["name"] == "Unknown user")
        self.assertEqual([event["body"]["claim"]["author"]
                          for event in self.events(report, "annotation.created")], [profile] * 2)

    def test_of_an_archive_without_people_nothing_is_the_importers(self):
        project = refi.random_project(refi.seeded("nobody"))
        project.users = ()
        content = Writer(project, refi.DIALECTS[0]).archive()
        report = self.assert_sound(self.write(content), content)
        self.assertEqual({row["coder"] for row in self.coded(report)}, {"Unknown user"})

    def test_two_strangers_stay_two(self):
        report = self.of_body(codebook(code(1, "A")) + sources(text_source(selection(
            1, 2, 6, coding(1, creatingUser=guid(USER, 8)) + coding(2, creatingUser=guid(USER, 9)) +
            coding(3, creatingUser=guid(USER, 9))))))
        self.assertEqual(sorted(row["coder"] for row in self.coded(report)),
                         ["Unknown user 1", "Unknown user 2"])
        self.assertEqual(self.said(report, "Coding", "kept once"), 1)

    def test_the_selection_speaks_for_its_codings(self):
        users = tag("Users", {}, tag("User", {"guid": guid(USER, 1), "name": "Bo"}))
        report = self.of_body(users + codebook(code(1, "A")) + sources(text_source(selection(
            1, 2, 6, coding(1), creatingUser=guid(USER, 1),
            creationDateTime="2019-05-17T12:00:00"))))
        row, = self.coded(report)
        self.assertEqual((row["coder"], row["claimed_time"]), ("Bo", "2019-05-17T12:00:00"))
        self.assertEqual(self.said(report, "PlainTextSelection", "zone"), 1)

    def test_strange_dates_stay_as_written(self):
        dates = ["yesterday", "2019-05-17", "0000-00-00T00:00:00Z", "2019-05-17T12:00:00.1234567",
                 "17.05.2019 12&#10;Uhr\u0085", "é" * 400, "9999999999"]
        inner = "".join(selection(n, n, n + 4, coding(n, creationDateTime="@").replace(
            '"@"', f'"{date}"')) for n, date in enumerate(dates))
        report = self.of_body(codebook(code(1, "A")) + sources(text_source(inner)))
        claimed = {row["claimed_time"] for row in self.coded(report)}
        self.assertLessEqual({"yesterday", "2019-05-17", "9999999999"}, claimed)


class OnTexts(TrapTest):
    def test_several_codings_on_one_selection_and_equal_ranges(self):
        report = self.of_body(codebook(code(1, "A"), code(2, "B"), code(3, "C")) + sources(
            text_source(selection(1, 2, 6, coding(1) + coding(2, 2)) +
                        selection(2, 2, 6, coding(3, 3)) + selection(3, 2, 6, coding(4, 1)))))
        self.assertEqual(Counter(row["code_name"] for row in self.coded(report)),
                         Counter("ABC"))
        self.assertEqual(self.said(report, "Coding", "kept once"), 1)
        self.assertEqual(report["imported"]["selections"], 3)

    def test_codings_on_whole_sources_and_on_folders_of_codes(self):
        folder = tag("Code", {"guid": guid(CODE, 1), "name": "Folder", "isCodable": "false"},
                     code(2, "Inner"))
        report = self.of_body(codebook(folder) + sources(
            text_source(coding(1, 2) + selection(1, 2, 6, coding(2, 1)))))
        self.assertEqual({(row["code_name"], row["text"]) for row in self.coded(report)},
                         {("Inner", None), ("Folder", "swim")})
        self.assertEqual(self.said(report, "Code@isCodable", "kept as applicable"), 1)

    def test_ranges_of_every_bad_kind(self):
        length = len(TEXT)
        ranges = [(-5, 4), (4, 4), (6, 2), (length + 5, length + 9), (0, 10**18), (0, -1), (0, 0),
                  (length, length), ("x", 3), ("", ""), (2**63, 2**63)]
        inner = "".join(selection(n, *range, coding(n)) for n, range in enumerate(ranges))
        report = self.of_body(codebook(code(1, "A")) + sources(text_source(inner)))
        self.assertEqual({row["text"] for row in self.coded(report)},
                         {TEXT[:4], TEXT[2:6], TEXT})
        self.assertGreater(self.said(report, "Coding", "empty passage"), 3)
        missing = self.of_body(codebook(code(1, "A")) + sources(
            text_source(inner, text=None, plainTextPath="internal://gone.txt")))
        self.assertGreater(missing["imported"]["codings"], 1)

    def test_dangling_references(self):
        report = self.of_body(codebook(code(1, "A")) + sources(text_source(
            selection(1, 2, 6, coding(1, 99) + tag("Coding", {"guid": guid(CODING, 2)})) +
            reference("NoteRef", NOTE, 99))) + links(link(1, (NOTE, 9), (SOURCE, 1)),
                                                     link(2, (NOTE, 9), (NOTE, 8))))
        self.assertEqual(report["imported"]["codings"], 0)
        self.assertEqual(self.said(report, "Coding", "its code is not in the file"), 2)
        self.assertEqual(self.said(report, "Link", "not in the file"), 2)

    def test_an_unplaced_thing_is_lost_and_named(self):
        other = tag("Transcript", {"guid": guid(SOURCE, 3)}, tag("PlainTextContent", {}, "two") +
                    selection(2, 0, 3, coding(2)))
        media = tag("VideoSource", {"guid": guid(SOURCE, 2), "name": "V"}, tag(
            "Transcript", {"guid": guid(SOURCE, 4)}, tag("PlainTextContent", {}, "one") +
            selection(1, 0, 3, coding(1))) + other + tag("VideoSelection", {
                "guid": guid(SELECTION, 3), "begin": 0}, coding(3)))
        report = self.of_body(codebook(code(1, "A")) + sources(media))
        self.assertEqual([row["text"] for row in self.coded(report)], ["one"])
        self.assertEqual(self.said(report, "PlainTextSelection", "second text"), 1)
        self.assertEqual(self.said(report, "VideoSelection", "positions are missing"), 1)
        self.assertEqual(report["imported"]["sources"], 1)

    def test_synchronised_transcripts(self):
        points = "".join(tag("SyncPoint", {"guid": guid(0x20, n), "position": at, "timeStamp": n})
                         for n, at in enumerate((0, 2, 6, 19)))
        span = tag("TranscriptSelection", {
            "guid": guid(SELECTION, 1), "fromSyncPoint": guid(0x20, 1),
            "toSyncPoint": guid(0x20, 2)}, coding(1))
        odd = tag("TranscriptSelection", {"guid": guid(SELECTION, 2), "fromSyncPoint": guid(9, 9)},
                  coding(2))
        transcript = tag("Transcript", {"guid": guid(SOURCE, 3)}, reference("NoteRef", NOTE, 1) +
                         span + odd + points + tag("PlainTextContent", {}, TEXT))
        report = self.of_body(codebook(code(1, "A")) + notes(note(1)) + sources(
            tag("AudioSource", {"guid": guid(SOURCE, 1), "name": "A"}, transcript)))
        self.assertEqual([row["text"] for row in self.coded(report)], ["swim"])

    def test_a_pdf_by_its_representation(self):
        rectangle = {"page": 1, "firstX": 1, "firstY": 9, "secondX": 5, "secondY": 2}
        both = tag("PDFSelection", {"guid": guid(SELECTION, 1), **rectangle}, coding(1))
        alone = tag("PDFSelection", {"guid": guid(SELECTION, 2), **rectangle}, coding(2, 2))
        text = tag("Representation", {"guid": guid(SOURCE, 2)}, tag("PlainTextContent", {}, TEXT) +
                   selection(1, 2, 6, coding(1)))
        report = self.of_body(codebook(code(1, "A"), code(2, "B")) + sources(
            tag("PDFSource", {"guid": guid(SOURCE, 1), "name": "P", "path": "internal://p.pdf"},
                both + alone + text)))
        self.assertEqual([(row["text"], row["area"] is None) for row in self.coded(report)],
                         [(None, False), ("swim", True)])
        self.assertEqual((report["imported"]["codings"], report["counts"]["codings"]), (2, 3))


class Notes(TrapTest):
    def annotation(self, report):
        event, = self.events(report, "annotation.created")
        return event["body"]

    def test_an_annotation_of_nvivo(self):
        report = self.of_body(sources(text_source(selection(1, 2, 6))) + notes(note(1, name="N1")) +
                              links(link(1, (NOTE, 1), (SELECTION, 1))), origin="NVivo 12")
        body = self.annotation(report)
        self.assertEqual((body["text"], body["begin"], body["end"]), ("A thought.", 2, 6))
        self.assertEqual((self.counts(report)["memos"], self.counts(report)["seealso"]), (0, 0))
        self.assertEqual(report["imported"], report["counts"])
        self.assertEqual(self.said(report, "Note@name", "no name"), 1)

    def test_a_note_whose_selection_means_the_source(self):
        report = self.of_body(sources(text_source(reference("NoteRef", NOTE, 1))) +
                              notes(note(1, "Hm.", selection(1, 20, 31))))
        body = self.annotation(report)
        self.assertEqual((body["source"], body["begin"], body["end"], body["text"]),
                         (guid(SOURCE, 1), 20, 31, "Hm."))
        self.assertEqual(self.counts(report)["memos"], 0)

    def test_a_note_too_long_for_an_annotation_stays_a_memo(self):
        long = "A long thought. " * 5_000
        report = self.of_body(sources(text_source(selection(1, 2, 6))) + notes(note(1, long)) +
                              links(link(1, (NOTE, 1), (SELECTION, 1))), origin="NVivo 12")
        self.assertEqual((self.counts(report)["memos"], self.counts(report)["seealso"]), (1, 1))
        self.assertEqual(report["imported"], report["counts"])

    def test_notes_with_codings_of_their_own(self):
        report = self.of_body(codebook(code(1, "A")) + notes(note(
            1, "I think so.", selection(1, 2, 7, coding(1)) + coding(2), name="Memo")))
        self.assertEqual({row["text"] for row in self.coded(report)}, {"think", None})

    def test_notes_without_text(self):
        report = self.of_body(notes(tag("Note", {"guid": guid(NOTE, 1), "name": "Only a name"}),
                                    tag("Note", {"guid": guid(NOTE, 2), "name": "Lost",
                                                 "plainTextPath": "internal://x.txt"})))
        states = {event["body"]["name"]: event["body"].get("text_state")
                  for event in self.events(report, "source.created")}
        self.assertEqual(states["Lost"], "missing")
        self.assertNotEqual(states["Only a name"], "missing")

    def test_notes_on_everything(self):
        refer = lambda n: reference("NoteRef", NOTE, n)
        body = codebook(code(1, "A", refer(1))) + sources(text_source(
            selection(1, 2, 6, coding(1).replace("</Coding>", refer(2) + "</Coding>") + refer(3)) +
            refer(4) + refer(5))) + notes(*(note(n, inner=refer(n + 1) if n == 6 else "")
                                            for n in range(1, 10))) + links(
            link(1, (NOTE, 8), (CODE, 1)).replace("</Link>", refer(8) + "</Link>")) + refer(9)
        report = self.of_body(body)
        self.assertEqual(report["imported"], report["counts"])
        self.assertEqual(self.counts(report)["memos"], 9)
        self.assertEqual(len(self.events(report, "memo.linked")), 3)
        linked = {(event["body"]["from"], event["body"].get("from_begin"))
                  for event in self.events(report, "seealso.created")}
        self.assertLessEqual({(guid(SOURCE, 1), 2), (guid(CODING, 1), None)}, linked)

    def test_links_of_every_direction_and_between_all_kinds(self):
        ends = [(CODE, 1), (SOURCE, 1), (SELECTION, 1), (SELECTION, 2), (CODING, 1), (NOTE, 1),
                (USER, 1), (CASE, 1), (SET, 1), (LINK, 0)]
        pairs = [(a, b) for a in ends for b in ends]
        directions = [{}, {"direction": "OneWay"}, {"direction": "Bidirectional", "color": "#123"},
                      {"direction": "Associative", "name": "because"}, {"direction": "sideways"}]
        made = [link(n, *pair, **directions[n % 5]) for n, pair in enumerate(pairs)]
        body = (tag("Users", {}, tag("User", {"guid": guid(USER, 1)})) + codebook(code(1, "A")) +
                tag("Cases", {}, tag("Case", {"guid": guid(CASE, 1), "name": "c"})) +
                sources(text_source(selection(1, 2, 6, coding(1)) + selection(2, 7, 13))) +
                notes(note(1, name="Memo")) + links(*made) +
                tag("Sets", {}, tag("Set", {"guid": guid(SET, 1), "name": "s"})))
        report = self.of_body(body)
        served = 7  # cases, sets and links are no ends
        self.assertEqual(report["imported"]["links"], served * served)
        self.assertGreater(self.said(report, "Link@direction", "leads"), 0)

    def test_an_annotation_is_by_whom_its_note_is_and_what_it_cannot_say_is_named(self):
        people = tag("Users", {}, "".join(tag("User", {"guid": guid(USER, n), "name": name})
                                          for n, name in ((1, "Kari"), (2, "Ola"))))
        body = people + sources(
            text_source(selection(1, 0, 6, creatingUser=guid(USER, 1)))) + notes(
                note(1, inner=tag("Description", {}, "More of it."), creatingUser=guid(USER, 2),
                     creationDateTime="2020-01-01T00:00:00Z")) + links(
                         link(1, (NOTE, 1), (SELECTION, 1)))
        report = self.of_body(body)
        annotation, = self.events(report, "annotation.created")
        ola, = (event["body"]["id"] for event in self.events(report, "user.profile_created")
                if event["body"]["name"] == "Ola")
        self.assertEqual(annotation["body"]["claim"],
                         {"author": ola, "time": "2020-01-01T00:00:00Z"})
        self.assertEqual(self.said(report, "Note/Description", "no description"), 1)


class Everything(TrapTest):
    def test_cases_variables_sets_and_values_are_named(self):
        types = ["Text", "Boolean", "Integer", "Float", "Date", "DateTime"]
        values = "".join(tag("VariableValue", {}, reference("VariableRef", VARIABLE, n) +
                             tag(kind + "Value", {}, "1")) for n, kind in enumerate(types))
        body = codebook(code(1, "A")) + tag("Variables", {}, "".join(
            tag("Variable", {"guid": guid(VARIABLE, n), "name": kind, "typeOfVariable": kind})
            for n, kind in enumerate(types))) + tag("Cases", {}, tag(
                "Case", {"guid": guid(CASE, 1)}, values + reference("SourceRef", SOURCE, 1)) + tag(
                    "Case", {"guid": guid(CASE, 2), "name": "Anna"}, values)) + sources(
            text_source(values)) + tag("Sets", {}, tag(
                "Set", {"guid": guid(SET, 1), "name": "s"}, reference("MemberCode", CODE, 1)))
        report = self.of_body(body)
        self.assertEqual((self.said(report, "Variable", "not served"),
                          self.said(report, "Case", "not served"),
                          self.said(report, "Set", "not served"),
                          self.said(report, "VariableValue", "not served")), (6, 2, 1, 18))

    def test_empty_wrappers_and_any_order(self):
        wrappers = "".join(f"<{name}/>" for name in (
            "Sets", "Notes", "Links", "Cases", "Variables", "Graphs", "Users"))
        moved = sources("<TextSource guid='" + guid(SOURCE, 1) + "' name='T'>" +
                        selection(1, 2, 6, coding(1)) + tag("PlainTextContent", {}, TEXT) +
                        tag("Description", {}, "late") + "</TextSource>") + codebook(code(1, "A"))
        report = self.of_body(wrappers + moved + "<Sources/>")
        self.assertEqual([row["text"] for row in self.coded(report)], ["swim"])
        self.assertEqual(self.imported(self.write(project_xml(""), "empty.qde"))["counts"],
                         dict.fromkeys(refi.KINDS, 0))

    def test_misplaced_and_foreign_elements_are_counted_and_named(self):
        odd = ('<x:Extra xmlns:x="urn:x"><Coding xmlns="urn:QDA-XML:project:1.0"/></x:Extra>'
               "<Case/><Users><Code name='stray'/></Users>" + tag("Codes", {}, code(9, "B")))
        report = self.of_body(codebook(code(1, "A")) + odd)
        self.assertEqual((report["counts"]["codes"], report["imported"]["codes"]), (3, 1))
        self.assertEqual((report["counts"]["codings"], report["counts"]["cases"]), (1, 1))

    def test_names_of_the_project_entry_and_of_the_folder(self):
        for entry, folder in (("My Study.QDE", "Sources/"), ("a/project.qde", "a/sources/"),
                              ("project.qde", "SOURCES/"), ("project.qde", "")):
            dialect = Dialect("x", "x", entry=entry, folder=folder, extra=("__MACOSX/._p.qde",))
            project = refi.random_project(refi.seeded("folders"), sources=1)
            with self.subTest(entry=entry, folder=folder):
                path = self.write(Writer(project, dialect).archive())
                report = self.imported(path, "--as", f"{entry} {folder}")
                self.assertEqual(self.passages(report["project"]), project.passages())

    def test_codebooks(self):
        body = tag("CodeBook", {"xmlns": "urn:QDA-XML:codebook:1.0", "origin": "Taguette"},
                   tag("Codes", {}, code(1, "A", code(2, "B"))) + "<Sets/>")
        path = self.write(body, "tags.qdc")
        report = self.assert_sound(path, body.encode())
        self.assertEqual(report["imported"]["codes"], 2)

    def test_descriptions_of_any_length_beside_texts_of_any_length(self):
        long = "Beschreibung 😀 " * 8_000
        described = tag("Description", {}, long)
        report = self.of_xml(project_xml(
            described + codebook(code(1, "x" * 60_000, described)) + sources(text_source(
                described + selection(1, 2, 6, coding(1) + described), text=TEXT * 5_000,
                name="y" * 60_000))))
        self.assertGreaterEqual(self.said(report, "Code/Description", "cut off"), 1)
        self.assertEqual([row["text"] for row in self.coded(report)], ["swim"])

    def test_the_description_of_the_project_is_kept(self):
        report = self.of_body(tag("Description", {}, "About trust."))
        shown = self.good(self.qualog("project", "show", report["project"])).line()
        self.assertEqual(shown["description"], "About trust.")

    def test_very_deep_trees_of_codes(self):
        def tree(levels):
            inner = ""
            for level in reversed(range(levels)):
                inner = code(level, "Same", inner)
            return codebook(inner)
        report = self.of_body(tree(61))
        self.assertEqual(max(row["depth"] for row in self.codes(report)), 60)
        path = self.write(project_xml(tree(62)), "deep.qde")
        ended = self.qualog("project", "import", path)
        self.assert_error(ended, USAGE)
        self.assertIn("too deep", ended.err)


class Large(TrapTest):
    def test_texts_of_more_than_a_megabyte_in_chunks(self):
        rng = refi.seeded("large")
        text = refi.random_text(rng, 22_000)
        self.assertGreater(len(text.encode()), 1_200_000)
        quotes = refi.random_quotes(rng, text, 200) + [Quote(at - 3, at + 3) for at in range(
            10_000, len(text) - 10, 9_973)] + [Quote(0, len(text), (1,))]
        project = Project([Source("Long", text, quotes)])
        content = Writer(project, refi.DIALECTS[2]).archive()
        report = self.assert_sound(self.write(content), content)
        self.assertEqual(self.passages(report["project"]), project.passages())
        self.assertGreater(len(self.events(report, "source.text_supplied")), 20)

    def test_more_than_ten_thousand_codings(self):
        rng = refi.seeded("many")
        project = refi.random_project(rng, sources=4, paragraphs=2_000, quotes=2_600)
        content = Writer(project, refi.DIALECTS[4]).archive()
        report = self.imported(self.write(content))
        self.assertEqual(report["counts"]["codings"], 10_400)
        self.assert_balanced(report)
        self.assertGreater(report["imported"]["codings"], 10_000)
        self.assertTrue(self.good(self.qualog("verify", report["project"],
                                              "--rebuild")).line()["ok"])


class PlainTexts(TrapTest):
    def text_of(self, report):
        """As the events hold it."""
        parts = [event["body"].get("text", "") for event in self.events(report)
                 if event["action"] in ("source.created", "source.text_supplied")]
        return "".join(parts)

    def test_every_encoding_and_line_end(self):
        text = "Grüße – “so”\nfrå\tNorge\n\nslutt"
        cases = {"utf-8": text.encode(), "bom": b"\xef\xbb\xbf" + text.encode(),
                 "crlf": text.replace("\n", "\r\n").encode(),
                 "cr": text.replace("\n", "\r").encode(),
                 "1252": text.encode("cp1252"), "utf-16": text.encode("utf-16"),
                 "utf-16-be": b"\xfe\xff" + text.encode("utf-16-be"),
                 "empty": b"", "only a mark": b"\xef\xbb\xbf"}
        for name, content in cases.items():
            with self.subTest(case=name):
                report = self.imported(self.write(content, f"{name}.txt"))
                expected = "" if name in ("empty", "only a mark") else text
                self.assertEqual(self.text_of(report), expected)
                self.assertEqual(report["counts"], {**dict.fromkeys(refi.KINDS, 0), "sources": 1})
                self.assertEqual(report["imported"], report["counts"])
                self.assertEqual(self.said(report, "TextSource", "1252"), int(name == "1252"))
                self.assertTrue(self.good(self.qualog("verify", report["project"],
                                                      "--rebuild")).line()["ok"])

    def test_a_file_that_is_no_text(self):
        for content in (b"a\0b", b"%PDF-1.4\n\0\1", b"PK\3\4 no zip", b"PK\5\6" + bytes(18)):
            ended = self.qualog("project", "import", self.write(content, "odd.txt"))
            self.assert_error(ended, USAGE)
            self.assertIn("odd.txt", ended.err)

    def test_twenty_million_characters_and_one_more(self):
        line = "0123456789 abcdefghijklmnopqrstuvwxyz, and so on and on.\n"
        text = (line * (20_000_000 // len(line) + 1))[:20_000_000]
        report = self.imported(self.write(text, "long.txt"))
        event = self.events(report, "source.created")[0]
        self.assertEqual(event["body"]["length"], 20_000_000)
        self.assertTrue(self.good(self.qualog("verify", report["project"])).line()["ok"])
        ended = self.qualog("project", "import", self.write(text + "x", "longer.txt"))
        self.assert_error(ended, USAGE)
        self.assertIn("20000000", ended.err)

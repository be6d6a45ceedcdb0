# SPDX-License-Identifier: Apache-2.0
# Rows: D-15, M-11.
"""Places on pictures, pages and recordings of a project file: each comes as an area of its source,
as a coding, an annotation or an end of a link; what reaches past its source is cut to it, and what
lies nowhere is named."""

import itertools
import json

from file_sources_test import PDF
from import_traps_test import code, codebook, coding, link, links, note, notes, selection, sources
from media_import_test import PNG, WAV, MediaTest, representation, source
from program import DONE, command, item_id
from refi import CODE, NOTE, SELECTION, SOURCE, guid, project_xml, tag

PDF_TEXT = "I swim before work\nIt calms me\n"
FILES = {"sources/r.pdf": PDF, "sources/p.png": PNG, "sources/w.wav": WAV}
OUTSIDE, CUT, UNKNOWN = "outside of its source", "cut to it", "how far its source goes"


def sides(x1, y1, x2, y2, **more):
    return {"firstX": x1, "firstY": y1, "secondX": x2, "secondY": y2, **more}


def area(element, number, inner="", **places):
    return tag(element + "Selection", {"guid": guid(SELECTION, number), **places}, inner)


def on_picture(number, *corners, inner="", **more):
    return area("Picture", number, inner, **sides(*corners), **more)


def on_page(number, page, *corners, inner=""):
    return area("PDF", number, inner, page=page, **sides(*corners))


def span(number, begin, end, inner="", element="Audio"):
    return area(element, number, inner, begin=begin, end=end)


def shown(kind, left, top, right, bottom, page=0):
    return {"kind": kind, "page": page, "left": left, "top": top, "right": right, "bottom": bottom}


class AreaTest(MediaTest):
    def of_sources(self, *inner, files=None, more="", **attributes):
        body = codebook(code(1, "Calm"), code(2, "Work")) + sources(*inner) + more
        return self.of_xml(project_xml(body, **attributes), FILES if files is None else files)

    def picture(self, *inner):
        return source("Picture", 1, "Photo", "internal://p.png", "".join(inner))

    def areas(self, report):
        return [row["area"] for row in self.coded(report)]


class Codings(AreaTest):
    def test_D_15_codings_lie_where_the_file_says(self):
        report = self.of_sources(
            self.picture(on_picture(1, 10, 20, 110, 220, inner=coding(1))),
            source("PDF", 2, "Report", "internal://r.pdf", on_page(
                2, 1, 70, 700, 300, 640, inner=coding(2) + coding(3, 2))),
            source("Audio", 3, "Walk", "internal://w.wav", span(3, 65, 1_500, coding(4))),
            origin="ATLAS.ti 23.4")
        self.assertEqual(self.areas(report), [
            shown("region", 10, 20, 110, 220),
            *[shown("page", 70_000, 640_000, 300_000, 700_000, page=1)] * 2,
            shown("span", 65, 0, 1_500, 0)])
        self.assertEqual({(row["begin"], row["end"], row["text"]) for row in self.coded(report)},
                         {(None, None, None)})
        self.assertEqual((report["imported"]["selections"], report["imported"]["codings"]), (3, 4))
        self.assertEqual([row for row in report["loss"] if "Selection" in row["element"]], [])

    def test_D_15_heights_that_count_from_the_top(self):
        report = self.of_sources(source("PDF", 1, "Report", "internal://r.pdf", on_page(
            1, 0, 10, 42, 20, 142, inner=coding(1))), origin="QualCoder-3.0")
        self.assertEqual(self.areas(report), [shown("page", 10_000, 700_000, 20_000, 800_000)])
        report = self.of_sources(source("PDF", 1, "Report", "internal://gone.pdf", on_page(
            1, 0, 10, 42, 20, 142, inner=coding(1))), origin="QualCoder-3.0")
        self.assertEqual((self.coded(report), self.said(report, "PDFSelection", "height"),
                          self.said(report, "Coding", "height")), ([], 1, 1))

    def test_D_15_what_reaches_past_its_source_is_cut_and_told(self):
        report = self.of_sources(
            self.picture(on_picture(1, -5, 0, 641, 9, inner=coding(1))),
            source("PDF", 2, "Report", "internal://r.pdf", on_page(
                2, 0, 0, 0, 596, 843, inner=coding(2))),
            source("Audio", 3, "Walk", "internal://w.wav", span(3, 2_000, 1, coding(3))))
        self.assertEqual(self.areas(report), [
            shown("region", 0, 0, 640, 9), shown("page", 0, 0, 595_000, 842_000),
            shown("span", 1, 0, 1_500, 0)])
        self.assertEqual([self.said(report, f"{kind}Selection", CUT)
                          for kind in ("Picture", "PDF", "Audio")], [1, 1, 1])
        self.assertEqual(self.said(report, "AudioSelection", "exchanged"), 1)

    def test_D_15_what_lies_nowhere_is_lost_with_its_codings(self):
        report = self.of_sources(
            self.picture(on_picture(1, 640, 0, 650, 9, inner=coding(1)),
                         on_picture(2, 5, 5, 5, 9, inner=coding(2) + coding(3, 2)),
                         area("Picture", 3, coding(4), firstX=1, firstY=1)),
            source("PDF", 2, "Report", "internal://r.pdf", on_page(
                4, 2, 0, 0, 9, 9, inner=coding(5)) + on_page(5, -1, 0, 0, 9, 9)),
            source("Audio", 3, "Walk", "internal://w.wav", span(6, 1_500, 1_600, coding(6))))
        self.assertEqual((self.coded(report), report["imported"]["selections"]), ([], 0))
        for element, words, count in (
                ("PictureSelection", OUTSIDE, 1), ("PictureSelection", "empty", 1),
                ("PictureSelection", "missing", 1), ("PDFSelection", "no page", 2),
                ("AudioSelection", OUTSIDE, 1), ("Coding", OUTSIDE, 2), ("Coding", "empty", 2),
                ("Coding", "missing", 1), ("Coding", "no page", 1)):
            self.assertEqual(self.said(report, element, words), count, (element, words))

    def test_D_15_without_the_file_places_stand_as_written(self):
        report = self.of_sources(
            source("Picture", 1, "Photo", "internal://gone.png",
                   on_picture(1, 1, 2, 9_000, 9_001, inner=coding(1))),
            source("PDF", 2, "Report", "internal://gone.pdf",
                   on_page(2, 1_000_000_000, 1, 2, 3, 4, inner=coding(2))),
            source("Video", 3, "Walk", "relative:///w.mp4",
                   span(3, 1, 1 << 40, coding(3), "Video")))
        self.assertEqual(self.areas(report), [
            shown("region", 1, 2, 9_000, 9_001), shown("page", 1_000, 2_000, 3_000, 4_000,
                                                       page=1_000_000_000),
            shown("span", 1, 0, (1 << 32) - 1, 0)])
        self.assertEqual([self.said(report, f"{kind}Selection", UNKNOWN)
                          for kind in ("Picture", "PDF", "Video")], [1, 1, 1])

    def test_values_of_every_bad_kind_stop_no_import(self):
        bad = ("-1", "0", "NaN", "1e9", "12.5", "", "4294967296", "-9223372036854775808",
               "9223372036854775807", "99999999999999999999", "1000000000")
        numbers = itertools.count(1)
        inner = {"Picture": "", "PDF": "", "Audio": ""}
        for value in bad:
            for corners in ((value, 1, 9, 9), (1, 1, value, 9), (1, value, 9, value)):
                inner["Picture"] += on_picture(number := next(numbers), *corners,
                                               inner=coding(number))
                for page in (0, value):
                    inner["PDF"] += on_page(number := next(numbers), page, *corners,
                                            inner=coding(number))
            for begin, end in ((value, 9), (9, value), (value, value)):
                inner["Audio"] += span(number := next(numbers), begin, end, coding(number))
        for files, origin in ((FILES, "x"), ({}, "x"), (FILES, "QualCoder"), ({}, "QualCoder")):
            self.of_sources(self.picture(inner["Picture"]),
                            source("PDF", 2, "Report", "internal://r.pdf", inner["PDF"]),
                            source("Audio", 3, "Walk", "internal://w.wav", inner["Audio"]),
                            files=files, origin=origin)

    def test_one_coder_codes_one_area_with_one_code_once(self):
        same = [on_picture(n, 10, 20, 110, 220, inner=coding(n)) for n in (1, 2)]
        other = on_picture(3, 10, 20, 110, 221, inner=coding(3))
        report = self.of_sources(self.picture(*same, other, coding(4)))
        self.assertEqual((len(self.coded(report)), self.said(report, "Coding", "kept once")),
                         (3, 1))

    def test_a_rectangle_with_its_words_stays_the_words(self):
        words = representation(2, PDF_TEXT, selection(1, 2, 6, coding(1)))
        report = self.of_sources(source("PDF", 2, "Report", "internal://r.pdf", on_page(
            1, 0, 70, 700, 300, 640, inner=coding(2)) + words))
        row, = self.coded(report)
        self.assertEqual((row["text"], row["area"]), ("swim", None))
        self.assertEqual(self.said(report, "PDFSelection", "kept"), 1)


class Words(AreaTest):
    def test_D_15_an_area_with_words_or_without_a_coding_is_an_annotation(self):
        said = tag("Description", {}, "a door")
        report = self.of_sources(self.picture(
            on_picture(1, 1, 2, 3, 4, inner=said + coding(1)),
            on_picture(2, 5, 6, 7, 8, name="Cat")))
        bodies = [event["body"] for event in self.events(report, "annotation.created")]
        self.assertEqual([(body["text"], body["area"]["right"]) for body in bodies],
                         [("a door", 3), ("", 7)])
        self.assertEqual((self.said(report, "PictureSelection@name", "no name"),
                          report["imported"]["selections"]), (1, 2))

    def test_D_15_links_and_notes_lead_to_areas(self):
        report = self.of_sources(
            self.picture(on_picture(1, 1, 2, 3, 4, inner=coding(1) + tag(
                "NoteRef", {"targetGUID": guid(NOTE, 1)}))),
            source("Audio", 3, "Walk", "internal://w.wav", span(2, 5, 9, coding(2))),
            more=notes(note(1)) + links(link(1, (SELECTION, 1), (SELECTION, 2))))
        noted, linked = (event["body"] for event in self.events(report, "seealso.created"))
        self.assertEqual((noted["from_area"]["right"], "to_area" in noted), (3, False))
        self.assertEqual((linked["from"], linked["to"]), (guid(SOURCE, 1), guid(SOURCE, 3)))
        self.assertEqual((linked["from_area"]["bottom"], linked["to_area"]["right"]), (4, 9))
        self.assertEqual(report["imported"]["links"], 1)

    def test_an_annotation_of_nvivo_on_a_picture(self):
        report = self.of_sources(
            self.picture(on_picture(1, 1, 2, 3, 4), on_picture(2, 900, 2, 903, 4)),
            more=notes(note(1), note(2)) + links(link(1, (NOTE, 1), (SELECTION, 1)),
                                                 link(2, (NOTE, 2), (SELECTION, 2))),
            origin="NVivo 12.6")
        created, = self.events(report, "annotation.created")
        self.assertEqual((created["body"]["text"], created["body"]["area"]["right"]),
                         ("A thought.", 3))
        self.assertEqual((self.said(report, "Link", "not served"), report["imported"]["links"],
                          report["imported"]["notes"]), (1, 1, 2))


class Shown(AreaTest):
    def report(self):
        return self.of_sources(
            self.picture(on_picture(1, 10, 20, 110, 220, inner=coding(1)), coding(2, 2)),
            source("PDF", 2, "Report", "internal://r.pdf", on_page(
                2, 1, 12, 40, 300, 842, inner=coding(3))),
            source("Audio", 3, "Walk", "internal://w.wav", span(3, 65, 1_500, coding(4))))

    def test_D_15_people_see_where_an_area_lies(self):
        report = self.report()
        shown = self.text("codings", report["project"]).out
        for words in ("(10,20)-(110,220) px", "page 2 (12,40)-(300,842)", "0:00.065-0:01.500",
                      "all"):
            self.assertIn(words, shown)

    def test_D_15_stripes_draw_spans_and_count_what_lies_beside(self):
        report = self.report()
        walk = self.good(self.qualog("stripes", report["project"], "Walk")).line()
        self.assertEqual((walk["unit"], walk["stripes"][0]["ranges"], walk["beside"]),
                         ("milliseconds", [{"begin": 65, "end": 1_500}], 0))
        ended = self.text("stripes", report["project"], "Report")
        self.assertEqual(ended.code, DONE)
        self.assertIn("no stripe here: 1", ended.err)
        self.assertEqual(self.text("stripes", report["project"], "Walk").err, "")

    def test_D_15_parts_of_a_point_are_shown_also_in_the_log(self):
        report = self.report()
        line = command("coding.added", {
            "id": item_id(0x71), "code": guid(CODE, 1), "source": guid(SOURCE, 2),
            "area": {"kind": "page", "left": 12_500, "top": 40_100, "right": 300_000,
                     "bottom": 842_000}})
        self.good(self.qualog("apply", report["project"], given=json.dumps(line) + "\n"))
        for shown in ("codings", "log"):
            self.assertIn("page 1 (12.5,40.1)-(300,842)", self.text(
                shown, report["project"], "--csv").out, shown)

    def test_D_15_an_area_belongs_to_the_cases_that_it_meets(self):
        report = self.report()
        name = report["project"]
        kari, ola, all_of_it = (item_id(n) for n in (0x81, 0x82, 0x83))
        region = lambda *corners: {"kind": "region",
                                   **dict(zip(("left", "top", "right", "bottom"), corners))}
        lines = [command("code.created", {"id": case, "name": called, "kind": "case"})
                 for case, called in ((kari, "Kari"), (ola, "Ola"), (all_of_it, "All"))]
        lines += [command("coding.added", {"id": item_id(0x91), "code": kari, "source":
                                           guid(SOURCE, 1), "area": region(0, 0, 11, 21)}),
                  command("coding.added", {"id": item_id(0x92), "code": ola, "source":
                                           guid(SOURCE, 1), "area": region(110, 0, 120, 300)}),
                  command("coding.added", {"id": item_id(0x93), "code": all_of_it,
                                           "source": guid(SOURCE, 1)})]
        self.good(self.qualog("apply", name,
                              given="".join(json.dumps(line) + "\n" for line in lines)))
        rows = self.good(self.qualog("codings", name, "--cases", "--source", "Photo")).lines()
        found = {row["code_name"]: sorted(case["name"] for case in row["cases"]) for row in rows}
        self.assertEqual((found["Calm"], found["Work"]),
                         (["All", "Kari"], ["All", "Kari", "Ola"]))

# SPDX-License-Identifier: Apache-2.0
# Rows: D-01, M-11.
"""qualog project import of files that are no texts: one alone, and those of a project archive. What
an archive holds comes as a file; what it only points to stands without it, with its path."""

import hashlib
import os

import materials
import refi
from file_sources_test import PDF, TABLE
from import_test import snapshot
from import_traps_test import TrapTest, code, codebook, coding, selection, sources
from program import DONE, USAGE
from refi import SOURCE, guid, project_xml, tag

PDF_TEXT = "I swim before work\nIt calms me\n"
PNG, WAV = materials.png(640, 480), materials.wav(1.5)


def source(kind, number, name, path="", inner=""):
    return tag(f"{kind}Source", {"guid": guid(SOURCE, number), "name": name,
                                 **({"path": path} if path else {})}, inner)


def representation(number, text, inner=""):
    return tag("Representation", {"guid": guid(SOURCE, 1_000 + number)},
               tag("PlainTextContent", {}, refi.escape(text)) + inner)


class MediaTest(TrapTest):
    def sources_of(self, report):
        lines = self.good(self.qualog("sources", report["project"])).lines()
        return {row["name"]: row for row in lines}

    def files_of(self, report):
        lines = self.good(self.qualog("blob", "ls", report["project"])).lines()
        return {row["hash"] for row in lines if row["complete"]}

    def verified(self, report):
        line = self.good(self.qualog("verify", report["project"], "--rebuild")).line()
        self.assertIs(line["ok"], True)
        return line.get("files", 0)


class OneFile(MediaTest):
    def test_D_01_a_file_alone_is_a_project_with_one_source(self):
        for name, content, kind, format in (
                ("a.pdf", PDF, "pdf", "document"), ("b.csv", TABLE.encode(), "dataset", "table"),
                ("c.png", PNG, "picture", "document"), ("d.wav", WAV, "audio", "document")):
            with self.subTest(name=name):
                report = self.imported(self.write(content, name))
                self.assertEqual((report["counts"]["sources"], report["imported"]["sources"]),
                                 (1, 1))
                row = self.sources_of(report)[name]
                self.assertEqual((row["kind"], row["media"]["hash"]),
                                 (kind, hashlib.sha256(content).hexdigest()))
                self.assertEqual(self.verified(report), 1)
                started, = self.events(report, "import.started")
                self.assertEqual(started["body"]["format"], format)

    def test_a_dry_run_says_the_same_and_makes_nothing(self):
        path = self.write(PDF, "a.pdf")
        before = snapshot(self.data)
        would = self.imported(path, "--dry-run")
        self.assertEqual(snapshot(self.data), before)
        did = self.imported(path)
        self.assertEqual((would["counts"], would["loss"]), (did["counts"], did["loss"]))

    def test_one_that_is_broken_makes_no_project(self):
        before = snapshot(self.data)
        for content, name in ((PDF[:300], "a.pdf"), (PNG[:20], "c.png")):
            self.assert_error(self.qualog("project", "import", self.write(content, name)), USAGE)
        self.assertEqual(snapshot(self.data), before)


class Archives(MediaTest):
    def test_M_11_an_archive_brings_its_files(self):
        body = codebook(code(1, "Calm")) + sources(
            source("PDF", 1, "Report", "internal://r.pdf", representation(1, PDF_TEXT, selection(
                1, 2, 6, coding(1)))),
            source("PDF", 2, "Bare", "internal://r.pdf"),
            source("Picture", 3, "Photo", "internal://p.png", coding(2)),
            source("Picture", 4, "Same photo", "internal://P.PNG"),
            source("Audio", 5, "Walk", "internal://w.wav"))
        report = self.of_xml(project_xml(body), {"sources/r.pdf": PDF, "sources/p.png": PNG,
                                                 "Sources/w.wav": WAV})
        rows = self.sources_of(report)
        self.assertEqual({name: (row["kind"], row["length"]) for name, row in rows.items()},
                         {"Report": ("pdf", len(PDF_TEXT)), "Bare": ("pdf", 31),
                          "Photo": ("picture", 0), "Same photo": ("picture", 0),
                          "Walk": ("audio", 0)})
        self.assertEqual(self.files_of(report),
                         {hashlib.sha256(content).hexdigest() for content in (PDF, PNG, WAV)})
        self.assertEqual((rows["Photo"]["media"]["width"], rows["Walk"]["media"]["duration_ms"],
                          rows["Bare"]["media"]["pages"]), (640, 1500, 2))
        self.assertEqual((report["imported"]["sources"], report["imported"]["codings"]), (5, 2))
        self.assertEqual(self.verified(report), 3)
        self.assertEqual([row["text"] for row in self.coded(report) if row["begin"]], ["swim"])

    def test_pages_lie_on_the_text_that_was_read_from_them_only(self):
        for text, ends in ((PDF_TEXT, [19, 31]), ("Other words.", [0, 0])):
            body = sources(source("PDF", 1, "Report", "internal://r.pdf",
                                  representation(1, text)))
            report = self.of_xml(project_xml(body), {"sources/r.pdf": PDF})
            imported, = self.events(report, "source.imported")
            self.assertEqual([page.get("end", 0) for page in imported["body"]["pages"]], ends)

    def test_what_lies_elsewhere_stands_without_its_file(self):
        secret = self.write(PDF, "secret.pdf")
        body = sources(source("PDF", 1, "Outside", "absolute://" + secret),
                       source("Video", 2, "Beside", "relative:///film.mp4"),
                       source("Audio", 3, "Gone", "internal://gone.mp3"),
                       source("Picture", 4, "None"))
        report = self.of_xml(project_xml(body))
        rows = self.sources_of(report)
        self.assertEqual({name: (row["kind"], row["text_state"]) for name, row in rows.items()},
                         {"Outside": ("pdf", "missing"), "Beside": ("video", "supplied"),
                          "Gone": ("audio", "supplied"), "None": ("picture", "supplied")})
        self.assertEqual((rows["Outside"]["media"], rows["Beside"]["media"], rows["Gone"]["media"]),
                         ({"path": "absolute://" + secret}, {"path": "relative:///film.mp4"}, None))
        self.assertEqual((self.files_of(report), report["imported"]["sources"]), (set(), 4))
        self.assertEqual(self.said(report, "PDFSource", "outside of the archive"), 1)
        self.assertEqual(self.said(report, "AudioSource", "not in the archive"), 1)
        self.assertEqual(self.verified(report), 0)

    def test_a_file_that_is_not_what_it_says_is_kept_and_told(self):
        body = sources(source("PDF", 1, "Cut", "internal://a.pdf"),
                       source("PDF", 2, "Photo", "internal://b.pdf"),
                       source("Picture", 3, "Text", "internal://c.png"))
        files = {"sources/a.pdf": PDF[:300], "sources/b.pdf": PNG, "sources/c.png": "I swim."}
        report = self.of_xml(project_xml(body), files)
        rows = self.sources_of(report)
        self.assertEqual([rows[name]["media"].get("pages", rows[name]["media"].get("width"))
                          for name in ("Cut", "Photo", "Text")], [None] * 3)
        self.assertEqual((self.said(report, "file", "cannot be read"),
                          self.said(report, "file", "another kind")), (2, 1))
        self.assertEqual((len(self.files_of(report)), self.verified(report)), (3, 3))
        self.assertEqual(rows["Cut"]["text_state"], "missing")

    def test_an_archive_that_is_broken_leaves_no_project_and_no_file(self):
        content = bytearray(refi.archive({"project.qde": project_xml(sources(
            source("Audio", 1, "Walk", "internal://w.wav"))), "sources/w.wav": WAV}))
        content[content.rindex(b"sources/w.wav", 0, content.rindex(b"PK\1\2")) + 40] ^= 1
        before = snapshot(self.data)
        self.assert_error(self.qualog("project", "import", self.write(bytes(content))), USAGE)
        self.assertEqual(snapshot(self.data), before)
        self.assertEqual(os.listdir(os.path.join(self.data, "projects")), [self.project])

    def test_people_see_it(self):
        body = sources(source("Audio", 1, "Walk", "internal://w.wav"))
        path = self.write(refi.archive({"project.qde": project_xml(body), "sources/w.wav": WAV}))
        ended = self.text("project", "import", path)
        self.assertEqual((ended.code, ended.err), (DONE, ""))
        self.assertIn("0:01.500", self.text("sources", "Fixture").out)

# SPDX-License-Identifier: Apache-2.0
# Rows: M-12.
"""qualog project import on files of every dialect: what the file holds is counted again here, what
did not come is named, every passage is what the file means, importing is deterministic, a dry run
writes nothing, a missing text can be supplied later. QUALOG_FIXTURES may name a directory with more
files, which are held to the same."""

import hashlib
import json
import os
import pathlib
import pty
import shutil
import subprocess
import unittest
from collections import Counter
from xml.sax.saxutils import escape

import program
import refi
from program import DONE, ProjectTest, command, item_id, run
from refi import (CASE, CODE, CODING, LINK, NOTE, SELECTION, SET, SOURCE, USER, VARIABLE, Dialect,
                  Project, Quote, Source, Writer, guid, tag)

# What the standard's own examples hold, by the name of their file.
KNOWN_COUNTS = {
    "TestProject.qdpx": {"users": 3, "sources": 12, "codes": 14, "selections": 15, "codings": 16,
                         "notes": 2, "links": 1, "sets": 16},
    "standard-example3-transana-0_10.qde": {"users": 63, "sources": 16, "codes": 19,
                                            "selections": 25, "codings": 66, "notes": 40},
}


def snapshot(folder):
    """Every file with its content's digest; who reads now (LMDB's lock file) is no content."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in pathlib.Path(folder).rglob("*")
            if path.is_file() and not path.name.endswith("lock.mdb")}


class ImportTest(ProjectTest):
    def write(self, content, name="study.qdpx"):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def imported(self, path, *options):
        return self.good(self.qualog("project", "import", path, *options)).lines()[-1]

    def codings(self, project):
        return self.good(self.qualog("codings", project)).lines()

    def passages(self, project):
        return Counter((coding["code_name"], coding["text"]) for coding in self.codings(project))

    def assert_balanced(self, report):
        """Of every kind: what came and what is named as lost are what the file holds."""
        for kind, names in refi.KINDS.items():
            lost = sum(row["count"] for row in report["loss"]
                       if row["kind"] == "lost" and row["element"] in names)
            self.assertEqual(report["counts"][kind], report["imported"][kind] + lost,
                             (kind, report["loss"]))

    def assert_sound(self, path, content):
        """All that holds for every file; gives the report."""
        before = snapshot(self.data)
        dry = self.imported(path, "--dry-run")
        self.assertEqual(snapshot(self.data), before)
        report = self.imported(path)
        self.assertEqual(report["message_type"], "import")
        for key in ("counts", "imported", "dialects", "loss"):
            self.assertEqual(dry[key], report[key], key)
        self.assertEqual(dry["sequence"], 0)
        if content is not None:
            self.assertEqual(report["counts"], refi.counts_of(refi.root_of(content)))
        self.assert_balanced(report)
        name = report["project"]
        self.assertEqual(len(self.codings(name)), report["imported"]["codings"])
        state = self.good(self.qualog("state", name)).line()
        self.assertEqual(state["counts"]["sources"], report["imported"]["sources"])
        self.assertEqual(state["counts"]["codes"], report["imported"]["codes"])
        self.assertLessEqual(state["sequence"] - report["sequence"], 1)  # the importer's profile
        verified = self.good(self.qualog("verify", name, "--rebuild")).line()
        self.assertTrue(verified["ok"])
        self.assert_same_elsewhere(path, report, state)
        return report

    def assert_same_elsewhere(self, path, report, state):
        """Imported again, in another data directory: the same ids, the same content."""
        other = os.path.join(self.folder, "other")
        shutil.rmtree(other, ignore_errors=True)
        self.good(run("init", other))
        here = ["-d", other, "--actor", "anna", "--json"]
        again = self.good(run("project", "import", path, "--as", report["project"], *here))
        self.assertEqual(again.line()["imported"], report["imported"])
        self.assertEqual(self.good(run("state", report["project"], *here)).line()["digest"],
                         state["digest"])


class Dialects(ImportTest):
    def test_M_12_every_passage_in_every_dialect(self):
        for dialect in refi.DIALECTS:
            rng = refi.seeded(dialect.name)
            project = refi.random_project(rng, rare=dialect.encoding == "utf-8")
            project.sources[0].whole = (1,)
            content = Writer(project, dialect).archive()
            with self.subTest(dialect=dialect.name):
                report = self.assert_sound(self.write(content), content)
                self.assertEqual(self.passages(report["project"]), project.passages())
                self.assert_dialects(report, dialect, project)

    def assert_dialects(self, report, dialect, project):
        """The one that was written is the one reported, where the text can tell them apart."""
        self.assertEqual({row["source"] for row in report["dialects"]},
                         {source.name for source in project.sources})
        for row, source in zip(report["dialects"], project.sources):
            astral = any(ord(c) > 0xFFFF for c in source.text)
            expected = (dialect.unit if astral else "code_point", dialect.newline,
                        dialect.bom_counted)
            self.assertEqual((row["unit"], row["newline"], row["bom"]), expected)
            self.assertGreater(row["score"], 0.9)

    def test_M_12_the_wrong_reading_would_be_seen(self):
        """The control: positions of another dialect than said give other passages here."""
        project = refi.random_project(refi.seeded("control"))
        text = project.sources[0].text
        nvivo = refi.DIALECTS[2]
        self.assertNotEqual([nvivo.position(text, quote.end) for quote in
                             project.sources[0].quotes],
                            [quote.end for quote in project.sources[0].quotes])

    def test_M_12_random_projects_keep_their_passages(self):
        for number in range(int(os.environ.get("QUALOG_CASES", 12))):
            rng = refi.seeded(f"random {number}")
            dialect = refi.DIALECTS[number % (len(refi.DIALECTS) - 1)]
            project = refi.random_project(rng, rng.randint(1, 3), rng.randint(3, 30),
                                          rng.randint(8, 60))
            with self.subTest(number=number, dialect=dialect.name):
                report = self.imported(self.write(Writer(project, dialect).archive()))
                self.assertEqual(self.passages(report["project"]), expected_once(project))

    def test_people_see_a_table_and_the_losses(self):
        dialect = refi.DIALECTS[2]
        project = refi.random_project(refi.seeded("table"))
        project.more = tag("Sets", {}, tag("Set", {"guid": guid(SET, 1), "name": "s"}))
        ended = self.text("project", "import", self.write(Writer(project, dialect).archive()))
        self.assertEqual((ended.code, ended.err), (DONE, ""))
        for line in ended.out.splitlines():
            self.assertLessEqual(len(line), 100)
        for words in ("in file", "imported", "codings", "Lost:", "Set", "How positions were read",
                      "UTF-16"):
            self.assertIn(words, ended.out)


def all_of(terminal):
    """What a terminal has shown; reading behind its end is an error."""
    heard = b""
    while True:
        try:
            heard += os.read(terminal, 1 << 16)
        except OSError:
            return heard.decode()


class Progress(ImportTest):
    def setUp(self):
        super().setUp()
        codes = "".join(f'<Code guid="{guid(CODE, n)}" name="Code {n}" isCodable="true"/>'
                        for n in range(2_000))
        self.path = self.write(refi.project_xml(tag("CodeBook", {}, tag("Codes", {}, codes))),
                               "codes.qde")

    def test_a_terminal_hears_how_far_it_is(self):
        outer, inner = pty.openpty()
        self.addCleanup(os.close, outer)
        completed = subprocess.run(
            [program.binary, "project", "import", self.path, "-d", self.data, "--actor", "anna"],
            stdout=subprocess.PIPE, stderr=inner, timeout=program.TIMEOUT_SECONDS,
            env=program.environment(), check=False)
        os.close(inner)
        self.assertEqual(completed.returncode, DONE)
        heard = all_of(outer)
        self.assertIn("\x1b[Kimporting: reading", heard)
        self.assertIn("\x1b[Kimporting: writing 2001 events", heard)
        self.assertTrue(heard.endswith("\r\x1b[K"), heard[-80:])
        self.assertNotIn("\n", heard)

    def test_a_pipe_hears_nothing(self):
        self.assertEqual(self.text("project", "import", self.path, "--dry-run").err, "")


def expected_once(project):
    """One coder codes one passage with one code once; coders alternate with the codings."""
    expected, seen, number = Counter(), set(), 0
    for position, source in enumerate(project.sources):
        for quote in source.quotes:
            for code in quote.codes:
                number += 1
                key = (position, quote.begin, quote.end, code, number % len(project.users))
                if key not in seen:
                    expected[(project.codes[code], source.text[quote.begin:quote.end])] += 1
                seen.add(key)
    return expected


class MissingTexts(ImportTest):
    TEXT = "I 😀 swim before work. It calms me.\nAlways.\n"

    def setUp(self):
        super().setUp()
        quotes = [Quote(4, 20), Quote(34, 41, (1,)), Quote(20, 4, (2,))]
        writer = Writer(Project([Source("Talk", self.TEXT, quotes)]), Dialect("x", "x"))
        self.xml = writer.xml()
        self.report = self.imported(self.write(self.xml, "study.qde"))

    def test_they_are_kept_as_missing_with_their_selections(self):
        self.assertEqual(self.report["imported"]["codings"], 3)
        self.assertEqual(self.report["dialects"], [])
        reasons = {row["element"]: row["reason"] for row in self.report["loss"]}
        self.assertIn("text", reasons["TextSource"])
        self.assertIn("as written", reasons["PlainTextSelection"])
        for coding in self.codings("Fixture"):
            self.assertIsNone(coding["text"])
            self.assertTrue(coding["unverified"])
        self.assertEqual({(coding["begin"], coding["end"]) for coding in self.codings("Fixture")},
                         {(4, 20), (34, 41)})

    def test_the_text_can_be_supplied_later(self):
        line = command("source.text_supplied", {"source": guid(SOURCE, 0), "position": 0,
                                                "text": self.TEXT, "length": len(self.TEXT)})
        ended = self.good(self.qualog("apply", "Fixture", given=json.dumps(line) + "\n"))
        self.assertEqual(ended.line()["result"], "accepted")
        self.assertEqual(self.passages("Fixture"), Counter({
            ("Trust", self.TEXT[4:20]): 1, ("Time", self.TEXT[34:41]): 1,
            ("Place", self.TEXT[4:20]): 1}))
        self.assertFalse(any(coding["unverified"] for coding in self.codings("Fixture")))
        self.assertTrue(self.good(self.qualog("verify", "Fixture", "--rebuild")).line()["ok"])

    def test_a_text_that_is_too_short_leaves_nothing_outside_of_it(self):
        line = command("source.text_supplied", {"source": guid(SOURCE, 0), "position": 0,
                                                "text": "I swim", "length": 6})
        self.good(self.qualog("apply", "Fixture", given=json.dumps(line) + "\n"))
        for coding in self.codings("Fixture"):
            self.assertTrue(coding["detached"] or coding["end"] <= 6, coding)


@unittest.skipUnless(os.environ.get("QUALOG_FIXTURES"), "QUALOG_FIXTURES names no directory")
class GivenFiles(ImportTest):
    def files(self):
        found = [path for path in sorted(pathlib.Path(os.environ["QUALOG_FIXTURES"]).rglob("*"))
                 if path.suffix.lower() in (".qdpx", ".qde", ".qdc")]
        self.assertTrue(found)
        return found

    def test_M_12_counts_passages_and_proof(self):
        for path in self.files():
            with self.subTest(file=path.name):
                content = path.read_bytes()
                report = self.assert_sound(path, content)
                for kind, count in KNOWN_COUNTS.get(path.name, {}).items():
                    self.assertEqual(report["counts"][kind], count, kind)

    def test_the_known_ones_are_there(self):
        self.assertLessEqual(set(KNOWN_COUNTS), {path.name for path in self.files()})

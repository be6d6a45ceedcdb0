# SPDX-License-Identifier: Apache-2.0
"""The project files and codebooks of each program with all their habits at once (habits.py): every
passage is what the file means, every code stands where it stood, what did not come is named."""

from collections import Counter

import habits
import refi
from import_traps_test import TrapTest


class Programs(TrapTest):
    def assert_study(self, study):
        report = self.assert_sound(self.write(study.content), study.content)
        self.assertEqual(self.passages(report["project"]), Counter(
            (code, passage) for code, all_of_it in study.passages.items()
            for passage in all_of_it))
        for kind, rows in (("doubt", study.doubts), ("lost", study.losses)):
            for element, words, count in rows:
                found = sum(row["count"] for row in report["loss"] if row["kind"] == kind and
                            row["element"] == element and words in row["reason"])
                self.assertEqual(found, count, (element, words, report["loss"]))
        names = sorted(row["name"] for row in self.good(
            self.qualog("sources", report["project"])).lines() if row["kind"] != "memo")
        self.assertEqual(names, study.sources)
        self.assert_tree(report, study.codes)
        return report

    def assert_tree(self, report, parents):
        codes = self.codes(report)
        names = {row["id"]: row["name"] for row in codes}
        found = {row["name"]: names.get(row["parent"]) for row in codes}
        for name, parent in parents.items():
            self.assertEqual(found[name], parent)

    def test_a_project_of_atlas_ti(self):
        report = self.assert_study(habits.atlas_ti())
        self.assertEqual({(row["unit"], row["newline"], row["bom"]) for row in report["dialects"]},
                         {("code_point", 1, False)})

    def test_a_project_of_maxqda(self):
        report = self.assert_study(habits.maxqda())
        talk = next(row for row in report["dialects"] if row["source"] == "Interview")
        self.assertEqual((talk["unit"], talk["bom"]), ("utf16", True))
        self.assertTrue(all(row["codable"] for row in self.codes(report)))

    def test_a_project_of_nvivo(self):
        report = self.assert_study(habits.nvivo())
        event, = self.events(report, "annotation.created")
        self.assertEqual(event["body"]["text"], "Look here.")
        self.assertEqual(sum(row["kind"] == "memo" for row in self.good(
            self.qualog("sources", report["project"])).lines()), 2)


class Codebooks(TrapTest):
    def test_a_codebook_of_every_program(self):
        for number, (program, xml) in enumerate(habits.CODEBOOKS.items()):
            with self.subTest(program=program):
                path = self.write(xml, f"book {number}.qdc")
                report = self.assert_sound(path, xml.encode())
                rows = self.codes(report)
                self.assertEqual([(row["name"], row["codable"], row["color"]) for row in rows],
                                 [("Feelings", False, "#00FF00"), ("Fear", True, "#00FF00"),
                                  ("Joy", True, "#00FF00")])
                self.assertEqual([row["depth"] for row in rows], [0, 1, 1])
                self.assertEqual(report["counts"]["sets"], int("<Set " in xml))

    def test_a_project_of_any_version(self):
        for number, namespace in enumerate(("urn:QDA-XML:project:1.0", "urn:QDA-XML:project:0:10",
                                            "urn:QDA-XML:project:0:4", "urn:QDA-XML:project:9")):
            project = refi.random_project(refi.seeded("version"), sources=1, quotes=3)
            habit = refi.Dialect("x", "x", namespace=namespace, inline=True)
            xml = refi.Writer(project, habit).xml()
            with self.subTest(namespace=namespace):
                report = self.assert_sound(self.write(xml, f"study {number}.qde"), xml.encode())
                self.assertEqual(self.passages(report["project"]), project.passages())

    def test_another_vocabulary_is_refused(self):
        xml = habits.codebook(namespace="urn:something-else")
        ended = self.qualog("project", "import", self.write(xml, "other.qdc"))
        self.assert_error(ended, 2)
        self.assertIn("no REFI-QDA", ended.err)

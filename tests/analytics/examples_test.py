# SPDX-License-Identifier: Apache-2.0
# Rows: D-17, D-19, IDEA-11, X-10.
"""The examples of docs/analytics.md on a project whose answers were worked out by hand: each script
as an analyst runs it, its numbers, its picture, and the sessions and queries of the document as
they stand. Rows of the real program are of the published schema. Needs the packages that
`./dev venv` puts into build/venv."""

import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

import agreement
import coverage
import duckdb
import jsonschema
import materials
import program
import qualog_events
import sample
import saturation
import sessions
import work
from program import ProjectTest, command

FOLDER = os.path.join(sessions.root(), "docs", "analytics")
EXAMPLE = os.path.join(FOLDER, "example.ndjson")
AGREEMENT = ("--source", sample.INTERVIEW_1, "--a", "ada", "--b", "ben")
SCRIPTS = {"saturation": (), "coverage": (), "work": (), "agreement": AGREEMENT}


def records(text):
    return list(csv.DictReader(io.StringIO(text)))


def schema():
    return jsonschema.Draft202012Validator(
        json.loads(sessions.read("docs", "schemas", "qualog.events.v1.json")))


class Sampled(unittest.TestCase):
    """The sample, made once by the program."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="qualog-analytics-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.sample = sample.Sample(program.binary, cls.folder)
        cls.path = os.path.join(cls.folder, "events.ndjson")
        with open(cls.path, "w", encoding="utf-8") as file:
            file.write(sample.text_of(cls.sample.rows()))

    def script(self, name, *arguments, path=None, given=None):
        """Its stdout, run as an analyst does."""
        ended = subprocess.run([sys.executable, "-B", os.path.join(FOLDER, name + ".py"),
                                path or self.path, *arguments], input=given, capture_output=True,
                               encoding="utf-8", check=False)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""), name)
        return ended.stdout

    def numbers(self, name, **more):
        return records(self.script(name, *SCRIPTS[name], **more))


class KnownAnswers(Sampled):
    def test_the_saturation_curve(self):
        """Rain was undone, Draft deleted, Music merged into Body: none of them counts."""
        found = [(row["day"][-2:], row["new_codes"], row["codes"])
                 for row in self.numbers("saturation")]
        self.assertEqual(found, [("02", "4", "4"), ("03", "2", "6"), ("04", "2", "8"),
                                 ("05", "0", "8"), ("06", "1", "9"), ("07", "0", "9"),
                                 ("08", "0", "9"), ("09", "1", "10"), ("10", "1", "11")])

    def test_D_17_coverage_is_the_union_of_passages(self):
        """Interview 1: [0,200) [300,450) [500,700) [700,720) [740,800) of 1000; what was undone and
        what was uncoded is not in it. Interview 2, ten longer since the edit: [0,160) [210,250) of
        410; what was deleted with its code is not in it. Interview 3 is coded whole."""
        found = [(row["length"], row["coded"], row["share"]) for row in self.numbers("coverage")]
        self.assertEqual(found, [("1000", "630", "0.63"), ("410", "200", "0.4878"),
                                 ("250", "250", "1.0"), ("", "", "")])

    def test_IDEA_11_sources_that_lie_untouched_are_told(self):
        found = {row["source_id"][-2:]: row["last_coded"][-2:] for row in self.numbers("coverage")}
        days = {}
        for row in self.sample.rows():
            if row["type"] == "coding.added":
                days[row["source_id"][-2:]] = row["at"][8:10]
        self.assertEqual(found["a4"], "")
        self.assertEqual(found["a3"], days["a3"])
        self.assertLess(found["a1"], found["a3"])

    def test_IDEA_11_the_drift_of_a_coder_is_agreement_day_by_day(self):
        by_day = {}
        for day in ("2026-03-02", "2026-03-03", "2026-03-10"):
            rows = records(self.script("agreement", *AGREEMENT, "--until", day))
            by_day[day] = {row["code"]: row["kappa"] for row in rows}
        self.assertEqual(by_day["2026-03-10"],
                         {row["code"]: row["kappa"] for row in self.numbers("agreement")})
        self.assertNotEqual(by_day["2026-03-03"], by_day["2026-03-10"])

    def test_IDEA_11_a_day_of_the_past_has_the_numbers_it_had(self):
        """As if the rows of the days after it had not come yet."""
        path = os.path.join(self.folder, "early.ndjson")
        with open(path, "w", encoding="utf-8") as file:
            file.write(sample.text_of([row for row in self.sample.rows()
                                       if row["at"][:10] <= "2026-03-03"]))
        for name, options in SCRIPTS.items():
            self.assertEqual(self.script(name, *options, "--until", "2026-03-03"),
                             self.script(name, *options, path=path), name)
            self.assertNotEqual(self.script(name, *options), self.script(name, *options, path=path))

    def test_what_cannot_be_is_one_line(self):
        csv_file = os.path.join(self.folder, "rows.csv")
        with open(csv_file, "w", encoding="utf-8") as file:
            file.write("schema,seq\r\n")
        for words, told in (([os.path.join(self.folder, "none")], "No such file"),
                            ([csv_file], "no rows"),
                            ([self.path, "--until", "yesterday"], "--until"),
                            ([self.path, "--until", "2026-3-4"], "--until")):
            ended = subprocess.run([sys.executable, "-B", os.path.join(FOLDER, "work.py"), *words],
                                   capture_output=True, encoding="utf-8", check=False)
            self.assertNotEqual(ended.returncode, 0, words)
            self.assertNotIn("Traceback", ended.stderr)
            self.assertIn(told, ended.stderr)
        ended = subprocess.run([sys.executable, "-B", os.path.join(FOLDER, "agreement.py"),
                                self.path, "--source", sample.INTERVIEW_1, "--a", "ada", "--b",
                                "benn"], capture_output=True, encoding="utf-8", check=False)
        self.assertIn("benn: has coded nothing; coders are: ada ben cleo", ended.stderr)

    def test_X_10_work_per_coder(self):
        found = [tuple(row.values()) for row in self.numbers("work")]
        self.assertEqual(found, [("ada", "7", "570", "5", "6"), ("ben", "6", "620", "3", "5"),
                                 ("cleo", "5", "470", "3", "5")])

    def test_D_19_agreement(self):
        """Trust: N 1000, A 150, B 100, both 50: E is 780, kappa 70/220. Body gathers its child
        Breath, so both have coded the same of it. What one alone has coded is 0."""
        found = {row["code"]: (row["both"], row["only_a"], row["only_b"], row["neither"],
                               row["agreement"], row["kappa"])
                 for row in self.numbers("agreement")}
        self.assertEqual(found, {"Trust": ("50", "100", "50", "800", "0.85", "0.3182"),
                                 "Time": ("150", "0", "0", "850", "1.0", "1.0"),
                                 "Place": ("0", "0", "100", "900", "0.9", "0.0"),
                                 "Body": ("100", "0", "0", "900", "1.0", "1.0"),
                                 "Breath": ("0", "100", "0", "900", "0.9", "0.0"),
                                 "Fear": ("0", "80", "0", "920", "0.92", "0.0")})

    def test_rows_that_come_twice_and_in_disorder_count_once(self):
        path = os.path.join(self.folder, "twice.ndjson")
        lines = sample.text_of(self.sample.rows()).splitlines(True)
        twice = lines + lines[::2]
        random.Random(3).shuffle(twice)
        with open(path, "w", encoding="utf-8") as file:
            file.write("".join(twice))
        for name, options in SCRIPTS.items():
            self.assertEqual(self.script(name, *options, path=path), self.script(name, *options))

    def test_rows_may_come_from_standard_input(self):
        with open(self.path, encoding="utf-8") as file:
            self.assertEqual(self.script("coverage", path="-", given=file.read()),
                             self.script("coverage"))

    def test_pseudonyms_give_the_same_numbers(self):
        path = os.path.join(self.folder, "pseudonyms.ndjson")
        rows = self.sample.rows("--pseudonyms")
        with open(path, "w", encoding="utf-8") as file:
            file.write(sample.text_of(rows))
        plain = sorted(tuple(row.values())[1:] for row in self.numbers("work"))
        found = sorted(tuple(row.values())[1:] for row in self.numbers("work", path=path))
        self.assertEqual(found, plain)
        who = {row["actor_id"] for row in rows}
        self.assertEqual({row["coder"] for row in self.numbers("work", path=path)}, who)

    def test_names_of_sources_come_with_text(self):
        path = os.path.join(self.folder, "text.ndjson")
        with open(path, "w", encoding="utf-8") as file:
            file.write(sample.text_of(self.sample.rows("--with-text")))
        self.assertEqual([row["name"] for row in self.numbers("coverage", path=path)],
                         ["Interview 1", "Interview 2", "Interview 3", "Interview 4"])
        self.assertNotIn("Interview", self.script("coverage"))

    def test_of_several_projects_one_is_named(self):
        path = os.path.join(self.folder, "two.ndjson")
        rows = self.sample.rows()
        others = [{**row, "project_id": sample.item(7)} for row in rows]
        with open(path, "w", encoding="utf-8") as file:
            file.write(sample.text_of(rows + others))
        named = self.script("coverage", "--project", sample.PROJECT, path=path)
        self.assertEqual(named, self.script("coverage"))
        with self.assertRaisesRegex(SystemExit, sample.item(7)):
            qualog_events.project(path)
        open(path, "w", encoding="utf-8").close()
        with self.assertRaisesRegex(SystemExit, "no rows"):
            qualog_events.project(path)

    def test_control_without_the_undo_the_numbers_are_others(self):
        rows = [{**row, "undo_of": None} if row["type"] == "undo.applied" else row
                for row in self.sample.rows()]
        project, = qualog_events.projects(rows).values()
        self.assertEqual(coverage.per_source(project)["coded"].iloc[0], 730)
        self.assertEqual(saturation.per_day(project)["codes"].iloc[-1], 12)


class OfFiles(ProjectTest):
    """A table, a picture and a recording that nobody has written down yet, coded."""

    CODE, TALK = sample.item(0xC1), sample.item(0xA9)
    script, numbers = Sampled.script, Sampled.numbers

    def setUp(self):
        super().setUp()
        self.table = self.add("t.csv", b"who,words\nAnna,I swim before work\n")
        self.picture = self.add("c.png", materials.png(64, 48))
        self.apply(command("source.created", {"id": self.TALK, "name": "Talk", "kind": "audio",
                                              "text_state": "missing"}),
                   command("code.created", {"id": self.CODE, "name": "Calm"}),
                   self.coding(1, self.table, begin=10, end=20), self.coding(2, self.picture),
                   self.coding(3, self.TALK),
                   self.coding(4, self.picture, area={"right": 8, "bottom": 9}))
        self.path = os.path.join(self.folder, "events.ndjson")
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(self.good(self.qualog("events", "cat", "Gym", "--format", "ndjson")).out)

    def add(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content)
        return self.good(self.qualog("source", "add", "Gym", path)).line()["source"]

    def coding(self, number, source, **place):
        return command("coding.added", {"id": sample.item(number), "code": self.CODE,
                                        "source": source, **place})

    def test_D_17_each_script_counts_what_lies_in_text(self):
        self.assertEqual([(row["length"], row["coded"], row["share"])
                          for row in self.numbers("coverage")],
                         [("34", "10", "0.2941"), ("0", "", ""), ("", "", "")])
        work_done, = self.numbers("work")
        self.assertEqual((work_done["codings"], work_done["code_points"]), ("4", "10"))
        self.assertEqual(self.numbers("saturation")[-1]["new_codings"], "4")
        agreed, = records(self.script("agreement", "--source", self.table, "--a", "anna", "--b",
                                      "anna"))
        self.assertEqual((agreed["both"], agreed["kappa"]), ("10", "1.0"))


class Kappa(unittest.TestCase):
    def test_D_19_the_vectors(self):
        self.assertAlmostEqual(agreement.kappa(1000, 150, 100, 50), 70 / 220)
        for length in (1, 10, 1000):
            self.assertEqual(agreement.kappa(length, 0, 0, 0), 1)
            self.assertEqual(agreement.kappa(length, length, length, length), 1)
        self.assertEqual(agreement.kappa(1000, 0, 150, 0), 0)
        self.assertEqual(agreement.kappa(1000, 1000, 150, 150), 0)
        self.assertAlmostEqual(agreement.kappa(100, 50, 50, 0), -1)

    def test_D_19_kappa_is_that_of_a_count_point_by_point(self):
        rng = random.Random(5)
        for _ in range(300):
            length = rng.randrange(1, 60)
            a, b = ({point for point in range(length) if rng.random() < share}
                    for share in (rng.random(), rng.random()))
            agreed = sum((point in a) == (point in b) for point in range(length)) / length
            by_chance = (len(a) * len(b) + (length - len(a)) * (length - len(b))) / length ** 2
            wanted = 1 if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)
            self.assertAlmostEqual(agreement.kappa(length, len(a), len(b), len(a & b)), wanted)

    def test_D_17_united_passages_are_the_points_in_them(self):
        rng = random.Random(6)
        for _ in range(500):
            passages = [(begin, begin + rng.randrange(9)) for begin in
                        (rng.randrange(40) for _ in range(rng.randrange(8)))]
            points = {point for begin, end in passages for point in range(begin, end)}
            self.assertEqual(qualog_events.length_of(passages), len(points))
            united = qualog_events.united(passages)
            self.assertTrue(all(one[1] < next_one[0] for one, next_one in zip(united, united[1:])))


class Published(Sampled):
    """What stands in docs/analytics is what the program and the scripts give."""

    def test_the_example_is_the_stream_of_a_real_project(self):
        self.assertEqual(sessions.read("docs", "analytics", "example.ndjson"),
                         sample.text_of(self.sample.rows()),
                         "write it anew: tests/analytics/sample.py PROGRAM")

    def test_the_numbers_behind_the_pictures_are_those_of_today(self):
        for name, options in SCRIPTS.items():
            picture = os.path.join(self.folder, name + ".png")
            numbers = self.script(name, *options, "--picture", picture, path=EXAMPLE)
            self.assertEqual(numbers, sessions.read("docs", "analytics", name + ".csv"), name)
            for path in (picture, os.path.join(FOLDER, name + ".png")):
                with open(path, "rb") as file:
                    self.assertEqual(file.read(8), b"\x89PNG\r\n\x1a\n", path)
                self.assertGreater(os.path.getsize(path), 4000)

    def test_pictures_may_be_svg(self):
        picture = os.path.join(self.folder, "work.svg")
        self.script("work", "--picture", picture)
        with open(picture, encoding="utf-8") as file:
            self.assertIn("<svg", file.read())

    def test_no_words_are_in_the_example(self):
        text = sessions.read("docs", "analytics", "example.ndjson")
        for words in ("Interview", "Never said", "xxx", "Diary"):
            self.assertNotIn(words, text)
        self.assertIn("Trust", text)


class Document(Sampled):
    """The sessions and queries of docs/analytics.md, in a home with the project Gym."""

    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="qualog-session-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.environment = {**sessions.prepared(self.home, program.binary),
                            "QUALOG_DATA": self.sample.data, "QUALOG_ACTOR": "ada"}
        for name in ("docs", os.path.join("build", "venv")):
            os.symlink(os.path.realpath(os.path.join(sessions.root(), name)),
                       os.path.join(self.home, name))
        self.text = sessions.read("docs", "analytics.md")

    def steps(self, text):
        path = sessions.commands(sessions.read("README.md"))[0]
        return sessions.run([path, *sessions.commands(text)], self.home, self.environment)

    def test_the_sessions_work(self):
        steps = self.steps(self.text)
        self.assertGreaterEqual(len(steps), 7)
        self.assertEqual(sessions.failed(steps), [])
        for name in SCRIPTS:
            self.assertTrue(os.path.exists(os.path.join(self.home, name + ".png")), name)

    def test_the_queries_work(self):
        self.steps(self.text)
        queries = [content for language, content in sessions.blocks(self.text)
                   if language == "sql"]
        self.assertGreaterEqual(len(queries), 2)
        here = os.getcwd()
        os.chdir(self.home)
        self.addCleanup(os.chdir, here)
        for query in queries:
            self.assertTrue(duckdb.sql(query).fetchall(), query)

    def test_the_blocks_of_python_work(self):
        self.steps(self.text)
        programs = [content for language, content in sessions.blocks(self.text)
                    if language == "python"]
        self.assertGreaterEqual(len(programs), 1)
        for given in programs:
            ended = subprocess.run([sys.executable, "-B", "-c", given], cwd=self.home,
                                   env={**self.environment, "PYTHONPATH": FOLDER},
                                   capture_output=True, encoding="utf-8", check=False)
            self.assertEqual((ended.returncode, ended.stderr), (0, ""), given)
            self.assertTrue(ended.stdout)

    def test_control_a_broken_line_is_found(self):
        broken = self.text.replace("--a ada --b ben --picture", "--a --b ben --picture")
        self.assertNotEqual(broken, self.text)
        self.assertEqual(len(sessions.failed(self.steps(broken))), 1)


class Schema(ProjectTest):
    def assert_rows(self, text):
        validator = schema()
        for line in text.splitlines():
            error = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(line)))
            self.assertIsNone(error, f"{error} in {line}")

    def test_the_schema_is_one(self):
        jsonschema.Draft202012Validator.check_schema(schema().schema)

    def test_golden_rows_of_every_action_are_of_the_schema(self):
        text = sessions.read("tests", "replay", "stream", "golden", "rows.ndjson")
        types = {json.loads(line)["type"] for line in text.splitlines()}
        self.assertEqual(types, set(schema().schema["$defs"]))
        self.assert_rows(text)

    def test_rows_of_the_example_of_every_action_are_of_the_schema(self):
        tried = set()
        for number, line in enumerate(self.qualog("schema").lines()):
            example = self.qualog("schema", line["action"]).line()
            if not line["served"] or example["example"] is None:
                continue
            name = f"P{number}"
            self.good(self.qualog("project", "create", name))
            given = "".join(json.dumps(each) + "\n"
                            for each in example["before"] + [example["example"]])
            self.good(self.qualog("apply", name, given=given))
            for options in ((), ("--with-text",)):
                ended = self.good(self.qualog("events", "cat", name, "--format", "ndjson",
                                              *options))
                self.assert_rows(ended.out)
                tried |= {row["type"] for row in ended.lines()}
        self.assertGreaterEqual(len(tried), 40)

    def test_control_a_spoiled_row_is_refused(self):
        row = json.loads(sessions.read("docs", "analytics", "example.ndjson").splitlines()[0])
        validator = schema()
        self.assertTrue(validator.is_valid(row))
        for spoiled in ({**row, "seq": "1"}, {**row, "schema": "other"},
                        {key: row[key] for key in row if key != "at"},
                        {**row, "payload": {**row["payload"], "origin": 1}}):
            self.assertFalse(validator.is_valid(spoiled))

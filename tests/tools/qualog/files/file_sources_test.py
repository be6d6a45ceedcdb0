# SPDX-License-Identifier: Apache-2.0
# Rows: D-01, D-04, D-15, ST-3, X-13.
"""qualog source add of what is no text: PDF, tables, pictures, sound. Its bytes lie in the blob
area before an event names them; whatever is cut in between, there is a source with its file or
none."""

import hashlib
import os
import resource
import signal
import subprocess

import materials
import program
from import_test import ImportTest, snapshot
from program import CONFLICT, DENIED, DONE, FAILED, NOT_FOUND, PARTLY, USAGE, command, item_id

PIECE = 1024 * 1024
PDF = materials.pdf([["I swim before work"], ["It calms me"]])
TABLE = "who,age,seen\nAnna,41,2024-05-01\nBo,3,2024-05-02\n"
FOLDER = item_id(0xF1)


class FileTest(ImportTest):
    def add(self, content, name, *options, **more):
        return self.qualog("source", "add", "Gym", self.write(content, name), *options, **more)

    def added(self, content, name, *options):
        return self.good(self.add(content, name, *options)).line()

    def sources(self, project="Gym"):
        return {row["name"]: row for row in self.good(self.qualog("sources", project)).lines()}

    def files(self, project="Gym"):
        return {row["hash"]: row["complete"]
                for row in self.good(self.qualog("blob", "ls", project)).lines()}

    def events(self, action, project="Gym"):
        lines = self.good(self.qualog("events", "cat", project)).lines()
        return [line for line in lines if line["action"] == action]

    def uploads(self):
        if program.on_kafka():
            return os.path.join(self.folder, "blobs", self.project, "uploads")
        return os.path.join(self.data, "projects", self.project, "blobs", "uploads")

    def assert_sound(self, files, project="Gym"):
        line = self.good(self.qualog("verify", project, "--rebuild")).line()
        self.assertEqual((line["ok"], line.get("files", 0)), (True, files))


class Kinds(FileTest):
    def test_D_01_every_kind_of_file_becomes_a_source(self):
        kinds = (("a.pdf", PDF, "pdf", 31, {"pages": 2, "mime": "application/pdf"}),
                 ("b.csv", TABLE.encode(), "dataset", len(TABLE), {"rows": 2, "columns": 3}),
                 ("c.png", materials.png(640, 480), "picture", 0, {"width": 640, "height": 480}),
                 ("d.wav", materials.wav(1.5), "audio", 0, {"duration_ms": 1500}),
                 ("e.mp3", materials.mp3(100), "audio", 0, {"mime": "audio/mpeg"}))
        for name, content, kind, length, held in kinds:
            with self.subTest(name=name):
                line = self.added(content, name)
                digest = hashlib.sha256(content).hexdigest()
                self.assertEqual((line["result"], line["kind"], line["hash"], line["noop"]),
                                 ("accepted", kind, digest, False))
                row = self.sources()[name]
                self.assertEqual((row["id"], row["kind"], row["length"], row["text_state"]),
                                 (line["source"], kind, length, "supplied"))
                self.assertEqual({key: row["media"].get(key) for key in held}, held)
                self.assertEqual((row["media"]["hash"], row["media"]["size"], row["media"]["file"]),
                                 (digest, len(content), name))
                target = os.path.join(self.folder, "got-" + name)
                self.good(self.qualog("blob", "get", "Gym", digest, target))
                with open(target, "rb") as file:
                    self.assertEqual(file.read(), content)
        self.assert_sound(files=len(kinds))

    def test_D_01_an_external_stands_for_what_is_no_file(self):
        words = ("source", "add", "Gym", "--external", "City archive, box 3")
        line = self.good(self.qualog(*words, "--as", "Letters")).line()
        row = self.sources()["Letters"]
        self.assertEqual((row["id"], row["kind"], row["media"]),
                         (line["source"], "external", {"external": "City archive, box 3"}))
        again = self.good(self.qualog(*words, "--as", "Letters")).line()
        self.assertEqual((again["source"], again["noop"]), (line["source"], True))
        for bad in (("--external", "a\nb"), ("--external", "x", self.write("a", "a.txt")), ()):
            self.assert_error(self.qualog("source", "add", "Gym", *bad), USAGE)

    def test_D_04_a_table_has_typed_columns_and_rows_and_cannot_be_edited(self):
        self.added(TABLE, "survey.csv")
        body = self.events("source.imported")[0]["body"]
        self.assertEqual([(column["name"], column.get("type", "text"), column.get("codable", False))
                          for column in body["columns"]],
                         [("who", "text", True), ("age", "integer", False),
                          ("seen", "date", False)])
        self.assertEqual(body["rows"], 2)
        self.assertEqual(self.good(self.qualog("text", "Gym", "survey.csv")).line()["text"], TABLE)

    def test_X_13_a_pdf_and_a_table_never_enter_edit_mode(self):
        self.added(PDF, "a.pdf")
        self.added(TABLE, "b.csv")
        self.added("I swim.", "c.txt")
        for name in ("a.pdf", "b.csv"):
            ended = self.qualog("lock", "Gym", name)
            self.assertEqual((ended.code, ended.line()["code"]), (CONFLICT, "POLICY"), name)
        self.good(self.qualog("lock", "Gym", "c.txt"))

    def test_D_15_the_text_of_a_pdf_is_coded_and_its_pages_have_places(self):
        line = self.added(PDF, "a.pdf")
        code = item_id(0xC1)
        self.apply(command("code.created", {"id": code, "name": "Calm"}),
                   command("coding.added", {"id": item_id(1), "code": code,
                                            "source": line["source"], "begin": 2, "end": 6}),
                   command("coding.added", {"id": item_id(2), "code": code,
                                            "source": line["source"],
                                            "area": {"kind": "page", "page": 1, "left": 0, "top": 0,
                                                     "right": 595_000, "bottom": 842_000}}))
        answer, = self.apply(command("coding.added", {
            "id": item_id(3), "code": code, "source": line["source"],
            "area": {"kind": "page", "page": 2, "left": 0, "top": 0, "right": 9, "bottom": 9}}),
            code=PARTLY)
        self.assertEqual(answer["code"], "INVALID")
        self.assertIn("swim", [row["text"] for row in self.codings("Gym")])


class Shown(FileTest):
    def test_sources_in_words(self):
        self.added(PDF, "a.pdf")
        self.added(materials.wav(3_723.5, rate=10), "b.wav")
        shown = self.text("sources", "Gym").out
        for words in ("2 pages", hashlib.sha256(PDF).hexdigest()[:12], "1:02:03.500"):
            self.assertIn(words, shown)

    def test_what_came_in_words(self):
        paths = [self.write(PDF, "a.pdf"), self.write(TABLE, "b.csv"),
                 self.write(materials.png(4, 3), "c.png")]
        ended = self.text("source", "add", "Gym", *paths)
        self.assertEqual((ended.code, ended.err), (DONE, ""))
        for words in ("\"a.pdf\": pdf, 2 pages, 31 characters", "2 rows of 3 columns",
                      "4 x 3 pixels", "layout"):
            self.assertIn(words, ended.out)

    def test_a_source_without_a_text_says_where_its_file_is(self):
        content = materials.png(4, 3)
        self.added(content, "c.png")
        ended = self.qualog("text", "Gym", "c.png")
        self.assert_error(ended, NOT_FOUND)
        self.assertIn(hashlib.sha256(content).hexdigest(), ended.err)

    def test_the_log_names_the_file(self):
        self.added(PDF, "a.pdf")
        row = self.good(self.qualog("log", "Gym", "a.pdf")).lines()[-1]
        self.assertIn(f"{len(PDF)} bytes {hashlib.sha256(PDF).hexdigest()[:12]}", row["detail"])
        self.assertIn("pages 2", row["detail"])
        shown = self.good(self.qualog("show", "Gym", row["sequence"])).line()
        self.assertEqual(shown["body"]["pages"][1]["height"], 842_000)


class Several(FileTest):
    def setUp(self):
        super().setUp()
        self.apply(command("folder.created", {"id": FOLDER, "name": "Round 1"}))

    def test_many_files_into_a_folder_a_line_each(self):
        paths = [self.write(PDF, "a.pdf"), self.write("I swim.", "b.txt"),
                 self.write(TABLE, "c.csv")]
        lines = self.good(self.qualog("source", "add", "Gym", *paths, "--folder",
                                      "Round 1")).lines()
        self.assertEqual([line["kind"] for line in lines], ["pdf", "text", "dataset"])
        self.assertEqual([os.path.basename(line["file"]) for line in lines],
                         ["a.pdf", "b.txt", "c.csv"])
        self.assertEqual({row["folder"] for row in self.sources().values()}, {FOLDER})

    def test_one_that_is_refused_leaves_the_others(self):
        self.added("Other words.", "b.txt")
        paths = [self.write(content, name) for content, name in
                 ((PDF, "a.pdf"), ("I swim.", "b.txt"), (TABLE, "c.csv"))]
        ended = self.qualog("source", "add", "Gym", *paths)
        self.assertEqual((ended.code, [line["result"] for line in ended.lines()]),
                         (PARTLY, ["accepted", "refused", "accepted"]))
        self.assertEqual(ended.lines()[1]["code"], "NAME_TAKEN")

    def test_what_is_wrong_in_one_writes_nothing_of_any(self):
        before = snapshot(self.data)
        good = self.write(PDF, "a.pdf")
        for path, code in ((self.write(b"a\0", "b.txt"), USAGE), ("/nowhere.pdf", NOT_FOUND),
                           (self.write(PDF[:200] + b"x" * 50, "c.pdf"), USAGE)):
            self.assert_error(self.qualog("source", "add", "Gym", good, path), code)
        for options in (("--folder", "Nothing"), ("--folder", item_id(9))):
            self.assert_error(self.qualog("source", "add", "Gym", good, *options), NOT_FOUND)
        self.assert_error(self.qualog("source", "add", "Gym", good, self.write("a", "e.txt"),
                                      "--as", "Talk"), USAGE)
        self.assertEqual(snapshot(self.data), before)

    def test_a_reader_brings_neither_source_nor_file(self):
        self.apply(command("member.added", {"principal": "rita", "group": "reader"}))
        self.assertEqual(self.add(PDF, "a.pdf", actor="rita").code, DENIED)
        self.assertEqual(self.files(), {})


class Again(FileTest):
    def test_a_command_that_is_sent_again_makes_no_second_source(self):
        for content, name in ((PDF, "a.pdf"), ("I swim.", "b.txt"), (TABLE, "c.csv")):
            first, second = self.added(content, name), self.added(content, name)
            self.assertEqual((second["source"], second["sequence"], second["noop"]),
                             (first["source"], first["sequence"], True), name)
        self.assertEqual(len(self.sources()), 3)
        self.assertIn("no change", self.text("source", "add", "Gym",
                                             self.write(PDF, "a.pdf")).out)

    def test_another_name_or_folder_is_another_source(self):
        self.apply(command("folder.created", {"id": FOLDER, "name": "Round 1"}))
        ids = {self.added(PDF, "a.pdf", *options)["source"]
               for options in ((), ("--as", "Copy"), ("--folder", "Round 1"))}
        self.assertEqual((len(ids), len(self.files())), (3, 1))

    def test_one_that_was_deleted_can_come_again(self):
        first = self.added(PDF, "a.pdf")["source"]
        self.apply(command("source.deleted", {"source": first}, seen=self.head()))
        second = self.added(PDF, "a.pdf")
        self.assertNotEqual(second["source"], first)
        self.assertIs(second["noop"], False)
        self.assertEqual(len(self.sources()), 1)

    def test_one_undo_takes_it_back_with_its_text(self):
        long = "\n".join(f"{n},I swim before work" for n in range(10_000))
        line = self.added("n,words\n" + long + "\n", "a.csv")
        self.assertGreater(len(self.events("source.text_supplied")), 2)
        first = self.events("source.imported")[0]["sequence"]
        self.assertLess(first, line["sequence"])
        self.apply(command("undo.applied", {"sequences": [first]}))
        self.assertEqual(self.sources(), {})


class Cut(FileTest):
    def setUp(self):
        super().setUp()
        self.content = materials.wav(2 * PIECE + 4321, rate=1)
        self.digest = hashlib.sha256(self.content).hexdigest()

    def half(self, size):
        """What is left of a file that was cut behind so many bytes."""
        os.makedirs(self.uploads(), mode=0o700, exist_ok=True)
        with open(os.path.join(self.uploads(), f"{self.digest}.{len(self.content)}"), "wb") as file:
            file.write(self.content[:size])

    def test_ST_3_a_file_that_was_cut_goes_on(self):
        for size in (0, 100, PIECE, 2 * PIECE, len(self.content)):
            self.half(size)
            self.assertEqual((self.sources(), self.files()[self.digest]), ({}, False))
        self.added(self.content, "a.wav")
        self.assertEqual(self.files(), {self.digest: True})
        self.assert_sound(files=1)

    def test_ST_3_half_of_other_bytes_is_not_believed(self):
        self.half(0)
        path = os.path.join(self.uploads(), f"{self.digest}.{len(self.content)}")
        with open(path, "wb") as file:
            file.write(b"x" * (2 * PIECE))
        self.assert_error(self.add(self.content, "a.wav"), USAGE)
        self.assertEqual(self.sources(), {})
        self.added(self.content, "a.wav")
        self.assert_sound(files=1)

    def test_power_cut_before_the_event_leaves_a_file_that_can_be_taken_away(self):
        path = self.write(self.content, "a.wav")
        self.good(self.qualog("blob", "put", "Gym", path))
        self.assertEqual(self.sources(), {})
        self.assert_sound(files=0)
        self.good(self.qualog("blob", "discard", "Gym", self.digest))
        self.assertEqual(self.files(), {})
        self.good(self.qualog("blob", "put", "Gym", path))
        self.added(self.content, "a.wav")
        self.assert_error(self.qualog("blob", "discard", "Gym", self.digest), CONFLICT)
        self.assert_sound(files=1)

    def test_the_file_of_a_draft_in_an_inbox_stays(self):
        self.added("Hello.", "talk.txt", "--as", "Talk")
        self.assertEqual(self.add(self.content, "a.wav", "--as", "Talk").code, CONFLICT)
        self.assert_error(self.qualog("blob", "discard", "Gym", self.digest), CONFLICT)
        self.assertEqual(list(self.files()), [self.digest])

    def test_a_full_disk_makes_no_source_and_room_lets_it_go_on(self):
        def no_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (PIECE + 100, PIECE + 100))
        path = self.write(self.content, "a.wav")
        head = self.head()
        full = subprocess.run([program.binary, "-d", self.data, "--actor", "anna", "source", "add",
                               "Gym", path, "--json"], capture_output=True, preexec_fn=no_room,
                              env=program.environment(), check=False,
                              timeout=program.TIMEOUT_SECONDS)
        self.assertEqual((full.returncode, full.stdout), (FAILED, b""), full.stderr)
        self.assertEqual((self.sources(), self.head()), ({}, head))
        self.added(self.content, "a.wav")
        self.assert_sound(files=1)


class Large(FileTest):
    def test_pages_past_the_bound_are_left_out_and_told(self):
        for count, kept in ((1_500, 1_500), (1_501, None)):
            line = self.added(materials.pdf([[f"page {n}"] for n in range(count)]), f"{count}.pdf")
            self.assertEqual(self.sources()[f"{count}.pdf"]["media"].get("pages"), kept)
            self.assertEqual([row["count"] for row in line["loss"] if row["element"] == "page"],
                             [] if kept else [count])
            text = self.good(self.qualog("text", "Gym", f"{count}.pdf")).line()["text"]
            self.assertIn(f"page {count - 1}", text)
        self.assert_sound(files=2)

    def test_a_table_as_wide_as_may_be(self):
        for count, words in ((1_000, "How was it in your own words?"), (200, "word " * 200),
                             (1, "x" * 100_000)):
            names = [f"{n}: {words}".strip() for n in range(count)]
            text = ",".join(names) + "\n" + ",".join("1" for _ in names) + "\n"
            line = self.added(text, f"{count}.csv")
            self.assertEqual(self.sources()[f"{count}.csv"]["media"]["columns"], count)
            self.assertEqual([row["count"] for row in line["loss"]], [count])
            self.assertEqual(self.good(self.qualog("text", "Gym", f"{count}.csv")).line()["text"],
                             text)
            columns = self.events("source.imported")[-1]["body"]["columns"]
            self.assertEqual(
                [name.startswith(column["name"]) and len(column["name"]) > 3
                 for name, column in zip(names, columns)], [True] * count)
        self.assert_sound(files=3)

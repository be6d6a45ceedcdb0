# SPDX-License-Identifier: Apache-2.0
"""Tables, PDF, pictures and sound made by an enemy, through qualog source look: one line that names
the file, the cause and the next step, within time and memory, whatever becomes of the reader; no
word of the file in it. Rows S18, S19, S20."""

import json
import os
import random
import shutil
import subprocess

import materials
import office
import program
from import_hostile_test import LAUGHS, SECRET, HostileTest, with_said_size
from materials import ods, ods_cell, ods_sheet, sheet, words, xlsx
from program import NOT_FOUND, USAGE, Ended


class Materials(HostileTest):
    def assert_no_source(self, content, part, name, code=USAGE):
        path = self.write(content, name)
        ended = self.run_confined("source", "look", path)
        self.assert_error(ended, code)
        message = json.loads(ended.err)["message"]
        for wanted in (name, part, "; "):
            self.assertIn(wanted, message)
        self.assertNotIn(SECRET[:6], ended.err)

    def test_tables_that_are_too_large(self):
        self.assert_no_source("a\n" + "," * 1_000 + SECRET, "1000 columns", "a.csv")
        self.assert_no_source("a,b\n" * 1_000_001, "2000000 cells", "a.csv")
        self.assert_no_source('a,b\n1,2\n"' + SECRET, "line 3: a quote", "a.csv")
        self.assert_no_source("\n\n", "empty", "a.csv")
        self.assert_no_source(b"a,b\0" + SECRET.encode(), "no plain text", "a.csv")
        far = sheet([f'<c r="XFD1" t="inlineStr"><is><t>{SECRET}</t></is></c>'])
        self.assert_no_source(xlsx({"A": far}), "1000 columns", "a.xlsx")
        self.assert_no_source(xlsx({"A": sheet([])}), "empty", "a.xlsx")
        wide = ods_cell(SECRET, table__number_columns_repeated="99999999999")
        self.assert_no_source(ods(ods_sheet("A", wide)), "1000 columns", "a.ods")
        deep = ods_sheet("A", ods_cell(SECRET)).replace(
            "<table:table-row>", '<table:table-row table:number-rows-repeated="99999999999">')
        self.assert_no_source(ods(deep), "split it", "a.ods")

    def test_S20_sheets_with_entities_or_that_lead_out(self):
        evil = f"<!DOCTYPE x {LAUGHS}>" + sheet([words(SECRET)])
        self.assert_no_source(xlsx({"A": evil}), "document type", "a.xlsx")
        self.assert_no_source(ods("", xml=f"<!DOCTYPE x {LAUGHS}>" + office.content("")),
                              "document type", "a.ods")
        secret = self.write(sheet([words(SECRET)]), "sheet.xml")
        for target in ((secret, ""), ("../../../" + secret, ""),
                       ("worksheets/sheet1.xml", 'TargetMode="External"')):
            content = xlsx({"A": sheet([words("a")])}, targets={"rId1": target})
            self.assert_no_source(content, "no path out of it", "a.xlsx")
        content = xlsx({"A": sheet(['<c t="s"><v>7</v></c>'])}, strings=["<t>x</t>"])
        self.assert_no_source(content, "not there", "a.xlsx")

    def test_S19_sheets_that_are_bombs(self):
        bomb = xlsx({"A": sheet([words("0" * 300_000_000)])})
        self.assert_no_source(bomb, "200 times", "a.xlsx")
        lying = with_said_size(xlsx({"A": sheet([words(SECRET * 5_000)])}),
                               b"xl/worksheets/sheet1.xml", 1_000)
        self.assert_no_source(lying, "entry 7", "a.xlsx")

    def test_pictures_that_are_cut_or_lie(self):
        png, jpeg = materials.png(640, 480), materials.jpeg(640, 480, [materials.exif(6)])
        for content, part, name in (
                (png[:20], "cut or broken", "a.png"), (jpeg[:20], "cut or broken", "a.jpg"),
                (jpeg[:40], "cut or broken", "a.jpg"), (jpeg[:3], "cut or broken", "a.jpg"),
                (materials.png(0, 5), "cut or broken", "a.png"),
                (materials.jpeg(5, 0), "cut or broken", "a.jpg"),
                (materials.png(4_000_000_000, 4_000_000_000), "100000 pixels", "a.png"),
                (b"\xff\xd8\xff" + b"\xff" * 100_000, "cut or broken", "a.jpg"),
                (b"\xff\xd8" + b"\xff\xe0\0\2" * 5_000, "cut or broken", "a.jpg")):
            with self.subTest(content=content[:30]):
                self.assert_no_source(content, part, name)
        for block in (materials.exif(6, directory=4_000_000_000), materials.exif(6, entries=65_535),
                      b"Exif\0\0II*\0", b"Exif\0\0"):
            path = self.write(materials.jpeg(640, 480, [block]), "odd.jpg")
            line = self.good(self.run_confined("source", "look", path)).line()
            self.assertEqual(sorted((line["width"], line["height"])), [480, 640])

    def test_pdfs_that_are_cut_locked_or_endless(self):
        good = materials.pdf([[SECRET.encode("ascii", "ignore").decode()]])
        lock = "/Encrypt<</Filter/Standard/V 1/R 2/O(" + "x" * 32 + ")/U(" + "y" * 32 + ")/P -4>>"
        loop = good.replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]")
        for content, part in ((b"%PDF-1.4\n", "no whole PDF"), (good[:200], "reader"),
                              (materials.pdf([["a"]], trailer=lock + "/ID[(a)(b)]"), "locked"),
                              (loop, "")):
            with self.subTest(part=part):
                self.assert_no_source(content, part if part != "reader" else "", "a.pdf")
        many = good.replace(b"/Count 1", b"/Count 9999999")
        path = self.write(many, "many.pdf")
        self.assertIn(self.run_confined("source", "look", path).code, (0, USAGE))

    def test_sound_that_is_cut_or_none(self):
        for content, name in ((b"ID3", "a.mp3"), (b"RIFF\xff\xff\xff\xffWAVE", "a.wav"),
                              (b"OggS" + bytes(100), "a.ogg"), (b"\x1a\x45\xdf\xa3", "a.mkv"),
                              (b"\0\0\0\x18ftypisom" + bytes(12), "a.mp4")):
            with self.subTest(name=name):
                self.assert_no_source(content, "cannot be read", name)

    def test_random_damage_never_takes_the_program_down(self):
        rng = random.Random(os.environ.get("QUALOG_SEED", "1"))
        whole = {"a.pdf": materials.pdf([["I swim."], ["It calms me."]]),
                 "a.jpg": materials.jpeg(64, 48, [materials.exif(6)]), "a.wav": materials.wav(1),
                 "a.xlsx": xlsx({"A": sheet([words("a", "b")])}), "a.mp3": materials.mp3(20),
                 "a.docx": office.docx(office.paragraph(office.run("I swim.")))}
        for number in range(int(os.environ.get("QUALOG_CASES", 60))):
            name = rng.choice(sorted(whole))
            content = bytearray(whole[name])
            for _ in range(rng.randint(1, 8)):
                content[rng.randrange(min(len(content), 1_000))] = rng.randrange(256)
            with self.subTest(number=number, name=name):
                ended = self.run_confined("source", "look", self.write(bytes(content), name))
                self.assertIn(ended.code, (0, USAGE), ended.err)


class Reader(HostileTest):
    """The program apart, as whoever looks after a server may find it."""

    def test_nothing_of_its_environment_or_files_is_left_to_it(self):
        reader = os.path.join(os.path.dirname(os.path.abspath(program.binary)), "qualog-reader")
        with open(self.write(materials.pdf([["a"]]), "a.pdf"), "rb") as file:
            completed = subprocess.run([reader, "pdf"], stdin=file, env={}, capture_output=True,
                                       timeout=60, check=False)
        self.assertEqual(completed.returncode, 0)
        self.assertEqual(json.loads(completed.stdout.split(b"\n")[0])["pages"][0]["end"], 2)
        for arguments in ([], ["pdf", "more"]):
            completed = subprocess.run([reader, *arguments], input=b"", capture_output=True,
                                       timeout=60, check=False)
            self.assertEqual(completed.returncode, 2)

    def test_a_reader_that_falls_or_talks_nonsense_is_one_error(self):
        """A stand-in beside a copy of the program, which does what a bad file might make of it."""
        place = os.path.join(self.folder, "bin")
        os.mkdir(place)
        copy = shutil.copy(program.binary, place)
        path = self.write(materials.pdf([["a"]]), "a.pdf")
        stand_in = os.path.join(place, "qualog-reader")

        def look():
            completed = subprocess.run([copy, "source", "look", path, "--actor", "anna", "--json"],
                                       capture_output=True, encoding="utf-8", timeout=60,
                                       env={**program.environment(), "QUALOG_SEEN": "all"},
                                       check=False)
            return Ended(completed)
        self.assert_error(look(), NOT_FOUND)
        for script, words_ in (("kill -SEGV $$", "brought its reader down"),
                               ("kill -XCPU $$", "more time or memory"), ("exit 3", "down"),
                               ("echo nonsense", "astray"), ("echo []", "astray"),
                               ("head -c 400000000 /dev/zero", "more time or memory"),
                               ("head -c 5000000 /dev/zero | tr '\\0' ' '; echo '{}'",
                                "more time or memory"),
                               ('echo "{\\"error\\":\\"it has ${QUALOG_SEEN:-nothing}; x\\"}"',
                                "it has nothing"),
                               ('echo \'{"pages":[]}\'', "do not fit"),
                               ('echo \'{"pages":[' + 10_000 * '{"begin":0,"end":0},' +
                                '{"begin":0,"end":0}]}\'', "do not fit"),
                               ('echo \'{"pages":[{"begin":0,"end":9}]}\'', "do not fit"),
                               ('printf \'{"pages":[{"begin":0,"end":1}]}\\n\\000\'',
                                "no plain text")):
            with open(stand_in, "w", encoding="utf-8") as file:
                file.write("#!/bin/sh\n" + script + "\n")
            os.chmod(stand_in, 0o755)
            with self.subTest(script=script[:80]):
                ended = look()
                self.assert_error(ended, USAGE)
                self.assertIn(words_, ended.err)

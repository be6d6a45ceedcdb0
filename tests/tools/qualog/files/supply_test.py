# SPDX-License-Identifier: Apache-2.0
"""qualog source supply: the text that a project file did not hold, from a file that somebody found.
What is coded is what was meant; a text that fits better when counted in another way is told; what
cannot be is refused with one line and changes nothing."""

from collections import Counter

import refi
from import_test import ImportTest
from program import CONFLICT, DENIED, DONE, NOT_FOUND, USAGE
from refi import Dialect, Project, Quote, Source, Writer

TEXT = "I 😀 swim before work. It calms me.\nAlways.\n"


def bare(text, quotes, dialect):
    """A project.qde whose text lies in a file that is not there."""
    return Writer(Project([Source("Talk", text, quotes)]), dialect).xml()


class SupplyTest(ImportTest):
    def missing(self, text=TEXT, quotes=(Quote(4, 20), Quote(35, 41, (1,))),
                dialect=Dialect("x", "x")):
        return self.imported(self.write(bare(text, list(quotes), dialect), "study.qde"))

    def supply(self, content, name="talk.txt", **more):
        return self.qualog("source", "supply", "Fixture", "Talk", self.write(content, name), **more)

    def assert_refused(self, ended, code, *words):
        self.assert_error(ended, code)
        for word in words:
            self.assertIn(word, ended.err)


class Supply(SupplyTest):
    def test_the_text_comes_and_what_is_coded_is_what_was_meant(self):
        self.missing()
        line = self.good(self.supply(TEXT)).line()
        self.assertEqual((line["result"], line["length"], line["passages"], line["loss"]),
                         ("accepted", len(TEXT), 2, []))
        self.assertEqual(self.good(self.qualog("text", "Fixture", "Talk")).line()["text"], TEXT)
        self.assertEqual(self.passages("Fixture"), Counter({
            ("Trust", TEXT[4:20]): 1, ("Time", TEXT[35:41]): 1}))
        self.assertFalse(any(coding["unverified"] for coding in self.codings("Fixture")))
        self.assertTrue(self.good(self.qualog("verify", "Fixture", "--rebuild")).line()["ok"])

    def test_a_text_that_ends_before_its_passages_cuts_none_unasked(self):
        self.missing()
        ended = self.supply(TEXT[:18])
        self.assert_refused(ended, CONFLICT, "2 passages", "18 characters", "--cut")
        path = self.write(TEXT[:18], "talk.txt")
        self.good(self.qualog("source", "supply", "Fixture", "Talk", path, "--cut"))
        self.assertEqual(self.passages("Fixture"), Counter({
            ("Trust", TEXT[4:18]): 1, ("Time", None): 1}))

    def test_people_see_what_came(self):
        self.missing()
        path = self.write(TEXT.replace("😀", "–").encode("cp1252"), "talk.txt")
        ended = self.text("source", "supply", "Fixture", "Talk", path)
        self.assertEqual((ended.code, ended.err), (DONE, ""))
        self.assertIn(f"{len(TEXT)} characters, 2 passages", ended.out)
        self.assertIn("Windows-1252", ended.out)

    def test_every_encoding_and_line_end(self):
        for number, content in enumerate((
                TEXT.encode("utf-16"), b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(),
                TEXT.replace("\n", "\r").encode())):
            with self.subTest(number=number):
                report = self.imported(self.write(bare(TEXT, [], Dialect("x", "x")), "study.qde"),
                                       "--as", f"Study {number}")
                path = self.write(content, "talk.txt")
                self.good(self.qualog("source", "supply", report["project"], "Talk", path))
                shown = self.good(self.qualog("text", report["project"], "Talk")).line()
                self.assertEqual(shown["text"], TEXT)

    def test_a_long_text_comes_in_one_act(self):
        self.missing(quotes=())
        text = refi.random_text(refi.seeded("supply"), 40_000)
        before = self.good(self.qualog("state", "Fixture")).line()["sequence"]
        line = self.good(self.supply(text)).line()
        self.assertGreater(line["sequence"], before + 40)
        self.assertEqual(self.good(self.qualog("text", "Fixture", "Talk")).line()["text"], text)
        self.assertTrue(self.good(self.qualog("verify", "Fixture", "--rebuild")).line()["ok"])

    def test_units_of_another_program_are_told(self):
        text = "😀 " * 9 + " ".join(refi.WORDS) + "\n"
        quotes = refi.random_quotes(refi.seeded("units"), text, 20)
        for quote in quotes:
            quote.name = ""
        self.missing(text, quotes, Dialect("x", "x", unit="utf16"))
        self.assert_refused(self.supply(text), CONFLICT, "look counted in UTF-16", "--cut")
        path = self.write(text, "talk.txt")
        doubt, = self.good(self.qualog("source", "supply", "Fixture", "Talk", path,
                                       "--cut")).line()["loss"]
        self.assertEqual((doubt["element"], doubt["kind"]), ("Coding", "doubt"))
        self.assertIn("UTF-16", doubt["reason"])

    def test_a_text_that_is_too_short_leaves_nothing_outside_of_it(self):
        self.missing()
        path = self.write("I swim", "talk.txt")
        self.good(self.qualog("source", "supply", "Fixture", "Talk", path, "--cut"))
        for coding in self.codings("Fixture"):
            self.assertTrue(coding["detached"] or coding["end"] <= 6, coding)


class Refused(SupplyTest):
    def setUp(self):
        super().setUp()
        self.missing()
        self.before = self.good(self.qualog("state", "Fixture")).line()

    def tearDown(self):
        self.assertEqual(self.good(self.qualog("state", "Fixture")).line(), self.before)

    def test_what_is_no_text(self):
        self.assert_refused(self.supply(b"a\0b"), USAGE, "talk.txt", "no plain text")
        self.assert_refused(self.supply("<Project xmlns='urn:QDA-XML:project:1.0'/>", "a.qde"),
                            USAGE, "a.qde", "this is a project", "project import")

    def test_files_and_sources_that_are_not_there(self):
        self.assert_refused(self.qualog("source", "supply", "Fixture", "Talk", "/nowhere/talk.txt"),
                            NOT_FOUND, "/nowhere/talk.txt")
        path = self.write(TEXT, "talk.txt")
        self.assert_refused(self.qualog("source", "supply", "Fixture", "Nobody", path), NOT_FOUND,
                            "Nobody")
        self.assert_refused(self.qualog("source", "supply", "Nothing", "Talk", path), NOT_FOUND,
                            "Nothing")


class Twice(SupplyTest):
    def test_a_text_that_is_there_is_not_replaced(self):
        self.missing()
        self.good(self.supply(TEXT))
        head = self.good(self.qualog("state", "Fixture")).line()["sequence"]
        self.assert_refused(self.supply("Another."), USAGE, "there already", "source.text_edited")
        self.assertEqual(self.good(self.qualog("state", "Fixture")).line()["sequence"], head)

    def test_a_reader_may_not(self):
        self.missing()
        line = '{"actor":"anna","action":"member.added","body":{"principal":"rita",' \
               '"group":"reader"}}\n'
        self.good(self.qualog("apply", "Fixture", given=line))
        for actor in ("rita", "nobody"):
            ended = self.supply(TEXT, actor=actor)
            self.assertEqual(ended.code, DENIED)
        self.assertFalse(self.good(self.qualog("sources", "Fixture")).line()["length"])

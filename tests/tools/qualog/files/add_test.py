# SPDX-License-Identifier: Apache-2.0
"""qualog source add: a source of a file, in a project that is there: one act, one undo, names as
the project's rules have them, and nothing written where anything is wrong."""

import office
import refi
from import_test import ImportTest, snapshot
from program import CONFLICT, DENIED, DONE, NOT_FOUND, USAGE, command


class Add(ImportTest):
    def add(self, content, name, *options, **more):
        return self.qualog("source", "add", "Gym", self.write(content, name), *options, **more)

    def text_of(self, name):
        return self.good(self.qualog("text", "Gym", name)).line()["text"]

    def test_texts_and_documents_of_any_length(self):
        long = refi.random_text(refi.seeded("add"), 20_000)
        for content, name, text in (
                ("I swim.\r\n", "a.txt", "I swim.\n"), ("", "empty.txt", ""), (long, "b.txt", long),
                (office.docx(office.paragraph(office.run("It calms me."))), "c.docx",
                 "It calms me.\n")):
            with self.subTest(name=name):
                line = self.good(self.add(content, name)).line()
                self.assertEqual((line["result"], line["kind"], line["length"]),
                                 ("accepted", "text", len(text)))
                self.assertEqual(self.text_of(name), text)
                self.assertEqual(self.text_of(line["source"]), text)
        self.assertTrue(self.good(self.qualog("verify", "Gym", "--rebuild")).line()["ok"])

    def test_it_is_one_act_that_one_undo_takes_back(self):
        long = refi.random_text(refi.seeded("undo"), 10_000)
        self.good(self.add(long, "a.txt", "--as", "Talk"))
        events = self.good(self.qualog("events", "cat", "Gym")).lines()
        first = next(event["sequence"] for event in events if event["action"] == "source.created")
        self.assertGreater(sum(event["action"] == "source.text_supplied" for event in events), 5)
        self.apply(command("undo.applied", {"sequences": [first]}))
        self.assertEqual(self.good(self.qualog("sources", "Gym")).lines(), [])

    def test_sent_again_it_is_named_as_it_is_called_now(self):
        source = self.good(self.add("I swim.", "a.txt")).line()["source"]
        self.apply(command("source.props_changed", {"source": source, "name": "Morning talk"},
                           seen=self.head()))
        again = self.good(self.add("I swim.", "a.txt")).line()
        self.assertEqual((again["source"], again["name"], again["noop"]),
                         (source, "Morning talk", True))
        shown = self.text("source", "add", "Gym", self.write("I swim.", "a.txt"))
        self.assertIn('"Morning talk"', shown.out)

    def test_a_name_that_is_taken_or_none(self):
        self.good(self.add("a", "a.txt", "--as", "Talk"))
        ended = self.add("b", "b.txt", "--as", "talk")
        self.assertEqual((ended.code, ended.line()["code"]), (CONFLICT, "NAME_TAKEN"))
        for name in ("a\nb", "x" * 5_000, ""):
            self.assert_error(self.add("b", "b.txt", "--as", name), USAGE)
        self.assertEqual(len(self.good(self.qualog("sources", "Gym")).lines()), 1)

    def test_what_is_wrong_writes_nothing(self):
        before = snapshot(self.data)
        for content, name, words in ((b"a\0", "a.txt", "no plain text"),
                                     ("<Project xmlns='urn:QDA-XML:project:1.0'/>", "a.qde",
                                      "this is a project")):
            ended = self.add(content, name)
            self.assert_error(ended, USAGE)
            self.assertIn(words, ended.err)
        self.assert_error(self.qualog("source", "add", "Gym", "/nowhere.txt"), NOT_FOUND)
        self.assertEqual(snapshot(self.data), before)

    def test_a_reader_may_not(self):
        self.apply(command("member.added", {"principal": "rita", "group": "reader"}))
        self.assertEqual(self.add("a", "a.txt", actor="rita").code, DENIED)

    def test_people_see_what_came(self):
        path = self.write(office.docx(office.paragraph(office.run("So."))), "a.docx")
        ended = self.text("source", "add", "Gym", path)
        self.assertEqual((ended.code, ended.err), (DONE, ""))
        self.assertIn("4 characters", ended.out)
        self.assertIn("layout", ended.out)

# SPDX-License-Identifier: Apache-2.0
# Rows.
"""`log` by filters, sorted, and as CSV with every column (X-02); and CSV of the other tables."""

import csv
import io

from program import NOT_FOUND, USAGE, Interview, command, item_id

COLUMNS = ["Event", "Time (UTC)", "User", "Session", "Action", "Type", "Item", "Item id", "Detail",
           "Seen", "Result"]


def rows_of(text):
    return list(csv.reader(io.StringIO(text, newline="")))


class Log(Interview):
    def setUp(self):
        super().setUp()
        self.first = self.head()
        self.apply(self.coding(1, "bo"), self.coding(2, "cy", 0, 4),
                   command("code.created", {"id": item_id(3), "name": "=1+1"}, "bo"))

    def log(self, *options):
        return self.good(self.qualog("log", "Gym", *options)).lines()

    def sequences(self, *options):
        return [line["sequence"] for line in self.log(*options)]

    def test_by_account_action_and_kind(self):
        for line in self.log("--by", "bo"):
            self.assertEqual(line["user"], "bo")
        self.assertEqual(self.log("--by", "bo"), self.log("--user", "bo"))
        self.assertEqual([line["user"] for line in self.log("--action", "coding.added")],
                         ["bo", "cy"])
        self.assertEqual([line["item_name"] for line in self.log("--kind", "code")],
                         ["Stress", "=1+1"])
        line, = self.log("--action", "coding.added", "--by", "cy")
        self.assertEqual(line["item"], item_id(2))

    def test_every_kind_has_its_rows_and_its_names(self):
        case, group, kind = item_id(4), item_id(5), item_id(6)
        self.apply(command("code.created", {"id": case, "name": "Kari", "kind": "case"}),
                   command("set.created", {"id": group, "name": "Urgent"}),
                   command("set.member_added", {"set": group, "item": self.CODE}),
                   command("classification.created", {"id": kind, "name": "Person"}))
        for word, name, item in (("case", "Kari", case), ("set", "Urgent", group),
                                 ("classification", "Person", kind)):
            line = self.log("--kind", word)[0]
            self.assertEqual((line["item_type"], line["item_name"]), (word, name))
            self.assertEqual(self.log(name)[0], line)
            self.assertEqual(self.log(item)[0], line)
        self.assertEqual([line["action"] for line in self.log("--kind", "set")],
                         ["set.created", "set.member_added"])

    def test_a_stretch(self):
        everything = self.sequences()
        self.assertEqual(self.sequences("--from", self.first + 1),
                         [n for n in everything if n > self.first])
        self.assertEqual(self.sequences("--to", self.first),
                         [n for n in everything if n <= self.first])
        time = self.log("--from", self.first + 1)[0]["time"]
        self.assertIn(self.first + 1, self.sequences("--from", time, "--to", time))
        self.assertEqual(self.sequences("--to", "2020-01-01T00:00:00Z"), [])

    def test_a_group_that_a_stretch_cuts_is_told_whole(self):
        coded = self.sequences("--action", "coding.added")
        undo = self.good(self.qualog("undo", "Gym", *coded)).line()["sequence"]
        self.apply(command("code.created", {"id": item_id(4), "name": "Later"}))
        group = self.log("--from", undo, "--to", undo)
        self.assertEqual([(line["last_sequence"], line["count"]) for line in group], [(undo, 3)])
        begin = group[0]["sequence"]
        self.assertLess(begin, undo)
        self.assertEqual(self.log("--from", begin, "--to", begin), group)
        time = group[0]["time"]
        self.assertIn(begin, self.sequences("--from", time))
        self.assertEqual(self.sequences("--from", undo + 2), [])

    def test_X_03_sorted(self):
        users = [line["user"] for line in self.log("--sort", "user")]
        self.assertEqual(users, sorted(users))
        self.assertEqual(self.sequences("--descending"), sorted(self.sequences(), reverse=True))

    def test_X_02_X_03_csv_has_every_column(self):
        text = self.good(self.text("log", "Gym", "--csv")).out
        titles, *rows = rows_of(text)
        self.assertEqual(titles, COLUMNS)
        lines = self.log()
        self.assertEqual(len(rows), len(lines))
        for row, line in zip(rows, lines):
            self.assertEqual(row[:5], [str(line["sequence"]), line["time"], line["user"],
                                       line["session"], line["action"]])

    def test_no_cell_is_a_formula(self):
        for words in (["log", "Gym"], ["codes", "Gym"]):
            text = self.good(self.text(*words, "--csv")).out
            cells = [cell for row in rows_of(text) for cell in row]
            self.assertIn("'=1+1", cells)
            self.assertEqual([cell for cell in cells if cell[:1] in ("=", "+", "-", "@")], [])

    def test_every_table_is_csv_too(self):
        for words in (["project", "ls"], ["member", "ls", "Gym"], ["codes", "Gym"],
                      ["sources", "Gym"], ["codings", "Gym"], ["cases", "Gym"],
                      ["stripes", "Gym", "Interview 1"],
                      ["stripes", "Gym", "Interview 1", "--density"],
                      ["classifications", "Gym"], ["relationships", "Gym"], ["sets", "Gym"],
                      ["milestone", "ls", "Gym"], ["conflicts", "ls", "Gym"],
                      ["blob", "ls", "Gym"], ["diff", "Gym", "1.."], ["rules"], ["schema"],
                      ["schema", "coding.added"]):
            with self.subTest(words=words):
                ended = self.good(self.text(*words, "--csv"))
                rows = rows_of(ended.out)
                self.assertEqual({len(row) for row in rows}, {len(rows[0])})
                self.assertTrue(ended.out.endswith("\n"))

    def test_what_is_gone_is_found_by_the_name_that_it_had(self):
        made, gone = self.apply(
            command("code.created", {"id": item_id(0x71), "name": "Gone soon"}),
            command("code.deleted", {"code": item_id(0x71)}, "anna", "latest"))
        self.assertEqual([line["sequence"] for line in self.log("gone soon")],
                         [made["sequence"], gone["sequence"]])

    def test_csv_has_the_ids_that_a_table_for_people_leaves_out(self):
        for words, ids in ((["codes", "Gym"], ["Id", "Parent id"]), (["sources", "Gym"], ["Id"]),
                           (["codings", "Gym"], ["Id", "Source id", "Code id"])):
            titles, *rows = rows_of(self.good(self.text(*words, "--csv")).out)
            self.assertEqual(titles[-len(ids):], ids)
            lines = self.good(self.qualog(*words)).lines()
            self.assertEqual([row[-len(ids)] for row in rows], [line["id"] for line in lines])
            self.assertNotIn(rows[0][-len(ids)], self.text(*words).out)

    def test_wrong_options(self):
        self.assert_error(self.qualog("log", "Gym", "--csv"), USAGE)  # beside --json
        self.assert_error(self.qualog("log", "Gym", "--by", "nobody"), NOT_FOUND)
        ended = self.qualog("log", "Gym", "--action", "coding.add")
        self.assert_error(ended, USAGE)
        self.assertIn("coding.added", ended.err)

# SPDX-License-Identifier: Apache-2.0
"""qualog source look: what each kind of file holds as a source: the columns of tables and their
types, the pages of a PDF, the size of a picture as people see it, how long a sound is."""

import hashlib

import materials
import program
from import_test import ImportTest
from materials import ods, ods_cell, ods_sheet, sheet, words, xlsx


class LookTest(ImportTest):
    def look(self, content, name, *options):
        path = self.write(content, name)
        content = content if isinstance(content, bytes) else content.encode()
        line = self.good(self.qualog("source", "look", path, *options)).line()
        self.assertEqual((line["bytes"], line["hash"]),
                         (len(content), hashlib.sha256(content).hexdigest()))
        return line

    def columns(self, line):
        return [(column["name"], column["type"]) for column in line["columns"]]

    def elements(self, line):
        return {row["element"]: row["count"] for row in line["loss"]}


class Csv(LookTest):
    TYPES = ("who,age,score,seen,day,at,code\n"
             "Anna,41,1.5,true,2024-05-01,2024-05-01T10:00:00,007\n"
             "Bo,-3,2,false,2024-05-02,2024-05-02T11:30:00,01\n")

    def test_columns_have_the_type_that_all_values_have(self):
        line = self.look(self.TYPES, "survey.csv")
        self.assertEqual(self.columns(line), [
            ("who", "text"), ("age", "integer"), ("score", "decimal"), ("seen", "boolean"),
            ("day", "date"), ("at", "datetime"), ("code", "text")])
        self.assertEqual((line["kind"], line["mime"], line["rows"], line["length"], line["loss"]),
                         ("dataset", "text/csv", 2, len(self.TYPES), []))

    def test_every_delimiter_encoding_and_line_end_is_one_table(self):
        for delimiter in ",;\t|":
            for encode in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
                for end in ("\n", "\r\n", "\r"):
                    text = end.join(delimiter.join(row) for row in (
                        ("naïve", "b"), ("x", "1"), ("", "2"))) + end
                    with self.subTest(delimiter=delimiter, encode=encode, end=end):
                        line = self.look(text.encode(encode), "a.csv")
                        self.assertEqual(self.columns(line), [("naïve", "text"), ("b", "integer")])
                        self.assertEqual((line["rows"], line["length"]), (2, 15))
                        self.assertEqual("delimiter" in self.elements(line), delimiter != ",")

    def test_quotes_hold_delimiters_quotes_and_lines(self):
        text = 'a,b\n"x, ""y""\nz",2\n"",3\nplain "q",4\n"odd"end,5\n'
        line = self.look(text, "a.csv")
        self.assertEqual((line["rows"], self.columns(line)), (4, [("a", "text"),
                                                                 ("b", "integer")]))
        self.assertEqual(self.elements(line), {"quote": 1})

    def test_rows_and_names_of_every_bad_kind(self):
        text = "a,,a,\"two\nlines\"\n1\n\n\n1,2,3,4,5\n\n"
        line = self.look(text, "a.csv")
        self.assertEqual([column["name"] for column in line["columns"]],
                         ["a", "Column 2", "a (2)", "two lines", "Column 5"])
        self.assertEqual((line["rows"], self.elements(line)), (2, {"column": 4, "row": 2}))

    def test_a_first_line_may_say_the_delimiter(self):
        self.assertEqual(self.columns(self.look("sep=|\na,b|c\n1,2|3\n", "a.csv")),
                         [("a,b", "text"), ("c", "integer")])

    def test_one_column_is_a_table_too(self):
        self.assertEqual(self.columns(self.look("word\nI swim\nalways\n", "a.csv")),
                         [("word", "text")])


class Sheets(LookTest):
    def test_xlsx_values_of_every_kind(self):
        rows = [words("who", "day", "at", "n", "ok", "sum", "gone"),
                '<c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>45413</v></c><c r="C2" s="2"><v>'
                '45413.4375</v></c><c r="D2"><v>1.5</v></c><c r="E2" t="b"><v>1</v></c><c r="F2">'
                '<f>D2+1</f><v>2.5</v></c><c r="G2" t="e"><v>#REF!</v></c>',
                '<c r="B3" s="1"><v>45414</v></c><c r="D3"><v>2</v></c>', "", ""]
        content = xlsx({"One": sheet(rows, "<mergeCells><mergeCell/></mergeCells>"), "Two": sheet(
            [])}, strings=["<r><t>An</t></r><r><t>na</t></r><rPh><t>x</t></rPh>"],
            formats=[(0, ""), (14, ""), (164, 'dd"d"/mm hh:mm')],
            xl__comments1="<x/>", xl__charts__chart1="<x/>")
        line = self.look(content, "survey.xlsx")
        self.assertEqual(self.columns(line), [
            ("who", "text"), ("day", "date"), ("at", "datetime"), ("n", "decimal"),
            ("ok", "boolean"), ("sum", "decimal"), ("gone", "text")])
        self.assertEqual(line["rows"], 2)
        self.assertEqual(self.elements(line), {"sheet": 1, "formula": 1, "merged cells": 1,
                                               "comment": 1, "chart": 1})
        written = ("who,day,at,n,ok,sum,gone\nAnna,2024-05-01,2024-05-01T10:30:00,1.5,true,2.5,"
                   "#REF!\n,2024-05-02,,2,,,\n")
        self.assertEqual(line["length"], len(written))

    def test_the_epoch_of_1904_and_formats_that_are_no_dates(self):
        row = '<c s="0"><v>0</v></c><c s="1"><v>1</v></c><c s="2"><v>9e9</v></c>'
        line = self.look(xlsx({"A": sheet([words("a", "b", "c"), row])}, date1904=True, formats=[
            (14, ""), (164, '0 "days"'), (14, "")]), "a.xlsx")
        self.assertEqual(self.columns(line), [("a", "date"), ("b", "integer"), ("c", "text")])

    def test_a_named_sheet(self):
        content = xlsx({"A": sheet([words("a")]), "B b": sheet([words("b"), words("x")])})
        self.assertEqual(self.columns(self.look(content, "a.xlsx", "--sheet", "B b")),
                         [("b", "text")])
        ended = self.qualog("source", "look", self.write(content, "a.xlsx"), "--sheet", "C")
        self.assert_error(ended, program.NOT_FOUND)
        self.assertIn("no sheet", ended.err)

    def test_ods_values_of_every_kind(self):
        head = "".join(ods_cell(name) for name in ("who", "day", "n", "ok"))
        row = (ods_cell("Anna") + ods_cell("1 May", office__value_type="date",
                                           office__date_value="2024-05-01") +
               ods_cell("1,5", office__value_type="float", office__value="1.5",
                        table__formula="of:=1+0.5") +
               ods_cell("WAHR", office__value_type="boolean", office__boolean_value="true"))
        empty = '<table:table-cell table:number-columns-repeated="16380"/>'
        far = ('<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
               'table:number-columns-repeated="16384"/></table:table-row>')
        body = ods_sheet("One", head + empty, row + empty).replace("</table:table>", far +
                                                                   "</table:table>")
        line = self.look(ods(body + ods_sheet("Two", ods_cell("b"))), "survey.ods")
        self.assertEqual(self.columns(line), [("who", "text"), ("day", "date"), ("n", "decimal"),
                                              ("ok", "boolean")])
        self.assertEqual((line["rows"], self.elements(line)), (1, {"sheet": 1, "formula": 1}))
        again = self.look(ods(body + ods_sheet("Two", ods_cell("b"), ods_cell("2"))), "a.ods",
                          "--sheet", "Two")
        self.assertEqual((again["rows"], self.columns(again)), (1, [("b", "integer")]))

    def test_ods_cells_and_rows_that_repeat(self):
        twice = ods_cell("x", table__number_columns_repeated="2")
        body = ods_sheet("One", ods_cell("a") + ods_cell("b"), twice).replace(
            "<table:table-row><table:table-cell table:number-columns-repeated",
            '<table:table-row table:number-rows-repeated="3"><table:table-cell '
            "table:number-columns-repeated")
        line = self.look(ods(body), "a.ods")
        self.assertEqual((line["rows"], line["length"]), (3, len("a,b\n" + 3 * "x,x\n")))


class Pdf(LookTest):
    def test_pages_with_their_boxes_and_where_their_text_lies(self):
        content = materials.pdf([["I swim before work.", "It calms me."], [], ["N\xe5r?"]],
                                box=(0, 0, 400, 300))
        line = self.look(content, "report.pdf")
        self.assertEqual((line["kind"], line["mime"]), ("pdf", "application/pdf"))
        first = len("I swim before work.\nIt calms me.\n")
        self.assertEqual([(page["width"], page["height"], page["begin"], page["end"])
                          for page in line["pages"]],
                         [(400, 300, 0, first), (400, 300, first, first),
                          (400, 300, first, first + 5)])
        self.assertEqual((line["length"], self.elements(line)), (first + 5, {"layout": 1}))

    def test_pages_that_are_pictures_are_told(self):
        self.assertEqual(self.elements(self.look(materials.pdf([[], []]), "scan.pdf")),
                         {"layout": 1, "page": 2})


class Pictures(LookTest):
    def test_sizes_are_those_that_people_see(self):
        line = self.look(materials.png(640, 480), "a.png")
        self.assertEqual((line["kind"], line["mime"], line["width"], line["height"]),
                         ("picture", "image/png", 640, 480))
        for orientation, turned in ((0, 0), (1, 0), (3, 0), (5, 1), (6, 1), (8, 1), (9, 0)):
            for little in (True, False):
                with self.subTest(orientation=orientation, little=little):
                    line = self.look(materials.jpeg(640, 480, [materials.exif(
                        orientation, little)]), "a.jpg")
                    self.assertEqual((line["width"], line["height"]),
                                     (480, 640) if turned else (640, 480))
                    self.assertEqual(len(line["loss"]), turned)

    def test_jpegs_of_every_frame_and_with_more_before_it(self):
        for frame in (0xC0, 0xC2):
            line = self.look(materials.jpeg(10, 20, [b"http://ns.adobe.com/xap/1.0/\0" +
                                                     bytes(60_000)], frame), "a.jpeg")
            self.assertEqual((line["width"], line["height"]), (10, 20))


class Sound(LookTest):
    def test_how_long_it_is(self):
        for content, name, mime, expected in (
                (materials.wav(2.5), "a.wav", "audio/wav", 2_500),
                (materials.mp3(200), "a.mp3", "audio/mpeg", 200 * 1152 * 1000 // 44_100)):
            with self.subTest(name=name):
                line = self.look(content, name)
                self.assertEqual((line["kind"], line["mime"]), ("audio", mime))
                self.assertAlmostEqual(line["duration_ms"], expected, delta=60)

    def test_people_see_lines(self):
        ended = self.text("source", "look", self.write(materials.wav(1), "a.wav"))
        self.assertEqual((ended.code, ended.err), (program.DONE, ""))
        self.assertIn("1000 ms", ended.out)


class Texts(LookTest):
    def test_texts_and_documents_are_what_an_import_reads(self):
        line = self.look("I swim.", "a.txt")
        self.assertEqual((line["kind"], line["mime"], line["length"]), ("text", "text/plain", 7))



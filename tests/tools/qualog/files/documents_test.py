# SPDX-License-Identifier: Apache-2.0
"""Documents of word processors as texts: every paragraph a line, every row of a table a line, what
stands in the text is what a reader of the document sees, and what does not come is named."""

import office
from import_traps_test import TrapTest
from office import paragraph, run, table


class DocumentTest(TrapTest):
    def of(self, content, name):
        """The text of the one source that came, and the report."""
        path = self.write(content, name)
        report = self.imported(path)
        self.assertEqual((report["counts"]["sources"], report["imported"]["sources"]), (1, 1))
        source, = self.good(self.qualog("sources", report["project"])).lines()
        self.assertEqual((source["name"], source["text_state"]), (name, "supplied"))
        self.assertTrue(self.good(self.qualog("verify", report["project"], "--rebuild")).line()[
            "ok"])
        shown = self.good(self.qualog("text", report["project"], name)).line()
        return shown["text"], report

    def losses(self, report):
        return {row["element"]: row["count"] for row in report["loss"] if row["kind"] == "lost"}


class Docx(DocumentTest):
    def text_of(self, *body):
        return self.of(office.docx("".join(body)), "talk.docx")

    def test_paragraphs_headings_and_lists_are_lines(self):
        heading = paragraph(run("Talk 1"), properties='<w:pStyle w:val="Heading1"/>')
        item = paragraph(run("one"), properties='<w:numPr><w:ilvl w:val="0"/></w:numPr>')
        tabbed = paragraph(run("A:"), "<w:r><w:tab/></w:r>", run("yes"),
                           "<w:r><w:br/><w:cr/></w:r>", run("no"),
                           properties='<w:tabs><w:tab w:val="left"/></w:tabs>')
        text, report = self.text_of(heading, item, paragraph(), tabbed)
        self.assertEqual(text, "Talk 1\none\n\nA:\tyes\n\nno\n")
        self.assertEqual(self.said(report, "list", "items are kept"), 1)
        self.assertEqual(self.losses(report), {"layout": 1})

    def test_words_are_what_a_reader_sees(self):
        bare = "<w:r><w:t>\n  I </w:t></w:r><w:r><w:t xml:space='preserve'> swim 😀\n</w:t></w:r>"
        marks = "<w:r><w:noBreakHyphen/><w:softHyphen/><w:sym w:char='F0E0'/></w:r>"
        text, report = self.text_of(f"<w:p>{bare}{marks}</w:p>")
        self.assertEqual(text, "I swim 😀 \u2011\u00ad\ufffd\n")
        self.assertEqual(self.said(report, "symbol", "U+FFFD"), 1)

    def test_rows_of_tables_are_lines(self):
        inner = table([paragraph(run("x")), paragraph(run("y"))])
        body = table([paragraph(run("Who")), paragraph(run("What"))],
                     [paragraph(run("Anna")), paragraph(run("I swim.")) + paragraph(run("Often."))],
                     [paragraph(), inner + paragraph()])
        text, _ = self.text_of(body, paragraph(run("End.")))
        self.assertEqual(text, "Who\tWhat\nAnna\tI swim. Often.\n\tx  y\nEnd.\n")

    def test_tracked_changes_are_accepted_and_told(self):
        gone = "<w:del w:id='1'><w:r><w:delText>never </w:delText></w:r></w:del>"
        new = f"<w:ins w:id='2'>{run('always ')}</w:ins>"
        moved = f"<w:moveFrom w:id='3'>{run('gone')}</w:moveFrom><w:moveTo>{run('here')}</w:moveTo>"
        joined = paragraph(run("one "), properties="<w:rPr><w:del w:id='4'/></w:rPr>")
        added = paragraph(run("two"), properties="<w:rPr><w:ins w:id='5'/></w:rPr>")
        dropped = table([paragraph(run("a"))], properties="<w:del w:id='6'/>")
        kept = table([paragraph(run("b"))], properties="<w:ins w:id='7'/>")
        text, report = self.text_of(paragraph(gone, new, moved), joined, added, dropped, kept)
        self.assertEqual(text, "always here\none two\nb\n")
        self.assertEqual(self.said(report, "tracked change", "deletion"), 4)
        self.assertEqual(self.said(report, "tracked change", "insertion"), 2)

    def test_what_is_no_line_is_named(self):
        references = ("<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:endnoteReference "
                      "w:id='2'/></w:r><w:r><w:commentReference w:id='0'/></w:r>")
        box = f"<w:txbxContent>{paragraph(run('boxed'))}</w:txbxContent>"
        drawn = (f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
                 f"</mc:AlternateContent></w:r><w:r><w:pict/></w:r>")
        rest = ("<w:altChunk r:id='rId9'/><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
                f"<w:hyperlink r:id='rId3'>{run('a link')}</w:hyperlink>"
                f"<w:hyperlink w:anchor='x'>{run(', a place')}</w:hyperlink>")
        text, report = self.of(office.docx(
            paragraph(run("so"), references, drawn, rest), word__header1="<w:hdr/>",
            word__footer1="<w:ftr/>", word__footnotes="<w:footnotes/>"), "talk.docx")
        self.assertEqual(text, "soa link, a place\n")
        self.assertEqual(self.losses(report), {
            "footnote": 2, "comment": 1, "picture": 2, "text box": 1, "inner file": 1, "formula": 1,
            "hyperlink": 1, "header or footer": 2, "layout": 1})

    def test_fields_and_hidden_words(self):
        field = ("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> PAGE "
                 "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>" + run("7") +
                 "<w:r><w:fldChar w:fldCharType='end'/></w:r>")
        simple = f"<w:fldSimple w:instr='DATE'>{run(' May')}</w:fldSimple>"
        hidden = run(" you", "<w:vanish/>") + run(" see", "<w:vanish w:val='0'/>")
        text, report = self.text_of(paragraph(field, simple, hidden))
        self.assertEqual(text, "7 May you see\n")
        self.assertEqual(self.said(report, "field", "last result"), 2)
        self.assertEqual(self.said(report, "hidden text", "kept"), 1)

    def test_other_places_and_spaces_of_the_main_part(self):
        xml = office.document(paragraph(run("Strict.")), office.STRICT)
        moved = {"[Content_Types].xml": "<Types/>", "_rels/.rels": office.relationships(
            "/word/document2.xml"), "word/document2.xml": xml}
        text, _ = self.of(office.refi.archive(moved), "strict.docx")
        self.assertEqual(text, "Strict.\n")

    def test_an_empty_document_and_a_long_one(self):
        self.assertEqual(self.text_of()[0], "")
        words = office.refi.random_text(office.refi.seeded("docx"), 3_000)
        body = "".join(paragraph(run(line)) for line in words.splitlines())
        self.assertEqual(self.of(office.docx(body), "long.docx")[0], words)

    def test_the_kind_is_told_by_content_not_by_name(self):
        self.assertEqual(self.of(office.docx(paragraph(run("a"))), "talk.zip")[0], "a\n")

    def test_a_missing_text_can_come_as_a_document(self):
        self.apply({"actor": "anna", "action": "source.created", "body": {
            "id": "00000000-0000-7000-8000-0000000000a1", "name": "Talk",
            "text_state": "missing"}})
        path = self.write(office.docx(paragraph(run("I swim."))), "talk.docx")
        line = self.good(self.qualog("source", "supply", "Gym", "Talk", path)).line()
        self.assertEqual((line["length"], [row["element"] for row in line["loss"]]),
                         (8, ["layout"]))


class Odt(DocumentTest):
    def text_of(self, body):
        return self.of(office.odt(body), "talk.odt")

    def test_paragraphs_headings_and_lists_are_lines(self):
        text, report = self.text_of(
            "<text:sequence-decls/><text:h>Talk 1</text:h><text:list><text:list-item>"
            "<text:p>one</text:p></text:list-item></text:list><text:p/><text:p>A:<text:tab/>"
            "<text:span>yes</text:span><text:line-break/>no</text:p>")
        self.assertEqual(text, "Talk 1\none\n\nA:\tyes\nno\n")
        self.assertEqual(self.said(report, "list", "items are kept"), 1)

    def test_white_space_is_what_a_reader_sees(self):
        text, _ = self.text_of("<text:p>\n  I\n swim <text:s text:c='3'/>far<text:tab/> "
                               "<text:span> off</text:span><text:s/></text:p>\n")
        self.assertEqual(text, "I swim    far\t off \n")
        text, _ = self.text_of("<text:p>a<text:s text:c='99999999999'/><text:s text:c='x'/>b"
                               "</text:p>")
        self.assertLess(len(text), 2_000)

    def test_rows_of_tables_are_lines(self):
        cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
        row = lambda *cells: "<table:table-row>" + "".join(cells) + "</table:table-row>"
        text, _ = self.text_of("<table:table>" + row(cell("Who"), cell("What")) + row(
            cell("Anna"), "<table:table-cell><text:p>I swim.</text:p><text:p>Often.</text:p>"
            "</table:table-cell>") + row("<table:covered-table-cell/>", cell("x")) +
            "</table:table><text:p>End.</text:p>")
        self.assertEqual(text, "Who\tWhat\nAnna\tI swim. Often.\n\tx\nEnd.\n")

    def test_what_is_no_line_is_named(self):
        body = ("<text:tracked-changes><text:changed-region><text:deletion><text:p>never</text:p>"
                "</text:deletion></text:changed-region><text:changed-region><text:insertion/>"
                "</text:changed-region></text:tracked-changes><text:p>so<text:note><text:note-body>"
                "<text:p>foot</text:p></text:note-body></text:note><office:annotation><text:p>hm"
                "</text:p></office:annotation><draw:frame><draw:text-box><text:p>boxed</text:p>"
                "</draw:text-box></draw:frame><text:a xlink:href='http://127.0.0.1:1/'> link"
                "</text:a></text:p><text:section><text:section-source "
                "xlink:href='/etc/passwd'/><text:p>in</text:p></text:section>")
        text, report = self.text_of(body)
        self.assertEqual(text, "so link\nin\n")
        self.assertEqual(self.losses(report), {
            "footnote": 1, "comment": 1, "picture": 1, "text box": 1, "hyperlink": 1,
            "inner file": 1, "layout": 1})
        self.assertEqual((self.said(report, "tracked change", "deletion"),
                          self.said(report, "tracked change", "insertion")), (1, 1))

    def test_templates_are_documents_too(self):
        text, _ = self.of(office.odt("<text:p>a</text:p>", mimetype=office.ODT_MIME + "-template"),
                          "talk.ott")
        self.assertEqual(text, "a\n")

# SPDX-License-Identifier: Apache-2.0
"""Documents made by an enemy: one line that names the file and the place, nothing written, nothing
outside of the file ever looked at, memory within a limit. Rows Z6, Z7, S18, S19, S20."""

import json
import os
import socket

import office
import program
import refi
from import_hostile_test import LAUGHS, SECRET, HostileTest, with_said_size, zip_of
from office import paragraph, run


class Documents(HostileTest):
    def both(self, body="", xml=None):
        """The same content as .docx and as .odt."""
        yield office.docx(body, xml), "study.docx"
        yield office.odt(body, xml), "study.odt"

    def assert_both_refused(self, words, body="", xml=None):
        for content, name in self.both(body, xml):
            with self.subTest(name=name, words=words):
                self.assert_refused(content, words, name)

    def test_S20_document_types_and_entities(self):
        for declaration in ("", LAUGHS, '[<!ENTITY x SYSTEM "file:///etc/passwd">]',
                            'SYSTEM "http://127.0.0.1:1/"'):
            xml = f"<!DOCTYPE w:document {declaration}>" + office.document(paragraph(run(SECRET)))
            self.assert_both_refused("document type", xml=xml)
        self.assert_both_refused("entity", body=f"<w:p>{SECRET}&x;</w:p>", xml=(
            f"<w:document xmlns:w='{office.W}'><w:p>{SECRET}&x;</w:p></w:document>"))
        hidden = office.relationships().replace("<Relationships", "<!DOCTYPE x " + LAUGHS +
                                                "><Relationships")
        self.assert_refused(office.docx(root=hidden), "document type", "study.docx")

    def test_S20_no_relationship_leads_out(self):
        """Neither a file nor an address that a document names is ever opened."""
        secret = self.write(office.document(paragraph(run(SECRET))), "secret.xml")
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0)
            address = f"http://127.0.0.1:{server.getsockname()[1]}/document.xml"
            for target, more in ((secret, {}), ("file://" + secret, {"TargetMode": "External"}),
                                 (address, {"TargetMode": "External"}), (address, {}),
                                 ("../../" + secret, {}), ("word/nothing.xml", {})):
                with self.subTest(target=target):
                    self.assert_refused(office.docx(root=office.relationships(target, **more)),
                                        "no path out of it is followed", "study.docx")
            inner = "<w:altChunk r:id='rId9'/><w:subDoc r:id='rId8'/>"
            path = self.write(office.docx(inner, word___rels__document=office.relationships(
                address, TargetMode="External")), "chunk.docx")
            self.good(self.run_confined("project", "import", path, "--dry-run"))
            self.assertRaises(BlockingIOError, server.accept)

    def test_Z7_depth_attributes_and_endless_things(self):
        deep = office.document("<w:p>" * 100_000)
        wide = office.document("<w:p" + "".join(f" a{n}='{SECRET}'" for n in range(300)) + "/>")
        for words, xml in (("too deep", deep), ("too many attributes", wide),
                           ("different names", office.document("".join(
                               f"<{SECRET}{n}/>" for n in range(30_000)))),
                           ("end tag", office.document("<w:p>" + SECRET)),
                           ("too early", office.document(SECRET)[:-40]),
                           ("UTF-8", office.document(SECRET).encode("utf-16"))):
            self.assert_both_refused(words, xml=xml)

    def test_S19_bombs(self):
        zeros = office.document(paragraph(run("0" * 300_000_000)))
        self.assert_both_refused("200 times", xml=zeros)
        honest = office.docx(paragraph(run(SECRET * 5_000)))
        self.assert_refused(with_said_size(honest, b"word/document.xml", 1_000), "entry 3",
                            "study.docx")
        self.assert_refused(with_said_size(honest, b"word/document.xml", 4_000_000_000), "200",
                            "study.docx")

    def test_S19_a_text_that_is_too_long(self):
        """Each piece is honest; together they are more than a source may have."""
        rng = refi.seeded("long")
        line = "".join(rng.choices("abcdefghijklmnop 0123456789", k=4_000))
        body = "".join(paragraph(run(line)) for _ in range(5_100))
        with self.subTest("docx"):
            self.assert_refused(office.docx(body), "20000000", "study.docx")

    def test_Z6_paths_that_repeat_or_lead_out(self):
        good = office.document(paragraph(run(SECRET)))
        parts = [("[Content_Types].xml", "<Types/>"), ("_rels/.rels", office.relationships()),
                 ("word/document.xml", good)]
        self.assert_refused(zip_of(*parts, ("WORD/document.xml", good)), "repeats the name",
                            "study.docx")
        self.assert_refused(zip_of(*parts, ("../" + SECRET, good)), "..", "study.docx")
        whole = zip_of(*parts)
        for cut in (30, len(whole) // 2, len(whole) - 10):
            self.assert_refused(whole[:cut], "not a whole zip", "study.docx")

    def test_locked_old_and_other_kinds(self):
        ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + SECRET.encode()
        self.assert_refused(ole, "old or locked", "study.docx")
        self.assert_refused(b"{\\rtf1 " + SECRET.encode() + b"}", ".rtf", "study.rtf")
        self.assert_refused(office.odt(manifest="<m><encryption-data/></m>", xml=SECRET),
                            "locked", "study.odt")
        self.assert_refused(office.odt(mimetype="application/vnd.oasis.opendocument.graphics"),
                            "kind of office file", "study.odg")
        slides = zip_of(("[Content_Types].xml", "<Types/>"), ("_rels/.rels", office.relationships(
            "ppt/presentation.xml")), ("ppt/presentation.xml", SECRET))
        self.assert_refused(slides, "kind of office file", "study.pptx")

    def test_control_good_ones_pass_under_the_same_limit(self):
        empty = os.path.join(self.folder, "empty")
        self.good(program.run("init", empty))
        for content, name in ((office.docx(paragraph(run(SECRET * 10_000))), "a.docx"),
                              (office.odt(f"<text:p>{SECRET * 10_000}</text:p>"), "a.odt")):
            path = self.write(content, name)
            report = self.good(self.run_confined("project", "import", path, "--dry-run",
                                                 data=empty)).line()
            self.assertEqual(report["imported"]["sources"], 1)
            self.assertNotIn(SECRET, json.dumps(report["loss"], ensure_ascii=False))

# SPDX-License-Identifier: Apache-2.0
"""Archives and XML made by an enemy, through the program: one line that names the place, the
documented exit code, nothing changed in the data directory, no word of a text in any message, and
memory that stays within a limit. Rows Z6, Z7, S18, S19, S20."""

import io
import json
import os
import resource
import struct
import subprocess
import warnings
import zipfile
import zlib

import program
import refi
from import_test import ImportTest, snapshot
from program import DONE, NOT_FOUND, USAGE, Ended
from refi import project_xml, tag

SECRET = "Kirsebærtreet"  # stands in every text, name, path and entry
MEMORY_BYTES = 400 * 1024 * 1024  # of address space; no project is opened before a file is read

GOOD = project_xml(tag("Sources", {}, tag("TextSource", {
    "guid": refi.guid(refi.SOURCE, 1), "name": SECRET, "plainTextPath": "internal://a.txt"})))


def zip_of(*entries):
    """Entries as (name or ZipInfo, content), written as they are; names may repeat."""
    into = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as zipped:
        warnings.simplefilter("ignore")  # of names that repeat
        for name, content in entries:
            zipped.writestr(name, content)
    return into.getvalue()


def renamed(content, old, new):
    """The same archive with an entry's name changed to any bytes of its length."""
    assert len(old) == len(new)
    return content.replace(old, new)


def with_name(name):
    """An entry that no zip library would write."""
    name = name if isinstance(name, bytes) else name.encode()
    placeholder = b"X" * len(name)
    return renamed(zip_of(("project.qde", GOOD), (placeholder.decode(), SECRET)), placeholder, name)


def with_mode(mode):
    info = zipfile.ZipInfo("sources/a.txt")
    info.create_system, info.external_attr = 3, mode << 16
    return zip_of(("project.qde", GOOD), (info, SECRET))


def with_said_size(content, entry, size):
    """The directory says another size of an entry than its bytes have."""
    at = content.rfind(b"PK\1\2", 0, content.rfind(entry))
    return content[:at + 24] + struct.pack("<I", size) + content[at + 28:]


def doctype(declaration, inner=""):
    return (f'<?xml version="1.0"?><!DOCTYPE Project {declaration}>' +
            project_xml(tag("Description", {}, SECRET + inner)))


LAUGHS = "[" + '<!ENTITY a "' + SECRET + '">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)) + "]"


class HostileTest(ImportTest):
    def run_confined(self, *arguments, data=None, memory=MEMORY_BYTES):
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (memory,) * 2)
        completed = subprocess.run(
            [program.binary, *arguments, "-d", data or self.data, "--actor", "anna", "--json"],
            capture_output=True, encoding="utf-8", timeout=program.TIMEOUT_SECONDS,
            env=program.environment(), preexec_fn=limit, check=False)
        return Ended(completed)

    def assert_refused(self, content, words, name="study.qdpx"):
        path = self.write(content, name)
        before = snapshot(self.data)
        for options in ((), ("--dry-run",)):
            ended = self.run_confined("project", "import", path, *options)
            self.assert_error(ended, USAGE)
            message = json.loads(ended.err)["message"]
            self.assertIn(name, message)
            self.assertIn(words, message)
            for part in (SECRET, SECRET[:6], "Kirseb"):
                self.assertNotIn(part, ended.err)
        self.assertEqual(snapshot(self.data), before)
        self.assertEqual(os.listdir(os.path.join(self.data, "projects")), [self.project])

    def in_an_empty_place(self, content):
        """A dry run of a good file, under the same limit."""
        empty = os.path.join(self.folder, "empty")
        self.good(program.run("init", empty))
        path = self.write(content)
        ended = self.run_confined("project", "import", path, "--dry-run", data=empty)
        return self.good(ended).line()


class Hostile(HostileTest):
    def test_S18_names_that_lead_out_of_the_archive(self):
        names = {"../" + SECRET: "..", "sources/../../" + SECRET: "..", "..": "..",
                 "/etc/" + SECRET: "absolute", "C:/" + SECRET: "colon",
                 "sources\\..\\" + SECRET: "backslash", SECRET + "\n": "control",
                 SECRET + "\0.txt": "NUL", "x" * 1_025: "too long"}
        for name, words in names.items():
            with self.subTest(name=name[:20]):
                self.assert_refused(with_name(name), words)

    def test_S18_links_and_devices(self):
        for mode in (0o120777, 0o060666, 0o010666, 0o020666):
            with self.subTest(mode=oct(mode)):
                self.assert_refused(with_mode(mode), "link or a device")

    def test_Z6_names_that_repeat(self):
        pairs = [("a.txt", "a.txt"), ("a.txt", "A.TXT"), ("\u00c9.txt", "e\u0301.txt"),
                 ("./a.txt", "a.txt")]
        for one, other in pairs:
            with self.subTest(pair=(one, other)):
                self.assert_refused(zip_of(("project.qde", GOOD), ("sources/" + one, SECRET),
                                           ("sources/" + other, SECRET))
                                    if not one.startswith(".") else
                                    zip_of(("project.qde", GOOD), (one, SECRET), (other, SECRET)),
                                    "repeats the name")

    def test_S19_bombs(self):
        zeros = SECRET + "0" * 300_000_000
        honest = zip_of(("project.qde", GOOD), ("sources/a.txt", zeros))
        self.assertLess(len(honest), 1_000_000)
        self.assert_refused(honest, "200 times")
        self.assert_refused(with_said_size(honest, b"sources/a.txt", 30_000_000), "entry 2")
        self.assert_refused(with_said_size(zip_of(("project.qde", project_xml(zeros))),
                                           b"project.qde", 100_000), "entry 1")
        many = zip_of(("project.qde", GOOD), *((f"sources/{n}", b"") for n in range(100_001)))
        self.assert_refused(many, "entries")

    def test_Z6_broken_and_locked_archives(self):
        whole = zip_of(("project.qde", GOOD), ("sources/a.txt", SECRET * 50))
        at = whole.rfind(b"PK\1\2", 0, whole.rfind(b"sources/a.txt"))
        locked = whole[:at + 8] + b"\1" + whole[at + 9:]
        odd = whole[:at + 10] + b"\x0e" + whole[at + 11:]
        torn = whole.replace(zlib.crc32((SECRET * 50).encode()).to_bytes(4, "little"), b"\7" * 4)
        for content, words in ((whole[:-30], "not a whole zip"), (whole[:40], "not a whole zip"),
                               (b"PK\3\4", "not a whole zip"), (b"", "no .qdpx archive"),
                               (SECRET.encode(), "no .qdpx archive"), (locked, "encrypted"),
                               (odd, "another method"), (torn, "entry 2"),
                               (zip_of(("word/document.xml", SECRET)), "no .qde file")):
            with self.subTest(words=words):
                self.assert_refused(content, words)

    def test_S20_document_types_and_entities(self):
        attacks = ["", LAUGHS, '[<!ENTITY x SYSTEM "file:///etc/passwd">]', 'SYSTEM "file:///x"',
                   '[<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]', 'PUBLIC "x" "http://x/"',
                   f'[<!ATTLIST Project name CDATA "{SECRET}">]']
        for declaration in attacks:
            for inner in ("", "&j;", "&x;"):
                with self.subTest(declaration=declaration[:30], inner=inner):
                    xml = doctype(declaration, inner)
                    self.assert_refused(xml, "document type", "study.qde")
                    self.assert_refused(zip_of(("project.qde", xml)), "document type")
        self.assert_refused(project_xml(tag("Description", {}, SECRET + "&x;")), "entity",
                            "study.qde")
        self.assert_refused(project_xml(SECRET).encode("utf-16"), "UTF-8", "study.qde")

    def test_Z7_depth_attributes_and_endless_things(self):
        deep = "".join(f'<Code name="{SECRET}">' for _ in range(100_000))
        wide = "".join(f" a{n}='{SECRET}'" for n in range(300))
        attacks = {"too deep": "<CodeBook><Codes>" + deep, "too many attributes": f"<User{wide}/>",
                   "too long": f'<User name="{SECRET * 200_000}"/>',
                   "different names": "".join(f"<{SECRET}{n}/>" for n in range(30_000)),
                   "comments": "<!---->" * 20_000,
                   "too many objects": "<Users>" + "<User/>" * 20_000 + "</Users>"}
        for words, body in attacks.items():
            with self.subTest(words=words):
                xml = project_xml(body)
                self.assert_refused(xml, words, "study.qde")
                self.assert_refused(zip_of(("project.qde", xml)), "entry 1" if
                                    len(xml) > 1_000_000 else words)

    def test_Z7_malformed_documents_name_their_line(self):
        for body, words in (("<Users></Cases>", "end tag"), ("<Users", "line"), ("<a b='1' b='2'/>",
                            "twice"), ("\x08", "character"), ("&#0;", "character"),
                            ("<p:a/>", "prefix"), ("<Description>" + SECRET, "end tag")):
            with self.subTest(body=body):
                self.assert_refused(project_xml("\n\n" + SECRET + body), words, "study.qde")
        self.assert_refused(f"<Other>{SECRET}</Other>", "no REFI-QDA", "study.qde")
        self.assert_refused(b"<Project>\xff" + SECRET.encode(), "line 1", "study.qde")

    def test_what_is_no_file(self):
        before = snapshot(self.data)
        pipe = os.path.join(self.folder, "pipe")
        os.mkfifo(pipe)
        for path, code in ((self.folder, USAGE), (pipe, USAGE), ("/dev/zero", USAGE),
                           (os.path.join(self.folder, "nothing.qdpx"), NOT_FOUND)):
            with self.subTest(path=path):
                self.assert_error(self.run_confined("project", "import", path), code)
        self.assertEqual(snapshot(self.data), before)

    def test_wrong_options_change_nothing(self):
        path = self.write(GOOD, "study.qde")
        before = snapshot(self.data)
        for options in (("--as", "Gym"), ("--as", "gym"), ("--as", ""), ("--as", "a\nb"),
                        ("--as", "x" * 1_001), ("--as",), ("--dry",)):
            with self.subTest(options=options):
                self.assert_error(self.qualog("project", "import", path, *options), USAGE)
        self.assertEqual(snapshot(self.data), before)

    def test_control_a_good_file_passes_under_the_same_limit(self):
        text = refi.random_text(refi.seeded("good"), 20_000) + SECRET
        report = self.in_an_empty_place(zip_of(("project.qde", GOOD), ("sources/a.txt", text)))
        self.assertEqual(report["imported"]["sources"], 1)

    def test_control_the_limit_bites(self):
        path = self.write(zip_of(("project.qde", GOOD), ("sources/a.txt", SECRET)))
        ended = self.run_confined("project", "import", path, memory=MEMORY_BYTES // 20)
        self.assertNotEqual(ended.code, DONE)

    def test_no_word_of_a_text_is_in_the_report(self):
        report = self.in_an_empty_place(zip_of(("project.qde", GOOD), ("sources/b.txt", SECRET)))
        self.assertNotIn(SECRET, json.dumps(report["loss"], ensure_ascii=False))

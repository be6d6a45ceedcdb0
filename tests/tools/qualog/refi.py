# SPDX-License-Identifier: Apache-2.0
"""Project files as research programs write them, for tests of the import: each program's habits are
a Dialect, and a Project is written in any of them. Also the other way: what a file holds, counted
and read here with Python's own XML and zip readers, independent of the program that is tested."""

import io
import random
import uuid
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

KINDS = {
    "users": ["User"], "codes": ["Code"], "codings": ["Coding"], "notes": ["Note"],
    "links": ["Link"], "sets": ["Set"], "cases": ["Case"], "variables": ["Variable"],
    "sources": ["TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource"],
    "selections": ["PlainTextSelection", "TranscriptSelection", "PictureSelection",
                   "PDFSelection", "AudioSelection", "VideoSelection"]}


# ---- habits -------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Dialect:
    name: str
    origin: str
    unit: str = "code_point"
    newline: int = 1
    crlf: bool = False
    bom: bool = False
    bom_counted: bool = False
    encoding: str = "utf-8"
    entry: str = "project.qde"
    folder: str = "sources/"
    path: str = "internal://{}"
    namespace: str = "urn:QDA-XML:project:1.0"
    guids: str = "{}"
    upper: bool = False
    inline: bool = False
    date: str = "2021-05-04T10:11:12Z"
    extra: tuple = ()  # entries that programs leave in the archive

    def guid(self, plain):
        return self.guids.format(plain.upper() if self.upper else plain)

    def position(self, text, position):
        """A position in code points over LF, as this program counts."""
        before = text[:position]
        units = len(before.encode("utf-16-le")) // 2 if self.unit == "utf16" else len(before)
        twice = before.count("\n") if self.newline == 2 else 0
        return units + twice + (1 if self.bom_counted else 0)

    def file(self, text):
        written = text.replace("\n", "\r\n") if self.crlf else text
        return (b"\xef\xbb\xbf" if self.bom else b"") + written.encode(self.encoding)


DIALECTS = [
    Dialect("standard", "A careful program 1.0"),
    Dialect("standard, CR LF", "A careful program 1.0", newline=2, crlf=True),
    Dialect("NVivo Windows", "NVivo 12.6.0.959", unit="utf16", newline=2, crlf=True, bom=True,
            folder="Sources/"),
    Dialect("NVivo Mac", "NVivo for Mac 15.0.0", unit="utf16", folder="sources/",
            extra=("sources/.root",)),
    Dialect("ATLAS.ti", "ATLAS.ti 23.4", crlf=True, upper=True, entry="Meine Studie.QDE",
            folder="Sources/", date="2021-05-04T10:11:12+02:00"),
    Dialect("MAXQDA", "MAXQDA 2022", unit="utf16", bom=True, bom_counted=True, guids="{{{}}}"),
    Dialect("QualCoder", "QualCoder-3.0", bom=True, date="2021-05-04T10:11:12"),
    Dialect("qc", "qc 1.3.2", path="{}", date="2021-05-04T10:11:12.345678"),
    Dialect("Taguette-like", "Taguette 1.5", inline=True),
    Dialect("Transana", "Transana 3.22", namespace="urn:QDA-XML:project:0:10",
            path="internal:{}"),
    Dialect("Windows-1252", "f4analyse", encoding="cp1252", crlf=True, newline=2),
]


# ---- what a test project holds ------------------------------------------------------------------

@dataclass
class Quote:
    """A selection: positions in code points over LF; codes by their number in the project."""
    begin: int
    end: int
    codes: tuple = (0,)
    name: str = ""
    inner: str = ""


@dataclass
class Source:
    name: str
    text: str
    quotes: list = field(default_factory=list)
    whole: tuple = ()
    inner: str = ""


@dataclass
class Project:
    sources: list
    codes: list = field(default_factory=lambda: ["Trust", "Time", "Place"])
    users: list = field(default_factory=lambda: ["Anna Berg", "Bo Lind"])
    name: str = "Fixture"
    more: str = ""  # further children of Project
    more_codes: str = ""  # of Codes
    more_sources: str = ""  # of Sources
    files: dict = field(default_factory=dict)  # further entries of the archive

    def passages(self):
        """What the codings must show: (code, passage), None for a whole source."""
        found = Counter()
        for source in self.sources:
            found.update((self.codes[code], None) for code in source.whole)
            for quote in source.quotes:
                found.update((self.codes[code], source.text[quote.begin:quote.end])
                             for code in quote.codes)
        return found


def guid(kind, number):
    """The same in every run."""
    return str(uuid.UUID(int=kind << 96 | 0x4000 << 64 | 0x8000 << 48 | number))


USER, CODE, SOURCE, SELECTION, CODING, NOTE, LINK, SET, CASE, VARIABLE = range(0x10, 0x1A)

WORDS = ("we walked home før regnet kom mother naïve school harvest the and city Ærlig twice "
         "winter I never saw anybody letters").split()
RARE = ["дом", "πόλη", "😀", "𝒜nna", "👩‍🌾", "𐍈𐌰𐌿𐍂𐌲", "e\u0301te\u0301", "家", "🇩🇰"]


def random_text(rng, paragraphs, rare=True):
    lines = []
    for _ in range(paragraphs):
        words = rng.choices(WORDS, k=rng.randint(4, 16))
        if rare:
            words[rng.randrange(len(words))] = rng.choice(RARE)
        lines.append(" ".join(words) + ".")
    return "\n".join(lines) + "\n"


def random_quotes(rng, text, count, codes=3):
    """Ranges that begin and end with words, each named by a preview, cut or whole."""
    starts = [i for i, c in enumerate(text) if c not in " \n." and (i == 0 or text[i - 1] in " \n")]
    quotes = []
    for _ in range(count):
        begin = rng.choice(starts)
        end = next(i for i in range(min(begin + rng.randint(1, 60), len(text) - 1), len(text))
                   if text[i] in " \n." or i == len(text) - 1)
        while end > begin + 1 and text[end - 1] in " \n.":
            end -= 1
        words = text[begin:end].replace("\n", " ")
        name = rng.choice([words, words, words[:12] + "…" if len(words) > 12 else words, ""])
        quotes.append(Quote(begin, end, (rng.randrange(codes),), name))
    return quotes


def random_project(rng, sources=2, paragraphs=12, quotes=20, rare=True):
    texts = [random_text(rng, paragraphs, rare) for _ in range(sources)]
    return Project([Source(f"Interview {n + 1}", text, random_quotes(rng, text, quotes))
                    for n, text in enumerate(texts)])


# ---- writing ------------------------------------------------------------------------------------

def tag(name, attributes, inner=""):
    shown = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{name}{shown}>{inner}</{name}>"


class Writer:
    """One project in one dialect."""

    def __init__(self, project, dialect):
        self.project, self.dialect = project, dialect
        self.codings = 0
        self.files = {}

    def audit(self, number):
        return {"creatingUser": self.dialect.guid(guid(USER, number % len(self.project.users))),
                "creationDateTime": self.dialect.date} if self.project.users else {}

    def coding(self, code):
        self.codings += 1
        reference = tag("CodeRef", {"targetGUID": self.dialect.guid(guid(CODE, code))})
        return tag("Coding", {"guid": self.dialect.guid(guid(CODING, self.codings)),
                              **self.audit(self.codings)}, reference)

    def selection(self, source, quote, number):
        position = lambda at: self.dialect.position(source.text, at)
        attributes = {"guid": self.dialect.guid(guid(SELECTION, number)),
                      "startPosition": position(quote.begin), "endPosition": position(quote.end),
                      **self.audit(number)}
        if quote.name:
            attributes["name"] = quote.name
        inner = quote.inner + "".join(self.coding(code) for code in quote.codes)
        return tag("PlainTextSelection", attributes, inner)

    def source(self, source, number):
        attributes = {"guid": self.dialect.guid(guid(SOURCE, number)), "name": source.name,
                      **self.audit(number)}
        content = ""
        if self.dialect.inline:
            content = tag("PlainTextContent", {}, escape(source.text))
        else:
            name = guid(SOURCE, number) + ".txt"
            attributes["plainTextPath"] = self.dialect.path.format(name)
            self.files[self.dialect.folder + name] = self.dialect.file(source.text)
        inner = content + "".join(self.selection(source, quote, number * 100_000 + n)
                                  for n, quote in enumerate(source.quotes))
        inner += "".join(self.coding(code) for code in source.whole)
        return tag("TextSource", attributes, inner + source.inner)

    def xml(self):
        project, dialect = self.project, self.dialect
        users = "".join(tag("User", {"guid": dialect.guid(guid(USER, n)), "name": name})
                        for n, name in enumerate(project.users))
        codes = "".join(tag("Code", {"guid": dialect.guid(guid(CODE, n)), "name": name,
                                     "isCodable": "true", "color": "#12aB00"})
                        for n, name in enumerate(project.codes)) + project.more_codes
        sources = "".join(self.source(source, n) for n, source in enumerate(project.sources))
        sources += project.more_sources
        body = (tag("Users", {}, users) + tag("CodeBook", {}, tag("Codes", {}, codes)) +
                tag("Sources", {}, sources) + project.more)
        return ('<?xml version="1.0" encoding="utf-8"?>\n' +
                tag("Project", {"xmlns": dialect.namespace, "name": project.name,
                                "origin": dialect.origin}, body))

    def archive(self):
        return archive({self.dialect.entry: self.xml(), **self.files, **self.project.files,
                        **{name: "junk" for name in self.dialect.extra}})


def archive(entries):
    """A zip of names and their bytes or text."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in entries.items():
            zipped.writestr(name, content)
    return into.getvalue()


def project_xml(body, **attributes):
    return tag("Project", {"xmlns": "urn:QDA-XML:project:1.0", "name": "Fixture", **attributes},
               body)


# ---- reading, independently ---------------------------------------------------------------------

def local(element):
    return element.tag.rsplit("}", 1)[-1]


def root_of(content):
    """The root of a .qdpx, .qde or .qdc, from its bytes."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            entry = next(name for name in zipped.namelist()
                         if name.lower().endswith(".qde") and "/" not in name)
            content = zipped.read(entry)
    return ElementTree.fromstring(content)


def counts_of(root):
    found = Counter(local(element) for element in root.iter())
    return {kind: sum(found[name] for name in names) for kind, names in KINDS.items()}


def seeded(name):
    """A generator that is the same in every run; QUALOG_SEED gives another."""
    import os
    seed = os.environ.get("QUALOG_SEED", "1")
    return random.Random(f"{seed} {name}")

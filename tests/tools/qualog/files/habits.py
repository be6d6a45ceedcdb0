# SPDX-License-Identifier: Apache-2.0
"""Whole projects and codebooks with all the habits that one program has at once: what refi.py
writes in that program's dialect, with the sources, cases and codes that only it writes so. A Study
says what the file means, so that a test need not know how it is written."""

from dataclasses import dataclass, field

import refi
from refi import (CASE, CODE, CODING, NOTE, SELECTION, SET, SOURCE, VARIABLE, Project, Quote,
                  Source, Writer, guid, tag)

TEXT = "I swim 😀 before work. It calms me always.\nNå er det nok – sier jeg.\n"
OLD_TEXT = "Vi gikk hjem før regnet kom – “tid” var knapp.\n"
WORDS = "It calms me"


@dataclass
class Study:
    content: bytes
    passages: dict  # code -> the passages coded with it, None for a whole source
    doubts: list = field(default_factory=list)  # (element, words of the reason, count)
    losses: list = field(default_factory=list)
    codes: dict = field(default_factory=dict)  # code -> its parent, where that matters
    sources: list = field(default_factory=list)


def dialect(name):
    return next(found for found in refi.DIALECTS if found.name == name)


def reference(name, target, habit):
    return tag(name, {"targetGUID": habit.guid(target)})


def coding(number, code, habit, **more):
    return tag("Coding", {"guid": habit.guid(guid(CODING, number)), **more},
               reference("CodeRef", guid(CODE, code), habit))


def pdf(number, text, begin, end, code, habit):
    """A passage of a PDF as ATLAS.ti and MAXQDA write it: a rectangle on page 0 and the same words
    in the text that stands for the pages, under one GUID, with a coding each."""
    identity = {"guid": habit.guid(guid(SELECTION, number))}
    rectangle = tag("PDFSelection", {**identity, "page": 0, "firstX": 70, "firstY": 700,
                                     "secondX": 300, "secondY": 640},
                    coding(number, code, habit))
    words = tag("PlainTextSelection", {**identity, "startPosition": habit.position(text, begin),
                                       "endPosition": habit.position(text, end)},
                coding(number, code, habit))
    path = guid(SOURCE, number + 1) + ".txt"
    stands_for = tag("Representation", {"guid": habit.guid(guid(SOURCE, number + 1)),
                                        "plainTextPath": "internal://" + path}, words)
    source = tag("PDFSource", {"guid": habit.guid(guid(SOURCE, number)), "name": "Report.pdf",
                               "path": f"internal://{guid(SOURCE, number)}.pdf"},
                 rectangle + stands_for)
    return source, {habit.folder + path: habit.file(text)}


# ---- ATLAS.ti -----------------------------------------------------------------------------------

def atlas_ti():
    """CR LF counted once, upper case, a project entry with a name of its own, PDFs coded both ways,
    a transcript in Windows-1252, one medium as two sources on one file, empty creatingUser, a text
    that is not in the archive, nor is a picture."""
    habit = dialect("ATLAS.ti")
    begin = TEXT.index(WORDS)
    study = Project([Source("Talk.docx", TEXT, [Quote(begin, begin + len(WORDS), (0, 1), WORDS),
                                                Quote(begin, begin + len(WORDS), (2,))])])
    source, files = pdf(0x500, TEXT, 2, 6, 1, habit)
    transcript = guid(SOURCE, 0x600) + ".txt"
    spoken = tag("TextSource", {"guid": habit.guid(guid(SOURCE, 0x600)), "name": "Talk.mp3 words",
                                "plainTextPath": "internal://" + transcript, "creatingUser": ""})
    sound = tag("AudioSource", {"guid": habit.guid(guid(SOURCE, 0x601)), "name": "Talk.mp3",
                                "path": "absolute:///C:/Users/nobody/Talk.mp3"},
                tag("Transcript", {"guid": habit.guid(guid(SOURCE, 0x602)),
                                   "plainTextPath": "internal://" + transcript}))
    gone = tag("TextSource", {"guid": habit.guid(guid(SOURCE, 0x700)), "name": "Gone",
                              "plainTextPath": "internal://gone.txt"}, coding(0x700, 2, habit))
    picture = tag("PictureSource", {"guid": habit.guid(guid(SOURCE, 0x800)), "name": "Map",
                                    "path": "internal://map.png"})
    study.more_sources = source + spoken + sound + gone + picture
    study.files = {**files, habit.folder + transcript: OLD_TEXT.replace("\n", "\r\n").encode(
        "cp1252")}
    content = Writer(study, habit).archive().replace(b"creatingUser=\"" + habit.guid(
        guid(refi.USER, 0)).encode(), b"creatingUser=\"")
    return Study(content, {"Trust": [WORDS], "Time": [WORDS, "swim"], "Place": [WORDS, None]},
                 doubts=[("TextSource", "Windows-1252", 1), ("TextSource", "missing", 1),
                         ("PictureSource", "not in the archive", 1)],
                 losses=[("Coding", "", 1)],
                 sources=["Gone", "Map", "Report.pdf", "Talk.docx", "Talk.mp3", "Talk.mp3 words"])


# ---- MAXQDA -------------------------------------------------------------------------------------

def maxqda():
    """UTF-16 units with the byte order mark counted, braces, parents that are codable, documents of
    equal names, a case without a name that means the values of its document, rows of a survey as
    one document each in a set, PDFs coded both ways."""
    habit = dialect("MAXQDA")
    begin = TEXT.index(WORDS)
    quote = Quote(begin, begin + len(WORDS), (0,), WORDS)
    rows = [Source(f"Survey {n}", f"Answer {n} 😀 of many.\n", whole=(2,)) for n in (1, 2)]
    study = Project([Source("Interview", TEXT, [quote]), Source("Interview", TEXT, [quote]), *rows])
    source, files = pdf(0x500, TEXT, 2, 6, 1, habit)
    study.more_sources, study.files = source, files
    leaf = tag("Code", {"guid": habit.guid(guid(CODE, 11)), "name": "Leaf", "isCodable": "true"})
    study.more_codes = tag("Code", {"guid": habit.guid(guid(CODE, 10)), "name": "Parent",
                                    "isCodable": "true", "color": "#abc"}, leaf)
    value = tag("VariableValue", {}, reference("VariableRef", guid(VARIABLE, 1), habit) +
                tag("IntegerValue", {}, "42"))
    members = "".join(reference("MemberSource", guid(SOURCE, n), habit) for n in (2, 3))
    study.more = (
        tag("Variables", {}, tag("Variable", {"guid": habit.guid(guid(VARIABLE, 1)), "name": "Age",
                                              "typeOfVariable": "Integer"})) +
        tag("Cases", {}, tag("Case", {"guid": habit.guid(guid(CASE, 1))},
                             value + reference("SourceRef", guid(SOURCE, 0), habit))) +
        tag("Sets", {}, tag("Set", {"guid": habit.guid(guid(SET, 1)), "name": "Survey"}, members)))
    return Study(Writer(study, habit).archive(),
                 {"Trust": [WORDS, WORDS], "Time": ["swim"], "Place": [None, None]},
                 doubts=[("name", "changed", 1)],
                 codes={"Leaf": "Parent", "Parent": None},
                 sources=["Interview", "Interview (2)", "Report.pdf", "Survey 1", "Survey 2"])


# ---- NVivo --------------------------------------------------------------------------------------

def nvivo():
    """UTF-16 units, CR LF counted twice, a mark that is not; a code with the GUID of a case; equal
    selections on one range; an annotation as a note and a link; memos of equal names."""
    habit = dialect("NVivo Windows")
    begin = TEXT.index(WORDS)
    quotes = [Quote(begin, begin + len(WORDS), (code,), WORDS) for code in (0, 1)]
    quotes.append(Quote(2, 6, ()))
    study = Project([Source("Interview", TEXT, quotes)])
    study.more_codes = tag("Code", {"guid": habit.guid(guid(CASE, 7)), "name": "Eva",
                                    "isCodable": "true"})
    study.more_sources = ""
    notes = "".join(tag("Note", {"guid": habit.guid(guid(NOTE, n)), **name},
                        tag("PlainTextContent", {}, words))
                    for n, name, words in ((1, {}, "Look here."), (2, {"name": "Memo"}, "One."),
                                           (3, {"name": "Memo"}, "Two.")))
    study.more = (
        tag("Cases", {}, tag("Case", {"guid": habit.guid(guid(CASE, 7)), "name": "Eva"})) +
        tag("Notes", {}, notes) +
        tag("Links", {}, tag("Link", {"guid": habit.guid(guid(refi.LINK, 1)),
                                      "originGUID": habit.guid(guid(NOTE, 1)),
                                      "targetGUID": habit.guid(guid(SELECTION, 2))})))
    return Study(Writer(study, habit).archive(), {"Trust": [WORDS], "Time": [WORDS]},
                 doubts=[("name", "changed", 1)], sources=["Interview"])


# ---- codebooks ----------------------------------------------------------------------------------

def codebook(namespace="urn:QDA-XML:codebook:1.0", location="", sets="", guids="{}"):
    """A .qdc: a tree of three codes, and what else a program writes."""
    made = lambda number, name, codable, inner="": tag(
        "Code", {"guid": guids.format(guid(CODE, number)), "name": name, "isCodable": codable,
                 "color": "#0f0"}, tag("Description", {}, "What it means.") + inner)
    attributes = {"xmlns": namespace, "origin": "a program"}
    if location:
        attributes.update({"xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                           "xsi:schemaLocation": location})
    return tag("CodeBook", attributes, tag("Codes", {}, made(1, "Feelings", "false", made(
        2, "Fear", "true") + made(3, "Joy", "true"))) + sets)


def set_of_codes(member):
    return tag("Sets", {}, tag("Set", {"guid": guid(SET, 1), "name": "Main"}, tag(
        "Description", {}, "Those that count.") + member))


CODEBOOKS = {
    "standard": codebook(sets=set_of_codes(f'<MemberCode guid="{guid(CODE, 2)}"/>')),
    "ATLAS.ti 23.4": codebook(location="urn:QDA-XML:codebook:0:4 Codebook.xsd",
                              guids="{{{}}}"),
    "ATLAS.ti, older": codebook(namespace="urn:QDA-XML:codebook:0:4"),
    "MAXQDA": codebook(guids="{{{}}}", location="urn:QDA-XML:codebook:1.0 "
                       "http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd"),
    "NVivo": codebook(sets=set_of_codes(f'<MemberCode targetGUID="{guid(CODE, 2)}"/>')),
    "Taguette": codebook(sets="<Sets/>"),
    "a version to come": codebook(namespace="urn:QDA-XML:codebook:2.0"),
}

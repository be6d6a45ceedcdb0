# SPDX-License-Identifier: Apache-2.0
"""A small REFI-QDA project file for tests of `project import`: one user, one source, one code, one
coded passage, one note, one link, one set with it, one case, and a picture whose file is not in
it."""

import zipfile

TEXT = "I swim before work. It calms me."
COUNTS = {"users": 1, "sources": 2, "codes": 1, "selections": 1, "codings": 1, "notes": 1,
          "links": 0, "sets": 1, "cases": 1, "variables": 0}


def guid(number):
    return f"00000000-0000-4000-8000-{number:012x}"


QDE = f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Interviews" origin="test">
<Users><User guid="{guid(1)}" name="Anna"/></Users>
<CodeBook><Codes><Code guid="{guid(2)}" name="Stress" isCodable="true"/></Codes>
<Sets><Set guid="{guid(8)}" name="All"><MemberCode targetGUID="{guid(2)}"/></Set></Sets></CodeBook>
<Cases><Case guid="{guid(9)}" name="Eva"/></Cases>
<Sources>
<TextSource guid="{guid(3)}" name="Interview 1" creatingUser="{guid(1)}">
<PlainTextContent>{TEXT}</PlainTextContent>
<PlainTextSelection guid="{guid(4)}" name="swim before work" startPosition="2" endPosition="18"
 creatingUser="{guid(1)}"><Coding guid="{guid(5)}" creatingUser="{guid(1)}"><CodeRef
 targetGUID="{guid(2)}"/></Coding></PlainTextSelection>
</TextSource>
<PictureSource guid="{guid(6)}" name="Photograph" path="internal://photograph.png"/>
</Sources>
<Notes><Note guid="{guid(7)}" name="Idea"><PlainTextContent>Ask why.</PlainTextContent></Note>
</Notes>
</Project>
"""


def write_qdpx(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", QDE)

# SPDX-License-Identifier: Apache-2.0
"""Documents as word processors write them (.docx, .odt), for tests of what is read of them: parts
are strings of XML put into a zip, so that a test can write any of them as it likes."""

import refi
from refi import tag

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE_DOCUMENT = ("http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                   "officeDocument")
ODT_MIME = "application/vnd.oasis.opendocument.text"


def escape(text):
    return refi.escape(text)


# ---- .docx --------------------------------------------------------------------------------------

def relationships(target="word/document.xml", kind=OFFICE_DOCUMENT, **more):
    return tag("Relationships",
               {"xmlns": "http://schemas.openxmlformats.org/package/2006/relationships"},
               tag("Relationship", {"Id": "rId1", "Type": kind, "Target": target, **more}))


def document(body, space=W):
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:document xmlns:w="{space}" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
            f"<w:body>{body}<w:sectPr/></w:body></w:document>")


def docx(body="", xml=None, root=None, **parts):
    return refi.archive({
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/"
                               "content-types'/>",
        "_rels/.rels": root or relationships(),
        "word/document.xml": document(body) if xml is None else xml,
        **{name.replace("__", "/") + ".xml": content for name, content in parts.items()}})


def run(text, properties=""):
    return (f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{escape(text)}</w:t>"
            "</w:r>")


def paragraph(*runs, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows, properties=""):
    """Cells are strings of XML."""
    cell = lambda inner: f"<w:tc><w:tcPr/>{inner}</w:tc>"
    return "<w:tbl><w:tblPr/>" + "".join(
        f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(map(cell, row))}</w:tr>"
        for row in rows) + "</w:tbl>"


# ---- .odt ---------------------------------------------------------------------------------------

def content(body, kind="text"):
    spaces = "".join(f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
                     for short, long in (("office", "office"), ("text", "text"),
                                         ("table", "table"), ("draw", "drawing")))
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content{spaces} '
            f'xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles/><office:body>'
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>")


def odt(body="", xml=None, mimetype=ODT_MIME, manifest="<manifest/>", kind="text"):
    return refi.archive({"mimetype": mimetype, "content.xml": content(body, kind) if xml is None
                         else xml, "META-INF/manifest.xml": manifest, "styles.xml": "<styles/>"})

# SPDX-License-Identifier: Apache-2.0
"""Files of sources as programs write them, byte by byte: spreadsheets, PDF, pictures, sound."""

import io
import struct
import wave
import zlib

import office
import refi

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"


# ---- spreadsheets -------------------------------------------------------------------------------

def sheet(rows, more=""):
    """Rows are strings of <c> elements."""
    inner = "".join(f"<row>{row}</row>" for row in rows)
    return f'<worksheet xmlns="{MAIN}"><sheetData>{inner}</sheetData>{more}</worksheet>'


def xlsx(sheets, strings=(), formats=(), date1904=False, targets=None, **parts):
    """Sheets: name -> XML. Formats: (number, code) of the cell styles in their order."""
    names = "".join(f'<sheet name="{refi.escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
                    for n, name in enumerate(sheets, 1))
    workbook = (f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/'
                f'officeDocument/2006/relationships"><workbookPr date1904="{int(date1904)}"/>'
                f"<sheets>{names}</sheets></workbook>")
    targets = targets or {f"rId{n}": (f"worksheets/sheet{n}.xml", "")
                          for n in range(1, len(sheets) + 1)}
    links = "".join(f'<Relationship Id="{name}" Target="{target}" {more}/>'
                    for name, (target, more) in targets.items())
    styles = (f'<styleSheet xmlns="{MAIN}"><numFmts>' + "".join(
        f'<numFmt numFmtId="{number}" formatCode={refi.quoteattr(code)}/>'
        for number, code in formats if number >= 164) +
        "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
        "<cellXfs>" + "".join(f'<xf numFmtId="{number}"/>' for number, _ in formats)
        + "</cellXfs></styleSheet>")
    shared = f'<sst xmlns="{MAIN}">' + "".join(f"<si>{text}</si>" for text in strings) + "</sst>"
    return refi.archive({
        "[Content_Types].xml": "<Types/>", "_rels/.rels": office.relationships("xl/workbook.xml"),
        "xl/workbook.xml": workbook, "xl/_rels/workbook.xml.rels": f"<R>{links}</R>",
        "xl/styles.xml": styles, "xl/sharedStrings.xml": shared,
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
        **{name.replace("__", "/") + ".xml": content for name, content in parts.items()}})


def words(*values):
    """A row of words, each in its cell."""
    return "".join(f'<c t="inlineStr"><is><t>{refi.escape(value)}</t></is></c>'
                   for value in values)


def ods(body, **more):
    return office.odt(body, mimetype=ODS_MIME, kind="spreadsheet", **more)


def ods_cell(text, **attributes):
    said = "".join(f' {name.replace("__", ":").replace("_", "-")}="{value}"'
                   for name, value in attributes.items())
    return f"<table:table-cell{said}><text:p>{refi.escape(text)}</text:p></table:table-cell>"


def ods_sheet(name, *rows):
    return (f'<table:table table:name="{name}">' +
            "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>")


# ---- PDF ----------------------------------------------------------------------------------------

def pdf(pages, box=(0, 0, 595, 842), trailer="", catalog=""):
    """Pages are lists of lines in Latin-1."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
               f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    for n, lines in enumerate(pages):
        drawn = f"BT /F1 12 Tf 40 {box[3] - 60} Td 14 TL " + " ".join(
            f"({line}) Tj T*" for line in lines) + " ET"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[{' '.join(map(str, box))}]"
                       f"/Resources<</Font<</F1 3 0 R>>>>/Contents {5 + 2 * n} 0 R>>")
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream")
    written, places = b"%PDF-1.4\n", []
    for number, inner in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{inner}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return written + (f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer"
                      f"<</Size {len(places) + 1}/Root 1 0 R{trailer}>>\nstartxref\n"
                      f"{len(written)}\n%%EOF\n").encode()


# ---- pictures -----------------------------------------------------------------------------------

def png(width, height):
    def chunk(kind, content):
        return (struct.pack(">I", len(content)) + kind + content +
                struct.pack(">I", zlib.crc32(kind + content)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0,
                                                              0)) + chunk(b"IEND", b""))


def exif(orientation, little=True, directory=8, entries=1):
    order = "<" if little else ">"
    return (b"Exif\0\0" + (b"II*\0" if little else b"MM\0*") + struct.pack(order + "I", directory) +
            struct.pack(order + "HHHIHH", entries, 0x0112, 3, 1, orientation, 0))


def jpeg(width, height, segments=(), frame=0xC0):
    def segment(marker, content):
        return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content
    return (b"\xff\xd8" + segment(0xE0, b"JFIF\0" + bytes(9)) +
            b"".join(segment(0xE1, content) for content in segments) +
            segment(frame, struct.pack(">BHHB", 8, height, width, 3) + bytes(9)) + b"\xff\xda")


# ---- sound --------------------------------------------------------------------------------------

def wav(seconds, rate=8_000):
    into = io.BytesIO()
    with wave.open(into, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(1)
        written.setframerate(rate)
        written.writeframes(b"\x80" * int(seconds * rate))
    return into.getvalue()


def mp3(frames):
    """Silence at 128 kbit/s and 44.1 kHz: 26.12 ms a frame."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames

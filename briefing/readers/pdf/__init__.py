"""A finished PDF read back through its structure tree: the document as somebody hears it who cannot see the page.

What is read are the bytes of the file, not what their writer meant: text is what the fonts' ToUnicode tables say, and
every text on a page must stand either in the structure or in an artifact. The reading is our own, in four steps: the
syntax of objects, the file they stand in, what its pages show, and the structure that puts it in order."""

from __future__ import annotations

import struct
import zlib
from datetime import date

from briefing.diagnostics import BriefingError, Diagnostic, Location
from briefing.document import Document, Properties
from briefing.readers.pdf.content import read_page
from briefing.readers.pdf.file import Page, PdfFile
from briefing.readers.pdf.fonts import Fonts
from briefing.readers.pdf.structure import StructureReader
from briefing.readers.pdf.syntax import PdfDamage, number, text

_MM = 72 / 25.4
_SHEETS = {"A4": (210, 297), "Letter": (215.9, 279.4)}
_FAULTS = (PdfDamage, IndexError, KeyError, OverflowError, RecursionError, ValueError, struct.error, zlib.error)


def read_pdf(data: bytes, name: str = "") -> Document:
    """Read a tagged PDF into the document tree; styles stay empty, and so do the ids of blocks.

    `name` is the file as messages show it. Raises BriefingError [pdf-unreadable] where the file is damaged, not tagged,
    or shows text that its structure does not hold."""
    try:
        return _document(PdfFile(data))
    except _FAULTS as fault:
        # What Python says when parts do not fit together tells a user nothing.
        told = str(fault) if isinstance(fault, PdfDamage) else "its parts do not fit together"
        message = f"the PDF is damaged or not a tagged one: {told}"
        help = "Build it again; a PDF that another program saved may have lost its structure."
        raise BriefingError([Diagnostic(Location(name), "pdf-unreadable", message, help)]) from fault


def _document(pdf: PdfFile) -> Document:
    fonts = Fonts(pdf)
    contents = [read_page(pdf, page, fonts, place) for place, page in enumerate(pdf.pages, 1)]
    reader = StructureReader(pdf, contents)
    blocks = reader.blocks()
    reader.check_complete()
    first = contents[0]
    return Document(_properties(pdf), blocks, reader.notes(), first.header, first.footer, _sheet(pdf, pdf.pages[0]))


def _properties(pdf: PdfFile) -> Properties:
    info = pdf.dictionary(pdf.trailer[b"/Info"])

    def said(key: bytes) -> str:
        return text(pdf.value(info.get(key, b"()")))

    written = text(pdf.value(info[b"/CreationDate"]))
    return Properties(
        said(b"/Title"),
        text(pdf.value(pdf.root[b"/Lang"])),
        date(int(written[2:6]), int(written[6:8]), int(written[8:10])),
        *map(said, (b"/Author", b"/Subject", b"/Keywords", b"/Handling", b"/Version")),
    )


def _sheet(pdf: PdfFile, page: Page) -> str:
    """Name the sheet, upright; its size in millimetres where it has no name."""
    left, bottom, right, top = (number(pdf.value(raw)) for raw in pdf.items(page.entries[b"/MediaBox"]))
    width, height = sorted(((right - left) / _MM, (top - bottom) / _MM))
    for name, (named_width, named_height) in _SHEETS.items():
        if abs(width - named_width) < 1 and abs(height - named_height) < 1:
            return name
    return f"{width:.0f} × {height:.0f} mm"

"""A finished PDF read back through its structure tree: the document as somebody hears it who cannot see the page.

What is read are the bytes of the file, not what their writer meant: text is what the fonts' ToUnicode tables say, and
every text on a page must stand either in the structure or in an artifact."""

from __future__ import annotations

import struct
from datetime import date
from io import BytesIO

import pikepdf

from briefing.diagnostics import BriefingError, Diagnostic, Location
from briefing.document import Document, Properties
from briefing.readers.pdf.content import Fonts, read_page
from briefing.readers.pdf.structure import StructureReader

_MM = 72 / 25.4
_SHEETS = {"A4": (210, 297), "Letter": (215.9, 279.4)}
_FAULTS = (
    pikepdf.PdfError,
    pikepdf.ForeignObjectError,
    pikepdf.DataDecodingError,
    AttributeError,
    IndexError,
    KeyError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


def read_pdf(data: bytes, name: str = "") -> Document:
    """Read a tagged PDF into the document tree; styles stay empty, and so do the ids of blocks.

    `name` is the file as messages show it. Raises BriefingError [pdf-unreadable] where the file is damaged, not tagged,
    or shows text that its structure does not hold."""
    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            return _document(pdf)
    except _FAULTS as fault:
        message = f"the PDF is damaged or not a tagged one: {_told(fault)}"
        help = "Build it again; a PDF that another program saved may have lost its structure."
        raise BriefingError([Diagnostic(Location(name), "pdf-unreadable", message, help)]) from fault


def _told(fault: Exception) -> str:
    """Say in one line what is wrong; what Python says when parts do not fit together tells a user nothing."""
    if isinstance(fault, ValueError | pikepdf.PdfError) and str(fault):
        return str(fault).splitlines()[0]
    return "its parts do not fit together"


def _document(pdf: pikepdf.Pdf) -> Document:
    fonts = Fonts()
    contents = [read_page(page, fonts, number, len(pdf.pages)) for number, page in enumerate(pdf.pages, 1)]
    reader = StructureReader(pdf, contents)
    blocks = reader.blocks()
    reader.check_complete()
    first = contents[0]
    return Document(_properties(pdf), blocks, reader.notes(), first.header, first.footer, _sheet(pdf.pages[0]))


def _properties(pdf: pikepdf.Pdf) -> Properties:
    info = pdf.trailer.Info
    said = {
        key: str(info.get(f"/{key}", "")) for key in ("Title", "Author", "Subject", "Keywords", "Handling", "Version")
    }
    written = str(info.CreationDate)
    return Properties(
        said["Title"],
        str(pdf.Root.Lang),
        date(int(written[2:6]), int(written[6:8]), int(written[8:10])),
        said["Author"],
        said["Subject"],
        said["Keywords"],
        said["Handling"],
        said["Version"],
    )


def _sheet(page: pikepdf.Page) -> str:
    """Name the sheet, upright; its size in millimetres where it has no name."""
    left, bottom, right, top = (float(number) for number in page.mediabox)
    width, height = sorted(((right - left) / _MM, (top - bottom) / _MM))
    for name, (named_width, named_height) in _SHEETS.items():
        if abs(width - named_width) < 1 and abs(height - named_height) < 1:
            return name
    return f"{width:.0f} × {height:.0f} mm"

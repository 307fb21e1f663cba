"""From values to files. The writers of a document are resolved on demand: their libraries take time to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document import Document
from briefing.housestyle import HouseStyle

if TYPE_CHECKING:
    from briefing.fonts import FontBook

SUFFIXES = ("pdf", "docx")


def write(suffix: str, document: Document, house: HouseStyle, fonts: FontBook) -> bytes:
    """Write a document as the kind of file that a suffix names. Raises KeyError for a suffix nobody writes."""
    if suffix == "pdf":
        from briefing.writers.pdf import write_pdf

        return write_pdf(document, house, fonts)
    if suffix == "docx":
        from briefing.writers.docx import write_docx

        return write_docx(document, house)
    raise KeyError(suffix)

"""The whole file, in the order in which its parts depend on one another."""

from __future__ import annotations

from briefing.document import Document
from briefing.housestyle import HouseStyle
from briefing.writers.collector import collector_paused
from briefing.writers.docx.body import BodyWriter
from briefing.writers.docx.elements import part
from briefing.writers.docx.flow import WordParagraph
from briefing.writers.docx.notes import endnotes_part, footnotes_part
from briefing.writers.docx.numbering import Numbering
from briefing.writers.docx.package import Links, pack
from briefing.writers.docx.prepared import prepare
from briefing.writers.docx.register import Register
from briefing.writers.docx.runs import RunWriter
from briefing.writers.docx.settings import application_part, custom_part, settings_part


def write_docx(document: Document, house: HouseStyle) -> bytes:
    """Render a document as a Word file (ECMA-376, transitional; opens in Word 2013 and later without conversion).

    The same document and house style give the same bytes. Raises BriefingError [link-target] for a link that is not
    http, https or mailto, and ValueError where notes are not numbered in the order of their first citation."""
    with collector_paused():
        return _write(document, house)


def _write(document: Document, house: HouseStyle) -> bytes:
    prepared = prepare(house)
    links = {kind: Links() for kind in ("document", "footnotes", "header", "footer")}
    register, numbering = Register(), Numbering(prepared.definitions)
    runs = {kind: RunWriter(prepared.properties, register, its.relate) for kind, its in links.items()}
    body = BodyWriter(house, house.pages[document.page], register, runs["document"], numbering)

    # In reading order, in which paragraphs and bookmarks are counted: the body, its notes, what runs along every page.
    parts = {"document": body.write(document.blocks)}
    register.expect_cited(len(document.notes))
    parts["footnotes"] = footnotes_part(document.notes, prepared.properties, runs["footnotes"])
    parts["endnotes"] = endnotes_part()
    parts["header"] = _running_line("hdr", runs["header"].paragraph("header", document.header))
    parts["footer"] = _running_line("ftr", runs["footer"].paragraph("footer", document.footer))
    parts["styles"] = prepared.styles(document.properties.language, body.kept_in_rows)
    parts["numbering"] = numbering.part()
    parts["settings"] = settings_part(document.properties.language)
    parts["fontTable"] = prepared.font_table
    parts["theme"] = prepared.theme
    parts["app"] = application_part()
    parts["custom"] = custom_part(document.properties.handling)
    return pack(parts, links, document.properties)


def _running_line(tag: str, paragraph: WordParagraph) -> bytes:
    """Write header or footer: one paragraph, aligned by its style; a tab would stand wrong on a turned page."""
    return part(tag, (str(paragraph),))

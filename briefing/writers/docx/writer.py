"""The whole file, in the order in which its parts depend on one another."""

from __future__ import annotations

from msgspec.structs import replace

from briefing.document import Document, Paragraph, Table, walk_blocks
from briefing.housestyle import HouseStyle
from briefing.writers.docx import settings
from briefing.writers.docx.body import BodyWriter
from briefing.writers.docx.elements import WordParagraph, part
from briefing.writers.docx.looks import RunProperties
from briefing.writers.docx.notes import endnotes_part, footnotes_part
from briefing.writers.docx.numbering import Numbering
from briefing.writers.docx.package import Links, pack
from briefing.writers.docx.register import Register
from briefing.writers.docx.runs import RunWriter
from briefing.writers.docx.styles import styles_part


def write_docx(document: Document, house: HouseStyle) -> bytes:
    """Render a document as a Word file (ECMA-376, transitional; opens in Word 2013 and later without conversion).

    The same document and house style give the same bytes. Raises BriefingError [link-target] for a link that is not
    http, https or mailto, and ValueError where notes are not numbered in the order of their first citation."""
    links = {kind: Links() for kind in ("document", "footnotes", "header", "footer")}
    register, properties, numbering = Register(), RunProperties(house), Numbering(house)
    runs = {kind: RunWriter(properties, register, its.relate) for kind, its in links.items()}
    body = BodyWriter(house, house.pages[document.page], register, runs["document"], numbering)

    # In reading order, in which paragraphs and bookmarks are counted: the body, its notes, what runs along every page.
    parts = {"document": body.write(document.blocks)}
    register.expect_cited(len(document.notes))
    parts["footnotes"] = footnotes_part(document.notes, house, runs["footnotes"])
    parts["endnotes"] = endnotes_part()
    parts["header"] = _running_line("hdr", runs["header"].paragraph("header", document.header))
    parts["footer"] = _running_line("ftr", runs["footer"].paragraph("footer", document.footer))
    return pack(parts | _looks(document, house, numbering), links, document.properties)


def _running_line(tag: str, paragraph: WordParagraph) -> bytes:
    """Write header or footer: one paragraph, aligned by its style; a tab would stand wrong on a turned page."""
    return part(tag, (str(paragraph),))


def _looks(document: Document, house: HouseStyle, numbering: Numbering) -> dict[str, bytes]:
    language = document.properties.language
    return {
        "styles": styles_part(_without_keeping_rows(document, house), numbering, language),
        "numbering": numbering.part(),
        "settings": settings.settings_part(language),
        "fontTable": settings.font_table_part(house),
        "theme": settings.theme_part(house),
        "app": settings.application_part(),
        "custom": settings.custom_part(document.properties.handling),
    }


def _without_keeping_rows(document: Document, house: HouseStyle) -> HouseStyle:
    """Leave keep-with-next out of the styles that stand in table bodies: in a cell, Word keeps the whole row by it with
    what follows, and so the last row with the heading after the table, and all of the brief on one page."""
    tables = (block for block in walk_blocks(document.blocks) if isinstance(block, Table))
    cells = (cell for table in tables for row in table.body for cell in row.cells)
    roles = {block.style for cell in cells for block in walk_blocks(cell.blocks) if isinstance(block, Paragraph)}
    free = {role: replace(house.paragraphs[role], keep_next=False) for role in roles}
    return replace(house, paragraphs={**house.paragraphs, **free})

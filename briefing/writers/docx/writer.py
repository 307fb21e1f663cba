"""The whole file, in the order in which its parts depend on one another."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.opc.part import Part
from msgspec.structs import replace

from briefing.document import Document, Inlines, Paragraph, Table, walk_blocks
from briefing.housestyle import HouseStyle
from briefing.writers.docx import package, settings
from briefing.writers.docx.body import BodyWriter
from briefing.writers.docx.elements import Element, add, root
from briefing.writers.docx.looks import RunProperties, style_id
from briefing.writers.docx.notes import endnotes_part, footnotes_part, write_note
from briefing.writers.docx.numbering import Numbering
from briefing.writers.docx.register import Register
from briefing.writers.docx.runs import RunWriter
from briefing.writers.docx.sections import Sheets
from briefing.writers.docx.styles import styles_part


def write_docx(document: Document, house: HouseStyle) -> bytes:
    """Render a document as a Word file (ECMA-376, transitional; opens in Word 2013 and later without conversion).

    The same document and house style give the same bytes. Raises BriefingError [link-target] for a link that is not
    http, https or mailto, and ValueError where notes are not numbered in the order of their first citation."""
    return _Writer(document, house).write()


def _without_keeping_rows(document: Document, house: HouseStyle) -> HouseStyle:
    """Leave keep-with-next out of the styles that stand in table bodies: in a cell, Word keeps the whole row by it with
    what follows, and so the last row with the heading after the table, and all of the brief on one page."""
    tables = (block for block in walk_blocks(document.blocks) if isinstance(block, Table))
    cells = (cell for table in tables for row in table.body for cell in row.cells)
    roles = {block.style for cell in cells for block in walk_blocks(cell.blocks) if isinstance(block, Paragraph)}
    free = {role: replace(house.paragraphs[role], keep_next=False) for role in roles}
    return replace(house, paragraphs={**house.paragraphs, **free})


class _Writer:
    def __init__(self, document: Document, house: HouseStyle) -> None:
        self._document = document
        self._house = house
        self._word: WordDocument = package.open_base()
        self._register = Register()
        self._properties = RunProperties(house)
        self._numbering = Numbering(house)

    def write(self) -> bytes:
        """Write the parts in reading order: the body, its notes, then what runs along every page."""
        header, footer = root("hdr"), root("ftr")
        header_part, header_id = package.add_part(self._word, "header", header)
        footer_part, footer_id = package.add_part(self._word, "footer", footer)
        page = self._house.pages[self._document.page]
        sheets = Sheets(self._word, self._house, page, header_id, footer_id)
        body = BodyWriter(self._house, self._register, self._runs(self._word.part), self._numbering)
        body.write(self._word.element.body, self._document.blocks, sheets)
        self._notes()
        self._running_line(header, "header", self._document.header, self._runs(header_part))
        self._running_line(footer, "footer", self._document.footer, self._runs(footer_part))
        self._looks()
        self._self_description()
        return package.save(self._word)

    def _runs(self, part: Part) -> RunWriter:
        return RunWriter(self._properties, self._register, package.Links(part).relate)

    def _running_line(self, element: Element, role: str, content: Inlines, runs: RunWriter) -> None:
        """Write header or footer: one paragraph, aligned by its style; a tab would stand wrong on a turned page."""
        paragraph = add(element, "p")
        add(add(paragraph, "pPr"), "pStyle", val=style_id(self._house.paragraphs[role].word))
        runs.write(paragraph, role, content)

    def _notes(self) -> None:
        self._register.expect_cited(len(self._document.notes))
        element = footnotes_part(self._house)
        part, _ = package.add_part(self._word, "footnotes", element)
        runs = self._runs(part)
        for note in self._document.notes:
            write_note(element, note, self._properties, runs)
        package.add_part(self._word, "endnotes", endnotes_part())

    def _looks(self) -> None:
        language = self._document.properties.language
        without = _without_keeping_rows(self._document, self._house)
        package.add_part(self._word, "styles", styles_part(without, self._numbering, language))
        package.add_part(self._word, "numbering", self._numbering.part())
        package.add_part(self._word, "settings", settings.settings_part(language))
        package.add_part(self._word, "fontTable", settings.font_table_part(self._house))
        package.add_part(self._word, "theme", settings.theme_part(self._house))

    def _self_description(self) -> None:
        package.set_core_properties(self._word, self._document.properties)
        package.add_properties(self._word, "app", settings.application_part())
        package.add_properties(self._word, "custom", settings.custom_part(self._document.properties.handling))

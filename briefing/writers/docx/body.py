"""The blocks of the tree as `w:body`: paragraphs by style, lists, boxes, tables, sections."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import assert_never

from briefing.document import (
    Block,
    BlockQuote,
    Blocks,
    Box,
    Heading,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Section,
    Table,
)
from briefing.housestyle import BoxStyle, HouseStyle
from briefing.writers.docx.elements import NAMES, Element, add, amend, node
from briefing.writers.docx.heights import estimated_height
from briefing.writers.docx.looks import style_id, twips
from briefing.writers.docx.numbering import Numbering
from briefing.writers.docx.register import Register, target_bookmark
from briefing.writers.docx.runs import RunWriter
from briefing.writers.docx.sections import Sheets
from briefing.writers.docx.styles import BREAK_STYLE
from briefing.writers.docx.tables import TableWriter

_AT_THE_TOP = node("spacing", before=0)  # Word drops the space above a paragraph only where the page broke by itself
_HEADINGS = ("title", "heading-1", "heading-2", "heading-3")
_LEGEND = "legend"


class BodyWriter:
    """Writes blocks, in reading order and from the top down, into a body that stands in its document."""

    def __init__(self, house: HouseStyle, register: Register, runs: RunWriter, numbering: Numbering) -> None:
        self._house = house
        self._register = register
        self._runs = runs
        self._numbering = numbering
        self._style_ids = {style.role: style_id(style.word) for style in house.paragraphs.values()}
        self._tables = TableWriter(house, self._cell)
        self._text_width = 0

    def write(self, body: Element, blocks: Blocks, sheets: Sheets) -> None:
        """Write all blocks, and the properties of each section where Word wants them: in its last paragraph, the last
        section's at the end of the body."""
        sections = tuple(_sections(blocks)) or ((False, ()),)
        for index, (landscape, inner) in enumerate(sections):
            self._text_width = sheets.text_width(landscape=landscape)
            begin = len(body)
            self._blocks(body, inner)
            if index and body[begin].tag == NAMES["p"]:
                amend(body[begin], _AT_THE_TOP)
            self._end_in_paragraph(body)
            holder = body[-1][0] if index < len(sections) - 1 else body
            holder.append(sheets.properties(landscape=landscape))

    def _blocks(self, parent: Element, blocks: Blocks) -> None:
        for above, block in zip((None, *blocks), blocks, strict=False):
            if isinstance(above, Table) and isinstance(block, Paragraph) and block.style == _LEGEND:
                self._tables.keep_with_next(parent[-1], above, self._text_width)
            self._block(parent, block)
            if isinstance(above, Heading) and isinstance(block, Heading) and above.level == block.level - 1:
                self._draw_closer(parent[-1], block)

    def _block(self, parent: Element, block: Block) -> None:
        match block:
            case Heading(level, content, identifier, new_page):
                heading = self._paragraph(parent, _HEADINGS[level - 1], content, identifier)
                if new_page:
                    amend(heading, node("pageBreakBefore"))
                    amend(heading, _AT_THE_TOP)
            case Paragraph(content, style, identifier):
                self._paragraph(parent, style, content, identifier)
            case List():
                self._list(parent, block, 0)
            case BlockQuote(inner):
                self._blocks(parent, inner)
            case Box(inner, style):
                self._box(parent, inner, self._house.boxes[style])
            case Table():
                self._part_from_table(parent)
                self._tables.write(parent, block, self._text_width)
            case Section():
                raise ValueError("a section stands among the blocks of the document, never inside one of them")
            case _:
                assert_never(block)

    def _paragraph(self, parent: Element, role: str, content: Inlines, identifier: str = "") -> Element:
        paragraph = add(parent, "p")
        add(add(paragraph, "pPr"), "pStyle", val=self._style_ids[role])
        if identifier:
            number = self._register.begin_bookmark(paragraph, target_bookmark(identifier))
            self._runs.write(paragraph, role, content)
            add(paragraph, "bookmarkEnd", id=number)
        else:
            self._runs.write(paragraph, role, content)
        return paragraph

    def _draw_closer(self, paragraph: Element, heading: Heading) -> None:
        before = self._house.paragraphs[_HEADINGS[heading.level - 1]].before_under_heading
        if before is not None and not heading.new_page:
            amend(paragraph, node("spacing", before=twips(before)))

    # ---------------------------------------------------------------------------------------------------------- lists

    def _list(self, parent: Element, block: List, level: int) -> None:
        numbers: dict[str, int] = {}
        for item in block.items:
            role = _item_role(item)
            if role not in numbers:
                numbers[role] = self._numbering.begin(role, ordered=block.ordered)
            self._item(parent, item, numbers[role], level)

    def _item(self, parent: Element, item: ListItem, number: int, level: int) -> None:
        for index, block in enumerate(item.blocks):
            match block:
                case Paragraph(content, role, identifier):
                    paragraph = self._paragraph(parent, role, content, identifier)
                    if index:
                        self._continue(paragraph, role, level)
                    elif level or number != self._numbering.of_style.get(role):
                        amend(paragraph, node("numPr", node("ilvl", val=level), node("numId", val=number)))
                case List():
                    self._list(parent, block, level + 1)
                case _:
                    self._block(parent, block)

    def _continue(self, paragraph: Element, role: str, level: int) -> None:
        """A further paragraph of an item: without a number, in line with the item's text."""
        style = self._house.paragraphs[role]
        amend(paragraph, node("numPr", node("ilvl", val=0), node("numId", val=0)))
        if not style.box:
            amend(paragraph, node("ind", left=twips(style.left + level * style.hanging), firstLine=0))

    # ---------------------------------------------------------------------------------------------------------- boxes

    def _box(self, parent: Element, blocks: Blocks, box: BoxStyle) -> None:
        """Neighbours with the same frame, ground and indents are one box to Word; the space above it is its own."""
        before = _last(parent)
        self._blocks(parent, blocks)
        paragraphs = list(parent if before is None else before.itersiblings())
        amend(paragraphs[0], node("spacing", before=twips(box.before)))
        if estimated_height(blocks, self._text_width / 20, self._house) <= self._house.box_split:
            for paragraph in paragraphs[:-1]:
                amend(paragraph, node("keepNext"))

    # --------------------------------------------------------------------------------------------------------- tables

    def _cell(self, cell: Element, blocks: Blocks) -> None:
        self._blocks(cell, blocks)
        self._end_in_paragraph(cell)

    def _part_from_table(self, parent: Element) -> None:
        """Two tables without a paragraph between them would become one."""
        last = _last(parent)
        if last is not None and last.tag == NAMES["tbl"]:
            self._break(parent)

    def _end_in_paragraph(self, parent: Element) -> None:
        """Word repairs a cell, a section or a body that does not end in a paragraph."""
        last = _last(parent)
        if last is None or last.tag != NAMES["p"]:
            self._break(parent)

    def _break(self, parent: Element) -> None:
        paragraph = add(parent, "p")
        add(add(paragraph, "pPr"), "pStyle", val=style_id(BREAK_STYLE))
        self._register.identify(paragraph)


def _last(parent: Element) -> Element | None:
    """The last child, found from the end: counting the children of a long body takes as long as they are many."""
    return next(parent.iterchildren(reversed=True), None)


def _sections(blocks: Blocks) -> Iterator[tuple[bool, Blocks]]:
    """The runs of blocks with one orientation: upright what stands between sections, landscape each section."""
    for landscape, group in groupby(blocks, key=lambda block: isinstance(block, Section)):
        if not landscape:
            yield False, tuple(group)
            continue
        for block in group:
            if isinstance(block, Section):
                yield True, block.blocks


def _item_role(item: ListItem) -> str:
    first = item.blocks[0]
    return first.style if isinstance(first, Paragraph) else "list-bullet"

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
    List,
    ListItem,
    Paragraph,
    Section,
    Table,
)
from briefing.housestyle import BoxStyle, HouseStyle, PageStyle
from briefing.writers.docx.elements import element, part
from briefing.writers.docx.flow import Flow, WordParagraph, WordTable, paragraphs_of
from briefing.writers.docx.heights import Column
from briefing.writers.docx.looks import style_id, twips
from briefing.writers.docx.numbering import Numbering
from briefing.writers.docx.register import Register
from briefing.writers.docx.runs import RunWriter
from briefing.writers.docx.sections import Sheet
from briefing.writers.docx.styles import BREAK_STYLE
from briefing.writers.docx.tables import TableWriter

_HEADINGS = ("title", "heading-1", "heading-2", "heading-3")
_LEGEND = "legend"


class BodyWriter:
    """Writes blocks in reading order on the sheets of a page, upright and turned."""

    def __init__(
        self, house: HouseStyle, page: PageStyle, register: Register, runs: RunWriter, numbering: Numbering
    ) -> None:
        self._house = house
        self._sheets = {landscape: Sheet(house, page, landscape=landscape) for landscape in (False, True)}
        self._register = register
        self._runs = runs
        self._numbering = numbering
        self._tables = TableWriter(house, self._flow)
        self._text_width = 0

    def write(self, blocks: Blocks) -> bytes:
        """Write the main part."""
        return part("document", ("<w:body>", *self._body(blocks), "</w:body>"))

    @property
    def kept_in_rows(self) -> frozenset[str]:
        """The roles of paragraphs in the tables written so far that are to be kept with the next."""
        return self._tables.kept_in_rows

    def _body(self, blocks: Blocks) -> Iterator[str]:
        """The properties of each section stand where Word wants them: in its last paragraph, the last section's at the
        end of the body. Word drops the space above a paragraph only where the page broke by itself."""
        sections = tuple(_sections(blocks)) or ((False, ()),)
        for index, (landscape, inner) in enumerate(sections, start=1):
            sheet = self._sheets[landscape]
            self._text_width = sheet.text_width
            flow = self._flow(inner)
            first, last = flow[0], flow[-1]
            if index > 1 and isinstance(first, WordParagraph):
                first.amend("spacing", before=0)
            if index < len(sections) and isinstance(last, WordParagraph):
                last.amend("sectPr", sheet.properties)
            yield from map(str, flow)
        landscape, _ = sections[-1]
        yield element("sectPr", self._sheets[landscape].properties)

    def _flow(self, blocks: Blocks) -> Flow:
        """What stands in a cell or a section. Word repairs one that does not end in a paragraph."""
        flow: Flow = []
        self._blocks(flow, blocks)
        if not flow or isinstance(flow[-1], WordTable):
            self._break(flow)
        return flow

    def _blocks(self, flow: Flow, blocks: Blocks) -> None:
        for above, block in zip((None, *blocks), blocks, strict=False):
            last = flow[-1] if flow else None
            if isinstance(last, WordTable) and isinstance(block, Paragraph) and block.style == _LEGEND:
                self._tables.keep_with_next(last)
            self._block(flow, block, above)

    def _block(self, flow: Flow, block: Block, above: Block | None = None) -> None:
        match block:
            case Paragraph():
                flow.append(self._runs.paragraph(block.style, block.content, block.id))
            case Heading():
                flow.append(self._heading(block, above))
            case List():
                self._list(flow, block, 0)
            case BlockQuote(inner):
                self._blocks(flow, inner)
            case Box(inner, style):
                self._box(flow, inner, self._house.boxes[style])
            case Table():
                if flow and isinstance(flow[-1], WordTable):  # without a paragraph between them they would become one
                    self._break(flow)
                flow.append(self._tables.write(block, self._text_width))
            case Section():
                raise ValueError("a section stands among the blocks of the document, never inside one of them")
            case _:
                assert_never(block)

    def _heading(self, block: Heading, above: Block | None) -> WordParagraph:
        role = _HEADINGS[block.level - 1]
        heading = self._runs.paragraph(role, block.content, block.id)
        closer = self._house.paragraphs[role].before_under_heading
        if block.new_page:
            heading.amend("pageBreakBefore")
            heading.amend("spacing", before=0)
        elif closer is not None and isinstance(above, Heading) and above.level == block.level - 1:
            heading.amend("spacing", before=twips(closer))
        return heading

    def _break(self, flow: Flow) -> None:
        flow.append(WordParagraph("body-text", style_id(BREAK_STYLE), "", self._register.identify()))

    # ---------------------------------------------------------------------------------------------------------- lists

    def _list(self, flow: Flow, block: List, level: int) -> None:
        numbers: dict[str, int] = {}
        for item in block.items:
            role = _item_role(item)
            if role not in numbers:
                numbers[role] = self._numbering.begin(role, ordered=block.ordered)
            self._item(flow, item, numbers[role], level)

    def _item(self, flow: Flow, item: ListItem, number: int, level: int) -> None:
        for index, block in enumerate(item.blocks):
            match block:
                case Paragraph(content, role, identifier):
                    paragraph = self._runs.paragraph(role, content, identifier)
                    if index:
                        self._continue(paragraph, role, level)
                    elif level or number != self._numbering.of_style.get(role):
                        paragraph.amend("numPr", element("ilvl", val=level), element("numId", val=number))
                    flow.append(paragraph)
                case List():
                    self._list(flow, block, level + 1)
                case _:
                    self._block(flow, block)

    def _continue(self, paragraph: WordParagraph, role: str, level: int) -> None:
        """A further paragraph of an item: without a number, in line with the item's text."""
        style = self._house.paragraphs[role]
        paragraph.amend("numPr", element("ilvl", val=0), element("numId", val=0))
        if not style.box:
            paragraph.amend("ind", left=twips(style.left + level * style.hanging), firstLine=0)

    # ---------------------------------------------------------------------------------------------------------- boxes

    def _box(self, flow: Flow, blocks: Blocks, box: BoxStyle) -> None:
        """Neighbours with the same frame, ground and indents are one box to Word; the space above it is its own."""
        inner: Flow = []
        self._blocks(inner, blocks)
        paragraphs = tuple(paragraphs_of(inner))
        paragraphs[0].amend("spacing", before=twips(box.before))
        if Column(self._text_width / 20, self._house).height(inner) <= self._house.box_split:
            for paragraph in paragraphs[:-1]:
                paragraph.amend("keepNext")
        flow += inner


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

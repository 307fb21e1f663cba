"""From the tree to flowables and structure elements, made together: the order of the story is the order of reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import assert_never

from briefing.document import (
    Block,
    BlockQuote,
    Blocks,
    Box,
    Cell,
    Heading,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    plain_text,
)
from briefing.housestyle import HouseStyle
from briefing.writers.pdf import box, table, text
from briefing.writers.pdf.canvas import Target
from briefing.writers.pdf.flowable import Flowable
from briefing.writers.pdf.source import text_string
from briefing.writers.pdf.stack import Stack
from briefing.writers.pdf.structure import Element, StructureTree
from briefing.writers.pdf.typesetter import Typesetter

_HEADINGS = ("title", "heading-1", "heading-2", "heading-3")
_LEGEND, _CONTINUED, _NOTE = "legend", "table-detail", "note"


class Story:
    """Turns blocks into flowables and the notes they cite into paragraphs.

    `notes` are those that no page has taken yet, `cited` the numbers of all; `ids` are the blocks links may lead to;
    `continued` is the phrase over a table that goes on."""

    def __init__(self, house: HouseStyle, typesetter: Typesetter, notes: dict[int, Inlines], continued: str) -> None:
        self.notes: dict[int, text.Paragraph] = {}
        self.cited: set[int] = set()
        self.ids: set[str] = set()
        self._house, self._typesetter, self._contents, self._continued = house, typesetter, notes, continued

    def runs(self, blocks: Blocks, root: Element) -> Iterator[tuple[bool, Iterator[Flowable]]]:
        """Turn the blocks of a document into runs of pages, each landscape or not; all is made when its turn comes."""
        for is_section, group in groupby(blocks, lambda block: isinstance(block, Section)):
            if is_section:
                yield from [(True, self._flowables(b.blocks, root)) for b in group if isinstance(b, Section)]
            else:
                yield False, self._flowables(tuple(group), root)

    def _blocks(self, blocks: Blocks, parent: Element) -> list[Flowable]:
        return list(self._flowables(blocks, parent))

    def _flowables(self, blocks: Blocks, parent: Element) -> Iterator[Flowable]:
        rest = list(reversed(blocks))
        above: Block | None = None
        while rest:
            block = rest.pop()
            if isinstance(block, Table):
                after = rest[-1] if rest else None
                legend = after if isinstance(after, Paragraph) and after.style == _LEGEND else None
                if legend:
                    rest.pop()
                yield self._table(block, legend, parent)
            elif isinstance(block, Heading):
                yield self._heading(block, parent, above)
            else:
                yield from self._block(block, parent)
            above = block

    def _block(self, block: Block, parent: Element) -> list[Flowable]:
        match block:
            case Heading():
                return [self._heading(block, parent, None)]
            case Paragraph():
                return [self._paragraph(block, parent)]
            case List():
                return self._list(block, parent)
            case BlockQuote(blocks):
                return self._blocks(blocks, Element("BlockQuote", parent))
            case Box(blocks, style):
                stack = Stack(self._blocks(blocks, Element("Div", parent)))
                return [box.Box(stack, self._house.boxes[style], self._house.box_split)]
            case Section(blocks):
                return self._blocks(blocks, parent)
            case Table():
                return [self._table(block, None, parent)]
            case _:
                assert_never(block)

    # ----------------------------------------------------------------------------------------------- paragraphs

    def _heading(self, heading: Heading, parent: Element, above: Block | None) -> text.Paragraph:
        element = Element(f"H{heading.level}", parent)
        paragraph = self._set(heading.content, _HEADINGS[heading.level - 1], element)
        paragraph.name = self._named(heading.id)
        paragraph.title, paragraph.level = plain_text(heading.content).replace("\n", " "), heading.level
        paragraph.new_page = heading.new_page
        if isinstance(above, Heading) and above.level == heading.level - 1:
            closer = paragraph.style.before_under_heading
            paragraph.before = paragraph.before if closer is None else closer
        return paragraph

    def _paragraph(
        self, paragraph: Paragraph, parent: Element, label: str = "", item: Element | None = None
    ) -> text.Paragraph:
        flowable = self._set(paragraph.content, paragraph.style, Element("P", parent), label, item)
        flowable.name = self._named(paragraph.id)
        return flowable

    def _named(self, id: str) -> str:
        self.ids.add(id)
        return id

    def _set(
        self, content: Inlines, role: str, element: Element, label: str = "", label_element: Element | None = None
    ) -> text.Paragraph:
        style = self._house.paragraphs[role]
        galley = self._typesetter.set(content, style, element)
        labelled = self._typesetter.set_label(label, style, label_element) if label_element else None
        paragraph = text.Paragraph(galley, style, labelled)
        for mark in paragraph.marks:
            if mark not in self.cited:
                self.cited.add(mark)
                self.notes[mark] = self._note(mark, element.parent)
        return paragraph

    def _note(self, number: int, parent: Element | StructureTree) -> text.Paragraph:
        """Set a note; it is read right after the block that cites it first, its number leads back there."""
        style = self._house.paragraphs[_NOTE]
        element = Element("Note", parent)
        element.tree.add_id(f"note-{number}", element)
        back = Element("Link", Element("Lbl", element))
        label = self._typesetter.set_label(f"{number} ", style, back, Target(back, str(number), "", f"mark:{number}"))
        galley = self._typesetter.set(self._contents[number], style, Element("P", element))
        note = text.Paragraph(galley, style, label)
        note.name = f"note:{number}"
        return note

    def _list(self, block: List, parent: Element) -> list[Flowable]:
        numbering = "Decimal" if block.ordered else "Disc"
        element = Element("L", parent, f"/A<</O/List/ListNumbering/{numbering}>>")
        flowables: list[Flowable] = []
        for number, item in enumerate(block.items, 1):
            entry = Element("LI", element)
            label, body = Element("Lbl", entry), Element("LBody", entry)
            flowables += self._item(item, f"{number} " if block.ordered else "", label, body)
        return flowables

    def _item(self, item: ListItem, sign: str, label: Element, body: Element) -> list[Flowable]:
        """The first paragraph bears the label; what follows stands under its text."""
        flowables: list[Flowable] = []
        for block in item.blocks:
            if isinstance(block, Paragraph) and not flowables:
                sign = sign or f"{self._house.paragraphs[block.style].label or '•'} "
                flowables.append(self._paragraph(block, body, sign, label))
                continue
            inner = self._block(block, body)
            for flowable in inner:
                if isinstance(flowable, text.Paragraph):
                    flowable.hangs = False
                    flowable.indent += flowable.style.hanging if isinstance(block, List) else 0.0
            flowables += inner
        return flowables

    # --------------------------------------------------------------------------------------------------- tables

    def _table(self, block: Table, legend: Paragraph | None, parent: Element) -> Flowable:
        element = Element("Table", parent, f"/A<</O/Table/Summary{text_string(block.title)}>>")
        head = self._rows(block.head, "THead", element)
        body = self._rows(block.body, "TBody", element)
        detail = self._house.paragraphs[_CONTINUED]
        told = Text(self._continued.replace("{title}", block.title))
        label = text.Paragraph(self._typesetter.set((told,), detail, element), detail)
        grid = table.Grid(self._house.tables[block.style], block.widths, head, label)
        below = self._paragraph(legend, parent) if legend else None
        return table.Table(grid, body, self._house.row_split, below)

    def _rows(self, rows: Sequence[Row], tag: str, parent: Element) -> list[table.Row]:
        if not rows:
            return []
        group = Element(tag, parent)
        return [self._row(row, Element("TR", group), "column" if tag == "THead" else "") for row in rows]

    def _row(self, row: Row, element: Element, scope: str) -> table.Row:
        whole = self._house.row_split
        stacks = [Stack(self._cell(cell, element, cell.scope or scope), whole) for cell in row.cells]
        return table.Row(stacks, [self._house.cells[cell.kind] if cell.kind else None for cell in row.cells])

    def _cell(self, cell: Cell, row: Element, scope: str) -> list[Flowable]:
        element = Element("TH", row, f"/A<</O/Table/Scope/{scope.capitalize()}>>") if scope else Element("TD", row)
        return self._blocks(cell.blocks, element)

"""Tables: fixed columns, a head that repeats, rows that stay whole while they are short, kinds of cells by texture."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import accumulate, pairwise

from briefing.document import Blocks, Cell, Row, Table
from briefing.housestyle import HouseStyle
from briefing.writers.docx.elements import NAMES, Element, Node, add, amend, grow, node
from briefing.writers.docx.heights import estimated_height
from briefing.writers.docx.looks import style_id, twips
from briefing.writers.docx.styles import cell_texture, table_style_name

_SCOPES = {"column": "100000000000", "row": "001000000000"}  # a cell of the first row, of the first column
_SIDES = ("top", "left", "bottom", "right")  # in the order of the schema
_KEEP_NEXT, _KEEP_LINES = node("keepNext"), node("keepLines")


class TableWriter:
    """Writes tables over a text area of a given width (twips); `write_blocks` fills a cell."""

    def __init__(self, house: HouseStyle, write_blocks: Callable[[Element, Blocks], None]) -> None:
        self._house = house
        self._write_blocks = write_blocks
        self._known: dict[tuple[object, ...], Node] = {}
        self._kept = {style_id(style.word) for style in house.paragraphs.values() if style.keep_next}

    def write(self, parent: Element, table: Table, text_width: int) -> None:
        widths = _columns(table.widths, text_width)
        element = grow(parent, node("tbl", _properties(table, text_width), _grid(widths)))
        for row in table.head:
            self._row(element, row, widths, table, head=True)
        for row in table.body:
            self._row(element, row, widths, table, head=False)

    def _row(self, parent: Element, row: Row, widths: tuple[int, ...], table: Table, *, head: bool) -> None:
        element = add(parent, "tr")
        whole = head or self._height(row, widths, table) <= self._house.row_split
        if whole:
            grow(element, node("trPr", node("cantSplit"), node("tblHeader") if head else None))
        for index, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
            key = (cell.kind, cell.scope, width, table.style, index == 0, head)
            if key not in self._known:
                self._known[key] = self._cell_properties(cell, width, table.style, first=index == 0, head=head)
            self._cell(element, cell, self._known[key], whole=whole)

    def _cell(self, parent: Element, cell: Cell, properties: Node, *, whole: bool) -> None:
        """Where its row may split, it does so between paragraphs, and not after a speaker's line."""
        element = add(parent, "tc")
        grow(element, properties)
        self._write_blocks(element, cell.blocks)
        if whole:
            return
        for number, paragraph in enumerate(element.iter(NAMES["p"])):
            amend(paragraph, _KEEP_LINES)
            if number and paragraph[0][0].get(NAMES["val"]) in self._kept:
                amend(paragraph, _KEEP_NEXT)

    def _cell_properties(self, cell: Cell, width: int, table_style: str, *, first: bool, head: bool) -> Node:
        style = self._house.tables[table_style]
        padding = dict(zip(("top", "bottom"), style.head_padding[::2], strict=True)) if head else {}
        if first and style.flush:
            padding["left"] = 0
        sides = [node(side, w=twips(padding[side]), type="dxa") for side in _SIDES if side in padding]
        borders, fill = cell_texture(self._house.cells[cell.kind]) if cell.kind else (None, None)
        margins = node("tcMar", *sides) if sides else None
        scope = node("cnfStyle", val=_SCOPES[cell.scope]) if cell.scope else None
        return node("tcPr", scope, node("tcW", w=width, type="dxa"), borders, fill, margins)

    def keep_with_next(self, element: Element, table: Table, text_width: int) -> None:
        """Keep a low table whole and with what follows; the last row alone cannot be: LibreOffice would lose others."""
        widths = _columns(table.widths, text_width)
        if math.fsum(self._height(row, widths, table) for row in table.body) <= self._house.row_split:
            for paragraph in element.iter(NAMES["p"]):
                amend(paragraph, _KEEP_NEXT)

    def _height(self, row: Row, widths: tuple[int, ...], table: Table) -> float:
        top, right, bottom, left = self._house.tables[table.style].padding
        heights = (
            estimated_height(cell.blocks, width / 20 - left - right, self._house)
            for cell, width in zip(row.cells, widths, strict=True)
        )
        return max(heights) + top + bottom


def _columns(shares: tuple[float, ...], text_width: int) -> tuple[int, ...]:
    """Part the width in the given shares, so that the columns add up to it exactly."""
    total = math.fsum(shares)
    edges = (round(text_width * part / total) for part in accumulate(shares, initial=0.0))
    return tuple(right - left for left, right in pairwise(edges))


def _grid(widths: tuple[int, ...]) -> Node:
    return node("tblGrid", *(node("gridCol", w=width) for width in widths))


def _properties(table: Table, width: int) -> Node:
    named_rows = any(cell.scope == "row" for row in table.body for cell in row.cells)
    look = {"firstRow": 1, "lastRow": 0, "firstColumn": int(named_rows), "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    return node(
        "tblPr",
        node("tblStyle", val=style_id(table_style_name(table.style))),
        node("tblW", w=width, type="dxa"),
        node("tblLayout", type="fixed"),
        node("tblLook", val="06A0" if named_rows else "0620", **look),
        node("tblCaption", val=table.title),
        node("tblDescription", val=table.title),
    )

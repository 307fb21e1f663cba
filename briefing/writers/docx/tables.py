"""Tables: fixed columns, a head that repeats, rows that stay whole while they are short, kinds of cells by texture."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import accumulate, pairwise

from briefing.document import Blocks, Cell, Row, Table
from briefing.housestyle import HouseStyle
from briefing.writers.docx.elements import Element, Node, add, grow, node
from briefing.writers.docx.heights import estimated_height
from briefing.writers.docx.looks import style_id, twips
from briefing.writers.docx.styles import cell_texture, table_style_name

_SCOPES = {"column": "100000000000", "row": "001000000000"}  # a cell of the first row, of the first column
_SIDES = ("top", "left", "bottom", "right")  # in the order of the schema


class TableWriter:
    """Writes tables over a text area of a given width (twips); `write_blocks` fills a cell."""

    def __init__(self, house: HouseStyle, write_blocks: Callable[[Element, Blocks], None]) -> None:
        self._house = house
        self._write_blocks = write_blocks
        self._known: dict[tuple[object, ...], Node] = {}

    def write(self, parent: Element, table: Table, text_width: int) -> None:
        widths = _columns(table.widths, text_width)
        element = grow(parent, node("tbl", _properties(table, text_width), _grid(widths)))
        for row in table.head:
            self._row(element, row, widths, table, head=True)
        for row in table.body:
            self._row(element, row, widths, table, head=False)

    def _row(self, parent: Element, row: Row, widths: tuple[int, ...], table: Table, *, head: bool) -> None:
        element = add(parent, "tr")
        if head:
            grow(element, node("trPr", node("cantSplit"), node("tblHeader")))
        elif self._is_short(row, widths, table):
            grow(element, node("trPr", node("cantSplit")))
        for index, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
            key = (cell.kind, cell.scope, width, table.style, index == 0, head)
            if key not in self._known:
                self._known[key] = self._cell_properties(cell, width, table.style, first=index == 0, head=head)
            self._cell(element, cell, self._known[key])

    def _cell(self, parent: Element, cell: Cell, properties: Node) -> None:
        element = add(parent, "tc")
        grow(element, properties)
        self._write_blocks(element, cell.blocks)

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

    def _is_short(self, row: Row, widths: tuple[int, ...], table: Table) -> bool:
        top, right, bottom, left = self._house.tables[table.style].padding
        heights = (
            estimated_height(cell.blocks, width / 20 - left - right, self._house)
            for cell, width in zip(row.cells, widths, strict=True)
        )
        return max(heights) + top + bottom <= self._house.row_split


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

"""Tables: fixed columns, a head that repeats, rows that stay whole while they are short, kinds of cells by texture."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import accumulate, pairwise

from briefing.document import Blocks, Cell, Row, Table
from briefing.housestyle import HouseStyle
from briefing.writers.docx.elements import element
from briefing.writers.docx.flow import Flow, Pieces, WordTable, paragraphs_of
from briefing.writers.docx.heights import Column
from briefing.writers.docx.looks import style_id, twips
from briefing.writers.docx.styles import cell_texture, table_style_name

_SCOPES = {"column": "100000000000", "row": "001000000000"}  # a cell of the first row, of the first column
_SIDES = ("top", "left", "bottom", "right")  # in the order of the schema


class TableWriter:
    """Writes tables over a text area of a given width (twips); `write_blocks` fills a cell."""

    def __init__(self, house: HouseStyle, write_blocks: Callable[[Blocks], Flow]) -> None:
        self._house = house
        self._write_blocks = write_blocks
        self._known: dict[tuple[object, ...], str] = {}
        self._columns: dict[float, Column] = {}
        self._kept = {style_id(style.word) for style in house.paragraphs.values() if style.keep_next}
        self._in_rows: set[str] = set()

    @property
    def kept_in_rows(self) -> frozenset[str]:
        """The roles of paragraphs under the heads of tables that the house keeps with the next; headings stay so."""
        styles = [self._house.paragraphs[role] for role in self._in_rows]
        return frozenset(style.role for style in styles if style.keep_next and not style.outline)

    def write(self, table: Table, text_width: int) -> WordTable:
        """Write a table, head first."""
        widths = _columns(table.widths, text_width)
        grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
        pieces: Pieces = ["<w:tbl>", _properties(table, text_width), grid]
        for row in table.head:
            self._row(pieces, row, widths, table.style, head=True)
        below = len(pieces)
        heights = [self._row(pieces, row, widths, table.style) for row in table.body]
        pieces.append("</w:tbl>")
        self._in_rows.update([paragraph.role for paragraph in paragraphs_of(pieces[below:])])
        return WordTable(pieces, math.fsum(heights))

    def _row(self, pieces: Pieces, row: Row, widths: tuple[int, ...], table_style: str, *, head: bool = False) -> float:
        """Write a row; tell about how high it is. The head is never split, whatever its height."""
        flows = [self._write_blocks(cell.blocks) for cell in row.cells]
        height = self._height(flows, widths, table_style)
        whole = head or height <= self._house.row_split
        repeated = element("tblHeader") if head else ""
        pieces += ("<w:tr>", element("trPr", element("cantSplit"), repeated) if whole else "")
        for index, (cell, flow, width) in enumerate(zip(row.cells, flows, widths, strict=True)):
            key = (cell.kind, cell.scope, width, table_style, index == 0, head)
            if key not in self._known:
                self._known[key] = self._cell_properties(cell, width, table_style, first=index == 0, head=head)
            if not whole:
                self._let_split(flow)
            pieces += ("<w:tc>", self._known[key], *flow, "</w:tc>")
        pieces.append("</w:tr>")
        return height

    def _let_split(self, flow: Flow) -> None:
        """A cell whose row may split does so between paragraphs, and not after a speaker's line."""
        for number, paragraph in enumerate(paragraphs_of(flow)):
            paragraph.amend("keepLines")
            if number and paragraph.style in self._kept:
                paragraph.amend("keepNext")

    def _cell_properties(self, cell: Cell, width: int, table_style: str, *, first: bool, head: bool) -> str:
        style = self._house.tables[table_style]
        padding = dict(zip(("top", "bottom"), style.head_padding[::2], strict=True)) if head else {}
        if first and style.flush:
            padding["left"] = 0
        sides = [element(side, w=twips(padding[side]), type="dxa") for side in _SIDES if side in padding]
        return element(
            "tcPr",
            element("cnfStyle", val=_SCOPES[cell.scope]) if cell.scope else "",
            element("tcW", w=width, type="dxa"),
            cell_texture(self._house.cells[cell.kind]) if cell.kind else "",
            element("tcMar", *sides) if sides else "",
        )

    def keep_with_next(self, written: WordTable) -> None:
        """Keep a low table whole and with what follows; the last row alone cannot be: LibreOffice would lose others."""
        if written.height <= self._house.row_split:
            for paragraph in paragraphs_of(written.pieces):
                paragraph.amend("keepNext")

    def _height(self, flows: list[Flow], widths: tuple[int, ...], table_style: str) -> float:
        top, right, bottom, left = self._house.tables[table_style].padding
        inner = [width / 20 - left - right for width in widths]
        heights = [self._column(width).height(flow) for width, flow in zip(inner, flows, strict=True)]
        return max(heights) + top + bottom

    def _column(self, width: float) -> Column:
        if width not in self._columns:
            self._columns[width] = Column(width, self._house)
        return self._columns[width]


def _columns(shares: tuple[float, ...], text_width: int) -> tuple[int, ...]:
    """Part the width in the given shares, so that the columns add up to it exactly."""
    total = math.fsum(shares)
    edges = (round(text_width * part / total) for part in accumulate(shares, initial=0.0))
    return tuple(right - left for left, right in pairwise(edges))


def _properties(table: Table, width: int) -> str:
    named_rows = any(cell.scope == "row" for row in table.body for cell in row.cells)
    look = {"firstRow": 1, "lastRow": 0, "firstColumn": int(named_rows), "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    return element(
        "tblPr",
        element("tblStyle", val=style_id(table_style_name(table.style))),
        element("tblW", w=width, type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="06A0" if named_rows else "0620", **look),
        element("tblCaption", val=table.title),
        element("tblDescription", val=table.title),
    )

"""Tables: fixed columns, a head that repeats, rows that stay whole while they are short, kinds of cells by texture."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, pairwise
from typing import TypeAlias

from msgspec import Struct

from briefing.document import Blocks, Cell, Row, Table
from briefing.housestyle import HouseStyle
from briefing.writers.docx.elements import WordParagraph, element
from briefing.writers.docx.heights import estimated_height
from briefing.writers.docx.looks import style_id, twips
from briefing.writers.docx.styles import cell_texture, table_style_name

_SCOPES = {"column": "100000000000", "row": "001000000000"}  # a cell of the first row, of the first column
_SIDES = ("top", "left", "bottom", "right")  # in the order of the schema


class WordTable(Struct):
    """A table whose paragraphs may still be amended: its markup with them in their places, and about how high it is
    without its head (points)."""

    pieces: Pieces
    height: float

    def __str__(self) -> str:
        return "".join(map(str, self.pieces))


Flow: TypeAlias = list[WordParagraph | WordTable]  # what a body or a cell holds so far
Pieces: TypeAlias = list[str | WordParagraph | WordTable]


def paragraphs_of(pieces: Iterable[str | WordParagraph | WordTable]) -> Iterator[WordParagraph]:
    """Yield the paragraphs of a flow or a table in reading order, also those in the cells of its tables."""
    for piece in pieces:
        if isinstance(piece, WordParagraph):
            yield piece
        elif isinstance(piece, WordTable):
            yield from paragraphs_of(piece.pieces)


class TableWriter:
    """Writes tables over a text area of a given width (twips); `write_blocks` fills a cell."""

    def __init__(self, house: HouseStyle, write_blocks: Callable[[Blocks], Flow]) -> None:
        self._house = house
        self._write_blocks = write_blocks
        self._known: dict[tuple[object, ...], str] = {}
        self._kept = {style_id(style.word) for style in house.paragraphs.values() if style.keep_next}

    def write(self, table: Table, text_width: int) -> WordTable:
        """Write a table, head first."""
        widths = _columns(table.widths, text_width)
        heights = [self._height(row, widths, table.style) for row in table.body]
        grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
        pieces: Pieces = ["<w:tbl>", _properties(table, text_width), grid]
        for row in table.head:
            self._row(pieces, row, widths, table.style, head=True, whole=True)
        for row, height in zip(table.body, heights, strict=True):
            self._row(pieces, row, widths, table.style, head=False, whole=height <= self._house.row_split)
        pieces.append("</w:tbl>")
        return WordTable(pieces, math.fsum(heights))

    def _row(
        self, pieces: Pieces, row: Row, widths: tuple[int, ...], table_style: str, *, head: bool, whole: bool
    ) -> None:
        repeated = element("tblHeader") if head else ""
        pieces += ("<w:tr>", element("trPr", element("cantSplit"), repeated) if whole else "")
        for index, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
            key = (cell.kind, cell.scope, width, table_style, index == 0, head)
            if key not in self._known:
                self._known[key] = self._cell_properties(cell, width, table_style, first=index == 0, head=head)
            flow = self._write_blocks(cell.blocks)
            if not whole:
                self._let_split(flow)
            pieces += ("<w:tc>", self._known[key], *flow, "</w:tc>")
        pieces.append("</w:tr>")

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

    def _height(self, row: Row, widths: tuple[int, ...], table_style: str) -> float:
        top, right, bottom, left = self._house.tables[table_style].padding
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

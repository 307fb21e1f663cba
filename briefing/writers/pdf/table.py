"""Tables: rows of cells under a head that repeats on every page."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from math import fsum

from briefing.housestyle import Border, CellStyle, TableStyle
from briefing.writers.pdf.canvas import TaggedCanvas
from briefing.writers.pdf.flowable import Flowable, marks_of
from briefing.writers.pdf.source import frame, horizontal_rule, rectangle, vertical_rule
from briefing.writers.pdf.stack import Stack

_LEAST_LINES = 3  # of a paragraph on either side, where a row is cut


class Row:
    """Cells side by side, each a stack and its texture."""

    def __init__(self, cells: Sequence[Stack], styles: Sequence[CellStyle | None]) -> None:
        self.cells = tuple(cells)
        self.styles = tuple(styles)
        self.marks = marks_of(cells)

    def wrap(self, widths: Sequence[float]) -> float:
        """Lay out each cell in its column's width of text; returns the height of the tallest."""
        return max([cell.wrap(width) for cell, width in zip(self.cells, widths, strict=True)])

    def split(self, height: float, *, forced: bool) -> tuple[Row, Row] | None:
        """Cut every cell at a height; None where one of them could not even begin."""
        first, rest = [], []
        for cell in self.cells:
            parts = cell.split(height, _LEAST_LINES, forced)
            if parts is None and not forced:
                return None
            beginning, remainder = parts or (Stack(()), cell)
            first.append(beginning)
            rest.append(remainder)
        if not any(part.flowables for part in first):
            return None
        return Row(first, self.styles), Row(rest, self.styles)


class Grid:
    """What the parts of a table share: style, columns, the head that repeats and the label above it."""

    def __init__(self, style: TableStyle, shares: Sequence[float], head: Sequence[Row], label: Flowable) -> None:
        self.style = style
        self.head = tuple(head)
        self._label = label
        self._shares = tuple(shares)
        self._width = -1.0

    def wrap(self, width: float) -> None:
        """Lay out columns, head and label."""
        if width == self._width:
            return
        self._width = width
        total = fsum(self._shares)
        self.columns = [width * share / total for share in self._shares]
        self.lefts = [0.0 if self.style.flush and n == 0 else self.style.padding[3] for n in range(len(self.columns))]
        # Head and body differ in their vertical padding only, or their texts would not stand under each other.
        self.texts = [
            column - left - self.style.padding[1] for column, left in zip(self.columns, self.lefts, strict=True)
        ]
        self._heights = [row.wrap(self.texts) + _vertical(self.style.head_padding) for row in self.head]
        self._label_height = self._label.wrap(width)

    def row_height(self, row: Row) -> float:
        """The height of a body row, padding included."""
        return row.wrap(self.texts) + _vertical(self.style.padding)

    def height(self, *, continued: bool) -> float:
        """The height of the head, and of the label above it where the table goes on."""
        return fsum(self._heights) + (self._label_height if continued else 0.0)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, *, continued: bool) -> None:
        """Draw the head; where the table goes on the label too, and both as an artifact."""
        if continued:
            with canvas.repeating():
                self._label.draw(canvas, x, top)
                self._draw_head(canvas, x, top - self._label_height)
        else:
            self._draw_head(canvas, x, top)

    def _draw_head(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for row, height in zip(self.head, self._heights, strict=True):
            top -= height
            left = x
            for cell, column, padding, width in zip(row.cells, self.columns, self.lefts, self.texts, strict=True):
                cell.draw(canvas, left + padding, top + self.style.head_padding[2] + cell.wrap(width))
                left += column

    def draw_row(self, canvas: TaggedCanvas, row: Row, x: float, top: float, height: float) -> None:
        """Draw a body row."""
        for cell, style, column, padding in zip(row.cells, row.styles, self.columns, self.lefts, strict=True):
            if style:
                _draw_texture(canvas, style, x, top - height, column, height)
            cell.draw(canvas, x + padding, top - self.style.padding[0])
            x += column

    def rule(self, canvas: TaggedCanvas, x: float, y: float, border: Border) -> None:
        """Draw a rule between two rows, half of it on either side."""
        canvas.decorate(horizontal_rule(x, y + border.width / 2, self._width, border))


class Table(Flowable):
    """A table, or a part of it. Rows are cut only when taller than `row_split`; a legend keeps with the last row."""

    def __init__(self, grid: Grid, rows: Sequence[Row], row_split: float, legend: Flowable | None = None) -> None:
        self.before = grid.style.before
        self.after = legend.after if legend else grid.style.after
        self.rows = tuple(rows)
        self.heights: list[float] = []
        self.legend = legend
        self.continued = False
        self.unfinished = False  # cut inside its last row
        self._grid, self._row_split = grid, row_split
        self._width = -1.0
        self.mark()

    def mark(self) -> None:
        """Find the notes cited; those in a repeated head were cited before."""
        head = () if self.continued else self._grid.head
        self.marks = marks_of([*head, *self.rows, *([self.legend] if self.legend else [])])

    def wrap(self, width: float) -> float:
        """Lay it out at a width."""
        if width != self._width:
            self._width = width
            self._grid.wrap(width)
            self.heights = [self._grid.row_height(row) for row in self.rows]
        return self._grid.height(continued=self.continued) + fsum(self.heights) + self._legend_height()

    def _legend_height(self) -> float:
        return self._grid.style.after + self.legend.before + self.legend.wrap(self._width) if self.legend else 0.0

    def split(self, height: float, least: int, forced: bool = False) -> tuple[Table, Table] | None:  # noqa: ARG002
        """Cut it between rows, or inside a tall row."""
        room = height - self._grid.height(continued=self.continued) + 0.01
        count = 0
        while count < len(self.rows) and self.heights[count] <= room:
            room -= self.heights[count]
            count += 1
        if count == len(self.rows):  # only the legend has no room: it takes the last row along
            return self._cut(count - 1) if count > 1 else None
        forced = forced and count == 0
        if forced or self.heights[count] > self._row_split:
            parts = self.rows[count].split(room - _vertical(self._grid.style.padding), forced=forced)
            if parts:
                return self._cut(count, parts)
        return self._cut(count) if count else None

    def _cut(self, count: int, parts: tuple[Row, Row] | None = None) -> tuple[Table, Table]:
        first, rest = copy(self), copy(self)
        first.rows, first.heights = self.rows[:count], self.heights[:count]
        rest.rows, rest.heights = self.rows[count:], self.heights[count:]
        if parts:
            first.rows, rest.rows = (*first.rows, parts[0]), (parts[1], *rest.rows[1:])
            first.heights = [*first.heights, self._grid.row_height(parts[0])]
            rest.heights = [self._grid.row_height(parts[1]), *rest.heights[1:]]
        first.unfinished, first.legend, first.after = parts is not None, None, 0.0
        rest.continued, rest.before = True, 0.0
        first.mark()
        rest.mark()
        return first, rest

    def draw(self, canvas: TaggedCanvas, x: float, top: float, joined: float = 0) -> None:  # noqa: ARG002 (no bar to join)
        """Draw head, rows and legend."""
        grid = self._grid
        grid.draw(canvas, x, top, continued=self.continued)
        body = top = top - grid.height(continued=self.continued)
        for number, (row, height) in enumerate(zip(self.rows, self.heights, strict=True), 1):
            grid.draw_row(canvas, row, x, top, height)
            top -= height
            if number < len(self.rows):
                grid.rule(canvas, x, top, grid.style.row_rule)
        grid.rule(canvas, x, body, grid.style.head_rule)  # above the grounds of the cells under it
        if not self.unfinished:
            grid.rule(canvas, x, top, grid.style.last_rule)
        if self.legend:
            self.legend.draw(canvas, x, top - grid.style.after - self.legend.before)


def _draw_texture(canvas: TaggedCanvas, style: CellStyle, x: float, y: float, width: float, height: float) -> None:
    if style.fill:
        canvas.decorate(rectangle(x, y, width, height, style.fill))
    if style.side:
        canvas.decorate(vertical_rule(x, y, height, style.side))
    if style.frame:
        canvas.decorate(frame(x + 0.5, y + 0.5, width - 1, height - 1, style.frame))


def _vertical(padding: tuple[float, float, float, float]) -> float:
    return padding[0] + padding[2]

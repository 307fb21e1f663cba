"""Paragraphs: pieces broken into lines, cut at page ends, drawn and tagged."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import cached_property
from itertools import groupby
from math import fsum

from briefing.housestyle import ParagraphStyle
from briefing.writers.pdf.canvas import Rectangle, TaggedCanvas, Target
from briefing.writers.pdf.flowable import Flowable
from briefing.writers.pdf.source import horizontal_rule, rectangle, rule_width, vertical_rule
from briefing.writers.pdf.typesetter import Piece, Segment, sum_widths

_LEAST_MEASURE = 72.0  # the right indent of prose gives way where a column would get narrower than this
_DESCENT, _ASCENT = 0.25, 0.85  # of the size: how far a ground and a link reach below and above the baseline
_BASELINE = 0.32  # of the size: how far the baseline lies below the middle of a line


class Paragraph(Flowable):
    """Pieces in the style of a paragraph, with a label if it begins a list item or a note.

    A paragraph that was cut is two that share their pieces, each with its own range of them, and one element."""

    def __init__(self, pieces: list[Piece], style: ParagraphStyle, label: list[Piece] | None = None) -> None:
        self.style = style
        self.before, self.after, self.keep_next = style.before, style.after, style.keep_next
        self.break_room, self.bar = style.break_room, style.side
        self.name = ""  # of its place, for links
        self.title = ""
        self.level = 0
        self.marks = _marks(pieces)
        self.pieces = pieces
        self.range = (0, len(pieces))
        self.label = label or []
        self.begins = True
        self.hangs = style.hanging > 0
        self.indent = style.left
        self.lines: list[tuple[int, int]] = []
        self._width = -1.0
        self._measure = 0.0

    @cached_property
    def natural_width(self) -> float:
        """The width it takes in one line, its indent included."""
        return self.indent + sum_widths(self.pieces)

    @property
    def last_baseline(self) -> float:
        """How far its last baseline is below its top, after `wrap`."""
        return self._rule + (len(self.lines) - 1) * self.style.leading + self._baseline

    @property
    def _baseline(self) -> float:
        """How far a baseline is below the top of its line."""
        return self.style.leading / 2 + _BASELINE * self.style.size

    @property
    def _rule(self) -> float:
        """What the rule above the first line takes."""
        top = self.style.top
        return top.width + top.space if top and self.begins else 0.0

    def wrap(self, width: float) -> float:
        """Break it into lines."""
        if width != self._width:
            self._width = width
            measure = width - self.indent - self.style.right
            self._measure = measure if measure >= _LEAST_MEASURE else width - self.indent
            self.lines = self._break()
        return self._rule + len(self.lines) * self.style.leading

    def _break(self) -> list[tuple[int, int]]:
        """Fill each line with as many words as it takes."""
        if any(piece[2] > self._measure for piece in self.pieces):
            self._chop(self._measure)
        pieces, (at, end) = self.pieces, self.range
        lines, start, room = [], at, self._measure + self._head_start() + 0.01
        possible, used, used_before = at, 0.0, 0.0  # where the line may end, and what it takes until there
        while at < end:
            _, _, letters, blank, free = pieces[at]
            if free:
                possible, used_before = at, used
            if at > start and (used + letters > room or pieces[at - 1][1] == "\n"):
                if possible == start:  # no good place in the whole line: it breaks where it is full
                    possible, used_before = at, used
                lines.append((start, possible))
                start, used, room = possible, used - used_before, self._measure + 0.01
                used_before = 0.0
                continue
            used += letters + blank
            at += 1
        return [*lines, (start, end)]

    def _head_start(self) -> float:
        """How much longer the first line is than the others: it hangs, or its label takes more than the indent."""
        if not self.begins:
            return 0.0
        if self.label:
            return -max(0.0, sum_widths(self.label) - self.style.hanging)
        return self.style.hanging if self.hangs else 0.0

    def _chop(self, width: float) -> None:
        """Cut words that are wider than a line, long addresses mostly."""
        first, last = self.range
        pieces = [part for piece in self.pieces[first:last] for part in _chopped(piece, width)]
        self.pieces, self.range = pieces, (0, len(pieces))

    def split(self, height: float, least: int, forced: bool = False) -> tuple[Paragraph, Paragraph] | None:
        """Cut it between lines."""
        total, least = len(self.lines), 1 if forced else least
        count = min(int((height - self._rule + 0.01) / self.style.leading), total - least)
        if count < least:
            return None
        return self._part(0, count), self._part(count, total)

    def _part(self, first: int, last: int) -> Paragraph:
        part = copy(self)
        part.lines = self.lines[first:last]
        part.range = (part.lines[0][0], part.lines[-1][1])
        part.marks = _marks(self.pieces[slice(*part.range)]) if self.marks else ()
        if first:
            part.begins, part.label, part.name, part.level = False, [], "", 0
            part.before, part.break_room, part.new_page = 0.0, 0.0, False
        else:
            part.after = 0.0
        return part

    # ------------------------------------------------------------------------------------------------- drawing

    def draw(self, canvas: TaggedCanvas, x: float, top: float, joined: float = 0) -> None:
        """Draw rules, label and lines, and lay links over them."""
        style = self.style
        bottom = top - self.wrap(self._width)
        self._draw_rules(canvas, x, top, bottom, joined)
        if canvas.tagging:
            self._place(canvas, top)
        y = top - self._rule - self._baseline
        left = x + self.indent
        links: dict[Target, list[Rectangle]] = {}
        if self.label:
            self._draw_line(canvas, self.label, left - style.hanging, y, links)
        indent = -self._head_start()
        for first, last in self.lines:
            line = self.pieces[first:last]
            start = left + (indent if style.align == "left" else self._measure - _visible(line))
            self._draw_line(canvas, line, start, y, links)
            y -= style.leading
            indent = 0.0
        if canvas.tagging:
            for target, rectangles in links.items():
                canvas.link(target, rectangles)

    def _draw_rules(self, canvas: TaggedCanvas, x: float, top: float, bottom: float, joined: float) -> None:
        style = self.style
        if style.top and self.begins:
            canvas.decorate(horizontal_rule(x, top, self._width, style.top))
        if style.side:
            side = x + self.indent - style.side.space - rule_width(style.side)
            canvas.decorate(vertical_rule(side, bottom, top + joined - bottom, style.side))

    def _place(self, canvas: TaggedCanvas, top: float) -> None:
        if self.name:
            canvas.name_place(self.name, top)
        if self.level:
            canvas.add_to_outline(self.title, self.level, top)

    def _draw_line(
        self, canvas: TaggedCanvas, line: list[Piece], x: float, y: float, links: dict[Target, list[Rectangle]]
    ) -> None:
        if not line:
            return
        canvas.move(x, y)
        first = line[0][0]
        if first.plain and first is line[-1][0]:
            canvas.show(first.place.element, first.setting, first.setting.font.show([piece[1] for piece in line]))
            return
        for segment, group in groupby(line, lambda piece: piece[0]):
            pieces = list(group)
            width = sum_widths(pieces)
            if not segment.plain:
                self._draw_extras(canvas, segment, x, y, _visible(pieces), links)
            for operator in _operators(segment, pieces):
                canvas.show(segment.place.element, segment.setting, operator)
            x += width

    def _draw_extras(
        self,
        canvas: TaggedCanvas,
        segment: Segment,
        x: float,
        y: float,
        width: float,
        links: dict[Target, list[Rectangle]],
    ) -> None:
        size = segment.setting.size
        if segment.place.look.ground:
            height = (_ASCENT + _DESCENT) * size
            canvas.decorate(rectangle(x, y - _DESCENT * size, width, height, segment.place.look.ground))
        if segment.place.target:
            box = (x, y - _DESCENT * size, x + width, y + _ASCENT * size)
            links.setdefault(segment.place.target, []).append(box)
        if segment.place.anchor and canvas.tagging:
            canvas.name_place(segment.place.anchor, y + self.style.leading)


def _operators(segment: Segment, pieces: list[Piece]) -> Iterator[str]:
    """The operators that show the words of a segment and the gaps between them."""
    for is_gap, group in groupby(pieces, lambda piece: not piece[1]):
        if is_gap:
            gap = fsum(piece[2] for piece in group)
            yield f"[{-1000 * gap / segment.setting.size:.0f}] TJ"
            continue
        shown = segment.setting.font.show([piece[1] for piece in group])
        yield f"/{segment.place.role} BMC {shown} EMC" if segment.place.role else shown


def _marks(pieces: list[Piece]) -> tuple[int, ...]:
    return tuple(dict.fromkeys([piece[0].place.mark for piece in pieces if piece[0].place.mark]))


def _visible(line: list[Piece]) -> float:
    """The width of a line without the blanks at its end."""
    return sum_widths(line) - line[-1][3] if line else 0.0


def _chopped(piece: Piece, width: float) -> Iterator[Piece]:
    segment, word, letters, blank, free = piece
    measures = segment.setting.measures
    while letters > width and len(word) > 1:
        fitting = max(1, int(len(word) * width / letters * 0.9))
        yield (segment, word[:fitting], measures[word[:fitting]][0], 0.0, free)
        word, free = word[fitting:], True
        letters, blank = measures[word]
    yield (segment, word, letters, blank, free)

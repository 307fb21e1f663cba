"""Paragraphs: pieces broken into lines, cut at page ends, drawn and tagged."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from itertools import groupby
from math import fsum

from briefing.housestyle import ParagraphStyle
from briefing.writers.pdf.canvas import Rectangle, Setting, TaggedCanvas, Target
from briefing.writers.pdf.flowable import Flowable
from briefing.writers.pdf.galley import Galley, Place
from briefing.writers.pdf.source import begin_line, horizontal_rule, rectangle, rule_width, vertical_rule
from briefing.writers.pdf.structure import Element
from briefing.writers.pdf.words import Word, show

_LEAST_MEASURE = 72.0  # the right indent of prose gives way where a column would get narrower than this
_DESCENT, _ASCENT = 0.25, 0.85  # of the size: how far a ground and a link reach below and above the baseline
_BASELINE = 0.32  # of the size: how far the baseline lies below the middle of a line


class Paragraph(Flowable):
    """A galley in the style of a paragraph, with a label if it begins a list item or a note.

    A paragraph that was cut is two that share their galley, each with its own range of words, and one element."""

    def __init__(self, galley: Galley, style: ParagraphStyle, label: Galley | None = None) -> None:
        self.style = style
        self.before, self.after, self.keep_next = style.before, style.after, style.keep_next
        self.break_room, self.bar = style.break_room, style.side
        self.name = ""  # of its place, for links
        self.title = ""
        self.level = 0
        self.galley = galley
        self.range = (0, len(galley.words))
        self.marks = galley.notes(*self.range)
        self.label = label
        self.begins = True
        self.hangs = style.hanging > 0
        self.indent = style.left
        self.lines: list[tuple[int, int]] = []
        self._width = -1.0
        self._measure = self.head_start = 0.0

    @property
    def natural_width(self) -> float:
        """The width it takes in one line, its indent included."""
        return self.indent + self.galley.width()

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
            self.head_start = self._hanging()
            self.lines = self.galley.lines(*self.range, self._measure, self.head_start)
            if self.galley.overflows(self.lines, self._measure):
                self.galley = self.galley.chopped(*self.range, self._measure)
                self.range = (0, len(self.galley.words))
                self.lines = self.galley.lines(*self.range, self._measure, self.head_start)
        return self._rule + len(self.lines) * self.style.leading

    def _hanging(self) -> float:
        """How much longer the first line is than the others: it hangs, or its label takes more than the indent."""
        if not self.begins:
            return 0.0
        if self.label:
            return -max(0.0, self.label.width() - self.style.hanging)
        return self.style.hanging if self.hangs else 0.0

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
        part.marks = self.galley.notes(*part.range) if self.marks else ()
        if first:
            part.begins, part.label, part.name, part.level, part.head_start = False, None, "", 0, 0.0
            part.before, part.break_room, part.new_page = 0.0, 0.0, False
        else:
            part.after = 0.0
        return part

    # ------------------------------------------------------------------------------------------------- drawing

    def draw(self, canvas: TaggedCanvas, x: float, top: float, joined: float = 0) -> None:
        """Draw rules, label and lines, and lay links over them."""
        style = self.style
        self._draw_rules(canvas, x, top, joined)
        if canvas.tagging:
            self._place(canvas, top)
        y = top - self._rule - self._baseline
        left = x + self.indent
        links: dict[Target, list[Rectangle]] = {}
        if self.label:
            self._draw_line(canvas, self.label, (0, len(self.label.words)), left - style.hanging, y, links)
        plain = self.galley.plain
        if plain and style.align == "left":
            self._draw_plain(canvas, *plain, left, y)
        else:
            self._draw_lines(canvas, left, y, links)
        if canvas.tagging:
            for target, rectangles in links.items():
                canvas.link(target, rectangles)

    def _draw_rules(self, canvas: TaggedCanvas, x: float, top: float, joined: float) -> None:
        style = self.style
        if style.top and self.begins:
            canvas.decorate(horizontal_rule(x, top, self._width, style.top))
        if style.side:
            side, bottom = x + self.indent - style.side.space - rule_width(style.side), top - self.wrap(self._width)
            canvas.decorate(vertical_rule(side, bottom, top + joined - bottom, style.side))

    def _place(self, canvas: TaggedCanvas, top: float) -> None:
        if self.name:
            canvas.name_place(self.name, top)
        if self.level:
            canvas.add_to_outline(self.title, self.level, top)

    def _draw_plain(self, canvas: TaggedCanvas, element: Element, setting: Setting, x: float, y: float) -> None:
        """Draw lines that look the same from the first word to the last: most paragraphs have no others."""
        shown = self.galley.shown
        (start, stop), *others = self.lines
        canvas.move(x - self.head_start, y)
        operators = [show(shown[start:stop])]
        for start, stop in others:
            y -= self.style.leading
            operators += (begin_line(x, y), show(shown[start:stop]))
        canvas.show(element, setting, "\n".join(operators))

    def _draw_lines(self, canvas: TaggedCanvas, x: float, y: float, links: dict[Target, list[Rectangle]]) -> None:
        indent = -self.head_start
        for line in self.lines:
            indent = indent if self.style.align == "left" else self._measure - self.galley.visible_width(*line)
            self._draw_line(canvas, self.galley, line, x + indent, y, links)
            y -= self.style.leading
            indent = 0.0

    def _draw_line(
        self,
        canvas: TaggedCanvas,
        galley: Galley,
        line: tuple[int, int],
        x: float,
        y: float,
        links: dict[Target, list[Rectangle]],
    ) -> None:
        start, stop = line
        if start == stop:
            return
        canvas.move(x, y)
        for place, setting, first, last in galley.stretches(start, stop):
            if place.target or setting.ground:
                left, width = x + galley.width(start, first), galley.visible_width(first, last)
                self._draw_extras(canvas, place, setting, left, y, width, links)
            if place.role or galley.has_gaps:
                for operator in _operators(place, setting, galley.words[first:last]):
                    canvas.show(place.element, setting, operator)
            else:
                canvas.show(place.element, setting, show(galley.shown[first:last]))

    def _draw_extras(
        self,
        canvas: TaggedCanvas,
        place: Place,
        setting: Setting,
        x: float,
        y: float,
        width: float,
        links: dict[Target, list[Rectangle]],
    ) -> None:
        size = setting.size
        if setting.ground:
            height = (_ASCENT + _DESCENT) * size
            canvas.decorate(rectangle(x, y - _DESCENT * size, width, height, setting.ground))
        if place.target:
            box = (x, y - _DESCENT * size, x + width, y + _ASCENT * size)
            links.setdefault(place.target, []).append(box)
        if place.anchor and canvas.tagging:
            canvas.name_place(place.anchor, y + self.style.leading)


def _operators(place: Place, setting: Setting, words: list[Word]) -> Iterator[str]:
    """The operators that show words and the gaps between them."""
    for is_text, group in groupby(words, lambda word: bool(word.text)):
        if is_text:
            shown = show([word.shown for word in group])
            yield f"/{place.role} BMC {shown} EMC" if place.role else shown
        else:
            yield f"[{-1000 * fsum([word.width for word in group]) / setting.size:.0f}] TJ"

"""Flowables one under the other: what a table cell or a box holds."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from briefing.writers.pdf.canvas import TaggedCanvas
from briefing.writers.pdf.flowable import Flowable, gap, joined, marks_of

_FILLED = 2 / 3  # of the height there is: below this a stack is cut inside a paragraph rather than between two


class Stack:
    """The flowables of a cell or box.

    One that is kept with the next begins a group, which ends before the next such: a speaker and all that follows. A
    group up to `whole` points high is not cut."""

    def __init__(self, flowables: Sequence[Flowable], whole: float = 0) -> None:
        self.flowables = tuple(flowables)
        self._whole = whole
        self.marks = marks_of(flowables)
        self._heights: list[float] = []
        self._width = -1.0

    def wrap(self, width: float) -> float:
        """Lay it out at a width; returns its height."""
        if width != self._width:
            self._lay_out(width, [flowable.wrap(width) for flowable in self.flowables])
        return self._height

    def _lay_out(self, width: float, heights: list[float]) -> None:
        self._width, self._heights = width, heights
        self._gaps = [gap(a, b) for a, b in zip((None, *self.flowables), self.flowables, strict=False)]
        self._height = fsum(self._heights) + fsum(self._gaps)

    def split(self, height: float, least: int, forced: bool = False) -> tuple[Stack, Stack] | None:
        """Cut off a beginning: before a group or, in a tall one, between two flowables or inside one."""
        if self.wrap(self._width) <= height:
            return self, Stack(())
        at, top = self._first_beyond(height)
        parts = self._kept(at, height - top, least)
        if parts is None and forced:
            return self._inside(at, height - top, least, forced) or self._between(at)
        return parts

    def _kept(self, at: int, room: float, least: int) -> tuple[Stack, Stack] | None:
        """Cut before or inside the flowable `at`, with what is kept together in one part."""
        begin, end = self._group(at)
        if self.flowables[begin].keep_next and self._height_of(begin, end) <= self._whole:
            return self._between(begin)
        between = at
        while between and self.flowables[between - 1].keep_next:
            between -= 1
        inside = None if self.flowables[at].keep_next else self._inside(at, room, least)
        if inside and self._height_of(0, between) < _FILLED * (self._height_of(0, at) + room):
            return inside
        return self._between(between) or inside

    def _group(self, at: int) -> tuple[int, int]:
        """Where the group that a flowable stands in begins and ends; the first may lack its beginning."""
        begin, end = at, at + 1
        while begin and not self._begins_group(begin):
            begin -= 1
        while end < len(self.flowables) and not self._begins_group(end):
            end += 1
        return begin, end

    def _begins_group(self, at: int) -> bool:
        return self.flowables[at].keep_next and not (at and self.flowables[at - 1].keep_next)

    def _height_of(self, begin: int, end: int) -> float:
        return fsum(self._heights[begin:end]) + fsum(self._gaps[begin:end])

    def _between(self, at: int) -> tuple[Stack, Stack] | None:
        if not at:
            return None
        flowables, heights = self.flowables, self._heights
        return self._part(flowables[:at], heights[:at]), self._part(flowables[at:], heights[at:])

    def _part(self, flowables: Sequence[Flowable], heights: list[float]) -> Stack:
        """A part that is laid out already: a tall cell is cut on many pages, and most of it is the same each time."""
        part = Stack(flowables, self._whole)
        part._lay_out(self._width, heights)
        return part

    def _first_beyond(self, height: float) -> tuple[int, float]:
        """The first flowable that does not fit, and where its top is."""
        top = 0.0
        for at, (space, tall) in enumerate(zip(self._gaps, self._heights, strict=True)):
            if top + space + tall > height + 0.01:
                return at, top + space
            top += space + tall
        return len(self.flowables) - 1, top - self._heights[-1]

    def _inside(self, at: int, height: float, least: int, forced: bool = False) -> tuple[Stack, Stack] | None:
        parts = self.flowables[at].split(height, least, forced)
        if parts is None:
            return None
        first, rest = parts
        before, after = slice(at), slice(at + 1, None)
        return (
            self._part((*self.flowables[before], first), [*self._heights[before], first.wrap(self._width)]),
            self._part((rest, *self.flowables[after]), [rest.wrap(self._width), *self._heights[after]]),
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it, after `wrap`."""
        above: Flowable | None = None
        for flowable, space, height in zip(self.flowables, self._gaps, self._heights, strict=True):
            top -= space
            flowable.draw(canvas, x, top, joined(above, flowable))
            top -= height
            above = flowable

"""Flowables one under the other: what a table cell or a box holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
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
            self._width = width
            self._heights = [flowable.wrap(width) for flowable in self.flowables]
            self._gaps = [gap(a, b) for a, b in zip((None, *self.flowables), self.flowables, strict=False)]
            self._height = fsum(self._heights) + fsum(self._gaps)
        return self._height

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
        keeps = (False, *(flowable.keep_next for flowable in self.flowables))
        begins = [index for index, (before, here) in enumerate(pairwise(keeps)) if here and not before]
        begin = max((index for index in begins if index <= at), default=0)
        return begin, min((index for index in begins if index > at), default=len(self.flowables))

    def _height_of(self, begin: int, end: int) -> float:
        return fsum(self._heights[begin:end]) + fsum(self._gaps[begin:end])

    def _between(self, at: int) -> tuple[Stack, Stack] | None:
        first, rest = self.flowables[:at], self.flowables[at:]
        return (Stack(first, self._whole), Stack(rest, self._whole)) if first else None

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
        first, rest = (*self.flowables[:at], parts[0]), (parts[1], *self.flowables[at + 1 :])
        return Stack(first, self._whole), Stack(rest, self._whole)

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it, after `wrap`."""
        above: Flowable | None = None
        for flowable, space, height in zip(self.flowables, self._gaps, self._heights, strict=True):
            top -= space
            flowable.draw(canvas, x, top, joined(above, flowable))
            top -= height
            above = flowable

"""Flowables one under the other: what a table cell or a box holds."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from briefing.writers.pdf.canvas import TaggedCanvas
from briefing.writers.pdf.flowable import Flowable, gap, joined, marks_of

_FILLED = 2 / 3  # of the height there is: below this a stack is cut inside a paragraph rather than between two


class Stack:
    """The flowables of a cell or box."""

    def __init__(self, flowables: Sequence[Flowable]) -> None:
        self.flowables = tuple(flowables)
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
        """Cut off a beginning: between two flowables, never after one that is kept with the next, or inside one."""
        if self.wrap(self._width) <= height:
            return self, Stack(())
        at, top = self._first_beyond(height)
        between = at
        while between and not forced and self.flowables[between - 1].keep_next:
            between -= 1
        inside = self._inside(at, height - top, least, forced)
        used = fsum(self._heights[:between]) + fsum(self._gaps[:between])
        if between and not (inside and used < _FILLED * height):
            return Stack(self.flowables[:between]), Stack(self.flowables[between:])
        return inside

    def _first_beyond(self, height: float) -> tuple[int, float]:
        """The first flowable that does not fit, and where its top is."""
        top = 0.0
        for at, (space, tall) in enumerate(zip(self._gaps, self._heights, strict=True)):
            if top + space + tall > height + 0.01:
                return at, top + space
            top += space + tall
        return len(self.flowables) - 1, top - self._heights[-1]

    def _inside(self, at: int, height: float, least: int, forced: bool) -> tuple[Stack, Stack] | None:
        parts = self.flowables[at].split(height, least, forced)
        if parts is None:
            return None
        return Stack((*self.flowables[:at], parts[0])), Stack((parts[1], *self.flowables[at + 1 :]))

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it, after `wrap`."""
        above: Flowable | None = None
        for flowable, space, height in zip(self.flowables, self._gaps, self._heights, strict=True):
            top -= space
            flowable.draw(canvas, x, top, joined(above, flowable))
            top -= height
            above = flowable

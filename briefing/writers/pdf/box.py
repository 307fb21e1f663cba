"""Boxes: a frame and a ground around paragraphs."""

from __future__ import annotations

from briefing.housestyle import BoxStyle
from briefing.writers.pdf.canvas import TaggedCanvas
from briefing.writers.pdf.flowable import Flowable
from briefing.writers.pdf.source import frame, rectangle
from briefing.writers.pdf.stack import Stack


class Box(Flowable):
    """A framed stack, not cut unless it is taller than `whole` points."""

    def __init__(self, stack: Stack, style: BoxStyle, whole: float) -> None:
        self.before = style.before
        self.marks = stack.marks
        self._stack, self._box, self._whole = stack, style, whole
        self._width = 0.0

    @property
    def _padding(self) -> float:
        """What frame and padding take of the height."""
        return self._box.padding[0] + self._box.padding[2] + 2 * self._box.frame.width

    def wrap(self, width: float) -> float:
        """Lay it out at a width."""
        self._width = width
        _, right, _, left = self._box.padding
        return self._stack.wrap(width - left - right - 2 * self._box.frame.width) + self._padding

    def split(self, height: float, least: int, forced: bool = False) -> tuple[Box, Box] | None:
        """Cut a tall box; both parts are framed all around."""
        if self.wrap(self._width) <= self._whole and not forced:
            return None
        parts = self._stack.split(height - self._padding, least, forced)
        if parts is None:
            return None
        first, rest = (Box(part, self._box, 0) for part in parts)
        rest.before = 0.0
        return first, rest

    def draw(self, canvas: TaggedCanvas, x: float, top: float, joined: float = 0) -> None:  # noqa: ARG002 (no bar to join)
        """Draw ground, frame and content."""
        height = self.wrap(self._width)
        border, (above, _, _, left) = self._box.frame, self._box.padding
        canvas.decorate(rectangle(x, top - height, self._width, height, self._box.fill))
        canvas.decorate(frame(x, top - height, self._width, height, border))
        self._stack.draw(canvas, x + border.width + left, top - border.width - above)

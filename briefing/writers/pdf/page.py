"""Pages filled in one pass: what stays together, where a page ends, notes at its foot."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import islice
from math import fsum
from typing import NamedTuple

from briefing.housestyle import PageStyle
from briefing.writers.pdf.canvas import TaggedCanvas
from briefing.writers.pdf.flowable import Flowable, gap, joined, marks_of
from briefing.writers.pdf.foot import Foot

_MM = 72 / 25.4
_LEAST_LINES = 2  # of a paragraph on either side of a page break
_RUNNING = 5 * _MM  # from header and footer to the text area


class Frame(NamedTuple):
    """The text area of a page, in points from the lower left corner."""

    size: tuple[float, float]
    left: float
    width: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The height of the text area."""
        return self.top - self.bottom

    @property
    def header(self) -> float:
        """Where the header's baseline is."""
        return self.top + _RUNNING

    @property
    def footer(self) -> float:
        """Where the footer's upper edge is."""
        return self.bottom - _RUNNING


def upright(page: PageStyle) -> Frame:
    """The text area of a sheet."""
    width, height = page.width * _MM, page.height * _MM
    measure = width - (page.left + page.right) * _MM
    return Frame((width, height), page.left * _MM, measure, height - page.top * _MM, page.bottom * _MM)


def turned(page: PageStyle) -> Frame:
    """The text area of a sheet turned to landscape."""
    width, height, side = page.height * _MM, page.width * _MM, page.landscape_side * _MM
    return Frame((width, height), side, width - 2 * side, height - page.top * _MM, page.bottom * _MM)


class PageFiller:
    """Fills pages with flowables, one after the other; nothing is laid out twice."""

    def __init__(self, canvas: TaggedCanvas, foot: Foot, note_share: float) -> None:
        self.frames: list[Frame] = []
        self._canvas, self._foot, self._share = canvas, foot, note_share
        self._above: Flowable | None = None
        self._y = 0.0

    def fill(self, flowables: Iterable[Flowable], frame: Frame) -> None:
        """Fill pages of their own."""
        self._begin(frame)
        coming = _Coming(flowables)
        while group := coming.group():
            self._place(group, coming)
        self._end()

    def finish(self) -> None:
        """Fill further pages while notes wait for one."""
        while self._foot.is_late:
            self._begin(self.frames[-1])
            self._end()

    def _begin(self, frame: Frame) -> None:
        self.frames.append(frame)
        self._canvas.begin_page(frame.size)
        self._foot.open(frame.width, self._share * frame.height)
        self._above, self._y = None, frame.top

    def _end(self) -> None:
        self._foot.draw(self._canvas, self.frames[-1].left, self.frames[-1].bottom)
        self._canvas.end_page()

    def _turn(self) -> None:
        self._end()
        self._begin(self.frames[-1])

    def _place(self, group: Sequence[Flowable], coming: _Coming) -> None:
        """Place what comes next, with all it is kept with, or turn the page."""
        if self._above and (group[0].new_page or self._room(group[0]) < group[0].break_room):
            self._turn()
        parts = self._beginning(group)
        if parts is not None:
            for flowable in group[:-1]:
                self._put(flowable)
            coming.drop(len(group))
            self._put_beginning(parts, coming)
        elif self._above:
            self._turn()
        else:
            self._let_go(group, coming)

    def _let_go(self, group: Sequence[Flowable], coming: _Coming) -> None:
        """Place flowables that no page could hold together one after the other, as far as this page goes."""
        number = len(self.frames)
        for flowable in group:
            if number != len(self.frames):
                return
            parts = self._cut(flowable, 0.0, (), forced=self._above is None)
            if parts is None and self._above:
                return
            coming.drop(1)
            self._put_beginning(parts or (flowable,), coming)

    def _put_beginning(self, parts: tuple[Flowable, ...], coming: _Coming) -> None:
        """Place a flowable, or its beginning and leave the rest for the next page."""
        self._put(parts[0])
        if len(parts) == 2:
            coming.put_back(parts[1])
            self._turn()

    def _room(self, flowable: Flowable, marks: tuple[int, ...] = ()) -> float:
        """What is left for a flowable, with the notes of marks at the foot."""
        return self._y - gap(self._above, flowable) - self.frames[-1].bottom - self._foot.height(marks)

    def _beginning(self, group: Sequence[Flowable]) -> tuple[Flowable, ...] | None:
        """The last of a group, or the beginning and the rest of it, if that and all before it fit here."""
        width, kept = self.frames[-1].width, group[:-1]
        used = fsum([flowable.wrap(width) for flowable in kept])
        used += fsum([gap(above, below) for above, below in zip(kept, group[1:], strict=True)])
        return self._cut(group[-1], used, marks_of(kept), first=group[0])

    def _cut(
        self,
        flowable: Flowable,
        used: float,
        marks: tuple[int, ...],
        *,
        first: Flowable | None = None,
        forced: bool = False,
    ) -> tuple[Flowable, ...] | None:
        """Cut a flowable to what fits with its notes; each try allows for the notes of the one before."""
        top, width = first or flowable, self.frames[-1].width
        height = flowable.wrap(width)
        limit = self._room(top, marks) - used + 0.01
        if height <= limit and height <= self._room(top, (*marks, *flowable.marks)) - used + 0.01:
            return (flowable,)
        limit = min(limit, height - 1)
        while limit > 0:
            parts = flowable.split(limit, _LEAST_LINES, forced)
            if parts is None:
                return None
            height = parts[0].wrap(width)
            room = self._room(top, (*marks, *parts[0].marks)) - used + 0.01
            if height <= room:
                return parts
            limit = min(room, height - 1)
        return None

    def _put(self, flowable: Flowable) -> None:
        frame = self.frames[-1]
        self._y -= gap(self._above, flowable)
        flowable.draw(self._canvas, frame.left, self._y, joined(self._above, flowable))
        self._y -= flowable.wrap(frame.width)
        self._foot.take(flowable.marks)
        self._above = flowable


class _Coming:
    """Flowables to be placed, made when their turn comes and no sooner."""

    def __init__(self, flowables: Iterable[Flowable]) -> None:
        self._rest = iter(flowables)
        self._made: deque[Flowable] = deque()

    def group(self) -> list[Flowable]:
        """The next flowables up to the first that need not be kept with the one after it; none at the end."""
        group: list[Flowable] = []
        while not group or group[-1].keep_next:
            if len(group) == len(self._made):
                self._made.extend(islice(self._rest, 1))
            if len(group) == len(self._made) or (group and self._made[len(group)].new_page):
                break
            group.append(self._made[len(group)])
        return group

    def drop(self, count: int) -> None:
        """Let go what was placed."""
        for _ in range(count):
            self._made.popleft()

    def put_back(self, flowable: Flowable) -> None:
        """Let the rest of a flowable come next."""
        self._made.appendleft(flowable)

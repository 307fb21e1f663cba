"""What a page is filled with: things of a width that have a height, may be cut in two, and are drawn once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Protocol, Self

from briefing.housestyle import Border
from briefing.writers.pdf.canvas import TaggedCanvas


class Marked(Protocol):
    """What cites notes."""

    marks: tuple[int, ...]


class Flowable(ABC):
    """A paragraph, table or box.

    `before` and `after` are the space around it, dropped at the top of what it stands in; `keep_next` keeps it with
    what follows; `new_page` and `break_room` (points) say where it may begin; `bar` is the rule at its side, which
    neighbours of one style share; `marks` are the numbers of the notes it cites."""

    before: float = 0
    after: float = 0
    keep_next: bool = False
    new_page: bool = False
    break_room: float = 0
    bar: Border | None = None
    marks: tuple[int, ...] = ()

    @abstractmethod
    def wrap(self, width: float) -> float:
        """Lay it out at a width; returns its height. Remembered: asking again costs nothing."""

    @abstractmethod
    def split(self, height: float, least: int, forced: bool = False) -> tuple[Self, Self] | None:
        """Cut off a beginning of at most `height`, after `wrap`; None where no good one exists.

        A paragraph is cut with `least` lines on either side. A `forced` cut keeps nothing together: what does not even
        fit on an empty page must go on somewhere."""

    @abstractmethod
    def draw(self, canvas: TaggedCanvas, x: float, top: float, joined: float = 0) -> None:
        """Draw it, after `wrap`; `joined` is the gap above that its bar bridges."""


def gap(above: Flowable | None, below: Flowable) -> float:
    """The space between two flowables, that after the one and that before the other; none at the top."""
    return above.after + below.before if above else 0.0


def joined(above: Flowable | None, below: Flowable) -> float:
    """How far the bar of a flowable reaches up into the gap above it."""
    return gap(above, below) if above and below.bar and above.bar is below.bar else 0.0


def marks_of(things: Iterable[Marked]) -> tuple[int, ...]:
    """The numbers of the notes that several things cite, each once."""
    return tuple(dict.fromkeys([mark for thing in things for mark in thing.marks]))

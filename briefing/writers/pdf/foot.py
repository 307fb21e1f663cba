"""Notes at the foot of the page that first cites them, short ones several to a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum
from typing import NamedTuple

from briefing.housestyle import HouseStyle
from briefing.writers.pdf.canvas import TaggedCanvas
from briefing.writers.pdf.source import horizontal_rule
from briefing.writers.pdf.text import Paragraph

_CLEAR = 8.0  # at least, between the text and the rule above the notes
_BETWEEN = 6.0  # at least, between two notes in a line


class Plan(NamedTuple):
    """Notes by number: those of a page and the height they take, and those that had no room there."""

    here: Mapping[int, Paragraph]
    late: Mapping[int, Paragraph]
    height: float


_EMPTY = Plan({}, {}, 0.0)


class _Line:
    """Notes side by side, each with its width, and the height of the tallest."""

    def __init__(self, notes: list[tuple[Paragraph, float]], height: float) -> None:
        self.notes, self.height = notes, height


class Foot:
    """The notes of one page at a time, and those that come on the next page.

    A row cut between two pages cites the notes of its right cells before those of the rest of its left ones; at the
    foot of each page they stand in ascending order all the same, after what is left of one from the page before."""

    def __init__(self, notes: dict[int, Paragraph], house: HouseStyle) -> None:
        self._waiting = notes
        self._rule, self._slots = house.note_rule, house.note_slots
        self._width = self._limit = 0.0
        self._plan = _EMPTY
        self._tried: dict[tuple[int, ...], Plan] = {}
        self._sizes: dict[Paragraph, tuple[float, float]] = {}

    @property
    def is_late(self) -> bool:
        """Whether notes wait for another page."""
        return bool(self._plan.late)

    def open(self, width: float, limit: float) -> None:
        """Begin a page whose notes may take up to `limit`."""
        self._width, self._limit = width, limit
        self._sizes = {}
        self._settle(self._shared_out(self._plan.late, _EMPTY))

    def height(self, marks: tuple[int, ...] = ()) -> float:
        """What the notes take, with those of further marks."""
        return self._with(marks).height

    def take(self, marks: tuple[int, ...]) -> None:
        """Set the notes of marks on this page, or on the next ones if they have no room."""
        if marks:
            self._settle(self._with(marks))
            for mark in marks:
                self._waiting.pop(mark, None)

    def _settle(self, plan: Plan) -> None:
        self._plan, self._tried = plan, {}

    def _with(self, marks: tuple[int, ...]) -> Plan:
        plan = self._tried.get(marks)
        if plan is None:
            new = {mark: self._waiting[mark] for mark in marks if mark in self._waiting}
            self._tried[marks] = plan = self._shared_out(new, self._plan) if new else self._plan
        return plan

    def _shared_out(self, new: Mapping[int, Paragraph], plan: Plan) -> Plan:
        """Divide notes between this page and the next; only one that no page could hold is cut."""
        here, late = {**plan.here, **new}, {**plan.late}
        if not late and (height := self._measure(here)) <= self._limit:
            return Plan(here, late, height)
        here = {**plan.here}
        for number, note in new.items():
            if not late and self._measure({**here, number: note}) <= self._limit:
                here[number] = note
            elif here or late:
                late[number] = note
            else:
                note.wrap(self._width)
                first, *rest = note.split(self._limit - self._above, 1) or (note,)
                here[number] = first
                late.update((number, part) for part in rest)
        return Plan(here, late, self._measure(here))

    def _size(self, note: Paragraph) -> tuple[float, float]:
        """Width and height of a note: a short one takes a slot, a long one whole lines."""
        size = self._sizes.get(note)
        if size is None:
            slot = self._width / self._slots
            width = slot if note.natural_width <= slot - _BETWEEN else self._width
            self._sizes[note] = size = (width, note.wrap(width))
        return size

    def _lines(self, notes: Mapping[int, Paragraph]) -> list[_Line]:
        """Notes by lines."""
        lines: list[_Line] = []
        free = 0  # slots in the last line
        for note in _in_order(notes):
            width, height = self._size(note)
            short = width < self._width
            if short and free:
                line = lines[-1]
                line.notes.append((note, width))
                line.height = max(line.height, height)
                free -= 1
            else:
                lines.append(_Line([(note, width)], height))
                free = self._slots - 1 if short else 0
        return lines

    @property
    def _above(self) -> float:
        """What the rule above the notes takes."""
        return _CLEAR + self._rule.width + self._rule.space

    def _measure(self, notes: Mapping[int, Paragraph]) -> float:
        return self._above + fsum([line.height for line in self._lines(notes)]) if notes else 0.0

    def draw(self, canvas: TaggedCanvas, x: float, bottom: float) -> None:
        """Draw rule and notes."""
        if not self._plan.here:
            return
        top = bottom + self._plan.height - _CLEAR
        canvas.decorate(horizontal_rule(x, top, self._width, self._rule))
        top -= self._rule.width + self._rule.space
        for line in self._lines(self._plan.here):
            left = x
            for note, width in line.notes:
                note.draw(canvas, left, top)
                left += width
            top -= line.height


def _in_order(notes: Mapping[int, Paragraph]) -> Iterable[Paragraph]:
    return [notes[number] for number in sorted(notes, key=lambda number: (notes[number].begins, number))]

"""Notes at the foot of the page that first cites them, short ones several to a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from briefing.housestyle import HouseStyle
from briefing.writers.pdf.canvas import TaggedCanvas
from briefing.writers.pdf.source import horizontal_rule
from briefing.writers.pdf.text import Paragraph

_CLEAR = 8.0  # at least, between the text and the rule above the notes
_BETWEEN = 6.0  # at least, between two notes in a line


class Foot:
    """The notes of one page at a time, by number: those here, and those that had no room and come on the next page.

    A row cut between two pages cites the notes of its right cells before those of the rest of its left ones; at the
    foot of each page they stand in ascending order all the same, after what is left of one from the page before."""

    def __init__(self, notes: dict[int, Paragraph], house: HouseStyle) -> None:
        self._waiting = notes
        self._rule, self._slots = house.note_rule, house.note_slots
        self._here: dict[int, Paragraph] = {}
        self._late: dict[int, Paragraph] = {}
        self._width = self._limit = self._height = 0.0

    @property
    def is_late(self) -> bool:
        """Whether notes wait for another page."""
        return bool(self._late)

    def open(self, width: float, limit: float) -> None:
        """Begin a page whose notes may take up to `limit`."""
        self._width, self._limit = width, limit
        self._here, self._late = self._shared_out(self._late, {}, {})
        self._height = self._measure(self._here)

    def height(self, marks: Sequence[int] = ()) -> float:
        """What the notes take, with those of further marks."""
        here = self._with(marks)[0]
        return self._height if here is self._here else self._measure(here)

    def take(self, marks: Sequence[int]) -> None:
        """Set the notes of marks on this page, or on the next ones if they have no room."""
        if not marks:
            return
        self._here, self._late = self._with(marks)
        for mark in marks:
            self._waiting.pop(mark, None)
        self._height = self._measure(self._here)

    def _with(self, marks: Sequence[int]) -> tuple[dict[int, Paragraph], dict[int, Paragraph]]:
        new = {mark: self._waiting[mark] for mark in marks if mark in self._waiting}
        return self._shared_out(new, self._here, self._late) if new else (self._here, self._late)

    def _shared_out(
        self, new: Mapping[int, Paragraph], here: dict[int, Paragraph], late: dict[int, Paragraph]
    ) -> tuple[dict[int, Paragraph], dict[int, Paragraph]]:
        """Divide notes between this page and the next; only one that no page could hold is cut."""
        here, late = {**here}, {**late}
        for number, note in new.items():
            if not late and self._measure({**here, number: note}) <= self._limit:
                here[number] = note
            elif here or late:
                late[number] = note
            else:
                note.wrap(self._width)
                first, *rest = note.split(self._limit - self._measure({}), 1) or (note,)
                here[number] = first
                late.update((number, part) for part in rest)
        return here, late

    def _lines(self, notes: Mapping[int, Paragraph]) -> list[list[tuple[Paragraph, float]]]:
        """Notes by lines, each with its width: a short one takes a slot, a long one whole lines."""
        slot = self._width / self._slots
        lines: list[list[tuple[Paragraph, float]]] = []
        for note in _in_order(notes):
            short = note.natural_width <= slot - _BETWEEN
            if short and lines and len(lines[-1]) < self._slots and lines[-1][-1][1] == slot:
                lines[-1].append((note, slot))
            else:
                lines.append([(note, slot if short else self._width)])
        return lines

    def _measure(self, notes: Mapping[int, Paragraph]) -> float:
        heights = [max([note.wrap(width) for note, width in line]) for line in self._lines(notes)]
        return _CLEAR + self._rule.width + self._rule.space + fsum(heights) if heights else 0.0

    def draw(self, canvas: TaggedCanvas, x: float, bottom: float) -> None:
        """Draw rule and notes."""
        if not self._here:
            return
        top = bottom + self._height - _CLEAR
        canvas.decorate(horizontal_rule(x, top, self._width, self._rule))
        top -= self._rule.width + self._rule.space
        for line in self._lines(self._here):
            for place, (note, width) in enumerate(line):
                note.draw(canvas, x + place * width, top)
            top -= max([note.wrap(width) for note, width in line])


def _in_order(notes: Mapping[int, Paragraph]) -> Iterable[Paragraph]:
    return [notes[number] for number in sorted(notes, key=lambda number: (notes[number].begins, number))]

"""The galley: a paragraph that is set, word by word, but not yet broken into lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from briefing.writers.pdf.canvas import Setting, Target
from briefing.writers.pdf.structure import Element
from briefing.writers.pdf.words import Word

_TOLERANCE = 0.01  # points that a line may take more than there are


class Place(NamedTuple):
    """Where text stands: in which element and language; in a link; with the name of this place as its `anchor`; as a
    page number or the number of pages (`role`)."""

    element: Element
    lang: str
    target: Target | None = None
    anchor: str = ""
    role: str = ""


# What is the same for a run of words: the first of them, where they stand and how they look.
Segment = tuple[int, Place, Setting]


class Galley:
    """Words and their segments. `marks` are the notes cited, each with the word that does."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.segments: list[Segment] = []
        self.marks: tuple[tuple[int, int], ...] = ()
        self.has_gaps = False
        self.edges: list[float] = [0.0]  # where each word begins and the last one ends, from the first on
        self.shown: Sequence[str] = ()  # the insides of the strings that show the words
        self.widest = 0.0  # of the words
        self._blanks: Sequence[float] = ()
        self._ends: Sequence[bool] = ()
        self._place: Place | None = None
        self._setting: Setting | None = None
        self._begins: tuple[int, ...] = ()  # words that begin a line whatever room there is
        self._clings: tuple[int, ...] = ()  # words that begin none, though the one before could end a line

    # -------------------------------------------------------------------------------------------------- setting

    def add(self, words: Sequence[Word], place: Place, setting: Setting) -> None:
        """Append words."""
        if place is not self._place or setting is not self._setting:
            self._place, self._setting = place, setting
            self.segments.append((len(self.words), place, setting))
        self.words += words

    def cite(self, note: int) -> None:
        """Let what is appended next be the mark of a note; whatever it stands after, no line begins with it."""
        self.cling()
        self.marks += ((len(self.words), note),)

    def begin_line(self) -> None:
        """Let what is appended next begin a line."""
        self._begins += (len(self.words),)

    def cling(self) -> None:
        """Let no line begin with what is appended next."""
        self._clings += (len(self.words),)

    def add_gap(self, width: float) -> None:
        """Append a gap to what it stands after."""
        self.cling()
        self.words.append(_gap(width))
        self.has_gaps = True

    def insert_gap(self, at: int, width: float) -> None:
        """Put a gap before the word `at`, which begins a segment; it belongs to that."""
        self.words.insert(at, _gap(width))
        self.has_gaps = True
        self.segments = [(first + (first > at), place, setting) for first, place, setting in self.segments]
        self.marks = tuple((word + (word >= at), note) for word, note in self.marks)
        self._begins = tuple(word + (word > at) for word in self._begins)
        self._clings = tuple(word + (word > at) for word in self._clings)

    def share_blank(self, at: int) -> None:
        """Let a gap before the word `at` take in the blank that it is, unless the gap has a ground."""
        if at and not self.words[at - 1].text:
            ((_, setting, _, _),) = self.stretches(at - 1, at)
            if not setting.ground:
                self.words[at - 1] = _gap(max(0.0, self.words[at - 1].width - self.words[at].blank))

    def close(self) -> None:
        """Measure what was appended."""
        if self.words:
            widths, self._blanks, self._ends, _, self.shown = zip(*self.words, strict=True)
            self.edges, self.widest = list(accumulate(widths, initial=0.0)), max(widths)

    # -------------------------------------------------------------------------------------------------- reading

    def width(self, first: int = 0, last: int | None = None) -> float:
        """How much of a line words take, blanks and all."""
        return self.edges[-1 if last is None else last] - self.edges[first]

    def visible_width(self, first: int, last: int) -> float:
        """How much of a line words take without the blanks at their end."""
        return self.edges[last] - self.edges[first] - self._blanks[last - 1] if first < last else 0.0

    @property
    def plain(self) -> tuple[Element, Setting] | None:
        """The element and look of all words, where they have one and the same and nothing goes with it but text."""
        if self.has_gaps or len(self.segments) != 1:
            return None
        ((_, place, setting),) = self.segments
        return None if place.target or place.role or setting.ground else (place.element, setting)

    def stretches(self, first: int, last: int) -> list[tuple[Place, Setting, int, int]]:
        """Cut words up by segments: where each stretch stands, how it looks, its first word and the one after it."""
        segments = self.segments
        if len(segments) == 1:
            return [(*segments[0][1:], first, last)]
        at = bisect_left(segments, (first + 1,)) - 1
        stretches = []
        while first < last:
            _, place, setting = segments[at]
            at += 1
            end = min(segments[at][0], last) if at < len(segments) else last
            stretches.append((place, setting, first, end))
            first = end
        return stretches

    def notes(self, first: int, last: int) -> tuple[int, ...]:
        """The numbers of the notes that words cite, each once."""
        return tuple(dict.fromkeys([note for word, note in self.marks if first <= word < last])) if self.marks else ()

    # --------------------------------------------------------------------------------------------- where lines end

    def lines(self, first: int, last: int, measure: float, head_start: float) -> list[tuple[int, int]]:
        """Fill each line of a measure with as many words as it takes; the first may be longer by a head start."""
        lines, start, room = [], first, measure + head_start + _TOLERANCE
        if not self._begins and self.visible_width(first, last) <= room:
            return [(first, last)]
        while start < last:
            stop = next((word for word in self._begins if start < word < last), last) if self._begins else last
            end = self._full(start, stop, self.edges[start] + room)
            lines.append((start, end))
            start, room = end, measure + _TOLERANCE
        return lines

    def _full(self, start: int, stop: int, right: float) -> int:
        """Where the line ends that begins with a word and reaches up to an edge, before the word `stop` at latest."""
        end = bisect_right(self.edges, right, start, stop + 1) - 1
        if end < stop and self.edges[end + 1] - self._blanks[end] <= right:  # blanks may hang over the edge
            end += 1
        end = max(end, start + 1)
        if end == stop:
            return stop
        possible = end
        while possible > start and (not self._ends[possible - 1] or possible in self._clings):
            possible -= 1
        return possible if possible > start else end  # no good place in the whole line: it breaks where it is full

    def overflows(self, lines: Sequence[tuple[int, int]], measure: float) -> bool:
        """Say whether a word is wider than a line: it has one of its own."""
        return self.widest > measure and any(
            last - first == 1 and self.visible_width(first, last) > measure for first, last in lines
        )

    def chopped(self, first: int, last: int, measure: float) -> Galley:
        """Copy words, with those cut in pieces that are wider than a line: long addresses mostly."""
        copy = Galley()
        copy.has_gaps = self.has_gaps
        for place, setting, begin, end in self.stretches(first, last):
            copy.segments.append((len(copy.words), place, setting))
            for at in range(begin, end):
                here = len(copy.words)
                copy.marks += tuple((here, note) for word, note in self.marks if word == at)
                copy._begins += (here,) * (at in self._begins)
                copy._clings += (here,) * (at in self._clings)
                copy.words += _pieces(self.words[at], setting, measure)
        copy.close()
        return copy


def _pieces(word: Word, setting: Setting, measure: float) -> Iterator[Word]:
    words = setting.words
    while (letters := word.width - word.blank) > measure and len(word.text) > 1:
        fitting = max(1, int(len(word.text) * measure / letters * 0.9))
        yield words[word.text[:fitting]]._replace(ends=True)
        word = words[word.text[fitting:]]
    yield word


def _gap(width: float) -> Word:
    return Word(width, 0.0, ends=False)

"""Which words of a paragraph stand inside quotation marks: double, single, « », 「」 and 『』."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from briefing.quotes.text import DASHES, DOUBLE_MARKS, SINGLE_MARKS

_OPENING_SIGNS = "([{/" + DASHES + DOUBLE_MARKS + SINGLE_MARKS + "«「『"
_CLOSING_SIGNS = ".,;:!?…)]}/。、，．！？）" + DASHES + DOUBLE_MARKS + SINGLE_MARKS + "»」』"
_ELISION = re.compile(r"'(?:\d0s|em|tis|twas|til|cause|n')(?!\w)")  # an apostrophe at the head of a word

_FAMILIES = (DOUBLE_MARKS, "«»", "「」", "『』")


_ANY_MARK = re.compile(f"[{''.join(_FAMILIES)}{SINGLE_MARKS}]")


class Stretch(Struct, frozen=True):
    """What stands between two marks, the marks not counted; without a closing mark it runs to the paragraph's end, or
    to where the next quotation opens."""

    start: int
    end: int
    closed: bool = True


def has_marks(text: str) -> bool:
    """Tell whether there is a quotation mark in a text, or an apostrophe, which may be one."""
    return _ANY_MARK.search(text) is not None


@lru_cache(maxsize=4096)
def quoted(paragraph: str) -> tuple[Stretch, ...]:
    """List the quoted stretches of a paragraph in order; what is quoted inside a quotation is part of that."""
    places = [match.start() for match in _ANY_MARK.finditer(paragraph)]
    found = [*_single(paragraph, [at for at in places if paragraph[at] in SINGLE_MARKS])]
    for marks in _FAMILIES:
        found += _pairs(paragraph, [at for at in places if paragraph[at] in marks])
    kept: list[Stretch] = []
    for stretch in sorted(found, key=lambda stretch: (stretch.start, -stretch.end)):
        if not kept or stretch.end > kept[-1].end:
            kept.append(stretch)
    return tuple(kept)


def quotation_around(paragraph: str, start: int, end: int) -> Stretch | None:
    """Find the quotation in which a stretch of a paragraph lies wholly."""
    stretches = quoted(paragraph)
    at = bisect_right(stretches, start, key=lambda stretch: stretch.start) - 1
    return stretches[at] if at >= 0 and end <= stretches[at].end else None


def _pairs(paragraph: str, marks: Iterable[int]) -> Iterator[Stretch]:
    """Pair the marks of one family, given by their places."""
    opened = -1
    for at in marks:
        if _opens(paragraph, at, paragraph[opened] if opened >= 0 else ""):
            if opened >= 0:
                yield Stretch(opened + 1, at, closed=False)
            opened = at
        elif opened >= 0:
            yield Stretch(opened + 1, at)
            opened = -1
    if opened >= 0:
        yield Stretch(opened + 1, len(paragraph), closed=False)


def _opens(paragraph: str, at: int, opened: str) -> bool:
    """Tell whether a mark opens; `opened` is the mark of its family that stands open. Straight marks go by what is
    around them, then by turns; „x“ and »x« close with what elsewhere opens."""
    mark = paragraph[at]
    can_open, can_close = _can_open(paragraph, at), _can_close(paragraph, at)
    match mark:
        case "“" | "‟":
            return opened != "„"
        case "«":
            return opened != "»"
        case "„" | "「" | "『":
            return True
        case "”" | "»":
            return not opened and can_open and not can_close
        case "」" | "』":
            return False
    return can_open if can_open != can_close else not opened


def _can_open(paragraph: str, at: int) -> bool:
    before, after = paragraph[at - 1 : at], paragraph[at + 1 : at + 2]
    return after.strip() != "" and (before.strip() == "" or before in _OPENING_SIGNS)


def _can_close(paragraph: str, at: int) -> bool:
    before, after = paragraph[at - 1 : at], paragraph[at + 1 : at + 2]
    return before.strip() != "" and (after.strip() == "" or after in _CLOSING_SIGNS)


def _single(paragraph: str, marks: Iterable[int]) -> Iterator[Stretch]:
    """Pair single marks: opening after a blank, closing before a blank or stop; every other is an apostrophe.

    One that opens with a straight mark and is never closed is a quotation only at the head of a paragraph."""
    turns = [
        (at, opening)
        for at in marks
        if (opening := _single_opens(paragraph, at)) or (paragraph[at] in "'’＇" and _can_close(paragraph, at))
    ]
    opened = -1
    for number, (at, opening) in enumerate(turns):
        if opening:
            opened = at
        elif opened >= 0 and not _is_possessive(paragraph, turns[number:]):
            yield Stretch(opened + 1, at)
            opened = -1
    if opened >= 0 and (paragraph[opened] in "‘‚‛" or opened == 0):
        yield Stretch(opened + 1, len(paragraph), closed=False)


def _single_opens(paragraph: str, at: int) -> bool:
    return paragraph[at] != "’" and _can_open(paragraph, at) and not _ELISION.match(paragraph, at)


def _is_possessive(paragraph: str, turns: list[tuple[int, bool]]) -> bool:
    """Tell `our allies' interests,'` from a closing mark: a sure one, behind a stop, comes before the next opens."""
    at = turns[0][0]
    if paragraph[at - 1] not in "sS" or paragraph[at + 1 : at + 2] != " ":
        return False
    return next((not opening for at, opening in turns[1:] if opening or paragraph[at - 1] in ".,!?…"), False)

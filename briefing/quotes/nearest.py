"""Where a text comes nearest to a quotation it does not hold, and in which words the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from briefing.quotes.text import Word, clean, tokens

# Only help hangs on this search, never a verdict; it is bounded whatever it is given.
_MOST_TOKENS = 400
_MOST_CELLS = 60_000
_MOST_PARAGRAPHS = 6

# What a word costs that only the quotation has, or only the source.
_ADDED, _LEFT_OUT = 3, 2

_Pair = tuple[int | None, int | None]


class Nearest(Struct, frozen=True):
    """The passage of a paragraph that comes nearest. `difference` is two lines, cited and source, with what differs in
    brackets; `said` says it in words."""

    locator: int
    text: str
    difference: str
    said: str


def nearest(quotation: str, numbered: Iterable[tuple[int, str]]) -> Nearest | None:
    """Find the passage that comes nearest to a quotation; of equals the first given; None where nothing is like it."""
    quotation = clean(quotation)
    ours = tokens(quotation)[:_MOST_TOKENS]
    known = {token.text for token in ours}
    shared = [(len(known & {token.text for token in tokens(text)}), locator, text) for locator, text in numbered]
    best: tuple[int, int, str, list[_Pair]] | None = None
    for _, locator, text in sorted(shared, key=lambda candidate: -candidate[0])[:_MOST_PARAGRAPHS]:
        cost, pairs = _align(ours, tokens(text)[: _MOST_CELLS // max(len(ours), 1)])
        if best is None or cost < best[0]:
            best = cost, locator, text, pairs
    if best is None or 2 * best[0] > 3 * len(ours):
        return None
    return _passage(quotation, ours, *best[1:])


def _cost(one: str, other: str) -> int:
    """Nothing for the same word, 1 for one that is written much like it, 3 for another."""
    if one == other:
        return 0
    length = min(len(one), len(other))
    head = next((n for n in range(length) if one[n] != other[n]), length)
    tail = next((n for n in range(length - head) if one[-1 - n] != other[-1 - n]), length - head)
    return 1 if head + tail >= 0.6 * max(len(one), len(other)) else 3


def _align(ours: Sequence[Word], theirs: Sequence[Word]) -> tuple[int, list[_Pair]]:
    """Lay the quotation along the best stretch of a paragraph: the least cost, and which word stands by which."""
    rows = [[0] * (len(theirs) + 1)]
    for one in ours:
        above, row = rows[-1], [rows[-1][0] + _ADDED]
        for column, other in enumerate(theirs):
            row.append(
                min(above[column] + _cost(one.text, other.text), above[column + 1] + _ADDED, row[column] + _LEFT_OUT)
            )
        rows.append(row)
    column = min(range(len(theirs) + 1), key=lambda n: (rows[-1][n], -n))
    cost, row_number, pairs = rows[-1][column], len(ours), list[_Pair]()
    while row_number:
        here, above = rows[row_number][column], rows[row_number - 1]
        if column and here == above[column - 1] + _cost(ours[row_number - 1].text, theirs[column - 1].text):
            row_number, column = row_number - 1, column - 1
            pairs.append((row_number, column))
        elif here == above[column] + _ADDED:
            row_number -= 1
            pairs.append((row_number, None))
        else:
            column -= 1
            pairs.append((None, column))
    return cost, pairs[::-1]


def _passage(
    quotation: str, ours: Sequence[Word], locator: int, paragraph: str, pairs: Sequence[_Pair]
) -> Nearest | None:
    theirs = tokens(paragraph)
    columns = [column for _, column in pairs if column is not None]
    if not columns:
        return None
    runs: list[tuple[list[Word], list[Word]]] = []  # the words that differ, ours and theirs, an entry a place
    differs = False
    for row, column in pairs:
        one = ours[row] if row is not None else None
        other = theirs[column] if column is not None else None
        if one and other and one.text == other.text:
            differs = False
            continue
        if not differs:
            runs.append(([], []))
        differs = True
        runs[-1][0].extend((one,) if one else ())
        runs[-1][1].extend((other,) if other else ())
    start, end = theirs[columns[0]].start, theirs[columns[-1]].end
    cited = _bracketed(quotation, [run for run, _ in runs], 0, len(quotation))
    source = _bracketed(paragraph, [run for _, run in runs], start, end)
    said = [_said(_slice(quotation, cited), _slice(paragraph, found)) for cited, found in runs]
    more = f"; and {len(said) - 3} more" if len(said) > 3 else ""
    difference = f"cited:  {cited}\nsource: {source}"
    return Nearest(locator, paragraph[start:end], difference, "; ".join(said[:3]) + more)


def _slice(text: str, run: Sequence[Word]) -> str:
    return text[run[0].start : run[-1].end] if run else ""


def _said(cited: str, source: str) -> str:
    if not source:
        return f"the quotation adds “{cited}”"
    return f"the source has “{source}”, the quotation " + (f"“{cited}”" if cited else "leaves it out")


def _bracketed(text: str, runs: Sequence[Sequence[Word]], start: int, end: int) -> str:
    parts, reached = [], start
    for run in filter(None, runs):
        parts += [text[reached : run[0].start], "[", _slice(text, run), "]"]
        reached = run[-1].end
    return "".join([*parts, text[reached:end]])

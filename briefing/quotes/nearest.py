"""Where a text comes nearest to a quotation it does not hold, and in which words the two differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.quotes.text import DOUBLE_MARKS, HAN_KANA, HANGUL, Word, clean, fold

# Only help hangs on this search, never a verdict; it is bounded whatever it is given.
_MOST_TOKENS = 400
_MOST_CELLS = 200_000
_MOST_PARAGRAPHS = 6

_SINGLES = f"{HAN_KANA}{HANGUL}{DOUBLE_MARKS}«»「」『』"
_TOKEN = re.compile(rf"[{_SINGLES}]|[^\s{_SINGLES}]+")

_Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage of a paragraph that comes nearest. `difference` is two lines, cited and source, with what differs in
    brackets; `said` says it in words."""

    locator: int
    text: str
    difference: str
    said: str


def nearest(quotation: str, numbered: Iterable[tuple[int, str]]) -> Nearest | None:
    """Find the passage that comes nearest to a quotation; of equals the first given; None where nothing is like it."""
    wanted = _tokens(clean(quotation))[:_MOST_TOKENS]
    known = {token.text for token in wanted}
    shared = [(len(known & {token.text for token in _tokens(text)}), locator, text) for locator, text in numbered]
    candidates = sorted(shared, key=lambda candidate: -candidate[0])[:_MOST_PARAGRAPHS]
    best: tuple[int, int, str, list[_Pair]] | None = None
    for _, locator, text in candidates:
        cost, pairs = _align(wanted, _tokens(text)[: _MOST_CELLS // max(len(wanted), 1)])
        if best is None or cost < best[0]:
            best = cost, locator, text, pairs
    if best is None or best[0] > len(wanted):
        return None
    return _passage(clean(quotation), wanted, *best[1:])


def _tokens(text: str) -> list[Word]:
    return [Word(fold(match[0]).text, match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _cost(one: str, other: str) -> int:
    """Nothing for the same word, 1 for one that is written much like it, 2 for another."""
    if one == other:
        return 0
    length = min(len(one), len(other))
    head = next((n for n in range(length) if one[n] != other[n]), length)
    tail = next((n for n in range(length - head) if one[-1 - n] != other[-1 - n]), length - head)
    return 1 if head + tail >= 0.6 * max(len(one), len(other)) else 2


def _align(wanted: list[Word], tokens: list[Word]) -> tuple[int, list[_Pair]]:
    """Lay the quotation along the best stretch of a paragraph: the least cost, and which word stands by which."""
    rows = [[0] * (len(tokens) + 1)]
    for one in wanted:
        above, row = rows[-1], [rows[-1][0] + 2]
        for column, other in enumerate(tokens):
            row.append(min(above[column] + _cost(one.text, other.text), above[column + 1] + 2, row[column] + 2))
        rows.append(row)
    column = min(range(len(tokens) + 1), key=rows[-1].__getitem__)
    cost, pairs, row_number = rows[-1][column], list[_Pair](), len(wanted)
    while row_number:
        here = rows[row_number][column]
        if column and here == rows[row_number - 1][column - 1] + _cost(
            wanted[row_number - 1].text, tokens[column - 1].text
        ):
            row_number, column = row_number - 1, column - 1
            pairs.append((row_number, column))
        elif here == rows[row_number - 1][column] + 2:
            row_number -= 1
            pairs.append((row_number, None))
        else:
            column -= 1
            pairs.append((None, column))
    return cost, pairs[::-1]


def _passage(quotation: str, wanted: list[Word], locator: int, text: str, pairs: list[_Pair]) -> Nearest | None:
    tokens = _tokens(text)
    columns = [column for _, column in pairs if column is not None]
    if not columns:
        return None
    runs: list[tuple[list[int], list[int]]] = []  # the words that differ, theirs and ours, one entry a place
    differs = False
    for row, column in pairs:
        if row is not None and column is not None and wanted[row].text == tokens[column].text:
            differs = False
            continue
        if not differs:
            runs.append(([], []))
        differs = True
        runs[-1][0].extend(() if row is None else (row,))
        runs[-1][1].extend(() if column is None else (column,))
    start, end = tokens[columns[0]].start, tokens[columns[-1]].end
    cited = _bracketed(quotation, wanted, [run for run, _ in runs], 0, len(quotation))
    source = _bracketed(text, tokens, [run for _, run in runs], start, end)
    said = [_said(_slice(quotation, wanted, ours), _slice(text, tokens, theirs)) for ours, theirs in runs]
    more = f"; and {len(said) - 3} more" if len(said) > 3 else ""
    return Nearest(locator, text[start:end], f"cited:  {cited}\nsource: {source}", "; ".join(said[:3]) + more)


def _slice(text: str, tokens: list[Word], run: list[int]) -> str:
    return text[tokens[run[0]].start : tokens[run[-1]].end] if run else ""


def _said(cited: str, source: str) -> str:
    if not source:
        return f"the quotation adds “{cited}”"
    return f"the source has “{source}”" + (f", the quotation “{cited}”" if cited else ", the quotation leaves it out")


def _bracketed(text: str, tokens: list[Word], runs: list[list[int]], start: int, end: int) -> str:
    parts, reached = [], start
    for run in filter(None, runs):
        first, last = tokens[run[0]].start, tokens[run[-1]].end
        parts += [text[reached:first], "[", text[first:last], "]"]
        reached = last
    return "".join([*parts, text[reached:end]])

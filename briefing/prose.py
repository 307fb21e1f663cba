r"""The three rules a text field may use, and their exact inverse, which the way home from Word needs.

`*emphasis*`, `**strong**`, `[text](https://...)`; `***` is both, and a backslash before `* [ ] ( ) \` takes the sign
as it stands. A star without a partner, four stars and more, and brackets that are no link stand for themselves. What a
text says is a row of runs: strong or not, emphasised or not, linked or not. So nesting has one form (link, strong,
emphasis, outermost first), however it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from briefing.document import Emphasis, Field, Inlines, LineBreak, Link, Span, Strong, Text, plain_text

WEB_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\]+")
_TOKEN = re.compile(
    r"""
      \\(?P<escaped>[\\*\[\]()])
    | (?P<stars>\*+)
    | \[(?P<linked>(?:[^\[\]\\]|\\.)+)\]\((?P<target>(?:https?://|mailto:)(?:[^\s<>"\\()]|\\[()]|\([^\s<>"\\()]*\))+)\)
    | (?P<text>[^\\*\[]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BLANKS = re.compile(r"[ \t\n\r\f]+")  # what is one blank on a page
_SIGN = re.compile(r"[\\*\[]")  # where there is none, a text is plain
_EMPHASIS, _STRONG = 1, 2


class _Run(Struct, frozen=True):
    text: str
    strong: bool = False
    emphasis: bool = False
    target: str = ""


def prose_to_html(text: str) -> str:
    """Write a text field as inline elements of a template; everything but the three rules is escaped."""
    if not _SIGN.search(text):
        return escape(text)
    parts = []
    for target, linked in groupby(_runs_of_text(text), lambda run: run.target):
        inner = "".join(
            _element(
                "strong" if strong else "", "".join(_element("em" if r.emphasis else "", escape(r.text)) for r in runs)
            )
            for strong, runs in groupby(linked, lambda run: run.strong)
        )
        parts.append(f'<a href="{escape(target)}">{inner}</a>' if target else inner)
    return "".join(parts)


def prose_of(content: Inlines) -> str:
    """Write inlines as a text field: prose_to_html undone. Languages and fields leave no trace, line breaks are blanks.

    Raises ValueError for what no text field can say: a note mark, a page number, a link inside the document."""
    parts = []
    strong = emphasis = False
    for target, linked in groupby(_joined(_runs_of(content, _Run(""))), lambda run: run.target):
        runs = list(linked)
        for run in runs:
            parts.append("*" * (_STRONG * (run.strong != strong) + _EMPHASIS * (run.emphasis != emphasis)))
            if target and run is runs[0]:
                parts.append("[")
            parts.append(_escaped(run.text, linked=bool(target)))
            strong, emphasis = run.strong, run.emphasis
        if target:
            parts.append("](" + re.sub(r"([()])", r"\\\1", target) + ")")
    parts.append("*" * (_STRONG * strong + _EMPHASIS * emphasis))
    return "".join(parts)


def _element(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>" if name else content


def _escaped(text: str, linked: bool) -> str:
    """Put a backslash before the signs that would mean something here; brackets mostly do not."""
    return re.sub(r"[\\*\[\]]" if linked else r"[\\*]|\](?=\()", r"\\\g<0>", text)


# ------------------------------------------------------------------------------------------------ text to runs


def _runs_of_text(text: str) -> Iterator[_Run]:
    pieces = list(_pieces(text, ""))
    partnered = {sign: _partnered(pieces, sign) for sign in (_EMPHASIS, _STRONG)}
    strong = emphasis = False
    runs = []
    for place, (kind, value, target) in enumerate(pieces):
        live = {sign for sign in _signs(kind, value) if place in partnered[sign]}
        runs.append(_Run(value[sum(live) :], strong, emphasis, target))
        strong ^= _STRONG in live
        emphasis ^= _EMPHASIS in live
    return _joined(_with_single_blanks(runs))


def _with_single_blanks(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Leave out each blank after a blank, as the page does: it would part two runs that are one there."""
    blank = False
    for run in runs:
        text = _BLANKS.sub(" ", run.text)
        text = text.removeprefix(" ") if blank else text
        blank = text.endswith(" ") if text else blank
        yield replace(run, text=text)


def _pieces(text: str, target: str) -> Iterator[tuple[str, str, str]]:
    """Cut a text into stars and plain text, each with the address it is linked to."""
    for token in _TOKEN.finditer(text):
        if token["linked"] and re.search(r"[^\s*]", token["linked"]):
            yield from _pieces(token["linked"], re.sub(r"\\([()])", r"\1", token["target"]))
        elif token["stars"]:
            yield "stars", token["stars"], target
        else:
            yield "text", token["escaped"] or token[0], target


def _signs(kind: str, stars: str) -> tuple[int, ...]:
    """The signs that stars may be, each as the number of its stars."""
    signs = {1: (_EMPHASIS,), 2: (_STRONG,), 3: (_EMPHASIS, _STRONG)}
    return signs.get(len(stars), ()) if kind == "stars" else ()


def _partnered(pieces: Iterable[tuple[str, str, str]], sign: int) -> set[int]:
    """Find the stars of one kind that come in pairs: all of them, or all but the last."""
    places = [place for place, (kind, value, _) in enumerate(pieces) if sign in _signs(kind, value)]
    return set(places[: len(places) // 2 * 2])


# ---------------------------------------------------------------------------------------------- inlines to runs


def _runs_of(content: Inlines, now: _Run) -> Iterator[_Run]:
    for inline in content:
        match inline:
            case Text(text):
                yield replace(now, text=text)
            case LineBreak():
                yield replace(now, text=" ")
            case Emphasis(inner):
                yield from _runs_of(inner, replace(now, emphasis=True))
            case Strong(inner):
                yield from _runs_of(inner, replace(now, strong=True))
            case Link(inner, target) if WEB_ADDRESS.fullmatch(target):
                linked = replace(now, target=target if plain_text(inner).strip() else "")
                yield from _runs_of(inner, linked)
            case Span(inner) | Field(inner):
                yield from _runs_of(inner, now)
            case _:
                raise ValueError(f"a text field cannot hold {inline}")


def _joined(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Join equal neighbours and drop what is empty."""
    for _, equal in groupby((run for run in runs if run.text), lambda run: replace(run, text="")):
        same = list(equal)
        yield replace(same[0], text="".join(run.text for run in same))

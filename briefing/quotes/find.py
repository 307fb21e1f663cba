"""Whether a quotation stands in its source, word for word, whole words, inside one pair of quotation marks.

No likeness decides: a sentence and its negation are 99 % alike. Where a quotation does not hold, the rest of the module
only finds out what went wrong, so that the message can say how to mend it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.quotes.marks import Stretch, outermost, quoted
from briefing.quotes.nearest import nearest
from briefing.quotes.text import Word, clean, ellipses, fold, words

_LIST_HELP = "Give each part as a quotation of its own, in a list."
_ELLIPSIS_HELP = "Keep every ellipsis of the source where it stands, and add none."
_COPY_HELP = "Copy the words from the source as they stand there."
_IN_MARKS = re.compile("[\"'“‘„«「『].*[\"'”’“»」』]")


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation that holds: the paragraph, the offset in it, its exact text there. `in_marks` is False where a
    release says it in its own words."""

    locator: int
    offset: int
    text: str
    in_marks: bool

    @property
    def end(self) -> int:
        return self.offset + len(self.text)


@dataclass(frozen=True, slots=True)
class Missing:
    """A quotation that does not hold: the rule it breaks, why, how to mend it; where it stands or nearly stands, and in
    which words it differs (two lines, cited and source)."""

    rule: str
    reason: str
    help: str = ""
    locator: int | None = None
    nearest: str = ""
    difference: str = ""


def find(
    quotation: str, paragraphs: Sequence[str], locators: Iterable[int] = (), kind: str = "report"
) -> Found | Missing:
    """Look a quotation up in the cited paragraphs (none: the whole text); only in a `report` must it stand in marks."""
    quotation = clean(quotation)
    if not words(quotation):
        return Missing("quote-empty", "the quotation has no words")
    every = range(len(paragraphs))
    in_report, asked = kind == "report", tuple(locators)
    cited = tuple(n for n in asked if n in every) if asked else tuple(every)
    order = (*cited, *(n for n in every if n not in cited))
    fault: Missing | None = None
    for locator in order:
        for hit in _hits(quotation, paragraphs[locator]):
            problem = _fault(hit, paragraphs[locator], locator, in_report=in_report)
            if problem is None:
                return _found(hit, paragraphs[locator], locator) if locator in cited else _elsewhere(locator, asked)
            fault = fault or problem
    numbered = [(locator, paragraphs[locator]) for locator in order]
    return fault or _explain(quotation, numbered, asked, in_report=in_report)


@dataclass(frozen=True, slots=True)
class _Hit:
    """An occurrence, as offsets of the paragraph."""

    start: int
    end: int
    splits_ellipsis: bool = False


def _hits(quotation: str, paragraph: str) -> Iterator[_Hit]:
    """Find every occurrence, glyph variants folded."""
    wanted, folded = fold(quotation).text, fold(paragraph)
    at = folded.text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        edges = (folded.text[at - 1 : at + 1] if at else "", folded.text[end - 1 : end + 1])
        yield _Hit(*folded.span(at, end), ".." in edges)
        at = folded.text.find(wanted, at + 1)


def _found(hit: _Hit, paragraph: str, locator: int) -> Found:
    in_marks = any(stretch.holds(hit.start, hit.end) for stretch in quoted(paragraph))
    return Found(locator, hit.start, paragraph[hit.start : hit.end], in_marks)


def _fault(hit: _Hit, paragraph: str, locator: int, *, in_report: bool) -> Missing | None:
    """Say what is wrong with words that do occur."""
    if hit.splits_ellipsis:
        reason = f"the source has an ellipsis in para {locator}, and the quotation only a part of it"
        return Missing("quote-ellipsis", reason, "Keep the ellipsis whole, or end before it.", locator)
    for edge in (hit.start, hit.end):
        if word := _word_around(edge, words(paragraph)):
            whole = paragraph[word.start : word.end]
            return Missing(
                "quote-cut-word", f"it cuts the word “{whole}” of para {locator}", "Quote whole words.", locator
            )
    return _unquoted(hit, paragraph, locator) if in_report else None


def _word_around(edge: int, run: Sequence[Word]) -> Word | None:
    """Find the word that a boundary cuts."""
    at = bisect_left(run, edge, key=lambda word: word.start) - 1
    return run[at] if at >= 0 and edge < run[at].end else None


def _unquoted(hit: _Hit, paragraph: str, locator: int) -> Missing | None:
    """Say why words of a report are not a quotation, or None where they are."""
    stretches = quoted(paragraph)
    if any(stretch.holds(hit.start, hit.end) for stretch in stretches):
        return None
    parts = _parts(hit, paragraph, stretches)
    if len(parts) > 1:
        return _broken(parts, locator)
    if parts:
        reason = f"in para {locator} only “{parts[0]}” stands in quotation marks, the rest is the reporter's own"
        return Missing("quote-not-quoted", reason, "Quote only what is quoted there.", locator)
    reason = f"in para {locator} these are the reporter's own words: no quotation marks stand around them"
    return Missing("quote-not-quoted", reason, "Put it into the summary, in your words.", locator)


def _parts(hit: _Hit, paragraph: str, stretches: tuple[Stretch, ...]) -> list[str]:
    """Cut an occurrence along the marks: what of it stands in each of the quotations it touches."""
    cuts = [(max(hit.start, s.start), min(hit.end, s.end)) for s in outermost(stretches)]
    return [paragraph[start:end].strip(" ,") for start, end in cuts if words(paragraph[start : max(start, end)])]


def _broken(parts: Sequence[str], locator: int) -> Missing:
    listed = "".join(f"\n  - {part}" for part in parts)
    return Missing("quote-broken", "the source breaks it into several quotations", _LIST_HELP + listed, locator)


def _elsewhere(locator: int, asked: tuple[int, ...]) -> Missing:
    cited = ", ".join(map(str, asked))
    return Missing(
        "quote-elsewhere", f"it stands in para {locator}, not in para {cited}", "Correct the citation.", locator
    )


# ---------------------------------------------------------------------------------- words that do not occur as written


def _explain(
    quotation: str, numbered: Sequence[tuple[int, str]], asked: tuple[int, ...], *, in_report: bool
) -> Missing:
    """Find out how a quotation came to differ from its source."""
    for locator, paragraph in numbered:
        if missing := _same_words(quotation, paragraph, locator, in_report=in_report):
            return missing
    return _joined(quotation, numbered) or _skipped(quotation, numbered) or _not_found(quotation, numbered, asked)


def _same_words(quotation: str, paragraph: str, locator: int, *, in_report: bool) -> Missing | None:
    """The same words run there, but an ellipsis or a quotation mark stands among them."""
    ours, theirs = words(quotation), words(paragraph)
    at = _run(ours, theirs)
    if at is None:
        return None
    run = theirs[at : at + len(ours)]
    here, there = _ellipsis_places(quotation, ours), _ellipsis_places(paragraph, run)
    if here != [place for place in there if 0 < place < len(run) or place in here]:
        passage = paragraph[run[0].start : run[-1].end]
        change = "adds" if len(here) > len(there) else "drops" if len(here) < len(there) else "moves"
        difference = f"cited:  {quotation}\nsource: {passage}"
        reason = f"it {change} an ellipsis of para {locator}"
        return Missing("quote-ellipsis", reason, _ELLIPSIS_HELP, locator, passage, difference)
    return _unquoted(_Hit(run[0].start, run[-1].end), paragraph, locator) if in_report else None


def _run(ours: Sequence[Word], theirs: Sequence[Word]) -> int | None:
    """Find where one list of words runs inside another."""
    wanted = [word.text for word in ours]
    starts = (n for n in range(len(theirs) - len(wanted) + 1) if theirs[n].text == wanted[0])
    return next((n for n in starts if [word.text for word in theirs[n : n + len(wanted)]] == wanted), None)


def _ellipsis_places(text: str, run: Sequence[Word]) -> list[int]:
    """Behind how many words of a run each ellipsis stands, up to the words around the run."""
    before = max((word.end for word in words(text) if word.end <= run[0].start), default=0)
    after = min((word.start for word in words(text) if word.start >= run[-1].end), default=len(text))
    inner = [start for start, _ in ellipses(text) if before <= start < after]
    return [len([word for word in run if word.start < start]) for start in inner]


def _joined(quotation: str, numbered: Sequence[tuple[int, str]]) -> Missing | None:
    """Words on both sides of "X said", written as if they were one."""
    ours = words(quotation)
    for locator, paragraph in numbered:
        stretches = outermost(quoted(paragraph))
        inside = [w for s in stretches for w in words(paragraph) if s.holds(w.start, w.end)]
        at = _run(ours, inside)
        run = inside[at : at + len(ours)] if at is not None else []
        parts = _parts(_Hit(run[0].start, run[-1].end), paragraph, stretches) if run else []
        if len(parts) > 1:
            return _broken(parts, locator)
    return None


def _skipped(quotation: str, numbered: Sequence[tuple[int, str]]) -> Missing | None:
    """An ellipsis of the writer's own, in place of words of the source."""
    edges = [0, *(edge for span in ellipses(quotation) for edge in span), len(quotation)]
    parts = [quotation[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True)]
    wanted = [words(part) for part in parts if words(part)]
    for locator, paragraph in numbered if len(wanted) > 1 else ():
        if _run(words(quotation), words(paragraph)) is None and _in_order(wanted, words(paragraph)):
            listed = "".join(f"\n  - {part}" for part in parts)
            reason = f"it puts an ellipsis in place of words of para {locator}"
            return Missing("quote-ellipsis", reason, _LIST_HELP + listed, locator)
    return None


def _in_order(runs: Sequence[Sequence[Word]], theirs: Sequence[Word]) -> bool:
    for run in runs:
        at = _run(run, theirs)
        if at is None:
            return False
        theirs = theirs[at + len(run) :]
    return True


def _not_found(quotation: str, numbered: Sequence[tuple[int, str]], asked: tuple[int, ...]) -> Missing:
    where = f"para {', '.join(map(str, asked))}" if asked else "the text"
    passage = nearest(quotation, numbered)
    if passage is None:
        return Missing(
            "quote-not-found", f"it does not stand in {where}, and nothing like it in the whole text", _COPY_HELP
        )
    mend = "Leave out the quotation marks around it." if _IN_MARKS.fullmatch(quotation) else _COPY_HELP
    reason = f"it does not stand in {where}; nearest is para {passage.locator}: {passage.said}"
    return Missing("quote-not-found", reason, mend, passage.locator, passage.text, passage.difference)

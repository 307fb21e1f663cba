"""Whether a quotation stands in its source, word for word, whole words, inside one pair of quotation marks.

No likeness decides: a sentence and its negation are 99 % alike. Where a quotation does not hold, the rest of the module
only finds out what went wrong, so that the message can say how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from briefing.quotes.marks import quotation_around, quoted
from briefing.quotes.nearest import nearest
from briefing.quotes.text import Word, clean, ellipses, fold, folded, has_words, word_around, words

_ELLIPSIS_HELP = "Keep every ellipsis of the source where it stands, and add none."
_COPY_HELP = "Copy the words from the source as they stand there."


class Found(Struct, frozen=True):
    """A quotation that holds: the paragraph, the offset in it, its exact text there. `in_marks` is False where a
    release says it in its own words."""

    locator: int
    offset: int
    text: str
    in_marks: bool

    @property
    def end(self) -> int:
        return self.offset + len(self.text)


class Missing(Struct, frozen=True):
    """A quotation that does not hold: the rule it breaks, why, how to mend it; where it stands or nearly stands, and in
    which words it differs (two lines, cited and source)."""

    rule: str
    reason: str
    help: str = ""
    locator: int | None = None
    nearest: str = ""
    difference: str = ""


class _Passage(Struct, frozen=True, dict=True):
    """A stretch of a paragraph; it `cuts_ellipsis` where it begins or ends among the dots of one."""

    locator: int
    paragraph: str
    start: int
    end: int
    cuts_ellipsis: bool = False

    @property
    def text(self) -> str:
        return self.paragraph[self.start : self.end]

    @cached_property
    def in_marks(self) -> bool:
        return quotation_around(self.paragraph, self.start, self.end) is not None

    @property
    def cut_word(self) -> str:
        return word_around(self.paragraph, self.start) or word_around(self.paragraph, self.end)

    def parts(self) -> list[str]:
        """Cut it along the marks: what of it stands in each of the quotations it touches."""
        stretches = (s for s in quoted(self.paragraph) if s.start < self.end and self.start < s.end)
        parts = (self.paragraph[max(self.start, s.start) : min(self.end, s.end)].strip(" ,") for s in stretches)
        return list(filter(has_words, parts))


def find(
    quotation: str, paragraphs: Sequence[str], locators: Iterable[int] = (), kind: str = "report"
) -> Found | Missing:
    """Look a quotation up in the cited paragraphs (none: the whole text); only in a `report` must it stand in marks."""
    quotation = clean(quotation)
    if not has_words(quotation):
        return Missing("quote-empty", "the quotation has no words")
    every = range(len(paragraphs))
    in_report, asked = kind == "report", tuple(locators)
    cited = tuple(n for n in asked if n in every) if asked else every
    fallen: _Passage | None = None
    for passage in _occurrences(quotation, _cited_first(paragraphs, cited)):
        if not passage.cuts_ellipsis and not passage.cut_word and (passage.in_marks or not in_report):
            return _found(passage) if passage.locator in cited else _elsewhere(passage, asked)
        fallen = fallen or passage
    if fallen:
        return _fault(fallen)
    return _explain(quotation, tuple(_cited_first(paragraphs, cited)), asked, in_report=in_report)


def _cited_first(paragraphs: Sequence[str], cited: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Number the paragraphs: those that are cited, then all others; most quotations stand in one of the first."""
    yield from ((n, paragraphs[n]) for n in cited)
    yield from ((n, paragraph) for n, paragraph in enumerate(paragraphs) if n not in cited)


def _occurrences(quotation: str, numbered: Iterable[tuple[int, str]]) -> Iterator[_Passage]:
    """Find every occurrence, glyph variants folded."""
    wanted = folded(quotation)
    for locator, paragraph in numbered:
        there = fold(paragraph)
        at = there.text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            dots = ".." in (there.text[max(0, at - 1) : at + 1], there.text[end - 1 : end + 1])
            yield _Passage(locator, paragraph, *there.span(at, end), dots)
            at = there.text.find(wanted, at + 1)


def _found(passage: _Passage) -> Found:
    return Found(passage.locator, passage.start, passage.text, passage.in_marks)


def _elsewhere(passage: _Passage, asked: tuple[int, ...]) -> Missing:
    reason = f"it stands in para {passage.locator}, not in para {', '.join(map(str, asked))}"
    return Missing("quote-elsewhere", reason, "Correct the citation.", passage.locator)


def _fault(passage: _Passage) -> Missing:
    """Say why words that do occur are no quotation."""
    locator = passage.locator
    if passage.cuts_ellipsis:
        reason = f"the source has an ellipsis in para {locator}, and the quotation only a part of it"
        return Missing("quote-ellipsis", reason, "Keep the ellipsis whole, or end before it.", locator)
    if passage.cut_word:
        reason = f"it cuts the word “{passage.cut_word}” of para {locator}"
        return Missing("quote-cut-word", reason, "Quote whole words.", locator)
    return _unquoted(passage)


def _unquoted(passage: _Passage) -> Missing:
    """Say why words of a report do not lie in one pair of marks."""
    locator, parts = passage.locator, passage.parts()
    if len(parts) > 1:
        return _broken(passage)
    if not parts:
        reason = f"in para {locator} these are the reporter's own words: no quotation marks stand around them"
        return Missing("quote-not-quoted", reason, "Put it into the summary, in your words.", locator)
    if len(words(parts[0])) == len(words(passage.text)):
        reason = f"in para {locator} the quotation marks stand around these words, not among them"
        return Missing("quote-not-quoted", reason, "Leave out the quotation marks.", locator)
    reason = f"in para {locator} only “{parts[0]}” stands in quotation marks, the rest is the reporter's own"
    return Missing("quote-not-quoted", reason, "Quote only what is quoted there.", locator)


def _broken(passage: _Passage) -> Missing:
    reason = f"para {passage.locator} breaks it into {len(passage.parts())} quotations"
    return Missing("quote-broken", reason, _listed(passage.parts()), passage.locator)


def _listed(parts: Iterable[str]) -> str:
    return "Give each part as a quotation of its own, in a list:" + "".join(f"\n  - {part}" for part in parts)


# ---------------------------------------------------------------------------------- words that do not occur as written


def _explain(
    quotation: str, numbered: Sequence[tuple[int, str]], asked: tuple[int, ...], *, in_report: bool
) -> Missing:
    """Find out how a quotation came to differ from its source."""
    for locator, paragraph in numbered:
        if same := _run(words(quotation), words(paragraph)):
            passage = _Passage(locator, paragraph, same[0].start, same[-1].end)
            if missing := _moved_ellipsis(quotation, passage, same):
                return missing
            if in_report and not passage.in_marks:
                return _unquoted(passage)
    return _joined(quotation, numbered) or _skipped(quotation, numbered) or _not_found(quotation, numbered, asked)


def _run(ours: Sequence[Word], theirs: Sequence[Word]) -> Sequence[Word]:
    """Find where one list of words runs inside another: those words there, or none."""
    wanted = [word.text for word in ours]
    for start in range(len(theirs) - len(wanted) + 1):
        if theirs[start].text == wanted[0]:
            run = theirs[start : start + len(wanted)]
            if [word.text for word in run] == wanted:
                return run
    return ()


def _moved_ellipsis(quotation: str, passage: _Passage, run: Sequence[Word]) -> Missing | None:
    """The same words run there, but ellipses stand elsewhere among them."""
    here = _ellipsis_places(quotation, words(quotation))
    there = _ellipsis_places(passage.paragraph, run)
    if here == [place for place in there if 0 < place < len(run) or place in here]:
        return None
    change = "drops" if len(here) < len(there) else "moves" if there else "adds"
    reason = f"it {change} an ellipsis" + (" of" if there else ", against") + f" para {passage.locator}"
    difference = f"cited:  {quotation}\nsource: {passage.text}"
    return Missing("quote-ellipsis", reason, _ELLIPSIS_HELP, passage.locator, passage.text, difference)


def _ellipsis_places(text: str, run: Sequence[Word]) -> list[int]:
    """Behind how many words of a run each ellipsis stands, up to the words around the run."""
    before = max((word.end for word in words(text) if word.end <= run[0].start), default=0)
    after = min((word.start for word in words(text) if word.start >= run[-1].end), default=len(text))
    inner = [start for start, _ in ellipses(text) if before <= start < after]
    return [len([word for word in run if word.start < start]) for start in inner]


def _joined(quotation: str, numbered: Iterable[tuple[int, str]]) -> Missing | None:
    """Words on both sides of "X said", written as if they were one."""
    for locator, paragraph in numbered:
        inside = [word for word in words(paragraph) if quotation_around(paragraph, word.start, word.end)]
        if run := _run(words(quotation), inside):
            passage = _Passage(locator, paragraph, run[0].start, run[-1].end)
            if not passage.in_marks:
                return _broken(passage)
    return None


def _skipped(quotation: str, numbered: Iterable[tuple[int, str]]) -> Missing | None:
    """An ellipsis of the writer's own, in place of words of the source."""
    edges = [0, *(edge for span in ellipses(quotation) for edge in span), len(quotation)]
    parts = [quotation[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True)]
    parts = list(filter(has_words, parts))
    for locator, paragraph in numbered if len(parts) > 1 else ():
        if _in_order(parts, paragraph) and not _run(words(quotation), words(paragraph)):
            reason = f"it puts an ellipsis in place of words of para {locator}"
            return Missing("quote-ellipsis", reason, _listed(parts), locator)
    return None


def _in_order(parts: Iterable[str], paragraph: str) -> bool:
    theirs: Sequence[Word] = words(paragraph)
    for part in parts:
        run = _run(words(part), theirs)
        if not run:
            return False
        theirs = theirs[theirs.index(run[-1]) + 1 :]
    return True


def _not_found(quotation: str, numbered: Iterable[tuple[int, str]], asked: tuple[int, ...]) -> Missing:
    where = f"para {', '.join(map(str, asked))}" if asked else "the text"
    near = nearest(quotation, numbered)
    if near is None:
        reason = f"it does not stand in {where}, and nothing like it anywhere in the source"
        return Missing("quote-not-found", reason, _COPY_HELP)
    where += (
        ", word for word" if near.locator in asked or not asked else f", nor elsewhere; nearest is para {near.locator}"
    )
    return Missing(
        "quote-not-found",
        f"it does not stand in {where}: {near.said}",
        _COPY_HELP,
        near.locator,
        near.text,
        near.difference,
    )

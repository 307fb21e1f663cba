"""What a summary or a short quotation may have lost of its source: warnings, for a person to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from briefing.quotes.find import Found
from briefing.quotes.marks import has_marks, quotation_around, quoted
from briefing.quotes.text import DOUBLE_MARKS, HAN_KANA, HANGUL, Word, bare_words, clean, folded, has_words, words

_HEDGES = r"suspect\w*|suspicio\w+|alleg(?:e|ed|es|ing|edly|ations?)|apparent|apparently|appear\w*|reportedly"
_NEGATIONS = (
    r"not|no|never|cannot|\w+n't|without|neither|nor|none|nobody|nothing|nowhere|hardly|scarcely|barely|rarely"
    r"|den(?:y|ies|ied|ying)|refus\w+"
)
_DOUBTS = r"seem\w*|(?-i:may)|might|could|perhaps|possibl[ey]|probabl[ey]|likely|presum\w+|purported\w*|supposed\w*"

_HEDGE = re.compile(rf"\b(?:{_HEDGES})\b", re.IGNORECASE)
_ANY_HEDGE = re.compile(rf"\b(?:{_HEDGES}|{_DOUBTS}|believed|thought|feared|unconfirmed|unproven)\b", re.IGNORECASE)
_TURNS_BEFORE = re.compile(rf"\b(?:{_NEGATIONS}|{_HEDGES}|{_DOUBTS}|if|unless|whether)\b", re.IGNORECASE)
# Japanese and Korean deny at the end of a sentence.
_TURNS_AFTER = re.compile(r"\b(?:if|unless|but|except|only)\b|ない|なかった|ません|않|못|없|아니", re.IGNORECASE)

_STOP = re.compile(r"[.!?](?<=[^\s.][.!?])(?!\.)[\"'”’)]*(?=\s)|[。！？]")
_ABBREVIATION = re.compile(r"\b(?:\w|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|St|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$")
_COPIED = 8  # words in a row
_PIECE = _COPIED // 2
_GLYPH_WORD = f"[{HAN_KANA}{HANGUL}]"  # compiled when one is met: few texts have any


def sentence(paragraph: str, start: int, end: int) -> tuple[int, int]:
    """Find where the sentence around a stretch of a paragraph begins and ends."""
    stops = _stops(paragraph)
    first = max((stop for stop in stops if stop <= start), default=0)
    last = min((stop for stop in stops if stop >= end), default=len(paragraph))
    return first + len(paragraph[first:start]) - len(paragraph[first:start].lstrip()), last


@lru_cache(maxsize=4096)
def _stops(paragraph: str) -> tuple[int, ...]:
    """Where the sentences of a paragraph end."""
    return tuple(
        stop.end()
        for stop in _STOP.finditer(paragraph)
        if not _ABBREVIATION.search(paragraph, max(0, stop.start() - 5), stop.start() + 1)
    )


def cut_sense(found: Found, paragraph: str) -> str | None:
    """Say which word left out of a quotation may turn its sense: a negation or hedge before it, a condition behind it,
    in its sentence and inside its marks (a release: in its sentence)."""
    stretch = quotation_around(paragraph, found.offset, found.end)
    if stretch and (stretch.start, stretch.end) == (found.offset, found.end):
        return None
    first, last = sentence(paragraph, found.offset, found.end)
    if stretch:
        first, last = max(first, stretch.start), min(last, stretch.end)
    before, after = paragraph[first : found.offset].lstrip(), paragraph[found.end : last].rstrip()
    if turns := _TURNS_BEFORE.search(folded(before)):
        return f"“{turns[0]}” stands before the words quoted: “{before.rstrip()} [{found.text}]”"
    if turns := _TURNS_AFTER.search(folded(after)):
        return f"“{turns[0]}” stands behind the words quoted: “[{found.text}] {after.lstrip()}”"
    return None


def lost_hedge(summary: str, cited_text: str) -> str | None:
    """Name the word that makes the cited text a suspicion, an allegation or an appearance, where a summary has none."""
    hedge = _HEDGE.search(cited_text)
    return hedge[0] if hedge and not _ANY_HEDGE.search(summary) else None


def copied_words(summary: str, source_text: str, names: Iterable[str] = ()) -> str | None:
    """Find eight words of the source in a row in a summary, as the summary has them; `names` and titles do not count.

    Words are compared without regard to case and punctuation; two Han, kana or Hangul characters count as one. A hedge
    ends a run: whoever keeps it, as he must, has copied no more than whoever lost it."""
    if not _shares_words(summary, source_text):
        return None
    ours = words(clean(summary))
    theirs, weights = _places(source_text), _weights(ours, names)
    runs: Mapping[int, tuple[int, int]] = {}  # by place in the source: where the run began, what it weighs
    heaviest, stretch = 0, (0, 0)
    for place, word in enumerate(ours):
        places = () if _HEDGE.fullmatch(word.text) else theirs.get(word.text.lower(), ())
        before = {at: runs.get(at - 1, (place, 0)) for at in places}
        runs = {at: (begun, weight + weights[place]) for at, (begun, weight) in before.items()}
        for begun, weight in runs.values():
            if weight > heaviest:
                heaviest, stretch = weight, (ours[begun].start, word.end)
    return clean(summary)[slice(*stretch)] if heaviest >= 2 * _COPIED else None


def _shares_words(summary: str, source_text: str) -> bool:
    """Tell whether a summary, cut into short pieces, shares one with its source: a run that counts is as long as two
    pieces at least, and so holds one of them."""
    ours = _lowered(summary)
    pieces = (tuple(ours[start : start + _PIECE]) for start in range(0, len(ours), _PIECE))
    return not _pieces(source_text).isdisjoint(map(hash, pieces))


@lru_cache(maxsize=16)
def _pieces(source_text: str) -> frozenset[int]:
    """Every piece of a source, wherever it begins, hashed; remembered for the next summary of the same source."""
    run = _lowered(source_text)
    return frozenset(map(hash, zip(*(run[start:] for start in range(_PIECE)), strict=False)))


def _places(source_text: str) -> Mapping[str, Sequence[int]]:
    """Where each word of a source stands."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(_lowered(source_text)):
        places.setdefault(word, []).append(place)
    return places


def _lowered(text: str) -> list[str]:
    return bare_words(clean(text).lower())


def _weights(run: Sequence[Word], names: Iterable[str]) -> list[int]:
    """Weigh each word in halves of a word; a word of a name weighs nothing."""
    texts = [word.text.lower() for word in run]
    weights = [1 if len(text) == 1 and re.fullmatch(_GLYPH_WORD, text) else 2 for text in texts]
    for name in names:
        parts = _lowered(name)
        for start in range(len(texts) - len(parts) + 1):
            if parts and texts[start : start + len(parts)] == parts:
                weights[start : start + len(parts)] = [0] * len(parts)
    return weights


def hidden_quotations(summary: str) -> tuple[str, ...]:
    """List what stands in quotation marks inside a summary, stops at its end left out; apostrophes are no marks."""
    if not has_marks(summary):
        return ()
    text = clean(summary)
    stretches = [s for s in quoted(text) if s.closed or text[s.start - 1] in DOUBLE_MARKS]
    return tuple(filter(has_words, (text[s.start : s.end].strip(" .,;:!?") for s in stretches)))

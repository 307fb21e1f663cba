"""A source's text as the lock sees it: its paragraphs, its words, its glyph variants folded, its hash."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from briefing.scripts import may_be_east_asian

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphen, zero-width blank, word joiner, mark
_BLANK_LINE = re.compile(r"\n\s*\n")
_TRAILING_BLANKS = re.compile(r"[^\S\n]+$", re.MULTILINE)

SINGLE_MARKS = "'‘’‚‛＇"
DOUBLE_MARKS = '"“”„‟＂'
DASHES = "-‐‑‒–—―−－"
_GLYPHS = {
    **dict.fromkeys(DOUBLE_MARKS, '"'),
    **dict.fromkeys(SINGLE_MARKS + "ʼ`´", "'"),
    **dict.fromkeys(DASHES, "-"),
    "…": "...",
}

_VARIANT = re.compile(f"[{re.escape(''.join(_GLYPHS))}]")

HAN_KANA = (
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
_ELLIPSIS = r"…|\.(?: ?\.){2,}"
_ELLIPSES = re.compile(_ELLIPSIS)


def _one_word(letter: str, or_else: str = "") -> str:
    """How a word is written: `can't`, `non-x`, `1,000`, `U.S.-led`; a longer dash parts two.

    The first of its forms says nothing new: it takes the plain words of a plain sentence, most of them, in one step."""
    plain = rf"(?:(?:(?!\d){letter}\.){{2,}}|[$€£¥₩]?{letter}+(?:(?<=\d)[.,:/](?=\d){letter}+)*%?)"
    return rf"[A-Za-z]+(?=[ ,;])|{plain}(?:[-‐‑–'’ʼ＇]{plain})*{or_else}"


# Of Han, kana and Hangul each character is a word. To compile what knows them takes long, and few texts hold any; so
# there are two of each: for the others, and for these, compiled (and kept by `re`) when one is first met.
_LATIN_WORD = re.compile(_one_word(r"[\w\u0300-\u036f]"))
_WORD = _one_word(rf"(?:(?![{HAN_KANA}{HANGUL}])[\w\u0300-\u036f])", rf"|[{HAN_KANA}{HANGUL}]")
_TOKEN = rf"{_WORD}|{_ELLIPSIS}|\S"
# Blanks that say nothing: between the dots of `. . .`, and where Japanese or Chinese was broken into lines.
_LATIN_EMPTY_BLANK = re.compile(r" (?<=\. )(?=\.)")
_EMPTY_BLANK = rf" (?:(?<=\. )(?=\.)|(?<=[{HAN_KANA}] )(?=[{HAN_KANA}]))"


def _words_of(text: str) -> re.Pattern[str]:
    return re.compile(_WORD) if may_be_east_asian(text) else _LATIN_WORD


def _empty_blanks_of(text: str) -> re.Pattern[str]:
    return re.compile(_EMPTY_BLANK) if may_be_east_asian(text) else _LATIN_EMPTY_BLANK


class Folded(Struct, frozen=True):
    """A text with glyph variants folded; `origin` says for each character which one of the text it stands for."""

    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Lead a stretch of the folded text back to the text."""
        return self.origin[start], self.origin[end - 1] + 1


class Word(Struct, frozen=True):
    """A word of a text (or a sign), folded, and where it stands in the text."""

    text: str
    start: int
    end: int


class SourceText(Struct, frozen=True):
    """What the lock has to know of a source's text: its paragraphs (0 is the headline) and its hash."""

    paragraphs: tuple[str, ...]
    sha256: str


def read_source_text(text: str) -> SourceText:
    """Split and hash the text of a source."""
    return SourceText(paragraphs(text), text_hash(text))


def paragraphs(text: str) -> tuple[str, ...]:
    """Split a text at its blank lines: the headline is paragraph 0, every later block counts, captions too.

    Each comes as one line: composed (NFC), single blanks, nothing invisible. Offsets count its characters."""
    return tuple(filter(None, map(clean, _BLANK_LINE.split(_unix(text)))))


def clean(text: str) -> str:
    """Write a text as one line: composed (NFC), single blanks, without soft hyphens and the like."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def text_hash(text: str) -> str:
    """Hash a text (SHA-256, hex) so that neither its line ends, nor a byte order mark, nor trailing blanks matter."""
    return hashlib.sha256(_TRAILING_BLANKS.sub("", _unix(text)).rstrip("\n").encode(errors="replace")).hexdigest()


def folded(text: str) -> str:
    """Fold glyph variants: double marks, single marks and apostrophes, dashes, ellipses. Expects a clean text."""
    return _VARIANT.sub(lambda variant: _GLYPHS[variant[0]], _empty_blanks_of(text).sub("", text))


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Fold a text as `folded` does, and remember where each character comes from."""
    dropped = {match.start() for match in _empty_blanks_of(text).finditer(text)}
    if not dropped and "…" not in text:
        return Folded(folded(text), range(len(text)))
    kept = [offset for offset in range(len(text)) if offset not in dropped]
    origin = (offset for offset in kept for _ in _GLYPHS.get(text[offset], "."))
    return Folded(folded(text), tuple(origin))


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts differ in glyph variants only."""
    return _folded(one) == _folded(other)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return folded(clean(text))


def has_words(text: str) -> bool:
    """Tell whether there is a word in a text."""
    return _words_of(text).search(text) is not None


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """List the words of a text; every Han, kana or Hangul character is one."""
    return tuple(map(_word, _words_of(text).finditer(text)))


def tokens(text: str) -> tuple[Word, ...]:
    """List the words of a text and, each for itself, its stops, marks and ellipses."""
    return tuple(map(_word, re.finditer(_TOKEN, text)))


def _word(match: re.Match[str]) -> Word:
    text = match[0]
    return Word(text if text.isascii() else folded(text), match.start(), match.end())  # in ASCII only signs vary


def bare_words(text: str) -> list[str]:
    """List the words of a text alone, without their places."""
    return list(chain.from_iterable(map(_words_between_blanks, text.split())))


@lru_cache(maxsize=16384)
def _words_between_blanks(text: str) -> Sequence[str]:
    """List the words of a piece of text without blanks: no word has one, and most pieces are met again and again."""
    return [word if word.isascii() else folded(word) for word in _words_of(text).findall(text)]


def word_around(text: str, edge: int) -> str:
    """Get the word that an edge would cut in two; empty where it falls between words. Expects a clean text."""
    start, end = text.rfind(" ", 0, edge) + 1, text.find(" ", edge)  # no word has a blank in it
    if edge in (start, end):
        return ""
    end = end if end >= 0 else len(text)
    here = _words_of(text[start:end]).finditer(text, start, end)
    return next((match[0] for match in here if match.start() < edge < match.end()), "")


def ellipses(text: str) -> tuple[tuple[int, int], ...]:
    """Find where a text has an ellipsis, of one glyph or of dots."""
    return tuple(match.span() for match in _ELLIPSES.finditer(text))


def _unix(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

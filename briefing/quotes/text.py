"""A source's text as the lock sees it: its paragraphs, its words, its glyph variants folded, its hash."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

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
_LETTER = rf"(?:(?![{HAN_KANA}{HANGUL}])[\w\u0300-\u036f])"
_PLAIN_WORD = rf"(?:(?:(?!\d){_LETTER}\.){{2,}}|[$€£¥₩]?{_LETTER}+(?:(?<=\d)[.,:/](?=\d){_LETTER}+)*%?)"
# One word: `can't`, `non-x`, `1,000`, `U.S.-led`; a longer dash parts two. Han, kana, Hangul: each character one.
# The first of its forms says nothing new: it takes the plain words of a plain sentence, most of them, in one step.
_WORD = rf"[A-Za-z]+(?=[ ,;])|{_PLAIN_WORD}(?:[-‐‑–'’ʼ＇]{_PLAIN_WORD})*|[{HAN_KANA}{HANGUL}]"
_ELLIPSIS = r"…|\.(?: ?\.){2,}"
_WORDS = re.compile(_WORD)
_ELLIPSES = re.compile(_ELLIPSIS)
_TOKEN = rf"{_WORD}|{_ELLIPSIS}|\S"  # compiled when first looked for: most runs never do, and it takes its time
# Blanks that say nothing: between the dots of `. . .`, and where Japanese or Chinese was broken into lines.
_EMPTY_BLANK = re.compile(rf" (?:(?<=\. )(?=\.)|(?<=[{HAN_KANA}] )(?=[{HAN_KANA}]))")


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
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def text_hash(text: str) -> str:
    """Hash a text (SHA-256, hex) so that neither its line ends, nor a byte order mark, nor trailing blanks matter."""
    return hashlib.sha256(_TRAILING_BLANKS.sub("", _unix(text)).rstrip("\n").encode(errors="replace")).hexdigest()


def folded(text: str) -> str:
    """Fold glyph variants: double marks, single marks and apostrophes, dashes, ellipses. Expects a clean text."""
    return _VARIANT.sub(lambda variant: _GLYPHS[variant[0]], _EMPTY_BLANK.sub("", text))


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Fold a text as `folded` does, and remember where each character comes from."""
    dropped = {match.start() for match in _EMPTY_BLANK.finditer(text)}
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
    return _WORDS.search(text) is not None


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """List the words of a text; every Han, kana or Hangul character is one."""
    return tuple(map(_word, _WORDS.finditer(text)))


def tokens(text: str) -> tuple[Word, ...]:
    """List the words of a text and, each for itself, its stops, marks and ellipses."""
    return tuple(map(_word, re.finditer(_TOKEN, text)))


def _word(match: re.Match[str]) -> Word:
    text = match[0]
    return Word(text if text.isascii() else folded(text), match.start(), match.end())  # in ASCII only signs vary


def bare_words(text: str) -> list[str]:
    """List the words of a text alone, without their places."""
    return [word if word.isascii() else folded(word) for word in _WORDS.findall(text)]


def word_around(text: str, edge: int) -> str:
    """Get the word that an edge would cut in two; empty where it falls between words. Expects a clean text."""
    start, end = text.rfind(" ", 0, edge) + 1, text.find(" ", edge)  # no word has a blank in it
    if edge in (start, end):
        return ""
    here = _WORDS.finditer(text, start, end if end >= 0 else len(text))
    return next((match[0] for match in here if match.start() < edge < match.end()), "")


def ellipses(text: str) -> tuple[tuple[int, int], ...]:
    """Find where a text has an ellipsis, of one glyph or of dots."""
    return tuple(match.span() for match in _ELLIPSES.finditer(text))


def _unix(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

"""Scripts: which characters are East Asian, what language they tell by themselves, and how they are composed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

Ranges = tuple[tuple[str, str], ...]
"""The first and the last character of each range."""

EAST_ASIAN_LANGUAGES = frozenset(("ko", "ja", "zh"))

_EAST_ASIAN = (  # compiled (and kept by `re`) when a text may hold some
    "([\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U0003ffff]+)"
)
_NEAR = re.compile("[^\0-\u10ff\u1200-\u2e7f]")
_HANGUL = (("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("\ua960", "\ua97f"), ("\uac00", "\ud7ff"))
_KANA = (("\u3040", "\u30ff"), ("\u31f0", "\u31ff"), ("\uff66", "\uff9f"))
_DECOMPOSED = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]+")


def composed(text: str) -> str:
    """Compose jamo, and letters with their marks, so that a face has one sign for each.

    Full NFC would also replace the compatibility ideographs that stand in people's names."""
    return text if text.isascii() else _DECOMPOSED.sub(lambda found: normalize("NFC", found[0]), text)


def by_language(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Cut text into pieces, composed, each with the language its script tells: Hangul Korean, kana Japanese.

    Nothing is told ("") of other scripts, of bare Chinese characters, nor where `language` already says it."""
    text = composed(text)
    if not may_be_east_asian(text) or language.partition("-")[0] in EAST_ASIAN_LANGUAGES:
        yield text, ""
        return
    for index, piece in enumerate(re.split(_EAST_ASIAN, text)):
        if piece:
            yield piece, _told(piece) if index % 2 else ""


def _told(text: str) -> str:
    return "ko" if has_any(text, _HANGUL) else "ja" if has_any(text, _KANA) else ""


def may_be_east_asian(text: str) -> bool:
    """Say whether a text has an East Asian character, or one that stands near them in Unicode; most texts have none.

    An expression that knows all of them takes milliseconds to compile: whoever asks first may need no other."""
    return not text.isascii() and _NEAR.search(text) is not None


def has_any(text: str, ranges: Ranges) -> bool:
    """Say whether a text has a character of East Asian ranges."""
    return may_be_east_asian(text) and any(first <= letter <= last for letter in text for first, last in ranges)

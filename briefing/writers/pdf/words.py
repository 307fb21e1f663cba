"""Words: where text may be cut into lines, how wide what stands between is, and how it is shown.

Text goes in as it is; nothing ever reads it as markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from briefing.fonts import BLANKS
from briefing.scripts import may_be_east_asian
from briefing.writers.pdf.font import DocumentFont

# Japanese breaks between its characters, but not before the first set nor after the second; Korean breaks at blanks.
_IDEOGRAPHS = (
    "\u2e80\u3040\u3041\u3100\u31f0\u3200\u3400\ua000\uf900\ufb00\uff00\ufff0\U00020000\U00040000"  # from, up to
)
_NEVER_FIRST = "、。，．・：；？！゛゜ヽヾゝゞ々ー”）〕］｝〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
_NEVER_LAST = "（〔［｛〈《「『【“"
_BREAK_AFTER = f"{BLANKS}\n-–—/\u200b"


def _is_ideograph(char: str) -> bool:
    return bisect_right(_IDEOGRAPHS, char) % 2 == 1


# An expression that knows all ideographs takes longer to compile than a short brief to set: it knows those of the two
# sets, and one that stands in for every other.
_STAND_IN = "一"
_KNOWN = _STAND_IN + "".join(filter(_is_ideograph, _NEVER_FIRST + _NEVER_LAST))
_WORDS = re.compile(
    rf"[^{BLANKS}\n{_KNOWN}\-–—/\u200b]+(?:[{BLANKS}]+|$)"  # most words: no other end, and found at once
    rf"|\n|[{_NEVER_LAST}]*[{_KNOWN}][{_NEVER_FIRST}]*[{BLANKS}]*"
    rf"|[^{BLANKS}\n{_KNOWN}]+?(?:(?<=\w)[-–—/\u200b](?=[^\W\d])|(?=[{BLANKS}\n{_KNOWN}]|$))[{BLANKS}]*"
    rf"|[{BLANKS}]+"
)


def _split(text: str) -> list[str]:
    """Cut a text into words."""
    if not may_be_east_asian(text):
        return _WORDS.findall(text)
    read = "".join([_STAND_IN if _is_ideograph(char) and char not in _KNOWN else char for char in text])
    return [text[slice(*found.span())] for found in _WORDS.finditer(read)]


class Word(NamedTuple):
    """A word with the blanks after it; `width` is that of all of it and `blank` that of the blanks, in points; `ends`
    says whether a line may end with it; `shown` is the inside of its string. A gap shows nothing."""

    width: float
    blank: float
    ends: bool
    text: str = ""
    shown: str = ""


class Words(dict[str, Word]):
    """The words of one font at a size, measured when they are first asked for."""

    def __init__(self, font: DocumentFont, size: float) -> None:
        super().__init__()
        self._font, self._scale = font, size / 1000

    def __missing__(self, text: str) -> Word:
        letters, blank, kerning = self._font.face.word(text)
        blank *= self._scale
        ends = text[-1] in _BREAK_AFTER or _is_ideograph(text[-1])
        self[text] = word = Word(letters * self._scale + blank, blank, ends, text, self._font.encode(text, kerning))
        return word

    def cut(self, text: str) -> list[Word]:
        """Cut a text into its words."""
        return [self[word] for word in _split(text)]


def show(shown: Iterable[str]) -> str:
    """Write the operator that shows consecutive words, given by the insides of their strings; kerned within each."""
    text = "".join(shown)
    return f"[({text})] TJ" if ")" in text else f"({text}) Tj"

"""Words: where text may be cut into lines, how wide what stands between is, and how it is shown.

Text goes in as it is; nothing ever reads it as markup."""

from __future__ import annotations

import re
from typing import NamedTuple

from briefing.fonts import BLANKS
from briefing.writers.pdf.font import DocumentFont

# Japanese breaks between its characters, but not before the first set nor after the second; Korean breaks at blanks.
_IDEOGRAPHS = "\u2e80-\u303f\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_NEVER_FIRST = "、。，．・：；？！゛゜ヽヾゝゞ々ー”）〕］｝〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
_NEVER_LAST = "（〔［｛〈《「『【“"
_WORDS = re.compile(
    rf"[^{BLANKS}\n{_IDEOGRAPHS}\-–—/\u200b]+(?:[{BLANKS}]+|$)"  # most words: no other end, and found at once
    rf"|\n|[{_NEVER_LAST}]*[{_IDEOGRAPHS}][{_NEVER_FIRST}]*[{BLANKS}]*"
    rf"|[^{BLANKS}\n{_IDEOGRAPHS}]+?(?:(?<=\w)[-–—/\u200b](?=[^\W\d])|(?=[{BLANKS}\n{_IDEOGRAPHS}]|$))[{BLANKS}]*"
    rf"|[{BLANKS}]+"
)
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_BREAK_AFTER = f"{BLANKS}\n-–—/\u200b"


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
        ends = text[-1] in _BREAK_AFTER or _IDEOGRAPH.match(text[-1]) is not None
        self[text] = word = Word(letters * self._scale + blank, blank, ends, text, self._font.encode(text, kerning))
        return word

    def cut(self, text: str) -> list[Word]:
        """Cut a text into its words."""
        return [self[word] for word in _WORDS.findall(text)]


def show(words: list[Word]) -> str:
    """Write the operator that shows consecutive words, kerned within each."""
    text = "".join([word.shown for word in words])
    return f"[({text})] TJ" if ")" in text else f"({text}) Tj"

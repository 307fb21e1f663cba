"""Words: where text may be cut into lines, and how wide what stands between is.

Text goes in as it is; nothing ever reads it as markup."""

from __future__ import annotations

import re
from typing import NamedTuple

from briefing.fonts import BLANKS, Face

# Japanese breaks between its characters, but not before the first set nor after the second; Korean breaks at blanks.
_IDEOGRAPHS = "\u2e80-\u303f\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_NEVER_FIRST = "、。，．・：；？！゛゜ヽヾゝゞ々ー”）〕］｝〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
_NEVER_LAST = "（〔［｛〈《「『【“"
_WORDS = re.compile(
    rf"\n|[{_NEVER_LAST}]*[{_IDEOGRAPHS}][{_NEVER_FIRST}]*[{BLANKS}]*"
    rf"|[^{BLANKS}\n{_IDEOGRAPHS}]+?(?:(?<=\w)[-–—/\u200b](?=[^\W\d])|(?=[{BLANKS}\n{_IDEOGRAPHS}]|$))[{BLANKS}]*"
    rf"|[{BLANKS}]+"
)
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_BREAK_AFTER = f"{BLANKS}\n-–—/\u200b"


class Word(NamedTuple):
    """A word with the blanks after it; `width` is that of all of it and `blank` that of the blanks, in points; `ends`
    says whether a line may end with it. Without text it is a gap."""

    text: str
    width: float
    blank: float
    ends: bool


class Words(dict[str, Word]):
    """The words of one face at a size, measured when they are first asked for."""

    def __init__(self, face: Face, size: float) -> None:
        super().__init__()
        self._face, self._scale = face, size / 1000

    def __missing__(self, text: str) -> Word:
        letters, blank, _ = self._face.word(text)
        blank *= self._scale
        ends = text[-1] in _BREAK_AFTER or _IDEOGRAPH.match(text[-1]) is not None
        self[text] = word = Word(text, letters * self._scale + blank, blank, ends)
        return word

    def cut(self, text: str) -> tuple[Word, ...]:
        """Cut a text into its words."""
        return tuple([self[word] for word in _WORDS.findall(text)])


def gap(width: float) -> Word:
    """Make a gap; no line ends with it."""
    return Word("", width, 0.0, ends=False)

"""About how high paragraphs will be: enough to tell what may stay whole on a page from what must be let split."""

from __future__ import annotations

import math
import re
import unicodedata

from briefing.housestyle import HouseStyle
from briefing.writers.docx.flow import Flow, WordParagraph, WordTable

_LETTER = 0.5  # the width of a letter on average, in parts of the size
_MAY_BE_WIDE = re.compile("[^\0-\u10ff]")  # no letter before Hangul is


class Column:
    """A column of a width (points), and about how high paragraphs will be in it."""

    def __init__(self, width: float, house: HouseStyle) -> None:
        self._width = width
        self._house = house
        self._measures: dict[str, tuple[float, float, float]] = {}

    def height(self, flow: Flow) -> float:
        """Estimate the height of paragraphs (points), a line too high rather than too low; infinite where there is a
        table among them."""
        return math.fsum([self._height(item) for item in flow])

    def _height(self, item: WordParagraph | WordTable) -> float:
        if isinstance(item, WordTable):
            return math.inf
        in_a_line, leading, around = self._measures.get(item.role) or self._measure(item.role)
        lines = len(item.letters)
        for letters in item.letters:
            if letters > in_a_line:
                lines += math.ceil(letters / in_a_line) - 1
        return around + lines * leading

    def _measure(self, role: str) -> tuple[float, float, float]:
        """How many letters a line of this style holds, its leading, the space around a paragraph."""
        style = self._house.paragraphs[role]
        in_a_line = max(1.0, (self._width - style.left - style.right) / (style.size * _LETTER))
        measure = self._measures[role] = in_a_line, style.leading, style.before + style.after
        return measure


def letters_in(text: str) -> int:
    """Count letters, those of Korean and Japanese twice: they are as wide as high."""
    return len(text) + sum(unicodedata.east_asian_width(letter) in "WF" for letter in _MAY_BE_WIDE.findall(text))

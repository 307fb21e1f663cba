"""About how high paragraphs will be: enough to tell what may stay whole on a page from what must be let split."""

from __future__ import annotations

import math
import re
import unicodedata

from briefing.housestyle import HouseStyle
from briefing.writers.docx.flow import Flow, WordParagraph, WordTable

_LETTER = 0.5  # the width of a letter on average, in parts of the size
_MAY_BE_WIDE = re.compile("[^\0-\u10ff]")  # no letter before Hangul is


def estimated_height(flow: Flow, width: float, house: HouseStyle) -> float:
    """Estimate the height of paragraphs (points) in a column `width` points wide, a line too high rather than too low;
    infinite where there is a table among them."""
    return math.fsum([_height(item, width, house) for item in flow])


def _height(item: WordParagraph | WordTable, width: float, house: HouseStyle) -> float:
    if isinstance(item, WordTable):
        return math.inf
    style = house.paragraphs[item.role]
    in_a_line = max(1.0, (width - style.left - style.right) / (style.size * _LETTER))
    lines = sum([max(1, math.ceil(letters / in_a_line)) for letters in item.letters])
    return style.before + lines * style.leading + style.after


def letters_in(text: str) -> int:
    """Count letters, those of Korean and Japanese twice: they are as wide as high."""
    return len(text) + sum(unicodedata.east_asian_width(letter) in "WF" for letter in _MAY_BE_WIDE.findall(text))

"""About how high blocks will be: enough to tell what may stay whole on a page from what must be let split."""

from __future__ import annotations

import math
import re
import unicodedata

from briefing.document import (
    Block,
    BlockQuote,
    Blocks,
    Box,
    Emphasis,
    Field,
    Heading,
    Inlines,
    LineBreak,
    Link,
    List,
    Paragraph,
    Span,
    Strong,
    Text,
)
from briefing.housestyle import HouseStyle

_LETTER = 0.5  # the width of a letter on average, in parts of the size
_MAY_BE_WIDE = re.compile("[^\0-\u10ff]")  # no letter before Hangul is


def estimated_height(blocks: Blocks, width: float, house: HouseStyle) -> float:
    """Estimate the height of blocks (points) in a column `width` points wide, a line too high rather than too low;
    infinite where they hold a table."""
    return math.fsum(_height(block, width, house) for block in blocks)


def _height(block: Block, width: float, house: HouseStyle) -> float:
    match block:
        case Paragraph(content, role):
            style = house.paragraphs[role]
            letters = max(1.0, (width - style.left - style.right) / (style.size * _LETTER))
            lines = sum([max(1, math.ceil(line / letters)) for line in _letters_of_lines(content)])
            return style.before + lines * style.leading + style.after
        case Heading(content=content):
            return _height(Paragraph(content), width, house)
        case List(items):
            return math.fsum(estimated_height(item.blocks, width, house) for item in items)
        case Box(inner) | BlockQuote(inner):
            return estimated_height(inner, width, house)
        case _:
            return math.inf


def _letters_of_lines(content: Inlines) -> list[int]:
    lines = [0]
    _count(content, lines)
    return lines


def _count(content: Inlines, lines: list[int]) -> None:
    """Add letters to the last of the lines so far, and the lines that follow."""
    for inline in content:
        match inline:
            case Text():
                first, *others = inline.text.split("\n")
                lines[-1] += _letters(first)
                lines.extend(map(_letters, others))
            case Field() | Span() | Strong() | Emphasis() | Link():
                _count(inline.content, lines)
            case LineBreak():
                lines.append(0)


def _letters(text: str) -> int:
    """Count letters, those of Korean and Japanese twice: they are as wide as high."""
    return len(text) + sum(unicodedata.east_asian_width(letter) in "WF" for letter in _MAY_BE_WIDE.findall(text))

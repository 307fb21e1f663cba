"""What a house style alone decides, worked out once and kept: in a batch all briefs are printed in the same one."""

from __future__ import annotations

from collections import deque
from functools import lru_cache

from msgspec.structs import replace

from briefing.housestyle import HouseStyle
from briefing.writers.docx.looks import RunProperties
from briefing.writers.docx.numbering import ListDefinitions, Numbering
from briefing.writers.docx.settings import font_table_part, theme_part
from briefing.writers.docx.styles import styles_part


class Prepared:
    """A house style as Word's parts and properties; `styles` gives the styles part of a document.

    That depends on its language and on the roles of the paragraphs in the bodies of its tables."""

    def __init__(self, house: HouseStyle) -> None:
        self.house = house
        self.properties = RunProperties(house)
        self.definitions = ListDefinitions(house)
        self.font_table = font_table_part(house)
        self.theme = theme_part(house)
        self.styles = lru_cache(maxsize=16)(self._styles)

    def _styles(self, language: str, in_rows: frozenset[str]) -> bytes:
        """Leave keep-with-next out of the styles that stand in rows: there, Word keeps the whole row by it with what
        follows, and so the last row with the heading after the table, and all of the brief on one page."""
        free = {role: replace(self.house.paragraphs[role], keep_next=False) for role in in_rows}
        house = replace(self.house, paragraphs={**self.house.paragraphs, **free})
        return styles_part(house, Numbering(self.definitions).of_style, language)


_KEPT: deque[Prepared] = deque(maxlen=4)


def prepare(house: HouseStyle) -> Prepared:
    """Prepare a house style, or give what was prepared for an equal one; the last few are kept."""
    known = next((kept for kept in tuple(_KEPT) if kept.house == house), None)
    if known is None:
        known = Prepared(house)
        _KEPT.append(known)
    return known

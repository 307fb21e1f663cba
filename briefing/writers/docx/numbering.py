"""Real lists: Word counts, nobody types a digit."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from briefing.housestyle import HouseStyle, ParagraphStyle
from briefing.writers.docx.elements import element, part
from briefing.writers.docx.looks import box_left, style_id, twips

_FORMATS = ("decimal", "lowerLetter", "lowerRoman")
_LEVELS = 9


class Numbering:
    """The lists of a document: a definition for each style of item, a `w:num` for each list that counts anew."""

    def __init__(self, definitions: ListDefinitions) -> None:
        self._write = definitions.write
        self._definitions: dict[tuple[str, bool], str] = {}
        self._lists: list[str] = []
        self._shared: dict[str, int] = {}
        self.of_style = {style.role: self._own_list(style) for style in definitions.own}

    def begin(self, role: str, *, ordered: bool) -> int:
        """Begin a list whose items have this style; give its number (`w:numId`). Bullets need no list of their own."""
        if ordered:
            return self._list(role, ordered=True, start=element("startOverride", val=1))
        if role not in self._shared:
            self._shared[role] = self._list(role, ordered=False)
        return self._shared[role]

    def part(self) -> bytes:
        """Write the numbering part: all definitions stand before all lists."""
        return part("numbering", (*self._definitions.values(), *self._lists))

    def _own_list(self, style: ParagraphStyle) -> int:
        number = self._list(style.role, ordered=not style.label)
        if style.label:
            self._shared[style.role] = number
        return number

    def _list(self, role: str, *, ordered: bool, start: str = "") -> int:
        key = (role, ordered)
        if key not in self._definitions:
            self._definitions[key] = self._write(role, ordered, len(self._definitions))
        definition, number = list(self._definitions).index(key), len(self._lists) + 1
        override = element("lvlOverride", start, ilvl=0) if start else ""
        self._lists.append(element("num", element("abstractNumId", val=definition), override, numId=number))
        return number


class ListDefinitions:
    """The `w:abstractNum` of the lists of a house style, each worked out once: `write` gives it by the style of the
    items, whether they count, and its number in the file; `own` are the styles that make a list by themselves."""

    def __init__(self, house: HouseStyle) -> None:
        self._house = house
        self.own = tuple(style for style in house.paragraphs.values() if _is_list(style))
        self.write = lru_cache(maxsize=256)(self._definition)

    def _definition(self, role: str, ordered: bool, number: int) -> str:
        style = self._house.paragraphs[role]
        levels = (self._level(style, level, ordered=ordered) for level in range(_LEVELS))
        name = hashlib.blake2b(f"{role}\0{ordered}".encode(), digest_size=4).hexdigest().upper()
        kind = element("multiLevelType", val="multilevel")
        return element("abstractNum", element("nsid", val=name), kind, *levels, abstractNumId=number)

    def _level(self, style: ParagraphStyle, level: int, *, ordered: bool) -> str:
        own = level == 0 and _is_list(style) and ordered == (not style.label)
        return element(
            "lvl",
            element("start", val=1),
            element("numFmt", val=_FORMATS[level % len(_FORMATS)] if ordered else "bullet"),
            element("pStyle", val=style_id(style.word)) if own else "",
            element("lvlText", val=f"%{level + 1}" if ordered else style.label or "•"),
            element("lvlJc", val="left"),
            self._hang(style, level),
            ilvl=level,
        )

    def _hang(self, style: ParagraphStyle, level: int) -> str:
        """Where an item stands. In a box all paragraphs have the same indents, so there the number ends in a tab."""
        box = self._house.boxes.get(style.box)
        if box:
            left = box_left(box)
            stop = element("tabs", element("tab", val="left", pos=twips(left + style.hanging)))
            return element("pPr", stop, element("ind", left=twips(left), firstLine=0))
        return element(
            "pPr", element("ind", left=twips(style.left + level * style.hanging), hanging=twips(style.hanging))
        )


def _is_list(style: ParagraphStyle) -> bool:
    """Whether the style itself makes a list, so that a person who picks it in Word gets one."""
    return bool(style.label) or style.word.lower() == "list number"

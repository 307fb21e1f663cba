"""Real lists: Word counts, nobody types a digit."""

from __future__ import annotations

import hashlib

from docx.oxml.xmlchemy import BaseOxmlElement

from briefing.housestyle import HouseStyle, ParagraphStyle
from briefing.writers.docx.elements import Node, grow, node, root
from briefing.writers.docx.looks import box_left, style_id, twips

_FORMATS = ("decimal", "lowerLetter", "lowerRoman")
_LEVELS = 9


class Numbering:
    """The lists of a document: a definition for each style of item, a `w:num` for each list that counts anew."""

    def __init__(self, house: HouseStyle) -> None:
        self._house = house
        self._definitions: dict[tuple[str, bool], Node] = {}
        self._lists: list[Node] = []
        self._shared: dict[str, int] = {}
        self.of_style = {style.role: self._own_list(style) for style in house.paragraphs.values() if _is_list(style)}

    def begin(self, role: str, *, ordered: bool) -> int:
        """Begin a list whose items have this style; give its number (`w:numId`). Bullets need no list of their own."""
        if ordered:
            return self._list(role, ordered=True, start=node("startOverride", val=1))
        if role not in self._shared:
            self._shared[role] = self._list(role, ordered=False)
        return self._shared[role]

    def part(self) -> BaseOxmlElement:
        """Write the numbering part: all definitions stand before all lists."""
        numbering = root("numbering")
        for described in (*self._definitions.values(), *self._lists):
            grow(numbering, described)
        return numbering

    def _own_list(self, style: ParagraphStyle) -> int:
        number = self._list(style.role, ordered=not style.label)
        if style.label:
            self._shared[style.role] = number
        return number

    def _list(self, role: str, *, ordered: bool, start: Node | None = None) -> int:
        key = (role, ordered)
        if key not in self._definitions:
            self._definitions[key] = self._define(role, ordered=ordered)
        definition, number = list(self._definitions).index(key), len(self._lists) + 1
        override = node("lvlOverride", start, ilvl=0) if start else None
        self._lists.append(node("num", node("abstractNumId", val=definition), override, numId=number))
        return number

    def _define(self, role: str, *, ordered: bool) -> Node:
        style = self._house.paragraphs[role]
        levels = (self._level(style, level, ordered=ordered) for level in range(_LEVELS))
        name = hashlib.blake2b(f"{role}\0{ordered}".encode(), digest_size=4).hexdigest().upper()
        kind = node("multiLevelType", val="multilevel")
        return node("abstractNum", node("nsid", val=name), kind, *levels, abstractNumId=len(self._definitions))

    def _level(self, style: ParagraphStyle, level: int, *, ordered: bool) -> Node:
        own = level == 0 and _is_list(style) and ordered == (not style.label)
        return node(
            "lvl",
            node("start", val=1),
            node("numFmt", val=_FORMATS[level % len(_FORMATS)] if ordered else "bullet"),
            node("pStyle", val=style_id(style.word)) if own else None,
            node("lvlText", val=f"%{level + 1}" if ordered else style.label or "•"),
            node("lvlJc", val="left"),
            self._hang(style, level),
            ilvl=level,
        )

    def _hang(self, style: ParagraphStyle, level: int) -> Node:
        """Where an item stands. In a box all paragraphs have the same indents, so there the number ends in a tab."""
        box = self._house.boxes.get(style.box)
        if box:
            left = box_left(box)
            stop = node("tabs", node("tab", val="left", pos=twips(left + style.hanging)))
            return node("pPr", stop, node("ind", left=twips(left), firstLine=0))
        return node("pPr", node("ind", left=twips(style.left + level * style.hanging), hanging=twips(style.hanging)))


def _is_list(style: ParagraphStyle) -> bool:
    """Whether the style itself makes a list, so that a person who picks it in Word gets one."""
    return bool(style.label) or style.word.lower() == "list number"

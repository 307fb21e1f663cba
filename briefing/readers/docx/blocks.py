"""Reads what paragraphs form: headings, lists by their numbering, tables with head and body."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from briefing.document import Block, Blocks, Cell, Heading, List, ListItem, Paragraph, Row, Table
from briefing.readers.docx.package import NAMES, Element, value
from briefing.readers.docx.styles import ListPlace, Styles
from briefing.readers.docx.text import TextReader

_TABLE = NAMES["tbl"]
_BLOCKS, _ROWS, _CELLS = frozenset((NAMES["p"], _TABLE)), frozenset((NAMES["tr"],)), frozenset((NAMES["tc"],))
_HOLDERS = frozenset(NAMES[name] for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_TARGET = "_to_"


class _OpenList(Struct):
    """A list being read, and its items so far."""

    place: ListPlace
    items: list[list[Block]] = field(default_factory=list)

    def block(self) -> List:
        return List(tuple(ListItem(tuple(blocks)) for blocks in self.items), self.place.ordered)


class BlockReader:
    """Reads blocks of one part."""

    def __init__(self, styles: Styles, text: TextReader) -> None:
        self._styles = styles
        self._text = text

    def read(self, parent: Element) -> Blocks:
        """Read the blocks of a body or a cell. Empty paragraphs, which only hold a place, are left out."""
        found: list[Block] = []
        lists: list[_OpenList] = []
        for element in _unwrapped(parent, _BLOCKS):
            if element.tag == _TABLE:
                _close(lists, found)
                found.append(self._table(element))
            else:
                self._paragraph(element, lists, found)
        _close(lists, found)
        return tuple(found)

    def _paragraph(self, element: Element, lists: list[_OpenList], found: list[Block]) -> None:
        content, properties, bookmarks = self._text.read(element)
        if not content:
            return
        identifier = next((name for name in bookmarks if name.startswith(_TARGET)), "") if bookmarks else ""
        meaning = self._styles.of_paragraph(properties)
        if meaning.heading:
            _close(lists, found)
            found.append(Heading(meaning.heading, content, identifier))
        elif meaning.place:
            _enter(meaning.place, lists, found)
            lists[-1].items.append([Paragraph(content, "", identifier)])
        elif lists and meaning.goes_on:
            lists[-1].items[-1].append(Paragraph(content, ""))
        else:
            _close(lists, found)
            found.append(Paragraph(content, "", identifier))

    # --------------------------------------------------------------------------------------------------------- tables

    def _table(self, element: Element) -> Table:
        head: list[Row] = []
        body: list[Row] = []
        for row in _unwrapped(element, _ROWS):
            properties = row.find(NAMES["trPr"])
            if properties is not None and properties.find(NAMES["del"]) is not None:
                continue
            is_head = not body and properties is not None and properties.find(NAMES["tblHeader"]) is not None
            cells = tuple(self._cell(cell) for cell in _unwrapped(row, _CELLS))
            (head if is_head else body).append(Row(cells))
        widths = tuple(
            float(column.get(NAMES["w"], "0")) for column in element.iterfind(f"{NAMES['tblGrid']}/{NAMES['gridCol']}")
        )
        return Table(tuple(head), tuple(body), widths, "", value(element, "tblPr/tblCaption") or "")

    def _cell(self, element: Element) -> Cell:
        conditions = value(element, "tcPr/cnfStyle") or ""
        scope = "column" if conditions.startswith("1") else "row" if conditions[2:3] == "1" else ""
        return Cell(self.read(element) or (Paragraph((), ""),), scope=scope)


def _unwrapped(parent: Element, tags: frozenset[str]) -> Iterator[Element]:
    """The elements with these tags in a parent, also inside what wraps them: content controls, tracked insertions."""
    for element in parent:
        if element.tag in tags:
            yield element
        elif element.tag in _HOLDERS:
            yield from _unwrapped(element, tags)


# --------------------------------------------------------------------------------------------------------------- lists


def _enter(place: ListPlace, lists: list[_OpenList], found: list[Block]) -> None:
    """Make the list of an item the innermost open one: close those it does not stand in, open it where it begins."""
    while lists and not _belongs(place, lists[-1].place):
        _close_innermost(lists, found)
    if not lists or lists[-1].place.level < place.level:
        lists.append(_OpenList(place))


def _belongs(place: ListPlace, around: ListPlace) -> bool:
    return around.level < place.level or (around.level == place.level and around.number == place.number)


def _close(lists: list[_OpenList], found: list[Block]) -> None:
    while lists:
        _close_innermost(lists, found)


def _close_innermost(lists: list[_OpenList], found: list[Block]) -> None:
    block = lists.pop().block()
    if lists:
        lists[-1].items[-1].append(block)
    else:
        found.append(block)

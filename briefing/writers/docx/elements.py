"""The grammar of WordprocessingML (ECMA-376 part 1): names, elements grown from the top down, text, fields.

Text reaches Word only through `add_text`, so nothing in it can be taken for markup or for a field's instruction."""

from __future__ import annotations

import re
from typing import TypeAlias

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import SubElement, _Element
from msgspec import Struct

Element: TypeAlias = _Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class _Names(dict[str, str]):
    """`p` or `w14:paraId` to the name lxml wants; worked out once for each."""

    def __missing__(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        clark = self[name] = f"{{{NAMESPACES[prefix or 'w']}}}{local}"
        return clark


NAMES = _Names()


class Node(Struct, frozen=True):
    """An element described once, to be grown in as many places as wanted."""

    tag: str
    attributes: dict[str, str]
    children: tuple[Node, ...] = ()


def node(tag: str, *children: Node | None, **attributes: str | float) -> Node:
    """Describe an element; a tag or attribute without prefix is of `w`, a child that is None is left out."""
    named = {NAMES[name]: _value(value) for name, value in attributes.items()}
    return Node(NAMES[tag], named, tuple(child for child in children if child is not None))


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else str(round(value))


def grow(parent: Element, described: Node) -> Element:
    """Append the element described, with all that is in it."""
    element = SubElement(parent, described.tag, described.attributes)
    for child in described.children:
        grow(element, child)
    return element


def add(parent: Element, tag: str, **attributes: str) -> Element:
    """Append an element of `w` with attributes of `w`."""
    if not attributes:
        return SubElement(parent, NAMES[tag])
    return SubElement(parent, NAMES[tag], {NAMES[name]: value for name, value in attributes.items()})


def declarations() -> str:
    """The attributes of a part's root: every prefix is declared there once, so that nothing below must."""
    return " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items()) + ' mc:Ignorable="w14"'


def root(tag: str) -> BaseOxmlElement:
    """Begin a part: an element of the kind that python-docx holds."""
    return parse_xml(f"<w:{tag} {declarations()}/>")


# -------------------------------------------------------------------------------------------------------------- text

# What XML 1.0 cannot hold, the controls nobody wants (DEL, C1), and bidirectional overrides, which make text lie.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_ELEMENTS = {"\t": "tab", "\n": "br", "\u00ad": "softHyphen", "\u2011": "noBreakHyphen"}
_PIECES = re.compile("([\t\n\u00ad\u2011])")
_ODD = re.compile(f"{_FORBIDDEN.pattern}|[\t\n\r\x85\u2028\u2029\u00ad\u2011]")


def clean(text: str) -> str:
    """Make text fit for XML: one kind of line end, and U+FFFD, which is seen, for what may not stand there."""
    return _FORBIDDEN.sub("\ufffd", _LINE_ENDS.sub("\n", text)) if _ODD.search(text) else text


def add_text(run: Element, text: str) -> None:
    """Append text to a run: tabs, line ends and the two hyphens Word knows become its own elements."""
    if not _ODD.search(text):
        _add_characters(run, text)
        return
    for piece in _PIECES.split(clean(text)):
        if piece in _ELEMENTS:
            add(run, _ELEMENTS[piece])
        elif piece:
            _add_characters(run, piece)


def _add_characters(run: Element, text: str) -> None:
    element = SubElement(run, NAMES["t"])
    element.text = text
    if text[:1] == " " or text[-1:] == " " or "  " in text:
        element.set(XML_SPACE, "preserve")


# ------------------------------------------------------------------------------------------------- runs, fields, order


def add_run(parent: Element, properties: Node | None) -> Element:
    """Append a run with its properties (`w:rPr`)."""
    run = SubElement(parent, NAMES["r"])
    if properties is not None:
        grow(run, properties)
    return run


def add_field(parent: Element, instruction: str, result: str, properties: Node | None) -> None:
    """Append a field with the result it shows before Word counts anew; the instruction is always the writer's own."""
    add(add_run(parent, properties), "fldChar", fldCharType="begin")
    code = add(add_run(parent, properties), "instrText")
    code.text = f" {instruction} "
    code.set(XML_SPACE, "preserve")
    add(add_run(parent, properties), "fldChar", fldCharType="separate")
    add_text(add_run(parent, properties), result)
    add(add_run(parent, properties), "fldChar", fldCharType="end")


_PARAGRAPH_PROPERTIES = (
    "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc"
    " outlineLvl rPr sectPr"
)
_RANK = {NAMES[name]: rank for rank, name in enumerate(_PARAGRAPH_PROPERTIES.split())}


def amend(paragraph: Element, described: Node) -> None:
    """Give a paragraph a property of its own, in its place among the others; one that is there is replaced."""
    properties = paragraph[0]
    element = grow(properties, described)
    rank = _RANK[described.tag]
    for index, other in enumerate(properties):
        if other is not element and _RANK[other.tag] >= rank:
            properties.insert(index, element)
            if other.tag == described.tag:
                properties.remove(other)
            return

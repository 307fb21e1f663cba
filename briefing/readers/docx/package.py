"""Opens a Word file that may be anybody's: within bounds, without DTDs, entities or anything outside it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from lxml import etree
from lxml.etree import _Element

from briefing import opc

Element: TypeAlias = _Element

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = "{http://purl.oclc.org/ooxml/"
_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)
_PREFIXES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}


class _Names(dict[str, str]):
    """`p` or `r:id` to the name lxml wants; worked out once for each."""

    def __missing__(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        clark = self[name] = f"{{{_PREFIXES[prefix or 'w']}}}{local}"
        return clark


NAMES = _Names()


def at(element: Element | None, path: str) -> Element | None:
    """The first element at a path of names (`pPr/pStyle`) below another; None where there is none."""
    for name in path.split("/"):
        element = next(element.iterchildren(NAMES[name]), None) if element is not None else None
    return element


def value(element: Element | None, path: str, attribute: str = "val") -> str | None:
    """An attribute of the element at a path of names below another; None where there is none."""
    found = at(element, path)
    return found.get(NAMES[attribute]) if found is not None else None


class Package:
    """The parts of a Word file by name, and how they relate."""

    def __init__(self, data: bytes) -> None:
        self._parts = opc.read_package(data)
        self._known: dict[str, tuple[_Relationship, ...]] = {}
        mains = self.related("", "officeDocument")
        if len(mains) != 1:
            raise opc.unreadable("the file has no main part, or several")
        self.main = mains[0]
        root = self.root(self.main)
        if root.tag.startswith(_STRICT):
            raise opc.unreadable("the file is 'Strict Open XML', which few programs read")
        body = root.find(NAMES["body"])
        if root.tag != NAMES["document"] or body is None:
            raise opc.unreadable("the main part of the file is no Word document")
        self.body = body
        del self._parts[self.main]  # it is read once, and long

    def root(self, name: str) -> Element:
        """Parse a part. OPC forbids document types, and with them go entities."""
        try:
            root = etree.fromstring(self._parts[name], _PARSER)
        except etree.XMLSyntaxError as error:
            raise opc.unreadable(f"the part {name!r} is damaged") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise opc.unreadable(f"the part {name!r} has a document type, which no Word file has")
        return root

    def related(self, source: str, kind: str) -> list[str]:
        """Name the parts that a part (empty: the package) relates to in this way (`styles`)."""
        return [name for _, its, name in self._inside(source) if its == kind]

    def roots(self, source: str, kind: str) -> list[Element]:
        """Parse the parts that a part relates to in this way."""
        return [self.root(name) for name in self.related(source, kind)]

    def part(self, source: str, relationship: str) -> str:
        """Name the part behind a relationship of a part; empty where there is none."""
        return next((name for its, _, name in self._inside(source) if its == relationship), "")

    def links(self, source: str) -> dict[str, str]:
        """The addresses a part links to, by relationship."""
        related = self._relationships(source)
        return {each.identity: each.target for each in related if each.outside and each.kind == "hyperlink"}

    def _inside(self, source: str) -> Iterator[tuple[str, str, str]]:
        """The relationships of a part to parts that are there, each with its kind and the part's name."""
        folder = posixpath.join("/", posixpath.dirname(source))
        for each in self._relationships(source):
            name = posixpath.normpath(posixpath.join(folder, each.target))[1:]
            if not each.outside and name in self._parts:
                yield each.identity, each.kind, name

    def _relationships(self, source: str) -> tuple[_Relationship, ...]:
        if source not in self._known:
            folder, name = posixpath.split(source)
            part = posixpath.join(folder, "_rels", f"{name}.rels")
            self._known[source] = tuple(_relationships(self.root(part))) if part in self._parts else ()
        return self._known[source]


class _Relationship(NamedTuple):
    identity: str
    kind: str
    target: str
    outside: bool


def _relationships(root: Element) -> Iterator[_Relationship]:
    for element in root.iter(f"{{{_PACKAGE}}}Relationship"):
        kind = element.get("Type", "").rpartition("/")[2]
        outside = element.get("TargetMode") == "External"
        yield _Relationship(element.get("Id", ""), kind, element.get("Target", ""), outside)

"""Opens a Word file that may be anybody's: within bounds, without DTDs, entities or anything outside it."""

from __future__ import annotations

import posixpath
from typing import TypeAlias

from lxml import etree
from lxml.etree import _Element

from briefing import opc

Element: TypeAlias = _Element

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = "{http://purl.oclc.org/ooxml/"
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


def value(element: Element | None, path: str, attribute: str = "val") -> str | None:
    """The attribute of the element at a path of names (`pPr/pStyle`) below another; None where there is none."""
    for name in path.split("/"):
        element = element.find(NAMES[name]) if element is not None else None
    return element.get(NAMES[attribute]) if element is not None else None


class Package:
    """The parts of a Word file by name, and how they relate."""

    def __init__(self, data: bytes) -> None:
        self._parts = opc.read_package(data)
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

    def root(self, name: str) -> Element:
        """Parse a part. OPC forbids document types, and with them go entities."""
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(self._parts[name], parser)
        except etree.XMLSyntaxError as error:
            raise opc.unreadable(f"the part {name!r} is damaged") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise opc.unreadable(f"the part {name!r} has a document type, which no Word file has")
        return root

    def related(self, source: str, kind: str) -> list[str]:
        """Name the parts that a part (empty: the package) relates to in this way (`styles`)."""
        return [target for _, target in self._targets(source, kind, outside=False) if target in self._parts]

    def roots(self, source: str, kind: str) -> list[Element]:
        """Parse the parts that a part relates to in this way."""
        return [self.root(name) for name in self.related(source, kind)]

    def part(self, source: str, relationship: str) -> str:
        """Name the part behind a relationship of a part; empty where there is none."""
        targets = dict(self._targets(source, "", outside=False))
        name = targets.get(relationship, "")
        return name if name in self._parts else ""

    def links(self, source: str) -> dict[str, str]:
        """The addresses a part links to, by relationship."""
        return dict(self._targets(source, "hyperlink", outside=True))

    def _targets(self, source: str, kind: str, *, outside: bool) -> list[tuple[str, str]]:
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        found = []
        for relationship in self.root(part).iter(f"{{{_PACKAGE}}}Relationship") if part in self._parts else ():
            target, way = relationship.get("Target", ""), relationship.get("Type", "")
            if (relationship.get("TargetMode") == "External") == outside and way.endswith(f"/{kind}" if kind else ""):
                place = target if outside else posixpath.normpath(posixpath.join("/", folder, target))[1:]
                found.append((relationship.get("Id", ""), place))
        return found

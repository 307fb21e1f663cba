"""The structure tree of a PDF (ISO 32000-1, 14.7) as blocks, inlines and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pikepdf
from pikepdf import Name

from briefing.document import (
    BlockQuote,
    Blocks,
    Box,
    Cell,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Note,
    NoteMark,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    plain_text,
)
from briefing.readers.pdf.content import PageContent

_HEADING = re.compile(r"H([1-6])")
_GROUPS = frozenset(("Document", "Part", "Art", "Sect", "NonStruct"))


class Node(NamedTuple):
    """A structure element: its standard type, its dictionary, the page its contents stand on."""

    tag: str
    element: pikepdf.Object
    page: pikepdf.Object | None


class StructureReader:
    """Walks the tree once; every marked content must be met exactly once."""

    def __init__(self, pdf: pikepdf.Pdf, contents: Sequence[PageContent]) -> None:
        self._root = pdf.Root.StructTreeRoot
        self._roles = {str(key): str(value) for key, value in self._root.get("/RoleMap", {}).items()}
        self._pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self._contents = contents
        self._met: set[tuple[int, int]] = set()
        self._seen: set[tuple[int, int]] = set()
        self._notes: list[Note] = []

    def blocks(self) -> Blocks:
        """Read all blocks, in reading order."""
        return self._blocks(Node("", self._root, None))

    def notes(self) -> tuple[Note, ...]:
        """The notes met among the blocks, by number."""
        return tuple(sorted(self._notes, key=lambda note: note.number))

    def check_complete(self) -> None:
        """Raise ValueError for text on a page that the tree never refers to."""
        for index, content in enumerate(self._contents):
            for number, text in content.marked.items():
                if (index, number) not in self._met:
                    raise ValueError(f"page {index + 1} shows text that is not in its structure: {text[:40]!r}")

    # ----------------------------------------------------------------------------------------------------- tree

    def _kids(self, node: Node) -> Iterator[Node | str | pikepdf.Object]:
        """Yield what an element holds: elements, texts, and objects on the page (annotations)."""
        held = node.element.get("/K", pikepdf.Array())
        kids: Iterable[pikepdf.Object | int] = held if isinstance(held, pikepdf.Array) else [held]
        for kid in kids:
            if isinstance(kid, int):
                yield self._text(kid, node.page)
            elif kid.get("/Type") == Name.MCR:
                yield self._text(int(kid.MCID), kid.get("/Pg", node.page))
            elif kid.get("/Type") == Name.OBJR:
                yield kid.Obj
            else:
                yield self._node(kid, node.page)

    def _node(self, element: pikepdf.Object, page: pikepdf.Object | None) -> Node:
        if element.objgen in self._seen:
            raise ValueError("an element stands in its structure twice")
        self._seen.add(element.objgen)
        tag = str(element.S)
        return Node(self._roles.get(tag, tag)[1:], element, element.get("/Pg", page))

    def _text(self, number: int, page: pikepdf.Object | None) -> str:
        if page is None or page.objgen not in self._pages:
            raise ValueError("text in the structure that is on no page")
        place = (self._pages[page.objgen], number)
        if place in self._met:
            raise ValueError(f"marked content {number} of page {place[0] + 1} stands in the structure twice")
        self._met.add(place)
        text = self._contents[place[0]].marked.get(number)
        if text is None:
            raise ValueError(f"the structure refers to content {number} of page {place[0] + 1}, which shows nothing")
        return text

    def _elements(self, node: Node) -> Iterator[Node]:
        for kid in self._kids(node):
            if not isinstance(kid, Node):
                raise ValueError(f"text directly in <{node.tag}>")
            yield kid

    # --------------------------------------------------------------------------------------------------- blocks

    def _blocks(self, node: Node) -> Blocks:
        return tuple(block for kid in self._elements(node) for block in self._block(kid))

    def _block(self, node: Node) -> Blocks:
        tag = node.tag
        if tag in _GROUPS:
            return self._blocks(node)
        if tag == "Note":
            self._notes.append(self._note(node))
            return ()
        if heading := _HEADING.fullmatch(tag):
            return (Heading(int(heading[1]), self._inlines(node)),)
        match tag:
            case "P":
                return (Paragraph(self._inlines(node), ""),)
            case "L":
                return (self._list(node),)
            case "BlockQuote":
                return (BlockQuote(self._blocks(node)),)
            case "Div":
                return (Box(self._blocks(node), ""),)
            case "Table":
                return (self._table(node),)
            case _:
                raise ValueError(f"<{tag}> where a block should stand")

    def _note(self, node: Node) -> Note:
        number = ""
        content: Inlines = ()
        for kid in self._elements(node):
            if kid.tag == "Lbl":
                number = plain_text(self._inlines(kid)).strip()
            else:
                content += self._inlines(kid)
        if not number.isdecimal():
            raise ValueError(f"a note is numbered {number!r}")
        return Note(int(number), content)

    def _list(self, node: Node) -> List:
        items: list[ListItem] = []
        numbered = self._attribute(node, "/ListNumbering") == "Decimal"
        for entry in self._elements(node):
            blocks: Blocks = ()
            for part in self._elements(entry):
                if part.tag == "Lbl":
                    label = plain_text(self._inlines(part)).strip()
                    if numbered and label != str(len(items) + 1):
                        raise ValueError(f"item {len(items) + 1} of a list is numbered {label!r}")
                else:
                    blocks += self._blocks(part)
            items.append(ListItem(blocks))
        return List(tuple(items), numbered)

    def _table(self, node: Node) -> Table:
        head: list[Row] = []
        body: list[Row] = []
        for group in self._elements(node):
            rows = [group] if group.tag == "TR" else list(self._elements(group))
            (head if group.tag == "THead" else body).extend(self._row(row) for row in rows)
        columns = max((len(row.cells) for row in (*head, *body)), default=0)
        title = self._attribute(node, "/Summary")
        return Table(tuple(head), tuple(body), (1.0,) * columns, "", title)

    def _row(self, node: Node) -> Row:
        return Row(tuple(self._cell(cell) for cell in self._elements(node)))

    def _cell(self, node: Node) -> Cell:
        scope = self._attribute(node, "/Scope").lower() if node.tag == "TH" else ""
        return Cell(self._blocks(node), "", scope)

    def _attribute(self, node: Node, key: str) -> str:
        attributes = node.element.get("/A", pikepdf.Array())
        for owned in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
            if isinstance(owned, pikepdf.Dictionary) and key in owned:
                return str(owned[key]).removeprefix("/")
        return ""

    # -------------------------------------------------------------------------------------------------- inlines

    def _inlines(self, node: Node) -> Inlines:
        inlines: list[Inline] = []
        for kid in self._kids(node):
            if isinstance(kid, str):
                _add_text(inlines, kid)
            elif isinstance(kid, Node):
                inlines += self._inline(kid)
        return tuple(inlines)

    def _inline(self, node: Node) -> Inlines:
        match node.tag:
            case "Reference":
                content = self._inlines(node)
                number = plain_text(content).strip()
                return (NoteMark(int(number)),) if number.isdecimal() else content
            case "Link":
                return self._link(node)
            case "Span":
                return (Span(self._inlines(node), lang=str(node.element.get("/Lang", ""))),)
            case _:
                raise ValueError(f"<{node.tag}> where an inline should stand")

    def _link(self, node: Node) -> Inlines:
        inlines: list[Inline] = []
        target = ""
        for kid in self._kids(node):
            if isinstance(kid, str):
                _add_text(inlines, kid)
            elif isinstance(kid, Node):
                inlines += self._inline(kid)
            else:
                target = _target(kid)
        return (Link(tuple(inlines), target),)


def _add_text(inlines: list[Inline], text: str) -> None:
    """Add text after the inlines so far; a line feed is a line break."""
    for place, line in enumerate(text.split("\n")):
        if place:
            inlines.append(LineBreak())
        if line and inlines and isinstance(last := inlines[-1], Text):
            inlines[-1] = Text(last.text + line)
        elif line:
            inlines.append(Text(line))


def _target(annotation: pikepdf.Object) -> str:
    """Where a link leads: an address, or the name of a destination after `#`."""
    action = annotation.get("/A")
    if action is not None:
        return str(action.URI)
    destination = annotation.get("/Dest")
    return f"#{destination}" if isinstance(destination, pikepdf.String) else ""

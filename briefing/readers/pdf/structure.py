"""The structure tree of a PDF (ISO 32000-1, 14.7) as blocks, inlines and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

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
)
from briefing.readers.pdf.content import PageContent
from briefing.readers.pdf.file import NULL, Entries, PdfFile
from briefing.readers.pdf.syntax import (
    GAP,
    REFERRING,
    REST,
    PdfDamage,
    dictionary,
    integer,
    name,
    object_pattern,
    reference,
    text,
)

_LEVELS = {"H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
_GROUPS = frozenset(("Document", "Part", "Art", "Sect", "NonStruct"))
_NO_ELEMENTS = frozenset((b"/MCR", b"/OBJR"))
# What an element may hold: another (its number), a marked content (its number), or something else that is described.
_KINDS = (rb"(\d++)" + REFERRING, rb"(\d++)", b"(" + object_pattern(1) + b")")
_KID = re.compile(GAP + b"(?:" + b"|".join(_KINDS) + b")|" + REST, re.DOTALL)
# Nearly all elements are written like this, and say no more than their type, their page and what they hold.
_ELEMENT = re.compile(rb"<</S(/\w++)/P \d++ \d++ R(?:/Pg (\d++ \d++ R))?+/K\[([^][()%]*+)\](?:/ID\([-\w]*+\))?+>>")
_ANNOTATION = re.compile(rb"<</Type/OBJR/Obj (\d++ \d++ R)>>")


class Node(Struct, frozen=True, gc=False):
    """A structure element: its standard type, what it holds, the page that stands on (from 0), and all it says."""

    tag: str
    held: bytes
    page: int | None
    raw: bytes


class Annotation(Struct, frozen=True, gc=False):
    """A reference to what stands on a page beside its content."""

    raw: bytes


class StructureReader:
    """Walks the tree once; every marked content must be met exactly once."""

    def __init__(self, pdf: PdfFile, contents: Sequence[PageContent]) -> None:
        self._pdf = pdf
        self._root = pdf.dictionary(pdf.root[b"/StructTreeRoot"])
        self._roles = pdf.dictionary(self._root.get(b"/RoleMap", b"<<>>"))
        self._pages = {page.number: index for index, page in enumerate(pdf.pages)}
        self._named: dict[bytes, int | None] = {}  # the same, by references to them as they are written
        self._contents = contents
        self._met: list[set[int]] = [set() for _ in contents]
        self._seen: set[int] = set()
        self._notes: list[Note] = []

    def blocks(self) -> Blocks:
        """Read all blocks, in reading order."""
        return self._blocks(Node("", self._held(self._root), None, b""))

    def notes(self) -> tuple[Note, ...]:
        """The notes met among the blocks, by number."""
        return tuple(sorted(self._notes, key=lambda note: note.number))

    def check_complete(self) -> None:
        """Raise PdfDamage for text on a page that the tree never refers to."""
        for number, (content, met) in enumerate(zip(self._contents, self._met, strict=True), 1):
            for mark, shown in content.marked.items():
                if mark not in met:
                    raise PdfDamage(f"page {number} shows text that is not in its structure: {shown[:40]!r}")

    # ----------------------------------------------------------------------------------------------------- tree

    def _kids(self, node: Node) -> Sequence[Node | str | Annotation]:
        """What an element holds: elements, texts, and objects on the page (annotations)."""
        held, page = node.held, node.page
        if held.isdigit():
            return (self._text(int(held), page),)
        return [
            self._element(int(element), page)
            if element
            else self._text(int(text), page)
            if text
            else self._described(direct, page)
            for element, text, direct in _KID.findall(held)
        ]

    def _element(self, number: int, page: int | None) -> Node | str | Annotation:
        """The element that is an object by itself; other things rarely are."""
        raw = self._pdf.numbered(number)
        if usual := _ELEMENT.fullmatch(raw):
            tag, named, held = usual.groups()
        else:
            entries = dictionary(raw)
            if entries.get(b"/Type") in _NO_ELEMENTS:
                return self._described(raw, page)
            tag, named, held = entries[b"/S"], entries.get(b"/Pg"), self._held(entries)
        if number in self._seen:
            raise PdfDamage("an element stands in its structure twice")
        self._seen.add(number)
        return Node(name(self._roles.get(tag, tag)), held, self._page(named) if named else page, raw)

    def _described(self, raw: bytes, page: int | None) -> str | Annotation:
        """The text or the object on a page that a dictionary leads to."""
        if usual := _ANNOTATION.fullmatch(raw):
            return Annotation(usual[1])
        entries = dictionary(raw)
        match entries.get(b"/Type"):
            case b"/MCR":
                named = entries.get(b"/Pg")
                return self._text(integer(entries[b"/MCID"]), self._page(named) if named else page)
            case b"/OBJR":
                return Annotation(entries[b"/Obj"])
            case _:
                raise PdfDamage("an element of its structure does not stand by itself")

    def _held(self, entries: Entries) -> bytes:
        """What an element holds, as it is written, without the brackets of an array."""
        held = entries.get(b"/K", b"")
        if held.endswith(b"R") and (value := self._pdf.value(held)).startswith(b"["):
            held = value
        return held.strip(b"[]")

    def _page(self, named: bytes) -> int | None:
        """The page that an element names."""
        if named not in self._named:
            self._named[named] = self._pages.get(reference(named) or 0)
        return self._named[named]

    def _text(self, number: int, page: int | None) -> str:
        if page is None:
            raise PdfDamage("text in the structure that is on no page")
        if number in self._met[page]:
            raise PdfDamage(f"marked content {number} of page {page + 1} stands in the structure twice")
        self._met[page].add(number)
        shown = self._contents[page].marked.get(number)
        if shown is None:
            raise PdfDamage(f"the structure refers to content {number} of page {page + 1}, which shows nothing")
        return shown

    def _elements(self, node: Node) -> Sequence[Node]:
        kids = self._kids(node)
        elements = [kid for kid in kids if isinstance(kid, Node)]
        if len(elements) < len(kids):
            raise PdfDamage(f"text directly in <{node.tag}>")
        return elements

    # --------------------------------------------------------------------------------------------------- blocks

    def _blocks(self, node: Node) -> Blocks:
        return tuple(block for kid in self._elements(node) for block in self._block(kid))

    def _block(self, node: Node) -> Blocks:
        match node.tag:
            case "P":
                return (Paragraph(self._inlines(node), ""),)
            case "Note":
                self._notes.append(self._note(node))
                return ()
            case "L":
                return (self._list(node),)
            case "BlockQuote":
                return (BlockQuote(self._blocks(node)),)
            case "Div":
                return (Box(self._blocks(node), ""),)
            case "Table":
                return (self._table(node),)
            case tag if tag in _LEVELS:
                return (Heading(_LEVELS[tag], self._inlines(node)),)
            case tag if tag in _GROUPS:
                return self._blocks(node)
            case tag:
                raise PdfDamage(f"<{tag}> where a block should stand")

    def _note(self, node: Node) -> Note:
        number = ""
        content: Inlines = ()
        for kid in self._elements(node):
            if kid.tag == "Lbl":
                number = self._words(kid).strip()
            else:
                content += self._inlines(kid)
        if not number.isdecimal():
            raise PdfDamage(f"a note is numbered {number!r}")
        return Note(int(number), content)

    def _list(self, node: Node) -> List:
        items: list[ListItem] = []
        numbered = self._attribute(node, b"/ListNumbering") == "Decimal"
        for entry in self._elements(node):
            blocks: Blocks = ()
            for part in self._elements(entry):
                if part.tag == "Lbl":
                    label = self._words(part).strip()
                    if numbered and label != str(len(items) + 1):
                        raise PdfDamage(f"item {len(items) + 1} of a list is numbered {label!r}")
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
        title = self._attribute(node, b"/Summary")
        return Table(tuple(head), tuple(body), (1.0,) * columns, "", title)

    def _row(self, node: Node) -> Row:
        return Row(tuple(self._cell(cell) for cell in self._elements(node)))

    def _cell(self, node: Node) -> Cell:
        scope = self._attribute(node, b"/Scope").lower() if node.tag == "TH" else ""
        return Cell(self._blocks(node), "", scope)

    def _attribute(self, node: Node, key: bytes) -> str:
        for owned in self._pdf.items(dictionary(node.raw).get(b"/A", NULL)):
            attributes = self._pdf.value(owned)
            if attributes.startswith(b"<<") and key in (entries := dictionary(attributes)):
                value = self._pdf.value(entries[key])
                return name(value) if value.startswith(b"/") else text(value)
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

    def _words(self, node: Node) -> str:
        """The text of a label or of a reference, whatever it is made of and wherever it leads."""
        kids = self._kids(node)
        words = [kid if isinstance(kid, str) else self._words(kid) for kid in kids if not isinstance(kid, Annotation)]
        return "".join(words)

    def _inline(self, node: Node) -> Inlines:
        match node.tag:
            case "Reference":
                number = self._words(node).strip()
                if not number.isdecimal():
                    raise PdfDamage(f"a note is referred to as {number!r}")
                return (NoteMark(int(number)),)
            case "Link":
                return self._link(node)
            case "Span":
                language = dictionary(node.raw).get(b"/Lang", b"()")
                return (Span(self._inlines(node), lang=text(self._pdf.value(language))),)
            case _:
                raise PdfDamage(f"<{node.tag}> where an inline should stand")

    def _link(self, node: Node) -> Inlines:
        inlines: list[Inline] = []
        target = ""
        for kid in self._kids(node):
            if isinstance(kid, str):
                _add_text(inlines, kid)
            elif isinstance(kid, Node):
                inlines += self._inline(kid)
            else:
                target = self._target(kid)
        return (Link(tuple(inlines), target),)

    def _target(self, annotation: Annotation) -> str:
        """Where a link leads: an address, or the name of a destination after `#`."""
        entries = self._pdf.dictionary(annotation.raw)
        if b"/A" in entries:
            return text(self._pdf.value(self._pdf.dictionary(entries[b"/A"])[b"/URI"]))
        destination = self._pdf.value(entries.get(b"/Dest", NULL))
        return f"#{text(destination)}" if destination.startswith((b"(", b"<")) else ""


def _add_text(inlines: list[Inline], text: str) -> None:
    """Add text after the inlines so far; a line feed is a line break."""
    for place, line in enumerate(text.split("\n")):
        if place:
            inlines.append(LineBreak())
        if line and inlines and isinstance(last := inlines[-1], Text):
            inlines[-1] = Text(last.text + line)
        elif line:
            inlines.append(Text(line))

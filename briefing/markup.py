"""Rendered template text → blocks and inlines: each element of the vocabulary becomes its node of the document tree.

What a template may write is told in `templates/README.md`. Classes are checked against the house style, ids and links
against each other, and everything wrong is reported at the template's file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefing.anchor import Anchor
from briefing.diagnostics import BriefingError, Diagnostic, Location, did_you_mean
from briefing.document import (
    HOLDERS,
    Block,
    BlockQuote,
    Blocks,
    Box,
    Cell,
    Emphasis,
    Field,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    NoteMark,
    PageCount,
    PageNumber,
    Paragraph,
    Row,
    Section,
    Span,
    Strong,
    Table,
    Text,
    plain_text,
)
from briefing.elements import BLANKS, Element, locate, mark, read_elements
from briefing.housestyle import HouseStyle
from briefing.prose import WEB_ADDRESS, prose_of, prose_to_html
from briefing.vocabulary import BLOCKS_IN_CELLS, HEADINGS

__all__ = ["Markup", "locate", "mark", "parse", "prose_of", "prose_to_html"]

_BLANK_RUN = re.compile(f"[{BLANKS}]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SCOPES = {"col": "column", "row": "row"}
_SIGNS = frozenset({"note", "page-number", "page-count"})  # what stands in a line like a character
_LOCAL_RULES = frozenset({"markup-class", "markup-attribute"})

_Text = tuple[list[Element | str], int]  # a text by the list that holds it, and its index there


class Markup(Struct, frozen=True):
    """What a template wrote; note marks number `refs` from 1, in the order of their first citation."""

    header: Inlines
    footer: Inlines
    blocks: Blocks
    refs: tuple[str, ...]


def parse(
    html: str,
    house: HouseStyle,
    anchors: Sequence[Anchor],
    template: str = "template",
    files: Mapping[str, str] | None = None,
) -> Markup:
    """Parse rendered template text; printed values in it are marked by their index in `anchors`.

    Places in it name templates, `template` being the one that is rendered; `files` says which file people know each by.
    Raises BriefingError with everything that is wrong, at the template's file and line."""
    root, problems = read_elements(html, anchors, template, files)
    builder = _Builder(house)
    markup = builder.markup(root)
    # What is left out of a broken tree would be missed a second time, so only what stands in one place is said then.
    problems += [problem for problem in builder.problems if not problems or problem.rule in _LOCAL_RULES]
    if problems:
        raise BriefingError(sorted(problems, key=lambda problem: problem.location))
    return markup


class _Around(Struct, frozen=True):
    """What stands around a paragraph: the style it has without a class, and the box it is in."""

    style: str = "body-text"
    box: str = ""


class _Builder:
    """Builds the tree, and gathers what only shows when all of it is there: ids, links, note numbers, levels."""

    def __init__(self, house: HouseStyle) -> None:
        self.house = house
        self.problems: list[Diagnostic] = []
        self.refs: dict[str, int] = {}
        self.ids: set[str] = set()
        self.links: list[tuple[str, Location]] = []
        self.level = 0

    def markup(self, root: Element) -> Markup:
        running: dict[str, Inlines] = {"header": (), "footer": ()}
        body = [element for element in root.elements if element.name not in running]
        for place, element in enumerate(element for element in root.elements if element.name in running):
            if running[element.name]:
                self._note(element, "markup-nesting", f"<{element.name}> stands twice")
            if element is not root.elements[place]:
                self._note(element, "markup-nesting", f"<{element.name}> stands before all blocks")
            running[element.name] = self._content(element)
        blocks = self._blocks(body, _Around())
        for target, location in self.links:
            if target not in self.ids:
                mend = did_you_mean(target, self.ids)
                self.problems.append(Diagnostic(location, "markup-link", f"no block has the id {target!r}", mend))
        return Markup(running["header"], running["footer"], blocks, tuple(self.refs))

    # -- blocks

    def _blocks(self, elements: Iterable[Element], around: _Around) -> Blocks:
        return tuple(self._block(element, around) for element in elements)

    def _block(self, element: Element, around: _Around) -> Block:
        match element.name:
            case "h1" | "h2" | "h3" | "h4":
                return self._heading(element)
            case "p":
                return self._paragraph(element, around)
            case "ul" | "ol":
                return self._list(element, around)
            case "blockquote":
                return BlockQuote(self._held(element, replace(around, style="quote")))
            case "div":
                box = element.attributes.get("class", "unknown")
                return Box(self._held(element, replace(around, box=box)), self._class(element, self.house.boxes))
            case "section":
                self._class(element, ("landscape",))
                return Section(self._held(element, around))
            case "table":
                return self._table(element)
            case name:
                raise AssertionError(name)

    def _held(self, element: Element, around: _Around) -> Blocks:
        if not element.elements:
            self._note(element, "markup-empty", f"<{element.name}> holds nothing")
        return self._blocks(element.elements, around)

    def _heading(self, element: Element) -> Heading:
        level = HEADINGS.index(element.name) + 1
        if level > self.level + 1:
            message = f"<h{level}> skips a level: " + (
                f"<h{self.level}> is before it" if self.level else "<h1> is first"
            )
            self._note(element, "markup-heading", message)
        if level == 1 and self.level:
            self._note(element, "markup-heading", "a second <h1>: a brief has one title")
        self.level = level
        new_page = self._class(element, ("new-page",)) == "new-page"
        return Heading(level, self._content(element), self._id(element), new_page)

    def _paragraph(self, element: Element, around: _Around) -> Paragraph:
        style = self._class(element, self.house.paragraphs) or around.style
        self._check_style(element, style, around)
        return Paragraph(self._content(element), style, self._id(element))

    def _check_style(self, element: Element, style: str, around: _Around) -> None:
        """A paragraph in a box has a style made for that box (Word draws the box by it), and no other has one."""
        known = self.house.paragraphs.get(style)
        if known is None or (around.box and around.box not in self.house.boxes):
            return
        if known.outline:
            message = f"a <p> cannot be of class {style!r}: that is how headings look"
            self._note(element, "markup-class", message, "Write <h1>, <h2>, <h3> or <h4>.")
        elif known.box != around.box:
            fitting = [role for role, other in self.house.paragraphs.items() if other.box == around.box]
            where = f"in the box {around.box!r}" if around.box else "outside its box"
            mend = f"Classes for it: {', '.join(fitting)}." if around.box else f'Put it in a <div class="{known.box}">.'
            self._note(element, "markup-class", f"a paragraph of class {style!r} cannot stand {where}", mend)

    def _list(self, element: Element, around: _Around) -> List:
        ordered = element.name == "ol"
        inside = replace(around, style="list-number" if ordered else "list-bullet")
        items = []
        for item in element.elements:
            first = next((child for child in item.children if isinstance(child, Element) or child.strip(BLANKS)), None)
            if isinstance(first, Element) and first.name in BLOCKS_IN_CELLS - {"p"}:
                self._note(item, "markup-nesting", "the first block of an <li> is a <p>")
            items.append(ListItem(self._flow(item, inside)))
        if not items:
            self._note(element, "markup-empty", f"<{element.name}> holds nothing")
        return List(tuple(items), ordered)

    def _flow(self, element: Element, around: _Around) -> Blocks:
        """What stands in an element that holds either blocks, or one paragraph's inlines directly."""
        blocks = [child for child in element.elements if child.name in BLOCKS_IN_CELLS]
        if not blocks:
            self._check_style(element, around.style, around)
            return (Paragraph(self._content(element), around.style),)
        for child in element.children:
            if isinstance(child, Element) and child.name not in BLOCKS_IN_CELLS:
                self._note(child, "markup-text", f"<{element.name}> holds blocks; a <{child.name}> stands between them")
            elif isinstance(child, str) and child.strip(BLANKS):
                shown = " ".join(child.split())[:60]
                self._note(element, "markup-text", f"text stands between blocks: {shown}", "Put it in a <p>.")
        return self._blocks(blocks, around)

    # -- tables

    def _table(self, element: Element) -> Table:
        parts = {part.name: part for part in element.elements}
        names = [part.name for part in element.elements]
        if names not in (["thead", "tbody"], ["colgroup", "thead", "tbody"]):
            message = "a <table> holds a <thead> and a <tbody>, in this order, and before them a <colgroup> if need be"
            self._note(element, "markup-table", message)
        head, body = (self._rows(parts.get(name)) for name in ("thead", "tbody"))
        columns = len((head + body)[0].cells) if head + body else 0
        for row, cells in [
            (row, len(row.elements)) for part in ("thead", "tbody") for row in _children(parts.get(part))
        ]:
            if cells != columns:
                message = f"this row has {cells} cells; the table has {columns} columns"
                self._note(row, "markup-table", message)
        widths = tuple(self._width(col) for col in _children(parts.get("colgroup"))) or (1.0,) * columns
        if len(widths) != columns:
            message = f"there is a <col> for {len(widths)} columns; the table has {columns}"
            self._note(parts["colgroup"], "markup-table", message)
        style = self._class(element, self.house.tables) or "default"
        return Table(head, body, widths, style, element.attributes.get("title", ""))

    def _rows(self, part: Element | None) -> tuple[Row, ...]:
        if part is not None and not part.elements:
            self._note(
                part, "markup-empty", f"<{part.name}> has no rows", "Leave out a table that has nothing to show."
            )
        in_head = part is not None and part.name == "thead"
        return tuple(Row(tuple(self._cell(cell, in_head) for cell in row.elements)) for row in _children(part))

    def _cell(self, element: Element, in_head: bool) -> Cell:
        if element.name == "td":
            if in_head:
                self._note(element, "markup-table", "a <thead> holds <th> only")
            return Cell(self._flow(element, _Around("table-text")), self._class(element, self.house.cells))
        written = element.attributes.get("scope", "col" if in_head else "row")
        if written not in _SCOPES:
            message = f"the scope of <th> is col or row, not {written!r}"
            self._note(element, "markup-attribute", message, did_you_mean(written, _SCOPES))
        around = _Around("table-head" if in_head else "table-row-head")
        return Cell(self._flow(element, around), scope=_SCOPES.get(written, ""))

    def _width(self, element: Element) -> float:
        written = element.attributes.get("width", "1")
        if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,5})?", written) or not (width := float(written)):
            self._note(element, "markup-attribute", f"the width of <col> is a number above 0, not {written!r}")
            return 1.0
        return width

    # -- inlines

    def _content(self, element: Element) -> Inlines:
        """The inlines of a heading, paragraph or cell: white space collapsed as in HTML, and something to read."""
        _, last = _collapse(element.children)
        _cut(last)
        content = self._inlines(element)
        if not _shows(content):
            self._note(element, "markup-empty", f"<{element.name}> is empty", "Leave it out, or say why it is empty.")
        return content

    def _inlines(self, element: Element) -> Inlines:
        inlines: list[Inline] = []
        for child in element.children:
            if isinstance(child, Element):
                inlines.extend(self._inline(child))
            elif child and inlines and isinstance(inlines[-1], Text):
                inlines[-1] = Text(inlines[-1].text + child)
            elif child:
                inlines.append(Text(child))
        return tuple(inlines)

    def _inline(self, element: Element) -> Inlines:
        """An inline element's node; nothing for one that has no content to show in its way."""
        if element.anchor:
            return (Field(self._inlines(element), element.anchor),)
        match element.name:
            case "br":
                return (LineBreak(),)
            case "note":
                ref = element.attributes.get("ref", "")
                return (NoteMark(self.refs.setdefault(ref, len(self.refs) + 1)),)
            case "page-number":
                return (PageNumber(),)
            case "page-count":
                return (PageCount(),)
        content = self._inlines(element)
        match element.name:
            case "a":
                return (Link(content, self._target(element, content)),)
            case "span":
                style, lang = self._class(element, self.house.characters), self._lang(element)
                return (Span(content, style, lang),) if content else ()
            case "strong" | "em" if not content:
                return ()
            case "strong":
                return (Strong(content),)
            case _:
                return (Emphasis(content),)

    def _target(self, element: Element, content: Inlines) -> str:
        target = element.attributes.get("href", "")
        if target.startswith("#"):
            self.links.append((target[1:], element.location))
        elif target and not WEB_ADDRESS.fullmatch(target):
            mend = "It begins with #, https://, http:// or mailto:, and has no blanks."
            self._note(element, "markup-link", f"a link cannot lead to {target!r}", mend)
        if not plain_text(content).strip():
            self._note(element, "markup-empty", "<a> has no text")
        return target

    def _lang(self, element: Element) -> str:
        lang = element.attributes.get("lang", "")
        if lang and not _LANGUAGE.fullmatch(lang):
            self._note(element, "markup-attribute", f"{lang!r} is no language tag", "Such as ko, ja or en-GB (BCP 47).")
        if not element.attributes:
            self._note(element, "markup-attribute", "<span> needs a class or a lang")
        return lang

    # -- attributes

    def _class(self, element: Element, known: Collection[str]) -> str:
        """The class of an element, one the house style has; empty where it has none, or an unknown one."""
        name = element.attributes.get("class", "")
        if name and name not in known:
            message = f"<{element.name}> cannot be of class {name!r}"
            self._note(element, "markup-class", message, did_you_mean(name, known))
            return ""
        return name

    def _id(self, element: Element) -> str:
        name = element.attributes.get("id", "")
        if not name:
            return ""
        if name in self.ids or set(name) & set(BLANKS):
            what = "has blanks in it" if set(name) & set(BLANKS) else "stands twice"
            self._note(element, "markup-id", f"the id {name!r} {what}")
        self.ids.add(name)
        return name

    def _note(self, element: Element, rule: str, message: str, mend: str = "") -> None:
        self.problems.append(Diagnostic(element.location, rule, message, mend))


def _children(element: Element | None) -> list[Element]:
    return element.elements if element else []


def _shows(content: Inlines) -> bool:
    """Whether there is something to read."""
    for inline in content:
        if isinstance(inline, Text):
            if inline.text.strip():
                return True
        elif _shows(inline.content) if isinstance(inline, HOLDERS) else not isinstance(inline, LineBreak):
            return True
    return False


def _collapse(
    children: list[Element | str], blank: bool = True, last: _Text | None = None
) -> tuple[bool, _Text | None]:
    """Collapse the white space of a line in place, as CSS does: a run is one blank, and none stands at the beginning or
    beside a line break.

    `blank` tells whether the line so far ends in a blank, `last` which text does; as the line goes on, it is given."""
    for index, child in enumerate(children):
        if isinstance(child, str):
            text = child if child.isprintable() and "  " not in child else _BLANK_RUN.sub(" ", child)
            children[index] = text = text[1:] if blank and text.startswith(" ") else text
            if text:
                blank, last = text.endswith(" "), (children, index)
        elif child.name == "br":
            _cut(last)
            blank, last = True, None
        elif child.name in _SIGNS:
            blank, last = False, None
        else:
            blank, last = _collapse(child.children, blank, last)
    return blank, last


def _cut(last: _Text | None) -> None:
    """Take off the blank in which the last text of a line may end."""
    if last:
        children, index = last
        children[index] = str(children[index]).removesuffix(" ")

"""The document tree: what stands on the page before it is PDF or Word. Knows no writer and no domain.

Names of blocks and inlines are those of CommonMark and pandoc, with these of our own: Box (a frame around blocks),
Section (a run of blocks with its own page orientation), Field (a printed value that leads back to its source),
NoteMark, PageNumber and PageCount. Styles are named by role (`speaker`, `cell-quote`); the house style says how each
looks.

Every value is frozen, so none can hold itself: the collector of cycles need not look at them (`gc=False`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import assert_never

from msgspec import Struct

from briefing.anchor import Anchor

# ---------------------------------------------------------------------------------------------------------- inlines


class Text(Struct, frozen=True, gc=False):
    text: str


class LineBreak(Struct, frozen=True, gc=False):
    pass


class PageNumber(Struct, frozen=True, gc=False):
    """The number of this page; in the running header and footer only."""


class PageCount(Struct, frozen=True, gc=False):
    """The number of pages of the document; in the running header and footer only."""


class NoteMark(Struct, frozen=True, gc=False):
    """A mark that cites a note; `note` is the number of a `Note` of the document."""

    note: int


class Emphasis(Struct, frozen=True, gc=False):
    content: tuple[Inline, ...]


class Strong(Struct, frozen=True, gc=False):
    content: tuple[Inline, ...]


class Span(Struct, frozen=True, gc=False):
    """Inlines with a character style (a role of the house style), or a language (BCP 47), or both."""

    content: tuple[Inline, ...]
    style: str = ""
    lang: str = ""


class Link(Struct, frozen=True, gc=False):
    """Inlines that lead somewhere: `#id` of a block of this document, or an http, https or mailto address."""

    content: tuple[Inline, ...]
    target: str


class Field(Struct, frozen=True, gc=False):
    """A printed value that leads back to the field of a source file it came from. Fields never nest."""

    content: tuple[Inline, ...]
    anchor: Anchor


Inline = Text | LineBreak | PageNumber | PageCount | NoteMark | Emphasis | Strong | Span | Link | Field
Inlines = tuple[Inline, ...]
HOLDERS = (Field, Strong, Span, Emphasis, Link)  # the inlines that hold others, the commonest first

# ----------------------------------------------------------------------------------------------------------- blocks


class Heading(Struct, frozen=True, gc=False):
    """Level 1 is the title of the document, 2 a section, 3 a topic, 4 the lowest; no level is skipped going down."""

    level: int
    content: Inlines
    id: str = ""
    new_page: bool = False


class Paragraph(Struct, frozen=True, gc=False):
    content: Inlines
    style: str = "body-text"
    id: str = ""


class ListItem(Struct, frozen=True, gc=False):
    """The blocks of one item; the first is a Paragraph."""

    blocks: tuple[Block, ...]


class List(Struct, frozen=True, gc=False):
    """Items with a bullet, or numbered from 1. The style of an item's paragraphs is its own (`list-bullet` ...)."""

    items: tuple[ListItem, ...]
    ordered: bool = False


class BlockQuote(Struct, frozen=True, gc=False):
    blocks: tuple[Block, ...]


class Box(Struct, frozen=True, gc=False):
    """Blocks in a frame (paragraphs and lists); `style` is a box of the house style (`judgement`)."""

    blocks: tuple[Block, ...]
    style: str


class Cell(Struct, frozen=True, gc=False):
    """A cell and its blocks, at least one. `kind` is a cell style of the house style (`silent`), `scope` is `column` or
    `row` for a header cell and empty for any other."""

    blocks: tuple[Block, ...]
    kind: str = ""
    scope: str = ""


class Row(Struct, frozen=True, gc=False):
    cells: tuple[Cell, ...]


class Table(Struct, frozen=True, gc=False):
    """Rows of equally many cells under a head that repeats on every page.

    `style` is a table style of the house style; `widths` are the columns' shares of the text width (any unit: only
    their ratio counts); `title` says what the table is: alternative text, and the label above it where it goes on."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]
    widths: tuple[float, ...]
    style: str
    title: str


class Section(Struct, frozen=True, gc=False):
    """Blocks on pages of their own, turned to landscape."""

    blocks: tuple[Block, ...]


Block = Heading | Paragraph | List | BlockQuote | Box | Table | Section
Blocks = tuple[Block, ...]

# --------------------------------------------------------------------------------------------------------- document


class Note(Struct, frozen=True, gc=False):
    """A note at the page's foot; numbers run from 1 in the order of first citation."""

    number: int
    content: Inlines


class Properties(Struct, frozen=True, gc=False):
    """What a file says of itself (PDF information and XMP, Word core properties). `created` is never the clock's."""

    title: str
    language: str
    created: date
    author: str = ""
    subject: str = ""
    keywords: str = ""
    handling: str = ""
    version: str = ""


class Document(Struct, frozen=True, gc=False):
    """The whole: blocks in reading order, the notes they cite, one running header and footer for every page.

    `continued` is the phrase over a table that goes on from the page before, its title in place of `{title}`."""

    properties: Properties
    blocks: Blocks
    notes: tuple[Note, ...]
    header: Inlines
    footer: Inlines
    page: str = "A4"
    continued: str = "{title} (continued)"


# ------------------------------------------------------------------------------------------------------------- walk


def walk_blocks(blocks: Blocks) -> Iterator[Block]:
    """Yield every block in reading order, containers before what they hold."""
    for block in blocks:
        yield block
        match block:
            case Heading() | Paragraph():
                pass
            case List(items=items):
                for item in items:
                    yield from walk_blocks(item.blocks)
            case BlockQuote(blocks=inner) | Box(blocks=inner) | Section(blocks=inner):
                yield from walk_blocks(inner)
            case Table(head=head, body=body):
                for row in head + body:
                    for cell in row.cells:
                        yield from walk_blocks(cell.blocks)
            case _:
                assert_never(block)


def walk_inlines(content: Inlines) -> Iterator[Inline]:
    """Yield every inline in reading order, containers before what they hold."""
    for inline in content:
        yield inline
        if not isinstance(inline, Text) and isinstance(inline, HOLDERS):
            yield from walk_inlines(inline.content)


def plain_text(content: Inlines) -> str:
    """The characters a reader sees, without note marks; a line break is one newline."""
    parts = []
    for inline in walk_inlines(content):
        if isinstance(inline, Text):
            parts.append(inline.text)
        elif isinstance(inline, LineBreak):
            parts.append("\n")
    return "".join(parts)


def map_inlines(blocks: Blocks, change: Callable[[Inlines], Inlines]) -> Blocks:
    """Rebuild blocks with every heading's and paragraph's content changed, in reading order."""
    return tuple(_map_block(block, change) for block in blocks)


def _map_block(block: Block, change: Callable[[Inlines], Inlines]) -> Block:
    match block:
        case Heading(level, content, id, new_page):
            return Heading(level, change(content), id, new_page)
        case Paragraph(content, style, id):
            return Paragraph(change(content), style, id)
        case List(items, ordered):
            return List(tuple(ListItem(map_inlines(i.blocks, change)) for i in items), ordered)
        case BlockQuote(inner):
            return BlockQuote(map_inlines(inner, change))
        case Box(inner, style):
            return Box(map_inlines(inner, change), style)
        case Section(inner):
            return Section(map_inlines(inner, change))
        case Table(head, body, widths, style, title):
            return Table(_map_rows(head, change), _map_rows(body, change), widths, style, title)
        case _:
            assert_never(block)


def _map_rows(rows: tuple[Row, ...], change: Callable[[Inlines], Inlines]) -> tuple[Row, ...]:
    return tuple(Row(tuple(Cell(map_inlines(c.blocks, change), c.kind, c.scope) for c in row.cells)) for row in rows)

"""The same words in the form in which other typesetters are quickest, so that no ratio is won against a straw man.

Ours sets a topic as one row, a country in each column, over as many pages as it takes. A table or a list over many
pages with footnotes in it is what Typst lays out again for every page: a dossier of 200 meetings would take it several
times as long, and gigabytes. So here the countries of a topic stand one below the other, and what is left of tables and
lists comes in short pieces."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from briefing.document import Block, Blocks, Box, Document, List, Section, Table

PIECE = 6  # rows or items: a page at most


def suited(document: Document) -> Document:
    """Say the same in short pieces."""
    return replace(document, blocks=_all(document.blocks))


def _all(blocks: Blocks) -> Blocks:
    return tuple(piece for block in blocks for piece in _pieces(block))


def _pieces(block: Block) -> Iterator[Block]:
    match block:
        case Table(head=(head,), body=body, style="comparison"):
            for number, country in enumerate(head.cells):
                yield from country.blocks
                for row in body:
                    yield from row.cells[number].blocks
        case Table(body=body):
            for first in range(0, len(body), PIECE):
                yield replace(block, body=body[first : first + PIECE])
        case List(items=items, ordered=False):
            for first in range(0, len(items), PIECE):
                yield replace(block, items=items[first : first + PIECE])
        case Box(blocks=inner) | Section(blocks=inner):
            yield replace(block, blocks=_all(inner))
        case _:
            yield block

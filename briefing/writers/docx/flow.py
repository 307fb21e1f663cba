"""What stands in a body or a cell until all is known of it: tables, and paragraphs that what is around may amend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from briefing.writers.docx.elements import element

_PARAGRAPH_PROPERTIES = (
    "keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc outlineLvl"
    " rPr sectPr"
)
_RANK = {name: rank for rank, name in enumerate(_PARAGRAPH_PROPERTIES.split())}


class WordParagraph(Struct):
    """A paragraph: its role in the house style and the id of its style in Word, its runs, its `w14:paraId`, the letters
    of its lines as they are broken by hand, and the properties it was given, by tag."""

    role: str
    style: str
    runs: str
    identity: str
    letters: Sequence[int] = (0,)
    own: dict[str, str] = {}

    def amend(self, tag: str, *content: str, **attributes: float) -> None:
        """Give the paragraph a property of its own; one that is there is replaced."""
        self.own[tag] = element(tag, *content, **attributes)

    def __str__(self) -> str:
        tags = sorted(self.own, key=_RANK.__getitem__) if len(self.own) > 1 else self.own
        own = "".join([self.own[tag] for tag in tags])
        properties = f'<w:pPr><w:pStyle w:val="{self.style}"/>{own}</w:pPr>'
        return f'<w:p w14:paraId="{self.identity}">{properties}{self.runs}</w:p>'


class WordTable(Struct):
    """A table whose paragraphs may still be amended: its markup with them in their places, and about how high it is
    without its head (points)."""

    pieces: Pieces
    height: float

    def __str__(self) -> str:
        return "".join(map(str, self.pieces))


Flow: TypeAlias = list[WordParagraph | WordTable]  # what a body or a cell holds so far
Pieces: TypeAlias = list[str | WordParagraph | WordTable]


def paragraphs_of(pieces: Iterable[str | WordParagraph | WordTable]) -> Iterator[WordParagraph]:
    """Yield the paragraphs of a flow or a table in reading order, also those in the cells of its tables."""
    for piece in pieces:
        if isinstance(piece, WordParagraph):
            yield piece
        elif isinstance(piece, WordTable):
            yield from paragraphs_of(piece.pieces)

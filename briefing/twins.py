"""The twin check: the PDF and the Word file, both read back, must say the same; each difference is told in its place.

Both are brought to one neutral form, the outline: a row of pieces as a reader meets them. How things look is left out;
so are the frames around blocks (boxes, quotes, sections). Runs of white space count as one blank; nothing else is
folded."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from msgspec import Struct

from briefing.diagnostics import Diagnostic, Location
from briefing.document import (
    Block,
    BlockQuote,
    Blocks,
    Box,
    Document,
    Emphasis,
    Field,
    Heading,
    Inlines,
    LineBreak,
    Link,
    List,
    NoteMark,
    PageCount,
    PageNumber,
    Paragraph,
    Properties,
    Section,
    Span,
    Strong,
    Table,
    Text,
)

_LIKENESS = 0.5  # of words, from which on two pieces are taken for one that was changed
_MOST_PAIRS = 10_000  # looked at for likeness; where more is different, the order alone decides
_SHOWN = 40  # characters shown on either side of a difference
_BLANKS = re.compile("[ \t\n\v\f\r]+")

Languages = tuple[tuple[str, str], ...]  # the stretches in other languages than the document's: language, text


class Piece(Struct, frozen=True):
    """One thing a reader meets: what it is, what it says, and where it stands in words a person understands.

    In `text`, white space is one blank, a note mark `[note 7]`. `languages` are the stretches in another language than
    the document's, without blanks. `row` is the place of the table row a cell belongs to."""

    kind: str
    text: str
    place: str
    languages: Languages = ()
    row: str = ""

    @property
    def said(self) -> tuple[str, str, Languages]:
        """What must be the same in both files."""
        return self.kind, self.text, self.languages


def compare(pdf: Document, docx: Document) -> tuple[Diagnostic, ...]:
    """Compare the documents read back from the two files. Each difference is told once, with both wordings."""
    return compare_outlines(outline(pdf), outline(docx))


def compare_outlines(pdf: Sequence[Piece], docx: Sequence[Piece]) -> tuple[Diagnostic, ...]:
    """Compare two outlines as `compare` does two documents, which need not be there any more."""
    return () if pdf == docx else tuple(_differences(pdf, docx))


# ------------------------------------------------------------------------------------------------------- the outline


def outline(document: Document) -> tuple[Piece, ...]:
    """Bring a document to its neutral form: properties, running header and footer, blocks in reading order, notes."""
    outliner = _Outliner(document.properties.language)
    outliner.pieces += (
        Piece(f"property {field}", str(getattr(document.properties, field)), f"property '{field}'")
        for field in Properties.__struct_fields__
    )
    outliner.pieces.append(Piece("property page", document.page, "page size"))
    outliner.add("header", document.header, "running header")
    outliner.add("footer", document.footer, "running footer")
    outliner.blocks(document.blocks)
    for note in document.notes:
        name = f"note {note.number}"
        outliner.add(name, note.content, name)
    return tuple(outliner.pieces)


class _Outliner:
    """Walks the blocks, and keeps what places are told by: the heading above, how many paragraphs, items and tables."""

    def __init__(self, language: str) -> None:
        self.pieces: list[Piece] = []
        self.language = language.casefold()
        self.own = frozenset(("", self.language))
        self.heading = ""
        self.counts = {"paragraph": 0, "list item": 0, "table": 0}

    def add(self, kind: str, content: Inlines, place: str) -> None:
        text, languages = self.said(content)
        self.pieces.append(Piece(kind, text, place, languages))

    def said(self, content: Inlines) -> tuple[str, Languages]:
        """The text of inlines, and its stretches in other languages than the document's."""
        match content:
            case (Text(text),):
                return _blanked(text), ()
        stretches: list[tuple[str, str]] = []
        _stretch(content, self.language, stretches)
        text = _blanked("".join([text for text, _ in stretches]))
        if self.own.issuperset([lang for _, lang in stretches]):
            return text, ()
        tight = ((squeezed, lang) for text, lang in stretches if (squeezed := "".join(text.split())))
        alike = groupby(tight, lambda pair: pair[1])
        languages = ((lang, "".join([text for text, _ in pairs])) for lang, pairs in alike)
        return text, tuple([(lang, text) for lang, text in languages if lang not in self.own])

    def blocks(self, blocks: Blocks, item: str = "") -> None:
        """Outline blocks; in a list, the first paragraph of an item is that `item`."""
        for block in blocks:
            self.block(block, item)
            item = ""

    def block(self, block: Block, item: str) -> None:
        match block:
            case Paragraph(content):
                self.add(item or "paragraph", content, self.counted("list item" if item else "paragraph"))
            case Heading(level, content):
                text, languages = self.said(content)
                self.heading = f"'{_cut(text)}'"
                self.counts.update({"paragraph": 0, "list item": 0})
                self.pieces.append(Piece(f"heading {level}", text, f"heading {self.heading}", languages))
            case List(items, ordered):
                kind = ("numbered" if ordered else "bulleted") + " list item" + (" inside another" if item else "")
                for entry in items:
                    self.blocks(entry.blocks, kind)
            case BlockQuote(inner) | Box(inner) | Section(inner):
                self.blocks(inner)
            case Table():
                self.table(block)

    def counted(self, what: str) -> str:
        self.counts[what] += 1
        return f"{what} {self.counts[what]}" + (f" under {self.heading}" if self.heading else "")

    def table(self, table: Table) -> None:
        self.counts["table"] += 1
        title = _blanked(table.title)
        name = f"table '{_cut(title)}'" if title else f"table {self.counts['table']}"
        self.pieces.append(Piece("table", title, name))
        heads: dict[int, str] = {}
        for index, row in enumerate(table.head + table.body, 1 - len(table.head)):
            where = f"{name}, row {index}" if index > 0 else f"{name}, head"
            for column, cell in enumerate(row.cells, 1):
                kind = f"{cell.scope} head" if cell.scope else "cell"
                text, languages = self.cell(cell.blocks)
                place = f"{where}, {heads.get(column) or f'column {column}'}"
                self.pieces.append(Piece(kind, text, place, languages, where))
                if index < 1 and text:
                    heads[column] = _cut(text)

    def cell(self, blocks: Blocks) -> tuple[str, Languages]:
        """What a cell says: the texts of its paragraphs under one another, a list item with its sign."""
        match blocks:
            case (Paragraph(content),):
                return self.said(content)
        outliner = _Outliner(self.language)
        outliner.blocks(blocks)
        inside = outliner.pieces
        text = "\n".join(("• " if "list item" in piece.kind else "") + piece.text for piece in inside)
        return text, tuple(language for piece in inside for language in piece.languages)


def _stretch(content: Inlines, lang: str, stretches: list[tuple[str, str]]) -> None:
    """Add the texts of inlines, each with the language it is in; a mark is its words."""
    for inline in content:
        match inline:
            case Text(text):
                stretches.append((text, lang))
            case NoteMark(note):
                stretches.append((f"[note {note}]", ""))
            case Span(inner, lang=own):
                _stretch(inner, own.casefold() or lang, stretches)
            case Emphasis(inner) | Strong(inner) | Link(inner) | Field(inner):
                _stretch(inner, lang, stretches)
            case LineBreak():
                stretches.append((" ", lang))
            case PageNumber():
                stretches.append(("[page]", ""))
            case PageCount():
                stretches.append(("[pages]", ""))


def _blanked(text: str) -> str:
    text = text.replace("\u00a0", " ")
    plain = text.isprintable() and "  " not in text  # of white space only the blank is printable
    return (text if plain else _BLANKS.sub(" ", text)).strip(" ")


# --------------------------------------------------------------------------------------------------- the comparison

_Unit = tuple[Piece, ...]  # what is aligned as a whole: a piece, or the cells of a row


def _differences(pdf: Sequence[Piece], docx: Sequence[Piece]) -> Iterator[Diagnostic]:
    ours, theirs = _units(pdf), _units(docx)
    mine, other = ([tuple(piece.said for piece in unit) for unit in units] for units in (ours, theirs))
    matcher = difflib.SequenceMatcher(None, mine, other, autojunk=False)
    gone = ""
    for change, start, end, first, last in matcher.get_opcodes():
        for left, right in _paired(ours[start:end], theirs[first:last]) if change != "equal" else ():
            alone = () if left and right else left or right
            if alone and gone and alone[0].row.startswith(f"{gone},"):
                continue  # with a table that only one file has, its rows are told
            gone = alone[0].place if alone and alone[0].kind == "table" else ""
            yield from _unit_differences(left, right)


def _units(pieces: Sequence[Piece]) -> list[_Unit]:
    """Put the cells of a table row together."""
    units: list[_Unit] = []
    for piece in pieces:
        if units and piece.row and piece.row == units[-1][0].row:
            units[-1] += (piece,)
        else:
            units.append((piece,))
    return units


def _paired(left: list[_Unit], right: list[_Unit]) -> Iterator[tuple[_Unit, _Unit]]:
    """Pair what was changed with what it was changed into, in order; what has no partner, with nothing."""
    if len(left) == len(right) or len(left) * len(right) > _MOST_PAIRS:
        yield from zip_longest(left, right, fillvalue=())
        return
    following = 0
    for unit in left:
        partner = next((n for n in range(following, len(right)) if _alike(unit, right[n])), None)
        if partner is None:
            yield unit, ()
            continue
        yield from (((), extra) for extra in right[following:partner])
        yield unit, right[partner]
        following = partner + 1
    yield from (((), extra) for extra in right[following:])


def _alike(left: _Unit, right: _Unit) -> bool:
    if bool(left[0].row) != bool(right[0].row):
        return False
    mine, other = ([word for piece in unit for word in piece.text.split()] for unit in (left, right))
    return difflib.SequenceMatcher(None, mine, other, autojunk=False).ratio() >= _LIKENESS


def _unit_differences(left: _Unit, right: _Unit) -> Iterator[Diagnostic]:
    """Tell what differs between two units: what only one file has, else piece by piece, cells by their column."""
    if not (left and right):
        yield _only_one_has(left, right)
        return
    for ours, theirs in zip(left, right, strict=False):
        yield from _piece_differences(ours, theirs)
    for piece in left[len(right) :]:
        yield _only_one_has((piece,), ())
    for piece in right[len(left) :]:
        yield _only_one_has((), (piece,))


def _only_one_has(left: _Unit, right: _Unit) -> Diagnostic:
    unit = left or right
    is_row = len(unit) > 1
    shown = " | ".join(_shown(piece) for piece in unit)
    rule, file = ("twin-missing", "PDF") if left else ("twin-extra", "Word file")
    message = f"only the {file} has this {'row' if is_row else unit[0].kind}: {shown}"
    return Diagnostic(Location(unit[0].row if is_row else unit[0].place), rule, message)


def _piece_differences(ours: Piece, theirs: Piece) -> Iterator[Diagnostic]:
    place = Location(ours.place)
    if ours.kind != theirs.kind:
        rule = "twin-note" if ours.kind.startswith("note ") else "twin-kind"
        message = f"in the PDF it is a {ours.kind}, in the Word file a {theirs.kind}: {_shown(ours)}"
        yield Diagnostic(place, rule, message)
    if ours.text != theirs.text:
        mine, other = _around_difference(ours.text, theirs.text)
        yield Diagnostic(place, _text_rule(ours), f"the PDF says {mine}; the Word file says {other}")
    if ours.languages != theirs.languages and (ours.text == theirs.text or _tags(ours) != _tags(theirs)):
        message = f"the PDF marks {_tongues(ours)}; the Word file {_tongues(theirs)}"
        yield Diagnostic(place, "twin-language", message)


def _text_rule(piece: Piece) -> str:
    if piece.row:
        return "twin-cell"
    return {"property": "twin-property", "note": "twin-note"}.get(piece.kind.split()[0], "twin-text")


def _tags(piece: Piece) -> list[str]:
    return [lang for lang, _ in piece.languages]


def _tongues(piece: Piece) -> str:
    return ", ".join(f"'{_cut(text)}' as {lang}" for lang, text in piece.languages) or "no other language"


def _around_difference(ours: str, theirs: str) -> tuple[str, str]:
    """Both wordings, cut to the first and last difference and a little around them."""
    start = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    same = min(len(ours), len(theirs)) - start
    tail = next((n for n in range(same) if ours[-1 - n] != theirs[-1 - n]), same)
    return _excerpt(ours, start, len(ours) - tail), _excerpt(theirs, start, len(theirs) - tail)


def _excerpt(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _SHOWN), min(len(text), max(end, start) + _SHOWN)
    inner = text[first:last].replace("\n", " / ")
    return f"‘{'…' * (first > 0)}{inner}{'…' * (last < len(text))}’" if text else "nothing"


def _shown(piece: Piece) -> str:
    return f"‘{_cut(piece.text)}’" if piece.text else "(no text)"


def _cut(text: str) -> str:
    line = text.replace("\n", " / ")
    return line if len(line) <= _SHOWN * 2 else f"{line[: _SHOWN * 2].rstrip()}…"

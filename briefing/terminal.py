"""What a person reads in a terminal: diagnostics in colour, the comparison as a table, quotations in their sentences.

Lines are as wide as the terminal, where East Asian characters take two columns (Unicode Annex 11). Colour never carries
meaning alone: whoever prints may leave it out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from briefing.compare import Cell, CellKind, Comparison, Row
from briefing.diagnostics import Diagnostic, Severity
from briefing.english import NBSP, capital
from briefing.lock import InSentence
from briefing.model import Dossier, Position
from briefing.wording import SIGNS, Wording

Piece = tuple[str, str]
"""A style and a text that bears it as a whole."""

_GAP = "  "
_NARROWEST = 8  # columns; a terminal that leaves less gets lines longer than itself
_BOLD, _DIM, _RED, _YELLOW, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[0m"
_UNSPACED = (  # kana, Han
    ("\u3041", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)  # fmt: skip
_COLOURS = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW}


def diagnostic_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Set each diagnostic as it prints itself: its place in bold, its severity in colour, its help dimmed."""
    for diagnostic in diagnostics:
        first, *rest = str(diagnostic).splitlines()
        place, severity = f"{diagnostic.location}:", f"{diagnostic.severity}:"
        said = first.removeprefix(f"{place} {severity}")
        yield f"{_styled(place, _BOLD)} {_styled(severity, _COLOURS[diagnostic.severity])}{said}"
        yield from (_styled(line, _DIM) for line in rest)


def quotation_lines(quotation: InSentence, width: int) -> Iterator[str]:
    """Set a quotation in its sentence, between brackets, under the full name of the one who said it."""
    yield f"{_styled(quotation.speaker, _BOLD)} ({quotation.source}, para {quotation.paragraph})"
    yield from wrapped(f"{quotation.before}[{quotation.quotation}]{quotation.after}", width, "    ")
    yield ""


# -------------------------------------------------------------------------------------------------------- the matrix


def matrix(dossier: Dossier, comparison: Comparison, width: int) -> str:
    """Set the comparison as a table: topics down, countries across, then their alignment; a legend of its signs."""
    wording = Wording(dossier, shared_year(comparison))
    widths = _widths(len(comparison.countries), width)
    names = ["Topic", *(wording.country(c).name for c in comparison.countries), "Alignment"]
    lines = [*_side_by_side([[(_BOLD, name)] for name in names], widths), _rule(widths)]
    for row in comparison.rows:
        cells = [[(_BOLD, row.topic.label)], *(_cell(cell, row, wording) for cell in row.cells)]
        lines += [*_side_by_side([*cells, [("", wording.alignment_word(row.alignment))]], widths), _rule(widths)]
    for country in comparison.countries if comparison.rows else ():
        if all(
            cell.kind is CellKind.ABSENT for row in comparison.rows for cell in row.cells if cell.country == country
        ):
            lines += wrapped(f"{wording.country(country).name}: took part in none of these meetings.", width)
    for topic in comparison.unraised:
        lines += wrapped(f"{topic.label}: raised by nobody at these meetings.", width)
    kinds = {cell.kind for row in comparison.rows for cell in row.cells}
    legend = (f"{SIGNS[k]} {wording.words[f'legend.{k}']}".replace(" ", NBSP) for k in CellKind if k in kinds)
    lines += wrapped("   ".join(legend), width)
    return _lines(lines)


def reasons(dossier: Dossier, comparison: Comparison, width: int) -> str:
    """Say of every cell why it is what it is, in a sentence that names meetings and accounts, topic by topic."""
    wording = Wording(dossier, shared_year(comparison))
    lines: list[str] = []
    for row in comparison.rows:
        told = f"{wording.alignment_word(row.alignment)}: {wording.alignment_sentence(row)}"
        lines += ["", _styled(row.topic.label, _BOLD), *wrapped(told, width, "  ")]
        for cell in row.cells:
            said = [f"{wording.label(cell, row, only=True)}.", wording.reason(cell, row), *wording.remarks(cell)]
            name = wording.country(cell.country).name
            lines += wrapped(f"{SIGNS[cell.kind]} {name}: {' '.join(filter(None, said))}", width, "  ", "    ")
    return _lines(lines[1:])


def shared_year(comparison: Comparison) -> int | None:
    """The year that the meetings of a comparison share, and that goes without saying."""
    years = {m.when.day.year for row in comparison.rows for m in row.raised if m.when.day}
    return years.pop() if len(years) == 1 else None


def _cell(cell: Cell, row: Row, wording: Wording) -> list[Piece]:
    """The sign and the word; then the gist, else half a line of why."""
    lead = cell.entries[0].record if cell.entries else None
    gist = lead.gist if cell.kind is CellKind.OWN and isinstance(lead, Position) else ""
    spoken = cell.kind in {CellKind.OWN, CellKind.JOINT}
    label = f"{SIGNS[cell.kind]}{NBSP}{wording.label(cell, row)}"
    return [(_BOLD if spoken else "", label), ("", gist or capital(wording.brief_reason(cell, row)))]


def _widths(countries: int, width: int) -> list[int]:
    """Share the line: topics a fifth, alignment a sixth, the countries the rest."""
    room = width - len(_GAP) * (countries + 1)
    topic, alignment = max(room // 5, _NARROWEST), max(room // 6, len("determinable"))
    return [topic, *[max((room - topic - alignment) // countries, _NARROWEST)] * countries, alignment]


def _rule(widths: Sequence[int]) -> str:
    return _styled("-" * (sum(widths) + len(_GAP) * (len(widths) - 1)), _DIM)


def _side_by_side(cells: Sequence[Sequence[Piece]], widths: Sequence[int]) -> Iterator[str]:
    """Set cells beside each other, each wrapped to its width."""
    columns = [
        [(style, line) for style, text in pieces for line in wrapped(text, width)]
        for pieces, width in zip(cells, widths, strict=True)
    ]
    for line in zip_longest(*columns, fillvalue=("", "")):
        filled = (
            _styled(text, style) + " " * (width - columns_of(text))
            for (style, text), width in zip(line, widths, strict=True)
        )
        yield _GAP.join(filled).rstrip()


def _lines(lines: Iterable[str]) -> str:
    """Join lines; the blanks that held words together have done their work."""
    return "\n".join(line.rstrip() for line in lines).replace(NBSP, " ")


def _styled(text: str, style: str) -> str:
    return f"{style}{text}{_PLAIN}" if style and text else text


# ------------------------------------------------------------------------------------------------------ lines of text


def columns_of(text: str) -> int:
    """Count the columns that a text takes: two for a wide character, none for one that joins the one before."""
    joins = {"Cf", "Me", "Mn"}
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text if unicodedata.category(c) not in joins)


def wrapped(text: str, width: int, indent: str = "", hanging: str | None = None) -> list[str]:
    """Break a text into lines of at most `width` columns, between words and between East Asian characters.

    The first line begins with `indent`, the others with `hanging`. Words held together by a no-break blank part where
    they are longer than a line; a word longer than a line is cut."""
    lines, line, empty = [], indent, True
    narrowest = width - columns_of(max(indent, hanging or "", key=columns_of))
    for piece in _pieces(_parted(text, narrowest), width - columns_of(indent)):
        if not empty and columns_of(line + piece.rstrip(" ")) > width:
            lines.append(line.rstrip(" "))
            line, empty = indent if hanging is None else hanging, True
        line += piece.lstrip(" ") if empty else piece
        empty = empty and not piece.strip(" ")
    return [*lines, line.rstrip(" ")] if not empty else lines


def _parted(text: str, width: int) -> str:
    """Put blanks in place of the no-break ones of what is wider than a line."""
    return re.sub(r"[^ ]+", lambda held: held[0] if columns_of(held[0]) <= width else held[0].replace(NBSP, " "), text)


def _pieces(text: str, width: int) -> Iterator[str]:
    """Cut a text where a line may end: each piece is a word with the blanks before it, or one Han or kana character."""
    for word in re.findall(r" *[^ ]+", text):
        start = 0
        for at in range(1, len(word)):
            cut = _is_unspaced(word[at]) or columns_of(word[start : at + 1].lstrip(" ")) > width
            if cut and word[start:at].strip(" "):
                yield word[start:at]
                start = at
        yield word[start:]


def _is_unspaced(letter: str) -> bool:
    """Say whether a letter is of a script in which a line may end anywhere."""
    return any(first <= letter <= last for first, last in _UNSPACED)

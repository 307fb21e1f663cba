"""The glyph guard: every character that is printed has a face that draws it, or the build says which has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefing.diagnostics import Diagnostic, Location
from briefing.document import HOLDERS, Document, Field, Heading, Inline, Inlines, Paragraph, Text, walk_blocks
from briefing.fonts import FontBook
from briefing.housestyle import HouseStyle

_MEND = "Write it in letters that Latin, Cyrillic, Greek, Korean or Japanese has."


def missing_glyphs(document: Document, house: HouseStyle, fonts: FontBook) -> tuple[Diagnostic, ...]:
    """Find the characters that no font draws; each is told once for every field it stands in.

    A placeholder box would be a blank under somebody's name: so both outputs are refused."""
    contents = [document.header, document.footer, *(note.content for note in document.notes)]
    contents += [b.content for b in walk_blocks(document.blocks) if isinstance(b, Heading | Paragraph)]
    undrawn = _undrawn(_characters(contents), house, fonts)
    if not undrawn:
        return ()
    found = {}
    for content in contents:
        for text, place, name in _fields(content, Location("the template"), "the template’s own text"):
            for character in sorted(undrawn.intersection(text)):
                message = f"no font can draw {character} (U+{ord(character):04X}), in {name}"
                found[character, name] = Diagnostic(place, "no-glyph", message, _MEND)
    return tuple(found.values())


def _characters(contents: Iterable[Inlines]) -> set[str]:
    """Every character of the document but the plainest, which every font has."""
    found: set[str] = set()
    for content in contents:
        _gather(content, found)
    return found


def _gather(content: Inlines, found: set[str]) -> None:
    for inline in content:
        if isinstance(inline, Text):
            if not (inline.text.isascii() and inline.text.isprintable()):
                found.update(inline.text)
        elif isinstance(inline, HOLDERS):
            _gather(inline.content, found)


def _undrawn(characters: Iterable[str], house: HouseStyle, fonts: FontBook) -> set[str]:
    text = "".join(sorted(characters))
    return set.intersection(*(set(fonts.missing(text, family)) for family in house.families))


def _fields(content: Sequence[Inline], place: Location, name: str) -> Iterator[tuple[str, Location, str]]:
    """Yield every text with the place and name of the field it is printed from."""
    for inline in content:
        if isinstance(inline, Text):
            yield inline.text, place, name
        elif isinstance(inline, Field):
            yield from _fields(inline.content, inline.anchor.location, inline.anchor.path)
        elif isinstance(inline, HOLDERS):
            yield from _fields(inline.content, place, name)

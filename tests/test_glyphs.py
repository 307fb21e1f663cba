"""The glyph guard: what no font draws is named, with the field it stands in and its place."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.anchor import Anchor
from briefing.diagnostics import Location
from briefing.document import Document, Field, Inlines, Note, Paragraph, Properties, Strong, Text
from briefing.fonts import FontBook
from briefing.glyphs import missing_glyphs
from briefing.housestyle import HouseStyle
from briefing.readers.housestyle import read_housestyle
from briefing.shipped import shipped

PLACE = Location("meetings/talks.yaml", 7, 14)


@pytest.fixture(scope="module")
def house() -> HouseStyle:
    return read_housestyle([("house.toml", (shipped("templates") / "house.toml").read_text(encoding="utf-8"))])


def missing(content: Inlines, house: HouseStyle, note: str = "", header: str = "") -> list[str]:
    notes = (Note(1, (Text(note),)),) if note else ()
    properties = Properties("Talks", "en-GB", date(2024, 5, 1))
    document = Document(properties, (Paragraph(content),), notes, (Text(header),), ())
    return [str(d) for d in missing_glyphs(document, house, FontBook(house.families, (shipped("fonts"),)))]


@pytest.mark.parametrize("drawn", ["Kim Gunn 김건", "鯰博行", "Nguyễn Ngọc", "● ◊ ○ × …", "Ελλάδα", "Україна", "100 €"])
def test_what_the_fonts_draw_passes(drawn: str, house: HouseStyle) -> None:
    assert missing((Text(drawn),), house) == []


@pytest.mark.parametrize("undrawn", ["🙂", "ع", "ש"])
def test_what_no_font_draws_is_named_with_its_field_and_line(undrawn: str, house: HouseStyle) -> None:
    field = Field(
        (Strong((Text(f"Good {undrawn}"),)),), Anchor("meetings/talks.yaml", "positions/a/summary", "prose", PLACE)
    )
    (told,) = missing((field,), house)
    assert told.startswith(
        f"meetings/talks.yaml:7:14: error: no font can draw {undrawn} (U+{ord(undrawn):04X}), "
        "in positions/a/summary [no-glyph]"
    )


def test_notes_and_running_heads_are_looked_at_too(house: HouseStyle) -> None:
    assert len(missing((Text("plain"),), house, note="🙂", header="ع")) == 2

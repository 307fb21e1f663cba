"""The house style: what a user's own file changes, and every way it can be wrong."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec import Struct
from msgspec.structs import replace

from briefing import housestyle
from briefing.diagnostics import BriefingError, Diagnostic
from briefing.housestyle import Border, HouseStyle
from briefing.readers.housestyle import read_housestyle
from tests.house import FILE, HOUSE
from tests.house import TEXT as SHIPPED


def with_own(text: str) -> HouseStyle:
    return read_housestyle([(FILE, SHIPPED), ("own.toml", text)])


def problems(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(BriefingError) as caught:
        with_own(text)
    return caught.value.diagnostics


def test_every_kind_of_value_is_read() -> None:
    house = with_own(
        """
        [families.sans]
        word-japanese = "Yu Gothic"
        [page]
        note-rule = { width = 1, color = "accent", space = 3 }
        note-slots = 2
        [pages.A4]
        left = 22.5
        [paragraphs.caption]
        size = 9.5
        keep-next = false
        before-under-heading = 0
        outline = 0
        top = { width = 1.5, color = "ABCDEF", kind = "dashed" }
        [characters.sign]
        rise = -1.5
        bold = false
        [cells.silent]
        fill = "abcdef"
        [boxes.judgement]
        padding = [1, 2.5, 3, 4]
        """
    )
    assert house.families["sans"].word_japanese == "Yu Gothic"
    assert house.note_rule == Border(1, "17495A", "single", 3)
    assert house.note_slots == 2
    assert house.pages["A4"].left == 22.5
    assert house.paragraphs["caption"].size == 9.5
    assert house.paragraphs["caption"].keep_next is False
    assert house.paragraphs["caption"].before_under_heading == 0
    assert house.paragraphs["title"].before_under_heading is None
    assert house.paragraphs["caption"].top == Border(1.5, "ABCDEF", "dashed", 0)
    assert house.characters["sign"].rise == -1.5
    assert house.characters["sign"].bold is False
    assert house.characters["sign"].italic is None
    assert house.cells["silent"].fill == "ABCDEF"
    assert house.boxes["judgement"].padding == (1.0, 2.5, 3.0, 4.0)


def test_every_table_starts_from_the_default() -> None:
    tables = HOUSE.tables
    assert tables["comparison"].head_rule == tables["default"].head_rule
    assert tables["comparison"].flush is False
    assert tables["default"].flush is True


def test_a_users_own_file_changes_a_style_piece_by_piece() -> None:
    title = with_own("[paragraphs.title]\nsize = 20\n").paragraphs["title"]
    assert title == replace(HOUSE.paragraphs["title"], size=20)


def test_a_rule_is_changed_piece_by_piece() -> None:
    bottom_line = with_own("[paragraphs.bottom-line]\nside = { width = 2 }\n").paragraphs["bottom-line"]
    assert (shipped := HOUSE.paragraphs["bottom-line"].side)
    assert bottom_line.side == replace(shipped, width=2)


def test_a_colour_is_changed_wherever_its_name_is_used() -> None:
    house = with_own('[colors]\naccent = "aa0000"\nink = "111111"\n')
    assert house.paragraphs["table-head"].color == "AA0000"
    assert house.cells["joint"].side == Border(0.75, "AA0000", "double")
    assert house.paragraphs["body-text"].color == "111111"


def test_the_default_table_is_changed_for_all_tables() -> None:
    tables = with_own("[tables.default]\nlast-rule = { width = 3 }\n").tables
    assert {table.last_rule.width for table in tables.values()} == {3}


def test_a_style_may_be_added() -> None:
    house = with_own('[paragraphs.aside]\nword = "Aside"\nfamily = "sans"\ncolor = "00aa00"\n')
    assert (house.paragraphs["aside"].role, house.paragraphs["aside"].color) == ("aside", "00AA00")


@pytest.mark.parametrize(
    ("text", "place", "rule", "words"),
    [
        ("[paragraph.title]\nsize = 20", "1:1", "house-key", "Did you mean 'paragraphs'?"),
        ("\n[paragraphs.title]\ncolour = 'ink'", "3:1", "house-key", "Did you mean 'color'?"),
        ("[paragraphs.title]\nsize = 5.9", "2:1", "house-size", "between 6 and 72 points; 5.9 does not"),
        ("[paragraphs.title]\nsize = 73\nleading = 80", "2:1", "house-size", "between 6 and 72"),
        ("[paragraphs.title]\nsize = '24'", "2:1", "house-kind", 'size is a number, not "24"'),
        ("[paragraphs.title]\nsize = true", "2:1", "house-kind", "size is a number, not true"),
        ("[paragraphs.title]\nsize = nan", "2:1", "house-kind", "size is a number"),
        ("[paragraphs.title]\nafter = -1", "2:1", "house-size", "after lies between 0 and 300"),
        ("[paragraphs.title]\nleading = 20", "2:1", "house-size", "the lines of title overlap"),
        ("[paragraphs.title]\nbold = 1", "2:1", "house-kind", "bold is true or false, not 1"),
        ("[paragraphs.title]\nword = ''", "2:1", "house-kind", "word is a text"),
        ("[paragraphs.title]\nalign = 'justify'", "2:1", "house-kind", "align is left, center or right"),
        ("[paragraphs.title]\noutline = 1.0", "2:1", "house-kind", "outline is a whole number"),
        ("[paragraphs.title]\noutline = 9", "2:1", "house-size", "outline lies between 0 and 4"),
        ("[paragraphs.title]\nfamily = 'serf'", "2:1", "house-name", "Did you mean 'serif'?"),
        ("[paragraphs.title]\nbox = 'judgment'", "2:1", "house-name", "Did you mean 'judgement'?"),
        ("[paragraphs.title]\ncolor = 'acent'", "2:1", "house-color", "Did you mean 'accent'?"),
        ("[paragraphs.title]\ncolor = '#17495A'", "2:1", "house-color", "six hex digits"),
        ("[paragraphs.title]\ntop = 3", "2:1", "house-kind", "{ width = 1, color ="),
        ("[paragraphs.title]\ntop = { width = 1 }", "2:1", "house-missing", "lacks color"),
        ("[paragraphs.title]\ntop = { width = 0, color = 'ink' }", "2:1", "house-size", "width lies between 0.1"),
        ("[paragraphs.title]\ntop.width = 0\ntop.color = 'ink'", "2:1", "house-size", "width lies between 0.1"),
        ("[paragraphs.title]\nleft = 200\nright = 250", "1:1", "house-page", "leave less than an inch"),
        ("[paragraphs.kickr]\nsize = 9", "1:1", "house-missing", "Did you mean 'kicker'?"),
        ("[paragraphs.aside]\nword = 'TITLE'", "2:1", "house-word", "title and aside have the same name in Word"),
        ("[characters.native]\nword = 'Title'", "2:1", "house-word", "title and native have the same name"),
        ("[characters.native]\nkeep-next = true", "2:1", "house-key", "keep-next"),
        ("[tables.matrix]\npadding = [1, 2, 3]", "2:1", "house-kind", "four numbers: top, right, bottom, left"),
        ("[tables.matrix]\npadding = [1, 2, 3, -4]", "2:1", "house-size", "-4 does not"),
        ("[tables.default]\nhead-rule = { widht = 1 }", "2:1", "house-key", "[tables.default.head-rule]"),
        ("[families.sans]\nregular = '../Evil.ttf'", "2:1", "house-kind", "not a path"),
        ("[colors]\nink = 'black'", "2:1", "house-color", 'ink is "black"'),
        ("[colors]\nacent = '7A1F1F'", "2:1", "house-color", "acent\nDid you mean 'accent'?"),
        ("[pages.A4]\nleft = 70\nright = 70", "1:1", "house-page", "the margins of A4 leave less than 80 mm"),
        ("[pages.A4]\nlandscape-side = 100\nheight = 270", "1:1", "house-page", "the margins of A4"),
        ("[pages.A5]\nwidth = 148", "1:1", "house-missing", "height, left, right, top, bottom, landscape-side"),
        ("[page]\nnote-share = 1.5", "2:1", "house-size", "between 0.1 and 0.8 of a page"),
        ("cells = 3", "1:1", "house-kind", "[cells] holds keys and values; it cannot be 3"),
        ("[paragraphs]\ntitle = 3", "2:1", "house-kind", "[paragraphs.title] holds keys and values"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(text: str, place: str, rule: str, words: str) -> None:
    (problem,) = problems(text)
    assert str(problem).startswith(f"own.toml:{place}: error: ")
    assert problem.rule == rule
    assert words in f"{problem.message}\n{problem.help}"


def test_colours_of_ones_own_are_for_ones_own_styles_and_shipped_ones_may_fall_out_of_use() -> None:
    house = with_own("[colors]\nmine = '7A1F1F'\n[characters.handling-clear]\ncolor = 'mine'")
    assert SHIPPED.count('"white"') == 1
    assert house.characters["handling-clear"].color == "7A1F1F"


def test_all_problems_are_told_at_once() -> None:
    found = problems("[paragraphs.title]\nsize = 2\ncolour = 1\n[colors]\nink = 2\n[cells.silent]\nfill = 'x'\n")
    assert [f"{p.location.line} {p.rule}" for p in found] == [
        "2 house-size",
        "3 house-key",
        "5 house-color",
        "7 house-color",
    ]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("[paragraphs.title\nsize = 20", "own.toml:1:18", "expected ']' at the end of a table declaration"),
        ("[colors]\nink = 12 13", "own.toml:2:10", "after a statement"),
        ("ink = [", "own.toml", "at the end of the file"),
        ("[colors]\nink = '1'\nink = '2'\n", "own.toml:3:10", "overwrite"),
        ("x = " + "[" * 100_000, "own.toml", "too deep"),
    ],
)
def test_what_is_not_toml_is_told_in_a_sentence(text: str, place: str, words: str) -> None:
    (problem,) = problems(text)
    assert (str(problem.location), problem.rule) == (place, "toml")
    assert words in problem.message


def test_a_wrong_shipped_file_is_named_itself() -> None:
    with pytest.raises(BriefingError, match=r"templates/house\.toml:\d+:1: error: size lies"):
        read_housestyle([(FILE, SHIPPED.replace("size = 24", "size = 240")), ("own.toml", "")])


def test_a_style_without_pages_says_what_is_missing() -> None:
    with pytest.raises(BriefingError, match="note-rule"):
        read_housestyle([("own.toml", '[colors]\nink = "000000"\n')])


def test_every_kind_of_record_is_in_the_shipped_style() -> None:
    """Building a record fails where a field of it has no key, so one of each kind proves that all can be written."""
    sections = (getattr(HOUSE, field) for field in HOUSE.__struct_fields__)
    built = [HOUSE, HOUSE.note_rule, *(next(iter(s.values())) for s in sections if isinstance(s, Mapping))]
    records = {
        value
        for value in vars(housestyle).values()
        if isinstance(value, type) and issubclass(value, Struct) and value is not Struct
    }
    assert {type(record) for record in built} == records

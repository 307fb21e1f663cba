"""What a person reads in a terminal: lines that fit, columns under each other, colour that may be left out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.compare import compare
from briefing.diagnostics import Diagnostic, Location, Severity
from briefing.terminal import columns_of, diagnostic_lines, matrix, reasons, wrapped
from tests.small import CALL, small

COLOUR = re.compile(r"\x1b\[\d+m")


def plain(text: str) -> str:
    return COLOUR.sub("", text)


# ----------------------------------------------------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Seoul", 5),
        ("鯰博行", 6),
        ("김건", 4),
        ("e\N{COMBINING ACUTE ACCENT}", 1),
        ("soft\N{SOFT HYPHEN}", 4),
        ("●", 1),
    ],
)
def test_east_asian_characters_take_two_columns(text: str, columns: int) -> None:
    assert columns_of(text) == columns


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("both want the strait open", 10, ["both want", "the strait", "open"]),
        ("アジア大洋州局長", 9, ["アジア大", "洋州局長"]),
        ("한국 외교부 장관", 8, ["한국", "외교부", "장관"]),  # Korean has blanks, and breaks at them
        ("before 鯰博行 after", 11, ["before 鯰博", "行 after"]),
        ("incomprehensibilities abound", 8, ["incompre", "hensibil", "ities", "abound"]),
        ("", 8, []),
        ("Kim Yung-ho, 22\N{NO-BREAK SPACE}September", 12, ["Kim Yung-ho,", "22\N{NO-BREAK SPACE}September"]),
        ("on 22\N{NO-BREAK SPACE}September 2023", 11, ["on 22", "September", "2023"]),
    ],
)
def test_lines_break_between_words_and_between_east_asian_characters(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_the_first_line_and_the_others_have_an_indent_of_their_own() -> None:
    assert wrapped("Japan: took part in Oslo", 14, "  ", "    ") == ["  Japan: took", "    part in", "    Oslo"]


@given(st.text("ab 鯰한\N{NO-BREAK SPACE}", max_size=40), st.integers(2, 12))
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(columns_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


# ------------------------------------------------------------------------------------------------------- diagnostics


def test_a_diagnostic_reads_the_same_without_its_colours() -> None:
    wrong = Diagnostic(
        Location("people.yaml", 3, 9), "unknown-key", "there is no key 'famly'", "Did you mean 'family'?"
    )
    mild = Diagnostic(Location("people.yaml"), "long", "it is long", severity=Severity.WARNING)
    lines = list(diagnostic_lines([wrong, mild]))
    assert "\n".join(map(plain, lines)) == f"{wrong}\n{mild}"
    assert "\x1b[31merror:" in lines[0]
    assert "\x1b[33mwarning:" in lines[2]


# ------------------------------------------------------------------------------------------------------------ matrix


def test_the_matrix_has_topics_down_and_countries_across() -> None:
    dossier = small()
    shown = plain(matrix(dossier, compare(dossier), 80))
    head, rule, first, *_ = shown.splitlines()
    assert head.split() == ["Topic", "United", "States", "South", "Korea", "Japan", "Alignment"]
    assert set(rule) == {"-"}
    for name, word in (("Topic", "Lower"), ("United", "● Supports"), ("South", "● Unclear"), ("Japan", "○ No")):
        assert first.index(word) == head.index(name)


@pytest.mark.parametrize("width", [72, 80, 132])
@pytest.mark.parametrize("countries", [("US", "KR"), ("US", "KR", "JP"), ("US", "KR", "JP", "NO")])
def test_the_matrix_fits_the_terminal(width: int, countries: tuple[str, ...]) -> None:
    dossier = small((CALL, "gist: Lower, and soon", "gist: 鯰の漁獲枠を早く減らしたい"))
    shown = plain(matrix(dossier, compare(dossier, countries), width))
    assert max(map(columns_of, shown.splitlines())) <= width


def test_a_cell_has_its_sign_its_words_and_its_gist_or_reason() -> None:
    dossier = small()
    shown = plain(matrix(dossier, compare(dossier, ("US", "KR", "NO"), ("quotas",)), 200))
    _, _, first, second, *_ = shown.splitlines()
    assert re.split(r"  +", first) == [
        "Lower catch quotas",
        "● Supports",
        "● Unclear",
        "× Not a party",
        "Not determinable",
    ]
    assert re.split(r"  +", second.strip()) == ["Lower, and soon", "Park Min-ho, 7 May"]


def test_the_legend_explains_the_signs_that_are_there_and_no_others() -> None:
    dossier = small()
    legend = plain(matrix(dossier, compare(dossier, ("US", "NO"), ("quotas",)), 80)).splitlines()[-1]
    assert legend == "● speaks for itself   × took no part"


def test_a_topic_that_nobody_raised_is_named() -> None:
    dossier = small(("dossier.yaml", "    label: Patrols\n", "    label: Patrols\n  aid:\n    label: Aid\n"))
    assert "\nAid: raised by nobody at these meetings.\n" in matrix(dossier, compare(dossier), 80)


def test_a_country_that_took_part_in_nothing_is_named() -> None:
    dossier = small()
    told = "\nNorway: took part in none of these meetings.\n"
    assert told in matrix(dossier, compare(dossier, ("US", "NO")), 80)
    assert "took part in none" not in matrix(dossier, compare(dossier), 80)


def test_reasons_say_of_every_cell_why_with_its_meetings_and_accounts() -> None:
    dossier = small()
    told = plain(reasons(dossier, compare(dossier, topics=("quotas",)), 200)).splitlines()
    assert told == [
        "Lower catch quotas",
        "  Not determinable: the United States supports; South Korea is unclear; silent: Japan.",
        "  ● United States: Supports. Grace Park, 7 May, per Harbour.",
        "  ● South Korea: Unclear. Park Min-ho, 7 May, per Harbour.",
        "  ○ Japan: No position in the accounts read (Harbour, Seoul). Took part: 7 May.",
    ]

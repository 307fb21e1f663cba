"""The sentences in which a comparison is told."""

from __future__ import annotations

import pytest

from briefing.compare import Comparison, compare
from briefing.english import capital, listed
from briefing.model import Day, Dossier
from briefing.readers.words import english
from briefing.wording import Wording
from tests.test_compare import ARCHER_FOR, BAE_FOR, JOINT_FOR, meeting, read

TWO = "[{person: Ann Archer, title: envoy, cite: para 1}, {person: Bae Bora, title: envoy, cite: para 1}]"


def told(dossier: Dossier, country: str) -> tuple[str, str, str]:
    """The label of a cell, why in the matrix, and why in a sentence."""
    words, comparison = Wording(dossier, 2024), compare(dossier)
    row = comparison.rows[0]
    cell = row.cells[comparison.countries.index(country)]
    plain = [words.label(cell, row, only=True), words.brief_reason(cell, row), words.reason(cell, row)]
    return tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in plain)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("made", "country", "expected"),
    [
        (meeting(ARCHER_FOR), "US", ("Supports", "Ann Archer, 1 May", "Ann Archer, 1 May, per The Gazette.")),
        (
            meeting(JOINT_FOR),
            "JP",
            ("Supports, jointly only", "Per Washington", "Per the U.S. Department of State."),
        ),
        (
            meeting(JOINT_FOR),
            "US",
            ("Supports, jointly only", "Per Washington", "Per its own Department of State."),
        ),
        (
            meeting(ARCHER_FOR, participants=TWO),
            "JP",
            (
                "Not present",
                "raised in Busan only",
                "Raised only in Busan, 1 May, between the United States and South Korea.",
            ),
        ),
        (
            meeting(ARCHER_FOR, participants=TWO, more="format: call\n"),
            "JP",
            ("Not a party", "", "Raised only in Busan, 1 May, between the United States and South Korea."),
        ),
        (
            meeting(ARCHER_FOR, more="pending: [JP]\n"),
            "JP",
            (
                "Not yet recorded",
                "Tokyo’s own account",
                "Took part: Busan, 1 May; Tokyo’s own account is still to be entered.",
            ),
        ),
        (
            meeting(ARCHER_FOR),
            "JP",
            ("No position in the accounts read (The Gazette)", "", "Took part: Busan, 1 May."),
        ),
    ],
)
def test_each_kind_of_cell_has_its_words(made: str, country: str, expected: tuple[str, str, str]) -> None:
    assert told(read(made), country) == expected


def test_who_also_speaks_for_itself_is_not_called_joint_only() -> None:
    early = BAE_FOR.replace("support", "oppose")
    dossier = read(meeting(early, date="2024-03-01"), meeting(JOINT_FOR, date="2024-04-01"))
    assert told(dossier, "KR")[0] == "Supports, jointly"


def test_a_meeting_before_a_call_without_a_place_is_named_by_the_calls_date() -> None:
    call = meeting("", date="2024-04-01", more="format: call\n").replace("place: Busan\n", "")
    early = meeting(BAE_FOR, date="{before: m2, words: before the call, cite: para 9}")
    dossier = read(early, call)
    assert Wording(dossier).occasion(dossier.meetings[0]) == "before the call of 1\N{NO-BREAK SPACE}April 2024"


def test_a_bilateral_meeting_is_named_by_its_two_capitals() -> None:
    dossier = read(meeting(ARCHER_FOR, participants=TWO))
    assert Wording(dossier).kind_of(dossier.meetings[0]) == "Bilateral, Washington–Seoul"


def test_a_topic_without_a_question_is_not_told_in_stances() -> None:
    comparison: Comparison = compare(read(meeting("{by: Ann Archer, topic: other, summary: Hm., cite: para 2}")))
    dossier = read(meeting(ARCHER_FOR))
    assert Wording(dossier).alignment_sentence(comparison.rows[0]).startswith("No question is asked")


def test_small_english() -> None:
    words = english()
    for join in (listed, words.listed):
        assert [join(["a"]), join(["a", "b"]), join(["a", "b", "c"], "or"), join([])] == [
            "a",
            "a and b",
            "a, b or c",
            "",
        ]
    assert list(map(words.possessive, ("Japan", "the United States"))) == ["Japan’s", "the United States’"]
    articles = list(map(words.with_article, ("United States", "Élysée", "미국")))
    assert articles == ["the United States", "the Élysée", "미국"]
    assert (words.number(3), words.number(11), capital("the rest")) == ("three", "11", "The rest")


@pytest.mark.parametrize(
    ("day", "printed"),
    [(Day(2023, 10, 17), "Tuesday 17 October 2023"), (Day(2023, 10), "October 2023"), (Day(2023), "2023")],
)
def test_a_date_is_as_exact_as_it_is_known(day: Day, printed: str) -> None:
    assert english().day(day, weekday=True).replace("\N{NO-BREAK SPACE}", " ") == printed
    assert english().day(Day(2023, 10, 17), year=False).replace("\N{NO-BREAK SPACE}", " ") == "17 October"

"""Which words stand in quotation marks, and which are the reporter's."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.quotes import quoted
from briefing.quotes.marks import quotation_around


def stretches(paragraph: str) -> list[str]:
    return [paragraph[stretch.start : stretch.end] for stretch in quoted(paragraph)]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ('He called it a "very useful" step.', ["very useful"]),
        ('"We will act," he said. "It is late."', ["We will act,", "It is late."]),
        ("He called it “very useful”.", ["very useful"]),
        ("Er nannte es „sehr gut“ und ging.", ["sehr gut"]),
        ("Er nannte es »sehr gut« und ging.", ["sehr gut"]),
        ("Il parle d’« une paix durable » hier", [" une paix durable "]),
        ("大臣は「停戦」と『平和』を求めた", ["停戦", "平和"]),
        ("Envoy says ‘gravely troubled’ over ships", ["gravely troubled"]),
        ("Envoy says 'gravely troubled' over ships", ["gravely troubled"]),
        ("'We go,' he said.", ["We go,"]),
        ('word—"quoted"—word ("more")', ["quoted", "more"]),
        ('the 5" gun', []),
        ("", []),
    ],
)
def test_pairs_of_marks(paragraph: str, expected: list[str]) -> None:
    assert stretches(paragraph) == expected


@pytest.mark.parametrize(
    "paragraph",
    [
        "the envoys' plan can't fail",
        "the ’90s were hers",
        "the '90s and the allies' hopes",
        "the ’90s and the allies’ hopes",
        "get 'em and go",
        "it's Kim's",
    ],
)
def test_an_apostrophe_is_no_mark(paragraph: str) -> None:
    assert stretches(paragraph) == []


def test_an_apostrophe_inside_single_marks_does_not_close_them() -> None:
    assert stretches("He said 'our allies' interests,' and left") == ["our allies' interests,"]
    assert stretches("'We can't go,' he said") == ["We can't go,"]
    assert stretches("It was 'a plan' for the envoys,' he said") == ["a plan"]
    assert stretches("He meant 'allies' and then 'foes'.") == ["allies", "foes"]
    assert stretches("He meant 'allies' but the ministers' plan failed") == ["allies"]


def test_what_is_quoted_inside_a_quotation_is_part_of_it() -> None:
    assert stretches("\"They call it a 'grey fleet' of ships,\" he said") == ["They call it a 'grey fleet' of ships,"]
    assert stretches("「彼は『停戦』と言った」") == ["彼は『停戦』と言った"]


def test_an_unclosed_quotation_runs_to_the_end_of_the_paragraph() -> None:
    assert stretches('He said: "We will act. It is late') == ["We will act. It is late"]
    assert stretches("‘We will act. It is late") == ["We will act. It is late"]
    assert stretches("'We will act. It is late") == ["We will act. It is late"]
    assert not quoted('"We will')[0].closed


def test_a_straight_single_mark_in_mid_sentence_opens_nothing_alone() -> None:
    assert stretches("He said 'We will act. It is late") == []


def test_an_unclosed_quotation_ends_at_the_latest_where_the_next_opens() -> None:
    assert stretches('"We will act, he said. "It is late," she added') == ["We will act, he said. ", "It is late,"]


def test_a_stretch_lies_in_one_quotation_or_in_none() -> None:
    paragraph = 'a "bc" d "ef"'
    assert quotation_around(paragraph, 3, 5) == quoted(paragraph)[0]
    assert quotation_around(paragraph, 10, 11) == quoted(paragraph)[1]
    for start, end in ((0, 1), (2, 5), (3, 6), (3, 11), (7, 8)):
        assert quotation_around(paragraph, start, end) is None


@given(st.text(alphabet="ab s.,'\"“”‘’«»「」„\u3000", max_size=40))
def test_stretches_stand_in_order_inside_the_paragraph(paragraph: str) -> None:
    found = quoted(paragraph)
    assert all(0 < stretch.start <= stretch.end <= len(paragraph) for stretch in found)
    assert all(a.start < b.start and a.end < b.end for a, b in pairwise(found))

"""What help says of a word that is unknown, and how a problem prints."""

from __future__ import annotations

import pytest

from briefing.diagnostics import Diagnostic, Location, did_you_mean

NINE = ("aid", "arms", "cyber", "launch", "programmes", "regional", "returns", "rights", "talks")


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("arm", NINE, "Did you mean 'arms'?"),
        ("wine", NINE[:2], "Known here: aid, arms."),
        ("wine", NINE[:8], "Known here: aid, arms, cyber, launch, programmes, regional, returns, rights."),
        ("wine", NINE, "Known here: aid, arms, cyber, launch, programmes, regional, returns, rights, ..."),
        ("wine", (), "Known here: none."),
    ],
)
def test_the_nearest_known_word_is_named_else_eight_of_them(word: str, known: tuple[str, ...], said: str) -> None:
    assert did_you_mean(word, known) == said


def test_what_would_act_on_a_console_is_shown_by_its_code() -> None:
    place = Location("meetings/\x1b[31mred.yaml")
    problem = Diagnostic(place, "bad-id", "no id: \u202egnp.yaml", "Did you mean \x9b?\nOr 鯰\xa0x?")
    assert str(problem).splitlines() == [
        "meetings/\\u001b[31mred.yaml: error: no id: \\u202egnp.yaml [bad-id]",
        "    Did you mean \\u009b?",
        "    Or 鯰\xa0x?",
    ]

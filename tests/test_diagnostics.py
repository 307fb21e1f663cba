"""What help says of a word that is unknown."""

from __future__ import annotations

import pytest

from briefing.diagnostics import did_you_mean

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

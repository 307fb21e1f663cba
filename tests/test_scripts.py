"""Scripts: what language a character tells by itself, and how it is composed."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from briefing.scripts import by_language, composed, may_be_east_asian


@pytest.mark.parametrize(
    ("text", "language", "pieces"),
    [
        ("plain", "", [("plain", "")]),
        ("Kim Gunn 김건, envoy", "", [("Kim Gunn ", ""), ("김건", "ko"), (", envoy", "")]),
        ("なまず", "", [("なまず", "ja")]),
        ("鯰博行", "", [("鯰博行", "")]),  # bare Chinese characters may be Japanese, Korean or Chinese
        ("鯰博行", "ja", [("鯰博行", "")]),
        ("김건", "ko-KR", [("김건", "")]),
    ],
)
def test_a_script_tells_its_language_where_nobody_said_it(
    text: str, language: str, pieces: list[tuple[str, str]]
) -> None:
    assert list(by_language(text, language)) == pieces


@pytest.mark.parametrize("text", ["김건", "Nguyễn", "が"])
def test_jamo_and_letters_with_marks_are_composed(text: str) -> None:
    assert composed(normalize("NFD", text)) == text


def test_an_ideograph_of_a_name_stays_as_it_is_written() -> None:
    name = "\N{CJK COMPATIBILITY IDEOGRAPH-FA19}田"
    assert composed(name) == name
    assert normalize("NFC", name) != name


@pytest.mark.parametrize(
    ("text", "maybe"), [("Łukasz’s “plan” — 1 000 €", False), ("ᄀ", True), ("日本", True), ("강", True), ("ー", True)]
)
def test_most_texts_are_seen_at_once_to_have_nothing_east_asian(text: str, maybe: bool) -> None:
    assert may_be_east_asian(text) == maybe

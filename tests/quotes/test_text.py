"""Paragraphs, words, glyph variants and the hash of a source's text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.quotes import clean, paragraphs, read_source_text, same_words, text_hash
from briefing.quotes import text as text_module
from briefing.quotes.text import ellipses, fold, words
from tests.quotes.sample import ARTICLE, PARAGRAPHS


def test_the_headline_is_paragraph_0_and_every_later_block_counts() -> None:
    assert PARAGRAPHS[0].startswith("(2nd LD)")
    assert PARAGRAPHS[1].startswith("The envoy of the islands")


def test_a_caption_that_is_printed_twice_counts_twice() -> None:
    assert PARAGRAPHS[4] == PARAGRAPHS[5]
    assert PARAGRAPHS[6].startswith("Officials")


def test_blank_lines_part_paragraphs_and_line_breaks_do_not() -> None:
    assert paragraphs("\ufeff\n  \nHead\r\n\t\r\nOne\nline.\r\rTwo.\n\n\n\nThree.") == (
        "Head",
        "One line.",
        "Two.",
        "Three.",
    )
    assert paragraphs(" \n\n") == ()


def test_a_paragraph_is_one_composed_line_without_what_nobody_sees() -> None:
    assert paragraphs("e\u0301tat\u00a0de\u2009la ne\u00adgo\u200btiation") == ("état de la negotiation",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“no” he said", '"no" he said'),
        ("„no”", '"no"'),
        ("the North’s", "the North's"),
        ("‘no’", "'no'"),
        ("Indo–Pacific", "Indo-Pacific"),
        ("war — and peace", "war - and peace"),
        ("deliveries … will", "deliveries ... will"),
        ("deliveries . . . will", "deliveries ... will"),
        ("end….", "end...."),
        ("a\u00a0line\nbroken", "a line broken"),
        ("cafe\u0301", "café"),
        ("nego\u00adtiations", "negotiations"),
        ("恒久的な\n停戦", "恒久的な停戦"),
    ],
)
def test_glyph_variants_are_the_same_words(one: str, other: str) -> None:
    assert same_words(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("no", "now"),
        ("No", "no"),
        ("deliveries ... will", "deliveries will"),
        ("deliveries ... will", "deliveries... will"),
        ("deliveries .. will", "deliveries ... will"),
        ("«no»", '"no"'),
        ("café", "cafe"),
        ("a b", "ab"),
        ("security, too", "security too"),
        ("한국 정부", "한국정부"),
        ("データ", "デ-タ"),
    ],
)
def test_everything_else_is_another_wording(one: str, other: str) -> None:
    assert not same_words(one, other)


@given(st.text(max_size=40).map(clean), st.data())
def test_a_folded_stretch_leads_back_to_its_text(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.text)
    if folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
        first, last = folded.span(start, end)
        assert folded.text[start:end] in fold(text[first:last]).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It can't be", ["It", "can't", "be"]),
        ("a non-starter, the U.S.-led one", ["a", "non-starter", "the", "U.S.-led", "one"]),
        ("1,000 crates at 3.5% or $20", ["1,000", "crates", "at", "3.5%", "or", "$20"]),
        ("war—and peace -- now", ["war", "and", "peace", "now"]),
        ("the allies' 'plan'", ["the", "allies", "plan"]),
        ("N.K. and the 3rd", ["N.K.", "and", "the", "3rd"]),
        ("停戦 GDP成長", ["停", "戦", "GDP", "成", "長"]),
        ("김건은", ["김", "건", "은"]),
        ("... — «»", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


def test_an_ellipsis_is_one_glyph_or_three_dots_and_more() -> None:
    text = "a ... b … c . . . d.... e .. f. g"
    assert [text[start:end] for start, end in ellipses(text)] == ["...", "…", ". . .", "...."]


def test_the_hash_sees_words_and_neither_line_ends_nor_trailing_blanks() -> None:
    text = "Head\n\nOne line.\n"
    assert text_hash(text) == text_hash("\ufeffHead  \r\n\r\nOne line.\t\r\n\r\n") == text_hash("Head\n\nOne line.")
    assert text_hash(text) != text_hash("Head\n\nOne  line.\n")
    assert text_hash("Head") == "9bb0aacc6d51f1408ed983b84c42e941fca204de70ff5595a4d1b7cff8b22815"


def test_a_source_text_is_its_paragraphs_and_its_hash() -> None:
    source = read_source_text(ARTICLE)
    assert source.paragraphs == PARAGRAPHS
    assert source.sha256 == text_hash(ARTICLE)


@given(
    st.text(st.sampled_from("aZé7.,:/%$ -–’…\u0301\u0661·\u10ff\u1200ⅷ鯰강ーᄀ") | st.characters(max_codepoint=0x2FFF))
)
def test_what_knows_no_east_asian_script_reads_a_text_without_any_as_what_does(text: str) -> None:
    """Which of the two is taken is a matter of time alone."""
    assert text_module._words_of(text).findall(text) == re.findall(text_module._WORD, text)
    assert text_module._empty_blanks_of(text).sub("", text) == re.sub(text_module._EMPTY_BLANK, "", text)

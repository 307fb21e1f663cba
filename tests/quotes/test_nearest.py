"""The nearest passage, and how the difference reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.quotes.nearest import Nearest, nearest

TEXT = ((1, "He called it a very useful step."), (2, 'She said "we will not hesitate in raising tariffs, if need be."'))


def near(quotation: str) -> Nearest:
    result = nearest(quotation, TEXT)
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("quotation", "cited", "source", "said"),
    [
        (
            "will not hesitate in raising tariff",
            "will not hesitate in raising [tariff]",
            "will not hesitate in raising [tariffs]",
            "the source has “tariffs”, the quotation “tariff”",
        ),
        (
            "we will hesitate in raising all tariffs",
            "we will hesitate in raising [all] tariffs",
            "we will [not] hesitate in raising tariffs",
            "the source has “not”, the quotation leaves it out; the quotation adds “all”",
        ),
        (
            "we shall hesitate in raising tariffs",
            "we [shall] hesitate in raising tariffs",
            "we [will not] hesitate in raising tariffs",
            "the source has “will not”, the quotation “shall”",
        ),
        (
            "will not hesitate to raise tariffs",
            "will not hesitate [to raise] tariffs",
            "will not hesitate [in raising] tariffs",
            "the source has “in raising”, the quotation “to raise”",
        ),
    ],
)
def test_the_words_that_differ_stand_in_brackets(quotation: str, cited: str, source: str, said: str) -> None:
    result = near(quotation)
    assert result.locator == 2
    assert result.difference.splitlines() == [f"cited:  {cited}", f"source: {source}"]
    assert result.said == said


def test_a_single_word_is_near_to_one_that_is_written_much_like_it() -> None:
    result = nearest("usefull", ((1, "not at all"), (2, "a useful step")))
    assert result is not None
    assert result.text == "useful"


def test_where_two_are_as_near_the_first_given_is_taken() -> None:
    result = nearest("very usefull", ((7, "very useful"), (3, "very useful")))
    assert result is not None
    assert result.locator == 7


def test_where_nothing_is_alike_there_is_no_nearest() -> None:
    assert nearest("ready to impose higher duties", TEXT) is None
    assert nearest("x", ()) is None
    assert nearest("", TEXT) is None


def test_many_differences_are_counted_after_three() -> None:
    result = nearest("a B c D e F g H i J k l", ((1, "a b c d e f g h i j k l"),))
    assert result is not None
    assert result.said.endswith("; and 2 more")


WORDS = st.lists(st.sampled_from("a b c d not very ... , 停".split()), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_without_the_brackets_the_difference_is_what_was_compared(quotation: str, paragraph: str) -> None:
    result = nearest(quotation, ((1, paragraph),))
    if result is not None:
        cited, source = (line[8:].replace("[", "").replace("]", "") for line in result.difference.splitlines())
        assert (cited, source) == (quotation, result.text)
        assert result.text in paragraph
        assert (result.said == "") == (quotation == result.text)

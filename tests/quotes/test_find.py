"""The rules of the quotation lock, each with the change that turns it red."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.quotes import Found, Missing, find, paragraphs, same_words
from briefing.quotes.text import words
from tests.quotes.sample import PARAGRAPHS


def found(quotation: str, *locators: int, kind: str = "report") -> Found:
    result = find(quotation, PARAGRAPHS, locators, kind)
    assert isinstance(result, Found), result
    return result


def missing(quotation: str, *locators: int, kind: str = "report") -> Missing:
    result = find(quotation, PARAGRAPHS, locators, kind)
    assert isinstance(result, Missing), result
    return result


# ---------------------------------------------------------------------------------------------------- what holds


@pytest.mark.parametrize(
    ("quotation", "locator"),
    [
        ("gravely troubled", 0),
        ("very useful", 1),
        ("gravely troubled", 1),
        ("We will not hesitate in raising tariffs", 2),
        ("Nobody can deny that it is a non-starter.", 2),
        ("These deliveries ... will prolong the shortage", 3),
        ("These deliveries … will", 3),
        ("will prolong", 3),
        ("It hurts our security, too. We will keep working together, and we are deeply concerned", 7),
        ("without conditions", 8),
        ("so-called ‘grey fleet’ of tankers", 8),
        ("grey fleet", 8),
        ("恒久的な停戦", 9),
        ("une paix durable", 9),
        ("our allies’ interests", 10),
        ("better", 10),
    ],
)
def test_a_verbatim_quotation_is_found_in_its_paragraph(quotation: str, locator: int) -> None:
    result = found(quotation, locator)
    assert result.locator == locator
    assert result.in_marks
    assert PARAGRAPHS[locator][result.offset : result.end] == result.text
    assert same_words(result.text, quotation)


def test_the_text_found_is_the_source_s_own_glyphs() -> None:
    assert found("deliveries … will", 3).text == "deliveries ... will"


def test_the_first_cited_paragraph_that_has_it_is_its_place() -> None:
    assert found("gravely troubled", 2, 1, 0).locator == 1


def test_without_a_paragraph_cited_the_whole_text_is() -> None:
    assert found("without conditions").locator == 8


def test_a_later_occurrence_inside_marks_counts() -> None:
    text = ("Head", 'The plan was a plan, "a plan" indeed.')
    result = find("a plan", text, (1,))
    assert isinstance(result, Found)
    assert text[1][result.offset - 1] == '"'


# -------------------------------------------------------------------------------- what does not, by rule


@pytest.mark.parametrize(
    ("quotation", "locator", "said", "cited", "source"),
    [
        ("very usefull", 1, "the source has “useful”, the quotation “usefull”", "very [usefull]", "very [useful]"),
        (
            "We will hesitate in raising tariffs",
            2,
            "the source has “not”, the quotation leaves it out",
            "We will hesitate in raising tariffs",
            "We will [not] hesitate in raising tariffs",
        ),
        (
            "We will not ever hesitate in raising tariffs",
            2,
            "the quotation adds “ever”",
            "We will not [ever] hesitate in raising tariffs",
            "We will not hesitate in raising tariffs",
        ),
        (
            "our security too",
            7,
            "the source has “,”, the quotation leaves it out",
            "our security too",
            "security[,] too",
        ),
        ("Without conditions", 8, "the source has “without”", "[Without] conditions", "[without] conditions"),
        ("永久的な停戦", 9, "the source has “恒”, the quotation “永”", "[永]久的な停戦", "[恒]久的な停戦"),
    ],
)
def test_a_changed_word_is_not_found_and_the_difference_is_shown(
    quotation: str, locator: int, said: str, cited: str, source: str
) -> None:
    result = missing(quotation, locator)
    assert result.rule == "quote-not-found"
    assert said in result.reason
    assert result.reason.startswith(f"it does not stand in para {locator}, word for word: ")
    assert result.locator == locator
    first, second = result.difference.splitlines()
    assert first == f"cited:  {cited}"
    assert second.startswith("source: ")
    assert second.endswith(source)


def test_a_paraphrase_put_in_marks_is_not_found() -> None:
    result = missing("ready to impose higher duties at once", 2)
    assert result.rule == "quote-not-found"
    assert "nothing like it" in result.reason
    assert result.locator is None


def test_the_nearest_passage_may_stand_in_another_paragraph() -> None:
    result = missing("We will not hesitate to raise tariffs", 8)
    assert result.rule == "quote-not-found"
    assert "nor elsewhere; nearest is para 2" in result.reason
    assert result.nearest == "We will not hesitate in raising tariffs"


def test_the_wrong_paragraph_is_corrected() -> None:
    result = missing("without conditions", 2, 3)
    assert (result.rule, result.locator) == ("quote-elsewhere", 8)
    assert result.reason == "it stands in para 8, not in para 2, 3"
    assert missing("without conditions", 99).rule == "quote-elsewhere"


def test_words_quoted_elsewhere_and_the_reporter_s_own_where_cited_are_quoted_elsewhere() -> None:
    result = find("a plan", ("Head", "He has a plan.", 'It is "a plan" now.'), (1,))
    assert isinstance(result, Missing)
    assert (result.rule, result.locator) == ("quote-elsewhere", 2)


@pytest.mark.parametrize(
    ("quotation", "locator", "word"),
    [
        ("raising tariff", 2, "tariffs"),
        ("ery useful", 1, "very"),
        ("a non", 2, "non-starter"),
        ("starter", 2, "non-starter"),
        ("called 'grey fleet'", 8, "so-called"),
    ],
)
def test_a_word_cut_short_is_refused(quotation: str, locator: int, word: str) -> None:
    result = missing(quotation, locator)
    assert (result.rule, result.locator) == ("quote-cut-word", locator)
    assert f"“{word}”" in result.reason


@pytest.mark.parametrize(
    ("quotation", "text"), [("can", '"We can\'t."'), ("000 crates", '"1,000 crates"'), ("the U.S", '"the U.S. fleet"')]
)
def test_contractions_numbers_and_abbreviations_are_words(quotation: str, text: str) -> None:
    result = find(quotation, ("Head", text), (1,))
    assert isinstance(result, Missing)
    assert result.rule == "quote-cut-word"


def test_between_han_kana_and_hangul_no_word_is_cut() -> None:
    assert isinstance(find("停戦", ("Head", "「恒久的停戦案」"), (1,)), Found)
    assert isinstance(find("김건", ("Head", '"김건은 말했다"'), (1,)), Found)


@pytest.mark.parametrize(
    ("quotation", "locator"),
    [
        ("weighs on the talks", 6),
        ("he was", 1),
        ("in the '90s, were", 10),
        ("harbour office", 4),
        ("step on Monday", 1),
    ],
)
def test_the_reporter_s_own_words_are_no_quotation(quotation: str, locator: int) -> None:
    result = missing(quotation, locator)
    assert (result.rule, result.locator) == ("quote-not-quoted", locator)
    assert "the reporter's own words" in result.reason


def test_in_a_release_words_outside_marks_are_the_release_s() -> None:
    for kind in ("release", "statement", "transcript", "record"):
        assert not found("weighs on the talks", 6, kind=kind).in_marks
        assert found("very useful", 1, kind=kind).in_marks
    assert missing("weighs on the talk", 6, kind="release").rule == "quote-cut-word"
    assert missing("weighs on all talks", 6, kind="release").rule == "quote-not-found"


def test_a_release_is_quoted_with_the_marks_it_has() -> None:
    assert found('a "very useful" step', 1, kind="release").text == 'a "very useful" step'
    assert missing("a very useful step", 1, kind="release").rule == "quote-not-found"
    assert missing("raising tariffs. Nobody can deny", 2, kind="release").rule == "quote-broken"


def test_a_quotation_may_not_reach_out_of_its_marks() -> None:
    for quotation in ("useful step", 'very useful" step', "a very useful step"):
        result = missing(quotation, 1)
        assert result.rule == "quote-not-quoted"
        assert "only “" in result.reason
        assert "useful” stands in quotation marks" in result.reason


def test_the_marks_around_a_quotation_are_not_part_of_it() -> None:
    result = missing('"very useful"', 1)
    assert (result.rule, result.help) == ("quote-not-quoted", "Leave out the quotation marks.")


@pytest.mark.parametrize(
    "quotation",
    [
        "We will not hesitate in raising tariffs. Nobody can deny that",
        'We will not hesitate in raising tariffs," Lee Won said. "Nobody can deny that',
        "We will not hesitate in raising tariffs, Lee Won said. Nobody can deny that",
    ],
)
def test_words_joined_over_he_said_are_to_be_a_list_of_two(quotation: str) -> None:
    result = missing(quotation, 2)
    assert (result.rule, result.locator) == ("quote-broken", 2)
    assert result.help.splitlines()[1:] == ["  - We will not hesitate in raising tariffs", "  - Nobody can deny that"]


@pytest.mark.parametrize(
    ("quotation", "locator", "reason"),
    [
        ("These deliveries will prolong the shortage", 3, "it drops an ellipsis of para 3"),
        ("These ... deliveries will prolong", 3, "it moves an ellipsis of para 3"),
        ("We will not ... hesitate", 2, "it adds an ellipsis, against para 2"),
        ("... without conditions", 8, "it adds an ellipsis, against para 8"),
        ("without conditions ...", 8, "it adds an ellipsis, against para 8"),
        ("We will ... raising tariffs", 2, "it puts an ellipsis in place of words of para 2"),
        ("These deliveries .", 3, "the source has an ellipsis in para 3, and the quotation only a part of it"),
        ("deliveries ..", 3, "the source has an ellipsis in para 3, and the quotation only a part of it"),
        (".. will prolong", 3, "the source has an ellipsis in para 3, and the quotation only a part of it"),
    ],
)
def test_an_ellipsis_is_never_added_dropped_or_moved(quotation: str, locator: int, reason: str) -> None:
    result = missing(quotation, locator)
    assert (result.rule, result.locator, result.reason) == ("quote-ellipsis", locator, reason)


def test_an_ellipsis_of_one_glyph_is_not_cut_either() -> None:
    for quotation in ("These deliveries ..", "These deliveries ."):
        result = find(quotation, ("Head", "“These deliveries … will”"), (1,))
        assert isinstance(result, Missing)
        assert result.rule == "quote-ellipsis"


def test_the_source_s_own_ellipsis_may_begin_or_end_a_quotation() -> None:
    assert found("These deliveries ...", 3).text == "These deliveries ..."
    assert found("... will prolong", 3).offset == len('"These deliveries ')


def test_an_ellipsis_elsewhere_in_the_paragraph_does_not_count() -> None:
    result = find("... four five", ("Head", '"One ... two three four five"'), (1,))
    assert isinstance(result, Missing)
    assert (result.rule, result.reason) == ("quote-ellipsis", "it adds an ellipsis, against para 1")


@pytest.mark.parametrize("quotation", ["deliveries ... will, prolong", "will, prolong the shortage"])
def test_where_the_ellipsis_is_right_and_a_comma_is_not_the_comma_is_shown(quotation: str) -> None:
    result = missing(quotation, 3)
    assert result.rule == "quote-not-found"
    assert result.reason.endswith("the quotation adds “,”")


@pytest.mark.parametrize("quotation", ["", " ", "...", "—", "“”"])
def test_a_quotation_has_words(quotation: str) -> None:
    assert missing(quotation, 1).rule == "quote-empty"


# ------------------------------------------------------------------------------------------- any article

WORD = st.sampled_from(
    "we will never can't non-x 1,000 U.S. peace our allies' tariffs costs Seoul 평화 停戦 no now".split()
)
WORDS = st.lists(WORD, min_size=1, max_size=8)
MARKS = st.sampled_from(['""', "“”", "«»", "「」"])


@given(WORDS, WORDS, WORDS, MARKS, st.data())
def test_any_words_from_inside_marks_are_found_and_none_from_outside(
    before: list[str], inside: list[str], after: list[str], marks: str, data: st.DataObject
) -> None:
    quoted = " ".join(inside)
    text = paragraphs(f"Head\n\n{' '.join(before)} {marks[0]}{quoted}{marks[1]} {' '.join(after)}")
    first = data.draw(st.integers(0, len(inside) - 1))
    last = data.draw(st.integers(first + 1, len(inside)))
    result = find(" ".join(inside[first:last]), text, (1,))
    assert isinstance(result, Found)
    assert result.text == " ".join(inside[first:last])
    outside = " ".join(before)
    opens = len(outside) + len(' "')
    assert opens <= result.offset < result.end <= opens + len(quoted)
    if outside not in quoted:
        assert isinstance(find(outside, text, (1,)), Missing)


@given(WORDS, st.data())
def test_any_one_letter_changed_is_not_found(inside: list[str], data: st.DataObject) -> None:
    quoted = " ".join(inside)
    text = paragraphs(f'Head\n\nShe said "{quoted}" again.')
    at = data.draw(st.integers(0, len(quoted) - 1))
    letter = data.draw(st.sampled_from("abcxyzQ7é停김"))
    changed = quoted[:at] + letter + quoted[at + 1 :]
    assume(not same_words(changed, quoted) and changed not in text[1])
    result = find(changed, text, (1,))
    assert isinstance(result, Missing)
    assert result.rule == "quote-not-found"


@given(WORDS, WORDS, st.data())
def test_any_word_dropped_is_not_found(inside: list[str], more: list[str], data: st.DataObject) -> None:
    run = ["First", *inside, "middle", *more, "last"]
    text = paragraphs(f'Head\n\nShe said "{" ".join(run)}" again.')
    at = data.draw(st.integers(1, len(run) - 2))
    shorter = run[:at] + run[at + 1 :]
    assume([word.text for word in words(" ".join(shorter))] != [word.text for word in words(" ".join(run))])
    assert isinstance(find(" ".join(shorter), text, (1,)), Missing)


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=4), st.lists(st.integers(-2, 6), max_size=3))
def test_any_text_gives_an_answer(quotation: str, text: list[str], locators: list[int]) -> None:
    cleaned = paragraphs("\n\n".join(text))
    for kind in ("report", "release"):
        result = find(quotation, cleaned, locators, kind)
        if isinstance(result, Found):
            assert same_words(result.text, quotation)
        else:
            assert result.reason


SOUP = st.text(alphabet="ab 'n.…,\"“”‘’-—停", max_size=30)


@given(SOUP, SOUP)
def test_whatever_is_found_is_the_same_words(quotation: str, paragraph: str) -> None:
    cleaned = paragraphs(paragraph)
    result = find(quotation, cleaned, kind="release")
    if isinstance(result, Found):
        assert same_words(result.text, quotation)
        assert cleaned[result.locator][result.offset : result.end] == result.text

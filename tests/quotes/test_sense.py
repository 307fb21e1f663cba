"""What summaries and short quotations lose, each with a case as near to it that keeps it."""

from __future__ import annotations

import pytest

from briefing.quotes import Found, copied_words, cut_sense, find, hidden_quotations, lost_hedge, sentence
from tests.quotes.sample import ARTICLE


def sense(quotation: str, paragraph: str, kind: str = "report") -> str | None:
    found = find(quotation, ("Head", paragraph), (1,), kind)
    assert isinstance(found, Found)
    return cut_sense(found, paragraph)


# -------------------------------------------------------------------------------- the rule cut-sense


@pytest.mark.parametrize(
    ("quotation", "paragraph", "word"),
    [
        ("hesitate in raising tariffs", '"We will not hesitate in raising tariffs," he said.', "not"),
        ("hesitate", "“We won’t hesitate,” he said.", "won't"),
        ("a plan", '"Nobody has a plan," he said.', "Nobody"),
        ("agreements with the mainland", '"what appears to be agreements with the mainland"', "appears"),
        ("shipment of crates", '"the suspected shipment of crates"', "suspected"),
        ("end the talks", '"We may end the talks," he said.', "may"),
        ("they deliver", '"If they deliver, we act," he said.', "If"),
        ("raise tariffs", '"We will not ... raise tariffs," he said.', "not"),
        ("We will come", '"We will come, unless it rains," he said.', "unless"),
        ("We will come", '"We will come but not stay," he said.', "but"),
        ("We want peace", '"We want peace, except here," he said.', "except"),
        ("We will come", '"We will come only in spring," he said.', "only"),
        ("恒久的な停戦が必要", "大臣は「恒久的な停戦が必要ではない」と述べた。", "ない"),
        ("평화를", '장관은 "평화를 원하지 않는다"고 말했다.', "않"),
    ],
)
def test_a_word_left_out_that_may_turn_the_sense_is_named(quotation: str, paragraph: str, word: str) -> None:
    warning = sense(quotation, paragraph)
    assert warning is not None
    assert warning.startswith(f"“{word}” stands ")
    assert f"[{quotation}]" in warning


@pytest.mark.parametrize(
    ("quotation", "paragraph"),
    [
        ("not hesitate in raising tariffs", '"We will not hesitate in raising tariffs," he said.'),
        ("raising tariffs", 'There is no doubt about "raising tariffs" if need be.'),
        ("We will come", '"We never wait. We will come. Only they stay," he said.'),
        ("We will come", '"The U.S. will wait. We will come. But they stay," he said.'),
        ("in spring", '"It is May and we come in spring," he said.'),
        ("a knotty case", '"It is a knotty case," he said.'),
    ],
)
def test_outside_the_marks_or_the_sentence_nothing_turns(quotation: str, paragraph: str) -> None:
    assert sense(quotation, paragraph) is None


def test_in_a_release_its_sentence_counts() -> None:
    assert sense("weigh on the talks", "Crates may weigh on the talks.", "release") is not None
    assert sense("weigh on the talks", "Crates may come. They weigh on the talks.", "release") is None


def test_a_quotation_is_shown_in_its_sentence() -> None:
    text = 'No end ... yet. Gen. Lee of the U.S. Navy said "we go." Then it rained.'
    start, end = sentence(text, text.index("we go"), text.index("we go") + 5)
    assert text[start:end] == 'Gen. Lee of the U.S. Navy said "we go."'


# -------------------------------------------------------------------------------- the rule hedge-lost


@pytest.mark.parametrize(
    ("cited", "hedge"),
    [
        ("its suspected delivery of crates", "suspected"),
        ("the alleged delivery", "alleged"),
        ("the allegations were read", "allegations"),
        ("apparently referring to the war", "apparently"),
        ("what appears to be a deal", "appears"),
        ("it appeared to fail", "appeared"),
        ("Reportedly they met", "Reportedly"),
    ],
)
def test_a_hedge_of_the_cited_text_may_not_be_lost(cited: str, hedge: str) -> None:
    assert lost_hedge("Condemns the delivery.", cited) == hedge
    for kept in ("Condemns the suspected delivery.", "Condemns what seems a delivery.", "Says it may have happened."):
        assert lost_hedge(kept, cited) is None


def test_without_a_hedge_in_the_cited_text_none_is_missed() -> None:
    assert lost_hedge("Condemns the delivery.", "he reported an unsuspecting crowd") is None


# -------------------------------------------------------------------------------- the rule copied-words

SOURCE = "Officials said the suspected shipment of 1,000 crates weighs on the talks between Lee Won and the harbour."


def test_eight_running_words_of_the_source_are_named_as_the_summary_has_them() -> None:
    seven = "Fears that the Suspected shipment, of 1,000 crates weighs upon the talks."
    assert copied_words(seven, SOURCE) is None
    ten = "Fears that the Shipment, of 1,000 crates weighs on the talks between them."
    assert copied_words(ten, SOURCE) == "Shipment, of 1,000 crates weighs on the talks between"
    assert copied_words("shipment of 1,000 crates weighs on the talks", SOURCE) == (
        "shipment of 1,000 crates weighs on the talks"
    )
    assert copied_words("of 1,000 crates weighs on the talks", SOURCE) is None


def test_a_hedge_ends_a_run() -> None:
    lost = "Officials said the shipment of 1,000 crates weighs upon them."
    kept = "Officials said the suspected shipment of 1,000 crates weighs upon them."
    assert copied_words(lost, SOURCE) is None
    assert copied_words(kept, SOURCE) is None


def test_names_and_titles_do_not_count() -> None:
    summary = "It weighs on the talks between Lee Won and the port."
    assert copied_words(summary, SOURCE) == "weighs on the talks between Lee Won and the"
    assert copied_words(summary, SOURCE, ["Lee Won"]) is None
    assert copied_words("1,000 crates weighs on the talks between Lee Won", SOURCE, ["Lee Won"]) is None
    assert copied_words("of 1,000 crates weighs on the talks between Lee Won", SOURCE, ["Lee Won"]) is not None


def test_two_glyphs_count_as_a_word() -> None:
    source = "大臣は恒久的な停戦が必要だと昨日の会見で述べた"
    assert copied_words("恒久的な停戦が必要だと昨日の", source) is None
    assert copied_words("恒久的な停戦が必要だと昨日の会見", source) == "恒久的な停戦が必要だと昨日の会見"


def test_nothing_of_nothing_is_copied() -> None:
    assert copied_words("", SOURCE, [""]) is None
    assert copied_words("Says so.", "") is None


# ------------------------------------------------------------------------------- quotations hidden in a summary


@pytest.mark.parametrize(
    ("summary", "hidden"),
    [
        ('Called it a "very useful" step.', ("very useful",)),
        ("Called it ‘very useful’, and “grave.”", ("very useful", "grave")),
        ("Spoke of «peace» and 「停戦」.", ("peace", "停戦")),
        ('He said "we go', ("we go",)),
        ("The North's and the allies' plan can't wait; in the '90s it did.", ()),
        ("The 5' mast", ()),
        ('An empty "" pair', ()),
    ],
)
def test_quotation_marks_in_a_summary_are_seen_and_apostrophes_are_not_marks(
    summary: str, hidden: tuple[str, ...]
) -> None:
    assert hidden_quotations(summary) == hidden


def test_the_sample_is_read_whole() -> None:
    assert copied_words("hurts our security, too. We will keep working together", ARTICLE) is not None

"""The verdict on a quotation: text or no text, locked or not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from briefing.quotes import Claim, LockEntry, Status, Verdict, judge, lock_entry, read_source_text
from tests.quotes.sample import ARTICLE

TEXT = read_source_text(ARTICLE)
CLAIM = Claim("harbour-2031", "very useful", "Lee Won", (1,))


def locked(claim: Claim = CLAIM) -> LockEntry:
    found = judge(claim, TEXT, ()).found
    assert found is not None
    return lock_entry(claim, found, TEXT)


LOCK = (locked(), locked(Claim("harbour-2031", "without conditions", "Lee Won", (8,))))


def told(verdict: Verdict) -> tuple[Status, str]:
    return verdict.status, verdict.rule


# ---------------------------------------------------------------------------------------------- the text is at hand


def test_found_in_the_text_and_locked_there_is_nothing_to_say() -> None:
    verdict = judge(CLAIM, TEXT, LOCK)
    assert told(verdict) == (Status.VERIFIED, "")
    assert verdict.found is not None
    assert verdict.found.locator == 1


def test_found_but_not_locked_is_a_warning() -> None:
    assert told(judge(CLAIM, TEXT, ())) == (Status.VERIFIED, "quote-not-locked")
    assert told(judge(CLAIM, TEXT, LOCK[1:])) == (Status.VERIFIED, "quote-not-locked")


def test_the_lock_holds_a_quotation_for_one_speaker_only() -> None:
    verdict = judge(replace(CLAIM, speaker="Ana Park"), TEXT, LOCK)
    assert told(verdict) == (Status.VERIFIED, "quote-not-locked")
    assert "from Lee Won in para 1" in verdict.message


def test_the_lock_holds_a_quotation_for_one_place_only() -> None:
    entry = locked(Claim("harbour-2031", "gravely troubled", "Lee Won", (0,)))
    assert told(judge(Claim("harbour-2031", "gravely troubled", "Lee Won", (0,)), TEXT, [entry]))[1] == ""
    assert (
        told(judge(Claim("harbour-2031", "gravely troubled", "Lee Won", (1,)), TEXT, [entry]))[1] == "quote-not-locked"
    )


def test_another_text_than_was_locked_is_verified_anew_and_the_locked_places_are_listed() -> None:
    other = read_source_text(ARTICLE.replace("Officials", "Some officials"))
    verdict = judge(CLAIM, other, LOCK)
    assert told(verdict) == (Status.VERIFIED, "text-changed")
    assert "para 1: very useful" in verdict.help
    assert "para 8: without conditions" in verdict.help
    assert judge(replace(CLAIM, quotation="without conditions", locators=(8,)), other, LOCK).message == verdict.message


def test_one_letter_changed_is_wrong_whatever_the_lock_says() -> None:
    claim = replace(CLAIM, quotation="very usefull")
    lock = (*LOCK, replace(LOCK[0], quotation="very usefull"))
    verdict = judge(claim, TEXT, lock)
    assert told(verdict) == (Status.WRONG, "quote-not-found")
    assert verdict.help.startswith("cited:  very [usefull]\nsource: very [useful]")
    assert verdict.found is None


def test_the_kind_of_the_source_decides_about_marks() -> None:
    claim = replace(CLAIM, quotation="called the visit")
    assert told(judge(claim, TEXT, LOCK, "report")) == (Status.WRONG, "quote-not-quoted")
    assert judge(claim, TEXT, LOCK, "release").status == Status.VERIFIED


# -------------------------------------------------------------------------------------------- the text is not at hand


def test_an_equal_entry_verifies_without_the_text() -> None:
    assert judge(CLAIM, None, LOCK) == Verdict(Status.LOCKED)
    assert judge(replace(CLAIM, locators=(5, 1)), None, LOCK) == Verdict(Status.LOCKED)
    assert judge(replace(CLAIM, locators=()), None, LOCK) == Verdict(Status.LOCKED)


def test_glyph_variants_are_equal() -> None:
    lock = [locked(Claim("harbour-2031", "so-called 'grey fleet'", "Lee Won", (8,)))]
    assert judge(Claim("harbour-2031", "so‑called ‘grey fleet’", "Lee Won", (8,)), None, lock).status == Status.LOCKED


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (replace(CLAIM, quotation="very usefull"), "nearest: the source has “useful”, the quotation “usefull”"),
        (replace(CLAIM, quotation="ready to impose higher duties"), "the lock has no such quotation of harbour-2031"),
        (replace(CLAIM, speaker="Ana Park"), "the lock has these words from Lee Won in para 1"),
        (replace(CLAIM, locators=(2, 3)), "the lock has these words from Lee Won in para 1"),
    ],
)
def test_no_equal_entry_of_a_locked_source_is_an_error(claim: Claim, said: str) -> None:
    verdict = judge(claim, None, LOCK)
    assert told(verdict) == (Status.WRONG, "quote-not-locked")
    assert said in verdict.message
    assert "get the source's text and run `briefing check --lock`" in verdict.help  # no lock is written without it


def test_a_source_of_which_nothing_is_locked_leaves_a_quotation_unverified() -> None:
    assert told(judge(replace(CLAIM, source="elsewhere-2031"), None, LOCK)) == (Status.UNVERIFIED, "quote-unverified")
    assert told(judge(CLAIM, None, ())) == (Status.UNVERIFIED, "quote-unverified")

"""Every quotation of a dossier with its text or the lock: what holds, what does not, and what is said of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing.diagnostics import Diagnostic, Severity
from briefing.loading import load
from briefing.lock import Verification, lock_entries, new_quotations, verify
from briefing.model import Citation, Dossier, Meeting, Position
from briefing.quotes import LockEntry, Status
from tests.small import BRIEF, CALL, HARBOUR, RELEASE, Change, small, texts

QUOTE = "quote: We will not rule out lower quotas if the science is clear"
CITE = f"{QUOTE}\n    cite: harbour-2031 para 2"
BOTH = f"{QUOTE}\n    cite: [release-2031 para 1, harbour-2031 para 2]"
LETTER = (CALL, QUOTE, QUOTE.replace("lower", "lowers"))
PARK = "by: Park Min-ho\n    topic: quotas"
SWAPPED = (
    (CALL, PARK, PARK.replace("Park Min-ho", "Haruto Sato")),
    (BRIEF, "park-min-ho/quotas", "haruto-sato/quotas"),
)


def locked() -> tuple[LockEntry, ...]:
    """The lock of the small dossier as it stands."""
    return lock_entries(small(), texts())


def verified(
    *changes: Change, without: tuple[str, ...] = (), lock: tuple[LockEntry, ...] | None = None
) -> Verification:
    """Verify the small dossier, changed, against its lock; some texts may be missing."""
    at_hand = {source: text for source, text in texts().items() if source not in without}
    return verify(small(*changes), at_hand, locked() if lock is None else lock)


def of_park(verification: Verification, dossier: Dossier) -> tuple[Status, str, int | None]:
    """The verdict on what Park Min-ho said of quotas."""
    (meeting,) = dossier.meetings
    position = meeting.positions[1]
    verdict = verification.of(position, position.quotes[0], meeting)
    return verdict.status, verdict.source, verdict.paragraph


def only(verification: Verification) -> Diagnostic:
    (diagnostic,) = verification.diagnostics
    return diagnostic


# ----------------------------------------------------------------------------------------------- with the text at hand


def test_every_quotation_is_found_in_its_paragraph() -> None:
    verification = verified()
    assert verification.diagnostics == ()
    assert of_park(verification, small()) == (Status.VERIFIED, HARBOUR, 2)
    assert verification.by_source(HARBOUR) == (2, 2, Status.VERIFIED)
    assert verification.by_source(RELEASE) == (1, 1, Status.VERIFIED)


def test_one_letter_is_an_error_that_shows_the_difference_at_its_place() -> None:
    verification = verified(LETTER)
    said = only(verification)
    assert (said.rule, said.severity, said.location.line) == ("quote-not-found", Severity.ERROR, 31)
    assert said.message.startswith("“We will not rule out lowers quotas if the science is clear”: ")
    assert "cited:  We will not rule out [lowers] quotas" in said.help
    assert of_park(verification, small(LETTER)) == (Status.WRONG, HARBOUR, None)
    assert verification.by_source(HARBOUR) == (1, 2, Status.WRONG)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("quote-not-quoted", (CALL, QUOTE, "quote: the suspected overfishing hurts everybody's catch")),
        ("quote-cut-word", (CALL, QUOTE, "quote: We will not rule out lower quota")),
        ("quote-ellipsis", (CALL, QUOTE, "quote: We will not rule out ... if the science is clear")),
        ("quote-elsewhere", (CALL, CITE, CITE.replace("para 2", "para 1"))),
        ("quote-not-found", (CALL, "patrols should go on", "patrols should not go on")),
    ],
)
def test_the_rules_of_the_lock(rule: str, change: Change) -> None:
    said = only(verified(change))
    assert (said.rule, said.severity) == (rule, Severity.ERROR)


def test_another_speaker_is_not_the_one_that_was_locked() -> None:
    said = only(verified(*SWAPPED))
    assert (said.rule, said.severity) == ("quote-not-locked", Severity.WARNING)
    assert "there it is from Park Min-ho" in said.message


def test_a_quotation_stands_in_one_of_the_sources_cited() -> None:
    both = (CALL, CITE, BOTH)
    assert of_park(verified(both), small(both)) == (Status.VERIFIED, HARBOUR, 2)


def test_of_two_sources_the_one_that_has_the_like_is_told() -> None:
    said = only(verified((CALL, CITE, BOTH.replace("lower", "lowers"))))
    assert "[lowers]" in said.help


def test_a_text_that_is_missing_may_hold_what_another_does_not() -> None:
    both = (CALL, CITE, f"{LETTER[2]}\n    cite: [harbour-2031 para 2, release-2031]")
    verification = verified(both, without=(RELEASE,), lock=())
    assert of_park(verification, small(both)) == (Status.UNVERIFIED, RELEASE, None)


def test_a_citation_of_the_whole_lets_it_stand_anywhere() -> None:
    whole = (CALL, CITE, CITE.replace(" para 2", ", harbour-2031 para 1").replace("cite: ", "cite: [") + "]")
    assert of_park(verified(whole), small(whole)) == (Status.VERIFIED, HARBOUR, 2)


def test_what_is_cut_off_its_sentence_is_a_warning_until_looked_at() -> None:
    cut = (CALL, QUOTE, "quote: rule out lower quotas if the science is clear")
    lock = lock_entries(small(cut), texts())
    said = only(verified(cut, lock=lock))
    assert (said.rule, said.severity) == ("cut-sense", Severity.WARNING)
    assert "“not” stands before the words quoted" in said.message
    assert verified((CALL, QUOTE, f"{cut[2]}\n    hedge: none"), lock=lock).diagnostics == ()


PATROLS = "by: Park Min-ho\n    topic: patrols"


@pytest.mark.parametrize(
    ("marks", "change", "told"),
    [
        ("", (), ["release-words"]),
        ('"', (), []),
        ("", ((CALL, PATROLS, PATROLS.replace("Park Min-ho", "kr-oceans")),), []),
        ("", ((CALL, PATROLS, f"hedge: none\n    {PATROLS}"),), []),
        ("", (("sources.yaml", "kind: release", "kind: statement"),), []),
    ],
)
def test_the_words_of_a_release_are_not_those_of_a_person(
    marks: str, change: tuple[Change, ...], told: list[str]
) -> None:
    said, _, rest = texts()[RELEASE].replace('"', "").partition("patrols should go on through the winter")
    held = {**texts(), RELEASE: f"{said}{marks}patrols should go on through the winter{marks}{rest}"}
    dossier = small(*change)
    found = verify(dossier, held, lock_entries(dossier, held)).diagnostics
    assert [(d.rule, d.severity) for d in found] == [(rule, Severity.WARNING) for rule in told]


# ------------------------------------------------------------------------------------------------- without the text


def test_without_the_text_the_lock_verifies() -> None:
    verification = verified(without=(HARBOUR,))
    assert verification.diagnostics == ()
    assert of_park(verification, small()) == (Status.LOCKED, HARBOUR, 2)
    assert verification.by_source(HARBOUR) == (2, 2, Status.LOCKED)


ELSEWHERE = (CALL, CITE, CITE.replace("para 2", "para 3"))


@pytest.mark.parametrize("changes", [(LETTER,), SWAPPED, (ELSEWHERE,)], ids=["letter", "speaker", "paragraph"])
def test_without_the_text_what_is_not_in_the_lock_is_an_error(changes: tuple[Change, ...]) -> None:
    verification = verified(*changes, without=(HARBOUR,))
    said = only(verification)
    assert (said.rule, said.severity) == ("quote-not-locked", Severity.ERROR)
    assert of_park(verification, small(*changes)) == (Status.WRONG, HARBOUR, None)


def test_without_text_and_lock_it_is_said_once_that_nothing_is_verified() -> None:
    verification = verified(without=(HARBOUR,), lock=tuple(e for e in locked() if e.source == RELEASE))
    said = only(verification)
    assert (said.rule, said.severity, said.location.file) == (
        "quote-unverified",
        Severity.WARNING,
        "small/sources.yaml",
    )
    assert said.message.startswith("2 quotations of harbour-2031 cannot be verified")
    assert verification.by_source(HARBOUR) == (0, 2, Status.UNVERIFIED)


def test_a_quotation_whose_source_could_not_be_read_is_unverified() -> None:
    dossier = small()
    (meeting,) = dossier.meetings
    lost = replace(meeting.positions[1], cite=(Citation("nowhere", (1,)),))
    broken = replace(dossier, meetings=(replace(meeting, positions=(lost,)),))
    verdict = verify(broken, texts(), ()).of(lost, lost.quotes[0], meeting)
    assert verdict.status is Status.UNVERIFIED


# ----------------------------------------------------------------------------------------------------------- the lock


def test_a_new_dossier_is_told_once_that_nothing_is_locked() -> None:
    said = only(verified(lock=()))
    assert (said.rule, said.severity) == ("quote-not-locked", Severity.WARNING)
    assert said.message == "3 quotations of 2 sources verified, but nothing of these is in the lock yet"


def test_of_one_source_that_is_not_in_the_lock_yet_it_is_said_which() -> None:
    said = only(verified(lock=tuple(entry for entry in locked() if entry.source != HARBOUR)))
    assert said.message == "2 quotations of harbour-2031 verified, but nothing of it is in the lock yet"


def test_a_text_that_changed_is_told_once_with_all_that_was_locked_of_it() -> None:
    changed = {**texts(), HARBOUR: texts()[HARBOUR] + "\nA correction.\n"}
    said = only(verify(small(), changed, locked()))
    assert (said.rule, said.severity) == ("text-changed", Severity.WARNING)
    assert "para 1: before the next season" in said.help
    assert "para 2: We will not rule out" in said.help


def test_the_lock_made_anew_keeps_what_still_verifies_without_its_text() -> None:
    without = {RELEASE: texts()[RELEASE]}
    assert lock_entries(small(), without, locked()) == locked()
    assert {e.quotation for e in lock_entries(small(LETTER), without, locked())} == {
        "before the next season",
        "patrols should go on through the winter",
    }


def test_a_new_quotation_is_shown_in_its_sentence_with_the_full_name() -> None:
    (new,) = new_quotations(small(*SWAPPED), texts(), locked())
    assert (new.speaker, new.source, new.paragraph) == ("Haruto Sato", HARBOUR, 2)
    assert f"{new.before}[{new.quotation}]{new.after}".startswith('"[We will not rule out')
    assert new_quotations(small(), texts(), locked()) == ()


def test_speakers_are_locked_by_their_full_names() -> None:
    assert {entry.speaker for entry in locked()} == {"Grace Park", "Park Min-ho"}
    joint = (CALL, "by: Park Min-ho\n    topic: patrols", "by: [US, KR]\n    topic: patrols")
    assert "United States and South Korea" in {entry.speaker for entry in lock_entries(small(joint), texts())}
    ministry = (CALL, "by: Park Min-ho\n    topic: patrols", "by: kr-oceans\n    topic: patrols")
    speakers = {entry.speaker for entry in lock_entries(small(ministry), texts())}
    assert "South Korea’s Ministry of Oceans and Fisheries" in speakers


# -------------------------------------------------------------------------------------------------------- the example

EXAMPLE = Path(__file__).parent.parent / "sources" / "arms-for-russia"
ARTICLES = os.environ.get("BRIEFING_TEXTS", "")
WITH_ARTICLES = pytest.param(
    ARTICLES, marks=pytest.mark.skipif(not ARTICLES, reason="BRIEFING_TEXTS names no folder with the articles")
)


def misquoted(dossier: Dossier) -> Iterator[tuple[Dossier, Position, Meeting]]:
    """The dossier with one letter changed in one of its quotations, for each of them."""
    for meeting in dossier.meetings:
        for position in meeting.positions:
            for n, quotation in enumerate(position.quotes):
                at = len(quotation.text) // 2
                letter = "x" if quotation.text[at].isalpha() else f"x{quotation.text[at]}"
                wrong = replace(quotation, text=f"{quotation.text[:at]}{letter}{quotation.text[at + 1 :]}")
                quotes = (*position.quotes[:n], wrong, *position.quotes[n + 1 :])
                yield _with(dossier, meeting, position, replace(position, quotes=quotes))


def _with(dossier: Dossier, meeting: Meeting, old: Position, new: Position) -> tuple[Dossier, Position, Meeting]:
    positions = tuple(new if position is old else position for position in meeting.positions)
    changed = replace(meeting, positions=positions)
    return replace(dossier, meetings=tuple(changed if m is meeting else m for m in dossier.meetings)), new, changed


@pytest.mark.parametrize("articles", ["", WITH_ARTICLES])
def test_the_example_is_clean_and_every_quotation_of_it_holds(articles: str) -> None:
    loaded = load(EXAMPLE, Path(articles) if articles else None)
    assert loaded.diagnostics == ()
    held = Status.VERIFIED if articles else Status.LOCKED
    assert {verdict.status for verdict in loaded.verification.verdicts.values()} == {held}
    assert len(loaded.verification.verdicts) == 22


@pytest.mark.parametrize("articles", ["", WITH_ARTICLES])
def test_one_letter_in_any_quotation_of_the_example_is_refused(articles: str) -> None:
    loaded = load(EXAMPLE, Path(articles) if articles else None)
    for dossier, position, meeting in misquoted(loaded.dossier):
        verification = verify(dossier, loaded.texts, loaded.lock)
        statuses = [verification.of(position, quotation, meeting).status for quotation in position.quotes]
        assert statuses.count(Status.WRONG) == 1

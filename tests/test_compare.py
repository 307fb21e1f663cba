"""The rules of cells, standings and alignment, each on the smallest dossier that shows it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from briefing.compare import AlignmentKind, Cell, CellKind, Comparison, compare
from briefing.model import Dossier, Stance
from briefing.readers.dossier import read_dossier
from briefing.wording import Wording

DOSSIER = """
schema: 1
title: Fishing rights
countries: [US, KR, JP]
institutions:
  us-state: {name: U.S. Department of State, short: Washington, country: US}
  jp-mofa: {name: Japan’s Foreign Ministry, short: Tokyo, country: JP}
topics:
  quota:
    label: A lower quota
    question: Should the quota be lowered?
  season:
    label: A shorter season
    question: Should the season be shorter?
  other:
    label: Other matters
"""
PEOPLE = """
Ann Archer: {family: Archer, country: US}
Bae Bora: {family: Bae, country: KR}
Chiyo Chiba: {family: Chiba, country: JP}
Cho Dana: {family: Cho, country: AU}
"""
SOURCES = """
gazette: {kind: report, publisher: The Gazette, title: Talks on fish, date: 2024-05-20, language: en}
us-note: {kind: release, issuer: us-state, title: Readout, date: 2024-05-20, language: en}
jp-note: {kind: release, issuer: jp-mofa, title: Readout, date: 2024-05-20, language: ja}
joint-note: {kind: statement, issuer: [US, KR, JP], title: Joint statement, date: 2024-05-20, language: en}
"""
ENVOYS = ("Ann Archer", "Bae Bora", "Chiyo Chiba")
ALL_THREE = f"[{', '.join(f'{{person: {name}, title: envoy, cite: para 1}}' for name in ENVOYS)}]"


def meeting(
    positions: str,
    *,
    date: str = "2024-05-01",
    accounts: str = "gazette",
    participants: str = ALL_THREE,
    actions: str = "none recorded",
    more: str = "",
) -> str:
    if "{person" in participants and "[" in accounts:
        participants = participants.replace("cite: para 1", "cite: gazette para 1")
    lines = "".join(f"\n  - {p}" for p in positions.strip().splitlines()) if positions else " none recorded"
    return (
        f"title: Talks\naccounts: {accounts}\ndate: {date}\nplace: Busan\nparticipants: {participants}\n"
        f"positions:{lines}\nactions: {actions}\n{more}"
    )


def read(*meetings: str, dossier: str = DOSSIER) -> Dossier:
    files = {"dossier.yaml": dossier, "people.yaml": PEOPLE, "sources.yaml": SOURCES}
    files |= {f"meetings/m{n}.yaml": text for n, text in enumerate(meetings, 1)}
    value, problems = read_dossier({k: v.encode() for k, v in files.items()}, "fish", "fish")
    assert not [p for p in problems if p.severity == "error"], "\n".join(map(str, problems))
    return value


def row(dossier: Dossier, topic: str = "quota", countries: tuple[str, ...] = ()) -> Mapping[str, Cell]:
    return {c.country: c for r in compare(dossier, countries).rows if r.topic.id == topic for c in r.cells}


def alignment(comparison: Comparison, topic: str = "quota") -> AlignmentKind:
    return next(r.alignment.kind for r in comparison.rows if r.topic.id == topic)


ARCHER_FOR = "{by: Ann Archer, topic: quota, stance: support, summary: Wants less., cite: para 2}"
BAE_FOR = "{by: Bae Bora, topic: quota, stance: support, summary: Wants less., cite: para 3}"
BAE_AGAINST = "{by: Bae Bora, topic: quota, stance: oppose, summary: Wants more., cite: para 3}"
CHIBA_FOR = "{by: Chiyo Chiba, topic: quota, stance: support, summary: Wants less., cite: para 4}"
JOINT_FOR = "{by: [US, KR, JP], per: us-state, topic: quota, stance: support, summary: All want less., cite: para 5}"


# -------------------------------------------------------------------------------------------------- the five cells


def test_a_position_of_its_own_fills_its_cell() -> None:
    assert row(read(meeting(ARCHER_FOR)))["US"].kind is CellKind.OWN


def test_who_stands_only_in_a_joint_text_is_joint() -> None:
    cells = row(read(meeting(f"{ARCHER_FOR}\n{JOINT_FOR}")))
    assert (cells["US"].kind, cells["KR"].kind, cells["JP"].kind) == (CellKind.OWN, CellKind.JOINT, CellKind.JOINT)


def test_a_party_to_an_agreed_action_is_joint_and_who_is_left_out_is_not() -> None:
    action = "[{parties: [KR, JP], kind: agreement, topic: quota, summary: Share data., cite: para 6}]"
    cells = row(read(meeting("", actions=action)))
    assert [cells[c].kind for c in ("US", "KR", "JP")] == [CellKind.SILENT, CellKind.JOINT, CellKind.JOINT]


def test_who_signed_the_statement_that_says_it_together_is_joint() -> None:
    joint = "{by: [US, KR], topic: quota, stance: support, summary: Both want less., cite: joint-note para 2}"
    cells = row(read(meeting(joint, accounts="joint-note")))
    assert cells["JP"].kind is CellKind.JOINT


def test_who_took_part_and_said_nothing_is_silent() -> None:
    cell = row(read(meeting(ARCHER_FOR)))["JP"]
    assert cell.kind is CellKind.SILENT
    assert Wording(read(meeting(ARCHER_FOR))).silence(cell) == "No position in the accounts read (The Gazette)"


def test_silence_in_other_governments_accounts_says_that_none_of_its_own_was_read() -> None:
    dossier = read(meeting(ARCHER_FOR, accounts="us-note"))
    assert Wording(dossier).silence(row(dossier)["JP"]).endswith("; none of Japan’s own")


def test_who_was_not_there_is_absent() -> None:
    two = "[{person: Ann Archer, title: envoy, cite: para 1}, {person: Bae Bora, title: envoy, cite: para 1}]"
    assert row(read(meeting(ARCHER_FOR, participants=two)))["JP"].kind is CellKind.ABSENT


@pytest.mark.parametrize("more", ["pending: [JP]\n", "draft: true\n"])
def test_who_took_part_in_a_meeting_still_to_be_read_is_not_silent(more: str) -> None:
    assert row(read(meeting(ARCHER_FOR, more=more)))["JP"].kind is CellKind.PENDING


def test_a_pending_account_of_one_side_leaves_the_others_silent() -> None:
    cells = row(read(meeting(ARCHER_FOR, more="pending: [JP]\n")))
    assert cells["KR"].kind is CellKind.SILENT


def test_a_topic_nobody_raised_has_no_row() -> None:
    comparison = compare(read(meeting(ARCHER_FOR)))
    assert [t.id for t in comparison.unraised] == ["season", "other"]


def test_a_fourth_country_has_its_column() -> None:
    cells = row(read(meeting(ARCHER_FOR)), countries=("US", "AU"))
    assert [c.kind for c in cells.values()] == [CellKind.OWN, CellKind.ABSENT]


# ------------------------------------------------------------------------------------------------------- standings


def test_the_latest_meeting_decides() -> None:
    dossier = read(meeting(BAE_FOR, date="2024-03-01"), meeting(BAE_AGAINST, date="2024-04-01"))
    cell = row(dossier)["KR"]
    assert cell.standing is not None
    assert (cell.standing.stance, cell.standing.meeting.id) == (Stance.OPPOSE, "m2")


def test_before_another_meeting_sorts_just_before_it() -> None:
    early = meeting(BAE_FOR, date="{before: m2, words: before the talks, cite: para 9}")
    cell = row(read(early, meeting(BAE_AGAINST, date="2024-04-01"), meeting("", date="2024-03-01")))["KR"]
    assert cell.standing is not None
    assert cell.standing.stance is Stance.OPPOSE


def test_its_own_word_goes_before_a_joint_one() -> None:
    dossier = read(meeting(f"{BAE_AGAINST}\n{JOINT_FOR}"))
    cell = row(dossier)["KR"]
    assert cell.standing is not None
    assert (cell.kind, cell.standing.stance) == (CellKind.OWN, Stance.OPPOSE)


def test_an_own_position_leads_though_a_joint_one_is_later() -> None:
    dossier = read(meeting(BAE_FOR, date="2024-03-01"), meeting(JOINT_FOR, date="2024-04-01"))
    cell = row(dossier)["KR"]
    assert (cell.kind, cell.entries[0].meeting.id) == (CellKind.OWN, "m1")


def test_equally_good_accounts_that_differ_make_it_unclear_and_show_both() -> None:
    cell = row(read(meeting(f"{BAE_FOR}\n{BAE_AGAINST}")))["KR"]
    assert cell.standing is not None
    assert cell.standing.stance is Stance.UNCLEAR
    assert set(cell.standing.differing) == {Stance.SUPPORT, Stance.OPPOSE}


def test_another_countrys_account_is_named_and_missed_in_its_own() -> None:
    told = "{by: Chiyo Chiba, per: us-state, topic: quota, stance: support, summary: Less., cite: us-note para 2}"
    dossier = read(meeting(told, accounts="[us-note, jp-note]"))
    remarks = Wording(dossier).remarks(row(dossier)["JP"])
    assert remarks == ("Not in Japan’s own account.",)


def test_a_condition_holds_until_the_stance_changes() -> None:
    conditional = BAE_FOR.replace("summary", "condition: a fair share, summary")
    kept = read(meeting(conditional, date="2024-03-01"), meeting(BAE_FOR, date="2024-04-01"))
    assert Wording(kept).remarks(row(kept)["KR"]) == (
        "Bae Bora’s condition (1\N{NO-BREAK SPACE}March 2024) was not repeated on 1\N{NO-BREAK SPACE}April 2024.",
    )
    dropped = read(meeting(conditional, date="2024-03-01"), meeting(BAE_AGAINST, date="2024-04-01"))
    assert row(dropped)["KR"].conditional is None


# ------------------------------------------------------------------------------------------------------- alignment


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        (f"{ARCHER_FOR}\n{BAE_FOR}\n{CHIBA_FOR}", AlignmentKind.ALIGNED),
        (f"{ARCHER_FOR}\n{BAE_FOR}", AlignmentKind.AMONG),
        (f"{ARCHER_FOR}\n{BAE_AGAINST}\n{CHIBA_FOR}", AlignmentKind.DIVIDED),
        (f"{ARCHER_FOR}\n{BAE_FOR.replace('support', 'unclear')}", AlignmentKind.UNDETERMINED),
        (ARCHER_FOR, AlignmentKind.ONE),
    ],
)
def test_the_rule_answers(positions: str, expected: AlignmentKind) -> None:
    assert alignment(compare(read(meeting(positions)))) is expected


def test_support_and_opposition_divide_though_a_third_is_unclear() -> None:
    unclear = CHIBA_FOR.replace("support", "unclear")
    assert alignment(compare(read(meeting(f"{ARCHER_FOR}\n{BAE_AGAINST}\n{unclear}")))) is AlignmentKind.DIVIDED


def test_an_agreed_action_alone_aligns_nobody() -> None:
    action = "[{parties: [KR, JP], kind: agreement, topic: quota, summary: Share data., cite: para 6}]"
    assert alignment(compare(read(meeting("", actions=action)))) is AlignmentKind.ACTION_ONLY


def test_a_topic_without_a_question_is_not_coded() -> None:
    position = "{by: Ann Archer, topic: other, summary: Spoke of weather., cite: para 7}"
    assert alignment(compare(read(meeting(position))), "other") is AlignmentKind.NO_QUESTION


def test_what_modifies_an_alignment_is_said() -> None:
    told = "{by: Chiyo Chiba, per: us-state, topic: quota, stance: support, summary: Less., cite: para 2}"
    conditional = BAE_FOR.replace("summary", "condition: a fair share, summary")
    dossier = read(meeting(f"{ARCHER_FOR}\n{conditional}\n{told}"))
    comparison = compare(dossier)
    assert Wording(dossier).alignment_sentence(comparison.rows[0]) == (
        "all three support, 1\N{NO-BREAK SPACE}May 2024; Japan per Washington."
    )
    assert Wording(dossier).alignment_word(comparison.rows[0].alignment) == "Aligned, with conditions"


def test_others_are_named_with_their_cell() -> None:
    dossier = read(meeting(ARCHER_FOR))
    words = Wording(dossier)
    only = compare(dossier).rows[0]
    assert words.alignment_word(only.alignment) == "Only U.S."
    assert words.alignment_sentence(only) == ("the United States supports; silent: South Korea, Japan.")


# ---------------------------------------------------------------------------------------------------------- drafts


def test_a_draft_never_displaces_what_is_confirmed() -> None:
    dossier = read(meeting(BAE_FOR, date="2024-03-01"), meeting(BAE_AGAINST, date="2024-04-01", more="draft: true\n"))
    cell = row(dossier)["KR"]
    assert cell.standing is not None
    assert (cell.standing.stance, cell.entries[0].meeting.id) == (Stance.SUPPORT, "m1")


def test_where_nothing_is_confirmed_the_draft_stands() -> None:
    cell = row(read(meeting(BAE_AGAINST, more="draft: true\n")))["KR"]
    assert cell.standing is not None
    assert (cell.kind, cell.standing.stance) == (CellKind.OWN, Stance.OPPOSE)

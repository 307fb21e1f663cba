"""What a template is given: tables that fit the sheet, a bottom line where nobody wrote one, what was not said."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from briefing.compare import compare
from briefing.lock import verify
from briefing.model import Brief, Day, Dossier, Origin
from briefing.readers.words import english
from briefing.sheet import PageView, draft_reason, information_date, sheet
from tests.test_compare import ARCHER_FOR, BAE_FOR, CHIBA_FOR, DOSSIER, meeting, read

ORIGIN = read(meeting(ARCHER_FOR)).origin
BRIEF = Brief("brief", "Fish", Origin("briefs/brief.yaml", "", ORIGIN.location))


def given(dossier: Dossier, brief: Brief = BRIEF, countries: tuple[str, ...] = ()) -> dict[str, object]:
    comparison = compare(dossier, countries)
    return dict(sheet(dossier, brief, comparison, verify(dossier, {}, ()), english()))


@pytest.mark.parametrize(
    ("count", "landscape", "tables", "width"),
    [
        (1, False, 1, 170),
        (2, False, 1, 170),
        (3, False, 1, 170),
        (4, True, 1, 257),
        (5, True, 1, 257),
        (7, True, 2, 257),
    ],
)
def test_more_than_three_countries_turn_the_page_and_more_than_five_make_two_tables(
    count: int, landscape: bool, tables: int, width: float
) -> None:
    codes = ("US", "KR", "JP", "AU", "CN", "RU", "GB")[:count]
    page = given(read(meeting(ARCHER_FOR)), countries=codes)["page"]
    assert isinstance(page, PageView)
    assert (page.landscape, len(page.groups)) == (landscape, tables)
    assert [n for g in page.groups for n in range(g.first, g.end)] == list(range(count))
    assert all(sum(g.matrix_widths) == pytest.approx(width, abs=0.1) for g in page.groups)


def test_a_bottom_line_nobody_wrote_says_what_the_comparison_says() -> None:
    action = "[{parties: [KR, JP], kind: agreement, topic: other, summary: Share data., cite: para 6}]"
    points = given(read(meeting(f"{ARCHER_FOR}\n{BAE_FOR}\n{CHIBA_FOR}", actions=action)))["bottom_line"]
    assert [(p.lead, p.text) for p in points] == [  # type: ignore[attr-defined]
        ("Aligned on one:", "A lower quota."),
        ("One agreed action.", "One of them binds only some of the countries compared."),
    ]


def test_silence_and_absence_are_told_and_a_wider_topic_is_raised_through_its_own() -> None:
    wider = DOSSIER.replace(
        "  other:\n    label: Other matters", "  sea:\n    label: The sea\n  other:\n    label: Other"
    )
    nested = wider.replace("label: A lower quota", "label: A lower quota\n    parent: sea")
    told = [(u.label, u.words) for u in given(read(meeting(ARCHER_FOR), dossier=nested))["unsaid"]]  # type: ignore[attr-defined]
    assert told == [
        ("A lower quota", "South Korea and Japan took no position in the accounts read (The Gazette)."),
        ("A shorter season", "Raised by nobody at the meetings of this brief."),
        ("Other", "Raised by nobody at the meetings of this brief."),
    ]


def test_the_legend_explains_the_signs_that_are_there() -> None:
    assert [item.sign for item in given(read(meeting(ARCHER_FOR)))["legend"]] == ["●", "○"]  # type: ignore[attr-defined]


def test_the_date_printed_is_the_cut_off_else_the_newest_source() -> None:
    dossier = read(meeting(ARCHER_FOR))
    assert information_date(dossier, replace(BRIEF, as_of=Day(2024, 6, 1))) == Day(2024, 6, 1)
    assert information_date(dossier, BRIEF) == Day(2024, 5, 20)


def test_drafts_and_unverified_quotations_stamp_a_brief() -> None:
    quoted = ARCHER_FOR.replace("cite", "quote: less fish, cite")
    for made, reason in (
        (meeting(ARCHER_FOR), ""),
        (meeting(ARCHER_FOR, more="draft: true\n"), "Draft: not confirmed by a person"),
        (meeting(quoted), "Draft: quotations not verified"),
    ):
        dossier = read(made)
        assert draft_reason(dossier, BRIEF, verify(dossier, {}, ()), english()) == reason

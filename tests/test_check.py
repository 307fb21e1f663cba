"""Every rule has a change that turns it red, and one as near to it that does not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from briefing.check import RULES, TEXT_RULES, check
from briefing.diagnostics import Diagnostic
from briefing.lock import lock_entries, verify
from briefing.model import Dossier
from tests.small import BRIEF, CALL, Change, small, texts

DOSSIER = "dossier.yaml"
PEOPLE = "people.yaml"
GRACE = "  - person: Grace Park\n    title: envoy for the oceans\n    cite: harbour-2031 para 1\n"
HARUTO = "  - person: Haruto Sato\n    title: unknown\n    cite: harbour-2031 para 3\n"
PATROLS = "by: Park Min-ho\n    topic: patrols"
SUMMARY = "Wants less fishing allowed, and soon."
GIST = "gist: Lower, and soon"
CONTEXT = "Stocks in the strait have been counted each spring."
DATE = "text: 2031-05-07, weekday: Wednesday"
LABEL = "label: Lower catch quotas"
LEAD = "Washington wants lower quotas."
JUDGEMENT = "Seoul will come round once the stocks are counted."
HANDLING = "handling: TLP:GREEN"
LETTER = """\
title: Letter about the nets
accounts: release-2031
date: 2031-05-08
participants: [US, KR]
positions: none recorded
actions: none recorded
"""
TWO_MAYS = (
    PEOPLE,
    "Grace Park:",
    "Ann May: {family: May, country: US}\nBo May: {family: May, country: US}\nGrace Park:",
)
TWO_ONEILLS = (PEOPLE, TWO_MAYS[1], TWO_MAYS[2].replace("May", "O’Neill"))
RELEASED = "date: 2031-05-08\n  language: en"
NEW_LETTER = ("meetings/2031-05-08-letter.yaml", "", LETTER)
RESTS = "rests_on: [2031-05-07-call/grace-park/quotas]"


def later(stance: str, by: str = "US") -> Change:
    """A letter of the day after the call, with a stance on quotas."""
    said = f"positions:\n  - {{by: {by}, topic: quotas, stance: {stance}, summary: Wants another law., cite: para 1}}"
    return (NEW_LETTER[0], "", LETTER.replace("positions: none recorded", said))


def problems(dossier: Dossier) -> tuple[Diagnostic, ...]:
    """Check a dossier with its texts, every quotation of it locked."""
    lock = lock_entries(dossier, texts())
    return check(dossier, verify(dossier, texts(), lock))


def rules(found: Iterable[Diagnostic]) -> set[str]:
    return {diagnostic.rule for diagnostic in found}


def test_the_small_dossier_is_clean() -> None:
    assert problems(small()) == ()


# ------------------------------------------------------------------------------------------------ changes that turn red

RED: tuple[tuple[str, tuple[Change, ...]], ...] = (
    ("speaker-not-participant", ((CALL, GRACE, "  - country: US\n    title: unknown\n"),)),
    ("country-not-present", ((CALL, PATROLS, "by: CN\n    topic: patrols"),)),
    ("country-not-present", ((CALL, HARUTO, ""),)),  # Japan is a party of the agreed action
    ("country-not-present", ((CALL, "place: unknown", "place: unknown\npending: CN"),)),
    ("joint-of-one-country", ((CALL, PATROLS, "by: [Park Min-ho, KR]\n    topic: patrols"),)),
    ("no-accounts", ((CALL, "accounts: [harbour-2031, release-2031]\n", ""),)),
    ("citation-outside-accounts", ((CALL, "accounts: [harbour-2031, release-2031]", "accounts: harbour-2031"),)),
    ("weekday", ((CALL, "weekday: Wednesday", "weekday: Tuesday"),)),
    ("weekday", ((CALL, "text: 2031-05-07", "text: 2031-05-08"),)),
    ("meeting-after-account", ((CALL, DATE, "text: 2031-05-09"),)),
    ("meeting-after-account", ((CALL, DATE, "text: 2031-06"),)),
    ("due-before-meeting", ((CALL, "due: 2031-11", "due: 2031-04"),)),
    ("due-before-meeting", ((CALL, "due: 2031-11", "due: 2030"),)),
    ("context-after-source", ((CALL, "date: 2031-05-01", "date: 2031-05-09"),)),
    ("as-of-too-early", ((BRIEF, "as_of: 2031-05-08", "as_of: 2031-05-07"),)),
    ("as-of-too-early", ((BRIEF, "as_of: 2031-05-08", "as_of: 2031-04"),)),
    ("same-surname", ((CALL, SUMMARY, "Park wants less fishing allowed."),)),
    ("same-surname", ((CALL, SUMMARY, "Wants what Minister Park’s office wants."),)),
    ("same-surname", ((CALL, SUMMARY, "Wants less, Grace Park said; Park did not say when."),)),
    ("same-surname", ((CALL, GIST, "gist: Lower, says Park"),)),
    ("same-surname", ((BRIEF, LEAD, "Park wants lower quotas."),)),
    ("same-surname", ((BRIEF, JUDGEMENT, "Park will come round."),)),
    ("same-surname", ((BRIEF, "judgements:", "recommendations:\n  - Ask Park.\n\njudgements:"),)),
    ("same-surname", ((CALL, CONTEXT, "Park Chung-ho had the stocks counted."),)),
    ("same-surname", (TWO_ONEILLS, (CALL, SUMMARY, "Wants what O'Neill wants."))),
    ("same-surname", (TWO_MAYS, (CALL, SUMMARY, "Wants less, and that Minister May agrees."))),
    ("same-file", (("sources.yaml", "articles/release.txt", "articles/Harbour.txt"),)),
    ("gist-length", ((CALL, GIST, f"gist: {'Lower, and '.ljust(47, 'x')}"),)),
    ("topic-label", ((DOSSIER, LABEL, "label: Lower catch quotas?"),)),
    ("topic-label", ((DOSSIER, LABEL, "label: Should quotas fall"),)),
    ("topic-label", ((DOSSIER, LABEL, "label: Lower catch quotas."),)),
    ("judged-fact", ((BRIEF, LEAD, "Washington will probably ask for lower quotas."),)),
    ("judged-fact", ((BRIEF, LEAD, "We judge that Washington wants lower quotas."),)),
    ("judged-fact", ((CALL, CONTEXT, "A ban is very unlikely."),)),
    ("judged-fact", ((CALL, SUMMARY, "Wants less fishing allowed; in our view, soon."),)),
    ("translation", (("sources.yaml", RELEASED, RELEASED.replace("en", "ko")),)),
    ("translation", ((BRIEF, "as_of:", "language: ko-KR\nas_of:"),)),
    ("stance-by-gloss", ((CALL, "    quote: before the next season\n", "    gloss: apparently next season\n"),)),
    ("handling-too-low", ((BRIEF, HANDLING, "handling: TLP:CLEAR"),)),
    ("handling-too-low", ((BRIEF, f"{HANDLING}\n", ""),)),
    ("handling-too-low", ((BRIEF, HANDLING, "handling: CUI"),)),
    ("rests-outside-brief", (NEW_LETTER, (BRIEF, "meetings: all", "meetings: 2031-05-08-letter"))),
    ("draft-in-brief", ((CALL, "stance: support\n", "stance: support\n    draft: true\n"),)),
    ("draft-in-brief", ((CALL, "format: call\n", "format: call\ndraft: true\n"),)),
    ("stance-moved-on", (later("oppose"),)),
    ("stance-moved-on", (later("unclear"),)),
    ("stance-moved-on", (later("oppose", "[US, KR]"),)),
    ("stance-moved-on", (later("oppose", "KR"),)),  # what a judgement rests on
    ("no-such-paragraph", ((CALL, "format: call", "format: call\ntime: {text: noon, cite: harbour-2031 para 9}"),)),
    ("no-such-paragraph", ((CALL, "cite: harbour-2031 para 4", "cite: harbour-2031 para 6"),)),
    ("no-such-paragraph", ((CALL, "Wednesday, cite: harbour-2031 para 1", "Wednesday, cite: harbour-2031 para 9"),)),
    ("hidden-quotation", ((CALL, SUMMARY, "Wants less fishing “before the season is out”."),)),
    ("hidden-quotation", ((CALL, GIST, "gist: Lower “very soon”"),)),
    ("hidden-quotation", ((CALL, "summary: Speak again.", "summary: Speak “again in autumn”."),)),
    ("hidden-quotation", ((CALL, CONTEXT, "Stocks have been “counted” each spring."),)),
    ("hidden-quotation", ((BRIEF, "“before the next season”", "“before next season”"),)),
    ("hidden-quotation", ((BRIEF, JUDGEMENT, "Seoul will soon call it “settled science”."),)),
    (
        "copied-words",
        ((CALL, SUMMARY, "Wants lower ones after a call with her South Korean and Japanese counterparts."),),
    ),
    ("hedge-lost", ((CALL, "sees harm for everybody in the suspected", "sees harm for everybody in the"),)),
    (
        "hedge-lost",  # a gloss may hedge something else
        (
            (CALL, "sees harm for everybody in the suspected overfishing.", "sees harm for all."),
            (CALL, "quote: We will not", "gloss: apparently those of 2032\n    quote: We will not"),
        ),
    ),
)


@pytest.mark.parametrize(("rule", "changes"), RED, ids=[rule for rule, _ in RED])
def test_a_change_turns_its_rule_red(rule: str, changes: tuple[Change, ...]) -> None:
    assert rule in rules(problems(small(*changes)))


# --------------------------------------------------------------------------------- changes that come near, and are fine

GREEN: dict[str, tuple[Change, ...]] = {
    "a country speaks where a person of it took part": ((CALL, PATROLS, "by: KR\n    topic: patrols"),),
    "two sources of one text": (("sources.yaml", "articles/release.txt", "articles/harbour.txt"),),
    "a joint position of two": ((CALL, PATROLS, "by: [Park Min-ho, JP]\n    topic: patrols"),),
    "a date without its weekday": ((CALL, DATE, "text: 2031-05"),),
    "the day after in Seoul is the day before in Washington": ((CALL, DATE, "text: 2031-05-08"),),
    "due in the month of the meeting": ((CALL, "due: 2031-11", "due: 2031-05"),),
    "a cut-off that is a month": ((BRIEF, "as_of: 2031-05-08", "as_of: 2031-05"),),
    "a cut-off before a meeting that is not printed": (
        NEW_LETTER,
        ("sources.yaml", "date: 2031-05-08", "date: 2031-05-07"),
        (BRIEF, "meetings: all", "meetings: 2031-05-07-call"),
        (BRIEF, "as_of: 2031-05-08", "as_of: 2031-05-07"),
    ),
    "full names": ((CALL, SUMMARY, "Wants, as Grace Park’s office and Park Min‑ho said, less fishing."),),
    "an alias": ((PEOPLE, "family: Park, country: US", "family: Park, country: US, aliases: G. Park"),
                 (CALL, SUMMARY, "Wants, as G. Park said, less.")),
    "a family name that only one has": ((CALL, SUMMARY, "Wants, with Sato, less fishing."),),
    "a family name that is a word": (TWO_MAYS, (CALL, SUMMARY, "Wants less from May onwards.")),
    "a word that begins like a family name": ((CALL, SUMMARY, "Wants no Parks and no Parking at sea."),),
    "a gist of two lines": ((CALL, GIST, f"gist: {'Lower, and '.ljust(46, 'x')}"),),
    "a label that begins with a month": ((DOSSIER, LABEL, "label: May talks on quotas"),),
    "a label that ends in initials": ((DOSSIER, LABEL, "label: Quotas like those of the U.S."),),
    "somebody's own estimate": ((CALL, SUMMARY, "Thinks a ban unlikely, and wants less fishing."),),
    "an estimate that somebody is named for": ((CALL, CONTEXT, "A ban is unlikely.\n    by: an observer"),),
    "a gloss beside a quotation": ((CALL, "quote: before the", "gloss: that of 2032\n    quote: before the"),),
    "a quotation in another language with its translation": (
        ("sources.yaml", RELEASED, RELEASED.replace("en", "ko")),
        (CALL, "quote: patrols", "translation: that they go on\n    quote: patrols"),
    ),
    "one language in two countries": ((BRIEF, "as_of:", "language: en-US\nas_of:"),),
    "an unclear stance by a gloss": (
        (CALL, "stance: support\n", "stance: unclear\n"),
        (CALL, "    quote: before the next season\n", "    gloss: apparently next season\n"),
        (BRIEF, "“before the next season”", "by next season"),
    ),
    "a brief above its dossier": ((BRIEF, HANDLING, "handling: TLP:AMBER+STRICT"),),
    "a draft that no brief prints": (
        (NEW_LETTER[0], "", f"{LETTER}draft: true\n"),
        (BRIEF, "meetings: all", "meetings: 2031-05-07-call"),
    ),
    "a later stance that is the same": (later("support"),),
    "a later stance that is known": (
        later("oppose"), (BRIEF, RESTS, f"{RESTS.removesuffix(']')}, 2031-05-08-letter/us/quotas]")
    ),
    "an earlier stance that was another": (
        later("oppose"),
        (BRIEF, RESTS, "rests_on: [2031-05-08-letter/us/quotas]"),
        (BRIEF, "“before the next season”", "so"),
    ),
    "a later stance of somebody else": (later("oppose", "JP"), (NEW_LETTER[0], "[US, KR]", "[US, KR, JP]")),
    "a later stance that is not printed": (later("oppose"), (BRIEF, "meetings: all", "meetings: 2031-05-07-call")),
    "words in marks that are quoted": ((CALL, SUMMARY, "Wants less, and that “before the next season”."),),
    "a piece of what is quoted": ((BRIEF, "“before the next season”", "“the next season”"),),
    "copied words that are names and titles": ((CALL, SUMMARY, "Grace Park, the envoy for the oceans, wants less."),),
    "a hedge looked at": (
        (CALL, "sees harm for everybody in the suspected overfishing.", "sees harm for all.\n    hedge: none"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("changes", GREEN.values(), ids=GREEN)
def test_what_comes_near_is_fine(changes: tuple[Change, ...]) -> None:
    assert problems(small(*changes)) == ()


def test_a_hedge_that_is_kept_copies_no_more_than_one_that_is_lost() -> None:
    kept = "Waits for the science, adding that the suspected overfishing hurts everybody's catch, and soon."
    assert (
        problems(small((CALL, "Waits for the science; sees harm for everybody in the suspected overfishing.", kept)))
        == ()
    )


def test_a_list_of_countries_that_ends_in_initials_has_one_stop() -> None:
    others = (CALL, "  - person: Park Min-ho\n    title: vice minister\n    cite: release-2031 para 1\n", "")
    japan = (CALL, "  - person: Haruto Sato\n    title: unknown\n    cite: harbour-2031 para 3\n", "")
    found = problems(small(others, japan))
    assert {d.help.splitlines()[0] for d in found if d.rule == "country-not-present"} == {
        "Taking part: U.S. Add who was there for it to `participants`, or take it out here."
    }


# ------------------------------------------------------------------------------------------------------------ handling

SPELLED = ("TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "CUI", "CUI//NOFORN", "OFFICIAL-SENSITIVE", "대외비", "取扱注意")
MISSPELLED = {
    "TLP:WHITE": "TLP 2.0 calls it TLP:CLEAR.",
    "TLP: RED": "Write TLP:RED: capitals, a colon, no blank.",
    "tlp:red": "Write TLP:RED: capitals, a colon, no blank.",
    "TLP-AMBER": "Write TLP:AMBER: capitals, a colon, no blank.",
    "AMBER": "Write TLP:AMBER: capitals, a colon, no blank.",
    "ＴＬＰ：ＲＥＤ": "Write TLP:RED: capitals, a colon, no blank.",
    "TLP:AMBER STRICT": "Did you mean 'TLP:AMBER+STRICT'? The labels are English in every language.",
    "TLP:ROUGE": "Did you mean 'TLP:RED'? The labels are English in every language.",
    "TPL:RED": "Did you mean 'TLP:RED'? The labels are English in every language.",
    "Confidential": "A handling label is written in capitals: CONFIDENTIAL.",
}


@pytest.mark.parametrize("label", SPELLED)
def test_a_handling_label_as_it_is_spelled(label: str) -> None:
    alike = ((DOSSIER, HANDLING, f"handling: {label}"), (BRIEF, HANDLING, f"handling: {label}"))
    assert problems(small(*alike)) == ()


@pytest.mark.parametrize(("label", "mend"), MISSPELLED.items())
def test_a_handling_label_misspelled(label: str, mend: str) -> None:
    found = problems(small((BRIEF, HANDLING, f'handling: "{label}"')))
    assert [d.help for d in found if d.rule == "handling-label"] == [mend]


# ----------------------------------------------------------------------------------------------------- the list itself


def test_a_rule_is_named_as_its_function_and_has_a_mutation() -> None:
    named = [function.__name__.replace("_", "-") for function in (*RULES, *TEXT_RULES)]
    assert len(named) == len(set(named))
    assert set(named) == {rule for rule, _ in RED} | {"handling-label"}


def test_problems_of_several_rules_are_all_told() -> None:
    found = problems(small((CALL, "weekday: Wednesday", "weekday: Tuesday"), (CALL, SUMMARY, "Park wants less.")))
    assert rules(found) == {"weekday", "same-surname"}

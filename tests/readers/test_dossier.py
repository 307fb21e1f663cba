"""The files of a dossier → Dossier: what each form of a field means, and every way a person can get one wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.diagnostics import Diagnostic, Location
from briefing.model import (
    ActionStatus,
    Citation,
    Country,
    Day,
    Dossier,
    Likelihood,
    Meeting,
    Native,
    Place,
    Position,
    PositionKind,
    Quotation,
    Rendering,
    SourceKind,
    Speaker,
    Stance,
    When,
)
from briefing.readers.dossier import read_dossier
from briefing.records import RECORDS

ROOT, PEOPLE, SOURCES = "dossier.yaml", "people.yaml", "sources.yaml"
OSLO, CALL, BRIEF = "meetings/2031-03-04-oslo.yaml", "meetings/2031-04-call.yaml", "briefs/grain.yaml"
FILES: Mapping[str, str] = {
    ROOT: """\
schema: 1
title: Grain through the strait
countries: [NO, TR]
institutions:
  no-mfa: {name: Norway’s Foreign Ministry, short: Oslo, country: NO}
  tr-mfa: {name: Türkiye’s Foreign Ministry, country: TR}
topics:
  grain:
    label: Open sea lanes for grain
    question: Should grain ships pass unhindered?
  aid: {label: Food aid, parent: grain}
  sums: {label: Paying for it, question: Should importers pay?}
""",
    PEOPLE: """\
Ana Lind: {family: Lind, country: NO}
Mehmet Kaya:
  family: Kaya
  country: TR
  aliases: Kaya Mehmet
Elif Kaya: {family: Kaya, country: TR}
Jón Þór: {family: Þór, country: IS, native: {text: Jón Þór, language: is, cite: no-2031}}
""",
    SOURCES: """\
wire-2031: {kind: report, publisher: The Harbour Wire, date: 2031-03-05, text: articles/wire.txt}
no-2031: {kind: release, issuer: no-mfa}
joint-2031: {kind: statement, issuer: [NO, tr-mfa]}
""",
    OSLO: """\
title: Talks on grain
accounts: wire-2031
date: 2031-03-04
participants:
  - person: Ana Lind
    title: state secretary
    cite: para 1
  - person: Mehmet Kaya
    title: unknown
positions:
  - by: Ana Lind
    topic: grain
    stance: support
    summary: Wants the lanes open.
    quote: open for everybody
    cite: para 2
actions:
  - parties: [NO, TR]
    kind: agreement
    topic: grain
    summary: Meet again.
    cite: para 3
context:
  - summary: It was their first meeting.
    cite: para 4
""",
    BRIEF: """\
title: Who stands where on grain
bottom_line:
  - lead: Both want the lanes open.
    text: Each said so.
    rests_on: 2031-03-04-oslo/ana-lind/grain
judgements:
  - text: They will meet again.
    likelihood: likely
    confidence: low
    rests_on: [2031-03-04-oslo/action-1]
""",
}


RECORDED = ("action-1", "ana-lind/grain", "context-1")


def read(files: Mapping[str, str] = FILES) -> tuple[Dossier, tuple[Diagnostic, ...]]:
    return read_dossier({name: text.encode() for name, text in files.items()}, "grain", "sources/grain")


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The files above with one thing written otherwise."""
    assert FILES[file].count(old) == 1
    return {**FILES, file: FILES[file].replace(old, new)}


def good(files: Mapping[str, str]) -> Dossier:
    dossier, problems = read(files)
    assert not problems, "\n".join(map(str, problems))
    return dossier


def meeting(text: str) -> Meeting:
    """The meeting that is added as a file of its own; `cite: para 1` there means the wire."""
    text = f"title: A call\nformat: call\n{text}\n"
    for key, value in {"accounts": "wire-2031", "date": "2031-04-01", "participants": "[NO, TR]"}.items():
        if f"{key}:" not in text:
            text += f"{key}: {value}\n"
    (found,) = (m for m in good({**FILES, CALL: text}).meetings if m.id == "2031-04-call")
    return found


def position(text: str) -> Position:
    """The position with these fields, on food aid by Oslo's envoy where they say nothing else."""
    for key, value in {"by": "Ana Lind", "topic": "aid", "summary": "Says so.", "cite": "para 1"}.items():
        if f"{key}:" not in text:
            text += f"\n{key}: {value}"
    (found,) = meeting("positions:\n  - " + text.strip().replace("\n", "\n    ")).positions
    return found


def problems(files: Mapping[str, str]) -> list[str]:
    """Each problem as `file:line:column rule`."""
    return [f"{str(p.location).removeprefix('sources/grain/')} {p.rule}" for p in read(files)[1]]


def only_problem(files: Mapping[str, str]) -> Diagnostic:
    (problem,) = read(files)[1]
    return problem


# ----------------------------------------------------------------------------------------------------- what it all says


def test_a_dossier_holds_what_its_files_say() -> None:
    dossier = good(FILES)
    assert (dossier.id, dossier.title, dossier.countries) == ("grain", "Grain through the strait", ("NO", "TR"))
    assert dossier.names["NO"] == Country("NO", "Norway", "Norway", "Oslo")  # text here, however YAML 1.1 reads a NO
    assert dossier.institutions["no-mfa"].short == "Oslo"
    assert dossier.institutions["tr-mfa"].short == "Türkiye’s Foreign Ministry"
    assert dossier.topics["grain"].question == "Should grain ships pass unhindered?"
    assert dossier.topics["aid"].parent == "grain"
    assert dossier.people["Mehmet Kaya"].aliases == ("Kaya Mehmet",)
    assert dossier.people["Jón Þór"].native == Native("Jón Þór", "is", (Citation("no-2031"),))
    assert dossier.sources["wire-2031"].kind is SourceKind.REPORT
    assert dossier.sources["wire-2031"].date == Day(2031, 3, 5)
    assert dossier.sources["joint-2031"].issuers == ("NO", "tr-mfa")


def test_a_meeting_holds_its_records() -> None:
    (oslo,) = good(FILES).meetings
    assert (oslo.id, oslo.format, oslo.countries) == ("2031-03-04-oslo", "bilateral", ("NO", "TR"))
    assert [(p.person, p.title) for p in oslo.participants] == [("Ana Lind", "state secretary"), ("Mehmet Kaya", "")]
    (said,) = oslo.positions
    assert (said.by, said.kind) == ((Speaker("NO", "Ana Lind"),), PositionKind.SAID)
    assert said.stances == {"grain": Stance.SUPPORT}
    assert said.cite == (Citation("wire-2031", (2,)),)
    (action,) = oslo.actions
    assert (action.parties, action.status, action.stance) == (("NO", "TR"), ActionStatus.OPEN, None)
    assert oslo.context[0].summary == "It was their first meeting."


def test_a_brief_rests_on_records() -> None:
    (brief,) = good(FILES).briefs
    assert (brief.id, brief.meetings, brief.topics, brief.template) == ("grain", (), (), "policy-brief")
    assert brief.bottom_line[0].rests_on == ("2031-03-04-oslo/ana-lind/grain",)
    assert brief.judgements[0].likelihood is Likelihood.LIKELY
    assert brief.judgements[0].rests_on == ("2031-03-04-oslo/action-1",)


def test_all_meetings_and_all_topics_are_written_as_none_in_particular() -> None:
    (brief,) = good(changed(BRIEF, "bottom_line:", "meetings: all\ntopics: [grain]\nversion: 1\nbottom_line:")).briefs
    assert (brief.meetings, brief.topics, brief.version) == ((), ("grain",), "1")


def test_a_country_takes_from_our_list_what_its_record_leaves_out() -> None:
    korea = "{code: KR, name: Republic of Korea}"
    nato = "{code: NATO, name: North Atlantic Treaty Organization, short: NATO, seat: Brussels}"
    dossier = good(changed(ROOT, "[NO, TR]", f"[NO, {korea}, {nato}]"))
    assert dossier.countries == ("NO", "KR", "NATO")
    assert dossier.names["KR"] == Country("KR", "Republic of Korea", "South Korea", "Seoul")
    assert dossier.names["NATO"].seat == "Brussels"
    assert dossier.names["US"] == Country("US", "United States", "U.S.", "Washington")


# ---------------------------------------------------------------------------------------------------------- short forms


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("2031-04-01", When(Day(2031, 4, 1))),
        ("2031-04", When(Day(2031, 4))),
        ("2031", When(Day(2031))),
        ("unknown", When()),
        (
            "{text: unknown, words: this week, cite: para 1}",
            When(words="this week", cite=(Citation("wire-2031", (1,)),)),
        ),
        ("{text: 2031-04-01, weekday: Tuesday}", When(Day(2031, 4, 1), weekday="Tuesday")),
        ("{before: 2031-03-04-oslo, words: Prior to it}", When(before="2031-03-04-oslo", words="Prior to it")),
    ],
)
def test_a_date_is_short_or_comes_with_its_place(written: str, when: When) -> None:
    assert meeting(f"date: {written}").when == when


def test_a_time_is_short_or_comes_with_its_citation() -> None:
    short = meeting("time: 11:00 p.m. in Oslo, 20 minutes")
    assert (short.time, short.time_cite) == ("11:00 p.m. in Oslo, 20 minutes", ())
    cited = meeting("time: {text: 20 minutes, cite: para 3}")
    assert (cited.time, cited.time_cite) == ("20 minutes", (Citation("wire-2031", (3,)),))


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Oslo", Place("Oslo")),
        ("{text: Oslo, cite: para 7}", Place("Oslo", (Citation("wire-2031", (7,)),))),
        ("unknown", None),
        ("{text: unknown}", None),
    ],
)
def test_a_place_is_short_or_comes_with_its_citation(written: str, place: Place | None) -> None:
    assert meeting(f"place: {written}").place == place


@pytest.mark.parametrize(
    ("participants", "format_"),
    [("[NO, TR]", "bilateral"), ("[NO, TR, US]", "trilateral"), ("[NO, TR, US, JP]", "multilateral")],
)
def test_the_format_is_the_number_of_countries(participants: str, format_: str) -> None:
    text = f"title: Talks\ndate: 2031-04-01\nparticipants: {participants}\n"
    assert good({**FILES, CALL: text}).meetings[1].format == format_


def test_a_delegation_nobody_names_is_a_country_alone_or_with_a_title() -> None:
    bare, titled = meeting("participants: [NO, {country: TR, title: an official, rendering: interpreter}]").participants
    assert (bare.country, bare.person, bare.title) == ("NO", "", "")
    assert (titled.country, titled.title, titled.rendering) == ("TR", "an official", Rendering.INTERPRETER)


@pytest.mark.parametrize(
    ("written", "speakers", "kind"),
    [
        ("Ana Lind", (Speaker("NO", "Ana Lind"),), PositionKind.SAID),
        ("Kaya Mehmet", (Speaker("TR", "Mehmet Kaya"),), PositionKind.SAID),  # an alias
        ("no-mfa", (Speaker("NO", institution="no-mfa"),), PositionKind.REPORTED),
        ("NO", (Speaker("NO"),), PositionKind.REPORTED),
        ("[NO, Mehmet Kaya]", (Speaker("NO"), Speaker("TR", "Mehmet Kaya")), PositionKind.JOINT),
    ],
)
def test_a_position_is_by_a_person_an_institution_a_country_or_several(
    written: str, speakers: tuple[Speaker, ...], kind: PositionKind
) -> None:
    found = position(f"by: {written}")
    assert (found.by, found.kind) == (speakers, kind)


def test_one_remark_may_answer_several_questions() -> None:
    found = position("topic: {grain: support, sums: unclear, aid: none}")
    assert found.stances == {"grain": Stance.SUPPORT, "sums": Stance.UNCLEAR, "aid": None}


def test_quotations_are_one_a_list_or_translated() -> None:
    assert position("quote: very worrying").quotes == (Quotation("very worrying", "quote"),)
    assert position("quote: [very, {text: 停戦, translation: a cease-fire}]").quotes == (
        Quotation("very", "quote/1"),
        Quotation("停戦", "quote/2", "a cease-fire"),
    )
    assert position("quote: 停戦\ntranslation: a cease-fire").quotes == (Quotation("停戦", "quote", "a cease-fire"),)


def test_nothing_recorded_is_told_from_nothing_written() -> None:
    assert meeting("positions: none recorded\nactions: none recorded").none_recorded == {"positions", "actions"}
    assert meeting("").none_recorded == frozenset()


@pytest.mark.parametrize(
    ("by", "who", "country"),
    [
        ("NO", "NO", "NO"),
        ("no-mfa", "no-mfa", "NO"),
        ("Kaya Mehmet", "Mehmet Kaya", "TR"),
        ("an unnamed news outlet", "an unnamed news outlet", ""),
        ("Julie Turner, the envoy", "Julie Turner, the envoy", ""),
    ],
)
def test_context_is_asserted_by_anybody(by: str, who: str, country: str) -> None:
    (found,) = meeting(f'context: [{{by: "{by}", summary: It was., cite: para 1}}]').context
    assert (found.by, found.country) == (who, country)


def test_prose_is_one_paragraph_however_it_is_broken_into_lines() -> None:
    block = position("summary: |\n  Wants the lanes open,\n  and soon.\nquote: |\n  恒久的な\n  停戦を\n  now")
    assert block.summary == "Wants the lanes open, and soon."
    assert block.quotes[0].text == "恒久的な停戦を now"  # Japanese is written without blanks
    assert position("summary: Wants the lanes open,\n  and soon.").summary == block.summary


# ------------------------------------------------------------------------------------------------------------ citations


@pytest.mark.parametrize(
    ("written", "cite"),
    [
        ("para 4", [("wire-2031", (4,), "")]),
        ("Paragraph 4", [("wire-2031", (4,), "")]),
        ("para 0", [("wire-2031", (0,), "")]),
        ("para 1, 5", [("wire-2031", (1, 5), "")]),
        ("para 4-6, 9", [("wire-2031", (4, 5, 6, 9), "")]),
        ("para 4–5", [("wire-2031", (4, 5), "")]),
        ("¶4", [("wire-2031", (4,), "")]),
        ("¶¶ 4, 4-5", [("wire-2031", (4, 5), "")]),
        ("page 3", [("wire-2031", (), "3")]),
        ("pp. iv-vi", [("wire-2031", (), "iv-vi")]),
        ("p. 3", [("wire-2031", (), "3")]),
        ("no-2031 p. 3", [("no-2031", (), "3")]),
        ("para 4, page 2", [("wire-2031", (4,), "2")]),
        ("no-2031", [("no-2031", (), "")]),
        ("no-2031 para 4", [("no-2031", (4,), "")]),
        ("no-2031 ¶4", [("no-2031", (4,), "")]),
        ("para 4; no-2031 page 2", [("wire-2031", (4,), ""), ("no-2031", (), "2")]),
        ("[para 4, no-2031 para 2]", [("wire-2031", (4,), ""), ("no-2031", (2,), "")]),
    ],
)
def test_a_citation_names_paragraphs_pages_sources(written: str, cite: list[tuple[str, tuple[int, ...], str]]) -> None:
    assert position(f"cite: {written}").cite == tuple(Citation(*each) for each in cite)


@pytest.mark.parametrize(
    "written",
    ["paragraph four", "4", "para", "para 5-4", "para 1-5000", "para 1; ", "see below", "no-2031 4", "para 4 5"],
)
def test_what_is_no_citation_is_refused(written: str) -> None:
    files = changed(OSLO, "cite: para 2", f'cite: "{written}"')
    assert problems(files) == [f"{OSLO}:16:11 bad-citation"]


def test_with_several_accounts_a_citation_names_its_source() -> None:
    text = "title: Talks\naccounts: [wire-2031, no-2031]\ndate: {text: 2031-03, cite: para 1}\nparticipants: [NO, TR]\n"
    problem = only_problem({**FILES, CALL: text})
    assert (problem.rule, problem.message) == ("which-source", "'para 1' of which source? there are 2 accounts")
    assert problem.help == "Put the source in front: `wire-2031 para 1`."


# ---------------------------------------------------------------------------------------------------------- ids, places


def test_records_are_named_by_whose_they_are_and_on_what() -> None:
    text = """
positions:
  - {by: NO, topic: aid, summary: One., cite: para 1}
  - {by: NO, topic: aid, summary: Two., cite: para 1}
  - {by: [NO, Mehmet Kaya], topic: {sums: oppose, aid: none}, summary: Three., cite: para 1}
  - {by: no-mfa, topic: aid, summary: Four., cite: para 1, id: the-last-word}
actions:
  - {parties: [NO, TR], kind: commitment, summary: One., cite: para 1, id: first}
  - {parties: [NO, TR], kind: commitment, summary: Two., cite: para 1}
context:
  - {summary: One., cite: para 1}
"""
    found = meeting(text)
    assert [p.id for p in found.positions] == ["no/aid", "no/aid-2", "no-mehmet-kaya/sums", "the-last-word"]
    assert [a.id for a in found.actions] == ["first", "action-2"]
    assert found.positions[0].origin.path == "positions/no/aid"
    assert found.actions[0].origin.path == "actions/first"
    assert found.context[0].origin.path == "context/context-1"


def test_names_become_ids_in_plain_letters() -> None:
    assert position("by: Jón Þór").id == "jon-þor/aid"


def test_every_field_knows_where_it_stands() -> None:
    found = position("quote:\n  - one\n  - {text: two, translation: zwei}").origin
    assert found.file == CALL
    places = {name: (at.line, at.column) for name, at in found.fields.items() if name.startswith("quote")}
    assert places["quote/1"] == (5, 9)
    assert places["quote/2"] == (6, 16)
    assert places["quote/2/translation"] == (6, 34)
    assert found.at("gist") == found.location == Location(f"sources/grain/{CALL}", 4, 5)


def test_a_part_of_a_record_has_its_places_in_the_record() -> None:
    fields = meeting("date: {text: 2031-04-01, weekday: Tuesday}\nplace: Oslo").origin.fields
    assert (fields["date"].column, fields["date/weekday"].column) == (14, 35)
    assert fields["place"] == fields["place/text"]


def test_people_and_sources_stand_at_their_keys() -> None:
    dossier = good(FILES)
    assert dossier.people["Mehmet Kaya"].origin.location == Location("sources/grain/people.yaml", 2, 1)
    assert dossier.sources["no-2031"].origin.path == "no-2031"
    assert dossier.topics["aid"].origin.path == "topics/aid"


# ---------------------------------------------------------------------------------------------------- order of meetings


def order(**dates: str) -> list[str]:
    """The ids of these meetings as the dossier has them."""
    texts = {
        f"meetings/{name}.yaml": f"title: T\ndate: {date}\nparticipants: [NO, TR]\n" for name, date in dates.items()
    }
    files = {name: text for name, text in FILES.items() if name not in (OSLO, BRIEF)}
    return [m.id for m in good({**files, **texts}).meetings]


def test_meetings_are_in_the_order_of_their_dates() -> None:
    assert order(a="2031-05-02", b="2031-05-01", c="2030", d="2031-05-01") == ["c", "b", "d", "a"]


def test_a_meeting_before_another_comes_just_before_it() -> None:
    assert order(a="2031-05-01", b="2031-05-03", z="{before: b}", y="{before: z}") == ["a", "y", "z", "b"]


def test_a_meeting_without_a_date_comes_last() -> None:
    assert order(a="unknown", b="2031-05-03", c="{before: a}") == ["b", "c", "a"]


def test_meetings_cannot_each_be_before_the_other() -> None:
    files = {
        f"meetings/{name}.yaml": f"title: T\ndate: {{before: {other}}}\nparticipants: [NO, TR]\n"
        for name, other in (("c", "a"), ("a", "b"), ("b", "a"))
    }
    dossier, found = read({**FILES, **files})
    assert [(p.rule, str(p.location)) for p in found] == [("before-cycle", "sources/grain/meetings/a.yaml:2:16")]
    assert found[0].message == "each of these meetings is before the next: a, b, a"
    assert len(dossier.meetings) == 4


# --------------------------------------------------------------------------------------------- what is wrong, and where

WRONG = [
    (ROOT, "schema: 1", "schema: 2", "1:9 unknown-schema", "this Briefing reads schema 1, not 2"),
    (ROOT, "schema: 1", "schema: 0", "1:9 unknown-schema", "the schema is a whole number from 1, not '0'"),
    (ROOT, "schema: 1", "schema: -1", "1:9 unknown-schema", "the schema is a whole number from 1, not '-1'"),
    (ROOT, "schema: 1", "schema: one", "1:9 unknown-schema", "the schema is a whole number from 1, not 'one'"),
    (ROOT, "schema: 1\n", "", "1:1 missing-key", "this dossier lacks `schema`"),
    (ROOT, "[NO, TR]", "NO", "3:12 wrong-kind", "`countries` wants a list, not a text"),
    (ROOT, "[NO, TR]", "[]", "3:12 empty-value", "`countries` is an empty list"),
    (ROOT, "[NO, TR]", "[NO, TR, NO]", "3:21 duplicate-id", "the country NO stands here twice"),
    (ROOT, "[NO, TR]", "[NO, NATO]", "3:17 unknown-country", "no country in our list has the code 'NATO'"),
    (ROOT, "[NO, TR]", "[NO, tr]", "3:17 bad-code", "'tr' is not a code"),
    (ROOT, "sums:", "Sums:", "12:3 bad-id", "'Sums' is not an id"),
    (ROOT, "short: Oslo, country: NO", "short: Oslo", "5:11 missing-key", "this institution lacks `country`"),
    (ROOT, "country: NO", "country: Norway", "5:67 unknown-country", "'Norway' is not a country code"),
    (ROOT, "parent: grain", "parent: grian", "11:34 unknown-topic", "there is no topic 'grian'"),
    (ROOT, "parent: grain", "parent: aid", "11:34 parent-cycle", "a topic is its own parent: aid → aid"),
    (ROOT, "{label: Food aid, parent: grain}", "Food aid", "11:8 wrong-kind", "a topic is wanted here, not a text"),
    (PEOPLE, "country: IS", "country: IS, nation: IS", "7:37 unknown-key", "a person has no key `nation`"),
    (PEOPLE, "family: Lind", "family: Lund", "1:20 family-name", "'Lund' is not part of 'Ana Lind'"),
    (
        PEOPLE,
        "aliases: Kaya Mehmet",
        "aliases: Elif Kaya",
        "5:12 duplicate-id",
        "'Elif Kaya' is a name of Elif Kaya too",
    ),
    (PEOPLE, "aliases: Kaya Mehmet", "aliases: Kaya", "5:12 ambiguous-surname", "'Kaya' is only a family name"),
    (PEOPLE, "cite: no-2031", "cite: para 1", "7:81 which-source", "'para 1' of which source?"),
    (PEOPLE, "language: is", "language: Icelandic!", "7:71 bad-language", "'Icelandic!' is not a language tag"),
    (SOURCES, "kind: report", "kind: article", "1:19 unknown-word", "`kind` cannot be 'article'"),
    (SOURCES, "publisher: The Harbour Wire, ", "", "1:1 missing-key", "this report lacks `publisher`"),
    (SOURCES, ", issuer: no-mfa", "", "2:1 missing-key", "this release lacks `issuer`"),
    (SOURCES, "issuer: no-mfa", "issuer: no-mfo", "2:34 unknown-institution", "there is no institution 'no-mfo'"),
    (SOURCES, "joint-2031:", "tr-mfa:", "3:1 duplicate-id", "'tr-mfa' is the id of an institution too"),
    (SOURCES, "text: articles", "url: articles", "1:79 bad-address", "is not a web address"),
    (SOURCES, "2031-03-05", "2023-02-30", "1:62 bad-date", "there is no 2023-02-30"),
    (SOURCES, "2031-03-05", "2023-13-01", "1:62 bad-date", "there is no month 13"),
    (SOURCES, "2031-03-05", "5 March 2031", "1:62 bad-date", "'5 March 2031' is not a date"),
    (SOURCES, "2031-03-05", "0000-03-05", "1:62 bad-date", "there is no year 0"),
    (OSLO, "title: Talks on grain\n", "", "1:1 missing-key", "this meeting lacks `title`"),
    (OSLO, "Talks on grain", "[Talks, on grain]", "1:8 wrong-kind", "`title` wants words, not a list"),
    (OSLO, "Talks on grain", "", "1:7 empty-value", "`title` is empty"),
    (OSLO, "date:", "tme: 9:00\ndate:", "3:1 unknown-key", "a meeting has no key `tme`"),
    (OSLO, "accounts: wire-2031", "accounts: wire-2013", "2:11 unknown-source", "there is no source 'wire-2013'"),
    (OSLO, "date: 2031-03-04", "date: {words: in March}", "3:7 missing-key", "this date lacks `text` or `before`"),
    (
        OSLO,
        "date: 2031-03-04",
        "date: {text: 2031, before: 2031-03-04-oslo}",
        "3:28 two-dates",
        "a date has `text` or `before`, not both",
    ),
    (OSLO, "date: 2031-03-04", "date: {before: 2031-oslo}", "3:16 unknown-meeting", "there is no meeting '2031-oslo'"),
    (OSLO, "date: 2031-03-04", "date: 2031-03-04\ndraft: yes", "4:8 bad-flag", "`draft` is true or false, not 'yes'"),
    (OSLO, "person: Mehmet Kaya", "person: Kaya", "8:13 ambiguous-surname", "'Kaya' may be Mehmet Kaya or Elif Kaya"),
    (OSLO, "person: Ana Lind", "person: Lind", "5:13 unknown-person", "'Lind' is only a family name"),
    (
        OSLO,
        "person: Ana Lind",
        "person: Anna Lind",
        "5:13 unknown-person",
        "nobody in people.yaml is called 'Anna Lind'",
    ),
    (OSLO, "person: Mehmet Kaya\n    ", "", "8:5 missing-key", "this participant lacks `person`"),
    (OSLO, "person: Mehmet Kaya", "person: Ana Lind", "8:13 duplicate-id", "Ana Lind is a participant twice"),
    (
        OSLO,
        "title: unknown",
        "title: unknown\n    country: TR",
        "10:14 two-names",
        "a participant has `person` or `country`, not both",
    ),
    (OSLO, "by: Ana Lind", "by: Kaya", "11:9 ambiguous-surname", "'Kaya' may be Mehmet Kaya or Elif Kaya"),
    (OSLO, "by: Ana Lind", "by: no-mfu", "11:9 unknown-institution", "there is no institution 'no-mfu'"),
    (OSLO, "by: Ana Lind", "by: NK", "11:9 unknown-country", "'NK' is not a country code"),
    (OSLO, "by: Ana Lind", "by: {name: Ana Lind}", "11:9 wrong-kind", "`by` wants a person, institution or country"),
    (OSLO, "    stance: support\n", "", "12:12 missing-stance", "the topic 'grain' asks a question"),
    (OSLO, "stance: support", "stance: supports", "13:13 unknown-word", "`stance` cannot be 'supports'"),
    (
        OSLO,
        "topic: grain\n    stance: support",
        "topic: {grain: support, aid: oppose}",
        "12:34 stance-without-question",
        "'aid' asks no question",
    ),
    (
        OSLO,
        "topic: grain\n    stance: support",
        "topic: {grain: support}\n    stance: support",
        "13:13 two-stances",
        "`stance` stands beside a table of topics",
    ),
    (
        OSLO,
        "topic: grain\n    stance: support",
        "topic: {grain: none}",
        "12:20 missing-stance",
        "the topic 'grain' asks a question",
    ),
    (OSLO, "topic: grain\n    stance: support", "topic: grian", "12:12 unknown-topic", "there is no topic 'grian'"),
    (
        OSLO,
        "topic: grain\n    stance: support",
        "topic: {grain: support, wine: oppose}",
        "12:29 unknown-topic",
        "there is no topic 'wine'",
    ),
    (
        OSLO,
        "stance: support",
        "stance: support\n    per: no-mfu",
        "14:10 unknown-institution",
        "institution or source 'no-mfu'",
    ),
    (
        OSLO,
        "Wants the lanes open.",
        "|\n      One.\n\n      Two.",
        "14:14 blank-line",
        "this one has a blank line inside",
    ),
    (OSLO, "open for everybody", "[one, two]\n    translation: eins", "16:18 translation", "needs a single `quote`"),
    (OSLO, "open for everybody", "[one, “two”]", "15:18 quote-marks", "quotation marks stand around the words"),
    (BRIEF, "oslo/ana-lind/grain", "oslo", "5:15 unknown-record", "2031-03-04-oslo is a meeting"),
    (OSLO, "open for everybody", '""', "15:12 empty-value", "`text` is empty"),
    (OSLO, "cite: para 2", "cite: wire-2013 para 2", "16:11 unknown-source", "there is no source 'wire-2013'"),
    (OSLO, "    cite: para 2\n", "", "11:5 missing-key", "this position lacks `cite`"),
    (OSLO, "cite: para 2", "cite: para 2\n    id: Uno", "17:9 bad-id", "'Uno' is not an id"),
    (OSLO, "cite: para 3", "cite: para 3\n    id: ana-lind/grain", "23:9 bad-id", "'ana-lind/grain' is not an id"),
    (OSLO, "parties: [NO, TR]", "parties: NO", "18:14 one-party", "an agreed action with one party"),
    (OSLO, "parties: [NO, TR]", "parties: [NO, NO]", "18:14 one-party", "an agreed action with one party"),
    (OSLO, "kind: agreement", "kind: agreemnt", "19:11 unknown-word", "`kind` cannot be 'agreemnt'"),
    (
        OSLO,
        "topic: grain\n    summary",
        "stance: support\n    summary",
        "20:13 stance-without-question",
        "has no topic",
    ),
    (
        OSLO,
        "topic: grain\n    summary",
        "topic: aid\n    stance: support\n    summary",
        "21:13 stance-without-question",
        "'aid' asks no question",
    ),
    (
        OSLO,
        "- summary: It",
        "- by: Kaya\n    summary: It",
        "24:9 ambiguous-surname",
        "'Kaya' may be Mehmet Kaya or Elif Kaya",
    ),
    (OSLO, "- summary: It", "- by: Lind\n    summary: It", "24:9 unknown-person", "'Lind' is only a family name"),
    (BRIEF, "oslo/ana-lind/grain", "oslo/ana-lind/grian", "5:15 unknown-record", "has no record 'ana-lind/grian'"),
    (
        BRIEF,
        "2031-03-04-oslo/ana",
        "2031-03-05-oslo/ana",
        "5:15 unknown-meeting",
        "there is no meeting '2031-03-05-oslo'",
    ),
    (BRIEF, "likelihood: likely", "likelihood: probable", "8:17 unknown-word", "`likelihood` cannot be 'probable'"),
    (BRIEF, "bottom_line:", "topics: [wine]\nbottom_line:", "2:10 unknown-topic", "there is no topic 'wine'"),
]


@pytest.mark.parametrize(("file", "old", "new", "where", "message"), WRONG, ids=[f"{w[3]} {w[2]}" for w in WRONG])
def test_a_mistake_is_found_where_it_stands(file: str, old: str, new: str, where: str, message: str) -> None:
    problem = only_problem(changed(file, old, new))
    assert f"{problem.location.line}:{problem.location.column} {problem.rule}" == where
    assert problem.location.file == f"sources/grain/{file}"
    assert message in problem.message
    assert problem.help


def test_a_problem_reads_as_a_line_with_its_remedy() -> None:
    assert str(only_problem(changed(OSLO, "stance: support", "stance: suport"))) == (
        "sources/grain/meetings/2031-03-04-oslo.yaml:13:13: error: `stance` cannot be 'suport' [unknown-word]\n"
        "    Did you mean 'support'?"
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "meant"),
    [
        (OSLO, "date:", "tittle: Talks\ndate:", "Did you mean 'title'?"),
        (
            OSLO,
            "by: Ana Lind",
            "by: Anna Lind",
            "Did you mean 'Ana Lind'?\nSomebody new is added with `briefing add person`.",
        ),
        (OSLO, "by: Ana Lind", "speaker: Ana Lind", "Did you mean 'by'?"),
        (OSLO, "summary: Wants", "text: Wants", "Did you mean 'summary'?"),
        (OSLO, "person: Ana Lind", "name: Ana Lind", "Did you mean 'person'?"),
        (OSLO, "date:", "when:", "Did you mean 'date'?"),
        (OSLO, "    cite: para 2\n", "", "Where it stands.\nAs in `cite: para 4-6`."),
        (OSLO, "by: Ana Lind", "by: UK", "Did you mean GB (United Kingdom)?"),
        (OSLO, "parties: [NO, TR]", "parties: [NO, DPRK]", "Did you mean KP (North Korea)?"),
        (ROOT, "[NO, TR]", "[NO, TR, ROK]", "Did you mean KR (South Korea)?"),
        (SOURCES, "issuer: no-mfa", "issuer: USA", "Did you mean US (United States)?"),
        (
            OSLO,
            "quote: open for everybody",
            "quote: “open for everybody”",
            "Leave out the marks: they are added in print.",
        ),
        (
            BRIEF,
            "rests_on: 2031-03-04-oslo/ana-lind/grain",
            "rests_on: 2031-03-04-oslo",
            f"Name a record of it, as {', '.join(f'`2031-03-04-oslo/{name}`' for name in RECORDED)}.",
        ),
        (OSLO, "by: Ana Lind", "by: Lind", "Did you mean 'Ana Lind'?"),
        (OSLO, "by: Ana Lind", "by: Norway", "Did you mean NO (Norway)?"),
        (OSLO, "by: Ana Lind", "by: no", "Did you mean NO (Norway)?"),
        (OSLO, "accounts: wire-2031", "accounts: wire-2013", "Did you mean 'wire-2031'?"),
        (ROOT, "parent: grain", "parent: grian", "Did you mean 'grain'?"),
        (SOURCES, "issuer: no-mfa", "issuer: no-mfo", "Did you mean 'no-mfa'?"),
        (ROOT, "country: NO", "country: Norway", "Did you mean NO (Norway)?"),
        (ROOT, "country: NO", "country: no", "Did you mean NO (Norway)?"),
        (ROOT, "country: NO", "country: Atlantis", "Two capitals, as in US, KR, JP (ISO 3166)."),
        (BRIEF, "oslo/ana-lind/grain", "oslo/ana-lind/grian", "Did you mean 'ana-lind/grain'?"),
        (SOURCES, "2031-03-05", "2023-02-30", "February 2023 has 28 days."),
    ],
)
def test_a_mistake_comes_with_what_was_perhaps_meant(file: str, old: str, new: str, meant: str) -> None:
    assert only_problem(changed(file, old, new)).help == meant


def test_all_mistakes_are_told_at_once_in_the_order_of_the_files() -> None:
    files = {
        **changed(OSLO, "kind: agreement", "kind: pact"),
        ROOT: FILES[ROOT].replace("schema: 1", "schema: 9"),
        BRIEF: FILES[BRIEF].replace("confidence: low", "confidence: lowest").replace("title: Who", "titel: Who"),
    }
    assert problems(files) == [
        "briefs/grain.yaml:1:1 unknown-key",
        "briefs/grain.yaml:9:17 unknown-word",
        "dossier.yaml:1:9 unknown-schema",
        f"{OSLO}:19:11 unknown-word",
    ]


def test_one_country_alone_has_no_format() -> None:
    text = "title: A speech\ndate: 2031-04-01\nparticipants: [NO]\n"
    assert problems({**FILES, CALL: text}) == [f"{CALL}:3:15 missing-key"]
    assert good({**FILES, CALL: f"{text}format: statement\n"}).meetings[1].format == "statement"


def test_two_records_of_a_meeting_have_two_ids() -> None:
    assert problems(changed(OSLO, "cite: para 4", "cite: para 4\n    id: action-1")) == [f"{OSLO}:26:9 duplicate-id"]


def test_a_name_of_many_lines_is_no_name() -> None:
    problem = only_problem(changed(OSLO, "by: Ana Lind", f"by: {'Ana ' * 200}Lind"))
    assert problem.message == "`by` wants a person, institution or country, not 804 characters of text"


# ------------------------------------------------------------------------------------------- what cannot be read at all


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_cannot_be_read_is_not_missed_in_the_others(file: str) -> None:
    assert [line.split()[1] for line in problems({**FILES, file: "title: [\n"})] == ["yaml-syntax"]


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_cannot_be_read_does_not_hide_what_is_wrong_elsewhere(file: str) -> None:
    wrong = {**FILES, CALL: "tittle: A call\ndate: 2031-04-31\nparticipants: [NO, TR]\n", file: "title: [\n"}
    assert [line.split()[1] for line in problems(wrong) if line.startswith(CALL)] == ["unknown-key", "bad-date"]


@pytest.mark.parametrize("file", [ROOT, OSLO, BRIEF, PEOPLE, SOURCES])
def test_a_file_that_holds_something_else_is_one_problem(file: str) -> None:
    assert [line for line in problems({**FILES, file: "- a\n- list\n"}) if line.startswith(file)] == [
        f"{file}:1:1 wrong-kind"
    ]


def test_a_broken_list_of_accounts_is_told_once() -> None:
    assert problems(changed(OSLO, "accounts: wire-2031", "accounts: wire-2013")) == [f"{OSLO}:2:11 unknown-source"]


def test_a_broken_record_is_not_missed_by_what_rests_on_it() -> None:
    assert problems(changed(OSLO, "by: Ana Lind", "by: Ana Lund")) == [f"{OSLO}:11:9 unknown-person"]
    assert problems(changed(OSLO, "positions:\n", "positions:\n  - Ana Lind wants it.\n")) == [
        f"{OSLO}:11:5 wrong-kind"
    ]
    assert problems({**FILES, OSLO: FILES[OSLO].partition("positions:")[0] + "positions: none\n"}) == [
        f"{OSLO}:10:12 wrong-kind"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (OSLO, "participants:", "particpants:"),
        (OSLO, "accounts:", "acounts:"),
        (OSLO, "positions:", "positons:"),
        (OSLO, "by: Ana", "who: Ana"),
        (OSLO, "quote:", "quotes:"),
        (BRIEF, "    rests_on: 2031-03-04-oslo/ana", "    rest_on: 2031-03-04-oslo/ana"),
    ],
)
def test_a_misspelt_key_is_told_once(file: str, old: str, new: str) -> None:
    assert [line.split()[1] for line in problems(changed(file, old, new))] == ["unknown-key"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("persons.yaml", "people.yaml"),
        ("people.yml", "people.yaml"),
        ("source.yaml", "sources.yaml"),
        ("2031-03-04-oslo.yaml", OSLO),
        ("meetings/2031-03-04-oslo.yml", OSLO),
        ("briefs/grain.yml", BRIEF),
    ],
)
def test_a_file_of_another_name_is_told_once_and_what_it_would_have_named_is_not_missed(name: str, meant: str) -> None:
    files = {name if file == meant else file: text for file, text in FILES.items()}
    problem = only_problem(files)
    assert (problem.rule, problem.help) == ("unknown-file", f"Did you mean {meant!r}?")


def test_what_yaml_itself_stumbles_over_is_told_once() -> None:
    files = {**FILES, CALL: "{title: Talks, date: 2031, participants: [NO, TR], place: {text: Oslo, cite: para 1, 5}}"}
    assert [line.split()[1] for line in problems(files)] == ["which-source", "yaml-comma"]


def test_a_dossier_without_its_first_file_says_how_to_begin() -> None:
    dossier, (problem,) = read_dossier({}, "grain", "sources/grain")
    assert (problem.rule, str(problem.location)) == ("missing-file", "sources/grain/dossier.yaml")
    assert (dossier.id, dossier.countries, dossier.meetings) == ("grain", (), ())


@pytest.mark.parametrize(
    "name", ["source.yaml", "meetings/oslo.yml", "2031-03-04-oslo.yaml", "meetings/2031/oslo.yaml"]
)
def test_a_file_that_nobody_would_read_is_refused(name: str) -> None:
    assert problems({**FILES, name: "title: Talks\n"}) == [f"{name} unknown-file"]


def test_texts_and_locks_beside_the_files_are_left_alone() -> None:
    assert problems({**FILES, "quotes.lock": "{}", "articles/wire.txt": "A text."}) == []


def test_the_name_of_a_meeting_is_an_id() -> None:
    files = {**FILES, "meetings/Oslo Talks.yaml": FILES[OSLO]}
    assert problems(files) == ["meetings/Oslo Talks.yaml bad-id"]


@pytest.mark.parametrize(("file", "twin"), [(OSLO, OSLO.replace("oslo", "Oslo")), (PEOPLE, "People.yaml")])
def test_two_files_that_are_one_on_other_computers_are_told_once(file: str, twin: str) -> None:
    _, found = read({**FILES, twin: FILES[file]})
    assert [(str(d.location), d.rule) for d in found] == [(f"sources/grain/{twin}", "same-name")]
    assert found[0].message == f"{twin} and {file} are one file on Windows and macOS"


# ---------------------------------------------------------------------------------------------------- nothing is raised

NAMES = st.sampled_from(sorted(FILES))
KEYS = st.sampled_from(sorted({field.name for record in RECORDS.values() for field in record.fields}))
TEXTS = st.sampled_from(
    ["NO", "Ana Lind", "Kaya", "grain", "para 1", "wire-2031", "2031-03-04", "unknown", "none recorded", "all", "", "|"]
) | st.text(max_size=8)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, st.binary(max_size=60)))
def test_no_bytes_make_the_reader_raise(files: dict[str, bytes]) -> None:
    read_dossier(files, "any")


@given(NAMES, st.dictionaries(KEYS, VALUES, max_size=6))
def test_no_record_makes_the_reader_raise(name: str, record: dict[str, object]) -> None:
    read({**FILES, name: json.dumps(record, ensure_ascii=False)})  # JSON is YAML


@given(NAMES, st.data())
def test_no_cut_makes_the_reader_raise(name: str, data: st.DataObject) -> None:
    text = FILES[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    read({**FILES, name: text[:start] + data.draw(TEXTS) + text[end:]})

"""The format of a dossier: one table a record, field by field. It drives the reader, the JSON Schema and the reference.

A file is the value of a field (`FILES`). Nothing here reads or prints."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from briefing.fields import Field, Kind, Record, Shape
from briefing.model import ActionKind, ActionStatus, Confidence, Likelihood, Rendering, SourceKind, Stance

SCHEMA = "1"
UNKNOWN = "unknown"
NONE_RECORDED = "none recorded"
ALL = "all"
NO_STANCE = "none"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BY_COUNT = {2: "bilateral", 3: "trilateral"}
MANY_SIDED = "multilateral"
FORMATS = (*BY_COUNT.values(), MANY_SIDED, "call", "statement", "conversation")

SOME, LIST, TABLE = Shape.SOME, Shape.LIST, Shape.TABLE


def _need(name: str, kind: Kind, help: str, example: str, shape: Shape = Shape.ONE, word: str = "") -> Field:
    return Field(name, kind, help, example, shape, required=True, word=word)


def _choice(
    name: str, words: tuple[str, ...] | type[StrEnum], help: str, example: str, *, required: bool = False
) -> Field:
    return Field(name, Kind.CHOICE, help, example, required=required, choices=tuple(map(str, words)))


def _nested(
    name: str, record: str, help: str, example: str, shape: Shape = Shape.ONE, word: str = "", *, required: bool = False
) -> Field:
    return Field(name, Kind.RECORD, help, example, shape, required, word=word, record=record)


STANCE = _choice(
    "stance", Stance, "The answer to the topic’s question; only where it asks one, and then needed.", "oppose"
)
_CITED = Field("cite", Kind.CITE, "Where it says so.", "para 7", SOME)
_CITE = _need("cite", Kind.CITE, "Where it stands.", "para 4-6", SOME)
_DRAFT = Field("draft", Kind.FLAG, "`true` until a person has confirmed it; a brief made of drafts is stamped.", "true")
_HEDGE = Field("hedge", Kind.WORDS, "How sure the account is; `none`: it hedges, and we looked.", "assessment")
_ID = Field("id", Kind.ID, "Its own name, where the one made for it will not do.", "second-remark")
_PER = Field("per", Kind.ACCOUNT, "Whose account says so, where that is not the source’s own issuer.", "us-state")
_RENDERING = _choice("rendering", Rendering, "Who put the words into the language quoted.", "interpreter")
_RESTS_ON = _need("rests_on", Kind.REFERENCE, "The records it rests on.", "2031-05-20-bergen/ingrid-lind/centre", SOME)

# ------------------------------------------------------------------------------------------- dossier, sources, people

DOSSIER = Record(
    "dossier",
    "What it is about, and the words that the other files use.",
    (
        _need("schema", Kind.SCHEMA, "The number of this format.", SCHEMA),
        _need("title", Kind.WORDS, "What the dossier is about.", "Rescue in northern waters"),
        _nested(
            "countries", "country", "Whom we compare, in the order of every table.", "[NO, CA]", LIST, required=True
        ),
        _nested(
            "institutions",
            "institution",
            "Who else speaks or gives accounts, by id.",
            "{no-mfa: {name: ..., country: NO}}",
            TABLE,
        ),
        _nested(
            "topics",
            "topic",
            "What positions are about, by id, in order.",
            "{centre: {label: ...}}",
            TABLE,
            required=True,
        ),
        Field("handling", Kind.WORDS, "How far the dossier may travel.", "TLP:GREEN"),
    ),
)

COUNTRY = Record(
    "country",
    "A country, or an organisation that sits at the table like one. A code is enough; what is left out we know.",
    (
        _need("code", Kind.CODE, "Its ISO 3166 code; for an organisation, its capitals.", "KR"),
        Field("name", Kind.WORDS, "Its name in full; needed for a code that we do not know.", "Republic of Korea"),
        Field("short", Kind.WORDS, "Its name in running text.", "South Korea"),
        Field("seat", Kind.WORDS, "As tables print it: “per Seoul”.", "Seoul"),
    ),
    bare="code",
)

INSTITUTION = Record(
    "institution",
    "A ministry or an office: it speaks, issues texts, gives accounts.",
    (
        _need("name", Kind.WORDS, "Its name in full.", "U.S. Department of State"),
        Field("short", Kind.WORDS, "As tables print it: “per Washington”. Left out: its name.", "Washington"),
        _need("country", Kind.COUNTRY, "Whose it is.", "US"),
    ),
)

TOPIC = Record(
    "topic",
    "A question on which positions can differ; without a question, a heading.",
    (
        _need("label", Kind.WORDS, "Completes “X supports / opposes ...”.", "Arms transfers to Russia"),
        Field("question", Kind.WORDS, "Only where two could answer differently.", "Should the North supply arms?"),
        Field("parent", Kind.TOPIC, "The wider topic that it belongs to.", "arms"),
    ),
)

PERSON = Record(
    "person",
    "Somebody named in the accounts; the key is the full name, as the brief prints it.",
    (
        _need("family", Kind.WORDS, "The family name, wherever it stands in the full one.", "Namazu"),
        _need("country", Kind.COUNTRY, "For whom he or she speaks.", "JP"),
        _nested("native", "native", "The name in its own script.", "{text: 鯰博行, language: ja, cite: jp-names}"),
        Field("aliases", Kind.WORDS, "Other full names that accounts use.", "[Namazu Hiroyuki]", SOME),
    ),
    named=True,
)

NATIVE = Record(
    "native",
    "A name in its own script.",
    (
        _need("text", Kind.WORDS, "The name.", "鯰博行"),
        _need("language", Kind.LANGUAGE, "Its language.", "ja"),
        _need("cite", Kind.CITE, "A source that writes it so.", "jp-names", SOME),
    ),
)

SOURCE = Record(
    "source",
    "A work that is cited.",
    (
        _choice(
            "kind",
            SourceKind,
            "A `report` is a publisher’s; a `statement` is all its issuers’.",
            "report",
            required=True,
        ),
        Field("issuer", Kind.ISSUER, "Whose own text it is; a report has none.", "no-mfa", SOME),
        Field("publisher", Kind.WORDS, "Who published it; a report needs one.", "Yonhap News Agency"),
        Field("short", Kind.WORDS, "As cells and notes name it.", "Yonhap"),
        Field("title", Kind.WORDS, "Its title, exactly.", "Envoys meet in Jakarta"),
        Field("date", Kind.DATE, "When it was published.", "2023-10-17"),
        Field("language", Kind.LANGUAGE, "What it is written in.", "en"),
        Field("url", Kind.ADDRESS, "Where it can be read.", "https://example.org/article"),
        Field("text", Kind.PATH, "Its text as saved, in the dossier’s folder.", "articles/article-1.txt"),
        _RENDERING,
    ),
)

# ---------------------------------------------------------------------------------------------------------- a meeting

MEETING = Record(
    "meeting",
    "One encounter, call or statement, in a file of its own; the name of the file is its id.",
    (
        _need("title", Kind.WORDS, "What it was.", "Trilateral meeting of the envoys"),
        _choice(
            "format",
            FORMATS,
            "Left out: the number of countries tells. Who takes part in a `statement` signs it.",
            "call",
        ),
        Field("accounts", Kind.SOURCE, "The sources read in full: silence rests on them.", "yonhap-2023-10-17", SOME),
        Field("pending", Kind.COUNTRY, "Whose own account is still to be read.", "[KR]", SOME),
        _nested("date", "date", "The day there, or `unknown`.", "2023-10-17", word=UNKNOWN, required=True),
        _nested("time", "time", "Hours and length as given; never computed.", "11:00 p.m., 20 minutes"),
        _nested("place", "place", "Where, or `unknown`.", "Seoul", word=UNKNOWN),
        _nested("participants", "participant", "Who took part.", "[US, JP]", LIST, required=True),
        _nested("positions", "position", "What each side put forward.", "none recorded", LIST, NONE_RECORDED),
        _nested("actions", "action", "What they agreed to do.", "none recorded", LIST, NONE_RECORDED),
        _nested("context", "context", "Background and courtesies.", "[{summary: ..., cite: para 2}]", LIST),
        _DRAFT,
    ),
)

DATE = Record(
    "date",
    "When it was: `date: 2023-10-17`, or, with more to say, its `text` or the meeting that it was `before`.",
    (
        Field("text", Kind.DATE, "The date, or `unknown`.", "2023-10-17", word=UNKNOWN),
        _choice("weekday", WEEKDAYS, "The day of the week in the account.", "Tuesday"),
        Field("before", Kind.MEETING, "The meeting just after it, where no account gives a date.", "2031-05-20-bergen"),
        Field("words", Kind.WORDS, "The account’s own words for it.", "Prior to the three-way meeting"),
        _CITED,
    ),
    bare="text",
)

TIME = Record(
    "time",
    "The hours and the length, as the accounts give them: `time: 20 minutes`, or, with its citation, its `text`.",
    (_need("text", Kind.WORDS, "The words; of a call, those of both capitals.", "11:00 p.m., 20 minutes"), _CITED),
    bare="text",
)

PLACE = Record(
    "place",
    "Where it was: `place: Seoul`, or, with more to say, its `text`.",
    (_need("text", Kind.WORDS, "The place, or `unknown`.", "U.S. Embassy in Jakarta", word=UNKNOWN), _CITED),
    bare="text",
)

PARTICIPANT = Record(
    "participant",
    "Somebody in a country’s delegation; a bare country code is a delegation that nobody names.",
    (
        Field("person", Kind.PERSON, "The full name or an alias, as in people.yaml.", "Sung Kim"),
        Field("country", Kind.COUNTRY, "In place of `person`, where nobody is named.", "US"),
        _need("title", Kind.WORDS, "The title in the account, or `unknown`.", "special representative", word=UNKNOWN),
        Field("place", Kind.WORDS, "Where he or she was, if elsewhere.", "Geneva"),
        _RENDERING,
        _CITED,
    ),
    bare="country",
)

POSITION = Record(
    "position",
    "What one side, or several jointly, put forward.",
    (
        _need("by", Kind.SPEAKER, "Whose it is. Several: theirs jointly.", "[US, KR, JP]", SOME),
        _PER,
        _need(
            "topic", Kind.STANCES, "On what: `arms`, or `{arms: oppose, aid: support}`; a heading has `none`.", "arms"
        ),
        STANCE,
        _need("summary", Kind.PROSE, "What was put forward, in our words.", "Is worried by the transfers."),
        Field(
            "gist",
            Kind.WORDS,
            "The same for the matrix: at most 46 characters, 24 on one line.",
            "Fears what Moscow pays",
        ),
        _nested("quote", "quotation", "Their words, each in a cited paragraph.", "[very worrying, reckless]", SOME),
        Field("translation", Kind.PROSE, "Our translation of a single `quote`.", "a lasting cease-fire"),
        Field("condition", Kind.PROSE, "What the stance depends on.", "a regime willing to negotiate"),
        Field("terms", Kind.WORDS, "This side’s own name for it, where sides differ.", "停戦"),
        Field("gloss", Kind.PROSE, "What the publisher takes a word to mean.", "apparently means the war"),
        _HEDGE,
        _RENDERING,
        _CITE,
        _ID,
        _DRAFT,
    ),
)

QUOTATION = Record(
    "quotation",
    "Words of the source, exactly as they stand there: `quote: very worrying`, a list, or with a translation or gloss.",
    (
        _need("text", Kind.PROSE, "The words, without the marks around them.", "恒久的な停戦"),
        Field("translation", Kind.PROSE, "Our translation.", "a lasting cease-fire"),
        Field("gloss", Kind.PROSE, "The publisher’s reading of these words.", "apparently means the war"),
    ),
    bare="text",
)

ACTION = Record(
    "action",
    "What the sides undertook together. A pledge of one side, or a call on others, is a position.",
    (
        _need("parties", Kind.COUNTRY, "Whom it binds: two or more.", "[KR, JP]", SOME),
        _PER,
        _choice("kind", ActionKind, "What it is.", "agreement", required=True),
        Field("topic", Kind.TOPIC, "On what.", "arms"),
        _choice("stance", Stance, "What it answers to the topic’s question, if anything.", "support"),
        _need("summary", Kind.PROSE, "What they will do, in our words.", "Answer a launch together."),
        Field("trigger", Kind.WORDS, "What sets it off.", "another launch"),
        Field("due", Kind.DATE, "By when.", "2023-10"),
        _choice("status", ActionStatus, "Left out: open.", "done"),
        _HEDGE,
        _CITE,
        _ID,
        _DRAFT,
    ),
)

CONTEXT = Record(
    "context",
    "A fact, a courtesy, the publisher’s background: nobody’s position.",
    (
        Field("by", Kind.WORDS, "Who asserts it, in any words. Left out: the source.", "an unnamed news outlet"),
        _need("summary", Kind.PROSE, "What is asserted, in our words.", "It was their first meeting."),
        Field("date", Kind.DATE, "When it was.", "2023-09-13"),
        _HEDGE,
        _CITE,
        _ID,
        _DRAFT,
    ),
)

# ------------------------------------------------------------------------------------------------------------ a brief

BRIEF = Record(
    "brief",
    "What is printed, and for whom; the name of the file is its id.",
    (
        _need("title", Kind.WORDS, "Its title.", "Who stands where on rescue"),
        Field("addressee", Kind.WORDS, "For whom.", "Office of the Minister"),
        Field("author", Kind.WORDS, "Who prepared it.", "Northern desk"),
        Field("cleared_by", Kind.WORDS, "Who cleared it.", "Deputy Director"),
        Field("version", Kind.WORDS, "Which version it is.", "2"),
        Field("as_of", Kind.DATE, "The information cut-off. Left out: the newest source’s date.", "2023-10-17"),
        Field("handling", Kind.WORDS, "How far it may travel.", "TLP:AMBER"),
        Field("template", Kind.WORDS, "Left out: policy-brief.", "policy-brief"),
        Field("language", Kind.LANGUAGE, "Of our own words. Left out: en-GB.", "en-US"),
        Field("countries", Kind.COUNTRY, "Left out: the dossier’s.", "[US, JP]", SOME),
        Field("meetings", Kind.MEETING, "Left out: all.", "all", SOME, word=ALL),
        Field("topics", Kind.TOPIC, "Left out: all.", "[arms, talks]", SOME, word=ALL),
        _nested(
            "bottom_line",
            "point",
            "The answer, in about three points.",
            "[{lead: ..., text: ..., rests_on: ...}]",
            LIST,
        ),
        _nested(
            "judgements",
            "judgement",
            "Our assessment; the first is on page 1.",
            "[{text: ..., likelihood: likely, confidence: low, rests_on: ...}]",
            LIST,
        ),
        Field("recommendations", Kind.PROSE, "What should be done.", "[Ask Ottawa for its own account.]", LIST),
    ),
)

POINT = Record(
    "point",
    "One point of the bottom line.",
    (
        _need("lead", Kind.PROSE, "The point, in one bold sentence.", "Both want one centre."),
        _need("text", Kind.PROSE, "The facts behind it.", "Each said so in Bergen."),
        _RESTS_ON,
    ),
)

JUDGEMENT = Record(
    "judgement",
    "What the analyst thinks: never a fact.",
    (
        _need("text", Kind.PROSE, "The judgement.", "The two will not go further this year."),
        _choice("likelihood", Likelihood, "How likely it is.", "likely", required=True),
        _choice("confidence", Confidence, "How good the ground is on which it stands.", "moderate", required=True),
        _RESTS_ON,
    ),
)

RECORDS: Mapping[str, Record] = {
    record.name: record
    for record in (
        *(DOSSIER, COUNTRY, INSTITUTION, TOPIC, PERSON, NATIVE, SOURCE),
        *(MEETING, DATE, TIME, PLACE, PARTICIPANT, POSITION, QUOTATION, ACTION, CONTEXT),
        *(BRIEF, POINT, JUDGEMENT),
    )
}

FILES: Mapping[str, Field] = {
    "dossier": Field("dossier.yaml", Kind.RECORD, DOSSIER.help, record="dossier"),
    "people": Field("people.yaml", Kind.RECORD, "Everybody named, by full name.", shape=TABLE, record="person"),
    "sources": Field("sources.yaml", Kind.RECORD, "Every work cited, by id.", shape=TABLE, record="source"),
    "meeting": Field("meetings/*.yaml", Kind.RECORD, MEETING.help, record="meeting"),
    "brief": Field("briefs/*.yaml", Kind.RECORD, BRIEF.help, record="brief"),
}

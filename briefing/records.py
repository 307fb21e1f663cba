"""The format of a dossier: one table a record, field by field. It drives the reader, the JSON Schema and the reference.

A file is the value of a field without a name (`FILES`). Nothing here reads or prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

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


class Kind(Enum):
    """What one value is; the words are those that messages and the reference use."""

    WORDS = "words"
    PROSE = "prose"
    SCHEMA = "the number of the format"
    ID = "an id"
    FLAG = "true or false"
    DATE = "a date"
    CODE = "a code in capitals"
    COUNTRY = "a country code"
    LANGUAGE = "a language tag"
    ADDRESS = "a web address"
    PATH = "a file of the dossier"
    CHOICE = "one of its words"
    CITE = "a citation"
    PERSON = "a person’s full name"
    SPEAKER = "a person, institution or country"
    ISSUER = "an institution or country"
    ACCOUNT = "an institution or source"
    SOURCE = "a source"
    TOPIC = "a topic"
    STANCES = "a topic, or a stance for each of several"
    MEETING = "a meeting"
    REFERENCE = "a record, as meeting/record"
    RECORD = "a record"


class Shape(Enum):
    """How many values a field holds: one, one or a list of them, a list, or a table by id."""

    ONE = "one"
    SOME = "one or a list"
    LIST = "a list"
    TABLE = "a table"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record. `example` is written as in YAML, `choices` closes a list of words, `word` may stand in place
    of a value, `record` names the record that is nested."""

    name: str
    kind: Kind
    help: str
    example: str = ""
    required: bool = False
    shape: Shape = Shape.ONE
    choices: tuple[str, ...] = ()
    word: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one record, in the order of the reference. A bare value in its place is short for the field `bare`;
    in a table its key is an id, or for a `named` record a name."""

    name: str
    help: str
    fields: tuple[Field, ...]
    bare: str = ""
    named: bool = False

    def field(self, name: str) -> Field | None:
        """Find a field by its key."""
        return next((field for field in self.fields if field.name == name), None)


def _words(enumeration: type[StrEnum]) -> tuple[str, ...]:
    return tuple(member.value for member in enumeration)


_DRAFT = Field("draft", Kind.FLAG, "`true` until a person has confirmed it; a brief built on it is stamped.", "true")
_ID = Field("id", Kind.ID, "A name of its own, where the one made for it will not do.", "second-remark")
_HEDGE = Field(
    "hedge",
    Kind.WORDS,
    "How sure the account is; `none` says that a hedge word was looked at and kept out.",
    "assessment",
)
_RENDERING = Field(
    "rendering", Kind.CHOICE, "Who put the words into the language quoted.", "interpreter", choices=_words(Rendering)
)
STANCE = Field(
    "stance",
    Kind.CHOICE,
    "The answer to the topic’s question: needed where it has one, an error where it has none.",
    "oppose",
    choices=_words(Stance),
)
_RESTS_ON = Field(
    "rests_on",
    Kind.REFERENCE,
    "The records it rests on, each as `meeting/record`.",
    "[2031-03-04-oslo/ana-lind/grain]",
    required=True,
    shape=Shape.SOME,
)

# --------------------------------------------------------------------------------------------- dossier, people, sources

DOSSIER = Record(
    "dossier",
    "What the dossier is about, and the words that its other files use.",
    (
        Field("schema", Kind.SCHEMA, "The number of this format.", SCHEMA, required=True),
        Field("title", Kind.WORDS, "What the dossier is about.", "Grain through the strait", required=True),
        Field(
            "countries",
            Kind.RECORD,
            "The countries compared, in the order of every table: a code, or a record where our names will not do.",
            "[US, KR, JP]",
            required=True,
            shape=Shape.LIST,
            record="country",
        ),
        Field(
            "institutions",
            Kind.RECORD,
            "Ministries and offices that speak or give accounts, by id.",
            "{no-mfa: {name: Norway’s Foreign Ministry, country: NO}}",
            shape=Shape.TABLE,
            record="institution",
        ),
        Field(
            "topics",
            Kind.RECORD,
            "What positions are about, by id, in the order of the brief.",
            "{grain: {label: Open sea lanes for grain}}",
            required=True,
            shape=Shape.TABLE,
            record="topic",
        ),
        Field("handling", Kind.WORDS, "How far the dossier may travel.", "TLP:GREEN"),
    ),
)

COUNTRY = Record(
    "country",
    "A country, or an organisation that takes part like one. What is left out comes from our own list.",
    (
        Field("code", Kind.CODE, "Its ISO 3166 code, or capitals of your own.", "KR", required=True),
        Field("name", Kind.WORDS, "Its name in full; needed for a code we do not list.", "Republic of Korea"),
        Field("short", Kind.WORDS, "Its name in running text.", "South Korea"),
        Field("seat", Kind.WORDS, "Where its government sits, as in “per Seoul”.", "Seoul"),
    ),
    bare="code",
)

INSTITUTION = Record(
    "institution",
    "A ministry or office: it can speak, issue sources and give accounts.",
    (
        Field("name", Kind.WORDS, "Its name in full.", "U.S. Department of State", required=True),
        Field("short", Kind.WORDS, "As tables print it: “per Washington”. Left out: its name.", "Washington"),
        Field("country", Kind.COUNTRY, "Whose it is.", "US", required=True),
    ),
)

TOPIC = Record(
    "topic",
    "A question on which positions can differ; without a question, a heading.",
    (
        Field("label", Kind.WORDS, "Completes “X supports / opposes ...”.", "Arms transfers to Russia", required=True),
        Field(
            "question",
            Kind.WORDS,
            "Only where two could answer differently, yes or no.",
            "Should North Korea supply arms to Russia?",
        ),
        Field("parent", Kind.TOPIC, "The wider topic it belongs to.", "grain"),
    ),
)

NATIVE = Record(
    "native",
    "A name in its own script, and where that spelling stands.",
    (
        Field("text", Kind.WORDS, "The name.", "鯰博行", required=True),
        Field("language", Kind.LANGUAGE, "Its language.", "ja", required=True),
        Field("cite", Kind.CITE, "A source that spells it so.", "jp-mofa-names", required=True, shape=Shape.SOME),
    ),
)

PERSON = Record(
    "person",
    "Somebody named in the accounts, under the full name that the brief prints.",
    (
        Field("family", Kind.WORDS, "The family name; wherever it stands in the full one.", "Namazu", required=True),
        Field("country", Kind.COUNTRY, "The country he or she speaks for.", "JP", required=True),
        Field(
            "native",
            Kind.RECORD,
            "The name in its own script.",
            "{text: 鯰博行, language: ja, cite: jp-mofa-names}",
            record="native",
        ),
        Field("aliases", Kind.WORDS, "Other full names found in accounts.", "[Namazu Hiroyuki]", shape=Shape.SOME),
    ),
    named=True,
)

SOURCE = Record(
    "source",
    "A work that is cited.",
    (
        Field(
            "kind",
            Kind.CHOICE,
            "A `report` is a publisher’s, a `release` its issuer’s own text, a `statement` all its issuers’.",
            "report",
            required=True,
            choices=_words(SourceKind),
        ),
        Field("issuer", Kind.ISSUER, "Whose own text it is; a report has none.", "no-mfa", shape=Shape.SOME),
        Field("publisher", Kind.WORDS, "Who published it; a report needs it.", "Yonhap News Agency"),
        Field("short", Kind.WORDS, "As notes and cells name it.", "Yonhap"),
        Field("title", Kind.WORDS, "Its headline or title, exactly.", "Envoys meet in Jakarta"),
        Field("date", Kind.DATE, "When it was published.", "2023-10-17"),
        Field("language", Kind.LANGUAGE, "The language it is written in.", "en"),
        Field("url", Kind.ADDRESS, "Where it can be read.", "https://example.org/article"),
        Field("text", Kind.PATH, "Its text as saved, in the dossier’s folder.", "articles/article-1.txt"),
        _RENDERING,
    ),
)

# ------------------------------------------------------------------------------------------------------------ a meeting

MEETING = Record(
    "meeting",
    "One encounter, call or statement: one file, whose name is its id.",
    (
        Field("title", Kind.WORDS, "What it was.", "Trilateral meeting of the envoys", required=True),
        Field(
            "format",
            Kind.CHOICE,
            "Left out, the number of countries tells. The participants of a `statement` are those who sign it.",
            "call",
            choices=FORMATS,
        ),
        Field(
            "accounts",
            Kind.SOURCE,
            "The sources read in full: silence rests on them.",
            "yonhap-2023-10-17",
            shape=Shape.SOME,
        ),
        Field("pending", Kind.COUNTRY, "Countries whose own account is still to be read.", "[KR]", shape=Shape.SOME),
        Field(
            "date",
            Kind.RECORD,
            "The day where it was held, or `unknown`.",
            "2023-10-17",
            required=True,
            word=UNKNOWN,
            record="date",
        ),
        Field("time", Kind.WORDS, "Clock times and length as given; never computed.", "11:00 p.m., 20 minutes"),
        Field("place", Kind.RECORD, "Where, or `unknown`.", '"U.S. Embassy, Jakarta"', word=UNKNOWN, record="place"),
        Field(
            "participants",
            Kind.RECORD,
            "Who took part: records, or a bare country code for a delegation nobody names.",
            "[US, JP]",
            required=True,
            shape=Shape.LIST,
            record="participant",
        ),
        Field(
            "positions",
            Kind.RECORD,
            "What each side put forward, or `none recorded`.",
            "none recorded",
            shape=Shape.LIST,
            word=NONE_RECORDED,
            record="position",
        ),
        Field(
            "actions",
            Kind.RECORD,
            "What they agreed to do, or `none recorded`.",
            "none recorded",
            shape=Shape.LIST,
            word=NONE_RECORDED,
            record="action",
        ),
        Field(
            "context",
            Kind.RECORD,
            "Background, courtesies and facts that are nobody’s position.",
            "[{summary: They met for the first time., cite: para 2}]",
            shape=Shape.LIST,
            record="context",
        ),
        _DRAFT,
    ),
)

DATE = Record(
    "date",
    "When a meeting was held; as `date: 2023-10-17`, or with its place. `text` or `before`, not both.",
    (
        Field("text", Kind.DATE, "The date, or `unknown`.", "2023-10-17", word=UNKNOWN),
        Field("weekday", Kind.CHOICE, "The day of the week that the account gives.", "Tuesday", choices=WEEKDAYS),
        Field("before", Kind.MEETING, "The meeting it came just before, where that is all we know.", "2031-03-04-oslo"),
        Field("words", Kind.WORDS, "The account’s own words for it.", "Prior to the three-way meeting"),
        Field("cite", Kind.CITE, "Where it says so.", "para 7", shape=Shape.SOME),
    ),
    bare="text",
)

PLACE = Record(
    "place",
    "Where a meeting was held; as `place: Seoul`, or with its citation.",
    (
        Field("text", Kind.WORDS, "The place.", '"U.S. Embassy, Jakarta"', required=True, word=UNKNOWN),
        Field("cite", Kind.CITE, "Where it says so.", "para 7", shape=Shape.SOME),
    ),
    bare="text",
)

PARTICIPANT = Record(
    "participant",
    "A person in a country’s delegation; or a country, where nobody is named.",
    (
        Field("person", Kind.PERSON, "The full name, as in people.yaml.", "Sung Kim"),
        Field("country", Kind.COUNTRY, "In place of `person`, where nobody is named.", "US"),
        Field(
            "title",
            Kind.WORDS,
            "The title that the account gives, or `unknown`.",
            "special representative for North Korea",
            required=True,
            word=UNKNOWN,
        ),
        Field("place", Kind.WORDS, "Where he or she was, if elsewhere (calls).", "Geneva"),
        _RENDERING,
        Field("cite", Kind.CITE, "Where it says so.", "para 2", shape=Shape.SOME),
    ),
    bare="country",
)

QUOTATION = Record(
    "quotation",
    "Words of the source, exactly; the reader’s first rule is that they stand there.",
    (
        Field("text", Kind.PROSE, "The words, without the marks around them.", "a lasting cease-fire", required=True),
        Field(
            "translation", Kind.PROSE, "Our translation, where they are in another language.", "a lasting cease-fire"
        ),
    ),
    bare="text",
)

POSITION = Record(
    "position",
    "What one side, or several jointly, put forward on a topic.",
    (
        Field(
            "by",
            Kind.SPEAKER,
            "Whose it is. A person said it; an institution or country is reported; several are joint.",
            "[US, KR, JP]",
            required=True,
            shape=Shape.SOME,
        ),
        Field("per", Kind.ACCOUNT, "Who says that it was said, where that is not the source’s own issuer.", "us-state"),
        Field(
            "topic",
            Kind.STANCES,
            "The topic; one remark on several has `{arms: oppose, aid: support}`, and `none` under a heading.",
            "arms",
            required=True,
        ),
        STANCE,
        Field(
            "summary", Kind.PROSE, "What was put forward, in our words.", "Is worried by the transfers.", required=True
        ),
        Field("gist", Kind.WORDS, "The summary in 24 to 46 characters, for the matrix.", "Fears what Moscow pays"),
        Field(
            "quote",
            Kind.RECORD,
            "Their own words, each in one of the cited paragraphs.",
            "[very worrying, deeply concerned]",
            shape=Shape.SOME,
            record="quotation",
        ),
        Field("translation", Kind.PROSE, "Our translation of a single `quote`.", "a lasting cease-fire"),
        Field("condition", Kind.PROSE, "What the stance is conditional on.", "a regime willing to negotiate"),
        Field("terms", Kind.WORDS, "What this side calls the thing, where sides name it differently.", "停戦"),
        Field("gloss", Kind.PROSE, "What the publisher takes a word to mean.", "apparently means the war"),
        _HEDGE,
        _RENDERING,
        Field("cite", Kind.CITE, "Where it stands.", '"para 1, 5"', required=True, shape=Shape.SOME),
        _ID,
        _DRAFT,
    ),
)

ACTION = Record(
    "action",
    "What the sides undertook together. One side’s pledge, or a call on others, is a position.",
    (
        Field("parties", Kind.COUNTRY, "Who is bound: at least two.", "[KR, JP]", required=True, shape=Shape.SOME),
        Field("per", Kind.ACCOUNT, "Who says that it was agreed.", "kr-mofa"),
        Field("kind", Kind.CHOICE, "What it is.", "agreement", required=True, choices=_words(ActionKind)),
        Field("topic", Kind.TOPIC, "The topic.", "arms"),
        Field(
            "stance",
            Kind.CHOICE,
            "What it says to the topic’s question; may be left out.",
            "support",
            choices=_words(Stance),
        ),
        Field("summary", Kind.PROSE, "What they will do.", "Answer a launch together.", required=True),
        Field("trigger", Kind.WORDS, "What sets it off.", "another launch"),
        Field("due", Kind.DATE, "By when.", "2023-10"),
        Field("status", Kind.CHOICE, "Left out: open.", "open", choices=_words(ActionStatus)),
        _HEDGE,
        Field("cite", Kind.CITE, "Where it stands.", "para 23", required=True, shape=Shape.SOME),
        _ID,
        _DRAFT,
    ),
)

CONTEXT = Record(
    "context",
    "A fact or background; nobody’s position.",
    (
        Field("by", Kind.WORDS, "Who asserts it, in any words; left out, the source does.", "an unnamed news outlet"),
        Field("summary", Kind.PROSE, "What is said, in our words.", "It was their first meeting.", required=True),
        Field("date", Kind.DATE, "When it was.", "2023-09-13"),
        _HEDGE,
        Field("cite", Kind.CITE, "Where it stands.", "para 3", required=True, shape=Shape.SOME),
        _ID,
        _DRAFT,
    ),
)

# -------------------------------------------------------------------------------------------------------------- a brief

BRIEF = Record(
    "brief",
    "What is printed, and for whom: one file, whose name is its id.",
    (
        Field("title", Kind.WORDS, "Its title.", "Who stands where on grain", required=True),
        Field("addressee", Kind.WORDS, "For whom.", "Office of the Minister"),
        Field("author", Kind.WORDS, "Who prepared it.", "Maritime desk"),
        Field("cleared_by", Kind.WORDS, "Who cleared it.", "Deputy Director"),
        Field("version", Kind.WORDS, "Which version this is.", "2"),
        Field("as_of", Kind.DATE, "The information cut-off. Left out: the newest source’s date.", "2023-10-17"),
        Field("handling", Kind.WORDS, "How far it may travel.", "TLP:AMBER"),
        Field("template", Kind.WORDS, "Left out: policy-brief.", "policy-brief"),
        Field("language", Kind.LANGUAGE, "The language of our own words. Left out: en-GB.", "en-GB"),
        Field("countries", Kind.COUNTRY, "Left out: the dossier’s.", "[US, JP]", shape=Shape.SOME),
        Field("meetings", Kind.MEETING, "Which meetings. Left out: all.", "all", shape=Shape.SOME, word=ALL),
        Field("topics", Kind.TOPIC, "Which topics. Left out: all.", "all", shape=Shape.SOME, word=ALL),
        Field(
            "bottom_line",
            Kind.RECORD,
            "The answer, in about three points.",
            "[{lead: Both agree., text: They said so in Oslo., rests_on: 2031-03-04-oslo/ana-lind/grain}]",
            shape=Shape.LIST,
            record="point",
        ),
        Field(
            "judgements",
            Kind.RECORD,
            "The analyst’s own assessment; the first goes to page 1.",
            "[{text: It will last., likelihood: likely, confidence: low, rests_on: 2031-03-04-oslo/ana-lind/grain}]",
            shape=Shape.LIST,
            record="judgement",
        ),
        Field("recommendations", Kind.PROSE, "What should be done.", "[Ask Oslo for its account.]", shape=Shape.SOME),
    ),
)

POINT = Record(
    "point",
    "One point of the bottom line.",
    (
        Field("lead", Kind.PROSE, "The point in one bold sentence.", "Both want the strait open.", required=True),
        Field("text", Kind.PROSE, "The facts behind it.", "Each said so in Oslo.", required=True),
        _RESTS_ON,
    ),
)

JUDGEMENT = Record(
    "judgement",
    "What the analyst thinks: never a fact.",
    (
        Field("text", Kind.PROSE, "The judgement.", "The two will not go further this year.", required=True),
        Field("likelihood", Kind.CHOICE, "How likely it is.", "likely", required=True, choices=_words(Likelihood)),
        Field(
            "confidence",
            Kind.CHOICE,
            "How good the ground is that it stands on.",
            "moderate",
            required=True,
            choices=_words(Confidence),
        ),
        _RESTS_ON,
    ),
)

RECORDS: Mapping[str, Record] = {
    record.name: record
    for record in (
        *(DOSSIER, COUNTRY, INSTITUTION, TOPIC, PERSON, NATIVE, SOURCE),
        *(MEETING, DATE, PLACE, PARTICIPANT, POSITION, QUOTATION, ACTION, CONTEXT),
        *(BRIEF, POINT, JUDGEMENT),
    )
}

FILES: Mapping[str, Field] = {
    "dossier": Field("dossier.yaml", Kind.RECORD, DOSSIER.help, record="dossier"),
    "people": Field("people.yaml", Kind.RECORD, "Everybody named, by full name.", shape=Shape.TABLE, record="person"),
    "sources": Field("sources.yaml", Kind.RECORD, "Every work cited, by id.", shape=Shape.TABLE, record="source"),
    "meeting": Field("meetings/*.yaml", Kind.RECORD, MEETING.help, record="meeting"),
    "brief": Field("briefs/*.yaml", Kind.RECORD, BRIEF.help, record="brief"),
}

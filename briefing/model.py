"""The domain on one page: what a dossier holds. Frozen values; nothing here parses, prints or checks.

A record inside a meeting is named `<meeting id>/<record id>` elsewhere. Countries are ISO 3166 codes of two letters. An
empty string or tuple means that the field was left out; where silence is data it has a field of its own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from briefing.anchor import Anchor
from briefing.diagnostics import Location


class Stance(StrEnum):
    """Where a position stands, relative to its topic's question; a condition modifies it."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    UNCLEAR = "unclear"


class PositionKind(StrEnum):
    """Derived: said by a person; joint, attributed to several sides; reported, by an institution or one country."""

    SAID = "said"
    JOINT = "joint"
    REPORTED = "reported"


class SourceKind(StrEnum):
    REPORT = "report"
    RELEASE = "release"
    STATEMENT = "statement"
    TRANSCRIPT = "transcript"
    RECORD = "record"


class Rendering(StrEnum):
    """Who put the words into the language they are quoted in."""

    ORIGINAL = "original"
    INTERPRETER = "interpreter"
    PUBLISHER = "publisher"
    UNKNOWN = "unknown"


class ActionKind(StrEnum):
    AGREEMENT = "agreement"
    COMMITMENT = "commitment"


class ActionStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    OVERDUE = "overdue"
    LAPSED = "lapsed"


class Likelihood(StrEnum):
    """How likely a judgement is: the seven terms of ICD 203."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly even chance"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"


class Confidence(StrEnum):
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Origin(Struct, frozen=True):
    """Where a record was written: its file (relative to the dossier), its path of ids, and the place of each field; a
    list field has one for the list (`quote`) and one for each item (`quote/1`)."""

    file: str
    path: str
    location: Location
    fields: Mapping[str, Location] = field(default_factory=dict)

    def at(self, name: str) -> Location:
        """The place of a field, or of the record where the field was left out."""
        return self.fields.get(name, self.location)

    def anchor(self, name: str, kind: str) -> Anchor:
        """The anchor of a field printed in the way that `kind` names."""
        path = f"{self.path}/{name}" if self.path else name
        return Anchor(self.file, path, kind, self.at(name))


class Citation(Struct, frozen=True):
    """A pointer to paragraphs of a source, 0 the headline; `pages` prints as written, unchecked; neither: all of it."""

    source: str
    paragraphs: tuple[int, ...] = ()
    pages: str = ""


Cite = tuple[Citation, ...]


class Country(Struct, frozen=True):
    """`name` in full, `short` in running text, `seat` as tables print it ("per Washington")."""

    code: str
    name: str
    short: str
    seat: str


class Institution(Struct, frozen=True):
    id: str
    name: str
    short: str
    country: str
    origin: Origin


class Native(Struct, frozen=True):
    """A name in its own script, its language (BCP 47), and where that spelling stands."""

    text: str
    language: str
    cite: Cite


class Person(Struct, frozen=True):
    name: str
    family: str
    country: str
    origin: Origin
    native: Native | None = None
    aliases: tuple[str, ...] = ()


class Day(Struct, frozen=True):
    """A calendar date as exact as the source is: a day, a month (`day` 0) or a year (`month` 0)."""

    year: int
    month: int = 0
    day: int = 0


class Source(Struct, frozen=True):
    """A cited work. `issuers` are institutions or countries whose own text it is; `text` is a path in the dossier."""

    id: str
    kind: SourceKind
    origin: Origin
    issuers: tuple[str, ...] = ()
    publisher: str = ""
    short: str = ""
    title: str = ""
    date: Day | None = None
    language: str = ""
    url: str = ""
    text: str = ""
    rendering: Rendering | None = None


class Topic(Struct, frozen=True):
    """A question on which positions can differ; without a question a heading, with no stance and no alignment."""

    id: str
    label: str
    origin: Origin
    question: str = ""
    parent: str = ""


class When(Struct, frozen=True):
    """The date of a meeting: a day, or `before` another meeting, or neither (unknown). `words` are the account's."""

    day: Day | None = None
    before: str = ""
    words: str = ""
    weekday: str = ""
    cite: Cite = ()


class Place(Struct, frozen=True):
    text: str
    cite: Cite = ()


class Participant(Struct, frozen=True):
    """A person in a country's delegation, with the title the source gives ("" where unknown)."""

    person: str
    country: str
    title: str
    origin: Origin
    cite: Cite = ()
    place: str = ""
    rendering: Rendering | None = None


class Speaker(Struct, frozen=True):
    """Whose position it is: a person, an institution, or a country as such (`person` and `institution` empty)."""

    country: str
    person: str = ""
    institution: str = ""


class Quotation(Struct, frozen=True):
    """Words of the source, verbatim; `translation` is ours, `gloss` the publisher's reading. `field`: as `quote/1`."""

    text: str
    field: str
    translation: str = ""
    gloss: str = ""


class Position(Struct, frozen=True):
    """What one side, or several jointly, put forward. `per` names whose account it is, where not the source's issuer's.
    `stances` has one entry a topic; None under a topic without a question."""

    id: str
    by: tuple[Speaker, ...]
    stances: Mapping[str, Stance | None]
    summary: str
    cite: Cite
    origin: Origin
    per: str = ""
    gist: str = ""
    quotes: tuple[Quotation, ...] = ()
    condition: str = ""
    terms: str = ""
    gloss: str = ""
    hedge: str = ""
    rendering: Rendering | None = None
    draft: bool = False

    @property
    def kind(self) -> PositionKind:
        """Said, joint or reported, from who it is by."""
        if len(self.by) > 1:
            return PositionKind.JOINT
        return PositionKind.SAID if self.by[0].person else PositionKind.REPORTED

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries whose position it is, each once, in the order written."""
        return tuple(dict.fromkeys(s.country for s in self.by))


class Action(Struct, frozen=True):
    """What the sides undertook together. `stance` says what that means for the topic's question, where it has one."""

    id: str
    parties: tuple[str, ...]
    kind: ActionKind
    summary: str
    cite: Cite
    origin: Origin
    per: str = ""
    topic: str = ""
    stance: Stance | None = None
    trigger: str = ""
    due: Day | None = None
    status: ActionStatus = ActionStatus.OPEN
    hedge: str = ""
    draft: bool = False


class Context(Struct, frozen=True):
    """A fact or background, nobody's position. `by` says in any words who asserts it, else the source does."""

    summary: str
    cite: Cite
    origin: Origin
    id: str = ""
    by: str = ""
    country: str = ""
    date: Day | None = None
    hedge: str = ""
    draft: bool = False


Record = Position | Action | Context


class Meeting(Struct, frozen=True):
    """One encounter, call or statement. `format` is derived from the number of countries unless written.
    `none_recorded` names the lists (`positions`, `actions`) that were recorded as empty rather than left out."""

    id: str
    title: str
    format: str
    accounts: tuple[str, ...]
    when: When
    origin: Origin
    pending: tuple[str, ...] = ()
    time: str = ""
    time_cite: Cite = ()
    place: Place | None = None
    participants: tuple[Participant, ...] = ()
    positions: tuple[Position, ...] = ()
    actions: tuple[Action, ...] = ()
    context: tuple[Context, ...] = ()
    none_recorded: frozenset[str] = frozenset()
    draft: bool = False

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that took part, each once, in the order of the participants."""
        return tuple(dict.fromkeys(p.country for p in self.participants))

    @property
    def records(self) -> tuple[Record, ...]:
        """Positions, agreed actions and context, in this order."""
        return (*self.positions, *self.actions, *self.context)


class Point(Struct, frozen=True):
    """One point of the bottom line: a bold lead and the facts behind it, resting on records (`meeting/record`)."""

    lead: str
    text: str
    rests_on: tuple[str, ...]
    origin: Origin


class Judgement(Struct, frozen=True):
    """The analyst's own assessment: never a fact."""

    text: str
    likelihood: Likelihood
    confidence: Confidence
    rests_on: tuple[str, ...]
    origin: Origin


class Brief(Struct, frozen=True):
    """What is printed, for whom. Empty `meetings` and `topics` mean all of the dossier's."""

    id: str
    title: str
    origin: Origin
    addressee: str = ""
    author: str = ""
    cleared_by: str = ""
    version: str = ""
    as_of: Day | None = None
    handling: str = ""
    template: str = "policy-brief"
    countries: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    bottom_line: tuple[Point, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    recommendations: tuple[str, ...] = ()
    language: str = "en-GB"


class Dossier(Struct, frozen=True):
    """Everything held on one subject. `meetings` are in the order of their dates, "before X" just before X."""

    id: str
    title: str
    countries: tuple[str, ...]
    origin: Origin
    names: Mapping[str, Country] = field(default_factory=dict)
    institutions: Mapping[str, Institution] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    meetings: tuple[Meeting, ...] = ()
    briefs: tuple[Brief, ...] = ()
    handling: str = ""

"""What a meeting's file records of what was said and done: positions, agreed actions, context."""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from briefing.diagnostics import Location
from briefing.model import (
    Action,
    ActionKind,
    ActionStatus,
    Context,
    Day,
    Position,
    Quotation,
    Rendering,
    Speaker,
    Stance,
)
from briefing.readers.names import Unknown, find_person, slug
from briefing.readers.record import Row
from briefing.readers.values import Reading, known
from briefing.records import NO_STANCE

LEAST_PARTIES = 2
_MARKED = re.compile(r"“[^“”]*”|\"[^\"]*\"|„[^„“]*“|«[^«»]*»|「[^「」]*」|『[^『』]*』|‘[^‘’]*’")


class Ids(Struct):
    """The ids taken in a meeting so far. `nameless`: a record was too broken to have one."""

    taken: set[str] = field(default_factory=set)
    nameless: bool = False

    def take(self, id: str) -> bool:
        """Take an id; False where it is taken already."""
        if id in self.taken:
            return False
        self.taken.add(id)
        return True

    def free(self, id: str) -> str:
        """Take an id, or the first free one of `id-2`, `id-3` ..."""
        numbered, n = id, 1
        while not self.take(numbered):
            n += 1
            numbered = f"{id}-{n}"
        return numbered

    def name(self, row: Row, derived: str, reading: Reading) -> str:
        """Take a record's own id, else the derived one."""
        own = row.text("id")
        if own and not self.take(own):
            mend = "Two records of a meeting need two ids; or delete `id`, and one is made."
            reading.error(row.at("id"), "duplicate-id", f"the id {own!r} is taken in this meeting", mend)
        return own or self.free(derived)

    def all(self) -> frozenset[str] | None:
        """Get the ids of all records, None where they are not all known."""
        return None if self.nameless else frozenset(self.taken)


def read_position(row: Row, ids: Ids, reading: Reading) -> Position | None:
    """Make a position; None where nobody can tell whose it is, or on what."""
    by = row.many("by", Speaker)
    stances = _stances(row, reading)
    if not by or not row.whole("by") or not stances:
        ids.nameless = True
        return None
    slugs = "-".join(slug(s.person) or s.institution or s.country.lower() for s in by)
    id_ = ids.name(row, f"{slugs}/{next(iter(stances))}", reading)
    return Position(
        id=id_,
        by=by,
        stances=stances,
        summary=row.text("summary"),
        cite=row.cite(),
        origin=row.origin(reading.file, f"positions/{id_}"),
        per=row.text("per"),
        gist=row.text("gist"),
        quotes=_quotations(row, reading),
        condition=row.text("condition"),
        terms=row.text("terms"),
        gloss=row.text("gloss"),
        hedge=row.text("hedge"),
        rendering=rendering(row),
        draft=row.one("draft", bool) or False,
    )


def read_action(row: Row, number: int, ids: Ids, reading: Reading) -> Action | None:
    """Make an agreed action; None where its parties or kind cannot be told."""
    id_ = ids.name(row, f"action-{number}", reading)
    parties = tuple(dict.fromkeys(row.many("parties", str)))
    if "parties" in row.values and row.whole("parties") and len(parties) < LEAST_PARTIES:
        mend = "An action binds two or more. A pledge of one side, or a call on others, is a position of that side."
        reading.error(row.at("parties"), "one-party", "an agreed action with one party", mend)
    if {"stance", "topic"} & row.values.keys() == {"stance"}:
        reading.error(row.at("stance"), "stance-without-question", "this stance has no topic", "Add the `topic`.")
    if not parties or not row.text("kind"):
        return None
    return Action(
        id=id_,
        parties=parties,
        kind=ActionKind(row.text("kind")),
        summary=row.text("summary"),
        cite=row.cite(),
        origin=row.origin(reading.file, f"actions/{id_}"),
        per=row.text("per"),
        topic=row.text("topic"),
        stance=_stance(row.text("topic"), row, reading, needed=False),
        trigger=row.text("trigger"),
        due=row.one("due", Day),
        status=ActionStatus(row.text("status") or ActionStatus.OPEN),
        hedge=row.text("hedge"),
        draft=row.one("draft", bool) or False,
    )


def read_context(row: Row, number: int, ids: Ids, reading: Reading) -> Context:
    """Make an item of context; where its `by` names a country, institution or person, its country is known too."""
    by, country = _asserted(row, reading)
    return Context(
        summary=row.text("summary"),
        cite=row.cite(),
        origin=row.origin(reading.file, f"context/{ids.name(row, f'context-{number}', reading)}"),
        by=by,
        country=country,
        date=row.one("date", Day),
        hedge=row.text("hedge"),
        draft=row.one("draft", bool) or False,
    )


def rendering(row: Row) -> Rendering | None:
    """Get who rendered the words, where it is said."""
    return Rendering(row.text("rendering")) if row.text("rendering") else None


def _asserted(row: Row, reading: Reading) -> tuple[str, str]:
    """Read who asserts it, in any words; a family name alone would leave open which of its bearers."""
    by, names = row.text("by"), reading.names
    if by in names.countries:
        return by, by
    if names.institutions and by in names.institutions:
        return by, names.institutions[by]
    if not names.people or not (by in names.people.spellings or by in names.people.families):
        return by, ""
    name = find_person(by, names.people)
    if isinstance(name, Unknown):
        reading.error(row.at("by"), name.rule, name.message, name.help)
        return by, ""
    person = names.people.known[name]
    return name, person.country if person else ""


def _quotations(row: Row, reading: Reading) -> tuple[Quotation, ...]:
    listed = "quote/1" in row.places
    texts = [
        Quotation(_unmarked(r, reading), f"quote/{n}" if listed else "quote", r.text("translation"), r.text("gloss"))
        for n, r in enumerate(row.many("quote", Row), 1)
    ]
    translation = row.text("translation")
    if translation and (len(texts) != 1 or texts[0].translation):
        mend = "With several, each has its own: `- {text: ..., translation: ...}`."
        reading.error(row.at("translation"), "translation", "a `translation` needs a single `quote` beside it", mend)
    elif translation:
        texts = [replace(texts[0], translation=translation)]
    return tuple(quotation for quotation in texts if quotation.text)


def _unmarked(row: Row, reading: Reading) -> str:
    """Get the words of a quotation; empty where marks were written around them."""
    text = row.text("text")
    if not _MARKED.fullmatch(text):
        return text
    mend = "Leave out the marks: they are added in print."
    reading.error(row.at("text"), "quote-marks", "quotation marks stand around the words of this quotation", mend)
    return ""


def _stances(row: Row, reading: Reading) -> dict[str, Stance | None]:
    """Read the stance on each topic: one `stance` beside a single topic, or one in the table of several."""
    table = row.one("topic", dict)
    if table is None:
        topic = row.text("topic")
        if isinstance(found := known(topic, "topic", reading.names.topics), Unknown) and topic:
            reading.error(row.at("topic"), found.rule, found.message, found.help)
            return {}
        return {topic: _stance(topic, row, reading)} if topic else {}
    if "stance" in row.values:
        mend = "Each topic already has its stance: delete this one."
        reading.error(row.at("stance"), "two-stances", "`stance` stands beside a table of topics", mend)
    return {topic: _coded(topic, said, row.at(f"topic/{topic}"), reading) for topic, said in table.items()}


def _stance(topic: str, row: Row, reading: Reading, *, needed: bool = True) -> Stance | None:
    if "stance" in row.values:
        return _coded(topic, row.text("stance"), row.at("stance"), reading)
    return _coded(topic, NO_STANCE if needed else "", row.at("topic"), reading)


def _coded(topic: str, said: str, place: Location, reading: Reading) -> Stance | None:
    """Make a stance of its word; empty where it is broken or not needed. A topic that asks nothing has no answers."""
    question = (reading.names.topics or {}).get(topic)
    stance = Stance(said) if said not in ("", NO_STANCE) else None
    if stance and question == "":
        mend = "Delete the stance; or give the topic a `question` in dossier.yaml."
        reading.error(place, "stance-without-question", f"the topic {topic!r} asks no question: it has no stance", mend)
    if said == NO_STANCE and question:
        mend = f"{question}\nWrite `stance: support`, `oppose` or `unclear`."
        reading.error(place, "missing-stance", f"the topic {topic!r} asks a question: a stance is needed", mend)
    return stance

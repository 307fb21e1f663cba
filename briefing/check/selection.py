"""What the rules look at: the records of a meeting, the meetings of a brief, the fields in our words, the citations.

What could not be read the reader has told; what only follows from it is not told as well: `whole`, `Prose.quotable`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from briefing.diagnostics import Location
from briefing.model import (
    Action,
    Brief,
    Citation,
    Context,
    Dossier,
    Judgement,
    Meeting,
    Origin,
    Participant,
    Point,
    Position,
)

Record = Position | Action | Context
Quotable = tuple[str, ...] | None


class Voice(StrEnum):
    """Who speaks in a field of our words: the record tells what a side put forward, a fact stands by itself, the
    analyst judges; a label names."""

    TOLD = "told"
    FACT = "fact"
    JUDGED = "judged"
    LABEL = "label"


class Prose(Struct, frozen=True):
    """One field in our own words, where it is written, who speaks in it, and what may stand in marks there (None:
    nobody can tell, since some of it could not be read)."""

    text: str
    origin: Origin
    field: str
    voice: Voice
    quotable: Quotable = ()


def records(meeting: Meeting) -> tuple[Record, ...]:
    """List the positions, agreed actions and context of a meeting."""
    return (*meeting.positions, *meeting.actions, *meeting.context)


def meetings_of(brief: Brief, dossier: Dossier) -> tuple[Meeting, ...]:
    """List the meetings a brief prints: those it names, else all of its dossier."""
    return tuple(m for m in dossier.meetings if not brief.meetings or m.id in brief.meetings)


def whole(origin: Origin, field: str, held: Collection[object]) -> bool:
    """Tell whether all that was written of a field could be read; the places of its items tell what was."""
    listed = f"{field}/{len(held) + 1}" in origin.fields
    return not listed and (bool(held) or field not in origin.fields)


def own_words(dossier: Dossier) -> Iterator[Prose]:
    """List every field in our own words that is not left out, in the order of the dossier."""
    said = {f"{m.id}/{r.id}": _quotable(r) for m in dossier.meetings for r in records(m)}
    fields = (
        *_topic_fields(dossier),
        *(prose for meeting in dossier.meetings for prose in _meeting_fields(meeting)),
        *(prose for brief in dossier.briefs for prose in _brief_fields(brief, said)),
    )
    return (prose for prose in fields if prose.text)


def _quotable(record: Record) -> Quotable:
    """What of a record is in other words than ours: of a position its quotations and terms."""
    if not isinstance(record, Position):
        return ()
    if not whole(record.origin, "quote", record.quotes):
        return None
    quoted = (text for q in record.quotes for text in (q.text, q.translation))
    return tuple(filter(None, (*quoted, record.terms)))


def _topic_fields(dossier: Dossier) -> Iterator[Prose]:
    for topic in dossier.topics.values():
        yield Prose(topic.label, topic.origin, "label", Voice.LABEL)
        yield Prose(topic.question, topic.origin, "question", Voice.LABEL)


def _meeting_fields(meeting: Meeting) -> Iterator[Prose]:
    yield Prose(meeting.title, meeting.origin, "title", Voice.LABEL)
    for p in meeting.positions:
        quotable = _quotable(p)
        told = {"summary": p.summary, "gist": p.gist, "condition": p.condition, "gloss": p.gloss}
        yield from (Prose(text, p.origin, field, Voice.TOLD, quotable) for field, text in told.items() if text)
    for a in meeting.actions:
        yield Prose(a.summary, a.origin, "summary", Voice.FACT)
        yield Prose(a.trigger, a.origin, "trigger", Voice.FACT)
    for c in meeting.context:
        yield Prose(c.by, c.origin, "by", Voice.LABEL)
        yield Prose(c.summary, c.origin, "summary", Voice.TOLD if c.by or c.hedge else Voice.FACT)


def _brief_fields(brief: Brief, said: Mapping[str, Quotable]) -> Iterator[Prose]:
    yield Prose(brief.title, brief.origin, "title", Voice.LABEL)
    for point in brief.bottom_line:
        quotable = _rested_on(point, said)
        yield Prose(point.lead, point.origin, "lead", Voice.FACT, quotable)
        yield Prose(point.text, point.origin, "text", Voice.FACT, quotable)
    for judgement in brief.judgements:
        quotable = _rested_on(judgement, said)
        yield Prose(judgement.text, judgement.origin, "text", Voice.JUDGED, quotable)
    claims: tuple[Point | Judgement, ...] = (*brief.bottom_line, *brief.judgements)
    everything = (*said.values(), *(_rested_on(claim, said) for claim in claims))
    for number, text in enumerate(brief.recommendations, 1):
        yield Prose(text, brief.origin, f"recommendations/{number}", Voice.JUDGED, _together(everything))


def _rested_on(claim: Point | Judgement, said: Mapping[str, Quotable]) -> Quotable:
    read = whole(claim.origin, "rests_on", claim.rests_on)
    return _together(said.get(record) for record in claim.rests_on) if read else None


def _together(quoted: Iterable[Quotable]) -> Quotable:
    """What any of several records quotes; None where one of them could not be read."""
    known = tuple(quoted)
    return None if None in known else tuple(text for texts in known for text in texts or ())


def citations(dossier: Dossier) -> Iterator[tuple[Citation, Location]]:
    """List every citation of a dossier, and where it is written."""
    for person in dossier.people.values():
        if person.native:
            yield from ((c, person.origin.at("native/cite")) for c in person.native.cite)
    for meeting in dossier.meetings:
        yield from ((c, meeting.origin.at("date/cite")) for c in meeting.when.cite)
        yield from ((c, meeting.origin.at("time/cite")) for c in meeting.time_cite)
        if meeting.place:
            yield from ((c, meeting.origin.at("place/cite")) for c in meeting.place.cite)
        cited: tuple[Participant | Record, ...] = (*meeting.participants, *records(meeting))
        yield from ((c, record.origin.at("cite")) for record in cited for c in record.cite)

"""What the rules look at: the records of a meeting, the meetings of a brief, the fields in our words, the citations.

What could not be read the reader has told; what only follows from it is not told as well: `whole`, `quotable`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from itertools import chain

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


class Voice(StrEnum):
    """Who speaks in a field of our words: the record tells what a side put forward, a fact stands by itself, the
    analyst judges; a label names."""

    TOLD = "told"
    FACT = "fact"
    JUDGED = "judged"
    LABEL = "label"


class Prose(Struct, frozen=True):
    """One field in our own words, where it is written, who speaks in it, and the records that it rests on (None: one
    that could not be read)."""

    text: str
    origin: Origin
    field: str
    voice: Voice
    rests_on: tuple[Record | None, ...] = ()


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
    held = {f"{m.id}/{r.id}": r for m in dossier.meetings for r in records(m)} if dossier.briefs else {}
    fields = (
        _topic_fields(dossier),
        *map(_meeting_fields, dossier.meetings),
        *(_brief_fields(brief, held) for brief in dossier.briefs),
    )
    return (prose for prose in chain.from_iterable(fields) if prose.text)


def quotable(prose: Prose) -> tuple[str, ...] | None:
    """List what may stand in marks in our own words; None where nobody can tell."""
    quoted = tuple(map(_quoted, prose.rests_on))
    return None if None in quoted else tuple(text for texts in quoted for text in texts or ())


def _quoted(record: Record | None) -> tuple[str, ...] | None:
    """What of a record is in other words than ours: of a position its quotations and terms."""
    if not isinstance(record, Position):
        return () if record else None
    if not whole(record.origin, "quote", record.quotes):
        return None
    texts = (text for q in record.quotes for text in (q.text, q.translation))
    return tuple(filter(None, (*texts, record.terms)))


def _topic_fields(dossier: Dossier) -> Iterator[Prose]:
    for topic in dossier.topics.values():
        yield Prose(topic.label, topic.origin, "label", Voice.LABEL)
        yield Prose(topic.question, topic.origin, "question", Voice.LABEL)


def _meeting_fields(meeting: Meeting) -> Iterator[Prose]:
    yield Prose(meeting.title, meeting.origin, "title", Voice.LABEL)
    for p in meeting.positions:
        told = {"summary": p.summary, "gist": p.gist, "condition": p.condition, "gloss": p.gloss}
        yield from (Prose(text, p.origin, field, Voice.TOLD, (p,)) for field, text in told.items() if text)
    for a in meeting.actions:
        yield Prose(a.summary, a.origin, "summary", Voice.FACT)
        yield Prose(a.trigger, a.origin, "trigger", Voice.FACT)
    for c in meeting.context:
        yield Prose(c.by, c.origin, "by", Voice.LABEL)
        yield Prose(c.summary, c.origin, "summary", Voice.TOLD if c.by or c.hedge else Voice.FACT)


def _brief_fields(brief: Brief, held: Mapping[str, Record]) -> Iterator[Prose]:
    yield Prose(brief.title, brief.origin, "title", Voice.LABEL)
    for point in brief.bottom_line:
        rests_on = _rests_on(point, held)
        yield Prose(point.lead, point.origin, "lead", Voice.FACT, rests_on)
        yield Prose(point.text, point.origin, "text", Voice.FACT, rests_on)
    for judgement in brief.judgements:
        yield Prose(judgement.text, judgement.origin, "text", Voice.JUDGED, _rests_on(judgement, held))
    claims: tuple[Point | Judgement, ...] = (*brief.bottom_line, *brief.judgements)
    everything = (*held.values(), *(record for claim in claims for record in _rests_on(claim, held)))
    for number, text in enumerate(brief.recommendations, 1):
        yield Prose(text, brief.origin, f"recommendations/{number}", Voice.JUDGED, everything)


def _rests_on(claim: Point | Judgement, held: Mapping[str, Record]) -> tuple[Record | None, ...]:
    read = whole(claim.origin, "rests_on", claim.rests_on)
    return tuple(map(held.get, claim.rests_on)) if read else (None,)


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

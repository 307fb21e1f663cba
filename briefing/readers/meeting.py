"""The YAML of one meeting → Meeting. What its records say of one another is for `check`; here each becomes a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from briefing.diagnostics import Diagnostic
from briefing.model import Day, Meeting, Participant, Place, When
from briefing.readers.names import slug
from briefing.readers.record import Row, peek, read_record
from briefing.readers.remarks import Ids, read_action, read_context, read_position, rendering
from briefing.readers.values import Reading
from briefing.readers.yaml import Node
from briefing.records import BY_COUNT, MANY_SIDED, MEETING, NONE_RECORDED


def read_meeting(node: Node, id: str, reading: Reading) -> tuple[Meeting | None, frozenset[str] | None]:
    """Read a meeting, and the ids of its records; those are None where a record is too broken to have one."""
    ahead = peek(node, MEETING, ("accounts",), reading)
    reading = replace(reading, accounts=ahead.many("accounts", str) if ahead.whole("accounts") else None)
    row = read_record(node, MEETING, reading)
    if row is None:
        return None, None
    ids = Ids(nameless=not all(row.whole(name) for name in ("positions", "actions", "context")))
    participants = _participants(row, reading)
    time = row.one("time", Row) or Row(row.location)
    meeting = Meeting(
        id=id,
        title=row.text("title"),
        format=row.text("format") or _format(row, participants, reading),
        accounts=row.many("accounts", str),
        when=_when(row.one("date", Row), reading),
        origin=row.origin(reading.file, ""),
        pending=row.many("pending", str),
        time=time.text("text"),
        time_cite=time.cite(),
        place=_place(row.one("place", Row)),
        participants=participants,
        positions=tuple(p for r in row.many("positions", Row) if (p := read_position(r, ids, reading))),
        actions=tuple(a for n, r in enumerate(row.many("actions", Row), 1) if (a := read_action(r, n, ids, reading))),
        context=tuple(read_context(r, n, ids, reading) for n, r in enumerate(row.many("context", Row), 1)),
        none_recorded=frozenset(name for name in ("positions", "actions") if row.says(name, NONE_RECORDED)),
        draft=row.one("draft", bool) or False,
    )
    return meeting, ids.all()


def in_order(meetings: Iterable[Meeting], problems: list[Diagnostic]) -> tuple[Meeting, ...]:
    """Sort meetings by date, one "before X" just before X, those without a date last, ties by id.

    Meetings that are each before the other come last too, and are a problem."""
    by_id = {meeting.id: meeting for meeting in sorted(meetings, key=lambda m: m.id)}
    waiting = {m.id: m.when.before for m in by_id.values() if m.when.before in by_id}
    order = sorted(by_id.keys() - waiting.keys(), key=lambda id_: (*_date(by_id[id_]), id_))
    while ready := [id_ for id_, other in waiting.items() if other not in waiting]:
        for id_ in ready:
            order.insert(order.index(waiting.pop(id_)), id_)
    for circle in _circles(waiting):
        mend = "Find out the date of one of them, or write `date: unknown` there."
        message = f"each of these meetings is before the next: {', '.join([*circle, circle[0]])}"
        problems.append(Diagnostic(by_id[circle[0]].origin.at("date/before"), "before-cycle", message, mend))
    return tuple(by_id[id_] for id_ in (*order, *waiting))


def _date(meeting: Meeting) -> tuple[bool, int, int, int]:
    day = meeting.when.day
    return (False, day.year, day.month, day.day) if day else (True, 0, 0, 0)


def _circles(before: Mapping[str, str]) -> Iterator[list[str]]:
    """Find the circles in which every id leads to the next, each once, from its first id."""
    seen: set[str] = set()
    for start in before:
        path: list[str] = []
        id_ = start
        while id_ not in seen:
            seen.add(id_)
            path.append(id_)
            id_ = before[id_]
        if id_ in path:
            circle = path[path.index(id_) :]
            first = circle.index(min(circle))
            yield circle[first:] + circle[:first]


def _when(row: Row | None, reading: Reading) -> When:
    if row is None:
        return When()
    if {"text", "before"} <= row.values.keys():
        mend = "Keep `text`; `before` is for a meeting whose date nobody gives."
        reading.error(row.at("before"), "two-dates", "a date has `text` or `before`, not both", mend)
    elif not {"text", "before"} & row.values.keys():
        mend = "Write `text: 2023-10-17`, `before: another-meeting` or `text: unknown`."
        reading.error(row.location, "missing-key", "this date lacks `text` or `before`", mend)
    before = "" if "text" in row.values else row.text("before")
    return When(row.one("text", Day), before, row.text("words"), row.text("weekday"), row.cite())


def _place(row: Row | None) -> Place | None:
    return Place(row.text("text"), row.cite()) if row and row.text("text") else None


def _format(row: Row, participants: tuple[Participant, ...], reading: Reading) -> str:
    """Derive the format from the number of countries; one alone neither meets nor talks."""
    sides = len({p.country for p in participants})
    if sides == 1 and len(participants) == len(row.many("participants", object)) and "format" not in row.values:
        mend = "Write `format: statement` (they sign it), `call` or `conversation`; or add who else took part."
        reading.error(row.at("participants"), "missing-key", "where one country takes part, `format` is needed", mend)
    return BY_COUNT.get(sides, MANY_SIDED)


def _participants(row: Row, reading: Reading) -> tuple[Participant, ...]:
    ids = Ids()
    read = (_participant(r, ids, reading) for r in row.many("participants", Row))
    return tuple(participant for participant in read if participant)


def _participant(row: Row, ids: Ids, reading: Reading) -> Participant | None:
    name, country = row.text("person"), row.text("country")
    if not {"person", "country"} & row.values.keys():
        mend = "Write `person:` with the full name; where nobody is named, `country:`."
        reading.error(row.location, "missing-key", "this participant lacks `person`", mend)
    if {"person", "country"} <= row.values.keys():
        mend = "Delete `country`: people.yaml says for whom somebody speaks."
        reading.error(row.at("country"), "two-names", "a participant has `person` or `country`, not both", mend)
    if name and reading.names.people:
        person = reading.names.people.known[name]
        country = person.country if person else ""
        if not ids.take(name):
            mend = "One record holds the title; delete the other."
            reading.error(row.at("person"), "duplicate-id", f"{name} is a participant twice", mend)
            return None
    if not country:
        return None
    origin = row.origin(reading.file, f"participants/{ids.free(slug(name or country))}")
    return Participant(name, country, row.text("title"), origin, row.cite(), row.text("place"), rendering(row))

"""Compare: who stands where on what, and since when. Dossier → Comparison, from coded stances, never from text.

An *entry* is one record (position or agreed action) as it speaks for one country on one topic. A *standing* is the
stance of a country's latest coded meeting. A *cell* is one of five kinds; an empty cell does not exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from briefing.model import Action, Dossier, Meeting, Position, SourceKind, Stance, Topic


class CellKind(StrEnum):
    """What a cell of the comparison is; the first that holds, in this order."""

    OWN = "own"
    JOINT = "joint"
    PENDING = "pending"
    SILENT = "silent"
    ABSENT = "absent"


class AlignmentKind(StrEnum):
    """How the standings on a topic relate."""

    ALIGNED = "aligned"
    AMONG = "aligned among"
    ONE = "only one"
    DIVIDED = "divided"
    UNDETERMINED = "not determinable"
    ACTION_ONLY = "agreed action only"
    UNCODED = "no coded position"
    NO_QUESTION = "not coded"


class Account(Struct, frozen=True):
    """Who gives the account: an institution, else a country, else a cited source; and the countries whose own it is."""

    countries: tuple[str, ...] = ()
    institution: str = ""
    source: str = ""


class Entry(Struct, frozen=True):
    """One record as it speaks for one country: `own` when the country stands in it alone. `rank` orders entries of one
    meeting: own before joint, then the country's own account or signed statement, a report, another's account."""

    meeting: Meeting
    record: Position | Action
    country: str
    own: bool
    stance: Stance | None
    account: Account
    rank: tuple[bool, int]
    draft: bool = False


class Standing(Struct, frozen=True):
    """Where a country stands: its stance at `meeting`, its latest coded one. `differing` holds the stances its equally
    good accounts give there, where they disagree (the stance is then unclear)."""

    stance: Stance
    meeting: Meeting
    differing: tuple[Stance, ...] = ()


class Cell(Struct, frozen=True):
    """Where one country stands on one topic, and why. `entries` begins with the leading one; `attended` are the
    meetings that raised the topic with the country present; `awaited` those whose account of it is still to be read;
    `conditional` is the entry whose condition still holds; `none_of_own`: only other governments' accounts were read;
    `missing_in_own`: its own account of the leading entry's meeting was read and does not have it."""

    topic: Topic
    country: str
    kind: CellKind
    entries: tuple[Entry, ...] = ()
    standing: Standing | None = None
    attended: tuple[Meeting, ...] = ()
    awaited: tuple[Meeting, ...] = ()
    conditional: Entry | None = None
    none_of_own: bool = False
    missing_in_own: bool = False


class Alignment(Struct, frozen=True):
    """The rule's answer for a topic, and what modifies it. `countries` have a coded standing; `stance` is the one they
    share; `per_others` stand there by another country's account only; `meetings` are those of the standings."""

    kind: AlignmentKind
    countries: tuple[str, ...] = ()
    stance: Stance | None = None
    in_different_terms: bool = False
    with_conditions: bool = False
    per_others: tuple[tuple[str, tuple[Account, ...]], ...] = ()
    meetings: tuple[Meeting, ...] = ()


class Row(Struct, frozen=True):
    """One topic: a cell for each country, the alignment, the meetings that raised it, and what was joint there."""

    topic: Topic
    cells: tuple[Cell, ...]
    alignment: Alignment
    raised: tuple[Meeting, ...]
    joint: tuple[tuple[Meeting, Position | Action], ...]


class Comparison(Struct, frozen=True):
    """Topics × countries. `unraised` are the topics of the selection that nobody raised."""

    countries: tuple[str, ...]
    rows: tuple[Row, ...]
    unraised: tuple[Topic, ...]


_ANOTHERS = 2  # the rank of an account that is neither the country's own nor a report


def compare(
    dossier: Dossier,
    countries: Sequence[str] = (),
    topics: Sequence[str] = (),
    meetings: Sequence[str] = (),
) -> Comparison:
    """Compare the countries on the topics over the meetings; an empty selection means all of the dossier's."""
    chosen = tuple(countries) or dossier.countries
    held = tuple(m for m in dossier.meetings if not meetings or m.id in meetings)
    asked = tuple(t for t in dossier.topics.values() if not topics or t.id in topics)
    said = _by_topic(dossier, held)
    rows = tuple(_row(dossier, t, chosen, said[t.id]) for t in asked if t.id in said)
    return Comparison(chosen, rows, tuple(t for t in asked if t.id not in said))


def account_of(dossier: Dossier, record: Position | Action) -> Account:
    """Say whose account a record rests on: its `per`, else the cited source's issuers, else the source itself."""
    if record.per in dossier.institutions:
        return Account((dossier.institutions[record.per].country,), institution=record.per)
    source = dossier.sources.get(record.per or (record.cite[0].source if record.cite else ""))
    if source is None:
        return Account()
    if not source.issuers:
        return Account(source=source.id)
    issued_by = [dossier.institutions[i].country if i in dossier.institutions else i for i in source.issuers]
    institution = source.issuers[0] if source.issuers[0] in dossier.institutions else ""
    return Account(tuple(dict.fromkeys(issued_by)), institution, source.id)


# ------------------------------------------------------------------------------------------------------------ entries


class _Said(Struct, frozen=True):
    """A record where it stands, and the countries that it speaks for."""

    meeting: Meeting
    record: Position | Action
    parties: tuple[str, ...]


def _by_topic(dossier: Dossier, meetings: Iterable[Meeting]) -> Mapping[str, Sequence[_Said]]:
    """List what was put forward or agreed on each topic that was raised, in order of date."""
    said: defaultdict[str, list[_Said]] = defaultdict(list)
    for meeting in meetings:
        records: tuple[Position | Action, ...] = (*meeting.positions, *meeting.actions)
        for record in records:
            one = _Said(meeting, record, _parties(meeting, record, dossier))
            for topic in record.stances if isinstance(record, Position) else (record.topic,):
                said[topic].append(one)
    return said


def _parties(meeting: Meeting, record: Position | Action, dossier: Dossier) -> tuple[str, ...]:
    """The countries a record speaks for. Whoever signed the statement that says it together stands in it as well."""
    if isinstance(record, Action):
        return record.parties
    if len(record.countries) < 2:
        return record.countries
    signers: list[str] = list(record.countries)
    if meeting.format == "statement":
        signers += meeting.countries
    for cited in record.cite:
        source = dossier.sources.get(cited.source)
        if source and source.kind is SourceKind.STATEMENT:
            signers += account_of(dossier, record).countries
    return tuple(dict.fromkeys(signers))


def _entry(dossier: Dossier, topic: Topic, country: str, said: _Said) -> Entry:
    record = said.record
    own = isinstance(record, Position) and said.parties == (country,)
    account = account_of(dossier, record)
    stance = record.stances[topic.id] if isinstance(record, Position) else record.stance
    distance = 0 if country in account.countries else 1 if not account.countries else _ANOTHERS
    draft = said.meeting.draft or record.draft
    return Entry(said.meeting, record, country, own, stance, account, (not own, distance), draft)


def _confirmed(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Keep what a person has confirmed; where nothing is, the drafts."""
    return [e for e in entries if not e.draft] or entries


def _standing(entries: Sequence[Entry]) -> Standing | None:
    coded = [e for e in _confirmed(entries) if e.stance is not None]
    if not coded:
        return None
    latest = coded[-1].meeting  # meetings are in order of date
    there = [e for e in coded if e.meeting is latest]
    best = min(e.rank for e in there)
    stances = tuple(dict.fromkeys(e.stance for e in there if e.rank == best and e.stance))
    return Standing(stances[0], latest) if len(stances) == 1 else Standing(Stance.UNCLEAR, latest, stances)


def _leading_first(entries: Sequence[Entry], standing: Standing | None) -> tuple[Entry, ...]:
    """Order entries for print: the leading one, then the others latest first."""
    if not entries:
        return ()
    wanted = (standing.differing or (standing.stance,)) if standing else ()
    place = {id(e): n for n, e in enumerate(entries)}  # in order of date
    candidates = [e for e in _confirmed(entries) if e.stance in wanted] or _confirmed(entries)
    age = {meeting: n for n, meeting in enumerate(dict.fromkeys(e.meeting.id for e in reversed(entries)))}
    leading = min(candidates, key=lambda e: (e.rank, age[e.meeting.id], place[id(e)]))
    rest = sorted((e for e in entries if e is not leading), key=lambda e: (age[e.meeting.id], e.rank, place[id(e)]))
    return (leading, *rest)


def _conditional(entries: Sequence[Entry], standing: Standing | None) -> Entry | None:
    """The entry whose condition still holds: the latest with one since the country's stance last changed."""
    if standing is None:
        return None
    for entry in reversed([e for e in entries if e.stance is not None]):
        if entry.stance is not standing.stance:
            return None
        if isinstance(entry.record, Position) and entry.record.condition:
            return entry
    return None


# -------------------------------------------------------------------------------------------------------------- cells


def _issued_by(dossier: Dossier, source_id: str) -> tuple[str, ...]:
    source = dossier.sources.get(source_id)
    issuers = source.issuers if source else ()
    return tuple(dossier.institutions[i].country if i in dossier.institutions else i for i in issuers)


def _awaited(meeting: Meeting, country: str) -> bool:
    return meeting.draft or not meeting.accounts or country in meeting.pending


def _cell(dossier: Dossier, topic: Topic, country: str, raised: Iterable[Meeting], said: Iterable[_Said]) -> Cell:
    entries = [_entry(dossier, topic, country, one) for one in said if country in one.parties]
    standing = _standing(entries)
    attended = tuple(m for m in raised if country in m.countries)
    awaited = tuple(m for m in attended if _awaited(m, country))
    ordered = _leading_first(entries, standing)
    if ordered:
        kind = CellKind.OWN if ordered[0].own else CellKind.JOINT
    else:
        kind = CellKind.PENDING if awaited else CellKind.SILENT if attended else CellKind.ABSENT
    accounts = [_issued_by(dossier, a) for m in attended for a in m.accounts]
    missing = (
        bool(ordered)
        and ordered[0].rank[1] == _ANOTHERS
        and any(country in _issued_by(dossier, a) for a in ordered[0].meeting.accounts)
    )
    return Cell(
        topic, country, kind, ordered, standing, attended, awaited, _conditional(entries, standing),
        none_of_own=bool(accounts) and all(by and country not in by for by in accounts),
        missing_in_own=missing,
    )  # fmt: skip


def _row(dossier: Dossier, topic: Topic, countries: tuple[str, ...], said: Sequence[_Said]) -> Row:
    raised = {one.meeting.id: one.meeting for one in said}
    cells = tuple(_cell(dossier, topic, c, raised.values(), said) for c in countries)
    age = {meeting: n for n, meeting in enumerate(reversed(raised))}
    joint = sorted((one for one in said if len(one.parties) > 1), key=lambda one: age[one.meeting.id])
    shown = tuple((one.meeting, one.record) for one in joint)
    return Row(topic, cells, _alignment(topic, cells), tuple(raised.values()), shown)


# ---------------------------------------------------------------------------------------------------------- alignment


def _accounts(cell: Cell) -> tuple[Account, ...]:
    """The accounts by which a country stands where it does, the latest meeting's first."""
    standing = cell.standing
    held = [e for e in cell.entries if standing and e.stance is standing.stance]
    held.sort(key=lambda e: standing is not None and e.meeting is not standing.meeting)
    return tuple(dict.fromkeys(e.account for e in held))


def _alignment(topic: Topic, cells: Sequence[Cell]) -> Alignment:
    if not topic.question:
        return Alignment(AlignmentKind.NO_QUESTION)
    coded = [(c, c.standing) for c in cells if c.standing]
    if not coded:
        only_actions = any(c.entries for c in cells) and all(
            isinstance(e.record, Action) for c in cells for e in c.entries
        )
        return Alignment(AlignmentKind.ACTION_ONLY if only_actions else AlignmentKind.UNCODED)
    stances = {standing.stance for _, standing in coded}
    kind = AlignmentKind.ALIGNED if len(coded) == len(cells) else AlignmentKind.AMONG
    if len(coded) == 1:
        kind = AlignmentKind.ONE
    elif {Stance.SUPPORT, Stance.OPPOSE} <= stances:
        kind = AlignmentKind.DIVIDED
    elif Stance.UNCLEAR in stances:
        kind = AlignmentKind.UNDETERMINED
    leads = [c.entries[0] for c, _ in coded]
    terms = {e.record.terms for e in leads if isinstance(e.record, Position) and e.record.terms}
    meetings = {id(s.meeting): s.meeting for _, s in coded}
    return Alignment(
        kind,
        tuple(c.country for c, _ in coded),
        coded[0][1].stance if len(stances) == 1 else None,
        in_different_terms=len(terms) > 1,
        with_conditions=any(c.conditional for c, _ in coded),
        per_others=tuple((c.country, _accounts(c)) for c, _ in coded if c.entries[0].rank[1] == _ANOTHERS),
        meetings=tuple(meetings.values()),
    )

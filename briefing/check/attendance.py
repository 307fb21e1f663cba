"""Rules about who was there: only who took part puts something forward, and silence rests on accounts."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.check.selection import whole
from briefing.diagnostics import Diagnostic, Severity
from briefing.model import Action, Dossier, Meeting, Position, PositionKind


def speaker_not_participant(dossier: Dossier) -> Iterator[Diagnostic]:
    """A person who puts something forward at a meeting is one of its participants."""
    for meeting in dossier.meetings:
        present = tuple(p.person for p in meeting.participants if p.person)
        for position in meeting.positions if _attendance_known(meeting) else ():
            for name in (speaker.person for speaker in position.by):
                if name and name not in present:
                    yield Diagnostic(
                        position.origin.at("by"),
                        "speaker-not-participant",
                        f"{name} speaks here but is not among the participants of {meeting.id}",
                        f"Participants: {_stopped(', '.join(present) or 'none named')} Add {name}, or name who said "
                        "it.\nWhat somebody outside said belongs under `context`.",
                    )


def country_not_present(dossier: Dossier) -> Iterator[Diagnostic]:
    """A country speaks, acts or is awaited only at a meeting that it attended."""
    for meeting in filter(_attendance_known, dossier.meetings):
        for position in meeting.positions:
            absent = (s.country for s in position.by if not s.person and s.country not in meeting.countries)
            yield from (_absent(dossier, meeting, position, "by", code) for code in dict.fromkeys(absent) if code)
        for action in meeting.actions:
            absent = (code for code in action.parties if code not in meeting.countries)
            yield from (_absent(dossier, meeting, action, "parties", code) for code in absent)
        absent = (code for code in meeting.pending if code not in meeting.countries)
        yield from (_absent(dossier, meeting, meeting, "pending", code) for code in absent)


def _attendance_known(meeting: Meeting) -> bool:
    return bool(meeting.participants) and whole(meeting.origin, "participants", meeting.participants)


def _stopped(words: str) -> str:
    """End a sentence; the stop of "U.S." does that too."""
    return words if words.endswith(".") else f"{words}."


def _absent(
    dossier: Dossier, meeting: Meeting, record: Meeting | Position | Action, field: str, code: str
) -> Diagnostic:
    present = ", ".join(country_name(dossier, c) for c in meeting.countries) or "nobody"
    does = {"by": "speaks", "parties": "is a party", "pending": "is awaited"}[field]
    return Diagnostic(
        record.origin.at(field),
        "country-not-present",
        f"{country_name(dossier, code)} {does} here but took no part in {meeting.id}",
        f"Taking part: {_stopped(present)} Add who was there for it to `participants`, or take it out here.\n"
        "What a country said elsewhere is `context`, or a meeting of its own (`format: statement`).",
    )


def country_name(dossier: Dossier, code: str) -> str:
    """Name a country as running text does; its code where the dossier does not know it."""
    country = dossier.names.get(code)
    return country.short if country else code


def joint_of_one_country(dossier: Dossier) -> Iterator[Diagnostic]:
    """A joint position is that of two countries at least."""
    for meeting in dossier.meetings:
        for position in meeting.positions:
            if position.kind is PositionKind.JOINT and len(position.countries) == 1:
                country = country_name(dossier, position.countries[0])
                yield Diagnostic(
                    position.origin.at("by"),
                    "joint-of-one-country",
                    f"several speakers, but all of {country}: that is not a joint position",
                    f"Write a position for each of them, or `by: {position.countries[0]}` where the account names "
                    "only the country.",
                )


def no_accounts(dossier: Dossier) -> Iterator[Diagnostic]:
    """Silence rests on accounts read in full; without any, nobody can be called silent."""
    for meeting in dossier.meetings:
        if not meeting.accounts and whole(meeting.origin, "accounts", ()):
            yield Diagnostic(
                meeting.origin.at("accounts"),
                "no-accounts",
                "no account of this meeting was read in full, so whoever has no position is 'not yet recorded'",
                "Name under `accounts` the sources that were read in full; silence rests on them.",
                Severity.WARNING,
            )


def citation_outside_accounts(dossier: Dossier) -> Iterator[Diagnostic]:
    """What a side put forward or agreed to is cited from an account that was read in full."""
    for meeting in dossier.meetings:
        cited: tuple[Position | Action, ...] = (*meeting.positions, *meeting.actions)
        for record in cited if whole(meeting.origin, "accounts", meeting.accounts) else ():
            for source in dict.fromkeys(c.source for c in record.cite):
                if meeting.accounts and source not in meeting.accounts:
                    yield Diagnostic(
                        record.origin.at("cite"),
                        "citation-outside-accounts",
                        f"{source} is cited here but is not among the accounts of {meeting.id}",
                        f"Accounts: {', '.join(meeting.accounts)}. Add {source} to them once it is read in full.",
                        Severity.WARNING,
                    )

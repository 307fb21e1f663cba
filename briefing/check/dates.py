"""Rules about dates: the weekday fits, and nothing is reported, due or printed before it happened.

A date is as exact as its source; an order is wrong only when it is wrong for every day the dates can mean."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date

from briefing.check.selection import meetings_of, records
from briefing.diagnostics import Diagnostic
from briefing.english import NBSP
from briefing.model import Brief, Day, Dossier, Meeting, Source
from briefing.readers.words import english
from briefing.records import WEEKDAYS

_ELSEWHERE = 1  # days: a meeting on the 18th in Seoul can stand in a release of the 17th from Washington


def weekday(dossier: Dossier) -> Iterator[Diagnostic]:
    """The weekday an account gives is that of the date."""
    for meeting in dossier.meetings:
        day, named = meeting.when.day, meeting.when.weekday
        if not named or not day or not day.day:
            continue
        true = WEEKDAYS[date(day.year, day.month, day.day).weekday()]
        if named != true:
            yield Diagnostic(
                meeting.origin.at("date/weekday"),
                "weekday",
                f"{_shown(day)} was a {true}, not a {named}",
                "One of the two is wrong: look at the paragraphs cited, and count from the date of the source.",
            )


def meeting_after_account(dossier: Dossier) -> Iterator[Diagnostic]:
    """A meeting is not later than the sources that report it."""
    for meeting in dossier.meetings:
        for source in filter(None, map(dossier.sources.get, meeting.accounts)):
            day = meeting.when.day
            if day and source.date and _first(day) > _last(source.date) + _ELSEWHERE:
                yield Diagnostic(
                    meeting.origin.at("date"),
                    "meeting-after-account",
                    f"this meeting of {_shown(day)} is reported by {source.id}, dated {_shown(source.date)}",
                    f"Correct the date here, or that of {source.id}.",
                )


def due_before_meeting(dossier: Dossier) -> Iterator[Diagnostic]:
    """An agreed action is not due before the meeting that agreed it."""
    for meeting in dossier.meetings:
        for action in meeting.actions:
            day, due = meeting.when.day, action.due
            if day and due and _last(due) < _first(day):
                yield Diagnostic(
                    action.origin.at("due"),
                    "due-before-meeting",
                    f"due {_shown(due)}, before the meeting of {_shown(day)} that agreed it",
                    "Correct the year or the month; an action done long ago is `context`.",
                )


def context_after_source(dossier: Dossier) -> Iterator[Diagnostic]:
    """A fact in the background is not later than the sources cited for it."""
    for meeting in dossier.meetings:
        for context in meeting.context:
            cited = tuple(s for c in context.cite if (s := dossier.sources.get(c.source)) and s.date)
            latest = max((_last(s.date) for s in cited if s.date), default=None)
            if context.date and latest is not None and _first(context.date) > latest + _ELSEWHERE:
                yield Diagnostic(
                    context.origin.at("date"),
                    "context-after-source",
                    f"dated {_shown(context.date)}, after its source ({', '.join(s.id for s in cited)}) appeared",
                    "Correct the date here or in sources.yaml; what is only announced is no fact of that date.",
                )


def as_of_too_early(dossier: Dossier) -> Iterator[Diagnostic]:
    """A brief prints nothing later than its information cut-off."""
    for brief in dossier.briefs:
        if brief.as_of:
            yield from _too_early(dossier, brief, brief.as_of)


def _too_early(dossier: Dossier, brief: Brief, as_of: Day) -> Iterator[Diagnostic]:
    """Tell the latest of what is too late: once the cut-off is past it, nothing is."""
    printed = meetings_of(brief, dossier)
    dated = (
        *((f"meeting {m.id}", m.when.day) for m in printed),
        *((f"source {s.id}", s.date) for s in _sources(printed, dossier)),
    )
    late = [(_first(day), what, day) for what, day in dated if day and _first(day) > _last(as_of)]
    if late:
        _, what, day = max(late, key=lambda item: item[0])
        yield Diagnostic(
            brief.origin.at("as_of"),
            "as-of-too-early",
            f"the information cut-off is {_shown(as_of)}, but {what} is of {_shown(day)}",
            "Move `as_of`, or name under `meetings` only those the brief is to print.",
        )


def _sources(meetings: tuple[Meeting, ...], dossier: Dossier) -> tuple[Source, ...]:
    ids = (s for m in meetings for s in (*m.accounts, *(c.source for r in records(m) for c in r.cite)))
    return tuple(dossier.sources[s] for s in dict.fromkeys(ids) if s in dossier.sources)


def _shown(day: Day) -> str:
    return english().day(day).replace(NBSP, " ")  # a message is searched for and pasted


def _first(day: Day) -> int:
    return date(day.year, day.month or 1, day.day or 1).toordinal()


def _last(day: Day) -> int:
    month = day.month or 12
    return date(day.year, month, day.day or calendar.monthrange(day.year, month)[1]).toordinal()

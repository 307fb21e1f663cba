"""Rules about a brief: how far it may travel, and that what it rests on is printed, confirmed and not overtaken."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from briefing.check.attendance import country_name
from briefing.check.selection import meetings_of, records
from briefing.compare import Entry, compare
from briefing.diagnostics import Diagnostic, Severity, did_you_mean
from briefing.model import Brief, Dossier, Judgement, Point

TLP = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")  # TLP 2.0, the widest first
_COLOURS = frozenset({"WHITE", *(label.removeprefix("TLP:") for label in TLP)})


def handling_label(dossier: Dossier) -> Iterator[Diagnostic]:
    """A handling label is one of TLP 2.0 as it is spelled there, CUI, or a house's own word in capitals."""
    labelled_ones: tuple[Dossier | Brief, ...] = (dossier, *dossier.briefs)
    for labelled in labelled_ones:
        if wrong := _misspelled(labelled.handling):
            yield Diagnostic(labelled.origin.at("handling"), "handling-label", *wrong)


def _misspelled(label: str) -> tuple[str, str] | None:
    """What is wrong with a label, and the mend; None where it is spelled well or left out."""
    bare = "".join(unicodedata.normalize("NFKC", label).upper().split())
    colour = bare.removeprefix("TLP").lstrip(":-_/")
    if not label or label in TLP:
        return None
    if colour == "WHITE":
        return f"{label!r} is a label of TLP 1.0", "TLP 2.0 calls it TLP:CLEAR."
    if colour in _COLOURS:
        return f"{label!r} is not how TLP 2.0 spells it", f"Write TLP:{colour}: capitals, a colon, no blank."
    if bare.startswith("TLP") or ":" in bare:
        mend = f"{did_you_mean(bare, TLP)} The labels are English in every language."
        return f"{label!r} is not a label of TLP 2.0", mend
    if label != label.upper():
        return f"{label!r} is not in capitals", f"A handling label is written in capitals: {label.upper()}."
    return None


def handling_too_low(dossier: Dossier) -> Iterator[Diagnostic]:
    """A brief travels no further than the dossier it prints."""
    for brief in dossier.briefs:
        own, held = brief.handling, dossier.handling
        if not held or own == held or any(map(_misspelled, (own, held))):
            continue
        if own in TLP and held in TLP:
            if TLP.index(own) > TLP.index(held):
                continue
            message = f"the brief is {own}, but the dossier it prints is {held}"
        else:
            message = f"the dossier is {held}; whether {own or 'no handling at all'} protects it as well cannot be told"
        mend = f"Write `handling: {held}` here, or lower the dossier's own if its owner agrees."
        yield Diagnostic(brief.origin.at("handling"), "handling-too-low", message, mend)


def rests_outside_brief(dossier: Dossier) -> Iterator[Diagnostic]:
    """What a point or a judgement rests on is printed in the same brief."""
    for brief in dossier.briefs:
        left_out = {meeting.id for meeting in dossier.meetings} - {m.id for m in meetings_of(brief, dossier)}
        for claim in _claims(brief):
            for record in claim.rests_on:
                meeting = record.partition("/")[0]
                if meeting in left_out:
                    yield Diagnostic(
                        claim.origin.at("rests_on"),
                        "rests-outside-brief",
                        f"this rests on {record}, which the brief does not print",
                        f"Add {meeting} to the brief's `meetings`, or take {record} out here.",
                        Severity.WARNING,
                    )


def draft_in_brief(dossier: Dossier) -> Iterator[Diagnostic]:
    """A draft record is confirmed by a person before a brief prints it."""
    printed = {brief.id: {meeting.id for meeting in meetings_of(brief, dossier)} for brief in dossier.briefs}
    for meeting in dossier.meetings:
        briefs = [brief for brief, meetings in printed.items() if meeting.id in meetings]
        for record in (meeting, *records(meeting)):
            if record.draft and (briefs or not dossier.briefs):
                yield Diagnostic(
                    record.origin.at("draft"),
                    "draft-in-brief",
                    f"a draft: {', '.join(briefs) or 'a brief of it'} will be stamped as not confirmed by a person",
                    "Compare it with the source, then take `draft: true` out.",
                    Severity.WARNING,
                )


def stance_moved_on(dossier: Dossier) -> Iterator[Diagnostic]:
    """A point or a judgement rests on where a country stands now: a later stance is not passed over."""
    order = {meeting.id: number for number, meeting in enumerate(dossier.meetings)}
    for brief in dossier.briefs:
        rows = compare(dossier, brief.countries, brief.topics, brief.meetings).rows if _claims(brief) else ()
        coded = [(cell, {_name(e): e for e in cell.entries if e.stance}) for row in rows for cell in row.cells]
        for claim in _claims(brief):
            for cell, entries in coded:
                named = [entry for name, entry in entries.items() if name in claim.rests_on]
                later = [e for e in entries.values() if cell.standing and e.meeting is cell.standing.meeting]
                for old in named if later and later[0] not in named else ():
                    new = later[0]
                    if old.stance is not new.stance and order[old.meeting.id] < order[new.meeting.id]:
                        yield _moved_on(claim, old, new, country_name(dossier, cell.country))


def _moved_on(claim: Point | Judgement, old: Entry, new: Entry, country: str) -> Diagnostic:
    return Diagnostic(
        claim.origin.at("rests_on"),
        "stance-moved-on",
        f"this rests on {_name(old)} ({country}: {old.stance}), but later there is {_name(new)} ({new.stance})",
        f"See whether it still holds; then let it rest on {_name(new)} too, or instead.",
        Severity.WARNING,
    )


def _name(entry: Entry) -> str:
    return f"{entry.meeting.id}/{entry.record.id}"


def _claims(brief: Brief) -> tuple[Point | Judgement, ...]:
    return (*brief.bottom_line, *brief.judgements)

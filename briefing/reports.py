"""What a command reports, as plain values that JSON can hold: `--json` of check, compare and build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from briefing import files
from briefing.batch import Outcome, State
from briefing.compare import Account, Cell, Comparison, Entry, Row
from briefing.diagnostics import Diagnostic, Severity
from briefing.loading import Loaded
from briefing.lock import quotations
from briefing.model import Citation, Dossier, Position
from briefing.terminal import columns_of
from briefing.wording import Wording

Plain = Mapping[str, object]


def check_report(held: Iterable[Loaded], found: Iterable[Diagnostic]) -> Plain:
    """How the dossiers stand: their quotations, and everything found wrong."""
    dossiers = {d.dossier.id: {"quotations": quotations(d.verification, d.dossier.meetings)} for d in held}
    return {"dossiers": dossiers, "diagnostics": diagnostics_report(found)}


def build_report(outcomes: Sequence[Outcome]) -> Plain:
    """What became of each brief, and everything found wrong."""
    briefs = [
        {
            "dossier": one.task.dossier.name,
            "brief": one.task.brief,
            "state": one.state.value,
            "files": [files.shown(path) for path in one.files],
            "quotations": one.quotations,
        }
        for one in outcomes
    ]
    return {"briefs": briefs, "diagnostics": diagnostics_report(found_in(outcomes))}


def found_in(outcomes: Iterable[Outcome]) -> tuple[Diagnostic, ...]:
    """Everything found wrong, each once: briefs of one dossier share its problems."""
    return tuple(dict.fromkeys(d for outcome in outcomes for d in outcome.diagnostics))


def built_lines(outcome: Outcome) -> tuple[str, ...]:
    """Name the files of a brief, and say how its quotations stand; of one that failed there is nothing to name."""
    if outcome.state is State.FAILED:
        return ()
    unchanged = "unchanged; " if outcome.state is State.UNCHANGED else ""
    return (*map(files.shown, outcome.files), unchanged + quotations_sentence(outcome.quotations))


def summary_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Set what became of several briefs as a table, and count them: "18 built, 1 unchanged, 1 failed"."""
    width = max(columns_of(outcome.task.name) for outcome in outcomes)
    yield ""
    for outcome in outcomes:
        name = outcome.task.name + " " * (width - columns_of(outcome.task.name))
        yield f"{name}  {outcome.state:9}  {_problems(outcome.diagnostics)}".rstrip()
    counted = Counter(outcome.state for outcome in outcomes)
    yield ", ".join(f"{counted[state]} {state}" for state in State if counted[state])


def _problems(diagnostics: Sequence[Diagnostic]) -> str:
    """Count them: "2 errors, 1 warning"."""
    counted = Counter(diagnostic.severity for diagnostic in diagnostics)
    return ", ".join(f"{n} {kind}{'s'[: n != 1]}" for kind in Severity if (n := counted[kind]))


def standing(loaded: Loaded) -> str:
    """Say in a line what a dossier holds, and how its quotations stand."""
    dossier = loaded.dossier
    meetings = f"{len(dossier.meetings)} meeting{'s'[: len(dossier.meetings) != 1]}"
    return f"{dossier.id}: {meetings}, {quotations_sentence(quotations(loaded.verification, dossier.meetings))}"


def first_steps(folder: Path) -> str:
    """Say what a newcomer does with a new dossier."""
    name = files.shown(folder)
    name = f'"{name}"' if " " in name else name
    return f"""\
{name} is a small dossier; all of it is invented. Try it:

  briefing build {name}      the brief as PDF and Word, in out/
  briefing compare {name}    who stands where
  briefing check {name}      what is wrong: change a letter of a quotation, and see

Then make it yours: delete all but dossier.yaml, put your countries and topics there, then
  briefing add source --help
  briefing add person --help
  briefing add meeting --help"""


def diagnostics_report(diagnostics: Iterable[Diagnostic]) -> list[Plain]:
    """One mapping a diagnostic; line and column are 0 where it is about a file as a whole."""
    return [
        {
            "file": d.location.file,
            "line": d.location.line,
            "column": d.location.column,
            "severity": d.severity.value,
            "rule": d.rule,
            "message": d.message,
            "help": d.help,
        }
        for d in diagnostics
    ]


# ---------------------------------------------------------------------------------------------------- the comparison


def comparison_report(dossier: Dossier, comparison: Comparison) -> Plain:
    """The whole comparison: countries, rows with their cells, entries and alignment, topics that nobody raised."""
    wording = Wording(dossier)
    return {
        "dossier": dossier.id,
        "countries": {c: wording.country(c).name for c in comparison.countries},
        "topics": [_row(row, wording) for row in comparison.rows],
        "unraised": [topic.id for topic in comparison.unraised],
    }


def _row(row: Row, wording: Wording) -> Plain:
    alignment = row.alignment
    return {
        "topic": row.topic.id,
        "label": row.topic.label,
        "question": row.topic.question,
        "raised": [meeting.id for meeting in row.raised],
        "alignment": {
            "kind": alignment.kind.value,
            "countries": list(alignment.countries),
            "stance": alignment.stance and alignment.stance.value,
            "in_different_terms": alignment.in_different_terms,
            "with_conditions": alignment.with_conditions,
            "per_others": {country: [*map(_account, accounts)] for country, accounts in alignment.per_others},
            "sentence": wording.alignment_sentence(row),
        },
        "cells": [_cell(cell, row, wording) for cell in row.cells],
    }


def _cell(cell: Cell, row: Row, wording: Wording) -> Plain:
    return {
        "country": cell.country,
        "kind": cell.kind.value,
        "stance": cell.standing and cell.standing.stance.value,
        "since": cell.standing and cell.standing.meeting.id,
        "differing": [stance.value for stance in cell.standing.differing] if cell.standing else [],
        "label": wording.label(cell, row),
        "reason": wording.reason(cell, row),
        "remarks": list(wording.remarks(cell)),
        "attended": [meeting.id for meeting in cell.attended],
        "accounts": list(dict.fromkeys(account for meeting in cell.attended for account in meeting.accounts)),
        "awaited": [meeting.id for meeting in cell.awaited],
        "entries": [_entry(entry, wording) for entry in cell.entries],
    }


def _entry(entry: Entry, wording: Wording) -> Plain:
    record = entry.record
    position = record if isinstance(record, Position) else None
    return {
        "record": f"{entry.meeting.id}/{record.id}",
        "kind": position.kind.value if position else "agreed action",
        "by": wording.speaker(record),
        "own": entry.own,
        "stance": entry.stance and entry.stance.value,
        "condition": position.condition if position else "",
        "summary": record.summary,
        "quotations": [quotation.text for quotation in position.quotes] if position else [],
        "account": _account(entry.account),
        "cite": [_citation(citation) for citation in record.cite],
    }


def _account(account: Account) -> Plain:
    return {"countries": list(account.countries), "institution": account.institution, "source": account.source}


def _citation(citation: Citation) -> Plain:
    return {"source": citation.source, "paragraphs": list(citation.paragraphs), "pages": citation.pages}


# -------------------------------------------------------------------------------------------------------- quotations


def quotations_sentence(counted: Mapping[str, int]) -> str:
    """Say how quotations stand: "22 quotations: verified word for word"."""
    words = {
        "verified": "verified word for word",
        "locked": "verified by the lock",
        "unverified": "not verified",
        "wrong": "not in their sources",
    }
    held = {status: count for status in words if (count := counted.get(status, 0))}
    total = sum(held.values())
    noun = "quotation" if total == 1 else "quotations"
    if len(held) < 2:
        return f"{total} {noun}: {words[next(iter(held))]}" if held else "no quotations"
    return f"{total} {noun}: " + ", ".join(f"{count} {words[status]}" for status, count in held.items())

"""The figures as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.gates import REFERENCE, Figures, Gate, Measured, gates, pace
from benchmarks.measure import peak, ratio, seconds
from benchmarks.phases import PHASES

_OURS = {
    "build": "Briefing, whole",
    "briefing": "Briefing, writing alone",
    "briefing-docx": "Briefing, DOCX alone",
}
_PEERS = {
    "typst": "Typst",
    "typst-listed": "Typst, notes listed at the end",
    "docxtpl": "docxtpl",
    "weasyprint": "WeasyPrint",
}

_INTRODUCTION = """\
# Results of {day}

Written by `make bench`; nothing in it is entered by hand.

{system}, {processors} processors; load at the end {load}.
Python {python}; {own}.
{peers}
Briefing is measured as it is installed: from its wheel, in an environment of its own with nothing but what it depends
on, bytecode compiled by the installer. All times are processor time, user and system, of whole processes with their
children, medians of {runs} runs after a warm-up; 1,000 meetings and the batch: one run. The dossiers are generated
(`generate.py`): 2, 20, 200 and 1,000 meetings of three countries, every statement of every meeting in one brief. From
20 meetings that is longer than an office would print; notes stand half as close again as in the example.
"""
_PACE = """
## This machine

| | the machine the gates were set on | here | so here it takes |
| --- | --: | --: | --: |
{rows}
Figures in time are told twice: as measured here, and *in reference terms*, divided by how much longer
`python -c pass` took beside each of them. That is the same program on both machines; the small brief through Typst is
not quite the same content, and stands here as a second witness. Ratios between programs and memory need no such help.
"""
_GATES = """
## Gates

A gate must hold; a goal is within reach. *Here* is as measured, *there* in reference terms. Of two bounds in time, one
may be met and the other not: then the column says where.

"""
_WHOLE = """
## Whole process

From the YAML to both files on the disk: read, check, compare, compose, write both, read both back, compare them.

"""
_PHASES = """
## Phases, in milliseconds of one process, here

"""
_AGAINST = """
## Against others, the same content in the same run

*Whole* is `briefing build`: it reads and checks the YAML, compares, writes both files, reads both back and compares
them. *Writing alone* starts as the peers do, from content prepared beforehand, and writes both files, or the DOCX
alone. Ratios are medians of pairs, one after the other; below 1 ours is faster.

Typst and WeasyPrint make a tagged PDF with notes at the foot of the page, but are spared what costs them most: the
countries of a topic stand below each other instead of side by side in a row of several pages, tables and lists come in
short pieces, and a note that is cited again is not set again (`suited.py`). Typst is also given all notes as a list
at the end, where it is quickest; that is not what the brief is, and no gate. docxtpl fills plain text into a template,
notes as a list at the end.

"""


def results(figures: Figures, day: str, runs: int, versions: tuple[str, str]) -> str:
    """Word the figures."""
    own, peers = versions
    sizes = tuple(figures.sizes.values())
    introduction = _INTRODUCTION.format(
        day=day,
        system=f"{platform.system()} {platform.machine()}",
        processors=os.cpu_count(),
        load=", ".join(f"{value:.1f}" for value in os.getloadavg()),
        python=platform.python_version(),
        own=own,
        peers=f"Beside it: {peers}.\n" if peers else "",
        runs=runs,
    )
    parts = [
        introduction,
        _PACE.format(rows="".join(map(_row, _paces(figures)))),
        _GATES + _table(("", "gate", "goal", "here", "there", "gate met", "goal met"), map(_gate, gates(figures))),
        _WHOLE
        + _table(
            ("size", "meetings", "pages", "ms here", "ms there", "peak MiB", "ms there a meeting"), map(_whole, sizes)
        ),
        _batch(figures),
        _PHASES + _table(("phase", *figures.sizes), _phases(sizes)),
    ]
    if peers:
        head = ("size", "peer", "its ms here", "its peak MiB", *(f"{name} / its" for name in _OURS.values()))
        parts.append(_AGAINST + _table(head, _ratios(sizes)))
    return "".join(parts)


def _paces(figures: Figures) -> Iterator[Sequence[str]]:
    here = {"python -c pass": 1000 * seconds(figures.help["pass"])}
    if "S" in figures.sizes and "typst" in figures.sizes["S"].whole:
        here["typst, S"] = 1000 * seconds(figures.sizes["S"].whole["typst"])
    for name, figure in here.items():
        times = figure / REFERENCE[name]
        yield f"`{name}`", f"{REFERENCE[name]} ms", f"{figure:.1f} ms", f"{times:.2f} times as long"


def _gate(gate: Gate) -> Sequence[str]:
    goal = "" if gate.goal is None else f"{gate.goal:g}"
    here = "not measured" if gate.here is None else f"{gate.here:.3g}"
    there = "" if gate.there is None else f"{gate.there:.3g}"
    return gate.asked, f"{gate.gate:g}", goal, here, there, gate.holds(gate.gate), gate.holds(gate.goal)


def _whole(m: Measured) -> Sequence[str]:
    here = 1000 * seconds(m.whole["build"])
    there = here / m.pace
    size = f"{peak(m.whole['build']):.0f}"
    return m.size, f"{m.meetings}", f"{m.pages}", f"{here:.0f}", f"{there:.0f}", size, f"{there / m.meetings:.1f}"


def _batch(figures: Figures) -> str:
    if not figures.batch:
        return ""
    (run,) = figures.batch["batch"]
    there = run.seconds / pace(figures.batch["pass"])
    return (
        f"\n{figures.briefs} small briefs in one process: {run.seconds:.1f} s here, {there:.1f} s there; "
        f"peak {run.mebibytes:.0f} MiB.\n"
    )


def _phases(sizes: Sequence[Measured]) -> Iterator[Sequence[str]]:
    for phase in PHASES:
        yield phase, *(f"{1000 * m.phases[phase]:.1f}" for m in sizes)
    yield "together", *(f"{1000 * sum(m.phases.values()):.0f}" for m in sizes)


def _ratios(sizes: Sequence[Measured]) -> Iterator[Sequence[str]]:
    for m in sizes:
        for peer in (name for name in m.whole if name in _PEERS):
            runs = m.whole[peer]
            ours = (f"{ratio(m.whole[name], runs):.2f}" for name in _OURS)
            yield m.size, _PEERS[peer], f"{1000 * seconds(runs):.0f}", f"{peak(runs):.0f}", *ours


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "".join(map(_row, (head, ["---", *("--:" for _ in head[1:])], *rows)))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"

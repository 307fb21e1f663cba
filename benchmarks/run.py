"""Measure Briefing, alone and against others, and write benchmarks/RESULTS.md.

    python -m benchmarks.run --date 2031-05-20 [--sizes S,M,L,XL] [--runs 5] [--against typst,docxtpl,weasyprint]

All times are processor seconds, user and system together. The peers run in the environment benchmarks/.venv, which
`make bench` makes."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.generate import SIZES, generate
from benchmarks.measure import Run, in_turn, measure, peak, ratio, seconds
from benchmarks.phases import PHASES

HERE = Path(__file__).parent
FONTS = HERE.parent / "briefing" / "fonts"
PYTHON = Path(sys.executable)
PEER_PYTHON = HERE / ".venv" / "bin" / "python"
LIBRARIES = ("reportlab", "python-docx", "Jinja2", "PyYAML", "pikepdf")
LARGE = 1000  # meetings from which one run must do, without peers
PATIENCE = {"weasyprint": SIZES["S"]}  # the most meetings for a peer whose runs would take minutes
BATCH = 200  # small dossiers, one brief each


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a benchmark works, how often it runs each command, whom it sets beside Briefing."""

    work: Path
    runs: int
    against: tuple[str, ...]

    @property
    def bytecode(self) -> Path:
        return self.work / "bytecode"

    def dossier(self, name: str, meetings: int) -> Path:
        """Write a dossier with its lock."""
        folder = self.work / name
        measure((PYTHON, "-m", "benchmarks.generate", folder, "--meetings", str(meetings)), self.bytecode)
        return self.locked(folder)[0]

    def locked(self, *folders: Path) -> tuple[Path, ...]:
        """Write the locks of dossiers, so that nothing is left to warn of."""
        measure((PYTHON, "-m", "briefing", "check", "--lock", *folders), self.bytecode)
        return folders

    def build(self, *folders: Path) -> tuple[str | Path, ...]:
        """Name the command that builds these dossiers, though nothing in them changed since the last run."""
        return (PYTHON, "-m", "briefing", "build", "--rebuild", *folders, "-o", self.work / "out")


@dataclass(frozen=True, slots=True)
class Measured:
    """A size: its whole process and those of the peers, by name; its phases."""

    size: str
    meetings: int
    whole: Mapping[str, Sequence[Run]]
    phases: Mapping[str, float]


def measure_size(bench: Bench, size: str) -> Measured:
    """Build one dossier again and again, the peers in turn with it, then once more under the stopwatch."""
    meetings = SIZES[size]
    folder = bench.dossier(size, meetings)
    large = meetings >= LARGE
    commands: dict[str, Sequence[str | Path]] = {"briefing": bench.build(folder)}
    if bench.against and not large:
        content = bench.work / f"{size}-content"
        measure((PYTHON, "-m", "benchmarks.peers", folder, content, FONTS), bench.bytecode)
        commands |= {p: _render(p, content) for p in bench.against if meetings <= PATIENCE.get(p, meetings)}
        measure(_render("docxtpl-template", content), bench.bytecode)
    whole = in_turn(commands, 1 if large else bench.runs, bench.bytecode, warm_up=not large)
    stopwatch = (PYTHON, "-m", "benchmarks.phases", folder, bench.work / "out")
    timed = [json.loads(measure(stopwatch, bench.bytecode).output) for _ in range(1 if large else bench.runs)]
    return Measured(size, meetings, whole, {phase: median(run[phase] for run in timed) for phase in PHASES})


def _render(peer: str, content: Path) -> tuple[str | Path, ...]:
    return PEER_PYTHON, HERE / "render.py", peer, content, FONTS


def measure_batch(bench: Bench) -> Run:
    """Build many small dossiers in one process."""
    folders = (generate(SIZES["S"], seed).write(bench.work / f"batch-{seed}") for seed in range(1, BATCH + 1))
    return measure(bench.build(*bench.locked(*folders)), bench.bytecode)


# ----------------------------------------------------------------------------------------------------------- telling


def results(bench: Bench, day: str, measured: Sequence[Measured], help_: Sequence[Run], batch: Run | None) -> str:
    """Word the figures as Markdown."""
    parts = [
        f"# Results of {day}\n",
        _machine(bench),
        "## Whole process\n\nFrom the YAML to both files on the disk, twin check included.\n",
        _table(
            ("size", "meetings", "cpu s", "peak MiB", "cpu ms a meeting"),
            (
                (m.size, m.meetings, f"{seconds(m.whole['briefing']):.2f}", f"{peak(m.whole['briefing']):.0f}",
                 f"{1000 * seconds(m.whole['briefing']) / m.meetings:.0f}")
                for m in measured
            ),
        ),
        f"`briefing --help`: {1000 * seconds(help_):.0f} ms.",
    ]  # fmt: skip
    if batch:
        rate = BATCH / batch.seconds
        parts.append(
            f"A batch of {BATCH} small briefs in one process: {batch.seconds:.1f} s, {rate:.1f} briefs a second."
        )
    parts += [
        "\n## Phases, in seconds of one process\n",
        _table(("phase", *(m.size for m in measured)), _phases(measured)),
    ]
    if bench.against:
        parts += [_AGAINST, _table(("peer", "size", "its cpu s", "its peak MiB", "ours / its"), _ratios(measured))]
    return "\n".join(parts) + "\n"


_AGAINST = """
## Against others, the same content in the same run

Ours is the whole process: it reads and checks the YAML, compares, writes both files, reads both back and compares them.
Theirs renders one file from content prepared beforehand. Ratios are medians of pairs, one after the other; below 1 ours
is faster. Typst makes a tagged PDF with footnotes, WeasyPrint likewise; docxtpl makes plain text in Word without
footnotes.
"""


def _machine(bench: Bench) -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    programs = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, shared with other work (load at the "
        f"end: {load}).\nPython {platform.python_version()}; {programs}.\n{_peer_versions(bench)}"
        f"Processor seconds, user and system; medians of {bench.runs} runs after a warm-up; bytecode compiled, as an\n"
        f"installation has it. {LARGE} meetings and the batch: one run.\n"
    )


def _peer_versions(bench: Bench) -> str:
    if not bench.against:
        return ""
    asked = "import sys; from importlib.metadata import version as v; [print(n, v(n)) for n in sys.argv[1:]]"
    told = measure((PEER_PYTHON, "-c", asked, *bench.against), bench.bytecode).output
    return f"Beside it: {', '.join(told.splitlines())}.\n"


def _phases(measured: Sequence[Measured]) -> Iterator[Sequence[object]]:
    for phase in PHASES:
        yield (phase, *(f"{m.phases[phase]:.3f}" for m in measured))
    yield ("together", *(f"{sum(m.phases.values()):.2f}" for m in measured))


def _ratios(measured: Sequence[Measured]) -> Iterator[Sequence[object]]:
    for m in measured:
        for peer, runs in m.whole.items():
            if peer != "briefing":
                ours = f"{ratio(m.whole['briefing'], runs):.2f}"
                yield peer, m.size, f"{seconds(runs):.2f}", f"{peak(runs):.0f}", ours


def _table(head: Sequence[str], rows: Iterator[Sequence[object]]) -> str:
    lines = [head, ["---", *("--:" for _ in head[1:])], *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--date", required=True, help="the day, as RESULTS.md is to bear it")
    parser.add_argument("--sizes", default="S,M,L", help="of S, M, L, XL")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--against", default="", help="of typst, docxtpl, weasyprint")
    parser.add_argument("--no-batch", action="store_true")
    parser.add_argument("-o", "--out", type=Path, default=HERE / "RESULTS.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        bench = Bench(Path(work), given.runs, tuple(filter(None, given.against.split(","))))
        bench.bytecode.mkdir()
        help_ = in_turn({"help": (PYTHON, "-m", "briefing", "--help")}, given.runs, bench.bytecode)["help"]
        batch = None if given.no_batch else measure_batch(bench)
        measured: list[Measured] = []
        for size in given.sizes.split(","):  # what is measured is written at once: the largest take their time
            measured.append(measure_size(bench, size))
            given.out.write_text(results(bench, given.date, measured, help_, batch), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Measure Briefing as it is installed, alone and against others, and write benchmarks/RESULTS.md.

    python -m benchmarks.run --date 2031-05-20 [--sizes S,M,L,XL] [--runs 5] [--against typst,docxtpl,weasyprint]

All times are processor seconds, user and system together. Briefing stands as a wheel in the environment build/product,
the peers in benchmarks/.venv; `make bench` makes both."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pikepdf import Pdf

from benchmarks.gates import Figures, Measured
from benchmarks.generate import SIZES, generate
from benchmarks.measure import Command, Run, in_turn, measure
from benchmarks.phases import PHASES
from benchmarks.results import results

HERE = Path(__file__).parent
PRODUCT = HERE.parent / "build" / "product" / "bin"
PEER_PYTHON = HERE / ".venv" / "bin" / "python"
FORMS = {"typst": ("typst", "typst-listed"), "docxtpl": ("docxtpl",), "weasyprint": ("weasyprint",)}  # of each peer
LARGE = 1000  # meetings from which one run must do, without peers
PATIENCE = {"weasyprint": SIZES["M"]}  # the most meetings for a peer whose runs would take minutes
BATCH = 200  # small dossiers, one brief each
PACE = 5  # runs of Python alone, before and after


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a benchmark works, and how often it runs each command; whom it sets beside Briefing."""

    work: Path
    runs: int
    against: tuple[str, ...]

    def __post_init__(self) -> None:
        """Copy these modules to where they find no other `briefing` than the one that is installed."""
        shutil.copytree(HERE, self.work / "benchmarks", ignore=shutil.ignore_patterns(".venv", "__pycache__"))

    @property
    def fonts(self) -> Path:
        return HERE.parent / "briefing" / "fonts"

    @property
    def briefing(self) -> Path:
        return PRODUCT / "briefing"

    def module(self, name: str, *words: str | Path) -> Command:
        """Name the command that runs one of these modules with the installed Briefing."""
        return (PRODUCT / "python", "-m", f"benchmarks.{name}", *words)

    def alone(self) -> Command:
        """Name the command that starts Python and does nothing."""
        return (PRODUCT / "python", "-c", "pass")

    def build(self, *folders: Path) -> Command:
        """Name the command that builds these dossiers, though nothing in them changed since the last run."""
        return (self.briefing, "build", "--rebuild", *folders, "-o", self.work / "out")

    def dossiers(self, meetings: int, *seeds: int) -> tuple[Path, ...]:
        """Write dossiers, each with its lock, so that nothing is left to warn of."""
        folders = tuple(generate(meetings, seed).write(self.work / f"of-{meetings}-{seed}") for seed in seeds)
        measure((self.briefing, "check", "--lock", *folders), self.work)
        return folders

    def beside_python(self, commands: Mapping[str, Command], runs: int, *, warm_up: bool) -> Mapping[str, list[Run]]:
        """Run commands in turn, and Python alone with them, before them and after them."""
        alone = {"pass": self.alone()}
        before = in_turn(alone, PACE, self.work)["pass"]
        taken = in_turn(alone | dict(commands), runs, self.work, warm_up=warm_up)
        after = in_turn(alone, PACE, self.work)["pass"]
        return {**taken, "pass": [*before, *taken["pass"], *after]}


def measure_size(bench: Bench, size: str) -> Measured:
    """Build one dossier again and again, the peers in turn with it, then under the stopwatch."""
    meetings = SIZES[size]
    (folder,) = bench.dossiers(meetings, 1)
    large = meetings >= LARGE
    runs = 1 if large else bench.runs
    commands = {"build": bench.build(folder)} | ({} if large else dict(_writing(bench, folder, meetings)))
    whole = bench.beside_python(commands, runs, warm_up=not large)
    stopwatch = bench.module("phases", folder, bench.work / "out")
    timed = [json.loads(measure(stopwatch, bench.work).output) for _ in range(runs)]
    with Pdf.open(next((bench.work / "out").glob(f"{folder.name}-*.pdf"))) as pdf:
        pages = len(pdf.pages)
    return Measured(size, meetings, whole, {phase: median(run[phase] for run in timed) for phase in PHASES}, pages)


def _writing(bench: Bench, folder: Path, meetings: int) -> Iterator[tuple[str, Command]]:
    """Name the commands that write a brief which is already composed: our own writers, and the peers."""
    content = folder / "content"
    measure(bench.module("peers", folder, content, bench.fonts), bench.work)
    measure((PEER_PYTHON, HERE / "render.py", "docxtpl-template", content, bench.fonts), bench.work)
    for name in ("briefing", "briefing-docx"):
        yield name, (PRODUCT / "python", bench.work / "benchmarks" / "render.py", name, content, bench.fonts)
    for peer in bench.against:
        if meetings <= PATIENCE.get(peer, meetings):
            for form in FORMS[peer]:
                yield form, (PEER_PYTHON, HERE / "render.py", form, content, bench.fonts)


def measure_batch(bench: Bench) -> Mapping[str, list[Run]]:
    """Build many small dossiers in one process."""
    folders = bench.dossiers(SIZES["S"], *range(1, BATCH + 1))
    return bench.beside_python({"batch": bench.build(*folders)}, 1, warm_up=False)


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
    if not PRODUCT.is_dir():
        parser.error("Briefing is not installed in build/product: make product")
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        bench = Bench(Path(work).resolve(), given.runs, tuple(filter(None, given.against.split(","))))
        versions = _versions(bench)
        help_ = bench.beside_python({"help": (bench.briefing, "--help")}, 4 * given.runs, warm_up=True)
        batch = {} if given.no_batch else measure_batch(bench)
        sizes: dict[str, Measured] = {}
        for size in given.sizes.split(","):  # what is measured is written at once: the largest take their time
            sizes[size] = measure_size(bench, size)
            told = results(Figures(sizes, help_, batch, BATCH), given.date, given.runs, versions)
            given.out.write_text(told, encoding="utf-8")


def _versions(bench: Bench) -> tuple[str, str]:
    """Say what is measured: the installed libraries, and the peers."""
    asked = "import sys, importlib.metadata as m; print(*(f'{n} {m.version(n)}' for n in sys.argv[1:]), sep=', ')"
    ours = "briefing reportlab python-docx lxml Jinja2 PyYAML msgspec".split()
    own = measure((PRODUCT / "python", "-c", asked, *ours), bench.work).output.strip()
    return own, measure((PEER_PYTHON, "-c", asked, *bench.against), bench.work).output.strip() if bench.against else ""


if __name__ == "__main__":
    main()

"""What is asked of the figures: a gate that must hold, a goal within reach.

Gates in seconds were set on a machine that is not this one. So they stand beside the figure as measured and beside the
same in the terms of that machine: both run `python -c pass`, and took so long for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from benchmarks.measure import Run, peak, ratio, seconds

REFERENCE = {"python -c pass": 9, "typst, S": 91}  # milliseconds of a process on the machine the gates were set on


@dataclass(frozen=True, slots=True)
class Measured:
    """A size: whole processes by name, phases and pages of its brief.

    `whole` has `pass` (Python alone), `build` (the whole of `briefing build`) and, for all but the largest, `briefing`
    and `briefing-docx` (writing alone) and the peers."""

    size: str
    meetings: int
    whole: Mapping[str, Sequence[Run]]
    phases: Mapping[str, float]
    pages: int

    @property
    def pace(self) -> float:
        """How much longer this machine takes than the one the gates were set on."""
        return pace(self.whole["pass"])


@dataclass(frozen=True, slots=True)
class Figures:
    """All that was measured: sizes by name, `--help` and a batch of small briefs, each with Python alone beside it."""

    sizes: Mapping[str, Measured]
    help: Mapping[str, Sequence[Run]]
    batch: Mapping[str, Sequence[Run]]
    briefs: int


class Gate(NamedTuple):
    """What was asked, and the figure. `here` is None where it was not measured, `there` where no machine matters."""

    asked: str
    gate: float
    goal: float | None
    here: float | None
    there: float | None = None
    at_least: bool = False

    def holds(self, bound: float | None) -> str:
        """Tell whether a bound is met."""
        if bound is None or self.here is None:
            return ""
        here, there = (self._within(figure, bound) for figure in (self.here, self.there))
        if there is None or here == there:
            return "yes" if here else "no"
        return "there, not here" if there else "here, not there"

    def _within(self, figure: float | None, bound: float) -> bool | None:
        if figure is None:
            return None
        return figure >= bound if self.at_least else figure <= bound


def pace(runs: Sequence[Run]) -> float:
    """How much longer Python alone takes here than on the machine the gates were set on."""
    return 1000 * seconds(runs) / REFERENCE["python -c pass"]


def gates(figures: Figures) -> Iterator[Gate]:
    """Hold the figures against what is asked."""
    sizes = figures.sizes
    for size, gate, goal in (("S", 3.0, 1.9), ("M", 1.2, 0.7), ("L", 0.6, 0.25)):
        yield Gate(
            f"both files, whole process / Typst's PDF, {size}", gate, goal, _against(sizes, size, "build", "typst")
        )
    for size, gate, goal in (("S", 2.0, 1.5), ("M", 0.6, 0.4), ("L", 0.2, 0.13)):
        yield Gate(
            f"both files, writing alone / Typst's PDF, {size}", gate, goal, _against(sizes, size, "briefing", "typst")
        )
    yield Gate("DOCX, writing alone / docxtpl's, L", 0.8, 0.4, _against(sizes, "L", "briefing-docx", "docxtpl"))
    yield _per_page(sizes)
    yield _growth(sizes)
    rate = figures.briefs / seconds(figures.batch["batch"]) if figures.batch else None
    there = rate * pace(figures.batch["pass"]) if rate else None
    yield Gate("small briefs in one process, a second", 40, 80, rate, there, at_least=True)
    yield Gate("peak memory at L, MiB", 200, 120, peak(sizes["L"].whole["build"]) if "L" in sizes else None)
    started = 1000 * seconds(figures.help["help"])
    yield Gate("`briefing --help`, ms", 60, 45, started, started / pace(figures.help["pass"]))


def _against(sizes: Mapping[str, Measured], size: str, ours: str, theirs: str) -> float | None:
    if size not in sizes or theirs not in sizes[size].whole:
        return None
    return ratio(sizes[size].whole[ours], sizes[size].whole[theirs])


def _per_page(sizes: Mapping[str, Measured]) -> Gate:
    asked = "writing both files, ms for each page that L has beyond M"
    if not {"M", "L"} <= sizes.keys():
        return Gate(asked, 2.5, 1.5, None)
    small, large = sizes["M"], sizes["L"]
    took = [sum(m.phases[phase] for phase in ("write pdf", "write docx")) for m in (small, large)]
    here = 1000 * (took[1] - took[0]) / (large.pages - small.pages)
    return Gate(asked, 2.5, 1.5, here, here / median((small.pace, large.pace)))


def _growth(sizes: Mapping[str, Measured]) -> Gate:
    """Compare what a meeting beyond L costs with what one beyond M does; each in the terms of its own minutes."""
    asked = "growth to 1,000 meetings: cost of a meeting beyond L / beyond M (1 is linear)"
    if not {"M", "L", "XL"} <= sizes.keys():
        return Gate(asked, 1.2, None, None)
    m, l, xl = (sizes[size] for size in ("M", "L", "XL"))  # noqa: E741 (that is what they are called)
    took = [seconds(size.whole["build"]) / size.pace for size in (m, l, xl)]
    beyond = (took[2] - took[1]) / (xl.meetings - l.meetings), (took[1] - took[0]) / (l.meetings - m.meetings)
    return Gate(asked, 1.2, None, beyond[0] / beyond[1])

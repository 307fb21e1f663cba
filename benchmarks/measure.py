"""Whole processes, as the operating system accounts for them: processor time with children, peak memory. (Unix.)"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_LAUNCHER = Path(__file__).with_name("launch.py")
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes

Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: processor seconds (user and system), peak memory in MiB, what it printed."""

    seconds: float
    mebibytes: float
    output: str


def measure(command: Command, folder: Path) -> Run:
    """Run a command to its end, in a folder. Raises RuntimeError, with what it said, where the command fails."""
    log = folder / "log.txt"
    launcher = (sys.executable, "-I", "-S", _LAUNCHER, log, *command)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(launcher, cwd=folder, env=kept, capture_output=True, text=True, check=True)  # noqa: S603
    seconds, peak, status = done.stdout.split()
    output = log.read_text(encoding="utf-8")
    if int(status):
        raise RuntimeError(f"{' '.join(map(str, command))[:200]}: status {status}\n{output[-2000:]}")
    return Run(float(seconds), int(peak) * _PEAK_UNIT / 2**20, output)


def in_turn(
    commands: Mapping[str, Command], runs: int, folder: Path, *, warm_up: bool = True
) -> Mapping[str, list[Run]]:
    """Run several commands in turn, A B C A B C ..., so that what slows one slows its neighbours; the first round warms
    up and is not counted."""
    rounds = [{name: measure(command, folder) for name, command in commands.items()} for _ in range(runs + warm_up)]
    return {name: [finished[name] for finished in rounds[warm_up:]] for name in commands}


def seconds(runs: Sequence[Run]) -> float:
    """The median of the processor time."""
    return median(run.seconds for run in runs)


def peak(runs: Sequence[Run]) -> float:
    """The largest peak memory, in MiB."""
    return max(run.mebibytes for run in runs)


def ratio(ours: Sequence[Run], theirs: Sequence[Run]) -> float:
    """The median of the ratios, pair by pair: below 1, ours is faster."""
    return median(a.seconds / b.seconds for a, b in zip(ours, theirs, strict=True))

"""Whole processes, as the operating system accounts for them: processor time with children, peak memory. (Unix.)

A new process begins with the peak of the one that starts it, so whoever measures must stay small itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: processor seconds (user and system), peak memory in MiB, what it printed."""

    seconds: float
    mebibytes: float
    output: str


def measure(command: Sequence[str | Path], bytecode: Path) -> Run:
    """Run a command to its end. Python's bytecode is kept in a folder, as it is beside an installed program.

    Raises RuntimeError, with what it said, where the command fails."""
    log = bytecode / "log.txt"
    with log.open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(  # noqa: S603 (our own commands)
            list(map(str, command)), stdout=said, stderr=subprocess.STDOUT, env=_surroundings(bytecode)
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        output = said.read()
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))[:200]}: status {process.returncode}\n{output[-2000:]}")
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss * _RSS_UNIT / 2**20, output)


def _surroundings(bytecode: Path) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(bytecode)}


def in_turn(
    commands: Mapping[str, Sequence[str | Path]], runs: int, bytecode: Path, *, warm_up: bool = True
) -> Mapping[str, list[Run]]:
    """Run several commands in turn, A B C A B C ..., so that what slows one slows its neighbours; the first round warms
    up and is not counted."""
    rounds = [{name: measure(command, bytecode) for name, command in commands.items()} for _ in range(runs + warm_up)]
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

"""Progress: what is being built and what failed, on a terminal, while a batch runs. The only owner of rich."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from briefing.batch import Outcome, State, Task, Watcher


class Shown(Watcher):
    """A line on standard error: how many of `total` briefs are done, and which are being built; failures stay above.

    It is there while its `with` lasts."""

    def __init__(self, total: int, console: Console | None = None) -> None:
        columns = (
            TextColumn("{task.completed}/{task.total}"),
            BarColumn(),
            TextColumn("{task.description}", markup=False),
        )
        self._bar = Progress(
            *columns,
            console=console or Console(stderr=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._line = self._bar.add_task("", total=total)
        self._begun: dict[Task, None] = {}

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the line away while something else is printed: to the same terminal, perhaps."""
        self._bar.stop()
        yield
        self._bar.start()

    def begins(self, task: Task) -> None:
        """Name a task among those being done."""
        self._begun[task] = None
        self._tell()

    def ends(self, outcome: Outcome) -> None:
        """Count a task as done; say so at once if it failed."""
        self._begun.pop(outcome.task, None)
        self._bar.advance(self._line)
        if outcome.state is State.FAILED:
            self._bar.console.print(f"failed: {outcome.task.name}", style="red", markup=False, highlight=False)
        self._tell()

    def _tell(self) -> None:
        self._bar.update(self._line, description=", ".join(task.name for task in self._begun), refresh=True)

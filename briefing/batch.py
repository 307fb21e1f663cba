"""Batch: many briefs, each by itself, one after the other or at once (`processes`). What has not changed since it was
built is left as it is, and what stands in the way of one brief does not stop the others.

    what was named ──▶ Tasks ──Desk──▶ Outcomes, in the order of the tasks; each is entered in the ledger as it comes"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Self

from msgspec import Struct, field

from briefing import files
from briefing.arguments import Chosen
from briefing.build import Options, build, fingerprint, outputs
from briefing.diagnostics import BriefingError, Diagnostic, Location, errors
from briefing.ledger import Entry, Ledger, hashed
from briefing.loading import Loaded, briefs_of, load, yaml_files
from briefing.lock import quotations
from briefing.model import Brief
from briefing.sheet import chosen_meetings

WHOLE = "brief"  # the name of the brief of a dossier for which nobody wrote one

# ----------------------------------------------------------------------------------------------------- tasks, outcomes


class Task(Struct, frozen=True):
    """One brief to build; `others` are those that would be written to the same files."""

    dossier: Path
    brief: str
    others: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As a user names it: `dossier/brief`."""
        return f"{self.dossier.name}/{self.brief}"

    @property
    def output(self) -> str:
        """The name that its files share, without suffix."""
        return f"{self.dossier.name}-{self.brief}"


class State(StrEnum):
    """What became of a task."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class Outcome(Struct, frozen=True):
    """What became of a task: its files with how its quotations stand, unless it failed, and everything found wrong."""

    task: Task
    state: State
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[Path, ...] = ()
    quotations: Mapping[str, int] = field(default_factory=dict)
    entry: Entry | None = None


class Watcher:
    """Whoever is told when a task begins and how it ended, as long as a `with` lasts; this one pays no attention."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def begins(self, task: Task) -> None:
        """Hear that a task is begun."""

    def ends(self, outcome: Outcome) -> None:
        """Hear what became of a task."""

    def aside(self) -> AbstractContextManager[object]:
        """Make room for something else to be printed."""
        return nullcontext()


def tasks(chosen: Iterable[Chosen]) -> tuple[Task, ...]:
    """List the briefs that were chosen, each once; of a dossier without briefs, the brief of the whole."""
    found = tuple(dict.fromkeys(task for one in chosen for task in _tasks(one)))
    alike: dict[str, list[Task]] = {}
    for task in found:
        alike.setdefault(task.output.casefold(), []).append(task)
    return tuple(
        Task(task.dossier, task.brief, tuple(o.name for o in alike[task.output.casefold()] if o != task))
        for task in found
    )


def _tasks(chosen: Chosen) -> Iterator[Task]:
    briefs = [chosen.brief] if chosen.brief else [p.stem for p in files.files_in(chosen.folder / "briefs", ".yaml")]
    for brief in briefs or [WHOLE]:
        yield Task(chosen.folder, brief)


# ------------------------------------------------------------------------------------------------------------ building


class Desk:
    """Where one task after the other is done; the dossier of the last one stays open on it."""

    def __init__(self, options: Options, texts: Path | None) -> None:
        self._options = options
        self._texts = texts
        self._open: tuple[Path, Mapping[str, bytes], Loaded] | None = None

    def do(self, task: Task, known: Entry | None) -> Outcome:
        """Build a brief, unless `known` says that its files are already what they would become."""
        found: tuple[Diagnostic, ...] = ()
        try:
            _refuse_same_output(task)
            sources, loaded = self._dossier(task.dossier)
            found = loaded.diagnostics
            return self._built(task, known, sources, loaded)
        except BriefingError as error:
            return Outcome(task, State.FAILED, tuple(dict.fromkeys((*found, *error.diagnostics))))

    def _dossier(self, folder: Path) -> tuple[Mapping[str, bytes], Loaded]:
        if not self._open or self._open[0] != folder:
            sources = yaml_files(folder)  # first: should a file change meanwhile, the next run sees that it did
            self._open = folder, sources, load(folder, self._texts)
        return self._open[1:]

    def _built(self, task: Task, known: Entry | None, sources: Mapping[str, bytes], loaded: Loaded) -> Outcome:
        if wrong := errors(loaded.diagnostics):
            raise BriefingError(wrong)
        brief = _brief(task, loaded)
        made_of = fingerprint(loaded, brief, sources, self._options)
        targets = outputs(task.dossier.name, brief.id, self._options)
        count = quotations(loaded.verification, chosen_meetings(loaded.dossier, brief))
        if known and known.covers(made_of, targets):
            return Outcome(task, State.UNCHANGED, loaded.diagnostics, targets, count)
        written = build(loaded, brief, self._options)
        entry = Entry(made_of, {path.name: hashed(data) for path, data in written.items()})
        return Outcome(task, State.BUILT, loaded.diagnostics, targets, count, entry)


def _brief(task: Task, loaded: Loaded) -> Brief:
    for brief in briefs_of(loaded):
        if brief.id == task.brief:
            return brief
    raise refused(task, "file-missing", "this file is gone since the run began", "Run the command again.")


def _refuse_same_output(task: Task) -> None:
    if task.others:
        message = f"{' and '.join(task.others)} would be written to {task.output}.pdf as well"
        raise refused(task, "same-output", message, "Rename one of them.")


def refused(task: Task, rule: str, message: str, help: str) -> BriefingError:
    """Say at its file why a brief is not built."""
    place = Location(files.shown(task.dossier / "briefs" / f"{task.brief}.yaml"))
    return BriefingError([Diagnostic(place, rule, message, help)])


# ------------------------------------------------------------------------------------------------------------- running


Known = Mapping[Task, Entry | None]
"""The tasks, each with what the ledger knows of it."""

Doing = Callable[[Known, Options, Path | None, Watcher], Iterator[Outcome]]
"""A way to do tasks; their outcomes come as they are done."""


def one_by_one(known: Known, options: Options, texts: Path | None, watcher: Watcher) -> Iterator[Outcome]:
    """Do one task after the other in this process."""
    desk = Desk(options, texts)
    for task, entry in known.items():
        watcher.begins(task)
        yield desk.do(task, entry)


def run(
    todo: Sequence[Task],
    options: Options,
    texts: Path | None = None,
    *,
    rebuild: bool = False,
    doing: Doing = one_by_one,
    watcher: Watcher | None = None,
) -> Iterator[Outcome]:
    """Do tasks and yield their outcomes in the same order.

    What is unchanged is built only to `rebuild`. After each brief the ledger is written: a run that was stopped is
    taken up where it stood."""
    ledger = Ledger(options.out)
    known = {task: None if rebuild else ledger.of(task.output) for task in todo}
    follow = watcher or Watcher()
    done: dict[Task, Outcome] = {}
    waiting = deque(todo)
    for outcome in doing(known, options, texts, follow):
        if outcome.entry:
            ledger.enter(outcome.task.output, outcome.entry)
        follow.ends(outcome)
        done[outcome.task] = outcome
        while waiting and waiting[0] in done:
            yield done.pop(waiting.popleft())

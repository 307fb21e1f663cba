"""Processes: many briefs at a time. A room by itself, for what starts processes takes as long to load as a brief."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache, partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from briefing.batch import Desk, Doing, Known, Outcome, State, Task, Watcher, refused
from briefing.build import Options
from briefing.ledger import Entry


def at_once(jobs: int) -> Doing:
    """Do as many tasks at a time as `jobs` says, each in a process of its own, started afresh as every platform can."""
    return partial(_at_once, jobs)


def _at_once(jobs: int, known: Known, options: Options, texts: Path | None, watcher: Watcher) -> Iterator[Outcome]:
    waiting = deque(known)
    running: dict[Future[Outcome], Task] = {}
    with ProcessPoolExecutor(jobs, get_context("spawn"), _settle, (Path.cwd(), gc.get_threshold())) as pool:
        try:
            while waiting or running:
                while waiting and len(running) < jobs:
                    running[pool.submit(_do, waiting[0], known[waiting[0]], options, texts)] = waiting[0]
                    watcher.begins(waiting.popleft())
                for ready in wait(running, return_when=FIRST_COMPLETED).done:
                    yield ready.result()
                    del running[ready]
        except BrokenProcessPool:
            for task in (*running.values(), *waiting):
                yield _lost(task)


def _settle(here: Path, searches: tuple[int, int, int]) -> None:
    """Begin the life of a process: in the folder of the one that started it, which alone hears Ctrl+C, and searching
    for cycles as seldom as that one does.

    It ends with that one, even should it be killed: nobody else would ever end it."""
    os.chdir(here)
    gc.set_threshold(*searches)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _do(task: Task, known: Entry | None, options: Options, texts: Path | None) -> Outcome:
    return _desk(options, texts).do(task, known)


@lru_cache(maxsize=1)
def _desk(options: Options, texts: Path | None) -> Desk:
    """The desk of this process, for as long as it lives."""
    return Desk(options, texts)


def _lost(task: Task) -> Outcome:
    mend = "What was built is kept: run the command again, with a smaller number of --jobs if memory is short."
    return Outcome(
        task, State.FAILED, refused(task, "process-lost", "a process of this run was ended", mend).diagnostics
    )

"""Where the time of one build goes: the steps of `briefing.build`, each under a stopwatch, in processor seconds.

    python -m benchmarks.phases DOSSIER OUT

prints them as JSON. Nothing of Briefing is imported before the watch runs."""
# ruff: noqa: PLC0415

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.document import Document

# What `briefing.build` calls in each phase, by the names it has for it; the writers are told apart by their first word.
STEPS = {
    "read_housestyle": "load, check",
    "compare": "compare",
    "compose": "compose",
    "missing_glyphs": "glyphs",
    "write": "write",
    "read_pdf": "read back",
    "read_docx": "read back",
    "outline": "twins",
    "compare_outlines": "twins",
}
LAST = "write files"
PHASES = (
    "import", "load, check", "compare", "compose", "glyphs", "write pdf", "write docx", "read back", "twins",
    LAST,
)  # fmt: skip


class Stopwatch:
    """Adds up processor time by phase, and keeps what `compose` returned."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(PHASES, 0.0)
        self.document: Document | None = None

    def over(self, step: Callable[..., Any], phase: str) -> Callable[..., Any]:
        """Wrap a step of the pipeline so that its time counts for a phase."""

        def timed(*given: Any, **named: Any) -> Any:
            begun = time.process_time()
            result = step(*given, **named)
            self.seconds[f"write {given[0]}" if phase == "write" else phase] += time.process_time() - begun
            if phase == "compose":
                self.document = result
            return result

        return timed


def timed_build(folder: Path, out: Path) -> Stopwatch:
    """Build a dossier's first brief under the watch. Raises BriefingError with what stands in the way."""
    watch = Stopwatch()
    begun = time.process_time()
    import briefing.writers.docx
    import briefing.writers.pdf  # noqa: F401
    from briefing import build, files, loading

    watch.seconds["import"] = time.process_time() - begun
    with ExitStack() as undone:
        for module, name, phase in (*((build, *step) for step in STEPS.items()), (files, "replace_atomically", LAST)):
            step = getattr(module, name)
            undone.callback(setattr, module, name, step)
            setattr(module, name, watch.over(step, phase))
        loaded = watch.over(loading.load, "load, check")(folder)
        build.build(loaded, loading.briefs_of(loaded)[0], build.Options(out=out))
    return watch


if __name__ == "__main__":
    json.dump(timed_build(Path(sys.argv[1]), Path(sys.argv[2])).seconds, sys.stdout)

"""Kill builds at seeded random moments, and see that nothing is lost: `python tools/kill.py --kills 200`.

Every second build is killed after a random time, the others at a random touch of the disk after writing has begun,
where a clock alone would hardly ever hit. After each kill every output must be, byte for byte, what the last build
wrote or the killed one would have; after the next build there must be the new outputs and nothing beside them."""
# ruff: noqa: S311, S603, T201

from __future__ import annotations

import argparse
import os
import random
import runpy
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOUCHES = frozenset("open os.chmod os.listdir os.mkdir os.remove os.rename os.scandir".split())
MOST_TOUCHES = 32  # of a build of two files; a number that is never reached is a build that is not killed
TITLES = ("Ice warnings for every ship", "Ice warnings, read again")


def main() -> int:
    """Run what was asked for; 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--die-at", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.die_at is not None:
        die_at_touch(asked.die_at)
        return 0
    with tempfile.TemporaryDirectory(prefix="briefing-kill-") as folder:
        desk = Desk(Path(folder))
        chance = random.Random(asked.seed)
        while desk.kills < asked.kills:
            desk.kill(chance, by_time=desk.kills % 2 == 0)
    print(f"seed {asked.seed}:", ", ".join(f"{count} {what}" for what, count in desk.seen.items()))
    print("\n".join(desk.lost) or "nothing lost, nothing left")
    return 1 if desk.lost else 0


def die_at_touch(number: int) -> None:
    """Build, and end without a word at a touch of the output folder; counted from the first half written file."""
    seen = -1

    def watch(event: str, given: tuple[object, ...]) -> None:
        nonlocal seen
        if event not in TOUCHES or not any("out" in Path(os.fsdecode(p)).parts for p in given if isinstance(p, str)):
            return
        if seen >= 0 or any(str(p).endswith(".part") for p in given):
            seen += 1
        if seen == number:
            os._exit(9)

    sys.addaudithook(watch)
    sys.argv = ["briefing", "build"]
    runpy.run_module("briefing", run_name="__main__")


class Desk:
    """A dossier with one brief, the outputs of both its titles, and what became of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: Counter[str] = Counter()
        self.lost: list[str] = []
        self.kills = 0
        self.whole: dict[str, Mapping[str, bytes]] = {}
        self.run("init", "sources/first").wait()
        for title in reversed(TITLES):
            self.entitle(title)
            began = time.monotonic()
            if self.run("build").wait() != 0:
                raise SystemExit("the build fails even where nobody kills it")
            self.takes = time.monotonic() - began
            self.whole[title] = self.outputs()
        self.old, self.new = TITLES
        self.entitle(self.new)

    def run(self, *words: str, die_at: int | None = None) -> subprocess.Popen[bytes]:
        command = [__file__, "--die-at", str(die_at)] if die_at is not None else ["-m", "briefing", *words]
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def entitle(self, title: str) -> None:
        (file,) = (self.folder / "sources/first/briefs").glob("*.yaml")
        lines = file.read_text("utf-8").splitlines()
        changed = [f"title: {title}" if line.startswith("title:") else line for line in lines]
        file.write_text("\n".join(changed) + "\n", encoding="utf-8")

    def outputs(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in (self.folder / "out").iterdir() if file.is_file()}

    def kill(self, chance: random.Random, *, by_time: bool) -> None:
        """Kill a build that would change the outputs, and look; where it touched anything build again, and look."""
        if by_time:
            process = self.run("build")
            waited = chance.uniform(0, 1.1 * self.takes)
            time.sleep(waited)
            killed = process.poll() is None
            self.takes = (
                self.takes if killed else min(self.takes, waited)
            )  # the machine was busier when it was measured
            process.kill()
            process.wait()
        else:
            killed = self.run(die_at=chance.randrange(MOST_TOUCHES)).wait() == 9
        self.kills += killed
        self.seen[("killed by time" if by_time else "killed at a touch of the disk") if killed else "done before"] += 1
        if self.outputs() == self.whole[self.old]:
            return
        self.look(self.outputs(), self.whole[self.old], self.whole[self.new])
        self.run("build").wait()
        if self.outputs() != self.whole[self.new]:
            self.lost.append(f"after kill {self.kills} the next build left {sorted(self.outputs())}")
        self.old, self.new = self.new, self.old
        self.entitle(self.new)

    def look(self, now: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
        """Count what lies there after a kill."""
        documents = [name for name in new if name.endswith((".pdf", ".docx"))]
        if broken := [name for name in documents if now.get(name) not in (old[name], new[name])]:
            self.lost.append(f"after kill {self.kills} {broken} are not whole")
        if len({now.get(name) == new[name] for name in documents}) > 1:
            self.seen["pairs of one old and one new file (mended by the next build)"] += 1
        self.seen["half written files left (and swept)"] += sum(name.endswith(".part") for name in now)


if __name__ == "__main__":
    sys.exit(main())

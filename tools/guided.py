"""Let atheris choose what is damaged next: `python tools/guided.py KIND INPUTS FOLDER`; tools/fuzz.py runs it.

What every input ended in is one line of JSON. Beyond ten seconds or two gigabytes the process ends."""
# ruff: noqa: S311, T201

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

with atheris.instrument_imports(include=["briefing"]):
    from tools.trials import KINDS, SECONDS, attempt

MEMORY = 2000  # MB


def main(name: str, inputs: int, left: Path) -> None:
    """Try so many inputs of a kind; it never returns."""
    kind = KINDS[name]
    seeds = left / f"seeds-{os.getpid()}"
    seeds.mkdir()
    for number, seed in enumerate(kind.seeds):
        (seeds / str(number)).write_bytes(seed)
    tried = 0

    def try_one(given: bytes) -> None:
        nonlocal tried
        ended, what = attempt(kind, given)
        print(json.dumps([ended, what, given.hex() if what else ""]), flush=True)
        tried += 1
        if tried == inputs:
            for file in seeds.iterdir():
                file.unlink()
            seeds.rmdir()
            sys.stdout.flush()
            os._exit(0)

    def mutate(given: bytes, largest: int, number: int) -> bytes:
        """Damage once more what led somewhere; now and then begin with a sound file, or as atheris would."""
        chance = random.Random(number)
        ways = (
            kind.damage_more,
            kind.damage_more,
            lambda chance, _: kind.damaged(chance),
            lambda *_: atheris.Mutate(given, largest),
        )
        return chance.choice(ways)(chance, given)[:largest]

    bounds = [f"-timeout={2 * SECONDS:.0f}", f"-rss_limit_mb={MEMORY}", "-max_len=200000", f"-artifact_prefix={left}/"]
    atheris.Setup([sys.argv[0], "-seed=1", *bounds, str(seeds)], try_one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))

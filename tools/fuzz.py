"""Damage input, and see that every fault ends in a sentence: `python tools/fuzz.py --inputs 12000`.

Two engines supply the damage (tools/damage.py) to all that a stranger may supply (tools/trials.py): hypothesis, which
makes a find as small as it can, and atheris (tools/guided.py), which follows what the program does with its input. What
they find is left in .fuzz/, by its kind, to be tried again: `python tools/fuzz.py --again .fuzz/yaml-3f2a1b9c`. At the
end a dossier of 10,000 meetings is read, checked and compared."""
# ruff: noqa: E402, S603, T201

from __future__ import annotations

import argparse
import faulthandler
import importlib.util
import json
import subprocess
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from briefing.check import check
from briefing.compare import compare
from briefing.compose import compose
from briefing.diagnostics import BriefingError, errors
from briefing.lock import verify
from briefing.readers.dossier import read_dossier
from tools.damage import Chance
from tools.trials import DOSSIERS, HOUSE, KINDS, SECONDS, TEXTS, WORDS, Kind, attempt, finder

MANY_MEETINGS = 10_000
GUIDED = ("yaml", "template", "inline grammar")
LEFT = ROOT / ".fuzz"
SHARES = sum(kind.share for kind in KINDS.values())
BOUNDLESS = settings(
    deadline=None,
    database=None,
    derandomize=False,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)


class Find(Exception):
    """An input that ended as none may."""


class Tally:
    """How the inputs of a kind ended, and what was found: each sort of find once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ended: Counter[str] = Counter()
        self.finds: dict[str, bytes] = {}

    def count(self, ended: str, what: str, given: bytes) -> bool:
        """Count an input; say whether it is a find of a new sort, or a smaller one of a known sort."""
        self.ended[ended] += 1
        if not what or len(self.finds.get(what, given + b"+")) <= len(given):
            return False
        self.finds[what] = given
        return True

    def tell(self, engine: str) -> None:
        """Print the counts, and leave what was found."""
        counts = ", ".join(f"{self.ended[end]:6,} {end}" for end in ("read", "written", "refused", "find"))
        print(f"{engine:10} {self.name:15}{counts}", flush=True)
        for what, given_ in self.finds.items():
            LEFT.mkdir(exist_ok=True)
            file = LEFT / f"{self.name.replace(' ', '-')}-{sha256(given_).hexdigest()[:8]}"
            file.write_bytes(given_)
            print(f"FIND {what}: {file}", flush=True)


def with_hypothesis(name: str, kind: Kind, inputs: int, number: int) -> Tally:
    """Try so many inputs, each drawn by hypothesis; what is found it makes smaller, and then looks for others."""
    tally = Tally(name)
    known: set[str] = set()

    def try_one(chance: Chance) -> None:
        faulthandler.dump_traceback_later(20 * SECONDS, exit=True)  # what never ends says where it is
        damaged = kind.damaged(chance)
        ended, what = attempt(kind, damaged)
        tally.count(ended, what, damaged)
        if what and what not in known:
            raise Find(what)

    while (left := inputs - tally.ended.total()) > 0:
        drawn = given(st.randoms(use_true_random=False))(try_one)
        number += 1
        try:
            seed(number)(settings(BOUNDLESS, max_examples=left)(drawn))()
        except Find as find:
            known.add(str(find))
    faulthandler.cancel_dump_traceback_later()
    return tally


def with_atheris(name: str, inputs: int) -> Tally:
    """Try so many inputs in a process of its own, in which every branch of the program is watched."""
    LEFT.mkdir(exist_ok=True)
    command = [sys.executable, str(ROOT / "tools" / "guided.py"), name, str(inputs), str(LEFT)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    tally = Tally(name)
    if done.returncode:  # beyond the bounds of time or memory the process ends
        tally.count("find", f"atheris ended with {done.returncode}: {done.stderr.strip()[-600:]}", b"")
    for line in done.stdout.splitlines():
        ended, what, given_ = json.loads(line)
        tally.count(ended, what, bytes.fromhex(given_))
    return tally


# ------------------------------------------------------------------------------------------------------ many meetings


def many_meetings(number: int) -> dict[str, bytes]:
    """The small dossier, with its meeting so many times."""
    files = dict(DOSSIERS[0])
    (name,) = (name for name in files if name.startswith("meetings/"))
    meeting = files[name].replace(b", weekday: Wednesday", b"")
    files |= {f"meetings/2031-05-07-{n}.yaml": meeting for n in range(number - 1)}
    return files


def big(number: int) -> str:
    """Read, check and compare a dossier of so many meetings."""
    files = many_meetings(number)
    dossier, found = read_dossier(files, "big", "big")
    verification = verify(dossier, TEXTS, ())
    problems = (*found, *check(dossier, verification))
    compared = compare(dossier)
    told = f"{len(dossier.meetings):,} meetings, {len(errors(problems))} errors"
    try:
        for brief in dossier.briefs:
            compose(dossier, brief, compared, verification, house=HOUSE, templates=finder({}), words=WORDS)
    except BriefingError as error:
        told += f"; {error.diagnostics[0].message}"
    return told


# ---------------------------------------------------------------------------------------------------------------- run


def main() -> int:
    """Run what was asked for; 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=12_000, help="for hypothesis; atheris has half as many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=Path, help="a find, to see its traceback")
    parser.add_argument("--meetings", type=int, default=MANY_MEETINGS)
    asked = parser.parse_args()
    if asked.again:
        return again(asked.again)
    tallies = []
    for name, kind in KINDS.items():
        tallies.append(with_hypothesis(name, kind, asked.inputs * kind.share // SHARES, asked.seed))
        tallies[-1].tell("hypothesis")
    if importlib.util.find_spec("atheris") is None:
        print("atheris: there is none for this Python or machine; hypothesis alone")
    else:
        for name in GUIDED:
            tallies.append(with_atheris(name, asked.inputs // 2 // len(GUIDED)))
            tallies[-1].tell("atheris")
    inputs, finds = sum(tally.ended.total() for tally in tallies), sum(len(tally.finds) for tally in tallies)
    print(f"{inputs:,} inputs, {finds} finds")
    began = time.monotonic()
    print(f"{big(asked.meetings)}; {time.monotonic() - began:.0f} s")
    return 1 if finds else 0


def again(file: Path) -> int:
    """Try a find once more; whatever it raises is seen."""
    name = file.name.rpartition("-")[0].replace("-", " ")
    kind = next(kind for known, kind in KINDS.items() if known.replace("-", " ") == name)
    given_ = file.read_bytes()
    print(kind.run(given_[0], given_[1:]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

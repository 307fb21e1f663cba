"""The fuzzing itself: what is sound is read, what would be a find is found, and what was once found is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from briefing.diagnostics import BriefingError
from tools.fuzz import with_hypothesis
from tools.trials import KINDS, Kind, attempt

FINDS = sorted((Path(__file__).parent / "finds").glob("*"))


@pytest.mark.parametrize("name", KINDS)
def test_what_nobody_damaged_is_read(name: str) -> None:
    for seed in KINDS[name].seeds:
        assert attempt(KINDS[name], seed)[0] in {"read", "written"}


@pytest.mark.parametrize("name", KINDS)
def test_the_same_chance_does_the_same_damage(name: str) -> None:
    first, again, other = (KINDS[name].damaged(Random(seed)) for seed in (1, 1, 2))  # noqa: S311
    assert first == again != other


def crash(_: int, data: bytes) -> str:
    if b"$" in data:
        raise KeyError("the sign of dollars")
    return "read"


def say_nothing(_: int, data: bytes) -> str:
    raise BriefingError(()) if b"$" in data else ValueError("no dollars")


@pytest.mark.parametrize(
    ("run", "found"),
    [(crash, {"KeyError at trials.py: 'the sign of dollars'"}), (say_nothing, {"a refusal without a word"})],
)
def test_a_find_is_found_and_made_small(run: Callable[[int, bytes], str], found: set[str]) -> None:
    tally = with_hypothesis("planted", Kind((b"\0a plain text",), run, 1, ("$", "x")), 200, 1)
    assert found <= tally.finds.keys()
    assert tally.ended["find"] >= 1
    assert tally.ended.total() >= 200
    assert all(len(tally.finds[what]) < 40 for what in found)


@pytest.mark.parametrize("file", FINDS, ids=lambda file: file.name)
def test_what_was_found_once_is_found_no_more(file: Path) -> None:
    """Files of .fuzz/, kept: the name of the kind, and the first byte as in its seeds."""
    name = file.name.rpartition("-")[0].replace("-", " ")
    assert attempt(KINDS[name], file.read_bytes())[0] != "find"

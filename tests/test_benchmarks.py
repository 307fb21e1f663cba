"""The dossiers that benchmarks are run on: always the same, without a fault, and they build. Nothing is timed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.generate import SIZES, generate
from benchmarks.peers import context, html, typst
from benchmarks.phases import PHASES, timed_build
from briefing.diagnostics import errors
from briefing.loading import load


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_same_seed_gives_the_same_dossier_and_another_seed_another(tmp_path: Path) -> None:
    first, again, other = (
        contents(generate(2, seed).write(tmp_path / name)) for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first == again != other


@pytest.mark.parametrize("size", ["S", "M"])
def test_a_generated_dossier_has_no_faults_and_its_quotations_stand_in_its_texts(tmp_path: Path, size: str) -> None:
    loaded = load(generate(SIZES[size]).write(tmp_path / "made"))
    assert errors(loaded.diagnostics) == ()
    assert {d.rule for d in loaded.diagnostics} == {"quote-not-locked"}
    assert len(loaded.dossier.meetings) == SIZES[size]
    assert {p.native.language for p in loaded.dossier.people.values() if p.native} == {"ko", "ja"}


def test_the_small_dossier_builds_under_the_stopwatch_and_the_peers_get_all_of_its_words(tmp_path: Path) -> None:
    watch = timed_build(generate(SIZES["S"]).write(tmp_path / "made"), tmp_path / "out")
    assert {file.suffix for file in (tmp_path / "out").iterdir()} == {".pdf", ".docx"}
    assert tuple(watch.seconds) == PHASES
    assert watch.document
    for written in (typst(watch.document), html(watch.document, tmp_path), str(context(watch.document))):
        for name in ("Policy brief", "Positions compared", "Strait desk", "A first exercise would show how far we are"):
            assert name in written.replace("\\", "")

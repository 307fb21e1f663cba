"""A dossier from its folder: causes before what follows from them, and texts that are missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.loading import load
from tests.small import BRIEF, CALL, FOLDER, changed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small dossier."""
    return Path(shutil.copytree(FOLDER, tmp_path / "small"))


def change(file: Path, old: str, new: str) -> None:
    file.write_text(changed(file.read_text(encoding="utf-8"), old, new), encoding="utf-8")


def rules(folder: Path) -> list[str]:
    return [diagnostic.rule for diagnostic in load(folder).diagnostics]


# ------------------------------------------------------------------------------ causes, and what only follows from them


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("    stance: support\n", "   stance: support\n", "yaml-syntax"),
        ("participants:", "particpants:", "unknown-key"),
        ("person: Park Min-ho", "person: Park Minho", "unknown-person"),
        ("accounts: [", "acounts: [", "unknown-key"),
        ("accounts: [harbour-2031, release-2031]", "accounts: [harbor-2031, release-2031]", "unknown-source"),
        ("by: Grace Park", "by: Grace Pork", "unknown-person"),
        ("quote: before the next season", "quot: before the next season", "unknown-key"),
        ("quote: before the next season", "quote: “before the next season”", "quote-marks"),
    ],
)
def test_one_slip_in_a_meeting_is_one_error(old: str, new: str, rule: str, folder: Path) -> None:
    change(folder / BRIEF, "judgements:", "recommendations:\n  - Ask for it “before the next season”.\n\njudgements:")
    assert rules(folder) == []
    change(folder / CALL, old, new)
    assert rules(folder) == [rule]


def test_participants_that_are_no_list_are_one_error(folder: Path) -> None:
    head, rest = (folder / CALL).read_text(encoding="utf-8").split("participants:\n")
    positions = rest[rest.index("positions:") :]
    (folder / CALL).write_text(f"{head}participants: US, KR, JP\n{positions}", encoding="utf-8")
    assert rules(folder) == ["wrong-kind"]


def test_a_brief_that_rests_on_what_could_not_be_read_is_not_blamed_for_it(folder: Path) -> None:
    change(folder / BRIEF, "rests_on: [2031-05-07-call/grace-park/quotas]", "rests_on: [2031-05-07-call/grace-pork]")
    assert rules(folder) == ["unknown-record"]


def test_a_register_of_another_name_is_one_error(folder: Path) -> None:
    (folder / "people.yaml").rename(folder / "persons.yaml")
    assert rules(folder) == ["unknown-file"]


def test_what_cannot_be_read_is_told_before_what_its_words_say(folder: Path) -> None:
    change(folder / BRIEF, "Washington wants lower quotas.", "Lower quotas are likely.")
    change(folder / CALL, "format: call", "format: cal")
    assert rules(folder) == ["unknown-word", "judged-fact"]


# ----------------------------------------------------------------------------------------------- texts that are missing


def test_a_text_that_is_missing_beside_others_is_told_with_what_was_perhaps_meant(folder: Path) -> None:
    change(folder / "sources.yaml", "articles/harbour.txt", "articles/harbor.txt")
    (told,) = (d for d in load(folder).diagnostics if d.rule == "text-missing")
    assert (str(told.location), told.help) == (f"{folder.as_posix()}/sources.yaml:8:9", "Did you mean 'harbour.txt'?")


def test_a_text_that_is_missing_where_another_is_at_hand_elsewhere_is_told(folder: Path, tmp_path: Path) -> None:
    (folder / "articles").rename(tmp_path / "texts")
    (tmp_path / "texts/release.txt").unlink()
    assert [d.rule for d in load(folder, tmp_path / "texts").diagnostics] == ["text-missing"]


def test_a_copy_that_came_without_its_texts_misses_none(folder: Path, tmp_path: Path) -> None:
    for file in (folder / "articles").iterdir():
        file.unlink()
    (folder / "articles/.gitkeep").touch()
    assert rules(folder) == []
    (folder / "articles/.gitkeep").unlink()
    (folder / "articles").rmdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/other.txt").touch()
    assert [d.rule for d in load(folder, tmp_path / "elsewhere").diagnostics] == []

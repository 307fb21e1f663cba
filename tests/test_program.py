"""The program about itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from briefing import files, program
from briefing.program import LIBRARIES, library_version, program_hash

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def test_its_libraries_are_those_it_is_installed_with() -> None:
    dependencies = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    assert [re.split(r"[<>=~]", wanted)[0] for wanted in dependencies] == list(LIBRARIES)
    assert all(map(library_version, LIBRARIES))
    assert library_version("no-such-library") == ""


@pytest.mark.parametrize(
    "changed", ["build.py", "none-of-ours.py", "SourceSans3-Bold.ttf", "SourceSans3-Bold.kern.json"]
)
def test_its_hash_changes_with_code_and_fonts(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real, before = files.read_bytes, program_hash.__wrapped__()
    monkeypatch.setattr(files, "read_bytes", lambda path, limit: b"" if path.name == changed else real(path, limit))
    assert (program_hash.__wrapped__() == before) == (changed == "none-of-ours.py")


def test_its_hash_changes_with_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    before = program_hash.__wrapped__()
    monkeypatch.setattr(program, "library_version", lambda _: "9")
    assert program_hash.__wrapped__() != before

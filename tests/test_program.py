"""The program about itself."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from briefing import __version__, program
from briefing.program import LIBRARIES, library_version, program_hash
from briefing.shipped import PACKAGE

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of some of our files, in a folder of its own."""
    copy = tmp_path / "briefing"
    (copy / "fonts").mkdir(parents=True)
    for name in ("build.py", "fonts/SourceSans3-Bold.ttf", "fonts/SourceSans3-Bold.kern.json"):
        shutil.copy(PACKAGE / name, copy / name)
    monkeypatch.setattr(program, "PACKAGE", copy)
    monkeypatch.setattr(program, "shipped", copy.joinpath)
    return copy


def mark() -> str:
    return program_hash.__wrapped__()


def test_its_libraries_are_those_it_is_installed_with() -> None:
    dependencies = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    assert [re.split(r"[<>=~]", wanted)[0] for wanted in dependencies] == list(LIBRARIES)
    assert [library_version(name) for name in LIBRARIES] == [version(name) for name in LIBRARIES]
    assert library_version("no-such-library") == ""


def test_of_two_installed_the_one_that_python_finds_first_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("first/python_docx-9.0.dist-info", "second/python_docx-8.0.dist-info", "second/Rich-7.0.egg-info"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / name) for name in ("missing", "first", "second")])
    monkeypatch.setattr(program, "_installed", program._installed.__wrapped__)
    assert (library_version("python-docx"), library_version("rich")) == ("9.0", "7.0")


@pytest.mark.parametrize("changed", ["build.py", "fonts/SourceSans3-Bold.ttf", "fonts/SourceSans3-Bold.kern.json"])
def test_in_a_checkout_its_hash_changes_with_code_and_fonts(changed: str, package: Path) -> None:
    before = mark()
    assert mark() == before
    file = package / changed
    stood = file.stat()
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, ns=(stood.st_atime_ns, stood.st_mtime_ns + 1))
    written = mark()
    assert written != before
    file.write_bytes(b"")
    os.utime(file, ns=(stood.st_atime_ns, stood.st_mtime_ns))
    assert mark() not in {before, written}


def test_installed_its_hash_changes_with_what_the_installer_noted_of_its_files(package: Path) -> None:
    record = package.parent / f"briefing-{__version__}.dist-info" / "RECORD"
    record.parent.mkdir()

    def noted(*lines: str) -> str:
        record.write_text("\n".join(lines), encoding="utf-8")
        return mark()

    before = noted("briefing/build.py,sha256=aaa,9", "briefing/fonts/Sans.ttf,sha256=bbb,9")
    assert noted("briefing/fonts/Sans.ttf,sha256=bbb,9", "briefing/build.py,sha256=aaa,9") == before
    assert noted("briefing/build.py,sha256=aac,9", "briefing/fonts/Sans.ttf,sha256=bbb,9") != before
    here = ("../../bin/briefing,sha256=fff,9", "briefing/__pycache__/build.cpython-311.pyc,,")
    assert noted("briefing/build.py,sha256=aaa,9", "briefing/fonts/Sans.ttf,sha256=bbb,9", *here) == before
    (package / "build.py").write_bytes(b"")
    assert mark() == before


def test_its_hash_changes_with_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    before = mark()
    monkeypatch.setattr(program, "library_version", lambda _: "9")
    assert mark() != before

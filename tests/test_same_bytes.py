"""The same sources give the same bytes, wherever, whenever and by whomever they are built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from tests.small import FOLDER

ROOT = Path(__file__).parent.parent
OTHERS = list(filter(None, os.environ.get("BRIEFING_PYTHONS", "").split(os.pathsep)))
PLAIN = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}

# Nothing of this may be seen in a file: the clock of the day, the language, the order of a set, the folder, the person.
DESKS: Mapping[str, Mapping[str, str]] = {
    "again": {},
    "Seoul": {
        "LANG": "ko_KR.UTF-8",
        "LC_ALL": "ko_KR.UTF-8",
        "TZ": "Pacific/Kiritimati",
        "USER": "kim",
        "LOGNAME": "kim",
    },
    "Istanbul": {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "TZ": "Etc/GMT+12", "PYTHONHASHSEED": "4711"},
    "no language": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "random", "PYTHONOPTIMIZE": "1"},
    "ReportLab set otherwise": {
        "RL_pageCompression": "0",
        "RL_useA85": "1",
        "RL_invariant": "0",
        "RL_pdfMultiLine": "1",
        "RL_pdfComments": "1",
        "RL_defaultEncoding": "MacRomanEncoding",
    },
}


def built(
    folder: Path, environment: Mapping[str, str], home: Path | None = None, python: str = sys.executable
) -> dict[str, str]:
    """Build the small dossier in a folder, in a process of its own; the hash of each file."""
    shutil.copytree(FOLDER, folder / "sources" / "small")
    quiet = {"BRIEFING_TEXTS", "SOURCE_DATE_EPOCH"}
    inherited = {name: value for name, value in os.environ.items() if name not in quiet}
    places = {"PYTHONPATH": str(ROOT), "HOME": str(home or folder), "USERPROFILE": str(home or folder)}
    done = subprocess.run(
        [python, "-m", "briefing", "build"],
        cwd=folder,
        env={**inherited, **PLAIN, **places, **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in documents(folder / "out")}


def documents(out: Path) -> list[Path]:
    return sorted(file for file in out.iterdir() if file.suffix in {".pdf", ".docx"})


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    hashes = built(tmp_path_factory.mktemp("first"), {})
    assert sorted(hashes) == ["small-fishing.docx", "small-fishing.pdf"]
    return hashes


@pytest.mark.parametrize("desk", DESKS)
def test_the_desk_leaves_no_trace(desk: str, first: dict[str, str], tmp_path: Path) -> None:
    assert built(tmp_path, DESKS[desk]) == first


def test_the_folder_leaves_no_trace(first: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "정책 브리핑 (초안)" / "a b"
    folder.mkdir(parents=True)
    assert built(folder, {}) == first


def test_settings_of_reportlab_in_the_home_folder_leave_no_trace(first: dict[str, str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".reportlab_settings").write_text("pdfMultiLine = 1\npdfComments = 1\nuseA85 = 1\n", encoding="utf-8")
    assert built(tmp_path, {}, home) == first


@pytest.mark.skipif(not OTHERS, reason="BRIEFING_PYTHONS names no other Python that has the libraries")
@pytest.mark.parametrize("python", OTHERS)
def test_another_python_writes_the_same(python: str, first: dict[str, str], tmp_path: Path) -> None:
    assert built(tmp_path, {}, python=python) == first


def test_what_does_matter_is_seen(first: dict[str, str], tmp_path: Path) -> None:
    """A test that cannot fail is none: a date of its own changes both files."""
    other = built(tmp_path, {"SOURCE_DATE_EPOCH": "86400"})
    assert all(other[name] != digest for name, digest in first.items())

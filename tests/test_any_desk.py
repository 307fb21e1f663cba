"""Any desk: narrow and old consoles, no colours, folders with blanks and Korean, a home that may not be written,
sources with the line ends of Windows."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.small import FOLDER

ROOT = Path(__file__).parent.parent
ENCODINGS = ("cp1252", "cp949", "ascii")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with blanks and Korean in its name, and a small dossier in it."""
    folder = tmp_path / "정책 브리핑 2031"
    shutil.copytree(FOLDER, folder / "sources" / "small")
    return folder


def briefing(desk: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    quiet = {"BRIEFING_TEXTS", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONUTF8", "PYTHONIOENCODING"}
    inherited: Mapping[str, str] = {name: value for name, value in os.environ.items() if name not in quiet}
    return subprocess.run(
        [sys.executable, "-m", "briefing", *words],
        cwd=desk,
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )


# ----------------------------------------------------------------------------------------------------------- consoles


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("words", [("build",), ("check",), ("compare", "--reasons")])
def test_any_console_is_written_to(desk: Path, encoding: str, words: tuple[str, ...]) -> None:
    """What a console cannot show is a question mark there, and no reason to fail."""
    done = briefing(desk, *words, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode(encoding).strip()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_problem_is_told_on_any_console(desk: Path, encoding: str) -> None:
    meeting = desk / "sources/small/meetings/회의 31.yaml"
    meeting.write_text("date: 31 May “2031”\n", encoding="utf-8")
    done = briefing(desk, "check", PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    told = done.stderr.decode(encoding)
    assert "Traceback" not in told
    assert " error: " in told


def test_what_a_console_cannot_show_is_a_question_mark(desk: Path) -> None:
    """In what is found, in help, and in what click itself says of wrong usage."""
    for encoding, sign in (("ascii", "?"), ("cp1252", "’")):
        help, wrong = (
            briefing(desk, *words, PYTHONIOENCODING=encoding)
            for words in (("add", "source", "--help"), ("build", "회의"))
        )
        assert f"the dossier{sign}s" in " ".join(help.stdout.decode(encoding).split())
        assert "There is no dossier or brief '??'." in wrong.stderr.decode(encoding)


@pytest.mark.parametrize("words", [("compare",), ("compare", "--reasons"), ("--help",), ("build", "--help")])
def test_eighty_columns_are_enough(desk: Path, words: tuple[str, ...]) -> None:
    done = briefing(desk, *words, COLUMNS="80", PYTHONIOENCODING="utf-8")
    assert max(map(len, done.stdout.decode("utf-8").splitlines())) <= 80


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}])
def test_no_colours_where_nobody_sees_them(desk: Path, environment: dict[str, str]) -> None:
    for words in (("build",), ("compare",)):
        done = briefing(desk, *words, **environment)
        assert b"\x1b" not in done.stdout + done.stderr


# ---------------------------------------------------------------------------------------------------------- the folder


def test_a_folder_with_blanks_and_korean(desk: Path) -> None:
    done = briefing(desk, "build", "-o", "결과 1", PYTHONIOENCODING="utf-8")
    assert done.returncode == 0, done.stderr
    assert "결과 1/small-fishing.docx" in done.stdout.decode("utf-8")
    assert (desk / "결과 1" / "small-fishing.pdf").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="a folder there has no mode that forbids writing")
def test_a_home_that_may_not_be_written_is_not_written(desk: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = briefing(desk, "build", HOME=str(home), XDG_CACHE_HOME=str(home), XDG_CONFIG_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert list(home.iterdir()) == []


def test_a_home_that_is_not_there_is_not_made(desk: Path, tmp_path: Path) -> None:
    home = tmp_path / "nowhere"
    assert briefing(desk, "build", HOME=str(home), USERPROFILE=str(home), APPDATA=str(home)).returncode == 0
    assert not home.exists()


# ----------------------------------------------------------------------------------------------------------- line ends


def with_line_ends_of_windows(desk: Path) -> None:
    """As `git config core.autocrlf true` leaves a checkout: every text, the lock and the articles too."""
    for file in (desk / "sources").rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def test_line_ends_of_windows_give_the_same_bytes_and_the_same_verdicts(desk: Path) -> None:
    verdicts = briefing(desk, "check", "--json").stdout
    assert briefing(desk, "build").returncode == 0
    lf = {file.name: file.read_bytes() for file in (desk / "out").iterdir() if file.suffix in {".pdf", ".docx"}}
    shutil.rmtree(desk / "out")
    with_line_ends_of_windows(desk)
    assert b"\r\n" in (desk / "sources/small/quotes.lock").read_bytes()
    assert briefing(desk, "check", "--json").stdout == verdicts
    assert briefing(desk, "build", "--strict").returncode == briefing(desk, "build").returncode == 0
    assert {name: (desk / "out" / name).read_bytes() for name in lf} == lf


def test_a_lock_written_under_windows_holds_elsewhere(desk: Path) -> None:
    """The lock tells a changed text from one whose line ends alone are others."""
    lock = desk / "sources/small/quotes.lock"
    before = lock.read_bytes()
    with_line_ends_of_windows(desk)
    assert briefing(desk, "check", "--lock").returncode == 0
    assert lock.read_bytes().replace(b"\r\n", b"\n") == before

"""Without the right to read or to write: one sentence that names the file, status 1, and what was there stays.

An administrator may read and write everything; the tests of one run as nobody, in a folder that is open to all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import commands
from tests.small import BRIEF, CALL, FOLDER

NOBODY = 65534
SMALL = Path("sources/small")

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows keeps rights in another way")


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that anybody reaches, with a dossier that was built: what a command needs is loaded then."""
    monkeypatch.delenv("BRIEFING_TEXTS", raising=False)
    with tempfile.TemporaryDirectory(prefix="briefing-rights-") as name:
        monkeypatch.chdir(name)
        shutil.copytree(FOLDER, SMALL)
        assert briefing("build").exit_code == 0
        for path in (Path(), *Path().rglob("*")):
            path.chmod(0o777)
        yield Path(name)
        for path in Path().rglob("*"):
            path.chmod(0o777)
        monkeypatch.undo()


def briefing(*words: str) -> Result:
    return CliRunner().invoke(commands, list(words), prog_name="briefing")


@contextmanager
def as_nobody() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def without_rights(*words: str) -> Result:
    with as_nobody():
        result = briefing(*words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Errno" not in result.stderr
    return result


def held(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def test_what_nobody_forbids_is_built() -> None:
    result = without_rights("build", "-o", "new")
    assert result.exit_code == 0, result.output
    assert held("new").keys() == held("out").keys()


@pytest.mark.parametrize(
    "name", ["dossier.yaml", "people.yaml", "sources.yaml", CALL, BRIEF, "quotes.lock", "articles/harbour.txt"]
)
def test_a_file_that_may_not_be_read_is_named(name: str) -> None:
    (SMALL / name).chmod(0)
    result = without_rights("build", "-o", "new")
    assert result.exit_code == 1
    assert f"{SMALL}/{name}: error: you may not read this file" in result.stderr
    assert not Path("new").exists()


@pytest.mark.parametrize("name", [SMALL, SMALL / "meetings", SMALL / "briefs", SMALL / "articles"])
def test_a_folder_that_may_not_be_read_is_named(name: Path) -> None:
    name.chmod(0)
    result = without_rights("build", str(SMALL), "-o", "new")
    assert result.exit_code == 1
    assert f"{name}" in result.stderr
    assert "you may not read this" in result.stderr
    assert not Path("new").exists()


@pytest.mark.parametrize(
    "name", ["templates/policy-brief.html.jinja", "templates/house.toml", "fonts/SourceSans3-Regular.ttf"]
)
def test_a_template_house_style_or_font_that_may_not_be_read_is_named(name: str) -> None:
    path = Path(name)
    path.parent.mkdir()
    path.write_bytes(b"")
    path.chmod(0)
    result = without_rights("build", "-o", "new")
    assert result.exit_code == 1
    assert path.name in result.stderr
    assert "you may not read this file" in result.stderr
    assert not Path("new").exists()


@pytest.mark.parametrize("file", ["small-fishing.pdf", "small-fishing.docx"])
def test_a_file_that_may_not_be_written_is_left_as_it_is(file: str) -> None:
    before = held("out")
    (Path("out") / file).chmod(0o444)
    result = without_rights("build", "--rebuild", "--page-size", "Letter")
    assert result.exit_code == 1
    assert f"out/{file}: error: the file cannot be written" in result.stderr
    assert held("out") == before


def test_a_folder_that_may_not_be_written_is_left_as_it_is() -> None:
    before = held("out")
    for path in (*Path("out").iterdir(), Path("out")):
        path.chmod(0o555)
    result = without_rights("build", "--rebuild", "--page-size", "Letter")
    assert result.exit_code == 1
    assert "out/small-fishing" in result.stderr
    assert held("out") == before


@pytest.mark.parametrize(
    "words",
    [
        ("init", "sources/new"),
        ("add", "meeting", "--date", "2031-06-01", "--participant", "US", "--participant", "KR"),
        ("check", "--lock"),
    ],
)
def test_nothing_is_added_where_nothing_may_be_written(words: tuple[str, ...]) -> None:
    for path in (Path("sources"), SMALL, *SMALL.rglob("*")):
        path.chmod(0o555)
    before = {path: path.read_bytes() for path in Path("sources").rglob("*") if path.is_file()}
    assert without_rights(*words).exit_code == (0 if words[0] == "check" else 1)
    assert {path: path.read_bytes() for path in Path("sources").rglob("*") if path.is_file()} == before

"""The doctor: every question is answered, what is broken is said to be, and nobody is named."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing import __version__, doctor, files
from briefing.cli import commands
from briefing.diagnostics import BriefingError, Diagnostic, Location
from briefing.doctor import Finding, examine


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("BRIEFING_TEXTS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def well() -> None:
    """A rehearsal that goes well."""


def found(name: str, rehearse: Callable[[], None] = well, **environment: str) -> Finding:
    (one,) = [one for one in examine(Path("out"), environment, "utf-8", rehearse) if one.name == name]
    return one


def test_all_is_well_here_and_nothing_is_left_behind(here: Path) -> None:
    result = CliRunner().invoke(commands, ["doctor"], prog_name="briefing")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["Briefing", __version__]
    assert platform.python_version() in lines[1]
    assert "Self-test       a small brief was made as PDF and Word, and both say the same" in lines
    assert lines[-1] == "All is as it should be."
    assert list(here.iterdir()) == []


def test_a_broken_installation_ends_with_1_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "briefing.build", None)
    result = CliRunner().invoke(commands, ["doctor"], prog_name="briefing")
    assert result.exit_code == 1
    assert "Self-test       WRONG: ModuleNotFoundError: " in result.stdout
    assert result.stdout.splitlines()[-1] == "Not as it should be: Self-test."


def test_json_has_every_answer() -> None:
    result = CliRunner().invoke(commands, ["doctor", "--json"], env={"BRIEFING_TEXTS": "nowhere"}, prog_name="briefing")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["well"]) == (1, False)
    told = {one["name"]: one for one in report["findings"]}
    assert told["Briefing"] == {"name": "Briefing", "answer": __version__, "fault": ""}
    assert told["BRIEFING_TEXTS"]["fault"] == (
        "BRIEFING_TEXTS: it names no folder. Set it to the folder of the source texts, or unset it."
    )


def test_what_the_environment_says() -> None:
    Path("texts").mkdir()
    assert found("NO_COLOR").answer == "not set"
    assert found("NO_COLOR", NO_COLOR="1").answer == "set"
    assert found("BRIEFING_TEXTS", BRIEFING_TEXTS="texts").answer == "texts"


def test_a_home_folder_is_not_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: here)
    monkeypatch.setattr(doctor, "PACKAGE", here / "apps" / "briefing")
    assert found("Package").answer == "~/apps/briefing"
    assert str(here) not in " ".join(one.answer for one in examine(here / "out", {}, "utf-8", well))


def test_a_machine_without_a_home_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", none)
    assert found("Home folder") == Finding("Home folder", "none, which does no harm")
    assert found("Package").fault == ""


def test_folders_that_take_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> None:
        raise BriefingError([Diagnostic(Location(files.shown(folder)), "file-locked", "it is read-only", "Another.")])

    monkeypatch.setattr(files, "refuse_unwritable", refuse)
    assert found("Output folder").fault == (
        "out: no file can be written there (it is read-only). Choose another folder with -o, or see to this one."
    )
    assert found("Home folder") == Finding("Home folder", "read-only, which does no harm")


def test_a_file_in_the_place_of_the_output_folder() -> None:
    Path("out").touch()
    assert found("Output folder").fault.startswith("out: no file can be written there (a folder stands where")
    assert Path("out").is_file()


def test_a_font_that_is_none() -> None:
    Path("fonts").mkdir()
    assert found("Own fonts") == Finding("Own fonts", "none in fonts")
    Path("fonts/Mine.ttf").write_bytes(b"no font")
    assert "Mine.ttf: this is not a font" in found("Own fonts").fault
    assert found("Fonts").fault == ""


def test_a_library_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "reportlab 5" in found("Libraries").answer
    monkeypatch.setattr(doctor, "LIBRARIES", ("click", "no-such-library"))
    assert found("Libraries").fault == "Libraries: no-such-library cannot be found. Install Briefing again."


def test_a_rehearsal_that_fails_says_why() -> None:
    def differ() -> None:
        raise BriefingError([Diagnostic(Location("first: p1"), "twins", "the files differ", "Report it.")])

    assert found("Self-test", differ).fault == "first: p1: the files differ. Report it."

"""What README.md promises is so: its session is played, its links lead somewhere, its commands exist."""

from __future__ import annotations

import re
import struct
import tomllib
from pathlib import Path

import click
import pytest

from briefing import __version__
from briefing.cli import commands
from tests.test_cases import play, read_cases

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_session_goes_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sessions = [blocks for heading, blocks in read_cases(README) if heading == "A first brief"]
    assert [block.kind for block in sessions[0]].count("console") >= 4
    play(sessions[0], tmp_path)


def test_every_command_is_told_and_every_command_told_exists() -> None:
    assert set(re.findall(r"`briefing ([a-z]+)", README)) == set(commands.commands)


def test_every_option_told_exists() -> None:
    known = {opt for c in commands.commands.values() for p in c.params if isinstance(p, click.Option) for opt in p.opts}
    of_other_programs = {"--no-deps"}
    assert set(re.findall(r"--[a-z][a-z-]+", README)) - of_other_programs - {"--help"} <= known


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_links_lead_to_files_that_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [t.split("#")[0] for t in re.findall(r"\]\(([^)]+)\)", text) if "://" not in t]
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_the_two_commands_on_the_first_screen_are_targets_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("brief", "test"):
        assert f"make {target} " in "\n".join(README.splitlines()[:20])
        assert f"\n{target}:" in makefile


def test_the_python_it_asks_for_is_the_one_that_is_needed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=" + re.findall(r"Python (\d\.\d+) or later", README)[0]


def test_the_picture_is_a_picture_as_wide_as_the_screen() -> None:
    data = (ROOT / "docs/first-page.png").read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG")
    assert width > height > 800


def test_the_changelog_tells_of_this_version() -> None:
    assert f"\n## [{__version__}]" in CHANGELOG

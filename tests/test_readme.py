"""What README.md promises is so: its session is played, its links lead somewhere, its commands exist."""

from __future__ import annotations

import re
import shutil
import struct
import tomllib
from pathlib import Path

import click
import pytest

from briefing import __version__
from briefing.cli import commands
from tests.test_cases import Block, play, read_cases

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_session_goes_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a clone, where the example stands beside the first dossier."""
    shutil.copytree(ROOT / "sources", tmp_path / "sources", ignore=shutil.ignore_patterns("articles"))
    monkeypatch.chdir(tmp_path)
    sessions = dict(read_cases(README))
    first, yours = sessions["A first brief"], sessions["Making it yours"]
    assert [block.kind for block in first].count("console") >= 4
    play(first, tmp_path)
    for name in re.findall(r"^rm -r (.*)$", "".join(block.text for block in yours), re.MULTILINE)[0].split():
        path = tmp_path / "sources/first" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    commands = [block for block in yours if block.kind == "console"]
    play([Block("console", "", "$ briefing check first\nfirst: 0 meetings, no quotations\n"), *commands], tmp_path)


def test_every_command_is_told_and_every_command_told_exists() -> None:
    assert set(re.findall(r"`briefing ([a-z]+)", README)) == set(commands.commands)


def test_every_option_told_exists() -> None:
    added = commands.commands["add"]
    assert isinstance(added, click.Group)
    every = (*commands.commands.values(), *added.commands.values())
    known = {opt for c in every for p in c.params if isinstance(p, click.Option) for opt in p.opts}
    of_other_programs = {"--no-deps"}
    assert set(re.findall(r"--[a-z][a-z-]+", README)) - of_other_programs - {"--help"} <= known


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_links_lead_to_files_that_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [t.split("#")[0] for t in re.findall(r"\]\(([^)#][^)]*)\)", text) if "://" not in t]
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

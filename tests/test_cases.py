"""Terminal sessions in Markdown, run: each `##` in a file of `tests/cases` is a case, written as its README says."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import commands
from tests.small import changed

CASES = Path(__file__).parent / "cases"
EXAMPLE = CASES.parent.parent / "sources" / "arms-for-russia"

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STATUS = re.compile(r"=> (\d+)")


@dataclass(frozen=True)
class Block:
    """A fenced block: what it is (console, diff, yaml ...), for the others the file it is about, its text."""

    kind: str
    file: str
    text: str


@dataclass(frozen=True)
class Command:
    """A command, what it is to print, and the exit status."""

    words: list[str]
    output: list[str]
    status: int


def read_cases(text: str) -> Iterator[tuple[str, list[Block]]]:
    """Cut a file into its cases: the heading, the blocks below it."""
    _, *parts = _HEADING.split(text)
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        yield heading, [Block(*block) for block in _BLOCK.findall(body)]


def read_commands(session: str) -> Iterator[Command]:
    """Cut a session into its commands, each behind `$ `; a last line `=> 1` is the exit status, left out for 0."""
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, *output = part.splitlines()
        status = _STATUS.fullmatch(output[-1]) if output else None
        yield Command(shlex.split(command), output[:-1] if status else output, int(status[1]) if status else 0)


def write(block: Block, folder: Path) -> None:
    """Put a file in its place, or change it as the hunks of a diff say: each must fit one place, and one only."""
    file = folder / block.file
    if block.kind != "diff":
        file.write_text(block.text, encoding="utf-8")
        return
    text = file.read_text(encoding="utf-8")
    for hunk in re.split(r"^@@\n", block.text, flags=re.MULTILINE):
        lines = hunk.splitlines(keepends=True)
        text = changed(text, *("".join(line[1:] for line in lines if line[0] in side) for side in (" -", " +")))
    file.write_text(text, encoding="utf-8")


def run(command: Command) -> Command:
    """Run a command of ours; give back what it printed and its exit status."""
    assert command.words[0] == "briefing"
    plain = {"NO_COLOR": "1", "BRIEFING_TEXTS": None, "SOURCE_DATE_EPOCH": None}
    result = CliRunner().invoke(commands, command.words[1:], prog_name="briefing", env=plain)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Command(command.words, [line.rstrip() for line in result.output.splitlines()], result.exit_code)


def play(blocks: list[Block], folder: Path) -> None:
    """Play one case in a folder that holds copies of both dossiers and is the current one."""
    for block in blocks:
        if block.kind != "console":
            write(block, folder)
        else:
            for command in read_commands(block.text):
                assert run(command) == command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(CASES / "small", tmp_path / "small")
    shutil.copytree(EXAMPLE, tmp_path / "arms-for-russia", ignore=shutil.ignore_patterns("articles"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def all_cases() -> Iterator[object]:
    for file in sorted(CASES.glob("*.md")):
        for heading, blocks in read_cases(file.read_text(encoding="utf-8")) if file.name != "README.md" else ():
            yield pytest.param(blocks, id=f"{file.stem}: {heading}")


@pytest.mark.parametrize("blocks", tuple(all_cases()))
def test_case(blocks: list[Block], folder: Path) -> None:
    assert any(block.kind == "console" for block in blocks)
    play(blocks, folder)


CLEAN = "## Clean\n```console\n$ briefing check small\n```\n"
LOUDER = CLEAN.replace("small\n", "small\nsomething else\n")
REFUSED = CLEAN.replace("small\n", "small\n=> 1\n")
CHANGED = CLEAN.replace("```console", "```diff small/dossier.yaml\n-schema: 1\n+schema: 2\n```\n```console")


@pytest.mark.parametrize("text", [LOUDER, REFUSED, CHANGED])
def test_a_case_that_goes_otherwise_fails(text: str, folder: Path) -> None:
    ((_, blocks),) = read_cases(text)
    with pytest.raises(AssertionError):
        play(blocks, folder)


def test_a_change_that_fits_nowhere_fails(folder: Path) -> None:
    with pytest.raises(AssertionError, match="stands 0 times"):
        write(Block("diff", "small/dossier.yaml", "-schema: 7\n+schema: 8\n"), folder)

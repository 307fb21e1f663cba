"""The documentation is true: what it shows is played, what it names is there, its figures are computed."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from briefing.cli import commands
from briefing.readers.housestyle import read_housestyle
from briefing.readers.yaml import read_yaml
from tests.test_cases import Block, Command, play, read_commands, run, write

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
OTHERS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")]
REFERENCES = [ROOT / "sources/README.md", ROOT / "templates/README.md"]
MARKDOWN = [*PAGES, *OTHERS, *REFERENCES]
TEXTS = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in MARKDOWN}

_BLOCK = re.compile(r"^```([\w+-]+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str) -> list[Block]:
    """Every fenced block of a page."""
    return [Block(kind, file, body) for kind, file, body in _BLOCK.findall(text)]


def played(text: str) -> list[Block]:
    """The blocks of a page that are a session: what is typed, and the files it is about."""
    return [block for block in blocks(text) if block.kind == "console" or block.file]


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


# ------------------------------------------------------------------------------------------------------ the sessions


def play_page(page: list[Block], folder: Path) -> None:
    """Play a page: its files are put in their places, its commands run; `cp -r` and `rm` are those of a shell."""
    for block in page:
        if block.kind != "console":
            (folder / block.file).parent.mkdir(parents=True, exist_ok=True)
            write(block, folder)
            continue
        for command in read_commands(block.text):
            match command.words:
                case ["cp", "-r", old, new]:
                    shutil.copytree(folder / old, folder / new)
                case ["rm", file]:
                    (folder / file).unlink()
                case _:
                    play([Block("console", "", f"$ {shlex.join(command.words)}\n{as_told(command)}")], folder)


def as_told(command: Command) -> str:
    return "\n".join([*command.output, *([f"=> {command.status}"] if command.status else [])])


@pytest.mark.parametrize("page", [name for name, text in TEXTS.items() if name.startswith("docs/") and played(text)])
def test_a_session_goes_as_it_is_told(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    session = played(TEXTS[page])
    if "$ briefing init sources/first\n" not in session[0].text:  # the how-tos begin where that has been done
        assert run(Command(["briefing", "init", "sources/first"], [], 0)).status == 0
    play_page(session, tmp_path)


def test_a_session_that_goes_otherwise_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = "```console\n$ briefing init sources/first\nall is done\n```\n"
    with pytest.raises(AssertionError):
        play_page(played(told), tmp_path)


def test_the_tutorial_ends_in_a_brief_of_ones_own() -> None:
    last = [command for block in played(TEXTS["docs/tutorial.md"]) for command in read_commands(block.text)][-1]
    assert last.words == ["briefing", "build", "--strict"]
    assert last.status == 0


# ---------------------------------------------------------------------------------------------------------- the site


def hooks() -> ModuleType:
    """What the site does with its pages, which is no module of a package."""
    spec = importlib.util.spec_from_file_location("hooks", DOCS / "hooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Page:
    """As much of a page as mkdocs shows its hooks."""

    def __init__(self, name: str) -> None:
        self.file = self
        self.src_uri = name


def rendered(name: str) -> str:
    text: str = hooks().on_page_markdown((DOCS / name).read_text(encoding="utf-8"), Page(name))
    return text


def test_what_another_file_says_is_taken_from_there() -> None:
    assert "## A short meeting" in rendered("reference/dossier.md")
    assert "](reference/dossier.md)" in rendered("index.md")
    assert "](../release.md)" in rendered("project/security.md")
    assert "{{ page" not in "".join(rendered(page.relative_to(DOCS).as_posix()) for page in PAGES)


def test_a_file_s_name_becomes_the_title_of_its_block() -> None:
    assert '```yaml title="sources/first/meetings/2031-06-02-wellington.yaml"' in rendered("tutorial.md")


def every_command(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    for below, each in command.commands.items() if isinstance(command, click.Group) else ():
        yield from every_command(f"{name} {below}", each)


COMMANDS = dict(every_command("briefing", commands))


def test_the_reference_has_every_command_with_every_option() -> None:
    _, *parts = re.split(r"^## (.+)$", rendered("reference/commands.md"), flags=re.MULTILINE)
    told = dict(zip(parts[::2], parts[1::2], strict=True))
    assert told.keys() == COMMANDS.keys()
    for name, command in COMMANDS.items():
        for option in (p for p in command.params if isinstance(p, click.Option) and not p.hidden):
            assert option.opts[-1] in told[name]


@pytest.mark.parametrize("page", TEXTS)
def test_every_command_named_exists(page: str) -> None:
    groups = {name for name, command in COMMANDS.items() if isinstance(command, click.Group)}
    for words in re.findall(r"`(briefing [a-z]+(?: [a-z]+)?)", prose(TEXTS[page])):
        first, second = " ".join(words.split()[:2]), words
        assert (second if first in groups and second != first else first) in COMMANDS


def test_every_command_is_mentioned() -> None:
    told = "\n".join(TEXTS.values())
    assert [name for name in COMMANDS if not re.search(rf"\b{name}\b", told)] == []


# ------------------------------------------------------------------------------------------------- links and names


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def with_what_it_takes(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    return text + "".join((ROOT / taken).read_text("utf-8") for taken in re.findall(r"\{\{ page (\S+) \}\}", text))


@pytest.mark.parametrize("page", TEXTS)
def test_links_lead_somewhere(page: str) -> None:
    for target, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([^)\s]+))?\)", prose(TEXTS[page])):
        file = (ROOT / page).parent / target if target else ROOT / page
        assert file.is_file(), target
        assert not anchor or anchor in anchors(with_what_it_takes(file)), anchor


@pytest.mark.parametrize("page", TEXTS)
def test_files_of_the_repository_that_are_named_exist(page: str) -> None:
    made = ("out/", "articles/", "sources/first", "templates/agreed", "sources/rescue", "archive", "templates/own")
    for name in re.findall(r"`((?:briefing|tests|templates|docs|\.ci|sources)/[\w./-]+\w)`", prose(TEXTS[page])):
        assert name.startswith(made) or (ROOT / name).exists(), name
    for name in re.findall(r"`((?:sources/|templates/)?[A-Z]\w+\.(?:md|lock))`", prose(TEXTS[page])):
        assert (ROOT / name).exists(), name


def test_python_names_of_the_reference_exist() -> None:
    text = TEXTS["docs/reference/python.md"]
    named = re.findall(r"^::: (\S+)\.(\w+)$", text, re.MULTILINE)
    assert len(named) > 8
    for module, name in named:
        documented = getattr(importlib.import_module(module), name)
        assert documented.__doc__, name


def test_the_example_in_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run(Command(["briefing", "init", "sources/first"], [], 0))
    (example,) = (block.text for block in blocks(TEXTS["docs/reference/python.md"]) if block.kind == "python")
    exec(compile(ast.parse(example), "python.md", "exec"), {})  # noqa: S102 - it is our own
    assert {file.suffix for file in (tmp_path / "out").iterdir() if not file.name.startswith(".")} == {".pdf", ".docx"}


@pytest.mark.parametrize("page", [name for name in TEXTS if name.startswith("docs/")])
def test_examples_of_yaml_and_toml_can_be_read(page: str) -> None:
    for block in blocks(TEXTS[page]):
        if block.kind == "yaml":
            assert read_yaml(block.text.encode(), block.file or page)[1] == ()
        elif block.kind == "toml":
            assert tomllib.loads(block.text)


# ------------------------------------------------------------------------------------------------ measured contrast


def luminance(color: str) -> float:
    """The relative luminance of six hex digits, after WCAG 2.2."""
    parts = [int(color[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, ground: str) -> float:
    """The contrast ratio of two colours, after WCAG 2.2: 1 to 21."""
    dark, light = sorted((luminance(text), luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


HOUSE = (ROOT / "templates/house.toml").read_text(encoding="utf-8")
COLORS: dict[str, str] = tomllib.loads(HOUSE)["colors"]
_PAIR = re.compile(r"^\| `([\w-]+)` \| `([\w-]+)` \| ([\d.]+) \| (.+) \|$", re.MULTILINE)
PAIRS = _PAIR.findall(TEXTS["docs/accessibility.md"])


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(("text", "ground", "ratio", "use"), PAIRS)
def test_contrast_is_as_told_and_enough_to_read(text: str, ground: str, ratio: str, use: str) -> None:
    measured = contrast(COLORS.get(text, text), COLORS.get(ground, ground))
    assert f"{measured:.1f}" == ratio
    assert measured >= 4.5 or use.endswith("the space separates them too")


def test_every_colour_of_a_text_is_measured() -> None:
    house = read_housestyle([("house.toml", HOUSE)])
    told = {COLORS.get(text, text) for text, *_ in PAIRS}
    paragraphs, characters = house.paragraphs.values(), house.characters.values()
    used = {style.color for style in paragraphs} | {style.color for style in characters if style.color}
    assert used <= told

"""What the site does with a page before it is rendered, called by mkdocs (see mkdocs.yml); no part of the package.

- `{{ page FILE }}` on a line of its own is that file of the repository: what is written there is not written again.
  Its links lead to the pages of the site that show the files they name.
- `{{ commands }}` is what `--help` says, of every command.
- A fenced block that names its file, as the tests want it (`diff sources/x.yaml`), has the name as its title."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import click

from briefing.cli import commands

DOCS = Path(__file__).parent
ROOT = DOCS.parent
_PAGE = re.compile(r"^\{\{ page (\S+) \}\}$", re.MULTILINE)
_LINK = re.compile(r"(\]\()([^)#:\s]+)(#[^)\s]*)?(\))")
_FENCE = re.compile(r"^(```[\w+-]+) (\S+)$", re.MULTILINE)


def on_page_markdown(markdown: str, page: object, **_: object) -> str:
    """Give mkdocs the text of a page with all that it takes from elsewhere."""
    own = page.file.src_uri  # type: ignore[attr-defined]  # of mkdocs, which is not installed where types are checked
    text = _PAGE.sub(lambda found: taken(found[1], own), markdown)
    if "{{ commands }}" in text:
        text = text.replace("{{ commands }}", "\n".join(helps("briefing", commands)))
    return _FENCE.sub(r'\1 title="\2"', text)


def taken(file: str, page: str) -> str:
    """Take a file of the repository into a page; a text that is not Markdown comes as it stands."""
    text = (ROOT / file).read_text(encoding="utf-8")
    if not file.endswith(".md"):
        return f"```text\n{text.rstrip()}\n```"

    def link(found: re.Match[str]) -> str:
        named = posixpath.normpath(posixpath.join(posixpath.dirname(file), found[2]))
        target = pages().get(named, named.removeprefix("docs/"))
        return f"{found[1]}{posixpath.relpath(target, posixpath.dirname(page) or '.')}{found[3] or ''}{found[4]}"

    return _LINK.sub(link, text)


@cache
def pages() -> Mapping[str, str]:
    """Which page of the site shows which file of the repository."""
    return {
        file: page.relative_to(DOCS).as_posix()
        for page in sorted(DOCS.rglob("*.md"))
        for file in _PAGE.findall(page.read_text(encoding="utf-8"))
    }


def helps(name: str, command: click.Command, above: click.Context | None = None) -> Iterator[str]:
    """What each command says of itself, the commands below it behind it."""
    info_name = name.rsplit(" ", 1)[-1]
    context = click.Context(command, above, info_name, terminal_width=80, **command.context_settings)
    yield f"## {name}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            if below is not None and not below.hidden:
                yield from helps(f"{name} {each}", below, context)

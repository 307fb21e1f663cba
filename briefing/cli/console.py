"""What the commands share: how they tell what stopped them, what they print on, the options that several have."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from briefing.diagnostics import Diagnostic

STATUS = "Exit status: 0 fine, 1 problems found, 2 wrong usage."

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
TEXTS = click.option(
    "--texts",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="BRIEFING_TEXTS",
    show_envvar=True,
    help="Where source texts are found, by file name, that are not in the dossier.",
)


# After how many new objects Python searches them for cycles, after how many such searches the older ones, and so on. A
# brief has few: to search as often as usual takes a twentieth of the time of a small one, a sixth of a large one.
_SEARCHES = (50_000, 20, 100)


def all_loaded() -> None:
    """Let Python search for cycles from now on, seldom, and never in what is loaded already; where `main` holds it."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*_SEARCHES)
        gc.enable()


class Command(click.Command):
    """A command that tells what stopped it, and ends with the status that says so."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        from briefing.arguments import WrongUsage
        from briefing.diagnostics import BriefingError

        if os.environ.get("NO_COLOR"):
            ctx.color = False
        try:
            return super().invoke(ctx)
        except BriefingError as error:
            finish(error.diagnostics)
        except WrongUsage as error:
            raise click.UsageError(str(error), ctx) from error


class Commands(click.Group):
    """Commands in the order in which a newcomer needs them."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """List them as they were added."""
        return list(self.commands)


def print_json(value: object) -> None:
    """Print what other programs read."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def tell(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics to standard error."""
    from briefing.terminal import diagnostic_lines

    for line in diagnostic_lines(diagnostics):
        click.echo(line, err=True)


def finish(diagnostics: Iterable[Diagnostic]) -> NoReturn:
    """Tell what was found, each once, and end: with status 1 where any of it is an error."""
    found = tuple(dict.fromkeys(diagnostics))
    if found:
        tell(found)
    end(found)


def end(found: Iterable[Diagnostic]) -> NoReturn:
    """End: with status 1 where anything found is an error."""
    from briefing.diagnostics import errors

    click.get_current_context().exit(1 if errors(found) else 0)


def width() -> int:
    """How many columns there are."""
    import shutil

    return shutil.get_terminal_size().columns

"""The command that makes briefs of dossiers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.console import AS_JSON, FILE, FOLDER, STATUS, TEXTS, Command, all_loaded, end, print_json, tell

if TYPE_CHECKING:
    from datetime import date

    from briefing.batch import Doing, Watcher


def _epoch(seconds: str) -> date:
    """Read a date as reproducible-builds.org hands it to programs: seconds since 1970."""
    from datetime import date, timedelta

    try:
        return date(1970, 1, 1) + timedelta(days=int(seconds) // 86400)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(f"{seconds!r} is no number of seconds since 1970.") from error


@click.command(cls=Command, epilog=STATUS)
@click.argument("named", nargs=-1, metavar="[DOSSIER|BRIEF]...")
@click.option("-o", "--out", type=FOLDER, default="out", show_default=True, help="Where the files are written.")
@click.option("--only", type=click.Choice(["pdf", "docx"]), help="Write one of the two files.")
@click.option("--template", default="", metavar="NAME|FILE", help="The template, in place of the brief’s.")
@click.option("--house-style", type=FILE, help="A house style (TOML) that goes before the others.")
@click.option(
    "--page-size", "page", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True, help="The sheet."
)
@click.option("--strict", is_flag=True, help="Refuse a draft, and quotations that are not verified.")
@click.option("--force", is_flag=True, help="Overwrite a Word file that was changed since it was built.")
@click.option(
    "--epoch",
    type=_epoch,
    metavar="SECONDS",
    envvar="SOURCE_DATE_EPOCH",
    show_envvar=True,
    help="The date the files bear.",
)
@click.option("--rebuild", is_flag=True, help="Build what has not changed as well.")
@click.option(
    "--jobs", type=click.IntRange(1, 61), default=1, show_default=True, help="How many briefs are built at a time."
)
@TEXTS
@AS_JSON
def build(
    named: tuple[str, ...], texts: Path | None, as_json: bool, only: str | None, rebuild: bool, jobs: int, **how: Any
) -> None:
    """Build briefs, each as <dossier>-<brief>.pdf and .docx.

    A brief is named by its file or its name; a dossier stands for all of its briefs, and nothing for every brief found.
    Both files are read back and compared before they replace anything. A brief whose files are what they would become
    is left as it is.

    \b
    Example:
      briefing build sources/first -o out
    """
    from briefing import batch, reports
    from briefing.arguments import choose
    from briefing.build import Options

    all_loaded()
    todo = batch.tasks(choose(named, Path()))
    outcomes = []
    with _watcher(len(todo)) as watcher:
        how_to = Options(only=only or "", **how)
        doing = _doing(min(jobs, len(todo)))
        for outcome in batch.run(todo, how_to, texts, rebuild=rebuild, doing=doing, watcher=watcher):
            outcomes.append(outcome)
            with watcher.aside():
                click.echo("" if as_json else "".join(f"{s}\n" for s in reports.built_lines(outcome)), nl=False)
    found = reports.found_in(outcomes)
    if as_json:
        print_json(reports.build_report(outcomes))
        end(found)
    tell(found)
    if len(outcomes) > 1:
        click.echo("\n".join(reports.summary_lines(outcomes)))
    end(found)


def _watcher(tasks: int) -> Watcher:
    """Whoever sits at a terminal sees how far several briefs are."""
    from briefing.batch import Watcher

    if tasks < 2 or not sys.stderr.isatty():
        return Watcher()
    from briefing.progress import Shown

    return Shown(tasks)


def _doing(jobs: int) -> Doing:
    """Several processes are started only where there are several briefs for them."""
    from briefing.batch import one_by_one

    if jobs < 2:
        return one_by_one
    from briefing.processes import at_once

    return at_once(jobs)

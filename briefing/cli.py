"""The command line: each command parses, calls one function and prints. The one place that knows click.

Data goes to standard output, diagnostics to standard error. What a command needs is imported when it runs: `--help` and
shell completion must not wait for the writers."""
# ruff: noqa: PLC0415

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from briefing import __version__
from briefing.arguments import WrongUsage, choose, choose_one
from briefing.diagnostics import BriefingError, Diagnostic, errors

if TYPE_CHECKING:
    from briefing.batch import Watcher

STATUS = "Exit status: 0 fine, 1 problems found, 2 wrong usage."


def main() -> None:
    """Run the command line. A console that cannot show a character shows a question mark in its place."""
    if getattr(sys, "frozen", False):  # as a single program on Windows: it starts itself for every process of --jobs
        import_module("multiprocessing").freeze_support()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    commands(prog_name="briefing")


class _Command(click.Command):
    """A command that tells what stopped it, and ends with the status that says so."""

    def invoke(self, ctx: click.Context) -> Any:
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        try:
            return super().invoke(ctx)
        except BriefingError as error:
            _finish(error.diagnostics)
        except WrongUsage as error:
            raise click.UsageError(str(error), ctx) from error


class _Commands(click.Group):
    command_class = _Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order in which a newcomer needs them."""
        return list(self.commands)


def _epoch(seconds: str) -> date:
    """Read a date as reproducible-builds.org hands it to programs: seconds since 1970."""
    try:
        return date(1970, 1, 1) + timedelta(days=int(seconds) // 86400)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(f"{seconds!r} is no number of seconds since 1970.") from error


def _tell(diagnostics: Iterable[Diagnostic]) -> None:
    from briefing.terminal import diagnostic_lines

    for line in diagnostic_lines(diagnostics):
        click.echo(line, err=True)


def _finish(diagnostics: Iterable[Diagnostic]) -> NoReturn:
    """Tell what was found, each once, and end: with status 1 where any of it is an error."""
    found = tuple(dict.fromkeys(diagnostics))
    if found:
        _tell(found)
    _end(found)


def _end(found: Iterable[Diagnostic]) -> NoReturn:
    click.get_current_context().exit(1 if errors(found) else 0)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)
_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
_TEXTS = click.option(
    "--texts",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="BRIEFING_TEXTS",
    show_envvar=True,
    help="Where source texts are found, by file name, that are not in the dossier.",
)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="briefing")
def commands() -> None:
    """Turn summaries of meetings into a policy brief, as PDF and as Word.

    The summaries are YAML files in a folder, the dossier. A command that is given none takes those it finds under
    sources/ of the current folder.

    \b
    A first brief:
      briefing init sources/first
      briefing build
    """


@commands.command(epilog=STATUS)
@click.argument("folder", type=_FOLDER)
def init(folder: Path) -> None:
    """Make a new dossier in FOLDER: a small one that builds at once.

    \b
    Example:
      briefing init sources/first
    """
    from briefing.reports import first_steps
    from briefing.skeleton import new_dossier

    new_dossier(folder)
    click.echo(first_steps(folder))


@commands.group(cls=_Commands)
def add() -> None:
    """Add a meeting, a source or a person to a dossier."""


_DOSSIER = click.option("--dossier", default="", help="Which dossier, where there are several.")


@add.command("meeting", epilog=STATUS)
@_DOSSIER
@click.option("--date", required=True, help="The day, as 2024-05-31; or 2024-05, or 2024.")
@click.option("--place", default="", help="Where it was.")
@click.option("--title", default="", help="What it was.")
@click.option("--format", default="", help="call, statement or conversation; left out, the number of countries tells.")
@click.option("--account", "accounts", multiple=True, help="A source read in full, by its id; as often as needed.")
@click.option(
    "--participant",
    "participants",
    multiple=True,
    required=True,
    help="A person, in full, or a country by its code where nobody is named; as often as needed.",
)
@click.option("--name", default="", help="The name of the file, in place of date and place.")
def add_meeting(dossier: str, **given: Any) -> None:
    """Add a meeting: a file with what is known, and hints for the rest.

    \b
    Example:
      briefing add meeting --date 2031-06-02 --place Wellington \\
        --participant "Aroha Williams" --participant "Tomás Rojas"
    """
    from briefing.skeleton import add_meeting

    click.echo(add_meeting(choose_one(dossier, Path()).folder, **given))


@add.command("source", epilog=STATUS)
@click.argument("id")
@_DOSSIER
@click.option("--kind", default="report", show_default=True, help="report, release, statement, transcript or record.")
@click.option("--publisher", help="Who published it; a report needs it.")
@click.option("--issuer", multiple=True, help="Whose own text it is: an institution or country; as often as needed.")
@click.option("--short", help="As notes name it.")
@click.option("--title", help="Its headline or title, exactly.")
@click.option("--date", help="When it was published, as 2024-05-31.")
@click.option("--language", default="en", show_default=True, help="The language it is written in.")
@click.option("--url", help="Where it can be read.")
@click.option("--text", type=_FILE, help="Its text, saved as UTF-8; copied into the dossier’s articles/.")
def add_source(id: str, dossier: str, text: Path | None, **fields: Any) -> None:
    """Add a source at the end of sources.yaml.

    \b
    Example:
      briefing add source harbour-2031-06-03 --publisher "Harbour News" \\
        --date 2031-06-03 --title "Envoys meet again" --text saved.txt
    """
    from briefing.skeleton import add_source

    click.echo(add_source(choose_one(dossier, Path()).folder, id, fields, text))


@add.command("person", epilog=STATUS)
@click.argument("name")
@_DOSSIER
@click.option("--family", required=True, help="The family name, wherever it stands in the full one.")
@click.option("--country", required=True, help="The country he or she speaks for, by its code.")
@click.option("--native", "text", help="The name in its own script.")
@click.option("--language", help="The language of that script: ko, ja ...")
@click.option("--cite", help="A source that spells it so.")
def add_person(name: str, dossier: str, family: str, country: str, **native: str) -> None:
    """Add a person at the end of people.yaml, under the full NAME that the brief prints.

    \b
    Example:
      briefing add person "Haruto Sato" --family Sato --country JP
    """
    from briefing.skeleton import add_person

    folder = choose_one(dossier, Path()).folder
    click.echo(add_person(folder, name, {"family": family, "country": country}, native))


@commands.command(epilog=STATUS)
@click.argument("named", nargs=-1, metavar="[DOSSIER]...")
@click.option("--lock", is_flag=True, help="Show every new quotation in its sentence, and write quotes.lock.")
@_TEXTS
@_AS_JSON
def check(named: tuple[str, ...], lock: bool, texts: Path | None, as_json: bool) -> None:
    """Say everything that is wrong in a dossier, all at once.

    \b
    Example:
      briefing check sources/first
    """
    from briefing.loading import load_each, lock_quotations
    from briefing.reports import check_report, standing
    from briefing.terminal import quotation_lines

    chosen = choose(named, Path())
    for quotation in lock_quotations(chosen, texts) if lock else ():
        click.echo("\n".join(quotation_lines(quotation, shutil.get_terminal_size().columns)), err=as_json)
    held, found = load_each(chosen, texts)
    if as_json:
        _print_json(check_report(held, found))
        _end(found)
    for loaded in held:
        click.echo(standing(loaded))
    _finish(found)


@commands.command(epilog=STATUS)
@click.argument("named", default="", metavar="[DOSSIER|BRIEF]")
@click.option("--brief", default="", help="Only what this brief selects.")
@click.option("--country", "countries", multiple=True, help="A country, by code or name; as often as needed.")
@click.option("--topic", "topics", multiple=True, help="A topic, by its id; as often as needed.")
@click.option("--reasons", is_flag=True, help="Say of every cell why it is what it is.")
@_TEXTS
@_AS_JSON
def compare(
    named: str, brief: str, countries: tuple[str, ...], topics: tuple[str, ...], reasons: bool, texts: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Show who stands where: topics down, countries across.

    \b
    Example:
      briefing compare sources/first --country US --country JP --reasons
    """
    from briefing import terminal
    from briefing.loading import compare_some, load_sound
    from briefing.reports import comparison_report

    chosen = choose_one(named, Path())
    loaded = load_sound(chosen.folder, texts)
    comparison = compare_some(loaded, brief or chosen.brief, countries, topics)
    if as_json:
        _print_json(comparison_report(loaded.dossier, comparison))
        return
    width = shutil.get_terminal_size().columns
    click.echo(terminal.matrix(loaded.dossier, comparison, width))
    if reasons:
        click.echo(f"\n{terminal.reasons(loaded.dossier, comparison, width)}")


@commands.command(epilog=STATUS)
@click.argument("named", nargs=-1, metavar="[DOSSIER|BRIEF]...")
@click.option("-o", "--out", type=_FOLDER, default="out", show_default=True, help="Where the files are written.")
@click.option("--only", type=click.Choice(["pdf", "docx"]), help="Write one of the two files.")
@click.option("--template", default="", metavar="NAME|FILE", help="The template, in place of the brief’s.")
@click.option("--house-style", type=_FILE, help="A house style (TOML) that goes before the others.")
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
@_TEXTS
@_AS_JSON
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
    from briefing.build import Options

    todo = batch.tasks(choose(named, Path()))
    outcomes = []
    with _watcher(len(todo)) as watcher:
        how_to = Options(only=only or "", **how)
        for outcome in batch.run(todo, how_to, texts, jobs=jobs, rebuild=rebuild, watcher=watcher):
            outcomes.append(outcome)
            with watcher.aside():
                click.echo("" if as_json else "".join(f"{s}\n" for s in reports.built_lines(outcome)), nl=False)
    found = reports.found_in(outcomes)
    if as_json:
        _print_json(reports.build_report(outcomes))
        _end(found)
    _tell(found)
    if len(outcomes) > 1:
        click.echo("\n".join(reports.summary_lines(outcomes)))
    _end(found)


def _watcher(tasks: int) -> Watcher:
    """Whoever sits at a terminal sees how far several briefs are."""
    from briefing.batch import Watcher

    if tasks < 2 or not sys.stderr.isatty():
        return Watcher()
    from briefing.progress import Shown

    return Shown(tasks)


@commands.command(epilog=STATUS)
@click.argument("kind", type=click.Choice(["dossier", "people", "sources", "meeting", "brief"]), required=False)
@click.option("-o", "--out", type=_FOLDER, help="Write it into this folder; without KIND, all of them.")
def schema(kind: str | None, out: Path | None) -> None:
    """Print the JSON Schema of a kind of file, for editors.

    A file names its schema in its first line, as those made by init and add do.

    \b
    Examples:
      briefing schema meeting
      briefing schema -o sources/first/.schemas
    """
    from briefing.skeleton import KINDS, schema_text, write_schemas

    if out:
        click.echo("\n".join(map(str, write_schemas(out, (kind,) if kind else KINDS))))
    elif kind:
        click.echo(schema_text(kind), nl=False)
    else:
        raise WrongUsage(f"The schema of what? One of {', '.join(KINDS)}; or -o DIRECTORY for all of them.")


@commands.command(epilog=STATUS)
@click.option("-o", "--out", type=_FOLDER, default="out", show_default=True, help="Where briefs would be written.")
@_AS_JSON
def doctor(out: Path, as_json: bool) -> None:
    """Say what a help desk asks: versions, folders, console, and whether a brief can be made here.

    It tells nothing of what your dossiers say, and asks no network.

    \b
    Example:
      briefing doctor
    """
    from briefing.doctor import examine, lines, report

    findings = examine(out, os.environ, sys.stdout.encoding, lambda: import_module("briefing.build").rehearse())
    if as_json:
        _print_json(report(findings))
    else:
        click.echo("\n".join(lines(findings)))
    click.get_current_context().exit(int(any(one.fault for one in findings)))

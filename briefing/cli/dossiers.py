"""The commands that write files of a dossier: a new one, what is added to it, the schemas beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from briefing.cli.console import FILE, FOLDER, STATUS, Command, Commands


@click.command(cls=Command, epilog=STATUS)
@click.argument("folder", type=FOLDER)
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


@click.group(cls=Commands)
def add() -> None:
    """Add a meeting, a source or a person to a dossier."""


_DOSSIER = click.option("--dossier", default="", help="Which dossier, where there are several.")


def _folder(dossier: str) -> Path:
    from briefing.arguments import choose_one

    return choose_one(dossier, Path()).folder


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

    click.echo(add_meeting(_folder(dossier), **given))


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
@click.option("--text", type=FILE, help="Its text, saved as UTF-8; copied into the dossier’s articles/.")
def add_source(id: str, dossier: str, text: Path | None, **fields: Any) -> None:
    """Add a source at the end of sources.yaml.

    \b
    Example:
      briefing add source harbour-2031-06-03 --publisher "Harbour News" \\
        --date 2031-06-03 --title "Envoys meet again" --text saved.txt
    """
    from briefing.skeleton import add_source

    click.echo(add_source(_folder(dossier), id, fields, text))


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

    folder = _folder(dossier)
    click.echo(add_person(folder, name, {"family": family, "country": country}, native))


@click.command(cls=Command, epilog=STATUS)
@click.argument("kind", type=click.Choice(["dossier", "people", "sources", "meeting", "brief"]), required=False)
@click.option("-o", "--out", type=FOLDER, help="Write it into this folder; without KIND, all of them.")
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
        from briefing.arguments import WrongUsage

        raise WrongUsage(f"The schema of what? One of {', '.join(KINDS)}; or -o DIRECTORY for all of them.")

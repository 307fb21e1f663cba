"""The commands that ask: what is wrong, who stands where, whether all is well here."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from briefing.cli.console import AS_JSON, FOLDER, STATUS, TEXTS, Command, all_loaded, end, finish, print_json, width


@click.command(cls=Command, epilog=STATUS)
@click.argument("named", nargs=-1, metavar="[DOSSIER]...")
@click.option("--lock", is_flag=True, help="Show every new quotation in its sentence, and write quotes.lock.")
@TEXTS
@AS_JSON
def check(named: tuple[str, ...], lock: bool, texts: Path | None, as_json: bool) -> None:
    """Say everything that is wrong in a dossier, all at once.

    \b
    Example:
      briefing check sources/first
    """
    from briefing.arguments import choose
    from briefing.loading import load_each, lock_quotations
    from briefing.reports import check_report, standing
    from briefing.terminal import quotation_lines

    all_loaded()
    chosen = choose(named, Path())
    for quotation in lock_quotations(chosen, texts) if lock else ():
        click.echo("\n".join(quotation_lines(quotation, width())), err=as_json)
    held, found = load_each(chosen, texts)
    if as_json:
        print_json(check_report(held, found))
        end(found)
    for loaded in held:
        click.echo(standing(loaded))
    finish(found)


@click.command(cls=Command, epilog=STATUS)
@click.argument("named", default="", metavar="[DOSSIER|BRIEF]")
@click.option("--brief", default="", help="Only what this brief selects.")
@click.option("--country", "countries", multiple=True, help="A country, by code or name; as often as needed.")
@click.option("--topic", "topics", multiple=True, help="A topic, by its id; as often as needed.")
@click.option("--reasons", is_flag=True, help="Say of every cell why it is what it is.")
@TEXTS
@AS_JSON
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
    from briefing.arguments import choose_one
    from briefing.loading import compare_some, load_sound
    from briefing.reports import comparison_report

    all_loaded()
    chosen = choose_one(named, Path())
    loaded = load_sound(chosen.folder, texts)
    comparison = compare_some(loaded, brief or chosen.brief, countries, topics)
    if as_json:
        print_json(comparison_report(loaded.dossier, comparison))
        return
    click.echo(terminal.matrix(loaded.dossier, comparison, width()))
    if reasons:
        click.echo(f"\n{terminal.reasons(loaded.dossier, comparison, width())}")


@click.command(cls=Command, epilog=STATUS)
@click.option("-o", "--out", type=FOLDER, default="out", show_default=True, help="Where briefs would be written.")
@AS_JSON
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
        print_json(report(findings))
    else:
        click.echo("\n".join(lines(findings)))
    click.get_current_context().exit(int(any(one.fault for one in findings)))

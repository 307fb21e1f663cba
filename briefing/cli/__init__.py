"""The command line: each command parses, calls one function and prints. The one room that knows click.

Data goes to standard output, diagnostics to standard error. What a command needs is imported when it runs: `--help` and
shell completion must not wait for the writers."""

from __future__ import annotations

import atexit
import codecs
import gc
import sys
from importlib import import_module
from io import TextIOWrapper

import click

from briefing import __version__
from briefing.cli.briefs import build
from briefing.cli.console import Commands
from briefing.cli.dossiers import add, init, schema
from briefing.cli.questions import check, compare, doctor


def main() -> None:
    """Run the command line. A console that cannot show a character shows a question mark in its place."""
    if getattr(sys, "frozen", False):  # as a single program on Windows: it starts itself for every process of --jobs
        import_module("multiprocessing").freeze_support()
    gc.disable()  # until all is loaded that the command needs: what is loaded stays
    atexit.register(gc.freeze)  # nothing is searched for cycles on the way out: that took a fifth of a small build
    codecs.register(_plain_ascii)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            plain = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding=_PLAIN_ASCII if plain else None, errors="replace")
    commands(prog_name="briefing")


_PLAIN_ASCII = "plain_ascii"


def _plain_ascii(name: str) -> codecs.CodecInfo | None:
    """ASCII by another name: by its own, click takes it for a mistake of the console and writes UTF-8."""
    if name != _PLAIN_ASCII:
        return None
    plain = codecs.lookup("ascii")
    encoder, decoder = plain.incrementalencoder, plain.incrementaldecoder
    return codecs.CodecInfo(
        plain.encode, plain.decode, incrementalencoder=encoder, incrementaldecoder=decoder, name=name
    )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
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


for _command in (init, add, check, compare, build, schema, doctor):
    commands.add_command(_command)

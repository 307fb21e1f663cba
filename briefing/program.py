"""The program itself: its version, the libraries it runs with, and a hash that changes when any of it does."""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from briefing import __version__, files
from briefing.diagnostics import BriefingError
from briefing.shipped import PACKAGE, shipped

LIBRARIES = ("click", "jinja2", "lxml", "msgspec", "python-docx", "pyyaml", "reportlab", "rich")
_LIMIT = 5_000_000  # bytes of what an installer notes


def library_version(name: str) -> str:
    """Look up which version of a library is installed; empty where none is, or nobody can tell."""
    return _installed().get(name, "")


@cache
def _installed() -> Mapping[str, str]:
    """The version of every project that Python finds, by its name.

    The names of the folders in which installers note things say both (PyPA, Recording installed projects); opening what
    is in them, as importlib.metadata does, takes ten times as long."""
    found: dict[str, str] = {}
    for folder in map(Path, reversed(sys.path)):  # the first has the last word
        with contextlib.suppress(BriefingError):
            for name in files.names_in(folder):
                if name.endswith((".dist-info", ".egg-info")) and "-" in name:
                    project, version = name.rpartition(".")[0].split("-")[:2]
                    found[project.replace("_", "-").lower()] = version
    return found


@cache
def program_hash() -> str:
    """Hash what decides how a brief is made: version, libraries, code, shipped fonts. Hexadecimal SHA-256.

    The shipped templates are no matter here: whoever builds hashes the templates in use."""
    libraries = [*map(library_version, LIBRARIES)]
    ours = [*(_as_installed() or _as_it_stands())]
    return hashlib.sha256(repr((__version__, libraries, ours)).encode()).hexdigest()


def _as_installed() -> list[str]:
    """What the installer noted of every file of ours, its hash among it; nothing in a checkout."""
    record = PACKAGE.parent / f"{PACKAGE.name}-{__version__}.dist-info" / "RECORD"
    if not files.is_file(record):
        return []
    lines = files.read_text(record, _LIMIT).splitlines()
    return sorted(line for line in lines if line.startswith(f"{PACKAGE.name}/") and ",sha256=" in line)


def _as_it_stands() -> Iterator[tuple[str, int, int]]:
    """The code of a checkout, which changes without the version, and its fonts.

    By size and time, as Python itself sees whether it must compile a module again."""
    for path in (*files.matching(PACKAGE, "**/*.py"), *files.files_in(shipped("fonts"), "")):
        yield (path.relative_to(PACKAGE).as_posix(), *files.stamp(path))

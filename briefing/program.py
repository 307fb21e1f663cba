"""The program itself: its version, the libraries it runs with, and a hash that changes when any of it does."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from briefing import __version__, files
from briefing.shipped import PACKAGE, shipped

LIBRARIES = ("click", "jinja2", "lxml", "msgspec", "pikepdf", "python-docx", "pyyaml", "reportlab", "rich")
_LIMIT = 50_000_000  # bytes of one file of ours


def library_version(name: str) -> str:
    """Look up which version of a library is installed; empty where none is, or nobody can tell."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@cache
def program_hash() -> str:
    """Hash what decides how a brief is made: version, libraries, code, shipped fonts. Hexadecimal SHA-256.

    The code counts beside the version because in a checkout it changes without it; the shipped templates do not, for
    whoever builds hashes the templates in use."""
    hashed = hashlib.sha256(repr((__version__, [*map(library_version, LIBRARIES)])).encode())
    for path in (*files.matching(PACKAGE, "**/*.py"), *files.files_in(shipped("fonts"), "")):
        content = hashlib.sha256(files.read_bytes(path, _LIMIT)).hexdigest()
        hashed.update(repr((path.name, content)).encode())
    return hashed.hexdigest()

"""Where the files that come with the program are: in a checkout, in an editable install and in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str, package: Path = PACKAGE) -> Path:
    """Find a folder that comes with the program: `templates`, `sources` or `fonts`.

    A wheel holds all three inside the package. A checkout, which is also what an editable install runs from, holds
    `templates` and `sources` beside it, where people find and edit them. Raises FileNotFoundError when it is in
    neither: the installation is broken."""
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"this installation of Briefing lacks its folder {name}/; install it again")

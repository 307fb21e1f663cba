"""The small dossier of `tests/cases/small`, as it stands or with one thing changed: what the tests of a rule mutate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefing.diagnostics import errors
from briefing.model import Dossier
from briefing.readers.dossier import read_dossier

FOLDER = Path(__file__).parent / "cases" / "small"
CALL = "meetings/2031-05-07-call.yaml"
BRIEF = "briefs/fishing.yaml"
HARBOUR = "harbour-2031"
RELEASE = "release-2031"

Change = tuple[str, str, str]  # in which file, what stands there once ("" for a new file), what is written instead


def texts() -> dict[str, str]:
    """The texts of its sources, by id."""
    return {
        HARBOUR: (FOLDER / "articles/harbour.txt").read_text(encoding="utf-8"),
        RELEASE: (FOLDER / "articles/release.txt").read_text(encoding="utf-8"),
    }


def small(*changes: Change) -> Dossier:
    """Read the small dossier with some changes, none of which the reader may refuse."""
    dossier, found = read_dossier(_files(changes), "small", "small")
    assert not errors(found), "\n".join(map(str, found))
    return dossier


def _files(changes: tuple[Change, ...]) -> Mapping[str, bytes]:
    files = {p.relative_to(FOLDER).as_posix(): p.read_text(encoding="utf-8") for p in sorted(FOLDER.rglob("*.yaml"))}
    for name, old, new in changes:
        files[name] = changed(files[name], old, new) if old else new
    return {name: text.encode() for name, text in files.items()}


def changed(text: str, old: str, new: str) -> str:
    """Replace what stands exactly once in a text."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)

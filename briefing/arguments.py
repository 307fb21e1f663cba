"""What a user names on the command line: a dossier's folder, a brief's file, or either by its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefing import files
from briefing.diagnostics import did_you_mean


class WrongUsage(Exception):
    """The command was given something it cannot use; the message says what, and what it could use."""


class Chosen(Struct, frozen=True):
    """A dossier by its folder, and one of its briefs by its id (empty: all of them)."""

    folder: Path
    brief: str = ""


def find_dossiers(folder: Path) -> tuple[Path, ...]:
    """Find the dossiers below a folder: itself, `sources/*`, or `*`, wherever a dossier.yaml stands.

    Raises BriefingError where `sources` or what it holds may not be read."""
    if files.exists(folder / "dossier.yaml"):
        return (folder,)
    held = [folder / "sources" / name for name in files.names_in(folder / "sources")]
    if found := tuple(one for one in held if files.exists(one / "dossier.yaml")):
        return found
    return tuple(file.parent for file in files.matching(folder, "*/dossier.yaml"))


def choose(named: Sequence[str], here: Path) -> tuple[Chosen, ...]:
    """Find what was named, each once; where nothing was named, every dossier of the folder `here`.

    Raises WrongUsage for a name that leads nowhere, with the nearest known one."""
    if not named:
        return tuple(map(_whole, _all_dossiers(here)))
    return tuple(dict.fromkeys(one for name in named for one in _find(name, here)))


def choose_one(named: str, here: Path) -> Chosen:
    """Find the one dossier that was named, or that there is. Raises WrongUsage where there are several."""
    found = choose((named,) if named else (), here)
    if len({one.folder for one in found}) > 1:
        raise WrongUsage(f"Which dossier? There are {', '.join(one.folder.name for one in found)}.")
    return found[0]


def nearest(what: str, word: str, known: Iterable[str]) -> WrongUsage:
    """Say that there is no such thing, and what was perhaps meant."""
    return WrongUsage(f"There is no {what} {word!r}. {did_you_mean(word, known)}")


def _all_dossiers(here: Path) -> tuple[Path, ...]:
    if found := find_dossiers(here):
        return found
    raise WrongUsage(
        "There is no dossier here: no dossier.yaml in this folder or under sources/. "
        "Make a first one with: briefing init sources/first"
    )


def _whole(folder: Path) -> Chosen:
    """A dossier, by a path that ends in its name: `.` has none."""
    return Chosen(folder if folder.name not in {"", ".."} else folder.resolve())


def _find(name: str, here: Path) -> Iterable[Chosen]:
    path = here / name
    if files.is_folder(path) and (found := find_dossiers(path)):
        return map(_whole, found)
    if files.is_file(path):
        return (_of_file(path),)
    if files.is_folder(path):
        files.names_in(path)  # a search passes over what may not be read, but this was named
        raise WrongUsage(f"There is no dossier in {name}: it has no dossier.yaml.")
    return (_of_name(name, find_dossiers(here)),)


def _of_file(path: Path) -> Chosen:
    if path.name == "dossier.yaml":
        return _whole(path.parent)
    folder = path.absolute().parent
    if path.suffix == ".yaml" and folder.name == "briefs" and files.is_file(folder.parent / "dossier.yaml"):
        return replace(_whole(path.parent.parent if path.parent.name else folder.parent), brief=path.stem)
    raise WrongUsage(f"{files.shown(path)} is not a brief: a brief is a YAML file in the folder briefs/ of a dossier.")


def _of_name(name: str, dossiers: Sequence[Path]) -> Chosen:
    """A dossier by the name of its folder, else a brief by the name of its file or as `dossier/brief`."""
    folders = {one.folder.name: one for one in map(_whole, dossiers)}
    briefs = [
        replace(one, brief=file.stem)
        for one in folders.values()
        for file in files.files_in(one.folder / "briefs", ".yaml")
    ]
    if name in folders:
        return folders[name]
    meant = [one for one in briefs if name in {one.brief, f"{one.folder.name}/{one.brief}"}]
    if len(meant) > 1:
        raise WrongUsage(f"Which {name!r}? There are {', '.join(f'{o.folder.name}/{o.brief}' for o in meant)}.")
    if not meant:
        raise nearest("dossier or brief", name, {*folders, *(one.brief for one in briefs)})
    return meant[0]

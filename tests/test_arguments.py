"""What a user names: a dossier's folder, a brief's file, or either by its name."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from briefing.arguments import Chosen, WrongUsage, choose, choose_one, find_dossiers
from briefing.diagnostics import BriefingError


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Two dossiers, of which both have a brief `short`, and one a brief of its own name."""
    for name in ("sources/aid/briefs/short.yaml", "sources/grain/briefs/short.yaml", "sources/grain/briefs/grain.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
        (tmp_path / name).parent.with_name("dossier.yaml").touch()
    return tmp_path


def chosen(here: Path, *named: str) -> list[str]:
    """What was found, as `dossier` or `dossier/brief`."""
    return ["/".join(filter(None, (one.folder.name, one.brief))) for one in choose(named, here)]


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ([], ["aid", "grain"]),
        (["."], ["aid", "grain"]),
        (["sources"], ["aid", "grain"]),
        (["sources/grain"], ["grain"]),
        (["sources/grain/dossier.yaml"], ["grain"]),
        (["sources/aid/briefs/short.yaml"], ["aid/short"]),
        (["aid/short"], ["aid/short"]),
        (["grain"], ["grain"]),  # the dossier goes before the brief of the same name
        (["grain/grain"], ["grain/grain"]),
        (["aid", "sources/aid"], ["aid"]),
        (["grain/short", "aid"], ["grain/short", "aid"]),
    ],
)
def test_what_a_name_leads_to(named: list[str], found: list[str], here: Path) -> None:
    assert chosen(here, *named) == found


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("grian", "Did you mean 'grain'?"),
        ("short", "There are aid/short, grain/short."),
        ("sources/aid/briefs", "There is no dossier in sources/aid/briefs"),
        ("sources/aid/nothing.yaml", "There is no dossier or brief 'sources/aid/nothing.yaml'."),
    ],
)
def test_a_name_that_leads_nowhere_or_to_several_places(named: str, told: str, here: Path) -> None:
    with pytest.raises(WrongUsage) as error:
        choose([named], here)
    assert told in str(error.value)


def test_one_dossier_is_asked_for_where_there_are_two(here: Path) -> None:
    assert choose_one("aid", here) == Chosen(here / "sources" / "aid")
    with pytest.raises(WrongUsage, match="Which dossier"):
        choose_one("", here)


def test_a_dossier_is_found_from_inside_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here / "sources" / "aid")
    assert chosen(Path()) == ["aid"]
    monkeypatch.chdir("briefs")
    assert chosen(Path(), "short.yaml") == ["aid/short"]
    assert chosen(Path(), "..") == ["aid"]


def test_a_folder_of_dossiers_that_may_not_be_read_is_not_taken_for_none(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.listdir

    def refusing(path: Path) -> list[str]:
        if path == here / "sources":
            raise PermissionError(errno.EACCES, "denied")
        return listed(path)

    monkeypatch.setattr(os, "listdir", refusing)
    with pytest.raises(BriefingError) as caught:
        choose((), here)
    (told,) = caught.value.diagnostics
    assert (told.rule, told.message) == ("file-unreadable", "you may not read this folder")
    assert told.location.file == (here / "sources").as_posix()


def test_no_dossier_is_found_where_there_is_none(tmp_path: Path) -> None:
    assert find_dossiers(tmp_path) == ()

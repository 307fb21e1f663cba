"""New files to begin with: they are read without a fault, and nothing that stands is changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.diagnostics import BriefingError, errors
from briefing.loading import load
from briefing.lock import quotations
from briefing.model import Dossier, Source
from briefing.schema import json_schema
from briefing.skeleton import KINDS, SCHEMAS, add_meeting, add_person, add_source, new_dossier, write_schemas

WHO = ("Aroha Williams", "Tomás Rojas")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new dossier, as `briefing init` makes it."""
    new_dossier(tmp_path / "first")
    return tmp_path / "first"


def dossier(folder: Path) -> Dossier:
    """Read a dossier in which nothing is wrong, though something may be missing."""
    loaded = load(folder)
    assert errors(loaded.diagnostics) == ()
    return loaded.dossier


def refused(error: pytest.ExceptionInfo[BriefingError]) -> set[str]:
    return {diagnostic.rule for diagnostic in error.value.diagnostics}


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


# --------------------------------------------------------------------------------------------------- a new dossier


def test_a_new_dossier_is_whole_and_has_every_kind_of_file(folder: Path) -> None:
    held = dossier(folder)
    assert (len(held.meetings), len(held.briefs), len(held.countries)) == (1, 1, 3)
    assert {text.split("/")[0] for text in contents(folder)} >= {"dossier.yaml", "people.yaml", "sources.yaml", SCHEMAS}


def test_every_yaml_file_that_is_made_names_a_schema_that_is_there(folder: Path) -> None:
    add_meeting(folder, date="2031-03-05", participants=WHO)
    for register in ("people.yaml", "sources.yaml"):
        (folder / register).unlink()
    add_source(folder, "wire", {"kind": "report", "publisher": "Coastal Wire"})
    add_person(folder, "Aroha Williams", {"family": "Williams", "country": "NZ"}, {})
    assert len(list(folder.rglob("*.yaml"))) == 6
    for file in folder.rglob("*.yaml"):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        schema = file.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads(schema.read_text(encoding="utf-8"))["title"].split("/")[0] in {file.name, file.parent.name}


def test_the_quotations_of_a_new_dossier_are_in_its_lock(folder: Path) -> None:
    assert load(folder).diagnostics == ()
    (folder / "texts/coastal-wire-2031-03-05.txt").unlink()
    assert set(quotations(load(folder).verification, load(folder).dossier.meetings)) == {"locked"}


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BriefingError) as error:
        new_dossier(tmp_path)
    assert refused(error) == {"folder-not-empty"}
    assert contents(tmp_path) == {"notes.txt": b"mine"}


def test_a_folder_that_the_disk_cannot_hold_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BriefingError) as error:
        new_dossier(tmp_path / ("n" * 300))
    assert refused(error) == {"file-name"}


def test_nothing_is_made_by_a_name_that_windows_reserves(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "aux.txt"
    text.write_text("Envoys meet again", encoding="utf-8")
    before = contents(tmp_path)
    for act in (
        lambda: new_dossier(tmp_path / "con"),
        lambda: add_meeting(folder, date="2031-03-05", name="nul", participants=WHO),
        lambda: add_source(folder, "one", {"kind": "report", "publisher": "Harbour News"}, text),
    ):
        with pytest.raises(BriefingError) as error:
            act()
        assert refused(error) == {"file-name"}
    assert contents(tmp_path) == before


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    new_dossier(tmp_path)
    assert dossier(tmp_path).title == "Ice warnings in the southern sea lanes"


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_written_for_every_kind_of_file(kind: str, tmp_path: Path) -> None:
    (path,) = write_schemas(tmp_path, [kind])
    assert json.loads(path.read_text(encoding="utf-8")) == json_schema(kind)


# ---------------------------------------------------------------------------------------------------------- meetings


def test_a_meeting_is_named_by_its_date_and_town_and_is_a_draft(folder: Path) -> None:
    path = add_meeting(
        folder,
        date="2031-03-05",
        place="Old Customs House, Wellington",
        accounts=["coastal-wire-2031-03-05"],
        participants=WHO,
    )
    assert path == folder / "meetings" / "2031-03-05-wellington.yaml"
    meeting = dossier(folder).meetings[-1]
    assert (meeting.id, meeting.draft, meeting.title) == ("2031-03-05-wellington", True, "Meeting in Wellington")
    assert meeting.place is not None
    assert meeting.place.text == "Old Customs House, Wellington"
    assert [p.person for p in meeting.participants] == [*WHO]


def test_one_who_speaks_alone_has_a_format(folder: Path) -> None:
    add_meeting(folder, date="2031-03-05", format="statement", participants=WHO[:1])
    assert dossier(folder).meetings[-1].format == "statement"


def test_hints_become_a_position_when_their_signs_are_taken_away(folder: Path) -> None:
    path = add_meeting(folder, date="2031-03-05", accounts=["coastal-wire-2031-03-05"], participants=WHO)
    head, hints = path.read_text(encoding="utf-8").split("# positions:\n")
    first = hints.split("#   - by: Tomás")[0]
    for key, value in {"topic": "free", "stance": "support", "summary": "For it.", "quote": "must stay free"}.items():
        first = first.replace(f"{key}:", f"{key}: {value}")
    path.write_text(f"{head}positions:\n" + "".join(line[2:] for line in first.splitlines(True)), encoding="utf-8")
    (position,) = dossier(folder).meetings[-1].positions
    assert (position.countries, position.summary) == (("NZ",), "For it.")


def test_a_meeting_that_is_there_is_not_overwritten(folder: Path) -> None:
    path = add_meeting(folder, date="2031-03-05", participants=WHO)
    path.write_text(path.read_text(encoding="utf-8") + "# by hand\n", encoding="utf-8")
    with pytest.raises(BriefingError) as error:
        add_meeting(folder, date="2031-03-05", participants=WHO)
    assert refused(error) == {"file-exists"}
    assert "by hand" in path.read_text(encoding="utf-8")


def test_a_country_takes_part_by_its_code(folder: Path) -> None:
    add_meeting(folder, date="2031-03-05", format="call", participants=["AU", WHO[0]])
    meeting = dossier(folder).meetings[-1]
    assert [(p.country, p.person) for p in meeting.participants] == [("AU", ""), ("NZ", WHO[0])]


def test_hints_hold_what_is_known(folder: Path) -> None:
    add_source(folder, "nz-2031", {"kind": "release", "issuer": "NZ"})
    accounts = ["coastal-wire-2031-03-05", "nz-2031"]
    text = add_meeting(folder, date="2031-03-05", accounts=accounts, participants=[*WHO, "AU"]).read_text("utf-8")
    assert text.count("cite: coastal-wire-2031-03-05 para 1") == 2 * 3 + 2
    assert "cite: para 1" not in text
    assert "#   - parties: [NZ, CL, AU]\n" in text


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ({"format": "call"}, "Call"),
        ({"format": "statement", "place": "Oslo"}, "Statement in Oslo"),
        ({"place": "Oslo"}, "Meeting in Oslo"),
        ({"format": "call", "title": "Talk of two"}, "Talk of two"),
    ],
)
def test_a_meeting_without_a_title_is_called_what_it_is(given: dict[str, str], title: str, folder: Path) -> None:
    add_meeting(folder, date="2031-03-05", participants=WHO, **given)
    assert dossier(folder).meetings[-1].title == title


def test_what_was_never_written_has_no_line(folder: Path) -> None:
    with pytest.raises(BriefingError) as error:
        add_meeting(folder, date="2031-03-05", participants=["Aroha William"])
    (wrong,) = (d for d in error.value.diagnostics if d.rule == "unknown-person")
    assert str(wrong.location) == "briefing add"
    assert wrong.help.endswith("Somebody new is added with `briefing add person`.")
    with pytest.raises(BriefingError) as error:
        add_person(folder, "Haruto Sato", {"family": "Sato", "country": "JPN"}, {})
    assert {str(d.location) for d in error.value.diagnostics} == {f"{folder.as_posix()}/people.yaml"}


def test_of_a_date_that_is_none_nothing_else_is_said(folder: Path) -> None:
    with pytest.raises(BriefingError) as error:
        add_meeting(folder, date="1 May 2023", place="Oslo", participants=["Nobody Known"])
    assert [str(d.location) for d in error.value.diagnostics] == ["--date"]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"participants": ["Aroha William"]}, "unknown-person"),
        ({"accounts": ["coastal-wire"]}, "unknown-source"),
        ({"date": "2031-02-30"}, "bad-date"),
        ({"name": "../elsewhere"}, "bad-id"),
        ({"date": ""}, "bad-date"),
        ({"date": "5 March 2031"}, "bad-date"),
        ({"participants": ["XX", *WHO]}, "unknown-person"),
        ({"name": "My Meeting"}, "bad-id"),
    ],
)
def test_what_the_reader_would_refuse_is_not_written(changed: dict[str, object], rule: str, folder: Path) -> None:
    before = contents(folder)
    with pytest.raises(BriefingError) as error:
        add_meeting(folder, **{"date": "2031-03-05", "participants": WHO, **changed})  # type: ignore[arg-type]
    assert rule in refused(error)
    assert contents(folder) == before


# ----------------------------------------------------------------------------------------------- sources and people

AWKWARD = [
    'He said "no": twice',
    "Item # 4, and more",
    "no: yes",
    "- a list?",
    "[brackets] {braces}",
    "“quoted”",
    "鯰博行",
    "ends with a colon:",
    "back\\slash",
    "NO",
    "5 March",
    "*emphasis*",
]


@pytest.mark.parametrize("title", AWKWARD)
def test_words_are_read_as_they_were_given(title: str, folder: Path) -> None:
    add_source(folder, "new-2031", {"kind": "report", "publisher": title, "title": title})
    held = dossier(folder).sources["new-2031"]
    assert (held.title, held.publisher) == (title, title)


def test_a_source_comes_to_the_end_and_what_stood_there_is_unchanged(folder: Path) -> None:
    path = folder / "sources.yaml"
    old = path.read_bytes().rstrip(b"\n") + b"   # by hand, no line end"
    path.write_bytes(old)
    add_source(folder, "new-2031", {"kind": "release", "issuer": ["no-mfa"], "title": "New", "date": "2031-06"})
    assert path.read_bytes().startswith(old + b"\n")
    assert list(dossier(folder).sources) == ["coastal-wire-2031-03-05", "new-2031"]


def test_a_register_is_made_where_there_is_none(folder: Path) -> None:
    for file in (*folder.glob("meetings/*"), *folder.glob("briefs/*"), folder / "people.yaml"):
        file.unlink()
    path = add_person(folder, "Haruto Sato", {"family": "Sato", "country": "JP"}, {})
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=.schemas/people.schema.json\n")
    assert list(dossier(folder).people) == ["Haruto Sato"]


def test_a_text_from_elsewhere_is_copied_and_one_of_the_dossier_stays(folder: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.txt"
    saved.write_text("Envoys meet again\n", encoding="utf-8")

    def added(id: str, text: Path) -> Source:
        add_source(folder, id, {"kind": "report", "publisher": "Harbour News"}, text)
        return dossier(folder).sources[id]

    assert added("one", saved).text == "articles/saved.txt"
    assert (folder / "articles/saved.txt").read_bytes() == saved.read_bytes()
    assert added("two", folder / "texts/coastal-wire-2031-03-05.txt").text == "texts/coastal-wire-2031-03-05.txt"
    saved.write_text("Another text of the same name\n", encoding="utf-8")
    with pytest.raises(BriefingError) as error:
        added("three", saved)
    assert refused(error) == {"file-exists"}


def test_a_second_record_of_one_name_is_refused_and_no_text_copied(folder: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.txt"
    saved.write_text("Envoys meet again\n", encoding="utf-8")
    before = contents(folder)
    with pytest.raises(BriefingError) as error:
        add_source(folder, "coastal-wire-2031-03-05", {"kind": "report", "publisher": "Harbour News"}, saved)
    assert refused(error) == {"duplicate-key"}
    assert contents(folder) == before


def test_one_of_two_people_who_are_missing_may_be_added(folder: Path) -> None:
    (folder / "people.yaml").unlink()
    add_person(folder, "Tomás Rojas", {"family": "Rojas", "country": "CL"}, {})
    missing = {d.message for d in errors(load(folder).diagnostics)}
    assert missing == {f"nobody in people.yaml is called {name!r}" for name in ("Aroha Williams", "Ingrid Solheim")}


def test_a_person_is_added_with_the_name_in_its_own_script(folder: Path) -> None:
    native = {"text": "佐藤陽斗", "language": "ja", "cite": "coastal-wire-2031-03-05"}
    add_person(folder, "Haruto Sato", {"family": "Sato", "country": "JP"}, native)
    person = dossier(folder).people["Haruto Sato"]
    assert person.native is not None
    assert (person.native.text, person.native.language) == ("佐藤陽斗", "ja")


def test_a_person_of_a_country_that_is_none_is_refused(folder: Path) -> None:
    with pytest.raises(BriefingError) as error:
        add_person(folder, "Haruto Sato", {"family": "Sato", "country": "Japan"}, {})
    assert "unknown-country" in refused(error)

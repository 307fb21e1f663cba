"""The reference of the format says what is true: its examples are read, its tables are those of the reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.diagnostics import Diagnostic
from briefing.fields import Record
from briefing.readers.dossier import read_dossier
from briefing.records import RECORDS
from briefing.schema import reference_table

README = (Path(__file__).parent.parent / "sources/README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
MEETING = "meetings/2031-05-20-bergen.yaml"
NAMED = {found[1]: text for text in EXAMPLES if (found := re.match(r"# (\S+\.yaml)\n", text))}
FRAGMENTS = [text for text in EXAMPLES if text not in NAMED.values()]
PLAIN = """\
title: Talks
accounts: wire-2031-05-21
date: 2031-06-20
participants:
  - {person: Ingrid Lind, title: unknown}
  - {person: Marc Roy, title: unknown}
"""


def problems(files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    return read_dossier({name: text.encode() for name, text in files.items()}, "rescue")[1]


def with_fields(meeting: str, fragment: str) -> str:
    """A meeting with some of its fields, each with all that is indented below it, as a fragment has them."""
    keys = re.findall(r"^\w+(?=:)", fragment, re.MULTILINE)
    return re.sub(rf"^(?:{'|'.join(keys)}):.*\n(?:[ -].*\n)*", "", meeting, flags=re.MULTILINE) + fragment


def test_the_short_meeting_stands_first_and_is_short() -> None:
    assert EXAMPLES[0] == NAMED[MEETING]
    assert EXAMPLES[0].count("\n") <= 20


def test_the_files_of_the_readme_are_a_dossier() -> None:
    assert {"dossier.yaml", "people.yaml", "sources.yaml", MEETING, "briefs/rescue.yaml"} <= NAMED.keys()
    assert problems(NAMED) == ()


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_fragment_of_the_readme_is_read_in_a_meeting(fragment: str) -> None:
    assert problems({**NAMED, "meetings/2031-06-20-bergen.yaml": with_fields(PLAIN, fragment)}) == ()


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS.keys())
def test_the_tables_are_those_of_the_reader(record: Record) -> None:
    section = f"### {record.name}\n\n{record.help}\n\n{reference_table(record)}\n"
    assert section in README, f"sources/README.md should say:\n\n{section}"


def test_every_link_to_a_section_leads_there() -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-")
        for line in README.split("\n")
        if "#" in line[:1]
    }
    assert set(re.findall(r"\]\(#([^)]*)\)", README)) <= headings

"""quotes.lock: written stably, read carefully."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.diagnostics import Location
from briefing.quotes import LockEntry, read_lock, write_lock

HASH = "ab" * 32
USEFUL = LockEntry("harbour-2031", 1, 32, "very useful", "Lee Won", HASH)
TROUBLED = LockEntry("harbour-2031", 1, 71, "gravely troubled", "Ana Park", HASH)
LATER = LockEntry("harbour-2031", 10, 4, "停戦", "鯰博行", HASH)

WRITTEN = f"""\
{{
 "schema": 1,
 "quotations": [
  {{
   "source": "harbour-2031",
   "locator": 10,
   "offset": 4,
   "quotation": "停戦",
   "speaker": "鯰博行",
   "sha256": "{HASH}"
  }}
 ]
}}
"""


def test_a_lock_is_written_a_line_a_field() -> None:
    assert write_lock([LATER]) == WRITTEN
    assert read_lock(WRITTEN) == ((LATER,), ())


def test_the_order_of_entries_does_not_change_the_file() -> None:
    assert write_lock([LATER, USEFUL, TROUBLED, USEFUL]) == write_lock([TROUBLED, USEFUL, LATER])
    assert read_lock(write_lock([LATER, USEFUL, TROUBLED]))[0] == (USEFUL, TROUBLED, LATER)


def test_a_file_that_is_not_json_is_told_with_its_place() -> None:
    entries, (problem,) = read_lock('{\n "schema": 1,\n<<<<<<< ours\n', "dossier/quotes.lock")
    assert entries == ()
    assert (problem.rule, problem.location) == ("lock-broken", Location("dossier/quotes.lock", 3, 1))
    assert "briefing check --lock" in problem.help


@pytest.mark.parametrize(
    "text", ["", "[]", "1", '{"schema": 2, "quotations": []}', '{"schema": 1}', "[" * 100_000, "1" * 5000]
)
def test_a_file_that_is_no_lock_is_refused(text: str) -> None:
    entries, problems = read_lock(text)
    assert entries == ()
    assert [problem.rule for problem in problems] == ["lock-broken"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("locator", "1"),
        ("locator", True),
        ("locator", -1),
        ("offset", 1.5),
        ("sha256", "ab"),
        ("sha256", HASH.upper()),
        ("speaker", None),
        ("quotation", "a\nb"),
        ("quotation", "\ud800"),
        ("extra", "x"),
    ],
)
def test_a_damaged_entry_is_named_and_the_others_are_read(field: str, value: object) -> None:
    data = json.loads(write_lock([USEFUL, TROUBLED]))
    data["quotations"][1][field] = value
    entries, (problem,) = read_lock(json.dumps(data))
    assert entries == (USEFUL,)
    assert problem.message == "quotation 2 of the lock is damaged"


TEXTS = st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), max_size=20)
ENTRIES = st.builds(LockEntry, TEXTS, st.integers(0, 999), st.integers(0, 99999), TEXTS, TEXTS, st.just(HASH))


@given(st.lists(ENTRIES, max_size=5))
def test_what_is_written_is_read(entries: list[LockEntry]) -> None:
    assert read_lock(write_lock(entries)) == (tuple(sorted(set(entries))), ())


@given(st.text(max_size=80))
def test_any_text_gives_an_answer(text: str) -> None:
    assert all(problem.rule == "lock-broken" for problem in read_lock(text)[1])

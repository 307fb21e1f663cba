"""The JSON Schema for editors says what the reader says; the tables of the reference are made of the same records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.fields import Field, Kind
from briefing.readers.yaml import Mapping, Node, Scalar, Sequence, Style, read_yaml
from briefing.records import BRIEF, FILES, MEETING, POSITION, RECORDS
from briefing.schema import DIALECT, json_schema, reference_table

EXAMPLE = Path(__file__).parent.parent / "sources/arms-for-russia"
KINDS = {"meetings": "meeting", "briefs": "brief"}
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict
}  # fmt: skip


def as_an_editor_sees(node: Node | None) -> Any:
    """What YAML 1.2 makes of a file: plain numbers and truths have types of their own."""
    match node:
        case Scalar(text=text, style=Style.PLAIN) if re.fullmatch(r"true|false|-?\d+(\.\d+)?", text):
            return json.loads(text)
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [as_an_editor_sees(item) for item in items]
        case Mapping(entries=entries):
            return {key.text: as_an_editor_sees(value) for key, value in entries}
    return None


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "") -> Iterator[str]:
    """What of a value a schema refuses, as far as the format uses JSON Schema."""
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, path)
    if "anyOf" in schema and all(any(faults(value, each, root, path)) for each in schema["anyOf"]):
        yield f"{path}: none of its forms"
    allowed = [schema["const"]] if "const" in schema else schema.get("enum", [value])
    if value not in allowed:
        yield f"{path}: {value!r}"
    types = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", [])
    if types and not any(isinstance(value, TYPES[t]) for t in types):
        yield f"{path}: no {types[0]}"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{path}: {value!r} is not formed so"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{path}: empty"
        for n, item in enumerate(value):
            yield from faults(item, schema.get("items", {}), root, f"{path}/{n}")
    if isinstance(value, dict):
        yield from (f"{path}: lacks {key}" for key in schema.get("required", []) if key not in value)
        for key, item in value.items():
            yield from faults(key, schema.get("propertyNames", {}), root, f"{path}/{key}")
            inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
            yield from faults(item, inner, root, f"{path}/{key}") if inner is not False else [f"{path}: no key {key}"]


def refused(kind: str, text: str) -> list[str]:
    node, problems = read_yaml(text, "x.yaml")
    assert not problems
    schema = json_schema(kind)
    return list(faults(as_an_editor_sees(node), schema, schema))


@pytest.mark.parametrize("file", sorted(EXAMPLE.rglob("*.yaml")), ids=lambda file: file.stem)
def test_the_example_is_what_an_editor_takes(file: Path) -> None:
    assert refused(KINDS.get(file.parent.name, file.stem), file.read_text(encoding="utf-8")) == []


SHORT = "title: Talks\ndate: 2031-05-20\nparticipants: [NO, CA]\n"


@pytest.mark.parametrize(
    "text",
    [
        SHORT,
        SHORT.replace("2031-05-20", "2031"),
        SHORT.replace("2031-05-20", "unknown"),
        SHORT.replace("Talks", "1984"),
        SHORT + "positions: none recorded\ndraft: true\nplace: {text: Oslo, cite: [para 1, wire para 2]}\n",
        SHORT + "positions:\n  - {by: NO, topic: {aid: none}, summary: S., quote: [a, {text: b}], cite: para 1}\n",
    ],
)
def test_every_form_of_a_field_is_taken(text: str) -> None:
    assert refused("meeting", text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (SHORT.replace("title", "titel"), ": lacks title"),
        (SHORT + "plaice: Oslo\n", ": no key plaice"),
        (SHORT.replace("2031-05-20", "20 May"), "/date: none of its forms"),
        (SHORT.replace("[NO, CA]", "NO"), "/participants: no array"),
        (SHORT.replace("[NO, CA]", "[]"), "/participants: empty"),
        (SHORT.replace("[NO, CA]", "[Norway]"), "/participants/0: none of its forms"),
        (SHORT + "format: chat\n", "/format: 'chat'"),
        (SHORT + "positions: none\n", "/positions: none of its forms"),
        (SHORT + "draft: perhaps\n", "/draft: no boolean"),
    ],
)
def test_what_the_reader_refuses_an_editor_marks(text: str, fault: str) -> None:
    assert fault in refused("meeting", text)


def test_ids_of_tables_are_ids_and_names_are_names() -> None:
    assert refused("sources", "Wire_1: {kind: report}\n") == ["/Wire_1: 'Wire_1' is not formed so"]
    assert refused("people", "Kim Yung-ho: {family: Kim, country: KR}\n") == []


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_names_its_dialect_and_describes_every_field(kind: str) -> None:
    schema = json_schema(kind)
    assert schema["$schema"] == DIALECT
    assert schema["description"]
    for record in schema["$defs"].values():
        assert record["description"]
        assert record["additionalProperties"] is False
        assert all(field["description"] for field in record["properties"].values())


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_shows_for_every_field_an_example_that_it_takes(kind: str) -> None:
    schema = json_schema(kind)
    for name, record in schema["$defs"].items():
        for key, field in record["properties"].items():
            assert len(field["examples"]) == 1, (name, key)
            assert list(faults(field["examples"][0], field, schema)) == [], (name, key)


def test_an_example_has_the_type_that_an_editor_gives_it() -> None:
    meeting, brief = (json_schema(kind)["$defs"][kind]["properties"] for kind in ("meeting", "brief"))
    assert meeting["draft"]["examples"] == [True]
    assert meeting["context"]["examples"] == [[{"summary": "...", "cite": "para 2"}]]
    assert brief["version"]["examples"] == [2]


def test_a_schema_holds_the_records_it_reaches_and_no_others() -> None:
    assert set(json_schema("people")["$defs"]) == {"person", "native"}
    assert set(json_schema("brief")["$defs"]) == {"brief", "point", "judgement"}


def test_there_is_no_schema_of_other_files() -> None:
    with pytest.raises(KeyError):
        json_schema("article")


# ---------------------------------------------------------------------------------------------------------- the records


EVERY = [(record.name, field) for record in RECORDS.values() for field in record.fields]


@pytest.mark.parametrize(("record", "field"), EVERY, ids=[f"{record}-{field.name}" for record, field in EVERY])
def test_every_field_has_help_and_an_example_that_is_taken(record: str, field: Field) -> None:
    assert field.help.endswith(".")
    schema = json_schema(next(kind for kind in FILES if record in json_schema(kind)["$defs"]))
    node, problems = read_yaml(f"{field.name}: {field.example}\n", "x.yaml")
    assert not problems
    value = as_an_editor_sees(node)[field.name]
    assert not list(faults(value, schema["$defs"][record]["properties"][field.name], schema))


def test_choices_records_and_words_are_closed_where_they_should_be() -> None:
    for record, field in EVERY:
        assert bool(field.choices) == (field.kind is Kind.CHOICE), (record, field.name)
        assert (field.record in RECORDS) == (field.kind is Kind.RECORD), (record, field.name)


def test_a_bare_value_stands_for_a_field_that_there_is() -> None:
    assert all(record.field(record.bare) for record in RECORDS.values() if record.bare)


# -------------------------------------------------------------------------------------------------------- the reference


def test_a_table_says_what_to_write() -> None:
    rows = {row.split(" | ")[0].strip("| `*"): row for row in reference_table(MEETING).split("\n")}
    assert rows["title"] == "| **`title`** | words | What it was. | `Trilateral meeting of the envoys` |"
    assert " | a list: [position](#position), or `none recorded` | " in rows["positions"]
    assert " | a source, or a list | " in rows["accounts"]
    assert " | `support`, `oppose`, `unclear` | " in reference_table(POSITION)
    assert " | a meeting, or a list, or `all` | " in reference_table(BRIEF)

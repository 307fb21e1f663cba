"""The format as others read it: JSON Schema for editors, tables for the reference. Both are made of `records`."""

from __future__ import annotations

import json
import re
from typing import Any

from briefing.fields import FORMS, Field, Kind, Record, Shape
from briefing.readers.yaml import Mapping, Node, Scalar, Sequence, Style, read_yaml
from briefing.records import FILES, NO_STANCE, RECORDS, SCHEMA, STANCE

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_TYPED = re.compile(r"true|false|-?\d+(\.\d+)?")
# Editors give plain words of YAML a type of their own (`title: 1984` is a number): all of these are words.
_WORDS: Schema = {"type": ["string", "number", "boolean"]}


def json_schema(kind: str) -> Schema:
    """Make the JSON Schema (draft 2020-12) of a kind of file: dossier, people, sources, meeting, brief.

    Raises KeyError for any other."""
    entry = FILES[kind]
    needed = _reached(RECORDS[entry.record])
    return {
        "$schema": DIALECT,
        "title": entry.name,
        "description": entry.help,
        **_several(entry),
        "$defs": {name: _record(record) for name, record in RECORDS.items() if name in needed},
    }


def reference_table(record: Record) -> str:
    """Print the fields of a record as a Markdown table: key (bold: needed), value, meaning, example."""
    rows = ["| Key | Value | What it says | Example |", "|---|---|---|---|"]
    for entry in record.fields:
        key = f"**`{entry.name}`**" if entry.required else f"`{entry.name}`"
        rows.append(f"| {key} | {_value(entry)} | {entry.help} | `{entry.example}` |")
    return "\n".join(rows)


def _reached(record: Record) -> set[str]:
    """Find the records that a record holds, at any depth, and itself."""
    reached: dict[str, Record] = {}
    open_ = [record]
    while open_:
        record = open_.pop()
        reached[record.name] = record
        open_.extend(RECORDS[f.record] for f in record.fields if f.record and f.record not in reached)
    return set(reached)


def _record(record: Record) -> Schema:
    required = [entry.name for entry in record.fields if entry.required]
    return {
        "type": "object",
        "description": record.help,
        "properties": {entry.name: _described(entry) for entry in record.fields},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _described(entry: Field) -> Schema:
    example, _ = read_yaml(entry.example, entry.name)
    return {"description": entry.help, "examples": [_as_editors_see(example)], **_several(entry)}


def _as_editors_see(node: Node | None) -> Any:
    """Turn YAML into JSON as an editor does: numbers and truths that nothing stands around have types of their own."""
    match node:
        case Scalar(text=text, style=Style.PLAIN) if _TYPED.fullmatch(text):
            return json.loads(text)
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [_as_editors_see(item) for item in items]
        case Mapping(entries=entries):
            return {key.text: _as_editors_see(value) for key, value in entries}
    return None


def _several(entry: Field) -> Schema:
    """Describe all that may stand behind the key of a field."""
    one = _one(entry)
    match entry.shape:
        case Shape.TABLE:
            names = {} if RECORDS[entry.record].named else {"propertyNames": {"pattern": _whole(FORMS[Kind.ID])}}
            schema: Schema = {"type": "object", "additionalProperties": one, **names}
        case Shape.LIST:
            schema = {"type": "array", "items": one, "minItems": 1}
        case Shape.SOME:
            schema = _either(one, {"type": "array", "items": one, "minItems": 1})
        case _:
            schema = one
    return _either({"const": entry.word}, schema) if entry.word else schema


def _one(entry: Field) -> Schema:
    """Describe one value of a field."""
    match entry.kind:
        case Kind.RECORD:
            record = RECORDS[entry.record]
            reference = {"$ref": f"#/$defs/{entry.record}"}
            bare = record.field(record.bare)
            return _either(_several(bare), reference) if bare else reference
        case Kind.CHOICE:
            return {"enum": list(entry.choices)}
        case Kind.FLAG:
            return {"type": "boolean"}
        case Kind.SCHEMA:
            return {"enum": [int(SCHEMA), SCHEMA]}
        case Kind.DATE:  # a year alone is a number to an editor
            return {"type": ["string", "integer"], "pattern": _whole(FORMS[Kind.DATE])}
        case Kind.STANCES:
            answers = {"type": "object", "additionalProperties": {"enum": [*STANCE.choices, NO_STANCE]}}
            return _either({"type": "string"}, answers)
        case Kind.WORDS | Kind.PROSE:
            return _WORDS
        case _ if entry.kind in FORMS:
            return {"type": "string", "pattern": _whole(FORMS[entry.kind])}
        case _:
            return {"type": "string"}


def _either(*schemas: Schema) -> Schema:
    """Join alternatives; those of an alternative that is itself a choice are laid side by side."""
    return {"anyOf": [each for schema in schemas for each in schema.get("anyOf", [schema])]}


def _whole(form: str) -> str:
    return f"^{form}$" if "|" not in form else f"^({form})$"


def _value(entry: Field) -> str:
    """Say what to write, in the words of the reference."""
    one = ", ".join(f"`{word}`" for word in entry.choices) or entry.kind.value
    if entry.kind is Kind.RECORD:
        one = f"[{entry.record}](#{entry.record})"
    shape = {
        Shape.ONE: one,
        Shape.SOME: f"{one}, or a list",
        Shape.LIST: f"a list: {one}",
        Shape.TABLE: f"a table: {one}",
    }
    return shape[entry.shape] + (f", or `{entry.word}`" if entry.word else "")

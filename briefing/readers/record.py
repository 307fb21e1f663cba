"""A YAML node → the values of one record, as its table in `records` says: keys, kinds, lists, nested records."""

from __future__ import annotations

import difflib
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from briefing.diagnostics import Location, did_you_mean
from briefing.fields import Field, Kind, Record, Shape
from briefing.model import Citation, Cite, Origin
from briefing.readers.names import Unknown
from briefing.readers.values import Reading, known, read_value
from briefing.readers.yaml import Mapping, Node, Scalar, Sequence
from briefing.readers.yaml_syntax import REMEDY
from briefing.records import NO_STANCE, RECORDS, STANCE

Value = TypeVar("Value")

# What people write in place of a key: its name here, the first that the record has.
_CALLED = {
    "attendees": ("participants",),
    "citation": ("cite",),
    "classification": ("handling",),
    "deadline": ("due",),
    "name": ("person", "label"),
    "quotation": ("quote",),
    "quotes": ("quote",),
    "says": ("summary",),
    "speaker": ("by",),
    "subject": ("topic",),
    "text": ("summary",),
    "when": ("date", "due"),
    "where": ("place",),
    "who": ("by", "person"),
}


class Word(Struct, frozen=True):
    """A word written in place of a value: `unknown`, `all`, `none recorded`."""

    text: str


class Row(Struct, frozen=True):
    """The values of one record by field, and where they stand: `quote`, its items `quote/1`; of a record inside, that
    record’s fields too: `date/text`."""

    location: Location
    values: dict[str, object] = field(default_factory=dict)
    places: dict[str, Location] = field(default_factory=dict)

    def one(self, name: str, kind: type[Value]) -> Value | None:
        """Get a value; None where it was left out, is broken, or a word stands in its place."""
        value = self.values.get(name)
        return value if isinstance(value, kind) else None

    def text(self, name: str) -> str:
        """Get a text; empty where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def many(self, name: str, kind: type[Value]) -> tuple[Value, ...]:
        """Get the values of a list, those that could be read."""
        values = self.values.get(name)
        return tuple(v for v in values if isinstance(v, kind)) if isinstance(values, tuple) else ()

    def whole(self, name: str) -> bool:
        """Tell whether all that was written of a field could be read."""
        value = self.values.get(name, ())
        return value is not None and not (isinstance(value, tuple) and None in value)

    def table(self, name: str) -> dict[str, Row | None]:
        """Get the records of a table by id; None for one that could not be read."""
        return self.one(name, dict) or {}

    def cite(self) -> Cite:
        """Get the citations, those of a list one after the other."""
        return tuple(c for citations in self.many("cite", tuple) for c in citations if isinstance(c, Citation))

    def at(self, name: str) -> Location:
        """Find the place of a field, or of the record where it was left out."""
        return self.places.get(name, self.location)

    def says(self, name: str, word: str) -> bool:
        """Tell whether a word stands in place of the value."""
        return self.values.get(name) == Word(word)

    def origin(self, file: str, path: str) -> Origin:
        """Say where the record was written."""
        return Origin(file, path, self.location, self.places)


def read_record(node: Node, record: Record, reading: Reading) -> Row | None:
    """Read one record; None where the node is none. All its problems are noted."""
    if isinstance(node, Scalar) and record.bare:
        return _bare(node, record, reading)
    if not isinstance(node, Mapping):
        keys = ", ".join(f"`{entry.name}:`" for entry in record.required)
        _wrong(node, f"{record.one} is wanted here", reading, f"Its keys stand one below the other: {keys} ...")
        return None
    row = Row(node.location)
    for key, value in node.entries:
        if entry := record.field(key.text):
            row.values[key.text] = _read(entry, value, row, reading)
    for key, _ in node.entries:
        if key.text not in record.by_key:
            _unknown_key(key, record, row, reading)
    for entry in record.required:
        if entry.name not in row.values:
            mend = f"{entry.help}\nAs in `{entry.name}: {entry.example}`."
            reading.error(node.location, "missing-key", f"this {record.name} lacks `{entry.name}`", mend)
    return row


def _unknown_key(key: Scalar, record: Record, row: Row, reading: Reading) -> None:
    """Refuse a key; the field that it was meant for was written, and could not be read."""
    names = [entry.name for entry in record.fields]
    called = (name for name in _CALLED.get(key.text, ()) if name in names)
    meant = next(called, "") or "".join(difflib.get_close_matches(key.text, names, n=1))
    mend = f"Did you mean {meant!r}?" if meant else did_you_mean(key.text, names)
    reading.error(key.location, "unknown-key", f"{record.one} has no key `{key.text}`", mend)
    if meant and meant not in row.values:
        row.values[meant], row.places[meant] = None, key.location


def read_field(entry: Field, node: Node, reading: Reading) -> object | None:
    """Read the value of one field: a tuple where it may be a list, a dict where it is a table."""
    return _read(entry, node, Row(node.location), reading)


def peek(node: Node, record: Record, names: tuple[str, ...], reading: Reading) -> Row:
    """Read some fields ahead of their record and note nothing: what they say, the others need to know."""
    row, quiet = Row(node.location), replace(reading, problems=[])
    for key, value in node.entries if isinstance(node, Mapping) else ():
        if not (entry := record.field(key.text)):
            _unknown_key(key, record, row, quiet)
        elif key.text in names:
            row.values[key.text] = _read(entry, value, row, quiet)
    return row


def _bare(node: Scalar, record: Record, reading: Reading) -> Row:
    row = Row(node.location)
    row.values[record.bare] = _read(record.by_key[record.bare], node, row, reading)
    return row


def _read(entry: Field, node: Node, row: Row, reading: Reading) -> object | None:
    """Read the value of a field of `row`, and remember where it stands."""
    row.places[entry.name] = node.location
    if isinstance(node, Scalar) and entry.word and node.text == entry.word:
        return Word(entry.word)
    if entry.kind is Kind.STANCES and isinstance(node, Mapping):
        return _stances(node, row, reading)
    match entry.shape:
        case Shape.ONE:
            return _item(entry, node, entry.name, row, reading)
        case Shape.TABLE:
            return _table(entry, node, reading)
        case Shape.SOME if not isinstance(node, Sequence):
            return (_item(entry, node, entry.name, row, reading),)
        case _:
            return _list(entry, node, row, reading)


def _list(entry: Field, node: Node, row: Row, reading: Reading) -> tuple[object | None, ...] | None:
    instead = f"; or write `{entry.word}`." if entry.word else "."
    if not isinstance(node, Sequence):
        _wrong(node, f"`{entry.name}` wants a list", reading, f"Each item begins with a dash, on its own line{instead}")
        return None
    if not node.items:
        mend = f"Leave `{entry.name}` out{instead}"
        reading.error(node.location, "empty-value", f"`{entry.name}` is an empty list", mend)
    return tuple(_item(entry, item, f"{entry.name}/{n}", row, reading) for n, item in enumerate(node.items, 1))


def _item(entry: Field, node: Node, place: str, row: Row, reading: Reading) -> object | None:
    row.places[place] = node.location
    if entry.kind is Kind.RECORD:
        record = RECORDS[entry.record]
        value = read_record(node, record, reading)
        if value and entry.shape in (Shape.ONE, Shape.SOME):  # part of its record; the others have places of their own
            row.places[place] = value.at(record.bare)
            row.places.update({f"{place}/{name}": location for name, location in value.places.items()})
        return value
    if not isinstance(node, Scalar):
        mend = REMEDY if entry.kind in (Kind.WORDS, Kind.PROSE) else f"As in `{entry.name}: {entry.example}`."
        _wrong(node, f"`{entry.name}` wants {entry.kind.value}", reading, mend)
        return None
    return read_value(entry, node, reading)


def _table(entry: Field, node: Node, reading: Reading) -> dict[str, Row | None] | None:
    record = RECORDS[entry.record]
    if not isinstance(node, Mapping):
        key = "Kim Gunn" if record.named else f"{record.name}-1"
        mend = f"Each {record.name} has a key of its own, `{key}:`, and its fields are indented below it."
        _wrong(node, f"a table is wanted in `{entry.name}`", reading, mend)
        return None
    table: dict[str, Row | None] = {}
    for name, value in node.entries:
        if not record.named:
            read_value(Field(entry.name, Kind.ID, ""), name, reading)
        row = read_record(value, record, reading)
        table[name.text] = replace(row, location=name.location) if row else None
    return table


def _stances(node: Mapping, row: Row, reading: Reading) -> dict[str, str]:
    """Read `{arms: oppose, aid: support}`; a topic that is only a heading has `none`."""
    stances: dict[str, str] = {}
    choice = replace(STANCE, choices=(*STANCE.choices, NO_STANCE))
    for key, value in node.entries:
        row.places[f"topic/{key.text}"] = key.location
        found = known(key.text, "topic", reading.names.topics)
        if isinstance(found, Unknown):
            reading.error(key.location, found.rule, found.message, found.help)
        said = _item(choice, value, f"topic/{key.text}", row, reading)
        if not isinstance(found, Unknown) and isinstance(said, str):
            stances[key.text] = said
    return stances


def _wrong(node: Node, wanted: str, reading: Reading, mend: str) -> None:
    if isinstance(node, Scalar) and not node.text:
        reading.error(node.location, "empty-value", f"{wanted}, and nothing stands here", mend)
    else:
        found = {Scalar: "a text", Sequence: "a list", Mapping: "a record"}[type(node)]
        reading.error(node.location, "wrong-kind", f"{wanted}, not {found}", mend)

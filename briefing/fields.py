"""What can be said of a field of the format: its kind, how many values it holds, whether it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cached_property

from msgspec import Struct


class Kind(Enum):
    """What one value is, in the words that messages and the reference use."""

    WORDS = "words"
    PROSE = "prose"
    SCHEMA = "the number of the format"
    ID = "an id"
    FLAG = "true or false"
    DATE = "a date"
    CODE = "a code in capitals"
    COUNTRY = "a country code"
    LANGUAGE = "a language tag"
    ADDRESS = "a web address"
    PATH = "a file of the dossier"
    CHOICE = "one of a few words"
    CITE = "a citation"
    PERSON = "a person"
    SPEAKER = "a person, institution or country"
    ISSUER = "an institution or country"
    ACCOUNT = "an institution or source"
    SOURCE = "a source"
    TOPIC = "a topic"
    STANCES = "a topic, or several with a stance each"
    MEETING = "a meeting"
    REFERENCE = "meeting/record"
    RECORD = "a record"


# How values of some kinds are formed: regular expressions that Python and JSON Schema (ECMA 262) read alike.
FORMS: Mapping[Kind, str] = {
    Kind.ID: "[a-z0-9]+(-[a-z0-9]+)*",
    Kind.CODE: "[A-Z]{2,8}",
    Kind.COUNTRY: "[A-Z]{2,8}",
    Kind.DATE: "([0-9]{4})(-([0-9]{2})(-([0-9]{2}))?)?",
    Kind.LANGUAGE: "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    Kind.ADDRESS: r"https?://[^\s/]+(/\S*)?",
}


class Shape(Enum):
    """How many values a field holds."""

    ONE = "one"
    SOME = "one or a list"
    LIST = "a list"
    TABLE = "a table"


class Field(Struct, frozen=True):
    """One key of a record. `example` is written as in YAML, `choices` closes a list of words, `word` may stand in place
    of a value, `record` names the record that is nested."""

    name: str
    kind: Kind
    help: str
    example: str = ""
    shape: Shape = Shape.ONE
    required: bool = False
    choices: tuple[str, ...] = ()
    word: str = ""
    record: str = ""


class Record(Struct, frozen=True, dict=True):
    """The fields of one record, in the order of the reference. A bare value in its place is short for the field `bare`;
    in a table its key is an id, or for a `named` record a name."""

    name: str
    help: str
    fields: tuple[Field, ...]
    bare: str = ""
    named: bool = False

    @property
    def one(self) -> str:
        """The name with its article."""
        return f"{'an' if self.name[0] in 'aeiou' else 'a'} {self.name}"

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """The fields by their keys."""
        return {field.name: field for field in self.fields}

    def field(self, name: str) -> Field | None:
        """Find a field by its key."""
        return self.by_key.get(name)

    @cached_property
    def required(self) -> tuple[Field, ...]:
        """The fields that may not be left out."""
        return tuple(field for field in self.fields if field.required)

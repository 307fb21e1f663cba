"""What a template is given: values that print themselves and know which field they came from.

Whatever a template prints with `{{ }}` that is a `Printed` carries its anchor by itself. Plain strings are derived:
what they say follows from the facts. `notes` are references, `source#paragraph`, for the template's `<note>`
elements."""

from __future__ import annotations

from typing import Self

from msgspec import Struct

from briefing.anchor import Anchor


class Printed(str):
    """Text that leads back to the field it came from, wherever a template prints it."""

    __slots__ = ("anchor",)
    anchor: Anchor

    def __new__(cls, text: str, anchor: Anchor) -> Self:
        printed = super().__new__(cls, text)
        printed.anchor = anchor
        return printed


class Name(Struct, frozen=True, gc=False):
    """A person's or institution's name; `native` and `language` where the native script is known."""

    name: str
    native: str = ""
    language: str = ""


class Quotes(Struct, frozen=True, gc=False):
    """Quotations that share a line because they share their notes."""

    texts: tuple[Printed, ...]
    translations: tuple[str, ...]
    language: str
    notes: tuple[str, ...]
    gloss: str


class Said(Struct, frozen=True, gc=False):
    """One position as it is printed: who, with which title, per whom, when; summary, quotations and remarks."""

    who: tuple[Name, ...]
    title: str
    per: str
    occasion: str
    summary: str
    notes: tuple[str, ...]
    condition: str
    terms: str
    quotes: tuple[Quotes, ...]
    gloss: str
    gloss_by: str
    rendering: str


class Joint(Struct, frozen=True, gc=False):
    """What several sides put forward or agreed together, on one topic; `action` is its number, 0 for a position."""

    per: str
    parties: str
    occasion: str
    said: Said
    action: int


class CellView(Struct, frozen=True, gc=False):
    """A cell of the comparison: its kind and sign, its label in the matrix and in the table, and what stands in it."""

    kind: str
    sign: str
    label: str
    label_full: str
    gist: str
    reason: str
    remarks: tuple[str, ...]
    said: tuple[Said, ...]


class TopicView(Struct, frozen=True, gc=False):
    """A topic and its row. `coded` is false where the alignment says nothing about stances."""

    id: str
    label: str
    question: str
    alignment: str
    coded: bool
    parent: str
    sentence: str
    cells: tuple[CellView, ...]
    joint: tuple[Joint, ...]


class ActionView(Struct, frozen=True, gc=False):
    number: int
    summary: str
    per: str
    notes: tuple[str, ...]
    parties: tuple[str, ...]
    left_out: str
    kind: str
    trigger: str
    due: str
    status: str


class Member(Struct, frozen=True, gc=False):
    """A participant in the table of meetings; the title stands where it is first given."""

    name: Name
    title: str
    place: str
    notes: tuple[str, ...]


class Seat(Struct, frozen=True, gc=False):
    """A country's delegation at a meeting; `absent` says in words that a country has none."""

    people: tuple[Member, ...]
    present: bool
    absent: str


class MeetingView(Struct, frozen=True, gc=False):
    format: str
    title: str
    date: str
    time: str
    place: str
    notes: tuple[str, ...]
    seats: tuple[Seat, ...]
    occasion: str
    actions_none: bool


class ContextView(Struct, frozen=True, gc=False):
    by: str
    hedge: str
    date: str
    summary: str
    notes: tuple[str, ...]


class PointView(Struct, frozen=True, gc=False):
    lead: str
    text: str
    notes: tuple[str, ...]


class JudgementView(Struct, frozen=True, gc=False):
    number: int
    text: str
    likelihood: str
    confidence: str
    notes: tuple[str, ...]


class SourceView(Struct, frozen=True, gc=False):
    short: str
    by: str
    title: str
    language: str
    standing: str

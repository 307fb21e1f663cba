"""One YAML scalar → one value of a record, by the kind that its field has in the table."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection

from msgspec import Struct, field
from msgspec.structs import replace

from briefing.diagnostics import Diagnostic, Location, did_you_mean
from briefing.fields import FORMS, Field, Kind
from briefing.model import Citation, Day
from briefing.readers.citation import CITATION_HELP, read_citation
from briefing.readers.names import Names, Unknown, find_country, find_issuer, find_person, find_speaker
from briefing.readers.yaml import Scalar, Style
from briefing.records import SCHEMA
from briefing.scripts import composed

LONGEST_NAME = 500  # characters of anything but prose
_EXAMPLES = 3

# What is said of a value that is not formed as its kind should be.
_MISFORMED = {
    Kind.ID: ("bad-id", "an id", "Lower-case letters, digits and hyphens, as in us-state."),
    Kind.CODE: ("bad-code", "a code", "Two capitals or more, as in US, EU, NATO."),
    Kind.LANGUAGE: ("bad-language", "a language tag", "As in en, ko, ja, zh-Hant, en-GB (BCP 47)."),
    Kind.ADDRESS: ("bad-address", "a web address", "It begins with https:// or http://."),
    Kind.DATE: ("bad-date", "a date", "Write 2023-10-17; 2023-10 or 2023 where no more is known."),
}
# Han, kana and their punctuation are written without blanks: there a line break stands for nothing. (Compiled when a
# text has lines of its own: few have, and it takes its time.)
_UNSPACED = "[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
_UNSPACED_BREAK = rf"(?<={_UNSPACED})\n(?={_UNSPACED})"


class Reading(Struct, frozen=True):
    """One file being read: its name in the dossier, the names it may use, the accounts that a citation without a source
    may mean (None: they are broken), and what is wrong so far."""

    file: str
    names: Names
    accounts: tuple[str, ...] | None = ()
    problems: list[Diagnostic] = field(default_factory=list)

    def error(self, location: Location, rule: str, message: str, mend: str = "") -> None:
        """Note a problem."""
        self.problems.append(Diagnostic(location, rule, message, mend))


def read_value(field: Field, node: Scalar, reading: Reading) -> object | None:
    """Read one value; None where it is none of its kind, and then the problem is noted (or was, in another file)."""
    text = _folded(node, reading)
    if not text:
        reading.error(
            node.location, "empty-value", f"`{field.name}` is empty", "Write its value, or leave the key out."
        )
        return None
    if len(text) > LONGEST_NAME and field.kind not in (Kind.WORDS, Kind.PROSE):
        message = f"`{field.name}` wants {field.kind.value}, not {len(text)} characters of text"
        reading.error(node.location, "wrong-kind", message, f"As in `{field.name}: {field.example}`.")
        return None
    value = _value(field, text, reading)
    if isinstance(value, Unknown):
        reading.error(node.location, value.rule, value.message, value.help)
        return None
    return value


def _folded(node: Scalar, reading: Reading) -> str:
    """Join the lines of a text with blanks. In all styles but `|` YAML did so: a break still there was a blank line."""
    text = node.text.strip()
    if "\n" not in text:
        return composed(text)
    lines = [line.strip() for line in text.split("\n")]
    if node.style is not Style.LITERAL or "" in lines:
        message = "a text is one paragraph, and this one has a blank line inside"
        reading.error(node.location, "blank-line", message, "Join the paragraphs, or cut one.")
    return composed(re.sub(_UNSPACED_BREAK, "", "\n".join(filter(None, lines))).replace("\n", " "))


def _value(field: Field, text: str, reading: Reading) -> object | None:
    names = reading.names
    match field.kind:
        case Kind.WORDS | Kind.PROSE:
            return text
        case Kind.CITE:
            return _citation(text, reading)
        case Kind.SCHEMA:
            return _schema(text)
        case Kind.ID | Kind.CODE | Kind.LANGUAGE | Kind.ADDRESS | Kind.DATE if not re.fullmatch(
            FORMS[field.kind], text
        ):
            rule, what, mend = _MISFORMED[field.kind]
            return Unknown(rule, f"{text!r} is not {what}", mend)
        case Kind.FLAG:
            return _flag(field, text)
        case Kind.DATE:
            return _date(text)
        case Kind.CHOICE:
            return _choice(field, text)
        case Kind.COUNTRY:
            return find_country(text, names)
        case Kind.PERSON:
            return None if names.people is None else find_person(text, names.people)
        case Kind.SPEAKER:
            return find_speaker(text, names)
        case Kind.SOURCE:
            return known(text, "source", names.sources)
        case Kind.TOPIC:
            return known(text, "topic", names.topics)
        case Kind.MEETING:
            return known(text, "meeting", names.meetings)
        case Kind.ISSUER:
            return find_issuer(text, names)
        case Kind.ACCOUNT:
            return _account(text, names)
        case Kind.REFERENCE:
            return _reference(text, names)
        case _:
            return text


def _schema(text: str) -> str | Unknown:
    if text == SCHEMA:
        return text
    if not text.isdecimal() or int(text) < int(SCHEMA):
        mend = f"Write `schema: {SCHEMA}`."
        return Unknown("unknown-schema", f"the schema is a whole number from {SCHEMA}, not {text!r}", mend)
    mend = f"Install the latest Briefing; or, if the number was written by hand, write `schema: {SCHEMA}`."
    return Unknown("unknown-schema", f"this Briefing reads schema {SCHEMA}, not {text}", mend)


def _flag(field: Field, text: str) -> bool | Unknown:
    if text in ("true", "false"):
        return text == "true"
    return Unknown("bad-flag", f"`{field.name}` is true or false, not {text!r}", "Write `true`, or leave the key out.")


def _date(text: str) -> Day | Unknown:
    """Read a date as exact as it is given, and say what is wrong with one that no calendar has."""
    parts = text.split("-")
    year, month, day = (int(part) for part in (*parts, "0", "0")[:3])
    if year == 0:
        return Unknown("bad-date", "there is no year 0", "A date is written year-month-day: 2023-10-17.")
    if len(parts) > 1 and not 1 <= month <= 12:
        return Unknown("bad-date", f"there is no month {parts[1]}", "A date is written year-month-day: 2023-10-17.")
    if len(parts) > 2 and not 1 <= day <= (days := calendar.monthrange(year, month)[1]):
        return Unknown("bad-date", f"there is no {text}", f"{calendar.month_name[month]} {year} has {days} days.")
    return Day(year, month, day)


def _choice(field: Field, text: str) -> str | Unknown:
    if text in field.choices:
        return text
    return Unknown("unknown-word", f"`{field.name}` cannot be {text!r}", did_you_mean(text, field.choices))


def known(text: str, what: str, names: Collection[str] | None) -> str | Unknown:
    """Check an id; nothing is known to be wrong where the file that has the names could not be read (None)."""
    if names is None or text in names:
        return text
    return Unknown(f"unknown-{what}", f"there is no {what} {text!r}", did_you_mean(text, names))


def _account(text: str, names: Names) -> str | Unknown:
    if names.institutions is None or names.sources is None:
        return text
    if text in names.institutions or text in names.sources:
        return text
    mend = did_you_mean(text, {*names.institutions, *names.sources})
    return Unknown("unknown-institution", f"there is no institution or source {text!r}", mend)


def _reference(text: str, names: Names) -> str | Unknown:
    meeting, _, record = text.partition("/")
    if meeting not in names.meetings:
        return known(meeting, "meeting", names.meetings)
    found = names.records.get(meeting)
    if not record:
        examples = ", ".join(f"`{meeting}/{name}`" for name in sorted(found or ())[:_EXAMPLES])
        mend = f"Name a record of it, as {examples or f'`{meeting}/action-1`'}."
        return Unknown("unknown-record", f"{text} is a meeting, and a claim rests on a record", mend)
    if found is None or record in found:
        return text
    mend = did_you_mean(record, found)
    return Unknown("unknown-record", f"the meeting {meeting} has no record {record!r}", mend)


def _citation(text: str, reading: Reading) -> tuple[Citation, ...] | Unknown | None:
    """Read one citation, or several with `;` between. One without a source means the single account of the meeting."""
    found: list[Citation] = []
    for part in map(str.strip, text.split(";")):
        citation = read_citation(part)
        if isinstance(citation, str):
            return Unknown("bad-citation", citation, CITATION_HELP)
        source = _source(citation, part, reading)
        if not isinstance(source, str):
            return source
        found.append(replace(citation, source=source))
    return tuple(found)


def _source(citation: Citation, text: str, reading: Reading) -> str | Unknown | None:
    if citation.source:
        return known(citation.source, "source", reading.names.sources)
    if reading.accounts is None or len(reading.accounts) == 1:
        return reading.accounts[0] if reading.accounts else None
    why = f"there are {len(reading.accounts)} accounts" if reading.accounts else "no account is named here"
    mend = f"Put the source in front: `{(*reading.accounts, 'source-id')[0]} {text}`."
    return Unknown("which-source", f"{text!r} of which source? {why}", mend)

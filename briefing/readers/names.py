"""The names by which the files of a dossier know each other, and what to say when one is not known."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache

from msgspec import Struct, field

from briefing.countries import COUNTRIES
from briefing.diagnostics import did_you_mean
from briefing.model import Country, Person, Speaker

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# What countries are called in capitals that ISO 3166 does not use.
_CALLED = {"DPRK": "KP", "NK": "KP", "PRC": "CN", "ROK": "KR", "UAE": "AE", "UK": "GB", "USA": "US"}


class People(Struct, frozen=True):
    """Everybody by full name (None where the record is broken), by every spelling, and by family name."""

    known: Mapping[str, Person | None]
    spellings: Mapping[str, str]
    families: Mapping[str, tuple[str, ...]]


class Names(Struct, frozen=True):
    """What has been read so far. None stands for a file that could not be read: then its names are not checked.

    `institutions` have their country, `topics` their question ("" for a heading, None where the topic is broken),
    `records` of a meeting are None where one of them is too broken to have an id."""

    countries: Mapping[str, Country] = field(default_factory=lambda: COUNTRIES)
    institutions: Mapping[str, str] | None = None
    topics: Mapping[str, str | None] | None = None
    sources: Collection[str] | None = None
    people: People | None = None
    meetings: Collection[str] = ()
    records: Mapping[str, Collection[str] | None] = field(default_factory=dict)


class Unknown(Struct, frozen=True):
    """A name that leads nowhere: the rule, what is wrong, and what was perhaps meant."""

    rule: str
    message: str
    help: str


@lru_cache(maxsize=1024)  # a meeting names its people again and again
def slug(name: str) -> str:
    """Turn a name into the letters, digits and hyphens of an id: `Kim Yung-ho` → `kim-yung-ho`, `José` → `jose`."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", bare).casefold())
    return "-".join(words)


def find_country(word: str, names: Names) -> str | Unknown:
    """Find the code of a country; only codes are taken, names are answered with their code."""
    if word in names.countries:
        return word
    mend = meant_country(word, names.countries) or "Two capitals, as in US, KR, JP (ISO 3166)."
    return Unknown("unknown-country", f"{word!r} is not a country code", mend)


def meant_country(word: str, countries: Mapping[str, Country]) -> str:
    """Say which country was meant by a name or by other capitals; empty where none is near."""
    spelled = _spelled(countries)
    near = difflib.get_close_matches(word.casefold(), spelled, n=1, cutoff=0.75)
    return f"Did you mean {spelled[near[0]].code} ({spelled[near[0]].name})?" if near else ""


def _spelled(countries: Mapping[str, Country]) -> dict[str, Country]:
    """Look countries up as people write them, capitals or not."""
    called = {word.casefold(): countries.get(code) or COUNTRIES[code] for word, code in _CALLED.items()}
    return called | {word.casefold(): c for c in countries.values() for word in (c.code, c.name, c.short)}


def find_person(word: str, people: People) -> str | Unknown:
    """Find somebody's full name by that name or an alias. A family name alone names nobody."""
    if word in people.spellings:
        return people.spellings[word]
    family = people.families.get(word, ())
    if len(family) > 1:
        return Unknown("ambiguous-surname", f"{word!r} may be {_either(family)}", "Write the full name.")
    if family:
        return Unknown("unknown-person", f"{word!r} is only a family name", f"Did you mean {family[0]!r}?")
    mend = f"{did_you_mean(word, people.spellings)}\nSomebody new is added with `briefing add person`."
    return Unknown("unknown-person", f"nobody in people.yaml is called {word!r}", mend)


def find_issuer(word: str, names: Names) -> str | Unknown:
    """Find whose text it is: a country by code, or an institution by id."""
    if word in names.countries or names.institutions is None or word in names.institutions:
        return word
    if word.casefold() in _spelled(names.countries):
        return find_country(word, names)
    return Unknown("unknown-institution", f"there is no institution {word!r}", did_you_mean(word, names.institutions))


def find_speaker(word: str, names: Names) -> Speaker | Unknown | None:
    """Find whose position it is: a country by code, an institution by id, or a person. None: nobody can tell."""
    if word in names.countries:
        return Speaker(word)
    if names.institutions is not None and word in names.institutions:
        country = names.institutions[word]
        return Speaker(country, institution=word) if country else None
    if names.people is None or (names.institutions is None and ID.fullmatch(word)):
        return None
    name = find_person(word, names.people)
    if isinstance(name, Unknown):
        return _not_a_speaker(word, name, names)
    person = names.people.known[name]
    return Speaker(person.country, person=name) if person else None


def _not_a_speaker(word: str, unknown: Unknown, names: Names) -> Unknown:
    """Answer in the kind of name that the word looks like."""
    if word.casefold() in _spelled(names.countries) or re.fullmatch(r"[A-Z]{2,4}", word):
        country = find_country(word, names)
        return country if isinstance(country, Unknown) else unknown
    if ID.fullmatch(word):
        mend = did_you_mean(word, {*(names.institutions or ()), *(names.people.spellings if names.people else ())})
        return Unknown("unknown-institution", f"there is no institution {word!r} in dossier.yaml", mend)
    return unknown


def _either(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"

"""Rows of dossier.yaml, sources.yaml and people.yaml → what the meetings may name: countries, institutions, topics,
sources, people."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.countries import COUNTRIES
from briefing.model import Country, Day, Institution, Native, Person, Source, SourceKind, Topic
from briefing.readers.names import People, meant_country
from briefing.readers.record import Row
from briefing.readers.remarks import rendering
from briefing.readers.values import Reading

Rows = Mapping[str, Row | None]


def read_countries(rows: tuple[Row, ...], reading: Reading) -> dict[str, Country]:
    """Make the countries that a dossier compares; what a record leaves out comes from the list of countries."""
    countries: dict[str, Country] = {}
    for row in rows:
        code = row.text("code")
        listed = COUNTRIES.get(code)
        name = row.text("name") or (listed.name if listed else "")
        short = row.text("short") or (listed.short if listed else name)
        if code and not name:
            known_as = "Write `{code: NATO, name: North Atlantic Treaty Organization, short: NATO, seat: Brussels}`."
            mend = meant_country(code, {}) or known_as
            reading.error(row.at("code"), "unknown-country", f"no country in our list has the code {code!r}", mend)
        if code in countries:
            mend = "Each is compared once: delete one."
            reading.error(row.at("code"), "duplicate-id", f"the country {code} stands here twice", mend)
        elif code:
            countries[code] = Country(code, name, short, row.text("seat") or (listed.seat if listed else short))
    return countries


def read_institutions(rows: Rows, reading: Reading) -> dict[str, Institution]:
    """Make the institutions; one is called by its name where it has no shorter one."""
    return {
        key: Institution(
            key,
            row.text("name"),
            row.text("short") or row.text("name"),
            row.text("country"),
            row.origin(reading.file, f"institutions/{key}"),
        )
        for key, row in rows.items()
        if row
    }


def read_topics(rows: Rows, reading: Reading) -> dict[str, Topic]:
    """Make the topics; a topic may not be its own parent, however many steps away."""
    topics = {
        key: Topic(
            key,
            row.text("label"),
            row.origin(reading.file, f"topics/{key}"),
            row.text("question"),
            row.text("parent"),
        )
        for key, row in rows.items()
        if row
    }
    for topic in topics.values():
        above: list[str] = []
        while (parent := topics[above[-1]].parent if above else topic.parent) in topics and parent not in above:
            above.append(parent)
        if topic.id in above:
            chain = " → ".join([topic.id, *above[: above.index(topic.id) + 1]])
            mend = "Delete one `parent`: the widest topic has none."
            reading.error(topic.origin.at("parent"), "parent-cycle", f"a topic is its own parent: {chain}", mend)
    return topics


def read_sources(rows: Rows, reading: Reading) -> dict[str, Source]:
    """Make the sources. An id that an institution has too would leave open who `per` means."""
    for key, row in rows.items():
        if row and key in (reading.names.institutions or ()):
            mend = "`per` may name either: give the source another id, as with its date."
            reading.error(row.location, "duplicate-id", f"{key!r} is the id of an institution too", mend)
    sources = {key: _source(key, row, reading) for key, row in rows.items() if row}
    return {key: source for key, source in sources.items() if source}


def _source(key: str, row: Row, reading: Reading) -> Source | None:
    report = row.text("kind") == SourceKind.REPORT
    wanted = ("publisher",) if report else ("issuer", "publisher")
    if row.text("kind") and not row.values.keys() & set(wanted):
        mend = "A report needs its publisher." if report else "Whose text it is: an institution, a country, or several."
        reading.error(row.location, "missing-key", f"this {row.text('kind')} lacks `{wanted[0]}`", mend)
    if not row.text("kind"):
        return None
    return Source(
        id=key,
        kind=SourceKind(row.text("kind")),
        origin=row.origin(reading.file, key),
        issuers=row.many("issuer", str),
        publisher=row.text("publisher"),
        short=row.text("short"),
        title=row.text("title"),
        date=row.one("date", Day),
        language=row.text("language"),
        url=row.text("url"),
        text=row.text("text"),
        rendering=rendering(row),
    )


def read_people(rows: Rows, reading: Reading) -> People:
    """Make the people, and the spellings and family names by which they are looked up; no two share a spelling."""
    spellings = {name: name for name in rows}
    families: dict[str, tuple[str, ...]] = {}
    whole = {name: row for name, row in rows.items() if row}
    for name, row in whole.items():
        if family := row.text("family"):
            families[family] = (*families.get(family, ()), name)
    mend = "An alias has to tell people apart: write a fuller one, or delete it."
    for name, row in whole.items():
        for alias in row.many("aliases", str):
            if spellings.setdefault(alias, name) != name:
                reading.error(row.at("aliases"), "duplicate-id", f"{alias!r} is a name of {spellings[alias]} too", mend)
            elif alias in families:
                reading.error(row.at("aliases"), "ambiguous-surname", f"{alias!r} is only a family name", mend)
    return People({name: _person(name, row, reading) for name, row in rows.items()}, spellings, families)


def _person(name: str, row: Row | None, reading: Reading) -> Person | None:
    if row is None:
        return None
    family, native = row.text("family"), row.one("native", Row)
    if family.casefold() not in name.casefold():
        mend = "The key is the full name, with the family name in it, as the brief prints it."
        reading.error(row.at("family"), "family-name", f"the family name {family!r} is not part of {name!r}", mend)
    if not row.text("country"):
        return None
    return Person(
        name=name,
        family=family,
        country=row.text("country"),
        origin=row.origin(reading.file, name),
        native=Native(native.text("text"), native.text("language"), native.cite()) if native else None,
        aliases=row.many("aliases", str),
    )

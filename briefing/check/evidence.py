"""Rules that need the texts of the sources: what is cited is there; our words neither copy it nor say more than it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from briefing import quotes
from briefing.check.selection import citations, meetings_of, records
from briefing.diagnostics import Diagnostic, Severity
from briefing.model import Brief, Context, Dossier, Position

Texts = Mapping[str, Sequence[str]]
"""The texts at hand as paragraphs, by the id of their source."""


def no_such_paragraph(dossier: Dossier, texts: Texts) -> Iterator[Diagnostic]:
    """A paragraph that is cited is in the text."""
    last = {source: len(text) - 1 for source, text in texts.items()}
    for citation, location in citations(dossier):
        beyond = [n for n in citation.paragraphs if n > last.get(citation.source, n)]
        if beyond:
            yield Diagnostic(
                location,
                "no-such-paragraph",
                f"{citation.source} has no para {', '.join(map(str, beyond))}; its last is {last[citation.source]}",
                "Count the blocks between blank lines, captions too; the headline is 0.",
            )


def copied_words(dossier: Dossier, texts: Texts) -> Iterator[Diagnostic]:
    """A summary is in our words; what was agreed may be told in those of the text."""
    names = _by_first_word(dossier)
    for meeting in dossier.meetings:
        told: tuple[Position | Context, ...] = (*meeting.positions, *meeting.context)
        for record in told:
            own = record.summary
            for stretch in quotes.hidden_quotations(own):
                own = own.replace(stretch, "")
            cited = (texts.get(source, ()) for source in dict.fromkeys(c.source for c in record.cite))
            found = (quotes.copied_words(own, " ".join(text), _named(own, names)) for text in cited)
            copied = next(filter(None, found), None)
            if copied:
                yield Diagnostic(
                    record.origin.at("summary"),
                    "copied-words",
                    f"“{copied}” is copied from the source",
                    "Say it in your own words, or quote it under `quote`.",
                    Severity.WARNING,
                )


def hedge_lost(dossier: Dossier, texts: Texts) -> Iterator[Diagnostic]:
    """What the text only suspects or alleges, the summary does not assert; a `hedge` says that it was looked at."""
    for meeting in dossier.meetings:
        for record in records(meeting):
            cited = " ".join(
                texts[c.source][n] for c in record.cite for n in c.paragraphs if n < len(texts.get(c.source, ()))
            )
            hedge = None if record.hedge else quotes.lost_hedge(record.summary, cited)
            if hedge:
                yield Diagnostic(
                    record.origin.at("summary"),
                    "hedge-lost",
                    f"the text says “{hedge}”, the summary does not",
                    f"Say “{hedge}” too, in your own words; if it is about something else, write `hedge: none`.",
                    Severity.WARNING,
                )


def translation(dossier: Dossier) -> Iterator[Diagnostic]:
    """A quotation in another language than the brief has our translation beside it."""
    for brief in dossier.briefs or (Brief("", dossier.title, dossier.origin),):
        for position in (position for meeting in meetings_of(brief, dossier) for position in meeting.positions):
            foreign = _foreign(position, dossier, brief.language)
            for quotation in position.quotes if foreign else ():
                if not quotation.translation:
                    yield Diagnostic(
                        position.origin.at(quotation.field),
                        "translation",
                        f"the source is in another language ({foreign}) than the brief ({brief.language})",
                        "Put a `translation` beside the quotation; or, if its words are not those of its source but "
                        "already translated, correct the `language` of the source.",
                        Severity.WARNING,
                    )


def _foreign(position: Position, dossier: Dossier, language: str) -> str:
    """The language of the sources cited, where none of them is in that of the brief; else empty."""
    cited = (dossier.sources[c.source].language for c in position.cite if c.source in dossier.sources)
    languages = list(dict.fromkeys(cited))
    return "" if {"", _tongue(language)} & set(map(_tongue, languages)) else ", ".join(languages)


def _tongue(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _by_first_word(dossier: Dossier) -> Mapping[str, list[str]]:
    """Names and titles, which nobody can say in other words, by their first word: a dossier may have thousands."""
    people = (name for person in dossier.people.values() for name in (person.name, *person.aliases))
    titles = (p.title for m in dossier.meetings for p in m.participants)
    institutions = (name for i in dossier.institutions.values() for name in (i.name, i.short))
    codes = {*dossier.countries, *(person.country for person in dossier.people.values())}
    countries = (name for c in codes if (n := dossier.names.get(c)) for name in (n.name, n.short, n.seat))
    names: dict[str, list[str]] = {}
    for name in sorted({*people, *titles, *institutions, *countries}):
        for first in _words(name)[:1]:
            names.setdefault(first, []).append(name)
    return names


def _named(text: str, names: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Those names that may stand in a text: their first word does."""
    return (name for word in set(_words(text)) for name in names.get(word, ()))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())

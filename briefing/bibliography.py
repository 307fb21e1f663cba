"""The bibliography: how sources are named in notes and listed, each with how its quotations were verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from briefing.lock import Verification
from briefing.model import Dossier, Meeting, Source
from briefing.printed import Printed, SourceView
from briefing.wording import Wording


class Bibliography(Struct, frozen=True, dict=True):  # without slots: it remembers its letters, and what was read
    """The sources of a dossier, as a brief of some of its meetings names them."""

    dossier: Dossier
    meetings: tuple[Meeting, ...]
    verification: Verification
    wording: Wording

    def sources(self, used: Sequence[str]) -> tuple[SourceView, ...]:
        """Set the sources cited or read, in the given order, each with how its quotations were verified."""
        return tuple(self._source(self.dossier.sources[s]) for s in used)

    def _source(self, source: Source) -> SourceView:
        kind = self.wording.words[f"sources.{source.kind}"]
        if source.id in self._read:
            kind = self.wording.words.say("sources.in_full", kind=kind)
        standing = self.wording.words.sentence(self._verified(source, kind))
        by = Printed(source.publisher, source.origin.anchor("publisher", "text")) if source.publisher else ""
        title = Printed(source.title, source.origin.anchor("title", "text")) if source.title else ""
        return SourceView(self.short_form(source), by or self._by(source), title, source.language, standing)

    def _verified(self, source: Source, kind: str) -> str:
        """Say what kind of source it is, and how its quotations were verified."""
        found, total, status = self.verification.by_source(source.id)
        if not total:
            return kind
        how = status if status in {"verified", "locked"} else "in_part"
        return self.wording.words.say(f"sources.{how}", kind=kind, found=found, total=total)

    def short_form(self, source: Source) -> str:
        """Name a source as later notes do; letters tell apart those of one publisher and day."""
        return self._short_forms[source.id]

    @cached_property
    def _short_forms(self) -> Mapping[str, str]:
        """The short form of each source."""
        forms = {s.id: self._dated(self.wording.source_short(s), s) for s in self.dossier.sources.values()}
        say = self.wording.words.say
        return forms | {id: say("sources.lettered", source=forms[id], letter=by) for id, by in self._letters.items()}

    def _dated(self, form: str, source: Source) -> str:
        words = self.wording.words
        return words.say("sources.dated", source=form, date=words.day(source.date)) if source.date else form

    @cached_property
    def _read(self) -> frozenset[str]:
        """The sources that are accounts of a meeting."""
        return frozenset(account for meeting in self.meetings for account in meeting.accounts)

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        """The letter of each source that has the publisher and the day of another."""
        alike: dict[object, list[str]] = {}
        for source in self.dossier.sources.values():
            alike.setdefault((source.date, source.publisher, source.short, source.issuers), []).append(source.id)
        return {id: chr(97 + n) for ids in alike.values() if len(ids) > 1 for n, id in enumerate(ids)}

    def full_form(self, source: Source) -> str:
        """Name a source as its first note does: publisher or issuers, by the name later notes use too; title, date."""
        by, short, words = self._by(source), self.wording.source_short(source), self.wording.words
        named = by if by.startswith(short) else words.say("sources.also", source=by, short=short)
        title = words.say("sources.title", title=source.title) if source.title else ""
        return self._dated(words.commas(filter(None, (named, title))), source)

    def _by(self, source: Source) -> str:
        return source.publisher or self.wording.words.listed(
            self.dossier.institutions[i].name if i in self.dossier.institutions else self.wording.country(i).name
            for i in source.issuers
        )

"""How a comparison is told: names, dates, the five cells, alignment. What is said when; the words are in a table.

Nothing here is printed with an anchor: what these sentences say is derived, and changes when the facts do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct, field

from briefing.compare import Account, Alignment, AlignmentKind, Cell, CellKind, Row
from briefing.english import capital
from briefing.model import Action, Country, Day, Dossier, Meeting, Position, Source, Stance, When
from briefing.readers.words import english
from briefing.words import Words

SIGNS = {
    CellKind.OWN: "●",
    CellKind.JOINT: "◊",
    CellKind.SILENT: "○",
    CellKind.ABSENT: "×",
    CellKind.PENDING: "…",
}
_ARTICLE = frozenset(
    ("AE", "BS", "CD", "CF", "CG", "DO", "EU", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "UN", "US", "VA")
)


def _no_meeting(raised: Iterable[Meeting]) -> bool:
    """Whether nobody met: to a call or a statement one is a party or not."""
    return all(m.format in {"call", "statement"} for m in raised)


class Wording(Struct, frozen=True, dict=True):  # without slots: it remembers the order of meetings
    """Sentences about one dossier. `year` is the one that all its dates share, and then goes without saying."""

    dossier: Dossier
    year: int | None = None
    words: Words = field(default_factory=english)

    # ---------------------------------------------------------------------------------------------- names and places

    def country(self, code: str) -> Country:
        return self.dossier.names[code]

    def the_country(self, code: str) -> str:
        """Name a country inside a sentence: "the United States", "Japan"."""
        name = self.country(code).name
        return self.words.with_article(name) if code in _ARTICLE else name

    def day(self, day: Day | None) -> str:
        return self.words.day(day, year=day.year != self.year) if day else self.words["dates.unknown"]

    def city(self, meeting: Meeting) -> str:
        return meeting.place.text.rsplit(",", 1)[-1].strip() if meeting.place else ""

    def occasion(self, meeting: Meeting) -> str:
        """Name a meeting by place and date: "Jakarta, 17 October", "before the Jakarta trilateral"."""
        if meeting.when.before:
            return self._before(meeting.when)
        where, day = self.city(meeting), self.day(meeting.when.day)
        return self.words.say("meetings.occasion", place=where, date=day) if where else day

    def _before(self, when: When) -> str:
        later = next((m for m in self.dossier.meetings if m.id == when.before), None)
        kind = self.words[f"meetings.{later.format}"] if later else ""
        if later and (city := self.city(later)):
            return self.words.say("meetings.before", city=city, kind=kind)
        if later and later.when.day:
            return self.words.say("meetings.before_date", kind=kind, date=self.day(later.when.day))
        return self.words["dates.unknown"]

    def kind_of(self, meeting: Meeting) -> str:
        """Say what a meeting is; one of two countries is named by them: "Bilateral, Seoul–Tokyo"."""
        kind = capital(self.words[f"meetings.{meeting.format}"])
        if meeting.format != "bilateral":
            return kind
        seats = self.words["lists.range"].join(self.country(c).seat for c in meeting.countries)
        return self.words.say("meetings.two", kind=kind, seats=seats)

    def occasions(self, meetings: Iterable[Meeting]) -> str:
        """Name meetings, the latest first."""
        return self.words.semicolons(self.occasion(m) for m in reversed(list(meetings)))

    # ------------------------------------------------------------------------------------------------------- accounts

    def source_short(self, source: Source) -> str:
        """Name a source's publisher as running text does: "Yonhap", "Washington"."""
        if source.short:
            return source.short
        if source.publisher:
            return source.publisher
        return self.words.commas(self._issuer(i) for i in source.issuers) or source.id

    def _issuer(self, issuer: str) -> str:
        if issuer in self.dossier.institutions:
            return self.dossier.institutions[issuer].short
        return self.country(issuer).seat

    def account_short(self, account: Account) -> str:
        """Name an account as tables do: "Washington", "Yonhap"."""
        if account.institution:
            return self.dossier.institutions[account.institution].short
        if account.source in self.dossier.sources:
            return self.source_short(self.dossier.sources[account.source])
        return self.words.listed(self.country(c).seat for c in account.countries) or self.words["accounts.unnamed"]

    def account(self, account: Account, of: str = "") -> str:
        """Name an account in full; the one of the country `of` is "its own"."""
        if not account.institution:
            return self.account_short(account)
        institution = self.dossier.institutions[account.institution]
        home = self.country(institution.country)
        for prefix in (f"{home.name}’s ", f"{home.name}'s ", f"{home.short} "):
            if of == institution.country and institution.name.startswith(prefix):
                return self.words.say("accounts.own", name=institution.name.removeprefix(prefix))
        return (
            institution.name
            if institution.name.split()[0].endswith(("’s", "'s")) or "’s " in institution.name
            else self.words.with_article(institution.name)
        )

    def accounts_read(self, meetings: Iterable[Meeting]) -> str:
        """Name the accounts that were read of the meetings, each once."""
        read = (self.dossier.sources[a] for m in meetings for a in m.accounts if a in self.dossier.sources)
        return self.words.commas(dict.fromkeys(self.source_short(s) for s in read))

    # ---------------------------------------------------------------------------------------------------------- cells

    def label(self, cell: Cell, row: Row, *, only: bool = False) -> str:
        """Say in a word or two what a cell is: "Opposes", "Supports, jointly", "Not present".

        `only`: where it may also say that the country stands in joint texts and nowhere by itself."""
        words = self.words
        match cell.kind:
            case CellKind.OWN:
                return words[f"stances.{cell.standing.stance}"] if cell.standing else words["cells.own"]
            case CellKind.JOINT:
                alone = only and not any(e.own for e in cell.entries)
                if cell.standing:
                    stance = words[f"stances.{cell.standing.stance}"]
                    return words.say("cells.jointly_only" if alone else "cells.jointly", stance=stance)
                action = isinstance(cell.entries[0].record, Action)
                return words["cells.agreed_action" if action else "cells.joint_only" if alone else "cells.joint"]
            case CellKind.SILENT:
                return self.silence(cell)
            case CellKind.ABSENT:
                return words["cells.not_a_party" if _no_meeting(row.raised) else "cells.not_present"]
            case CellKind.PENDING:
                return words["cells.pending"]

    def silence(self, cell: Cell) -> str:
        accounts = self.accounts_read(cell.attended)
        if cell.none_of_own:
            return self.words.say("cells.silent_none_own", accounts=accounts, whose=self.whose(cell.country))
        return self.words.say("cells.silent", accounts=accounts)

    def whose(self, code: str) -> str:
        return self.words.possessive(self.the_country(code))

    def brief_reason(self, cell: Cell, row: Row) -> str:
        """Say why in the matrix, in half a line; empty where the label says it all."""
        match cell.kind:
            case CellKind.OWN:
                said = cell.entries[0]
                return self.words.say("cells.said", speaker=self.speaker(said.record), date=self.day_of(said.meeting))
            case CellKind.JOINT:
                return self.words.say("cells.per", accounts=self.words.commas(self._joint_accounts(cell)))
            case CellKind.ABSENT:
                return self._raised_elsewhere(row)
            case CellKind.PENDING:
                return self._awaited(cell)
            case CellKind.SILENT:
                return ""

    def reason(self, cell: Cell, row: Row) -> str:
        """Say why in a sentence that names meetings and accounts."""
        words = self.words
        match cell.kind:
            case CellKind.OWN:
                said, speaker = cell.entries[0], self.speaker(cell.entries[0].record)
                date, account = self.day_of(said.meeting), self.account_short(said.account)
                return words.say("cells.said_per", speaker=speaker, date=date, account=account)
            case CellKind.JOINT:
                return words.say("cells.per_sentence", accounts=words.listed(self._joint_accounts(cell, full=True)))
            case CellKind.ABSENT:
                between = words.listed(dict.fromkeys(self.the_country(c) for m in row.raised for c in m.countries))
                return words.say("cells.raised_only", where=self._where_only(row), countries=between)
            case CellKind.PENDING:
                return words.say("cells.awaited", meetings=self.occasions(cell.awaited), account=self._awaited(cell))
            case CellKind.SILENT:
                return words.say("cells.took_part", meetings=self.occasions(cell.attended))

    def remarks(self, cell: Cell) -> tuple[str, ...]:
        """Say what a reader must know beside a position: other accounts, disagreement, conditions not repeated."""
        said, words = [], self.words
        if cell.standing and cell.standing.differing:
            stances = words.listed(words[f"stances.{s}_word"] for s in cell.standing.differing)
            said.append(words.say("cells.differ", stances=stances))
        if cell.missing_in_own:
            said.append(words.say("cells.not_in_own", whose=self.whose(cell.country)))
        if cell.conditional and cell.standing and cell.conditional.meeting is not cell.standing.meeting:
            whose, then = words.possessive(self.speaker(cell.conditional.record)), self.day_of(cell.conditional.meeting)
            said.append(words.say("cells.not_repeated", whose=whose, date=then, when=self.on(cell.standing.meeting)))
        if cell.entries and cell.awaited:
            said.append(words.say("cells.not_yet_recorded", account=self._awaited(cell)))
        return tuple(said)

    def _joint_accounts(self, cell: Cell, *, full: bool = False) -> list[str]:
        stance = cell.standing.stance if cell.standing else None
        told = [e for e in cell.entries if not e.own and (e.stance is stance or stance is None)]
        told.sort(key=lambda e: -self._places[e.meeting.id])
        if full:
            return list(dict.fromkeys(self.account(e.account, cell.country) for e in told))
        return list(dict.fromkeys(seat for e in told for seat in self.account_short(e.account).split(", ")))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Where each meeting stands in the order of dates."""
        return {meeting.id: place for place, meeting in enumerate(self.dossier.meetings)}

    def day_of(self, meeting: Meeting) -> str:
        return self._before(meeting.when) if meeting.when.before else self.day(meeting.when.day)

    def on(self, meeting: Meeting) -> str:
        """Say when, in a sentence: "on 17 October", "before the Jakarta trilateral"."""
        date = self.day_of(meeting)
        return date if meeting.when.before or not meeting.when.day else self.words.say("dates.on", date=date)

    def speaker(self, record: Position | Action) -> str:
        """Name whose position it is, institutions and countries by their own names."""
        if isinstance(record, Action):
            return self.words.listed(self.country(c).name for c in record.parties)
        names = [
            s.person
            or (self.dossier.institutions[s.institution].name if s.institution else self.country(s.country).name)
            for s in record.by
        ]
        return self.words.listed(names)

    def _where_only(self, row: Row) -> str:
        if len(row.raised) > 1:
            return self.words["cells.at_others"]
        occasion = self.occasion(row.raised[0])
        return occasion if row.raised[0].when.before else self.words.say("cells.in", occasion=occasion)

    def _raised_elsewhere(self, row: Row) -> str:
        if _no_meeting(row.raised):
            return ""
        if len(row.raised) > 1:
            return self.words["cells.in_none"]
        only = row.raised[0]
        if city := self.city(only):
            return self.words.say("cells.raised_in", city=city)
        return self.words.say("cells.raised_by", seats=self.words.listed(self.country(c).seat for c in only.countries))

    def _awaited(self, cell: Cell) -> str:
        if any(cell.country in m.pending for m in cell.awaited):
            return self.words.say("accounts.awaited", seat=self.country(cell.country).seat)
        return self.words["accounts.to_confirm" if any(m.draft for m in cell.awaited) else "accounts.any"]

    # ------------------------------------------------------------------------------------------------------ alignment

    def alignment_word(self, alignment: Alignment) -> str:
        """Say the rule's answer in a word or two, for the matrix."""
        word = self._alignment_kind(alignment)
        return self.words.say("alignment.with_conditions", alignment=word) if alignment.with_conditions else word

    def _alignment_kind(self, alignment: Alignment) -> str:
        match alignment.kind:
            case AlignmentKind.AMONG:
                among = self.words.commas(self.country(c).short for c in alignment.countries)
                return self.words.say("alignment.aligned_among", countries=among)
            case AlignmentKind.ONE:
                return self.words.say("alignment.only_one", country=self.country(alignment.countries[0]).short)
            case kind:
                return self.words[f"alignment.{kind.replace(' ', '_')}"]

    def alignment_sentence(self, row: Row) -> str:
        """Say who stands where, and since when, after the alignment's word."""
        alignment = row.alignment
        coded = [c for c in row.cells if c.country in alignment.countries]
        others = [c for c in row.cells if c.country not in alignment.countries]
        match alignment.kind:
            case AlignmentKind.NO_QUESTION:
                return self.words["alignment.nothing_asked"]
            case AlignmentKind.ACTION_ONLY:
                return self.words["alignment.only_agreed"]
            case AlignmentKind.UNCODED:
                return self.words["alignment.nobody_coded"]
            case AlignmentKind.ALIGNED | AlignmentKind.AMONG if alignment.stance:
                who, stance = self._all(coded, row), self.words[f"stances.{alignment.stance}_word"]
                stands = [self.words.say("alignment.shared", who=who, stance=stance, dates=self._since(alignment))]
            case _:
                stands = list(map(self._stands, coded))
        return self.words.sentence(*stands, *self._modifiers(alignment), *self._without_stance(others))

    def _all(self, coded: Sequence[Cell], row: Row) -> str:
        if len(coded) < len(row.cells):
            return self.words.listed(self.the_country(c.country) for c in coded)
        if len(coded) == len(_BOTH):
            return self.words["alignment.both"]
        return self.words.say("alignment.all", number=self.words.number(len(coded)))

    def _since(self, alignment: Alignment) -> str:
        days = dict.fromkeys(
            self._before(m.when)
            if m.when.before
            else self.words.day(m.when.day)
            if m.when.day
            else self.words["dates.unknown"]
            for m in alignment.meetings
        )
        return self.words.listed(days)

    def _stands(self, cell: Cell) -> str:
        stance = cell.standing.stance if cell.standing else Stance.UNCLEAR
        said = {Stance.SUPPORT: "stances.supports", Stance.OPPOSE: "stances.opposes"}.get(stance, "stances.is_unclear")
        return self.words.say(said, country=self.the_country(cell.country))

    def _without_stance(self, cells: Sequence[Cell]) -> list[str]:
        phrases = {
            CellKind.SILENT: "alignment.silent",
            CellKind.ABSENT: "alignment.not_present",
            CellKind.PENDING: "alignment.not_yet_recorded",
            CellKind.OWN: "alignment.without_stance",
            CellKind.JOINT: "alignment.without_stance",
        }
        grouped: dict[str, list[str]] = {}
        for cell in cells:
            grouped.setdefault(phrases[cell.kind], []).append(self.country(cell.country).name)
        return [self.words.say(said, countries=self.words.commas(names)) for said, names in grouped.items()]

    def others(self, cells: Sequence[Cell]) -> list[str]:
        """Say in sentences what the countries did that took no position: silent, absent, awaited."""
        grouped: dict[tuple[str, str, str], list[Cell]] = {}
        for cell in cells:
            grouped.setdefault(self._instead(cell), []).append(cell)
        said = []
        for (phrase, accounts, whose), held in grouped.items():
            names = self.words.listed(self.the_country(c.country) for c in held)
            numbered = f"{phrase}_{'many' if held[1:] else 'one'}" if phrase in _NUMBERED else phrase
            said.append(self.words.say(numbered, countries=names, accounts=accounts, whose=whose))
        return said

    def _instead(self, cell: Cell) -> tuple[str, str, str]:
        """What a country did that has no coded stance: the phrase, the accounts read, and whose own was not."""
        match cell.kind:
            case CellKind.SILENT:
                accounts = self.accounts_read(cell.attended)
                if cell.none_of_own:
                    return "unsaid.silent_none_own", accounts, self.whose(cell.country)
                return "unsaid.silent", accounts, ""
            case CellKind.ABSENT:
                return "unsaid.absent", "", ""
            case CellKind.PENDING:
                return "unsaid.pending", "", ""
            case _:
                return "unsaid.position", "", ""

    def _modifiers(self, alignment: Alignment) -> list[str]:
        said = [self.words["alignment.in_different_terms"]] if alignment.in_different_terms else []
        for code, accounts in alignment.per_others:
            named = self.words.commas(dict.fromkeys(map(self.account_short, accounts)))
            said.append(self.words.say("alignment.per_others", country=self.country(code).name, accounts=named))
        return said


_BOTH = ("one", "other")
_NUMBERED = frozenset({"unsaid.absent", "unsaid.pending"})  # said of one country in other words than of many

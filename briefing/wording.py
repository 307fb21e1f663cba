"""The words in which a comparison is told: names, dates, the five cells, alignment. English; our words only.

Nothing here is printed with an anchor: what these sentences say is derived, and changes when the facts do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from briefing.compare import Account, Alignment, AlignmentKind, Cell, CellKind, Entry, Row
from briefing.english import capital, day_words, listed, number, possessive, with_article
from briefing.model import Action, Country, Day, Dossier, Meeting, Position, Source, SourceKind, Stance, When

SIGNS = {
    CellKind.OWN: "●",
    CellKind.JOINT: "◊",
    CellKind.SILENT: "○",
    CellKind.ABSENT: "×",
    CellKind.PENDING: "…",
}
LEGEND = {
    CellKind.OWN: "speaks for itself",
    CellKind.JOINT: "joint text only, per the account named",
    CellKind.SILENT: "took part, no position in the accounts read",
    CellKind.ABSENT: "took no part",
    CellKind.PENDING: "took part, account still to be entered",
}
STANCES = {Stance.SUPPORT: "Supports", Stance.OPPOSE: "Opposes", Stance.UNCLEAR: "Unclear"}
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

    # ---------------------------------------------------------------------------------------------- names and places

    def country(self, code: str) -> Country:
        return self.dossier.names[code]

    def the_country(self, code: str) -> str:
        """Name a country inside a sentence: "the United States", "Japan"."""
        name = self.country(code).name
        return with_article(name) if code in _ARTICLE else name

    def day(self, day: Day | None) -> str:
        return day_words(day, year=day.year != self.year) if day else "date unknown"

    def city(self, meeting: Meeting) -> str:
        return meeting.place.text.rsplit(",", 1)[-1].strip() if meeting.place else ""

    def occasion(self, meeting: Meeting) -> str:
        """Name a meeting by place and date: "Jakarta, 17 October", "before the Jakarta trilateral"."""
        where = self.city(meeting)
        if meeting.when.before:
            return self._before(meeting.when)
        return ", ".join(filter(None, (where, self.day(meeting.when.day))))

    def _before(self, when: When) -> str:
        later = next((m for m in self.dossier.meetings if m.id == when.before), None)
        if later is None:
            return "date unknown"
        if city := self.city(later):
            return f"before the {city} {later.format}"
        return f"before the {later.format} of {self.day(later.when.day)}" if later.when.day else "date unknown"

    def kind_of(self, meeting: Meeting) -> str:
        """Say what a meeting is; one of two countries is named by them: "Bilateral, Seoul–Tokyo"."""
        both = f", {'–'.join(self.country(c).seat for c in meeting.countries)}" if meeting.format == "bilateral" else ""
        return f"{capital(meeting.format)}{both}"

    def occasions(self, meetings: Iterable[Meeting]) -> str:
        """Name meetings, the latest first."""
        return "; ".join(self.occasion(m) for m in reversed(list(meetings)))

    # ------------------------------------------------------------------------------------------------------- accounts

    def source_short(self, source: Source) -> str:
        """Name a source's publisher as running text does: "Yonhap", "Washington"."""
        if source.short:
            return source.short
        if source.publisher:
            return source.publisher
        return ", ".join(self._issuer(i) for i in source.issuers) or source.id

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
        return listed(self.country(c).seat for c in account.countries) or "an unnamed account"

    def account(self, account: Account, of: str = "") -> str:
        """Name an account in full; the one of the country `of` is "its own"."""
        if not account.institution:
            return self.account_short(account)
        institution = self.dossier.institutions[account.institution]
        home = self.country(institution.country)
        for prefix in (f"{home.name}’s ", f"{home.name}'s ", f"{home.short} "):
            if of == institution.country and institution.name.startswith(prefix):
                return f"its own {institution.name.removeprefix(prefix)}"
        return (
            institution.name
            if institution.name.split()[0].endswith(("’s", "'s")) or "’s " in institution.name
            else with_article(institution.name)
        )

    def accounts_read(self, meetings: Iterable[Meeting]) -> str:
        """Name the accounts that were read of the meetings, each once."""
        read = (self.dossier.sources[a] for m in meetings for a in m.accounts if a in self.dossier.sources)
        return ", ".join(dict.fromkeys(self.source_short(s) for s in read))

    # ---------------------------------------------------------------------------------------------------------- cells

    def label(self, cell: Cell, row: Row, *, only: bool = False) -> str:
        """Say in a word or two what a cell is: "Opposes", "Supports, jointly", "Not present".

        `only`: where it may also say that the country stands in joint texts and nowhere by itself."""
        match cell.kind:
            case CellKind.OWN:
                return STANCES[cell.standing.stance] if cell.standing else "Own position"
            case CellKind.JOINT:
                alone = only and not any(e.own for e in cell.entries)
                jointly = "jointly only" if alone else "jointly"
                if cell.standing:
                    return f"{STANCES[cell.standing.stance]}, {jointly}"
                return "Agreed action" if isinstance(cell.entries[0].record, Action) else capital(jointly)
            case CellKind.SILENT:
                return self.silence(cell)
            case CellKind.ABSENT:
                return "Not a party" if _no_meeting(row.raised) else "Not present"
            case CellKind.PENDING:
                return "Not yet recorded"

    def silence(self, cell: Cell) -> str:
        words = f"No position in the accounts read ({self.accounts_read(cell.attended)})"
        return f"{words}; none of {possessive(self.the_country(cell.country))} own" if cell.none_of_own else words

    def brief_reason(self, cell: Cell, row: Row) -> str:
        """Say why in the matrix, in half a line; empty where the label says it all."""
        match cell.kind:
            case CellKind.OWN:
                return self._speaker_and_day(cell.entries[0])
            case CellKind.JOINT:
                return f"Per {', '.join(self._joint_accounts(cell))}"
            case CellKind.ABSENT:
                return self._raised_elsewhere(row)
            case CellKind.PENDING:
                return self._awaited(cell)
            case CellKind.SILENT:
                return ""

    def reason(self, cell: Cell, row: Row) -> str:
        """Say why in a sentence that names meetings and accounts."""
        match cell.kind:
            case CellKind.OWN:
                return f"{self._speaker_and_day(cell.entries[0])}, per {self.account_short(cell.entries[0].account)}."
            case CellKind.JOINT:
                return f"Per {listed(self._joint_accounts(cell, full=True))}."
            case CellKind.ABSENT:
                between = listed(dict.fromkeys(self.the_country(c) for m in row.raised for c in m.countries))
                return f"Raised only {self._where_only(row)}, between {between}."
            case CellKind.PENDING:
                return f"Took part: {self.occasions(cell.awaited)}; {self._awaited(cell)} is still to be entered."
            case CellKind.SILENT:
                return f"Took part: {self.occasions(cell.attended)}."

    def remarks(self, cell: Cell) -> tuple[str, ...]:
        """Say what a reader must know beside a position: other accounts, disagreement, conditions not repeated."""
        said = []
        if cell.standing and cell.standing.differing:
            said.append(f"Its accounts differ: {listed(s.value for s in cell.standing.differing)}.")
        if cell.missing_in_own:
            said.append(f"Not in {possessive(self.the_country(cell.country))} own account.")
        if cell.conditional and cell.standing and cell.conditional.meeting is not cell.standing.meeting:
            whose, then = self.speaker(cell.conditional.record), self.day_of(cell.conditional.meeting)
            said.append(f"{possessive(whose)} condition ({then}) was not repeated {self.on(cell.standing.meeting)}.")
        if cell.entries and cell.awaited:
            said.append(f"Not yet recorded: {self._awaited(cell)}.")
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

    def _speaker_and_day(self, entry: Entry) -> str:
        return f"{self.speaker(entry.record)}, {self.day_of(entry.meeting)}"

    def day_of(self, meeting: Meeting) -> str:
        return self._before(meeting.when) if meeting.when.before else self.day(meeting.when.day)

    def on(self, meeting: Meeting) -> str:
        """Say when, in a sentence: "on 17 October", "before the Jakarta trilateral"."""
        return self.day_of(meeting) if meeting.when.before or not meeting.when.day else f"on {self.day_of(meeting)}"

    def speaker(self, record: Position | Action) -> str:
        """Name whose position it is, institutions and countries by their own names."""
        if isinstance(record, Action):
            return listed(self.country(c).name for c in record.parties)
        names = [
            s.person
            or (self.dossier.institutions[s.institution].name if s.institution else self.country(s.country).name)
            for s in record.by
        ]
        return listed(names)

    def _where_only(self, row: Row) -> str:
        if len(row.raised) == 1:
            occasion = self.occasion(row.raised[0])
            return occasion if row.raised[0].when.before else f"in {occasion}" if occasion else "elsewhere"
        return "at other meetings"

    def _raised_elsewhere(self, row: Row) -> str:
        if _no_meeting(row.raised):
            return ""
        if len(row.raised) > 1:
            return "took part in none of the meetings"
        only = row.raised[0]
        if city := self.city(only):
            return f"raised in {city} only"
        return f"{listed(self.country(c).seat for c in only.countries)} only"

    def _awaited(self, cell: Cell) -> str:
        if any(cell.country in m.pending for m in cell.awaited):
            return f"{self.country(cell.country).seat}’s own account"
        return "an account confirmed by a person" if any(m.draft for m in cell.awaited) else "any account"

    # ------------------------------------------------------------------------------------------------------ alignment

    def alignment_word(self, alignment: Alignment) -> str:
        """Say the rule's answer in a word or two, for the matrix."""
        conditions = ", with conditions" if alignment.with_conditions else ""
        return f"{self._alignment_kind(alignment)}{conditions}"

    def _alignment_kind(self, alignment: Alignment) -> str:
        match alignment.kind:
            case AlignmentKind.AMONG:
                return f"Aligned among {', '.join(self.country(c).short for c in alignment.countries)}"
            case AlignmentKind.ONE:
                return f"Only {self.country(alignment.countries[0]).short}"
            case _:
                return capital(alignment.kind.value)

    def alignment_sentence(self, row: Row) -> str:
        """Say who stands where, and since when, after the alignment's word."""
        alignment = row.alignment
        coded = [c for c in row.cells if c.country in alignment.countries]
        others = [c for c in row.cells if c.country not in alignment.countries]
        match alignment.kind:
            case AlignmentKind.NO_QUESTION:
                return "No question is asked here, so nobody is counted for or against."
            case AlignmentKind.ACTION_ONLY:
                return "agreed, with no stance coded."
            case AlignmentKind.UNCODED:
                return "nobody’s stance is coded."
            case AlignmentKind.ALIGNED | AlignmentKind.AMONG if alignment.stance:
                shared = f"{self._all(coded, row)} {alignment.stance.value}, {self._since(alignment)}"
                stands = [shared]
            case _:
                stands = list(map(self._stands, coded))
        return "; ".join([*stands, *self._modifiers(alignment), *self._without_stance(others)]) + "."

    def _all(self, coded: Sequence[Cell], row: Row) -> str:
        if len(coded) < len(row.cells):
            return listed(self.the_country(c.country) for c in coded)
        return "both" if len(coded) == len(_BOTH) else f"all {number(len(coded))}"

    def _since(self, alignment: Alignment) -> str:
        days = dict.fromkeys(
            self._before(m.when) if m.when.before else day_words(m.when.day) if m.when.day else "date unknown"
            for m in alignment.meetings
        )
        return listed(days)

    def _stands(self, cell: Cell) -> str:
        stance = cell.standing.stance if cell.standing else None
        verb = {Stance.SUPPORT: "supports", Stance.OPPOSE: "opposes"}.get(stance or Stance.UNCLEAR, "is unclear")
        return f"{self.the_country(cell.country)} {verb}"

    def _without_stance(self, cells: Sequence[Cell]) -> list[str]:
        words = {
            CellKind.SILENT: "silent",
            CellKind.ABSENT: "not present",
            CellKind.PENDING: "not yet recorded",
            CellKind.OWN: "not coded",
            CellKind.JOINT: "not coded",
        }
        grouped: dict[str, list[str]] = {}
        for cell in cells:
            grouped.setdefault(words[cell.kind], []).append(self.country(cell.country).name)
        return [f"{word}: {', '.join(names)}" for word, names in grouped.items()]

    def others(self, cells: Sequence[Cell]) -> list[str]:
        """Say in sentences what the countries did that took no position: silent, absent, awaited."""
        grouped: dict[str, list[Cell]] = {}
        for cell in cells:
            grouped.setdefault(self.instead(cell, "was"), []).append(cell)
        said = []
        for held in grouped.values():
            names = listed(self.the_country(c.country) for c in held)
            said.append(f"{names} {self.instead(held[0], 'were' if held[1:] else 'was')}")
        return said

    def instead(self, cell: Cell, were: str) -> str:
        """Say what a country did that has no coded stance, after its name; `were` in the number of that name."""
        match cell.kind:
            case CellKind.SILENT:
                none = (
                    f"; none of {possessive(self.the_country(cell.country))} own was read" if cell.none_of_own else ""
                )
                return f"took no position in the accounts read ({self.accounts_read(cell.attended)}){none}"
            case CellKind.ABSENT:
                return f"{were} not present"
            case CellKind.PENDING:
                return f"{were} there, but not yet recorded"
            case _:
                return "took a position"

    def _modifiers(self, alignment: Alignment) -> list[str]:
        said = ["in different terms"] if alignment.in_different_terms else []
        for code, accounts in alignment.per_others:
            said.append(f"{self.country(code).name} per {', '.join(dict.fromkeys(map(self.account_short, accounts)))}")
        return said

    # ------------------------------------------------------------------------------------------------- other sections

    def source_kind(self, source: Source) -> str:
        return {
            SourceKind.REPORT: "Report",
            SourceKind.RELEASE: "Press release",
            SourceKind.STATEMENT: "Statement",
            SourceKind.TRANSCRIPT: "Transcript",
            SourceKind.RECORD: "Record",
        }[source.kind]


_BOTH = ("one", "other")

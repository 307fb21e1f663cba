"""The press: sets the facts of one brief as what a template is given (`printed`). Knows the domain, and no template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from briefing.anchor import Anchor
from briefing.compare import Cell, CellKind, Comparison, Row, account_of
from briefing.english import capital
from briefing.lock import Verification
from briefing.model import (
    Action,
    Brief,
    Citation,
    Context,
    Dossier,
    Judgement,
    Meeting,
    Origin,
    Participant,
    Point,
    Position,
    Quotation,
    Rendering,
    Topic,
)
from briefing.printed import (
    ActionView,
    CellView,
    ContextView,
    Joint,
    JudgementView,
    MeetingView,
    Member,
    Name,
    PointView,
    Printed,
    Quotes,
    Said,
    Seat,
    TopicView,
)
from briefing.wording import SIGNS, Wording


def references(cite: Iterable[Citation]) -> tuple[str, ...]:
    """Name what a citation points to, one reference a paragraph, as a template's `<note ref>` wants it."""
    refs = []
    for c in cite:
        refs += [f"{c.source}#{p}" for p in c.paragraphs]
        if c.pages or not c.paragraphs:
            refs.append(f"{c.source}#{c.pages}")
    return tuple(dict.fromkeys(refs))


class Press(Struct, frozen=True, dict=True):  # without slots: it remembers its numbers and records
    """Sets the facts of one brief for print."""

    dossier: Dossier
    brief: Brief
    comparison: Comparison
    verification: Verification
    wording: Wording
    meetings: tuple[Meeting, ...]

    # --------------------------------------------------------------------------------------------------------- names

    def person(self, name: str, anchor: Anchor | None) -> Name:
        held = self.dossier.people.get(name)
        printed = Printed(name, anchor) if anchor else name
        if held and held.native:
            native = Printed(held.native.text, held.origin.anchor("native/text", "native"))
            return Name(printed, native, held.native.language)
        return Name(printed)

    def _speakers(self, position: Position) -> tuple[Name, ...]:
        names = []
        for n, speaker in enumerate(position.by, 1):
            field = "by" if len(position.by) == 1 else f"by/{n}"
            if speaker.person:
                names.append(self.person(speaker.person, position.origin.anchor(field, "name")))
            elif speaker.institution:
                institution = self.dossier.institutions[speaker.institution]
                names.append(Name(Printed(institution.name, institution.origin.anchor("name", "text"))))
            else:
                names.append(Name(self.wording.country(speaker.country).name))
        return tuple(names)

    def _participant(self, meeting: Meeting, person: str) -> Participant | None:
        return next((p for p in meeting.participants if p.person == person), None)

    # ----------------------------------------------------------------------------------------------------- positions

    def said(self, meeting: Meeting, position: Position, *, titled: bool) -> Said:
        """Set one position; `titled`: with the speaker's title."""
        quotes = self.quotes(meeting, position)
        noted = {ref for group in quotes for ref in group.notes}
        seat = self._participant(meeting, position.by[0].person) if len(position.by) == 1 else None
        title = Printed(seat.title, seat.origin.anchor("title", "text")) if seat and seat.title and titled else ""
        cited = references(position.cite)
        unquoted = not noted.issuperset(cited)
        text = {name: self._prose(position, name) for name in ("summary", "condition", "terms", "gloss")}
        return Said(
            who=self._speakers(position),
            title=title,
            per=self._per(position),
            occasion=self._occasion(meeting, position),
            summary=text["summary"],
            notes=cited if unquoted else (),
            condition=text["condition"],
            terms=text["terms"],
            quotes=quotes,
            gloss=text["gloss"],
            gloss_by=self.wording.source_short(self.dossier.sources[position.cite[0].source]) if position.cite else "",
            rendering=self._rendering(meeting, position) if quotes else "",
        )

    def _occasion(self, meeting: Meeting, position: Position) -> str:
        occasion, draft = self.wording.occasion(meeting), meeting.draft or position.draft
        return self.wording.words.say("meetings.draft", occasion=occasion) if draft else occasion

    def _prose(self, position: Position, name: str) -> str:
        value = str(getattr(position, name))
        return Printed(value, position.origin.anchor(name, "prose")) if value else ""

    def _per(self, record: Position | Action) -> str:
        return self.wording.account(account_of(self.dossier, record)) if record.per else ""

    def _rendering(self, meeting: Meeting, position: Position) -> str:
        seat = self._participant(meeting, position.by[0].person)
        source = self.dossier.sources.get(position.cite[0].source) if position.cite else None
        nearest = position.rendering or (seat and seat.rendering) or (source and source.rendering)
        if nearest is Rendering.PUBLISHER and source:
            return self.wording.words.say("quoted.by_publisher", publisher=self.wording.source_short(source))
        return self.wording.words["quoted.by_interpreter"] if nearest is Rendering.INTERPRETER else ""

    def quotes(self, meeting: Meeting, position: Position) -> tuple[Quotes, ...]:
        """Set the quotations of a position: those under one note share a line, up to one that has a gloss."""
        groups: list[tuple[list[Quotation], tuple[str, ...]]] = []
        for quotation in position.quotes:
            verdict = self.verification.of(position, quotation, meeting)
            found = verdict.paragraph is not None
            notes = (f"{verdict.source}#{verdict.paragraph}",) if found else references(position.cite)
            if groups and groups[-1][1] == notes and not groups[-1][0][-1].gloss:
                groups[-1][0].append(quotation)
            else:
                groups.append(([quotation], notes))
        return tuple(self._quotes(position, quotations, notes) for quotations, notes in groups)

    def _quotes(self, position: Position, quotations: Sequence[Quotation], notes: tuple[str, ...]) -> Quotes:
        at, last = position.origin, quotations[-1]
        language = self.dossier.sources[position.cite[0].source].language if position.cite else ""
        return Quotes(
            tuple(Printed(q.text, at.anchor(q.field, "quotation")) for q in quotations),
            tuple(Printed(q.translation, self._translated(at, q)) if q.translation else "" for q in quotations),
            "" if self.brief.language.startswith(language) else language,
            notes,
            Printed(last.gloss, at.anchor(f"{last.field}/gloss", "prose")) if last.gloss else "",
        )

    def _translated(self, at: Origin, quotation: Quotation) -> Anchor:
        field = f"{quotation.field}/translation"
        return at.anchor(field if field in at.fields else "translation", "prose")

    # -------------------------------------------------------------------------------------------------------- topics

    def topics(self) -> tuple[TopicView, ...]:
        """Set every row of the comparison; a speaker's title stands at the first mention in the section."""
        introduced: set[str] = set()
        return tuple(self._topic(row, introduced) for row in self.comparison.rows)

    def _topic(self, row: Row, introduced: set[str]) -> TopicView:
        topic = row.topic
        label = Printed(topic.label, topic.origin.anchor("label", "text"))
        question = Printed(topic.question, topic.origin.anchor("question", "text")) if topic.question else ""
        return TopicView(
            topic.id,
            label,
            question,
            self.wording.alignment_word(row.alignment),
            bool(row.alignment.countries),
            self._parent(topic),
            self.wording.alignment_sentence(row),
            tuple(self._cell(cell, row, introduced) for cell in row.cells),
            tuple(self._joint(meeting, record) for meeting, record in row.joint),
        )

    def _parent(self, topic: Topic) -> str:
        parent = self.dossier.topics.get(topic.parent)
        return Printed(parent.label, parent.origin.anchor("label", "text")) if parent else ""

    def _cell(self, cell: Cell, row: Row, introduced: set[str]) -> CellView:
        lead = cell.entries[0].record if cell.entries else None
        gist = self.wording.brief_reason(cell, row)
        if cell.kind is CellKind.OWN and isinstance(lead, Position) and lead.gist:
            gist = Printed(lead.gist, lead.origin.anchor("gist", "text"))
        said = []
        for entry in cell.entries:
            if entry.own and isinstance(entry.record, Position):
                person = entry.record.by[0].person
                said.append(self.said(entry.meeting, entry.record, titled=person not in introduced))
                introduced.add(person)
        return CellView(
            cell.kind.value,
            SIGNS[cell.kind],
            self.wording.label(cell, row),
            self.wording.label(cell, row, only=True),
            gist,
            self.wording.reason(cell, row) if cell.kind is not CellKind.OWN else "",
            self.wording.remarks(cell),
            tuple(said),
        )

    def _joint(self, meeting: Meeting, record: Position | Action) -> Joint:
        parties = record.parties if isinstance(record, Action) else record.countries
        account = account_of(self.dossier, record)
        if isinstance(record, Position):
            said = self.said(meeting, record, titled=False)
        else:
            summary = Printed(record.summary, record.origin.anchor("summary", "prose"))
            said = Said((), "", "", "", summary, references(record.cite), "", "", (), "", "", "")
        names = self.wording.words.commas(self.wording.country(c).name for c in parties)
        number = self._numbers.get((record.origin.file, record.origin.path), 0)
        return Joint(self.wording.account(account), names, self.wording.occasion(meeting), said, number)

    # ------------------------------------------------------------------------------------------------------- actions

    def _listed_actions(self) -> list[tuple[Meeting, Action]]:
        topics = set(self.brief.topics)
        return [
            (m, a) for m in reversed(self.meetings) for a in m.actions if not topics or not a.topic or a.topic in topics
        ]

    @cached_property
    def _numbers(self) -> Mapping[tuple[str, str], int]:
        """The number of each action listed, by its file and path."""
        return {(a.origin.file, a.origin.path): n for n, (_, a) in enumerate(self._listed_actions(), 1)}

    def actions(self) -> tuple[ActionView, ...]:
        """Set the agreed actions of the meetings, the latest meeting's first, numbered from 1."""
        return tuple(self._action(n, a) for n, (_, a) in enumerate(self._listed_actions(), 1))

    def _action(self, number: int, action: Action) -> ActionView:
        at, words = action.origin, self.wording.words
        parties = tuple(
            Printed(self.wording.country(c).name, at.anchor(f"parties/{n}", "country"))
            for n, c in enumerate(action.parties, 1)
        )
        left_out = [self.wording.the_country(c) for c in self.comparison.countries if c not in action.parties]
        due = words.day(action.due) if action.due else ""
        return ActionView(
            number,
            Printed(action.summary, at.anchor("summary", "prose")),
            self.wording.account(account_of(self.dossier, action)),
            references(action.cite),
            parties,
            words.listed(left_out, "or"),
            Printed(words[f"actions.{action.kind}"], at.anchor("kind", "enum")),
            Printed(capital(action.trigger), at.anchor("trigger", "sentence")) if action.trigger else "",
            Printed(due, at.anchor("due", "date")) if action.due else "",
            Printed(words[f"actions.{action.status}"], at.anchor("status", "enum")),
        )

    # ------------------------------------------------------------------------------------------------------ meetings

    def meeting_views(self) -> tuple[MeetingView, ...]:
        """Set the meetings, the latest first."""
        introduced: set[tuple[str, str]] = set()
        return tuple(self._meeting(m, introduced) for m in reversed(self.meetings))

    def _meeting(self, meeting: Meeting, introduced: set[tuple[str, str]]) -> MeetingView:
        when, at, place, words = meeting.when, meeting.origin, meeting.place, self.wording.words
        date = capital(self.wording.day_of(meeting))
        if when.day:
            date = Printed(words.day(when.day, weekday=True), at.anchor("date", "date-weekday"))
        missing = [] if when.day else ["date"]
        if not place and meeting.format not in {"call", "statement"}:
            missing.append("place")
        not_given = words[f"meetings.{'_and_'.join(missing)}_not_given"] if missing else ""
        where = Printed(place.text, at.anchor("place", "text")) if place else not_given
        cites = (*when.cite, *meeting.time_cite, *(place.cite if place else ()))
        seats = tuple(self._seat(meeting, c, introduced) for c in self.comparison.countries)
        return MeetingView(
            self.wording.kind_of(meeting),
            Printed(meeting.title, at.anchor("title", "text")),
            date,
            Printed(meeting.time, at.anchor("time", "text")) if meeting.time else "",
            where,
            references(cites),
            seats,
            self.wording.occasion(meeting),
            "actions" in meeting.none_recorded,
        )

    def _seat(self, meeting: Meeting, country: str, introduced: set[tuple[str, str]]) -> Seat:
        people, words = [], self.wording.words
        for p in meeting.participants:
            if p.country != country:
                continue
            unnamed = words["meetings.signed" if meeting.format == "statement" else "meetings.delegation"]
            title = Printed(p.title, p.origin.anchor("title", "text")) if p.title else ""
            known = (p.person, p.title) in introduced
            introduced.add((p.person, p.title))
            name = self.person(p.person, p.origin.anchor("person", "name")) if p.person else Name(unnamed)
            place = Printed(p.place, p.origin.anchor("place", "text")) if p.place else ""
            people.append(Member(name, "" if known else title, place, references(p.cite)))
        absent = {"statement": "did_not_sign", "call": "not_a_party"}.get(meeting.format, "not_present")
        return Seat(tuple(people), country in meeting.countries, words[f"meetings.{absent}"])

    # -------------------------------------------------------------------------------------------------- other records

    def context(self) -> tuple[ContextView, ...]:
        """Set the context items, the latest meeting's first."""
        items = [c for m in reversed(self.meetings) for c in m.context]
        return tuple(self._context(c) for c in items)

    def _context(self, item: Context) -> ContextView:
        date = Printed(self.wording.day(item.date), item.origin.anchor("date", "date")) if item.date else ""
        summary = Printed(item.summary, item.origin.anchor("summary", "prose"))
        hedge = item.hedge if item.hedge != "none" else ""
        return ContextView(
            self._asserted_by(item),
            Printed(hedge, item.origin.anchor("hedge", "text")) if hedge else "",
            date,
            summary,
            references(item.cite),
        )

    def _asserted_by(self, item: Context) -> str:
        """Say who asserts a piece of context: in the words written, a country, else the source."""
        if item.by and item.by not in self.dossier.names:
            return Printed(capital(item.by), item.origin.anchor("by", "sentence"))
        if item.by:
            return self.wording.country(item.by).name
        return self.wording.source_short(self.dossier.sources[item.cite[0].source]) if item.cite else ""

    def point(self, point: Point) -> PointView:
        """Set a point of the bottom line; it cites the first paragraph of each record it rests on."""
        return PointView(
            Printed(point.lead, point.origin.anchor("lead", "prose")),
            Printed(point.text, point.origin.anchor("text", "prose")),
            self._resting_on(point.rests_on),
        )

    def _resting_on(self, targets: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ref for target in targets for ref in self._first_reference(target)))

    def _first_reference(self, target: str) -> tuple[str, ...]:
        if target not in self._records:
            return ()
        meeting, record = self._records[target]
        if isinstance(record, Position) and (quotes := self.quotes(meeting, record)):
            return quotes[0].notes[:1]
        return references(record.cite)[:1]

    @cached_property
    def _records(self) -> Mapping[str, tuple[Meeting, Position | Action | Context]]:
        """Every record with its meeting, by the name that `rests_on` has for it."""
        return {f"{m.id}/{r.id}": (m, r) for m in self.dossier.meetings for r in m.records}

    def judgements(self) -> tuple[JudgementView, ...]:
        return tuple(self._judgement(n, j) for n, j in enumerate(self.brief.judgements, 1))

    def _judgement(self, number: int, judgement: Judgement) -> JudgementView:
        at, words = judgement.origin, self.wording.words
        return JudgementView(
            number,
            Printed(judgement.text, at.anchor("text", "prose")),
            Printed(words[f"likelihood.{judgement.likelihood.replace(' ', '_')}"], at.anchor("likelihood", "enum")),
            Printed(words[f"confidence.{judgement.confidence}"], at.anchor("confidence", "enum")),
            self._resting_on(judgement.rests_on),
        )

    def recommendations(self) -> tuple[str, ...]:
        at = self.brief.origin
        return tuple(
            Printed(r, at.anchor(f"recommendations/{n}", "prose")) for n, r in enumerate(self.brief.recommendations, 1)
        )

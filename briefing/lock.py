"""The quotation lock over a dossier: every quotation against the text of its source, else against `quotes.lock`.

What a quotation must be is said in `quotes`; here each is brought together with its source, its speaker and its place
in the YAML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct, field

from briefing.diagnostics import Diagnostic, Location, Severity
from briefing.english import listed
from briefing.model import Dossier, Meeting, Position, Quotation, Source, SourceKind, Speaker
from briefing.quotes import (
    Claim,
    Found,
    LockEntry,
    SourceText,
    Status,
    cut_sense,
    judge,
    lock_entry,
    read_source_text,
    same_words,
    sentence,
)
from briefing.quotes import Verdict as Judged

LOOKED_AT = "none"  # `hedge: none`: a person saw the hedge or the cut, and let it be
_SHORT = 60  # characters of a quotation in a message
_OF_SEVERAL = {  # what is said once for all sources of which it holds
    "quote-unverified": "{count} of {source} cannot be verified: no text of these is here, nor anything in the lock",
    "quote-not-locked": "{count} of {source} verified, but nothing of these is in the lock yet",
}
_ONCE = {  # what is said once for a source, not again for each of its quotations
    "quote-unverified": "{count} of {source} cannot be verified: its text is not here, nor anything of it in the lock",
    "quote-not-locked": "{count} of {source} verified, but nothing of it is in the lock yet",
    "text-changed": "the text of {source} is not the one that was locked; {count} verified anew",
}

Key = tuple[str, str, str]


class Verdict(Struct, frozen=True):
    """How far a quotation can be relied on, and where it stands: its source, and the paragraph where that is known."""

    status: Status
    source: str
    paragraph: int | None = None


class Verification(Struct, frozen=True, dict=True):
    """The verdict on every quotation of a dossier, what is to be said of them, and the texts at hand as they were read:
    the paragraphs of each, by the id of its source."""

    verdicts: Mapping[Key, Verdict]
    diagnostics: tuple[Diagnostic, ...] = ()
    paragraphs: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def of(self, position: Position, quotation: Quotation, meeting: Meeting) -> Verdict:
        """Look up the verdict on a quotation; one whose citation could not be read is unverified."""
        return self.verdicts.get(_key(meeting, position, quotation), Verdict(Status.UNVERIFIED, ""))

    def by_source(self, source: str) -> tuple[int, int, Status]:
        """Count the quotations of a source: those verified, all; and the status that holds for every one of them."""
        statuses = self._statuses.get(source, ())
        verified = sum(status in {Status.VERIFIED, Status.LOCKED} for status in statuses)
        return verified, len(statuses), max(statuses, key=tuple(Status).index, default=Status.VERIFIED)

    @cached_property
    def _statuses(self) -> Mapping[str, Sequence[Status]]:
        statuses: dict[str, list[Status]] = {}
        for verdict in self.verdicts.values():
            statuses.setdefault(verdict.source, []).append(verdict.status)
        return statuses


class InSentence(Struct, frozen=True):
    """A quotation as a person looks at it before it is locked: who said it, in full, and the sentence around it."""

    speaker: str
    source: str
    paragraph: int
    before: str
    quotation: str
    after: str


class _Case(Struct, frozen=True):
    """One quotation with one of the sources cited for it, judged."""

    meeting: Meeting
    position: Position
    quotation: Quotation
    source: Source
    claim: Claim
    text: SourceText | None
    judged: Judged

    @property
    def rank(self) -> tuple[int, bool]:
        """The better of two sources: where it holds; then one still to be read; then one that has the like of it."""
        order = (Status.VERIFIED, Status.LOCKED, Status.UNVERIFIED, Status.WRONG)
        return order.index(self.judged.status), "source: " not in self.judged.help

    @property
    def location(self) -> Location:
        return self.position.origin.at(self.quotation.field)


def verify(dossier: Dossier, texts: Mapping[str, str], lock: Sequence[LockEntry]) -> Verification:
    """Judge every quotation of a dossier. `texts` are those at hand, by the id of their source."""
    read = _read(texts)
    cases = tuple(_cases(dossier, read, lock))
    locked = _by_source(lock)
    verdicts = {_key(c.meeting, c.position, c.quotation): _verdict(c, locked.get(c.source.id, ())) for c in cases}
    said = (*_problems(cases, locked), *_cuts(cases), *_words_of_releases(cases))
    return Verification(verdicts, said, {source: text.paragraphs for source, text in read.items()})


def quotations(verification: Verification, meetings: Iterable[Meeting]) -> Counter[str]:
    """Count the quotations of the meetings by how they were verified."""
    verdicts = (verification.of(p, q, m) for m in meetings for p in m.positions for q in p.quotes)
    return Counter(verdict.status for verdict in verdicts)


def lock_entries(dossier: Dossier, texts: Mapping[str, str], lock: Sequence[LockEntry] = ()) -> tuple[LockEntry, ...]:
    """Make the lock anew: an entry for every quotation found in a text, and those of `lock` that still verify one."""
    entries, locked = set[LockEntry](), _by_source(lock)
    for case in _cases(dossier, _read(texts), lock):
        if case.text and case.judged.found:
            entries.add(lock_entry(case.claim, case.judged.found, case.text))
        elif case.judged.status is Status.LOCKED:
            entries.update(entry for entry in locked[case.source.id] if _verifies(entry, case.claim))
    return tuple(sorted(entries))


def new_quotations(dossier: Dossier, texts: Mapping[str, str], lock: Sequence[LockEntry]) -> tuple[InSentence, ...]:
    """List the quotations that `lock` does not hold yet, each in its sentence, for a person to look at."""
    return tuple(
        _in_sentence(case.claim, case.text.paragraphs[found.locator], found)
        for case in _cases(dossier, _read(texts), lock)
        if case.text and case.judged.rule and (found := case.judged.found)
    )


def speaker_name(speakers: Iterable[Speaker], dossier: Dossier) -> str:
    """Name in full whose words they are: persons, else institutions, else countries."""
    return listed(_name(speaker, dossier) for speaker in speakers)


def _name(speaker: Speaker, dossier: Dossier) -> str:
    institution = dossier.institutions.get(speaker.institution)
    country = dossier.names.get(speaker.country)
    return speaker.person or (institution and institution.name) or (country and country.name) or speaker.country


def _key(meeting: Meeting, position: Position, quotation: Quotation) -> Key:
    return meeting.id, position.origin.path, quotation.field


# ------------------------------------------------------------------------------------------------------------ judging


def _read(texts: Mapping[str, str]) -> Mapping[str, SourceText]:
    return {source: read_source_text(text) for source, text in texts.items()}


def _cases(dossier: Dossier, read: Mapping[str, SourceText], lock: Iterable[LockEntry]) -> Iterator[_Case]:
    """Judge every quotation against each source cited for it; the best of them is its case."""
    locked = _by_source(lock)
    for meeting in dossier.meetings:
        for position in meeting.positions:
            speaker = speaker_name(position.by, dossier)
            sources = _cited(position, dossier)
            for quotation in position.quotes if sources else ():
                yield min(
                    (
                        _case(meeting, position, quotation, claim, dossier.sources[claim.source], read, locked)
                        for claim in (Claim(s, quotation.text, speaker, at) for s, at in sources.items())
                    ),
                    key=lambda case: case.rank,
                )


def _case(
    meeting: Meeting,
    position: Position,
    quotation: Quotation,
    claim: Claim,
    source: Source,
    read: Mapping[str, SourceText],
    locked: Mapping[str, Sequence[LockEntry]],
) -> _Case:
    text = read.get(claim.source)
    judged = judge(claim, text, locked.get(claim.source, ()), source.kind)
    return _Case(meeting, position, quotation, source, claim, text, judged)


def _cited(position: Position, dossier: Dossier) -> Mapping[str, tuple[int, ...]]:
    """The paragraphs cited of each source, in the order written; none where all of it is cited, or a page."""
    cited: dict[str, tuple[int, ...]] = {}
    whole = {c.source for c in position.cite if not c.paragraphs}
    for citation in position.cite:
        if citation.source in dossier.sources:
            known = cited.get(citation.source, ())
            cited[citation.source] = () if citation.source in whole else (*known, *citation.paragraphs)
    return cited


def _by_source(lock: Iterable[LockEntry]) -> Mapping[str, Sequence[LockEntry]]:
    entries: dict[str, list[LockEntry]] = {}
    for entry in lock:
        entries.setdefault(entry.source, []).append(entry)
    return entries


def _verdict(case: _Case, entries: Iterable[LockEntry]) -> Verdict:
    held = (entry.locator for entry in entries if _verifies(entry, case.claim))
    locked = next(held, None) if case.judged.status is Status.LOCKED else None
    found = case.judged.found
    return Verdict(case.judged.status, case.source.id, found.locator if found else locked)


def _verifies(entry: LockEntry, claim: Claim) -> bool:
    return (
        (entry.source, entry.speaker) == (claim.source, claim.speaker)
        and same_words(entry.quotation, claim.quotation)
        and (not claim.locators or entry.locator in claim.locators)
    )


def _in_sentence(claim: Claim, paragraph: str, found: Found) -> InSentence:
    start, end = sentence(paragraph, found.offset, found.end)
    before, after = paragraph[start : found.offset], paragraph[found.end : end]
    return InSentence(claim.speaker, claim.source, found.locator, before, found.text, after)


# ------------------------------------------------------------------------------------------------------- what is said


def _problems(cases: Iterable[_Case], locked: Mapping[str, Sequence[LockEntry]]) -> Iterator[Diagnostic]:
    """Say what is wrong with each quotation; what is the same for all of a source, or of several, is said once."""
    alike: dict[tuple[str, str], list[_Case]] = {}
    for case in cases:
        rule = case.judged.rule
        if case.judged.status is Status.WRONG or (rule == "quote-not-locked" and case.source.id in locked):
            severity = Severity.ERROR if case.judged.status is Status.WRONG else Severity.WARNING
            message = f"“{_short(case.quotation.text)}”: {case.judged.message}"
            yield Diagnostic(case.location, rule, message, case.judged.help, severity)
        elif rule:
            alike.setdefault((rule, "" if rule in _OF_SEVERAL else case.source.id), []).append(case)
    for (rule, _), some in alike.items():
        count = "one quotation" if len(some) == 1 else f"{len(some)} quotations"
        sources = {case.source.id for case in some}
        if len(sources) == 1:
            message = _ONCE[rule].format(source=some[0].source.id, count=count)
        else:
            message = _OF_SEVERAL[rule].format(source=f"{len(sources)} sources", count=count)
        yield Diagnostic(some[0].source.origin.at("text"), rule, message, some[0].judged.help, Severity.WARNING)


def _cuts(cases: Iterable[_Case]) -> Iterator[Diagnostic]:
    """Say where a quotation leaves out of its sentence what may turn its sense."""
    for case in cases:
        found = case.judged.found
        if case.text and found and case.position.hedge != LOOKED_AT:
            cut = cut_sense(found, case.text.paragraphs[found.locator])
            if cut:
                mend = "Quote more of the sentence; or, once you have looked at it, write `hedge: none`."
                yield Diagnostic(case.location, "cut-sense", cut, mend, Severity.WARNING)


def _words_of_releases(cases: Iterable[_Case]) -> Iterator[Diagnostic]:
    """Say where the words of a release, reporting what a person said, would print as that person's own."""
    for case in cases:
        people = [speaker.person for speaker in case.position.by if speaker.person]
        reported = case.source.kind is SourceKind.RELEASE and case.judged.found and not case.judged.found.in_marks
        if people and reported and case.position.hedge != LOOKED_AT:
            message = f"these are the words of the release, not those of {listed(people)}: no marks stand around them"
            mend = "Give the institution in `by`, or tell it in the summary; once looked at, `hedge: none` lets it be."
            yield Diagnostic(case.location, "release-words", message, mend, Severity.WARNING)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(' ', 1)[0]} ..."

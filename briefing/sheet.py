"""The sheet: all that the template of one brief is given, by the names that `templates/README.md` lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from briefing.bibliography import Bibliography
from briefing.compare import AlignmentKind, CellKind, Comparison
from briefing.english import NBSP, capital
from briefing.lock import Verification
from briefing.model import Brief, Day, Dossier, Meeting, Topic
from briefing.press import Press
from briefing.printed import PointView, Printed
from briefing.wording import SIGNS, Wording
from briefing.words import Words

UPRIGHT_COUNTRIES = 3  # more columns than these turn their pages to landscape
WIDEST = 5  # more than these stand in two tables
_PAIR = 2


class BriefView(Struct, frozen=True):
    title: str
    short_title: str
    compared: str
    addressee: str
    author: str
    cleared_by: str
    version: str
    as_of: str
    date_line: str
    handling: str
    handling_style: str
    language: str
    draft: str


class CountryView(Struct, frozen=True):
    code: str
    name: str
    short: str
    seat: str


class Group(Struct, frozen=True):
    """Countries side by side in one table: from `first` up to, not including, `end`. Widths in millimetres."""

    first: int
    end: int
    matrix_widths: tuple[float, ...]
    seat_width: float


class PageView(Struct, frozen=True):
    """Whether the comparison stands on landscape pages, and the tables that the countries need."""

    landscape: bool
    groups: tuple[Group, ...]


class LegendItem(Struct, frozen=True):
    sign: str
    words: str


class Unsaid(Struct, frozen=True):
    label: str
    words: str


def chosen_meetings(dossier: Dossier, brief: Brief) -> tuple[Meeting, ...]:
    """Keep the meetings that a brief prints, in order of date."""
    return tuple(m for m in dossier.meetings if not brief.meetings or m.id in brief.meetings)


def information_date(dossier: Dossier, brief: Brief) -> Day:
    """The date printed: the brief's information cut-off, else the newest source's, else the newest meeting's."""
    if brief.as_of:
        return brief.as_of
    meetings = chosen_meetings(dossier, brief)
    read = [dossier.sources[a].date for m in meetings for a in m.accounts if a in dossier.sources]
    days = [d for d in (*read, *(m.when.day for m in meetings)) if d]
    return max(days, key=lambda d: (d.year, d.month, d.day), default=Day(1970, 1, 1))


def calendar_date(day: Day) -> date:
    """The first calendar date that a date known by month or year only may mean."""
    return date(day.year, day.month or 1, day.day or 1)


def sheet(
    dossier: Dossier, brief: Brief, comparison: Comparison, verification: Verification, words: Words
) -> Mapping[str, object]:
    """Lay out everything the template of a brief is given, the words of its language among it."""
    meetings = chosen_meetings(dossier, brief)
    wording = Wording(dossier, _shared_year(dossier, brief, meetings), words)
    press = Press(dossier, brief, comparison, verification, wording, meetings)
    codes = comparison.countries
    return {
        "words": words.sections,
        "brief": _brief(dossier, brief, wording, verification, codes),
        "countries": tuple(CountryView(c, *_names(wording, c)) for c in codes),
        "page": _page(len(codes)),
        "legend": _legend(comparison, words),
        "bottom_line": tuple(map(press.point, brief.bottom_line)) or _derived_bottom_line(comparison, wording, press),
        "judgements": press.judgements(),
        "recommendations": press.recommendations(),
        "topics": press.topics(),
        "actions": press.actions(),
        "meetings": press.meeting_views(),
        "unsaid": _unsaid(comparison, wording),
        "background": press.context(),
        "sources": Bibliography(dossier, meetings, verification, wording).sources(_used_sources(dossier, meetings)),
        "spellings": _spellings(dossier, meetings, wording),
    }


def _names(wording: Wording, code: str) -> tuple[str, str, str]:
    country = wording.country(code)
    return country.name, country.short, country.seat


def _shared_year(dossier: Dossier, brief: Brief, meetings: Sequence[Meeting]) -> int | None:
    days = [m.when.day for m in meetings] + [c.date for m in meetings for c in m.context]
    years = {d.year for d in (*days, information_date(dossier, brief)) if d}
    return years.pop() if len(years) == 1 else None


def _brief(
    dossier: Dossier, brief: Brief, wording: Wording, verification: Verification, codes: Sequence[str]
) -> BriefView:
    at, words = brief.origin, wording.words

    def printed(name: str) -> str:
        value = str(getattr(brief, name))
        return Printed(value, at.anchor(name, "text")) if value else ""

    day = information_date(dossier, brief)
    information = words.day(day)
    label = brief.handling.removeprefix("TLP:").split("+")[0].lower()
    known = label if label in {"red", "amber", "green"} and brief.handling.startswith("TLP:") else "clear"
    title = printed("title")
    return BriefView(
        title=title,
        short_title=title,
        compared=words.say("page.compared", countries=words.listed(wording.country(c).name for c in codes)),
        addressee=printed("addressee"),
        author=printed("author"),
        cleared_by=printed("cleared_by"),
        version=printed("version"),
        as_of=Printed(information, at.anchor("as_of", "date")) if brief.as_of else information,
        date_line=information,
        handling=printed("handling"),
        handling_style=f"handling-{known}",
        language=brief.language,
        draft=draft_reason(dossier, brief, verification, words),
    )


def draft_reason(dossier: Dossier, brief: Brief, verification: Verification, words: Words) -> str:
    """Say why a brief is stamped, or nothing: unconfirmed records, or quotations nobody has verified."""
    meetings = chosen_meetings(dossier, brief)
    drafts = any(m.draft or any(r.draft for r in m.records) for m in meetings)
    if drafts:
        return words["draft.unconfirmed"]
    verdicts = (verification.of(p, q, m).status for m in meetings for p in m.positions for q in p.quotes)
    return words["draft.unverified"] if any(v in {"unverified", "wrong"} for v in verdicts) else ""


def _page(countries: int) -> PageView:
    tables = -(-countries // WIDEST) or 1
    share = -(-countries // tables)
    landscape = countries > UPRIGHT_COUNTRIES
    groups = tuple(
        Group(first, end, _matrix_widths(end - first, landscape=landscape), round(126 / (end - first), 2))
        for first in range(0, countries, share or 1)
        if (end := min(first + share, countries))
    )
    return PageView(landscape, groups)


def _matrix_widths(countries: int, *, landscape: bool) -> tuple[float, ...]:
    total, topic, alignment = (257, 43, 34) if landscape else (170, 32, 24) if countries > _PAIR else (170, 40, 26)
    return (topic, *[round((total - topic - alignment) / countries, 2)] * countries, alignment)


def _legend(comparison: Comparison, words: Words) -> tuple[LegendItem, ...]:
    """Explain the signs that stand in the comparison."""
    there = {cell.kind for row in comparison.rows for cell in row.cells}
    return tuple(LegendItem(SIGNS[k], words[f"legend.{k}"].replace(" ", NBSP)) for k in SIGNS if k in there)


def _derived_bottom_line(comparison: Comparison, wording: Wording, press: Press) -> tuple[PointView, ...]:
    """Where nobody wrote a bottom line, say what the comparison says; nothing more."""
    words, points = wording.words, []
    for kind in (AlignmentKind.ALIGNED, AlignmentKind.DIVIDED):
        labels = [r.topic.label for r in comparison.rows if r.alignment.kind is kind]
        if labels:
            lead = words.say(f"bottom_line.{kind}", number=words.number(len(labels)))
            points.append(PointView(lead, words.sentence(*labels), ()))
    alone = [r for r in comparison.rows if r.alignment.kind is AlignmentKind.ONE]
    if alone:
        named = ((r.topic.label, wording.country(r.alignment.countries[0]).name) for r in alone)
        told = (words.say("bottom_line.topic", topic=label, country=country) for label, country in named)
        points.append(PointView(words["bottom_line.only_one"], words.sentence(*told), ()))
    actions = press.actions()
    if actions:
        partial = sum(1 for a in actions if a.left_out)
        lead = _counted(words, "bottom_line.action", "bottom_line.actions", len(actions))
        tail = _counted(words, "bottom_line.partial_one", "bottom_line.partial_many", partial) if partial else ""
        points.append(PointView(lead, tail, ()))
    return tuple(points)


def _counted(words: Words, one: str, many: str, count: int) -> str:
    return capital(words.say(one if count == 1 else many, number=words.number(count)))


def _unsaid(comparison: Comparison, wording: Wording) -> tuple[Unsaid, ...]:
    """Say who was silent or is awaited, topic by topic; then, in one line, who only was not there."""
    words = wording.words
    found, absent = [], []
    for row in comparison.rows:
        without = [c for c in row.cells if c.kind in {CellKind.SILENT, CellKind.ABSENT, CellKind.PENDING}]
        if any(c.kind is not CellKind.ABSENT for c in without):
            found.append(Unsaid(_label(row.topic), capital(words.sentence(*wording.others(without)))))
        elif without:
            names = words.listed(wording.country(c.country).name for c in without)
            absent.append(words.say("unsaid.topic", countries=names, topic=row.topic.label))
    if absent:
        found.append(Unsaid(words["unsaid.not_present"], words.sentence(*absent)))
    covered = {row.topic.parent for row in comparison.rows}  # a wider topic is raised through those it groups
    for topic in comparison.unraised:
        if topic.id not in covered:
            found.append(Unsaid(_label(topic), words["unsaid.by_nobody"]))
    return tuple(found)


def _label(topic: Topic) -> str:
    return Printed(topic.label, topic.origin.anchor("label", "text"))


def _used_sources(dossier: Dossier, meetings: Sequence[Meeting]) -> tuple[str, ...]:
    """The sources read or cited, in the order of the newest meeting's first."""
    used: dict[str, None] = {}
    for meeting in reversed(meetings):
        used.update(dict.fromkeys(meeting.accounts))
        cites = [r.cite for r in meeting.records] + [p.cite for p in meeting.participants]
        used.update(dict.fromkeys(c.source for cite in cites for c in cite))
    return tuple(s for s in used if s in dossier.sources)


def _spellings(dossier: Dossier, meetings: Sequence[Meeting], wording: Wording) -> str:
    """Say whose spelling the native names printed in the brief follow."""
    followed: dict[str, list[str]] = {}
    for name in dict.fromkeys(p.person for m in reversed(meetings) for p in m.participants):
        person = dossier.people.get(name)
        if person and person.native and person.native.cite:
            source = dossier.sources[person.native.cite[0].source]
            held = [dossier.institutions[i].name for i in source.issuers if i in dossier.institutions]
            followed.setdefault(wording.words.listed(held) or wording.source_short(source), []).append(name)
    words = wording.words
    return words.semicolons(
        words.say("sources.native_names", names=words.listed(names), source=whose) for whose, names in followed.items()
    )

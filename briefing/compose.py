"""Compose: the facts of one brief and a template become a Document."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.bibliography import Bibliography
from briefing.compare import Comparison
from briefing.diagnostics import BriefingError, Diagnostic, Location, did_you_mean
from briefing.document import Document, Inlines, Note, Properties, Span, Text
from briefing.housestyle import HouseStyle
from briefing.lock import Verification
from briefing.markup import parse
from briefing.model import Brief, Dossier
from briefing.sandbox import TemplateSource, TooMuch, render, wrong
from briefing.sheet import calendar_date, chosen_meetings, information_date, sheet
from briefing.wording import Wording
from briefing.words import Words

__all__ = ["TemplateSource", "compose"]

MANY_MEETINGS = 500  # where a brief has more, it is no template's fault that there is too much to print


def compose(
    dossier: Dossier,
    brief: Brief,
    comparison: Comparison,
    verification: Verification,
    *,
    house: HouseStyle,
    templates: TemplateSource,
    words: Words,
    page: str = "A4",
) -> Document:
    """Render a brief's template and read it as a Document. Raises BriefingError with what the template does wrong."""
    given = sheet(dossier, brief, comparison, verification, words)
    template = f"{brief.template}.html.jinja"
    try:
        rendered = render(template, given, templates)
    except TooMuch as error:
        raise _too_much(error, brief, len(chosen_meetings(dossier, brief)), len(comparison.rows)) from error
    marked = parse(rendered.html, house, rendered.anchors, template, rendered.files)
    place = Location(rendered.files[template])
    if not marked.blocks:
        raise wrong(place, "template-empty", "the template writes nothing")
    bibliography = Bibliography(dossier, chosen_meetings(dossier, brief), verification, Wording(dossier, words=words))
    notes = _notes(bibliography, marked.refs, place)
    running = (marked.header, marked.footer)
    return Document(_properties(dossier, brief), marked.blocks, notes, *running, page, words["page.continued"])


def _too_much(error: TooMuch, brief: Brief, meetings: int, topics: int) -> BriefingError:
    if meetings <= MANY_MEETINGS:
        return wrong(error.place, "template-refused", str(error))
    message = f"a brief of {meetings:,} meetings on {topics:,} topics is too long: {error}"
    mend = "Name fewer `meetings` or `topics` in the brief, or make several briefs of them."
    return BriefingError([Diagnostic(brief.origin.location, "brief-too-long", message, mend)])


def _properties(dossier: Dossier, brief: Brief) -> Properties:
    return Properties(
        title=brief.title,
        language=brief.language,
        created=calendar_date(information_date(dossier, brief)),
        author=brief.author,
        subject=dossier.title,
        keywords=", ".join(dossier.names[c].name for c in brief.countries or dossier.countries),
        handling=brief.handling,
        version=brief.version,
    )


# ------------------------------------------------------------------------------------------------------------- notes


def _notes(bibliography: Bibliography, refs: Iterable[str], place: Location) -> tuple[Note, ...]:
    """Word the notes: the first citation of a source in full, later ones by its short form."""
    named: set[str] = set()
    notes = []
    for number, ref in enumerate(refs, 1):
        source_id, _, locator = ref.partition("#")
        source = bibliography.dossier.sources.get(source_id)
        if source is None:
            known = did_you_mean(source_id, bibliography.dossier.sources)
            raise BriefingError([Diagnostic(place, "template-note", f"a <note> cites {source_id!r}, no source", known)])
        form = bibliography.short_form(source) if source_id in named else bibliography.full_form(source)
        named.add(source_id)
        text = _cited(form, locator, bibliography.wording.words)
        notes.append(Note(number, _in_language(text, form, source.language)))
    return tuple(notes)


def _cited(form: str, locator: str, words: Words) -> str:
    """Name a source with the place in it: its headline, a paragraph, or pages as they were written."""
    if locator == "0":
        return words.say("notes.headline", source=form)
    if locator.isdigit():
        return words.say("notes.paragraph", source=form, number=locator)
    return words.say("notes.pages", source=form, pages=locator) if locator else words.say("notes.whole", source=form)


def _in_language(text: str, form: str, language: str) -> Inlines:
    if language not in {"ko", "ja"}:
        return (Text(text),)
    before, _, after = text.partition(form)
    parts: Inlines = (Text(before), Span((Text(form),), lang=language), Text(after))
    return tuple(part for part in parts if part != Text(""))

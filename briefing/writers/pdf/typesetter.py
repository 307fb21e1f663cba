"""From the inlines of the tree to galleys: words with their setting, element and link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import fsum
from typing import Any, assert_never

from briefing.diagnostics import BriefingError, Diagnostic, Location
from briefing.document import (
    Emphasis,
    Field,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteMark,
    PageCount,
    PageNumber,
    Span,
    Strong,
    Text,
    plain_text,
)
from briefing.fonts import Face, FontBook
from briefing.housestyle import CharacterStyle, HouseStyle, ParagraphStyle
from briefing.scripts import by_language
from briefing.writers.pdf.canvas import Setting, TaggedCanvas, Target
from briefing.writers.pdf.galley import Galley, Place
from briefing.writers.pdf.source import text_string
from briefing.writers.pdf.structure import Element
from briefing.writers.pdf.words import Word

_ADDRESS = re.compile(r"(?i)https?://|mailto:")


class Look:
    """How text looks, the styles around it taken together; one for each way of putting them together."""

    def __init__(
        self,
        family: str,
        size: float,
        bold: bool,
        italic: bool,
        color: str,
        rise: float = 0,
        ground: str = "",
    ) -> None:
        self.family, self.size, self.bold, self.italic = family, size, bold, italic
        self.color, self.rise, self.ground = color, rise, ground
        self._under: dict[str, Look] = {}

    def under(self, style: CharacterStyle) -> Look:
        """Lay a character style over this look."""
        look = self._under.get(style.role)
        if look is None:
            self._under[style.role] = look = Look(
                self.family if style.family is None else style.family,
                self.size if style.size is None else style.size,
                self.bold if style.bold is None else style.bold,
                self.italic if style.italic is None else style.italic,
                style.color or self.color,
                style.rise or self.rise,
                style.ground or self.ground,
            )
        return look


# A text in the settings that draw it, and in words.
Runs = list[tuple[Setting, list[Word]]]


class Typesetter:
    """Sets inlines in the styles of the house, with the fonts of one document."""

    def __init__(
        self, house: HouseStyle, fonts: FontBook, canvas: TaggedCanvas, language: str, notes: Mapping[int, Inlines]
    ) -> None:
        self.house = house
        self._fonts = fonts
        self._canvas = canvas
        self._language = language
        self._notes = notes
        self._marked: set[int] = set()
        self._looks: dict[str, Look] = {}
        self._settings: dict[tuple[Any, ...], Setting] = {}
        self._parts: dict[tuple[Look, str, str], list[tuple[str, Runs]]] = {}
        self.page = (0, 0)
        self.destinations: set[str] = set()

    def set(self, content: Inlines, style: ParagraphStyle, element: Element) -> Galley:
        """Set the content of a paragraph."""
        galley = Galley()
        self._inlines(content, self._look(style), Place(element, self._language), galley)
        galley.close()
        return galley

    def set_label(self, label: str, style: ParagraphStyle, element: Element, target: Target | None = None) -> Galley:
        """Set the label of a list item or, where it leads back to its mark, of a note."""
        look = self._look(style)
        if target:
            look = look.under(self.house.characters["note-number"])
        galley = Galley()
        self._text(label, look, Place(target.element if target else element, self._language, target), galley)
        galley.close()
        return galley

    def _look(self, style: ParagraphStyle) -> Look:
        look = self._looks.get(style.role)
        if look is None:
            look = Look(style.family, style.size, style.bold, style.italic, style.color)
            self._looks[style.role] = look
        return look

    # ------------------------------------------------------------------------------------------------- inlines

    def _inlines(self, content: Inlines, look: Look, place: Place, galley: Galley) -> None:
        before: Inline | None = None
        for inline in content:
            if isinstance(inline, NoteMark) and isinstance(before, NoteMark):
                self._text(",\xa0", look.under(self.house.characters["note-mark"]), place, galley)
            self._inline(inline, look, place, galley)
            before = inline

    def _inline(self, inline: Inline, look: Look, place: Place, galley: Galley) -> None:
        match inline:
            case Text():
                self._text(inline.text.replace("\n", " "), look, place, galley)
            case Field():
                self._inlines(inline.content, look, place, galley)
            case NoteMark():
                self._mark(inline.note, look, place, galley)
            case Strong():
                self._inlines(inline.content, look.under(self.house.characters["strong"]), place, galley)
            case Span():
                self._span(inline, look, place, galley)
            case LineBreak():
                self._text("\n", look, place, galley)
                galley.begin_line()
            case Emphasis():
                self._inlines(inline.content, look.under(self.house.characters["emphasis"]), place, galley)
            case Link():
                self._link(inline, look, place, galley)
            case PageNumber():
                self._text(str(self.page[0]), look, place._replace(role="PageNumber"), galley)
            case PageCount():
                self._text(str(self.page[1]), look, place._replace(role="PageCount"), galley)
            case _:
                assert_never(inline)

    def _mark(self, note: int, look: Look, place: Place, galley: Galley) -> None:
        if note not in self._notes:
            message = f"note {note} is cited, but the document has no such note"
            raise BriefingError([Diagnostic(Location(""), "note-missing", message)])
        element = Element("Link", Element("Reference", place.element, inline=True), inline=True)
        target = Target(element, _told(self._notes[note]), destination=f"note:{note}")
        anchor = "" if note in self._marked else f"mark:{note}"
        self._marked.add(note)
        galley.cite(note)
        look = look.under(self.house.characters["note-mark"])
        self._text(str(note), look, Place(element, place.lang, target, anchor), galley)

    def _span(self, span: Span, look: Look, place: Place, galley: Galley) -> None:
        if span.lang and span.lang != place.lang:
            place = place._replace(element=_spoken_in(span.lang, place.element), lang=span.lang)
        if not span.style:
            self._inlines(span.content, look, place, galley)
            return
        style = self.house.characters[span.style]
        first = len(galley.words)
        self._inlines(span.content, look.under(style), place, galley)
        if len(galley.words) == first:
            return
        if style.pad:
            ((_, setting, _, _),) = galley.stretches(first, first + 1)
            width = setting.words["\xa0"].width
            galley.insert_gap(first, width)
            galley.add_gap(width)
        if style.advance and (left := style.advance - fsum([word.width for word in galley.words[first:]])) > 0:
            galley.add_gap(left)

    def _link(self, link: Link, look: Look, place: Place, galley: Galley) -> None:
        element = Element("Link", place.element, inline=True)
        target = Target(element, _told(link.content), *self._led_to(link.target))
        look = look.under(self.house.characters["link"])
        self._inlines(link.content, look, place._replace(element=element, target=target), galley)

    def _led_to(self, target: str) -> tuple[str, str]:
        """Where a link leads: a web address, or a destination of this document."""
        if target.startswith("#"):
            self.destinations.add(target[1:])
            return "", target[1:]
        if not _ADDRESS.match(target):
            message = f"a link leads to {target}; links may lead to http, https and mailto addresses only"
            raise BriefingError([Diagnostic(Location(""), "link-target", message)])
        return target, ""

    # ---------------------------------------------------------------------------------------------------- text

    def _text(self, text: str, look: Look, place: Place, galley: Galley) -> None:
        key = (look, place.lang, text)
        parts = self._parts.get(key)
        if parts is None:
            self._parts[key] = parts = [(told, self._runs(part, look)) for part, told in by_language(text, place.lang)]
        begin = len(galley.words)
        for told, runs in parts:
            here = place._replace(element=_spoken_in(told, place.element)) if told else place
            for setting, words in runs:
                galley.add(words, here, setting)
        if galley.has_gaps and text.startswith(" "):
            galley.share_blank(begin)

    def _runs(self, text: str, look: Look) -> Runs:
        runs = []
        for face, shrink, part in self._fonts.runs(text, look.family, look.bold, look.italic):
            setting = self._setting(face, look.size - shrink, look.color, look.rise, look.ground)
            runs.append((setting, setting.words.cut(part)))
        return runs

    def _setting(self, face: Face, *how: Any) -> Setting:
        key = (face, *how)
        if key not in self._settings:
            self._settings[key] = Setting(self._canvas.font(face), *how)
        return self._settings[key]


def _spoken_in(language: str, parent: Element) -> Element:
    return Element("Span", parent, f"/Lang{text_string(language)}", inline=True)


def _told(content: Inlines) -> str:
    """What is told of a link: text without lines to break, so that its blanks are plain ones."""
    return plain_text(content).replace("\xa0", " ").replace("\n", " ")

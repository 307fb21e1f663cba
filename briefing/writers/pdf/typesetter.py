"""From the inlines of the tree to pieces: words with their setting, element, link and width.

Text goes in as it is, word by word; nothing ever reads it as markup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import fsum
from typing import NamedTuple, assert_never

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
from briefing.fonts import BLANKS, Face, FontBook
from briefing.housestyle import CharacterStyle, HouseStyle, ParagraphStyle
from briefing.scripts import by_language
from briefing.writers.pdf.canvas import Setting, TaggedCanvas, Target
from briefing.writers.pdf.structure import Element

# Japanese breaks between its characters, but not before the first set nor after the second; Korean breaks at blanks.
_IDEOGRAPHS = "\u2e80-\u303f\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_NEVER_FIRST = "、。，．・：；？！゛゜ヽヾゝゞ々ー”）〕］｝〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
_NEVER_LAST = "（〔［｛〈《「『【“"
_WORDS = re.compile(
    rf"\n|[{_NEVER_LAST}]*[{_IDEOGRAPHS}][{_NEVER_FIRST}]*[{BLANKS}]*"
    rf"|[^{BLANKS}\n{_IDEOGRAPHS}]+?(?:(?<=\w)[-–—/\u200b](?=[^\W\d])|(?=[{BLANKS}\n{_IDEOGRAPHS}]|$))[{BLANKS}]*"
    rf"|[{BLANKS}]+"
)
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_BREAK_AFTER = f"{BLANKS}\n-–—/\u200b"
_ADDRESS = re.compile(r"(?i)https?://|mailto:")


class Look(NamedTuple):
    """How text looks, the styles around it taken together."""

    family: str
    size: float
    bold: bool
    italic: bool
    color: str
    rise: float = 0
    ground: str = ""

    def under(self, style: CharacterStyle) -> Look:
        """Lay a character style over this look."""
        return Look(
            self.family if style.family is None else style.family,
            self.size if style.size is None else style.size,
            self.bold if style.bold is None else style.bold,
            self.italic if style.italic is None else style.italic,
            style.color or self.color,
            style.rise or self.rise,
            style.ground or self.ground,
        )


class Place(NamedTuple):
    """Where text stands: under which look, in which element and language; in a link; as the mark of a note, with the
    name of this place as its `anchor` where it is the first; as a page number or the number of pages (`role`)."""

    look: Look
    element: Element
    lang: str
    target: Target | None = None
    mark: int = 0
    anchor: str = ""
    role: str = ""


class Segment:
    """What is the same for a run of words: where they stand and how they look. A `plain` one has no link, ground, role
    or gap: a line of it is shown by one operator."""

    __slots__ = ("place", "plain", "setting")

    def __init__(self, place: Place, setting: Setting) -> None:
        self.place = place
        self.setting = setting
        self.plain = not (place.target or place.look.ground or place.role)


# Segment, word with the blanks after it (empty: a gap), width of each, whether a line may begin here.
Piece = tuple[Segment, str, float, float, bool]


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
        self._settings: dict[tuple[Look, Face, float], Setting] = {}
        self.page = (0, 0)
        self.destinations: set[str] = set()

    def set(self, content: Inlines, style: ParagraphStyle, element: Element) -> list[Piece]:
        """Set the content of a paragraph."""
        pieces: list[Piece] = []
        self._inlines(content, Place(_look(style), element, self._language), pieces)
        return pieces

    def set_label(
        self, label: str, style: ParagraphStyle, element: Element, target: Target | None = None
    ) -> list[Piece]:
        """Set the label of a list item or, where it leads back to its mark, of a note."""
        look = _look(style)
        if target:
            look = look.under(self.house.characters["note-number"])
        pieces: list[Piece] = []
        self._text(label, Place(look, target.element if target else element, self._language, target), pieces)
        return pieces

    def _inlines(self, content: Inlines, place: Place, pieces: list[Piece]) -> None:
        before: Inline | None = None
        for inline in content:
            if isinstance(inline, NoteMark) and isinstance(before, NoteMark):
                self._text(",\xa0", place._replace(look=place.look.under(self.house.characters["note-mark"])), pieces)
            self._inline(inline, place, pieces)
            before = inline

    def _inline(self, inline: Inline, place: Place, pieces: list[Piece]) -> None:
        characters = self.house.characters
        match inline:
            case Text(text):
                self._text(text.replace("\n", " "), place, pieces)
            case LineBreak():
                self._text("\n", place, pieces)
            case PageNumber():
                self._text(str(self.page[0]), place._replace(role="PageNumber"), pieces)
            case PageCount():
                self._text(str(self.page[1]), place._replace(role="PageCount"), pieces)
            case NoteMark(note):
                self._mark(note, place, pieces)
            case Strong(content):
                self._inlines(content, place._replace(look=place.look.under(characters["strong"])), pieces)
            case Emphasis(content):
                self._inlines(content, place._replace(look=place.look.under(characters["emphasis"])), pieces)
            case Span():
                self._span(inline, place, pieces)
            case Link():
                self._link(inline, place, pieces)
            case Field(content):
                self._inlines(content, place, pieces)
            case _:
                assert_never(inline)

    def _mark(self, note: int, place: Place, pieces: list[Piece]) -> None:
        if note not in self._notes:
            message = f"note {note} is cited, but the document has no such note"
            raise BriefingError([Diagnostic(Location(""), "note-missing", message)])
        element = Element("Link", Element("Reference", place.element, inline=True), inline=True)
        target = Target(element, plain_text(self._notes[note]), destination=f"note:{note}")
        anchor = "" if note in self._marked else f"mark:{note}"
        self._marked.add(note)
        look, start = place.look.under(self.house.characters["note-mark"]), len(pieces)
        self._text(str(note), Place(look, element, place.lang, target, note, anchor), pieces)
        pieces[start] = (*pieces[start][:4], False)  # whatever it stands after, no line begins with it

    def _span(self, span: Span, place: Place, pieces: list[Piece]) -> None:
        style = self.house.characters[span.style] if span.style else None
        look = place.look.under(style) if style else place.look
        if span.lang and span.lang != place.lang:
            place = place._replace(element=Element("Span", place.element, inline=True, lang=span.lang), lang=span.lang)
        if style is None or not (style.pad or style.advance):
            self._inlines(span.content, place._replace(look=look), pieces)
            return
        start = len(pieces)
        self._inlines(span.content, place._replace(look=look), pieces)
        if style.pad and len(pieces) > start:
            _pad(pieces, start)
        if (width := style.advance - sum_widths(pieces[start:])) > 0 and len(pieces) > start:
            _gap(pieces, len(pieces), width)

    def _link(self, link: Link, place: Place, pieces: list[Piece]) -> None:
        element = Element("Link", place.element, inline=True)
        target = Target(element, plain_text(link.content), *self._led_to(link.target))
        look = place.look.under(self.house.characters["link"])
        self._inlines(link.content, place._replace(look=look, element=element, target=target), pieces)

    def _led_to(self, target: str) -> tuple[str, str]:
        """Where a link leads: a web address, or a destination of this document."""
        if target.startswith("#"):
            self.destinations.add(target[1:])
            return "", target[1:]
        if not _ADDRESS.match(target):
            message = f"a link leads to {target}; links may lead to http, https and mailto addresses only"
            raise BriefingError([Diagnostic(Location(""), "link-target", message)])
        return target, ""

    def _text(self, text: str, place: Place, pieces: list[Piece]) -> None:
        for part, told in by_language(text, place.lang):
            if told:
                element = Element("Span", place.element, inline=True, lang=told)
                self._words(part, place._replace(element=element), pieces)
            else:
                self._words(part, place, pieces)

    def _words(self, text: str, place: Place, pieces: list[Piece]) -> None:
        look, start = place.look, len(pieces)
        free = not pieces or _may_break_after(pieces[-1][1])  # whether a line may begin here
        for face, shrink, part in self._fonts.runs(text, look.family, look.bold, look.italic):
            key = (look, face, shrink)
            setting = self._settings.get(key)
            if setting is None:
                setting = Setting(self._canvas.font(face), look.size - shrink, look.color, look.rise)
                self._settings[key] = setting
            segment = Segment(place, setting)
            measures = setting.measures
            for word in _WORDS.findall(part):
                width, blank = measures[word]
                pieces.append((segment, word, width, blank, free))
                free = word[-1] in _BREAK_AFTER or _may_break_after(word)
        if text.startswith(" ") and start and not pieces[start - 1][1]:
            _share(pieces, start)


def sum_widths(pieces: Sequence[Piece]) -> float:
    """Say how much of a line pieces take, blanks and all."""
    return fsum([piece[2] + piece[3] for piece in pieces])


@lru_cache(maxsize=256)
def _look(style: ParagraphStyle) -> Look:
    return Look(style.family, style.size, style.bold, style.italic, style.color)


def _may_break_after(word: str) -> bool:
    return bool(word) and (word[-1] in _BREAK_AFTER or _IDEOGRAPH.match(word[-1]) is not None)


def _pad(pieces: list[Piece], start: int) -> None:
    """Give the ground of a mark a no-break space's worth at either end."""
    width = pieces[start][0].setting.width("\xa0")
    _gap(pieces, start, width)
    _gap(pieces, len(pieces), width)


def _gap(pieces: list[Piece], at: int, width: float) -> None:
    """Put a gap before the piece `at`, or after the last; no line breaks between a gap and what it belongs to."""
    segment, _, _, _, free = pieces[min(at, len(pieces) - 1)]
    segment.plain = False
    if at < len(pieces):
        pieces[at] = (*pieces[at][:4], False)
    pieces.insert(at, (segment, "", width, 0.0, free and at < len(pieces) - 1))


def _share(pieces: list[Piece], start: int) -> None:
    """Let the gap that an advance left take in the blank that follows it."""
    segment, word, width, blank, free = pieces[start - 1]
    if not segment.place.look.ground:
        pieces[start - 1] = (segment, word, max(0.0, width - pieces[start][3]), blank, free)

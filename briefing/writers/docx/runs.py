"""The inlines of a paragraph as Word's runs, hyperlinks, fields and bookmarks."""

from __future__ import annotations

import re
from collections.abc import Callable

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
)
from briefing.scripts import by_language
from briefing.writers.docx.elements import Element, add, add_field, add_run, add_text
from briefing.writers.docx.looks import Look, RunProperties
from briefing.writers.docx.register import Register, note_bookmark, target_bookmark

NO_BREAK_SPACE = "\u00a0"

_ADDRESS = re.compile(r"(?:https?://[^\s/?#<>\"{}|\\^`]+|mailto:[^\s@<>\"{}|\\^`]+@)[^\s<>\"{}|\\^`]*", re.IGNORECASE)


class RunWriter:
    """Writes the inlines of one part (body, notes, header or footer); `relate` makes a relationship to an address."""

    def __init__(self, properties: RunProperties, register: Register, relate: Callable[[str], str]) -> None:
        self._properties = properties
        self._register = register
        self._relate = relate
        self._paragraph_id = ""

    def write(self, paragraph: Element, role: str, content: Inlines) -> None:
        """Write the content of a paragraph of this style, and give the paragraph its id."""
        self._paragraph_id = ""
        self._write(paragraph, content, Look(role))
        self._register.identify(paragraph, self._paragraph_id)

    def _write(self, parent: Element, content: Inlines, look: Look) -> None:
        for inline in content:
            match inline:
                case Text(text):
                    self._text(parent, text, look)
                case Strong(inner):
                    self._write(parent, inner, look.within("strong"))
                case Emphasis(inner):
                    self._write(parent, inner, look.within("emphasis"))
                case Span(inner, style, language):
                    self._write(parent, self._fitted(inner, style, look), look.within(style).speaking(language))
                case Field(inner, _):
                    self._field(parent, inline, look)
                case Link(inner, target):
                    self._write(self._hyperlink(parent, target), inner, look.within("link"))
                case NoteMark(note):
                    self._mark(parent, note, look)
                case LineBreak():
                    add(add_run(parent, None), "br")
                case PageNumber():
                    add_field(parent, "PAGE", "1", self._properties.of(look))
                case PageCount():
                    add_field(parent, "NUMPAGES", "1", self._properties.of(look))

    # ---------------------------------------------------------------------------------------------------------- text

    def _text(self, parent: Element, text: str, look: Look) -> None:
        for piece, language in by_language(text, look.language):
            add_text(add_run(parent, self._properties.of(look.speaking(language))), piece)

    def _fitted(self, content: Inlines, style: str, look: Look) -> Inlines:
        """A sign ends in a tab where its paragraph has a stop for it; a mark's ground reaches beyond its text."""
        if not style:
            return content
        character = self._properties.house.characters[style]
        if character.pad:
            return _joined(Text(NO_BREAK_SPACE), *content, Text(NO_BREAK_SPACE))
        if character.advance and self._properties.house.paragraphs[look.paragraph].step:
            last = content[-1] if content else None
            if isinstance(last, Text) and last.text.endswith(" "):
                return (*content[:-1], Text(last.text.rstrip() + "\t"))
        return content

    # --------------------------------------------------------------------------------------------- fields, links, notes

    def _field(self, parent: Element, field: Field, look: Look) -> None:
        number, paragraph_id = self._register.begin_field(parent, field.anchor)
        self._paragraph_id = self._paragraph_id or paragraph_id
        self._write(parent, field.content, look)
        add(parent, "bookmarkEnd", id=number)

    def _hyperlink(self, parent: Element, target: str) -> Element:
        if target.startswith("#"):
            return add(parent, "hyperlink", anchor=target_bookmark(target[1:]), history="1")
        if not _ADDRESS.fullmatch(target):
            message = f"a link leads to {target[:80]}; links may lead to http, https and mailto addresses only"
            raise BriefingError([Diagnostic(Location(""), "link-target", message)])
        return add(parent, "hyperlink", **{"r:id": self._relate(target), "history": "1"})

    def _mark(self, parent: Element, note: int, look: Look) -> None:
        """The first mark is Word's footnote reference, which counts by itself; later ones refer to it."""
        properties = self._properties.of(look.within("note-mark"))
        if self._register.cite(note):
            number = self._register.begin_bookmark(parent, note_bookmark(note))
            add(add_run(parent, properties), "footnoteReference", id=str(note))
            add(parent, "bookmarkEnd", id=number)
        else:
            add_field(parent, rf"NOTEREF {note_bookmark(note)} \f \h", str(note), properties)


def _joined(*content: Inline) -> Inlines:
    """Make one text of neighbours that are texts."""
    joined: list[Inline] = []
    for inline in content:
        last = joined[-1] if joined else None
        if isinstance(inline, Text) and isinstance(last, Text):
            joined[-1] = Text(last.text + inline.text)
        else:
            joined.append(inline)
    return tuple(joined)

"""The inlines of a paragraph as Word's runs, hyperlinks, fields and bookmarks."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from briefing.anchor import bookmark_name, paragraph_id
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
from briefing.writers.docx.elements import bookmark, characters, element, field, plain_characters, run
from briefing.writers.docx.flow import WordParagraph
from briefing.writers.docx.heights import letters_in
from briefing.writers.docx.looks import Look, RunProperties, style_id
from briefing.writers.docx.register import Register, note_bookmark, target_bookmark

NO_BREAK_SPACE = "\u00a0"

_ADDRESS = re.compile(r"(?:https?://[^\s/?#<>\"{}|\\^`]+|mailto:[^\s@<>\"{}|\\^`]+@)[^\s<>\"{}|\\^`]*", re.IGNORECASE)


class RunWriter:
    """Writes the paragraphs of one part (body, notes, header, footer); `relate` makes a relationship to an address."""

    def __init__(self, properties: RunProperties, register: Register, relate: Callable[[str], str]) -> None:
        self._house = properties.house
        self._properties = properties
        self._register = register
        self._relate = relate
        self._roles: dict[str, tuple[str, Look]] = {}
        self._first_field = ""
        self._letters = [0]

    def paragraph(self, role: str, content: Inlines, identifier: str = "", lead: str = "") -> WordParagraph:
        """Write a paragraph of this style, `lead` before its content; links lead to it by its identifier."""
        if role not in self._roles:
            self._roles[role] = style_id(self._house.paragraphs[role].word), Look(self._properties, role)
        style, look = self._roles[role]
        self._first_field, self._letters = "", [0]
        number = self._register.bookmark() if identifier else 0
        runs = lead + self._inlines(content, look)
        if identifier:
            runs = bookmark(number, target_bookmark(identifier), runs)
        identity = self._register.identify(paragraph_id(self._first_field) if self._first_field else "")
        return WordParagraph(role, style, runs, identity, self._letters)

    def _inlines(self, content: Inlines, look: Look) -> str:
        if len(content) == 1:
            return self._inline(content[0], look)
        return "".join([self._inline(inline, look) for inline in content])

    def _inline(self, inline: Inline, look: Look) -> str:
        match inline:
            case Text():
                runs, letters = _text(inline.text, look)
                self._letters[-1] += letters
                return runs
            case Field():
                return self._field(inline, look)
            case NoteMark():
                return self._mark(inline.note, look)
            case Strong():
                return self._inlines(inline.content, look.within("strong"))
            case Span():
                return self._span(inline, look)
            case Emphasis():
                return self._inlines(inline.content, look.within("emphasis"))
            case Link():
                leading_to = self._leading_to(inline.target)
                return element("hyperlink", self._inlines(inline.content, look.within("link")), **leading_to)
            case LineBreak():
                self._letters.append(0)
                return run("", element("br"))
            case PageNumber():
                return field("PAGE", "1", look.properties)
            case PageCount():
                return field("NUMPAGES", "1", look.properties)

    def _span(self, span: Span, look: Look) -> str:
        content = self._fitted(span.content, span.style, look)
        return self._inlines(content, look.within(span.style).speaking(span.lang))

    def _fitted(self, content: Inlines, style: str, look: Look) -> Inlines:
        """A sign ends in a tab where its paragraph has a stop for it; a mark's ground reaches beyond its text."""
        if not style:
            return content
        character = self._house.characters[style]
        if character.pad:
            return _joined(Text(NO_BREAK_SPACE), *content, Text(NO_BREAK_SPACE))
        if character.advance and self._house.paragraphs[look.paragraph].step:
            last = content[-1] if content else None
            if isinstance(last, Text) and last.text.endswith(" "):
                return (*content[:-1], Text(last.text.rstrip() + "\t"))
        return content

    # --------------------------------------------------------------------------------------------- fields, links, notes

    def _field(self, field: Field, look: Look) -> str:
        key, number = field.anchor.key, self._register.bookmark()
        name = bookmark_name(key, self._register.occurrence(key))
        self._first_field = self._first_field or name
        return bookmark(number, name, self._inlines(field.content, look))

    def _leading_to(self, target: str) -> dict[str, str]:
        if target.startswith("#"):
            return {"anchor": target_bookmark(target[1:]), "history": "1"}
        if not _ADDRESS.fullmatch(target):
            message = f"a link leads to {target[:80]}; links may lead to http, https and mailto addresses only"
            raise BriefingError([Diagnostic(Location(""), "link-target", message)])
        return {"r:id": self._relate(target), "history": "1"}

    def _mark(self, note: int, look: Look) -> str:
        """The first mark is Word's footnote reference, which counts by itself; later ones refer to it."""
        properties, name = look.within("note-mark").properties, note_bookmark(note)
        if self._register.cite(note):
            return bookmark(self._register.bookmark(), name, run(properties, f'<w:footnoteReference w:id="{note}"/>'))
        return field(rf"NOTEREF {name} \f \h", str(note), properties)


@lru_cache(maxsize=1024)  # quotation marks, names and dates stand everywhere
def _text(text: str, look: Look) -> tuple[str, int]:
    """The runs of a text, and how many letters it has."""
    if plain := plain_characters(text):
        return run(look.properties, plain), len(text)
    pieces = by_language(text, look.language)
    runs = [run(look.speaking(language).properties, characters(piece)) for piece, language in pieces]
    return "".join(runs), letters_in(text)


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

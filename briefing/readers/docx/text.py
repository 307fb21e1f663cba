"""Reads the inlines of a paragraph: runs, links, notes and fields, whose instructions are dropped and results kept."""

from __future__ import annotations

from msgspec import Struct

from briefing.document import Inline, Inlines, LineBreak, Link, NoteMark, PageCount, PageNumber, Span, Text, plain_text
from briefing.readers.docx.package import NAMES, Element
from briefing.readers.docx.styles import Styles

_HOLDERS = frozenset(NAMES[name] for name in ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo"))
_WRAPPED = {NAMES["sdt"]: NAMES["sdtContent"], NAMES["mc:AlternateContent"]: NAMES["mc:Choice"]}
_CHARACTERS = {NAMES["tab"]: " ", NAMES["noBreakHyphen"]: "\u2011", NAMES["softHyphen"]: "\u00ad"}
_BREAKS = frozenset((NAMES["br"], NAMES["cr"]))
_NO_BREAK_SPACE = "\u00a0"


class _OpenField(Struct):
    """A field being read: what stood before it, its instruction so far, and whether its result has begun."""

    before: list[Inline]
    instruction: str = ""
    in_result: bool = False


class TextReader:
    """Reads paragraphs of one part; `links` are its addresses by relationship.

    `cited` numbers the notes by id as Word does, in the order of their marks."""

    def __init__(self, styles: Styles, links: dict[str, str]) -> None:
        self.cited: dict[str, int] = {}
        self._styles = styles
        self._links = links
        self._inlines: list[Inline] = []
        self._fields: list[_OpenField] = []

    def read(self, paragraph: Element) -> Inlines:
        """Read what a paragraph says."""
        self._inlines, self._fields = [], []
        self._walk(paragraph)
        self._end_fields(0)
        return tuple(self._inlines)

    def _walk(self, parent: Element) -> None:
        for element in parent:
            tag = element.tag
            if tag == NAMES["r"]:
                self._run(element)
            elif tag == NAMES["hyperlink"]:
                self._link(element)
            elif tag in _HOLDERS:
                self._walk(element)
            elif tag in _WRAPPED:
                for content in element.findall(_WRAPPED[tag])[:1]:
                    self._walk(content)
            elif tag == NAMES["fldSimple"]:
                self._begin_field(element.get(NAMES["instr"], ""), in_result=True)
                self._walk(element)
                self._end_fields(len(self._fields) - 1)

    def _link(self, element: Element) -> None:
        before, self._inlines = self._inlines, []
        depth = len(self._fields)
        self._walk(element)
        self._end_fields(depth)
        content, self._inlines = tuple(self._inlines), before
        anchor = element.get(NAMES["anchor"])
        target = f"#{anchor}" if anchor else self._links.get(element.get(NAMES["r:id"], ""), "")
        if content:
            self._inlines.append(Link(content, target))

    # ---------------------------------------------------------------------------------------------------------- runs

    def _run(self, run: Element) -> None:
        properties = run.find(NAMES["rPr"])
        if properties is not None and properties.find(NAMES["vanish"]) is not None:
            return
        for element in run:
            if self._fields and not self._fields[-1].in_result:
                self._instruct(element)
            else:
                self._show(element, properties)

    def _show(self, element: Element, properties: Element | None) -> None:
        """Read a piece of a run that is seen."""
        tag = element.tag
        if tag == NAMES["t"]:
            self._text(element.text or "", properties)
        elif tag in _CHARACTERS:
            self._text(_CHARACTERS[tag], properties)
        elif tag in _BREAKS and element.get(NAMES["type"]) in {None, "textWrapping"}:
            self._inlines.append(LineBreak())
        elif tag == NAMES["footnoteReference"]:
            note = element.get(NAMES["id"], "")
            self._inlines.append(NoteMark(self.cited.setdefault(note, len(self.cited) + 1)))
        elif tag == NAMES["fldChar"]:
            self._field_character(element)

    def _text(self, text: str, properties: Element | None) -> None:
        if _NO_BREAK_SPACE in (text[:1], text[-1:]) and self._styles.has_ground(properties):
            text = text.strip(_NO_BREAK_SPACE)  # room at the ends of a mark: how it looks, not what it says
        language = self._styles.language(properties, text)
        last = self._inlines[-1] if self._inlines else None
        match last:
            case Text(before) if not language:
                self._inlines[-1] = Text(before + text)
            case Span((Text(before),), "", its) if language and its == language:
                self._inlines[-1] = Span((Text(before + text),), lang=language)
            case _:
                self._inlines.append(Span((Text(text),), lang=language) if language else Text(text))

    # -------------------------------------------------------------------------------------------------------- fields

    def _field_character(self, element: Element) -> None:
        kind = element.get(NAMES["fldCharType"])
        if kind == "begin":
            self._begin_field("", in_result=False)
        elif kind == "end":
            self._end_fields(len(self._fields) - 1)

    def _instruct(self, element: Element) -> None:
        """Read a piece of a run that stands in a field's instruction."""
        if element.tag == NAMES["instrText"]:
            self._fields[-1].instruction += element.text or ""
        elif element.tag == NAMES["fldChar"] and element.get(NAMES["fldCharType"]) == "separate":
            self._fields[-1].in_result = True
        elif element.tag == NAMES["fldChar"]:
            self._field_character(element)

    def _begin_field(self, instruction: str, *, in_result: bool) -> None:
        self._fields.append(_OpenField(self._inlines, instruction, in_result))
        self._inlines = []

    def _end_fields(self, depth: int) -> None:
        """Close the fields opened deeper than this; a field that never ends in the paragraph ends with it."""
        while len(self._fields) > max(depth, 0):
            field = self._fields.pop()
            result, self._inlines = self._inlines, field.before
            self._inlines.extend(_meant(field.instruction, result))


def _meant(instruction: str, result: list[Inline]) -> list[Inline]:
    """What a field is in the tree: page number, page count, mark of a note cited before, or the result it shows."""
    verb = (instruction.split() or [""])[0].upper()
    if verb == "PAGE":
        return [PageNumber()]
    if verb == "NUMPAGES":
        return [PageCount()]
    shown = plain_text(tuple(result))
    if verb == "NOTEREF" and shown.isascii() and shown.isdigit():
        return [NoteMark(int(shown))]
    return result

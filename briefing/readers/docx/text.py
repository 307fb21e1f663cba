"""Reads the inlines of a paragraph: runs, links, notes and fields, whose instructions are dropped and results kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import Struct

from briefing.document import Inline, Inlines, LineBreak, Link, NoteMark, PageCount, PageNumber, Span, Text, plain_text
from briefing.readers.docx.package import NAMES, Element
from briefing.readers.docx.styles import RunMeaning, Styles

_RUN_PROPERTIES, _TEXT, _NAME, _ID, _TYPE = NAMES["rPr"], NAMES["t"], NAMES["name"], NAMES["id"], NAMES["type"]
_NO_BREAK_SPACE = "\u00a0"
_PLAIN = RunMeaning()


class _OpenField(Struct):
    """A field being read: what stood before it, its instruction so far, and whether its result has begun."""

    before: list[Inline]
    instruction: str = ""
    in_result: bool = False


class Line(NamedTuple):
    """What a paragraph says, its properties (`w:pPr`), and the bookmarks that begin in it."""

    content: Inlines
    properties: Element | None
    bookmarks: Sequence[str]


class TextReader:
    """Reads paragraphs of one part; `links` are its addresses by relationship.

    `cited` numbers the notes by id as Word does, in the order of their marks."""

    def __init__(self, styles: Styles, links: dict[str, str]) -> None:
        self.cited: dict[str, int] = {}
        self._styles = styles
        self._links = links
        self._inlines: list[Inline] = []
        self._fields: list[_OpenField] = []
        self._properties: Element | None = None
        self._bookmarks: list[str] = []
        self._in_paragraph: dict[str, Callable[[Element], None]] = {
            NAMES["r"]: self._run,
            NAMES["bookmarkStart"]: self._bookmark,
            NAMES["pPr"]: self._keep_properties,
            NAMES["hyperlink"]: self._link,
            NAMES["fldSimple"]: self._simple_field,
            **{NAMES[name]: self._walk for name in ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo")},
            NAMES["sdt"]: self._first("sdtContent"),
            NAMES["mc:AlternateContent"]: self._first("mc:Choice"),
        }
        self._in_run: dict[str, Callable[[Element, RunMeaning], None]] = {
            NAMES["footnoteReference"]: self._cite,
            NAMES["fldChar"]: self._field_character,
            **{NAMES[name]: self._break for name in ("br", "cr")},
            NAMES["tab"]: self._character(" "),
            NAMES["noBreakHyphen"]: self._character("\u2011"),
            NAMES["softHyphen"]: self._character("\u00ad"),
        }

    def read(self, paragraph: Element) -> Line:
        """Read a paragraph."""
        self._inlines, self._fields, self._properties, self._bookmarks = [], [], None, []
        self._walk(paragraph)
        self._end_fields(0)
        return Line(tuple(self._inlines), self._properties, self._bookmarks)

    def _walk(self, parent: Element) -> None:
        known = self._in_paragraph
        for element in parent:
            if read := known.get(element.tag):
                read(element)

    def _first(self, name: str) -> Callable[[Element], None]:
        """Read what stands in the first element of a name, of those that wrap the same content."""

        def walk(element: Element) -> None:
            for content in element.findall(NAMES[name])[:1]:
                self._walk(content)

        return walk

    def _bookmark(self, element: Element) -> None:
        self._bookmarks.append(element.get(_NAME, ""))

    def _keep_properties(self, element: Element) -> None:
        self._properties = element

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
        meaning = _PLAIN
        for element in run:
            tag = element.tag
            if tag == _RUN_PROPERTIES:
                meaning = self._styles.of_run(element)
                if meaning.hidden:
                    return
            elif self._fields and not self._fields[-1].in_result:
                self._instruct(element)
            elif tag == _TEXT:
                self._say(element.text or "", meaning)
            elif read := self._in_run.get(tag):
                read(element, meaning)

    def _character(self, character: str) -> Callable[[Element, RunMeaning], None]:
        return lambda _, meaning: self._say(character, meaning)

    def _say(self, text: str, meaning: RunMeaning) -> None:
        if meaning.ground:
            text = text.strip(_NO_BREAK_SPACE)  # room at the ends of a mark: how it looks, not what it says
        language = meaning.language(text)
        last = self._inlines[-1] if self._inlines else None
        if not language:
            if isinstance(last, Text):
                self._inlines[-1] = Text(last.text + text)
            else:
                self._inlines.append(Text(text))
        elif isinstance(last, Span) and last.lang == language:
            self._inlines[-1] = Span((Text(plain_text(last.content) + text),), lang=language)
        else:
            self._inlines.append(Span((Text(text),), lang=language))

    def _break(self, element: Element, _: RunMeaning) -> None:
        if element.get(_TYPE) in {None, "textWrapping"}:
            self._inlines.append(LineBreak())

    def _cite(self, element: Element, _: RunMeaning) -> None:
        self._inlines.append(NoteMark(self.cited.setdefault(element.get(_ID, ""), len(self.cited) + 1)))

    # -------------------------------------------------------------------------------------------------------- fields

    def _simple_field(self, element: Element) -> None:
        self._begin_field(element.get(NAMES["instr"], ""), in_result=True)
        self._walk(element)
        self._end_fields(len(self._fields) - 1)

    def _field_character(self, element: Element, _: RunMeaning) -> None:
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
            self._field_character(element, _PLAIN)

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

"""Rendered template text → a tree of elements, strictly: semantic HTML in a closed vocabulary, nothing repaired.

The standard library's HTMLParser forgives whatever is malformed, and differently from version to version. So text that
is not made of well-formed tags, references and comments is refused before it sees it; whether the elements may stand
where they stand is kept by a stack of our own.

Two marks travel inside the text, written by `locate` and `mark`: the place of every start tag in its template, and the
ends of every printed value, in noncharacters that input may not hold."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from itertools import islice

from msgspec import Struct, field

from briefing.anchor import Anchor
from briefing.diagnostics import BriefingError, Diagnostic, Location, did_you_mean

BLANKS = " \t\n\r\f"  # white space of HTML; no-break, en and em spaces are text
VALUE = "#value"  # the element a printed value becomes; no tag can have this name

_ROOT = "#text"
_DEPTH = 64
_MOST_MALFORMED = 50  # told at once: where that many are, a quotation mark or the end of a comment is missing
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": "\u00a0"}
_VALUE_MARK = re.compile("(\ufdd0[0-9]{1,9}\ufdd1|\ufdd2)")
_PLACE = re.compile(r'data-at="([^"<>&]*):([0-9]{1,9})"')
_NO_TEXT = re.compile(
    "[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_REFERENCE = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*);")
_WELL_FORMED = re.compile(
    rf"""
      [^<&]+
    | {_REFERENCE.pattern.replace("#", "[#]")}
    | <!--(?!-?>)(?:(?!--[\s!]*>).)*-->
    | </[a-zA-Z][a-zA-Z0-9-]*[{BLANKS}]*>
    | <[a-zA-Z][a-zA-Z0-9-]*
        (?:[ \t\n\r\f]+[a-zA-Z][a-zA-Z0-9-]*=(?:"(?:[^"<&]|{_REFERENCE.pattern.replace("#", "[#]")})*"))*
        [ \t\n\r\f]*/?>
    """,
    re.VERBOSE | re.DOTALL,
)


# ------------------------------------------------------------------------------------------------------ vocabulary


class _Kind(Struct, frozen=True):
    """What an element may hold, whether text may stand in it directly, and the attributes it may and must carry."""

    holds: frozenset[str] = frozenset()
    text: bool = False
    may: frozenset[str] = frozenset()
    must: frozenset[str] = frozenset()


HEADINGS = ("h1", "h2", "h3", "h4")
_INLINES = frozenset({"strong", "em", "span", "a", "br", "note", "page-number", "page-count", VALUE})
_PROSE = frozenset({"p", "ul", "ol"})
BLOCKS_IN_CELLS = _PROSE | {"blockquote"}
_BLOCKS = BLOCKS_IN_CELLS | {*HEADINGS, "div", "table"}


def _kind(holds: Iterable[str] = (), text: bool = False, may: str = "", must: str = "") -> _Kind:
    return _Kind(frozenset(holds), text, frozenset(f"{may} {must}".split()), frozenset(must.split()))


_VOCABULARY: Mapping[str, _Kind] = {
    _ROOT: _kind(_BLOCKS | {"header", "footer", "section"}),
    "header": _kind(_INLINES, text=True),
    "footer": _kind(_INLINES, text=True),
    **dict.fromkeys(HEADINGS, _kind(_INLINES, text=True, may="id class")),
    "p": _kind(_INLINES, text=True, may="id class"),
    "ul": _kind({"li"}),
    "ol": _kind({"li"}),
    "li": _kind(_INLINES | BLOCKS_IN_CELLS, text=True),
    "blockquote": _kind(_PROSE),
    "div": _kind(_PROSE, must="class"),
    "section": _kind(_BLOCKS, must="class"),
    "table": _kind(frozenset({"colgroup", "thead", "tbody"}), may="class", must="title"),
    "colgroup": _kind({"col"}),
    "col": _kind(must="width"),
    "thead": _kind({"tr"}),
    "tbody": _kind({"tr"}),
    "tr": _kind({"th", "td"}),
    "th": _kind(_INLINES | BLOCKS_IN_CELLS, text=True, may="scope"),
    "td": _kind(_INLINES | BLOCKS_IN_CELLS, text=True, may="class"),
    "strong": _kind(_INLINES, text=True),
    "em": _kind(_INLINES, text=True),
    "span": _kind(_INLINES, text=True, may="class lang"),
    "a": _kind(_INLINES, text=True, must="href"),
    "br": _kind(),
    "note": _kind(must="ref"),
    "page-number": _kind(),
    "page-count": _kind(),
    VALUE: _kind(_INLINES, text=True),
}
NAMES = frozenset(name for name in _VOCABULARY if not name.startswith("#"))
_INSTEAD = {"b": "strong", "i": "em", "sup": "note"}
_VOID = frozenset({"br", "col"})
_RUNNING = frozenset({"header", "footer"})
_NEVER_IN = {"a": frozenset({"a"}), "note": _RUNNING | {"a"}, VALUE: frozenset({VALUE})}
_ONLY_IN = {"page-number": _RUNNING, "page-count": _RUNNING}


class Element(Struct, eq=False):
    """An element as the template wrote it: its attributes, and its children in order, neighbouring texts joined."""

    name: str
    location: Location
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]


# ------------------------------------------------------------------------------------------------------- the marks


def locate(source: str, file: str, line: int = 1) -> str:
    """Write into every start tag of a piece of template the place it stands at: `data-at="FILE:LINE"`, lines from 1.

    Raises ValueError for a file name that cannot stand in an attribute."""
    if set(file) & set("\"<>&'"):
        raise ValueError(f"the name of a template cannot stand in an attribute: {file}")

    pieces = re.split(r"(<[a-zA-Z][a-zA-Z0-9-]*)", source)
    for index, piece in enumerate(pieces):
        if index % 2:
            pieces[index] = f'{piece} data-at="{file}:{line}"'
        line += piece.count("\n")
    return "".join(pieces)


def mark(index: int, html: str) -> str:
    """Wrap the text a value prints, so that `read_elements` knows it as the value of the anchor at `index`."""
    return f"\ufdd0{index}\ufdd1{html}\ufdd2"


# ----------------------------------------------------------------------------------------------------------- reading


def read_elements(html: str, anchors: Sequence[Anchor]) -> tuple[Element, list[Diagnostic]]:
    """Read rendered text: a root whose children are the outermost elements, and all that is wrong with it.

    Elements that may not stand where they stand are left out of the tree. Raises BriefingError for text that is not
    well formed, or more than 64 deep."""
    malformed = list(islice(_malformed(html), _MOST_MALFORMED))
    if malformed:
        raise BriefingError(malformed)
    reader = _Reader(anchors)
    reader.feed(html)
    reader.close()
    return reader.finished(), reader.problems


def _malformed(html: str) -> Iterator[Diagnostic]:
    """Find every `<` and `&` that begins nothing well formed."""
    places = list(_PLACE.finditer(html))
    starts = [place.start() for place in places]
    at = 0
    while at < len(html):
        token = _WELL_FORMED.match(html, at)
        if token is None:
            own = bisect_left(starts, at + len(_piece_at(html, at)))
            location = Location(places[own - 1][1], int(places[own - 1][2])) if own else Location("template")
            shown = re.sub(f" {_PLACE.pattern}", "", _VALUE_MARK.sub("", _piece_at(html, at))).strip()
            mend = 'A tag is written <name attribute="value">, a lone < as &lt; and a lone & as &amp;.'
            yield Diagnostic(location, "markup-syntax", f"this is not well formed: {shown[:60]}", mend)
        at = token.end() if token else at + 1


def _piece_at(html: str, at: int) -> str:
    """What a person sees of a place: up to the next tag or the end of the line."""
    return html[at] + re.split(r"[<\n]", html[at + 1 : at + 200], maxsplit=1)[0]


class _Reader(HTMLParser):
    """The strict stack: opens and closes elements as the text says, notes what may not be."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        super().__init__(convert_charrefs=False)
        self.anchors = anchors
        self.problems: list[Diagnostic] = []
        self.stack = [Element(_ROOT, Location("template"))]  # its place is that of the last start tag read
        self.torn = 0  # values whose end is still to come, though the element they began in has ended

    def set_cdata_mode(self, elem: str, *, escapable: bool = False) -> None:
        """Read what stands in an element such as <script> like everything else: the vocabulary has no such element."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        location, attributes = self._attributes(tag, attrs)
        self.stack[0].location = location
        self._open(Element(tag, location, attributes))
        if tag in _VOID:
            self.stack.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            message = f"<{tag}/> does not end the element in HTML"
            self._note("markup-syntax", message, f"Write <{tag}></{tag}>.", self.stack.pop().location)

    def handle_endtag(self, tag: str) -> None:
        if not self._close(tag):
            self._note("markup-nesting", f"</{tag}> ends nothing: no <{tag}> is open here")

    def handle_data(self, data: str) -> None:
        for part in _VALUE_MARK.split(data):
            if part == "\ufdd2":
                self._end_value()
            elif _VALUE_MARK.fullmatch(part):
                self._begin_value(int(part[1:-1]))
            elif part:
                self._text(part)

    def handle_charref(self, name: str) -> None:
        self.handle_entityref("#" + name)

    def handle_entityref(self, name: str) -> None:
        self._text(self._character(name))

    def finished(self) -> Element:
        """The root, once everything open is known to be closed."""
        for element in self.stack[:0:-1]:
            self._note("markup-nesting", f"{self._called(element)} is never closed", location=element.location)
        return self.stack[0]

    # -- elements

    def _open(self, element: Element) -> None:
        name, parent = element.name, self.stack[-1]
        if len(self.stack) > _DEPTH:
            self._note("markup-depth", f"elements stand more than {_DEPTH} deep in one another", "", element.location)
            raise BriefingError(self.problems)
        if name not in _VOCABULARY:
            mend = f"Write <{_INSTEAD[name]}>." if name in _INSTEAD else did_you_mean(name, NAMES)
            self._note("markup-element", f"unknown element <{name}>", mend, element.location)
        elif parent.name in _VOCABULARY and (outer := self._forbidding(name)):
            message = f"{self._called(element)} cannot stand {outer}"
            self._note("markup-nesting", message, self._place_for(name), element.location)
        else:
            parent.children.append(element)
        self.stack.append(element)

    def _forbidding(self, name: str) -> str:
        """Say in words why an element cannot stand here; empty where it can."""
        parent = self.stack[-1]
        if name not in _VOCABULARY[parent.name].holds:
            return f"in {self._called(parent)}" if len(self.stack) > 1 else "outside a block"
        for outer in self.stack:
            if outer.name in _NEVER_IN.get(name, ()):
                return f"in {self._called(outer)}"
        if name in _ONLY_IN and not any(outer.name in _ONLY_IN[name] for outer in self.stack):
            return "outside the running header and footer"
        return ""

    def _place_for(self, name: str) -> str:
        places = [outer for outer in NAMES if name in _VOCABULARY[outer].holds and name not in _INLINES]
        return f"It stands in: {', '.join(sorted(places))}." if places else ""

    def _close(self, name: str) -> bool:
        """End the innermost open element of this name, noting those inside it that are still open."""
        if all(element.name != name for element in self.stack):
            return False
        while (element := self.stack.pop()).name != name:
            outer = f"the <{name}> around it" if name != VALUE else "the value around it"
            self._note("markup-nesting", f"{self._called(element)} does not end inside {outer}", "", element.location)
            self.torn += element.name == VALUE
        return True

    def _called(self, element: Element) -> str:
        if element.name == VALUE:
            return f"the printed value {element.attributes['key']}"
        return f"<{element.name}>"

    # -- values, text, attributes

    def _begin_value(self, index: int) -> None:
        if index >= len(self.anchors):
            self._note("markup-character", "a mark of a printed value stands here that no value left")
            self.torn += 1
            return
        attributes = {"index": str(index), "key": self.anchors[index].key}
        self._open(Element(VALUE, self.stack[-1].location, attributes))

    def _end_value(self) -> None:
        if self.torn:
            self.torn -= 1
        elif not self._close(VALUE):
            self._note("markup-character", "the end of a printed value stands here without its beginning")

    def _text(self, text: str) -> None:
        parent = self.stack[-1]
        self._check_characters(text, parent.location)
        if parent.name in _VOCABULARY and not _VOCABULARY[parent.name].text:
            if text.strip(BLANKS):
                where = f"directly in {self._called(parent)}" if len(self.stack) > 1 else "between blocks"
                message = f"text cannot stand {where}: {' '.join(text.split())[:60]}"
                self._note("markup-text", message, "Put it in a <p>.")
        elif parent.children and isinstance(parent.children[-1], str):
            parent.children[-1] += text
        else:
            parent.children.append(text)

    def _attributes(self, tag: str, pairs: list[tuple[str, str | None]]) -> tuple[Location, dict[str, str]]:
        """Take the place out of an element's attributes and check the rest. A value printed in one leaves no anchor."""
        place = _PLACE.search(self.get_starttag_text() or "")
        location = Location(place[1], int(place[2])) if place else self.stack[-1].location
        kind = _VOCABULARY.get(tag)
        attributes: dict[str, str] = {}
        for name, written in pairs:
            value = _VALUE_MARK.sub("", written or "").strip(BLANKS)
            self._check_characters(value, location)
            if name == "data-at" and place:
                continue
            if name in attributes:
                self._note("markup-attribute", f"<{tag}> has {name} twice", "", location)
            elif kind and name not in kind.may:
                mend = did_you_mean(name, kind.may)
                self._note("markup-attribute", f"<{tag}> has no attribute {name}", mend, location)
            elif not value:
                self._note("markup-attribute", f"the {name} of <{tag}> is empty", "", location)
            else:
                attributes[name] = value
        for name in sorted(kind.must - {name for name, _ in pairs} if kind else ()):
            self._note("markup-attribute", f"<{tag}> needs {name}", f'Write <{tag} {name}="...">.', location)
        for reference in _REFERENCE.finditer(self.get_starttag_text() or ""):
            self._character(reference[1], location)
        return location, attributes

    def _character(self, name: str, location: Location | None = None) -> str:
        """The character a reference names; empty, and noted, where it may not."""
        if not name.startswith("#"):
            if name not in _NAMED:
                mend = did_you_mean(name, _NAMED) + " Any other character is written as itself."
                self._note("markup-entity", f"unknown entity &{name};", mend, location)
            return _NAMED.get(name, "")
        code = int(name[1:]) if name[1:].isdecimal() else int(f"0{name[1:]}", 16)
        if code > sys.maxunicode or _NO_TEXT.match(chr(code)):
            self._note("markup-entity", f"&{name}; is no character of a text", "", location)
            return ""
        return chr(code)

    def _check_characters(self, text: str, location: Location) -> None:
        for character in sorted(set(_NO_TEXT.findall(text))):
            self._note("markup-character", f"U+{ord(character):04X} cannot stand in a text", "", location)

    def _note(self, rule: str, message: str, mend: str = "", location: Location | None = None) -> None:
        self.problems.append(Diagnostic(location or self.stack[-1].location, rule, message, mend))

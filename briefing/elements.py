"""Rendered template text → a tree of elements, strictly: semantic HTML in a closed vocabulary, nothing repaired.

A parser that forgives is of no use here: one expression says what a well-formed tag, reference and comment is, and text
in which a `<` or `&` is left over is refused whole; whether the elements may stand where they stand is kept by a stack.

Two marks travel inside the text, written by `locate` and `mark`: the place of every start tag in its template, and the
ends of every printed value, in noncharacters that input may not hold."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import cast

from msgspec import Struct, field

from briefing.anchor import Anchor
from briefing.diagnostics import BriefingError, Diagnostic, Location, did_you_mean
from briefing.vocabulary import CONDITIONAL, INLINES, INSTEAD, NAMES, NEVER_IN, ONLY_IN, ROOT, VALUE, VOCABULARY, VOID

BLANKS = " \t\n\r\f"  # white space of HTML; no-break, en and em spaces are text

_DEPTH = 64
_MOST_MALFORMED = 50  # told at once: where that many are, a quotation mark or the end of a comment is missing
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": "\u00a0"}
_VALUE_BEGIN, _VALUE_END = "\ufdd0", "\ufdd2"
_VALUE_MARK = re.compile(f"{_VALUE_BEGIN}[0-9]{{1,9}}\ufdd1|{_VALUE_END}")
_AT = "data-at"  # the attribute in which the place of a start tag travels
_PLACE = re.compile(rf'{_AT}="([^"<>&]*):([0-9]{{1,9}})"')
_NO_TEXT = re.compile(
    "[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufdd0-\\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_NAME = r"[a-zA-Z][a-zA-Z0-9-]*"
_CHARACTER = r"[#][0-9]{1,7}|[#][xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*"
_REFERENCE = re.compile(f"&({_CHARACTER});")
_SIGN = re.compile("[<&]")
_OPENING = re.compile(f"<({_NAME})(?: {_PLACE.pattern})?")
_ATTRIBUTE = re.compile(f'[{BLANKS}]({_NAME})="([^"]*)"')
_TOKEN = re.compile(
    rf"""
    (
        <{_NAME}(?:[{BLANKS}]+{_NAME}="[^"<&]*(?:&(?:{_CHARACTER});[^"<&]*)*")*[{BLANKS}]*/?>
      | </{_NAME}[{BLANKS}]*>
      | <!--(?!-?>)(?:(?!--[\s!]*>|<!--).)*-->
      | &(?:{_CHARACTER});
      | {_VALUE_MARK.pattern}
    )
    """,
    re.VERBOSE | re.DOTALL,
)


class Element(Struct, eq=False, gc=False):
    """An element as the template wrote it: its attributes, and its children in order, neighbouring texts joined.

    A printed value has an anchor; no other element has. The path has the names of all elements it stands in, and its
    own."""

    name: str
    location: Location
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    anchor: Anchor | None = None
    path: str = ""

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
            pieces[index] = f'{piece} {_AT}="{file}:{line}"'
        line += piece.count("\n")
    return "".join(pieces)


def mark(index: int, html: str) -> str:
    """Wrap the text a value prints, so that `read_elements` knows it as the value of the anchor at `index`."""
    return f"{_VALUE_BEGIN}{index}\ufdd1{html}{_VALUE_END}"


# ----------------------------------------------------------------------------------------------------------- reading


def read_elements(
    html: str, anchors: Sequence[Anchor], template: str = "template", files: Mapping[str, str] | None = None
) -> tuple[Element, list[Diagnostic]]:
    """Read rendered text: a root whose children are the outermost elements, and all that is wrong with it.

    What stands before any tag is in `template`; `files` says which file people know each template by. Elements that may
    not stand where they stand are left out of the tree. Raises BriefingError for text that is not well formed, or more
    than 64 deep."""
    pieces = _TOKEN.split(html)
    files = files or {}
    text = "".join(pieces[::2])
    if _SIGN.search(text):
        raise BriefingError(islice(_malformed(html, template, files), _MOST_MALFORMED))
    reader = _Reader(anchors, template, files, suspect=_is_suspect(text))
    return reader.read(pieces), reader.problems


def _is_suspect(text: str) -> bool:
    """Whether a text may hold characters that no text may; what is printable never does, and is told sooner."""
    return not text.replace("\n", "").replace("\u00a0", "").isprintable() and _NO_TEXT.search(text) is not None


def _malformed(html: str, template: str, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Find every `<` and `&` that begins nothing well formed."""
    places = list(_PLACE.finditer(html))
    starts = [place.start() for place in places]
    at = 0
    while begun := _SIGN.search(html, at):
        at = begun.start()
        token = _TOKEN.match(html, at)
        if token is None:
            own = bisect_left(starts, at + len(_piece_at(html, at)))
            location = _location(places[own - 1], files) if own else Location(files.get(template, template))
            shown = re.sub(f" {_PLACE.pattern}", "", _VALUE_MARK.sub("", _piece_at(html, at))).strip()
            mend = 'A tag is written <name attribute="value">, a lone < as &lt; and a lone & as &amp;.'
            yield Diagnostic(location, "markup-syntax", f"this is not well formed: {shown[:60]}", mend)
        at = token.end() if token else at + 1


def _piece_at(html: str, at: int) -> str:
    """What a person sees of a place: up to the next tag or the end of the line."""
    return html[at] + re.split(r"[<\n]", html[at + 1 : at + 200], maxsplit=1)[0]


def _location(place: re.Match[str], files: Mapping[str, str]) -> Location:
    return Location(files.get(place[1], place[1]), int(place[2]))


class _Tag(Struct, frozen=True):
    """A start tag as it was read; those that prose brings along stand nowhere in a template."""

    name: str
    location: Location | None
    attributes: Mapping[str, str]


class _Reader:
    """The strict stack: opens and closes elements as the text says, notes what may not be."""

    def __init__(self, anchors: Sequence[Anchor], template: str, files: Mapping[str, str], *, suspect: bool) -> None:
        self.anchors = anchors
        self.files = files
        self.suspect = suspect  # whether some text holds a character that may not stand in one
        self.problems: list[Diagnostic] = []
        # The root's place is that of the last start tag read.
        self.stack = [Element(ROOT, Location(files.get(template, template)))]
        # A template's loops write the same tags in the same places over and over.
        self.tags: dict[str, _Tag] = {}  # by what is written
        self.sound: set[str] = set()  # paths of elements that may stand where they stand
        self.torn = 0  # values whose end is still to come, though the element they began in has ended

    def read(self, pieces: Sequence[str]) -> Element:
        """Read texts and the tokens between them (tags, references, marks of values, comments); give back the root."""
        for text, token in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
            if text:
                self._text(text)
            sign = token[:1]
            if sign == "<":
                if token[1] == "/":
                    self._end(token)
                elif token[1] != "!":
                    self._start(token)
            elif token == _VALUE_END:
                self._end_value()
            elif sign == _VALUE_BEGIN:
                self._begin_value(int(token[1:-1]))
            elif sign == "&":
                self._text(self._character(token[1:-1]))
        for element in self.stack[:0:-1]:
            self._note("markup-nesting", f"{_called(element)} is never closed", location=element.location)
        return self.stack[0]

    # -- elements

    def _start(self, written: str) -> None:
        tag = self.tags.get(written) or self._tag(written)
        location = self.stack[0].location = tag.location or self.stack[-1].location
        self._open(Element(tag.name, location, tag.attributes))
        if tag.name in VOID:
            self.stack.pop()
        elif written.endswith("/>"):
            message = f"<{tag.name}/> does not end the element in HTML"
            self._note("markup-syntax", message, f"Write <{tag.name}></{tag.name}>.", self.stack.pop().location)

    def _open(self, element: Element) -> None:
        parent = self.stack[-1]
        element.path = f"{parent.path}/{element.name}"
        if element.path in self.sound or self._may_stand(element, parent):
            parent.children.append(element)
            self.sound.add(element.path)
        self.stack.append(element)

    def _may_stand(self, element: Element, parent: Element) -> bool:
        """Tell whether an element may stand where it stands; where not, the problem is noted."""
        if len(self.stack) > _DEPTH:
            self._note("markup-depth", f"elements stand more than {_DEPTH} deep in one another", "", element.location)
            raise BriefingError(self.problems)
        name, around = element.name, VOCABULARY.get(parent.name)
        if name not in VOCABULARY:
            mend = f"Write <{INSTEAD[name]}>." if name in INSTEAD else did_you_mean(name, NAMES)
            self._note("markup-element", f"unknown element <{name}>", mend, element.location)
        elif around and (name not in around.holds or name in CONDITIONAL) and (outer := self._forbidding(name)):
            message = f"{_called(element)} cannot stand {outer}"
            self._note("markup-nesting", message, self._place_for(name), element.location)
        else:
            return True
        return False

    def _forbidding(self, name: str) -> str:
        """Say in words why an element cannot stand here; empty where it can."""
        parent = self.stack[-1]
        if name not in VOCABULARY[parent.name].holds:
            return f"in {_called(parent)}" if len(self.stack) > 1 else "outside a block"
        never = NEVER_IN.get(name, ())
        for outer in self.stack:
            if outer.name in never:
                return f"in {_called(outer)}"
        if name in ONLY_IN and not any(outer.name in ONLY_IN[name] for outer in self.stack):
            return "outside the running header and footer"
        return ""

    def _place_for(self, name: str) -> str:
        places = [outer for outer in NAMES if name in VOCABULARY[outer].holds and name not in INLINES]
        return f"It stands in: {', '.join(sorted(places))}." if places else ""

    def _end(self, written: str) -> None:
        name = written[2:-1]
        if name == self.stack[-1].name:  # as it nearly always is
            self.stack.pop()
        elif not self._close(name := name.rstrip(BLANKS).lower()):
            self._note("markup-nesting", f"</{name}> ends nothing: no <{name}> is open here")

    def _close(self, name: str) -> bool:
        """End the innermost open element of this name, noting those inside it that are still open."""
        if self.stack[-1].name == name:
            self.stack.pop()
            return True
        if all(element.name != name for element in self.stack):
            return False
        while (element := self.stack.pop()).name != name:
            outer = f"the <{name}> around it" if name != VALUE else "the value around it"
            self._note("markup-nesting", f"{_called(element)} does not end inside {outer}", "", element.location)
            self.torn += element.name == VALUE
        return True

    # -- values, text, attributes

    def _begin_value(self, index: int) -> None:
        if index >= len(self.anchors):
            self._note("markup-character", "a mark of a printed value stands here that no value left")
            self.torn += 1
            return
        self._open(Element(VALUE, self.stack[-1].location, anchor=self.anchors[index]))

    def _end_value(self) -> None:
        if self.torn:
            self.torn -= 1
        elif not self._close(VALUE):
            self._note("markup-character", "the end of a printed value stands here without its beginning")

    def _text(self, text: str) -> None:
        parent = self.stack[-1]
        if self.suspect:
            self._check_characters(text, parent.location)
        kind = VOCABULARY.get(parent.name)
        if kind and not kind.text:
            if text.strip(BLANKS):
                where = f"directly in {_called(parent)}" if len(self.stack) > 1 else "between blocks"
                message = f"text cannot stand {where}: {' '.join(text.split())[:60]}"
                self._note("markup-text", message, "Put it in a <p>.")
        elif parent.children and isinstance(parent.children[-1], str):
            parent.children[-1] += text
        else:
            parent.children.append(text)

    def _tag(self, written: str) -> _Tag:
        """Take a start tag apart, its place from its other attributes."""
        name, file, line = cast(re.Match[str], _OPENING.match(written)).groups()
        location = Location(self.files.get(file, file), int(line)) if file else None
        told = len(self.problems)
        attributes = self._attributes(name.lower(), _ATTRIBUTE.findall(written), location or self.stack[-1].location)
        tag = _Tag(name.lower(), location, attributes)
        if len(self.problems) == told:  # what is wrong with it is told wherever it stands
            self.tags[written] = tag
        return tag

    def _attributes(self, tag: str, pairs: Sequence[tuple[str, str]], location: Location) -> Mapping[str, str]:
        kind = VOCABULARY.get(tag)
        attributes: dict[str, str] = {}
        for name, written in pairs:
            if (name := name.lower()) == _AT:
                continue
            value = self._value(written, location)
            if name in attributes:
                self._note("markup-attribute", f"<{tag}> has {name} twice", "", location)
            elif kind and name not in kind.may:
                mend = did_you_mean(name, kind.may)
                self._note("markup-attribute", f"<{tag}> has no attribute {name}", mend, location)
            elif not value:
                self._note("markup-attribute", f"the {name} of <{tag}> is empty", "", location)
            else:
                attributes[name] = value
        for name in sorted(kind.must - {name.lower() for name, _ in pairs} if kind else ()):
            self._note("markup-attribute", f"<{tag}> needs {name}", f'Write <{tag} {name}="...">.', location)
        return attributes

    def _value(self, written: str, location: Location) -> str:
        """What an attribute says. A value printed in one leaves no anchor."""
        value = _VALUE_MARK.sub("", written) if _VALUE_BEGIN in written else written
        if "&" in value:
            value = _REFERENCE.sub(lambda found: self._character(found[1], location) or found[0], value)
        if not value.isprintable():  # as nothing is that may not stand in a text
            self._check_characters(value, location)
        return value.strip(BLANKS)

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


def _called(element: Element) -> str:
    return f"the printed value {element.anchor.key}" if element.anchor else f"<{element.name}>"

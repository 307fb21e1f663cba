"""YAML text → plain values that know where they stand; the only reader of PyYAML.

The events of libyaml's parser are composed by our own loop (PyYAML's composer recurses, and gives every plain word a
type of its own). What YAML offers beyond lists and mappings of text is refused by name: anchors, aliases, merge keys,
tags, several documents. **Nothing is typed here**: every scalar is text, and the field it stands in decides what it
means (`NO` is Norway). Follows YAML 1.1 as libyaml reads it, https://yaml.org/spec/1.1/."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property

import yaml
from msgspec import Struct, field

from briefing.diagnostics import Diagnostic, Location
from briefing.readers.yaml_syntax import BRACES, REMEDY, explain, shows_opening
from briefing.readers.yaml_text import COPIED_HELP, Lines, forbidden_characters, read_text

MAX_DEPTH = 64
MAX_PROBLEMS = 100
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_COMMENT_HELP = (
    "If the words belong to the value, write it on the next line, indented, after `|`.\n"
    "If they are a comment, put two blanks before the # and one after it."
)
_COMMENT = re.compile(r"#[^\r\n]*")
_COLON = re.compile(r"\s*:")
_WORD = re.compile(r"\S*")
_ONE_WORD = re.compile("[!-~]+")  # an id, a date, a code; a Japanese sentence has no blanks either


class Style(StrEnum):
    """How a scalar is written, by the sign in front of it."""

    PLAIN = ""
    SINGLE = "'"
    DOUBLE = '"'
    LITERAL = "|"
    FOLDED = ">"


_STYLES: dict[str, Style] = {style.value: style for style in Style}


class Scalar(Struct, frozen=True, gc=False):
    """A text. Nothing after the colon is an empty text in plain style. The final line breaks of a block are not part of
    its text. `start` and `end` are offsets into the file's characters (a byte order mark not counted), signs and marks
    of the style included, the line break after a block not."""

    text: str
    location: Location
    style: Style
    start: int
    end: int


class Sequence(Struct, frozen=True, gc=False):
    """A list, in its order."""

    items: tuple[Node, ...]
    location: Location


class Mapping(Struct, frozen=True, gc=False):
    """Keys with their values, in the order of the file; every key occurs once."""

    entries: tuple[tuple[Scalar, Node], ...]
    location: Location


Node = Scalar | Sequence | Mapping


def read_yaml(data: bytes | str, file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read one YAML document; `file` is its name as shown to the user.

    The node is None where nothing can be trusted (wrong encoding, forbidden characters, broken syntax, an empty file,
    too deep, too many problems), and then at least one diagnostic says why; other problems come together with the node.
    Raises nothing."""
    text = read_text(data, file)
    if not isinstance(text, str):
        return None, text
    composer = _Composer(text, file)
    node = composer.compose()
    return node, tuple(sorted(composer.problems, key=lambda problem: problem.location))


class _Open(Struct):
    """A collection whose end has not come yet; in a mapping keys and values take turns."""

    location: Location
    flow: bool = False
    nodes: list[Node] = field(default_factory=list)


class _Composer:
    """Events → nodes. `last` is the event before, `reached` where it ended: comments stand between events."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.problems: list[Diagnostic] = []
        self.root = _Open(Location(file))
        self.open = [self.root]
        self.last: yaml.Event | None = None
        self.reached = 0

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text, self.file)

    def compose(self) -> Node | None:
        """Take the events one by one; problems that leave the rest readable do not stop it."""
        may_have_comments = "#" in self.text
        try:
            for event in iter(LOADER(self.text).get_event, None):
                start, end = _span(event)
                if may_have_comments and self.text.find("#", self.reached, start) >= 0:
                    self._check_comments(start)
                self.last, self.reached = event, end
                if isinstance(event, yaml.ScalarEvent):
                    self.open[-1].nodes.append(self._scalar(event, start, end))
                elif not self._take(event, start, end):
                    return None
                if len(self.problems) >= MAX_PROBLEMS:
                    return None
        except yaml.MarkedYAMLError as fault:
            self._report_syntax(fault)
            return None
        if not self.root.nodes:
            self._report("yaml-empty", Location(self.file), "the file is empty")
            return None
        return self.root.nodes[0]

    def _take(self, event: yaml.Event, start: int, end: int) -> bool:
        """Put an event that is no scalar in its place; False where reading has to stop."""
        top = self.open[-1]
        match event:
            case yaml.CollectionStartEvent():
                self._check_properties(event)
                self.open.append(_Open(self._place(event), bool(event.flow_style)))
                if len(self.open) > MAX_DEPTH + 1:
                    self._report("yaml-depth", self._place(event), f"records are more than {MAX_DEPTH} levels deep")
                    return False
            case yaml.CollectionEndEvent():
                self.open.pop()
                mapping = isinstance(event, yaml.MappingEndEvent)
                node = self._mapping(top) if mapping else Sequence(tuple(top.nodes), top.location)
                self.open[-1].nodes.append(node)
            case yaml.AliasEvent():
                self._refuse("alias", "aliases", event)
                top.nodes.append(Scalar("", self._place(event), Style.PLAIN, start, end))
            case yaml.DocumentStartEvent() if self.root.nodes:
                message = "a second document begins here"
                self._report(
                    "yaml-documents", self._place(event), message, "One file holds one record: delete the `---`."
                )
                return False
        return True

    def _scalar(self, event: yaml.ScalarEvent, start: int, end: int) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self._check_properties(event)
        style, place, text = _STYLES[event.style or ""], self._place(event), event.value
        if style is Style.LITERAL or style is Style.FOLDED:
            text = text.rstrip("\n")
            end = start + len(self.text[start:end].rstrip())
        elif style is Style.DOUBLE:  # the only one with escapes: "\u0000"
            for name in forbidden_characters(text):
                self._report("yaml-character", place, f"{name} may not stand in a text", COPIED_HELP)
        return Scalar(text, place, style, start, end)

    def _mapping(self, opened: _Open) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(opened.nodes[::2], opened.nodes[1::2], strict=True):
            if not isinstance(key, Scalar) or not key.text:
                self._report("yaml-key", key.location, "a key has to be a word", REMEDY)
            elif key.text == "<<" and key.style is Style.PLAIN:
                self._report("yaml-merge", key.location, "merge keys (`<<`) are not used here", "Write the fields out.")
            elif key.text in entries:
                first = entries[key.text][0].location
                message = f"the key `{key.text}` stands here and in line {first.line}, column {first.column}"
                self._report("duplicate-key", key.location, message, "Keep one; several values of a key are a list.")
            else:
                if opened.flow and isinstance(value, Scalar):
                    self._check_comma(key, value)
                entries[key.text] = key, value
        return Mapping(tuple(entries.values()), opened.location)

    def _check_comma(self, key: Scalar, value: Scalar) -> None:
        """Inside braces `a: b, c` is a key `c` without a value: words would be lost without a sound."""
        if value.start == value.end and not _COLON.match(self.text, key.end):
            message = f"`{key.text}` is a key without a value: inside braces a comma ends the value before it"
            self._report("yaml-comma", key.location, message, BRACES)

    def _check_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._refuse("anchor", "anchors", event)
        if event.tag is not None:
            self._refuse("tag", "tags", event)

    def _refuse(self, kind: str, kinds: str, event: yaml.Event) -> None:
        words = _WORD.match(self.text, _span(event)[0])
        self._report(f"yaml-{kind}", self._place(event), f"{kinds} are not used here: `{words and words[0]}`", REMEDY)

    def _check_comments(self, start: int) -> None:
        """Find the comments between the event before and one at `start` that share a line with something else."""
        for comment in _COMMENT.finditer(self.text, self.reached, start):
            before = self.text[self.lines.start(comment.start()) : comment.start()]
            if before.strip():
                self._check_comment(comment.start(), comment[0], before)

    def _check_comment(self, start: int, comment: str, before: str) -> None:
        """Refuse a comment that looks like words cut off a value.

        It stands off by two blanks (by one after a value of a single word), and its # by one from what follows: prose
        (`Item #3`) never does. After a closing mark, brace or bracket nothing can be lost."""
        blanks = len(before) - len(before.rstrip())
        value = self.last if isinstance(self.last, yaml.ScalarEvent) and self.reached == start - blanks else None
        if value.style if value else before.rstrip()[-1] in "}]":
            return
        crowded = value is not None and blanks < 2 and not _ONE_WORD.fullmatch(value.value)
        if crowded or comment[1:2].strip():
            message = f"YAML drops the words after ` #`: `{comment[:40].rstrip()}`"
            self._report("cut-by-hash", self.lines.location(start), message, _COMMENT_HELP)

    def _report_syntax(self, fault: yaml.MarkedYAMLError) -> None:
        words = f"{fault.context or ''} {fault.problem or ''}"
        mark = (fault.context_mark if shows_opening(words) else None) or fault.problem_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        stumble = explain(words, self.text.splitlines(), line, column)
        place = Location(self.file, line + 1, stumble.column + 1)
        self._report("yaml-syntax", place, stumble.message, stumble.remedy)

    def _place(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        return Location(self.file, mark.line + 1, mark.column + 1) if mark else Location(self.file)

    def _report(self, rule: str, location: Location, message: str, remedy: str = "") -> None:
        self.problems.append(Diagnostic(location, rule, message, remedy))


def _span(event: yaml.Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    return (start.index, end.index) if start and end else (0, 0)

"""What is wrong, where, and what to do: problems are values, collected, each with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

_MOST_NAMED = 8  # known words in one help; nobody reads thirty
_ACTING = frozenset(
    map(chr, (*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)


def acts(char: str) -> bool:
    """Say whether a character acts on a console or on the order of its neighbours, or is but half a character."""
    return char in _ACTING or "\ud800" <= char <= "\udfff"


def visible(text: str) -> str:
    """Show what would act on a console by its code: what a stranger named shall not colour or turn a message."""
    if text.isprintable():
        return text
    return "".join(f"\\u{ord(char):04x}" if acts(char) else char for char in text)


class Severity(StrEnum):
    """How much a problem matters: an error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Location(Struct, frozen=True, order=True, gc=False):
    """A place in a file a person edits: file as shown to the user (relative, with `/`), line and column from 1.

    Line 0 means the file as a whole, column 0 the line as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (visible(self.file), self.line, self.column) if part)


class Diagnostic(Struct, frozen=True):
    """One problem: what is wrong, the name of the rule that says so, and how to mend it."""

    location: Location
    rule: str
    message: str
    help: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        text = f"{self.location}: {self.severity}: {visible(self.message)} [{self.rule}]"
        return text + "".join(f"\n    {visible(line)}" for line in self.help.splitlines())


class BriefingError(Exception):
    """Work cannot go on; carries every Diagnostic found, for a person to read."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))


def errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Keep the diagnostics that stop a build."""
    return tuple(d for d in diagnostics if d.severity is Severity.ERROR)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Say which known word is nearest to one that is unknown, for `help`; where none is near, some that there are."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1)
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"Known here: {', '.join(words[:_MOST_NAMED]) or 'none'}{', ...' if len(words) > _MOST_NAMED else '.'}"

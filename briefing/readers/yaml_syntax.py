"""What a YAML parser stumbles over, in words for people who are not programmers, each with its own remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

# Whichever way a text was meant, this is right: the remedy wherever words were taken for signs.
REMEDY = (
    "Text with `: `, ` #`, quotation marks or a sign in front goes to the next line, indented, after `|`:\n"
    "    summary: |\n"
    "      Any text at all: quoted, #numbered or *marked*."
)
BRACES = (
    'Inside braces and brackets a value with a comma stands between quotation marks: {place: "Oslo, Norway"}.\n'
    "Or write the record without braces, its keys one below the other. What opens is closed on the same line."
)
_INDENT = "Keys of one record begin in the same column; what belongs to a key stands further in. Indent with blanks."
_TAB = "Put blanks in the place of the tab."
_KEY = (
    "A key is followed by a colon and a blank, as in `place: Oslo`; a list item begins with a dash and a blank.\n"
    "Text that goes on over several lines is indented."
)
_LIST = "The key has a line of its own, and below it each item has one:\n    participants:\n      - NO\n      - CA"
_DASH = "A new item begins with a dash and a blank; a key of the item above stands under that item's first key."

_NEVER_CLOSED = "the quotation mark that opens here is never closed"
_BACKSLASH = "between double quotation marks a backslash has a meaning of its own"
_SECOND_COLON = "mapping values are not allowed"
_SIGNS = {"\t": "a tab", "": "the end of the line"}
_STEPS = ("no", "one blank", "two blanks", "three blanks")

# A part of the parser's sentence, in libyaml's words or PyYAML's own, what it means, the remedy; the first that fits.
_PLAIN_WORDS = (
    (_SECOND_COLON, "a second `: ` in one value", REMEDY),
    ("sequence entries are not allowed", "a list begins on a line of its own, not behind its key", _LIST),
    ("simple key", "this line is neither `key: value` nor a list item", _KEY),
    ("end of stream", _NEVER_CLOSED, REMEDY),
    ("document indicator", _NEVER_CLOSED, REMEDY),
    ("document separator", _NEVER_CLOSED, REMEDY),
    ("quoted scalar", _BACKSLASH, REMEDY),
    ("tab character", "a tab (lines are indented with blanks)", _TAB),
    ("cannot start any token", "a value cannot begin with SIGN", REMEDY),
    ("block scalar", "nothing but a line break may follow `|`, and the text is indented below it", REMEDY),
    ("scanning an alias", "a value cannot begin with `*`", REMEDY),
    ("scanning an anchor", "a value cannot begin with `&`", REMEDY),
    ("tag", "a value cannot begin with `!`", REMEDY),
    ("',' or '}'", "SIGN stands where the braces should close; inside braces a comma ends a value", BRACES),
    ("',' or ']'", "SIGN stands where the brackets should close; inside brackets a comma ends an item", BRACES),
    ("node content", "a value cannot begin with SIGN", REMEDY),
    ("block mapping", "SIGN stands where a key should: closing marks end a value", REMEDY),
    ("block collection", "SIGN stands where a list item should: closing marks end a value", REMEDY),
    ("document start", "SIGN stands outside the record: closing marks end a value", REMEDY),
    ("directive", "a line cannot begin with `%`", REMEDY),
    ("", "this does not read as YAML", REMEDY),
)
# The same, where what the parser stopped at begins its line.
_AT_THE_START = {
    _SECOND_COLON: ("a colon without a blank behind it: the line above is no `key: value`", _KEY),
    "block mapping": ("a list item stands among the keys of a record", _LIST),
    "block collection": ("this line begins where the dashes of the list stand, and has none", _DASH),
}
_BY_COLUMN = (_SECOND_COLON, "block mapping", "block collection", "document start")
_TLP = re.compile(r"\bTLP\s*:\s+(?=([A-Z+]+))")
_DASHES = re.compile(r"( *)((?:- +)*)(?=\S)(?!#)")


class Stumble(Struct, frozen=True):
    """What is wrong, how to mend it, and the column of the line (from 0) at which it is shown."""

    message: str
    remedy: str
    column: int


def shows_opening(words: str) -> bool:
    """Tell whether the mistake is where the construct opened, not where the parser gave up."""
    return "simple key" in words or _plain(words)[1] is _NEVER_CLOSED


def explain(words: str, lines: Sequence[str], line: int, column: int) -> Stumble:
    """Say what the parser's sentence means; `line` and `column`, from 0, are where it stopped in the file's `lines`."""
    here = lines[line] if line < len(lines) else ""
    part, message, remedy = _plain(words)
    if part == _SECOND_COLON and (label := _TLP.search(here)):
        return Stumble("a blank in a handling label", f"Write TLP:{label[1]}, with no blank.", label.start())
    begins = ": " not in here[:column] if part == _SECOND_COLON else not here[:column].strip()
    if part in _BY_COLUMN and begins and here.strip():
        if step := _step(lines[:line], here):
            return Stumble(step, _INDENT, len(here) - len(here.lstrip(" ")))
        message, remedy = _AT_THE_START.get(part, (message, remedy))
    sign = here[column : column + 1]
    if sign == "\t":
        remedy = _TAB
    return Stumble(message.replace("SIGN", _SIGNS.get(sign, f"`{sign}`")), remedy, column)


def _step(above: Iterable[str], here: str) -> str:
    """Say how far a line is from the nearest column of a record or list that is open; empty where it begins in one."""
    own = len(here) - len(here.lstrip(" "))
    levels: dict[int, bool] = {}  # the open columns; whether dashes stand there
    for line in above:
        if found := _DASHES.match(line):
            levels = {level: dashes for level, dashes in levels.items() if level < found.end(1)}
            levels |= {found.end(1) + at: True for at, sign in enumerate(found[2]) if sign == "-"}
            levels[found.end()] = False
    if not levels or own in levels:
        return ""
    alike = [level for level, dashes in levels.items() if dashes == here[own:].startswith("- ")]
    near = min(reversed(alike or [*levels]), key=lambda level: abs(own - level))
    blanks = abs(own - near)
    count = _STEPS[blanks] if blanks < len(_STEPS) else f"{blanks} blanks"
    return f"this line is {count} {'further in than' if own > near else 'short of'} the lines around it"


def _plain(words: str) -> tuple[str, str, str]:
    return next(entry for entry in _PLAIN_WORDS if entry[0] in words)

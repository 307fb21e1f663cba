"""What a YAML parser stumbles over, in words for people who are not programmers."""

from __future__ import annotations

# Whichever way a line was meant, this is always right: the one remedy that every syntax error offers.
REMEDY = (
    "Text with `: `, ` #`, quotation marks or a sign in front goes to the next line, indented, after `|`:\n"
    "    summary: |\n"
    "      Any text at all: quoted, #numbered or *marked*."
)

_NEVER_CLOSED = "the quotation mark that opens here is never closed"
_BACKSLASH = "between double quotation marks a backslash has a meaning of its own"
_SIGNS = {"\t": "a tab (indent with blanks)", "\n": "the end of the line", "\r": "the end of the line", "": "the end"}

# A part of the parser's sentence, in libyaml's words or PyYAML's own, and what it means; the first that fits.
_PLAIN_WORDS = (
    ("mapping values are not allowed", "a second `: ` in one value, or a line indented too far"),
    ("sequence entries are not allowed", "a list begins on a line of its own, not behind its key"),
    ("simple key", "this line is neither `key: value` nor a list item"),
    ("end of stream", _NEVER_CLOSED),
    ("document indicator", _NEVER_CLOSED),
    ("document separator", _NEVER_CLOSED),
    ("quoted scalar", _BACKSLASH),
    ("tab character", "a tab (indent with blanks)"),
    ("cannot start any token", "a value cannot begin with SIGN"),
    ("block scalar", "nothing but a line break may follow `|`, and the text is indented below it"),
    ("scanning an alias", "a value cannot begin with `*`"),
    ("scanning an anchor", "a value cannot begin with `&`"),
    ("tag", "a value cannot begin with `!`"),
    ("',' or '}'", "SIGN stands where the braces should close; inside braces a comma ends a value"),
    ("',' or ']'", "SIGN stands where the brackets should close; inside brackets a comma ends an item"),
    ("node content", "a value cannot begin with SIGN"),
    ("block mapping", "SIGN stands where a key should: keys of a record share a column, and closing marks end a value"),
    ("block collection", "SIGN stands where a list item should: the dashes of a list share a column"),
    ("document start", "SIGN stands outside the record: the first line is indented further than this one"),
    ("directive", "a line cannot begin with `%`"),
    ("", "this does not read as YAML"),
)


def shows_opening(words: str) -> bool:
    """Tell whether the mistake is where the construct opened, not where the parser gave up."""
    return "simple key" in words or _plain(words) is _NEVER_CLOSED


def in_plain_words(words: str, sign: str) -> str:
    """Say what the parser's sentence means; `sign` is the character it stopped at, empty at the end of the file."""
    return _plain(words).replace("SIGN", _SIGNS.get(sign, f"`{sign}`"))


def _plain(words: str) -> str:
    return next(plain for part, plain in _PLAIN_WORDS if part in words)

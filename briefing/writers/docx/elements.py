"""The grammar of WordprocessingML (ECMA-376 part 1), written as text: elements, runs, fields, parts.

Text of a document reaches Word only through `characters` and the attributes of `element`, so nothing in it can be taken
for markup or for a field's instruction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items()) + ' mc:Ignorable="w14"'
_PROLOGUE = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def element(tag: str, *content: str, **attributes: str | float) -> str:
    """Write an element of `w` around other elements; an attribute without prefix is of `w`, numbers are rounded."""
    if not content and not attributes:
        return f"<w:{tag}/>"
    said = "".join([f' {_NAMES[name]}="{_value(value)}"' for name, value in attributes.items()])
    inner = "".join(content)
    return f"<w:{tag}{said}>{inner}</w:{tag}>" if inner else f"<w:{tag}{said}/>"


def part(tag: str, content: Iterable[str]) -> bytes:
    """Write a part with this root, where every prefix is declared once, so that nothing below it must.

    Encoded piece by piece: one text as long as a body would take four times the room of its bytes."""
    pieces = (f"{_PROLOGUE}<w:{tag} {_DECLARATIONS}>", *content, f"</w:{tag}>")
    return b"".join([piece.encode() for piece in pieces])


class _Names(dict[str, str]):
    """`val` or `r:id` to the name that stands in the file; worked out once for each."""

    def __missing__(self, name: str) -> str:
        full = self[name] = name if ":" in name else f"w:{name}"
        return full


_NAMES = _Names()


def _value(value: str | float) -> str:
    if not isinstance(value, str):
        return str(round(value))
    return _quoted(value) if _ODD.search(value) else value


def _quoted(value: str) -> str:
    quoted = escape(clean(value), quote=False).replace('"', "&quot;")
    return quoted.replace("\t", "&#9;").replace("\n", "&#10;")


# -------------------------------------------------------------------------------------------------------------- text

# What XML 1.0 cannot hold, the controls nobody wants (DEL, C1), and bidirectional overrides, which make text lie.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_PIECES = re.compile("([\t\n\u00ad\u2011])")
_ODD = re.compile(f'{_FORBIDDEN.pattern}|[\t\n\r\x85\u2028\u2029\u00ad\u2011&<>"]')  # all not written as it stands
# Latin letters with the signs of Western typography, and what stands in tables: not odd, composed, none of them wide.
_PLAIN = re.compile("[ -%'-;=?-~\xa0-\xac\xae-\u02ff\u2010\u2012-\u2027\u2030-\u205e\u25a0-\u25cf]*")
_ELEMENTS = {
    "\t": element("tab"),
    "\n": element("br"),
    "\u00ad": element("softHyphen"),
    "\u2011": element("noBreakHyphen"),
}


def clean(text: str) -> str:
    """Make text fit for XML: one kind of line end, and U+FFFD, which is seen, for what may not stand there."""
    return _FORBIDDEN.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def plain_characters(text: str) -> str:
    """Write the text of a run as it stands; nothing where that cannot be done, or its script may tell a language."""
    return _characters(text) if _PLAIN.fullmatch(text) else ""


def characters(text: str) -> str:
    """Write the text of a run: tabs, line ends and the two hyphens Word knows become its own elements."""
    if not _ODD.search(text):
        return _characters(text)
    pieces = filter(None, _PIECES.split(escape(clean(text), quote=False)))
    return "".join([_ELEMENTS.get(piece) or _characters(piece) for piece in pieces])


def _characters(text: str) -> str:
    if text[:1] == " " or text[-1:] == " " or "  " in text:
        return f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:t>{text}</w:t>"


# ------------------------------------------------------------------------------------------------------ runs, fields


def run(properties: str, content: str) -> str:
    """Write a run: its properties (`w:rPr`, or nothing) and what it shows."""
    return f"<w:r>{properties}{content}</w:r>"


def field(instruction: str, result: str, properties: str) -> str:
    """Write a field with the result it shows before Word counts anew; the instruction is always the writer's own."""
    code = f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>'
    pieces = (_mark("begin"), code, _mark("separate"), characters(result), _mark("end"))
    return "".join(run(properties, piece) for piece in pieces)


def _mark(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def bookmark(number: int, name: str, content: str) -> str:
    """Write a bookmark around runs."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

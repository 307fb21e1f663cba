"""The syntax of PDF objects (ISO 32000-1, 7.2 and 7.3).

An object stays the bytes it is written in, and is read only as deep as somebody asks: most of a file nobody asks for.
A dictionary is read as its keys and the bytes of their values, an array as the bytes of its items."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

SPACE = rb"[\0\t\n\f\r ]"
REGULAR = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"
COMMENT = rb"%[^\r\n]*+"
GAP = SPACE + b"*+(?:" + COMMENT + SPACE + b"*+)*+"
NAME = b"/" + REGULAR + b"*+"
REST = rb"[^\0\t\n\f\r ].*+"  # what is none of what is looked for, and all that follows it
_END = b"(?:" + GAP + rb"\Z)?+"
REFERRING = GAP + rb"\d++" + GAP + b"R(?!" + REGULAR + b")"  # what follows the number of the object referred to
_SIMPLE = b"|".join((NAME, rb"\d++" + REFERRING, REGULAR + b"++"))
_HEXADECIMAL = rb"<[0-9A-Fa-f\0\t\n\f\r ]*+>"
_FLAT_ARRAY = rb"\[(?:[^()<>\[\]{}/%]++|" + _HEXADECIMAL + rb")*+\]"

# How deep things stand in one another: hardly ever deeper than the first, never deeper than the last. A pattern is
# made where it is needed, which takes as long as reading a page: for the first, a millisecond.
DEPTHS = (1, 4, 20)

_ESCAPE = re.compile(rb"\\(\r\n|[0-7]{1,3}|.)|\r\n?", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\r": b"", b"\n": b""}
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")

# PDFDocEncoding where it is not Latin-1 (ISO 32000-1, D.3).
_PDF_DOC = dict(zip(range(0x18, 0x20), "˘ˇˆ˙˝˛˚˜", strict=True)) | dict(
    zip((*range(0x80, 0x9F), 0xA0), "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž€", strict=True)
)


class PdfDamage(Exception):
    """Why a PDF cannot be read, in words for its user."""


# ---------------------------------------------------------------------------------------------- arrays, dictionaries


def parts(body: bytes) -> Sequence[bytes]:
    """Cut a row of objects into these. Raises PdfDamage where it holds something else."""
    for depth in DEPTHS:
        found: list[bytes] = _part(depth).findall(body)
        if b"" not in found:
            return found
    raise PdfDamage(f"this is not written as a PDF is: {body[:40]!r}")


def object_at(data: bytes, start: int) -> tuple[bytes, int]:
    """The object that begins at a place, and where it ends."""
    for depth in DEPTHS:
        found = _part(depth).match(data, start)
        if found and found[1]:
            return found[1], found.end(1)
    raise PdfDamage(f"an object should stand where there is {data[start : start + 40]!r}")


def array(raw: bytes) -> Sequence[bytes]:
    """The items of an array."""
    if not (raw.startswith(b"[") and raw.endswith(b"]")):
        raise PdfDamage(f"an array should stand where there is {raw[:40]!r}")
    return parts(raw[1:-1])


def dictionary(raw: bytes) -> Mapping[bytes, bytes]:
    """The values of a dictionary by their keys (`/Type`)."""
    if raw.startswith(b"<<") and raw.endswith(b">>"):
        for depth in DEPTHS:
            entries: dict[bytes, bytes] = dict(_entry(depth + 1).findall(raw, 2, len(raw) - 2))
            if b"" not in entries:
                return {_decoded(key): value for key, value in entries.items()} if b"#" in raw else entries
    raise PdfDamage(f"a dictionary should stand where there is {raw[:40]!r}")


def object_pattern(depth: int, simple: bytes = _SIMPLE) -> bytes:
    """The pattern of an object: a simple one, a string, or an array or dictionary in which others stand so deep."""
    string = rb"\((?:[^()\\]++|\\.)*+\)"
    for _ in range(depth):
        string = rb"\((?:[^()\\]++|\\.|" + string + rb")*+\)"
    pattern = simple = b"|".join((simple, _FLAT_ARRAY, string, _HEXADECIMAL))
    for _ in range(depth):
        pattern = simple + rb"|(?:\[|<<)(?:" + GAP + b"(?:" + pattern + b"))*+" + GAP + rb"(?:\]|>>)"
    return b"(?:" + pattern + b")"


# What is none leaves the groups empty, and nothing after it is looked at.


@cache
def _part(depth: int) -> re.Pattern[bytes]:
    return re.compile(GAP + b"(" + object_pattern(depth) + b")" + _END + b"|" + REST, re.DOTALL)


@cache
def _entry(depth: int) -> re.Pattern[bytes]:
    return re.compile(
        GAP + b"(" + NAME + b")" + GAP + b"(" + object_pattern(depth) + b")" + _END + b"|" + REST, re.DOTALL
    )


# ---------------------------------------------------------------------------------------------------- simple objects


def reference(raw: bytes) -> int | None:
    """The number of the object that is referred to; None for what is no reference."""
    return int(raw.split(None, 1)[0]) if raw.endswith(b"R") and raw[:1].isdigit() else None


def number(raw: bytes) -> float:
    """The value of a number."""
    try:
        return float(raw)
    except ValueError as fault:
        raise PdfDamage(f"a number should stand where there is {raw[:40]!r}") from fault


def integer(raw: bytes) -> int:
    """The value of a whole number."""
    if not raw.isdigit():
        raise PdfDamage(f"a whole number should stand where there is {raw[:40]!r}")
    return int(raw)


@lru_cache(maxsize=1024)
def name(raw: bytes) -> str:
    """The characters of a name, without its slash."""
    if not raw.startswith(b"/"):
        raise PdfDamage(f"a name should stand where there is {raw[:40]!r}")
    return _decoded(raw)[1:].decode("utf-8", "replace")


def string(raw: bytes) -> bytes:
    """The bytes of a string, literal or hexadecimal."""
    if raw.startswith(b"<"):
        digits = raw[1:-1].translate(None, b"\0\t\n\f\r ").decode()
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    if not raw.startswith(b"("):
        raise PdfDamage(f"a string should stand where there is {raw[:40]!r}")
    inside = raw[1:-1]
    return _ESCAPE.sub(_unescaped, inside) if b"\\" in inside or b"\r" in inside else inside


def text(raw: bytes) -> str:
    """The characters of a text string (7.9.2.2)."""
    codes = string(raw)
    if codes.startswith(b"\xfe\xff"):
        return codes[2:].decode("utf-16-be")
    if codes.startswith(b"\xef\xbb\xbf"):
        return codes[3:].decode()
    return codes.decode("latin-1").translate(_PDF_DOC)


def _unescaped(escape: re.Match[bytes]) -> bytes:
    what: bytes | None = escape[1]
    if what is None:  # a line may end in any way, and is one line feed
        return b"\n"
    return bytes([int(what, 8) & 255]) if what.isdigit() and what < b"8" else _ESCAPED.get(what, what)


def _decoded(written: bytes) -> bytes:
    """A name with its codes (`#20`) as the bytes they stand for."""
    return _CODE.sub(lambda code: bytes.fromhex(code[1].decode()), written)

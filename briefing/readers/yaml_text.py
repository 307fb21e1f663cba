"""The bytes of a YAML file → text that may be parsed: UTF-8, bounded, without characters nobody can see."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Location

MAX_BYTES = 5_000_000

COPIED_HELP = "It is invisible and usually comes with copied text: delete it, or type the words around it again."
_ENCODING_HELP = 'Save the file again as UTF-8 (in Windows Notepad: "Save as", Encoding: UTF-8).'

# Controls, line ends that look like blanks, turns of the writing direction, and what is no character at all (compose
# uses noncharacters as marks of its own).
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_NAMES = {"\0": "NUL", "\x85": "NEXT LINE", "\ufeff": "BYTE ORDER MARK"}
_KINDS = {"Cc": "a control character", "Cs": "half a character", "Cn": "not a character"}


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]

    def start(self, offset: int) -> int:
        """Find where the line begins that holds this offset."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def location(self, offset: int) -> Location:
        """Name the place of an offset."""
        return Location(self._file, bisect_right(self._starts, offset), offset - self.start(offset) + 1)


def read_text(data: bytes | str, file: str) -> str | tuple[Diagnostic, ...]:
    """Decode and inspect a file; where its text cannot be used, say why instead."""
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        return (Diagnostic(Location(file), "yaml-size", message, "A dossier holds one short file a meeting."),)
    text = data if isinstance(data, str) else _decode(data, file)
    if isinstance(text, Diagnostic):
        return (text,)
    text = text.removeprefix("\ufeff")
    return tuple(_refusals(text, file)) or text


def forbidden_characters(text: str) -> dict[str, int]:
    """Find the characters that no text may hold, as `U+202E (RIGHT-TO-LEFT OVERRIDE)`, with the offset of the first."""
    if text.replace("\n", "").isprintable():  # so is nearly every text, and nothing forbidden is
        return {}
    found: dict[str, int] = {}
    for match in _FORBIDDEN.finditer(text):
        found.setdefault(match[0], match.start())
    return {_name(character): offset for character, offset in found.items()}


def _decode(data: bytes, file: str) -> str | Diagnostic:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or 0 in data[:2]:
        return Diagnostic(Location(file), "yaml-encoding", "the file is saved as UTF-16, not as UTF-8", _ENCODING_HELP)
    try:
        return data.decode()
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode()
        message = f"the file is not UTF-8 (byte {data[fault.start]:02X}): it seems to be Latin-1 or Windows-1252"
        return Diagnostic(Lines(before, file).location(len(before)), "yaml-encoding", message, _ENCODING_HELP)


def _refusals(text: str, file: str) -> Iterator[Diagnostic]:
    for name, offset in forbidden_characters(text).items():
        place = Lines(text, file).location(offset)
        yield Diagnostic(place, "yaml-character", f"{name} may not stand in a file", COPIED_HELP)


def _name(character: str) -> str:
    kind = _KINDS.get(unicodedata.category(character), "")
    return f"U+{ord(character):04X} ({_NAMES.get(character) or unicodedata.name(character, kind)})"

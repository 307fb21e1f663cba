"""The TrueType file format, as far as a PDF needs it (OpenType 1.9: cmap formats 4 and 12, glyf, hmtx, OS/2).

A file is read through a memory map and nothing is parsed up front, so that a Korean and Japanese face of 5 MB opens in
a tenth of a millisecond."""

from __future__ import annotations

import mmap
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from pathlib import Path
from struct import error, pack, unpack_from

from briefing import files
from briefing.diagnostics import BriefingError, Diagnostic, Location

# Characters that are there but show nothing: line feed (a line break), soft hyphen, zero width space, word joiner,
# variation selectors. Every font draws them, as an empty glyph without width, so that copied text keeps them.
_INVISIBLE = frozenset("\n\xad\u200b\u2060").union(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_NEEDED = ("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "post")
_KEPT = ("cvt ", "fpgm", "prep")
_EMPTY = -1  # stands for an empty glyph without width


class TrueType:
    """One font file. Widths are in em/1000. Raises BriefingError [font-unreadable] where the file is no such thing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.stem
        try:
            with files.told(path), path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._tables = self._directory()
            self._read_metrics()
            self._characters = _character_map(self._data, self._tables["cmap"][0])
        except (error, IndexError, ValueError) as fault:
            raise _unreadable(path, "the font file is damaged or cut off") from fault
        self._glyphs: dict[str, int] = {}
        self._widths: dict[int, float] = {_EMPTY: 0.0}

    def _directory(self) -> dict[str, tuple[int, int]]:
        data = self._data
        if data[:4] not in (b"\0\1\0\0", b"true"):
            kinds = {b"OTTO": "an OpenType font with PostScript outlines", b"ttcf": "a collection of several fonts"}
            raise _unreadable(
                self.path, f"this is {kinds.get(data[:4], 'not a font')}; a TrueType font (.ttf) is needed"
            )
        (count,) = unpack_from(">H", data, 4)
        tables = {
            data[at : at + 4].decode("latin-1"): unpack_from(">LL", data, at + 8)
            for at in range(12, 12 + 16 * count, 16)
        }
        missing = [tag for tag in _NEEDED if tag not in tables]
        if missing:
            raise _unreadable(self.path, f"the font has no table {', '.join(missing)}")
        if any(offset + length > len(data) for offset, length in tables.values()):
            raise _unreadable(self.path, "the font file is cut off")
        return tables

    def _read_metrics(self) -> None:
        (units,) = self._at("head", 18, "H")
        (self._long_offsets,) = self._at("head", 50, "h")
        (self._advances,) = self._at("hhea", 34, "H")
        (self._glyph_count,) = self._at("maxp", 4, "H")
        metrics = 4 * self._advances + 2 * (self._glyph_count - self._advances)
        if not (units and 0 < self._advances <= self._glyph_count and metrics <= self._tables["hmtx"][1]):
            raise _unreadable(self.path, "the font file is damaged")
        self._scale = scale = 1000 / units
        self.box = [round(v * scale) for v in self._at("head", 36, "4h")]
        (self.weight,) = self._at("OS/2", 4, "H")
        self.ascent, self.descent = (round(v * scale) for v in self._at("OS/2", 68, "2h"))
        self.cap_height = round(self._at("OS/2", 88, "h")[0] * scale) if self._tables["OS/2"][1] >= 90 else self.ascent
        self.italic_angle = self._at("post", 4, "h")[0]

    def _at(self, tag: str, offset: int, form: str) -> tuple[int, ...]:
        return unpack_from(">" + form, self._data, self._tables[tag][0] + offset)

    # ---------------------------------------------------------------------------------------------- characters

    def glyph(self, char: str) -> int:
        """Find the glyph of a character: 0 when the face has none."""
        glyph = self._glyphs.get(char)
        if glyph is None:
            glyph = _EMPTY if char in _INVISIBLE else self._characters(ord(" " if char == "\xa0" else char))
            self._glyphs[char] = glyph = glyph if glyph < self._glyph_count else 0
        return glyph

    def advance(self, glyph: int) -> float:
        """Say how far a glyph moves the pen."""
        width = self._widths.get(glyph)
        if width is None:
            (units,) = self._at("hmtx", 4 * min(glyph, self._advances - 1), "H")
            self._widths[glyph] = width = units * self._scale
        return width

    # ------------------------------------------------------------------------------------------ font program

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """Cut the font down to a TrueType program whose glyph i is `glyphs[i]`; parts of composites come after them."""
        try:
            return self._program(list(glyphs))
        except (error, IndexError) as fault:
            raise _unreadable(self.path, "the font file is damaged") from fault

    def _program(self, glyphs: list[int]) -> bytes:
        outlines, offsets = self._outlines(glyphs)
        tables = {tag: self._table(tag) for tag in ("head", "hhea", "maxp", *_KEPT) if tag in self._tables}
        tables["glyf"], tables["loca"] = outlines, offsets
        tables["hmtx"] = b"".join(map(self._metric, glyphs))
        count = pack(">H", len(glyphs))
        head, hhea, maxp = tables["head"], tables["hhea"], tables["maxp"]
        tables["head"] = head[:8] + bytes(4) + head[12:50] + pack(">h", 1) + head[52:]  # no checksum yet; long offsets
        tables["hhea"] = hhea[:34] + count + hhea[36:]
        tables["maxp"] = maxp[:4] + count + maxp[6:]
        return _font_file(tables)

    def _outlines(self, glyphs: list[int]) -> tuple[bytes, bytes]:
        """The tables glyf and loca; appends the parts of composite glyphs to `glyphs`."""
        outlines, offsets, number, at = [], [0], {}, 0
        while at < len(glyphs):
            outline = bytearray(b"" if glyphs[at] == _EMPTY else self._outline(glyphs[at]))
            for place in _parts(outline):
                (part,) = unpack_from(">H", outline, place)
                if part not in number:
                    number[part] = len(glyphs)
                    glyphs.append(part)
                outline[place : place + 2] = pack(">H", number[part])
            outline += bytes(-len(outline) % 4)
            outlines.append(outline)
            offsets.append(offsets[-1] + len(outline))
            at += 1
        return b"".join(outlines), pack(f">{len(offsets)}L", *offsets)

    def _outline(self, glyph: int) -> bytes:
        if self._long_offsets:
            start, end = self._at("loca", 4 * glyph, "2L")
        else:
            start, end = (2 * v for v in self._at("loca", 2 * glyph, "2H"))
        base = self._tables["glyf"][0]
        return self._data[base + start : base + end]

    def _metric(self, glyph: int) -> bytes:
        if glyph == _EMPTY:
            return bytes(4)
        (advance,) = self._at("hmtx", 4 * min(glyph, self._advances - 1), "H")
        late = glyph - self._advances
        (bearing,) = self._at("hmtx", 4 * glyph + 2 if late < 0 else 4 * self._advances + 2 * late, "h")
        return pack(">Hh", advance, bearing)

    def _table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]


def _character_map(data: mmap.mmap, base: int) -> _Segments:
    """The best Unicode subtable of a cmap: format 12 (all of Unicode) before format 4 (its first plane)."""
    best, place = 0, 0
    for i in range(*unpack_from(">H", data, base + 2)):
        platform, _, offset = unpack_from(">HHL", data, base + 4 + 8 * i)
        (form,) = unpack_from(">H", data, base + offset)
        if platform in (0, 3) and form in (4, 12) and form > best:
            best, place = form, base + offset
    if best == 12:
        (count,) = unpack_from(">L", data, place + 12)
        groups = _numbers("I", data[place + 16 : place + 16 + 12 * count])
        return _Segments(groups[0::3], groups[1::3], groups[2::3])
    if best == 4:
        return _DeltaSegments(data, place)
    return _Segments(array("I"), array("I"), array("I"))  # a font of symbols: draws no character


class _Segments:
    """Ranges of code points and the glyph of the first of each (cmap format 12)."""

    def __init__(self, first: array[int], last: array[int], glyph: array[int]) -> None:
        if not len(first) == len(last) == len(glyph):
            raise IndexError("a cmap table is cut off")
        self.first, self.last, self.start = first, last, glyph

    def __call__(self, code: int) -> int:
        at = bisect_left(self.last, code)
        return self.found(at, code) if at < len(self.last) and code >= self.first[at] else 0

    def found(self, at: int, code: int) -> int:
        return self.start[at] + code - self.first[at]


class _DeltaSegments(_Segments):
    """Ranges with a difference to add, or a list of glyphs to look the code point up in (cmap format 4)."""

    def __init__(self, data: mmap.mmap, place: int) -> None:
        (size,) = unpack_from(">H", data, place + 6)
        columns = [place + 14, *(place + 16 + size * n for n in (1, 2, 3))]
        last, first, delta, self.offset = (_numbers("H", data[at : at + size]) for at in columns)
        super().__init__(first, last, delta)
        if len(self.offset) != len(first):
            raise IndexError("a cmap table is cut off")
        self.data, self.place = data, columns[3]

    def found(self, at: int, code: int) -> int:
        if not self.offset[at]:
            return (code + self.start[at]) & 0xFFFF
        place = self.place + 2 * at + self.offset[at] + 2 * (code - self.first[at])
        (glyph,) = unpack_from(">H", self.data, place) if place + 2 <= len(self.data) else (0,)
        return (glyph + self.start[at]) & 0xFFFF if glyph else 0


def _numbers(kind: str, data: bytes) -> array[int]:
    numbers = array(kind, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _parts(outline: bytearray) -> Iterable[int]:
    """Where a composite outline names the glyphs it is made of."""
    at, more = 10, len(outline) > 10 and outline[0] & 0x80
    while more:
        (flags,) = unpack_from(">H", outline, at)
        yield at + 2
        at += 4 + (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 64 else 8 if flags & 128 else 0)
        more = flags & 32


def _font_file(tables: Mapping[str, bytes]) -> bytes:
    """Put tables together, with their checksums and that of the whole file."""
    padded = {tag: data + bytes(-len(data) % 4) for tag, data in sorted(tables.items())}
    power = len(padded).bit_length() - 1
    file = pack(">L4H", 0x10000, len(padded), 16 << power, power, 16 * len(padded) - (16 << power))
    offset = start = 12 + 16 * len(padded)
    for tag, data in padded.items():
        file += tag.encode() + pack(">3L", _checksum(data), offset, len(tables[tag]))
        offset += len(data)
    head = start + sum(len(data) for tag, data in padded.items() if tag < "head")
    file += b"".join(padded.values())
    return file[: head + 8] + pack(">L", (0xB1B0AFBA - _checksum(file)) & 0xFFFFFFFF) + file[head + 12 :]


def _checksum(data: bytes) -> int:
    return sum(_numbers("I", data)) & 0xFFFFFFFF


def _unreadable(path: Path, message: str) -> BriefingError:
    help = "Name a complete TrueType file (.ttf) in the house style."
    return BriefingError([Diagnostic(Location(path.name), "font-unreadable", message, help)])

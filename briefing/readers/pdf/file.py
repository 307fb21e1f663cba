"""The file of a PDF (ISO 32000-1, 7.5): its objects, streams and pages, found through its cross-reference tables."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from struct import iter_unpack

from msgspec import Struct

from briefing.readers.pdf.syntax import GAP, SPACE, PdfDamage, array, dictionary, integer, name, object_at, reference

NULL = b"null"

_MOST = 256_000_000  # bytes that a stream may unfold to
_TAIL = 1024  # bytes at the end of a file, in which it says where its table is
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_ROWS = rb"\d+ +\d+\s+(?:\d{10} \d{5} [nf]\s*)*+"
_TABLE = re.compile(rb"xref\s+((?:" + _ROWS + rb")++)trailer" + GAP)
_SECTION = re.compile(_ROWS)
_HEAD = re.compile(rb"(\d+)" + SPACE + rb"+\d+" + SPACE + b"+obj" + GAP)
_DATA = re.compile(GAP + rb"stream\r?\n")
_DATA_END = re.compile(rb"\s*endstream")
_ALONE, _PACKED = b"\1", b"\2"  # how an object stands in the file: by itself, in a stream of objects
_INHERITED = (b"/Resources", b"/MediaBox")

Entries = Mapping[bytes, bytes]
# A row of a cross-reference table: how an object stands in the file, where or in which stream, as which one of that.
_Place = tuple[bytes, bytes, bytes]
_NOWHERE: _Place = (b"\0", b"", b"")


class Page(Struct, frozen=True):
    """A page: the number of its object, and its entries with those it inherits."""

    number: int
    entries: Entries


class PdfFile:
    """The objects of a file, each read when it is asked for. Where an object is asked for, a reference to it will do.

    Raises PdfDamage, and KeyError, zlib.error or struct.error where the parts of the file do not fit together."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._places: dict[int, _Place] = {}
        self._packed: dict[bytes, Sequence[tuple[int, bytes]]] = {}  # the streams of objects that have been read
        self.trailer = self._read_tables()
        if b"/Encrypt" in self.trailer:
            raise PdfDamage("it is encrypted")
        self.root = self.dictionary(self.trailer[b"/Root"])
        self.pages = tuple(self._pages(self.root[b"/Pages"], {}))

    def numbered(self, number: int) -> bytes:
        """The object of a number; one that is not in the file is `null`."""
        how, where, index = self._places.get(number, _NOWHERE)
        if how == _PACKED:
            objects = self._packed.get(where)
            if objects is None:
                objects = self._packed[where] = self._unpacked(_integer(where))
            found, raw = objects[_integer(index)]
            if found != number:
                raise PdfDamage(f"object {number} is not where it should be")
            return raw
        return self._alone(number, _integer(where))[0] if how == _ALONE else NULL

    def value(self, raw: bytes) -> bytes:
        """An object, also where there is a reference to it."""
        number = reference(raw)
        return raw if number is None else self.numbered(number)

    def dictionary(self, raw: bytes) -> Entries:
        """The entries of a dictionary, as they are written."""
        return dictionary(self.value(raw))

    def items(self, raw: bytes) -> Sequence[bytes]:
        """The items of an array, as they are written; anything else is an item by itself, and `null` none."""
        value = raw if raw.startswith(b"[") else self.value(raw)
        if value.startswith(b"["):
            return array(value)
        return () if value == NULL else (raw,)

    def stream(self, raw: bytes) -> bytes:
        """The data of a stream, unfolded."""
        number = reference(raw)
        how, where, _ = self._places[number] if number else _NOWHERE
        if how != _ALONE:
            raise PdfDamage(f"a stream should stand where there is {raw[:40]!r}")
        head, end = self._alone(number, _integer(where))
        return self._unfolded(dictionary(head), end)

    # ------------------------------------------------------------------------------------------------------ objects

    def _alone(self, number: int | None, place: int) -> tuple[bytes, int]:
        """The object that stands by itself at a place, and where it ends."""
        head = _HEAD.match(self._data, place)
        if head is None or number not in {None, int(head[1])}:
            raise PdfDamage(f"{f'object {number}' if number else 'its table of objects'} is not where it should be")
        return object_at(self._data, head.end())

    def _unpacked(self, number: int) -> Sequence[tuple[int, bytes]]:
        """The objects in a stream of objects, with their numbers (7.5.7)."""
        stream = b"%d 0 R" % number
        entries = self.dictionary(stream)
        data, first = self.stream(stream), integer(entries[b"/First"])
        index = [int(field) for field in data[:first].split()[: 2 * integer(entries[b"/N"])]]
        places = [first + offset for offset in index[1::2]] + [len(data)]
        objects = [data[start:end].strip(b"\0\t\n\f\r ") for start, end in pairwise(places)]
        if b"%" in data:  # a comment may follow an object
            objects = [object_at(raw, 0)[0] for raw in objects]
        return list(zip(index[::2], objects, strict=True))

    def _unfolded(self, entries: Entries, end: int) -> bytes:
        """The data of the stream whose dictionary ends at a place."""
        start = _DATA.match(self._data, end)
        if start is None:
            raise PdfDamage("a stream is missing")
        stop = start.end() + integer(self.value(entries[b"/Length"]))
        if not _DATA_END.match(self._data, stop):
            raise PdfDamage("a stream is not as long as it says")
        data = self._data[start.end() : stop]
        filters = [name(raw) for raw in self.items(entries.get(b"/Filter", NULL))]
        if not filters:
            return data
        if filters != ["FlateDecode"]:
            raise PdfDamage(f"streams folded by {' and '.join(filters)} are not read")
        (parameters,) = self.items(entries.get(b"/DecodeParms", NULL)) or (b"<<>>",)
        return _predicted(_inflated(data), self.dictionary(parameters))

    # ------------------------------------------------------------------------------------------------------- tables

    def _read_tables(self) -> Entries:
        """Read all cross-reference tables; what the newer ones say holds. Returns the newest trailer."""
        start = _START.search(self._data, max(0, len(self._data) - _TAIL))
        if start is None:
            raise PdfDamage("its end is missing")
        waiting = [int(start[1])]
        read: dict[int, tuple[dict[int, _Place], Entries]] = {}
        while waiting:
            if (place := waiting.pop()) in read:
                raise PdfDamage("its tables of objects go in a circle")
            _, trailer = read[place] = self._table(place)
            waiting += [integer(trailer[key]) for key in (b"/Prev", b"/XRefStm") if key in trailer]
        self._places, *newer = [places for places, _ in reversed(read.values())]
        for places in newer:
            self._places.update(places)
        return next(iter(read.values()))[1]

    def _table(self, place: int) -> tuple[dict[int, _Place], Entries]:
        """Read one cross-reference table, in words or as a stream, with its trailer."""
        if table := _TABLE.match(self._data, place):
            trailer, _ = object_at(self._data, table.end())
            return dict(_rows(table[1])), dictionary(trailer)
        head, end = self._alone(None, place)
        entries = dictionary(head)
        widths = [integer(width) for width in array(entries[b"/W"])]
        index = [integer(raw) for raw in self.items(entries.get(b"/Index", b"[0 %b]" % entries[b"/Size"]))]
        sections = zip(index[::2], index[1::2], strict=True)
        numbers = chain.from_iterable(range(first, first + count) for first, count in sections)
        rows: Iterable[_Place] = iter_unpack("{}s{}s{}s".format(*widths), self._unfolded(entries, end))
        if widths[0] != 1:
            rows = ((how[-1:] or _ALONE, where, index) for how, where, index in rows)
        return dict(zip(numbers, rows, strict=False)), entries

    # -------------------------------------------------------------------------------------------------------- pages

    def _pages(self, raw: bytes, inherited: Entries) -> Iterator[Page]:
        """The pages below a node of the page tree, each with what it inherits (7.7.3)."""
        node = {**inherited, **self.dictionary(raw)}
        if b"/Kids" not in node:
            yield Page(reference(raw) or 0, node)
            return
        for kid in self.items(node[b"/Kids"]):
            yield from self._pages(kid, {key: node[key] for key in _INHERITED if key in node})


def _integer(field: bytes) -> int:
    return int.from_bytes(field, "big")


def _rows(table: bytes) -> Iterator[tuple[int, _Place]]:
    """The rows of a cross-reference table in words (7.5.4)."""
    for section in _SECTION.findall(table):
        first, _, *fields = section.split()
        for number, (place, kind) in enumerate(zip(fields[::3], fields[2::3], strict=True), int(first)):
            yield number, (_ALONE if kind == b"n" else b"\0", int(place).to_bytes(8, "big"), b"")


def _inflated(data: bytes) -> bytes:
    unfolding = zlib.decompressobj()
    unfolded = unfolding.decompress(data, _MOST)
    if not unfolding.eof:
        raise PdfDamage("a stream is cut off, or far too long")
    return unfolded


def _predicted(data: bytes, parameters: Entries) -> bytes:
    """Add to each row of a table the row above, where it says what is different there (7.4.4.4)."""
    predictor = integer(parameters.get(b"/Predictor", b"1"))
    if predictor == 1:
        return data
    width = min(integer(parameters.get(b"/Columns", b"1")), len(data))
    above = bytes(width)
    rows: list[bytes] = []
    for start in range(0, len(data), width + 1):
        how, row = data[start], data[start + 1 : start + 1 + width]
        if predictor < 10 or how not in {0, 2}:
            raise PdfDamage("streams with a predictor other than the row above are not read")
        above = bytes(before + here & 255 for before, here in zip(above, row, strict=True)) if how == 2 else row
        rows.append(above)
    return b"".join(rows)

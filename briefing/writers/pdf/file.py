"""The PDF file: objects, object streams, cross-reference stream, identifier (ISO 32000-1, 7.5).

ReportLab numbers and formats the objects; what it would write differently from run to run, or against PDF/A, is
written here: an end of line before `endstream`, an identifier made from the contents, nothing from the clock."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from struct import Struct

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from briefing.writers.pdf.structure import StructureTree

# ReportLab reads these from environment variables and files in the home folder: the bytes must not hang on them.
rl_config.pdfMultiLine = 0
rl_config.pdfComments = 0

_VERSION = (1, 7)
_PACKED = 200  # objects in an object stream
_TABULAR = 5  # effort of deflate for rows much like one another: 6 takes half as long again and saves a hundredth
_ROW = Struct(">BIH")  # of the cross-reference table: how an object stands, where, and at which place there


class Source(pdfdoc.PDFObject):
    """An object given as its PDF source."""

    def __init__(self, source: str) -> None:
        self.source = source

    def format(self, document: pdfdoc.PDFDocument) -> bytes:  # noqa: ARG002 (ReportLab calls it so)
        """Write the object."""
        return self.source.encode("latin-1")


class Stream(pdfdoc.PDFObject):
    """A stream: the entries of its dictionary and its data; not packed where readers that know no PDF must find it."""

    def __init__(self, entries: str, data: bytes, *, packed: bool = True) -> None:
        self._source = _stream(entries, data) if packed else _plain_stream(entries, data)

    def format(self, document: pdfdoc.PDFDocument) -> bytes:  # noqa: ARG002 (ReportLab calls it so)
        """Write the object."""
        return self._source


def set_entry(dictionary: pdfdoc.PDFCatalog, key: str, thing: str | pdfdoc.PDFObject) -> None:
    """Set an entry of the catalog or of a page; ReportLab writes the entries that its classes list, and no others."""
    dictionary.__NoDefault__ = [*dictionary.__NoDefault__, key]
    setattr(dictionary, key, Source(thing) if isinstance(thing, str) else thing)


class TaggedDocument(pdfdoc.PDFDocument):
    """The objects of a file, with the structure tree written last, when every page and annotation has its number."""

    Catalog: pdfdoc.PDFCatalog
    Pages: pdfdoc.PDFPages
    Outlines: pdfdoc.PDFOutlines
    objectcounter: int

    def __init__(self, language: str) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=_VERSION, lang=language)
        self._sources: dict[int, str] = {}
        root = Source("")  # what it is the tree says when all else is written
        set_entry(self.Catalog, "StructTreeRoot", root)
        self.tree = StructureTree(self.add(root), self._take_number)

    def _take_number(self) -> int:
        """Number an object that is kept apart from those of ReportLab: there are thousands."""
        self.objectcounter += 1
        return self.objectcounter

    def add(self, thing: str | pdfdoc.PDFObject) -> str:
        """Give an object its number; returns the reference to it."""
        if isinstance(thing, str):
            number = self._take_number()
            self._sources[number] = thing
            return f"{number} 0 R"
        register: Callable[..., pdfdoc.PDFObjectReference] = self.Reference
        return str(register(thing).format(self).decode("ascii"))

    def page_references(self) -> list[str]:
        """The references to the pages, in order."""
        return [self.add(page) for page in self.Pages.pages]

    def getInternalFontName(self, psfontname: str) -> str:  # noqa: N802 (ReportLab's name)
        """Refuse ReportLab's own fonts: none of them is embedded."""
        raise pdfdoc.PDFError(f"{psfontname} is not an embedded font")

    def to_bytes(self, info: str) -> bytes:
        """Write the file; `info` is its information dictionary."""
        catalog, about = self.add(self.Catalog), self.add(info)
        self._sources |= self.tree.objects(self.page_references())
        return _file(*self._formatted(), f"/Root {catalog}/Info {about}")

    def _formatted(self) -> tuple[dict[int, bytes], dict[int, str]]:
        """Format every object, those that turn up while formatting too: streams, and what is packed into streams."""
        streams: dict[int, bytes] = {}
        packed = dict(self._sources)
        number = 0
        while number < self.objectcounter:
            number += 1
            if number in packed:
                continue
            thing = self.idToObject[self.numberToId[number]]
            source = pdfdoc.format(thing, self, toplevel=1)
            if isinstance(thing, Stream):
                streams[number] = source
            else:
                packed[number] = source.decode("latin-1")
        return streams, dict(sorted(packed.items()))


def _file(streams: Mapping[int, bytes], packed: Mapping[int, str], trailer: str) -> bytes:
    """Lay the objects out: streams by themselves, all others packed into object streams."""
    body = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    items = list(packed.items())
    count = 1 + len(streams) + len(items)
    last = count + -(-len(items) // _PACKED)
    table = bytearray(_ROW.pack(0, 0, 0xFFFF) * (last + 1))

    def emit(number: int, data: bytes) -> None:
        _ROW.pack_into(table, _ROW.size * number, 1, len(body), 0)
        body.extend(b"%d 0 obj\n%b\nendobj\n" % (number, data))

    for number, data in streams.items():
        emit(number, data)
    for number, start in enumerate(range(0, len(items), _PACKED), count):
        chunk = items[start : start + _PACKED]
        for index, (inner, _) in enumerate(chunk):
            _ROW.pack_into(table, _ROW.size * inner, 2, number, index)
        emit(number, _object_stream(chunk))
    identifier = hashlib.sha256(body).hexdigest()[:32]
    entries = f"/Type/XRef/Size {last + 1}/W[1 4 2]{trailer}/ID[<{identifier}><{identifier}>]"
    start = len(body)
    _ROW.pack_into(table, _ROW.size * last, 1, start, 0)
    emit(last, _stream(entries, bytes(table), _TABULAR))
    return bytes(body) + b"startxref\n%d\n%%%%EOF\n" % start


def _object_stream(chunk: Sequence[tuple[int, str]]) -> bytes:
    offsets = accumulate([len(source) + 1 for _, source in chunk], initial=0)
    index = "".join([f"{number} {offset} " for (number, _), offset in zip(chunk, offsets, strict=False)])
    entries = f"/Type/ObjStm/N {len(chunk)}/First {len(index)}"
    return _stream(entries, (index + "\n".join([source for _, source in chunk])).encode("latin-1"), _TABULAR)


def _stream(entries: str, data: bytes, effort: int = 6) -> bytes:
    return _plain_stream(entries + "/Filter/FlateDecode", zlib.compress(data, effort))


def _plain_stream(entries: str, data: bytes) -> bytes:
    head = f"<<{entries}/Length {len(data)}>>\nstream\n"
    return head.encode("ascii") + data + b"\nendstream"  # PDF/A wants the end of line before `endstream`

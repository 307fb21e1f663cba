"""The content stream of a page (ISO 32000-1, 7.8, 9.4 and 14.6): its marked contents as text, and the text of its
running header and footer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby

from msgspec import Struct, field

from briefing.document import Inlines, PageCount, PageNumber, Text
from briefing.readers.pdf.file import Page, PdfFile
from briefing.readers.pdf.fonts import Decoder, Fonts
from briefing.readers.pdf.syntax import (
    COMMENT,
    DEPTHS,
    GAP,
    NAME,
    REGULAR,
    REST,
    PdfDamage,
    array,
    dictionary,
    integer,
    name,
    object_pattern,
    parts,
    string,
)

_ARTIFACT = "Artifact"

_NUMBERS = rb"[-+.\d\0\t\n\f\r ]++"
_KEYWORD = b"(?:true|false|null)(?!" + REGULAR + b")"
_STRINGS = rb"\[(?:" + _NUMBERS + rb"|\((?:[^()\\]++|\\.)*+\))*+\]"  # what TJ shows, and most of a page
# Operators behind numbers only, which move or colour what others draw.
_PASSED = b"(?:" + _NUMBERS + b"(?!(?:EMC|BI|[qQ])(?!" + REGULAR + b"))[A-Za-z]" + REGULAR + b"*+)*+"
# Operands of those that show text, mark it or choose its font, as most are written: no other need be tried then.
_USUAL = b"(?:" + _STRINGS + rb"|\((?:[^()\\]++|\\.)*+\)|" + NAME + rb" (?:\d++|<<[^<>()\[\]%]*+>>)) (?=[A-Z])"
_END = b"BI"  # set behind a content stream, to see that its last operator was reached
_PLAIN_STRING = re.compile(rb"\(([^()\\\r]++)\)|[^-+.\d\[\]\0\t\n\f\r ].*+", re.DOTALL)


class PageContent(Struct):
    """What a page shows: text by number of marked content (MCID), and its running header and footer."""

    marked: dict[int, str] = field(default_factory=dict)
    header: Inlines = ()
    footer: Inlines = ()


def read_page(pdf: PdfFile, page: Page, fonts: Fonts, number: int) -> PageContent:
    """Read the content of page `number`.

    Raises PdfDamage for text that is neither content of the structure nor an artifact."""
    reader = _PageReader(pdf, page, fonts, number)
    streams = [pdf.stream(raw) for raw in pdf.items(page.entries[b"/Contents"])]
    for operands, operator in instructions(b"\n".join(streams)):
        if follow := _OPERATORS.get(operator):
            follow(reader, operands)
    reader.read_shown()
    header, footer = (_running(reader.running[kind], number, len(pdf.pages)) for kind in ("Header", "Footer"))
    return PageContent(reader.marked, header, footer)


# ------------------------------------------------------------------------------------------------------- instructions


def instructions(content: bytes) -> Sequence[tuple[bytes, bytes]]:
    """Cut a content stream into operators, each behind its operands; most of those without text or names are left out.

    What is no operator ends it, as an operator without a name."""
    found: list[tuple[bytes, bytes]] = []
    for depth in DEPTHS:
        *found, last, _ = _instruction(depth).findall(content + b"\n" + _END)
        if last == (b"", _END):
            return found
    return [*found, (b"", b"")]


@cache
def _instruction(depth: int) -> re.Pattern[bytes]:
    simple = b"|".join((NAME, rb"[-+.\d]++", _KEYWORD))
    operand = b"|".join((_NUMBERS, _STRINGS, COMMENT, object_pattern(depth, simple)))
    operands = b"(" + _USUAL + b"|(?:" + operand + b")*+)"
    return re.compile(_PASSED + GAP + operands + b"(" + REGULAR + rb"++|\Z|" + REST + b")", re.DOTALL)


def codes(operands: bytes) -> bytes:
    """The codes that operators show: their strings, and all those of their arrays."""
    plain: list[bytes] = _PLAIN_STRING.findall(operands)
    return b"".join(_strings(operands) if b"" in plain else plain)


def _strings(operands: bytes) -> Iterator[bytes]:
    """The strings among operands, however they are written."""
    for operand in parts(operands):
        if operand.startswith(b"["):
            yield from (string(item) for item in array(operand) if item.startswith((b"(", b"<")))
        elif operand.startswith((b"(", b"<")):
            yield string(operand)


# ------------------------------------------------------------------------------------------------------------- a page


class _Mark(Struct, frozen=True):
    """A marked-content sequence: its tag, its number if the structure refers to it, its kind if it is an artifact."""

    tag: str
    number: int | None = None
    kind: str = ""

    @property
    def owns(self) -> bool:
        """Whether it says of the text in it whose it is."""
        return self.number is not None or self.tag == _ARTIFACT


def _mark(tag: bytes, properties: bytes = b"<<>>") -> _Mark:
    entries = dictionary(properties)
    number, kind = entries.get(b"/MCID"), entries.get(b"/Subtype")
    return _Mark(name(tag), None if number is None else integer(number), "" if kind is None else name(kind))


@lru_cache(maxsize=4096)
def _written_mark(operands: bytes) -> _Mark | None:
    """The mark of which operands say all; None where its properties are among the page's resources."""
    tag, *properties = parts(operands)
    return None if any(raw.startswith(b"/") for raw in properties) else _mark(tag, *properties)


@lru_cache(maxsize=1024)
def _first(operands: bytes) -> bytes:
    return parts(operands)[0]


class _PageReader:
    """Follows the operators that show text, or say what it is and in which font."""

    def __init__(self, pdf: PdfFile, page: Page, fonts: Fonts, number: int) -> None:
        self._pdf, self._number = pdf, number
        self._resources = pdf.dictionary(page.entries.get(b"/Resources", b"<<>>"))
        self._decoders = fonts.decoders(page)
        self._decoder: Decoder | None = None
        self._saved: list[Decoder | None] = []
        self._marks: list[tuple[_Mark, _Mark | None]] = []  # each with the outermost that owns what is in it
        self._shown: list[bytes] = []  # in one font, under one mark, and not yet read
        self.marked: dict[int, str] = {}
        self.running: dict[str, list[tuple[str, str]]] = {"Header": [], "Footer": []}

    def begin(self, operands: bytes) -> None:
        """Begin a marked-content sequence."""
        self.read_shown()
        mark = _written_mark(operands)
        if mark is None:
            tag, key = parts(operands)
            mark = _mark(tag, self._pdf.value(self._resource(b"/Properties", key)))
        outer = self._marks[-1][1] if self._marks else None
        self._marks.append((mark, outer or (mark if mark.owns else None)))

    def end(self, _: bytes) -> None:
        """End the innermost marked-content sequence."""
        self.read_shown()
        self._marks.pop()

    def set_font(self, operands: bytes) -> None:
        """Show what follows in another font."""
        self._use(self._decoders[_first(operands)])

    def save(self, _: bytes) -> None:
        """Keep the font for later."""
        self._saved.append(self._decoder)

    def restore(self, _: bytes) -> None:
        """Take up the font that was kept."""
        self._use(self._saved.pop())

    def show(self, operands: bytes) -> None:
        """Show text."""
        self._shown.append(operands)

    def paint(self, operands: bytes) -> None:
        """Paint an image; a form could hold text."""
        if self._pdf.dictionary(self._resource(b"/XObject", _first(operands)))[b"/Subtype"] != b"/Image":
            raise PdfDamage(f"page {self._number} shows a page within the page, which is not read")

    def refuse_image(self, _: bytes) -> None:
        """Refuse an image whose bytes stand among the operators."""
        raise PdfDamage(f"page {self._number} holds an image among its text, which is not read")

    def refuse(self, _: bytes) -> None:
        """Refuse what is no operator."""
        raise PdfDamage(f"page {self._number} is not written as a PDF is")

    def read_shown(self) -> None:
        """Read what was shown since the font or the mark changed."""
        if not self._shown:
            return
        if self._decoder is None:
            raise PdfDamage("text is shown without a font")
        text = self._decoder.text(codes(b" ".join(self._shown)))
        self._shown.clear()
        mark, owner = self._marks[-1] if self._marks else (None, None)
        if mark is None or owner is None:
            raise PdfDamage(f"page {self._number} shows text that is not in its structure: {text[:40]!r}")
        if owner.number is not None:
            self.marked[owner.number] = self.marked.get(owner.number, "") + text
        elif owner.kind in self.running:
            self.running[owner.kind].append((mark.tag, text))

    def _use(self, decoder: Decoder | None) -> None:
        if decoder is not self._decoder:
            self.read_shown()
            self._decoder = decoder

    def _resource(self, kind: bytes, key: bytes) -> bytes:
        return self._pdf.dictionary(self._resources[kind])[key]


_OPERATORS: Mapping[bytes, Callable[[_PageReader, bytes], None]] = {
    b"BMC": _PageReader.begin,
    b"BDC": _PageReader.begin,
    b"EMC": _PageReader.end,
    b"Tf": _PageReader.set_font,
    b"q": _PageReader.save,
    b"Q": _PageReader.restore,
    b"Tj": _PageReader.show,
    b"TJ": _PageReader.show,
    b"'": _PageReader.show,
    b'"': _PageReader.show,
    b"Do": _PageReader.paint,
    b"BI": _PageReader.refuse_image,
    b"": _PageReader.refuse,
}


def _running(pieces: list[tuple[str, str]], number: int, pages: int) -> Inlines:
    """The inlines of a running header or footer; a page number is one only where it is the right one."""
    inlines: list[Text | PageNumber | PageCount] = []
    for tag, group in groupby(pieces, lambda piece: piece[0]):
        text = "".join(text for _, text in group)
        if (tag, text) == ("PageNumber", str(number)):
            inlines.append(PageNumber())
        elif (tag, text) == ("PageCount", str(pages)):
            inlines.append(PageCount())
        elif inlines and isinstance(last := inlines[-1], Text):
            inlines[-1] = Text(last.text + text)
        else:
            inlines.append(Text(text))
    return tuple(inlines)

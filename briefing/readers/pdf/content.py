"""The content stream of a page: its marked contents as text, and the text of its running header and footer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from struct import unpack

import pikepdf
from msgspec import Struct, field
from pikepdf import Name

from briefing.document import Inlines, PageCount, PageNumber, Text

_READ = "BMC BDC EMC Tf Tj TJ ' \""  # the operators that show text or say what it is
_MAPPINGS = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CODES = re.compile(rb"<([0-9A-Fa-f]*)>")
_ARTIFACT = "Artifact"


class PageContent(Struct):
    """What a page shows: text by number of marked content (MCID), and its running header and footer."""

    marked: dict[int, str] = field(default_factory=dict)
    header: Inlines = ()
    footer: Inlines = ()


class _Mark(Struct, frozen=True):
    """A marked-content sequence: its tag, its number if the structure refers to it, its kind if it is an artifact."""

    tag: str
    number: int | None = None
    kind: str = ""


class Fonts:
    """Turns the codes of shown strings into characters, by each font's ToUnicode table; tables are read once."""

    def __init__(self) -> None:
        self._decoders: dict[tuple[int, int], Decoder] = {}

    def decoders(self, page: pikepdf.Page) -> dict[str, Decoder]:
        """The decoders of a page's fonts, by resource name."""
        fonts = page.obj.Resources.get("/Font", pikepdf.Dictionary())
        return {name: self._decoder(font) for name, font in fonts.items()}

    def _decoder(self, font: pikepdf.Object) -> Decoder:
        decoder = self._decoders.get(font.objgen) if font.is_indirect else None
        if decoder is None:
            decoder = Decoder(_to_unicode(font.ToUnicode.read_bytes()), wide=font.Subtype == Name.Type0)
            self._decoders[font.objgen] = decoder
        return decoder


class Decoder:
    """The characters of one font, by code."""

    def __init__(self, table: dict[int, str], *, wide: bool) -> None:
        self._table, self._wide = table, wide

    def text(self, codes: bytes) -> str:
        """Decode what was shown. Raises ValueError for a code that has no character."""
        numbers = unpack(f">{len(codes) // 2}H", codes) if self._wide else codes
        try:
            return "".join(map(self._table.__getitem__, numbers))
        except KeyError as error:
            raise ValueError(f"code {error} of a font has no character") from error


def _to_unicode(source: bytes) -> dict[int, str]:
    """Read a ToUnicode table (ISO 32000-1, 9.10.3)."""
    table: dict[int, str] = {}
    for kind, body in _MAPPINGS.findall(source):
        codes = [bytes.fromhex(code.decode()) for code in _CODES.findall(body)]
        if kind == b"bfchar":
            for code, characters in zip(codes[::2], codes[1::2], strict=True):
                table[int.from_bytes(code, "big")] = characters.decode("utf-16-be")
            continue
        if b"[" in body:
            raise ValueError("a ToUnicode table with lists of characters is not read")
        for first, last, characters in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            low, text = int.from_bytes(first, "big"), characters.decode("utf-16-be")
            for number in range(low, int.from_bytes(last, "big") + 1):
                table[number] = text[:-1] + chr(ord(text[-1]) + number - low)
    return table


def read_page(page: pikepdf.Page, fonts: Fonts, number: int, pages: int) -> PageContent:
    """Read the content of page `number` of `pages`.

    Raises ValueError for text that is neither content of the structure nor an artifact."""
    content = PageContent()
    running: dict[str, list[tuple[str, str]]] = {"Header": [], "Footer": []}
    for marks, text in _shown(page, fonts):
        owner = next((mark for mark in marks if mark.number is not None or mark.tag == _ARTIFACT), None)
        if owner is None:
            raise ValueError(f"page {number} shows text that is not in its structure: {text[:40]!r}")
        if owner.number is not None:
            content.marked[owner.number] = content.marked.get(owner.number, "") + text
        elif owner.kind in running:
            running[owner.kind].append((marks[-1].tag, text))
    content.header = _running(running["Header"], number, pages)
    content.footer = _running(running["Footer"], number, pages)
    return content


def _shown(page: pikepdf.Page, fonts: Fonts) -> list[tuple[tuple[_Mark, ...], str]]:
    """Every string shown, with the marked contents it stands in, the outermost first."""
    shown: list[tuple[tuple[_Mark, ...], str]] = []
    marks: tuple[_Mark, ...] = ()
    decoders = fonts.decoders(page)
    decoder: Decoder | None = None
    for instruction in pikepdf.parse_content_stream(page, _READ):
        operands = instruction.operands
        match str(instruction.operator):
            case "BMC":
                marks = (*marks, _Mark(str(operands[0])[1:]))
            case "BDC":
                marks = (*marks, _mark(str(operands[0])[1:], operands[1]))
            case "EMC":
                marks = marks[:-1]
            case "Tf":
                decoder = decoders[str(operands[0])]
            case operator:
                if decoder is None:
                    raise ValueError("text is shown without a font")
                strings: Iterable[object] = operands[0] if operator == "TJ" else operands[-1:]
                codes = b"".join([bytes(string) for string in strings if isinstance(string, pikepdf.String)])
                shown.append((marks, decoder.text(codes)))
    return shown


def _mark(tag: str, properties: pikepdf.Object) -> _Mark:
    if not isinstance(properties, pikepdf.Dictionary):
        return _Mark(tag)
    number = properties.get("/MCID")
    return _Mark(tag, None if number is None else int(number), str(properties.get("/Subtype", ""))[1:])


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

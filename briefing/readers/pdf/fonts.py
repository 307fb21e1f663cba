"""The fonts of a PDF as their ToUnicode tables tell them (ISO 32000-1, 9.10): codes to characters."""

from __future__ import annotations

import re
from codecs import charmap_decode
from collections.abc import Mapping
from struct import unpack

from briefing.readers.pdf.file import Page, PdfFile
from briefing.readers.pdf.syntax import PdfDamage, name

_MAPPINGS = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CODES = re.compile(rb"<([0-9A-Fa-f]*)>")
_HIGHEST = 0xFFFF
_NONE = "\ufffe"  # what the codec for tables takes for no character


class Decoder:
    """The characters of one font, by code."""

    def __init__(self, table: Mapping[int, str], *, wide: bool) -> None:
        self._table, self._wide = table, wide
        first = (table.get(code, _NONE) for code in range(256))
        self._first = "".join(text if len(text) == 1 else _NONE for text in first)

    def text(self, codes: bytes) -> str:
        """Decode what was shown. Raises PdfDamage for a code that has no character."""
        if not self._wide:
            return self._narrow(codes)
        if len(codes) % 2:
            raise PdfDamage("a page shows half a character")
        if codes[::2].strip(b"\0"):
            return self._joined(unpack(f">{len(codes) // 2}H", codes))
        return self._narrow(codes[1::2])

    def _narrow(self, codes: bytes) -> str:
        """Decode codes of one byte: nearly all of a text in Latin letters, and much faster."""
        try:
            return charmap_decode(codes, "strict", self._first)[0]
        except UnicodeDecodeError:
            return self._joined(codes)

    def _joined(self, codes: bytes | tuple[int, ...]) -> str:
        try:
            return "".join([self._table[code] for code in codes])
        except KeyError as fault:
            raise PdfDamage(f"code {fault} of a font has no character") from fault


class Fonts:
    """The decoders of a file's fonts; each table is read once."""

    def __init__(self, pdf: PdfFile) -> None:
        self._pdf = pdf
        self._decoders: dict[bytes, Decoder] = {}

    def decoders(self, page: Page) -> Mapping[bytes, Decoder]:
        """The decoders of a page's fonts, by resource name (`/F1`)."""
        resources = self._pdf.dictionary(page.entries.get(b"/Resources", b"<<>>"))
        fonts = self._pdf.dictionary(resources.get(b"/Font", b"<<>>"))
        return {key: self._decoder(font) for key, font in fonts.items()}

    def _decoder(self, raw: bytes) -> Decoder:
        if raw not in self._decoders:
            font = self._pdf.dictionary(raw)
            table = to_unicode(self._pdf.stream(font[b"/ToUnicode"]))
            self._decoders[raw] = Decoder(table, wide=name(font[b"/Subtype"]) == "Type0")
        return self._decoders[raw]


def to_unicode(source: bytes) -> Mapping[int, str]:
    """Read a ToUnicode table (9.10.3)."""
    table: dict[int, str] = {}
    for kind, body in _MAPPINGS.findall(source):
        if b"[" in body:
            raise PdfDamage("a ToUnicode table with lists of characters is not read")
        codes = [bytes.fromhex(code.decode()) for code in _CODES.findall(body)]
        if kind == b"bfchar":
            for code, characters in zip(codes[::2], codes[1::2], strict=True):
                table[int.from_bytes(code, "big")] = characters.decode("utf-16-be")
            continue
        for first, last, characters in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            low, high, text = int.from_bytes(first, "big"), int.from_bytes(last, "big"), characters.decode("utf-16-be")
            if high > _HIGHEST:
                raise PdfDamage("a font has codes of more than two bytes")
            for number in range(low, high + 1):
                table[number] = text[:-1] + chr(ord(text[-1]) + number - low)
    return table

"""A face as it stands in one PDF: one Type0 font (ISO 32000-1, 9.7) with one code per character.

Codes are given to characters, not to glyphs, in order of first use, and ToUnicode says which: what is copied is what
was written. Code 0 is never used, so nothing can show `.notdef`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from briefing.fonts import Face
from briefing.writers.pdf.file import Stream, TaggedDocument

# Bytes that would need a backslash in a PDF string. Codes that hold them are left out: a literal string is smaller than
# a hexadecimal one, and so is what deflate makes of it.
_UNFIT = frozenset(b"()\\\r")
_IDENTITY = "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
_MAP_START = (
    "/CIDInit/ProcSet findresource begin 12 dict begin begincmap"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def/CMapName/Adobe-Identity-UCS def/CMapType 2 def "
    "1 begincodespacerange<0000><FFFF>endcodespacerange"
)
_MAP_END = "endcmap CMapName currentdict/CMap defineresource pop end end"


class _Codes(dict[int, str]):
    """Code point → the two bytes of its code, as Latin-1 text; filled by `str.translate` as it meets new characters."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.glyphs = [0]
        self.characters = [""]
        self._face = face

    def __missing__(self, point: int) -> str:
        while (code := len(self.glyphs)) & 0xFF in _UNFIT or code >> 8 in _UNFIT:
            self._add(0, "")
        self._add(self._face.glyph(chr(point)), chr(point))
        self[point] = written = chr(code >> 8) + chr(code & 0xFF)
        return written

    def _add(self, glyph: int, character: str) -> None:
        self.glyphs.append(glyph)
        self.characters.append(character)


class DocumentFont:
    """Encodes words for one face of one document, and embeds what of the face was used."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self._codes = _Codes(face)

    def encode(self, word: str, kerning: Iterable[tuple[int, int]]) -> str:
        """Write the inside of the string that shows a word, kerned by (index, adjustment)."""
        text, start = "", 0
        for at, adjustment in kerning:
            text += f"{word[start:at].translate(self._codes)}){-adjustment}("
            start = at
        return text + word[start:].translate(self._codes)

    def embed(self, document: TaggedDocument) -> str:
        """Write the font into the file; returns the reference to it."""
        face, codes = self.face, self._codes
        digest = hashlib.sha256("\0".join([face.name, *codes.characters]).encode()).digest()
        name = "".join(chr(ord("A") + byte % 26) for byte in digest[:6]) + "+" + face.name
        flags = 4 | (64 if face.italic_angle else 0) | (1 << 18 if face.weight >= 600 else 0)
        program = face.subset(codes.glyphs)
        file = document.add(Stream(f"/Length1 {len(program)}", program))
        descriptor = document.add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags {flags}/FontBBox[{' '.join(map(str, face.box))}]"
            f"/ItalicAngle {face.italic_angle}/Ascent {face.ascent}/Descent {face.descent}/CapHeight {face.cap_height}"
            f"/StemV {50 + (face.weight // 65) ** 2}/FontFile2 {file}>>"
        )
        widths = " ".join(f"{face.advance(glyph):.6g}" for glyph in codes.glyphs)
        descendant = document.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo{_IDENTITY}/CIDToGIDMap/Identity"
            f"/FontDescriptor {descriptor}/W[0[{widths}]]>>"
        )
        unicode = document.add(Stream("", _to_unicode(codes.characters).encode("ascii")))
        return document.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant}]/ToUnicode {unicode}>>"
        )


def _to_unicode(characters: Sequence[str]) -> str:
    rows = [f"<{code:04X}><{c.encode('utf-16-be').hex().upper()}>" for code, c in enumerate(characters) if c]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]  # a block may hold a hundred
    return "\n".join(
        [_MAP_START, *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks), _MAP_END]
    )

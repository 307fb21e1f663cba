"""Fonts: which face draws which character, and how wide a word is.

Kerning of Latin text comes from a table beside the font (`SourceSans3-Bold.kern.json`), made by `tools/kerning.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import groupby
from math import fsum
from operator import add
from pathlib import Path
from typing import NamedTuple, cast

from briefing import files
from briefing.diagnostics import BriefingError, Diagnostic, Location
from briefing.housestyle import FontFamily
from briefing.truetype import TrueType

BLANKS = " \u2002\u2003\u2009"  # where a line may end: blank, en and em space, thin space
KERNING_LIMIT = 5_000_000  # bytes
_MOST_WORDS = 20_000  # remembered of a face, which may serve many briefs
FALLBACK = "cjk"  # the family that draws what the others cannot


class Run(NamedTuple):
    """Text that one face draws, `shrink` points smaller than the text around it."""

    face: Face
    shrink: float
    text: str


class Word(NamedTuple):
    """The measure of a word in em/1000: its letters, the blanks after them, and (index, adjustment) of its kerning."""

    width: float
    blank: float
    kerning: tuple[tuple[int, int], ...]


class _Kerning(dict[str, int]):
    """Adjustments between two letters, looked up in a font's table when a pair is first met."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def __missing__(self, pair: str) -> int:
        row = self._table.get(pair[0])
        if row is None:  # not remembered: of letters that are never kerned there are thousands
            return 0
        self[pair] = found = next((int(value) for value, rights in row.items() if pair[1] in rights), 0)
        return found

    @cached_property
    def _table(self) -> Mapping[str, Mapping[str, str]]:
        if not files.is_file(self._path):
            return {}
        return cast(Mapping[str, Mapping[str, str]], json.loads(files.read_text(self._path, KERNING_LIMIT)))


class _Widths(dict[str, float]):
    """How far characters move the pen, looked up in a font when one is first met."""

    def __init__(self, font: TrueType) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: str) -> float:
        self[char] = width = self._font.advance(self._font.glyph(char))
        return width


class Face(TrueType):
    """A font file that measures words."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._drawn: set[str] = set()
        self._words: dict[str, Word] = {}
        self._widths_of = _Widths(self)
        self._kerning = _Kerning(path.with_suffix(".kern.json"))

    def draws(self, text: str) -> bool:
        """Say whether the face has every character of a text."""
        if text.isascii() and text.isprintable() and self._has_ascii:
            return True
        if not self._drawn.issuperset(text):
            self._drawn.update(char for char in text if self.glyph(char))
            return self._drawn.issuperset(text)
        return True

    @cached_property
    def _has_ascii(self) -> bool:
        return all(self.glyph(chr(code)) for code in range(0x20, 0x7F))

    def word(self, text: str) -> Word:
        """Measure a word with the blanks after it; remembered."""
        word = self._words.get(text)
        if word is None:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            self._words[text] = word = self._measure(text)
        return word

    def _measure(self, text: str) -> Word:
        letters = text.rstrip(BLANKS)
        pairs = map(self._kerning.__getitem__, map(add, letters, letters[1:]))
        kerning = tuple((at, adjustment) for at, adjustment in enumerate(pairs, 1) if adjustment)
        widths = self._widths_of.__getitem__
        width = fsum([*map(widths, letters), *(adjustment for _, adjustment in kerning)])
        return Word(width, fsum(map(widths, text[len(letters) :])), kerning)


class FontBook:
    """The faces of a house style's families, found in `folders` (the first that has a file), opened when needed."""

    def __init__(self, families: Mapping[str, FontFamily], folders: Sequence[Path]) -> None:
        self._families = families
        self._folders = tuple(folders)
        self._faces: dict[str, Face] = {}

    def face(self, family: str, bold: bool = False, italic: bool = False) -> Face:
        """Open a face of a family. Raises BriefingError [font-missing], [font-unreadable]."""
        faces = self._families[family]
        name = (faces.regular, faces.italic, faces.bold, faces.bold_italic)[2 * bold + italic]
        face = self._faces.get(name)
        if face is None:
            self._faces[name] = face = Face(self._find(name))
        return face

    def _find(self, name: str) -> Path:
        for folder in self._folders:
            if files.is_file(folder / name):
                return folder / name
        help = "Put the file into your font folder, or name another in the house style."
        raise BriefingError([Diagnostic(Location(name), "font-missing", "there is no such font file", help)])

    def face_for(self, char: str, family: str, bold: bool = False, italic: bool = False) -> Face | None:
        """Find the face that draws a character: the family's own, else the fallback's, else none."""
        for candidate in (family, FALLBACK):
            if candidate in self._families:
                face = self.face(candidate, bold, italic)
                if face.glyph(char):
                    return face
        return None

    def missing(self, text: str, family: str) -> str:
        """List the characters of a text that no face draws, each once, in order."""
        if self.face(family).draws(text):
            return ""
        return "".join(c for c in dict.fromkeys(text) if self.face_for(c, family) is None)

    def runs(self, text: str, family: str, bold: bool = False, italic: bool = False) -> list[Run]:
        """Cut a text into the runs that one face draws; blanks stay with what they follow.

        Raises BriefingError [glyph-missing] for a character that no face draws."""
        own = self.face(family, bold, italic)
        if own.draws(text):
            return [Run(own, 0.0, text)]
        chosen, face = [], own
        for char in text:
            if char not in BLANKS and char != "\xa0":
                face = own if own.glyph(char) else self._fallback(char, family, bold, italic)
            chosen.append(face)
        shrink = self._families[FALLBACK].shrink if FALLBACK in self._families else 0.0
        grouped = groupby(zip(chosen, text, strict=True), lambda pair: pair[0])
        return [
            Run(drawn, 0.0 if drawn is own else shrink, "".join(char for _, char in pairs)) for drawn, pairs in grouped
        ]

    def _fallback(self, char: str, family: str, bold: bool, italic: bool) -> Face:
        face = self.face_for(char, family, bold, italic)
        if face is None:
            message = f"no font draws the character U+{ord(char):04X}"
            raise BriefingError([Diagnostic(Location(""), "glyph-missing", message, "Write it in another way.")])
        return face

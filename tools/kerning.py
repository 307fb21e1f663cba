"""Write the kerning table of each font given, beside it: `python tools/kerning.py briefing/fonts/Source*.ttf`.

Asks HarfBuzz (package uharfbuzz) how far each pair of Latin letters moves together, ligatures off, in em/1000. The
table is {left letter: {adjustment: right letters}}; adjustments below 8, which nobody sees, are left out."""

import json
import sys
from pathlib import Path

import uharfbuzz

LETTERS = [*range(0x21, 0x7F), *range(0xC0, 0x100), *map(ord, "ĀāĒēĪīŌōŎŏŪūŬŭ–—‘’“”…")]  # what names here are made of
FEATURES = {"kern": True, "liga": False, "clig": False, "calt": False}
LEAST = 8


def kerning(path: Path) -> dict[str, dict[str, str]]:
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))
    glyphs = {chr(code): glyph for code in LETTERS if (glyph := font.get_nominal_glyph(code))}
    table: dict[str, dict[str, str]] = {}
    for left, glyph in glyphs.items():
        advance = font.get_glyph_h_advance(glyph)
        for right in glyphs:
            adjustment = round((first_advance(font, left + right) - advance) * 1000 / font.face.upem)
            if abs(adjustment) >= LEAST:
                row = table.setdefault(left, {})
                row[str(adjustment)] = row.get(str(adjustment), "") + right
    return table


def first_advance(font: uharfbuzz.Font, pair: str) -> int:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(pair)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, FEATURES)
    return int(buffer.glyph_positions[0].x_advance)


if __name__ == "__main__":
    for name in map(Path, sys.argv[1:]):
        text = json.dumps(kerning(name), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        name.with_suffix(".kern.json").write_text(text + "\n", "utf-8")

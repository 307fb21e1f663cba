"""The house style: named styles that both writers use. Values only; `readers/housestyle` reads them from TOML.

Every style is named by its role in a brief (`speaker`), which is also the class a template writes, and carries the name
Word shows (`Speaker`; built-in names such as `heading 1` as Word's files spell them). Lengths are points unless said;
colours are six hex digits. Spacing after a paragraph and before the next add up, in both writers."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class FontFamily(Struct, frozen=True):
    """A family's four faces, as file names in the font folders; the names Word asks for; `shrink` points off the size
    of the text around it (Korean and Japanese look a size too large beside Latin text; PDF only)."""

    regular: str
    bold: str
    italic: str
    bold_italic: str
    word: str
    word_korean: str = ""
    word_japanese: str = ""
    shrink: float = 0


class Border(Struct, frozen=True):
    """A rule: `single`, `double` (two lines of `width`, a gap of `width` between) or `dashed`; `space` to the text."""

    width: float
    color: str
    kind: str = "single"
    space: float = 0


class ParagraphStyle(Struct, frozen=True):
    """How a paragraph looks. `leading` is exact. `before_under_heading` is the space before a heading right under one
    of the level above (None: `before`). `hanging` hangs all lines but the first; `step` is the distance of the first
    tab stop (list labels, cell signs); `break_room` is the height in points that must be left on a page for it to begin
    there; `outline` is its level for navigation (0: none); `box` names the Box it may stand in."""

    role: str
    word: str
    family: str = "serif"
    size: float = 10
    leading: float = 14
    bold: bool = False
    italic: bool = False
    color: str = "1A1A1A"
    before: float = 0
    before_under_heading: float | None = None
    after: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    step: float = 0
    align: str = "left"
    keep_next: bool = False
    break_room: float = 0
    outline: int = 0
    top: Border | None = None
    side: Border | None = None
    box: str = ""
    label: str = ""


class CharacterStyle(Struct, frozen=True):
    """How a span looks; what is None stays as around it. `advance` is the least width the span takes, its trailing
    space included (Word: a tab to the paragraph's `step`); `pad` is a no-break space's worth of ground at either
    end."""

    role: str
    word: str
    family: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    color: str | None = None
    ground: str | None = None
    rise: float = 0
    advance: float = 0
    pad: bool = False


class TableStyle(Struct, frozen=True):
    """Rules and padding (top, right, bottom, left) of a table. `flush`: the first column starts at the margin."""

    role: str
    padding: tuple[float, float, float, float]
    head_padding: tuple[float, float, float, float]
    flush: bool
    head_rule: Border
    row_rule: Border
    last_rule: Border
    before: float = 0
    after: float = 0


class CellStyle(Struct, frozen=True):
    """The texture of a kind of cell: a fill, a rule at its left, or a frame of its own."""

    role: str
    fill: str | None = None
    side: Border | None = None
    frame: Border | None = None


class BoxStyle(Struct, frozen=True):
    """A frame with a ground; padding is top, right, bottom, left."""

    role: str
    frame: Border
    fill: str
    padding: tuple[float, float, float, float]
    before: float = 0


class PageStyle(Struct, frozen=True):
    """A sheet in millimetres, upright; landscape turns it, with margins of its own on the sides."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    landscape_side: float


class HouseStyle(Struct, frozen=True):
    """Everything that decides how a brief looks; `row_split` is the height in points from which a row may split."""

    families: Mapping[str, FontFamily]
    paragraphs: Mapping[str, ParagraphStyle]
    characters: Mapping[str, CharacterStyle]
    tables: Mapping[str, TableStyle]
    cells: Mapping[str, CellStyle]
    boxes: Mapping[str, BoxStyle]
    pages: Mapping[str, PageStyle]
    note_rule: Border
    row_split: float = 170
    box_split: float = 170
    note_share: float = 0.4
    note_slots: int = 3

"""The styles part: every look of the brief by name, under the names Word shows its users."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.housestyle import CellStyle, CharacterStyle, HouseStyle, ParagraphStyle, TableStyle
from briefing.writers.docx.elements import element, part
from briefing.writers.docx.looks import (
    LANGUAGE_STYLES,
    border,
    document_languages,
    face_of,
    face_properties,
    fonts_property,
    language_property,
    letters_properties,
    paragraph_properties,
    shading,
    spacing,
    style_id,
    twips,
)

BREAK_STYLE = "Brief Break"
TABLE_STYLE = "Brief Table"

# The names among those a house style may use that are Word's own: Word shows them in the language of its user.
_BUILT_IN = frozenset(
    "body text|bibliography|block text|caption|closing|date|emphasis|endnote text|footer|footnote reference"
    "|footnote text|header|hyperlink|intense quote|list bullet|list continue|list number|list paragraph|no spacing"
    "|quote|signature|strong|subtitle|table of figures|title|toc heading".split("|")
) | {f"heading {level}" for level in range(1, 10)}


def styles_part(house: HouseStyle, lists: Mapping[str, int], language: str) -> bytes:
    """Write all styles of the house, with the defaults they start from; `lists` numbers the lists some make."""
    # Without exceptions, every built-in style not defined below stays out of Word's gallery.
    latent = {"defLockedState": 0, "defUIPriority": 99, "defSemiHidden": 1, "defUnhideWhenUsed": 1, "defQFormat": 0}
    paragraphs = enumerate(house.paragraphs.values(), start=1)
    content = (
        _defaults(house, language),
        element("latentStyles", **latent, count=376),
        *_foundations(),
        *(_paragraph_style(style, house, lists.get(style.role), rank) for rank, style in paragraphs),
        *(_character_style(character, house) for character in house.characters.values()),
        *(_language_style(name, tag, house) for tag, name in LANGUAGE_STYLES.items()),
        *(_table_style(table) for table in house.tables.values()),
    )
    return part("styles", content)


def table_style_name(role: str) -> str:
    """Name a table style of the house: the default is the brief's own table, the others stand on it."""
    return TABLE_STYLE if role == "default" else f"{TABLE_STYLE} {role.replace('-', ' ').title()}"


def _defaults(house: HouseStyle, language: str) -> str:
    text = house.paragraphs["body-text"]
    face = fonts_property(text.family, house, "ko") + letters_properties(face_of(text), house)
    tongues = element("lang", **document_languages(language), bidi="ar-SA")
    run = element("rPrDefault", element("rPr", face, tongues))
    return element("docDefaults", run, element("pPrDefault", element("pPr", spacing(0, 0, text.leading))))


def _foundations() -> tuple[str, ...]:
    """What Word expects in every file, the four styles all stand on, and the paragraph that parts two tables."""
    margins = (element(side, w=width, type="dxa") for side, width in _sides((0, 108, 0, 108)))
    plain = element("tblPr", element("tblInd", w=0, type="dxa"), element("tblCellMar", *margins))
    least = element("pPr", spacing(0, 0, 1))
    dot = element("rPr", element("sz", val=2), element("szCs", val=2))
    return (
        _style("paragraph", "Normal", element("qFormat"), default="1"),
        _style("character", "Default Paragraph Font", *_hidden(), default="1"),
        _style("table", "Normal Table", *_hidden(), plain, default="1", styleId="TableNormal"),
        _style("numbering", "No List", *_hidden(), default="1"),
        _style("paragraph", BREAK_STYLE, element("basedOn", val="Normal"), *_hidden(), least, dot),
    )


def _hidden() -> tuple[str, str, str]:
    return element("uiPriority", val=99), element("semiHidden"), element("unhideWhenUsed")


def _style(kind: str, word: str, *content: str, **attributes: str) -> str:
    own = {} if word.lower() in _BUILT_IN or "default" in attributes else {"customStyle": "1"}
    identity = {"type": kind, **own, "styleId": style_id(word), **attributes}
    return element("style", element("name", val=word), *content, **identity)


def _paragraph_style(style: ParagraphStyle, house: HouseStyle, number: int | None, rank: int) -> str:
    follows = house.paragraphs["body-text"].word if style.outline else style.word
    return _style(
        "paragraph",
        style.word,
        element("basedOn", val="Normal"),
        element("next", val=style_id(follows)),
        element("uiPriority", val=rank),
        element("qFormat"),
        paragraph_properties(style, house, element("numPr", element("numId", val=number)) if number else ""),
        element("rPr", face_properties(face_of(style), house)),
    )


def _character_style(style: CharacterStyle, house: HouseStyle) -> str:
    return _on_default(style.word, face_properties(style, house))


def _language_style(name: str, language: str, house: HouseStyle) -> str:
    return _on_default(name, fonts_property(None, house, language) + language_property(language))


def _on_default(word: str, face: str) -> str:
    based = element("basedOn", val="DefaultParagraphFont")
    properties = element("rPr", face) if face else ""
    return _style("character", word, based, element("uiPriority", val=50), element("qFormat"), properties)


# ------------------------------------------------------------------------------------------------------------ tables


def _table_style(table: TableStyle) -> str:
    rules = element("tblBorders", border("bottom", table.last_rule), border("insideH", table.row_rule))
    inside = element(
        "tblCellMar", *(element(side, w=twips(width), type="dxa") for side, width in _sides(table.padding))
    )
    head = element("tcPr", element("tcBorders", border("bottom", table.head_rule)), element("vAlign", val="bottom"))
    word = table_style_name(table.role)
    return _style(
        "table",
        word,
        element("basedOn", val="TableNormal" if word == TABLE_STYLE else style_id(TABLE_STYLE)),
        element("uiPriority", val=59),
        element("qFormat"),
        element("tblPr", element("tblInd", w=0, type="dxa"), rules, inside),
        element("tblStylePr", head, type="firstRow"),
    )


def _sides(padding: tuple[float, float, float, float]) -> tuple[tuple[str, float], ...]:
    """Word names the sides of a table in the order top, left, bottom, right; the house goes round the clock."""
    top, right, bottom, left = padding
    return ("top", top), ("left", left), ("bottom", bottom), ("right", right)


def cell_texture(cell: CellStyle) -> str:
    """Write borders and fill of a kind of cell, which Word has no styles for."""
    sides = (border(side, cell.frame or (cell.side if side == "left" else None)) for side, _ in _sides((0, 0, 0, 0)))
    borders = element("tcBorders", *sides) if cell.frame or cell.side else ""
    return borders + (shading(cell.fill) if cell.fill else "")

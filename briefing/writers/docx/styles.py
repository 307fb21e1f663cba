"""The styles part: every look of the brief by name, under the names Word shows its users."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement
from msgspec.structs import replace

from briefing.housestyle import CellStyle, CharacterStyle, HouseStyle, ParagraphStyle, TableStyle
from briefing.writers.docx.elements import NAMES, Node, grow, node, root
from briefing.writers.docx.looks import (
    LANGUAGE_STYLES,
    border,
    east_asian_font,
    face_of,
    face_properties,
    language_property,
    paragraph_properties,
    shading,
    spacing,
    style_id,
    twips,
    word_language,
)
from briefing.writers.docx.numbering import Numbering

BREAK_STYLE = "Brief Break"
TABLE_STYLE = "Brief Table"

# The names among those a house style may use that are Word's own: Word shows them in the language of its user.
_BUILT_IN = frozenset(
    "body text|bibliography|block text|caption|closing|date|emphasis|endnote text|footer|footnote reference"
    "|footnote text|header|hyperlink|intense quote|list bullet|list continue|list number|list paragraph|no spacing"
    "|quote|signature|strong|subtitle|table of figures|title|toc heading".split("|")
) | {f"heading {level}" for level in range(1, 10)}


def styles_part(house: HouseStyle, numbering: Numbering, language: str) -> BaseOxmlElement:
    """Write all styles of the house, with the defaults they start from."""
    styles = root("styles")
    grow(styles, _defaults(house, language))
    # Without exceptions, every built-in style not defined below stays out of Word's gallery.
    latent = {"defLockedState": 0, "defUIPriority": 99, "defSemiHidden": 1, "defUnhideWhenUsed": 1, "defQFormat": 0}
    grow(styles, node("latentStyles", **latent, count=376))
    for described in _foundations():
        grow(styles, described)
    for rank, style in enumerate(house.paragraphs.values(), start=1):
        grow(styles, _paragraph_style(style, house, numbering, rank))
    for character in house.characters.values():
        grow(styles, _character_style(character, house))
    for tag, name in LANGUAGE_STYLES.items():
        grow(styles, _language_style(name, tag, house))
    for table in house.tables.values():
        grow(styles, _table_style(table))
    return styles


def table_style_name(role: str) -> str:
    """Name a table style of the house: the default is the brief's own table, the others stand on it."""
    return TABLE_STYLE if role == "default" else f"{TABLE_STYLE} {role.replace('-', ' ').title()}"


def _defaults(house: HouseStyle, language: str) -> Node:
    text = house.paragraphs["body-text"]
    fonts, *face = (described for described in face_properties(face_of(text), house) if described is not None)
    fonts = replace(fonts, attributes={**fonts.attributes, NAMES["eastAsia"]: east_asian_font(house, "ko")})
    tongues = node("lang", val=word_language(language), eastAsia="ko-KR", bidi="ar-SA")
    run = node("rPrDefault", node("rPr", fonts, *face, tongues))
    return node("docDefaults", run, node("pPrDefault", node("pPr", spacing(0, 0, text.leading))))


def _foundations() -> tuple[Node, ...]:
    """What Word expects in every file, the four styles all stand on, and the paragraph that parts two tables."""
    margins = (node(side, w=width, type="dxa") for side, width in _sides((0, 108, 0, 108)))
    plain = node("tblPr", node("tblInd", w=0, type="dxa"), node("tblCellMar", *margins))
    least = node("pPr", spacing(0, 0, 1))
    dot = node("rPr", node("sz", val=2), node("szCs", val=2))
    return (
        _style("paragraph", "Normal", node("qFormat"), default="1"),
        _style("character", "Default Paragraph Font", *_hidden(), default="1"),
        _style("table", "Normal Table", *_hidden(), plain, default="1", styleId="TableNormal"),
        _style("numbering", "No List", *_hidden(), default="1"),
        _style("paragraph", BREAK_STYLE, node("basedOn", val="Normal"), *_hidden(), least, dot),
    )


def _hidden() -> tuple[Node, Node, Node]:
    return node("uiPriority", val=99), node("semiHidden"), node("unhideWhenUsed")


def _style(kind: str, word: str, *content: Node | None, **attributes: str) -> Node:
    own = {} if word.lower() in _BUILT_IN or "default" in attributes else {"customStyle": "1"}
    identity = {"type": kind, **own, "styleId": style_id(word), **attributes}
    return node("style", node("name", val=word), *content, **identity)


def _paragraph_style(style: ParagraphStyle, house: HouseStyle, numbering: Numbering, rank: int) -> Node:
    properties = list(paragraph_properties(style, house))
    if style.role in numbering.of_style:
        keeps = sum(described.tag.endswith(("keepNext", "keepLines")) for described in properties)
        properties.insert(keeps, node("numPr", node("numId", val=numbering.of_style[style.role])))
    face = (described for described in face_properties(face_of(style), house) if described is not None)
    follows = house.paragraphs["body-text"].word if style.outline else style.word
    return _style(
        "paragraph",
        style.word,
        node("basedOn", val="Normal"),
        node("next", val=style_id(follows)),
        node("uiPriority", val=rank),
        node("qFormat"),
        node("pPr", *properties),
        node("rPr", *face),
    )


def _character_style(style: CharacterStyle, house: HouseStyle) -> Node:
    face = tuple(described for described in face_properties(style, house) if described is not None)
    return _on_default(style.word, node("rPr", *face) if face else None)


def _language_style(name: str, language: str, house: HouseStyle) -> Node:
    font = east_asian_font(house, language)
    return _on_default(name, node("rPr", node("rFonts", eastAsia=font) if font else None, language_property(language)))


def _on_default(word: str, face: Node | None) -> Node:
    based = node("basedOn", val="DefaultParagraphFont")
    return _style("character", word, based, node("uiPriority", val=50), node("qFormat"), face)


# ------------------------------------------------------------------------------------------------------------ tables


def _table_style(table: TableStyle) -> Node:
    rules = node("tblBorders", border("bottom", table.last_rule), border("insideH", table.row_rule))
    inside = node("tblCellMar", *(node(side, w=twips(width), type="dxa") for side, width in _sides(table.padding)))
    head = node("tcPr", node("tcBorders", border("bottom", table.head_rule)), node("vAlign", val="bottom"))
    word = table_style_name(table.role)
    return _style(
        "table",
        word,
        node("basedOn", val="TableNormal" if word == TABLE_STYLE else style_id(TABLE_STYLE)),
        node("uiPriority", val=59),
        node("qFormat"),
        node("tblPr", node("tblInd", w=0, type="dxa"), rules, inside),
        node("tblStylePr", head, type="firstRow"),
    )


def _sides(padding: tuple[float, float, float, float]) -> tuple[tuple[str, float], ...]:
    """Word names the sides of a table in the order top, left, bottom, right; the house goes round the clock."""
    top, right, bottom, left = padding
    return ("top", top), ("left", left), ("bottom", bottom), ("right", right)


def cell_texture(cell: CellStyle) -> tuple[Node | None, Node | None]:
    """Describe borders and fill of a kind of cell, which Word has no styles for."""
    sides = (border(side, cell.frame or (cell.side if side == "left" else None)) for side, _ in _sides((0, 0, 0, 0)))
    borders = node("tcBorders", *sides) if cell.frame or cell.side else None
    return borders, shading(cell.fill) if cell.fill else None

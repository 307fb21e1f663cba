"""From the house style's values to the properties Word writes: of paragraphs, of runs, of borders.

Bold and italic are toggles in Word: a paragraph style and a character style that are both bold make regular text
(ECMA-376 part 1, 17.7.3). A span of the house style means what it says, so where Word would come to another result the
run says so itself; that, and the second of two styles on one run, is all the formatting that stands outside styles."""

from __future__ import annotations

from functools import lru_cache

from msgspec.structs import replace

from briefing.housestyle import Border, BoxStyle, CharacterStyle, FontFamily, HouseStyle, ParagraphStyle
from briefing.scripts import EAST_ASIAN_LANGUAGES
from briefing.writers.docx.elements import element

THEME_FONTS = {"serif": "minor", "sans": "major"}
LANGUAGE_STYLES = {"ko": "Lang Korean", "ja": "Lang Japanese"}
_REGIONS = {"en": "en-US", "ko": "ko-KR", "ja": "ja-JP", "zh": "zh-CN"}
_SUPERSCRIPT = 0.65  # the part of a size that Word sets raised text in, and what readers and editors know a mark by


def style_id(word: str) -> str:
    """Name a style as Word's files do: `heading 1` is `Heading1`."""
    return "".join(part[0].upper() + part[1:] for part in word.split())


def twips(points: float) -> int:
    """Turn points into twentieths, Word's measure."""
    return round(points * 20)


def primary(language: str) -> str:
    """The language of a tag without its region: `ko` of `ko-KR`."""
    return language.partition("-")[0].lower()


def word_language(language: str) -> str:
    """Add the region Word expects to a bare language tag."""
    return _REGIONS.get(language.lower(), language)


# ---------------------------------------------------------------------------------------------------------- borders


def border(side: str, rule: Border | None) -> str:
    """Write one side of a border, or nothing; Word measures its width in eighths of a point."""
    if rule is None:
        return ""
    return element(side, val=rule.kind, sz=rule.width * 8, space=rule.space, color=rule.color)


def shading(fill: str) -> str:
    """Write a ground of one colour."""
    return element("shd", val="clear", color="auto", fill=fill)


# ------------------------------------------------------------------------------------------------------- paragraphs


def paragraph_properties(style: ParagraphStyle, house: HouseStyle, numbering: str) -> str:
    """Write all of a paragraph style but its face, in the order of the schema; `numbering` makes its list (or "")."""
    box = house.boxes.get(style.box)
    return element(
        "pPr",
        element("keepNext") if style.keep_next else "",
        element("keepLines") if style.keep_next or box else "",
        numbering,
        box_properties(box) if box else _borders(style),
        _tab_stops(style, box),
        spacing(style.before, style.after, style.leading),
        _indents(style, box),
        element("jc", val=style.align) if style.align != "left" else "",
        element("outlineLvl", val=style.outline - 2) if style.outline > 1 else "",
    )


def spacing(before: float, after: float, leading: float) -> str:
    """Write the space around a paragraph (points) and its leading, which is exact."""
    return element("spacing", before=twips(before), after=twips(after), line=twips(leading), lineRule="exact")


def _borders(style: ParagraphStyle) -> str:
    if style.top is None and style.side is None:
        return ""
    return element("pBdr", border("top", style.top), border("left", style.side))


def box_properties(box: BoxStyle) -> str:
    """Write the frame and the ground that every paragraph of a box has alike: Word then draws one box."""
    sides = zip(("top", "left", "bottom", "right"), (0, 3, 2, 1), strict=True)
    frame = (border(side, replace(box.frame, space=box.padding[index])) for side, index in sides)
    return element("pBdr", *frame) + shading(box.fill)


def box_left(box: BoxStyle) -> float:
    """How far from the margin the text of a box stands: Word draws borders outside the indent."""
    return box.padding[3] + box.frame.width


def box_indents(box: BoxStyle) -> str:
    """Write the indents that every paragraph of a box has alike."""
    return element("ind", left=twips(box_left(box)), right=twips(box.padding[1] + box.frame.width), firstLine=0)


def _tab_stops(style: ParagraphStyle, box: BoxStyle | None) -> str:
    """One stop: after a cell's sign, after a note's number, or where the numbers of a box hang."""
    stop = style.step or style.hanging
    if not stop:
        return ""
    if box:
        return element("tabs", element("tab", val="left", pos=twips(box_left(box) + stop)))
    return element("tabs", element("tab", val="left", pos=twips(style.left - style.hanging + stop)))


def _indents(style: ParagraphStyle, box: BoxStyle | None) -> str:
    if box:
        return box_indents(box)
    if not (style.left or style.right or style.hanging):
        return ""
    return element("ind", left=twips(style.left), right=twips(style.right), hanging=twips(style.hanging))


# -------------------------------------------------------------------------------------------------------------- runs


class RunProperties:
    """The `w:rPr` of every look, each worked out once: `of` gives it, or nothing where the paragraph's style says it
    all."""

    def __init__(self, house: HouseStyle) -> None:
        self.house = house
        self.of = lru_cache(maxsize=1024)(self._of)

    def _of(self, paragraph: str, spans: tuple[str, ...], language: str) -> str:
        characters = [self.house.characters[role] for role in spans]
        tongue = primary(language)
        name = characters[-1].word if characters else LANGUAGE_STYLES.get(tongue)
        style = element("rStyle", val=style_id(name)) if name else ""
        own = _own(face_of(self.house.paragraphs[paragraph]), characters, upright=tongue in EAST_ASIAN_LANGUAGES)
        face = face_properties(own, self.house, language, named=not characters)
        return element("rPr", style, face) if style or face else ""


class Look:
    """How a run looks, by its paragraph's role, the roles of the spans it stands in (outermost first) and its language
    (empty: the document's): `properties` is its `w:rPr`. It leads to the looks within it, each made once."""

    def __init__(self, known: RunProperties, paragraph: str, spans: tuple[str, ...] = (), language: str = "") -> None:
        self.paragraph = paragraph
        self.language = language
        self.properties = known.of(paragraph, spans, language)
        self._known = known
        self._spans = spans
        self._within: dict[str, Look] = {}
        self._speaking: dict[str, Look] = {}

    def within(self, span: str) -> Look:
        if not span:
            return self
        if span not in self._within:
            self._within[span] = Look(self._known, self.paragraph, (*self._spans, span), self.language)
        return self._within[span]

    def speaking(self, language: str) -> Look:
        if not language:
            return self
        if language not in self._speaking:
            self._speaking[language] = Look(self._known, self.paragraph, self._spans, language)
        return self._speaking[language]


def _own(around: CharacterStyle, spans: list[CharacterStyle], *, upright: bool) -> CharacterStyle:
    """What a run must say itself: the look it should have where its two styles give it another."""
    wanted = around
    for span in spans:
        wanted = _over(wanted, span)
    if upright:
        wanted = replace(wanted, italic=False)
    given = _over(around, spans[-1]) if spans else around
    if spans:
        bold, italic = (bool(around.bold) ^ bool(spans[-1].bold), bool(around.italic) ^ bool(spans[-1].italic))
        given = replace(given, bold=bold, italic=italic)
    return CharacterStyle(
        role="",
        word="",
        family=wanted.family if wanted.family != given.family else None,
        size=wanted.size if wanted.size != given.size else None,
        bold=wanted.bold if wanted.bold != given.bold else None,
        italic=wanted.italic if wanted.italic != given.italic else None,
        color=wanted.color if wanted.color != given.color else None,
        ground=wanted.ground if wanted.ground != given.ground else None,
        rise=wanted.rise if wanted.rise != given.rise else 0,
    )


def face_of(style: ParagraphStyle) -> CharacterStyle:
    """The face of a paragraph style: everything is set."""
    return CharacterStyle(style.role, style.word, style.family, style.size, style.bold, style.italic, style.color)


def _over(around: CharacterStyle, span: CharacterStyle) -> CharacterStyle:
    """What a span looks like in its surroundings."""
    return CharacterStyle(
        role=span.role,
        word=span.word,
        family=span.family or around.family,
        size=span.size or around.size,
        bold=around.bold if span.bold is None else span.bold,
        italic=around.italic if span.italic is None else span.italic,
        color=span.color or around.color,
        ground=span.ground or around.ground,
        rise=span.rise or around.rise,
    )


def face_properties(face: CharacterStyle, house: HouseStyle, language: str = "", *, named: bool = False) -> str:
    """Write a face and a language in the order of the schema; `named`: a style of the language says that already."""
    says = language if language and not (named and primary(language) in LANGUAGE_STYLES) else ""
    fonts = fonts_property(face.family, house, says, hint=primary(language) in EAST_ASIAN_LANGUAGES)
    return fonts + letters_properties(face, house) + (language_property(says) if says else "")


def letters_properties(face: CharacterStyle, house: HouseStyle) -> str:
    """Write what a face says of its letters but their font."""
    size = None if face.size is None else round(face.size * 2 / (_SUPERSCRIPT if face.rise else 1))
    properties = (
        _toggle("b", face.bold),
        _toggle("i", face.italic),
        color(face.color, house) if face.color else "",
        element("sz", val=size) + element("szCs", val=size) if size else "",
        shading(face.ground) if face.ground else "",
        element("vertAlign", val="superscript") if face.rise else "",
    )
    return "".join(properties)


def _toggle(tag: str, state: bool | None) -> str:
    if state is None:
        return ""
    return "".join(element(name) if state else element(name, val="0") for name in (tag, f"{tag}Cs"))


def fonts_property(family: str | None, house: HouseStyle, language: str, *, hint: bool = False) -> str:
    """Write the fonts of a family and of an East Asian language, or nothing.

    The hint decides who draws what both scripts own: curly quotes, the ellipsis, the middle dot."""
    attributes = {"hint": "eastAsia"} if hint else {}
    if family and family in THEME_FONTS:
        theme = THEME_FONTS[family]
        attributes |= {"asciiTheme": f"{theme}HAnsi", "hAnsiTheme": f"{theme}HAnsi", "cstheme": f"{theme}Bidi"}
    elif family:
        attributes |= dict.fromkeys(("ascii", "hAnsi", "cs"), house.families[family].word)
    if east_asian := east_asian_font(house, language):
        attributes["eastAsia"] = east_asian
    return element("rFonts", **attributes) if attributes else ""


def east_asian_family(house: HouseStyle) -> FontFamily | None:
    """The family that names Korean and Japanese fonts for Word."""
    return next((family for family in house.families.values() if family.word_korean), None)


def east_asian_font(house: HouseStyle, language: str) -> str:
    """The font Word is asked for in Korean or Japanese; empty for any other language."""
    family = east_asian_family(house)
    fonts = {"ko": family.word_korean, "ja": family.word_japanese} if family else {}
    return fonts.get(primary(language), "")


def document_languages(language: str) -> dict[str, str]:
    """The languages of a document's Latin text and of its East Asian text, by the names Word has for them.

    Latin words in a Korean document are not Korean: LibreOffice would break them at any letter."""
    tag = word_language(language)
    if primary(language) in EAST_ASIAN_LANGUAGES:
        return {"val": "en-US", "eastAsia": tag}
    return {"val": tag, "eastAsia": "ko-KR"}


def language_property(language: str) -> str:
    """Write a run's language; Word keeps that of Latin text apart from that of East Asian text."""
    tag = word_language(language)
    return (
        element("lang", val=tag, eastAsia=tag)
        if primary(language) in EAST_ASIAN_LANGUAGES
        else element("lang", val=tag)
    )


def theme_colors(house: HouseStyle) -> dict[str, str]:
    """The colours that follow Design > Colors in Word: the ink of the text and the accent of the headings."""
    return {house.paragraphs["heading-1"].color: "accent1", house.paragraphs["body-text"].color: "text1"}


def color(value: str, house: HouseStyle) -> str:
    """Write a colour of text, by its place in the theme where it has one."""
    theme = theme_colors(house).get(value)
    return element("color", val=value, themeColor=theme) if theme else element("color", val=value)

"""The small parts every Word file has: settings, theme, font table, and what the file says of itself."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from briefing.housestyle import HouseStyle
from briefing.opc import BLANK_STAMP
from briefing.writers.docx.elements import clean, element, part
from briefing.writers.docx.looks import THEME_FONTS, document_languages, east_asian_family, theme_colors
from briefing.writers.docx.notes import SEPARATORS

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006"
_COMPATIBILITY = {  # 15 keeps Word out of its "Compatibility Mode"
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
    "useWord2013TrackBottomHyphenation": 0,
}
_COLOR_ROLES = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"}
_SAME_ROLES = (*(f"accent{number}" for number in range(1, 7)), "hyperlink", "followedHyperlink")


@lru_cache(maxsize=16)
def settings_part(language: str) -> bytes:
    """Write the settings. Nothing asks Word to update fields: it would question the user at every opening.

    The space after a paragraph and that before the next add up, as the house says; without the first of the settings of
    compatibility Word takes the larger."""
    uri = "http://schemas.microsoft.com/office/word"
    compatibility = (element("compatSetting", name=name, uri=uri, val=value) for name, value in _COMPATIBILITY.items())
    content = (
        element("zoom", percent=100),
        element("defaultTabStop", val=720),
        element("characterSpacingControl", val="doNotCompress"),
        *(
            element(f"{note}Pr", *(element(note, id=number) for number in SEPARATORS))
            for note in ("footnote", "endnote")
        ),
        element("compat", element("doNotUseHTMLParagraphAutoSpacing"), *compatibility),
        element("themeFontLang", **document_languages(language)),
        element("clrSchemeMapping", **_COLOR_ROLES, **{role: role for role in _SAME_ROLES}),
        element("decimalSymbol", val="."),
        element("listSeparator", val=","),
    )
    return part("settings", content)


def font_table_part(house: HouseStyle) -> bytes:
    """Write the font table: the fonts Word is asked for."""
    names = dict.fromkeys(family.word for family in house.families.values())
    if family := east_asian_family(house):
        names |= dict.fromkeys((family.word_korean, family.word_japanese))
    kind = element("charset", val="00"), element("pitch", val="variable")
    return part("fonts", (element("font", *kind, name=name) for name in filter(None, names)))


# ------------------------------------------------------------------------------------------------------------- theme


def theme_part(house: HouseStyle) -> bytes:
    """Write the theme (ECMA-376 part 1, 20.1.6): Design > Fonts and Design > Colors change the whole brief."""
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    formats = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    return (
        f'{_DECLARATION}<a:theme xmlns:a="{_DRAWING}" name="Brief"><a:themeElements>'
        f'<a:clrScheme name="Brief">{_scheme(house)}</a:clrScheme>'
        f'<a:fontScheme name="Brief">{_theme_fonts("major", house)}{_theme_fonts("minor", house)}</a:fontScheme>'
        f'<a:fmtScheme name="Brief">{formats}</a:fmtScheme></a:themeElements></a:theme>'
    ).encode()


def _scheme(house: HouseStyle) -> str:
    roles = {role: value for value, role in theme_colors(house).items()}
    ink, accent = roles["text1"], roles.get("accent1", roles["text1"])
    colors = {"dk1": ink, "lt1": "FFFFFF", "dk2": accent, "lt2": "FFFFFF"}
    colors |= dict.fromkeys((*(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink"), accent)
    return "".join(f'<a:{role}><a:srgbClr val="{escape(value)}"/></a:{role}>' for role, value in colors.items())


def _theme_fonts(role: str, house: HouseStyle) -> str:
    latin = next(house.families[name].word for name, theme in THEME_FONTS.items() if theme == role)
    family = east_asian_family(house)
    scripts = {"Hang": family.word_korean, "Jpan": family.word_japanese} if family else {}
    fonts = "".join(f'<a:font script="{script}" typeface="{escape(name)}"/>' for script, name in scripts.items())
    empty = '<a:ea typeface=""/><a:cs typeface=""/>'
    return f'<a:{role}Font><a:latin typeface="{escape(latin)}"/>{empty}{fonts}</a:{role}Font>'


# -------------------------------------------------------------------------------------------------------- properties


def application_part() -> bytes:
    """Write the extended properties: which program wrote the file, and nothing that must be counted."""
    return (
        f'{_DECLARATION}<Properties xmlns="{_PROPERTIES}/extended-properties">'
        "<Application>Briefing</Application><DocSecurity>0</DocSecurity></Properties>"
    ).encode()


def custom_part(handling: str) -> bytes:
    """Write the custom properties: the handling label, and room for the stamp."""
    values = {"Handling": clean(handling), "Briefing build": BLANK_STAMP}
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate((item for item in values.items() if item[1]), start=2)
    )
    return (
        f'{_DECLARATION}<Properties xmlns="{_PROPERTIES}/custom-properties" '
        f'xmlns:vt="{_PROPERTIES}/docPropsVTypes">{properties}</Properties>'
    ).encode()

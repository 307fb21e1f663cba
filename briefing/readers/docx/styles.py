"""What the names in a Word file mean: headings, lists, languages. Styles are known by name; their ids are localised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from briefing.readers.docx.package import NAMES, Element, Package, at, value
from briefing.scripts import has_any

_HEADING = re.compile("heading ([1-9])")
_VALUE, _EAST_ASIAN_VALUE, _FILL = NAMES["val"], NAMES["eastAsia"], NAMES["fill"]
_PARAGRAPH_STYLE, _NUMBERING = NAMES["pStyle"], NAMES["numPr"]
_RUN_STYLE, _LANGUAGE, _HIDDEN, _GROUND = NAMES["rStyle"], NAMES["lang"], NAMES["vanish"], NAMES["shd"]
_DEEPEST = 30  # of styles that stand on one another; a longer chain is a circle
_EAST_ASIAN = (
    ("\u1100", "\u11ff"), ("\u2e80", "\u9fff"), ("\ua960", "\ua97f"), ("\uac00", "\ud7ff"), ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)  # fmt: skip
_REGIONLESS = {"en-us": "en", "ja-jp": "ja", "ko-kr": "ko", "zh-cn": "zh"}  # the region says nothing there


class ListPlace(Struct, frozen=True):
    """Where a paragraph stands in a list: the list's number (`w:numId`), the level, and whether it counts."""

    number: str
    level: int
    ordered: bool


class ParagraphMeaning(Struct, frozen=True):
    """What a paragraph is: a heading of a level (the title's being 1; 0 for none), at its place in a list, or one that
    was taken out of the count and goes on with the item before."""

    heading: int = 0
    place: ListPlace | None = None
    goes_on: bool = False


class RunMeaning(Struct, frozen=True):
    """What a run is: hidden, on a ground as a mark stands on, in a language (empty: the document's own).

    East Asian text has a language of its own in Word."""

    hidden: bool = False
    ground: bool = False
    latin: str = ""
    east_asian: str = ""

    def language(self, text: str) -> str:
        """The language text is in by its script."""
        if self.latin == self.east_asian:
            return self.latin
        return self.east_asian if has_any(text, _EAST_ASIAN) else self.latin


class StyleMeaning(Struct, frozen=True):
    """What a style, with those it stands on, says of content: nothing, where it only looks.

    `numbering` is the `w:numPr` of its list; `languages` has `val` for Latin text, `eastAsia` for East Asian text;
    `ground` tells whether it draws one behind its text, as a mark has."""

    heading: int = 0
    numbering: Element | None = None
    languages: dict[str, str] = field(default_factory=dict)
    ground: bool = False


class Styles:
    """The styles and the list definitions of a file, which says that it is in `language`; where it says nothing, in
    that of its Latin text."""

    def __init__(self, package: Package, language: str) -> None:
        self._styles: dict[str, Element] = {}
        self._meanings: dict[str, StyleMeaning] = {}
        self._paragraphs: dict[str, ParagraphMeaning] = {}
        self._runs: dict[tuple[str, str | None, str | None, bool, bool], RunMeaning] = {}
        self._ordered: dict[tuple[str, int], bool] = {}
        self._language = _minimal(language)
        for root in package.roots(package.main, "styles"):
            self._styles |= {style.get(NAMES["styleId"], ""): style for style in root.iter(NAMES["style"])}
            self._language = self._language or _minimal(value(root, "docDefaults/rPrDefault/rPr/lang") or "")
        for root in package.roots(package.main, "numbering"):
            self._ordered |= _ordered_levels(root)

    def of_paragraph(self, properties: Element | None) -> ParagraphMeaning:
        """Tell what a paragraph with these properties (`w:pPr`) is, by itself or by its style."""
        style, numbering = "", None
        for element in properties if properties is not None else ():
            tag = element.tag
            if tag == _PARAGRAPH_STYLE:
                style = element.get(_VALUE, "")
            elif tag == _NUMBERING:
                numbering = element
        if numbering is not None:
            return ParagraphMeaning(
                self._style(style).heading, self._place(numbering), value(numbering, "numId") == "0"
            )
        if style not in self._paragraphs:
            meaning = self._style(style)
            self._paragraphs[style] = ParagraphMeaning(meaning.heading, self._place(meaning.numbering))
        return self._paragraphs[style]

    def of_run(self, properties: Element) -> RunMeaning:
        """Tell what a run with these properties (`w:rPr`) is, by itself or by its style."""
        style, latin, east_asian, hidden, ground = "", None, None, False, False
        for element in properties:
            tag = element.tag
            if tag == _RUN_STYLE:
                style = element.get(_VALUE, "")
            elif tag == _LANGUAGE:
                latin, east_asian = element.get(_VALUE), element.get(_EAST_ASIAN_VALUE)
            elif tag == _HIDDEN:
                hidden = True
            elif tag == _GROUND:
                ground = element.get(_FILL) is not None
        said = (style, latin, east_asian, hidden, ground)
        if said not in self._runs:
            self._runs[said] = self._run(*said)
        return self._runs[said]

    def _run(self, style: str, latin: str | None, east_asian: str | None, hidden: bool, ground: bool) -> RunMeaning:
        meaning = self._style(style)
        return RunMeaning(
            hidden,
            ground or meaning.ground,
            self._other(meaning.languages.get("val", "") if latin is None else latin),
            self._other(meaning.languages.get("eastAsia", "") if east_asian is None else east_asian),
        )

    def _other(self, tag: str) -> str:
        """A language where it is not the document's own."""
        language = _minimal(tag)
        return "" if language == self._language else language

    def _place(self, numbering: Element | None) -> ListPlace | None:
        number = value(numbering, "numId")
        if number is None or number == "0":
            return None
        level = int(value(numbering, "ilvl") or 0)
        return ListPlace(number, level, self._ordered.get((number, level), False))

    def _style(self, name: str) -> StyleMeaning:
        if name not in self._meanings:
            self._meanings[name] = self._work_out(name)
        return self._meanings[name]

    def _work_out(self, name: str) -> StyleMeaning:
        chain = tuple(self._chain(name))
        own = (value(chain[0], "name") or "").lower() if chain else ""
        heading = _HEADING.fullmatch(own)
        numberings = (numbering for style in chain if (numbering := at(style, "pPr/numPr")) is not None)
        spoken = [language for style in reversed(chain) if (language := at(style, "rPr/lang")) is not None]
        return StyleMeaning(
            heading=int(heading[1]) + 1 if heading else int(own == "title"),
            numbering=next(numberings, None),
            languages={
                script: tag
                for language in spoken
                for script in ("val", "eastAsia")
                if (tag := language.get(NAMES[script]))
            },
            ground=any(value(style, "rPr/shd", "fill") for style in chain),
        )

    def _chain(self, name: str | None) -> Iterator[Element]:
        """A style, and those it stands on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name or "")
            if style is None:
                return
            yield style
            name = value(style, "basedOn")


def _ordered_levels(root: Element) -> dict[tuple[str, int], bool]:
    """Which levels of which lists count."""
    definitions = {
        definition.get(NAMES["abstractNumId"]): {
            int(level.get(NAMES["ilvl"], "0")): value(level, "numFmt") != "bullet"
            for level in definition.iter(NAMES["lvl"])
        }
        for definition in root.iter(NAMES["abstractNum"])
    }
    return {
        (number.get(NAMES["numId"], ""), level): ordered
        for number in root.iter(NAMES["num"])
        for level, ordered in definitions.get(value(number, "abstractNumId"), {}).items()
    }


def _minimal(tag: str) -> str:
    """A language tag without the region Word adds to it."""
    return _REGIONLESS.get(tag.lower(), tag)

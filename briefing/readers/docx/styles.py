"""What the names in a Word file mean: headings, lists, languages. Styles are known by name; their ids are localised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from briefing.readers.docx.package import NAMES, Element, Package, value

_HEADING = re.compile("heading ([1-9])")
_DEEPEST = 30  # of styles that stand on one another; a longer chain is a circle
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
_REGIONLESS = {"en-us": "en", "ja-jp": "ja", "ko-kr": "ko", "zh-cn": "zh"}  # the region says nothing there


class ListPlace(Struct, frozen=True):
    """Where a paragraph stands in a list: the list's number (`w:numId`), the level, and whether it counts."""

    number: str
    level: int
    ordered: bool


class Meaning(Struct, frozen=True):
    """What a style, with those it stands on, says of content: nothing, where it only looks.

    `numbering` is the `w:numPr` of its list; `languages` has `val` for Latin text, `eastAsia` for East Asian text;
    `ground` tells whether it draws one behind its text, as a mark has."""

    heading: int = 0
    numbering: Element | None = None
    languages: dict[str, str] = field(default_factory=dict)
    ground: bool = False


class Styles:
    """The styles and the list definitions of a file."""

    def __init__(self, package: Package) -> None:
        self._styles: dict[str, Element] = {}
        self._meanings: dict[str, Meaning] = {}
        self._ordered: dict[tuple[str, int], bool] = {}
        self._language = ""
        for root in package.roots(package.main, "styles"):
            self._styles |= {style.get(NAMES["styleId"], ""): style for style in root.iter(NAMES["style"])}
            self._language = _minimal(value(root, "docDefaults/rPrDefault/rPr/lang") or "")
        for root in package.roots(package.main, "numbering"):
            self._ordered |= _ordered_levels(root)

    def heading_level(self, properties: Element | None) -> int:
        """The level of a heading with these properties (`w:pPr`), the title's being 1; 0 for any other paragraph."""
        return self._meaning(value(properties, "pStyle")).heading

    def list_place(self, properties: Element | None) -> ListPlace | None:
        """Where a paragraph stands in the lists, by itself or by its style; None where it stands in none."""
        numbering = properties.find(NAMES["numPr"]) if properties is not None else None
        if numbering is None:
            numbering = self._meaning(value(properties, "pStyle")).numbering
        number = value(numbering, "numId")
        if number is None or number == "0":
            return None
        level = int(value(numbering, "ilvl") or 0)
        return ListPlace(number, level, self._ordered.get((number, level), False))

    def language(self, properties: Element | None, text: str) -> str:
        """The language text is in by its run's properties (`w:rPr`); empty for the document's own.

        East Asian text has a language of its own in Word."""
        if properties is None:
            return ""
        script = "eastAsia" if _EAST_ASIAN.search(text) else "val"
        tag = value(properties, "lang", script)
        if tag is None:
            tag = self._meaning(value(properties, "rStyle")).languages.get(script, "")
        language = _minimal(tag)
        return "" if language == self._language else language

    def has_ground(self, properties: Element | None) -> bool:
        """Whether a run stands on a ground, as a mark does."""
        return value(properties, "shd", "fill") is not None or self._meaning(value(properties, "rStyle")).ground

    def _meaning(self, name: str | None) -> Meaning:
        if name is None:
            return _NOTHING
        if name not in self._meanings:
            self._meanings[name] = self._work_out(name)
        return self._meanings[name]

    def _work_out(self, name: str) -> Meaning:
        chain = tuple(self._chain(name))
        own = (value(chain[0], "name") or "").lower() if chain else ""
        heading = _HEADING.fullmatch(own)
        languages = {
            script: tag
            for style in reversed(chain)
            for script in ("val", "eastAsia")
            if (tag := value(style, "rPr/lang", script))
        }
        return Meaning(
            heading=int(heading[1]) + 1 if heading else int(own == "title"),
            numbering=next(
                (found for style in chain if (found := style.find(f"{NAMES['pPr']}/{NAMES['numPr']}")) is not None),
                None,
            ),
            languages=languages,
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


_NOTHING = Meaning()
_NUMBERING = f"{NAMES['pPr']}/{NAMES['numPr']}"


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

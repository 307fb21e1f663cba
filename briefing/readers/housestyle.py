"""A house style in TOML → HouseStyle: the shipped file first, then a user's own, which changes it piece by piece.

The fields of a record are its keys; one table says how a key of each name is read, and so drives checking and building
alike. All problems are found at once, each at its line."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from briefing.diagnostics import BriefingError, Diagnostic, did_you_mean
from briefing.housestyle import (
    Border,
    BoxStyle,
    CellStyle,
    CharacterStyle,
    FontFamily,
    HouseStyle,
    PageStyle,
    ParagraphStyle,
    TableStyle,
)
from briefing.readers.toml import Layers, Path, Table, laid_over

Record = TypeVar("Record", bound=Struct)

POINTS_PER_MM = 72 / 25.4
LEAST_TEXT_AREA = 80.0  # mm, either way, upright and turned
LEAST_MEASURE = 72.0  # points left for a paragraph between its indents

_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_SIDES = ("top", "right", "bottom", "left")
_BASE = ("tables", "default")


def read_housestyle(texts: Sequence[tuple[str, str]]) -> HouseStyle:
    """Read house styles, each a file's name and its TOML text, the later ones changing the earlier piece by piece.

    Raises BriefingError with every problem found."""
    reader = _Reader(Layers(texts))
    house = reader.house()
    if house is not None and not reader.problems:
        _check_colors(reader)
        _check_room(reader, house)
        _check_names(reader, house)
    if house is None or reader.problems:
        raise BriefingError(sorted(set(reader.problems), key=lambda d: (d.location, d.message)))
    return house


class _UnreadableError(Exception):
    """A value is not of its kind; the problem is noted already."""


class _Reader:
    """What the files say together, and what is wrong with it."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.problems: list[Diagnostic] = []
        self.colors: dict[str, str] = {}
        self.colors_used: set[str] = set()
        for name, value in self.table(("colors",)).items():
            self.colors[name] = "000000"
            if isinstance(value, str) and _HEX.fullmatch(value):
                self.colors[name] = value.upper()
            else:
                self.note(("colors", name), "house-color", f"a colour is six hex digits; {name} is {_show(value)}")

    def note(self, path: Path, rule: str, message: str, mend: str = "") -> _UnreadableError:
        """Note a problem at the line that sets `path`; what comes back is for a reader of a value to raise."""
        self.problems.append(Diagnostic(self.layers.location(path), rule, message, mend))
        return _UnreadableError()

    def table(self, path: Path) -> Table:
        """The table at `path`; empty where there is none, or where it is no table, which is noted."""
        table: Any = self.layers.merged
        for key in path:
            table = table.get(key, {})
            if not isinstance(table, dict):
                self.note(path, "house-kind", f"[{'.'.join(path)}] holds keys and values; it cannot be {_show(table)}")
                return {}
        return dict(table)

    def record(self, make: type[Record], path: Path, table: Table, **given: Any) -> Record | None:
        """Build one record from its table, or note everything that is wrong with it."""
        kinds = _kinds(make)
        values: Table = dict(given)
        for key, value in table.items():
            place = self._origin((*path, key))
            if key not in kinds:
                message = f"unknown key {key!r} in [{'.'.join(place[:-1])}]"
                self.note(place, "house-key", message, did_you_mean(key, kinds))
                continue
            try:
                values[_field(key)] = kinds[key](self, place, value)
            except _UnreadableError:
                values[_field(key)] = None
        missing = [key for key in kinds if _field(key) not in values and _field(key) in _required(make)]
        if missing:
            mend = did_you_mean(path[-1], self.table(path[:-1]).keys() - {path[-1]})
            self.note(self._origin(path), "house-missing", f"[{'.'.join(path)}] lacks {', '.join(missing)}", mend)
            return None
        return make(**values)

    def _origin(self, path: Path) -> Path:
        """Where a value is written: a table's own, or the one all tables start from."""
        inherited = (*_BASE, *path[len(_BASE) :])
        return inherited if path[0] == "tables" and not self.layers.has(path) else path

    def records(self, make: type[Record], section: str, base: Table | None = None) -> dict[str, Record]:
        """Build every record of a section, in the order of the files; `base` holds for each before its own keys."""
        built = {}
        for role, written in self.table((section,)).items():
            table = laid_over(base or {}, self.table((section, role)))
            if not isinstance(written, dict):
                continue
            record = self.record(make, (section, role), table, **({"role": role} if "role" in _required(make) else {}))
            if record is not None:
                built[role] = record
        return built

    def house(self) -> HouseStyle | None:
        """Build all there is; None where too much is missing."""
        for key in self.layers.merged.keys() - _SECTIONS:
            self.note((key,), "house-key", f"unknown section [{key}]", did_you_mean(key, _SECTIONS))
        return self.record(
            HouseStyle,
            ("page",),
            self.table(("page",)),
            families=self.records(FontFamily, "families"),
            paragraphs=self.records(ParagraphStyle, "paragraphs", {"color": "ink"} if "ink" in self.colors else {}),
            characters=self.records(CharacterStyle, "characters"),
            tables=self.records(TableStyle, "tables", self.table(_BASE)),
            cells=self.records(CellStyle, "cells"),
            boxes=self.records(BoxStyle, "boxes"),
            pages=self.records(PageStyle, "pages"),
        )


# -------------------------------------------------------------------------------- what no single value shows


def _check_colors(reader: _Reader) -> None:
    """Note a colour that a user's own file defines and no style names: most likely it was to change another."""
    for name in reader.colors.keys() - reader.colors_used:
        if not reader.layers.first_has(("colors", name)):
            mend = did_you_mean(name, reader.colors.keys() - {name})
            reader.note(("colors", name), "house-color", f"no style uses the colour {name}", mend)


def _check_room(reader: _Reader, house: HouseStyle) -> None:
    """Note pages with no room for text, paragraphs with none, and lines that overlap."""
    for name, page in house.pages.items():
        upright = (page.width - page.left - page.right, page.height - page.top - page.bottom)
        turned = (page.height - 2 * page.landscape_side, page.width - page.top - page.bottom)
        if min(upright + turned) < LEAST_TEXT_AREA:
            message = f"the margins of {name} leave less than {LEAST_TEXT_AREA:g} mm for the text"
            reader.note(("pages", name), "house-page", message)
    widths = [page.width - page.left - page.right for page in house.pages.values()]
    measure = max(min(widths, default=0), LEAST_TEXT_AREA) * POINTS_PER_MM
    for role, style in house.paragraphs.items():
        path = ("paragraphs", role)
        if measure - style.left - style.right < LEAST_MEASURE:
            reader.note(path, "house-page", f"the indents of {role} leave less than an inch for its text")
        if style.leading < style.size:
            message = f"the lines of {role} overlap: leading {style.leading:g} is below size {style.size:g}"
            reader.note((*path, "leading"), "house-size", message)


def _check_names(reader: _Reader, house: HouseStyle) -> None:
    """Note two styles of one name: Word tells them apart by it, whatever their kind and the case of its letters."""
    owners: dict[str, Path] = {}
    for section, styles in (("paragraphs", house.paragraphs), ("characters", house.characters)):
        for role, style in styles.items():
            path = (section, role, "word")
            owner = owners.setdefault(style.word.casefold(), path)
            if owner != path:
                message = f"{owner[1]} and {role} have the same name in Word: {style.word}"
                reader.note(path, "house-word", message)


# -------------------------------------------------------------------------------------------- kinds of values

Kind = Callable[[_Reader, Path, Any], Any]


def _text(reader: _Reader, path: Path, value: Any) -> str:
    if isinstance(value, str) and value and value.isprintable():
        return value
    raise reader.note(path, "house-kind", f"{path[-1]} is a text in quotation marks, not {_show(value)}")


def _file_name(reader: _Reader, path: Path, value: Any) -> str:
    name = _text(reader, path, value)
    if set(name) & set("/\\:"):
        raise reader.note(path, "house-kind", f"{path[-1]} is the name of a file in a font folder, not a path: {name}")
    return name


def _flag(reader: _Reader, path: Path, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise reader.note(path, "house-kind", f"{path[-1]} is true or false, not {_show(value)}")


def _number(least: float, most: float, unit: str = " points") -> Kind:
    def read(reader: _Reader, path: Path, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise reader.note(path, "house-kind", f"{path[-1]} is a number, not {_show(value)}")
        if not least <= value <= most:
            message = f"{path[-1]} lies between {least:g} and {most:g}{unit}; {value:g} does not"
            raise reader.note(path, "house-size", message)
        return value

    return read


def _whole(least: int, most: int) -> Kind:
    within = _number(least, most, "")

    def read(reader: _Reader, path: Path, value: Any) -> int:
        if isinstance(value, float):
            raise reader.note(path, "house-kind", f"{path[-1]} is a whole number, not {_show(value)}")
        return int(within(reader, path, value))

    return read


def _color(reader: _Reader, path: Path, value: Any) -> str:
    if isinstance(value, str) and value in reader.colors:
        reader.colors_used.add(value)
        return reader.colors[value]
    if isinstance(value, str) and _HEX.fullmatch(value):
        return value.upper()
    message = f"{path[-1]} is six hex digits or a name from [colors], not {_show(value)}"
    raise reader.note(path, "house-color", message, did_you_mean(str(value), reader.colors))


def _one_of(*known: str) -> Kind:
    def read(reader: _Reader, path: Path, value: Any) -> str:
        if value in known:
            return str(value)
        message = f"{path[-1]} is {', '.join(known[:-1])} or {known[-1]}, not {_show(value)}"
        raise reader.note(path, "house-kind", message)

    return read


def _name_in(section: str) -> Kind:
    def read(reader: _Reader, path: Path, value: Any) -> str:
        known = reader.table((section,))
        if isinstance(value, str) and value in known:
            return value
        message = f"{path[-1]} is a name from [{section}], not {_show(value)}"
        raise reader.note(path, "house-name", message, did_you_mean(str(value), known))

    return read


def _border(reader: _Reader, path: Path, value: Any) -> Border | None:
    if isinstance(value, dict):
        return reader.record(Border, path, value)
    raise reader.note(path, "house-kind", f'{path[-1]} is a rule such as {{ width = 1, color = "ink" }}')


def _padding(reader: _Reader, path: Path, value: Any) -> tuple[float, ...]:
    if isinstance(value, list) and len(value) == len(_SIDES):
        return tuple(_LENGTH(reader, path, side) for side in value)
    raise reader.note(path, "house-kind", f"{path[-1]} is four numbers: {', '.join(_SIDES)}")


def _show(value: Any) -> str:
    """Spell a value as a person wrote it, cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]} ..."


_SHOWN = 40
_LENGTH = _number(0, 300)
_SIZE = _number(6, 72)
_RULE = _number(0.1, 12)
_SPACE = _number(0, 31)  # Word keeps no more between a border and its text
_MARGIN = _number(5, 100, " mm")
_SHEET = _number(100, 1000, " mm")
_HEIGHT = _number(20, 600)

_BY_KEY: Mapping[str, Kind] = {
    **dict.fromkeys(("regular", "bold", "italic", "bold-italic"), _file_name),
    **dict.fromkeys(("word", "word-korean", "word-japanese", "label"), _text),
    **dict.fromkeys(("color", "ground", "fill"), _color),
    **dict.fromkeys(("before", "before-under-heading", "after", "left", "right", "hanging"), _LENGTH),
    **dict.fromkeys(("step", "advance", "break-room"), _LENGTH),
    **dict.fromkeys(("top", "side", "frame", "head-rule", "row-rule", "last-rule", "note-rule"), _border),
    **dict.fromkeys(("padding", "head-padding"), _padding),
    **dict.fromkeys(("keep-next", "flush", "pad"), _flag),
    **dict.fromkeys(("row-split", "box-split"), _HEIGHT),
    "family": _name_in("families"),
    "box": _name_in("boxes"),
    "shrink": _number(0, 2),
    "size": _SIZE,
    "leading": _number(6, 144),
    "width": _RULE,
    "space": _SPACE,
    "kind": _one_of("single", "double", "dashed"),
    "align": _one_of("left", "center", "right"),
    "outline": _whole(0, 4),
    "rise": _number(-12, 12),
    "note-share": _number(0.1, 0.8, " of a page"),
    "note-slots": _whole(1, 6),
}
_SHEETS = dict.fromkeys(_SIDES, _MARGIN) | {"width": _SHEET, "height": _SHEET, "landscape-side": _MARGIN}
_FACES = dict.fromkeys(("bold", "italic"), _flag)
_DIFFERENTLY: Mapping[type[Struct], Mapping[str, Kind]] = {
    PageStyle: _SHEETS,
    ParagraphStyle: _FACES,
    CharacterStyle: _FACES,
}
_GIVEN = frozenset({"role", "families", "paragraphs", "characters", "tables", "cells", "boxes", "pages"})
_SECTIONS = _GIVEN - {"role"} | {"colors", "page"}


def _kinds(make: type[Struct]) -> dict[str, Kind]:
    """The keys of a record and how each is read."""
    kinds = {**_BY_KEY, **_DIFFERENTLY.get(make, {})}
    return {_key(field): kinds[_key(field)] for field in make.__struct_fields__ if field not in _GIVEN}


def _required(make: type[Struct]) -> tuple[str, ...]:
    return make.__struct_fields__[: len(make.__struct_fields__) - len(make.__struct_defaults__)]


def _key(field: str) -> str:
    return field.replace("_", "-")


def _field(key: str) -> str:
    return key.replace("-", "_")

"""TOML files laid over one another, with the file and line that sets each value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from briefing.diagnostics import BriefingError, Diagnostic, Location

Path = tuple[str, ...]
Table = dict[str, Any]

_HEADER = re.compile(r"\s*\[([^\[\]]+)\]")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
_SENTENCE = re.compile(r"(?s)(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")


class Layers:
    """Files of tables, the later ones changing the earlier piece by piece; `merged` is what holds in the end."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        """Read files, each a name as shown to the user and its text. Raises BriefingError where one is not TOML."""
        problems: list[Diagnostic] = []
        self.merged: Table = {}
        self._layers: list[tuple[str, str, Table]] = []
        for file, text in texts:
            try:
                table = tomllib.loads(text)
            except tomllib.TOMLDecodeError as error:
                problems.append(_not_toml(file, error))
            except ValueError:  # Python reads no number of more than 4300 digits
                problems.append(Diagnostic(Location(file), "toml", "a number has more digits than can be read"))
            except RecursionError:
                problems.append(Diagnostic(Location(file), "toml", "brackets stand too deep in one another"))
            else:
                self.merged = laid_over(self.merged, table)
                self._layers.append((file, text, table))
        if problems:
            raise BriefingError(problems)

    def has(self, path: Path) -> bool:
        """Say whether any file sets `path`."""
        return _holds(self.merged, path)

    def first_has(self, path: Path) -> bool:
        """Say whether the first file, which the others change, sets `path`."""
        return bool(self._layers) and _holds(self._layers[0][2], path)

    def location(self, path: Path) -> Location:
        """Find the line of the last file that sets `path`, or else of the nearest table around it."""
        for length in range(len(path), 0, -1):
            for file, text, table in reversed(self._layers):
                if _holds(table, path[:length]):
                    return Location(file, *_place_of(text, path))
        return Location(self._layers[-1][0] if self._layers else "")


def laid_over(under: Table, over: Table) -> Table:
    """Lay one table over another: tables within them piece by piece, every other value as a whole."""
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = laid_over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _holds(table: Any, path: Path) -> bool:
    for key in path:
        if not isinstance(table, dict) or key not in table:
            return False
        table = table[key]
    return True


def _place_of(text: str, path: Path) -> tuple[int, int]:
    """Search the line and column that name most of `path`; 0, 0 where none names any (tomllib keeps no places)."""
    depth, place = 0, (0, 0)
    for here, keys in _named_keys(text):
        shared = min(len(keys), len(path))
        if shared > depth and path[:shared] == keys[:shared]:
            depth, place = shared, here
    return place


def _named_keys(text: str) -> Iterator[tuple[tuple[int, int], Path]]:
    table: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _keys(header[1])
            yield (number, header.start(1)), table
        elif key := _KEY.match(line):
            yield (number, key.start(1) + 1), table + _keys(key[1])


def _keys(dotted: str) -> Path:
    return tuple(key.strip().strip("\"'") for key in dotted.split("."))


def _not_toml(file: str, error: tomllib.TOMLDecodeError) -> Diagnostic:
    """Take the place out of the library's sentence."""
    match = _SENTENCE.fullmatch(str(error))
    what, line, column = match.groups() if match else (str(error), None, None)
    where = "" if line else " at the end of the file"
    message = f"this is not TOML: {what[:1].lower()}{what[1:]}{where}"
    return Diagnostic(Location(file, int(line or 0), int(column or 0)), "toml", message)

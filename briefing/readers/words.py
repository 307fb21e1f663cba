"""Tables of words in TOML → Words: the shipped English table is the pattern, what is laid over it changes it phrase by
phrase. All problems are found at once, each at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, reduce
from typing import Any

from briefing import files
from briefing.diagnostics import BriefingError, Diagnostic, did_you_mean
from briefing.english import NBSP
from briefing.readers.toml import Layers, Path, laid_over
from briefing.shipped import shipped
from briefing.words import Words

PATTERN = "en"
OWN = "own"  # a section for the words of one's own templates, by any names

TABLE_LIMIT = 1_000_000  # bytes
_SLOT = re.compile(r"\{([a-z_]+)\}")
_COUNTED = {("dates", "months"): 12, ("dates", "weekdays"): 7, ("numbers", "small"): None}


@cache
def english() -> Words:
    """The words of the shipped English table: what is told in a terminal, whatever a brief is written in."""
    return read_words((shipped_table(PATTERN),))


@cache
def shipped_table(language: str) -> tuple[str, str]:
    """A shipped table: its file as people know it, and its text; no text where there is no such table."""
    path = shipped("templates") / "words" / f"{language}.toml"
    return files.shown(path), files.read_text(path, TABLE_LIMIT) if files.is_file(path) else ""


@lru_cache(maxsize=16)
def read_words(texts: tuple[tuple[str, str], ...]) -> Words:
    """Read tables, each a file's name and its TOML text: the first is the whole pattern, the later ones change it.

    Raises BriefingError with every problem found: what is no TOML, a section, phrase or slot that the pattern does not
    have, a slot that a phrase lacks."""
    pattern, *others = (Layers([text]) for text in texts)
    problems = [problem for layer in others for problem in _problems(layer, pattern.merged)]
    if problems:
        raise BriefingError(sorted(problems, key=lambda problem: problem.location))
    merged = reduce(laid_over, (layer.merged for layer in others), pattern.merged)
    phrases, series = {}, {}
    for section, table in merged.items():
        for name, said in table.items():
            if isinstance(said, list):
                series[f"{section}.{name}"] = tuple(said)
            else:
                phrases[f"{section}.{name}"] = said
    return Words(merged, phrases, series)


def _problems(layer: Layers, pattern: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for section, table in layer.merged.items():
        path = (section,)
        if section not in pattern:
            yield _wrong(layer, path, "words-key", f"unknown section [{section}]", did_you_mean(section, pattern))
        elif not isinstance(table, dict):
            yield _wrong(layer, path, "words-kind", f"[{section}] holds phrases by their names; it cannot be a value")
        else:
            for name, said in table.items():
                yield from _of_phrase(layer, (section, name), said, pattern[section])


def _of_phrase(layer: Layers, path: Path, said: Any, known: Mapping[str, Any]) -> Iterator[Diagnostic]:
    section, name = path
    if section != OWN and name not in known:
        message = f"unknown phrase {name!r} in [{section}]"
        yield _wrong(layer, path, "words-key", message, did_you_mean(name, known))
    elif path in _COUNTED:
        count = _COUNTED[path]
        if not isinstance(said, list) or not all(map(_is_text, said)) or len(said) != (count or len(said)):
            message = f"{name} is a list of {count or 'any number of'} texts in brackets"
            yield _wrong(layer, path, "words-kind", message)
    elif not _is_text(said):
        yield _wrong(layer, path, "words-kind", f"{name} is a text in quotation marks")
    elif (slots := _slots(said)) is None:
        message = f"the braces of {name} are not those of slots"
        yield _wrong(layer, path, "words-slot", message, "Write a slot as {name}; no other braces.")
    elif section != OWN:
        yield from _of_slots(layer, path, slots, _slots(known[name]) or ())


def _of_slots(layer: Layers, path: Path, slots: Sequence[str], wanted: Sequence[str]) -> Iterator[Diagnostic]:
    name = path[-1]
    for slot in dict.fromkeys(slots):
        if slot not in wanted:
            mend = did_you_mean(slot, wanted) if wanted else "This phrase has no slots."
            yield _wrong(layer, path, "words-slot", f"{name} has no slot {{{slot}}}", mend)
    if missing := [slot for slot in dict.fromkeys(wanted) if slot not in slots]:
        told = ", ".join(f"{{{slot}}}" for slot in missing)
        yield _wrong(layer, path, "words-slot", f"{name} lacks {told}", "What stands there would not be printed.")


def _wrong(layer: Layers, path: Path, rule: str, message: str, mend: str = "") -> Diagnostic:
    return Diagnostic(layer.location(path), rule, message, mend)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value.replace(NBSP, " ").isprintable()


def _slots(said: str) -> tuple[str, ...] | None:
    """The slots of a phrase; nothing where its braces are not those of slots."""
    return None if set(_SLOT.sub("", said)) & set("{}") else tuple(_SLOT.findall(said))

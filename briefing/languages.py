"""The languages that briefs are printed in: where their tables of words are found, and which have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from briefing import files
from briefing.diagnostics import Diagnostic, Location, Severity
from briefing.model import Brief
from briefing.readers.words import PATTERN, TABLE_LIMIT, read_words, shipped_table
from briefing.shipped import shipped
from briefing.words import Words

Tables = tuple[tuple[str, str], ...]


def folders(dossier: Path, name: str) -> tuple[Path, ...]:
    """Where templates or fonts are looked for: beside the user's own sources, then among those shipped."""
    own = dossier.resolve().parent.parent / name
    return (own, shipped(name)) if files.is_folder(own) and own != shipped(name) else (shipped(name),)


def tables(dossier: Path, language: str) -> Tables:
    """Find the tables of words of a language, the later changing the earlier: English; those shipped; the user's own.

    Each is its file's name as shown and its text. What has a region stands on what has none: `pt-BR` on `pt`."""
    *own, _ = folders(dossier, "templates")
    found = [shipped_table(PATTERN)]
    for name in _names(language):
        found += [shipped_table(name)] if name != PATTERN else []
        found += [_own_table(folder, name) for folder in own]
    return (found[0], *(table for table in found[1:] if table[1]))


def words_of(dossier: Path, language: str) -> Words:
    """Read the words a brief of a language is printed in. Raises BriefingError with what is wrong in its tables."""
    return read_words(tables(dossier, language))


def without_words(dossier: Path, briefs: Iterable[Brief]) -> Iterator[Diagnostic]:
    """Warn of a brief in a language that no table is there for: what the program prints of its own is English then."""
    for brief in briefs:
        names = _names(brief.language)
        if names[0] != PATTERN and len(tables(dossier, brief.language)) == 1:
            message = f"there are no words for the language {brief.language}: headings, dates and labels are English"
            mend = f"Write templates/words/{names[0]}.toml beside your sources, as templates/README.md says."
            yield Diagnostic(brief.origin.at("language"), "words-missing", message, mend, Severity.WARNING)


def _names(language: str) -> tuple[str, ...]:
    """What the tables of a language are called: by the language, then with its region or script."""
    return tuple(dict.fromkeys((language.partition("-")[0].lower(), language)))


def _own_table(folder: Path, name: str) -> tuple[str, str]:
    path = files.Jail(folder).path(f"words/{name}.toml", Location(name))
    return files.shown(path), files.read_text(path, TABLE_LIMIT) if files.is_file(path) else ""

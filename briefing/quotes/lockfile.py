"""quotes.lock: which quotations were once found in which text, so that a copy without the texts can rely on it.

Evidence, not proof against a forger: whoever can edit the file can write an entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import asdict, astuple

from briefing.diagnostics import Diagnostic, Location

SCHEMA = 1
_HELP = "Restore the file, or write it again from the texts with `briefing check --lock`."
_HASH = re.compile(r"[0-9a-f]{64}")
_UNFIT = re.compile("[\x00-\x1f\ud800-\udfff]")  # what no dossier can hold, and no file can store


class LockEntry(Struct, frozen=True, order=True):
    """A quotation found: its source, the paragraph and the offset in it, its exact words, who said them (in full), and
    the hash of the text it was found in."""

    source: str
    locator: int
    offset: int
    quotation: str
    speaker: str
    sha256: str


_FIELDS = frozenset(LockEntry.__struct_fields__)


def write_lock(entries: Iterable[LockEntry]) -> str:
    """Write entries as JSON: sorted, each once, a line a field, so that a difference can be read."""
    quotations = [asdict(entry) for entry in sorted(set(entries))]
    return json.dumps({"schema": SCHEMA, "quotations": quotations}, ensure_ascii=False, indent=1) + "\n"


def read_lock(text: str, file: str = "quotes.lock") -> tuple[tuple[LockEntry, ...], tuple[Diagnostic, ...]]:
    """Read the entries that can be read, and say what is wrong with the others."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as fault:
        return (), (_broken(Location(file, fault.lineno, fault.colno), f"this is not JSON ({fault.msg})"),)
    except (RecursionError, ValueError):
        return (), (_broken(Location(file), "this is not JSON that a lock may hold"),)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("quotations"), list):
        return (), (_broken(Location(file), f"this is not a lock of schema {SCHEMA}"),)
    entries, problems = [], []
    for number, value in enumerate(data["quotations"], start=1):
        entry = _entry(value)
        if entry is None:
            problems.append(_broken(Location(file), f"quotation {number} of the lock is damaged"))
        else:
            entries.append(entry)
    return tuple(sorted(set(entries))), tuple(problems)


def _entry(value: object) -> LockEntry | None:
    if not isinstance(value, dict) or value.keys() != _FIELDS:
        return None
    entry = LockEntry(**value)
    source, locator, offset, quotation, speaker, sha256 = astuple(entry)
    if not all(isinstance(text, str) for text in (source, quotation, speaker, sha256)):
        return None
    if _UNFIT.search(f"{source}{quotation}{speaker}") or not _HASH.fullmatch(sha256):
        return None
    return entry if all(type(number) is int and number >= 0 for number in (locator, offset)) else None


def _broken(location: Location, message: str) -> Diagnostic:
    return Diagnostic(location, "lock-broken", message, _HELP)

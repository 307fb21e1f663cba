"""The ledger beside the outputs: which files were made of what. It tells the next run what it need not build again.

It holds file names and hashes, nothing of what a brief says. Losing it costs time only: what is not in it is built."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, json

from briefing import files
from briefing.diagnostics import BriefingError

NAME = ".briefing.json"
_SCHEMA = 1
_LIMIT = 50_000_000
_OUTPUT_LIMIT = 500_000_000


def hashed(data: bytes) -> str:
    """Hash what a file holds. Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


class Entry(Struct, frozen=True):
    """One brief as it was built: the hash of all it was made of, and of each file by its name."""

    inputs: str
    outputs: Mapping[str, str]

    def covers(self, inputs: str, outputs: Iterable[Path]) -> bool:
        """Say whether the outputs were made of these inputs, and nobody touched them since."""
        return inputs == self.inputs and all(map(self._is_as_built, outputs))

    def _is_as_built(self, path: Path) -> bool:
        if path.name not in self.outputs:
            return False
        try:
            return hashed(files.read_bytes(path, _OUTPUT_LIMIT)) == self.outputs[path.name]
        except BriefingError:
            return False


class _Held(Struct, frozen=True):
    """What the file holds."""

    schema: int
    briefs: Mapping[str, Entry]


class Ledger:
    """The entries of a folder, by the name that the outputs of a brief share."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._entries = _read(self._file)

    def of(self, name: str) -> Entry | None:
        """Look up what is known of a brief."""
        return self._entries.get(name)

    def enter(self, name: str, entry: Entry) -> None:
        """Enter a brief that was built, and write the ledger: a run that is stopped later has lost nothing of it."""
        self._entries[name] = entry
        held = json.encode(_Held(_SCHEMA, dict(sorted(self._entries.items()))))
        with contextlib.suppress(BriefingError):  # the outputs are written: without the entry they are built once more
            files.replace_lightly(self._file, json.format(held, indent=1))


def _read(file: Path) -> dict[str, Entry]:
    """Read the entries of a ledger: none of one that is damaged, or that another version of the program wrote."""
    try:
        held = json.decode(files.read_bytes(file, _LIMIT), type=_Held)
    except (BriefingError, ValueError, RecursionError):
        return {}
    return dict(held.briefs) if held.schema == _SCHEMA else {}

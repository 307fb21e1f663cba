"""The mark in a printed copy that leads back to a field of a source file, and the new wording found under it."""

from __future__ import annotations

from hashlib import blake2b

from msgspec import Struct

from briefing.diagnostics import Location


class Anchor(Struct, frozen=True, eq=False, gc=False):
    """One field of one file, as it was printed.

    `file` is relative to the dossier, with `/`; `path` names records by id, then the field
    (`positions/sung-kim-arms/quote/2`). `kind` says how the value was printed (`prose`, `quotation`, `name`,
    `date-long`, `enum` ...), so that its wording can be read back. `location` is where the value stands; it is not part
    of the identity."""

    file: str
    path: str
    kind: str
    location: Location = Location("")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Anchor) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[str, str, str]:
        return self.file, self.path, self.kind

    @property
    def key(self) -> str:
        """The identity of the field: the same in every build, wherever it is printed."""
        return f"{self.file}#{self.path}"


def bookmark_name(key: str, occurrence: int = 1) -> str:
    """Name the hidden Word bookmark of a field: leading `_`, at most 40 characters, letters, digits and `_` only.

    The nth further occurrence of a key on the page gets a name of its own (bookmark names are unique in a file)."""
    return "_bf_" + blake2b(f"{key}\0{occurrence}".encode(), digest_size=8).hexdigest().upper()


def paragraph_id(bookmark: str) -> str:
    """Name a Word paragraph (`w14:paraId`) after the bookmark of its first field: eight hex digits, above 0 and below
    0x80000000 ([MS-DOCX] 2.6.2.3)."""
    return f"{int(bookmark[-8:], 16) & 0x7FFFFFFF or 1:08X}"

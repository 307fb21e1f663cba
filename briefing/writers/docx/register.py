"""What must be unique or counted through a whole Word file: bookmarks, paragraph ids, notes."""

from __future__ import annotations

import hashlib

from msgspec import Struct


class Register(Struct):
    """Counts while a file is written, in reading order, so that every name depends on the document alone."""

    _bookmarks: int = 0
    _occurrences: dict[str, int] = {}
    _paragraphs: set[str] = set()
    _cited: int = 0

    def bookmark(self) -> int:
        """Number one more bookmark."""
        self._bookmarks += 1
        return self._bookmarks

    def occurrence(self, key: str) -> int:
        """Tell which occurrence it is where a field is printed once more."""
        occurrence = self._occurrences[key] = self._occurrences.get(key, 0) + 1
        return occurrence

    def identify(self, name: str = "") -> str:
        """Give one more paragraph its id: that of its first field, else one of its place among the paragraphs."""
        place = len(self._paragraphs)
        while not name or name in self._paragraphs:
            place += 1
            name = f"{place:08X}"
        self._paragraphs.add(name)
        return name

    def cite(self, note: int) -> bool:
        """Count a note as cited; tell whether for the first time. Word numbers notes by itself, in this order.

        Raises ValueError when the numbers of the document do not run in the order of first citation."""
        if note > self._cited + 1:
            raise ValueError(f"note {note} is cited before note {self._cited + 1}")
        first = note == self._cited + 1
        self._cited += first
        return first

    def expect_cited(self, notes: int) -> None:
        """Raise ValueError when a note of the document was never cited: Word would not print it."""
        if self._cited != notes:
            raise ValueError(f"{notes} notes, of which the text cites {self._cited}")


def note_bookmark(note: int) -> str:
    """Name the bookmark around the first mark of a note, which its later marks refer to."""
    return f"_Note_{note}"


def target_bookmark(identifier: str) -> str:
    """Name the bookmark that links to a block of the document lead to."""
    return "_to_" + hashlib.blake2b(identifier.encode(), digest_size=10).hexdigest()

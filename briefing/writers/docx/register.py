"""What must be unique or counted through a whole Word file: bookmarks, paragraph ids, notes."""

from __future__ import annotations

import hashlib
from collections import Counter

from msgspec import Struct, field

from briefing.anchor import Anchor, bookmark_name, paragraph_id
from briefing.writers.docx.elements import NAMES, Element, add


class Register(Struct):
    """Counts while a file is written, in reading order, so that every name depends on the document alone."""

    _bookmarks: int = 0
    _occurrences: Counter[str] = field(default_factory=Counter)
    _paragraphs: set[str] = field(default_factory=set)
    _cited: int = 0

    def begin_bookmark(self, parent: Element, name: str) -> str:
        """Open a bookmark; give its number, by which it is closed."""
        self._bookmarks += 1
        number = str(self._bookmarks)
        add(parent, "bookmarkStart", id=number, name=name)
        return number

    def begin_field(self, parent: Element, anchor: Anchor) -> tuple[str, str]:
        """Open the hidden bookmark of a field printed once more; give its number, and the id for its paragraph."""
        self._occurrences[anchor.key] += 1
        occurrence = self._occurrences[anchor.key]
        number = self.begin_bookmark(parent, bookmark_name(anchor.key, occurrence))
        return number, paragraph_id(anchor.key, occurrence)

    def identify(self, paragraph: Element, name: str = "") -> None:
        """Give a paragraph its id: that of its first field, else one of its place among the paragraphs."""
        place = len(self._paragraphs)
        while not name or name in self._paragraphs:
            place += 1
            name = f"{place:08X}"
        self._paragraphs.add(name)
        paragraph.set(NAMES["w14:paraId"], name)

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

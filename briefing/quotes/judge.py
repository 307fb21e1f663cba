"""The verdict on a quotation, from the text where it is at hand and from the lock where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from briefing.quotes.find import Found, Missing, find
from briefing.quotes.lockfile import LockEntry
from briefing.quotes.nearest import nearest
from briefing.quotes.text import SourceText, clean, same_words

_LOCK_HELP = "Look at it in its sentence, then write the lock: `briefing check --lock`."
_TEXTLESS_HELP = (
    "Copy words, speaker and paragraph as the lock has them; or get the source's text and run `briefing check --lock`."
)


class Status(StrEnum):
    """How far a quotation can be relied on."""

    VERIFIED = "verified"
    LOCKED = "locked"
    UNVERIFIED = "unverified"
    WRONG = "wrong"


class Claim(Struct, frozen=True):
    """What a dossier says: these words are quoted in this source, in one of these paragraphs (none named: anywhere),
    and they are this speaker's (the full name)."""

    source: str
    quotation: str
    speaker: str
    locators: tuple[int, ...] = ()


class Verdict(Struct, frozen=True):
    """The status of a quotation. With a `rule` there is something to say: an error where the status is wrong, else a
    warning. `text-changed` says the same for every quotation of a source. `found` where the text was at hand."""

    status: Status
    rule: str = ""
    message: str = ""
    help: str = ""
    found: Found | None = None


def judge(claim: Claim, text: SourceText | None, lock: Sequence[LockEntry], kind: str = "report") -> Verdict:
    """Judge a quotation; `text` is None where the source's text is not at hand, `kind` the kind of the source."""
    if text is None:
        return _by_lock(claim, [entry for entry in lock if entry.source == claim.source])
    found = find(claim.quotation, text.paragraphs, claim.locators, kind)
    if isinstance(found, Missing):
        return Verdict(Status.WRONG, found.rule, found.reason, _lines(found.difference, found.help))
    if any(_holds(entry, claim, found, text) for entry in lock):
        return Verdict(Status.VERIFIED, found=found)
    return _not_locked(claim, found, text, [entry for entry in lock if entry.source == claim.source])


def lock_entry(claim: Claim, found: Found, text: SourceText) -> LockEntry:
    """Make the entry for a quotation that was found."""
    return LockEntry(claim.source, found.locator, found.offset, clean(claim.quotation), claim.speaker, text.sha256)


def _holds(entry: LockEntry, claim: Claim, found: Found, text: SourceText) -> bool:
    """Tell whether an entry is that of a quotation found in a text."""
    place = entry.locator == found.locator and entry.source == claim.source and entry.sha256 == text.sha256
    return place and entry.speaker == claim.speaker and same_words(entry.quotation, claim.quotation)


def _not_locked(claim: Claim, found: Found, text: SourceText, entries: Sequence[LockEntry]) -> Verdict:
    """The text verifies; the lock has still to be written."""
    spoken = [entry for entry in entries if same_words(entry.quotation, claim.quotation)]
    own = [entry for entry in spoken if entry.speaker == claim.speaker]
    if any(entry.sha256 != text.sha256 for entry in own):
        message = f"the text of {claim.source} is not the one that was locked: its quotations are verified anew"
        places = "".join(f"\n  para {entry.locator}: {entry.quotation}" for entry in sorted(entries))
        return Verdict(Status.VERIFIED, "text-changed", message, f"Locked were:{places}\n{_LOCK_HELP}", found)
    message = "the quotation is not in the lock"
    if spoken:
        message += f"; there it is {_described(spoken[0])}"
    return Verdict(Status.VERIFIED, "quote-not-locked", message, _LOCK_HELP, found)


def _by_lock(claim: Claim, entries: Sequence[LockEntry]) -> Verdict:
    if not entries:
        message = (
            f"the quotation is not verified: the text of {claim.source} is not here, nor anything of it in the lock"
        )
        return Verdict(
            Status.UNVERIFIED, "quote-unverified", message, "Get the text, or say where it is: BRIEFING_TEXTS."
        )
    spoken = [entry for entry in entries if same_words(entry.quotation, claim.quotation)]
    for entry in spoken:
        if entry.speaker == claim.speaker and (not claim.locators or entry.locator in claim.locators):
            return Verdict(Status.LOCKED)
    if spoken:
        return Verdict(
            Status.WRONG, "quote-not-locked", f"the lock has these words {_described(spoken[0])}", _TEXTLESS_HELP
        )
    message = f"the lock has no such quotation of {claim.source}"
    near = nearest(claim.quotation, [(entry.locator, entry.quotation) for entry in entries])
    if near is None:
        return Verdict(Status.WRONG, "quote-not-locked", message, _TEXTLESS_HELP)
    return Verdict(
        Status.WRONG, "quote-not-locked", f"{message}; nearest: {near.said}", _lines(near.difference, _TEXTLESS_HELP)
    )


def _described(entry: LockEntry) -> str:
    return f"from {entry.speaker} in para {entry.locator}"


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))

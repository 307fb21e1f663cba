"""Small English, for messages: what a brief prints is in `words`, in any language."""

from __future__ import annotations

from collections.abc import Iterable

NBSP = "\N{NO-BREAK SPACE}"


def listed(words: Iterable[str], joiner: str = "and") -> str:
    """Join words as a sentence lists them: "a", "a and b", "a, b and c"."""
    items = list(words)
    return f" {joiner} ".join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else "".join(items)


def capital(text: str) -> str:
    """Begin a sentence; leave the rest as it is."""
    return text[:1].upper() + text[1:]

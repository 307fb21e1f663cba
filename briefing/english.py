"""Small English: lists, numbers, dates, and whose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from briefing.model import Day

NBSP = "\N{NO-BREAK SPACE}"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AFTER_LATIN = "\N{LATIN SMALL LETTER TURNED A}"  # the first letter that belongs to no alphabet of a language
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def listed(words: Iterable[str], joiner: str = "and") -> str:
    """Join words as a sentence lists them: "a", "a and b", "a, b and c"."""
    items = list(words)
    return f" {joiner} ".join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else "".join(items)


def possessive(name: str) -> str:
    """Say whose: "Japan’s", "the United States’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def with_article(name: str) -> str:
    """Say "the United States"; a name that is not in Latin letters has no article."""
    return f"the {name}" if name < _AFTER_LATIN else name


def capital(text: str) -> str:
    """Begin a sentence; leave the rest as it is."""
    return text[:1].upper() + text[1:]


def number(count: int) -> str:
    """Spell a small number."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def day_words(day: Day, *, year: bool = True, weekday: bool = False) -> str:
    """Print a date as exact as it is known: "Tuesday 17 October 2023", "October 2023", "2023"."""
    if not day.month:
        return str(day.year)
    month = MONTHS[day.month - 1]
    if day.day:
        month = f"{day.day}{NBSP}{month}"
        if weekday:
            month = f"{WEEKDAYS[date(day.year, day.month, day.day).weekday()]} {month}"
    return f"{month} {day.year}" if year or not day.day else month

"""The words of one language that a brief prints of its own accord, and its small rules: how it lists, counts, dates,
and says whose. Which words are said when, `wording` and its neighbours know; here they only have names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from briefing.model import Day

_AFTER_LATIN = "\N{LATIN SMALL LETTER TURNED A}"  # the first letter that belongs to no alphabet of a language


class Words(Struct, frozen=True):
    """A language's table. `sections` holds each phrase under its section and name; `phrases` the same, under
    `section.name`; `series` what is counted: months, days of the week, small numbers."""

    sections: Mapping[str, Mapping[str, str]]
    phrases: Mapping[str, str]
    series: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> str:
        """A phrase without slots."""
        return self.phrases[name]

    def say(self, phrase: str, /, **slots: object) -> str:
        """A phrase with its slots filled in."""
        return self.phrases[phrase].format_map(slots)

    # ----------------------------------------------------------------------------------------------- lists and names

    def listed(self, words: Iterable[str], last: str = "and") -> str:
        """Join words as a sentence lists them: "a", "a and b", "a, b and c"; `last` may be "or"."""
        *others, end = list(words) or [""]
        return self.say(f"lists.{last}", others=self.commas(others), last=end) if others else end

    def commas(self, words: Iterable[str]) -> str:
        return self["lists.comma"].join(words)

    def semicolons(self, words: Iterable[str]) -> str:
        return self["lists.semicolon"].join(words)

    def sentence(self, *parts: str) -> str:
        """Say what belongs together in one sentence."""
        return self.say("lists.sentence", said=self.semicolons(parts))

    def possessive(self, name: str) -> str:
        """Say whose: "Japan’s", "the United States’"."""
        return self.say("names.possessive_after_s" if name.endswith("s") else "names.possessive", name=name)

    def with_article(self, name: str) -> str:
        """Say "the United States"; a name that is not in Latin letters has no article."""
        return self.say("names.article", name=name) if name < _AFTER_LATIN else name

    # ---------------------------------------------------------------------------------------------- numbers and dates

    def number(self, count: int) -> str:
        """Spell a small number."""
        small = self.series["numbers.small"]
        return small[count] if count < len(small) else str(count)

    def day(self, day: Day, *, year: bool = True, weekday: bool = False) -> str:
        """Print a date as exact as it is known: "Tuesday 17 October 2023", "October 2023", "2023"."""
        if not day.month:
            return self.say("dates.year", year=day.year)
        month = self.series["dates.months"][day.month - 1]
        if not day.day:
            return self.say("dates.month", year=day.year, month=month)
        printed = self.say("dates.day" if year else "dates.day_of_the_year", year=day.year, month=month, day=day.day)
        if not weekday:
            return printed
        name = self.series["dates.weekdays"][date(day.year, day.month, day.day).weekday()]
        return self.say("dates.weekday", weekday=name, date=printed)

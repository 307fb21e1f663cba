"""Tables of words: one laid over another, phrase by phrase; what is wrong in one, at its line."""

from __future__ import annotations

import re

import pytest

from briefing.diagnostics import BriefingError
from briefing.readers.words import english, read_words, shipped_table
from briefing.shipped import shipped
from briefing.words import Words

ENGLISH = shipped_table("en")
LANGUAGES = sorted(path.stem for path in (shipped("templates") / "words").iterdir())


def laid(*tables: str) -> Words:
    """The English words with tables laid over them."""
    return read_words((ENGLISH, *((f"words/{n}.toml", text) for n, text in enumerate(tables, 1))))


def told(table: str) -> list[str]:
    with pytest.raises(BriefingError) as caught:
        laid(table)
    return str(caught.value).splitlines()


def test_a_phrase_of_ones_own_takes_the_place_of_that_shipped_and_the_others_stay() -> None:
    words = laid('[headings]\nsources = "References"\n', '[headings]\nactions = "Agreed"\n')
    assert (words["headings.sources"], words["headings.actions"]) == ("References", "Agreed")
    assert words["headings.meetings"] == english()["headings.meetings"] == "Meetings"


def test_the_words_of_ones_own_templates_have_any_names() -> None:
    assert laid('[own]\nthanks = "With thanks to {who}."\n').say("own.thanks", who="Ann") == "With thanks to Ann."


def test_what_fills_a_slot_is_never_taken_for_a_phrase() -> None:
    assert english().say("notes.whole", source="{date} {0.__class__}") == "{date} {0.__class__}."


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        ('[heading]\nsources = "x"\n', 1, "unknown section [heading] [words-key]"),
        ('headings = "x"\n', 1, "[headings] holds phrases by their names; it cannot be a value [words-kind]"),
        ('[headings]\n\nsource = "x"\n', 3, "unknown phrase 'source' in [headings] [words-key]"),
        ("[headings]\nsources = 3\n", 2, "sources is a text in quotation marks [words-kind]"),
        ('[headings]\nsources = "{year}"\n', 2, "sources has no slot {year} [words-slot]"),
        ('[dates]\non = "{dat}"\n', 2, "on has no slot {dat} [words-slot]"),
        ('[dates]\nmonth = "{month}"\n', 2, "month lacks {year} [words-slot]"),
        ('[dates]\non = "{date.year}"\n', 2, "the braces of on are not those of slots [words-slot]"),
        ('[dates]\non = "{date!r}"\n', 2, "the braces of on are not those of slots [words-slot]"),
        ('[dates]\non = "{date"\n', 2, "the braces of on are not those of slots [words-slot]"),
        ('[own]\nmine = "}"\n', 2, "the braces of mine are not those of slots [words-slot]"),
        ('[dates]\nmonths = ["a", "b"]\n', 2, "months is a list of 12 texts in brackets [words-kind]"),
        ("[numbers]\nsmall = [1, 2]\n", 2, "small is a list of any number of texts in brackets [words-kind]"),
        ('[dates]\non = "a\\u0007{date}"\n', 2, "on is a text in quotation marks [words-kind]"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_at_its_line(table: str, line: int, message: str) -> None:
    place, said = told(table)[0].split(": error: ")
    assert (place.split(":")[:2], said) == (["words/1.toml", str(line)], message)


def test_the_nearest_name_is_told() -> None:
    assert told('[headings]\nsource = "x"\n')[1].strip() == "Did you mean 'sources'?"
    assert told('[heading]\nsources = "x"\n')[1].strip() == "Did you mean 'headings'?"
    assert told('[dates]\non = "{dat}"\n')[1].strip() == "Did you mean 'date'?"


def test_everything_wrong_is_told_at_once_and_each_once() -> None:
    found = told('[dates]\non = "{dat}"\n[headings]\nsource = "x"\n')
    assert sum("error:" in line for line in found) == 3


# ------------------------------------------------------------------------------------------------ the shipped tables


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_table_is_whole_and_sound(language: str) -> None:
    words = read_words((ENGLISH, shipped_table(language)))
    own = read_words((shipped_table(language),))
    assert own.phrases.keys() == english().phrases.keys() == words.phrases.keys()
    assert own.series.keys() == english().series.keys()


def test_every_phrase_of_the_table_is_said_somewhere_and_every_one_said_is_there() -> None:
    code = "\n".join(path.read_text("utf-8") for path in shipped("fonts").parent.glob("*.py"))
    pages = "\n".join(path.read_text("utf-8") for path in shipped("templates").glob("*.jinja"))
    printed = {f"{section}.{name}" for section, name in re.findall(r"\bwords\.(\w+)\.(\w+)", pages)}
    chosen = {*re.findall(r'f"([a-z_]+)\.\{', code), "lists", "unsaid"}  # the name is made where it is said
    table = english().phrases.keys() | english().series.keys()
    assert printed <= table
    unsaid = {name for name in table - printed if f'"{name}"' not in code}
    assert {name for name in unsaid if name.partition(".")[0] not in chosen} == set()

"""Rules about names: people who share a family name are told apart by their full names, files by more than capitals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from briefing.check.selection import own_words
from briefing.diagnostics import Diagnostic
from briefing.english import listed
from briefing.model import Dossier, Person

# Family names that are everyday words too: bare, they are taken for a name only after a title.
_WORDS = frozenset({"An", "Do", "In", "Long", "May", "No", "So", "Will", "Young"})
_TITLE = r"(?:Ambassador|Chairman|Chancellor|Envoy|General|Minister|Mr\.?|Mrs\.?|Ms\.?|Premier|President|Secretary)\s+"
_QUOTED = re.compile(r'“[^”]*”|"[^"]*"')
_NOTHING = "(?!)"  # a pattern that no text has
_FOLD = str.maketrans("‐‑’\N{NO-BREAK SPACE}", "--' ")


def same_surname(dossier: Dossier) -> Iterator[Diagnostic]:
    """In our own words nobody is called by a family name that several people of the dossier have."""
    shared = _shared(dossier)
    if not shared:
        return
    mentioned = re.compile("|".join(map(re.escape, shared)))  # most fields name nobody: this tells it in one look
    alone, names = _alone(shared), _full_names(dossier)
    for prose in own_words(dossier):
        if not mentioned.search(prose.text.translate(_FOLD)):
            continue
        text = names.sub("", _QUOTED.sub("", prose.text.translate(_FOLD)))
        for family in dict.fromkeys(match[1] or match[2] for match in alone.finditer(text)):
            yield Diagnostic(
                prose.origin.at(prose.field),
                "same-surname",
                f"{family} could be {listed(shared[family], 'or')}",
                "Write the full name. Somebody else of that name, or another spelling, is added to people.yaml.",
            )


def _shared(dossier: Dossier) -> Mapping[str, tuple[str, ...]]:
    """Who has each family name that several people have."""
    people: defaultdict[str, list[str]] = defaultdict(list)
    for person in dossier.people.values():
        people[person.family.translate(_FOLD)].append(person.name)
    return {family: tuple(names) for family, names in people.items() if family and len(names) > 1}


def _alone(families: Iterable[str]) -> re.Pattern[str]:
    """Match a family name, the longest first; an everyday word is one (the second group) behind a title alone."""
    longest = sorted(families, key=lambda family: (-len(family), family))
    names = "|".join(re.escape(family) for family in longest if family not in _WORDS)
    words = "|".join(family for family in longest if family in _WORDS)
    return re.compile(rf"(?<!\w)(?:({names or _NOTHING})|{_TITLE}({words or _NOTHING}))(?!\w)")


def _full_names(dossier: Dossier) -> re.Pattern[str]:
    """Match every name and alias that tells a person, the longest first, each as whole words."""
    names = {name.translate(_FOLD) for p in dossier.people.values() for name in _names(p)}
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)") if longest else re.compile(_NOTHING)


def _names(person: Person) -> tuple[str, ...]:
    """A person's full name and aliases; an alias that is the bare family name tells nobody."""
    return tuple(name for name in (person.name, *person.aliases) if name != person.family)


def same_file(dossier: Dossier) -> Iterator[Diagnostic]:
    """The texts of two sources do not differ in the capitals of their names alone."""
    known: dict[str, str] = {}
    for source in dossier.sources.values():
        first = known.setdefault(source.text.casefold(), source.text)
        if first != source.text:
            yield Diagnostic(
                source.origin.at("text"),
                "same-file",
                f"{source.text} and {first} are one file on Windows and macOS",
                "Write the name as it stands in the folder; give two texts two names.",
            )

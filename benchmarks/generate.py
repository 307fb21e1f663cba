"""Write dossiers of any size from a seed: the same seed and size, the same bytes.

python -m benchmarks.generate OUT --meetings 20 --seed 7"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks import words
from benchmarks.words import SIDES, Side

SIZES = {"S": 2, "M": 20, "L": 200, "XL": 1000}  # meetings
FIRST_DAY = date(2031, 1, 6)
DAYS_BETWEEN = 3

Record = dict[str, Any]


@dataclass(slots=True)
class Report:
    """A source as it grows: its paragraphs, the headline first."""

    paragraphs: list[str]

    def add(self, paragraph: str) -> int:
        """Add a paragraph; its number is what a citation names."""
        self.paragraphs.append(paragraph)
        return len(self.paragraphs) - 1


@dataclass(slots=True)
class Generated:
    """A dossier by its files: values for YAML, and texts."""

    files: dict[str, Record] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Write every file below a folder, which must be new."""
        for name, value in self.files.items():
            written = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
            self.texts[name] = written
        for name, text in self.texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return folder


def generate(meetings: int, seed: int = 1) -> Generated:
    """Make a dossier of so many meetings of three countries, with one brief of all of them."""
    draw = Random(seed)  # noqa: S311 (chance for a benchmark, not for a secret)
    made = Generated()
    topics = _topics(meetings)
    people = [list(_people(side, 4 + meetings // 10)) for side in SIDES]
    sources: Record = {f"{side.code.lower()}-names": _names_source(side) for side in SIDES if side.language}
    records: list[str] = []
    for number in range(meetings):
        day = FIRST_DAY + timedelta(days=DAYS_BETWEEN * number)
        city = draw.choice(words.CITIES)
        present = [draw.choice(delegation) for delegation in people]
        source, meeting = f"gazette-{day}", f"{day}-{city.lower()}"
        report = Report([f"Three delegations meet in {city} over {draw.choice(words.SUBJECTS)}"])
        made.files[f"meetings/{meeting}.yaml"] = _meeting(draw, report, source, day, city, present, topics)
        made.texts[f"articles/{source}.txt"] = "\n\n".join(report.paragraphs) + "\n"
        sources[source] = _report_source(source, day, report)
        first = meeting, present[0][0], made.files[f"meetings/{meeting}.yaml"]["positions"][0]["topic"]
        records += [f"{first[0]}/{first[1].lower().replace(' ', '-')}/{first[2]}", f"{meeting}/action-1"]
    made.files["dossier.yaml"] = _dossier(topics)
    made.files["people.yaml"] = {name: value for delegation in people for name, value, _ in delegation}
    made.files["sources.yaml"] = sources
    made.files["briefs/positions.yaml"] = _brief(draw, records)
    return made


# ------------------------------------------------------------------------------------------------- around the meetings


def _topics(meetings: int) -> Record:
    """A few topics for few meetings: from six to forty."""
    subjects = list(product(words.ASPECTS, words.SUBJECTS))[: min(40, 6 + meetings // 10)]
    return {
        f"{subject} {aspect}".replace(" ", "-"): {
            "label": f"{subject[0].upper()}{subject[1:]} {aspect}",
            "question": f"Should {subject} {aspect} be put in common hands?",
        }
        for aspect, subject in subjects
    }


def _people(side: Side, wanted: int) -> Iterator[tuple[str, Record, str]]:
    """Full names, each once, as their languages order them, with a title."""
    for number, (given, family) in enumerate(list(product(side.given, side.families))[:wanted]):
        name = f"{family[0]} {given[0]}" if side.language == "ko" else f"{given[0]} {family[0]}"
        person: Record = {"family": family[0], "country": side.code}
        if side.language:
            native = {"text": family[1] + given[1], "language": side.language, "cite": f"{side.code.lower()}-names"}
            person["native"] = native
        yield name, person, words.TITLES[number % len(words.TITLES)]


def _names_source(side: Side) -> Record:
    title = "Names of its officials as the office writes them"
    return {"kind": "record", "issuer": side.ministry, "title": title, "language": side.language}


def _report_source(source: str, day: date, report: Report) -> Record:
    return {
        "kind": "report",
        "publisher": "The Strait Gazette",
        "short": "Gazette",
        "title": report.paragraphs[0],
        "date": day,
        "language": "en",
        "text": f"articles/{source}.txt",
    }


def _dossier(topics: Record) -> Record:
    offices = {s.ministry: {"name": s.name, "short": s.short, "country": s.code} for s in SIDES}
    countries = [side.code for side in SIDES]
    return {
        "schema": 1, "title": "Order in the strait", "countries": countries, "institutions": offices, "topics": topics,
    }  # fmt: skip


def _brief(draw: Random, records: Sequence[str]) -> Record:
    def rests_on() -> list[str]:
        return sorted(draw.sample(records, 2))

    return {
        "title": "Order in the strait: who stands where",
        "addressee": "Office of the Minister",
        "author": "Strait desk",
        "handling": "TLP:GREEN",
        "bottom_line": [
            {"lead": lead, "text": f"One side {draw.choice(words.GROUNDS)}.", "rests_on": rests_on()}
            for lead in (
                "All three want order in the strait.",
                "They differ on who pays.",
                "Little is agreed in writing.",
            )
        ],
        "judgements": [
            {"text": text, "likelihood": "likely", "confidence": "moderate", "rests_on": rests_on()}
            for text in ("The trial winter comes first.", "The fund for small harbours will be small.")
        ],
        "recommendations": [
            "Ask each capital for its own account.",
            "Keep the figures apart from the talks.",
        ],
    }


# --------------------------------------------------------------------------------------------------------- a meeting


def _meeting(
    draw: Random, report: Report, source: str, day: date, city: str,
    present: Sequence[tuple[str, Record, str]], topics: Mapping[str, Any],
) -> Record:  # fmt: skip
    opening = report.add(f"{city}: delegations of three countries sat down on {day:%A}. {draw.choice(words.REPORTED)}")
    chosen = draw.sample(list(topics), 4)
    positions = [
        _position(draw, report, person, topic)
        for topic in chosen[:3]
        for person in draw.sample(list(present), draw.choice((2, 3, 3)))
    ]
    if positions[0]["by"] != present[0][0]:
        positions.insert(0, _position(draw, report, present[0], chosen[3]))
    return {
        "title": f"Delegations at the customs house in {city}",
        "accounts": source,
        "date": {"text": day, "weekday": f"{day:%A}", "cite": f"para {opening}"},
        "place": {"text": f"customs house, {city}", "cite": f"para {opening}"},
        "participants": [{"person": name, "title": title, "cite": f"para {opening}"} for name, _, title in present],
        "positions": [*positions, _joint(draw, report, chosen[0])],
        "actions": [_action(draw, report, topic) for topic in chosen[1 : draw.choice((2, 3))]],
        "context": [_context(draw, report) for _ in range(2)],
    }


def _position(draw: Random, report: Report, person: tuple[str, Record, str], topic: str) -> Record:
    name, _, title = person
    subject = topic.replace("-", " ")
    first = f"{draw.choice(words.OPENINGS).format(subject=subject)}, {draw.choice(words.REASONS)}"
    second = draw.choice(words.ENDS)
    cited = [
        report.add(f"“{first},” {name}, the {title}, told reporters."),
        report.add(f"“{second}” The {title} took no questions on the matter."),
    ]
    position: Record = {
        "by": name,
        "topic": topic,
        "stance": draw.choice(("support", "oppose", "unclear")),
        "gist": draw.choice(words.GISTS),
        "summary": f"{draw.choice(words.WANTS)} {draw.choice(words.THINGS)}; {draw.choice(words.GROUNDS)}.",
        "quote": [first, second],
        "cite": f"para {cited[0]}-{cited[1]}",
    }
    if draw.random() < 0.25:
        position["condition"] = draw.choice(words.CONDITIONS)
    return position


def _joint(draw: Random, report: Report, topic: str) -> Record:
    quote = f"a common table for {topic.replace('-', ' ')}"
    number = report.add(f"The three delegations said in a note that they would keep “{quote}”.")
    return {
        "by": [side.code for side in SIDES],
        "per": draw.choice(SIDES).ministry,
        "topic": topic,
        "stance": "support",
        "summary": f"Together they {draw.choice(('describe', 'propose', 'list'))} {draw.choice(words.THINGS)}.",
        "quote": quote,
        "cite": f"para {number}",
    }


def _action(draw: Random, report: Report, topic: str) -> Record:
    number = report.add("By the evening the delegations had put their names to a short paper on the next steps.")
    return {
        "parties": sorted(draw.sample([side.code for side in SIDES], draw.choice((2, 3)))),
        "kind": draw.choice(("agreement", "commitment")),
        "topic": topic,
        "stance": "support",
        "summary": f"Prepare {draw.choice(words.THINGS)}.",
        "due": f"2040-{draw.randint(1, 12):02}",
        "status": "open",
        "cite": f"para {number}",
    }


def _context(draw: Random, report: Report) -> Record:
    number = report.add(draw.choice(words.REPORTED))
    told = f"the {draw.choice(words.SUBJECTS)} of the region {draw.choice(('cost more', 'employ fewer'))} than before."
    return {"summary": told, "cite": f"para {number}"}


def main() -> None:
    """Write one dossier, as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=main.__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--meetings", type=int, default=SIZES["S"])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.meetings, given.seed).write(given.out)


if __name__ == "__main__":
    main()

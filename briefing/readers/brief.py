"""The YAML of a brief → Brief."""

from __future__ import annotations

from briefing.model import Brief, Confidence, Day, Judgement, Likelihood, Point
from briefing.readers.record import Row, read_record
from briefing.readers.values import Reading
from briefing.readers.yaml import Node
from briefing.records import BRIEF

_DEFAULTS = dict(zip(reversed(Brief.__struct_fields__), reversed(Brief.__struct_defaults__), strict=False))


def read_brief(node: Node, id: str, reading: Reading) -> Brief | None:
    """Read a brief; None where the file holds none."""
    row = read_record(node, BRIEF, reading)
    if row is None:
        return None
    judgements = (_judgement(r, n, reading) for n, r in enumerate(row.many("judgements", Row), 1))
    return Brief(
        id=id,
        title=row.text("title"),
        origin=row.origin(reading.file, ""),
        addressee=row.text("addressee"),
        author=row.text("author"),
        cleared_by=row.text("cleared_by"),
        version=row.text("version"),
        as_of=row.one("as_of", Day),
        handling=row.text("handling"),
        template=row.text("template") or _DEFAULTS["template"],
        countries=row.many("countries", str),
        meetings=row.many("meetings", str),
        topics=row.many("topics", str),
        bottom_line=tuple(_point(r, n, reading) for n, r in enumerate(row.many("bottom_line", Row), 1)),
        judgements=tuple(judgement for judgement in judgements if judgement),
        recommendations=row.many("recommendations", str),
        language=row.text("language") or _DEFAULTS["language"],
    )


def _point(row: Row, number: int, reading: Reading) -> Point:
    origin = row.origin(reading.file, f"bottom_line/{number}")
    return Point(row.text("lead"), row.text("text"), row.many("rests_on", str), origin)


def _judgement(row: Row, number: int, reading: Reading) -> Judgement | None:
    likelihood, confidence = row.text("likelihood"), row.text("confidence")
    if not likelihood or not confidence:
        return None
    origin = row.origin(reading.file, f"judgements/{number}")
    rests_on = row.many("rests_on", str)
    return Judgement(row.text("text"), Likelihood(likelihood), Confidence(confidence), rests_on, origin)

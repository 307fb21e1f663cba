"""The words after `cite:` → Citation: `para 4`, `para 1, 4-6`, `¶4`, `page 3`, `us-2031 para 4`, `us-2031`."""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.model import Citation

MOST_PARAGRAPHS = 200
CITATION_HELP = "Write `para 4`, `para 1, 4-6` or `page 3`; in front, where it is needed, the source: `us-2031 para 4`."

_SOURCE = re.compile(
    r"(?!(?i:paras?|paragraphs?|pages?|pp?)(?:[\s.]|$))(?=[\d-]*[a-z])([a-z0-9]+(?:-[a-z0-9]+)*)(?:\s+|$)"
)
_RANGE = r"\d{1,4}(?:\s*[-–]\s*\d{1,4})?"
_LOCATOR = re.compile(
    rf"(?:(?:(?i:paras?|paragraphs?)\b\.?|¶+)\s*(?P<paragraphs>{_RANGE}(?:\s*,\s*{_RANGE})*))?"
    r"(?:(?:^|,?\s+)(?i:pages?|pp?\.)\s*(?P<pages>\w+(?:\s*[-–,]\s*\w+)*))?"
)


@lru_cache(maxsize=1024)  # `para 4` stands everywhere
def read_citation(text: str) -> Citation | str:
    """Read one citation; where it names no source, `source` is empty. What is no citation comes back as words why."""
    source = _SOURCE.match(text)
    rest = text[source.end() :] if source else text
    locator = _LOCATOR.fullmatch(rest)
    if locator is None or not text:
        return f"{text!r} is not a citation"
    paragraphs = _paragraphs(locator["paragraphs"])
    if isinstance(paragraphs, str):
        return paragraphs
    return Citation(source[1] if source else "", paragraphs, locator["pages"] or "")


def _paragraphs(ranges: str | None) -> tuple[int, ...] | str:
    """List the paragraphs of `1, 4-6`, each once, in the order written."""
    found: dict[int, None] = {}
    for part in (ranges or "").split(",") if ranges else ():
        first, last = (int(number) for number in (re.findall(r"\d+", part) * 2)[:2])
        if last < first:
            return f"paragraphs {first} to {last} run backwards"
        if last - first >= MOST_PARAGRAPHS or len(found) > MOST_PARAGRAPHS:
            return f"a citation names at most {MOST_PARAGRAPHS} paragraphs"
        found.update(dict.fromkeys(range(first, last + 1)))
    return tuple(found)

"""Rules about our own words: short enough for the page, neither judgement among facts nor quotations that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.check.selection import Voice, own_words, quotable
from briefing.diagnostics import Diagnostic, Severity
from briefing.model import Confidence, Dossier, Likelihood, Position, Stance
from briefing.quotes import Missing, find, hidden_quotations

LONGEST_GIST = 46  # characters: two lines in a cell of the matrix
_QUESTION = re.compile(r"\?\s*$|^(?:Should|Whether|Does|Is|Are|Would|Could)\b")
_STOP = re.compile(r"(?<!\b[A-Z])[.!;:,…。！]\s*$")  # the stop of "Ties with the U.S." belongs to the letter

_LIKELIHOOD = "|".join((*(re.escape(term) for term in Likelihood), "almost certainly", "probably"))
_OPINION = re.compile(
    rf"\b(?:we (?:assess|believe|estimate|expect|judge|think)|(?:in|on) our (?:assessment|judge?ment|opinion|view)"
    rf"|(?:{'|'.join(Confidence)}) confidence)\b",
    re.IGNORECASE,
)
_CHANCE = re.compile(rf"\b(?:{_LIKELIHOOD})\b", re.IGNORECASE)


def gist_length(dossier: Dossier) -> Iterator[Diagnostic]:
    """A gist fits a cell of the matrix."""
    for position in _positions(dossier):
        if len(position.gist) > LONGEST_GIST:
            yield Diagnostic(
                position.origin.at("gist"),
                "gist-length",
                f"the gist has {len(position.gist)} characters; a cell of the matrix holds {LONGEST_GIST}",
                "Shorten it; up to 24 stay on one line. What does not fit belongs in `summary`.",
            )


def topic_label(dossier: Dossier) -> Iterator[Diagnostic]:
    """A topic's label completes 'X supports / opposes ...': no question, no stop."""
    for topic in dossier.topics.values():
        if _QUESTION.search(topic.label):
            message = f"the label {topic.label!r} is a question"
        elif _STOP.search(topic.label):
            message = f"the label {topic.label!r} ends in a stop"
        else:
            continue
        mend = "It completes 'X supports ...', as 'Open talks with the North' does; a question goes to `question`."
        yield Diagnostic(topic.origin.at("label"), "topic-label", message, mend)


def judged_fact(dossier: Dossier) -> Iterator[Diagnostic]:
    """Fact and judgement look different: the analyst's own view stands under `judgements` alone."""
    for prose in own_words(dossier):
        opinion = _OPINION.search(prose.text) if prose.voice in (Voice.TOLD, Voice.FACT) else None
        found = opinion or (_CHANCE.search(prose.text) if prose.voice is Voice.FACT else None)
        if found:
            yield Diagnostic(
                prose.origin.at(prose.field),
                "judged-fact",
                f"{found[0]!r} is a judgement, but this is printed as a fact",
                "Move our own view to `judgements`; if it is somebody else's, say whose (`by`, `hedge: assessment`).",
                Severity.WARNING,
            )


def hidden_quotation(dossier: Dossier) -> Iterator[Diagnostic]:
    """What stands in quotation marks among our own words is quoted, word for word, by the records it rests on."""
    for prose in own_words(dossier):
        stretches = () if prose.voice is Voice.LABEL else hidden_quotations(prose.text)
        quoted = quotable(prose) if stretches else None
        for stretch in stretches if quoted is not None else ():
            missing = find(stretch, quoted or (), kind="release")
            if isinstance(missing, Missing):
                difference = f"{missing.difference}\n" if missing.difference else ""
                mend = "In its own words: give it under `quote` of the position it belongs to. In ours: without marks."
                yield Diagnostic(
                    prose.origin.at(prose.field),
                    "hidden-quotation",
                    f"“{stretch}” stands in quotation marks, but is no quotation of what this rests on",
                    difference + mend,
                )


def stance_by_gloss(dossier: Dossier) -> Iterator[Diagnostic]:
    """A stance that only the publisher's reading supports is unclear."""
    for position in _positions(dossier):
        coded = {Stance.SUPPORT, Stance.OPPOSE} & set(position.stances.values())
        if position.gloss and not position.quotes and coded:
            yield Diagnostic(
                position.origin.at("gloss"),
                "stance-by-gloss",
                "the stance rests on a gloss, the publisher's reading, and on no words of the speaker",
                "Code it `unclear`, or quote the words that show it.",
                Severity.WARNING,
            )


def _positions(dossier: Dossier) -> Iterator[Position]:
    return (position for meeting in dossier.meetings for position in meeting.positions)

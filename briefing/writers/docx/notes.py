"""Footnotes as Word's own, in the body and in cells alike."""

from __future__ import annotations

from briefing.document import Note
from briefing.writers.docx.elements import element, part, run
from briefing.writers.docx.looks import RunProperties, twips
from briefing.writers.docx.runs import RunWriter

SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


def footnotes_part(notes: tuple[Note, ...], properties: RunProperties, runs: RunWriter) -> bytes:
    """Write the footnotes part: the rules above the notes, and the notes."""
    around = element("spacing", before=0, after=twips(properties.house.note_rule.space), line=240, lineRule="auto")
    number = run(properties.of("note", ("note-number",), ""), element("footnoteRef"))  # Word counts
    lead = number + run("", element("tab"))
    written = (
        f'<w:footnote w:id="{note.number}">{runs.paragraph("note", note.content, lead=lead)}</w:footnote>'
        for note in notes
    )
    return part("footnotes", (_separators("footnote", element("pPr", around)), *written))


def endnotes_part() -> bytes:
    """Write the endnotes part: empty, but Word misses it where there are footnotes."""
    return part("endnotes", (_separators("endnote", ""),))


def _separators(note: str, around: str) -> str:
    """Word insists on two rules; the second is for notes that go on from the page before."""
    return "".join(
        element(note, element("p", around, run("", element(kind))), type=kind, id=number)
        for number, kind in SEPARATORS.items()
    )

"""Footnotes as Word's own, in the body and in cells alike."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement

from briefing.document import Note
from briefing.housestyle import HouseStyle
from briefing.writers.docx.elements import Element, Node, add, add_run, grow, node, root
from briefing.writers.docx.looks import Look, RunProperties, style_id, twips
from briefing.writers.docx.runs import RunWriter

SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


def footnotes_part(house: HouseStyle) -> BaseOxmlElement:
    """Begin the footnotes part with the rules above the notes."""
    return _separators(
        "footnote", node("spacing", before=0, after=twips(house.note_rule.space), line=240, lineRule="auto")
    )


def endnotes_part() -> BaseOxmlElement:
    """Write the endnotes part: empty, but Word misses it where there are footnotes."""
    return _separators("endnote", None)


def _separators(note: str, around: Node | None) -> BaseOxmlElement:
    """Word insists on two rules; the second is for notes that go on from the page before."""
    notes = root(f"{note}s")
    for number, kind in SEPARATORS.items():
        rule = node("p", node("pPr", around) if around else None, node("r", node(kind)))
        grow(notes, node(note, rule, type=kind, id=number))
    return notes


def write_note(part: Element, note: Note, properties: RunProperties, runs: RunWriter) -> None:
    """Append a note: its number, which Word counts, and its text after a tab."""
    style = properties.house.paragraphs["note"]
    paragraph = add(add(part, "footnote", id=str(note.number)), "p")
    add(add(paragraph, "pPr"), "pStyle", val=style_id(style.word))
    add(add_run(paragraph, properties.of(Look("note", ("note-number",)))), "footnoteRef")
    add(add_run(paragraph, None), "tab")
    runs.write(paragraph, "note", note.content)

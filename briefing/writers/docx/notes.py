"""Footnotes as Word's own, in the body and in cells alike."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement

from briefing.document import Note
from briefing.housestyle import HouseStyle
from briefing.writers.docx.elements import Element, add, add_run, grow, node, root
from briefing.writers.docx.looks import Look, RunProperties, border, spacing, style_id
from briefing.writers.docx.runs import RunWriter

SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


def footnotes_part(house: HouseStyle) -> BaseOxmlElement:
    """Begin the footnotes part with the rule above the notes; Word insists on its two kinds."""
    notes = root("footnotes")
    for number, kind in SEPARATORS.items():
        rule = node("pPr", node("pBdr", border("top", house.note_rule)), spacing(0, 0, house.note_rule.space))
        grow(notes, node("footnote", node("p", rule), type=kind, id=number))
    return notes


def endnotes_part() -> BaseOxmlElement:
    """Write the endnotes part: empty, but Word misses it where there are footnotes."""
    notes = root("endnotes")
    for number, kind in SEPARATORS.items():
        grow(notes, node("endnote", node("p", node("r", node(kind))), type=kind, id=number))
    return notes


def write_note(part: Element, note: Note, properties: RunProperties, runs: RunWriter) -> None:
    """Append a note: its number, which Word counts, and its text after a tab."""
    style = properties.house.paragraphs["note"]
    paragraph = add(add(part, "footnote", id=str(note.number)), "p")
    add(add(paragraph, "pPr"), "pStyle", val=style_id(style.word))
    add(add_run(paragraph, properties.of(Look("note", ("note-number",)))), "footnoteRef")
    add(add_run(paragraph, None), "tab")
    runs.write(paragraph, "note", note.content)

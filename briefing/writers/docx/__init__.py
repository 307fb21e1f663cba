"""Writes the document tree as a Word file a person goes on editing: named styles, real lists, notes and fields.

`writer` does it in order. `body`, `tables`, `runs` and `notes` write the text, out of `elements`; a `flow` holds what
may still be amended. `styles`, `settings`, `numbering` and `sections` write what surrounds the text; `looks` turns the
values of the house style into Word's, and `prepared` keeps what follows from them alone; `register` counts what must be
unique in the file; `package` puts the parts together (python-docx)."""

from briefing.writers.docx.writer import write_docx

__all__ = ["write_docx"]

"""Writes the document tree as a Word file a person goes on editing: named styles, real lists, notes and fields.

`writer` does it in order. `package` holds the parts (python-docx); `styles`, `numbering`, `settings`, `sections` make
what surrounds the text; `body`, `tables`, `runs` and `notes` make the text itself, out of `elements`; `looks` turns the
values of the house style into Word's; `register` counts what must be unique in the file."""

from briefing.writers.docx.writer import write_docx

__all__ = ["write_docx"]

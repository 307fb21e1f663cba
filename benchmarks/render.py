"""Render what `peers` wrote: with one of the other programs, in the environment of `requirements.lock`, or with our own
writers, where Briefing is installed.

    python render.py typst|typst-listed|weasyprint|docxtpl|briefing|briefing-docx FOLDER FONTS

`docxtpl-template` makes the Word template once, before anything is timed."""
# ruff: noqa: PLC0415 (each program pays for its own imports)
# mypy: disable-error-code=import-not-found

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path


def render_typst(folder: Path, fonts: Path, content: str = "brief.typ") -> None:
    """Compile to a tagged PDF (Typst's default), with the fonts of Briefing alone."""
    import typst

    typst.compile(folder / content, output=folder / "typst.pdf", font_paths=[fonts], ignore_system_fonts=True)


def render_weasyprint(folder: Path, fonts: Path) -> None:  # noqa: ARG001 (the fonts stand in the HTML)
    """Compile to a tagged PDF."""
    import weasyprint

    weasyprint.HTML(folder / "brief.html").write_pdf(folder / "weasyprint.pdf", pdf_tags=True)


def render_docxtpl(folder: Path, fonts: Path) -> None:  # noqa: ARG001 (Word has its own fonts)
    """Fill the template."""
    import docxtpl

    template = docxtpl.DocxTemplate(folder / "template.docx")
    template.render(json.loads((folder / "brief.json").read_text(encoding="utf-8")), autoescape=True)
    template.save(folder / "docxtpl.docx")


def make_template(folder: Path, fonts: Path) -> None:  # noqa: ARG001
    """Write the template: a loop over blocks, a table for those that are one."""
    import docx

    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "{{ header }}"
    word.add_paragraph("{%p for block in blocks %}")
    for level in range(1, 5):
        word.add_paragraph(f"{{%p if block.kind == 'heading{level}' %}}")
        word.add_heading("{{ block.text }}", level)
        word.add_paragraph("{%p endif %}")
    word.add_paragraph("{%p if block.kind == 'paragraph' %}")
    word.add_paragraph("{{ block.text }}")
    word.add_paragraph("{%p endif %}")
    word.add_paragraph("{%p if block.kind == 'table' %}")
    rows = word.add_table(3, 3, style="Table Grid").rows
    rows[0].cells[0].text = "{%tr for row in block.rows %}"
    for cell, text in zip(rows[1].cells, ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"), strict=True):
        cell.text = text
    rows[2].cells[0].text = "{%tr endfor %}"
    word.add_paragraph("{%p endif %}")
    word.add_paragraph("{%p endfor %}")
    word.add_paragraph("{%p for note in notes %}")
    word.add_paragraph("{{ note.number }} {{ note.text }}")
    word.add_paragraph("{%p endfor %}")
    word.save(str(folder / "template.docx"))


def render_briefing(folder: Path, fonts: Path, suffixes: Sequence[str] = ("pdf", "docx")) -> None:
    """Write with our own writers, in the house style as it is shipped."""
    import pickle

    from briefing.fonts import FontBook
    from briefing.readers.housestyle import read_housestyle
    from briefing.shipped import shipped
    from briefing.writers import write

    document = pickle.loads((folder / "brief.pickle").read_bytes())  # noqa: S301 (written by `peers`)
    style = shipped("templates") / "house.toml"
    house = read_housestyle([(style.name, style.read_text(encoding="utf-8"))])
    for suffix in suffixes:
        (folder / f"briefing.{suffix}").write_bytes(write(suffix, document, house, FontBook(house.families, (fonts,))))


PROGRAMS: Mapping[str, Callable[[Path, Path], None]] = {
    "briefing": render_briefing,
    "briefing-docx": partial(render_briefing, suffixes=("docx",)),
    "typst": render_typst,
    "typst-listed": partial(render_typst, content="listed.typ"),
    "weasyprint": render_weasyprint,
    "docxtpl": render_docxtpl,
    "docxtpl-template": make_template,
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))

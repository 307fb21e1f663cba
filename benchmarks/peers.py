"""The content of a brief as other programs want it: Typst's markup, HTML for WeasyPrint, a context for docxtpl.

    python -m benchmarks.peers DOSSIER FOLDER FONTS

What a program cannot do, or cannot do well, is left out in its favour: Typst and WeasyPrint get short tables and lists
(`suited`), Typst also a form without footnotes, in which it is quickest; docxtpl gets plain text, and its notes as a
list at the end. `render` sets Briefing's own writers beside them, which get the document as it stands."""

from __future__ import annotations

import json
import pickle
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any, assert_never

from benchmarks.phases import timed_build
from benchmarks.suited import suited
from briefing.document import (
    Block,
    BlockQuote,
    Blocks,
    Box,
    Document,
    Emphasis,
    Field,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    NoteMark,
    PageCount,
    PageNumber,
    Paragraph,
    Row,
    Section,
    Span,
    Strong,
    Table,
    Text,
    plain_text,
)

Cite = Callable[[int], str]  # the number of a note, as it is marked up where it is cited

_SIGNS = re.compile(r"""([\\#*_`$<>@\[\]=\-+/~"':])""")
_TYPST = """\
#set document(title: "{title}")
#set page(paper: "a4", margin: 20mm, header: [{header}], footer: context [{footer}])
#set text(font: ("Source Serif 4", "Pretendard JP"), size: 9.5pt, lang: "en")
#set table(stroke: 0.4pt, inset: 3pt)
#show table: set text(font: ("Source Sans 3", "Pretendard JP"), size: 7.5pt)

{body}
"""
_HTML = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
{faces}
@page {{ size: A4; margin: 20mm; @top-left {{ content: "{header}"; font: 8pt "Sans" }}
  @bottom-left {{ content: "Page " counter(page) " of " counter(pages); font: 8pt "Sans" }} }}
@page wide {{ size: A4 landscape }}
body {{ font: 9.5pt/1.3 "Serif", "CJK" }} section {{ page: wide }}
table {{ border-collapse: collapse; width: 100%; font: 7.5pt "Sans", "CJK" }}
td, th {{ border: 0.4pt solid; padding: 3pt }}
.note {{ float: footnote; font: 7.5pt "Sans", "CJK" }} .box {{ border: 0.5pt solid; padding: 6pt }}
</style></head><body>
{body}
</body></html>
"""
_LISTED = "#heading(level: 2)[Notes]\n#set text(size: 7.5pt)\n"
_FACES = {"Serif": "SourceSerif4", "Sans": "SourceSans3", "CJK": "PretendardJP"}


def write_inputs(document: Document, folder: Path, fonts: Path) -> None:
    """Write what `render` takes: the content once for each program, our own writers among them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "brief.pickle").write_bytes(pickle.dumps(document))
    (folder / "brief.typ").write_text(typst(document), encoding="utf-8")
    (folder / "listed.typ").write_text(typst(document, listed=True), encoding="utf-8")
    (folder / "brief.html").write_text(html(document, fonts), encoding="utf-8")
    (folder / "brief.json").write_text(json.dumps(context(document), ensure_ascii=False), encoding="utf-8")


def _once(first: Cite, again: Cite) -> Cite:
    """Give a note where it is first cited, and only its mark after that."""
    cited: set[int] = set()

    def cite(note: int) -> str:
        if note in cited:
            return again(note)
        cited.add(note)
        return first(note)

    return cite


# ------------------------------------------------------------------------------------------------------------- Typst


def typst(document: Document, *, listed: bool = False) -> str:
    """Set a document as Typst markup; its notes are Typst's own footnotes, or listed at the end."""
    notes = {note.number: _typst_inlines(note.content, str) for note in document.notes}
    as_footnote = _once(lambda note: f"#footnote[{notes[note]}]<note-{note}>", lambda note: f"#footnote(<note-{note}>)")
    body = _typst_blocks(suited(document).blocks, (lambda note: f"#super[{note}]") if listed else as_footnote)
    if listed:
        body += "\n\n" + _LISTED + "\n\n".join(f"#super[{note}] {content}" for note, content in notes.items())
    return _TYPST.format(
        title=document.properties.title.replace('"', ""),
        header=_typst_inlines(document.header, str),
        footer=_typst_inlines(document.footer, str),
        body=body,
    )


def _typst_blocks(blocks: Blocks, cite: Cite) -> str:
    return "\n\n".join(_typst_block(block, cite) for block in blocks)


def _typst_block(block: Block, cite: Cite) -> str:
    match block:
        case Heading(level, content, id):
            return f"#heading(level: {level})[{_typst_inlines(content, cite)}]{f' <{id}>' if id else ''}"
        case Paragraph(content):
            return _typst_inlines(content, cite)
        case List(items, ordered):
            listed = ", ".join(f"[{_typst_blocks(item.blocks, cite)}]" for item in items)
            return f"#{'enum' if ordered else 'list'}({listed})"
        case BlockQuote(inner):
            return f"#quote(block: true)[{_typst_blocks(inner, cite)}]"
        case Box(inner):
            return f"#block(stroke: 0.5pt, inset: 6pt)[{_typst_blocks(inner, cite)}]"
        case Section(inner):
            return f"#page(flipped: true)[{_typst_blocks(inner, cite)}]"
        case Table(head, body, widths):
            columns = ", ".join(f"{width:g}fr" for width in widths)
            cells = [f"table.header({', '.join(_typst_cells(head, cite))})", *_typst_cells(body, cite)]
            return f"#table(columns: ({columns},), {', '.join(cells)})"
        case _:
            assert_never(block)


def _typst_cells(rows: Iterable[Row], cite: Cite) -> list[str]:
    return [f"[{_typst_blocks(cell.blocks, cite)}]" for row in rows for cell in row.cells]


def _typst_inlines(content: Inlines, cite: Cite) -> str:
    return "".join(_typst_inline(inline, cite) for inline in content)


def _typst_inline(inline: Inline, cite: Cite) -> str:
    match inline:
        case Text(text):
            return _SIGNS.sub(r"\\\1", text)
        case LineBreak():
            return "#linebreak()"
        case PageNumber():
            return "#counter(page).display()"
        case PageCount():
            return "#counter(page).final().first()"
        case NoteMark(note):
            return cite(note)
        case Emphasis(inner):
            return f"#emph[{_typst_inlines(inner, cite)}]"
        case Strong(inner):
            return f"#strong[{_typst_inlines(inner, cite)}]"
        case Link(inner, target):
            to = f"<{target[1:]}>" if target.startswith("#") else f'"{target}"'
            return f"#link({to})[{_typst_inlines(inner, cite)}]"
        case Span(inner, lang=lang) if lang:
            return f'#text(lang: "{lang[:2]}")[{_typst_inlines(inner, cite)}]'
        case Span(inner) | Field(inner):
            return _typst_inlines(inner, cite)
        case _:
            assert_never(inline)


# -------------------------------------------------------------------------------------------------------------- HTML


def html(document: Document, fonts: Path) -> str:
    """Set a document as HTML with the paged media of CSS; its notes float to the foot."""
    notes = {note.number: _html_inlines(note.content, str) for note in document.notes}
    cite = _once(lambda note: f'<span class="note">{notes[note]}</span>', lambda note: f"<sup>{note}</sup>")
    faces = (
        f'@font-face {{ font-family: "{name}"; font-weight: {weight}; src: url("{fonts.as_uri()}/{file}-{cut}.ttf") }}'
        for name, file in _FACES.items()
        for cut, weight in (("Regular", 400), ("Bold", 700))
    )
    return _HTML.format(
        title=escape(document.properties.title),
        faces="\n".join(faces),
        header=plain_text(document.header).replace('"', ""),
        body=_html_blocks(suited(document).blocks, cite),
    )


def _html_blocks(blocks: Blocks, cite: Cite) -> str:
    return "\n".join(_html_block(block, cite) for block in blocks)


def _html_block(block: Block, cite: Cite) -> str:
    match block:
        case Heading(level, content, id):
            return f"<h{level}{f' id={id!r}' if id else ''}>{_html_inlines(content, cite)}</h{level}>"
        case Paragraph(content):
            return f"<p>{_html_inlines(content, cite)}</p>"
        case List(items, ordered):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{_html_blocks(i.blocks, cite)}</li>' for i in items)}</{tag}>"
        case BlockQuote(inner):
            return f"<blockquote>{_html_blocks(inner, cite)}</blockquote>"
        case Box(inner):
            return f'<div class="box">{_html_blocks(inner, cite)}</div>'
        case Section(inner):
            return f"<section>{_html_blocks(inner, cite)}</section>"
        case Table(head, body):
            rows = f"<thead>{_html_rows(head, 'th', cite)}</thead><tbody>{_html_rows(body, 'td', cite)}</tbody>"
            return f"<table>{rows}</table>"
        case _:
            assert_never(block)


def _html_rows(rows: Iterable[Row], tag: str, cite: Cite) -> str:
    written = ("".join(f"<{tag}>{_html_blocks(c.blocks, cite)}</{tag}>" for c in row.cells) for row in rows)
    return "".join(f"<tr>{row}</tr>" for row in written)


def _html_inlines(content: Inlines, cite: Cite) -> str:
    return "".join(_html_inline(inline, cite) for inline in content)


def _html_inline(inline: Inline, cite: Cite) -> str:
    match inline:
        case Text(text):
            return escape(text)
        case LineBreak():
            return "<br>"
        case PageNumber() | PageCount():
            return ""  # in the margin boxes of the page
        case NoteMark(note):
            return cite(note)
        case Emphasis(inner):
            return f"<em>{_html_inlines(inner, cite)}</em>"
        case Strong(inner):
            return f"<strong>{_html_inlines(inner, cite)}</strong>"
        case Link(inner, target):
            return f'<a href="{escape(target)}">{_html_inlines(inner, cite)}</a>'
        case Span(inner, lang=lang):
            return f"<span{f' lang={lang!r}' if lang else ''}>{_html_inlines(inner, cite)}</span>"
        case Field(inner):
            return _html_inlines(inner, cite)
        case _:
            assert_never(inline)


# ----------------------------------------------------------------------------------------------------------- docxtpl


def context(document: Document) -> Mapping[str, Any]:
    """Give a document as values: what a template for Word loops over."""
    return {
        "header": plain_text(document.header),
        "blocks": list(_flat(document.blocks)),
        "notes": [{"number": note.number, "text": plain_text(note.content)} for note in document.notes],
    }


def _flat(blocks: Blocks) -> Iterable[Mapping[str, Any]]:
    for block in blocks:
        match block:
            case Heading(level, content):
                yield {"kind": f"heading{level}", "text": plain_text(content)}
            case Paragraph(content):
                yield {"kind": "paragraph", "text": _with_marks(content)}
            case List(items):
                for item in items:
                    yield from _flat(item.blocks)
            case BlockQuote(inner) | Box(inner) | Section(inner):
                yield from _flat(inner)
            case Table(head, body):
                yield {
                    "kind": "table",
                    "rows": [[_cell_text(cell.blocks) for cell in row.cells] for row in head + body],
                }
            case _:
                assert_never(block)


def _cell_text(blocks: Blocks) -> str:
    return "\n".join(block["text"] for block in _flat(blocks))


def _with_marks(content: Inlines) -> str:
    marks = "".join(f" [{inline.note}]" for inline in content if isinstance(inline, NoteMark))
    return plain_text(content) + marks


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as out:
        composed = timed_build(Path(sys.argv[1]), Path(out)).document
    if composed:
        write_inputs(composed, Path(sys.argv[2]), Path(sys.argv[3]))

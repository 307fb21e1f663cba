"""Reads a finished Word file back: what it says, as a document tree without looks; and whether it was edited since.

`package` opens the file, `styles` holds what names in it mean, `text` reads paragraphs, `blocks` what they form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefing import opc
from briefing.diagnostics import BriefingError
from briefing.document import Document, Inlines, LineBreak, Note, Properties, Text
from briefing.readers.docx.blocks import BlockReader
from briefing.readers.docx.package import NAMES, Element, Package, value
from briefing.readers.docx.styles import Styles
from briefing.readers.docx.text import TextReader

_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_SHEETS: dict[frozenset[str | None], str] = {  # by their sides in twips
    frozenset(("11906", "16838")): "A4",
    frozenset(("12240", "15840")): "Letter",
}


def read_docx(data: bytes) -> Document:
    """Read a Word file as a document: text, structure, notes, languages, properties, in reading order.

    What only looks is left out: paragraphs have no role, cells no kind; boxes and sections are not told from the blocks
    in them. Deleted text of tracked changes is gone, inserted text is there. Raises BriefingError [docx-unreadable]."""
    try:
        return _read(Package(data))
    except (RecursionError, ValueError) as error:
        raise opc.unreadable("the file is nested too deeply, or counts in what is no number") from error


def is_untouched(data: bytes) -> bool:
    """Tell whether the program wrote these very bytes: true for no file that was edited, damaged or made elsewhere."""
    try:
        return opc.is_stamped(opc.read_package(data))
    except BriefingError:
        return False


def _read(package: Package) -> Document:
    properties = _properties(package)
    styles = Styles(package, properties.language)
    text = TextReader(styles, package.links(package.main))
    blocks = BlockReader(styles, text).read(package.body)
    section = next(package.body.iter(NAMES["sectPr"]), None)
    return Document(
        properties=properties,
        blocks=blocks,
        notes=tuple(_notes(package, styles, text.cited)),
        header=_running(package, section, styles, "header"),
        footer=_running(package, section, styles, "footer"),
        page=_page(section),
    )


def _notes(package: Package, styles: Styles, cited: dict[str, int]) -> Iterator[Note]:
    """The notes that the text cites, by number; notes nobody cites are not printed."""
    for name in package.related(package.main, "footnotes"):
        text = TextReader(styles, package.links(name))
        found = {note.get(NAMES["id"], ""): note for note in package.root(name).iter(NAMES["footnote"])}
        for identity, number in cited.items():
            if identity in found:
                yield Note(number, _without_lead(_paragraphs(found[identity], text)))


def _without_lead(content: Inlines) -> Inlines:
    """A note's text without the tab that parts it from its number."""
    match content:
        case (Text(text), *rest) if text.startswith(" "):
            return (Text(text[1:]), *rest) if text[1:] else tuple(rest)
        case _:
            return content


def _running(package: Package, section: Element | None, styles: Styles, kind: str) -> Inlines:
    """The header or footer that a section names for its ordinary pages."""
    for reference in section.iterchildren(NAMES[f"{kind}Reference"]) if section is not None else ():
        if reference.get(NAMES["type"]) == "default":
            name = package.part(package.main, reference.get(NAMES["r:id"], ""))
            return _paragraphs(package.root(name), TextReader(styles, package.links(name))) if name else ()
    return ()


def _paragraphs(parent: Element, text: TextReader) -> Inlines:
    """The paragraphs of a part that holds one line of thought, under one another."""
    content: Inlines = ()
    for paragraph in parent.iter(NAMES["p"]):
        line = text.read(paragraph).content
        content += (LineBreak(), *line) if content and line else line
    return content


def _page(section: Element | None) -> str:
    """The name of a section's sheet, upright or turned; empty for one without a name."""
    sides = value(section, "pgSz", "w"), value(section, "pgSz", "h")
    return _SHEETS.get(frozenset(sides), "")


def _properties(package: Package) -> Properties:
    core = {element.tag: element.text or "" for root in package.roots("", "core-properties") for element in root}
    custom = {
        element.get("name", ""): "".join(map(str, element.itertext()))
        for root in package.roots("", "custom-properties")
        for element in root
    }
    return Properties(
        title=core.get(f"{_DC}title", ""),
        language=core.get(f"{_DC}language", ""),
        created=_day(core.get(f"{_TERMS}created", "")),
        author=core.get(f"{_DC}creator", ""),
        subject=core.get(f"{_DC}subject", ""),
        keywords=core.get(f"{_CORE}keywords", ""),
        handling=custom.get("Handling", ""),
        version=core.get(f"{_CORE}version", ""),
    )


def _day(stamp: str) -> date:
    """The day of a W3C date and time; the first of all days where there is none."""
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:
        return date.min

"""The PDF of a document: PDF/UA-1 and PDF/A-3a, tagged while it is drawn, in one layout pass.

    Document ──story──▶ flowables + structure elements ──page──▶ canvas ──file──▶ bytes

`typesetter` turns inlines into measured words, `text`, `table` and `box` are the flowables, `foot` the notes; `page`
decides where pages end. `canvas` draws on ReportLab's, `structure`, `metadata` and `font` are written by `file`."""

from __future__ import annotations

from collections.abc import Iterable

from briefing import __version__
from briefing.diagnostics import BriefingError, Diagnostic, Location
from briefing.document import Document
from briefing.fonts import FontBook
from briefing.housestyle import HouseStyle
from briefing.writers.collector import collector_paused
from briefing.writers.pdf.canvas import TaggedCanvas
from briefing.writers.pdf.foot import Foot
from briefing.writers.pdf.metadata import describe
from briefing.writers.pdf.page import Frame, PageFiller, turned, upright
from briefing.writers.pdf.story import Story
from briefing.writers.pdf.text import Paragraph
from briefing.writers.pdf.typesetter import Typesetter

PRODUCER = f"Briefing {__version__}"


def write_pdf(document: Document, house: HouseStyle, fonts: FontBook, producer: str = PRODUCER) -> bytes:
    """Write a document as PDF; the same document gives the same bytes.

    Raises BriefingError: [font-missing], [font-unreadable], [glyph-missing], [link-target], [note-missing],
    [note-uncited]."""
    with collector_paused():
        return _write(document, house, fonts, producer)


def _write(document: Document, house: HouseStyle, fonts: FontBook, producer: str) -> bytes:
    canvas = TaggedCanvas(document.properties.language)
    notes = {note.number: note.content for note in document.notes}
    typesetter = Typesetter(house, fonts, canvas, document.properties.language, notes)
    story = Story(house, typesetter, notes, document.continued)
    sheet = house.pages[document.page]
    filler = PageFiller(canvas, Foot(story.notes, house), house.note_share)
    for landscape, flowables in story.runs(document.blocks, canvas.root):
        filler.fill(flowables, turned(sheet) if landscape else upright(sheet))
    if not filler.frames:
        filler.fill((), upright(sheet))
    filler.finish()
    _check(typesetter, story, notes)

    def draw_running(number: int, pages: int) -> None:
        typesetter.page = (number, pages)
        _draw_running(document, typesetter, canvas, filler.frames[number - 1])

    file = canvas.finish(draw_running)
    return file.to_bytes(describe(file, document.properties, producer))


def _draw_running(document: Document, typesetter: Typesetter, canvas: TaggedCanvas, frame: Frame) -> None:
    for kind, content in (("Header", document.header), ("Footer", document.footer)):
        style = typesetter.house.paragraphs[kind.lower()]
        running = Paragraph(typesetter.set(content, style, canvas.root), style)
        running.wrap(frame.width)
        top = frame.header + running.last_baseline if kind == "Header" else frame.footer
        with canvas.repeating(kind):
            running.draw(canvas, frame.left, top)


def _check(typesetter: Typesetter, story: Story, notes: Iterable[int]) -> None:
    """Refuse a document whose links lead nowhere, or whose notes nobody would find."""
    wrong = [
        Diagnostic(Location(""), "link-target", f"a link leads to #{id}, which is not in the document")
        for id in sorted(typesetter.destinations - story.ids)
    ]
    wrong += [
        Diagnostic(Location(""), "note-uncited", f"note {number} is cited nowhere")
        for number in notes
        if number not in story.cited
    ]
    if wrong:
        raise BriefingError(wrong)

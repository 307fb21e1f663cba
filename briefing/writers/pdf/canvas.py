"""The canvas: ReportLab's, drawing tagged (PDF/UA-1, ISO 14289-1).

What is drawn on a page is of two kinds: text, which always names its structure element, and decoration (grounds, rules,
frames), which is an artifact and lies beneath the text. There is no third way to draw, so nothing is left untagged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from briefing.fonts import Face
from briefing.writers.pdf.file import Source, Stream, TaggedDocument, set_entry
from briefing.writers.pdf.font import DocumentFont
from briefing.writers.pdf.source import (
    address_string,
    begin_line,
    fill_color,
    numbers,
    string_bytes,
    text_string,
    written,
)
from briefing.writers.pdf.structure import Element
from briefing.writers.pdf.words import Words

Rectangle = tuple[float, float, float, float]


class Setting:
    """A font at a size in a colour, raised or not, on a ground or none, and the operators that set it."""

    def __init__(self, font: DocumentFont, size: float, color: str, rise: float, ground: str) -> None:
        self.font = font
        self.size = size
        self.ground = ground
        self.operators = f"/{font.name} {size:g} Tf {rise:g} Ts {fill_color(color)}"
        self.words = Words(font, size)


class Target:
    """Where a link leads (a web address, or else a destination of this file), its element, and what is told of it."""

    def __init__(self, element: Element, description: str, address: str = "", destination: str = "") -> None:
        self.element = element
        self.description = description
        self.address = address
        self.destination = destination


class Sheet:
    """A page being drawn: its decoration, its text, and the references of its annotations."""

    def __init__(self) -> None:
        self.decoration: list[str] = []
        self.text: list[str] = []
        self.annotations: list[str] = []

    def close(self) -> None:
        """Put together what was drawn: a string takes a fraction of the room that its pieces do."""
        self.decoration = ["\n".join(self.decoration)] if self.decoration else []
        self.text = ["\n".join(self.text)]

    def content(self) -> str:
        """The content stream."""
        ground = ["/Artifact BMC", *self.decoration, "EMC"] if self.decoration else []
        return "\n".join([*ground, "BT", *self.text, "ET"])


class TaggedCanvas(Canvas):
    """Pages drawn one after the other; running header and footer are added when their number is known."""

    def __init__(self, language: str) -> None:
        super().__init__(BytesIO(), pagesize=(1, 1), pageCompression=1, invariant=1)
        self._doc: TaggedDocument = TaggedDocument(language)
        self._tree = self._doc.tree
        self.root = Element("Document", self._tree)
        self._fonts: dict[Face, DocumentFont] = {}
        self._sheets: list[Sheet] = []
        self._places: dict[str, tuple[int, float]] = {}
        self._headings = 0
        self._outline_depth = 0
        self._artifact = ""

    def _make_preamble(self) -> None:
        """Begin pages with nothing: ReportLab would select a font that is not embedded."""
        self._preamble = ""

    def font(self, face: Face) -> DocumentFont:
        """The font that stands for a face in this file."""
        if face not in self._fonts:
            self._fonts[face] = DocumentFont(face, f"F{len(self._fonts) + 1}")
        return self._fonts[face]

    # --------------------------------------------------------------------------------------------------- pages

    def begin_page(self, size: tuple[float, float]) -> None:
        """Open a page of a size in points."""
        self.setPageSize(size)
        self._open(Sheet())
        self._sheets.append(self._sheet)
        self._key, self._contents = self._tree.add_page()

    def _open(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._text = sheet.text
        self._element: Element | None = None
        self._setting: Setting | None = None

    def end_page(self) -> None:
        """Close the page."""
        self._close_content()
        self._sheet.close()
        self.showPage()
        page = self._doc.Pages.pages[-1]
        page.Trans = None  # else an empty transition
        set_entry(page, "Tabs", "/S")
        set_entry(page, "StructParents", str(self._key))
        if self._sheet.annotations:
            set_entry(page, "Annots", f"[{' '.join(self._sheet.annotations)}]")

    # ------------------------------------------------------------------------------------------------ contents

    def decorate(self, source: str) -> None:
        """Draw graphics beneath the text, as an artifact."""
        self._sheet.decoration.append(source)

    def move(self, x: float, y: float) -> None:
        """Begin a line of text at a baseline."""
        self._text.append(begin_line(x, y))

    def show(self, element: Element, setting: Setting, operator: str) -> None:
        """Show text as content of an element; in a running header, footer or repeated head as an artifact."""
        if element is not self._element and not (self._artifact and self._element):
            self._close_content()
            self._text.append(self._artifact or self._marked(element))
            self._element = element
        if setting is not self._setting:
            self._text.append(setting.operators)
            self._setting = setting
        self._text.append(operator)

    def _marked(self, element: Element) -> str:
        number = len(self._contents)
        element.add_text(len(self._sheets), number)
        self._contents.append(element.reference)
        return f"/{element.tag} <</MCID {number}>> BDC"

    def _close_content(self) -> None:
        if self._element is not None:
            self._text.append("EMC")
            self._element = None

    @property
    def tagging(self) -> bool:
        """Whether text is drawn for the first time, and not repeated as an artifact."""
        return not self._artifact

    @contextmanager
    def repeating(self, kind: str = "") -> Iterator[None]:
        """Draw what readers of the structure must not meet: a running `Header` or `Footer`, a repeated table head."""
        self._close_content()
        self._artifact = f"/Artifact <</Type/Pagination{f'/Subtype/{kind}' if kind else ''}>> BDC"
        yield
        self._close_content()
        self._artifact = ""

    # -------------------------------------------------------------------------------------------------- places

    def name_place(self, name: str, top: float) -> None:
        """Make a named destination of a height on this page."""
        self._places[name] = (len(self._sheets), top)

    def add_to_outline(self, title: str, level: int, top: float) -> None:
        """Add a heading of a level from 1 to the outline; one that skips a level stands below the one before."""
        self._headings += 1
        self._outline_depth = min(level, self._outline_depth + 1)
        self.bookmarkPage(f"heading {self._headings}", fit="XYZ", left=0, top=round(top, 2))
        self.addOutlineEntry(title, f"heading {self._headings}", self._outline_depth - 1)

    def link(self, target: Target, rectangles: Sequence[Rectangle]) -> None:
        """Lay a link over the rectangles (x0, y0, x1, y1) of its text."""
        area = f"/Rect[{numbers(rectangles[0])}]"
        if len(rectangles) > 1:
            left, bottom, right, top = zip(*rectangles, strict=True)
            corners = [v for x0, y0, x1, y1 in rectangles for v in (x0, y1, x1, y1, x0, y0, x1, y0)]
            area = f"/Rect[{numbers((min(left), min(bottom), max(right), max(top)))}]/QuadPoints[{numbers(corners)}]"
        if target.address:
            leads = f"/A<</S/URI/URI{address_string(target.address)}>>"
        else:
            leads = f"/Dest{text_string(target.destination)}"
        annotation = self._doc.add(
            f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]{area}/Contents{text_string(target.description)}"
            f"/StructParent {self._tree.add_annotation(target.element)}{leads}>>"
        )
        self._sheet.annotations.append(annotation)
        target.element.add_object(len(self._sheets), annotation)

    # ---------------------------------------------------------------------------------------------------- file

    def finish(self, draw_running: Callable[[int, int], None]) -> TaggedDocument:
        """Draw the running header and footer of every page (number, pages); returns the file's objects."""
        pages = self._doc.Pages.pages
        for number, (sheet, page) in enumerate(zip(self._sheets, pages, strict=True), 1):
            self._open(sheet)
            draw_running(number, len(pages))
            page.Contents = Stream("", sheet.content().encode("latin-1"))
        fonts = "".join(f"/{font.name} {font.embed(self._doc)}" for font in self._fonts.values())
        resources = self._doc.add(f"<</Font<<{fonts}>>>>")
        for page in pages:
            page.Resources = Source(resources)
        if self._places:
            set_entry(self._doc.Catalog, "Names", f"<</Dests<</Names[{self._named_places()}]>>>>")
        self._doc.Outlines.prepare(self._doc, self)
        if not self._outline_depth:
            self._doc.Catalog.Outlines = None  # type: ignore[attr-defined]  # missing from the stubs
        return self._doc

    def _named_places(self) -> str:
        """Names in the order of their bytes, each with page and height."""
        pages = self._doc.page_references()
        named = sorted([(string_bytes(name), *place) for name, place in self._places.items()])
        return "".join([f"{written(name)}[{pages[page - 1]}/XYZ 0 {top:.2f} null]" for name, page, top in named])

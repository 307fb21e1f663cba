"""What stands where on the pages of a PDF, for the tests: every line of text with its place, and every rectangle."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pikepdf

from briefing.readers.pdf.fonts import Decoder, to_unicode


@dataclass(frozen=True, slots=True)
class Line:
    """Text shown from one place on, in points from the lower left corner; `kind` is empty for content of the structure,
    else that of an artifact (`Header`, `Footer`, or `Artifact` for a repeated table head)."""

    x: float
    y: float
    size: float
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, its lines in the order drawn, and its filled rectangles (x, y, width, height)."""

    width: float
    height: float
    lines: tuple[Line, ...]
    rectangles: tuple[tuple[float, float, float, float], ...]

    @property
    def text(self) -> str:
        """The text of the structure on this page, without what is repeated."""
        return "".join(line.text for line in self.lines if not line.kind)

    def find(self, text: str) -> Line:
        """The first line that begins with a text."""
        return next(line for line in self.lines if line.text.startswith(text))


def pages(data: bytes) -> list[Page]:
    """Read the pages of a PDF."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [_page(page) for page in pdf.pages]


def _page(page: pikepdf.Page) -> Page:
    fonts = page.Resources.get("/Font", pikepdf.Dictionary())
    decoders = {
        key: Decoder(to_unicode(font.ToUnicode.read_bytes()), wide=font.Subtype == "/Type0")
        for key, font in fonts.items()
    }
    decoder = Decoder({}, wide=True)
    lines: list[Line] = []
    rectangles = []
    kinds: list[str] = []
    place, size = (0.0, 0.0), 0.0
    fresh = True
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "BDC":
            kinds.append("" if "/MCID" in operands[1] else str(operands[1].get("/Subtype", "/Artifact"))[1:])
        elif operator == "BMC":
            kinds.append(kinds[-1] if kinds else "Artifact")
        elif operator == "EMC":
            kinds.pop()
        elif operator == "Tf":
            decoder, size = decoders[str(operands[0])], float(operands[1])
        elif operator == "Tm":
            place, fresh = (float(operands[4]), float(operands[5])), True
        elif operator == "re":
            x, y, width, height = map(float, operands)
            rectangles.append((x, y, width, height))
        elif operator in ("Tj", "TJ"):
            shown = operands if operator == "Tj" else operands[0]
            text = decoder.text(b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String)))
            if fresh:
                lines.append(Line(*place, size, text, kinds[-1]))
            else:
                last = lines[-1]
                lines[-1] = Line(last.x, last.y, last.size, last.text + text, last.kind)
            fresh = fresh and not text
    _, _, width, height = map(float, page.mediabox)
    return Page(width, height, tuple(lines), tuple(rectangles))

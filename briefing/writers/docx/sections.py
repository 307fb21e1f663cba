"""Sections: the sheet, upright or turned, with header and footer named in every one of them."""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document as WordDocument
from docx.enum.section import WD_HEADER_FOOTER, WD_ORIENTATION
from docx.oxml.section import CT_SectPr
from docx.section import Section
from docx.shared import Emu, Mm, Pt

from briefing.housestyle import HouseStyle, PageStyle

_GAP = Mm(5)  # from the text to the header's baseline, and to the top of the footer
_TWIP = Pt(1) / 20
_ASCENT = 0.8  # where the baseline lies in a line of exact height


class Sheets:
    """Makes the `w:sectPr` of each section from that of the base document.

    `header` and `footer` are the relationships of the two parts. A section that left them out would show those of the
    one before, and where it is the first, none."""

    def __init__(self, document: WordDocument, house: HouseStyle, page: PageStyle, header: str, footer: str) -> None:
        self._document = document
        self._page = page
        self._header_leading = house.paragraphs["header"].leading
        self._footer_leading = house.paragraphs["footer"].leading
        base = document.element.body.get_or_add_sectPr()
        document.element.body.remove(base)
        base.add_headerReference(WD_HEADER_FOOTER.PRIMARY, header)
        base.add_footerReference(WD_HEADER_FOOTER.PRIMARY, footer)
        self._upright = self._set(deepcopy(base), landscape=False)
        self._landscape = self._set(deepcopy(base), landscape=True)

    def properties(self, *, landscape: bool) -> CT_SectPr:
        """Give the properties of one more section."""
        return deepcopy(self._landscape if landscape else self._upright)

    def text_width(self, *, landscape: bool) -> int:
        """Tell the width of the text area in twips."""
        section = Section(self._landscape if landscape else self._upright, self._document.part)
        margins = (section.left_margin or 0) + (section.right_margin or 0)
        return round(((section.page_width or 0) - margins) / _TWIP)

    def _set(self, properties: CT_SectPr, *, landscape: bool) -> CT_SectPr:
        page, section = self._page, Section(properties, self._document.part)
        section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
        width, height = (page.height, page.width) if landscape else (page.width, page.height)
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.left_margin = Mm(page.landscape_side if landscape else page.left)
        section.right_margin = Mm(page.landscape_side if landscape else page.right)
        section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
        section.header_distance = Emu(Mm(page.top) - _GAP - Pt(self._header_leading * _ASCENT))
        section.footer_distance = Emu(Mm(page.bottom) - _GAP - Pt(self._footer_leading))
        section.gutter = Mm(0)
        return properties

"""Sections: the sheet, upright or turned, with header and footer named in every one of them."""

from __future__ import annotations

from briefing.housestyle import HouseStyle, PageStyle
from briefing.writers.docx.elements import element
from briefing.writers.docx.looks import twips
from briefing.writers.docx.package import relationship

_MILLIMETRE = 72 / 25.4  # in points
_GAP = 5 * _MILLIMETRE  # from the text to the header's baseline, and to the top of the footer
_ASCENT = 0.8  # where the baseline lies in a line of exact height


class Sheet:
    """What stands in the `w:sectPr` of a section, and the width of its text area in twips.

    A section that left out header and footer would show those of the one before, and where it is the first, none."""

    def __init__(self, house: HouseStyle, page: PageStyle, *, landscape: bool) -> None:
        width, height = (page.height, page.width) if landscape else (page.width, page.height)
        left, right = (page.landscape_side, page.landscape_side) if landscape else (page.left, page.right)
        top, bottom = page.top * _MILLIMETRE, page.bottom * _MILLIMETRE
        header = top - _GAP - house.paragraphs["header"].leading * _ASCENT
        footer = bottom - _GAP - house.paragraphs["footer"].leading
        size = {"w": _twips(width), "h": _twips(height)}
        margins = {"left": _twips(left), "right": _twips(right), "top": twips(top), "bottom": twips(bottom)}
        self.text_width = size["w"] - margins["left"] - margins["right"]
        self.properties = "".join(
            (
                element("headerReference", type="default", **{"r:id": relationship("header")}),
                element("footerReference", type="default", **{"r:id": relationship("footer")}),
                element("pgSz", **({"orient": "landscape"} if landscape else {}), **size),
                element("pgMar", **margins, header=twips(header), footer=twips(footer), gutter=0),
            )
        )


def _twips(millimetres: float) -> int:
    return twips(millimetres * _MILLIMETRE)

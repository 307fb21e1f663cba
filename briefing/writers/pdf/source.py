"""Small pieces of PDF source (ISO 32000-1, 7.3): strings, numbers, colours."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

from briefing.housestyle import Border

_UTF_16 = b"\xfe\xff"


def text_string(text: str) -> str:
    """Write a text string, in PDFDocEncoding or else in UTF-16."""
    return _literal(text) if text.isascii() and text.isprintable() else written(string_bytes(text))


def written(string: bytes) -> str:
    """Write a string that is encoded already."""
    if string.startswith(_UTF_16):
        return f"<{string.hex().upper()}>"
    return _literal(string.decode("latin-1"))


def _literal(text: str) -> str:
    return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def string_bytes(text: str) -> bytes:
    """The bytes that a text string stands for."""
    if text.isprintable():  # what is not would have to be escaped
        try:
            return text.encode("ascii" if text.isascii() else "pdfdoc")  # the latter is ReportLab's
        except UnicodeEncodeError:
            pass
    return _UTF_16 + text.encode("utf-16-be")


def address_string(address: str) -> str:
    """Write a web address as the ASCII string PDF asks for, percent-encoded where needed."""
    return text_string(quote(address, safe="%/:=&?~#+!$,;'@()*[]"))


def numbers(values: Iterable[float]) -> str:
    """Write numbers with a blank between them, to a hundredth of a point."""
    return " ".join([f"{value:.2f}" for value in values])


def fill_color(hexadecimal: str) -> str:
    """Write the operator that sets the colour of text and grounds."""
    return f"{_color(hexadecimal)} rg"


def line_color(hexadecimal: str) -> str:
    """Write the operator that sets the colour of strokes."""
    return f"{_color(hexadecimal)} RG"


@cache
def _color(hexadecimal: str) -> str:
    return " ".join(f"{int(hexadecimal[at : at + 2], 16) / 255:.3g}" for at in (0, 2, 4))


def begin_line(x: float, y: float) -> str:
    """Begin a line of text at a baseline."""
    return f"1 0 0 1 {x:.2f} {y:.2f} Tm"


def rectangle(x: float, y: float, width: float, height: float, fill: str) -> str:
    """Paint a rectangle; `y` is its lower edge."""
    return f"{fill_color(fill)} {numbers((x, y, width, height))} re f"


def horizontal_rule(x: float, top: float, width: float, border: Border) -> str:
    """Paint a rule whose upper edge is `top`."""
    return rectangle(x, top - border.width, width, border.width, border.color)


def vertical_rule(x: float, y: float, height: float, border: Border) -> str:
    """Paint a rule whose left edge is `x` and lower end `y`; a double one takes three times its width."""
    rule = rectangle(x, y, border.width, height, border.color)
    if border.kind == "double":
        rule += f" {numbers((x + 2 * border.width, y, border.width, height))} re f"
    return rule


def frame(x: float, y: float, width: float, height: float, border: Border) -> str:
    """Stroke a frame just inside a rectangle whose lower left corner is (x, y)."""
    half = border.width / 2
    dash = "[3 2] 0 d" if border.kind == "dashed" else "[] 0 d"
    inner = numbers((x + half, y + half, width - border.width, height - border.width))
    return f"{line_color(border.color)} {border.width:g} w {dash} {inner} re S"


def rule_width(border: Border) -> float:
    """Say how wide a vertical rule is: a double one is two lines and the gap between."""
    return border.width * (3 if border.kind == "double" else 1)

"""The vocabulary of templates: which elements there are, what each may hold, and where it may stand.

`templates/README.md` tells it to people who write templates, `markup` what each element becomes on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

ROOT = "#text"  # what stands around the outermost elements
VALUE = "#value"  # the element a printed value becomes; no tag can have this name


class Kind(Struct, frozen=True):
    """What an element may hold, whether text may stand in it directly, and the attributes it may and must carry."""

    holds: frozenset[str] = frozenset()
    text: bool = False
    may: frozenset[str] = frozenset()
    must: frozenset[str] = frozenset()


HEADINGS = ("h1", "h2", "h3", "h4")
INLINES = frozenset({"strong", "em", "span", "a", "br", "note", "page-number", "page-count", VALUE})
_PROSE = frozenset({"p", "ul", "ol"})
BLOCKS_IN_CELLS = _PROSE | {"blockquote"}
_BLOCKS = BLOCKS_IN_CELLS | {*HEADINGS, "div", "table"}


def _kind(holds: Iterable[str] = (), text: bool = False, may: str = "", must: str = "") -> Kind:
    return Kind(frozenset(holds), text, frozenset(f"{may} {must}".split()), frozenset(must.split()))


VOCABULARY: Mapping[str, Kind] = {
    ROOT: _kind(_BLOCKS | {"header", "footer", "section"}),
    "header": _kind(INLINES, text=True),
    "footer": _kind(INLINES, text=True),
    **dict.fromkeys(HEADINGS, _kind(INLINES, text=True, may="id class")),
    "p": _kind(INLINES, text=True, may="id class"),
    "ul": _kind({"li"}),
    "ol": _kind({"li"}),
    "li": _kind(INLINES | BLOCKS_IN_CELLS, text=True),
    "blockquote": _kind(_PROSE),
    "div": _kind(_PROSE, must="class"),
    "section": _kind(_BLOCKS, must="class"),
    "table": _kind(frozenset({"colgroup", "thead", "tbody"}), may="class", must="title"),
    "colgroup": _kind({"col"}),
    "col": _kind(must="width"),
    "thead": _kind({"tr"}),
    "tbody": _kind({"tr"}),
    "tr": _kind({"th", "td"}),
    "th": _kind(INLINES | BLOCKS_IN_CELLS, text=True, may="scope"),
    "td": _kind(INLINES | BLOCKS_IN_CELLS, text=True, may="class"),
    "strong": _kind(INLINES, text=True),
    "em": _kind(INLINES, text=True),
    "span": _kind(INLINES, text=True, may="class lang"),
    "a": _kind(INLINES, text=True, must="href"),
    "br": _kind(),
    "note": _kind(must="ref"),
    "page-number": _kind(),
    "page-count": _kind(),
    VALUE: _kind(INLINES, text=True),
}
NAMES = frozenset(name for name in VOCABULARY if not name.startswith("#"))
INSTEAD = {"b": "strong", "i": "em", "sup": "note"}
VOID = frozenset({"br", "col"})
_RUNNING = frozenset({"header", "footer"})
NEVER_IN = {"a": frozenset({"a"}), "note": _RUNNING | {"a"}, VALUE: frozenset({VALUE})}
ONLY_IN = {"page-number": _RUNNING, "page-count": _RUNNING}
CONDITIONAL = frozenset({*NEVER_IN, *ONLY_IN})  # where these may stand is not told by their parent alone

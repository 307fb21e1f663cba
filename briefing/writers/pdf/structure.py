"""The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8): what the page says, apart from how it looks.

Block elements are made with the story, so the tree has reading order whatever the drawing order; inline elements join
it when their first text is drawn, because their place among their parent's text is known only then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.writers.pdf.source import text_string


class Element:
    """A structure element. Its kids are elements and the contents of pages, as PDF source: those of the page where it
    begins, and those of another with its number."""

    __slots__ = ("attributes", "id", "kids", "lang", "number", "page", "parent", "placed", "tag")

    def __init__(
        self,
        tag: str,
        parent: Element | None = None,
        *,
        inline: bool = False,
        lang: str = "",
        id: str = "",
        attributes: str = "",
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.lang = lang
        self.id = id
        self.attributes = attributes
        self.kids: list[Element | str | tuple[int, str]] = []
        self.number = self.page = 0
        self.placed = False
        if not inline:
            self.place()

    def place(self) -> None:
        """Join the tree, after what the parent holds already."""
        if not self.placed:
            self.placed = True
            if self.parent is not None:
                self.parent.place()
                self.parent.kids.append(self)

    def add_text(self, page: int, number: int) -> None:
        """Append a marked content of a page."""
        self.place()
        if not self.page:
            self.page = page
        self.kids.append(str(number) if page == self.page else (page, f"/MCR/MCID {number}"))

    def add_object(self, page: int, reference: str) -> None:
        """Append an object of a page, an annotation."""
        self.kids.append(f"<</Type/OBJR/Obj {reference}>>" if page == self.page else (page, f"/OBJR/Obj {reference}"))

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, in reading order."""
        todo = [self]
        while todo:
            element = todo.pop()
            yield element
            todo += [kid for kid in reversed(element.kids) if isinstance(kid, Element)]


class StructureTree:
    """The tree under its root, and the way back into it: from a page's marked contents, from an annotation."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._parents: list[list[Element] | Element] = []

    def add_page(self) -> tuple[int, list[Element]]:
        """Open the list of a page's marked contents; returns its key (`StructParents`) and the list."""
        contents: list[Element] = []
        self._parents.append(contents)
        return len(self._parents) - 1, contents

    def add_annotation(self, element: Element) -> int:
        """Remember which element an annotation belongs to; returns its key (`StructParent`)."""
        self._parents.append(element)
        return len(self._parents) - 1

    def objects(self, root: int, first: int, pages: Sequence[str]) -> dict[int, str]:
        """Write the tree and take it apart: its root as object `root`, the elements in reading order as objects from
        `first`. `pages` are the references to the pages."""
        elements = list(self._root.walk())
        for number, element in enumerate(elements, first):
            element.number = number
        written = {root: self._tree_root(elements)}
        for element in elements:
            written[element.number] = _source(element, root, pages)
        for element in elements:
            element.parent = None  # else only the collector of cycles would find it, and take its time
        return written

    def _tree_root(self, elements: list[Element]) -> str:
        parents = " ".join([f"{key} {_parent(entry)}" for key, entry in enumerate(self._parents)])
        ids = sorted([(text_string(e.id), e.number) for e in elements if e.id])
        names = " ".join([f"{id} {target} 0 R" for id, target in ids])
        return (
            f"<</Type/StructTreeRoot/K {self._root.number} 0 R/ParentTree<</Nums[{parents}]>>"
            f"/ParentTreeNextKey {len(self._parents)}{f'/IDTree<</Names[{names}]>>' if ids else ''}>>"
        )


def _parent(entry: list[Element] | Element) -> str:
    if isinstance(entry, Element):
        return f"{entry.number} 0 R"
    return "[" + " ".join([f"{element.number} 0 R" for element in entry]) + "]"


def _source(element: Element, root: int, pages: Sequence[str]) -> str:
    source = f"<</S/{element.tag}/P {element.parent.number if element.parent else root} 0 R"
    if element.page:
        source += f"/Pg {pages[element.page - 1]}"
    if element.kids:
        source += f"/K[{' '.join([_kid(kid, pages) for kid in element.kids])}]"
    if element.lang:
        source += f"/Lang{text_string(element.lang)}"
    if element.id:
        source += f"/ID{text_string(element.id)}"
    if element.attributes:
        source += f"/A<<{element.attributes}>>"
    return source + ">>"


def _kid(kid: Element | str | tuple[int, str], pages: Sequence[str]) -> str:
    if isinstance(kid, str):
        return kid
    if isinstance(kid, Element):
        return f"{kid.number} 0 R"
    page, content = kid
    return f"<</Type{content}/Pg {pages[page - 1]}>>"

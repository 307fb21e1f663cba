"""The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8): what the page says, apart from how it looks.

Block elements are made with the story, so the tree has reading order whatever the drawing order; inline elements join
it when their first text is drawn, because their place among their parent's text is known only then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.writers.pdf.source import text_string


class Element:
    """A structure element: its kids are elements, marked contents (page, number) and objects (page, object name)."""

    __slots__ = ("attributes", "id", "kids", "lang", "number", "parent", "placed", "tag")

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
        self.kids: list[Element | tuple[int, int] | tuple[int, str]] = []
        self.number = 0
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

    def objects(self, root: int, first: int, numbers: Mapping[str, int]) -> dict[int, bytes]:
        """Write the tree: its root as object `root`, the elements in reading order as objects from `first`.

        `numbers` are the numbers of the objects the tree names: `Page1`, annotations."""
        elements = list(self._root.walk())
        for number, element in enumerate(elements, first):
            element.number = number
        written = {element.number: _element(element, root, numbers) for element in elements}
        return {root: self._tree_root(elements), **written}

    def _tree_root(self, elements: list[Element]) -> bytes:
        parents = " ".join(f"{key} {_parent(entry)}" for key, entry in enumerate(self._parents))
        ids = sorted((text_string(e.id), e.number) for e in elements if e.id)
        names = " ".join(f"{id} {target} 0 R" for id, target in ids)
        return (
            f"<</Type/StructTreeRoot/K {self._root.number} 0 R/ParentTree<</Nums[{parents}]>>"
            f"/ParentTreeNextKey {len(self._parents)}{f'/IDTree<</Names[{names}]>>' if ids else ''}>>"
        ).encode("ascii")


def _parent(entry: list[Element] | Element) -> str:
    if isinstance(entry, Element):
        return f"{entry.number} 0 R"
    return "[" + " ".join([f"{element.number} 0 R" for element in entry]) + "]"


def _element(element: Element, root: int, numbers: Mapping[str, int]) -> bytes:
    page, kids = 0, []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(f"{kid.number} 0 R")
        elif isinstance(kid[1], str):
            kids.append(f"<</Type/OBJR/Pg {numbers[f'Page{kid[0]}']} 0 R/Obj {numbers[kid[1]]} 0 R>>")
        elif not page or page == kid[0]:
            page = kid[0]
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {numbers[f'Page{kid[0]}']} 0 R/MCID {kid[1]}>>")
    source = f"<</S/{element.tag}/P {element.parent.number if element.parent else root} 0 R"
    if page:
        source += f"/Pg {numbers[f'Page{page}']} 0 R"
    if kids:
        source += f"/K[{' '.join(kids)}]"
    if element.lang:
        source += f"/Lang{text_string(element.lang)}"
    if element.id:
        source += f"/ID{text_string(element.id)}"
    if element.attributes:
        source += f"/A<<{element.attributes}>>"
    return (source + ">>").encode("ascii")

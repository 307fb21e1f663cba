"""The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8): what the page says, apart from how it looks.

Block elements are made with the story, so the tree has reading order whatever the drawing order; inline elements join
it when their first text is drawn, because their place among their parent's text is known only then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.writers.pdf.source import text_string


class Element:
    """A structure element, an inline one outside the tree until it is placed there.

    `entries` are those of its dictionary that only some elements have, as PDF source; so are its kids: references to
    elements, numbers of marked contents of the page where it begins, annotations."""

    __slots__ = ("entries", "kids", "page", "parent", "reference", "tag", "tree")

    def __init__(self, tag: str, parent: Element | StructureTree, entries: str = "", *, inline: bool = False) -> None:
        self.tag = tag
        self.parent = parent
        self.entries = entries
        self.tree: StructureTree = parent.tree
        self.kids: list[str] = []
        self.page = 0
        self.reference = ""
        if not inline:
            self.place()

    def place(self) -> None:
        """Join the tree, after what the parent holds already."""
        if not self.reference:
            if not self.parent.reference:
                self.parent.place()
            self.reference = self.tree.enter(self)
            self.parent.kids.append(self.reference)

    def add_text(self, page: int, number: int) -> None:
        """Append a marked content of a page."""
        if not self.page:
            self.place()
            self.page = page
        if page == self.page:
            self.kids.append(str(number))
        else:
            self.tree.add_elsewhere(self, page, f"/MCR/MCID {number}")

    def add_object(self, page: int, reference: str) -> None:
        """Append an object on a page, an annotation."""
        if page == self.page:
            self.kids.append(f"<</Type/OBJR/Obj {reference}>>")
        else:
            self.tree.add_elsewhere(self, page, f"/OBJR/Obj {reference}")


class StructureTree:
    """The root of the tree, and the way back into it: from a page's marked contents, from an annotation.

    `reference` is that to the root; `take_number` gives each element the number of its object when it joins."""

    def __init__(self, reference: str, take_number: Callable[[], int]) -> None:
        self.reference = reference
        self._take_number = take_number
        self._elements: dict[int, Element] = {}
        self._elsewhere: list[tuple[Element, int, int, str]] = []
        self._ways_back: list[str | list[str]] = []
        self._ids: list[tuple[str, str]] = []
        self.tree = self
        self.kids: list[str] = []

    def place(self) -> None:
        """Stand where it stands."""

    def enter(self, element: Element) -> str:
        """Give an element its number; returns the reference to it."""
        number = self._take_number()
        self._elements[number] = element
        return f"{number} 0 R"

    def add_elsewhere(self, element: Element, page: int, content: str) -> None:
        """Append to an element what stands on another page than that where it begins."""
        self._elsewhere.append((element, len(element.kids), page, content))
        element.kids.append("")  # until the pages have their numbers

    def add_id(self, id: str, element: Element) -> None:
        """Let an element be found by an identifier."""
        written = text_string(id)
        element.entries += f"/ID{written}"
        self._ids.append((written, element.reference))

    def add_page(self) -> tuple[int, list[str]]:
        """Open the list of a page's marked contents; returns its key (`StructParents`) and the list, which is to hold a
        reference to the element of each."""
        contents: list[str] = []
        self._ways_back.append(contents)
        return len(self._ways_back) - 1, contents

    def add_annotation(self, element: Element) -> int:
        """Remember which element an annotation belongs to; returns its key (`StructParent`)."""
        self._ways_back.append(element.reference)
        return len(self._ways_back) - 1

    def objects(self, pages: Sequence[str]) -> dict[int, str]:
        """Write the tree, by the numbers of its objects, and let it go; `pages` are the references to the pages."""
        for element, place, page, content in self._elsewhere:
            element.kids[place] = f"<</Type{content}/Pg {pages[page - 1]}>>"
        on_page = ["", *[f"/Pg {page}" for page in pages]]
        written = {int(self.reference.split()[0]): self._root()}
        for number, e in self._elements.items():
            kids = f"/K[{' '.join(e.kids)}]" if e.kids else ""
            written[number] = f"<</S/{e.tag}/P {e.parent.reference}{on_page[e.page]}{kids}{e.entries}>>"
        self._elements = {}  # they and the tree hold each other
        return written

    def _root(self) -> str:
        ways = [f"[{' '.join(way)}]" if isinstance(way, list) else way for way in self._ways_back]
        parents = " ".join([f"{key} {way}" for key, way in enumerate(ways)])
        names = " ".join([f"{id} {reference}" for id, reference in sorted(self._ids)])
        return (
            f"<</Type/StructTreeRoot/K {self.kids[0]}/ParentTree<</Nums[{parents}]>>"
            f"/ParentTreeNextKey {len(ways)}{f'/IDTree<</Names[{names}]>>' if names else ''}>>"
        )

"""What a machine can check of a tagged PDF (ISO 14289-1, ISO 19005-3), for the tests: each fault found is one sentence.

It finds two faults that veraPDF does not: a wrong entry of the ParentTree, and marked content that is used twice."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from io import BytesIO

import pikepdf
from pikepdf import Name

PARENTS: Mapping[str, frozenset[str]] = {
    "LI": frozenset({"L"}),
    "Lbl": frozenset({"LI", "Note"}),
    "LBody": frozenset({"LI"}),
    "THead": frozenset({"Table"}),
    "TBody": frozenset({"Table"}),
    "TR": frozenset({"THead", "TBody"}),
    "TH": frozenset({"TR"}),
    "TD": frozenset({"TR"}),
}
KIDS: Mapping[str, frozenset[str]] = {
    "L": frozenset({"LI"}),
    "LI": frozenset({"Lbl", "LBody"}),
    "Table": frozenset({"THead", "TBody"}),
    "THead": frozenset({"TR"}),
    "TBody": frozenset({"TR"}),
    "TR": frozenset({"TH", "TD"}),
}
WITH_TEXT = frozenset({"P", "H1", "H2", "H3", "H4", "Lbl", "Link", "Reference", "Span"})
KNOWN = WITH_TEXT | set(PARENTS) | set(KIDS) | {"Document", "Div", "BlockQuote", "Note"}
NOTHING = pikepdf.Dictionary()
SHOWING = frozenset({"Tj", "TJ", "'", '"'})
PAINTING = SHOWING | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do"}


def faults(data: bytes) -> list[str]:
    """Everything wrong in a PDF."""
    with pikepdf.open(BytesIO(data)) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return ["there is no structure tree"]
        return [*catalog_faults(pdf), *Structure(pdf).faults(), *font_faults(pdf)]


def catalog_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not root.get("/MarkInfo", NOTHING).get("/Marked"):
        yield "the file does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "the file has no language"
    if not root.get("/ViewerPreferences", NOTHING).get("/DisplayDocTitle"):
        yield "viewers are not told to show the title"
    if "/OutputIntents" not in root or "/DestOutputProfile" not in root.OutputIntents[0]:
        yield "there is no output intent"
    if len(pdf.trailer.get("/ID", [])) != 2:
        yield "the file has no identifier"
    yield from metadata_faults(root.Metadata.read_bytes().decode() if "/Metadata" in root else "")


def metadata_faults(xmp: str) -> Iterator[str]:
    for what, pattern in (
        ("title", r"<dc:title>.*?<rdf:li[^>]*>[^<]+<"),
        ("PDF/UA-1", r"<pdfuaid:part>1<"),
        ("PDF/A-3", r"<pdfaid:part>3<"),
        ("level A", r"<pdfaid:conformance>A<"),
        ("description of pdfuaid", r"<pdfaSchema:prefix>pdfuaid<"),
    ):
        if not re.search(pattern, xmp, re.DOTALL):
            yield f"the metadata lack: {what}"


class Structure:
    """The tree, walked once, against the pages it refers to."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        numbers = list(self.root.ParentTree.Nums)
        self.parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        self.used: dict[tuple[int, int], pikepdf.Object] = {}
        self.objects: dict[tuple[int, int], tuple[pikepdf.Object, str]] = {}
        self.notes: set[bytes] = set()
        self.level = 0

    def faults(self) -> Iterator[str]:
        yield from self.element_faults(self.root.K, self.root, "", None)
        for number, page in enumerate(self.pdf.pages, 1):
            yield from self.page_faults(page, number)

    # --------------------------------------------------------------------------------------------------- elements

    def element_faults(
        self, element: pikepdf.Object, parent: pikepdf.Object, above: str, page: pikepdf.Object | None
    ) -> Iterator[str]:
        tag = str(element.S)[1:]
        page = element.get("/Pg", page)
        yield from self.place_faults(element, tag, parent, above)
        yield from self.duty_faults(element, tag)
        held = element.get("/K", pikepdf.Array())
        kids: Iterable[pikepdf.Object | int] = held if isinstance(held, pikepdf.Array) else [held]
        leads_somewhere = False
        for kid in kids:
            if isinstance(kid, int):
                yield from self.content_faults(element, tag, page, kid)
            elif kid.get("/Type") == Name.MCR:
                yield from self.content_faults(element, tag, kid.get("/Pg", page), int(kid.MCID))
            elif kid.get("/Type") == Name.OBJR:
                self.objects[kid.Obj.objgen] = (element, tag)
                leads_somewhere = True
            else:
                yield from self.element_faults(kid, element, tag, page)
        if tag == "Link" and not leads_somewhere:
            yield "a Link has no annotation"

    def place_faults(self, element: pikepdf.Object, tag: str, parent: pikepdf.Object, above: str) -> Iterator[str]:
        if tag not in KNOWN:
            yield f"{tag} is no standard type we use"
        if tag in PARENTS and above not in PARENTS[tag]:
            yield f"{tag} stands in {above}"
        if above in KIDS and tag not in KIDS[above]:
            yield f"{above} holds {tag}"
        if element.P.objgen != parent.objgen:
            yield f"{tag} names the wrong parent"

    def duty_faults(self, element: pikepdf.Object, tag: str) -> Iterator[str]:
        attributes = element.get("/A", NOTHING)
        if found := re.fullmatch(r"H(\d)", tag):
            if int(found[1]) > self.level + 1:
                yield f"{tag} follows H{self.level}"
            self.level = int(found[1])
        if tag == "TH" and "/Scope" not in attributes:
            yield "TH has no scope"
        if tag == "Table" and "/Summary" not in attributes:
            yield "Table has no summary"
        if tag == "Note":
            id = bytes(element.get("/ID", b""))
            if not id:
                yield "Note has no ID"
            elif id in self.notes:
                yield "two Notes have one ID"
            self.notes.add(id)

    def content_faults(
        self, element: pikepdf.Object, tag: str, page: pikepdf.Object | None, number: int
    ) -> Iterator[str]:
        if page is None:
            yield f"content of {tag} is on no page"
            return
        place = (self.pages[page.objgen], number)
        if tag not in WITH_TEXT:
            yield f"{tag} holds text directly"
        if place in self.used:
            yield f"content {number} of page {place[0]} is used twice"
        self.used[place] = element
        entries = self.parents.get(int(page.get("/StructParents", -1)))
        if entries is None or number >= len(entries) or entries[number].objgen != element.objgen:
            yield f"the ParentTree does not lead from content {number} of page {place[0]} to its element"

    # ------------------------------------------------------------------------------------------------------ pages

    def page_faults(self, page: pikepdf.Page, number: int) -> Iterator[str]:
        if page.obj.get("/Tabs") != Name.S:
            yield f"page {number}: the tab order is not that of the structure"
        drawn = yield from self.stream_faults(page, number)
        referred = {content for where, content in self.used if where == number}
        for content in sorted(drawn - referred):
            yield f"page {number}: content {content} is not in the structure"
        for content in sorted(referred - drawn):
            yield f"page {number}: the structure refers to content {content}, which is not drawn"
        for annotation in page.obj.get("/Annots", []):
            yield from self.annotation_faults(annotation, number)

    def stream_faults(self, page: pikepdf.Page, number: int) -> Generator[str, None, set[int]]:
        """Returns the numbers of the marked contents drawn."""
        stack: list[int | str] = []
        drawn: set[int] = set()
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), instruction.operands
            if operator in ("BMC", "BDC"):
                mark = marked(list(operands))
                if isinstance(mark, int):
                    if any(isinstance(outer, int) or outer == "Artifact" for outer in stack):
                        yield f"page {number}: content {mark} stands in other content"
                    if mark in drawn:
                        yield f"page {number}: content {mark} is drawn twice"
                    drawn.add(mark)
                stack.append(mark)
            elif operator == "EMC":
                stack.pop()
            elif operator in PAINTING and not any(isinstance(mark, int) or mark == "Artifact" for mark in stack):
                yield f"page {number}: {operator} draws what is neither content nor an artifact"
        if stack:
            yield f"page {number}: marked content is not closed"
        return drawn

    def annotation_faults(self, annotation: pikepdf.Object, number: int) -> Iterator[str]:
        element, tag = self.objects.get(annotation.objgen, (None, ""))
        if element is None:
            yield f"page {number}: an annotation is not in the structure"
            return
        if tag != "Link":
            yield f"page {number}: a link annotation belongs to {tag}"
        owner = self.parents.get(int(annotation.get("/StructParent", -1)))
        if not isinstance(owner, pikepdf.Dictionary) or owner.objgen != element.objgen:
            yield f"page {number}: the ParentTree does not lead from an annotation to its element"
        if not str(annotation.get("/Contents", "")):
            yield f"page {number}: an annotation does not say where it leads"
        if not int(annotation.get("/F", 0)) & 4:
            yield f"page {number}: an annotation is not printed"


def marked(operands: Sequence[pikepdf.Object]) -> int | str:
    """The number of a marked content, else its tag."""
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
        return int(properties.MCID)
    return str(operands[0])[1:]


# ---------------------------------------------------------------------------------------------------------------- fonts


def font_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every code shown must have a character, every font must be embedded."""
    checked: set[tuple[int, int]] = set()
    for page in pdf.pages:
        for name, codes in shown_codes(page).items():
            font = page.obj.Resources.Font[name]
            if font.objgen not in checked:
                yield from face_faults(font)
                checked.add(font.objgen)
            if 0 in codes:
                yield f"{font.BaseFont} shows .notdef"
            source = font.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
            mapped = {int(code, 16) for code in re.findall(r"<([0-9A-F]{4})><[0-9A-F]+>", source)}
            for code in sorted(codes - mapped):
                yield f"{font.BaseFont}: code {code} has no character"


def face_faults(font: pikepdf.Object) -> Iterator[str]:
    (face,) = font.DescendantFonts
    if "/FontFile2" not in face.FontDescriptor:
        yield f"{font.BaseFont} is not embedded"
    if "/CIDToGIDMap" not in face:
        yield f"{font.BaseFont} does not say which glyph a code shows"


def shown_codes(page: pikepdf.Page) -> dict[str, set[int]]:
    codes: dict[str, set[int]] = {}
    font = ""
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "Tf":
            font = str(operands[0])
        elif operator in SHOWING:
            shown: Iterable[object] = operands[0] if operator == "TJ" else operands[-1:]
            data = b"".join(bytes(string) for string in shown if isinstance(string, pikepdf.String))
            codes.setdefault(font, set()).update(data[at] << 8 | data[at + 1] for at in range(0, len(data), 2))
    return codes

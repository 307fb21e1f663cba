"""What Word minds, or its users do, and the schema's validator does not see: each rule yields what breaks it.

    python -m tests.docx_lint FILE.docx ...

says what is wrong with files and ends with status 1 if anything is."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from briefing.opc import read_package

_PREFIXES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_STORY = re.compile(r"word/(document|footnotes|endnotes|header|footer|comments)\d*\.xml")
_VERBS = frozenset("HYPERLINK NOTEREF NUMPAGES PAGE PAGEREF REF SEQ TOC".split())
_REFERRING = frozenset("NOTEREF PAGEREF REF".split())
_WEB = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)


def q(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{_PREFIXES[prefix or 'w']}}}{local}"


def val(element: Element | None, path: str = "", attribute: str = "val") -> str:
    """An attribute of the element at a path (`tcPr/gridSpan`) below another; empty where there is none."""
    for name in path.split("/") if path else ():
        element = element.find(q(name)) if element is not None else None
    return element.get(q(attribute), "") if element is not None else ""


@dataclass(frozen=True)
class WordFile:
    """The parts of a Word file, parsed where they are XML."""

    parts: dict[str, bytes]

    @cached_property
    def roots(self) -> dict[str, Element]:
        return {name: etree.fromstring(part) for name, part in self.parts.items() if name.endswith((".xml", ".rels"))}

    @cached_property
    def stories(self) -> dict[str, Element]:
        """The parts that hold text."""
        return {name: root for name, root in self.roots.items() if _STORY.fullmatch(name)}

    @property
    def body(self) -> Element:
        body = self.roots["word/document.xml"].find(q("body"))
        assert body is not None
        return body

    def each(self, *names: str) -> Iterator[tuple[str, Element]]:
        """Every element of these names in all stories, each with the part it stands in."""
        for part, root in self.stories.items():
            yield from ((part, element) for element in root.iter(*map(q, names)))


Rule = Callable[[WordFile], Iterable[str]]

# ------------------------------------------------------------------------------------------------------------ unique


def _twice(what: str, names: Iterable[str]) -> Iterator[str]:
    yield from (f"{what} {name!r} stands {count} times" for name, count in Counter(names).items() if count > 1)


def bookmark_names_are_unique(file: WordFile) -> Iterator[str]:
    yield from _twice("bookmark", (val(mark, attribute="name") for _, mark in file.each("bookmarkStart")))


def bookmarks_begin_and_end(file: WordFile) -> Iterator[str]:
    for part, root in file.stories.items():
        begun: set[str] = set()
        for mark in root.iter(q("bookmarkStart"), q("bookmarkEnd")):
            number = val(mark, attribute="id")
            if mark.tag == q("bookmarkStart"):
                begun.add(number)
            elif number not in begun:
                yield f"{part}: bookmark {number} ends before it begins"
            else:
                begun.remove(number)
        yield from (f"{part}: bookmark {number} does not end" for number in sorted(begun))


def bookmark_names_are_short(file: WordFile) -> Iterator[str]:
    for part, mark in file.each("bookmarkStart"):
        if not re.fullmatch(r"\w{1,40}", val(mark, attribute="name"), re.ASCII):
            yield f"{part}: bookmark name {val(mark, attribute='name')!r} is longer than 40 characters, or has others"


def paragraph_ids_are_unique(file: WordFile) -> Iterator[str]:
    ids = (val(paragraph, attribute="w14:paraId") for _, paragraph in file.each("p"))
    yield from _twice("paragraph id", filter(None, ids))


def notes_are_marked_once(file: WordFile) -> Iterator[str]:
    yield from _twice("mark of note", (val(mark, attribute="id") for _, mark in file.each("footnoteReference")))


def control_ids_are_unique(file: WordFile) -> Iterator[str]:
    yield from _twice("content control", (val(control, "id") for _, control in file.each("sdtPr")))


def control_tags_are_short(file: WordFile) -> Iterator[str]:
    for part, control in file.each("sdtPr"):
        if max(len(val(control, "tag")), len(val(control, "alias"))) > 64:
            yield f"{part}: the tag or title of a content control is longer than 64 characters"


# ------------------------------------------------------------------------------------------------------- what exists


def styles_exist(file: WordFile) -> Iterator[str]:
    kinds = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    known = {
        (val(s, attribute="type"), val(s, attribute="styleId")) for s in file.roots["word/styles.xml"].iter(q("style"))
    }
    for part, used in file.each(*kinds):
        if (kinds[etree.QName(used).localname], val(used)) not in known:
            yield f"{part}: there is no style {val(used)!r}"


def lists_exist(file: WordFile) -> Iterator[str]:
    numbering = file.roots["word/numbering.xml"]
    lists = {val(number, attribute="numId") for number in numbering.iter(q("num"))} | {"0"}
    users = [*file.each("numId"), *(("word/styles.xml", n) for n in file.roots["word/styles.xml"].iter(q("numId")))]
    yield from (f"{part}: there is no list {val(number)!r}" for part, number in users if val(number) not in lists)


def links_lead_somewhere(file: WordFile) -> Iterator[str]:
    known = {val(mark, attribute="name") for _, mark in file.each("bookmarkStart")}
    for part, link in file.each("hyperlink"):
        if (anchor := val(link, attribute="anchor")) and anchor not in known:
            yield f"{part}: a link leads to {anchor!r}, which is not there"
    for part, instruction in file.each("instrText"):
        words = (instruction.text or "").split()
        if words and words[0] in _REFERRING and words[1] not in known:
            yield f"{part}: a field refers to {words[1]!r}, which is not there"


def links_lead_to_the_web(file: WordFile) -> Iterator[str]:
    for part, root in file.roots.items():
        for relationship in root.iter(q("rel:Relationship")) if part.endswith(".rels") else ():
            if relationship.get("TargetMode") == "External":
                target, kind = relationship.get("Target", ""), relationship.get("Type", "")
                if not (kind.endswith("/hyperlink") and _WEB.fullmatch(target)):
                    yield f"{part}: something outside is named, {target[:60]!r}"


# ------------------------------------------------------------------------------------------------------------ fields


def fields_are_closed(file: WordFile) -> Iterator[str]:
    steps = {"begin": 1, "separate": 0, "end": -1}
    for part, paragraph in file.each("p"):
        open_fields = 0
        for character in paragraph.iter(q("fldChar")):
            open_fields += steps[val(character, attribute="fldCharType")]
            if open_fields < 0:
                break
        if open_fields:
            yield f"{part}: a field is not closed in its paragraph"


def fields_are_harmless(file: WordFile) -> Iterator[str]:
    for part, instruction in file.each("instrText"):
        verb = ((instruction.text or "").split() or [""])[0]
        if verb not in _VERBS:
            yield f"{part}: a field may not do {verb!r}"


def marks_show_the_right_number(file: WordFile) -> Iterator[str]:
    numbers: dict[str, str] = {}
    for note in file.body.iter(q("footnoteReference")):
        bookmark = next(
            (mark for mark in note.iterancestors(q("r")) for mark in mark.itersiblings(preceding=True)), None
        )
        numbers[val(bookmark, attribute="name")] = str(len(numbers) + 1)
    for paragraph in file.body.iter(q("p")):
        runs = list(paragraph.iter(q("instrText"), q("t")))
        for instruction, shown in pairwise(runs):
            words = (instruction.text or "").split()
            if instruction.tag == q("instrText") and words[0] == "NOTEREF" and shown.text != numbers.get(words[1]):
                yield f"a mark of note {numbers.get(words[1])} shows {shown.text!r}"


def nothing_asks_to_update(file: WordFile) -> Iterator[str]:
    if file.roots["word/settings.xml"].find(q("updateFields")) is not None:
        yield "Word would ask at every opening whether to update fields"
    if any(val(character, attribute="dirty") for _, character in file.each("fldChar")):
        yield "a field is marked for updating"


# ----------------------------------------------------------------------------------------------------------- tables


def cells_end_in_a_paragraph(file: WordFile) -> Iterator[str]:
    for part, cell in file.each("tc"):
        if not len(cell) or cell[-1].tag != q("p"):
            yield f"{part}: a cell does not end in a paragraph"


def rows_fill_the_grid(file: WordFile) -> Iterator[str]:
    for part, table in file.each("tbl"):
        columns = len(table.findall(f"{q('tblGrid')}/{q('gridCol')}"))
        for row in table.findall(q("tr")):
            filled = sum(int(val(cell, "tcPr/gridSpan") or 1) for cell in row.findall(q("tc")))
            if filled != columns:
                yield f"{part}: a row fills {filled} columns of {columns}"


def columns_are_as_wide_as_cells(file: WordFile) -> Iterator[str]:
    for part, table in file.each("tbl"):
        grid = [val(column, attribute="w") for column in table.iterfind(f"{q('tblGrid')}/{q('gridCol')}")]
        for row in table.findall(q("tr")):
            if [val(cell, "tcPr/tcW", "w") for cell in row.findall(q("tc"))] != grid:
                yield f"{part}: the cells of a row are not as wide as the columns"


def merged_cells_begin(file: WordFile) -> Iterator[str]:
    for part, table in file.each("tbl"):
        above: set[int] = set()
        for row in table.findall(q("tr")):
            here: set[int] = set()
            for column, cell in enumerate(row.findall(q("tc"))):
                merge = cell.find(f"{q('tcPr')}/{q('vMerge')}")
                if merge is not None:
                    here.add(column)
                    if val(merge) != "restart" and column not in above:
                        yield f"{part}: a merged cell goes on that never began"
            above = here


def tables_have_a_head_and_a_title(file: WordFile) -> Iterator[str]:
    for part, table in file.each("tbl"):
        first = table.find(q("tr"))
        if first is None or first.find(f"{q('trPr')}/{q('tblHeader')}") is None:
            yield f"{part}: a table has no head that repeats"
        if not val(table, "tblPr/tblCaption"):
            yield f"{part}: a table has no title"


def tables_are_apart(file: WordFile) -> Iterator[str]:
    for part, table in file.each("tbl"):
        after = table.getnext()
        if after is None or after.tag != q("p"):
            yield f"{part}: no paragraph follows a table"


# ---------------------------------------------------------------------------------------------------- the whole file


def sections_name_header_and_footer(file: WordFile) -> Iterator[str]:
    if not len(file.body) or file.body[-1].tag != q("sectPr"):
        yield "the last section has no properties"
    for section in file.body.iter(q("sectPr")):
        for kind in ("headerReference", "footerReference"):
            if section.find(q(kind)) is None:
                yield f"a section has no {kind}"


def deletions_are_tracked(file: WordFile) -> Iterator[str]:
    for part, text in file.each("delText"):
        if next(text.iterancestors(q("del"), q("moveFrom")), None) is None:
            yield f"{part}: deleted text stands outside a deletion"


def headings_go_down_one_by_one(file: WordFile) -> Iterator[str]:
    last = 0
    for style in file.body.iter(q("pStyle")):
        found = re.fullmatch("Heading([1-9])", val(style))
        if found and int(found[1]) > last + 1:
            yield f"a heading of level {found[1]} follows one of level {last}"
        last = int(found[1]) if found else last


def pictures_say_what_they_show(file: WordFile) -> Iterator[str]:
    yield from (f"{part}: a picture says nothing" for part, shown in file.each("wp:docPr") if not shown.get("descr"))


def the_file_names_itself(file: WordFile) -> Iterator[str]:
    core = file.roots["docProps/core.xml"]
    for name in ("title", "language"):
        if not core.findtext(q(f"dc:{name}")):
            yield f"the file does not say its {name}"
    if b"python-docx" in etree.tostring(core):
        yield "the file names a library as its author"


def word_is_not_in_compatibility_mode(file: WordFile) -> Iterator[str]:
    modes = {
        val(setting, attribute="val")
        for setting in file.roots["word/settings.xml"].iter(q("compatSetting"))
        if val(setting, attribute="name") == "compatibilityMode"
    }
    if modes != {"15"}:
        yield f"Word would open the file in compatibility mode {sorted(modes)}"


RULES: tuple[Rule, ...] = (
    bookmark_names_are_unique,
    bookmarks_begin_and_end,
    bookmark_names_are_short,
    paragraph_ids_are_unique,
    notes_are_marked_once,
    control_ids_are_unique,
    control_tags_are_short,
    styles_exist,
    lists_exist,
    links_lead_somewhere,
    links_lead_to_the_web,
    fields_are_closed,
    fields_are_harmless,
    marks_show_the_right_number,
    nothing_asks_to_update,
    cells_end_in_a_paragraph,
    rows_fill_the_grid,
    columns_are_as_wide_as_cells,
    merged_cells_begin,
    tables_have_a_head_and_a_title,
    tables_are_apart,
    sections_name_header_and_footer,
    deletions_are_tracked,
    headings_go_down_one_by_one,
    pictures_say_what_they_show,
    the_file_names_itself,
    word_is_not_in_compatibility_mode,
)


def lint(data: bytes) -> list[str]:
    """Say everything the rules find in a Word file, each with the rule's name."""
    file = WordFile(read_package(data))
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(file)]


def main(names: Iterable[str]) -> int:
    faults = {name: lint(Path(name).read_bytes()) for name in names}
    for name, found in faults.items():
        sys.stdout.write("".join(f"{name}: {fault}\n" for fault in found or ["no fault"]))
    return int(any(faults.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A Word file read back: what it says, whoever saved it last, and nothing at all from a file that is not sound."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from briefing.diagnostics import BriefingError
from briefing.document import (
    Block,
    Cell,
    Document,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Note,
    NoteMark,
    PageCount,
    PageNumber,
    Paragraph,
    Properties,
    Row,
    Section,
    Span,
    Table,
    Text,
)
from briefing.opc import LIMITS, Limits, is_stamped, read_package, stamp, write_package
from briefing.readers.docx import is_untouched, read_docx
from briefing.writers.docx import write_docx
from tests.house import HOUSE
from tests.writers.sample_document import SAMPLE

DOCUMENT = "word/document.xml"


def written(*blocks: Block, notes: tuple[Note, ...] = (), header: tuple[Inline, ...] = ()) -> bytes:
    properties = Properties("Ice", "en", date(2024, 5, 3), handling="TLP:GREEN")
    return write_docx(Document(properties, blocks, notes, header, ()), HOUSE)


def paragraph(*content: Inline) -> Paragraph:
    return Paragraph(content)


def edited(data: bytes, old: str, new: str, part: str = DOCUMENT) -> bytes:
    """The file with a change in one part, as another program would save it."""
    parts = read_package(data)
    assert old in parts[part].decode()
    return write_package({**parts, part: parts[part].decode().replace(old, new).encode()})


def only(data: bytes) -> Block:
    (block,) = read_docx(data).blocks
    return block


def content(data: bytes) -> tuple[Inline, ...]:
    block = only(data)
    assert isinstance(block, Paragraph | Heading)
    return block.content


# ----------------------------------------------------------------------------------------------------------- contents


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_headings_have_their_level(level: int) -> None:
    block = only(written(Heading(level, (Text("Ice"),))))
    assert isinstance(block, Heading)
    assert block.level == level


def test_a_heading_is_known_by_its_styles_name_whatever_its_id() -> None:
    data = edited(written(Heading(2, (Text("Ice"),))), '"Heading1"', '"berschrift1"')
    data = edited(data, 'w:styleId="Heading1"', 'w:styleId="berschrift1"', "word/styles.xml")
    data = edited(data, 'w:val="heading 1"', 'w:val="Heading 1"', "word/styles.xml")
    assert isinstance(only(data), Heading)


def test_a_text_in_pieces_is_one_text() -> None:
    data = edited(written(paragraph(Text("quay fees"))), "quay fees", 'quay </w:t></w:r><w:r w:rsidR="0A"><w:t>fees')
    assert content(data) == (Text("quay fees"),)


def test_a_line_break_is_one() -> None:
    assert content(written(paragraph(Text("a"), LineBreak(), Text("b")))) == (Text("a"), LineBreak(), Text("b"))


def test_hyphens_words_own_are_characters() -> None:
    assert content(written(paragraph(Text("co\u2011op, har\u00adbour")))) == (Text("co\u2011op, har\u00adbour"),)


def test_the_room_at_the_ends_of_a_mark_is_not_text() -> None:
    header = read_docx(written(header=(Text("3\u00a0May "), Span((Text("TLP:RED"),), "handling-red")))).header
    assert header == (Text("3\u00a0May TLP:RED"),)


@pytest.mark.parametrize(
    ("inline", "language"),
    [
        (Span((Text("김건"),), "native", "ko"), "ko"),
        (Span((Text("鯰"),), lang="ja"), "ja"),
        (Text("김건"), "ko"),
        (Span((Text("Hafen"),), lang="de"), "de"),
        (Span((Text("harbour"),), lang="en-GB"), "en-GB"),
    ],
)
def test_a_run_has_its_language(inline: Inline, language: str) -> None:
    (span,) = content(written(paragraph(inline)))
    assert isinstance(span, Span)
    assert span.lang == language


def test_the_documents_own_language_is_none() -> None:
    assert content(written(paragraph(Span((Text("harbour"),), lang="en")))) == (Text("harbour"),)


def test_links_lead_where_they_led() -> None:
    first, second = read_docx(
        written(paragraph(Link((Text("see"),), "https://gazette.example/")), paragraph(Link((Text("up"),), "#top")))
    ).blocks
    assert first == Paragraph((Link((Text("see"),), "https://gazette.example/"),), "")
    assert isinstance(second, Paragraph)
    assert isinstance(second.content[0], Link)
    assert second.content[0].target.startswith("#")


def test_a_link_leads_to_the_heading_with_its_name() -> None:
    link, heading = read_docx(
        written(paragraph(Link((Text("see"),), "#quay")), Heading(2, (Text("Q"),), "quay"))
    ).blocks
    assert isinstance(link, Paragraph)
    assert isinstance(heading, Heading)
    assert link.content == (Link((Text("see"),), f"#{heading.id}"),)


NOTES = (Note(1, (Text("Gazette, ¶1."),)), Note(2, (Text("Daily, ¶2."),)))


def test_notes_have_the_numbers_their_marks_show() -> None:
    read = read_docx(written(paragraph(NoteMark(1), NoteMark(2), NoteMark(1)), notes=NOTES))
    assert read.blocks == (Paragraph((NoteMark(1), NoteMark(2), NoteMark(1)), ""),)
    assert read.notes == NOTES


def test_notes_are_numbered_in_the_order_of_their_marks_whatever_their_ids() -> None:
    data = written(paragraph(NoteMark(1), NoteMark(2)), notes=NOTES)
    for part in (DOCUMENT, "word/footnotes.xml"):
        data = edited(data, 'w:id="1"', 'w:id="41"', part)
    read = read_docx(data)
    assert read.blocks == (Paragraph((NoteMark(1), NoteMark(2)), ""),)
    assert read.notes == NOTES


def test_a_mark_that_refers_says_what_it_shows() -> None:
    data = edited(written(paragraph(NoteMark(1), NoteMark(1)), notes=NOTES[:1]), "<w:t>1</w:t>", "<w:t>7</w:t>")
    assert content(data) == (NoteMark(1), NoteMark(7))


def test_page_numbers_are_no_text() -> None:
    header = (Text("Page "), PageNumber(), Text(" of "), PageCount())
    assert read_docx(written(header=header)).header == header


def test_a_simple_field_is_a_field() -> None:
    data = edited(
        written(paragraph(Text("x"))),
        "<w:t>x</w:t></w:r>",
        '</w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>',
    )
    assert content(data) == (PageNumber(),)


def test_another_field_is_what_it_shows() -> None:
    field = (
        '<w:fldChar w:fldCharType="begin"/><w:instrText>DATE</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>3 May</w:t><w:fldChar w:fldCharType="end"/>'
    )
    assert content(edited(written(paragraph(Text("x"))), "<w:t>x</w:t>", field)) == (Text("3 May"),)


def test_lists_are_lists_in_lists() -> None:
    inner = List((ListItem((Paragraph((Text("c"),), "list-bullet"),)),))
    first = ListItem((Paragraph((Text("a"),), "list-bullet"), Paragraph((Text("b"),), "list-bullet"), inner))
    second = ListItem((Paragraph((Text("d"),), "list-bullet"),))
    assert _outline(only(written(List((first, second))))) == ["a b [c]", "d"]


def test_numbered_lists_that_count_anew_are_apart() -> None:
    item = ListItem((Paragraph((Text("a"),), "list-number"),))
    blocks = read_docx(written(List((item, item), ordered=True), List((item,), ordered=True))).blocks
    assert [(len(b.items), b.ordered) for b in blocks if isinstance(b, List)] == [(2, True), (1, True)]


def _outline(block: Block) -> list[str]:
    """A list as words: an item's paragraphs, then its lists in brackets."""
    assert isinstance(block, List)
    return [
        " ".join(
            "".join(t.text for t in b.content if isinstance(t, Text))
            if isinstance(b, Paragraph)
            else f"[{', '.join(_outline(b))}]"
            for b in item.blocks
        )
        for item in block.items
    ]


def test_tables_have_head_and_body() -> None:
    def row(*texts: str, scope: str = "") -> Row:
        return Row(tuple(Cell((Paragraph((Text(text),), "table-text"),), scope=scope) for text in texts))

    table = only(written(Table((row("A", "B", scope="column"),), (row("a", "b"),), (1, 2), "matrix", "Fees")))
    assert isinstance(table, Table)
    assert table.title == "Fees"
    assert [[c.blocks for c in r.cells] for r in table.head] == [[(Paragraph((Text(t),), ""),) for t in "AB"]]
    assert [[c.blocks for c in r.cells] for r in table.body] == [[(Paragraph((Text(t),), ""),) for t in "ab"]]
    assert table.widths == (3213, 6425)


def test_sections_are_their_blocks() -> None:
    assert [type(b) for b in read_docx(written(Section((paragraph(Text("wide")),)))).blocks] == [Paragraph]


def test_properties_and_sheet_are_those_of_the_file() -> None:
    read = read_docx(written(paragraph(Text("x"))))
    assert read.properties == Properties("Ice", "en", date(2024, 5, 3), handling="TLP:GREEN")
    assert read.page == "A4"


# ------------------------------------------------------------------------------------------------ tracked and wrapped


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ('<w:ins w:id="9" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins>', "new"),
        ('<w:del w:id="9" w:author="A"><w:r><w:delText>old</w:delText></w:r></w:del>', ""),
        ('<w:moveFrom w:id="9" w:author="A"><w:r><w:t>moved</w:t></w:r></w:moveFrom>', ""),
        ("<w:sdt><w:sdtContent><w:r><w:t>held</w:t></w:r></w:sdtContent></w:sdt>", "held"),
        ("<w:smartTag><w:r><w:t>smart</w:t></w:r></w:smartTag>", "smart"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", ""),
    ],
)
def test_reads_what_is_seen(change: str, says: str) -> None:
    data = edited(written(paragraph(Text("x"))), "<w:t>x</w:t></w:r>", f"<w:t>x</w:t></w:r>{change}")
    assert content(data) == (Text(f"x{says}"),)


def test_a_block_in_a_content_control_is_a_block() -> None:
    data = edited(
        written(paragraph(Text("x"))),
        "<w:body>",
        "<w:body><w:sdt><w:sdtContent><w:p><w:r><w:t>y</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    assert read_docx(data).blocks == (Paragraph((Text("y"),), ""), Paragraph((Text("x"),), ""))


# -------------------------------------------------------------------------------------------------------------- stamps


def test_knows_a_file_nobody_touched() -> None:
    assert is_untouched(write_docx(SAMPLE, HOUSE))


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/custom.xml", "word/header.xml"])
def test_knows_a_file_somebody_touched(part: str) -> None:
    parts = read_package(write_docx(SAMPLE, HOUSE))
    assert not is_untouched(
        write_package({**parts, part: parts[part].replace(b"TLP", b"tlp").replace(b"Ice", b"ice") + b"\n"})
    )


def test_a_file_with_a_part_more_was_touched() -> None:
    assert not is_untouched(write_package({**read_package(write_docx(SAMPLE, HOUSE)), "word/comments.xml": b"<x/>"}))


@pytest.mark.parametrize("data", [b"", b"not a file", write_package({"a": b"b"})])
def test_no_other_file_is_ours(data: bytes) -> None:
    assert not is_untouched(data)


def test_packing_again_changes_nothing() -> None:
    parts = read_package(write_docx(SAMPLE, HOUSE))
    assert is_stamped(dict(reversed(list(parts.items()))))
    assert stamp(parts) == parts


# ------------------------------------------------------------------------------------------------------------- hostile


def refused(data: bytes) -> str:
    with pytest.raises(BriefingError) as caught:
        read_docx(data)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.rule == "docx-unreadable"
    assert diagnostic.help
    return diagnostic.message


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        for name, data in members:
            package.writestr(name, data)
    return buffer.getvalue()


def marked(change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    """A package with one member whose directory entry was changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        member = zipfile.ZipInfo("a")
        package.writestr(member, b"x")
        change(member)
    return buffer.getvalue()


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_package_is_refused(data: bytes) -> None:
    assert "not a Word file" in refused(data)


def test_a_file_cut_short_is_refused() -> None:
    assert refused(write_docx(SAMPLE, HOUSE)[:-100])


def test_a_damaged_part_is_refused() -> None:
    data = bytearray(write_docx(SAMPLE, HOUSE))
    data[3000:3100] = bytes(100)
    assert refused(bytes(data))


@pytest.mark.parametrize("name", ["../a", "/a", "a/../b", "a//b", "a\\b", "c:a", "a/./b"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert "name" in refused(zipped((name, b"")))


def test_the_same_name_twice_is_refused() -> None:
    assert "same name" in refused(zipped(("word/a.xml", b""), ("word/A.xml", b"")))


def test_other_ways_to_compress_are_refused() -> None:
    assert "kind" in refused(zipped(("a", b"x"), method=zipfile.ZIP_BZIP2))


def test_a_link_to_a_file_is_refused() -> None:
    def link(member: zipfile.ZipInfo) -> None:
        member.external_attr = 0o120777 << 16

    assert "kind" in refused(marked(link))


def test_an_encrypted_file_is_refused() -> None:
    def lock(member: zipfile.ZipInfo) -> None:
        member.flag_bits |= 1

    assert "encrypted" in refused(marked(lock))


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(package=1000), "larger"),
        (Limits(parts=3), "too many"),
        (Limits(part=1000), "grows"),
        (Limits(total=10_000), "grows"),
        (Limits(ratio=2, ratio_from=1000), "compressed"),
    ],
)
def test_every_bound_is_kept(limits: Limits, says: str) -> None:
    with pytest.raises(BriefingError, match=says):
        read_package(write_docx(SAMPLE, HOUSE), limits)


def test_a_bomb_is_refused_before_it_has_unpacked() -> None:
    assert "beyond" in refused(zipped(("bomb", bytes(LIMITS.ratio_from + 1))))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("<w:body>", "<w:body", "damaged"),
        ("<w:document", "<!DOCTYPE w:document><w:document", "document type"),
        ("<w:document", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document', "document type"),
        (
            "http://schemas.openxmlformats.org/wordprocessingml/",
            "http://purl.oclc.org/ooxml/wordprocessingml/",
            "Strict",
        ),
        ("w:body", "w:tail", "no Word document"),
        ("<w:body>", f"<w:body>{'<w:sdt><w:sdtContent>' * 200}", "damaged"),
    ],
)
def test_a_main_part_that_is_none_is_refused(old: str, new: str, says: str) -> None:
    data = edited(written(paragraph(Text("x"))), old, new)
    assert says in refused(data)


def test_what_counts_in_no_number_is_refused() -> None:
    item = ListItem((Paragraph((Text("a"),), "list-number"),))
    assert "number" in refused(edited(written(List((item,), ordered=True)), '<w:ilvl w:val="0"', '<w:ilvl w:val="one"'))


def test_a_package_without_a_main_part_is_refused() -> None:
    parts = read_package(written(paragraph(Text("x"))))
    del parts[DOCUMENT]
    assert "no main part" in refused(write_package(parts))


def test_styles_that_stand_on_one_another_in_a_circle_end() -> None:
    data = edited(
        written(Heading(2, (Text("x"),))),
        '<w:basedOn w:val="Normal"/>',
        '<w:basedOn w:val="Heading1"/>',
        "word/styles.xml",
    )
    assert isinstance(only(data), Heading)


def test_a_korean_file_is_korean_all_through_and_its_latin_words_too() -> None:
    said = (Text("해협 determinable "), Span((Text("Kari"),), lang="en"))
    properties = Properties("해협", "ko", date(2024, 5, 3))
    found = read_docx(write_docx(Document(properties, (Paragraph(said),), (), (), ()), HOUSE))
    assert found.properties.language == "ko"
    assert found.blocks == (Paragraph(said, style=""),)

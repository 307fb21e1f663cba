"""What a finished PDF says to a reader of its structure, and what happens when it says it badly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.diagnostics import BriefingError
from briefing.document import (
    Block,
    BlockQuote,
    Box,
    Cell,
    Document,
    Emphasis,
    Heading,
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
    Span,
    Strong,
    Table,
    Text,
)
from briefing.fonts import FontBook
from briefing.readers.pdf import read_pdf
from briefing.shipped import shipped
from briefing.writers.pdf import write_pdf
from tests.house import HOUSE
from tests.writers.sample_document import SAMPLE

FONTS = FontBook(HOUSE.families, [shipped("fonts")])
PROPERTIES = Properties("Ice & fog", "en-GB", date(2024, 5, 3), "Desk", "", "ice; fog", "TLP:AMBER", "2")
TITLE = Heading(1, (Text("Ice"),))


def document(*blocks: Block, notes: tuple[Note, ...] = ()) -> Document:
    footer = (Text("Page "), PageNumber(), Text(" of "), PageCount(), Text(" · 1 May"))
    return Document(PROPERTIES, (TITLE, *blocks), notes, (Text("Ice on 1 May"),), footer)


def written(*blocks: Block, notes: tuple[Note, ...] = ()) -> bytes:
    return write_pdf(document(*blocks, notes=notes), HOUSE, FONTS)


def read_back(*blocks: Block, notes: tuple[Note, ...] = ()) -> Document:
    return read_pdf(written(*blocks, notes=notes))


def plain(words: str) -> Paragraph:
    return Paragraph((Text(words),), "")


def refusal(data: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(BriefingError) as caught:
        read_pdf(data, "out/brief.pdf")
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.rule, diagnostic.location.file) == ("pdf-unreadable", "out/brief.pdf")
    assert diagnostic.help
    return diagnostic.message


def damaged(*blocks: Block, by: Callable[[pikepdf.Pdf], None], notes: tuple[Note, ...] = ()) -> bytes:
    with pikepdf.open(BytesIO(written(*blocks, notes=notes))) as pdf:
        by(pdf)
        saved = BytesIO()
        pdf.save(saved)
    return saved.getvalue()


# ------------------------------------------------------------------------------------------------------ what is read


def test_properties_sheet_header_and_footer() -> None:
    read = read_back()
    assert read.properties == PROPERTIES
    assert read.page == "A4"
    assert read.header == (Text("Ice on 1 May"),)
    assert read.footer == (Text("Page "), PageNumber(), Text(" of "), PageCount(), Text(" · 1 May"))


def test_blocks() -> None:
    read = read_back(
        Heading(2, (Text("Fog"),)),
        Paragraph((Text("One "), Strong((Text("two"),)), Text(" "), Emphasis((Text("three."),)))),
        BlockQuote((Paragraph((Text("Quoted."),), "quote"),)),
        Box((Paragraph((Text("Ours."),), "judgement"),), "judgement"),
        List((ListItem((Paragraph((Text("a"),), "list-bullet"), Paragraph((Text("b"),), "list-bullet"))),)),
        List(tuple(ListItem((Paragraph((Text(t),), "list-number"),)) for t in "cd"), ordered=True),
    )
    assert read.blocks == (
        TITLE,
        Heading(2, (Text("Fog"),)),
        plain("One two three."),
        BlockQuote((plain("Quoted."),)),
        Box((plain("Ours."),), ""),
        List((ListItem((plain("a"), plain("b"))),)),
        List((ListItem((plain("c"),)), ListItem((plain("d"),))), ordered=True),
    )


def test_tables_with_head_scope_and_title() -> None:
    def cells(*texts: str, scopes: tuple[str, ...] = ("", "")) -> Row:
        return Row(
            tuple(Cell((Paragraph((Text(t),), "table-text"),), scope=s) for t, s in zip(texts, scopes, strict=True))
        )

    rows = tuple(cells(f"Row {n}", "x", scopes=("row", "")) for n in range(70))
    (_, table) = read_back(
        Table((cells("A", "B", scopes=("column", "column")),), rows, (1, 2), "default", "Fees (½)")
    ).blocks
    assert isinstance(table, Table)
    assert table.title == "Fees (½)"
    assert [[cell.scope for cell in row.cells] for row in (*table.head, table.body[0])] == [["column"] * 2, ["row", ""]]
    assert [row.cells[0].blocks for row in table.body] == [(plain(f"Row {n}"),) for n in range(70)]


def test_notes_with_their_marks_in_place() -> None:
    notes = (Note(1, (Text("First, 부산, "), Link((Text("web"),), "https://a.example/"))), Note(2, (Text("Second."),)))
    cell = Cell((Paragraph((Text("in a cell"), NoteMark(2)), "table-text"),))
    said = Paragraph((Text("Said"), NoteMark(1), Text(" and again."), NoteMark(1)))
    read = read_back(said, Table((), (Row((cell,)),), (1,), "default", "T"), notes=notes)
    assert read.blocks[1] == Paragraph((Text("Said"), NoteMark(1), Text(" and again."), NoteMark(1)), "")
    assert read.blocks[2].body[0].cells[0].blocks == (Paragraph((Text("in a cell"), NoteMark(2)), ""),)  # type: ignore[union-attr]
    assert read.notes == (
        Note(1, (Text("First, "), Span((Text("부산"),), lang="ko"), Text(", "), notes[0].content[1])),
        notes[1],
    )


def test_languages_links_and_line_breaks() -> None:
    name = Span((Text("鯰博行"),), "native", "ja")
    read = read_back(Paragraph((Text("Namazu "), name, LineBreak(), Link((Text("see"),), "mailto:a@b.example"))))
    assert read.blocks[1] == Paragraph(
        (
            Text("Namazu "),
            Span((Text("鯰博行"),), lang="ja"),
            LineBreak(),
            Link((Text("see"),), "mailto:a@b.example"),
        ),
        "",
    )


def test_text_that_wraps_and_goes_over_a_page_reads_as_one() -> None:
    words = "The harbour master counts the ships on the quay. " * 300
    assert read_back(Paragraph((Text(words),))).blocks[1] == plain(words)


def test_what_is_read_are_the_bytes_not_what_was_meant() -> None:
    def swap(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            table = font.ToUnicode.read_bytes()
            font.ToUnicode = pdf.make_stream(table.replace(b"><0041>", b"><0042>"))  # what looks like A is copied as B

    read = read_pdf(damaged(Paragraph((Text("An A"),)), by=swap))
    assert read.blocks[1] == plain("Bn B")


def test_a_wrong_page_number_is_only_text() -> None:
    def count_wrongly(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[0].Contents.read_bytes()
        pdf.pages[0].Contents = pdf.make_stream(content.replace(b"/PageNumber BMC", b"/PageCount BMC"))

    two_pages = Heading(2, (Text("Fog"),), new_page=True)
    assert read_pdf(damaged(two_pages, by=count_wrongly)).footer == (Text("Page 1 of "), PageCount(), Text(" · 1 May"))


# ----------------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\3\4 a Word file", b"%PDF-1.7\n1 0 obj<<>>endobj trailer<<>>"])
def test_what_is_no_pdf(data: bytes) -> None:
    assert "damaged" in refusal(data)


def lose_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def untag_text(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    pdf.pages[0].Contents = pdf.make_stream(content.replace(b"/P <</MCID 1>> BDC", b"/P BMC"))


def lose_element(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.K.K[1]


def use_twice(pdf: pikepdf.Pdf) -> None:
    kids = pdf.Root.StructTreeRoot.K.K
    kids.append(kids[1])


def share_text(pdf: pikepdf.Pdf) -> None:
    kids = pdf.Root.StructTreeRoot.K.K
    kids[0].K = kids[1].K


def refer_to_nothing(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K.K[1].K = pikepdf.Array([77])


def stand_in_itself(pdf: pikepdf.Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K
    document.K.append(document)


def text_outside(pdf: pikepdf.Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K
    document.Pg = pdf.pages[0].obj
    document.K = document.K[0].K


def strange_block(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K.K[1].S = pikepdf.Name.Formula


def renumber_list(pdf: pikepdf.Pdf) -> None:
    entries = pdf.Root.StructTreeRoot.K.K[2].K
    first, second = entries[0].K[0], entries[1].K[0]
    first.K, second.K = second.K, first.K


def lose_characters(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        font.ToUnicode = pdf.make_stream(b"nothing")


def halve_a_code(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    pdf.pages[0].Contents = pdf.make_stream(content.replace(b"(\0", b"(", 1))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lose_structure, "its parts do not fit together"),
        (untag_text, "page 1 shows text that is not in its structure: 'Said.'"),
        (lose_element, "page 1 shows text that is not in its structure: 'Said.'"),
        (use_twice, "an element stands in its structure twice"),
        (share_text, "stands in the structure twice"),
        (refer_to_nothing, "content 77"),
        (stand_in_itself, "an element stands in its structure twice"),
        (text_outside, "text directly in <Document>"),
        (strange_block, "<Formula> where a block should stand"),
        (renumber_list, "item 1 of a list is numbered '2'"),
        (lose_characters, "has no character"),
        (halve_a_code, "a page shows half a character"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_damage_is_told(damage: Callable[[pikepdf.Pdf], None], words: str) -> None:
    numbered = List(tuple(ListItem((Paragraph((Text(t),), "list-number"),)) for t in "cd"), ordered=True)
    assert words in refusal(damaged(Paragraph((Text("Said."),)), numbered, by=damage))


SAMPLE_BYTES = write_pdf(replace(SAMPLE, blocks=SAMPLE.blocks[:6], notes=SAMPLE.notes[:3]), HOUSE, FONTS)


@given(places=st.lists(st.tuples(st.integers(0, len(SAMPLE_BYTES) - 1), st.integers(0, 255)), min_size=1, max_size=9))
def test_no_damage_is_a_crash(places: list[tuple[int, int]]) -> None:
    data = bytearray(SAMPLE_BYTES)
    for place, byte in places:
        data[place] = byte
    assert outcome(bytes(data)) in {"read", "pdf-unreadable"}


@given(end=st.integers(0, len(SAMPLE_BYTES)))
def test_a_file_cut_off_is_no_crash(end: int) -> None:
    assert outcome(SAMPLE_BYTES[:end]) in {"read", "pdf-unreadable"}


def outcome(data: bytes) -> str:
    try:
        read_pdf(data)
    except BriefingError as error:
        return error.diagnostics[0].rule
    return "read"

"""The PDF: what it says to a reader of its structure, where it breaks, and that it stays the same to the byte."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pikepdf import Name

from briefing import twins
from briefing.diagnostics import BriefingError
from briefing.document import (
    Block,
    BlockQuote,
    Box,
    Cell,
    Document,
    Emphasis,
    Heading,
    Inline,
    Inlines,
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
    Strong,
    Table,
    Text,
    walk_blocks,
)
from briefing.fonts import FontBook
from briefing.housestyle import HouseStyle
from briefing.readers.pdf import read_pdf
from briefing.shipped import shipped
from briefing.writers.pdf import write_pdf
from tests.house import HOUSE
from tests.pdf_pages import Page, pages
from tests.pdf_structure import faults
from tests.writers.sample_document import SAMPLE

FONTS = FontBook(HOUSE.families, [shipped("fonts")])
SENTENCE = "The harbour master counts the ships, and nobody else counts anything at all on this quay. "
MM = 72 / 25.4


def pdf(*blocks: Block, notes: int = 0, house: HouseStyle = HOUSE) -> bytes:
    """The PDF of some blocks under a title, with short notes."""
    title = Heading(1, (Text("Ice"),))
    short = tuple(Note(number, (Text(f"Gazette, ¶{number}."),)) for number in range(1, notes + 1))
    document = Document(Properties("Ice", "en", date(2024, 5, 3)), (title, *blocks), short, (), ())
    return write_pdf(document, house, FONTS)


def paragraph(words: str, style: str = "body-text") -> Paragraph:
    return Paragraph((Text(words),), style)


def filler(lines: int) -> tuple[Paragraph, ...]:
    """Paragraphs of one line each, 20 points high with the space after."""
    return tuple(paragraph(f"Line {number}.") for number in range(lines))


def cell(*blocks: Block, kind: str = "") -> Cell:
    return Cell(blocks, kind)


def table(*rows: tuple[Cell, ...], title: str = "Fees", style: str = "default") -> Table:
    head = Row(
        tuple(Cell((paragraph(f"Column {n}", "table-head"),), scope="column") for n in range(1, len(rows[0]) + 1))
    )
    return Table((head,), tuple(map(Row, rows)), (1,) * len(rows[0]), style, title)


def tall(lines: int, style: str = "table-text") -> Paragraph:
    """A paragraph of so many lines, each broken by hand."""
    content: list[Inline] = [Text("first")]
    for number in range(2, lines + 1):
        content += [LineBreak(), Text(f"line {number}")]
    return Paragraph(tuple(content), style)


def where(data: bytes, text: str) -> int:
    """The page, counted from 1, on which a text of the structure begins."""
    return next(number for number, page in enumerate(pages(data), 1) if text in page.text)


# -------------------------------------------------------------------------------------------------- what it says


def test_the_sample_has_no_fault() -> None:
    assert faults(write_pdf(SAMPLE, HOUSE, FONTS)) == []


def test_the_sample_reads_back_as_it_was_written() -> None:
    read = read_pdf(write_pdf(SAMPLE, HOUSE, FONTS))
    assert [piece.said for piece in twins.outline(read)] == [piece.said for piece in twins.outline(SAMPLE)]


def test_text_is_copied_as_the_true_characters() -> None:
    words = "Namazu 鯰博行 · 神 (U+FA19) · 葛\U000e0100 · “Đặng” ō · soft\u00adhyphen · 10\u00a0May"
    read = read_pdf(pdf(paragraph(words)))
    assert read.blocks[1] == Paragraph((Text(words),), "")


def test_only_marks_that_compose_are_composed() -> None:
    read = read_pdf(pdf(paragraph("e\u0301 \u1100\u1161 神")))
    assert read.blocks[1].content == (Text("é "), Span((Text("가"),), lang="ko"), Text(" 神"))  # type: ignore[union-attr]


def test_markup_is_only_text() -> None:
    words = '<b>a</b> & <img src="http://x.example/"/> </para> %s \\ ( ] {}'
    assert read_pdf(pdf(paragraph(words))).blocks[1] == Paragraph((Text(words),), "")


def test_a_note_is_read_right_after_the_block_that_cites_it_first() -> None:
    data = pdf(paragraph("Before."), Paragraph((Text("Said."), NoteMark(1))), paragraph("After."), notes=1)
    with pikepdf.open(BytesIO(data)) as opened:
        assert [str(kid.S)[1:] for kid in opened.Root.StructTreeRoot.K.K] == ["H1", "P", "P", "Note", "P"]


def test_mark_and_note_lead_to_each_other() -> None:
    data = pdf(*filler(50), Paragraph((Text("Said."), NoteMark(1))), Paragraph((Text("Again."), NoteMark(1))), notes=1)
    with pikepdf.open(BytesIO(data)) as opened:
        names = opened.Root.Names.Dests.Names
        places = {str(names[n]): names[n + 1] for n in range(0, len(names), 2)}
        links = [str(a.Dest) for page in opened.pages for a in page.obj.get("/Annots", [])]
        last = opened.pages[-1].obj.objgen
    assert links == ["note:1", "note:1", "mark:1"]
    assert places["note:1"][0].objgen == places["mark:1"][0].objgen == last
    assert float(places["mark:1"][3]) > float(places["note:1"][3])


def test_links_lead_to_the_block_and_to_the_web() -> None:
    data = pdf(
        Paragraph((Link((Text("see"),), "#fog"), Text(" "), Link((Text("web"),), "https://a.example/ü?b=(c)"))),
        Heading(2, (Text("Fog"),), "fog"),
    )
    read = read_pdf(data)
    content = read.blocks[1].content  # type: ignore[union-attr]
    assert content[0] == Link((Text("see"),), "#fog")
    assert content[2] == Link((Text("web"),), "https://a.example/%C3%BC?b=(c)")


def test_a_link_over_two_lines_has_an_area_for_each_and_a_short_one_only_its_own() -> None:
    def areas(words: str) -> tuple[list[float], list[float]]:
        with pikepdf.open(BytesIO(pdf(Paragraph((Link((Text(words),), "https://a.example/"),))))) as opened:
            (link,) = opened.pages[0].obj.Annots
            return [float(v) for v in link.Rect], [float(v) for v in link.get("/QuadPoints", [])]

    assert areas("short")[1] == []
    box, corners = areas(SENTENCE * 2)
    assert len(corners) > 8
    assert box == [min(corners[::2]), min(corners[1::2]), max(corners[::2]), max(corners[1::2])]
    assert corners[1] > corners[9], "the second line is below the first"


@pytest.mark.parametrize("words", ["plain (a\\b)", "“Gazette” – ¶2, 3\u00a0May", "부산 (Busan)"])
def test_what_is_told_of_a_link_is_its_text_without_ties_between_words(words: str) -> None:
    with pikepdf.open(BytesIO(pdf(Paragraph((Link((Text(words),), "https://a.example/"),))))) as opened:
        assert str(opened.pages[0].obj.Annots[0].Contents) == words.replace("\u00a0", " ")


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "ftp://x", "x.pdf", "#nowhere", ""])
def test_other_links_are_refused(target: str) -> None:
    with pytest.raises(BriefingError, match="link-target"):
        pdf(Paragraph((Link((Text("see"),), target),)))


def test_a_mark_without_its_note_and_a_note_without_a_mark_are_refused() -> None:
    with pytest.raises(BriefingError, match="note-missing"):
        pdf(Paragraph((Text("Said."), NoteMark(2))), notes=1)
    with pytest.raises(BriefingError, match=r"note 2 is cited nowhere.*note-uncited"):
        pdf(Paragraph((Text("Said."), NoteMark(1))), notes=2)


def test_headings_make_the_outline() -> None:
    data = pdf(Heading(2, (Text("Fog"),)), Heading(3, (Text("Morning (early) 아침"),)), Heading(2, (Text("Ice"),)))
    with pikepdf.open(BytesIO(data)) as opened, opened.open_outline() as outline:
        (root,) = outline.root
        assert [(entry.title, [child.title for child in entry.children]) for entry in root.children] == [
            ("Fog", ["Morning (early) 아침"]),
            ("Ice", []),
        ]


def test_a_file_says_what_it_is() -> None:
    with pikepdf.open(BytesIO(write_pdf(SAMPLE, HOUSE, FONTS, "Briefing 7"))) as opened:
        assert opened.docinfo["/Title"] == "Harbour fees: who pays"
        assert opened.docinfo["/Author"] == "Harbour desk"
        assert opened.docinfo["/CreationDate"] == "D:20240503000000Z"
        assert opened.docinfo["/Producer"] == opened.docinfo["/Creator"] == "Briefing 7"
        with opened.open_metadata() as xmp:
            assert xmp["dc:title"] == "Harbour fees: who pays"
            assert xmp["xmp:CreateDate"] == "2024-05-03T00:00:00Z"
            assert xmp["dc:description"] == "Fees & quays"


def test_a_character_that_nobody_draws_is_refused() -> None:
    with pytest.raises(BriefingError, match="glyph-missing"):
        pdf(paragraph("fine 😀"))


@pytest.mark.parametrize(("name", "width", "height"), [("A4", 595.28, 841.89), ("Letter", 612, 792)])
def test_the_sheet_is_as_asked(name: str, width: float, height: float) -> None:
    data = write_pdf(replace(SAMPLE, page=name), HOUSE, FONTS)
    first = pages(data)[0]
    assert (first.width, first.height) == pytest.approx((width, height), abs=0.3)
    assert read_pdf(data).page == name
    assert faults(data) == []


# ------------------------------------------------------------------------------------------------ what it looks like


def test_lists_have_their_labels_at_the_margin_and_their_text_indented() -> None:
    items = tuple(ListItem((paragraph(f"Item {n}", "list-number"),)) for n in (1, 2))
    (page,) = pages(pdf(List(items, ordered=True)))
    label, text = page.find("1 "), page.find("Item 1")
    assert (label.y, round(text.x - label.x, 2)) == (text.y, 14)


def test_a_label_wider_than_its_indent_pushes_its_line() -> None:
    items = tuple(ListItem((paragraph(f"Item {n} " + SENTENCE * 2, "list-number"),)) for n in range(1, 101))
    page = pages(pdf(List(items, ordered=True)))[-1]
    label, text = page.find("100 "), page.find("Item 100")
    assert text.x - label.x > 14
    following = next(line for line in page.lines if line.y < text.y and not line.kind)
    assert following.x - label.x == pytest.approx(14, abs=0.02)


@pytest.mark.parametrize("content", [(Span((Text("● "),), "sign"),), (Span((Text("●"),), "sign"), Text(" "))])
def test_the_word_after_a_sign_stands_eleven_points_from_it(content: Inlines) -> None:
    word = Link((Text("Opposes"),), "https://a.example/")  # whose rectangle tells where it stands
    data = pdf(Paragraph((*content, word), "cell-own"))
    (page,) = pages(data)
    with pikepdf.open(BytesIO(data)) as opened:
        (link,) = opened.pages[0].obj.Annots
        assert float(link.Rect[0]) - page.find("●").x == pytest.approx(11, abs=0.02)


def test_the_bar_of_paragraphs_of_one_style_runs_through_the_gap_between_them() -> None:
    lines = (paragraph("One.", "bottom-line"), paragraph("Two.", "bottom-line"), paragraph("Three.", "body-text"))
    (page,) = pages(pdf(*lines))
    upper, lower = (bar for bar in page.rectangles if bar[2] == 3)
    assert upper[1] == pytest.approx(lower[1] + lower[3], abs=0.01)


def test_three_short_notes_stand_on_a_line_and_a_long_one_takes_its_own() -> None:
    content = tuple(NoteMark(number) for number in range(1, 6))
    document = replace(
        SAMPLE,
        blocks=(Heading(1, (Text("Ice"),)), Paragraph((Text("Said."), *content))),
        notes=tuple(Note(n, (Text(SENTENCE * 2 if n == 4 else f"Short {n}."),)) for n in range(1, 6)),
    )
    (page,) = pages(write_pdf(document, HOUSE, FONTS))
    one, two, three, four, five = (
        page.find(text) for text in ("Short 1", "Short 2", "Short 3", "The harbour", "Short 5")
    )
    assert one.y == two.y == three.y
    assert two.x - one.x == pytest.approx(three.x - two.x) == pytest.approx(170 * MM / 3, abs=0.1)
    assert one.y > four.y > five.y
    assert one.x == four.x == five.x


def test_a_topic_stands_closer_to_its_sections_heading_than_to_other_text() -> None:
    page = pages(
        pdf(Heading(2, (Text("Fog"),)), Heading(3, (Text("Quay"),)), paragraph("Told."), Heading(3, (Text("Pier"),)))
    )[0]
    section, topic, body = (HOUSE.paragraphs[role] for role in ("heading-1", "heading-2", "body-text"))
    assert topic.before_under_heading is not None
    apart = page.find("Fog").y - page.find("Quay").y
    assert apart == pytest.approx(section.after + topic.before_under_heading + topic.leading, abs=0.01)
    apart = page.find("Told").y - page.find("Pier").y
    middle = (body.leading + topic.leading) / 2 + 0.32 * (topic.size - body.size)
    assert apart == pytest.approx(body.after + topic.before + middle, abs=0.01)


def test_header_and_footer_keep_five_millimetres_from_the_text() -> None:
    page = pages(write_pdf(SAMPLE, HOUSE, FONTS))[0]
    header, footer = (next(line for line in page.lines if line.kind == kind) for kind in ("Header", "Footer"))
    assert header.y == pytest.approx(page.height - 18 * MM, abs=0.1)
    assert footer.y < 16 * MM


def test_page_x_of_y_is_filled_in_on_every_page() -> None:
    footers = [
        "".join(line.text for line in page.lines if line.kind == "Footer")
        for page in pages(write_pdf(SAMPLE, HOUSE, FONTS))
    ]
    assert footers == [f"Page {number} of {len(footers)} TLP:AMBER" for number in range(1, len(footers) + 1)]


# ------------------------------------------------------------------------------------------------ where it breaks


def test_a_heading_stays_with_what_follows() -> None:
    for lines in range(30, 40):
        data = pdf(*filler(lines), Heading(4, (Text("Fog"),)), paragraph("In the morning. " + SENTENCE * 3))
        assert where(data, "Fog") == where(data, "In the morning")


def test_a_heading_does_not_begin_where_too_little_room_is_left() -> None:
    style = replace(HOUSE.paragraphs["heading-1"], break_room=200)
    house = replace(HOUSE, paragraphs={**HOUSE.paragraphs, "heading-1": style})
    for lines in range(20, 40):
        data = pdf(*filler(lines), Heading(2, (Text("Fog"),)), paragraph("Morning."), house=house)
        assert pages(data)[where(data, "Fog") - 1].find("Fog").y > 21 * MM + 180


def test_a_heading_may_ask_for_a_new_page() -> None:
    data = pdf(paragraph("Short."), Heading(2, (Text("Fog"),), new_page=True))
    assert (where(data, "Short"), where(data, "Fog"), len(pages(data))) == (1, 2, 2)


def test_two_lines_of_a_paragraph_stand_on_either_side_of_a_page_end() -> None:
    for lines in range(24, 36):
        data = pdf(*filler(lines), tall(6, "body-text"))
        parts = [sum(1 for line in page.lines if line.text.startswith(("first", "line "))) for page in pages(data)]
        assert sum(parts) == 6
        assert 1 not in parts


def test_a_box_of_sixty_millimetres_is_not_cut_and_a_taller_one_is() -> None:
    for lines in range(24, 36):
        small = pdf(*filler(lines), Box((tall(8, "judgement"),), "judgement"))
        assert where(small, "first") == where(small, "line 8")
    large = pdf(*filler(24), Box((tall(40, "judgement"),), "judgement"))
    assert where(large, "line 40") - where(large, "first") == 1
    frames = [[r for r in page.rectangles if r[3] > 50] for page in pages(large)]
    assert all(frames), "both parts are framed"


def test_a_row_of_sixty_millimetres_is_not_cut() -> None:
    for lines in range(20, 36):
        data = pdf(*filler(lines), table((cell(tall(12)), cell(paragraph("Beside.", "table-text")))))
        assert where(data, "first") == where(data, "line 12")


def test_a_taller_row_is_cut_with_three_lines_on_either_side() -> None:
    cut = 0
    for lines in range(20, 36):
        data = pdf(*filler(lines), table((cell(tall(30)), cell(tall(20)))))
        for column in (0, 1):
            parts = [lines_of(page, column) for page in pages(data)]
            assert sum(parts) == (30, 20)[column]
            assert not {1, 2} & set(parts)
            cut += sum(part > 0 for part in parts) > 1
    assert cut, "no row was cut: the test says nothing"


def lines_of(page: Page, column: int) -> int:
    left = 20 * MM + column * 85 * MM
    return sum(
        1
        for line in page.lines
        if not line.kind and left - 1 < line.x < left + 8 and line.size == 9 and "Col" not in line.text
    )


def test_a_speaker_stays_with_what_was_said() -> None:
    spoken = [
        b
        for n in range(8)
        for b in (paragraph(f"Speaker {n}", "speaker"), paragraph(f"Words {n}", "table-text"), tall(3))
    ]
    for lines in range(20, 36):
        data = pdf(*filler(lines), table((cell(*spoken),)))
        assert all(where(data, f"Speaker {n}") == where(data, f"Words {n}") for n in range(8))


def test_what_one_speaker_said_is_not_cut_up_to_sixty_millimetres() -> None:
    spoken = [
        b
        for n in range(6)
        for b in (paragraph(f"Speaker {n}", "speaker"), tall(4), paragraph(f"Quoted {n}", "cell-quote"))
    ]
    cut = set()
    for lines in range(20, 36):
        data = pdf(*filler(lines), table((cell(*spoken), cell(tall(30)))))
        assert all(where(data, f"Speaker {n}") == where(data, f"Quoted {n}") for n in range(6))
        cut.add(where(data, "Quoted 5") - where(data, "Speaker 0"))
    assert 1 in cut, "no row was cut: the test says nothing"


def test_a_long_speaker_line_is_not_cut_though_much_was_said() -> None:
    title = Paragraph(tuple(part for n in range(8) for part in (Text(f"title {n}"), LineBreak())), "speaker")
    for lines in range(14, 36):
        data = pdf(*filler(lines), table((cell(title, tall(30)), cell(tall(30)))))
        assert where(data, "title 0") == where(data, "title 7")


def test_a_table_begins_with_its_heading_its_head_and_its_first_row() -> None:
    for lines in range(24, 36):
        data = pdf(
            *filler(lines),
            Heading(3, (Text("Quay"),)),
            paragraph("Should it be paid?", "topic-line"),
            paragraph("Jointly.", "joint-line"),
            table((cell(tall(5)),), (cell(paragraph("Second row.", "table-text")),)),
        )
        assert where(data, "Quay") == where(data, "Jointly") == where(data, "Column 1") == where(data, "line 5")


def test_a_table_is_one_element_however_many_pages_and_its_head_is_repeated_as_an_artifact() -> None:
    rows = [(cell(paragraph(f"Row {n}", "table-text")), cell(tall(3))) for n in range(60)]
    data = pdf(table(*rows, title="Who pays"))
    drawn = pages(data)
    assert len(drawn) > 3
    heads = [[line.kind for line in page.lines if line.text == "Column 1"] for page in drawn]
    assert heads == [[""], *[["Artifact"]] * (len(drawn) - 1)]
    labels = ["Who pays (continued)" in [line.text for line in page.lines if line.kind] for page in drawn]
    assert labels == [False, *[True] * (len(drawn) - 1)]
    assert len([block for block in read_pdf(data).blocks if isinstance(block, Table)]) == 1
    assert faults(data) == []


def test_a_legend_keeps_with_the_last_row() -> None:
    for lines in range(24, 38):
        rows = [(cell(paragraph(f"Row {n}", "table-text")),) for n in range(3)]
        data = pdf(*filler(lines), table(*rows), paragraph("Signs.", "legend"))
        assert where(data, "Row 2") == where(data, "Signs.")


def test_a_note_stands_on_the_page_of_its_first_mark() -> None:
    blocks = [Paragraph((Text(f"Fact {n}. {SENTENCE}"), NoteMark(n))) for n in range(1, 60)]
    data = pdf(*blocks, notes=59)
    assert len(pages(data)) > 2
    assert all(where(data, f"Fact {n}.") == where(data, f"Gazette, ¶{n}.") for n in range(1, 60))


@pytest.mark.parametrize("before", ["is told.", "told on 3–", "鯰", "told “so far” "])
def test_marks_are_not_torn_from_what_they_stand_after_nor_from_each_other(before: str) -> None:
    marks = (NoteMark(1), NoteMark(2), NoteMark(3))
    for letters in range(60, 110):
        words = f"{'in ' * (letters // 3)}{'i' * (letters % 3)} {before}"
        page = pages(pdf(Paragraph((Text(words), *marks)), notes=3))[0]
        first = next(line.text for line in page.lines if "1,\xa02,\xa03" in line.text)
        assert first.strip() != "1,\xa02,\xa03"


def test_notes_in_cells_stand_on_the_page_of_the_row() -> None:
    rows = [(cell(Paragraph((Text(f"Fact {n}."), NoteMark(n)), "table-text"), tall(4)),) for n in range(1, 50)]
    data = pdf(table(*rows), notes=49)
    assert all(where(data, f"Fact {n}.") == where(data, f"Gazette, ¶{n}.") for n in range(1, 50))


def test_notes_at_a_foot_ascend_though_a_cut_row_cites_later_ones_first() -> None:
    """The beginning of the right cell stands on the page before the rest of the left one."""
    left, right = (
        [Paragraph((Text(f"Fact {n}. {SENTENCE}"), NoteMark(n)), "table-text") for n in numbers]
        for numbers in (range(1, 9), range(9, 17))
    )
    drawn = pages(pdf(*filler(26), table((cell(*left), cell(*right))), notes=16))
    cited = [sorted(int(n) for n in re.findall(r"Fact (\d+)\.", page.text)) for page in drawn]
    notes = [[line for line in page.lines if line.text.startswith("Gazette")] for page in drawn]
    assert max(cited[0]) > min(cited[1]), "the row is cut"
    for numbers, lines in zip(cited, notes, strict=True):
        in_place = sorted(lines, key=lambda line: (-line.y, line.x))
        assert [line.text for line in in_place] == [f"Gazette, ¶{n}." for n in numbers]


def test_notes_that_had_no_room_come_in_their_place() -> None:
    """First the rest of a note, though its number is higher than that of one cited on the page it goes on to."""
    contents = {1: "Left.", 2: f"Long. {SENTENCE * 40}", 3: "Right."}
    notes = tuple(Note(n, (Text(content),)) for n, content in contents.items())
    left = [*[tall(9) for _ in range(7)], Paragraph((Text("Late."), NoteMark(1)), "table-text")]
    right = [Paragraph((Text("Early."), NoteMark(2), NoteMark(3)), "table-text")]
    data = write_pdf(replace(SAMPLE, blocks=(table((cell(*left), cell(*right))),), notes=notes), HOUSE, FONTS)
    first, last = pages(data)
    assert "Early.2" in first.text
    assert "Late.1" in last.text
    assert last.text.endswith(f"{SENTENCE}1 Left.3 Right.")


def test_notes_take_two_fifths_of_a_page_at_most_and_the_rest_moves_on() -> None:
    notes = tuple(Note(n, (Text(f"Note {n}: {SENTENCE * 5}"),)) for n in range(1, 30))
    marks = tuple(NoteMark(n) for n in range(1, 30))
    data = write_pdf(replace(SAMPLE, blocks=(Heading(1, (Text("Ice"),)), Paragraph(marks)), notes=notes), HOUSE, FONTS)
    drawn = pages(data)
    assert len(drawn) > 2
    limit = 21 * MM + 0.4 * (297 - 44) * MM
    assert all(line.y < limit for page in drawn for line in page.lines if "Note" in line.text)
    assert [piece.text for piece in twins.outline(read_pdf(data)) if piece.kind.startswith("note")] == [
        "".join(part.text for part in note.content if isinstance(part, Text)).strip() for note in notes
    ]


def test_a_note_longer_than_a_page_goes_on() -> None:
    note = Note(1, (Text(SENTENCE * 120),))
    data = write_pdf(replace(SAMPLE, blocks=(Paragraph((Text("Said."), NoteMark(1))),), notes=(note,)), HOUSE, FONTS)
    assert read_pdf(data).notes == (Note(1, (Text(SENTENCE * 120),)),)


def test_a_cell_taller_than_a_page_goes_on() -> None:
    data = pdf(table((cell(*[tall(9, "cell-quote") for _ in range(20)]), cell(paragraph(SENTENCE * 90, "table-text")))))
    assert len(pages(data)) > 2
    assert faults(data) == []


def test_what_cannot_be_kept_together_on_any_page_is_let_go() -> None:
    data = pdf(*[paragraph(f"Kept {n}", "joint-line") for n in range(90)], table((cell(tall(3)),)))
    assert [where(data, f"Kept {n}") for n in (0, 89)] == [1, 3]


def test_a_wide_section_has_pages_of_its_own() -> None:
    data = pdf(paragraph("Upright."), Section((paragraph("Turned."),)), paragraph("Upright again."))
    assert [page.width > page.height for page in pages(data)] == [False, True, False]
    assert [where(data, text) for text in ("Upright.", "Turned.", "Upright again.")] == [1, 2, 3]


def test_a_word_wider_than_its_column_is_broken() -> None:
    address = "https://a.example/" + "x" * 200
    row = tuple(cell(paragraph(address, "table-text")) for _ in range(4))
    (page,) = pages(pdf(table(row)))
    assert max(line.x for line in page.lines) < 190 * MM
    assert page.text.count(address) == 4


def test_a_word_alone_in_its_cell_is_broken_too() -> None:
    row = tuple(cell(paragraph("x" * 60, "table-text")) for _ in range(4))
    (page,) = pages(pdf(table(row)))
    assert page.find("x").text != "x" * 60
    assert page.text.count("x" * 60) == 4


# ------------------------------------------------------------------------------------------- the same to the byte


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_pdf(SAMPLE, HOUSE, FONTS) == write_pdf(SAMPLE, HOUSE, FontBook(HOUSE.families, [shipped("fonts")]))


def test_another_document_has_another_identifier() -> None:
    identifiers = set()
    for words in ("One.", "Two."):
        with pikepdf.open(BytesIO(pdf(paragraph(words)))) as opened:
            identifiers.add(bytes(opened.trailer.ID[0]))
    assert len(identifiers) == 2


WRITE_SAMPLE = """
import hashlib
from briefing.fonts import FontBook
from briefing.shipped import shipped
from briefing.writers.pdf import write_pdf
from tests.house import HOUSE
from tests.writers.sample_document import SAMPLE
print(hashlib.sha256(write_pdf(SAMPLE, HOUSE, FontBook(HOUSE.families, [shipped("fonts")]))).hexdigest())
"""


def test_neither_hash_seed_nor_time_zone_nor_settings_of_reportlab_change_a_byte(tmp_path: Path) -> None:
    (tmp_path / ".reportlab_settings").write_text("useA85 = 1\npageCompression = 0\npdfMultiLine = 1\n")
    settings_of_reportlab = {"pdfComments": "1", "invariant": "0", "documentLang": "de", "defaultPageSize": "letter"}
    environment = {
        **os.environ,
        **{f"RL_{name}": value for name, value in settings_of_reportlab.items()},
        "HOME": str(tmp_path),
        "PYTHONHASHSEED": "5",
        "TZ": "Asia/Tokyo",
    }
    done = subprocess.run(
        [sys.executable, "-c", WRITE_SAMPLE], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(write_pdf(SAMPLE, HOUSE, FONTS)).hexdigest()


# ------------------------------------------------------------------------- random documents; damage that must be found

WORDS = st.lists(
    st.sampled_from(
        [
            "the",
            "quay",
            "“quoted”",
            "부산",
            "김건",
            "ふ頭",
            "鯰博行",
            "(early)",
            "10\u00a0May",
            "well-known",
            "●",
            "x" * 90,
        ]
    ),
    min_size=1,
    max_size=60,
).map(" ".join)
INLINES = st.lists(
    st.one_of(
        WORDS.map(Text),
        WORDS.map(lambda words: Strong((Text(words),))),
        WORDS.map(lambda words: Emphasis((Text(words), LineBreak(), Text(words[:9])))),
        WORDS.map(lambda words: Link((Text(words),), "https://a.example/")),
        WORDS.map(lambda words: Span((Text(words),), "verbatim")),
        st.integers(1, 9).map(NoteMark),
    ),
    min_size=1,
    max_size=5,
).map(tuple)


def paragraphs(*styles: str) -> st.SearchStrategy[Paragraph]:
    return st.builds(Paragraph, INLINES, st.sampled_from(styles))


PROSE = paragraphs("body-text", "bottom-line", "joint-line", "legend", "caption")
ITEMS = st.lists(paragraphs("list-bullet").map(lambda p: ListItem((p,))), min_size=1, max_size=4).map(tuple)
CELLS = st.builds(
    Cell,
    st.lists(paragraphs("table-text", "speaker", "cell-quote", "cell-own"), min_size=1, max_size=9).map(tuple),
    st.sampled_from(["", "own", "joint", "silent", "absent", "pending"]),
)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6).map(
    lambda rows: table(*rows, style="comparison")
)
BLOCKS = st.one_of(
    PROSE,
    TABLES,
    st.builds(Heading, st.just(2), INLINES, st.just(""), st.booleans()),
    st.builds(List, ITEMS, st.booleans()),
    st.lists(paragraphs("quote"), min_size=1, max_size=3).map(lambda inner: BlockQuote(tuple(inner))),
    st.lists(paragraphs("judgement"), min_size=1, max_size=6).map(lambda inner: Box(tuple(inner), "judgement")),
    st.lists(PROSE, min_size=1, max_size=4).map(lambda inner: Section(tuple(inner))),
)


def cited(blocks: tuple[Block, ...]) -> Document:
    """A document of blocks, with those of nine notes that they cite."""
    written = repr(tuple(walk_blocks(blocks)))
    notes = tuple(
        Note(n, (Text(SENTENCE * (n % 4)), Text(f"{n}."))) for n in range(1, 10) if f"NoteMark(note={n})" in written
    )
    footer: Inlines = (Text("Page "), PageNumber(), Text(" of "), PageCount())
    return Document(Properties("Ice", "en", date(2024, 5, 3)), (Heading(1, (Text("Ice"),)), *blocks), notes, (), footer)


def said(document: Document) -> list[tuple[str, str]]:
    """What a document says, piece by piece, without what the writer adds: languages, commas between note marks."""
    return [(piece.kind, piece.text.replace("], [note", "][note")) for piece in twins.outline(document)]


@settings(max_examples=40)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=12).map(tuple))
def test_any_document_is_without_fault_reads_back_and_stays_inside_its_margins(blocks: tuple[Block, ...]) -> None:
    document = cited(blocks)
    data = write_pdf(document, HOUSE, FONTS)
    assert faults(data) == []
    assert said(read_pdf(data)) == said(document)
    for page in pages(data):
        for line in page.lines:
            assert 20 * MM - 1 < line.x < page.width - 20 * MM
            assert line.kind or 21 * MM < line.y < page.height - 23 * MM


def first(opened: pikepdf.Pdf, tag: str) -> pikepdf.Object:
    """The first element of a type."""
    todo = [opened.Root.StructTreeRoot.K]
    while todo:
        element = todo.pop(0)
        if str(element.S) == f"/{tag}":
            return element
        todo = [kid for kid in element.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid] + todo
    raise LookupError(tag)


def rewrite(old: bytes, new: bytes, page: int = 0) -> Callable[[pikepdf.Pdf], None]:
    """Damage a page's content."""

    def damage(opened: pikepdf.Pdf) -> None:
        content = opened.pages[page].Contents.read_bytes()
        assert old in content
        opened.pages[page].Contents = opened.make_stream(content.replace(old, new, 1))

    return damage


def remove(key: str, find: Callable[[pikepdf.Pdf], pikepdf.Object]) -> Callable[[pikepdf.Pdf], None]:
    def damage(opened: pikepdf.Pdf) -> None:
        del find(opened)[key]

    return damage


def change(key: str, value: object, find: Callable[[pikepdf.Pdf], pikepdf.Object]) -> Callable[[pikepdf.Pdf], None]:
    def damage(opened: pikepdf.Pdf) -> None:
        find(opened)[key] = value

    return damage


def a_font(opened: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(opened.pages[0].Resources.Font.values()))


def a_link(opened: pikepdf.Pdf) -> pikepdf.Object:
    return opened.pages[0].Annots[0]


def swap_parents(opened: pikepdf.Pdf) -> None:
    entries = opened.Root.StructTreeRoot.ParentTree.Nums[1]
    entries[0] = entries[3]


def use_twice(opened: pikepdf.Pdf) -> None:
    heading, kicker = first(opened, "H1"), first(opened, "P")
    heading.K = kicker.K


def lose_annotation(opened: pikepdf.Pdf) -> None:
    link = first(opened, "Link")
    link.K = pikepdf.Array([kid for kid in link.K if not isinstance(kid, pikepdf.Dictionary)])


def same_note_twice(opened: pikepdf.Pdf) -> None:
    note = first(opened, "Note")
    note.P.K.append(opened.make_indirect(pikepdf.Dictionary(S=Name.Note, P=note.P, ID=note.ID)))


def text_in_table(opened: pikepdf.Pdf) -> None:
    table = first(opened, "Table")
    table.Pg, table.K = opened.pages[0].obj, pikepdf.Array([0])


def root(opened: pikepdf.Pdf) -> pikepdf.Object:
    return opened.Root


def element(tag: str) -> Callable[[pikepdf.Pdf], pikepdf.Object]:
    return lambda opened: first(opened, tag)


def page_of(opened: pikepdf.Pdf) -> pikepdf.Object:
    return opened.pages[0].obj


def rewrite_metadata(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def damage(opened: pikepdf.Pdf) -> None:
        opened.Root.Metadata = opened.make_stream(opened.Root.Metadata.read_bytes().replace(old, new))

    return damage


DAMAGE: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "not tagged": (remove("/StructTreeRoot", root), "there is no structure tree"),
    "tagged unsaid": (remove("/MarkInfo", root), "does not say that it is tagged"),
    "no language": (remove("/Lang", root), "no language"),
    "title hidden": (remove("/ViewerPreferences", root), "show the title"),
    "no profile": (remove("/OutputIntents", root), "no output intent"),
    "no metadata": (remove("/Metadata", root), "the metadata lack: title"),
    "not UA": (rewrite_metadata(b"<pdfuaid:part>1", b"<pdfuaid:part>9"), "the metadata lack: PDF/UA-1"),
    "not A-3": (rewrite_metadata(b"<pdfaid:part>3", b"<pdfaid:part>1"), "the metadata lack: PDF/A-3"),
    "not level A": (rewrite_metadata(b"conformance>A", b"conformance>B"), "the metadata lack: level A"),
    "undescribed": (rewrite_metadata(b"prefix>pdfuaid", b"prefix>other"), "the metadata lack: description"),
    "unknown type": (change("/S", Name.Sidebar, element("P")), "Sidebar is no standard type"),
    "item as paragraph": (change("/S", Name.P, element("LI")), "L holds P"),
    "cell as paragraph": (change("/S", Name.P, element("TD")), "TR holds P"),
    "head cell outside": (change("/S", Name.TH, element("H2")), "TH stands in Document"),
    "wrong parent": (change("/P", Name.Nobody, element("H2")), "H2 names the wrong parent"),
    "skipped heading": (change("/S", Name.H4, element("H2")), "H4 follows H1"),
    "no scope": (remove("/A", element("TH")), "TH has no scope"),
    "no summary": (remove("/A", element("Table")), "Table has no summary"),
    "no note ID": (remove("/ID", element("Note")), "Note has no ID"),
    "one note ID twice": (same_note_twice, "two Notes have one ID"),
    "link without annotation": (lose_annotation, "a Link has no annotation"),
    "wrong ParentTree": (swap_parents, "the ParentTree does not lead from content 0"),
    "content used twice": (use_twice, "is used twice"),
    "text in a table": (text_in_table, "Table holds text directly"),
    "text on no page": (change("/K", pikepdf.Array([0]), element("Table")), "content of Table is on no page"),
    "no tab order": (remove("/Tabs", page_of), "the tab order"),
    "untagged text": (rewrite(b"/P <</MCID 0>> BDC", b"/P BMC"), "neither content nor an artifact"),
    "untagged graphics": (rewrite(b"/Artifact BMC", b"/Nothing BMC"), "neither content nor an artifact"),
    "text not in the tree": (rewrite(b"<</MCID 0>>", b"<</MCID 900>>"), "content 900 is not in the structure"),
    "tree without text": (rewrite(b"<</MCID 0>>", b"<</MCID 900>>"), "refers to content 0, which is not drawn"),
    "content in content": (
        rewrite(b"/Artifact BMC", b"/P <</MCID 901>> BDC /P <</MCID 902>> BDC"),
        "stands in other content",
    ),
    "content drawn twice": (rewrite(b"<</MCID 1>>", b"<</MCID 0>>"), "content 0 is drawn twice"),
    "not closed": (rewrite(b"/Artifact BMC", b"/P BMC /Artifact BMC"), "marked content is not closed"),
    "annotation astray": (change("/K", pikepdf.Array(), element("Reference")), "an annotation is not in the structure"),
    "annotation of a span": (change("/S", Name.Span, element("Link")), "a link annotation belongs to Span"),
    "annotation to elsewhere": (change("/StructParent", 0, a_link), "does not lead from an annotation"),
    "silent annotation": (remove("/Contents", a_link), "does not say where it leads"),
    "unprinted annotation": (change("/F", 0, a_link), "is not printed"),
    "no ToUnicode": (remove("/ToUnicode", a_font), "has no character"),
    "not embedded": (remove("/FontFile2", lambda o: a_font(o).DescendantFonts[0].FontDescriptor), "is not embedded"),
    "no glyph map": (remove("/CIDToGIDMap", lambda o: a_font(o).DescendantFonts[0]), "which glyph a code shows"),
    "notdef": (rewrite(b"(\0\1", b"(\0\0"), "shows .notdef"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_the_checker_finds_every_damage(name: str) -> None:
    damage, fault = DAMAGE[name]
    with pikepdf.open(BytesIO(write_pdf(SAMPLE, HOUSE, FONTS))) as opened:
        damage(opened)
        saved = BytesIO()
        opened.save(saved)
    assert any(fault in found for found in faults(saved.getvalue())), name

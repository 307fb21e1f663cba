"""The Word file: what it says, the names its looks have, and that it stays the same to the byte."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import _Element as Element
from msgspec.structs import replace

from briefing import twins
from briefing.anchor import Anchor, bookmark_name, paragraph_id
from briefing.diagnostics import BriefingError
from briefing.document import (
    Block,
    Box,
    Cell,
    Document,
    Field,
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
    plain_text,
)
from briefing.opc import read_package
from briefing.readers.docx import read_docx
from briefing.writers.docx import write_docx
from tests.docx_lint import lint, q, val
from tests.house import HOUSE
from tests.writers.sample_document import SAMPLE

PROPERTIES = Properties("Ice", "en", date(2024, 5, 3))


def document(*blocks: Block, notes: tuple[Note, ...] = (), header: Inlines = ()) -> Document:
    return Document(PROPERTIES, blocks, notes, header, ())


def paragraph(*content: Inline, style: str = "body-text") -> Paragraph:
    return Paragraph(content, style)


def words(text: str, style: str = "body-text") -> Paragraph:
    return Paragraph((Text(text),), style)


def parts(given_document: Document) -> dict[str, Element]:
    package = read_package(write_docx(given_document, HOUSE))
    return {name: etree.fromstring(part) for name, part in package.items()}


def body(*blocks: Block, notes: tuple[Note, ...] = ()) -> Element:
    found = parts(document(*blocks, notes=notes))["word/document.xml"].find(q("body"))
    assert found is not None
    return found


def source(element: Element) -> str:
    """An element as it is written, without the names of the schemas."""
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(element, encoding="unicode"))


def run_of(root: Element, text: str) -> str:
    """The properties of the run that holds this text."""
    run = next(run for run in root.iter(q("r")) if "".join(t.text or "" for t in run.iter(q("t"))) == text)
    properties = run.find(q("rPr"))
    return "" if properties is None else source(properties)


def styles() -> dict[str, Element]:
    """The styles by the name Word shows."""
    return {val(style, "name"): style for style in parts(document())["word/styles.xml"].iter(q("style"))}


def cell(text: str, kind: str = "", scope: str = "") -> Cell:
    return Cell((words(text, "table-text"),), kind, scope)


def table(*rows: tuple[Cell, ...], widths: tuple[float, ...] = (1, 1), style: str = "default") -> Table:
    head = Row(tuple(Cell((words(f"Head {n}", "table-head"),), scope="column") for n, _ in enumerate(widths)))
    return Table((head,), tuple(map(Row, rows)), widths, style, "Fees")


# ------------------------------------------------------------------------------------------------- the whole document


def test_says_what_the_document_says() -> None:
    assert twins.compare(SAMPLE, read_docx(write_docx(SAMPLE, HOUSE))) == ()


def test_has_no_fault() -> None:
    assert lint(write_docx(SAMPLE, HOUSE)) == []


def test_an_empty_document_has_no_fault_either() -> None:
    assert lint(write_docx(document(), HOUSE)) == []


def test_holds_these_parts_and_no_others() -> None:
    names = set(read_package(write_docx(SAMPLE, HOUSE)))
    looks = {"styles", "numbering", "settings", "fontTable", "theme"}
    texts = {"document", "footnotes", "endnotes", "header", "footer"}
    assert names == {
        "[Content_Types].xml",
        "_rels/.rels",
        *(f"word/{name}.xml" for name in looks | texts),
        *(f"word/_rels/{name}.xml.rels" for name in ("document", "footnotes")),
        *(f"docProps/{name}.xml" for name in ("core", "app", "custom")),
    }


def test_another_library_reads_the_same() -> None:
    word = docx.Document(io.BytesIO(write_docx(SAMPLE, HOUSE)))
    headings = [p.text for p in word.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [plain_text(b.content) for b in _all(SAMPLE) if isinstance(b, Heading) and b.level == 2]
    assert word.core_properties.title == "Harbour fees: who pays"


def _all(tree: Document) -> tuple[Block, ...]:
    return tuple(inner for block in tree.blocks for inner in (block.blocks if isinstance(block, Section) else (block,)))


WRITE_AND_HASH = """
import hashlib
from briefing.writers.docx import write_docx
from tests.house import HOUSE
from tests.writers.sample_document import SAMPLE
print(hashlib.sha256(write_docx(SAMPLE, HOUSE)).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "1"])
def test_is_the_same_to_the_byte_in_every_run(seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Seoul"}
    made = subprocess.run([sys.executable, "-c", WRITE_AND_HASH], env=environment, capture_output=True, check=True)
    assert made.stdout.decode().strip() == hashlib.sha256(write_docx(SAMPLE, HOUSE)).hexdigest()


def test_what_was_written_before_leaves_no_trace() -> None:
    """Looks are kept for the next brief; another colour, language or place of a style makes another look."""
    speaker = words("Kari Nord", "speaker")
    red = replace(HOUSE.paragraphs["speaker"], color="AA0000")
    asked = [
        (document(speaker), HOUSE),
        (document(speaker), replace(HOUSE, paragraphs={**HOUSE.paragraphs, "speaker": red})),
        (replace(document(speaker), properties=replace(PROPERTIES, language="de")), HOUSE),
        (document(table((Cell((speaker,)), cell("x")))), HOUSE),
    ]
    first = [write_docx(*each) for each in asked]
    assert len({read_package(data)["word/styles.xml"] for data in first}) == len(asked)
    assert [write_docx(*each) for each in reversed(asked)] == first[::-1]


# --------------------------------------------------------------------------------------------------------------- text


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Cf", "Zl", "Zp", "Zs"]), min_size=1))
def test_text_comes_back_as_it_was(text: str) -> None:
    read = read_docx(write_docx(document(words(text)), HOUSE))
    assert plain_text(read.blocks[0].content) == text if isinstance(read.blocks[0], Paragraph) else not text


@pytest.mark.parametrize("text", ["a < b & c > d", "<b>bold</b>", "{DDEAUTO c:\\\\x}", "]]>", '"quoted"', "&amp;"])
def test_text_is_never_markup(text: str) -> None:
    written = body(words(text))
    assert [t.text for t in written.iter(q("t"))] == [text]
    assert not list(written.iter(q("instrText")))


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x9fb", "a\ud800b", "a\u202eb", "a\ufffeb"])
def test_what_may_not_stand_in_text_is_seen(text: str) -> None:
    assert [t.text for t in body(words(text)).iter(q("t"))] == ["a\ufffdb"]


def test_the_title_of_a_table_is_never_markup() -> None:
    written = body(replace(table((cell("a"), cell("b"))), title='Fees "&" <quays>\x00\ttold'))
    assert val(written, "tbl/tblPr/tblCaption") == 'Fees "&" <quays>\ufffd\ttold'


def test_blanks_at_the_ends_of_a_run_stay() -> None:
    written = body(paragraph(Text("one "), Strong((Text("two"),)), Text(" three")))
    assert [t.text for t in written.iter(q("t"))] == ["one ", "two", " three"]
    assert [t.get("{http://www.w3.org/XML/1998/namespace}space") for t in written.iter(q("t"))] == [
        "preserve",
        None,
        "preserve",
    ]


# ------------------------------------------------------------------------------------------------------------- styles


@pytest.mark.parametrize("name", ["Title", "heading 1", "List Bullet", "caption", "footnote text", "Strong", "header"])
def test_words_own_names_are_no_styles_of_ours(name: str) -> None:
    assert val(styles()[name], attribute="customStyle") == ""


@pytest.mark.parametrize(
    "name", ["Bottom Line", "Speaker", "Cell Silent", "Handling Mark Amber", "Lang Korean", "Brief Table"]
)
def test_other_names_are_styles_of_ours(name: str) -> None:
    assert val(styles()[name], attribute="customStyle") == "1"


@pytest.mark.parametrize(("level", "name"), [(1, "Title"), (2, "heading 1"), (3, "heading 2"), (4, "heading 3")])
def test_headings_have_words_own_styles(level: int, name: str) -> None:
    written = body(Heading(level, (Text("Ice"),)))
    assert val(written, "p/pPr/pStyle") == val(styles()[name], attribute="styleId")


def test_the_body_looks_by_its_styles_alone() -> None:
    """What a run may say itself: its style, its language, and bold or italic where two styles would cancel out."""
    root = parts(SAMPLE)["word/document.xml"]
    said = {etree.QName(said).localname for properties in root.iter(q("rPr")) for said in properties}
    assert said <= {"rStyle", "rFonts", "lang", "b", "bCs", "i", "iCs"}
    assert all(set(fonts.attrib) <= {q("hint"), q("eastAsia")} for fonts in root.iter(q("rFonts")))


def test_a_style_says_what_the_house_says() -> None:
    heading = styles()["heading 1"]
    assert val(heading, "rPr/color") == "17495A"
    assert val(heading, "rPr/sz") == "24"
    assert val(heading, "pPr/spacing", "before") == str(round(20 * HOUSE.paragraphs["heading-1"].before))
    assert val(heading, "pPr/spacing", "line") == str(round(20 * HOUSE.paragraphs["heading-1"].leading))
    assert val(heading, "pPr/spacing", "lineRule") == "exact"
    assert val(heading, "pPr/pBdr/top", "sz") == "12"
    assert val(heading, "pPr/outlineLvl") == "0"


def test_a_bar_stands_outside_the_indent() -> None:
    style = styles()["Bottom Line"]
    assert (val(style, "pPr/ind", "left"), val(style, "pPr/pBdr/left", "sz")) == ("240", "24")
    assert val(style, "pPr/pBdr/left", "space") == "9"
    assert val(styles()["Joint Line"], "pPr/pBdr/left") == "double"


# Word makes bold on bold regular (17.7.3): where the house means bold, or regular inside bold, the run says so itself.
@pytest.mark.parametrize(
    ("style", "span", "says"),
    [
        ("body-text", Strong((Text("x"),)), ""),
        ("cell-own", Strong((Text("x"),)), "<w:b/>"),
        ("cell-own", Span((Text("x"),), "detail"), '<w:b w:val="0"/>'),
        ("judgement", Span((Text("x"),), "note-mark"), '<w:i w:val="0"/>'),
        ("body-text", Span((Text("x"),), "detail"), ""),
    ],
)
def test_bold_means_bold(style: str, span: Inline, says: str) -> None:
    found = re.findall("<w:[bi](?: [^>]*)?/>", run_of(body(paragraph(span, style=style)), "x"))
    assert found == ([says] if says else [])


def test_of_two_styles_on_a_run_the_inner_is_named_and_the_outer_added() -> None:
    written = body(paragraph(Strong((Span((Text("x"),), "verbatim"),)), style="speaker"))
    assert run_of(written, "x").startswith('<w:rPr><w:rStyle w:val="Verbatim"/><w:b/>')


def test_a_sign_ends_in_a_tab_where_its_paragraph_has_a_stop() -> None:
    sign = Span((Text("● "),), "sign")
    written = body(paragraph(sign, Text("Supports"), style="cell-own"), paragraph(sign, Text("speaks"), style="legend"))
    in_cell, in_legend = (
        [etree.QName(piece).localname for piece in p.iter(q("t"), q("tab"))] for p in written.iter(q("p"))
    )
    assert in_cell == ["t", "tab", "t"]
    assert in_legend == ["t", "t"]
    assert val(styles()["Cell Own"], "pPr/tabs/tab", "pos") == "220"


def test_a_sign_without_a_blank_at_its_end_gets_none() -> None:
    read = read_docx(write_docx(document(paragraph(Span((Text("●"),), "sign"), Text("x"), style="cell-own")), HOUSE))
    assert read.blocks == (Paragraph((Text("●x"),), ""),)


def test_the_handling_mark_stands_on_its_ground() -> None:
    header = parts(SAMPLE)["word/header.xml"]
    assert '"HandlingMarkAmber"' in run_of(header, "\u00a0TLP:AMBER\u00a0")
    style = styles()["Handling Mark Amber"]
    assert (val(style, "rPr/shd", "fill"), val(style, "rPr/color"), val(style, "rPr/sz")) == ("000000", "FFC000", "24")


# ---------------------------------------------------------------------------------------------------------- languages


@pytest.mark.parametrize(("text", "style"), [("부두", "LangKorean"), ("ふ頭", "LangJapanese")])
def test_scripts_only_one_language_has_are_in_it(text: str, style: str) -> None:
    said = run_of(body(words(f"A quay, {text}, old")), text)
    assert said == f'<w:rPr><w:rStyle w:val="{style}"/><w:rFonts w:hint="eastAsia"/></w:rPr>'


def test_characters_two_languages_share_are_in_the_language_that_is_said() -> None:
    written = body(paragraph(Span((Text("埠"),), lang="ja"), Text("頭")))
    assert "LangJapanese" in run_of(written, "埠")
    assert run_of(written, "頭") == ""


def test_a_language_and_a_style_go_together() -> None:
    said = run_of(body(paragraph(Span((Text("카리"),), "native", "ko"), style="speaker")), "카리")
    assert '<w:rStyle w:val="NativeName"/>' in said
    assert 'w:hint="eastAsia" w:eastAsia="Malgun Gothic"' in said
    assert '<w:lang w:val="ko-KR" w:eastAsia="ko-KR"/>' in said


@pytest.mark.parametrize(
    ("language", "latin", "east_asian"),
    [("en-GB", "en-GB", "ko-KR"), ("ko", "en-US", "ko-KR"), ("ja", "en-US", "ja-JP")],
)
def test_latin_words_are_of_a_latin_language_whatever_the_brief_is_in(
    language: str, latin: str, east_asian: str
) -> None:
    made = parts(replace(document(paragraph(Text("x"))), properties=replace(PROPERTIES, language=language)))
    (defaults,) = made["word/styles.xml"].iter(q("docDefaults"))
    (said,) = defaults.iter(q("lang"))
    (theme,) = made["word/settings.xml"].iter(q("themeFontLang"))
    for element in (said, theme):
        assert (element.get(q("val")), element.get(q("eastAsia"))) == (latin, east_asian)


def test_korean_is_never_italic() -> None:
    said = run_of(body(paragraph(Text("Silence, "), Span((Text("침묵"),), lang="ko"), style="judgement")), "침묵")
    assert '<w:i w:val="0"/>' in said


# ------------------------------------------------------------------------------------------------ notes, links, fields


def notes(count: int) -> tuple[Note, ...]:
    return tuple(Note(number, (Text(f"Gazette, ¶{number}."),)) for number in range(1, count + 1))


def test_the_first_mark_of_a_note_is_words_own_and_later_ones_refer_to_it() -> None:
    written = body(paragraph(NoteMark(1), NoteMark(2), NoteMark(1)), notes=notes(2))
    assert [val(mark, attribute="id") for mark in written.iter(q("footnoteReference"))] == ["1", "2"]
    assert [code.text for code in written.iter(q("instrText"))] == [r" NOTEREF _Note_1 \f \h "]
    assert run_of(written, "1") == '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'


def test_notes_in_cells_are_notes_as_well() -> None:
    written = body(table((Cell((paragraph(NoteMark(1), style="table-text"),)), cell("x"))), notes=notes(1))
    assert len(list(written.iter(q("footnoteReference")))) == 1


def test_word_would_number_notes_another_way() -> None:
    with pytest.raises(ValueError, match="note 2 is cited before note 1"):
        write_docx(document(paragraph(NoteMark(2), NoteMark(1)), notes=notes(2)), HOUSE)


def test_a_note_nobody_cites_would_be_lost() -> None:
    with pytest.raises(ValueError, match="2 notes, of which the text cites 1"):
        write_docx(document(paragraph(NoteMark(1)), notes=notes(2)), HOUSE)


def test_a_link_leads_to_the_bookmark_of_its_block() -> None:
    written = body(paragraph(Link((Text("see"),), "#quay")), Heading(2, (Text("Quay"),), "quay"))
    link = next(written.iter(q("hyperlink")))
    assert val(link, attribute="anchor") == val(written[1], "bookmarkStart", "name")


@pytest.mark.parametrize(
    "address", ["https://gazette.example/a?b=c&d=e", "http://gazette.example", "mailto:desk@mfa.example"]
)
def test_a_link_leads_outside_by_a_relationship(address: str) -> None:
    relationships = parts(document(paragraph(Link((Text("x"),), address))))["word/_rels/document.xml.rels"]
    assert address in {relationship.get("Target") for relationship in relationships}


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\share", "data:text/html,x", "https://a b", "https://"],
)
def test_other_links_are_refused(address: str) -> None:
    with pytest.raises(BriefingError, match="link-target"):
        write_docx(document(paragraph(Link((Text("x"),), address))), HOUSE)


def field(text: str, path: str) -> Field:
    return Field((Text(text),), Anchor("harbour.yaml", path, "prose"))


def test_a_field_carries_its_anchor() -> None:
    written = body(paragraph(Text("By "), field("Kari Nord", "people/nord/name")))
    key = "harbour.yaml#people/nord/name"
    assert val(written, "p/bookmarkStart", "name") == bookmark_name(key)
    assert val(written, "p", "w14:paraId") == paragraph_id(bookmark_name(key))
    marked = source(written[0])
    assert marked.index("bookmarkStart") < marked.index("Kari Nord") < marked.index("bookmarkEnd")


def test_a_field_printed_again_is_another_occurrence() -> None:
    key = "harbour.yaml#title"
    written = body(paragraph(field("Fees", "title")), paragraph(field("Fees", "title"), field("Fees", "title")))
    names = [val(mark, attribute="name") for mark in written.iter(q("bookmarkStart"))]
    assert names == [bookmark_name(key, occurrence) for occurrence in (1, 2, 3)]
    assert [val(p, attribute="w14:paraId") for p in written.iter(q("p"))] == [
        paragraph_id(bookmark_name(key, 1)),
        paragraph_id(bookmark_name(key, 2)),
    ]


def test_the_title_is_first_where_it_is_read_first() -> None:
    title = field("Fees", "title")
    made = parts(replace(document(Heading(1, (title,))), header=(title,)))
    assert val(made["word/document.xml"], "body/p/bookmarkStart", "name") == bookmark_name("harbour.yaml#title", 1)
    assert val(made["word/header.xml"], "p/bookmarkStart", "name") == bookmark_name("harbour.yaml#title", 2)


def test_header_and_footer_count_pages() -> None:
    made = parts(replace(document(), header=(Text("Page "), PageNumber(), Text(" of "), PageCount())))
    assert [code.text for code in made["word/header.xml"].iter(q("instrText"))] == [" PAGE ", " NUMPAGES "]


# -------------------------------------------------------------------------------------------------------------- blocks


def items(*texts: str, style: str = "list-number") -> tuple[ListItem, ...]:
    return tuple(ListItem((words(text, style),)) for text in texts)


def test_every_numbered_list_counts_from_one() -> None:
    made = parts(document(List(items("a", "b"), ordered=True), List(items("c"), ordered=True)))
    first, second, third = (val(p, "pPr/numPr/numId") for p in made["word/document.xml"].iter(q("p")))
    assert first == second != third
    restarted = {
        val(n, attribute="numId"): val(n, "lvlOverride/startOverride")
        for n in made["word/numbering.xml"].iter(q("num"))
    }
    assert (restarted[first], restarted[third]) == ("1", "1")


def test_bullets_are_the_styles_own() -> None:
    written = body(List(items("a", style="list-bullet")))
    assert written.find(f"{q('p')}/{q('pPr')}/{q('numPr')}") is None
    assert val(styles()["List Bullet"], "pPr/numPr/numId") != ""


def test_a_list_in_a_list_stands_deeper() -> None:
    written = body(List((ListItem((words("a", "list-bullet"), List(items("b", style="list-bullet")))),)))
    assert val(written[1], "pPr/numPr/ilvl") == "1"


def test_an_items_second_paragraph_has_no_number() -> None:
    written = body(List((ListItem((words("a", "list-number"), words("more", "list-number"))),), ordered=True))
    assert val(written[1], "pPr/numPr/numId") == "0"
    assert val(written[1], "pPr/ind", "left") == "280"


def test_the_spaces_between_two_paragraphs_add_up() -> None:
    setting = parts(document())["word/settings.xml"].find(f"{q('compat')}/{q('doNotUseHTMLParagraphAutoSpacing')}")
    assert setting is not None


def test_the_styles_of_a_box_have_the_same_frame_so_that_word_draws_one() -> None:
    frames = {
        tuple(source(part) for part in style.iter(q("pBdr"), q("shd"), q("ind")))
        for name, style in styles().items()
        if name in {"Judgement", "Judgement Label", "Recommendation"}
    }
    assert len(frames) == 1
    assert len(frames.pop()) == 3


def test_a_box_stands_apart_and_together() -> None:
    written = body(Box((words("Our judgement", "judgement-label"), words("Likely.", "judgement")), "judgement"))
    assert val(written[0], "pPr/spacing", "before") == str(round(20 * HOUSE.boxes["judgement"].before))
    assert written[0].find(f"{q('pPr')}/{q('keepNext')}") is not None
    assert written[1].find(f"{q('pPr')}/{q('keepNext')}") is None


def test_what_a_paragraph_is_given_stands_in_the_order_of_the_schema() -> None:
    """The box first gives it its space, then keeps it with the next: Word wants that the other way round."""
    written = body(Box((words("Our judgement", "judgement-label"), words("Likely.", "judgement")), "judgement"))
    properties = written[0].find(q("pPr"))
    assert properties is not None
    assert [etree.QName(given).localname for given in properties] == ["pStyle", "keepNext", "spacing"]


def test_a_topic_stands_closer_to_its_sections_heading_than_to_other_text() -> None:
    written = body(Heading(2, (Text("Fog"),)), Heading(3, (Text("Quay"),)), words("Told."), Heading(3, (Text("Pier"),)))
    closer = HOUSE.paragraphs["heading-2"].before_under_heading
    assert closer
    assert [val(heading, "pPr/spacing", "before") for heading in list(written)[:4]] == ["", f"{20 * closer:g}", "", ""]


def test_a_heading_may_begin_a_page() -> None:
    written = body(words("x"), Heading(2, (Text("Ice"),), new_page=True))
    assert written[1].find(f"{q('pPr')}/{q('pageBreakBefore')}") is not None


# ------------------------------------------------------------------------------------------------------------- tables


def test_columns_part_the_text_width_by_their_shares() -> None:
    written = body(table((cell("a"), cell("b"), cell("c"), cell("d"), cell("e")), widths=(32, 38, 38, 38, 24)))
    assert [int(val(column, attribute="w")) for column in written.iter(q("gridCol"))] == [1814, 2155, 2154, 2154, 1361]
    assert val(written, "tbl/tblPr/tblW", "w") == "9638"
    assert val(written, "tbl/tblPr/tblLayout", "type") == "fixed"


def test_short_rows_stay_whole_and_tall_ones_split() -> None:
    written = body(table((cell("short"), cell("x")), (cell("tall " * 200), cell("x"))))
    whole = [row.find(f"{q('trPr')}/{q('cantSplit')}") is not None for row in written.iter(q("tr"))]
    assert whole == [True, True, False]


def test_a_row_with_lines_broken_by_hand_or_wide_letters_is_tall_too() -> None:
    broken = Cell((Paragraph(tuple(part for _ in range(15) for part in (Text("x"), LineBreak())), "table-text"),))
    written = body(table((broken, cell("x")), (cell("말" * 440), cell("x")), (cell("m" * 440), cell("x"))))
    whole = [row.find(f"{q('trPr')}/{q('cantSplit')}") is not None for row in written.iter(q("tr"))]
    assert whole == [True, False, False, True]


def test_a_tall_row_splits_between_paragraphs_and_not_after_a_speaker() -> None:
    said = (words("Supports", "cell-own"), words("Kari Nord", "speaker"), words("so " * 400, "table-text"))
    tall, short = body(table((Cell(said), cell("x")), (Cell(said[:2]), cell("x"))))[0].findall(q("tr"))[1:]
    assert [holds(paragraph, "keepLines") for paragraph in tall.iter(q("p"))] == [True] * 4
    assert [holds(paragraph, "keepNext") for paragraph in tall.iter(q("p"))] == [False, True, False, False]
    assert not any(holds(paragraph, "keepLines", "keepNext") for paragraph in short.iter(q("p")))


def test_a_low_table_stays_whole_with_its_legend() -> None:
    legend = words("None recorded.", "legend")
    low, high = table((cell("a"), cell("b")), (cell("c"), cell("d"))), table(*[(cell("a"), cell("b"))] * 20)
    kept = [
        {holds(paragraph, "keepNext") for paragraph in body(*blocks)[0].iter(q("p"))}
        for blocks in ((low, legend), (high, legend), (low, words("Text.")))
    ]
    assert kept == [{True}, {False}, {False}]


def holds(paragraph: Element, *tags: str) -> bool:
    """Whether a paragraph has one of these properties of its own."""
    return any(paragraph.find(f"{q('pPr')}/{q(tag)}") is not None for tag in tags)


def test_a_row_is_not_kept_with_what_follows_the_table() -> None:
    """In Word keep-with-next in a cell is for the row; a chain of rows and headings would leave pages empty."""
    speaker = words("Kari Nord", "speaker")
    made = parts(document(table((Cell((speaker,)), cell("x"))), Heading(3, (Text("Next"),))))
    kept = {
        val(s, "name")
        for s in made["word/styles.xml"].iter(q("style"))
        if s.find(f"{q('pPr')}/{q('keepNext')}") is not None
    }
    assert HOUSE.paragraphs["speaker"].keep_next
    assert "Speaker" not in kept
    assert {"heading 2", "Table Head"} <= kept


def test_the_head_repeats() -> None:
    written = body(table((cell("a"), cell("b"))))
    assert [row.find(f"{q('trPr')}/{q('tblHeader')}") is not None for row in written.iter(q("tr"))] == [True, False]


def test_the_first_column_of_a_flush_table_starts_at_the_margin() -> None:
    made = body(table((cell("a"), cell("b"))), table((cell("a"), cell("b")), style="comparison"))
    flush, inset = ([val(c, "tcPr/tcMar/left", "w") for c in t.iter(q("tc"))] for t in made.iter(q("tbl")))
    assert flush == ["0", "", "0", ""]
    assert inset == ["", "", "", ""]


@pytest.mark.parametrize(
    ("kind", "texture"),
    [
        ("own", ""),
        ("joint", '<w:tcBorders><w:left w:val="double" w:sz="6" w:space="0" w:color="17495A"/></w:tcBorders>'),
        ("silent", '<w:shd w:val="clear" w:color="auto" w:fill="F2F2EF"/>'),
        ("absent", '<w:shd w:val="clear" w:color="auto" w:fill="E0E0DC"/>'),
    ],
)
def test_the_kind_of_a_cell_is_its_texture(kind: str, texture: str) -> None:
    properties = list(body(table((cell("a"), cell("b", kind)))).iter(q("tcPr")))[-1]
    assert re.sub("<w:tcW [^>]*>", "", source(properties)) == f"<w:tcPr>{texture}</w:tcPr>"


def test_a_pending_cell_has_a_dashed_frame() -> None:
    frame = next(body(table((cell("a"), cell("b", "pending")))).iter(q("tcBorders")))
    assert [(etree.QName(side).localname, val(side)) for side in frame] == [
        ("top", "dashed"),
        ("left", "dashed"),
        ("bottom", "dashed"),
        ("right", "dashed"),
    ]


def test_head_cells_are_told_from_others() -> None:
    tree = document(table((cell("a", scope="row"), cell("b"))))
    read = read_docx(write_docx(tree, HOUSE)).blocks[0]
    assert isinstance(read, Table)
    assert [[c.scope for c in row.cells] for row in (*read.head, *read.body)] == [["column", "column"], ["row", ""]]


def test_two_tables_stay_two() -> None:
    rows = table((cell("a"), cell("b")))
    assert [etree.QName(child).localname for child in body(rows, rows)] == ["tbl", "p", "tbl", "p", "sectPr"]


# ----------------------------------------------------------------------------------------------------------- sections


def test_a_section_lies_on_its_side_between_upright_ones() -> None:
    wide = Section((table((cell("a"), cell("b"))),))
    written = body(words("before"), wide, words("after"))
    sheets = [(val(s, "pgSz", "w"), val(s, "pgSz", "h"), val(s, "pgSz", "orient")) for s in written.iter(q("sectPr"))]
    assert sheets == [("11906", "16838", ""), ("16838", "11906", "landscape"), ("11906", "16838", "")]
    assert val(next(written.iter(q("tbl"))), "tblPr/tblW", "w") == "14570"


def test_a_section_ends_in_the_paragraph_before_it_and_not_in_an_empty_one() -> None:
    written = body(words("before"), Section((words("wide"),)))
    assert len(list(written.iter(q("p")))) == 2


def test_letter_has_the_same_text_width() -> None:
    written = parts(replace(document(table((cell("a"), cell("b")))), page="Letter"))["word/document.xml"]
    assert val(next(written.iter(q("sectPr"))), "pgSz", "w") == "12240"
    assert val(next(written.iter(q("tbl"))), "tblPr/tblW", "w") == "9638"


# --------------------------------------------------------------------------------------------------------- properties


def test_says_of_itself_what_the_brief_says() -> None:
    core = docx.Document(io.BytesIO(write_docx(SAMPLE, HOUSE))).core_properties
    assert (core.author, core.last_modified_by, core.subject) == ("Harbour desk", "Harbour desk", "Fees & quays")
    assert (core.keywords, core.language, core.version, core.revision) == ("harbour, quay", "en", "1", 1)
    assert (core.created, core.modified) == (datetime(2024, 5, 3, tzinfo=UTC),) * 2
    assert b">TLP:AMBER<" in read_package(write_docx(SAMPLE, HOUSE))["docProps/custom.xml"]


def test_a_long_title_is_not_cut() -> None:
    title = "Harbour fees " * 30
    made = write_docx(replace(document(), properties=replace(PROPERTIES, title=title)), HOUSE)
    assert read_docx(made).properties.title == title

"""The twin check: whatever only one of the two files says is found, told once, and told where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from msgspec.structs import replace

from briefing.diagnostics import Diagnostic
from briefing.document import Cell, Document, Note, Paragraph, Properties, Row, Section, Table, Text
from briefing.fonts import FontBook
from briefing.markup import parse
from briefing.readers.docx import read_docx
from briefing.readers.pdf import read_pdf
from briefing.shipped import shipped
from briefing.twins import compare, outline
from briefing.writers import write
from tests.house import HOUSE

BRIEF = """
<header>Arms for Russia · 17 October 2023</header>
<footer>Page <page-number></page-number> of <page-count></page-count></footer>
<h1>Who stands where</h1>
<p>All three oppose arms for Russia.<note ref="a#5"></note> Each said so in Jakarta.</p>
<p>Only Washington speaks of talks.<note ref="a#7"></note></p>
<h2>Positions compared</h2>
<h3>Arms transfers</h3>
<table title="Arms transfers">
<thead><tr><th>United States</th><th>South Korea</th><th>Japan</th></tr></thead>
<tbody>
<tr><td>Sung Kim: opposes</td><td>Kim Gunn <span lang="ko">김건</span>: opposes</td><td>Namazu: opposes</td></tr>
<tr><td>Silent</td><td>Aid goes on</td><td><p>Not present</p><p>Raised in Seoul only</p></td></tr>
</tbody></table>
<h2>What was not said</h2>
<ul><li>Open talks: Japan</li><li>Forced returns: Japan</li><li>Human rights: Japan</li></ul>
<ol><li>Ask Tokyo</li></ol>
<blockquote><p>“very worrying”</p></blockquote>
"""
NOTES = ("Yonhap, ¶5.", "Yonhap, ¶7.")


def document(html: str) -> Document:
    markup = parse(html, HOUSE, [])
    notes = tuple(Note(number, (Text(text),)) for number, text in enumerate(NOTES[: len(markup.refs)], 1))
    properties = Properties("Who stands where", "en-GB", date(2023, 10, 17), handling="TLP:AMBER")
    return Document(properties, markup.blocks, notes, markup.header, markup.footer)


def test_a_document_is_its_own_twin() -> None:
    assert compare(document(BRIEF), document(BRIEF)) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("speaks of talks", "speaks\nof <br> talks"),
        ("speaks of talks", "speaks&nbsp;&nbsp;of <strong>talks</strong>"),
        ("opposes</td><td>Namazu", 'opposes</td><td><span class="native">Namazu</span>'),
        ("<p>Only", '<p class="bottom-line">Only'),
        ('<span lang="ko">김건</span>', '<span lang="ko">김</span><span lang="ko">건</span>'),
        ("Only Washington", '<span lang="en-GB">Only Washington</span>'),
        ('<table title="Arms transfers">', '<table class="matrix" title="Arms  transfers">'),
        ("<blockquote><p>“very worrying”</p></blockquote>", "<p>“very worrying”</p>"),
    ],
    ids=["line break", "no-break space", "style", "role", "run cut", "own language", "table style", "frame"],
)
def test_looks_and_white_space_make_no_difference(old: str, new: str) -> None:
    assert old in BRIEF
    assert compare(document(BRIEF), document(BRIEF.replace(old, new))) == ()


MUTATIONS = {
    "a word of a paragraph": (
        ("Only Washington", "Mainly Washington"),
        [("twin-text", "paragraph 2 under 'Who stands where'", "‘Only Washington", "‘Mainly Washington")],
    ),
    "one letter of a heading": (
        ("<h3>Arms transfers", "<h3>Arm transfers"),
        [("twin-text", "heading 'Arms transfers'", "‘Arms transfers’", "‘Arm transfers’")],
    ),
    "a heading's level": (
        ("<h3>Arms transfers</h3>", "<h2>Arms transfers</h2>"),
        [("twin-kind", "heading 'Arms transfers'", "heading 3", "heading 2")],
    ),
    "a heading that is none": (
        ("<h2>What was not said</h2>", "<p>What was not said</p>"),
        [("twin-kind", "heading 'What was not said'", "heading 2", "paragraph")],
    ),
    "a dropped paragraph": (
        ('<p>Only Washington speaks of talks.<note ref="a#7"></note></p>', ""),
        [
            ("twin-missing", "paragraph 2 under 'Who stands where'", "only the PDF", "speaks of talks.[note 2]"),
            ("twin-missing", "note 2", "only the PDF", "Yonhap, ¶7."),
        ],
    ),
    "an added paragraph": (
        ("<h2>What", "<p>Nobody said this.</p><h2>What"),
        [("twin-extra", "paragraph 1 under 'Arms transfers'", "only the Word file", "Nobody said this.")],
    ),
    "a dropped list item": (
        ("<li>Forced returns: Japan</li>", ""),
        [("twin-missing", "list item 2 under 'What was not said'", "bulleted list item", "Forced returns")],
    ),
    "a number for a bullet": (
        ("<ol><li>Ask Tokyo</li></ol>", "<ul><li>Ask Tokyo</li></ul>"),
        [("twin-kind", "list item 4 under 'What was not said'", "numbered list item", "bulleted list item")],
    ),
    "two swapped cells": (
        ("<td>Silent</td><td>Aid goes on</td>", "<td>Aid goes on</td><td>Silent</td>"),
        [
            ("twin-cell", "table 'Arms transfers', row 2, United States", "‘Silent’", "‘Aid goes on’"),
            ("twin-cell", "table 'Arms transfers', row 2, South Korea", "‘Aid goes on’", "‘Silent’"),
        ],
    ),
    "a country's column": (
        ("<th>Japan</th>", "<th>China</th>"),
        [("twin-cell", "table 'Arms transfers', head, column 3", "‘Japan’", "‘China’")],
    ),
    "a paragraph of a cell": (
        ("<p>Not present</p><p>Raised in Seoul only</p>", "<p>Not present Raised in Seoul only</p>"),
        [("twin-cell", "table 'Arms transfers', row 2, Japan", "Not present / Raised", "Not present Raised")],
    ),
    "a list in a cell": (
        ("<td>Aid goes on</td>", "<td><ul><li>Aid goes on</li></ul></td>"),
        [("twin-cell", "table 'Arms transfers', row 2, South Korea", "‘Aid goes on’", "‘• Aid goes on’")],
    ),
    "a cell that is a head": (
        ("<td>Silent</td>", "<th>Silent</th>"),
        [("twin-kind", "table 'Arms transfers', row 2, United States", "a cell", "a row head")],
    ),
    "a dropped row": (
        ("<tr><td>Sung Kim: opposes</td>", "<!--"),
        [("twin-missing", "table 'Arms transfers', row 1", "this row", "‘Sung Kim: opposes’ | ‘Kim Gunn 김건")],
    ),
    "a table's title": (
        ('title="Arms transfers"', 'title="Arms"'),
        [("twin-text", "table 'Arms transfers'", "‘Arms transfers’", "‘Arms’")],
    ),
    "the running header": (
        ("17 October 2023</header>", "18 October 2023</header>"),
        [("twin-text", "running header", "17 October", "18 October")],
    ),
    "the page number": (
        ("<page-number></page-number> of", "1 of"),
        [("twin-text", "running footer", "[page]", "Page 1")],
    ),
    "a note mark": (
        ('<note ref="a#5"></note> Each', "Each"),
        [
            ("twin-text", "paragraph 1 under 'Who stands where'", "Russia.[note 1] Each", "Russia.Each"),
            ("twin-text", "paragraph 2 under 'Who stands where'", "[note 2]", "[note 1]"),
            ("twin-missing", "note 2", "only the PDF", "¶7"),
        ],
    ),
    "a language": (
        ('lang="ko"', 'lang="ja"'),
        [("twin-language", "table 'Arms transfers', row 1, South Korea", "'김건' as ko", "'김건' as ja")],
    ),
    "a language not marked": (
        ('<span lang="ko">김건</span>', "김건"),
        [("twin-language", "table 'Arms transfers', row 1, South Korea", "'김건' as ko", "no other language")],
    ),
}


def mutated(old: str, new: str) -> str:
    assert old in BRIEF
    if new == "<!--":
        return BRIEF.replace(old, "<!--" + old).replace("Namazu: opposes</td></tr>", "Namazu: opposes</td></tr>-->")
    return BRIEF.replace(old, new)


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_difference_is_told_once_and_in_its_place(name: str) -> None:
    (old, new), expected = MUTATIONS[name]
    found = compare(document(BRIEF), document(mutated(old, new)))
    assert [(d.rule, d.location.file) for d in found] == [(rule, place) for rule, place, *_ in expected]
    for diagnostic, (_, _, *wordings) in zip(found, expected, strict=True):
        assert all(wording in diagnostic.message for wording in wordings), diagnostic.message


@pytest.mark.parametrize("name", MUTATIONS)
def test_it_makes_no_difference_which_file_is_wrong(name: str) -> None:
    (old, new), expected = MUTATIONS[name]
    found = compare(document(mutated(old, new)), document(BRIEF))
    swapped = {"twin-missing": "twin-extra", "twin-extra": "twin-missing"}
    assert [d.rule for d in found] == [swapped.get(rule, rule) for rule, *_ in expected]


def test_a_dropped_table_is_told_once() -> None:
    table = BRIEF[BRIEF.index("<table") : BRIEF.index("</table>") + len("</table>")]
    (difference,) = compare(document(BRIEF), document(BRIEF.replace(table, "")))
    assert (difference.rule, difference.location.file) == ("twin-missing", "table 'Arms transfers'")
    (difference,) = compare(document(BRIEF.replace(table, "")), document(BRIEF))
    assert (difference.rule, difference.location.file) == ("twin-extra", "table 'Arms transfers'")


def test_a_cell_only_one_file_has_is_told() -> None:
    def row(*texts: str) -> Document:
        cells = tuple(Cell((Paragraph((Text(text),)),)) for text in texts)
        return replace(document(BRIEF), blocks=(Table((), (Row(cells),), (1, 1), "default", "Arms"),))

    (difference,) = compare(row("Opposes", "Silent"), row("Opposes"))
    assert places([difference]) == [("twin-missing", "table 'Arms', row 1, column 2")]
    (difference,) = compare(row("Opposes"), row("Opposes", "Silent"))
    assert places([difference]) == [("twin-extra", "table 'Arms', row 1, column 2")]


def test_a_dropped_note_is_told_by_its_number() -> None:
    pdf = document(BRIEF)
    (difference,) = compare(pdf, replace(pdf, notes=pdf.notes[1:]))
    assert (difference.rule, difference.location.file) == ("twin-missing", "note 1")


def test_a_note_of_another_number_is_told() -> None:
    pdf = document(BRIEF)
    (difference,) = compare(pdf, replace(pdf, notes=(pdf.notes[0], replace(pdf.notes[1], number=3))))
    assert (difference.rule, difference.location.file) == ("twin-note", "note 2")
    assert "note 3" in difference.message


def test_a_note_of_other_words_is_told() -> None:
    pdf = document(BRIEF)
    (difference,) = compare(pdf, replace(pdf, notes=(pdf.notes[0], Note(2, (Text("Yonhap, ¶17."),)))))
    assert (difference.rule, difference.location.file) == ("twin-note", "note 2")
    assert "‘Yonhap, ¶7.’" in difference.message
    assert "‘Yonhap, ¶17.’" in difference.message


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("title", Properties("Who sits where", "en-GB", date(2023, 10, 17), handling="TLP:AMBER")),
        ("language", Properties("Who stands where", "en-US", date(2023, 10, 17), handling="TLP:AMBER")),
        ("created", Properties("Who stands where", "en-GB", date(2023, 10, 18), handling="TLP:AMBER")),
        ("handling", Properties("Who stands where", "en-GB", date(2023, 10, 17), handling="TLP:GREEN")),
    ],
)
def test_each_property_is_compared(name: str, changed: Properties) -> None:
    pdf = document(BRIEF)
    (difference,) = compare(pdf, replace(pdf, properties=changed))
    assert (difference.rule, difference.location.file) == ("twin-property", f"property '{name}'")
    assert str(getattr(changed, name)) in difference.message


def test_the_page_size_is_compared() -> None:
    pdf = document(BRIEF)
    (difference,) = compare(pdf, replace(pdf, page="Letter"))
    assert (difference.rule, difference.location.file) == ("twin-property", "page size")


def test_a_long_paragraph_is_shown_around_the_difference_only() -> None:
    def long(word: str) -> Document:
        return document(f"<h1>T</h1><p>{'before ' * 50}{word}{' after' * 50}</p>")

    (difference,) = compare(long("denies"), long("confirms"))
    assert "before denies after" in difference.message
    assert "before confirms after" in difference.message
    assert len(difference.message) < 300


def test_one_dropped_row_of_many_equal_ones_is_one_difference() -> None:
    def table(rows: int) -> Document:
        head = "<h1>T</h1><table title='t'><thead><tr><th>A</th><th>B</th></tr></thead><tbody>".replace("'", '"')
        return document(head + "<tr><td>silent</td><td>silent</td></tr>" * rows + "</tbody></table>")

    assert [d.rule for d in compare(table(300), table(299))] == ["twin-missing"]


def test_files_that_share_nothing_are_still_compared() -> None:
    def paragraphs(word: str, count: int) -> Document:
        return document("<h1>T</h1>" + "".join(f"<p>{word}{n}</p>" for n in range(count)))

    assert len(compare(paragraphs("a", 400), paragraphs("b", 399))) == 400


def test_the_outline_says_what_stands_where() -> None:
    pieces = {piece.place: piece for piece in outline(document(BRIEF))}
    assert pieces["paragraph 1 under 'Who stands where'"].text == (
        "All three oppose arms for Russia.[note 1] Each said so in Jakarta."
    )
    assert pieces["table 'Arms transfers', row 1, South Korea"].languages == (("ko", "김건"),)
    assert pieces["table 'Arms transfers', row 2, Japan"].text == "Not present\nRaised in Seoul only"
    assert pieces["note 2"].text == "Yonhap, ¶7."
    assert pieces["running footer"].text == "Page [page] of [pages]"


def test_a_landscape_section_is_looked_into() -> None:
    pdf = document(BRIEF)
    turned = replace(pdf, blocks=(Section(pdf.blocks),))
    assert compare(pdf, turned) == ()
    assert [d.rule for d in compare(turned, replace(pdf, blocks=()))][:1] == ["twin-missing"]


# ------------------------------------------------------------------------------------------------------ on the bytes


FONTS = FontBook(HOUSE.families, (shipped("fonts"),))


def as_pdf(document: Document) -> Document:
    return read_pdf(write("pdf", document, HOUSE, FONTS))


def as_docx(document: Document) -> Document:
    return read_docx(write("docx", document, HOUSE, FONTS))


@pytest.fixture(scope="module")
def pdf() -> Document:
    return as_pdf(document(BRIEF))


@pytest.fixture(scope="module")
def docx() -> Document:
    return as_docx(document(BRIEF))


def places(differences: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    return [(difference.rule, difference.location.file) for difference in differences]


def test_the_files_say_what_the_document_says(pdf: Document, docx: Document) -> None:
    assert compare(pdf, docx) == ()
    assert compare(document(BRIEF), pdf) == ()
    assert compare(document(BRIEF), docx) == ()


@pytest.mark.parametrize(
    "name", sorted(MUTATIONS.keys() - {"a language not marked"})
)  # the writers mark Hangul by themselves
def test_a_difference_between_the_files_is_found(name: str, pdf: Document, docx: Document) -> None:
    (old, new), expected = MUTATIONS[name]
    other = document(mutated(old, new))
    told = [(rule, place) for rule, place, *_ in expected]
    assert places(compare(pdf, as_docx(other))) == told
    assert places(compare(docx, as_pdf(other))) == told


def test_a_note_of_other_words_is_found_in_the_files(pdf: Document, docx: Document) -> None:
    brief = document(BRIEF)
    other = replace(brief, notes=(brief.notes[0], Note(2, (Text("Yonhap, ¶17."),))))
    assert places(compare(pdf, as_docx(other))) == [("twin-note", "note 2")]
    assert places(compare(as_pdf(other), docx)) == [("twin-note", "note 2")]


@pytest.mark.parametrize(
    "name", ["title", "language", "author", "subject", "keywords", "handling", "version", "created"]
)
def test_each_property_is_found_in_the_files(name: str, pdf: Document, docx: Document) -> None:
    other = Properties("Other", "en-US", date(2023, 10, 18), "Other", "Other", "Other", "TLP:RED", "2")
    brief = document(BRIEF)
    changed = replace(brief.properties, **{name: getattr(other, name)})
    other_docx, other_pdf = as_docx(replace(brief, properties=changed)), as_pdf(replace(brief, properties=changed))
    assert places(compare(pdf, other_docx)) == [("twin-property", f"property '{name}'")]
    assert places(compare(other_pdf, docx)) == [("twin-property", f"property '{name}'")]

"""The vocabulary of templates: what each element becomes on the page, and what a template may not say with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.anchor import Anchor
from briefing.diagnostics import BriefingError
from briefing.document import (
    Block,
    BlockQuote,
    Box,
    Cell,
    Emphasis,
    Field,
    Heading,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    NoteMark,
    PageCount,
    PageNumber,
    Paragraph,
    Row,
    Section,
    Span,
    Strong,
    Table,
    Text,
    plain_text,
    walk_blocks,
)
from briefing.markup import Markup, locate, mark, parse
from briefing.vocabulary import NAMES
from tests.house import HOUSE

ANCHORS = (Anchor("meetings/jakarta.yaml", "title", "text"), Anchor("meetings/jakarta.yaml", "summary", "prose"))
X = (Text("x"),)


def markup(html: str) -> Markup:
    return parse(html, HOUSE, ANCHORS)


def block(html: str) -> Block:
    """The block after a title."""
    return markup("<h1>T</h1>" + html).blocks[1]


def inlines(html: str) -> Inlines:
    paragraph = block(f"<p>{html}</p>")
    assert isinstance(paragraph, Paragraph)
    return paragraph.content


def problems(template: str) -> list[str]:
    """Each problem of a template after a title on line 1, as `line rule: message. help`."""
    with pytest.raises(BriefingError) as caught:
        markup(locate("<h1>T</h1>\n" + template, "t.jinja"))
    found = caught.value.diagnostics
    assert {problem.location.file for problem in found} == {"t.jinja"}
    return [f"{problem.location.line} {problem.rule}: {problem.message}. {problem.help}".rstrip() for problem in found]


# ---------------------------------------------------------------------------------------------------------- blocks


def test_headings() -> None:
    assert markup('<h1>x</h1><h2 id="a" class="new-page">x</h2><h3>x</h3><h4>x</h4><h2>x</h2>').blocks == (
        Heading(1, X),
        Heading(2, X, "a", new_page=True),
        Heading(3, X),
        Heading(4, X),
        Heading(2, X),
    )


def test_paragraphs() -> None:
    assert block("<p>x</p>") == Paragraph(X)
    assert block('<p class="kicker" id="a">x</p>') == Paragraph(X, "kicker", "a")


def test_the_text_of_an_item_is_a_paragraph() -> None:
    assert block("<ul><li>x</li></ul>") == List((ListItem((Paragraph(X, "list-bullet"),)),))
    assert block("<ol><li>x</li></ol>") == List((ListItem((Paragraph(X, "list-number"),)),), ordered=True)


def test_an_item_holds_blocks() -> None:
    assert block('<ol><li>\n<p>x</p> <ul><li>x</li></ul><p class="source">x</p></li></ol>') == List(
        (
            ListItem(
                (
                    Paragraph(X, "list-number"),
                    List((ListItem((Paragraph(X, "list-bullet"),)),)),
                    Paragraph(X, "source"),
                )
            ),
        ),
        ordered=True,
    )


def test_a_quote() -> None:
    assert block("<blockquote>\n<p>x</p><p class='source'>x</p></blockquote>".replace("'", '"')) == BlockQuote(
        (Paragraph(X, "quote"), Paragraph(X, "source"))
    )


def test_a_box() -> None:
    html = (
        '<div class="judgement"><p class="judgement-label">x</p><ol><li><p class="recommendation">x</p></li></ol></div>'
    )
    recommendations = List((ListItem((Paragraph(X, "recommendation"),)),), ordered=True)
    assert block(html) == Box((Paragraph(X, "judgement-label"), recommendations), "judgement")


def test_a_landscape_section() -> None:
    html = '<section class="landscape"><h2 id="a">x</h2><p>x</p></section>'
    assert block(html) == Section((Heading(2, X, "a"), Paragraph(X)))


def test_a_table() -> None:
    table = block(
        """
        <table class="matrix" title="Who stands where">
        <colgroup><col width="32"><col width="38.5"></colgroup>
        <thead><tr><th>x</th><th scope="col">x</th></tr></thead>
        <tbody>
        <tr><th>x</th><td class="silent">x</td></tr>
        <tr><th scope="row"><p class="table-detail">x</p></th><td><p>x</p><p class="cell-quote">x</p></td></tr>
        </tbody></table>"""
    )
    heads = Cell((Paragraph(X, "table-head"),), scope="column")
    silent = Cell((Paragraph(X, "table-text"),), "silent")
    body = (
        Row((Cell((Paragraph(X, "table-row-head"),), scope="row"), silent)),
        Row(
            (
                Cell((Paragraph(X, "table-detail"),), scope="row"),
                Cell((Paragraph(X, "table-text"), Paragraph(X, "cell-quote"))),
            )
        ),
    )
    assert table == Table((Row((heads, heads)),), body, (32, 38.5), "matrix", "Who stands where")


def test_a_table_without_widths_or_class() -> None:
    table = block(
        '<table title="t"><thead><tr><th>x</th><th>x</th></tr></thead>'
        "<tbody><tr><td>x</td><td>x</td></tr></tbody></table>"
    )
    assert isinstance(table, Table)
    assert (table.widths, table.style) == ((1, 1), "default")


def test_running_header_and_footer() -> None:
    found = markup(
        "<header>x</header>\n<footer>x <page-number></page-number>/<page-count></page-count></footer><h1>x</h1>"
    )
    assert found.header == X
    assert found.footer == (Text("x "), PageNumber(), Text("/"), PageCount())
    assert markup("<h1>x</h1>").header == ()


# --------------------------------------------------------------------------------------------------------- inlines


def test_inlines() -> None:
    assert inlines("<strong>x</strong><em>x</em>") == (Strong(X), Emphasis(X))
    assert inlines('<span class="native" lang="ko">x</span>') == (Span(X, "native", "ko"),)
    assert inlines('<span lang="zh-Hant">x</span>') == (Span(X, lang="zh-Hant"),)
    assert inlines("x<br>x") == (Text("x"), LineBreak(), Text("x"))
    assert inlines("<em>a<strong>x</strong></em>") == (Emphasis((Text("a"), Strong(X))),)


@pytest.mark.parametrize("target", ["https://a.org/b?c=1&amp;d=2#e", "http://a.org", "mailto:a@b.org"])
def test_links_lead_to_the_web(target: str) -> None:
    assert inlines(f'<a href="{target}">x</a>') == (Link(X, target.replace("&amp;", "&")),)


def test_links_lead_to_blocks_before_and_after() -> None:
    blocks = markup('<h1 id="a">x</h1><p><a href="#a">x</a><a href="#b">x</a></p><p id="b">x</p>').blocks
    assert blocks[1] == Paragraph((Link(X, "#a"), Link(X, "#b")))


def test_notes_are_numbered_by_their_first_citation() -> None:
    found = markup(
        '<h1>T</h1><p>a<note ref="b#2"></note></p><ul><li>c<note ref="a#1"></note><note ref="b#2"></note></li></ul>'
    )
    assert found.refs == ("b#2", "a#1")
    assert found.blocks[1] == Paragraph((Text("a"), NoteMark(1)))
    assert found.blocks[2] == List((ListItem((Paragraph((Text("c"), NoteMark(2), NoteMark(1)), "list-bullet"),)),))


@pytest.mark.parametrize(
    ("html", "content"),
    [
        ("  a \n\t b  ", (Text("a b"),)),
        ("a <em> b </em> c", (Text("a "), Emphasis((Text("b "),)), Text("c"))),
        (" <em> b</em> ", (Emphasis((Text("b"),)),)),
        ("a <br> b", (Text("a"), LineBreak(), Text("b"))),
        ("a <em>b <br></em> c", (Text("a "), Emphasis((Text("b"), LineBreak())), Text("c"))),
        ('a <note ref="r"></note> b ', (Text("a "), NoteMark(1), Text(" b"))),
        ("a<em> </em>b", (Text("a"), Emphasis((Text(" "),)), Text("b"))),
        ("a <em> </em> b", (Text("a b"),)),
        ("a<strong></strong>b", (Text("ab"),)),
        ("\u00a0a \u2003 b&nbsp;", (Text("\u00a0a \u2003 b\u00a0"),)),
        (" <!-- c --> a &amp; b", (Text("a & b"),)),
    ],
)
def test_white_space_collapses_as_in_a_browser(html: str, content: Inlines) -> None:
    assert inlines(html) == content


def test_a_printed_value_leads_back_to_its_field() -> None:
    assert inlines(f"At {mark(0, ' the <em>x</em> ')}, y") == (
        Text("At "),
        Field((Text("the "), Emphasis(X), Text(" ")), ANCHORS[0]),
        Text(", y"),
    )
    assert inlines(f"<strong>{mark(1, 'x')}</strong>") == (Strong((Field(X, ANCHORS[1]),)),)


# ------------------------------------------------------------------------------------------------- what may not be

TABLE = '<table title="t">\n<thead><tr><th>x</th><th>x</th></tr></thead>\n<tbody>\n{}\n</tbody></table>'


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ('<p class="kickr">x</p>', "2 markup-class: <p> cannot be of class 'kickr'. Did you mean 'kicker'?"),
        ('<p class="kicker meta">x</p>', "2 markup-class: <p> cannot be of class 'kicker meta'."),
        (
            '<p class="heading-1">x</p>',
            "2 markup-class: a <p> cannot be of class 'heading-1': that is how headings look.",
        ),
        (
            '<p class="judgement">x</p>',
            "2 markup-class: a paragraph of class 'judgement' cannot stand outside its box. Put it",
        ),
        (
            '<div class="judgement">\n<p>x</p></div>',
            "3 markup-class: a paragraph of class 'body-text' cannot stand in the box",
        ),
        (
            '<div class="judgement"><ul>\n<li>x</li></ul></div>',
            "3 markup-class: a paragraph of class 'list-bullet' cannot",
        ),
        (
            '<div class="jugement"><p class="judgement">x</p></div>',
            "2 markup-class: <div> cannot be of class 'jugement'. Did you mean 'judgement'?",
        ),
        ('<h2 class="newpage">x</h2>', "2 markup-class: <h2> cannot be of class 'newpage'. Did you mean 'new-page'?"),
        ('<section class="portrait"><p>x</p></section>', "2 markup-class: <section> cannot be of class 'portrait'."),
        (
            '<p><span class="natve">x</span></p>',
            "2 markup-class: <span> cannot be of class 'natve'. Did you mean 'native'?",
        ),
        ("<p><span>x</span></p>", "2 markup-attribute: <span> needs a class or a lang."),
        ('<p><span lang="Korean">x</span></p>', "2 markup-attribute: 'Korean' is no language tag. Such as ko"),
        ("<h3>x</h3>", "2 markup-heading: <h3> skips a level: <h1> is before it."),
        ("<h2>x</h2>\n<h4>x</h4>", "3 markup-heading: <h4> skips a level: <h2> is before it."),
        ("<h1>x</h1>", "2 markup-heading: a second <h1>: a brief has one title."),
        ("<p></p>", "2 markup-empty: <p> is empty."),
        ("<p>&nbsp;<em> </em></p>", "2 markup-empty: <p> is empty."),
        ("<h2> </h2>", "2 markup-empty: <h2> is empty."),
        ("<ul></ul>", "2 markup-empty: <ul> holds nothing."),
        ("<ul><li></li></ul>", "2 markup-empty: <li> is empty."),
        ("<blockquote></blockquote>", "2 markup-empty: <blockquote> holds nothing."),
        ('<p>x<a href="https://a.org"></a></p>', "2 markup-empty: <a> has no text."),
        ('<p id="a">x</p>\n<p id="a">x</p>', "3 markup-id: the id 'a' stands twice."),
        ('<p id="a b">x</p>', "2 markup-id: the id 'a b' has blanks in it."),
        (
            '<h2 id="topic-arms">x</h2>\n<p><a href="#topic-arm">x</a></p>',
            "3 markup-link: no block has the id 'topic-arm'. Did",
        ),
        ('<p><a href="ftp://a.org">x</a></p>', "2 markup-link: a link cannot lead to 'ftp://a.org'."),
        ('<p><a href="javascript:alert(1)">x</a></p>', "2 markup-link: a link cannot lead to 'javascript:alert(1)'."),
        ('<p><a href="https://a b">x</a></p>', "2 markup-link: a link cannot lead to 'https://a b'."),
        ("<ul><li><ol><li>x</li></ol></li></ul>", "2 markup-nesting: the first block of an <li> is a <p>."),
        ("<ul><li>\nx<ul><li>y</li></ul></li></ul>", "2 markup-text: text stands between blocks: x. Put it in a <p>."),
        ("<ul><li>\nx<p>y</p></li></ul>", "2 markup-text: text stands between blocks: x. Put it in a <p>."),
        ("<ul><li>\n<em>x</em><p>y</p></li></ul>", "3 markup-text: <li> holds blocks; a <em> stands between them."),
        ("<p>x</p><header>x</header>", "2 markup-nesting: <header> stands before all blocks."),
        (TABLE.format("<tr><td>x</td></tr>"), "5 markup-table: this row has 1 cells; the table has 2 columns."),
        (TABLE.format("<tr><td>x</td><td></td></tr>"), "5 markup-empty: <td> is empty."),
        (
            TABLE.format('<tr><td>x</td><td class="slient">x</td></tr>'),
            "5 markup-class: <td> cannot be of class 'slient'. Did",
        ),
        (
            TABLE.format('<tr><th scope="column">x</th><td>x</td></tr>'),
            "5 markup-attribute: the scope of <th> is col or row, not 'column'. Did you mean 'col'?",
        ),
        (TABLE.format(""), "4 markup-empty: <tbody> has no rows."),
        (
            TABLE.format("<tr><td>x</td><td>x</td></tr>").replace(
                "<thead>", '<colgroup><col width="1"></colgroup><thead>'
            ),
            "3 markup-table: there is a <col> for 1 columns; the table has 2.",
        ),
        (
            TABLE.format("<tr><td>x</td><td>x</td></tr>").replace(
                "<thead>", '<colgroup><col width="1"><col width="0"></colgroup><thead>'
            ),
            "3 markup-attribute: the width of <col> is a number above 0, not '0'.",
        ),
        (
            TABLE.format("<tr><td>x</td><td>x</td></tr>").replace("<tr><th>x</th>", "<tr><td>x</td>"),
            "3 markup-table: a <thead> holds <th> only.",
        ),
        ('<table title="t"><tbody><tr><td>x</td></tr></tbody></table>', "2 markup-table: a <table> holds a <thead>"),
    ],
)
def test_it_is_told_at_the_templates_line(template: str, expected: str) -> None:
    (problem,) = problems(template)
    assert problem.startswith(expected)


def test_there_is_one_running_header() -> None:
    with pytest.raises(BriefingError, match="<header> stands twice"):
        markup("<header>x</header><header>y</header><h1>x</h1>")


def test_a_title_comes_first() -> None:
    with pytest.raises(BriefingError, match="<h2> skips a level: <h1> is first"):
        markup("<h2>x</h2>")


def test_a_class_is_told_beside_what_is_wrong_with_the_elements() -> None:
    assert [problem.split(":")[0] for problem in problems('<p class="kickr"><b>x</b></p>\n<h4>x</h4>')] == [
        "2 markup-element",
        "2 markup-class",
    ]


def test_all_that_is_wrong_is_told() -> None:
    found = problems('<h3 id="a">x</h3>\n<p class="kickr"></p>\n<p id="a"><a href="#b">x</a></p>')
    assert [problem.split(":")[0] for problem in found] == [
        "2 markup-heading",
        "3 markup-class",
        "3 markup-empty",
        "4 markup-id",
        "4 markup-link",
    ]


def test_classes_are_those_of_the_house_style_given() -> None:
    style = replace(HOUSE.paragraphs["kicker"], role="banner")
    own = replace(HOUSE, paragraphs={**HOUSE.paragraphs, "banner": style})
    assert parse('<h1>x</h1><p class="banner">x</p>', own, ()).blocks[1] == Paragraph(X, "banner")
    assert problems('<p class="banner">x</p>')


SOUND = st.sampled_from(
    [
        "<p>a &amp; <em>b\n<strong>c</strong></em></p>",
        "<h2>d</h2>",
        f'<p class="meta">{mark(0, "e <em>f</em>")}<br>g</p>',
        '<ul><li>h</li><li><p>i</p><ol><li>j<note ref="k#1"></note></li></ol></li></ul>',
        '<table title="t"><thead><tr><th>l</th></tr></thead><tbody><tr><td>m</td></tr></tbody></table>',
        '<div class="judgement"><p class="judgement">n</p></div><!-- o -->',
        "<blockquote><p>p</p></blockquote>",
    ]
)
NOISE = st.sampled_from(
    "<p> </p> <em> </em> <br> <br/> </br> <li> </ul> <td> <b> </b> <!-- --> <! <? < > & &amp; &nbsp &x; &#0; text"
    " \ufdd00\ufdd1 \ufdd01\ufdd1 \ufdd09\ufdd1 \ufdd0 \ufdd1 \ufdd2 \x00".split(" ")
)


@given(st.lists(SOUND, max_size=5).map("".join))
def test_what_is_sound_is_read_whole(blocks: str) -> None:
    assert plain(markup("<h1>T</h1>" + blocks)) == plain_html("T" + blocks)


@given(st.lists(SOUND, min_size=1, max_size=3).map("".join), st.lists(NOISE, max_size=3).map("".join), st.integers(0))
def test_whatever_a_template_writes_is_read_whole_or_refused(blocks: str, noise: str, place: int) -> None:
    html = "<h1>T</h1>" + blocks[: place % len(blocks)] + noise + blocks[place % len(blocks) :]
    try:
        found = markup(html)
    except BriefingError:
        return
    assert plain(found) == plain_html(html)


def plain(found: Markup) -> str:
    """All text of a page, blanks aside."""
    contents = [found.header, found.footer]
    contents += [b.content for b in walk_blocks(found.blocks) if isinstance(b, Heading | Paragraph)]
    return "".join("".join(plain_text(content) for content in contents).split())


def plain_html(html: str) -> str:
    """All text of a template, blanks aside, found in another way."""
    for pattern, text in ((r"(?s)<!--.*?-->|<[^>]*>|\ufdd0.\ufdd1|\ufdd2|&nbsp;", ""), ("&amp;", "&"), ("&#9;", "")):
        html = re.sub(pattern, text, html)
    return "".join(html.split())


# --------------------------------------------------------------------------------------------------- the reference

README = (Path(__file__).parent.parent / "templates" / "README.md").read_text(encoding="utf-8")
*EXAMPLES, MISTAKEN = re.findall(r"^```html\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_reference_are_templates(example: str) -> None:
    assert markup(example).blocks


def test_the_messages_of_the_reference_are_those_told() -> None:
    (told,) = re.findall(r"^```\n(templates/.*?)\n```", README, re.DOTALL | re.MULTILINE)
    with pytest.raises(BriefingError) as caught:
        markup(locate(MISTAKEN, "templates/own.html.jinja"))
    assert str(caught.value) == told


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_element_is_in_the_reference(name: str) -> None:
    assert f"<{name}" in README

"""Reading rendered text strictly: what is not well formed, or stands where it may not, is said and never mended."""

from __future__ import annotations

import pytest

from briefing.anchor import Anchor
from briefing.diagnostics import BriefingError
from briefing.elements import Element, locate, mark, read_elements
from briefing.vocabulary import VALUE

ANCHORS = (Anchor("meetings/jakarta.yaml", "title", "text"), Anchor("meetings/jakarta.yaml", "place", "text"))


def tree(element: Element | str) -> object:
    """An element as its name, attributes and children, for comparison."""
    if isinstance(element, str):
        return element
    said = element.anchor.key if element.anchor else element.attributes
    return (element.name, said, [tree(child) for child in element.children])


def read(html: str) -> list[object]:
    root, problems = read_elements(html, ANCHORS)
    assert problems == []
    return [tree(child) for child in root.children]


def problems(template: str) -> list[str]:
    """Each problem of a template, as `line rule: message. help`."""
    try:
        found = read_elements(locate(template, "t.jinja"), ANCHORS)[1]
    except BriefingError as error:
        found = list(error.diagnostics)
    assert {problem.location.file for problem in found} <= {"t.jinja"}
    return [f"{problem.location.line} {problem.rule}: {problem.message}. {problem.help}".rstrip() for problem in found]


# ---------------------------------------------------------------------------------------------------- well formed


def test_elements_attributes_and_text() -> None:
    assert read('<p id="a"\n class="meta">x<strong >y</strong>z</p >') == [
        ("p", {"id": "a", "class": "meta"}, ["x", ("strong", {}, ["y"]), "z"])
    ]


def test_void_elements_need_no_end() -> None:
    assert read("<p>a<br>b<br/>c</p>") == [("p", {}, ["a", ("br", {}, []), "b", ("br", {}, []), "c"])]


def test_references() -> None:
    (paragraph,) = read("<p>&amp;&lt;&gt;&quot;&nbsp;&#8195;&#x9BF0;&amp;amp;</p>")
    assert paragraph == ("p", {}, ['&<>"\u00a0\u2003鯰&amp;'])
    assert read('<p id="a&#38;&quot;b"></p>') == [("p", {"id": 'a&"b'}, [])]


def test_comments_are_dropped() -> None:
    assert read("<p>a<!-- <b> & --x &copy; \n -->b</p><!---->") == [("p", {}, ["ab"])]


@pytest.mark.parametrize(
    "wrong",
    [
        "a < b",
        "a<",
        "AT&T",
        "a &amp b",
        "a & b",
        "&#;",
        "&#xZZ;",
        "&#99999999;",
        "<>",
        "</>",
        "</ strong>",
        "</strong",
        "<strong",
        "<strong <em>",
        '<span class="native>x</span>',
        "<span class=native>x</span>",
        "<span class='native'>x</span>",
        "<span hidden>x</span>",
        '<span class="a"lang="ko">x</span>',
        '<span class="a&b">x</span>',
        '<span class="a<b">x</span>',
        "<!DOCTYPE html>",
        "<!ELEMENT p>",
        "<![CDATA[x]]>",
        "<![if x]>",
        "<?php echo ?>",
        "<!-- never closed",
        "<!-->",
        "<!--->",
        "<!- x -->",
        "<!-- x <!-- y -->",
        "</strong class='x'>",
    ],
)
def test_what_is_malformed_is_refused_and_not_repaired(wrong: str) -> None:
    found = problems(f"<h1>T</h1>\n<p>one\n{wrong}\n</p>")
    assert found
    assert all(problem.startswith(("2 markup-syntax: this is not well formed", "3 markup-syntax")) for problem in found)


def test_what_begins_over_and_over_and_never_ends_is_read_once() -> None:
    """Looked for from each beginning to the end of the text, its end would take hours."""
    assert len(problems("<p>" + "<!--" * 500_000 + "-- >")) == 50
    assert len(problems('<p title="' * 500_000)) == 50


def test_everything_malformed_is_told_at_once() -> None:
    assert [problem.split(":")[0] for problem in problems("<p>a & b</p>\n<p class=x>a</p>\n<p>c < d</p>")] == [
        "1 markup-syntax",
        "2 markup-syntax",
        "3 markup-syntax",
    ]


def test_of_very_many_the_first_are_told() -> None:
    assert len(problems("<p>" + "&" * 100_000 + "</p>")) == 50
    assert len(problems("<p>" + "<!--" * 20_000 + "</p>")) == 50


def test_an_element_that_browsers_read_as_raw_text_is_read_like_any_other() -> None:
    assert [problem.split(" ")[1] for problem in problems("<p>a<script>x</script><b>y</b></p>")] == [
        "markup-element:",
        "markup-element:",
    ]


# ------------------------------------------------------------------------------------------------------- the stack


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<p>\n<b>x</b></p>", "2 markup-element: unknown element <b>. Write <strong>."),
        ("<p>\n<storng>x</storng></p>", "2 markup-element: unknown element <storng>. Did you mean 'strong'?"),
        ("<p>\n<em>x</p>", "2 markup-nesting: <em> does not end inside the <p> around it."),
        ("<p>x</em></p>", "1 markup-nesting: </em> ends nothing: no <em> is open here."),
        ("<p>x</p>\n<p>y", "2 markup-nesting: <p> is never closed."),
        ("<p>x</p></div>", "1 markup-nesting: </div> ends nothing: no <div> is open here."),
        ("<p>a<br></br></p>", "1 markup-nesting: </br> ends nothing: no <br> is open here."),
        ("<p/>", "1 markup-syntax: <p/> does not end the element in HTML. Write <p></p>."),
        (
            "<p>\n<p>x</p></p>",
            "2 markup-nesting: <p> cannot stand in <p>. It stands in: blockquote, div, li, section, td",
        ),
        ("<em>x</em>", "1 markup-nesting: <em> cannot stand outside a block."),
        ("<ul><p>x</p></ul>", "1 markup-nesting: <p> cannot stand in <ul>."),
        ('<p><note ref="a#1">x</note></p>', "1 markup-text: text cannot stand directly in <note>: x"),
        (
            '<table title="t"><tr></tr></table>',
            "1 markup-nesting: <tr> cannot stand in <table>. It stands in: tbody, thead.",
        ),
        ("<blockquote><h2>x</h2></blockquote>", "1 markup-nesting: <h2> cannot stand in <blockquote>."),
        ('<div class="judgement"><table title="t"></table></div>', "1 markup-nesting: <table> cannot stand in <div>."),
        (
            '<section class="landscape"><section class="landscape"></section></section>',
            "1 markup-nesting: <section> cannot",
        ),
        ('<p><a href="#x">a<strong><a href="#y">b</a></strong></a></p>', "1 markup-nesting: <a> cannot stand in <a>."),
        ('<p><a href="#x">a<note ref="b#1"></note></a></p>', "1 markup-nesting: <note> cannot stand in <a>."),
        ('<header><note ref="b#1"></note></header>', "1 markup-nesting: <note> cannot stand in <header>."),
        (
            "<p><page-number></page-number></p>",
            "1 markup-nesting: <page-number> cannot stand outside the running header",
        ),
        ("<p>x</p>\ntext\n<p>y</p>", "1 markup-text: text cannot stand between blocks: text. Put it in a <p>."),
        ("<ul>\n<li>x</li>, <li>y</li></ul>", "1 markup-text: text cannot stand directly in <ul>: ,"),
        ('<p clas="x">y</p>', "1 markup-attribute: <p> has no attribute clas. Did you mean 'class'?"),
        ('<p id="a" id="b">y</p>', "1 markup-attribute: <p> has id twice."),
        ('<p class=" ">y</p>', "1 markup-attribute: the class of <p> is empty."),
        ("<p><note></note></p>", '1 markup-attribute: <note> needs ref. Write <note ref="...">.'),
        ("<table></table>", "1 markup-attribute: <table> needs title."),
        ('<p style="color: red">y</p>', "1 markup-attribute: <p> has no attribute style."),
        ('<p onclick="x()">y</p>', "1 markup-attribute: <p> has no attribute onclick."),
        ("<p>&copy; x</p>", "1 markup-entity: unknown entity &copy;."),
        ("<p>&npsp; x</p>", "1 markup-entity: unknown entity &npsp;. Did you mean 'nbsp'?"),
        ('<p id="a&eacute;">x</p>', "1 markup-entity: unknown entity &eacute;."),
        ("<p>&#0;</p>", "1 markup-entity: &#0; is no character of a text."),
        ("<p>&#xD800;</p>", "1 markup-entity: &#xD800; is no character of a text."),
        ("<p>&#xFDD0;0&#xFDD1;</p>", "1 markup-entity: &#xFDD0; is no character of a text."),
        ("<p>&#128;</p>", "1 markup-entity: &#128; is no character of a text."),
        ('<p id="&#x110000;">x</p>', "1 markup-entity: &#x110000; is no character of a text."),
        ("<p>a\x07b</p>", "1 markup-character: U+0007 cannot stand in a text."),
        ("<p>a\U0001ffffb</p>", "1 markup-character: U+1FFFF cannot stand in a text."),
        ("<p>a\u2028b</p>", "1 markup-character: U+2028 cannot stand in a text."),
        ("<p>a\u202eb</p>", "1 markup-character: U+202E cannot stand in a text."),
        ('<p id="a\ufffe">b</p>', "1 markup-character: U+FFFE cannot stand in a text."),
    ],
)
def test_what_may_not_be_is_told_at_the_templates_line(template: str, expected: str) -> None:
    found = problems(template)
    assert found[0].startswith(expected)
    assert len(found) <= 1 + template.count("&#xFDD1;")


def test_all_that_is_wrong_is_told() -> None:
    found = problems('<h1>T<b>x</b></h1>\n<p clas="meta">&copy;</p>\n</div>\n<p><em>y</p>')
    assert [problem.split(":")[0] for problem in found] == [
        "1 markup-element",
        "2 markup-attribute",
        "2 markup-entity",
        "2 markup-nesting",
        "4 markup-nesting",
    ]


def test_elements_stand_at_most_64_deep() -> None:
    assert problems("<p>" + "<em>" * 63 + "x" + "</em>" * 63 + "</p>") == []
    assert problems("<p>\n" + "<em>" * 100_000)[0] == "2 markup-depth: elements stand more than 64 deep in one another."


def test_the_place_of_an_element_is_not_among_its_attributes() -> None:
    (paragraph,) = read_elements(locate('\n\n<p\nclass="meta">x</p>', "a/b:c.jinja", 5), ())[0].elements
    assert str(paragraph.location) == "a/b:c.jinja:7"
    assert paragraph.attributes == {"class": "meta"}


def test_an_element_from_a_printed_value_stands_where_the_value_is_printed() -> None:
    html = locate("<h1>T</h1>\n<p>VALUE</p>", "t.jinja").replace("VALUE", "<em>x<blink>y</blink></em>")
    (problem,) = read_elements(html, ())[1]
    assert str(problem.location) == "t.jinja:2"


def test_a_template_whose_name_cannot_be_written_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot stand in an attribute"):
        locate("<p>", 'a"b.jinja')


# -------------------------------------------------------------------------------------------------- printed values


def test_a_printed_value_is_an_element_of_its_own() -> None:
    assert read(f"<p>At {mark(1, 'the <em>U.S.</em> Embassy &amp; co')}, Jakarta</p>") == [
        (
            "p",
            {},
            [
                "At ",
                (
                    VALUE,
                    ANCHORS[1].key,
                    ["the ", ("em", {}, ["U.S."]), " Embassy & co"],
                ),
                ", Jakarta",
            ],
        )
    ]


def test_in_an_attribute_a_printed_value_is_its_text() -> None:
    assert read(f'<h2 id="t-{mark(0, "a&#34;b")}">x</h2>') == [("h2", {"id": 't-a"b'}, ["x"])]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (
            "<p>x</p>\n{0}",
            "1 markup-nesting: the printed value meetings/jakarta.yaml#title cannot stand outside a block.",
        ),
        ("<ul>{0}</ul>", "1 markup-nesting: the printed value meetings/jakarta.yaml#title cannot stand in <ul>."),
        (
            "<p>{open}x</p><p>y{close}</p>",
            "1 markup-nesting: the printed value meetings/jakarta.yaml#title does not end",
        ),
        (
            "<p><em>{open}x</em>y{close}</p>",
            "1 markup-nesting: the printed value meetings/jakarta.yaml#title does not end",
        ),
        ("<p>{open}x<em>y{close}</em></p>", "1 markup-nesting: <em> does not end inside the value around it."),
        (
            "<p>{open}x{1}{close}</p>",
            "1 markup-nesting: the printed value meetings/jakarta.yaml#place cannot stand in the",
        ),
        ("<p>{9}</p>", "1 markup-character: a mark of a printed value stands here that no value left."),
        ("<p>x{close}</p>", "1 markup-character: the end of a printed value stands here without its beginning."),
        ("<p>\ufdd0x\ufdd1</p>", "1 markup-character: U+FDD0 cannot stand in a text."),
    ],
)
def test_a_printed_value_begins_and_ends_in_one_place(template: str, expected: str) -> None:
    marks = {
        "{0}": mark(0, "x"),
        "{1}": mark(1, "y"),
        "{9}": mark(9, "z"),
        "{open}": "\ufdd00\ufdd1",
        "{close}": "\ufdd2",
    }
    for name, written in marks.items():
        template = template.replace(name, written)
    assert problems(template)[0].startswith(expected)

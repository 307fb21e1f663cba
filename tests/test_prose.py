"""The grammar of prose fields: three rules, no more, and an exact way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.anchor import Anchor
from briefing.document import (
    Emphasis,
    Field,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteMark,
    PageNumber,
    Paragraph,
    Span,
    Strong,
    Text,
)
from briefing.markup import parse
from briefing.prose import prose_of, prose_to_html
from tests.house import HOUSE


@pytest.mark.parametrize(
    ("prose", "html"),
    [
        ("plain", "plain"),
        ("a *b* c", "a <em>b</em> c"),
        ("a **b** c", "a <strong>b</strong> c"),
        ("***b***", "<strong><em>b</em></strong>"),
        ("*a **b** c*", "<em>a </em><strong><em>b</em></strong><em> c</em>"),
        ("*a***b**", "<em>a</em><strong>b</strong>"),
        ("[a](https://a.org)", '<a href="https://a.org">a</a>'),
        ("[a](http://a.org/x?b=1&c=2)", '<a href="http://a.org/x?b=1&amp;c=2">a</a>'),
        ("[write](mailto:a@b.org)", '<a href="mailto:a@b.org">write</a>'),
        ("[a *b*](https://a.org)", '<a href="https://a.org">a <em>b</em></a>'),
        ("**a [b](https://a.org)**", '<strong>a </strong><a href="https://a.org"><strong>b</strong></a>'),
        ("[a](https://a.org/b_(c))", '<a href="https://a.org/b_(c)">a</a>'),
        (r"[a](https://a.org/\(b)", '<a href="https://a.org/(b">a</a>'),
        ("*a * *b*", "<em>a b</em>"),
        ("**a ** *b*", "<strong>a </strong><em>b</em>"),
        ("[see [a](https://a.org)", '[see <a href="https://a.org">a</a>'),
    ],
)
def test_the_three_rules(prose: str, html: str) -> None:
    assert prose_to_html(prose) == html


@pytest.mark.parametrize(
    "prose",
    [
        "2 * 3",
        "**a",
        "****",
        "a ** b",
        "[sic]",
        "[a](ftp://a.org)",
        "[a](javascript:alert(1))",
        "[a](#topic)",
        "[](https://a.org)",
        "[ ](https://a.org)",
        "[*](https://a.org)",
        "[a] (https://a.org)",
        "[a](https://a.org b)",
        "# no heading",
        "- no list",
        "_no emphasis_",
        "`no code`",
        "a \\ b",
    ],
)
def test_everything_else_stands_for_itself(prose: str) -> None:
    assert prose_to_html(prose) == prose


@pytest.mark.parametrize(
    ("prose", "html"),
    [
        ("a < b & <b>c</b>", "a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;"),
        (r"\*a\*", "*a*"),
        (r"\\*a*", r"\<em>a</em>"),
        (r"\[a](https://a.org)", "[a](https://a.org)"),
        (r"[a\]b](https://a.org)", '<a href="https://a.org">a]b</a>'),
        ("***a*", "**<em>a</em>"),
        ("*a* b*", "<em>a</em> b*"),
    ],
)
def test_signs_can_be_meant_as_they_stand(prose: str, html: str) -> None:
    assert prose_to_html(prose) == html


def test_an_address_cannot_leave_its_attribute() -> None:
    assert prose_to_html('[a](https://a.org"onclick=x)') == "[a](https://a.org&quot;onclick=x)"


@pytest.mark.parametrize(
    ("content", "prose"),
    [
        ((Text("a [sic] b"),), "a [sic] b"),
        ((Text("5*3"),), r"5\*3"),
        ((Text("[a](https://a.org)"),), r"[a\](https://a.org)"),
        ((Emphasis((Text("a"),)), Strong((Text("b"),))), "*a***b**"),
        ((Emphasis((Strong((Text("a"),)),)), Text("b")), "***a***b"),
        ((Strong((Text("a "), Link((Text("b"),), "https://a.org/(c)"))),), r"**a [b](https://a.org/\(c\))**"),
        ((Text("a"), LineBreak(), Text("b")), "a b"),
        ((Span((Text("김건"),), lang="ko"), Field((Text(" x"),), Anchor("a.yaml", "b", "prose"))), "김건 x"),
    ],
)
def test_inlines_are_written_as_a_person_would(content: Inlines, prose: str) -> None:
    assert prose_of(content) == prose


@pytest.mark.parametrize("inline", [NoteMark(1), PageNumber(), Link((Text("a"),), "#topic"), Link((Text("a"),), "x:y")])
def test_what_prose_cannot_say_is_refused(inline: Inline) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        prose_of((Emphasis((inline,)),))


# ---------------------------------------------------------------------------------------------------- the way back

SIGNS = st.text(st.sampled_from("*[]()\\ab é김 &<\"'#"), min_size=1, max_size=8)
WORDS = st.one_of(SIGNS, st.just("](https://a.org)"), st.just("[x](https://a.org)"), st.just("\u00a0"))
TARGETS = st.sampled_from(["https://a.org", "http://b.org/c_(d)?e=1&f=*g*[h]", "mailto:i@j.org"])


@st.composite
def nested(draw: st.DrawFn) -> Inline:
    """A text, emphasised, strong and linked or not, in any order of nesting."""
    inline: Inline = Text(draw(WORDS))
    for wrapper in draw(st.permutations([Emphasis, Strong, Link]))[: draw(st.integers(0, 3))]:
        inline = Link((inline,), draw(TARGETS)) if wrapper is Link else wrapper((inline,))
    return inline


INLINES = st.lists(nested(), min_size=1, max_size=5).map(tuple)


def parsed(prose: str) -> Inlines:
    """What a template makes of a prose field."""
    paragraph = parse(f"<h1>T</h1><p>{prose_to_html(prose)}</p>", HOUSE, []).blocks[1]
    assert isinstance(paragraph, Paragraph)
    return paragraph.content


def characters(content: Inlines, now: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each character and what it is inside of; blanks aside, which a paragraph collapses and no link consists of."""
    for inline in content:
        match inline:
            case Text(text):
                yield from ((c, tuple(sorted(set(now)))) for c in text if c.strip())
            case Emphasis(inner):
                yield from characters(inner, (*now, "emphasis"))
            case Strong(inner):
                yield from characters(inner, (*now, "strong"))
            case Link(inner, target):
                yield from characters(inner, (*now, target))


@given(INLINES)
def test_what_is_written_says_the_same(content: Inlines) -> None:
    framed = (Text("|"), *content, Text("|"))
    assert list(characters(parsed(prose_of(framed)))) == list(characters(framed))


@given(INLINES)
def test_reading_what_was_written_is_exact(content: Inlines) -> None:
    once = parsed(prose_of((Text("|"), *content, Text("|"))))
    assert parsed(prose_of(once)) == once


@given(st.text(st.sampled_from("*[]()\\ab :/.https"), max_size=40))
def test_whatever_a_person_types_is_written_back_to_mean_the_same(typed: str) -> None:
    once = parsed(f"|{typed}|")
    assert parsed(prose_of(once)) == once

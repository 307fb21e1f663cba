"""What a page shows, however its operators are written (ISO 32000-1, 7.8, 9.4 and 14.6)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefing.document import PageCount, PageNumber, Text
from briefing.readers.pdf.content import PageContent, codes, instructions, read_page
from briefing.readers.pdf.file import PdfFile
from briefing.readers.pdf.fonts import Fonts
from briefing.readers.pdf.syntax import PdfDamage
from tests.readers.test_pdf_file import laid_out

# Codes of the first font are letters as they stand, those of the second two bytes, and all of them capitals.
SMALL = b"1 beginbfrange <20> <7e> <0020> endbfrange"
WIDE = b"2 beginbfrange <0061> <007a> <0041> <1000> <1001> <AC00> endbfrange"
RESOURCES = (
    b"<</Font<</F1<</Subtype/TrueType/ToUnicode 5 0 R>>/F2<</Subtype/Type0/ToUnicode 6 0 R>>>>"
    b"/Properties<</MC0<</MCID 7>>/MC1 7 0 R>>/XObject<</I<</Subtype/Image>>/X<</Subtype/Form>>>>>>"
)


def stream(data: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%b\nendstream" % (len(data), data)


def read(*contents: bytes) -> PageContent:
    """What one page of these streams shows."""
    parts = b"".join(b"%d 0 R " % number for number in range(8, 8 + len(contents)))
    page = b"<</Type/Page/Resources %b/Contents[%b]>>" % (RESOURCES, parts)
    pages = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Kids[3 0 R]>>", page, b"null")
    named = (stream(SMALL), stream(WIDE), b"<</MCID 8>>")
    pdf = PdfFile(laid_out(*pages, *named, *map(stream, contents)))
    return read_page(pdf, pdf.pages[0], Fonts(pdf), 1)


def marked(shown: bytes) -> str:
    """The text of what is shown in the first font as a marked content."""
    return read(b"BT /F1 9 Tf /P <</MCID 0>> BDC\n" + shown + b"\nEMC ET").marked[0]


@pytest.mark.parametrize(
    "shown",
    [
        b"(Said.) Tj",
        b"(Sa) Tj (id.)Tj",
        b"[(Said.)] TJ",
        b"[(S)-20(a) 5.5 (id)\n(.)]TJ",
        b"[]TJ[-422]TJ[(Sa)<6964 2E>] TJ",
        b"<53616964 2e> Tj",
        rb"(S\141\151d\56) Tj",
        b"(Sa\\\nid.) Tj",
        b"(Sa) Tj (id.) '",
        b'(Sa) Tj 1 2 (id.) "',
        b"1 0 0 1 56.7 767.8 Tm 0 Ts .1 .1 .1 rg (Said.) Tj 0 -12 Td T*",
        b"% (not) Tj\n(Said.) % nor (this)\rTj",
        b"/F2 9 Tf () Tj /F1 9 Tf (Said.) Tj",
        b"q /F2 9 Tf Q (Said.) Tj",
        b"(Sa) Tj q 1 0 0 rg (id.) Tj Q",
        b"/Span BMC (Sa) Tj EMC (id.) Tj",
        b"/Span <</Lang(ko)/ActualText(EMC)>> BDC (Said.) Tj EMC",
        b"/Span <</A<</B<</C<</D[[[1]]]>>>>>>>> BDC (Said.) Tj EMC",
        b"[1 2] 0 d /GS1 gs /Cs1 cs true null (Said.) Tj",
        b"/I Do (Said.) Tj",
    ],
)
def test_the_same_text_in_many_spellings(shown: bytes) -> None:
    assert marked(shown) == "Said."


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (b"(a(b)c) Tj", "a(b)c"),
        (b"(a((((b))))c) Tj", "a((((b))))c"),
        (rb"(\(EMC\)) Tj", "(EMC)"),
        (b"(EMC) Tj", "EMC"),
        (b"[(a])-9( TJ)] TJ", "a] TJ"),
        (b"(BI) Tj (% no comment) Tj", "BI% no comment"),
        (b"/F2 9 Tf (\0a\0b) Tj [(\0c)-8<1000>] TJ", "ABC가"),
        (b"/F2 9 Tf (\0a) Tj /F1 9 Tf (a) Tj", "Aa"),
        (b"q /F2 9 Tf (\0a) Tj Q (a) Tj", "Aa"),
    ],
)
def test_text_that_looks_like_operators_and_text_of_several_fonts(shown: bytes, text: str) -> None:
    assert marked(shown) == text


def test_marked_contents_are_told_apart_also_by_their_name() -> None:
    page = read(b"/F1 9 Tf /P <</MCID 1>> BDC (a) Tj EMC /P/MC0 BDC (b) Tj EMC /Link /MC1 BDC (c) Tj EMC")
    assert page.marked == {1: "a", 7: "b", 8: "c"}


def test_a_page_may_be_cut_into_streams_between_any_two_words() -> None:
    assert read(b"/F1 9 Tf /P <</MCID 0>> BDC (Sa)", b"Tj (id.)", b"Tj EMC").marked == {0: "Said."}


def test_running_text_and_what_is_only_painted() -> None:
    page = read(
        b"/F1 9 Tf /Artifact <</Type/Pagination/Subtype/Header>> BDC (He) Tj (ad) Tj EMC",
        b"/Artifact <</Subtype/Footer>> BDC (Page ) Tj /PageNumber BMC (1) Tj EMC ( of ) Tj",
        b"/PageCount BMC (1) Tj EMC EMC /Artifact BMC (repeated) Tj EMC",
    )
    assert page.marked == {}
    assert page.header == (Text("Head"),)
    assert page.footer == (Text("Page "), PageNumber(), Text(" of "), PageCount())


BEGIN = b"/F1 9 Tf /P <</MCID 0>> BDC "


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"/F1 9 Tf (loose) Tj", "page 1 shows text that is not in its structure: 'loose'"),
        (b"/F1 9 Tf /P BMC (loose) Tj EMC", "page 1 shows text that is not in its structure: 'loose'"),
        (BEGIN + b"(a) Tj EMC (b) Tj", "page 1 shows text that is not in its structure: 'b'"),
        (b"/P <</MCID 0>> BDC (a) Tj EMC", "text is shown without a font"),
        (BEGIN + b"(a) Tj ) EMC", "page 1 is not written as a PDF is"),
        (BEGIN + b"(a) Tj EMC (never shown)", "page 1 is not written as a PDF is"),
        (BEGIN + b"(a) Tj EMC (never ended", "page 1 is not written as a PDF is"),
        (BEGIN + b"[(a) (b) Tj EMC", "page 1 is not written as a PDF is"),
        (b"BI /W 1 /H 1 ID \xff(( EI", "page 1 holds an image among its text"),
        (b"q 1 0 0 1 0 0 cm /X Do Q", "page 1 shows a page within the page"),
        (BEGIN + b"(\x07) Tj EMC", "code 7 of a font has no character"),
        (BEGIN + b"/F2 9 Tf (\0a\0) Tj EMC", "a page shows half a character"),
        (b"/P <</MCID /A>> BDC EMC", "a whole number should stand"),
    ],
)
def test_what_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(PdfDamage) as caught:
        read(content)
    assert words in str(caught.value)


@pytest.mark.parametrize("content", [b"EMC", b"Q", b"/F9 9 Tf", b"/P /MC9 BDC", b"/N Do"])
def test_what_has_no_counterpart_is_refused(content: bytes) -> None:
    with pytest.raises((IndexError, KeyError)):
        read(content)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", []),
        (b"1 0 0 rg 1 2 3 4 re f", []),
        (b"q 1 w EMC Q", [(b"", b"q"), (b"", b"EMC"), (b"", b"Q")]),
        (b"1 2 m EMCx 3 BIx", []),
        (b"/P<<>>BDC", [(b"/P<<>>", b"BDC")]),
        (b"(a)Tj)", [(b"(a)", b"Tj"), (b"", b"")]),
    ],
)
def test_operators_with_their_operands(content: bytes, found: Sequence[tuple[bytes, bytes]]) -> None:
    assert list(instructions(content)) == found


def test_codes_are_those_of_all_strings() -> None:
    assert codes(b"[(a)-1(b)] [<63>] (d) 1 2 (e)") == b"abcde"
    assert codes(b"[1 2]") == b""

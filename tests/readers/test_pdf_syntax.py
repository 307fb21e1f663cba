"""How the objects of a PDF are written, read as the standard says, with pikepdf as a second opinion."""

from __future__ import annotations

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.readers.pdf.syntax import (
    PdfDamage,
    array,
    dictionary,
    integer,
    name,
    number,
    object_at,
    parts,
    reference,
    string,
    text,
)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", []),
        (b" \0\t\r\n\f ", []),
        (b"/A/B 1-2.5+.3", [b"/A", b"/B", b"1-2.5+.3"]),
        (b"1 2 3 0 R 4", [b"1", b"2", b"3 0 R", b"4"]),
        (b"3 0 Rx", [b"3", b"0", b"Rx"]),
        (b"true false null", [b"true", b"false", b"null"]),
        (b"(a(b(c)d)e)(\\))", [b"(a(b(c)d)e)", b"(\\))"]),
        (b"(<<)<</K(>>)>>", [b"(<<)", b"<</K(>>)>>"]),
        (b"<48 65>/N<>", [b"<48 65>", b"/N", b"<>"]),
        (b"[1[2[3[4[5]]]]]", [b"[1[2[3[4[5]]]]]"]),
        (b"((((((deep))))))", [b"((((((deep))))))"]),
        (b"<</A<</B<</C<</D[(x)]>>>>>>>>", [b"<</A<</B<</C<</D[(x)]>>>>>>>>"]),
        (b"/A%comment)\n/B % (", [b"/A", b"/B"]),
        (b"(no % comment)", [b"(no % comment)"]),
        (b"[1 % ]\n2]", [b"[1 % ]\n2]"]),
    ],
)
def test_a_row_is_cut_into_its_objects(body: bytes, found: list[bytes]) -> None:
    assert parts(body) == found


@pytest.mark.parametrize(
    "body", [b"(", b"(a(b)", b"[1", b"1]", b"<</A 1>", b"<4x>", b"{}", b"/A )", b"[" * 30 + b"]" * 30]
)
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(PdfDamage, match="not written as a PDF is"):
        parts(body)


def test_an_object_is_found_at_its_place() -> None:
    data = b"7 0 obj <</A[(x)]>>\nendobj"
    assert object_at(data, 8) == (b"<</A[(x)]>>", 19)
    with pytest.raises(PdfDamage):
        object_at(b"   )", 0)


def test_a_dictionary_is_read_one_level_deep() -> None:
    assert dictionary(b"<</S/P/K[1 2 0 R]/A<</B(>>)>>/N null>>") == {
        b"/S": b"/P",
        b"/K": b"[1 2 0 R]",
        b"/A": b"<</B(>>)>>",
        b"/N": b"null",
    }
    assert dictionary(b"<< /#53 /P % why not\n >>") == {b"/S": b"/P"}
    assert dictionary(b"<<>>") == {}


@pytest.mark.parametrize("raw", [b"<</A>>", b"<<1 2>>", b"<</A 1 2>>", b"<</A 1", b"[/A 1]", b"null", b"<</A ) >>"])
def test_what_is_no_dictionary_is_refused(raw: bytes) -> None:
    with pytest.raises(PdfDamage, match="a dictionary should stand"):
        dictionary(raw)


def test_other_objects_are_told_from_one_another() -> None:
    assert array(b"[1 /A (x)]") == [b"1", b"/A", b"(x)"]
    assert (reference(b"12 0 R"), reference(b"12"), reference(b"/R"), reference(b"(1 0 R)")) == (12, None, None, None)
    assert (number(b"-.5"), number(b"+3"), integer(b"42")) == (-0.5, 3, 42)
    assert (name(b"/A#20B"), name(b"/")) == ("A B", "")


@pytest.mark.parametrize(
    ("read", "raw"),
    [(array, b"1"), (number, b"/A"), (integer, b"-1"), (integer, b"1.5"), (name, b"(A)"), (string, b"/A")],
)
def test_another_object_than_asked_for_is_refused(read: object, raw: bytes) -> None:
    assert callable(read)
    with pytest.raises(PdfDamage, match="should stand where there is"):
        read(raw)


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (b"()", b""),
        (rb"(\n\r\t\b\f\(\)\\)", b"\n\r\t\b\f()\\"),
        (rb"(\101\60\7\400\1234)", b"A0\7\0S4"),
        (rb"(\8\q)", b"8q"),
        (b"(one\\\ntwo\\\r\nthree\\\rfour)", b"onetwothreefour"),
        (b"(a\r\nb\rc\nd)", b"a\nb\nc\nd"),
        (b"<4 86\n5>", b"He"),
        (b"<414>", b"A@"),
        (b"<>", b""),
    ],
)
def test_strings(raw: bytes, meant: bytes) -> None:
    assert string(raw) == meant


@given(st.binary(max_size=40))
def test_a_string_is_what_another_library_meant_by_it(meant: bytes) -> None:
    assert string(pikepdf.String(meant).unparse()) == meant


@given(st.text(max_size=40))
def test_a_text_is_what_another_library_meant_by_it(meant: str) -> None:
    assert text(pikepdf.String(meant).unparse()) == str(pikepdf.String(meant))


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (b"(Caf\xe9 \x84 \x80)", "Café — •"),
        (b"<FEFF D83D DE00>", "😀"),
        ("(\ufeff부산)".encode(), "부산"),
    ],
)
def test_text_strings_in_each_of_their_encodings(raw: bytes, meant: str) -> None:
    assert text(raw) == meant


NESTED = st.recursive(
    st.integers(-999, 999)
    | st.binary(max_size=6).map(pikepdf.String)
    | st.sampled_from(["/A", "/A b"]).map(pikepdf.Name)
    | st.sampled_from([True, None]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["/A", "/B#", "/C d"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.lists(NESTED, max_size=4))
def test_objects_in_one_another_are_cut_where_another_library_put_them(items: list[object]) -> None:
    held = pikepdf.Array(items)
    written = [pikepdf.Array([item]).unparse()[1:-1].strip() for item in held.as_list()]
    assert list(array(held.unparse())) == written

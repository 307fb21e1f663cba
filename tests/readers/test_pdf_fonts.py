"""Codes of fonts as characters, by their ToUnicode tables (ISO 32000-1, 9.10.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.readers.pdf.fonts import Decoder, to_unicode
from briefing.readers.pdf.syntax import PdfDamage


def test_single_codes_and_ranges() -> None:
    table = (
        b"2 beginbfchar <0001> <0041> <0002> <00660069> endbfchar 1 beginbfrange <0010> <0012> <D83DDE00> endbfrange"
    )
    with pytest.raises(UnicodeDecodeError):
        to_unicode(table.replace(b"<D83DDE00>", b"<D83D>"))
    assert to_unicode(table.replace(b"<D83DDE00>", b"<0061>")) == {1: "A", 2: "fi", 16: "a", 17: "b", 18: "c"}
    assert to_unicode(table)[17] == "😁"


def test_lists_of_characters_are_refused() -> None:
    with pytest.raises(PdfDamage, match="lists of characters"):
        to_unicode(b"1 beginbfrange <01> <02> [<0041> <0042>] endbfrange")


def test_a_range_without_end_is_refused() -> None:
    with pytest.raises(PdfDamage, match="more than two bytes"):
        to_unicode(b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange")


TABLE = {code: chr(0x3000 + code) for code in range(1, 700)} | {5: "ffi", 300: "fl", 6: "\ufffe"}


@given(st.lists(st.sampled_from(sorted(TABLE))))
def test_wide_codes(numbers: list[int]) -> None:
    codes = b"".join(number.to_bytes(2, "big") for number in numbers)
    assert Decoder(TABLE, wide=True).text(codes) == "".join(TABLE[number] for number in numbers)


@given(st.lists(st.integers(1, 255)))
def test_narrow_codes(numbers: list[int]) -> None:
    assert Decoder(TABLE, wide=False).text(bytes(numbers)) == "".join(TABLE[number] for number in numbers)


@pytest.mark.parametrize(("codes", "wide"), [(b"\0\1\0\0", True), (b"\1\0\0\1", False), (b"\7\0", True)])
def test_a_code_without_a_character_is_refused(codes: bytes, wide: bool) -> None:
    with pytest.raises(PdfDamage, match="has no character"):
        Decoder(TABLE, wide=wide).text(codes)


def test_half_a_code_is_refused() -> None:
    with pytest.raises(PdfDamage, match="half a character"):
        Decoder(TABLE, wide=True).text(b"\0\1\0")

"""Which face draws which character, and what happens with a font file that is none."""

from __future__ import annotations

from pathlib import Path
from struct import pack, unpack_from

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing import fonts
from briefing.diagnostics import BriefingError
from briefing.fonts import FontBook
from briefing.shipped import shipped
from briefing.truetype import TrueType
from tests.house import HOUSE

FONTS = shipped("fonts")
BOOK = FontBook(HOUSE.families, [FONTS])
SANS = FONTS / "SourceSans3-Regular.ttf"


def drawn(text: str, family: str = "sans", *, bold: bool = False, italic: bool = False) -> list[tuple[str, str]]:
    return [(run.face.name, run.text) for run in BOOK.runs(text, family, bold, italic)]


def refusal(path: Path) -> str:
    """The rule by which a font file is refused."""
    with pytest.raises(BriefingError) as caught:
        TrueType(path)
    (diagnostic,) = caught.value.diagnostics
    assert Path(diagnostic.location.file).name == path.name
    assert diagnostic.help
    return diagnostic.rule


# ------------------------------------------------------------------------------------------------- who draws what


def test_a_family_draws_what_it_can_and_the_fallback_the_rest() -> None:
    assert drawn("Hiroyuki Namazu 鯰博行, director") == [
        ("SourceSans3-Regular", "Hiroyuki Namazu "),
        ("PretendardJP-Regular", "鯰博行"),
        ("SourceSans3-Regular", ", director"),
    ]


def test_blanks_stay_with_what_they_follow() -> None:
    assert drawn("김 건 Kim")[0] == ("PretendardJP-Regular", "김 건 ")


def test_bold_and_italic_have_their_own_faces_but_the_fallback_is_never_italic() -> None:
    assert drawn("Kim 김", "serif", bold=True, italic=True) == [
        ("SourceSerif4-BoldItalic", "Kim "),
        ("PretendardJP-Bold", "김"),
    ]


def test_the_fallback_is_drawn_half_a_point_smaller() -> None:
    assert [run.shrink for run in BOOK.runs("Kim 김", "sans")] == [0.0, 0.5]


@pytest.mark.parametrize("sign", "●◊○×…")
def test_the_sans_draws_every_sign_of_a_cell(sign: str) -> None:
    assert drawn(sign) == [("SourceSans3-Regular", sign)]
    assert drawn(sign, bold=True) == [("SourceSans3-Bold", sign)]


def test_characters_that_nobody_draws_are_listed_once_in_order() -> None:
    assert BOOK.missing("a 😀 שלום 😀 鯰", "serif") == "😀שלום"


def test_what_shows_nothing_is_missed_by_nobody() -> None:
    assert BOOK.missing("a\nb\u00a0c\u00ad\u200b\u2060葛\U000e0100", "serif") == ""


def test_a_character_that_nobody_draws_is_refused() -> None:
    with pytest.raises(BriefingError, match=r"U\+1F600.*glyph-missing"):
        BOOK.runs("fine 😀", "sans")


def test_a_face_is_opened_only_when_a_character_needs_it() -> None:
    families = {**HOUSE.families, "cjk": replace(HOUSE.families["cjk"], regular="nowhere.ttf")}
    book = FontBook(families, [FONTS])
    assert [run.text for run in book.runs("Plain “Latin” – text", "serif")] == ["Plain “Latin” – text"]
    with pytest.raises(BriefingError, match="font-missing"):
        book.runs("김", "serif")


def test_the_first_folder_that_has_a_file_wins(tmp_path: Path) -> None:
    (tmp_path / SANS.name).write_bytes((FONTS / "SourceSerif4-Regular.ttf").read_bytes())
    face = FontBook(HOUSE.families, [tmp_path, FONTS]).face("sans")
    assert face.path == tmp_path / SANS.name
    assert FontBook(HOUSE.families, [tmp_path, FONTS]).face("serif").path.parent == FONTS


# ------------------------------------------------------------------------------------------------------- measures


def test_a_word_is_measured_with_its_kerning_and_its_blanks_apart() -> None:
    face = BOOK.face("sans")
    letters = [face.advance(face.glyph(letter)) for letter in "To"]
    word = face.word("To  ")
    ((at, adjustment),) = word.kerning
    assert (at, word.blank) == (1, 2 * face.advance(face.glyph(" ")))
    assert adjustment < -20
    assert word.width == pytest.approx(sum(letters) + adjustment)


def test_a_face_remembers_so_many_words_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_MOST_WORDS", 2)
    face = FontBook(HOUSE.families, [FONTS]).face("serif")
    first = [face.word(word) for word in ("one", "two", "three", "four")]
    assert len(face._words) == 2
    assert [face.word(word) for word in ("one", "two", "three", "four")] == first


def test_a_font_without_a_kerning_table_is_set_without(tmp_path: Path) -> None:
    (tmp_path / SANS.name).write_bytes(SANS.read_bytes())
    assert FontBook(HOUSE.families, [tmp_path]).face("sans").word("To").kerning == ()


# --------------------------------------------------------------------------------------------------- font programs


def tables(program: bytes) -> dict[str, bytes]:
    (count,) = unpack_from(">H", program, 4)
    found = {}
    for at in range(12, 12 + 16 * count, 16):
        offset, length = unpack_from(">LL", program, at + 8)
        found[program[at : at + 4].decode()] = program[offset : offset + length]
    return found


def test_a_subset_holds_the_glyphs_asked_for_in_order_and_their_parts() -> None:
    face = BOOK.face("sans")
    glyphs = [0, face.glyph("é"), face.glyph("\n"), face.glyph("A")]
    program = face.subset(glyphs)
    parts = tables(program)
    (count,) = unpack_from(">H", parts["maxp"], 4)
    offsets = unpack_from(f">{count + 1}L", parts["loca"])
    advances = [unpack_from(">H", parts["hmtx"], 4 * glyph)[0] for glyph in range(count)]
    assert advances[:4] == [round(face.advance(glyph)) for glyph in glyphs]
    assert offsets[2] == offsets[3], "what shows nothing has an empty outline"
    assert offsets[-1] == len(parts["glyf"])
    assert sum(unpack_from(f">{len(program) // 4}L", program)) & 0xFFFFFFFF == 0xB1B0AFBA


def test_the_parts_of_a_composite_glyph_are_renumbered() -> None:
    face = BOOK.face("cjk")
    composites = [c for c in "ÀÉÎõüñçåĀŌ" if face.subset([0, face.glyph(c)]) and parts_of(face, c)]
    assert composites, "no composite among them: the test says nothing"
    for char in composites:
        assert max(parts_of(face, char)) < unpack_from(">H", tables(face.subset([0, face.glyph(char)]))["maxp"], 4)[0]


def parts_of(face: TrueType, char: str) -> list[int]:
    """The glyphs a composite names in its subset; none where it is drawn by itself."""
    program = tables(face.subset([0, face.glyph(char)]))
    start, end = unpack_from(">2L", program["loca"], 4)
    outline = program["glyf"][start:end]
    numbers, at, more = [], 10, outline[0] & 0x80
    while more:
        flags, number = unpack_from(">2H", outline, at)
        numbers.append(number)
        at += 4 + (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 64 else 8 if flags & 128 else 0)
        more = flags & 32
    return numbers


# --------------------------------------------------------------------------------------------------- broken files


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a font at all",
        b"OTTO" + SANS.read_bytes()[4:],
        b"ttcf" + SANS.read_bytes()[4:],
        SANS.read_bytes()[:2000],
        SANS.read_bytes()[:10],
        SANS.read_bytes().replace(b"glyf", b"CFF ", 1),
        SANS.read_bytes().replace(b"cmap", b"cmop", 1),
    ],
    ids=["empty", "text", "PostScript outlines", "collection", "cut off", "cut off early", "no outlines", "no cmap"],
)
def test_what_is_no_truetype_font_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "user.ttf").write_bytes(data)
    assert refusal(tmp_path / "user.ttf") == "font-unreadable"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "user.ttf") == "file-missing"


def test_a_font_without_units_is_refused(tmp_path: Path) -> None:
    data = bytearray(SANS.read_bytes())
    head = data.index(b"head", 12)
    (offset,) = unpack_from(">L", data, head + 8)
    data[offset + 18 : offset + 20] = pack(">H", 0)
    (tmp_path / "user.ttf").write_bytes(data)
    assert refusal(tmp_path / "user.ttf") == "font-unreadable"


@given(
    damage=st.lists(st.tuples(st.integers(0, 400_000), st.integers(0, 255)), min_size=1, max_size=40),
    near=st.booleans(),
)
def test_a_damaged_font_is_refused_or_drawn_from_but_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, int]], near: bool
) -> None:
    data = bytearray(SANS.read_bytes())
    for place, byte in damage:
        data[place % (3000 if near else len(data))] = byte
    path = tmp_path_factory.mktemp("fonts") / "user.ttf"
    path.write_bytes(data)
    assert outcome(path) in {"drawn from", "font-unreadable"}


def outcome(path: Path) -> str:
    try:
        font = TrueType(path)
        glyphs = [font.glyph(char) for char in "Añ●é鯰\n"]
        for glyph in glyphs:
            font.advance(glyph)
        font.subset([0, *glyphs])
    except BriefingError as error:
        return error.diagnostics[0].rule
    return "drawn from"

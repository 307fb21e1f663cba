"""YAML text → values that know where they stand, and every way a person can get it wrong."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.diagnostics import Diagnostic, Location
from briefing.readers import yaml as reader
from briefing.readers.yaml import MAX_PROBLEMS, Mapping, Node, Scalar, Sequence, Style, read_yaml
from briefing.readers.yaml_text import MAX_BYTES

FILE = "meetings/jakarta.yaml"


def plain(node: Node | None) -> object:
    """What a node says, without its places."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}
    return None


def read(data: bytes | str) -> object:
    node, problems = read_yaml(data, FILE)
    assert problems == ()
    return plain(node)


def problems_of(data: bytes | str) -> list[str]:
    """Each problem as `line:column rule`."""
    return [f"{p.location.line}:{p.location.column} {p.rule}" for p in read_yaml(data, FILE)[1]]


def only_problem(data: bytes | str) -> Diagnostic:
    (problem,) = read_yaml(data, FILE)[1]
    return problem


def value(data: str) -> Scalar:
    """The value of the first key of a mapping."""
    node, _ = read_yaml(data, FILE)
    assert isinstance(node, Mapping)
    scalar = node.entries[0][1]
    assert isinstance(scalar, Scalar)
    return scalar


# ------------------------------------------------------------------------------------------------------- values, places


def test_a_meeting_is_read_in_the_order_it_is_written() -> None:
    text = """
title: Trilateral meeting
participants:
  - person: Sung Kim
    cite: para 2
positions:
  - {by: [US, KR], topic: arms}
"""
    assert read(text) == {
        "title": "Trilateral meeting",
        "participants": [{"person": "Sung Kim", "cite": "para 2"}],
        "positions": [{"by": ["US", "KR"], "topic": "arms"}],
    }


@pytest.mark.parametrize("text", ["NO", "yes", "2023-02-30", "1_000", "0o17", "null", "~", "1:30", ".inf"])
def test_a_plain_word_stays_the_text_it_is(text: str) -> None:
    assert read(f"country: {text}") == {"country": text}


def test_a_scalar_knows_its_line_column_and_span() -> None:
    text = "# a comment\nparticipants:\n  - person: 鯰博行\n"
    node, _ = read_yaml(text, FILE)
    assert isinstance(node, Mapping)
    people = node.entries[0][1]
    assert isinstance(people, Sequence)
    person = people.items[0]
    assert isinstance(person, Mapping)
    key, name = person.entries[0]
    assert key.location == Location(FILE, 3, 5)
    assert isinstance(name, Scalar)
    assert name.location == Location(FILE, 3, 13)
    assert text[name.start : name.end] == "鯰博行"


@pytest.mark.parametrize(
    ("written", "text", "style"),
    [
        ("very worrying", "very worrying", Style.PLAIN),
        ("'it''s'", "it's", Style.SINGLE),
        (r'"a \"word\""', 'a "word"', Style.DOUBLE),
        ("|\n  Note: this,\n  and #that", "Note: this,\nand #that", Style.LITERAL),
        (">-\n  one\n  two", "one two", Style.FOLDED),
        ("", "", Style.PLAIN),
    ],
)
def test_a_scalar_can_be_patched_by_its_span_in_every_style(written: str, text: str, style: Style) -> None:
    for line_break in ("\n", "\r\n"):
        whole = f"summary: {written}\nnext: x\n".replace("\n", line_break)
        scalar = value(whole)
        assert (scalar.text, scalar.style) == (text, style)
        patched = whole[: scalar.start] + ' "new"' + whole[scalar.end :]
        assert read(patched) == {"summary": "new", "next": "x"}


@pytest.mark.parametrize("block", ["|\n  text\n", "|+\n  text\n\n\n", "|-\n  text", "|\n  text\n\n# comment\n"])
def test_the_last_line_break_of_a_block_is_not_part_of_its_text(block: str) -> None:
    scalar = value(f"summary: {block}")
    assert scalar.text == "text"
    assert f"summary: {block}"[scalar.start : scalar.end].endswith("text")


def test_the_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    text = "title: A\nsummary: |\n  one\n  two\n"
    expected = {"title": "A", "summary": "one\ntwo"}
    assert read(text.encode()) == read(b"\xef\xbb\xbf" + text.encode()) == expected
    assert read(text.replace("\n", "\r\n").encode()) == expected


# ------------------------------------------------------------------------------------------------ what is not used here


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by: &kim Kim Gunn", "1:5 yaml-anchor"),
        ("positions: &all\n- a", "1:12 yaml-anchor"),
        ("by: *kim", "1:5 yaml-alias"),
        ("date: !!str 2023", "1:7 yaml-tag"),
        ("by: !country {a: b}", "1:5 yaml-tag"),
        ("base:\n  a: b\nmore:\n  <<: c", "4:3 yaml-merge"),
        ("[a, b]: c", "1:1 yaml-key"),
        ("'': c", "1:1 yaml-key"),
        ("a: b\n---\nc: d", "2:1 yaml-documents"),
        ("", "0:0 yaml-empty"),
        ("# nothing yet\n", "0:0 yaml-empty"),
    ],
)
def test_what_dossiers_do_not_use_is_refused_by_name_and_place(text: str, expected: str) -> None:
    assert problems_of(text) == [expected]


def test_a_key_with_a_question_mark_needs_no_value() -> None:
    assert read("? a\n? b\n: c") == {"a": "", "b": "c"}


def test_a_quoted_merge_sign_is_a_key_like_any_other() -> None:
    assert read("'<<': c") == {"<<": "c"}


def test_a_key_that_stands_twice_names_both_places_and_keeps_the_first() -> None:
    node, (problem,) = read_yaml("title: A\nplace: B\ntitle: C\n", FILE)
    assert str(problem).startswith(
        f"{FILE}:3:1: error: the key `title` stands here and in line 1, column 1 [duplicate-key]"
    )
    assert plain(node) == {"title": "A", "place": "B"}


def test_problems_that_leave_the_rest_readable_are_all_reported_in_order() -> None:
    text = "a: &x b\na: c\nd: !t e\nf: Item #3\n"
    assert problems_of(text) == ["1:4 yaml-anchor", "2:1 duplicate-key", "3:4 yaml-tag", "4:9 cut-by-hash"]


def nested(levels: int) -> str:
    return "[" * levels + "x" + "]" * levels


def test_depth_is_bounded() -> None:
    node, problems = read_yaml(nested(64), FILE)
    assert isinstance(node, Sequence)
    assert problems == ()
    assert problems_of(nested(65)) == ["1:65 yaml-depth"]
    assert problems_of("[" * 100_000) == ["1:65 yaml-depth"]
    assert problems_of("- " * 70 + "x") == ["1:129 yaml-depth"]


def test_a_file_of_nothing_but_mistakes_is_given_up() -> None:
    node, problems = read_yaml("- Item #3\n" * 1000, FILE)
    assert node is None
    assert len(problems) == MAX_PROBLEMS


def test_size_is_bounded() -> None:
    assert problems_of(b"#" * MAX_BYTES + b"\n") == ["0:0 yaml-size"]
    assert problems_of(b"#" * MAX_BYTES) == ["0:0 yaml-empty"]


# --------------------------------------------------------------------------------------------- encodings and characters


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_in_one_sentence(encoding: str) -> None:
    problem = only_problem("title: A\n".encode(encoding))
    assert str(problem).startswith(f"{FILE}: error: the file is saved as UTF-16, not as UTF-8 [yaml-encoding]")


def test_latin_1_is_refused_at_the_first_strange_byte() -> None:
    problem = only_problem("title: A\nplace: Gen\xe8ve\n".encode("latin-1"))
    assert (problem.rule, problem.location) == ("yaml-encoding", Location(FILE, 2, 11))
    assert "Latin-1" in problem.message


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "U+0000 (NUL)"),
        ("\x07", "U+0007 (a control character)"),
        ("\x7f", "U+007F (a control character)"),
        ("\x85", "U+0085 (NEXT LINE)"),
        ("\u2028", "U+2028 (LINE SEPARATOR)"),
        ("\u2029", "U+2029 (PARAGRAPH SEPARATOR)"),
        ("\u202e", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("\u2066", "U+2066 (LEFT-TO-RIGHT ISOLATE)"),
        ("\ud800", "U+D800 (half a character)"),
        ("\ufdd0", "U+FDD0 (not a character)"),
        ("\ufdef", "U+FDEF (not a character)"),
        ("\ufffe", "U+FFFE (not a character)"),
        ("\uffff", "U+FFFF (not a character)"),
        ("\U0010ffff", "U+10FFFF (not a character)"),
        ("\ufeff", "U+FEFF (BYTE ORDER MARK)"),
    ],
)
def test_characters_nobody_can_see_are_refused_by_name(character: str, name: str) -> None:
    problem = only_problem(f"title: A\nplace: Ja{character}karta{character}\n")
    assert problem.message.startswith(name)
    assert (problem.rule, problem.location) == ("yaml-character", Location(FILE, 2, 10))


def test_a_forbidden_character_written_as_an_escape_is_refused_too() -> None:
    assert problems_of(r'place: "Ja\u202ekarta"') == ["1:8 yaml-character"]
    assert problems_of(r'place: "Ja\0karta"') == ["1:8 yaml-character"]
    assert read(r'place: "Ja\u00ebl\tB"') == {"place": "Jaël\tB"}


# ------------------------------------------------------------------------------------------------- words cut by a hash


@pytest.mark.parametrize(
    "text",
    [
        "title: Resolution #2375",
        "title: sold off item # 3 and others",
        "title: #1 priority",
        "title: #1 priority\n  goes on here",
        "title: 5 weapons  #listed below",
        "title: 停戦を求めた # 後で",
        "quote:\n- #2",
        "quote: [raised the issue #4\n]",
    ],
)
def test_prose_cut_by_a_hash_is_an_error(text: str) -> None:
    problem = read_yaml(text, FILE)[1][0]
    assert problem.rule == "cut-by-hash"
    assert text.splitlines()[problem.location.line - 1][problem.location.column - 1] == "#"


@pytest.mark.parametrize(
    "text",
    [
        "- yonhap # the agency",
        "- yonhap  # the agency",
        "- Hiroyuki Namazu  # one remark, two questions",
        "- Hiroyuki Namazu\n# a line of its own\n  #by itself, too",
        "-   # why\n  Hiroyuki Namazu",
        "- [US, KR] #both",
        "- 'Resolution' #2375",
        "- C#",
        "- Item#3",
        "- |\n  Item #3",
        "- 'Item #3'",
        "#a\n#b\n- x",
    ],
)
def test_a_comment_that_stands_off_is_a_comment(text: str) -> None:
    assert problems_of(text) == []


def test_the_hash_of_a_block_stays_in_the_text() -> None:
    assert read("summary: |  # ours\n  Item #3: sold # twice\n") == {"summary": "Item #3: sold # twice"}


# -------------------------------------------------------------------------------------------------------- broken syntax


BLOCK, TAB, COLUMN = (
    "goes to the next line, indented, after `|`",
    "Put blanks in the place of",
    "begin in the same column",
)
COMMA, KEY, ITEM = "stands between quotation marks", "followed by a colon and a blank", "below it each item has one"


@pytest.mark.parametrize(
    ("text", "place", "words", "remedy"),
    [
        ("summary: Note: it fails", "1:14", "a second `: ` in one value", BLOCK),
        ("summary: @home", "1:10", "a value cannot begin with `@`", BLOCK),
        ("summary: *all* of it", "1:14", "cannot begin with `*`", BLOCK),
        ("summary: & so on", "1:11", "cannot begin with `&`", BLOCK),
        ("summary: %", "1:10", "cannot begin with `%`", BLOCK),
        ('summary: "no" he said\nnext: x', "1:15", "`h` stands where a key should", BLOCK),
        ('- "no" he said\n- x', "1:8", "`h` stands where a list item should", BLOCK),
        ("a: b\nsummary: 'never closed\nnext: x", "2:10", "the quotation mark that opens here is never closed", BLOCK),
        ('a: "\n---\n"', "1:4", "never closed", BLOCK),
        ('a: "C:\\qtr"', "1:7", "backslash", BLOCK),
        ("a: |b\n  c", "1:5", "nothing but a line break may follow `|`", BLOCK),
        ("a: ]", "1:4", "cannot begin with `]`", BLOCK),
        ("%FOO\n---\na: b", "1:5", "a line cannot begin with `%`", BLOCK),
        ("%YAML 3.0\n---\na: b", "1:1", "this does not read as YAML", BLOCK),
        ("a:\n\tb: c", "2:1", "a tab", TAB),
        ("a: |\n\tb", "2:1", "a tab", TAB),
        ("a: b\n\tc: d", "2:1", "a tab", TAB),
        (" a: b\nc: d", "2:1", "this line is one blank short of the lines around it", COLUMN),
        ("a: b\n c: d", "2:2", "this line is one blank further in than the lines around it", COLUMN),
        ("a:\n  - b: c\n    d: e\n   f: g", "4:4", "one blank short of", COLUMN),
        ("a:\n  - b: c\n    d: e\n      f: g", "4:7", "two blanks further in than", COLUMN),
        ("a:\n  - b: c\n   - d: e", "3:4", "one blank further in than", COLUMN),
        ("a:\n      - b\n  - c", "3:3", "4 blanks short of", COLUMN),
        ("- a\nb: c", "2:1", "begins where the dashes of the list stand, and has none", "begins with a dash"),
        ("a: b\n- c", "2:1", "a list item stands among the keys", ITEM),
        ("a: - b", "1:4", "a list begins on a line of its own", ITEM),
        ("a: b\nfoo\nb: c", "2:1", "neither `key: value` nor a list item", KEY),
        ("a:b\nc: d", "2:2", "a colon without a blank behind it", KEY),
        ("a: {b: c\nd: e", "2:2", "inside braces a comma ends a value", COMMA),
        ("a: [b, c}", "1:9", "inside brackets a comma ends an item", COMMA),
        ("handling: TLP: AMBER", "1:11", "a blank in a handling label", "Write TLP:AMBER, with no blank."),
        ("handling: TLP:  AMBER+STRICT", "1:11", "a blank", "Write TLP:AMBER+STRICT, with no blank."),
    ],
)
def test_broken_syntax_is_told_in_plain_words_with_its_remedy(text: str, place: str, words: str, remedy: str) -> None:
    node, problems = read_yaml(text + "\n", FILE)
    assert node is None
    assert str(problems[-1]).startswith(f"{FILE}:{place}: error: ")
    assert words in problems[-1].message
    assert problems[-1].rule == "yaml-syntax"
    assert remedy in problems[-1].help


def test_the_remedy_mends_what_it_is_offered_for() -> None:
    for text in ("Note: it fails", "@home", "*all* of it", '"no" he said', "Item #3 of it", "- %a {b, ] 'c"):
        assert problems_of(f"summary: {text}\nnext: x\n") != []
        assert read(f"summary: |\n  {text}\nnext: x\n") == {"summary": text, "next": "x"}


def test_a_comma_inside_braces_never_cuts_a_value_unseen() -> None:
    problem = only_problem("{by: US, summary: Worried, but firm, cite: para 3}")
    assert (problem.rule, problem.location) == ("yaml-comma", Location(FILE, 1, 28))
    assert problem.message.startswith("`but firm` is a key without a value")
    assert COMMA in problem.help
    assert problems_of("{by:US}") == ["1:2 yaml-comma"]
    assert read("{by: US, note: , 'a': }") == {"by": "US", "note": "", "a": ""}


# --------------------------------------------------------------------------------------------------------- any bytes

YAML_LIKE = st.text(alphabet="ab é鯰\n\r\t :-#|>&*!%@`'\"{}[],?<~\\.\0\x85\u2028\ufeff\ud800", max_size=60)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=100), YAML_LIKE))
def test_any_bytes_give_a_value_or_a_reason(data: bytes | str) -> None:
    node, problems = read_yaml(data, FILE)
    assert node is not None or problems
    assert all(problem.location.file == FILE and problem.message and problem.rule for problem in problems)


@given(YAML_LIKE)
def test_the_parser_in_python_reads_like_the_one_in_c(text: str) -> None:
    reading = read_yaml(text, FILE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "LOADER", yaml.SafeLoader)
        fallback = read_yaml(text, FILE)
    if reading[0] is not None and fallback[0] is not None:
        assert plain(reading[0]) == plain(fallback[0])


@given(YAML_LIKE)
def test_any_text_reads_back_from_an_indented_block(text: str) -> None:
    kept = "\n".join(line.strip(" \t") for line in text.replace("\r", "\n").split("\n")).strip("\n")
    node, problems = read_yaml("- |2\n" + "".join(f"   {line}\n" for line in kept.split("\n")), FILE)
    if not problems:
        expected = "\n".join(f" {line}" for line in kept.split("\n"))
        assert plain(node) == [expected]

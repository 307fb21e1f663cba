"""Hostile input: whatever a person or a stranger supplies ends in a sentence, status 1 or 2, and nothing is written.

For faults of the disk see test_faults.py, for a right that is missing test_rights.py; what YAML, TOML, markup and the
lock refuse by themselves has its tests beside each reader. Here the whole program meets it, by its commands."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from struct import unpack_from

import pytest
from click.testing import CliRunner, Result

from briefing.cli import commands
from briefing.compare import compare
from briefing.compose import TemplateSource, compose
from briefing.diagnostics import acts, visible
from briefing.document import Document, Heading, Paragraph, plain_text, walk_blocks
from briefing.fonts import FontBook
from briefing.glyphs import missing_glyphs
from briefing.lock import verify
from briefing.model import Dossier
from briefing.readers.docx import read_docx
from briefing.readers.dossier import read_dossier
from briefing.readers.pdf import read_pdf
from briefing.readers.words import english
from briefing.shipped import shipped
from briefing.twins import compare as compare_twins
from briefing.writers import write
from tests.house import HOUSE
from tests.small import BRIEF, CALL, FOLDER, changed, small

FILES = ("dossier.yaml", "people.yaml", "sources.yaml", CALL, BRIEF)
OTHERS = ("quotes.lock", "articles/harbour.txt")
OWN = ("templates/policy-brief.html.jinja", "templates/house.toml", "fonts/SourceSans3-Regular.ttf")


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder holds the small dossier, and templates and fonts of its own where a test puts them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BRIEFING_TEXTS", raising=False)
    return Path(shutil.copytree(FOLDER, tmp_path / "sources" / "small"))


def briefing(*words: str) -> Result:
    """Run a command; what ends it other than by its own status is a traceback on somebody's screen."""
    result = CliRunner().invoke(commands, list(words), prog_name="briefing")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(*about: str) -> str:
    """Build, and see that it is refused in words that name what it is about, and that nothing is written."""
    result = briefing("build", "sources/small")
    assert result.exit_code in (1, 2), result.output
    assert not Path("out").exists()
    assert ": error: " in result.stderr
    for word in about:
        assert word in result.stderr
    return result.stderr


def put(name: str, data: bytes) -> Path:
    """Put a file into the dossier, or beside it where it is a template, house style or font."""
    path = Path(name) if name in OWN else Path("sources/small") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# ------------------------------------------------------------------------------------------------ files of a dossier

BOMB = b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a, *a]\n" % (n, n) for n in range(90))
DAMAGE: Mapping[str, tuple[bytes, str]] = {
    "empty": (b"", "[yaml-empty]"),
    "only blanks": (b" \n \n", "[yaml-empty]"),
    "50 MB": (b"#" * 50_000_000, "larger than 5 MB"),
    "deeply nested": (b"[" * 200_000, "[yaml-depth]"),
    "deeply indented": (b"".join(b" " * n + b"a:\n" for n in range(1000)), "[yaml-depth]"),
    "aliases of aliases": (BOMB, "[yaml-anchor]"),
    "a merge key": (b"a: x\n<<: {b: c}\n", "[yaml-merge]"),
    "a tag": (b"!!python/object/apply:os.system [true]\n", "[yaml-tag]"),
    "Latin-1": ("title: Café\n".encode("latin-1"), "is not UTF-8"),
    "UTF-16": ("title: x\n".encode("utf-16"), "UTF-16"),
    "UTF-16 without its mark": ("title: x\n".encode("utf-16-be"), "UTF-16"),
    "NUL": (b"title: a\0b\n", "NUL"),
    "a control character": (b"title: a\x1b[31mb\n", "U+001B"),
    "a line separator": ("title: a\u2028b\n".encode(), "U+2028"),
    "a turn of direction": ("title: a\u202eb\n".encode(), "U+202E"),
    "half a character": (b"title: a\xed\xa0\x80b\n", "is not UTF-8"),
    "half a character, escaped": (b'title: "a\\ud800b"\n', "error"),
    "no character": ("title: a\ufdd0b\n".encode(), "U+FDD0"),
    "binary": (bytes(range(256)) * 40, "UTF-16"),
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_of_a_dossier_is_refused_by_its_name(file: str, damage: str) -> None:
    data, word = DAMAGE[damage]
    put(file, data)
    refused(f"sources/small/{file}", word)


@pytest.mark.parametrize("file", FILES)
def test_a_byte_order_mark_and_windows_line_ends_are_no_damage(file: str, desk: Path) -> None:
    plain = briefing("compare", "sources/small", "--json").stdout
    put(file, b"\xef\xbb\xbf" + (desk / file).read_bytes().replace(b"\n", b"\r\n"))
    assert briefing("compare", "sources/small", "--json").stdout == plain


LOCKS = {"empty": b"", "50 MB": b" " * 50_000_001, "deep": b"[" * 200_000, "UTF-16": "{}".encode("utf-16"),
         "a list": b"[]", "a number": b"9" * 5000, "NUL": b"\0", "half": b'{"schema": 1, "x": "\\ud800"}'}  # fmt: skip


@pytest.mark.parametrize("damage", LOCKS)
def test_a_damaged_lock_is_refused(damage: str) -> None:
    put("quotes.lock", LOCKS[damage])
    refused("quotes.lock")


@pytest.mark.parametrize("data", [b"\xff\xfea\0", b"a\xed\xa0\x80", b"x" * 50_000_001], ids=["UTF-16", "half", "50 MB"])
def test_a_text_that_cannot_be_read_is_refused(data: bytes) -> None:
    put("articles/harbour.txt", data)
    refused("harbour.txt")


@pytest.mark.parametrize(
    "data", [b"", b"\0\x1b\x85" * 9, "\u202e\u2028\ufdd0".encode() * 99], ids=["empty", "0", "bidi"]
)
def test_a_text_that_says_nothing_does_not_hold_the_quotations(data: bytes) -> None:
    put("articles/harbour.txt", data)
    assert briefing("check", "sources/small").exit_code == 1


# ---------------------------------------------------------------------------------------------------- files and folders


@pytest.mark.parametrize("name", [*FILES, *OTHERS, *OWN])
def test_a_folder_in_the_place_of_a_file_is_no_crash(name: str) -> None:
    path = put(name, b"")
    path.unlink()
    path.mkdir()
    result = briefing("build", "sources/small")
    assert result.exit_code == (0 if name in OWN else 1), result.output  # beside the dossier the shipped one serves
    assert name in OWN or path.name in result.stderr


@pytest.mark.parametrize("name", ["meetings", "briefs", "articles"])
def test_a_file_in_the_place_of_a_folder_is_no_crash(name: str, desk: Path) -> None:
    shutil.rmtree(desk / name)
    (desk / name).write_bytes(b"x")
    assert briefing("check", "sources/small").exit_code in (0, 1)


@pytest.mark.parametrize(
    "path", ["../../../etc/passwd", "/etc/passwd", "C:\\Windows\\x.txt", "..\\x", "articles/../../x"]
)
def test_a_text_outside_of_the_dossier_is_refused(path: str, desk: Path) -> None:
    sources = (desk / "sources.yaml").read_text("utf-8")
    put("sources.yaml", changed(sources, "articles/harbour.txt", path).encode())
    refused("sources/small/sources.yaml:8")


@pytest.mark.parametrize("path", ["con.yaml", "articles/NUL", "aux.txt", "articles/a.", "com1"])
def test_a_text_by_a_name_that_windows_reserves_is_refused(path: str, desk: Path) -> None:
    sources = (desk / "sources.yaml").read_text("utf-8")
    put("sources.yaml", changed(sources, "articles/harbour.txt", path).encode())
    refused("sources/small/sources.yaml:8", "no file name on every computer")


def test_a_link_out_of_the_dossier_is_refused(tmp_path: Path, desk: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("We will not rule out lower quotas", encoding="utf-8")
    (desk / "articles/harbour.txt").unlink()
    (desk / "articles/harbour.txt").symlink_to(outside)
    refused("leads out of the dossier")


@pytest.mark.parametrize("name", [*FILES, "quotes.lock", "meetings", "briefs"])
def test_no_file_of_a_dossier_is_a_link_out_of_it(name: str, desk: Path, tmp_path: Path) -> None:
    shutil.move(desk / name, tmp_path / "elsewhere")
    (desk / name).symlink_to(tmp_path / "elsewhere")
    refused(f"sources/small/{name}", "is a link that leads out of the dossier")


def test_a_link_within_a_dossier_is_followed(desk: Path) -> None:
    shutil.move(desk / CALL, desk / "call")
    (desk / CALL).symlink_to("../call")
    assert briefing("build", "sources/small").exit_code == 0


@pytest.mark.parametrize("name", ["meetings/con.yaml", "briefs/aux.yaml", "meetings/lpt1.yml"])
def test_a_file_by_a_name_that_windows_reserves_is_refused(name: str) -> None:
    put(name, b"title: x\n")
    refused(f"sources/small/{name}", "is no file name on every computer")


ACTING = ["\x1b[31mred", "two\nlines", "turned\u202e", "cut\u2028", "latin\udce9"]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="no file can have such a name there")
@pytest.mark.parametrize("name", ACTING)
def test_no_name_of_a_file_acts_on_a_console(name: str, desk: Path) -> None:
    (desk / "meetings" / f"{name}.yaml").write_bytes(b"title: x\n")
    told = refused(f"sources/small/meetings/{visible(name)}.yaml: error: ")
    assert not set(name) & {char for char in told if char != "\n" and acts(char)}


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="no folder can have such a name there")
@pytest.mark.parametrize("name", [*ACTING, "con"])
def test_a_dossier_by_a_name_that_its_outputs_cannot_bear_is_refused(name: str, desk: Path) -> None:
    desk.rename(desk.parent / name)
    result = briefing("build")
    assert result.exit_code == 1
    assert f"sources/{visible(name)}: error: the name of this folder is none on every computer" in result.stderr
    assert not Path("out").exists()


@pytest.mark.parametrize("name", ["policy-brief.html.jinja", "parts.html.jinja", "house.toml"])
def test_a_template_or_house_style_that_is_a_link_to_somewhere_else_is_refused(name: str, tmp_path: Path) -> None:
    Path("templates").mkdir()
    (tmp_path / "secret").write_text("root:x:0:0", encoding="utf-8")
    (Path("templates") / name).symlink_to(tmp_path / "secret")
    assert "root" not in refused(name)


@pytest.mark.parametrize(
    ("file", "twin"),
    [
        (CALL, CALL.replace("call", "Call")),
        (BRIEF, BRIEF.replace("fishing", "Fishing")),
        ("people.yaml", "People.yaml"),
    ],
)
def test_files_whose_names_differ_only_in_case_are_refused(file: str, twin: str, desk: Path) -> None:
    put(twin, (desk / file).read_bytes())
    refused(f"sources/small/{twin}")


def test_dossiers_whose_names_differ_only_in_case_are_refused(desk: Path) -> None:
    shutil.copytree(desk, desk.parent / "Small")
    result = briefing("build")
    assert result.exit_code == 1
    assert result.stderr.count("[same-output]") == 2
    assert not Path("out").exists()


def test_a_text_named_in_another_case_is_named_as_it_stands(desk: Path) -> None:
    sources = (desk / "sources.yaml").read_text("utf-8")
    put("sources.yaml", changed(sources, "articles/harbour.txt", "articles/Harbour.txt").encode())
    assert "Did you mean 'harbour.txt'?" in briefing("check", "sources/small").stderr


@pytest.mark.parametrize("name", ["templates", "fonts"])
def test_a_file_in_the_place_of_ones_own_folder_is_passed_over(name: str) -> None:
    Path(name).write_bytes(b"x")
    assert briefing("build", "sources/small").exit_code == 0


@pytest.mark.parametrize("template", ["../policy-brief", "/etc/passwd", "con", "policy brief", "a/b", "nul\\0", ""])
def test_a_brief_names_its_template_by_a_plain_name(template: str, desk: Path) -> None:
    put(BRIEF, b'template: "' + template.encode() + b'"\n' + (desk / BRIEF).read_bytes())
    refused()


# ------------------------------------------------------------------------------------ templates, house styles and fonts


def _doubled(step: str, times: int = 50) -> str:
    return "{% set x = 'aaaaaaaaaa' %}" + step * times + "<h1>{{ x | length }}</h1>"


CALLS = "{% macro m40() %}{% endmacro %}" + "".join(
    f"{{% macro m{n}() %}}{{{{ m{n + 1}() }}}}{{{{ m{n + 1}() }}}}{{% endmacro %}}" for n in range(40)
)
ATTACKS: Mapping[str, str] = {
    "text joined to itself": _doubled("{% set x = x ~ x %}"),
    "text added to itself": _doubled("{% set x = x + x %}"),
    "text put into itself": _doubled("{% set x = x | replace('a', x) %}"),
    "text as its own comma": _doubled("{% set x = [x, x, x, x] | join(x) %}"),
    "lists added to themselves": "{% set x = ['a'] %}" + "{% set x = x + x %}" * 50 + "<h1>{{ x | length }}</h1>",
    "a block that prints itself twice": _doubled("{% set x %}{{ x }}{{ x }}{% endset %}"),
    "a macro that prints twice": "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}" + _doubled("{% set x = m(x) %}"),
    "macros that call two others": CALLS + "<h1>{{ m0() }}x</h1>",
    "a loop inside a loop": "<h1>{% for a in topics %}"
    + "{% for a in range %}" * 3
    + "x"
    + "{% endfor %}" * 4
    + "</h1>",
    "too many loops": "{% for a in topics %}" * 60 + "<h1>x</h1>" + "{% endfor %}" * 60,
    "numbers multiplied": "{% set x = 99999999 %}" + "{% set x = x * x %}" * 40 + "<h1>{{ x }}</h1>",
    "slices": "<h1>{{ 'abc' | slice(99999999999) | list | length }}</h1>",
    "a width": "<h1>{{ 'a'.ljust(99999999999) }}</h1>",
    "zeros": "<h1>{{ 'a'.zfill(999999999) }}</h1>",
    "a format": "<h1>{{ '{:>999999999}'.format(1) }}</h1>",
    "bytes": "<h1>{{ (9).to_bytes(999999999, 'big') }}</h1>",
    "its own globals": '{% import "parts.html.jinja" as parts with context %}<h1>{{ parts.notes.__globals__ }}</h1>',
    "its own environment": "<h1>{{ self._TemplateReference__context.environment }}</h1>",
    "the password file": '<h1>{% include "/etc/passwd" %}</h1>',
    "a file above": '<h1>{% include "../sources/small/people.yaml" %}</h1>',
    "a file that is no template": '<h1>{% include "con" %}</h1>',
    "itself": '{% include "policy-brief.html.jinja" %}',
    "itself as its own parent": '{% extends "policy-brief.html.jinja" %}',
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}<h1>{{ m() }}</h1>",
    "a loop that calls itself": "<h1>{% for t in topics recursive %}{{ loop(topics) }}{% endfor %}</h1>",
    "deep brackets": "<h1>{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}</h1>",
    "deep conditions": "{% if 1 %}" * 3000 + "<h1>x</h1>" + "{% endif %}" * 3000,
    "deep elements": "<strong>" * 3000,
    "a script": "<script>alert(1)</script>",
    "a filter that is none, where Jinja looks late": "<h1>{% if topics | nosuch %}x{% endif %}</h1>",
    "no source": '<h1>x<note ref="nobody"></note></h1>',
    "nothing": "",
    "half a tag": "<h1",
    "NUL": "<h1>a\0b</h1>",
    "an end without a beginning": "<h1>a\ufdd2b</h1>",
    "an index without a value": "<h1>\ufdd099\ufdd1a\ufdd2</h1>",
}


LARGE = (
    "text joined to itself",
    "text put into itself",
    "lists added to themselves",
    "a block that prints itself twice",
    "macros that call two others",
    "numbers multiplied",
    "a format",
    "bytes",
    "deep brackets",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_template_neither_gets_out_nor_grows_nor_runs_on(attack: str) -> None:
    put("templates/policy-brief.html.jinja", ATTACKS[attack].encode())
    told = refused()
    assert any(kind in told for kind in ("[template-", "[markup-", "[file-name]"))


def test_a_loop_over_what_a_template_made_is_bounded() -> None:
    made = "{% set x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] %}" + "{% set x = x + x %}" * 10
    loops = "<h1>{% for a in x %}{% for b in x %}{% endfor %}{% endfor %}</h1>"
    put("templates/policy-brief.html.jinja", (made + loops).encode())
    refused("goes through more than 1,000,000 items")


@pytest.mark.parametrize("name", ["templates/policy-brief.html.jinja", "templates/house.toml"])
@pytest.mark.parametrize(
    "data", [b"\xff\xfe<\0", b"a\xed\xa0\x80", b"{# x #}" * 1_000_000], ids=["UTF-16", "half", "7 MB"]
)
def test_a_template_or_house_style_that_cannot_be_read_is_refused(name: str, data: bytes) -> None:
    put(name, data)
    refused(name)


TEMPLATE_DAMAGE: Mapping[str, tuple[bytes, str]] = {
    "empty": (b"", "[template-empty]"),
    "only blanks": (b" \n \n", "[template-empty]"),
    "50 MB": (b"a" * 50_000_000, "larger than 5 MB"),
    "Latin-1": ("<h1>Café</h1>".encode("latin-1"), "is not UTF-8"),
    "UTF-16": ("<h1>x</h1>".encode("utf-16"), "is not UTF-8"),
    "NUL": (b"<h1>a\0b</h1>", "U+0000"),
    "a control character": (b"<h1>a\x1b[31mb</h1>", "U+001B"),
    "a line separator": ("<h1>a\u2028b</h1>".encode(), "U+2028"),
    "a turn of direction": ("<h1>a\u202eb</h1>".encode(), "U+202E"),
    "half a character": (b"<h1>a\xed\xa0\x80b</h1>", "is not UTF-8"),
    "half a character, escaped": (b"<h1>a&#xD800;b</h1>", "is no character of a text"),
    "half a character, escaped in Jinja": (b"<h1>{{ 'a\\ud800b' }}</h1>", "cannot stand in a text"),
    "no character": ("<h1>a\ufdd0b</h1>".encode(), "U+FDD0"),
    "binary": (bytes(range(256)) * 40, "is not UTF-8"),
}


@pytest.mark.parametrize("damage", TEMPLATE_DAMAGE)
def test_a_damaged_template_is_refused(damage: str) -> None:
    data, word = TEMPLATE_DAMAGE[damage]
    put("templates/policy-brief.html.jinja", data)
    refused(word)


@pytest.mark.parametrize("name", ["policy-brief.html.jinja", "parts.html.jinja", "house.toml"])
def test_a_byte_order_mark_and_windows_line_ends_are_no_damage_to_a_template(name: str) -> None:
    assert briefing("build", "sources/small", "-o", "plain").exit_code == 0
    Path("templates").mkdir()
    data = (shipped("templates") / name).read_bytes().replace(b"\n", b"\r\n")
    (Path("templates") / name).write_bytes(b"\xef\xbb\xbf" + data)
    assert briefing("build", "sources/small").exit_code == 0
    for file in ("small-fishing.pdf", "small-fishing.docx"):
        assert Path("out", file).read_bytes() == Path("plain", file).read_bytes()


HOUSE_DAMAGE = {
    "NUL": b'word = "a\0b"', "a control character": b'word = "a\x1bb"', "half a character": b'word = "a\\ud800b"',
    "a line separator": 'word = "a\u2028b"'.encode(), "a turn of direction": 'word = "a\u202eb"'.encode(),
    "no character": 'word = "a\ufdd0b"'.encode(), "no number": b"size = nan",
    "endless": b"size = inf", "below nothing": b"size = -9", "true": b"size = true",
}  # fmt: skip


@pytest.mark.parametrize("damage", HOUSE_DAMAGE)
def test_a_damaged_house_style_is_refused(damage: str) -> None:
    put("templates/house.toml", b"[paragraphs.kicker]\n" + HOUSE_DAMAGE[damage] + b"\n")
    refused("templates/house.toml:2")


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 100_000, "a = 1" + "0" * 5000, "a = ", "pages = 3", "[paragraphs]\nx = 1", "a.b.c = 1\na.b = 2"],
)
def test_a_house_style_that_is_none_is_refused(text: str) -> None:
    put("templates/house.toml", text.encode())
    refused("templates/house.toml")


@pytest.mark.parametrize("length", [0, 3, 200, 5000, 100_000])
def test_a_font_cut_off_is_refused_by_its_name(length: int) -> None:
    put("fonts/SourceSans3-Regular.ttf", (shipped("fonts") / "SourceSans3-Regular.ttf").read_bytes()[:length])
    refused("SourceSans3-Regular.ttf")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>not found</html>",
        b"\x89PNG\r\n\x1a\n" + bytes(99),
        b"wOF2" + bytes(99),
        b"OTTO" + bytes(99),
        b"ttcf" + bytes(99),
        b"\0\1\0\0\0\0" + bytes(99),
        b"\0\1\0\0\xff\xff" + bytes(99),
    ],
    ids=["empty", "a page", "a picture", "WOFF", "PostScript", "several", "without tables", "with too many"],
)
def test_a_font_that_is_none_is_refused_by_its_name(data: bytes) -> None:
    put("fonts/SourceSans3-Regular.ttf", data)
    refused("SourceSans3-Regular.ttf")


@pytest.mark.parametrize("table", ["cmap", "glyf", "head", "hmtx", "loca", "maxp"])
def test_a_font_that_lacks_a_table_is_refused_by_its_name(table: str) -> None:
    data = (shipped("fonts") / "SourceSans3-Regular.ttf").read_bytes()
    put("fonts/SourceSans3-Regular.ttf", data.replace(table.encode(), b"none", 1))
    refused("SourceSans3-Regular.ttf", f"the font has no table {table}")


@pytest.mark.parametrize("place", ["glyphs", "advances", "segments"])
def test_a_font_that_counts_too_far_is_refused_by_its_name(place: str) -> None:
    data = bytearray((shipped("fonts") / "SourceSans3-Regular.ttf").read_bytes())
    table, at = {"glyphs": (b"maxp", 4), "advances": (b"hhea", 34), "segments": (b"cmap", 2)}[place]
    (offset,) = unpack_from(">L", data, data.index(table, 12) + 8)
    data[offset + at : offset + at + 2] = b"\xff\xff"
    put("fonts/SourceSans3-Regular.ttf", bytes(data))
    refused("SourceSans3-Regular.ttf")


# --------------------------------------------------------------------------------------------- text comes out as itself


def _templates(name: str) -> tuple[str, str] | None:
    path = shipped("templates") / name
    return (path.read_text(encoding="utf-8"), name) if path.is_file() else None


def composed(dossier: Dossier, templates: TemplateSource = _templates) -> Document:
    (brief,) = dossier.briefs
    verification = verify(dossier, {}, ())
    compared = compare(dossier, brief.countries, brief.topics, brief.meetings)
    return compose(dossier, brief, compared, verification, house=HOUSE, templates=templates, words=english())


def both(dossier: Dossier) -> tuple[str, str]:
    """The words of both files, as they are read back; the twin check has nothing to say."""
    document = composed(dossier)
    fonts = FontBook(HOUSE.families, (shipped("fonts"),))
    pdf, docx = (read(write(kind, document, HOUSE, fonts)) for kind, read in (("pdf", read_pdf), ("docx", read_docx)))
    assert compare_twins(pdf, docx) == ()
    return words(pdf), words(docx)


def words(document: Document) -> str:
    held = (b for b in walk_blocks(document.blocks) if isinstance(b, Heading | Paragraph))
    return " ".join(" ".join(plain_text(b.content).split()) for b in held)


def with_summary(text: str) -> Dossier:
    return small((CALL, "Waits for the science;", "|-\n      " + text + "\n      Waits for the science;"))


LITERAL = (
    "a < b & c > d {{ brief }} {% raw %} ]]> <!-- x --> &amp; =cmd() 100% %s \\n C:\\x $x$ `y` #z @SUM(1) 'q' \"r\""
)


def test_signs_of_other_languages_come_out_as_themselves_in_both_files() -> None:
    for said in both(with_summary(LITERAL)):
        assert LITERAL in said


@pytest.mark.parametrize(
    ("file", "key", "old"),
    [
        ("dossier.yaml", "label", "Patrols"),
        ("dossier.yaml", "question", "Should catch quotas fall?"),
        ("sources.yaml", "publisher", "Harbour News Service"),
        ("sources.yaml", "short", "Harbour"),
        ("sources.yaml", "title", "Envoys differ over catch quotas"),
        (BRIEF, "title", "Fishing in the strait"),
        (BRIEF, "lead", "Washington wants lower quotas."),
        (BRIEF, "text", "Seoul will come round once the stocks are counted."),
        (CALL, "title", "envoy for the oceans"),
        (CALL, "place", "unknown"),
        (CALL, "gist", "Lower, and soon"),
        (CALL, "summary", "Speak again."),
        (CALL, "summary", "Stocks in the strait have been counted each spring."),
        (CALL, "quote", "patrols should go on through the winter"),
    ],
)
def test_they_do_so_in_every_field(file: str, key: str, old: str) -> None:
    for said in both(small((file, f"{key}: {old}\n", f"{key}: {json.dumps(LITERAL)}\n"))):
        assert LITERAL in said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"\*not\* 5 * 3", "*not* 5 * 3"),
        ("see [x](https://example.org/a) and [y](z)", "see x and [y](z)"),
        ("**strong** and *soft*", "strong and soft"),
        ("[1] (2) \\[3\\]", "[1] (2) [3]"),
    ],
)
def test_the_inline_grammar_comes_out_as_it_says(written: str, said: str) -> None:
    for found in both(with_summary(written)):
        assert said in found


@pytest.mark.parametrize(
    "long",
    ["x" * 1200, "https://example.org/" + "a" * 900, "word " * 2999 + "end", "가" * 900],
    ids=["word", "address", "3,000 words", "Korean"],
)
def test_very_long_text_breaks_and_comes_out_whole(long: str) -> None:
    for found in both(with_summary(long)):
        assert long in found


def test_a_title_of_500_characters_comes_out_whole() -> None:
    title = ("Fishing in the strait " * 25)[:499] + "x"
    for found in both(small((BRIEF, "title: Fishing in the strait", f"title: {title}"))):
        assert title in found


def test_a_quotation_of_8000_characters_comes_out_whole() -> None:
    quotation = ("before the next season " * 400)[:8000].strip()
    for found in both(small((CALL, "quote: before the next season", f"quote: {quotation}"))):
        assert quotation in found


def test_300_positions_on_one_topic_all_come_out() -> None:
    more = "".join(
        f"  - {{by: Haruto Sato, topic: patrols, summary: View number {n}., cite: harbour-2031 para 3}}\n"
        for n in range(300)
    )
    dossier, _ = read_dossier(_with(CALL, "\nactions:", f"\n{more}\nactions:"), "small")
    for found in both(dossier):
        assert [n for n in range(300) if f"View number {n}." not in found] == []


def _with(name: str, old: str, new: str) -> Mapping[str, bytes]:
    files = {p.relative_to(FOLDER).as_posix(): p.read_bytes() for p in FOLDER.rglob("*.yaml")}
    return {**files, name: changed(files[name].decode(), old, new).encode()}


@pytest.mark.parametrize(
    ("text", "name"), [("\U0001f600", "U+1F600"), ("\u0645\u0631\u062d\u0628\u0627", "U+06")], ids=["emoji", "Arabic"]
)
def test_a_character_that_no_font_draws_is_refused_at_its_place(text: str, name: str) -> None:
    found = missing_glyphs(composed(with_summary(text)), HOUSE, FontBook(HOUSE.families, (shipped("fonts"),)))
    assert [d.location.file.removeprefix("small/") for d in found][:1] == [CALL]
    assert name in str(found[0])


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("dossier.yaml", "title: Fishing in the strait"),
        (BRIEF, "title: Fishing in the strait"),
        (CALL, "title: Call on fishing"),
        ("sources.yaml", "title: Envoys differ over catch quotas"),
        ("people.yaml", "Grace Park: {family: Park"),
    ],
)
@pytest.mark.parametrize("empty", ['""', "''", "", '" "'])
def test_nothing_in_a_field_that_needs_something_is_refused(file: str, old: str, empty: str, desk: Path) -> None:
    key = old.rsplit(": ", 1)[0]
    put(file, changed((desk / file).read_text("utf-8"), old, f"{key}: {empty}").encode())
    refused(f"sources/small/{file}")


# -------------------------------------------------------------------------------------------------------------- amounts


# Builds, and tells the most memory it ever had: of a process that was forked `getrusage` tells that of its parent.
MEASURED = """
import runpy, sys
sys.argv = ["briefing", "build", "sources/small"]
try:
    runpy.run_module("briefing", run_name="__main__")
finally:
    print([line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")][0])
"""


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="only Linux tells a process its greatest size")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        *((CALL, DAMAGE[damage][0]) for damage in ("50 MB", "deeply nested", "deeply indented", "aliases of aliases")),
        *(("templates/policy-brief.html.jinja", ATTACKS[attack].encode()) for attack in LARGE),
        ("quotes.lock", LOCKS["deep"]),
        ("articles/harbour.txt", b"x" * 50_000_001),
    ],
    ids=["50 MB", "nested", "indented", "aliases", *LARGE, "lock", "text"],
)
def test_what_would_fill_the_memory_does_not(name: str, data: bytes) -> None:
    put(name, data)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1, done.stderr
    assert int(done.stdout) < 300_000, "kilobytes"


def test_2000_meetings_are_read_and_compared() -> None:
    meeting = (FOLDER / CALL).read_bytes().replace(b", weekday: Wednesday", b"")
    files = {p.relative_to(FOLDER).as_posix(): p.read_bytes() for p in FOLDER.rglob("*.yaml")}
    many = {f"meetings/2031-05-07-{n}.yaml": meeting for n in range(1999)}
    dossier, _ = read_dossier({**files, **many}, "small")
    assert len(dossier.meetings) == 2000
    assert len(compare(dossier).rows) == 2


def test_a_source_may_be_named_with_braces() -> None:
    dossier = small(("sources.yaml", "short: Harbour", 'short: "{were.__class__} {0} {"'))
    for found in both(dossier):
        assert "{were.__class__} {0} {" in found

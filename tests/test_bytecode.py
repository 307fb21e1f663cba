"""Compiled templates on the disk: found again for the same text, program and Python, and by nobody else's leave."""

from __future__ import annotations

import sys
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

import pytest

from briefing import bytecode, files, sandbox
from briefing.bytecode import fingerprint, load, save
from briefing.diagnostics import BriefingError, Diagnostic, Location
from briefing.sandbox import render
from briefing.shipped import shipped

NAME = "policy-brief.html.jinja"
TEXT = (shipped("templates") / NAME).read_text(encoding="utf-8")
CODE = compile("title = 'Talks'", NAME, "exec")


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which Python keeps compiled code, empty and to be written."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sandbox, "_COMPILED", sandbox._Compiled())
    return tmp_path


def found(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_code_is_found_again() -> None:
    save(NAME, fingerprint(TEXT), CODE)
    assert load(NAME, fingerprint(TEXT)) == CODE


def test_it_lies_where_python_keeps_the_modules_of_the_program(kept: Path) -> None:
    save(NAME, fingerprint(TEXT), CODE)
    assert [path.parent for path in kept.rglob("*.pyc")] == [Path(cache_from_source(sandbox.__file__)).parent]
    assert found(kept) == [f"policy-brief.html.jinja.{sys.implementation.cache_tag}.pyc"]


@pytest.mark.parametrize("changed", ["text", "program", "Python"])
def test_code_of_another_text_program_or_python_is_not_found(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    save(NAME, fingerprint(TEXT), CODE)
    if changed == "program":
        monkeypatch.setattr(bytecode, "program_hash", lambda: "another")
    if changed == "Python":
        monkeypatch.setattr(bytecode, "MAGIC_NUMBER", b"another")
    assert load(NAME, fingerprint(TEXT + " " * (changed == "text"))) is None


@pytest.mark.parametrize("at", [0, 40, -1])
def test_damaged_code_is_not_run(at: int, kept: Path) -> None:
    save(NAME, fingerprint(TEXT), CODE)
    (file,) = (path for path in kept.rglob("*") if path.is_file())
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    assert load(NAME, fingerprint(TEXT)) is None
    file.write_bytes(data[:50])
    assert load(NAME, fingerprint(TEXT)) is None


def test_a_template_of_the_users_own_is_never_kept(kept: Path) -> None:
    save(NAME, fingerprint("<h1>Ours</h1>"), CODE)
    save("ours.html.jinja", fingerprint("<h1>Ours</h1>"), CODE)
    assert found(kept) == []


def test_nothing_is_kept_where_python_keeps_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    save(NAME, fingerprint(TEXT), CODE)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    save(NAME, fingerprint(TEXT), CODE)
    assert found(kept) == []
    assert load(NAME, fingerprint(TEXT)) is None


def test_a_folder_that_takes_nothing_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise BriefingError([Diagnostic(Location("x"), "file-locked", "the file cannot be written")])

    monkeypatch.setattr(files, "replace_atomically", refuse)
    save(NAME, fingerprint(TEXT), CODE)
    assert load(NAME, fingerprint(TEXT)) is None


# ------------------------------------------------------------------------------------------------- with the sandbox


def rendered(text: str) -> str:
    """Render a text by the name of a shipped template, as a process does that has compiled nothing yet."""
    sandbox._COMPILED = sandbox._Compiled()
    return render(NAME, {}, {NAME: (text, "templates/x")}.get).html


def test_the_next_process_renders_without_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "_shipped", lambda _: "<h1>Talks</h1>")
    first = rendered("<h1>Talks</h1>")
    monkeypatch.setattr(sandbox._Sandbox, "_parse", lambda *_: pytest.fail("compiled again"))
    assert rendered("<h1>Talks</h1>") == first == f'<h1 data-at="{NAME}:1">Talks</h1>'


def test_a_users_template_of_the_same_name_is_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "_shipped", lambda _: "<h1>Talks</h1>")
    rendered("<h1>Talks</h1>")
    assert rendered("<h1>Ours</h1>") == f'<h1 data-at="{NAME}:1">Ours</h1>'


def test_a_batch_compiles_once_and_remembers_no_more_than_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox._Compiled, "MOST", 3)
    compiled: list[CodeType] = []
    monkeypatch.setattr(bytecode, "save", lambda _, __, code: compiled.append(code))
    for text in ("<h1>A</h1>", "<h1>A</h1>", "<h1>B</h1>"):
        render(NAME, {}, {NAME: (text, "x")}.get)
    assert len(compiled) == 2
    for number in range(9):
        render(NAME, {}, {NAME: (f"<h1>{number}</h1>", "x")}.get)
    assert 1 <= len(sandbox._COMPILED.code) <= 3

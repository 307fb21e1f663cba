"""Reading is bounded, paths stay in their folder, files change whole or not at all; every fault is a sentence."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from briefing.diagnostics import BriefingError, Diagnostic, Location
from briefing.files import (
    Jail,
    exists,
    files_in,
    is_file,
    is_folder,
    matching,
    names_in,
    read_bytes,
    read_text,
    refuse_open,
    replace_atomically,
    replace_lightly,
    shown,
)

PLACE = Location("sources.yaml", 7, 9)

links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")


def refused(act: Callable[[], object]) -> Diagnostic:
    """The one problem that an act ends with."""
    with pytest.raises(BriefingError) as caught:
        act()
    (problem,) = caught.value.diagnostics
    assert problem.message
    assert problem.help
    return problem


# ----------------------------------------------------------------------------------------------------------- reading


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_bytes(b"schema: 1\n")
    assert read_bytes(file, limit=10) == b"schema: 1\n"
    problem = refused(lambda: read_bytes(file, limit=9))
    assert (problem.rule, problem.message) == (
        "file-too-large",
        "the file is larger than 9 bytes, the most that is read",
    )


def test_a_limit_is_told_in_megabytes(tmp_path: Path) -> None:
    file = tmp_path / "long.yaml"
    file.write_bytes(b" " * 5_000_001)
    assert "larger than 5 MB" in refused(lambda: read_bytes(file, limit=5_000_000)).message


def test_a_missing_file_is_named_as_the_user_knows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    problem = refused(lambda: read_text(tmp_path / "sources" / "nato.yaml", limit=100))
    assert str(problem).startswith("sources/nato.yaml: error: there is no such file [file-missing]\n    Check the name")


def test_a_file_elsewhere_is_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent)
    assert shown(tmp_path / "dossier.yaml") == (tmp_path / "dossier.yaml").as_posix()


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    problem = refused(lambda: read_bytes(tmp_path, limit=100))
    assert (problem.rule, problem.message) == ("file-kind", "this is a folder, not a file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "dossier.yaml"
    os.mkfifo(pipe)
    assert refused(lambda: read_bytes(pipe, limit=100)).message == "this is not an ordinary file"


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "meetings").write_text("not a folder", encoding="utf-8")
    assert refused(lambda: read_bytes(tmp_path / "meetings" / "one.yaml", limit=9)).rule in {
        "file-kind",
        "file-missing",
    }


def test_a_byte_order_mark_is_dropped_and_line_ends_stay(tmp_path: Path) -> None:
    file = tmp_path / "notepad.yaml"
    file.write_bytes("\ufefftitle: 鯰\r\n".encode())
    assert read_text(file, limit=100) == "title: 鯰\r\n"


def test_a_byte_that_is_not_utf8_is_pointed_at(tmp_path: Path) -> None:
    file = tmp_path / "ansi.yaml"
    file.write_bytes(b"schema: 1\ntitle: Caf\xe9\n")
    problem = refused(lambda: read_text(file, limit=100))
    assert (problem.rule, problem.message) == ("file-encoding", "the file is not UTF-8 text (byte 0xE9)")
    assert (problem.location.line, problem.location.column) == (2, 11)


@pytest.mark.parametrize(
    ("fault", "rule", "words"),
    [
        (PermissionError(errno.EACCES, "denied"), "file-unreadable", "you may not read this file"),
        (OSError(errno.EIO, "Input/output error"), "file-fault", "the disk reports: Input/output error"),
        (OSError(errno.ENAMETOOLONG, "File name too long"), "file-name", "the name is too long for this disk"),
        (InterruptedError(errno.EINTR, "interrupted"), "file-fault", "the disk was interrupted"),
    ],
)
def test_what_the_disk_refuses_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, rule: str, words: str
) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_bytes(b"")
    monkeypatch.setattr(Path, "open", raising(fault))
    problem = refused(lambda: read_bytes(file, limit=9))
    assert (problem.rule, problem.message) == (rule, words)


def raising(fault: BaseException) -> Callable[..., object]:
    def act(*_: object, **__: object) -> object:
        raise fault

    return act


# ------------------------------------------------------------------------------------------------------------- names


def test_the_files_of_a_folder_are_listed_by_name_without_what_editors_leave(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml", ".a.yaml.swp", "~$b.yaml", ".hidden.yaml", "notes.txt"):
        (tmp_path / name).touch()
    assert [file.name for file in files_in(tmp_path, ".yaml")] == ["a.yaml", "b.yaml"]
    assert files_in(tmp_path / "briefs", ".yaml") == ()


def test_what_is_there_is_told_and_what_cannot_be_known_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs" / "b.yaml").touch()
    assert (is_file(tmp_path / "briefs"), is_folder(tmp_path / "briefs")) == (False, True)
    assert (is_file(tmp_path / "briefs/b.yaml"), is_folder(tmp_path / "briefs/b.yaml")) == (True, False)
    assert (names_in(tmp_path), names_in(tmp_path / "none")) == (("briefs",), ())
    assert matching(tmp_path, "*/b.yaml") == (tmp_path / "briefs" / "b.yaml",)
    assert [exists(tmp_path / name) for name in ("briefs", "briefs/b.yaml", "none")] == [True, True, False]
    for ask in (exists, is_file, is_folder, names_in):
        assert refused(partial(ask, tmp_path / ("n" * 300))).rule == "file-name"


def test_a_file_is_named_where_the_current_folder_has_vanished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "cwd", raising(FileNotFoundError(errno.ENOENT, "gone")))
    assert shown(tmp_path / "a.yaml") == (tmp_path / "a.yaml").as_posix()


def test_a_path_inside_the_dossier_is_resolved_whether_it_exists_or_not(tmp_path: Path) -> None:
    assert Jail(tmp_path).path("articles/article-1.txt", PLACE) == tmp_path / "articles" / "article-1.txt"
    assert Jail(tmp_path).path("./鯰.txt", PLACE) == tmp_path / "鯰.txt"


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "articles/../../secret.txt", "/etc/passwd", "C:/secret.txt", "c:secret.txt", r"\\server\share\x"],
)
def test_no_path_leads_out_of_the_dossier(tmp_path: Path, path: str) -> None:
    problem = refused(lambda: Jail(tmp_path).path(path, PLACE))
    assert (problem.rule, problem.location) == ("file-outside", PLACE)


@pytest.mark.parametrize(
    "path",
    ["", ".", "NUL", "articles/con.txt", "COM1", "lpt9.txt", r"articles\one.txt", "two:x", "what?", "x\0y", "end."],
)
def test_no_name_that_another_computer_cannot_hold(tmp_path: Path, path: str) -> None:
    assert refused(lambda: Jail(tmp_path).path(path, PLACE)).rule == "file-name"


@pytest.mark.parametrize("path", ["console.txt", "com10", "nullify/a.txt", ".gitignore", "a b.txt", "...x"])
def test_names_that_only_look_like_those_are_free(tmp_path: Path, path: str) -> None:
    assert Jail(tmp_path).path(path, PLACE) == tmp_path / path


@links
def test_a_link_may_lead_within_the_dossier_and_not_out_of_it(tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    (dossier / "articles").mkdir(parents=True)
    (tmp_path / "secret.txt").touch()
    (dossier / "inside.txt").symlink_to("articles/article-1.txt")
    (dossier / "outside.txt").symlink_to("../secret.txt")
    (dossier / "up").symlink_to("..")
    assert Jail(dossier).path("inside.txt", PLACE) == dossier / "inside.txt"
    for path in ("outside.txt", "up/secret.txt"):
        assert refused(partial(Jail(dossier).path, path, PLACE)).rule == "file-outside"


@links
def test_a_circle_of_links_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to("round")
    path = Jail(tmp_path).path("round", PLACE)
    assert refused(lambda: read_bytes(path, limit=9)).rule == "file-fault"


@links
def test_the_dossier_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert Jail(tmp_path / "link").path("a.txt", PLACE) == tmp_path / "link" / "a.txt"


# ----------------------------------------------------------------------------------------------------------- writing


def everything(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_files_are_made_with_their_folders_and_replaced(tmp_path: Path) -> None:
    pdf, word = tmp_path / "out" / "a.pdf", tmp_path / "out" / "a.docx"
    replace_atomically({pdf: b"old", word: b"old"})
    replace_atomically({pdf: b"new", word: b"newer"})
    assert everything(tmp_path) == {"out/a.pdf": b"new", "out/a.docx": b"newer"}


@pytest.mark.skipif(sys.platform == "win32", reason="modes are Unix's")
def test_a_replaced_file_keeps_its_mode_and_a_new_one_has_the_usual(tmp_path: Path) -> None:
    kept, new, usual = tmp_path / "kept", tmp_path / "new", tmp_path / "usual"
    usual.touch()
    kept.touch()
    kept.chmod(0o640)
    replace_atomically({kept: b"1", new: b"2"})
    assert kept.stat().st_mode & 0o777 == 0o640
    assert new.stat().st_mode == usual.stat().st_mode


@links
def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    real.write_bytes(b"old")
    link.symlink_to("real.pdf")
    replace_atomically({link: b"new"})
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_long_name_is_replaced_as_well(tmp_path: Path) -> None:
    target = tmp_path / ("n" * 250 + ".pdf")
    replace_atomically({target: b"whole"})
    assert everything(tmp_path) == {target.name: b"whole"}


def test_two_long_names_that_begin_alike_do_not_meet(tmp_path: Path) -> None:
    stem = "n" * 200
    replace_atomically({tmp_path / f"{stem}.pdf": b"pdf", tmp_path / f"{stem}.docx": b"docx"})
    assert everything(tmp_path) == {f"{stem}.pdf": b"pdf", f"{stem}.docx": b"docx"}


def test_a_folder_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    assert refused(lambda: replace_atomically({tmp_path / "a.pdf": b""})).rule == "file-kind"


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    assert refused(lambda: replace_atomically({tmp_path / "out" / "a.pdf": b""})).rule == "file-kind"
    assert everything(tmp_path) == {"out": b"mine"}


@pytest.mark.parametrize(
    ("fault", "rule", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk-full", "the disk is full; nothing was changed"),
        (OSError(errno.EROFS, "Read-only file system"), "file-locked", "the disk is read-only; nothing was changed"),
        (PermissionError(errno.EACCES, "denied"), "file-locked", "the file cannot be written"),
        (KeyboardInterrupt(), "", ""),
    ],
)
def test_a_fault_while_writing_changes_nothing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, rule: str, words: str
) -> None:
    replace_atomically({tmp_path / "a.pdf": b"old"})
    monkeypatch.setattr(os, "fsync", raising(fault))

    def write() -> None:
        replace_atomically({tmp_path / "a.pdf": b"new", tmp_path / "b.docx": b"new"})

    if rule:
        problem = refused(write)
        assert (problem.rule, problem.message) == (rule, words)
    else:
        with pytest.raises(KeyboardInterrupt):
            write()
    assert everything(tmp_path) == {"a.pdf": b"old"}


def test_should_the_second_file_fail_the_first_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new, open_in_word = tmp_path / "a.pdf", tmp_path / "b.json", tmp_path / "c.docx"
    replace_atomically({old: b"old", open_in_word: b"old"})
    replace = Path.replace

    def locked(part: Path, target: Path) -> Path:
        if target.name == "c.docx":
            raise PermissionError(errno.EACCES, "in use")
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", locked)
    problem = refused(lambda: replace_atomically({old: b"new", new: b"new", open_in_word: b"new"}))
    assert (problem.rule, problem.location.file) == ("file-locked", shown(open_in_word))
    assert "Close it in Word" in problem.help
    assert everything(tmp_path) == {"a.pdf": b"old", "c.docx": b"old"}


def test_a_file_that_may_not_be_written_is_asked_before_anything_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_atomically({tmp_path / "a.pdf": b"old", tmp_path / "b.docx": b"old"})
    opened = Path.open

    def open_in_word(path: Path, mode: str) -> object:
        if path.name == "b.docx":
            raise PermissionError(errno.EACCES, "in use")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", open_in_word)
    monkeypatch.setattr(Path, "replace", raising(AssertionError("nothing may be replaced")))
    problem = refused(lambda: replace_atomically({tmp_path / "a.pdf": b"new", tmp_path / "b.docx": b"new"}))
    assert problem.rule == "file-locked"


def test_a_file_that_vanishes_while_it_is_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", raising(FileNotFoundError(errno.ENOENT, "gone")))
    problem = refused(lambda: replace_atomically({tmp_path / "a.pdf": b"new"}))
    assert problem.message == "the file or its folder vanished while it was written; nothing was changed"


@pytest.mark.parametrize(("file", "program"), [("a.pdf", "in the program that shows it"), ("a.docx", "in Word")])
def test_a_file_that_is_locked_is_to_be_closed_where_it_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, program: str
) -> None:
    monkeypatch.setattr(Path, "replace", raising(PermissionError(errno.EACCES, "in use")))
    assert refused(lambda: replace_atomically({tmp_path / file: b""})).help.startswith(f"Close it {program}.")


@pytest.mark.parametrize(
    ("file", "mark"),
    [
        ("brief.docx", "~$brief.docx"),
        ("fishing.docx", "~$ishing.docx"),
        ("small-fishing.docx", "~$all-fishing.docx"),
        ("small-fishing.docx", ".~lock.small-fishing.docx#"),
    ],
)
def test_a_mark_that_somebody_has_it_open_is_heeded(tmp_path: Path, file: str, mark: str) -> None:
    replace_atomically({tmp_path / file: b"old", tmp_path / "a.pdf": b"old"})
    (tmp_path / mark).write_bytes(b"A. Officer")
    for act in (lambda: refuse_open([tmp_path / file]), lambda: replace_atomically({tmp_path / file: b"new"})):
        problem = refused(act)
        assert problem.rule == "file-locked"
        assert problem.message == f"somebody has this file open ({mark} lies beside it)"
        assert problem.help.startswith("Close it in Word.")
        assert f"delete {mark}" in problem.help
    replace_atomically({tmp_path / "a.pdf": b"new"})
    assert everything(tmp_path) == {file: b"old", mark: b"A. Officer", "a.pdf": b"new"}


def test_the_mark_of_another_file_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "~$all-forests.docx").touch()
    (tmp_path / "~$mall-fishing.docx").touch()
    refuse_open([tmp_path / "small-fishing.docx"])


def test_what_killed_runs_left_is_removed_and_what_living_ones_write_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that writes the same file gives way; any other is let be for an hour."""
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)  # as it is for a process that is killed
    monkeypatch.setattr(Path, "replace", raising(KeyboardInterrupt()))
    for pid, target in ((77, "a.pdf"), (78, "b.pdf"), (79, "c.pdf")):
        monkeypatch.setattr(os, "getpid", lambda pid=pid: pid)
        with pytest.raises(KeyboardInterrupt):
            replace_atomically({tmp_path / target: b"half"})
    monkeypatch.undo()
    of_a, of_b, of_c = (next(tmp_path.glob(f".briefing-*-{pid}.part")) for pid in (77, 78, 79))
    os.utime(of_c, (0, 0))
    replace_atomically({tmp_path / "a.pdf": b"whole"})
    assert everything(tmp_path) == {"a.pdf": b"whole", of_b.name: b"half"}
    assert not of_a.exists()


def test_what_may_be_lost_is_written_without_waiting_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", None)
    file = tmp_path / "out/notes.json"
    for data in (b"old", b"new"):
        replace_lightly(file, data)
        assert file.read_bytes() == data
    monkeypatch.setattr(Path, "replace", raising(PermissionError(errno.EACCES, "in use")))
    with pytest.raises(BriefingError):
        replace_lightly(file, b"newer")
    assert file.read_bytes() == b"new"
    assert [path.name for path in file.parent.iterdir()] == ["notes.json"]


def test_should_restoring_fail_too_the_first_fault_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.docx"
    replace_atomically({first: b"old", second: b"old"})
    replace, tried = Path.replace, []

    def failing(part: Path, target: Path) -> Path:
        tried.append(target)
        if len(tried) > 1:
            raise PermissionError(errno.EACCES, "in use")
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", failing)
    problem = refused(lambda: replace_atomically({first: b"new", second: b"new"}))
    assert (problem.rule, problem.location.file) == ("file-locked", shown(second))
    assert tried == [first, second, first]
    assert everything(tmp_path) == {first.name: b"new", second.name: b"old"}

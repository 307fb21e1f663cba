"""The disk fails at every call a build makes, in every way it can: one sentence, status 1, the last output whole.

Each call of the operating system that `files` makes is numbered and failed in turn. `FAULTS=all` (`make faults`) tries
every fault at every call; here each call meets one of them, all in turn."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, Self

import pytest
from click.testing import CliRunner, Result

from briefing.cli import commands
from briefing.document import Document
from briefing.fonts import FontBook
from briefing.housestyle import HouseStyle
from briefing.writers import docx, pdf
from tests.small import BRIEF, FOLDER

FAULTS: Mapping[str, BaseException] = {
    "no space": OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "no permission": PermissionError(errno.EACCES, os.strerror(errno.EACCES)),
    "read-only": OSError(errno.EROFS, os.strerror(errno.EROFS)),
    "interrupted": InterruptedError(errno.EINTR, os.strerror(errno.EINTR)),
    "vanished": FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)),
    "not a folder": NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)),
    "name too long": OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG)),
    "broken disk": OSError(errno.EIO, os.strerror(errno.EIO)),
    "Ctrl-C": KeyboardInterrupt(),
}
# To a question whether something is there these are answers: without a text, say, another brief is built. And a search
# for dossiers passes over what may not be read.
ABSENT = {"vanished", "not a folder"}
UNSEEN = ABSENT | {"no permission"}


# ----------------------------------------------------------------------------------------------- a disk that fails


class Disk:
    """The calls that `files` makes below a folder, in order; the one of number `at` raises `fault`."""

    def __init__(self, folder: Path, fault: BaseException | None = None, at: int = -1) -> None:
        self.folder, self.fault, self.at = str(folder), fault, at
        self.calls: list[str] = []

    def install(self, patch: pytest.MonkeyPatch) -> None:
        for name in ("chmod", "listdir", "mkdir", "rename", "replace", "scandir", "stat", "unlink"):
            patch.setattr(os, name, self._failing(name, getattr(os, name)))
        patch.setattr(os, "fsync", self._failing("fsync", os.fsync, of_path=False))
        patch.setattr(io, "open", self._opening(io.open))

    def _meet(self, name: str) -> None:
        self.calls.append(name)
        if self.fault and len(self.calls) == self.at + 1:
            raise self.fault

    def _failing(self, name: str, real: Callable[..., Any], *, of_path: bool = True) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            if _from_files() and (not of_path or self._is_ours(given)):
                self._meet(name)
            return real(*given, **named)

        return call

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            if not (_from_files() and self._is_ours(given)):
                return real(*given, **named)
            self._meet("open")
            return _File(self, real(*given, **named))

        return call

    def _is_ours(self, given: tuple[Any, ...]) -> bool:
        """Paths of the current folder are relative; what is shipped lies elsewhere."""
        path = given[0] if given else None
        return isinstance(path, str | Path) and (not Path(path).is_absolute() or str(path).startswith(self.folder))


class _File:
    """An open file whose reading and writing are calls too."""

    def __init__(self, disk: Disk, real: Any) -> None:
        self._disk, self._real = disk, real

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._real.close()

    def __getattr__(self, name: str) -> Any:
        if name in {"read", "write", "flush"}:
            self._disk._meet(name)
        return getattr(self._real, name)


def _from_files() -> bool:
    frame: FrameType | None = sys._getframe(2)
    while frame and frame.f_globals.get("__name__") in {"pathlib", "pathlib._local", "pathlib._abc"}:
        frame = frame.f_back
    return frame is not None and frame.f_globals.get("__name__") == "briefing.files"


# ------------------------------------------------------------------------------------------------------ the builds


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small dossier that was built, and then changed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BRIEFING_TEXTS", raising=False)
    shutil.copytree(FOLDER, "sources/small")
    assert briefing("build").exit_code == 0
    brief = Path("sources/small", BRIEF)
    brief.write_text(brief.read_text("utf-8").replace("title: ", "title: Again, ", 1), encoding="utf-8")
    shutil.copytree("out", "kept")
    return tmp_path


@pytest.fixture(autouse=True)
def written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is worked out once for each document: here only the disk matters."""
    known: dict[tuple[str, Document], bytes] = {}

    def remember(suffix: str, write: Callable[..., bytes]) -> Callable[..., bytes]:
        def written(document: Document, *with_what: HouseStyle | FontBook) -> bytes:
            key = (suffix, document)
            if key not in known:
                known[key] = write(document, *with_what)
            return known[key]

        return written

    monkeypatch.setattr(pdf, "write_pdf", remember("pdf", pdf.write_pdf))
    monkeypatch.setattr(docx, "write_docx", remember("docx", docx.write_docx))


def briefing(*words: str) -> Result:
    return CliRunner().invoke(commands, words, prog_name="briefing")


def held(folder: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in Path(folder).iterdir() if file.suffix in {".pdf", ".docx"}}


def build_on(disk: Disk) -> Result:
    """Build on a disk that fails, with the outputs of the last build in their place."""
    shutil.rmtree("out")
    shutil.copytree("kept", "out")
    with pytest.MonkeyPatch.context() as patch:
        disk.install(patch)
        return briefing("build")


def chosen_faults(calls: int) -> Iterator[tuple[str, int]]:
    """Every fault at every call; here one for each call, in turn."""
    names = list(FAULTS)
    for at in range(calls):
        yield from ((name, at) for name in (names if os.environ.get("FAULTS") == "all" else [names[at % len(names)]]))


def test_wherever_the_disk_fails_the_last_output_is_whole(desk: Path) -> None:
    whole = Disk(desk)
    assert build_on(whole).exit_code == 0
    old, new = held("kept"), held("out")
    assert old.keys() == new.keys()
    wrong: list[str] = []
    met: Counter[str] = Counter()
    for name, at in chosen_faults(len(whole.calls)):
        disk = Disk(desk, FAULTS[name], at)
        result = build_on(disk)
        wrong += (f"{name} at call {at}, {disk.calls[at]}: {fault}" for fault in faults(result, name, old, new))
        met[name] += 1
    print(f"{len(whole.calls)} calls, {met.total()} faults: {dict(met)}")  # noqa: T201 (what `make faults` shows)
    assert wrong == []


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_one_new_file_beside_one_old_is_mended_by_the_next_build(suffix: str) -> None:
    """As a computer leaves them that stops between the two; the ledger knows of neither."""
    assert briefing("build", "-o", "new").exit_code == 0
    old, new = held("kept"), held("new")
    (name,) = (name for name in new if name.endswith(suffix))
    assert old[name] != new[name]
    (Path("out") / name).write_bytes(new[name])
    assert briefing("build").exit_code == 0
    assert held("out") == new


def is_whole(output: str) -> bool:
    file = Path("out", output)
    if file.suffix == ".pdf":
        return file.read_bytes().endswith(b"%%EOF\n")
    with zipfile.ZipFile(file) as package:
        return package.testzip() is None


def faults(result: Result, name: str, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[str]:
    """What is not as it should be after a fault: whole outputs, no litter, one sentence and none of Python's."""
    left = held("out")
    if {file: left.get(file) for file in old} not in (old, new) and not (name in ABSENT and all(map(is_whole, left))):
        yield "an output is not whole"
    yield from (f"{file.name} is left" for file in Path("out").glob("*.part"))
    if not (result.exception is None or isinstance(result.exception, SystemExit)):
        yield f"it ended with {result.exception!r}"
    if "Traceback" in result.stderr or "Errno" in result.stderr:
        yield f"Python speaks: {result.stderr}"
    if name == "Ctrl-C":
        sentences = result.stderr.count("Aborted!")
    else:
        sentences = sum(" error: " in line for line in result.stderr.splitlines())
    if result.exit_code not in ({0, 1, 2} if name in UNSEEN else {0, 1}):
        yield f"status {result.exit_code}"
    if result.exit_code == 1 and sentences != 1 and not (sentences and name in ABSENT):
        yield f"{sentences} sentences: {result.stderr}"


# ------------------------------------------------------------------------------------------------------------ killed


def test_builds_that_are_killed_lose_nothing_and_leave_nothing() -> None:
    """Twenty kills; `make faults` does two hundred."""
    tool = Path(__file__).parent.parent / "tools" / "kill.py"
    done = subprocess.run([sys.executable, tool, "--kills", "20"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing lost, nothing left" in done.stdout

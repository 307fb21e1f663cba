"""The one place that meets the disk's faults: bounded reading, the path jail, atomic replacing.

Every OSError leaves here as a BriefingError whose Diagnostic names the file as people know it, and says what to do."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath

from msgspec import Struct

from briefing.diagnostics import BriefingError, Diagnostic, Location, acts

# Device names and signs that no file name may have on Windows: a dossier that travels has neither.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_SIGNS = frozenset('<>:"|?*\\')


# ------------------------------------------------------------------------------------------------------------- names


def shown(path: Path) -> str:
    """Name a file as messages do: relative to the current folder where it is inside it, with `/`."""
    with contextlib.suppress(ValueError, OSError):  # the current folder itself may be gone
        return path.absolute().relative_to(Path.cwd()).as_posix()
    return path.as_posix()


def exists(path: Path) -> bool:
    """Say whether there is anything of this name. Raises BriefingError [file-unreadable], [file-name], [file-fault]."""
    with told(path):
        return path.exists()


def is_file(path: Path) -> bool:
    """Say whether there is a file. Raises BriefingError as `exists` does."""
    with told(path):
        return path.is_file()


def is_folder(path: Path) -> bool:
    """Say whether there is a folder. Raises BriefingError as `exists` does."""
    with told(path):
        return path.is_dir()


def names_in(folder: Path) -> tuple[str, ...]:
    """List everything a folder holds, by name; nothing where there is no such folder."""
    with told(folder):
        return tuple(sorted(os.listdir(folder))) if folder.is_dir() else ()  # noqa: PTH208 (names alone, and soon)


def files_in(folder: Path, suffix: str) -> tuple[Path, ...]:
    """List the files of a folder that end in `suffix`, by name; none where there is no such folder.

    Hidden files and the lock files an editor leaves (`~$brief.docx`) are not listed."""
    return tuple(folder / n for n in names_in(folder) if n.endswith(suffix) and not n.startswith((".", "~$")))


def stamp(path: Path) -> tuple[int, int]:
    """Tell how large a file is and when it was last written, in nanoseconds. Raises BriefingError as `read_bytes`."""
    with told(path):
        found = path.stat()
        return found.st_size, found.st_mtime_ns


def matching(folder: Path, pattern: str) -> tuple[Path, ...]:
    """List what a pattern (`sources/*/dossier.yaml`) finds below a folder, by name."""
    with told(folder):
        return tuple(sorted(folder.glob(pattern)))


class Jail(Struct, frozen=True, dict=True):
    """A folder that no path written in its files may leave."""

    root: Path

    @cached_property
    def _real(self) -> str:
        """The folder itself, whatever links lead to it."""
        return os.path.realpath(self.root)

    def path(self, relative: str, location: Location) -> Path:
        """Resolve a path written with `/` in a file of this folder; the file need not exist.

        `location` is where the path is written. Raises BriefingError: [file-outside] for an absolute path, `..` or a
        link that leads out; [file-name] for a name that some computer cannot hold."""
        if PurePosixPath(relative).is_absolute() or PureWindowsPath(relative).anchor:
            raise _refused(location, "file-outside", f"{relative} is an absolute path", _STAY)
        parts = PurePosixPath(relative).parts
        if ".." in parts:
            raise _refused(location, "file-outside", f"{relative} leads out of the dossier", _STAY)
        if not parts or any(map(unfit, parts)):
            raise _refused(location, "file-name", f"{relative or 'nothing'} is no file name on every computer", _RENAME)
        path = self.root.joinpath(*parts)
        if not Path(os.path.realpath(path)).is_relative_to(self._real):
            raise _refused(location, "file-outside", f"{relative} is a link that leads out of the dossier", _STAY)
        return path


_STAY = "A dossier may only name files inside its own folder; write the path relative to that folder, with `/`."
_RENAME = (
    'Use a name without control characters and `< > : " | ? * \\`, not ending in a dot or blank, not CON, NUL, COM1 ...'
)


def unfit(name: str) -> bool:
    """Say whether some computer cannot hold a file of this name: `con.yaml`, `two:x`, `end.`."""
    stem = name.split(".", 1)[0].rstrip().casefold()
    return not name or stem in _DEVICES or name[-1] in ". " or any(c in _SIGNS or acts(c) for c in name)


# ----------------------------------------------------------------------------------------------------------- reading


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a whole file of at most `limit` bytes.

    Raises BriefingError: [file-missing], [file-kind] for a folder or device, [file-unreadable], [file-too-large]."""
    with told(path):
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # asked before opening: a pipe would wait for ever
            raise _refused(Location(shown(path)), "file-kind", _kind(path), "Name the file itself.")
        with path.open("rb") as file:
            data = file.read(min(found.st_size, limit) + 1)  # no more than there is: the memory is taken beforehand
            if len(data) > found.st_size:  # it has grown meanwhile
                data += file.read(max(limit + 1 - len(data), 0))
    if len(data) > limit:
        message = f"the file is larger than {_size(limit)}, the most that is read"
        raise _refused(
            Location(shown(path)), "file-too-large", message, "Split it, or check that it is the right file."
        )
    return data


def read_text(path: Path, limit: int) -> str:
    """Read a whole UTF-8 file of at most `limit` bytes; a byte order mark is dropped, line ends stay as they are.

    Raises BriefingError as `read_bytes` does, and [file-encoding] at the first byte that is not UTF-8."""
    data = read_bytes(path, limit)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Location(shown(path), before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
        message = f"the file is not UTF-8 text (byte 0x{data[error.start]:02X})"
        raise _refused(place, "file-encoding", message, "Save it again with the encoding UTF-8.") from error


def _kind(path: Path) -> str:
    return "this is a folder, not a file" if path.is_dir() else "this is not an ordinary file"


def _size(limit: int) -> str:
    return f"{limit / 1_000_000:g} MB" if limit >= 100_000 else f"{limit} bytes"


# ----------------------------------------------------------------------------------------------------------- writing


def replace_atomically(contents: Mapping[Path, bytes]) -> None:
    """Write files so that each is there whole, old or new, at every moment; make the folders they stand in.

    All new contents are on the disk before the first file changes, and every old file is first asked whether it may be
    written; should one still fail, those already replaced get their old contents back. What a run that was killed left
    half written is removed.

    Raises BriefingError: [file-kind], [file-locked], [file-name], [disk-full], [file-fault]."""
    targets = {_resolved(path): data for path, data in contents.items()}
    refuse_open(targets)
    old = {path: _old(path) for path in targets}
    parts: dict[Path, Path] = {}
    try:
        for path, data in targets.items():
            parts[path] = _write_beside(path, data)
        _replace(parts, old)
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def replace_lightly(path: Path, data: bytes) -> None:
    """Write a file whose loss would cost nothing but time: it is there whole, old or new, unless the power fails.

    Raises BriefingError as `replace_atomically` does."""
    path = _resolved(path)
    part = _write_beside(path, data, lasting=False)
    try:
        with told(path, writing=True):
            part.replace(path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def refuse_open(paths: Iterable[Path]) -> None:
    """Refuse to replace files beside which Word or LibreOffice left the mark that somebody has them open.

    On a shared folder nothing else tells, and what that person saves would undo the build. Raises BriefingError
    [file-locked] with all of them."""
    found = []
    given = tuple(paths)
    beside = {folder: frozenset(names_in(folder)) for folder in {path.parent: None for path in given}}
    for path in given:
        for mark in sorted(_open_marks(path.name) & beside[path.parent]):
            help = f"{_close(path)} If nobody has it open, delete {mark}: a program that crashed left it behind."
            message = f"somebody has this file open ({mark} lies beside it)"
            found.append(Diagnostic(Location(shown(path)), "file-locked", message, help))
    if found:
        raise BriefingError(found)


def refuse_unwritable(folder: Path) -> None:
    """See whether a folder, or the one in which it would be made, takes a file; nothing of it stays.

    Raises BriefingError as writing does."""
    with told(folder, writing=True):
        there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
        trial = there / f"{_part_of(there)}{os.getpid()}{_PART}"
        trial.write_bytes(b"trial")
        trial.unlink()


def _open_marks(name: str) -> set[str]:
    """What Word and LibreOffice put beside an open file. Word writes over the first letters of names of 7 and more."""
    covered = min(max(len(PurePosixPath(name).stem) - 6, 0), 2)
    return {f"~${name[covered:]}", f".~lock.{name}#"}


def _resolved(path: Path) -> Path:
    """Follow links: what is replaced is the file, not the link that leads to it."""
    with told(path, writing=True):
        if path.is_dir():
            raise _refused(Location(shown(path)), "file-kind", _kind(path), "Choose another name for the file.")
        return Path(os.path.realpath(path))


def _old(path: Path) -> bytes | None:
    """What a file holds that may be replaced. Opened for writing: Windows refuses while Word has it open."""
    with told(path, writing=True):
        if not path.exists():
            return None
        with path.open("r+b") as file:
            return file.read()


def _write_beside(path: Path, data: bytes, *, lasting: bool = True) -> Path:
    """Put new contents in the target's own folder: only there can they take its place in one step. What is to last is
    on the disk then, and not on its way."""
    part = path.with_name(f"{_part_of(path)}{os.getpid()}{_PART}")
    with told(path, writing=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.unlink(missing_ok=True)
            with part.open("xb") as file:
                file.write(data)
                file.flush()
                if lasting:
                    os.fsync(file.fileno())
            if path.exists():
                part.chmod(stat.S_IMODE(path.stat().st_mode))
            _sweep(path, part)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    return part


_PART = ".part"
_HOUR = 3600


def _part_of(path: Path) -> str:
    """How the half written files of a target begin; short, where the target's own name may be the longest there is."""
    return f".briefing-{hashlib.sha256(path.name.encode(errors='surrogateescape')).hexdigest()[:12]}-"


def _sweep(path: Path, part: Path) -> None:
    """Remove what runs that were killed left half written: for this target, or an hour before for any.

    Whether a run still lives cannot be asked across machines that share a folder. Should two build the same file at the
    same moment, one of them finds its part gone, and says so; neither can write half a file."""
    for name in names_in(part.parent):
        if name.startswith(".briefing-") and name.endswith(_PART) and name != part.name:
            other = part.with_name(name)
            with contextlib.suppress(OSError):
                if name.startswith(_part_of(path)) or other.stat().st_mtime < part.stat().st_mtime - _HOUR:
                    other.unlink()


def _replace(parts: Mapping[Path, Path], old: Mapping[Path, bytes | None]) -> None:
    replaced: list[Path] = []
    try:
        for path, part in parts.items():
            with told(path, writing=True):
                part.replace(path)
            replaced.append(path)
    except BaseException:
        for path in replaced:
            with contextlib.suppress(OSError, BriefingError):  # the first fault is the one to tell
                _restore(path, old[path])
        raise


def _restore(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        _write_beside(path, data).replace(path)


# ------------------------------------------------------------------------------------------------------------ faults


@contextlib.contextmanager
def told(path: Path, *, writing: bool = False) -> Iterator[None]:
    """Turn an OSError of the block into a BriefingError about `path`: for who opens a file in a way of its own."""
    try:
        yield
    except OSError as error:
        rule, message, mend = _fault(error, writing=writing, path=path)
        raise _refused(Location(shown(path)), rule, message, mend) from error


def _fault(error: OSError, *, writing: bool, path: Path) -> tuple[str, str, str]:
    match error:
        case FileNotFoundError() if writing:
            return "file-fault", "the file or its folder vanished while it was written; nothing was changed", _AGAIN
        case FileNotFoundError():
            return "file-missing", "there is no such file", "Check the name, and the folder you are in."
        case IsADirectoryError() | NotADirectoryError() | FileExistsError():
            return "file-kind", "a folder stands where a file should, or a file where a folder should", "Move it away."
        case PermissionError() if writing:
            return "file-locked", "the file cannot be written", f"{_close(path)} See that nothing here is read-only."
        case PermissionError():
            what = "folder" if os.path.isdir(path) else "file"  # noqa: PTH112 (never raises)
            return "file-unreadable", f"you may not read this {what}", "Ask its owner, or copy it where you may."
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return "disk-full", "the disk is full; nothing was changed", "Make room and run the command again."
        case OSError(errno=errno.EROFS):
            return "file-locked", "the disk is read-only; nothing was changed", "Choose another folder."
        case OSError(errno=errno.ENAMETOOLONG):
            return "file-name", "the name is too long for this disk", "Shorten the names of the file and its folders."
        case InterruptedError():
            return "file-fault", "the disk was interrupted", "Run the command again."
        case _:
            reason = f"the disk reports: {error.strerror or error}"
            return "file-fault", reason, "Copy the file to another disk and try again."


_AGAIN = "See that the folder is there, and that nobody builds the same brief at this moment; run the command again."


def _close(path: Path) -> str:
    return "Close it in the program that shows it." if path.suffix == ".pdf" else "Close it in Word."


def _refused(location: Location, rule: str, message: str, mend: str) -> BriefingError:
    return BriefingError([Diagnostic(location, rule, message, mend)])

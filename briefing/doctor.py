"""Doctor: what a help desk asks first. Every answer stands by itself: what is wrong with one is no reason not to give
the others. Nothing of a dossier is read, nobody's name is told (a home folder is `~`), and no network is asked.

What it says is said here and not in `reports`: that room needs all the others, and one of them may be broken."""

from __future__ import annotations

import contextlib
import platform
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from briefing import __version__, files
from briefing.diagnostics import BriefingError, Diagnostic, Location
from briefing.program import LIBRARIES, library_version
from briefing.shipped import PACKAGE, shipped
from briefing.truetype import TrueType


class Finding(Struct, frozen=True):
    """One answer; `fault` says what is wrong and what to do, and is empty where nothing is."""

    name: str
    answer: str
    fault: str = ""


def examine(
    out: Path, environment: Mapping[str, str], encoding: str, rehearse: Callable[[], None]
) -> tuple[Finding, ...]:
    """Examine this installation, and where it is used.

    `out` is where briefs would be written, `encoding` the console's; `rehearse` makes a small brief in memory, and
    raises what goes wrong: it is given, because it needs all that may be broken here."""
    questions: Mapping[str, Callable[[], str]] = {
        "Briefing": lambda: __version__,
        "Python": lambda: f"{platform.python_version()}, {platform.python_implementation()}, {_bits()} bit",
        "System": lambda: f"{platform.system()} {platform.release()}, {platform.machine()}",
        "Package": lambda: _home_as_tilde(PACKAGE),
        "Templates": lambda: _home_as_tilde(shipped("templates")),
        "Fonts": lambda: _fonts(shipped("fonts")),
        "Own fonts": lambda: _fonts(Path("fonts")),
        "Libraries": _libraries,
        "Console": lambda: encoding,
        "NO_COLOR": lambda: "set" if environment.get("NO_COLOR") else "not set",
        "BRIEFING_TEXTS": lambda: _texts(environment.get("BRIEFING_TEXTS", "")),
        "Output folder": lambda: _output(out),
        "Home folder": _home,
        "Self-test": lambda: _rehearsed(rehearse),
    }
    return tuple(_finding(name, answer) for name, answer in questions.items())


def report(findings: Sequence[Finding]) -> Mapping[str, object]:
    """What the doctor found, and whether all is well."""
    told = [{"name": one.name, "answer": one.answer, "fault": one.fault} for one in findings]
    return {"well": not any(one["fault"] for one in told), "findings": told}


def lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Set what the doctor found as a list, and say in a last line whether all is well."""
    for one in findings:
        yield f"{one.name:16}{'WRONG: ' if one.fault else ''}{one.fault or one.answer}"
    wrong = [one.name for one in findings if one.fault]
    yield ""
    yield f"Not as it should be: {', '.join(wrong)}." if wrong else "All is as it should be."


def _finding(name: str, answer: Callable[[], str]) -> Finding:
    try:
        return Finding(name, answer())
    except BriefingError as error:
        return Finding(name, "", " ".join(f"{d.location}: {d.message}. {d.help}" for d in error.diagnostics))
    except Exception as error:  # noqa: BLE001 - whatever is broken here is what was asked for
        return Finding(name, "", f"{type(error).__name__}: {error}. Install Briefing again.")


def _bits() -> int:
    return 8 * struct.calcsize("P")


def _home_as_tilde(path: Path) -> str:
    with contextlib.suppress(ValueError, RuntimeError):  # elsewhere; or there is no home
        return (Path("~") / path.absolute().relative_to(Path.home())).as_posix()
    return path.as_posix()


def _fonts(folder: Path) -> str:
    """Open every font of a folder."""
    fonts = [path for suffix in (".ttf", ".otf") for path in files.files_in(folder, suffix)]
    for path in fonts:
        TrueType(path)
    return f"{len(fonts)} in {_home_as_tilde(folder)}" if fonts else f"none in {_home_as_tilde(folder)}"


def _libraries() -> str:
    versions = {name: library_version(name) for name in LIBRARIES}
    if missing := [name for name, version in versions.items() if not version]:
        raise _wrong("Libraries", f"{', '.join(missing)} cannot be found", "Install Briefing again.")
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def _texts(folder: str) -> str:
    if folder and not files.is_folder(Path(folder)):
        raise _wrong("BRIEFING_TEXTS", "it names no folder", "Set it to the folder of the source texts, or unset it.")
    return _home_as_tilde(Path(folder)) if folder else "not set"


def _output(folder: Path) -> str:
    try:
        files.refuse_unwritable(folder)
    except BriefingError as error:
        why = f"no file can be written there ({error.diagnostics[0].message})"
        raise _wrong(_home_as_tilde(folder), why, "Choose another folder with -o, or see to this one.") from error
    return f"{_home_as_tilde(folder)}, can be written"


def _home() -> str:
    """Briefing writes nothing there: it may be read-only."""
    try:
        files.refuse_unwritable(Path.home())
    except BriefingError:
        return "read-only, which does no harm"
    except RuntimeError:
        return "none, which does no harm"
    return "can be written, which is not needed"


def _rehearsed(rehearse: Callable[[], None]) -> str:
    rehearse()
    return "a small brief was made as PDF and Word, and both say the same"


def _wrong(name: str, message: str, help: str) -> BriefingError:
    return BriefingError([Diagnostic(Location(name), "installation", message, help)])

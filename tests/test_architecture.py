"""The laws of the house, kept by a test and not by good will. CONTRIBUTING.md says why each of them stands.

A law takes the house (every module's source by its name without `briefing.`) and yields what breaks it. Each is run
over the real house, and over small wrong ones that must turn it red."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

House = Mapping[str, str]
Law = Callable[[House], Iterable[str]]

PACKAGE = Path(__file__).parent.parent / "briefing"


def read_house(package: Path = PACKAGE) -> House:
    """Every module of the package: `model`, `readers` (its `__init__`), `writers.pdf.canvas` ..."""
    house = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
        house[name] = file.read_text(encoding="utf-8")
    return house


# ---------------------------------------------------------------------------------------------- what imports what

# From the ground up; a module may import its own level and those below. A new room is entered here, at its level.
LEVELS: tuple[frozenset[str], ...] = (
    frozenset("__init__ anchor diagnostics files opc program shipped truetype".split()),
    frozenset("bytecode countries document fonts housestyle model printed prose scripts vocabulary words".split()),
    frozenset(
        "arguments check compare draft elements fields glyphs lock markup quotes readers records redact schema".split()
    )
    | frozenset("english sync terminal twins wording writers".split()),
    frozenset("bibliography compose press sandbox sheet".split()),
    frozenset("batch build doctor languages ledger loading processes".split()),
    frozenset("__main__ cli progress reports skeleton".split()),
)

# One third-party library, one owner (python-docx and lxml: one per direction).
OWNERS: Mapping[str, tuple[str, ...]] = {
    "click": ("cli",),
    "docx": ("writers.docx", "readers.docx"),
    "jinja2": ("sandbox",),
    "lxml": ("writers.docx", "readers.docx"),
    "markupsafe": ("sandbox",),
    "reportlab": ("writers.pdf",),
    "rich": ("progress",),
    "yaml": ("readers.yaml",),
}
EVERYBODYS = frozenset({"msgspec"})  # it takes the place of the standard library's dataclasses

# Who never gets to see whom, not even through others.
BLIND: tuple[tuple[str, str], ...] = (
    ("writers.pdf", "model"),
    ("writers.docx", "model"),
    *((verb, "document") for verb in ("check", "compare", "quotes", "redact", "draft", "sync", "schema")),
    ("document", "model"),
    ("model", "document"),
)

# What is resolved on demand, because start-up time is felt: what each command needs, and the table of writers.
LAZY = re.compile(r"cli(\..+)?|writers")


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


def level(module: str) -> int | None:
    return next((n for n, rooms in enumerate(LEVELS) if module.split(".", 1)[0] in rooms), None)


@cache
def parsed(source: str) -> ast.Module:
    return ast.parse(source)


@cache
def imported(source: str) -> tuple[str, ...]:
    """The full names a module imports, `briefing.model.Dossier` and `reportlab.pdfgen.canvas` alike."""
    names: list[str] = []
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return tuple(names)


def neighbours(house: House, module: str) -> set[str]:
    """The modules of the house that a module imports."""
    found = set()
    for name in imported(house[module]):
        parts = name.split(".")
        if parts[0] == "briefing":
            paths = (".".join(parts[1:end]) for end in range(len(parts), 0, -1))
            found.add(next((path for path in paths if path in house), "__init__"))
    return found - {module}


def reachable(house: House, module: str) -> set[str]:
    """The modules that a module imports, and those they import, and so on."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        new = neighbours(house, waiting.pop()) - seen
        seen |= new
        waiting.extend(new)
    return seen


def imports_point_down(house: House) -> Iterator[str]:
    for module in house:
        mine = level(module)
        if mine is None:
            yield f"{module} has no place among the levels"
            continue
        for other in sorted(neighbours(house, module)):
            if (theirs := level(other)) is not None and theirs > mine:
                yield f"{module} imports {other}, which stands above it"


def no_module_imports_itself(house: House) -> Iterator[str]:
    for module in house:
        if module in reachable(house, module):
            yield f"{module} imports itself, through {', '.join(sorted(neighbours(house, module)))}"


def model_and_document_meet_in_compose(house: House) -> Iterator[str]:
    """And in `build`, which passes both on: of `document` it may name the type Document, nothing else."""
    for module, source in house.items():
        if module == "compose" or not {"model", "document"} <= neighbours(house, module):
            continue
        of_document = {name for name in imported(source) if name.startswith("briefing.document")}
        if module != "build" or of_document != {"briefing.document.Document"}:
            yield f"{module} imports both model and document"


def some_never_see_others(house: House) -> Iterator[str]:
    for room, hidden in BLIND:
        for module in house:
            if is_in(module, room) and hidden in reachable(house, module):
                yield f"{module} sees {hidden}"


def every_library_has_its_owner(house: House) -> Iterator[str]:
    for module, source in house.items():
        for library in sorted(
            {name.split(".")[0] for name in imported(source)} - {"briefing"} - EVERYBODYS - sys.stdlib_module_names
        ):
            if not any(is_in(module, owner) for owner in OWNERS.get(library, ())):
                yield f"{module} imports {library}, owned by {' and '.join(OWNERS.get(library, ('nobody',)))}"


def imports_stand_at_the_top(house: House) -> Iterator[str]:
    for module, source in house.items():
        tree = parsed(source)
        at_the_top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                yield f"{module}:{node.lineno} imports by a relative name"
            if LAZY.fullmatch(module):
                continue
            if isinstance(node, ast.Import | ast.ImportFrom) and node not in at_the_top:
                yield f"{module}:{node.lineno} imports below the top of the file"
            if isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"}:
                yield f"{module}:{node.lineno} imports on demand"


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


# ------------------------------------------------------------------------------------------------- size and names

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
EMPTY_WORDS = frozenset({"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"})


def modules_are_short(house: House) -> Iterator[str]:
    for module, source in house.items():
        if (lines := len(source.splitlines())) > LONGEST_MODULE:
            yield f"{module} has {lines} lines"


def functions_are_short(house: House) -> Iterator[str]:
    for module, source in house.items():
        for node in ast.walk(parsed(source)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or _is_dispatch(node):
                continue
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{module}:{node.lineno} {node.name} has {lines} lines"


def _is_dispatch(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Nothing but one `match`, after the docstring if there is one, and no long branch."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if len(body) != 1 or not isinstance(body[0], ast.Match):
        return False
    return all((case.body[-1].end_lineno or 0) - case.body[0].lineno < 10 for case in body[0].cases)


def names_say_something(house: House) -> Iterator[str]:
    for module in house:
        for part in set(re.split(r"[._]", module)) & EMPTY_WORDS:
            yield f"{module} is named {part}"


# -------------------------------------------------------------------------------- every machine, the same bytes

UNIX_OR_WINDOWS_ONLY = frozenset(
    "_winapi crypt curses fcntl grp msvcrt nis posix pty pwd readline resource spwd syslog termios tty winreg winsound"
    .split()
)  # fmt: skip
NOT_EVERYWHERE: Mapping[str, frozenset[str]] = {
    "os": frozenset("chown chroot fork forkpty getuid geteuid getgid kill killpg mkfifo nice setsid wait".split())
    | frozenset("O_BINARY O_CLOEXEC O_NOFOLLOW O_DIRECTORY startfile".split()),
    "signal": frozenset("alarm setitimer SIGALRM SIGKILL SIGHUP SIGUSR1 pthread_kill".split()),
    "mmap": frozenset("PROT_READ MAP_PRIVATE MAP_SHARED MADV_WILLNEED".split()),
    "time": frozenset({"tzset"}),
}
CHANCE = frozenset({"random", "secrets", "uuid"})
CLOCK: Mapping[str, frozenset[str]] = {
    "time": frozenset("time time_ns ctime gmtime localtime".split()),
    "datetime": frozenset("now utcnow today".split()),
    "date": frozenset({"today"}),
}
GLIBC_FORMAT = re.compile(r"%[-_^#][a-zA-Z]")  # `%-d` prints a day without its zero on some machines only


# Who meets the disk: `files` for all, `shipped` before there is anything to tell, `truetype` for its memory map.
MEET_THE_DISK = ("files", "shipped", "truetype")
DISK = frozenset(
    "chmod exists glob hardlink_to is_dir is_file iterdir lstat mkdir read_bytes read_text rename rglob rmdir samefile"
    " scandir stat symlink_to touch unlink write_bytes write_text".split()
)
# Whose name it is as well: the members of a package, the streams of a PDF.
NOT_THE_DISK: Mapping[str, frozenset[str]] = {
    "opc": frozenset({"is_dir"}),
    "readers.pdf": frozenset({"read_bytes"}),
}


def only_files_meets_the_disk(house: House) -> Iterator[str]:
    """And so every fault of a disk is a sentence, and a test can bring each of them about in one place."""
    for module, source in house.items():
        if module in MEET_THE_DISK:
            continue
        spared = {name for room, names in NOT_THE_DISK.items() if is_in(module, room) for name in names}
        yield from (f"{module} imports {name}" for name in _roots(source) & {"glob", "tempfile"})
        for node in ast.walk(parsed(source)):
            if isinstance(node, ast.Call) and _meets_the_disk(node) and _called(node) not in spared:
                yield f"{module}:{node.lineno} calls {_called(node)}"


def _meets_the_disk(call: ast.Call) -> bool:
    """A call of the disk by its name; `x.open("rb")` but not a package's own `open(part)`, `part.replace(target)` but
    not the `replace(old, new)` of a text."""
    match call:
        case ast.Call(func=ast.Name(id="open")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="files"))):
            return False
        case ast.Call(func=ast.Attribute(attr="open"), args=[] | [ast.Constant(value=str()), *_]):
            return True
        case ast.Call(func=ast.Attribute(attr="replace"), args=[_], keywords=[]):
            return True
    return isinstance(call.func, ast.Attribute) and call.func.attr in DISK


def nothing_one_platform_has(house: House) -> Iterator[str]:
    for module, source in house.items():
        yield from (f"{module} imports {name}" for name in _roots(source) & UNIX_OR_WINDOWS_ONLY)
        yield from (f"{module} uses {name}" for name in _members(source, NOT_EVERYWHERE))
        for node in ast.walk(parsed(source)):
            if isinstance(node, ast.Call) and _called(node) == "strftime":
                for text in ast.walk(node):
                    if isinstance(text, ast.Constant) and GLIBC_FORMAT.search(repr(text.value)):
                        yield f"{module}:{node.lineno} formats a date as {text.value!r}"


def no_clock_and_no_chance(house: House) -> Iterator[str]:
    for module, source in house.items():
        yield from (f"{module} imports {name}" for name in _roots(source) & CHANCE)
        yield from (f"{module} uses {name}" for name in _members(source, CLOCK))


def _roots(source: str) -> set[str]:
    return {name.split(".")[0] for name in imported(source)}


def _members(source: str, table: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """The names of the table that a module uses: as `os.fork`, and imported from there."""
    for name in imported(source):
        owner, _, member = name.rpartition(".")
        if member in table.get(owner, ()):
            yield name
    for node in ast.walk(parsed(source)):
        match node:
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=member):
                if member in table.get(owner, ()):
                    yield f"{owner}.{member}"


LAWS: tuple[Law, ...] = (
    imports_point_down,
    no_module_imports_itself,
    model_and_document_meet_in_compose,
    some_never_see_others,
    every_library_has_its_owner,
    imports_stand_at_the_top,
    modules_are_short,
    functions_are_short,
    names_say_something,
    only_files_meets_the_disk,
    nothing_one_platform_has,
    no_clock_and_no_chance,
)

# --------------------------------------------------------------------------------------------------------- the tests


@pytest.mark.parametrize("law", LAWS)
def test_the_house_keeps(law: Law) -> None:
    assert list(law(read_house())) == []


def test_the_whole_house_was_read() -> None:
    house = read_house()
    assert {"__init__", "document", "readers.yaml"} <= house.keys()
    assert sum(source.count("\n") for source in house.values()) > 1000


def lines(count: int, line: str = "x = 1") -> str:
    return "\n".join([line] * count)


MUTATIONS: tuple[tuple[Law, House, str], ...] = (
    (imports_point_down, {"compare": "from briefing.compose import compose", "compose": ""}, "compare imports compose"),
    (imports_point_down, {"diagnostics": "import briefing.model", "model": ""}, "diagnostics imports model"),
    (imports_point_down, {"readers.pdf": "from briefing import build", "build": ""}, "readers.pdf imports build"),
    (imports_point_down, {"elsewhere": ""}, "elsewhere has no place"),
    (no_module_imports_itself, {"check": "import briefing.quotes", "quotes": "import briefing.check"}, "check imports"),
    (
        no_module_imports_itself,
        {"a": "import briefing.b", "b": "from briefing.c import x", "c": "from briefing import a"},
        "a imports itself, through b",
    ),
    (
        model_and_document_meet_in_compose,
        {"markup": "from briefing import document\nfrom briefing.model import Day", "model": "", "document": ""},
        "markup imports both",
    ),
    (
        model_and_document_meet_in_compose,
        {"build": "from briefing.document import Document, Text\nimport briefing.model", "model": "", "document": ""},
        "build imports both",
    ),
    (
        some_never_see_others,
        {"writers.pdf.flow": "from briefing.model import Day", "model": ""},
        "writers.pdf.flow sees",
    ),
    (
        some_never_see_others,
        {"writers.docx": "import briefing.wording", "wording": "import briefing.model", "model": ""},
        "writers.docx sees model",
    ),
    (some_never_see_others, {"quotes": "import briefing.document", "document": ""}, "quotes sees document"),
    (every_library_has_its_owner, {"build": "import yaml"}, "build imports yaml, owned by readers.yaml"),
    (
        every_library_has_its_owner,
        {"writers.pdf2": "from reportlab.pdfgen import canvas"},
        "writers.pdf2 imports reportlab",
    ),
    (every_library_has_its_owner, {"model": "import pydantic"}, "model imports pydantic, owned by nobody"),
    (imports_stand_at_the_top, {"model": "def late():\n    import json"}, "model:2 imports below the top"),
    (
        imports_stand_at_the_top,
        {"model": "try:\n    import json\nexcept ImportError:\n    pass"},
        "model:2 imports below",
    ),
    (
        imports_stand_at_the_top,
        {"build": "import importlib\nimportlib.import_module('x')"},
        "build:2 imports on demand",
    ),
    (imports_stand_at_the_top, {"cli": "from . import build"}, "cli:1 imports by a relative name"),
    (imports_stand_at_the_top, {"writers.pdf": "def late():\n    import json"}, "writers.pdf:2 imports below the top"),
    (modules_are_short, {"model": lines(LONGEST_MODULE + 1)}, "model has 401 lines"),
    (
        functions_are_short,
        {"model": "def long():\n" + lines(LONGEST_FUNCTION, "    x = 1")},
        "model:1 long has 41 lines",
    ),
    (
        functions_are_short,
        {"model": "def fat(x):\n    match x:\n        case 1:\n" + lines(LONGEST_FUNCTION, "            x = 1")},
        "model:1 fat has 43 lines",
    ),
    (names_say_something, {"readers.yaml_utils": ""}, "readers.yaml_utils is named utils"),
    (names_say_something, {"common.model": ""}, "common.model is named common"),
    (only_files_meets_the_disk, {"model": "def f(path):\n    return open(path)"}, "model:2 calls open"),
    (only_files_meets_the_disk, {"loading": "path.open('rb')"}, "loading:1 calls open"),
    (only_files_meets_the_disk, {"loading": "path.read_text('utf-8')"}, "loading:1 calls read_text"),
    (only_files_meets_the_disk, {"readers.pdf": "path.unlink()"}, "readers.pdf:1 calls unlink"),
    (only_files_meets_the_disk, {"cli": "Path(x).with_name(y).replace(z)"}, "cli:1 calls replace"),
    (only_files_meets_the_disk, {"build": "(folder / name).write_bytes(b'')"}, "build:1 calls write_bytes"),
    (only_files_meets_the_disk, {"fonts": "import tempfile"}, "fonts imports tempfile"),
    (nothing_one_platform_has, {"files": "import fcntl"}, "files imports fcntl"),
    (nothing_one_platform_has, {"files": "import os\nos.fork()"}, "files uses os.fork"),
    (nothing_one_platform_has, {"files": "from signal import alarm"}, "files uses signal.alarm"),
    (nothing_one_platform_has, {"wording": "day.strftime('%-d %B')"}, "wording:1 formats a date as '%-d %B'"),
    (no_clock_and_no_chance, {"build": "import datetime\ndatetime.date.today()"}, "build uses date.today"),
    (no_clock_and_no_chance, {"build": "from time import time"}, "build uses time.time"),
    (no_clock_and_no_chance, {"writers.docx": "import uuid"}, "writers.docx imports uuid"),
)


@pytest.mark.parametrize(("law", "house", "broken"), MUTATIONS)
def test_a_law_turns_red(law: Law, house: House, broken: str) -> None:
    assert any(said.startswith(broken) for said in law(house)), list(law(house))


def test_every_law_has_its_mutation() -> None:
    assert {law for law, _, _ in MUTATIONS} == set(LAWS)


PERMITTED: tuple[tuple[Law, House], ...] = (
    (imports_stand_at_the_top, {"cli": "def run():\n    import briefing.build"}),
    (imports_stand_at_the_top, {"cli.briefs": "def run():\n    import briefing.build"}),
    (imports_stand_at_the_top, {"writers": "import importlib\ndef of(x):\n    return importlib.import_module(x)"}),
    (
        functions_are_short,
        {
            "model": "def say(x):\n    '''Say it.'''\n    match x:\n"
            + lines(25, "        case 1:\n            return 2")
        },
    ),
    (every_library_has_its_owner, {"readers.docx": "import docx, lxml.etree", "writers.docx.parts": "import lxml"}),
    (
        model_and_document_meet_in_compose,
        {"compose": "from briefing import document, model", "document": "", "model": ""},
    ),
    (
        model_and_document_meet_in_compose,
        {"build": "from briefing.document import Document\nimport briefing.model", "model": "", "document": ""},
    ),
    (no_module_imports_itself, {"writers.pdf": "from briefing.writers.pdf.flow import fill", "writers.pdf.flow": ""}),
    (only_files_meets_the_disk, {"loading": "files.read_text(path, 9)\nfiles.is_file(path)", "files": "open(x)"}),
    (only_files_meets_the_disk, {"opc": "package.open(member)", "readers.pdf.content": "font.ToUnicode.read_bytes()"}),
    (only_files_meets_the_disk, {"wording": "text.replace('a', 'b')\nreplace(brief, title='x')"}),
)


@pytest.mark.parametrize(("law", "house"), PERMITTED)
def test_what_a_law_permits(law: Law, house: House) -> None:
    assert list(law(house)) == []

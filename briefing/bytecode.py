"""The templates that come with the program, compiled once for every process to come, as Python keeps its modules.

Compiled code is code, and no sandbox holds it: whoever can write it decides what the program does. So it lies where the
code of this package lies, in its `__pycache__`, which is written by whoever may write the program, and nowhere else;
where nobody may, each process compiles anew. Nothing is kept of a template that the program did not bring, nor beside
the templates: many may write there who may not write the program."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import sys
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType

from briefing import files
from briefing.diagnostics import BriefingError
from briefing.program import program_hash
from briefing.shipped import PACKAGE, shipped

_LIMIT = 5_000_000  # bytes
_HASH = hashlib.sha256().digest_size


def fingerprint(source: str) -> str:
    """Hash all that the compiled code of a template comes from: its text, this program, its libraries, this Python."""
    return hashlib.sha256(repr((program_hash(), MAGIC_NUMBER, source)).encode()).hexdigest()


def load(name: str, made_of: str) -> CodeType | None:
    """Find the code of a template that comes with the program; none where it was made of other things, or is damaged.

    `made_of` is the fingerprint of what it is to be made of."""
    with contextlib.suppress(BriefingError, NotImplementedError):
        data = files.read_bytes(_place(name), _LIMIT)
        code = data[2 * _HASH :]
        if data[: 2 * _HASH] == bytes.fromhex(made_of) + hashlib.sha256(code).digest():
            return marshal.loads(code)  # type: ignore[no-any-return]  # noqa: S302 (as trustworthy as this module)
    return None


def save(name: str, made_of: str, code: CodeType) -> None:
    """Keep the code of a template that comes with the program, if it is one, and if the program's folder takes it."""
    if sys.dont_write_bytecode:
        return
    with contextlib.suppress(BriefingError, NotImplementedError):
        if fingerprint(_shipped(name)) == made_of:
            data = marshal.dumps(code)
            files.replace_atomically({_place(name): bytes.fromhex(made_of) + hashlib.sha256(data).digest() + data})


def _shipped(name: str) -> str:
    return files.read_text(shipped("templates") / name, _LIMIT)


def _place(name: str) -> Path:
    """Where Python would keep it. Raises NotImplementedError for a Python that keeps nothing."""
    return Path(cache_from_source(str(PACKAGE / f"{name}.py")))  # its dots keep it apart from the modules there

"""The package of an Office file (ECMA-376 part 2) as a mapping of part name to bytes: read within bounds, written with
bytes that are the same in every run, stamped so that a file somebody edited is told from one the program wrote."""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping

from msgspec import Struct

from briefing.diagnostics import BriefingError, Diagnostic, Location

CUSTOM_PROPERTIES = "docProps/custom.xml"
BLANK_STAMP = "0" * 64

_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
_SAFE_NAME = re.compile(r'[^\\:*?"<>|\x00-\x1f]+')
_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LEVEL = 5  # a fifth less time than at zlib's own 6, for a file a twentieth larger
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_STAMP = re.compile(rb"\b[0-9a-f]{64}\b")


class Limits(Struct, frozen=True):
    """What a package may hold at most, in bytes as they really come out, whatever its directory claims.

    The ratio of a part to its compressed size counts only above `ratio_from`: short parts compress well."""

    package: int = 64 << 20
    parts: int = 2000
    part: int = 64 << 20
    total: int = 256 << 20
    ratio: int = 400
    ratio_from: int = 8 << 20


LIMITS = Limits()


def unreadable(message: str) -> BriefingError:
    """Say that a Word file cannot be read, and what to do."""
    mend = "Open it in Word, save it as 'Word Document (*.docx)' and try again."
    return BriefingError([Diagnostic(Location(""), "docx-unreadable", message, mend)])


def read_package(data: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    """Read every part of a package by name (`word/document.xml`), within `limits`; nothing reaches the disk.

    Raises BriefingError [docx-unreadable] for what is no package, is damaged, encrypted or grows beyond the limits."""
    if len(data) > limits.package:
        raise unreadable(f"the file is larger than {limits.package >> 20} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _read_parts(package, limits)
    except _DAMAGED as error:
        raise unreadable("this is not a Word file, or it is damaged") from error


def _read_parts(package: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    members = [member for member in package.infolist() if not member.is_dir()]
    if len(members) > limits.parts:
        raise unreadable("the file has too many parts")
    parts: dict[str, bytes] = {}
    total = 0
    for member in members:
        _refuse_unsafe(member)
        with package.open(member) as stream:
            content = stream.read(limits.part + 1)
        total += len(content)
        if len(content) > limits.part or total > limits.total:
            raise unreadable("the file grows beyond the limit when unpacked")
        if len(content) > max(limits.ratio_from, limits.ratio * member.compress_size):
            raise unreadable("a part of the file is compressed beyond belief")
        parts[member.filename] = content
    if len({name.lower() for name in parts}) < len(members):
        raise unreadable("two parts of the file have the same name")
    return parts


def _refuse_unsafe(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if member.flag_bits & 1:
        raise unreadable("the file is encrypted")
    if stat.S_ISLNK(member.external_attr >> 16) or member.compress_type not in _COMPRESSION:
        raise unreadable(f"the part {name!r} is of a kind no Word file has")
    if not _SAFE_NAME.fullmatch(name) or posixpath.normpath(name) != name or name.startswith(("/", "..")):
        raise unreadable(f"the part {name!r} has an unsafe name")


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into a file: fixed order, stamps and attributes, so the same parts give the same bytes."""
    order = [name for name in _FIRST if name in parts] + sorted(name for name in parts if name not in _FIRST)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in order:
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            package.writestr(member, parts[name], compresslevel=_LEVEL)
    return buffer.getvalue()


def stamp(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Write the digest of all parts over the blank stamp in the custom properties."""
    custom = parts[CUSTOM_PROPERTIES].replace(BLANK_STAMP.encode(), _digest(parts).encode(), 1)
    return {**parts, CUSTOM_PROPERTIES: custom}


def is_stamped(parts: Mapping[str, bytes]) -> bool:
    """Tell whether the parts are, to the byte, those that were stamped."""
    custom = parts.get(CUSTOM_PROPERTIES, b"")
    found = _STAMP.search(custom)
    if found is None:
        return False
    blank = custom[: found.start()] + BLANK_STAMP.encode() + custom[found.end() :]
    return found[0].decode() == _digest({**parts, CUSTOM_PROPERTIES: blank})


def _digest(parts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(parts):
        digest.update(f"{name}\0{len(parts[name])}\0".encode())
        digest.update(parts[name])
    return digest.hexdigest()

"""New files to begin with, so that nobody types YAML on a blank page: a small dossier, a meeting, a source, a person.

What is added is read as part of its dossier before it is written: what the reader would refuse never reaches the disk.
Nothing that stands is changed; registers (people.yaml, sources.yaml) grow at their end."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefing import files
from briefing.diagnostics import BriefingError, Diagnostic, Location, errors
from briefing.fields import FORMS, Kind
from briefing.loading import TEXT_LIMIT, YAML_LIMIT, yaml_files
from briefing.model import Dossier
from briefing.readers.dossier import read_dossier
from briefing.readers.names import ID, slug
from briefing.records import FILES, UNKNOWN
from briefing.schema import json_schema
from briefing.shipped import shipped

SCHEMAS = ".schemas"
KINDS = tuple(FILES)
NOTHING: Mapping[Path, bytes] = {}
_RENAME = "Windows keeps CON, NUL, COM1 and the like for itself; choose another name."
_PLAIN = re.compile(r"[^\W_](?:[^:#,\[\]{}\x00-\x1f]|:(?! |$)|(?<! )#)*(?<! )")


def new_dossier(folder: Path) -> tuple[Path, ...]:
    """Make a small dossier that builds at once, with the schemas for editors; list its files.

    Raises BriefingError [folder-not-empty]."""
    if files.exists(folder) and (not files.is_folder(folder) or files.names_in(folder)):
        raise _refused(
            folder, "folder-not-empty", "there is something here already", "Name a folder that is new or empty."
        )
    if files.unfit(folder.absolute().name):
        raise _refused(folder, "file-name", f"{folder.name} is no name for a folder on every computer", _RENAME)
    starter = shipped("templates") / "starter"
    copied = {file.relative_to(starter): file for file in files.matching(starter, "**/*") if files.is_file(file)}
    contents = {folder / name: files.read_bytes(file, YAML_LIMIT) for name, file in copied.items()}
    files.replace_atomically(contents | _schemas(folder / SCHEMAS, KINDS))
    return tuple(contents)


def write_schemas(folder: Path, kinds: Sequence[str] = KINDS) -> tuple[Path, ...]:
    """Write the JSON Schemas of kinds of file into a folder."""
    contents = _schemas(folder, kinds)
    files.replace_atomically(contents)
    return tuple(contents)


def schema_text(kind: str) -> str:
    """Print the JSON Schema of a kind of file."""
    return json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"


def _schemas(folder: Path, kinds: Sequence[str]) -> dict[Path, bytes]:
    return {folder / f"{kind}.schema.json": schema_text(kind).encode() for kind in kinds}


# ----------------------------------------------------------------------------------------------------------- a meeting


def add_meeting(
    folder: Path,
    *,
    date: str,
    place: str = "",
    title: str = "",
    format: str = "",
    name: str = "",
    accounts: Sequence[str] = (),
    participants: Sequence[str] = (),
) -> Path:
    """Write a meeting's file, with hints where something is to be filled in; its name is made of date and place.

    A participant is a person, by full name, or a country, by its code.

    Raises BriefingError for a meeting that exists, and with everything that the reader would refuse."""
    city = place.rsplit(",", 1)[-1].strip()
    path = _meeting_path(folder, date, name or "-".join(filter(None, (date, slug(city or title)))))
    dossier, _ = read_dossier(yaml_files(folder), folder.name)
    hints = _Hints(dossier, tuple(accounts), tuple(participants))
    lines = (
        _schema_line("meeting", "../"),
        f"title: {_scalar(title or ' in '.join(filter(None, (format.capitalize() or 'Meeting', city))))}",
        "draft: true   # a brief built on it is stamped; take this line away when the file is complete",
        *([f"format: {_scalar(format)}"] if format else []),
        f"accounts: {_list(accounts)}   # read in full: silence rests on them" if accounts else _ACCOUNTS,
        f"date: {_scalar(date)}   # or with its citation: {{text: {date}, cite: {hints.cite}}}",
        f"place: {_scalar(place or UNKNOWN)}",
        "\nparticipants:",
        *map(hints.participant, participants),
        _POSITIONS.format(topics=", ".join(dossier.topics)),
        *map(hints.position, participants),
        hints.action(),
    )
    _save(folder, f"meetings/{path.name}", "\n".join(lines).encode())
    return path


def _meeting_path(folder: Path, date: str, stem: str) -> Path:
    """Name the file of a new meeting; refuse what is no date or no id, and a meeting that is there."""
    path = folder / "meetings" / f"{stem}.yaml"
    if not re.fullmatch(FORMS[Kind.DATE], date):
        mend = "Write it as 2023-10-17; 2023-10 or 2023 where no more is known."
        raise _refused(Path("--date"), "bad-date", f"{date!r} is not a date", mend)
    if not ID.fullmatch(stem):
        raise _refused(path, "bad-id", f"{stem!r} is not an id", "Name the meeting with --name, as in 2031-06-02-oslo.")
    if files.unfit(path.name):
        raise _refused(path, "file-name", f"{path.name} is no file name on every computer", _RENAME)
    if files.exists(path):
        raise _refused(path, "file-exists", "this meeting is there already", "Give the new one a name with --name.")
    return path


_ACCOUNTS = "# accounts: the sources read in full; silence rests on them"
_POSITIONS = """
# Who put forward what; or: positions: none recorded. Take away the # where you fill something in.
#   by: a person, an institution, a country; or several of them, jointly: [US, KR]
#   topic: {topics}
#   stance: support, oppose or unclear; left out under a topic without a question
#   summary: in our words; quote: in theirs, exactly, without the marks around them
# positions:"""
_ACTIONS = """
# What they agreed to do together; or: actions: none recorded.
# actions:
#   - parties: {parties}
#     kind: agreement
#     summary:
#     cite: {cite}
"""


class _Hints(Struct, frozen=True):
    """What is known of a new meeting, written where it belongs."""

    dossier: Dossier
    accounts: tuple[str, ...]
    participants: tuple[str, ...]

    @property
    def cite(self) -> str:
        """A citation to begin with: the only account goes without saying, one of several does not."""
        return f"{self.accounts[0]} para 1" if len(self.accounts) > 1 else "para 1"

    def participant(self, name: str) -> str:
        key = "country" if name in self.dossier.names else "person"
        title = f"title: {UNKNOWN}   # as the account gives it"
        return f"  - {key}: {_scalar(name)}\n    {title}\n    # cite: {self.cite}"

    def position(self, name: str) -> str:
        fields = ("topic:", "stance:", "summary:", "quote:", f"cite: {self.cite}")
        return "\n#     ".join((f"#   - by: {_scalar(name)}", *fields))

    def action(self) -> str:
        people = self.dossier.people
        countries = [people[name].country if name in people else name for name in self.participants]
        return _ACTIONS.format(parties=f"[{', '.join(dict.fromkeys(countries))}]", cite=self.cite)


# ----------------------------------------------------------------------------------------------- sources and people


def add_source(folder: Path, id: str, fields: Mapping[str, str | Sequence[str]], text: Path | None = None) -> Path:
    """Add a source to sources.yaml. A text from elsewhere is copied into articles/, one of the dossier stays in place.

    Raises BriefingError with everything that the reader would refuse."""
    copied: dict[Path, bytes] = {}
    if text:
        name, copied = _text(folder, text)
        fields = {**fields, "text": name}
    return _append(folder, "sources", _record(id, fields), copied)


def add_person(folder: Path, name: str, fields: Mapping[str, str], native: Mapping[str, str]) -> Path:
    """Add a person to people.yaml, with the name in its own script where it is known.

    Raises BriefingError with everything that the reader would refuse."""
    lines = _record(name, fields)
    if any(native.values()):
        inner = ", ".join(f"{key}: {_scalar(value)}" for key, value in native.items() if value)
        lines += f"  native: {{{inner}}}\n"
    return _append(folder, "people", lines)


def _record(key: str, fields: Mapping[str, str | Sequence[str]]) -> str:
    """Write a record of a register, with the fields that have a value."""
    held = {name: value for name, value in fields.items() if value}
    lines = [f"  {name}: {_scalar(v) if isinstance(v, str) else _list(v)}" for name, v in held.items()]
    return "\n".join([f"{_scalar(key)}:", *lines, ""])


def _text(folder: Path, text: Path) -> tuple[str, dict[Path, bytes]]:
    """Name a text as a dossier's file; with it what has to be copied for that."""
    content = files.read_text(text, TEXT_LIMIT).encode()
    if text.resolve().is_relative_to(folder.resolve()):
        return text.resolve().relative_to(folder.resolve()).as_posix(), {}
    target = folder / "articles" / text.name
    if files.unfit(text.name):
        raise _refused(target, "file-name", f"{text.name} is no file name on every computer", _RENAME)
    if files.exists(target) and files.read_bytes(target, TEXT_LIMIT) != content:
        raise _refused(target, "file-exists", "another text has this name", "Rename the new one.")
    return f"articles/{text.name}", {target: content}


def _append(folder: Path, kind: str, record: str, copied: Mapping[Path, bytes] = NOTHING) -> Path:
    """Add a record to the end of a register, which is made where there is none."""
    path = folder / FILES[kind].name
    old = files.read_bytes(path, YAML_LIMIT) if files.exists(path) else f"{_schema_line(kind)}\n".encode()
    gap = "\n" if old.endswith(b"\n") else "\n\n"
    _save(folder, path.name, old + f"{gap}{record}".encode(), copied)
    return path


# ------------------------------------------------------------------------------------------------------ writing YAML


def _save(folder: Path, name: str, content: bytes, copied: Mapping[Path, bytes] = NOTHING) -> None:
    """Write a file of a dossier, if the reader finds nothing wrong in it that was not there before."""
    held = yaml_files(folder)
    _, before = read_dossier(held, folder.name, files.shown(folder))
    _, after = read_dossier({**held, name: content}, folder.name, files.shown(folder))
    known = {(d.location, d.rule, d.message) for d in before}  # the help may name now what is new
    if wrong := errors(d for d in after if (d.location, d.rule, d.message) not in known):
        raise BriefingError(replace(d, location=_unwritten(d.location, name, folder)) for d in wrong)
    files.replace_atomically({**copied, folder / name: content})


def _unwritten(location: Location, name: str, folder: Path) -> Location:
    """Leave out the line of a file that was never written; a file that is not there at all is that of the command."""
    if location.file != files.shown(folder / name):
        return location
    return Location(location.file if files.exists(folder / name) else "briefing add")


def _schema_line(kind: str, up: str = "") -> str:
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{kind}.schema.json"


def _list(values: Sequence[str]) -> str:
    return _scalar(values[0]) if len(values) == 1 else f"[{', '.join(map(_scalar, values))}]"


def _scalar(text: str) -> str:
    """Write words so that YAML reads the same words, between marks where it would take a sign for its own."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _refused(path: Path, rule: str, message: str, mend: str) -> BriefingError:
    return BriefingError([Diagnostic(Location(files.shown(path)), rule, message, mend)])

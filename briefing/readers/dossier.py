"""The YAML files of a dossier → Dossier, with everything that is wrong in them, all at once.

Read in the order in which they name each other: dossier.yaml, sources.yaml, people.yaml, the meetings, the briefs. What
a file that cannot be read would have named is not missed elsewhere."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import PurePosixPath

from msgspec.structs import replace

from briefing.diagnostics import Diagnostic, Location
from briefing.model import Brief, Dossier, Meeting, Person, Source
from briefing.readers.brief import read_brief
from briefing.readers.meeting import in_order, read_meeting
from briefing.readers.names import ID, Names
from briefing.readers.record import Row, peek, read_field, read_record
from briefing.readers.register import read_countries, read_institutions, read_people, read_sources, read_topics
from briefing.readers.values import Reading
from briefing.readers.yaml import Node, read_yaml
from briefing.records import DOSSIER, FILES

ROOT, PEOPLE, SOURCES, MEETINGS, BRIEFS = (entry.name for entry in FILES.values())


def read_dossier(
    files: Mapping[str, bytes],
    id: str,
    prefix: str = "",
) -> tuple[Dossier, tuple[Diagnostic, ...]]:
    """Read the files of a dossier's folder, by name relative to it, with `/`; raise nothing.

    `prefix` is the folder as messages show it. Where there are errors the dossier holds what could be read; problems
    come in the order of files and lines."""
    folder = _Folder(files, prefix)
    row, names = folder.root()
    root = folder.reading(ROOT, names)
    countries = tuple(read_countries(row.many("countries", Row), root))
    institutions = read_institutions(row.table("institutions"), root)
    topics = read_topics(row.table("topics"), root)
    sources, names = folder.sources(names)
    people, names = folder.people(names)
    meetings, names = folder.meetings(names)
    dossier = Dossier(
        id=id,
        title=row.text("title"),
        countries=countries,
        origin=row.origin(ROOT, ""),
        names=names.countries,
        institutions=institutions,
        people=people,
        sources=sources,
        topics=topics,
        meetings=meetings,
        briefs=folder.briefs(names),
        handling=row.text("handling"),
    )
    return dossier, folder.all_problems()


class _Folder:
    """The files of a dossier, each read when its turn comes, and what is wrong in them: as YAML (`misread`), and as a
    dossier. None stands for a file that was written in the wrong place."""

    def __init__(self, files: Mapping[str, bytes], prefix: str) -> None:
        self.prefix = prefix
        self.misread: list[Diagnostic] = []
        self.problems: list[Diagnostic] = []
        self.files: dict[str, bytes | None] = {}
        for name in sorted(files):
            if name != name.lower() and name.lower() in files:
                mend = "Merge the two, or give each a name of its own, in lower-case letters."
                self._error(name, "same-name", f"{name} and {name.lower()} are one file on Windows and macOS", mend)
            elif self._has_place(name):
                self.files[name] = files[name]
            elif PurePosixPath(name).suffix in (".yaml", ".yml"):
                self._misplaced(name)

    def all_problems(self) -> tuple[Diagnostic, ...]:
        """Get the problems in order; where YAML itself stumbled, what came of it is not said as well."""
        told = {problem.location for problem in self.misread}
        rest = (problem for problem in self.problems if problem.location not in told)
        return tuple(sorted((*self.misread, *rest), key=lambda problem: problem.location))

    def reading(self, name: str, names: Names) -> Reading:
        """Begin to read a file."""
        return Reading(name, names, problems=self.problems)

    def root(self) -> tuple[Row, Names]:
        """Read dossier.yaml. Its countries and topics are looked at first: its own records name them."""
        row, names = Row(Location(self._shown(ROOT))), Names()
        if ROOT not in self.files:
            mend = "`briefing init` makes a small dossier to start from."
            self._error(ROOT, "missing-file", "a dossier has a file dossier.yaml", mend)
        node = self._node(ROOT)
        if node is None:
            return row, names
        ahead = peek(node, DOSSIER, ("countries", "topics"), Reading(ROOT, names))
        countries = read_countries(ahead.many("countries", Row), Reading(ROOT, names))
        names = replace(
            names, countries={**names.countries, **countries}, topics=_questions(ahead.values.get("topics"))
        )
        row = read_record(node, DOSSIER, self.reading(ROOT, names)) or row
        return row, replace(names, institutions=_homes(row.values.get("institutions", {})))

    def sources(self, names: Names) -> tuple[Mapping[str, Source], Names]:
        """Read sources.yaml; a dossier without it has no sources."""
        rows = self._table(SOURCES, names)
        if rows is None:
            return {}, names
        return read_sources(rows, self.reading(SOURCES, names)), replace(names, sources=frozenset(rows))

    def people(self, names: Names) -> tuple[Mapping[str, Person], Names]:
        """Read people.yaml; a dossier without it names nobody."""
        rows = self._table(PEOPLE, names)
        if rows is None:
            return {}, names
        people = read_people(rows, self.reading(PEOPLE, names))
        return {name: person for name, person in people.known.items() if person}, replace(names, people=people)

    def meetings(self, names: Names) -> tuple[tuple[Meeting, ...], Names]:
        """Read the meetings, in the order of their dates."""
        found = self._found(MEETINGS)
        names = replace(names, meetings=frozenset(found))
        meetings: list[Meeting] = []
        ids: dict[str, frozenset[str] | None] = dict.fromkeys(found)
        for id_, name in found.items():
            if node := self._node(name):
                meeting, ids[id_] = read_meeting(node, id_, self.reading(name, names))
                meetings.extend([meeting] if meeting else [])
        return in_order(meetings, self.problems), replace(names, records=ids)

    def briefs(self, names: Names) -> tuple[Brief, ...]:
        """Read the briefs, by id."""
        found = ((id_, name, self._node(name)) for id_, name in self._found(BRIEFS).items())
        read = (read_brief(node, id_, self.reading(name, names)) for id_, name, node in found if node)
        return tuple(brief for brief in read if brief)

    def _node(self, name: str) -> Node | None:
        """Read the YAML of a file; None where there is none, or none that can be read."""
        data = self.files.get(name)
        if data is None:
            return None
        node, found = read_yaml(data, self._shown(name))
        self.misread.extend(found)
        return node

    def _table(self, name: str, names: Names) -> dict[str, Row | None] | None:
        """Read a file that is a table by id; empty where there is none, None where it cannot be read."""
        if name not in self.files:
            return {}
        node = self._node(name)
        entry = next(entry for entry in FILES.values() if entry.name == name)
        table = None if node is None else read_field(entry, node, self.reading(name, names))
        return table if isinstance(table, dict) else None

    def _found(self, pattern: str) -> dict[str, str]:
        """Find the files of a folder by id, which is the file's name without `.yaml`."""
        found: dict[str, str] = {}
        for name in self.files:
            path = PurePosixPath(name)
            if path.parent == PurePosixPath(pattern).parent:
                found[path.stem] = name
                if not ID.fullmatch(path.stem):
                    mend = "Name it with lower-case letters, digits and hyphens: 2023-10-17-jakarta.yaml."
                    self._error(name, "bad-id", f"the name of this file, {path.stem!r}, is not an id", mend)
        return found

    def _has_place(self, name: str) -> bool:
        """Tell whether a dossier has such a file."""
        stem = PurePosixPath(name).stem
        return name in (entry.name.replace("*", stem) for entry in FILES.values())

    def _misplaced(self, name: str) -> None:
        """Refuse YAML in a place where nobody looks: it would be lost unseen. The file it was meant for was written,
        and cannot be read."""
        path = PurePosixPath(name)
        folder = PurePosixPath(BRIEFS if path.parts[0] == PurePosixPath(BRIEFS).parts[0] else MEETINGS).parent
        near = difflib.get_close_matches(name, (ROOT, PEOPLE, SOURCES), n=1, cutoff=0.65)
        meant = near[0] if near else f"{folder}/{path.stem}.yaml"
        self._error(name, "unknown-file", f"a dossier has no file {name}", f"Did you mean {meant!r}?")
        self.files.setdefault(meant, None)

    def _shown(self, name: str) -> str:
        return f"{self.prefix}/{name}" if self.prefix else name

    def _error(self, name: str, rule: str, message: str, mend: str) -> None:
        self.problems.append(Diagnostic(Location(self._shown(name)), rule, message, mend))


def _questions(topics: object) -> Mapping[str, str | None] | None:
    """Tell the question of each topic (None: the topic is broken), or None where nobody can tell which there are."""
    return {key: row and row.text("question") for key, row in topics.items()} if isinstance(topics, dict) else None


def _homes(institutions: object) -> Mapping[str, str] | None:
    """Tell the country of each institution ("": the institution is broken)."""
    if not isinstance(institutions, dict):
        return None
    return {key: row.text("country") if row else "" for key, row in institutions.items()}

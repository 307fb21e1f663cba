"""Loading: a dossier as its folder holds it, checked with its texts and its lock; writing the lock; comparing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from briefing import files
from briefing.arguments import Chosen, nearest
from briefing.check import check
from briefing.compare import Comparison, compare
from briefing.diagnostics import BriefingError, Diagnostic, Location, Severity, did_you_mean, errors
from briefing.languages import without_words
from briefing.lock import InSentence, Verification, lock_entries, new_quotations, verify
from briefing.model import Brief, Dossier, Origin
from briefing.quotes import LockEntry, read_lock, write_lock
from briefing.readers.dossier import read_dossier

YAML_LIMIT = 5_000_000
TEXT_LIMIT = 50_000_000
LOCK = "quotes.lock"


class Loaded(Struct, frozen=True):
    """A dossier as its folder holds it, with everything found wrong in it."""

    folder: Path
    dossier: Dossier
    texts: Mapping[str, str]
    lock: tuple[LockEntry, ...]
    verification: Verification
    diagnostics: tuple[Diagnostic, ...]


def load(folder: Path, texts_folder: Path | None = None) -> Loaded:
    """Read and check a dossier. `texts_folder` is searched, by file name, for source texts that are not in the dossier.

    What the files cannot be read for is told first, then what follows from what they say, each in the order of the
    files. Raises BriefingError when a file cannot be read at all, or what is built could not bear the folder's name;
    what is wrong in the files is in `diagnostics`."""
    if files.unfit(folder.absolute().name):
        message, mend = "the name of this folder is none on every computer", "Rename it: its outputs bear its name."
        raise BriefingError([Diagnostic(Location(files.shown(folder)), "file-name", message, mend)])
    dossier, found = read_dossier(yaml_files(folder), folder.name, files.shown(folder))
    texts, faults = _texts(folder, dossier, texts_folder)
    lock_file = files.Jail(folder).path(LOCK, Location(files.shown(folder / LOCK)))
    lock, lock_faults = (
        read_lock(files.read_text(lock_file, TEXT_LIMIT), files.shown(lock_file))
        if files.exists(lock_file)
        else ((), ())
    )
    verification = verify(dossier, texts, lock)
    missing = () if faults else _missing_texts(folder, dossier, texts)
    wordless = without_words(folder, dossier.briefs)
    later = sorted((*faults, *lock_faults, *missing, *wordless, *check(dossier, verification)), key=_by_place)
    return Loaded(folder, dossier, texts, lock, verification, tuple(dict.fromkeys((*found, *later))))


def load_sound(folder: Path, texts_folder: Path | None = None) -> Loaded:
    """Read a dossier in which nothing is wrong. Raises BriefingError with its errors where something is."""
    loaded = load(folder, texts_folder)
    if wrong := errors(loaded.diagnostics):
        raise BriefingError(wrong)
    return loaded


def load_each(
    chosen: Iterable[Chosen], texts_folder: Path | None = None
) -> tuple[tuple[Loaded, ...], tuple[Diagnostic, ...]]:
    """Read and check the dossiers chosen, each once; what cannot be read at all is among the diagnostics."""
    held: list[Loaded] = []
    found: list[Diagnostic] = []
    for folder in dict.fromkeys(one.folder for one in chosen):
        try:
            held.append(load(folder, texts_folder))
        except BriefingError as error:
            found += error.diagnostics
        else:
            found += held[-1].diagnostics
    return tuple(held), tuple(found)


def _by_place(diagnostic: Diagnostic) -> tuple[Location, str]:
    return diagnostic.location, diagnostic.rule


def yaml_files(folder: Path) -> Mapping[str, bytes]:
    """Read the YAML files of a dossier's folder, by their names in it; the reader says which have no place there.

    Raises BriefingError where one cannot be read, is a link that leads out, has a name that some computer cannot hold,
    or dossier.yaml is not there."""
    folders = (folder, folder / "meetings", folder / "briefs")
    found = (file for inner in folders for file in files.files_in(inner, "") if file.suffix in (".yaml", ".yml"))
    names = sorted({"dossier.yaml", *(file.relative_to(folder).as_posix() for file in found)})
    jail, shown = files.Jail(folder), files.shown(folder)
    paths = {name: jail.path(name, Location(f"{shown}/{name}")) for name in names}
    return {name: files.read_bytes(path, YAML_LIMIT) for name, path in paths.items()}


def _texts(folder: Path, dossier: Dossier, elsewhere: Path | None) -> tuple[Mapping[str, str], list[Diagnostic]]:
    """Read the texts of the sources that are at hand: in the dossier, else by file name in the folder named."""
    jail = files.Jail(folder)
    texts: dict[str, str] = {}
    faults: list[Diagnostic] = []
    for source in dossier.sources.values():
        if not source.text:
            continue
        try:
            path = jail.path(source.text, source.origin.at("text"))
            if elsewhere and not files.exists(path):
                path = elsewhere / path.name
            if files.exists(path):
                texts[source.id] = files.read_text(path, TEXT_LIMIT)
        except BriefingError as error:
            faults.extend(error.diagnostics)
    return texts, faults


def _missing_texts(folder: Path, dossier: Dossier, texts: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Say which texts are not there though others are: beside them, or of other sources. A copy that came without any
    has nothing missing."""
    for source in dossier.sources.values():
        if not source.text or source.id in texts:
            continue
        beside = [file.name for file in files.files_in((folder / source.text).parent, "")]
        if beside or texts:
            place, name = source.origin.at("text"), PurePosixPath(source.text).name
            mend = did_you_mean(name, beside) if beside else "Put it there, or name its folder in BRIEFING_TEXTS."
            message = f"{source.text} is not there: nothing of {source.id} can be looked up in its text"
            yield Diagnostic(place, "text-missing", message, mend, Severity.WARNING)


def lock_quotations(chosen: Iterable[Chosen], texts_folder: Path | None = None) -> Iterator[InSentence]:
    """Yield each quotation that is new, for a person to look at; when all of a dossier are told, write its quotes.lock.

    A dossier with errors keeps the lock it has; a damaged lock is no reason not to write a new one."""
    for loaded in load_each(chosen, texts_folder)[0]:
        if {d.rule for d in errors(loaded.diagnostics)} <= {"lock-broken"}:
            yield from new_quotations(loaded.dossier, loaded.texts, loaded.lock)
            entries = lock_entries(loaded.dossier, loaded.texts, loaded.lock)
            if entries != loaded.lock:
                files.replace_atomically({loaded.folder / LOCK: write_lock(entries).encode()})


def compare_some(
    loaded: Loaded, brief: str = "", countries: Sequence[str] = (), topics: Sequence[str] = ()
) -> Comparison:
    """Compare what was asked for: what a brief selects, or the whole dossier; countries and topics named go before.

    Raises WrongUsage for a brief, country or topic that the dossier does not have."""
    dossier = loaded.dossier
    briefs = {b.id: b for b in dossier.briefs}
    if brief and brief not in briefs:
        raise nearest("brief", brief, briefs)
    for topic in topics:
        if topic not in dossier.topics:
            raise nearest("topic", topic, dossier.topics)
    codes = [_code(dossier, country) for country in countries]
    held = briefs.get(brief) or _whole(loaded)
    return compare(dossier, codes or held.countries, topics or held.topics, held.meetings)


def _code(dossier: Dossier, named: str) -> str:
    """A country by its code or by a name, in capitals or not."""
    for country in dossier.names.values():
        if named.casefold() in {word.casefold() for word in (country.code, country.name, country.short)}:
            return country.code
    raise nearest("country", named, {*dossier.countries, *(c for m in dossier.meetings for c in m.countries)})


def briefs_of(loaded: Loaded) -> tuple[Brief, ...]:
    """The briefs of a dossier; where nobody wrote one, a brief of the whole."""
    return loaded.dossier.briefs or (_whole(loaded),)


def _whole(loaded: Loaded) -> Brief:
    dossier = loaded.dossier
    place = Location(dossier.origin.location.file)
    return Brief("brief", dossier.title, Origin(dossier.origin.file, "", place), handling=dossier.handling)

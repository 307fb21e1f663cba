"""Build: the pipeline in order, from a dossier's folder to the two files. Nothing is replaced before both have been
read back and found to say the same."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefing import files
from briefing.compare import compare
from briefing.compose import TemplateSource, compose
from briefing.diagnostics import BriefingError, Diagnostic, Location, errors
from briefing.document import Document
from briefing.fonts import FontBook
from briefing.glyphs import missing_glyphs
from briefing.housestyle import HouseStyle
from briefing.languages import folders, tables, words_of
from briefing.loading import TEXT_LIMIT, YAML_LIMIT, Loaded, briefs_of, load_sound
from briefing.model import Brief
from briefing.program import program_hash
from briefing.readers.docx import is_untouched, read_docx
from briefing.readers.housestyle import read_housestyle
from briefing.readers.pdf import read_pdf
from briefing.readers.words import english
from briefing.sheet import draft_reason
from briefing.shipped import shipped
from briefing.twins import compare_outlines, outline
from briefing.writers import SUFFIXES, write

# ----------------------------------------------------------------------------------------------------------- building


class Options(Struct, frozen=True):
    """How to build. `only` is `pdf`, `docx` or empty for both; `epoch` overrides the date the files bear."""

    out: Path = Path("out")
    only: str = ""
    template: str = ""
    house_style: Path | None = None
    page: str = "A4"
    strict: bool = False
    force: bool = False
    epoch: date | None = None


def outputs(dossier: str, brief: str, options: Options) -> tuple[Path, ...]:
    """Name the files that a brief of a dossier is written to."""
    return tuple(options.out / f"{dossier}-{brief}.{suffix}" for suffix in SUFFIXES if options.only in {"", suffix})


def build(loaded: Loaded, brief: Brief, options: Options) -> Mapping[Path, bytes]:
    """Build one brief as PDF and Word: the files written, with their contents.

    Raises BriefingError with everything that stands in the way."""
    if wrong := errors(loaded.diagnostics):
        raise BriefingError(wrong)
    _refuse_drafts(loaded, brief, options)
    paths = outputs(loaded.dossier.id, brief.id, options)
    files.refuse_open(paths)
    made = make(loaded, brief, options)
    targets = {path: made[path.suffix.removeprefix(".")] for path in paths}
    _refuse_overwriting(targets, options)
    files.replace_atomically(targets)
    return targets


def make(loaded: Loaded, brief: Brief, options: Options) -> Mapping[str, bytes]:
    """Make both files of a brief, by their suffix, and write nothing.

    Raises BriefingError where they cannot be made, or do not say the same when they are read back."""
    made = _written(loaded, brief, options)  # nothing else is kept of the document while it is read back: it is large
    _refuse_differences(made, f"{loaded.dossier.id}-{brief.id}")
    return made


def rehearse() -> None:
    """Make the files of the dossier that `init` gives a newcomer, in memory. Raises BriefingError as `make` does."""
    loaded = load_sound(shipped("templates") / "starter")
    for brief in briefs_of(loaded):
        make(loaded, brief, Options())


def _written(loaded: Loaded, brief: Brief, options: Options) -> Mapping[str, bytes]:
    house, fonts = _look(tuple(_house_files(loaded, options)), tuple(_stamped(folders(loaded.folder, "fonts"))))
    document = _document(loaded, brief, house, options)
    if missing := missing_glyphs(document, house, fonts):
        raise BriefingError(missing)
    return {suffix: write(suffix, document, house, fonts) for suffix in SUFFIXES}


@lru_cache(maxsize=4)
def _look(house: tuple[tuple[str, str], ...], fonts: tuple[tuple[Path, object], ...]) -> tuple[HouseStyle, FontBook]:
    """Read house style and fonts once for all briefs printed in them; with each folder, what tells that it changed."""
    style = read_housestyle(house)
    return style, FontBook(style.families, [folder for folder, _ in fonts])


def _stamped(folders: Iterable[Path]) -> Iterator[tuple[Path, object]]:
    for folder in folders:
        yield folder, () if folder == shipped("fonts") else tuple(map(files.stamp, files.files_in(folder, "")))


def fingerprint(loaded: Loaded, brief: Brief, sources: Mapping[str, bytes], options: Options) -> str:
    """Hash all that the files of a brief are made of, `sources` being its YAML files. Hexadecimal SHA-256.

    That is: the program, the options, the dossier with its lock and the texts at hand, templates, house style, fonts.
    Where the files stand, and in which folder the program is called, is none of it."""
    chosen = (options.template, options.page, options.strict, options.epoch)
    hashed = hashlib.sha256(repr((program_hash(), chosen, loaded.dossier.id, brief.id, loaded.lock)).encode())
    others = {f"briefs/{other.id}.yaml" for other in loaded.dossier.briefs if other.id != brief.id}
    own = [folder for folder in folders(loaded.folder, "fonts") if folder != shipped("fonts")]
    held = (
        *((name, content) for name, content in sorted(sources.items()) if name not in others),
        *((source, text.encode()) for source, text in sorted(loaded.texts.items())),
        *(("house", text.encode()) for _, text in _house_files(loaded, options)),
        *(("words", text.encode()) for _, text in tables(loaded.folder, brief.language)),
        *_contents((*_template_folders(loaded, options), *own)),
    )
    for name, content in held:
        hashed.update(repr((name, hashlib.sha256(content).hexdigest())).encode())
    return hashed.hexdigest()


def _document(loaded: Loaded, brief: Brief, house: HouseStyle, options: Options) -> Document:
    if options.template:
        brief = replace(brief, template=Path(options.template).name.removesuffix(".html.jinja"))
    if options.page not in house.pages:
        known = ", ".join(house.pages)
        raise BriefingError(
            [Diagnostic(Location("--page-size"), "page-size", f"there is no sheet {options.page}", f"Known: {known}.")]
        )
    comparison = compare(loaded.dossier, brief.countries, brief.topics, brief.meetings)
    templates = _templates(loaded, options)
    verification = loaded.verification
    document = compose(
        loaded.dossier,
        brief,
        comparison,
        verification,
        house=house,
        templates=templates,
        words=words_of(loaded.folder, brief.language),
        page=options.page,
    )
    if options.epoch:
        document = replace(document, properties=replace(document.properties, created=options.epoch))
    return document


def _template_folders(loaded: Loaded, options: Options) -> tuple[Path, ...]:
    """Where templates are looked for: beside the one that was named by its file, then where all are."""
    named = Path(options.template).parent
    return ((named,) if named != Path() else ()) + folders(loaded.folder, "templates")


def _contents(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Read the files of folders. What cannot be read, folders among them, no build reads either."""
    for path in (path for folder in folders for path in files.files_in(folder, "")):
        with contextlib.suppress(BriefingError):
            yield path.name, files.read_bytes(path, TEXT_LIMIT)


def _templates(loaded: Loaded, options: Options) -> TemplateSource:
    jails = [files.Jail(folder) for folder in _template_folders(loaded, options)]

    def find(name: str) -> tuple[str, str] | None:
        for jail in jails:
            path = jail.path(name, Location(name))
            if files.is_file(path):
                return files.read_text(path, YAML_LIMIT), files.shown(path)
        return None

    return find


def _house_files(loaded: Loaded, options: Options) -> Sequence[tuple[str, str]]:
    paths = [folder / "house.toml" for folder in reversed(folders(loaded.folder, "templates"))]
    if options.house_style:
        paths.append(options.house_style)
    return [
        (files.shown(p), files.read_text(p, YAML_LIMIT)) for p in paths if files.is_file(p) or p == options.house_style
    ]


# ----------------------------------------------------------------------------------------------------------- refusals


def _refuse_drafts(loaded: Loaded, brief: Brief, options: Options) -> None:
    reason = draft_reason(loaded.dossier, brief, loaded.verification, english())
    if options.strict and reason:
        help_ = "Confirm the records, verify the quotations (briefing check --lock), or build without --strict."
        raise BriefingError([Diagnostic(brief.origin.location, "draft", reason[:1].lower() + reason[1:], help_)])


def _refuse_differences(made: Mapping[str, bytes], name: str) -> None:
    """The twin check, on the bytes: what the two files say is read back from them and compared."""
    word = outline(read_docx(made["docx"]))  # first, and let go before the other is read: its tree is the larger
    if differences := compare_outlines(outline(read_pdf(made["pdf"])), word):
        raise BriefingError(
            replace(d, location=Location(f"{name}: {d.location.file}", d.location.line, d.location.column))
            for d in differences
        )


def _refuse_overwriting(targets: Iterable[Path], options: Options) -> None:
    for path in targets:
        if options.force or path.suffix != ".docx" or not files.is_file(path):
            continue
        if not is_untouched(files.read_bytes(path, TEXT_LIMIT)):
            message = "this Word file was changed since it was built, and would be lost"
            help_ = "Move it away, choose another folder with -o, or overwrite it with --force."
            raise BriefingError([Diagnostic(Location(files.shown(path)), "edited-in-word", message, help_)])

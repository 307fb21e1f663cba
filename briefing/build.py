"""Build: the pipeline in order, from a dossier's folder to the two files. Nothing is replaced before both have been
read back and found to say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from briefing import files
from briefing.arguments import Chosen
from briefing.compare import compare
from briefing.compose import TemplateSource, compose
from briefing.diagnostics import BriefingError, Diagnostic, Location, errors
from briefing.document import Document
from briefing.fonts import FontBook
from briefing.glyphs import missing_glyphs
from briefing.housestyle import HouseStyle
from briefing.loading import TEXT_LIMIT, YAML_LIMIT, Loaded, briefs_of, load_each
from briefing.model import Brief
from briefing.readers.docx import is_untouched, read_docx
from briefing.readers.housestyle import read_housestyle
from briefing.readers.pdf import read_pdf
from briefing.sheet import draft_reason
from briefing.shipped import shipped
from briefing.twins import compare as compare_twins
from briefing.writers import SUFFIXES, write

# ----------------------------------------------------------------------------------------------------------- building


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. `only` is `pdf`, `docx` or empty for both; `epoch` overrides the date the files bear."""

    out: Path = Path("out")
    only: str = ""
    template: str = ""
    house_style: Path | None = None
    page: str = "A4"
    strict: bool = False
    force: bool = False
    epoch: date | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """One brief, built: the files written, the warnings that did not stop it."""

    loaded: Loaded
    brief: Brief
    files: tuple[Path, ...]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.loaded.diagnostics


def build(loaded: Loaded, brief: Brief, options: Options) -> Built:
    """Build one brief as PDF and Word. Raises BriefingError with everything that stands in the way."""
    if wrong := errors(loaded.diagnostics):
        raise BriefingError(wrong)
    _refuse_drafts(loaded, brief, options)
    house = read_housestyle(_house_files(loaded, options))
    document = _document(loaded, brief, house, options)
    fonts = FontBook(house.families, _folders(loaded, "fonts"))
    if missing := missing_glyphs(document, house, fonts):
        raise BriefingError(missing)
    made = {suffix: write(suffix, document, house, fonts) for suffix in SUFFIXES}
    stem = options.out / f"{loaded.dossier.id}-{brief.id}"
    targets = {stem.with_name(f"{stem.name}.{s}"): data for s, data in made.items() if options.only in {"", s}}
    _refuse_differences(made, stem)
    _refuse_overwriting(targets, options)
    files.replace_atomically(targets)
    return Built(loaded, brief, tuple(targets))


def build_each(
    chosen: Sequence[Chosen], options: Options, texts: Path | None = None
) -> Iterator[Built | BriefingError]:
    """Build every brief chosen, one after the other; what stands in the way of one does not stop the others."""
    held, found = load_each(chosen, texts)
    if errors(found):
        yield BriefingError(found)
    sound = (loaded for loaded in held if not errors(loaded.diagnostics))
    pairs = [(d, b) for d in sound for b in briefs_of(d) if {Chosen(d.folder), Chosen(d.folder, b.id)} & {*chosen}]
    try:
        outputs(pairs)
    except BriefingError as error:
        yield error
        return
    for loaded, brief in pairs:
        try:
            yield build(loaded, brief, options)
        except BriefingError as error:
            yield error


def outputs(chosen: Iterable[tuple[Loaded, Brief]]) -> None:
    """Refuse to let two briefs write the same file."""
    seen: dict[str, Brief] = {}
    for loaded, brief in chosen:
        name = f"{loaded.dossier.id}-{brief.id}".casefold()
        if name in seen:
            message = f"two briefs would both be written to {name}.pdf"
            raise BriefingError([Diagnostic(brief.origin.location, "same-output", message, "Rename one of them.")])
        seen[name] = brief


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
        loaded.dossier, brief, comparison, verification, house=house, templates=templates, page=options.page
    )
    if options.epoch:
        document = replace(document, properties=replace(document.properties, created=options.epoch))
    return document


def _folders(loaded: Loaded, name: str) -> tuple[Path, ...]:
    """Where templates and fonts are looked for: beside the user's own sources, then among those shipped."""
    own = loaded.folder.resolve().parent.parent / name
    return (own, shipped(name)) if own.is_dir() and own != shipped(name) else (shipped(name),)


def _templates(loaded: Loaded, options: Options) -> TemplateSource:
    folders = _folders(loaded, "templates")
    if (named := Path(options.template)).parent != Path():
        folders = (named.parent, *folders)
    jails = [files.Jail(folder) for folder in folders]

    def find(name: str) -> tuple[str, str] | None:
        for jail in jails:
            path = jail.path(name, Location(name))
            if path.is_file():
                return files.read_text(path, YAML_LIMIT), files.shown(path)
        return None

    return find


def _house_files(loaded: Loaded, options: Options) -> Sequence[tuple[str, str]]:
    paths = [folder / "house.toml" for folder in reversed(_folders(loaded, "templates"))]
    if options.house_style:
        paths.append(options.house_style)
    return [(files.shown(p), files.read_text(p, YAML_LIMIT)) for p in paths if p.exists() or p == options.house_style]


# ----------------------------------------------------------------------------------------------------------- refusals


def _refuse_drafts(loaded: Loaded, brief: Brief, options: Options) -> None:
    reason = draft_reason(loaded.dossier, brief, loaded.verification)
    if options.strict and reason:
        help_ = "Confirm the records, verify the quotations (briefing check --lock), or build without --strict."
        raise BriefingError([Diagnostic(brief.origin.location, "draft", reason[:1].lower() + reason[1:], help_)])


def _refuse_differences(made: Mapping[str, bytes], stem: Path) -> None:
    """The twin check, on the bytes: what the two files say is read back from them and compared."""
    differences = compare_twins(read_pdf(made["pdf"]), read_docx(made["docx"]))
    if differences:
        raise BriefingError(
            replace(d, location=Location(f"{stem.name}: {d.location.file}", d.location.line, d.location.column))
            for d in differences
        )


def _refuse_overwriting(targets: Iterable[Path], options: Options) -> None:
    for path in targets:
        if options.force or path.suffix != ".docx" or not path.exists():
            continue
        if not is_untouched(files.read_bytes(path, TEXT_LIMIT)):
            message = "this Word file was changed since it was built, and would be lost"
            help_ = "Move it away, choose another folder with -o, or overwrite it with --force."
            raise BriefingError([Diagnostic(Location(files.shown(path)), "edited-in-word", message, help_)])

"""What a person or a stranger may supply, kind by kind: sound files to begin with, and the way each goes from there.

Whatever is tried has two ways to end: it is read, or it is refused with diagnostics that name a place. Anything else is
a find: another exception, a refusal without a word, more than ten seconds. What is read without an error goes on to be
checked, compared and composed; a part of it into both files and back."""
# ruff: noqa: BLE001

from __future__ import annotations

import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

from briefing.check import check
from briefing.compare import compare
from briefing.compose import TemplateSource, compose
from briefing.diagnostics import BriefingError, Diagnostic, errors
from briefing.document import Document, Paragraph, Properties
from briefing.fonts import FontBook
from briefing.glyphs import missing_glyphs
from briefing.lock import verify
from briefing.markup import parse, prose_of, prose_to_html
from briefing.quotes import read_lock
from briefing.readers.docx import read_docx
from briefing.readers.dossier import read_dossier
from briefing.readers.housestyle import read_housestyle
from briefing.readers.pdf import read_pdf
from briefing.readers.words import english
from briefing.readers.yaml_text import forbidden_characters
from briefing.twins import compare as compare_twins
from briefing.writers import write
from tools.damage import JINJA, PROSE, SIGNS, Chance, damage, damage_binary, damage_line

SECONDS = 10.0
EVERY = 25  # of the dossiers and templates that survive, one in so many is written and read back

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
SMALL = ROOT / "tests/cases/small"
HOUSE_TEXT = (TEMPLATES / "house.toml").read_text("utf-8")
HOUSE = read_housestyle([("house.toml", HOUSE_TEXT)])
SHIPPED_FONTS = ROOT / "briefing" / "fonts"
FONT = "SourceSans3-Regular.ttf"
WORDS = english()
FONTS = FontBook(HOUSE.families, (SHIPPED_FONTS,))
DOSSIERS = tuple(
    {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*.yaml"))}
    for folder in (SMALL, TEMPLATES / "starter", ROOT / "sources/arms-for-russia")
)
FILES = tuple((dossier, name) for dossier in DOSSIERS for name in dossier)
PAGES = ("parts.html.jinja", "policy-brief.html.jinja")
TEXTS = {
    "harbour-2031": (SMALL / "articles/harbour.txt").read_text("utf-8"),
    "release-2031": (SMALL / "articles/release.txt").read_text("utf-8"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of input. The first byte of a seed says which of several files it is; the rest is what the file holds."""

    seeds: tuple[bytes, ...]
    run: Callable[[int, bytes], str]
    share: int  # of twenty inputs
    signs: Sequence[str] = SIGNS
    damage: Callable[[Chance, bytes, Sequence[str]], bytes] = damage

    def damaged(self, chance: Chance) -> bytes:
        """Take a seed, and damage it."""
        return self.damage_more(chance, chance.choice(self.seeds))

    def damage_more(self, chance: Chance, given: bytes) -> bytes:
        """Damage an input once more; which file it is stays."""
        return given[:1] + self.damage(chance, given[1:], self.signs)


def attempt(kind: Kind, given: bytes) -> tuple[str, str]:
    """How an input ends: `read`, `written`, `refused`, or `find` and what was found."""
    began = time.monotonic()
    try:
        ended = kind.run(given[0] if given else 0, given[1:])
    except BriefingError as error:
        if not error.diagnostics:
            return "find", "a refusal without a word"
        try:
            ended = _told(error.diagnostics)
        except AssertionError as silent:
            return "find", str(silent)
    except Exception as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "/briefing/" in Path(f.filename).as_posix()]
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "trials.py"
        return "find", f"{type(error).__name__} at {place}: {str(error)[:90]}"
    taken = time.monotonic() - began
    return ("find", f"took {taken:.0f} s") if taken > SECONDS else (ended, "")


# -------------------------------------------------------------------------------------------------------------- kinds


def _yaml(which: int, data: bytes) -> str:
    dossier, name = FILES[which % len(FILES)]
    return _through({**dossier, name: data}, {}, to_the_end=crc32(data) % EVERY == 0)


def _template(which: int, data: bytes) -> str:
    written = {PAGES[which % 2]: data.decode(errors="replace")}
    return _through(DOSSIERS[0], written, to_the_end=crc32(data) % EVERY == 0)


def _house(which: int, data: bytes) -> str:
    """A house style that stands alone, or one that lies over the shipped one."""
    own = ("templates/house.toml", data.decode(errors="replace"))
    read_housestyle([("house.toml", HOUSE_TEXT), own] if which % 2 else [own])
    return "read"


def _inline(_: int, data: bytes) -> str:
    """Prose becomes a paragraph, that becomes prose, and that the same paragraph."""
    text = data.decode(errors="replace")
    if forbidden_characters(text):
        return "refused"
    block = _paragraph(f"x{text}x")
    _expect(_paragraph(prose_of(block.content)) == block, "prose reads back as something else")
    return "read"


def _markup(_: int, data: bytes) -> str:
    parse(data.decode(errors="replace"), HOUSE, ())
    return "read"


def _lock(_: int, data: bytes) -> str:
    entries, found = read_lock(data.decode(errors="replace"))
    verify(read_dossier(DOSSIERS[0], "small", "small")[0], TEXTS, entries)
    return _told(found)


def _text(which: int, data: bytes) -> str:
    texts = {**TEXTS, list(TEXTS)[which % 2]: data.decode(errors="replace")}
    dossier, _ = read_dossier(DOSSIERS[0], "small", "small")
    return _told(check(dossier, verify(dossier, texts, ())))


def _font(_: int, data: bytes) -> str:
    """A font of one's own in front of the shipped ones, under the name of one of them."""
    with tempfile.TemporaryDirectory(prefix="briefing-fuzz-", ignore_cleanup_errors=True) as own:
        (Path(own) / FONT).write_bytes(data)
        fonts = FontBook(HOUSE.families, (Path(own), SHIPPED_FONTS))
        _refuse_missing(SAMPLE, fonts)
        write("pdf", SAMPLE, HOUSE, fonts)
    return "written"


def _through(files: Mapping[str, bytes], templates: Mapping[str, str], *, to_the_end: bool) -> str:
    """Take a dossier through everything up to the document, some of them into both files and back."""
    dossier, found = read_dossier(files, "fuzz", "fuzz")
    verification = verify(dossier, TEXTS, ())
    problems = (*found, *check(dossier, verification))
    if errors(problems):
        return _told(problems)
    for brief in dossier.briefs:
        compared = compare(dossier, brief.countries, brief.topics, brief.meetings)
        find = finder(templates)
        document = compose(dossier, brief, compared, verification, house=HOUSE, templates=find, words=WORDS)
        if to_the_end:
            _refuse_missing(document, FONTS)
            pdf, docx = (write(suffix, document, HOUSE, FONTS) for suffix in ("pdf", "docx"))
            differences = compare_twins(read_pdf(pdf), read_docx(docx))
            _expect(not differences, f"the two files differ: {differences[:1]}")
    return "written" if to_the_end and dossier.briefs else "read"


def finder(held: Mapping[str, str]) -> TemplateSource:
    """Find the shipped templates, some of them in other words."""

    def find(name: str) -> tuple[str, str] | None:
        file = TEMPLATES / name
        text = held.get(name) or (file.read_text("utf-8") if file.is_file() else None)
        return (text, f"templates/{name}") if text is not None else None

    return find


def _paragraph(text: str) -> Paragraph:
    (block,) = parse(f'<p data-at="t:1">{prose_to_html(text)}</p>', HOUSE, ()).blocks
    _expect(isinstance(block, Paragraph), "a paragraph is read as something else")
    return block  # type: ignore[return-value]


def _refuse_missing(document: Document, fonts: FontBook) -> None:
    if missing := missing_glyphs(document, HOUSE, fonts):
        raise BriefingError(missing)


def _told(found: Iterable[Diagnostic]) -> str:
    """How an input ended, by its diagnostics; each has to say something, about a file."""
    wrong = errors(tuple(found))
    for one in wrong:
        _expect(bool(one.message.strip()), f"{one.rule} says nothing")
        _expect(bool(one.location.file), f"{one.rule} names no file")
    return "refused" if wrong else "read"


def _expect(true: bool, otherwise: str) -> None:
    if not true:
        raise AssertionError(otherwise)


SAMPLE = Document(
    Properties(title="Fonts", language="en-GB", created=date(2031, 5, 8)),
    (_paragraph("Plain words, **strong** ones, and *others* – “quoted” – 1234567890."),),
    (),
    (),
    (),
)
MARKUP = b"""\0<h1>A</h1><p class="topic-line">b <strong>c</strong> &lt; <a href="https://a.b">d</a></p>
<ul><li>e</li></ul><table title="t"><thead><tr><th>x</th></tr></thead><tbody><tr><td>y</td></tr></tbody></table>"""
LINES = (
    b"\0",
    b"\0*soft* and **strong**",
    b"\0see [x](https://a.b/c), \\*not\\* 5 * 3 ** 2",
    b"\0[*a* **b**](http://a.b)",
)

KINDS: Mapping[str, Kind] = {
    "yaml": Kind(tuple(bytes([n]) + dossier[name] for n, (dossier, name) in enumerate(FILES)), _yaml, 8),
    "template": Kind(
        tuple(bytes([n]) + (TEMPLATES / name).read_bytes() for n, name in enumerate(PAGES)),
        _template,
        3,
        (*SIGNS, *JINJA, *JINJA),
    ),
    "inline grammar": Kind(LINES, _inline, 3, (*PROSE * 8, *SIGNS), damage_line),
    "house.toml": Kind(tuple(bytes([n]) + HOUSE_TEXT.encode() for n in range(2)), _house, 2),
    "markup": Kind((MARKUP,), _markup, 1, (*SIGNS, *JINJA)),
    "quotes.lock": Kind((b"\0" + (SMALL / "quotes.lock").read_bytes(),), _lock, 1),
    "source text": Kind(tuple(bytes([n]) + text.encode() for n, text in enumerate(TEXTS.values())), _text, 1),
    "font": Kind((b"\0" + (SHIPPED_FONTS / FONT).read_bytes(),), _font, 1, (), damage_binary),
}

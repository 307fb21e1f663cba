"""Damage input at random, and see that every fault ends in a sentence: `python tools/fuzz.py --inputs 12000`.

A seed and a number make an input, so that a find can be made again (`--only NUMBER`). Whatever is damaged has two ways
to end: it is read, or it is refused with diagnostics that name a place. Anything else is a find: another exception, a
refusal without a word, more than ten seconds. What is read without an error goes on through check, compare, compose;
a part of it into both files and back. At the end a dossier of 10,000 meetings is read, checked and compared."""
# ruff: noqa: BLE001, E402, S101, S311, T201

from __future__ import annotations

import argparse
import faulthandler
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

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
from briefing.readers.yaml_text import forbidden_characters
from briefing.twins import compare as compare_twins
from briefing.writers import write

SECONDS = 10.0
MANY_MEETINGS = 10_000
EVERY = 25  # of the dossiers and templates that survive, one in so many is written and read back

TEMPLATES = ROOT / "templates"
HOUSE_FILE = TEMPLATES / "house.toml"
HOUSE = read_housestyle([("house.toml", HOUSE_FILE.read_text("utf-8"))])
SHIPPED_FONTS = ROOT / "briefing" / "fonts"
FONT = "SourceSans3-Regular.ttf"
FONTS = FontBook(HOUSE.families, (SHIPPED_FONTS,))
DOSSIERS = tuple(
    {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*.yaml"))}
    for folder in (ROOT / "tests/cases/small", TEMPLATES / "starter", ROOT / "sources/arms-for-russia")
)
TEXTS = {
    "harbour-2031": (ROOT / "tests/cases/small/articles/harbour.txt").read_text("utf-8"),
    "release-2031": (ROOT / "tests/cases/small/articles/release.txt").read_text("utf-8"),
}
LOCK = (ROOT / "tests/cases/small/quotes.lock").read_text("utf-8")

# How often each kind of input comes in a round of twenty.
SHARES = {
    "yaml": 8,
    "template": 3,
    "house.toml": 2,
    "inline grammar": 3,
    "markup": 1,
    "quotes.lock": 1,
    "source text": 1,
    "font": 1,
}

# What people and strangers type, and what programs stumble over.
SIGNS = (
    *"<>&\"'`{}[]()*\\|#@!%:-?,.=~^_\t\r\n\0\x85\x1b/;$+0",
    *"\u00a0\u2028\u2029\u202e\u2066\ufeff\ufdd0\ufdd2\ufffe\U0001f600\u0645\u200d\u0301\u00ad\u2212\u0130\u1e9e\u3000",
    *"“”‘’«…—²٣",
    *("- - - - ", ">-\n", "|\n", "? ", "---\n", "...\n", "&a ", "<<: *a", "a" * 300, "가" * 50, "https://" + "a" * 400),
    *"""{{ }} {% {# ]]> <!-- --> <![CDATA[ &amp; &#0; &#xD800; *a !!python/object:os.system =cmd() %s %n ../
    /etc/passwd con \\x00 "\\ud800" NO null ~ yes 1e999 -1 99999999999999999999 0x10 2031-02-30 0000-00-00 9999-12-31
    24:00 __class__ [x](http://y) ** *** unknown all none US KR quotas harbour-2031 [...] {a:{""".split(),
    *("harbour-2031 para 0", "harbour-2031 para 9999999999"),
)
JINJA = r"""
{{ brief }}
{{ brief.title }}
{{ brief.__class__ }}
{{ self }}
{{ 9 ** 9 ** 9 }}
{{ 1 // 0 }}
{{ 'a' * 9 }}
{{ [1] * 9 }}
{{ '%999999999d' % 1 }}
{{ '{:>9}'.format(1) }}
{{ x | e }}
{{ brief.title | join('x') }}
{{ brief.title | replace('', 'x') }}
{{ brief.title | int }}
{{ brief | sort }}
{{ brief | groupby('x') }}
{{ 1 | slice(0) | list }}
{{ 'a'.join }}
{{ {} [[]] }}
{% for x in brief %}
{% endfor %}
{% if brief %}
{% endif %}
{% raw %}
{% include '/etc/passwd' %}
{% include 'parts.html.jinja' %}
{% import 'x' as y %}
{% extends 'policy-brief.html.jinja' %}
{% set x = x %}
{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}
{% call m() %}{% endcall %}
<p>
</p>
<h1>
<td>
<table title="x">
<a href="#x">
<note ref="x"></note>
<br/>
<script>
<p id="x">
""".strip().splitlines()


# ------------------------------------------------------------------------------------------------------------- damage


def damage(chance: random.Random, data: bytes, signs: Sequence[str] = SIGNS) -> bytes:
    """Change a file in one to four places, by bytes or by lines."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        way = chance.choice((_cut, _flip, _insert, _insert, _double, _line, _line, _value, _value, _value, _encode))
        data = way(chance, data, signs)
    return data


def _span(chance: random.Random, data: Sequence[object]) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 1, 2, 5, 30, 400)))


def _cut(chance: random.Random, data: bytes, _: Sequence[str]) -> bytes:
    start, end = _span(chance, data)
    return data[:start] if chance.random() < 0.2 else data[:start] + data[end:]


def _flip(chance: random.Random, data: bytes, _: Sequence[str]) -> bytes:
    start, end = _span(chance, data)
    return data[:start] + chance.randbytes(end - start if chance.random() < 0.3 else 1) + data[start + 1 :]


def _insert(chance: random.Random, data: bytes, signs: Sequence[str]) -> bytes:
    start, _ = _span(chance, data)
    return data[:start] + chance.choice(signs).encode() * chance.choice((1, 1, 1, 3, 70)) + data[start:]


def _double(chance: random.Random, data: bytes, _: Sequence[str]) -> bytes:
    start, end = _span(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 2, 30)) + data[end:]


def _line(chance: random.Random, data: bytes, _: Sequence[str]) -> bytes:
    """Take a line out, move it, double it, or move it to the right or left."""
    lines = data.splitlines(keepends=True) or [b"\n"]
    place = chance.randrange(len(lines))
    line = lines.pop(place)
    match chance.randrange(5):
        case 0:
            lines.insert(chance.randrange(len(lines) + 1), line)
        case 1:
            lines[place:place] = [line, line]
        case 2:
            lines.insert(place, b" " * chance.randrange(1, 9) + line)
        case 3:
            lines.insert(place, line[chance.randrange(1, 5) :])
    return b"".join(lines)


def _value(chance: random.Random, data: bytes, signs: Sequence[str]) -> bytes:
    """Put another value behind a colon or an equals sign: a sign of ours, or the value of another line."""
    lines = data.splitlines(keepends=True) or [b"\n"]
    place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    sign = b"=" if b"=" in lines[place] else b":"
    key, colon, _ = lines[place].partition(sign)
    value = lines[other].partition(sign)[2] if chance.random() < 0.4 else b" " + chance.choice(signs).encode() + b"\n"
    lines[place] = key + colon + value
    return b"".join(lines)


def _encode(chance: random.Random, data: bytes, _: Sequence[str]) -> bytes:
    """Save it as another program would; mostly leave it as it is."""
    match chance.randrange(12):
        case 0:
            return data.decode(errors="replace").encode("utf-16")
        case 1:
            return b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")
        case 2:
            return data.decode(errors="replace").encode("cp1252", errors="replace")
        case 3:
            return b""
    return data


# ------------------------------------------------------------------------------------------------------------- trials


class Trials:
    """What is tried, by its name; each trial raises nothing but BriefingError."""

    def __init__(self) -> None:
        self.written = 0
        self.survived = 0
        self.all: dict[str, Callable[[random.Random], str]] = {
            "yaml": self.yaml,
            "template": self.template,
            "house.toml": self.house,
            "inline grammar": self.inline,
            "markup": self.markup,
            "quotes.lock": self.lock,
            "source text": self.text,
            "font": self.font,
        }

    def yaml(self, chance: random.Random) -> str:
        files = dict(chance.choice(DOSSIERS))
        name = chance.choice(sorted(files))
        files[name] = damage(chance, files[name])
        return self._through(files, {})

    def template(self, chance: random.Random) -> str:
        name = chance.choice(("policy-brief.html.jinja", "parts.html.jinja", "parts.html.jinja"))
        written = damage(chance, (TEMPLATES / name).read_bytes(), (*SIGNS, *JINJA, *JINJA))
        return self._through(DOSSIERS[0], {name: written.decode(errors="replace")})

    def house(self, chance: random.Random) -> str:
        written = damage(chance, HOUSE_FILE.read_bytes()).decode(errors="replace")
        layers = [("templates/house.toml", written)]
        if chance.random() < 0.5:
            layers.insert(0, ("house.toml", HOUSE_FILE.read_text("utf-8")))
        read_housestyle(layers)
        return "read"

    def inline(self, chance: random.Random) -> str:
        """Prose becomes a paragraph, that becomes prose, and that the same paragraph."""
        signs = ("*", "**", "[", "](http://a.b)", "\\", "word ", "a")
        pieces = [chance.choice((*signs, chance.choice(SIGNS))) for _ in range(chance.randrange(1, 40))]
        text = "".join(pieces)
        if forbidden_characters(text):
            return "refused"
        block = _paragraph(f"x{text}x")
        assert _paragraph(prose_of(block.content)) == block, "prose reads back as something else"
        return "read"

    def markup(self, chance: random.Random) -> str:
        sample = (
            '<h1>A</h1><p class="lede">b <strong>c</strong> &lt; <a href="https://a.b">d</a></p>\n<ul><li>e</li></ul>'
        )
        sample += '<table title="t"><thead><tr><th>x</th></tr></thead><tbody><tr><td>y</td></tr></tbody></table>'
        parse(damage(chance, sample.encode(), (*SIGNS, *JINJA)).decode(errors="replace"), HOUSE, ())
        return "read"

    def lock(self, chance: random.Random) -> str:
        entries, found = read_lock(damage(chance, LOCK.encode()).decode(errors="replace"))
        verify(read_dossier(DOSSIERS[0], "small", "small")[0], TEXTS, entries)
        return _told(found)

    def text(self, chance: random.Random) -> str:
        texts = {name: damage(chance, text.encode()).decode(errors="replace") for name, text in TEXTS.items()}
        dossier, _ = read_dossier(DOSSIERS[0], "small", "small")
        return _told(check(dossier, texts, verify(dossier, texts, ())))

    def font(self, chance: random.Random) -> str:
        """A damaged font in front of the shipped ones, under the name of one of them."""
        data = bytearray((SHIPPED_FONTS / FONT).read_bytes())
        for _ in range(chance.choice((0, 1, 8, 200))):
            data[chance.choice((chance.randrange(400), chance.randrange(len(data))))] = chance.randrange(256)
        size = chance.choice((len(data), len(data), chance.randrange(len(data)), chance.randrange(600)))
        with tempfile.TemporaryDirectory(prefix="briefing-fuzz-", ignore_cleanup_errors=True) as own:
            (Path(own) / FONT).write_bytes(data[:size])
            fonts = FontBook(HOUSE.families, (Path(own), SHIPPED_FONTS))
            _refuse_missing(SAMPLE, fonts)
            write("pdf", SAMPLE, HOUSE, fonts)
        return "read"

    def _through(self, files: dict[str, bytes], templates: Mapping[str, str]) -> str:
        """Take a dossier through everything up to the document, some of them into both files and back."""
        dossier, found = read_dossier(files, "fuzz", "fuzz")
        verification = verify(dossier, TEXTS, ())
        problems = (*found, *check(dossier, TEXTS, verification))
        if errors(problems):
            return _told(problems)
        for brief in dossier.briefs:
            compared = compare(dossier, brief.countries, brief.topics, brief.meetings)
            document = compose(dossier, brief, compared, verification, house=HOUSE, templates=_finder(templates))
            self.survived += 1
            if self.survived % EVERY == 0:
                self.written += 1
                _refuse_missing(document, FONTS)
                pdf, docx = (write(suffix, document, HOUSE, FONTS) for suffix in ("pdf", "docx"))
                if differences := compare_twins(read_pdf(pdf), read_docx(docx)):
                    raise AssertionError(f"the two files differ: {differences[0]}")
        return "read"


# -------------------------------------------------------------------------------------------------------------- parts


def _paragraph(text: str) -> Paragraph:
    (block,) = parse(f'<p data-at="t:1">{prose_to_html(text)}</p>', HOUSE, ()).blocks
    assert isinstance(block, Paragraph)
    return block


def _finder(held: Mapping[str, str]) -> TemplateSource:
    def find(name: str) -> tuple[str, str] | None:
        file = TEMPLATES / name
        text = held.get(name) or (file.read_text("utf-8") if file.is_file() else None)
        return (text, f"templates/{name}") if text is not None else None

    return find


def _refuse_missing(document: Document, fonts: FontBook) -> None:
    if missing := missing_glyphs(document, HOUSE, fonts):
        raise BriefingError(missing)


def _told(found: Iterable[Diagnostic]) -> str:
    """How an input ended, by its diagnostics; each has to say something, about a file."""
    wrong = errors(tuple(found))
    for one in wrong:
        assert one.message.strip(), f"{one.rule} says nothing"
        assert one.location.file, f"{one.rule} names no file"
    return "refused" if wrong else "read"


SAMPLE = Document(
    Properties(title="Fonts", language="en-GB", created=date(2031, 5, 8)),
    (_paragraph("Plain words, **strong** ones, and *others* – “quoted” – 1234567890."),),
    (),
    (),
    (),
)


# ---------------------------------------------------------------------------------------------------------------- run


def many_meetings(number: int) -> dict[str, bytes]:
    """The small dossier, with its meeting so many times."""
    files = dict(DOSSIERS[0])
    (name,) = (name for name in files if name.startswith("meetings/"))
    meeting = files[name].replace(b", weekday: Wednesday", b"")
    files |= {f"meetings/2031-05-07-{n}.yaml": meeting for n in range(number - 1)}
    return files


def big(number: int) -> str:
    """Read, check and compare a dossier of so many meetings."""
    files = many_meetings(number)
    dossier, found = read_dossier(files, "big", "big")
    verification = verify(dossier, TEXTS, ())
    problems = (*found, *check(dossier, TEXTS, verification))
    compared = compare(dossier)
    told = f"{len(dossier.meetings):,} meetings, {len(errors(problems))} errors"
    try:
        for brief in dossier.briefs:
            compose(dossier, brief, compared, verification, house=HOUSE, templates=_finder({}))
    except BriefingError as error:
        told += f"; {error.diagnostics[0].message}"
    return told


def attempt(trial: Callable[[random.Random], str], chance: random.Random) -> tuple[str, str]:
    """How an input ends: `read`, `refused`, or `find` and its kind."""
    began = time.monotonic()
    try:
        ended = trial(chance)
    except BriefingError as error:
        if not error.diagnostics:
            return "find", "a refusal without a word"
        try:
            ended = _told(error.diagnostics)
        except AssertionError as silent:
            return "find", str(silent)
    except Exception as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "/briefing/" in Path(f.filename).as_posix()]
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "fuzz.py"
        return "find", f"{type(error).__name__} at {place}: {str(error)[:90]}"
    taken = time.monotonic() - began
    return ("find", f"took {taken:.0f} s") if taken > SECONDS else (ended, "")


def main() -> int:
    """Run what was asked for; 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one input, to try it again with its traceback")
    parser.add_argument("--meetings", type=int, default=MANY_MEETINGS)
    asked = parser.parse_args()
    trials = Trials()
    names = [name for name, share in SHARES.items() for _ in range(share)]
    if asked.only is not None:
        print(trials.all[names[asked.only % len(names)]](random.Random(f"{asked.seed}/{asked.only}")))
        return 0
    seen: Counter[tuple[str, str]] = Counter()
    finds: dict[str, list[int]] = {}
    for number in range(asked.inputs):
        faulthandler.dump_traceback_later(20 * SECONDS, exit=True)  # what never ends says where it is
        name = names[number % len(names)]
        ended, kind = attempt(trials.all[name], random.Random(f"{asked.seed}/{number}"))
        seen[name, ended] += 1
        if kind:
            if (what := f"{name}: {kind}") not in finds:
                print(f"FIND {what}  (--seed {asked.seed} --only {number})", flush=True)
            finds.setdefault(what, []).append(number)
    faulthandler.cancel_dump_traceback_later()
    for name in SHARES:
        print(f"{name:15}", ", ".join(f"{seen[name, end]:6,} {end}" for end in ("read", "refused", "find")))
    print(f"{trials.written} written as PDF and Word and read back")
    for kind, numbers in sorted(finds.items()):
        print(f"{len(numbers)} times {kind}")
    began = time.monotonic()
    print(f"{big(asked.meetings)}; {time.monotonic() - began:.0f} s")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())

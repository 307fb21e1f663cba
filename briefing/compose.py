"""Compose: the facts of one brief and a template become a Document. The only owner of Jinja2.

A template renders semantic HTML in a closed vocabulary (`markup`). It is sandboxed: no globals, a short list of
filters, a loader over the named folders, no undefined names, a bound on loops and on output. Every start tag it writes
carries the template's file and line, and every `Printed` value its anchor, by themselves."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from briefing.anchor import Anchor
from briefing.bibliography import Bibliography
from briefing.compare import Comparison
from briefing.diagnostics import BriefingError, Diagnostic, Location
from briefing.document import Document, Inlines, Note, Properties, Span, Text
from briefing.housestyle import HouseStyle
from briefing.lock import Verification
from briefing.markup import locate, mark, parse, prose_to_html
from briefing.model import Brief, Dossier
from briefing.printed import Printed
from briefing.sheet import calendar_date, chosen_meetings, information_date, sheet
from briefing.wording import Wording

LOOP_TICKS = 1_000_000
OUTPUT_CHARACTERS = 20_000_000
FILTERS = (
    "capitalize default first groupby int join last length list lower map max min reject rejectattr replace reverse "
    "select selectattr slice sort string title trim unique upper"
)

_PLAIN_NAME = re.compile(r"[\w-]+(\.[\w-]+)*")

TemplateSource = Callable[[str], tuple[str, str] | None]
"""Finds a template by name: its text, and its file as people know it."""


def compose(
    dossier: Dossier,
    brief: Brief,
    comparison: Comparison,
    verification: Verification,
    *,
    house: HouseStyle,
    templates: TemplateSource,
    page: str = "A4",
) -> Document:
    """Render a brief's template and read it as a Document. Raises BriefingError with what the template does wrong."""
    given = sheet(dossier, brief, comparison, verification)
    printing = _Printing()
    html = _render(f"{brief.template}.html.jinja", given, templates, printing)
    marked = parse(html, house, printing.anchors)
    bibliography = Bibliography(dossier, chosen_meetings(dossier, brief), verification, Wording(dossier))
    notes = _notes(bibliography, marked.refs)
    return Document(_properties(dossier, brief), marked.blocks, notes, marked.header, marked.footer, page)


def _properties(dossier: Dossier, brief: Brief) -> Properties:
    return Properties(
        title=brief.title,
        language=brief.language,
        created=calendar_date(information_date(dossier, brief)),
        author=brief.author,
        subject=dossier.title,
        keywords=", ".join(dossier.names[c].name for c in brief.countries or dossier.countries),
        handling=brief.handling,
        version=brief.version,
    )


# ------------------------------------------------------------------------------------------------------------- notes


def _notes(bibliography: Bibliography, refs: Iterable[str]) -> tuple[Note, ...]:
    """Word the notes: the first citation of a source in full, later ones by its short form."""
    named: set[str] = set()
    notes = []
    for number, ref in enumerate(refs, 1):
        source_id, _, locator = ref.partition("#")
        source = bibliography.dossier.sources[source_id]
        form = bibliography.short_form(source) if source_id in named else bibliography.full_form(source)
        named.add(source_id)
        notes.append(Note(number, _in_language(f"{form}{_locator(locator)}.", form, source.language)))
    return tuple(notes)


def _locator(locator: str) -> str:
    if locator == "0":
        return ", headline"
    return f", ¶{locator}" if locator.isdigit() else f", {locator}" if locator else ""


def _in_language(text: str, form: str, language: str) -> Inlines:
    if language in {"ko", "ja"}:
        return (Span((Text(form),), lang=language), Text(text.removeprefix(form)))
    return (Text(text),)


# -------------------------------------------------------------------------------------------------------- the sandbox


@dataclass(slots=True)
class _Printing:
    """What one rendering has printed and spent so far."""

    anchors: list[Anchor] = field(default_factory=list)
    ticks: int = 0

    def finalize(self, value: object) -> object:
        """Mark a printed value with its anchor, and set prose as HTML."""
        if not isinstance(value, Printed):
            return value
        prose = value.anchor.kind == "prose"
        self.anchors.append(value.anchor)
        return Markup(mark(len(self.anchors) - 1, prose_to_html(str(value)) if prose else str(escape(str(value)))))  # noqa: S704

    def ticking(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self.ticks += 1
            if self.ticks > LOOP_TICKS:
                raise SecurityError(f"the template goes through more than {LOOP_TICKS:,} items")
            yield item


class _Located(Extension):
    """Writes the template's file and line into every start tag, for the parser's messages."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", locate(token.value, _quotable(stream.filename), token.lineno))
            else:
                yield token


def _quotable(file: str | None) -> str:
    return "".join(c if c not in "\"<>&'" else "_" for c in file or "template")


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates in memory, by name, file and text: a batch compiles each once."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 with nothing in it that a template does not need."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, templates: TemplateSource, printing: _Printing) -> None:
        self.files: dict[str, str] = {}
        self.templates = templates
        super().__init__(
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            extensions=[_Located],
            finalize=printing.finalize,
            bytecode_cache=_COMPILED,
            loader=jinja2.FunctionLoader(self._load),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS.split()}
        self.filters["_ticking"] = printing.ticking

    def _load(self, name: str) -> tuple[str, str, None] | None:
        found = self.templates(name) if _PLAIN_NAME.fullmatch(name) else None
        if found is None:
            return None
        text, self.files[name] = found
        return text, self.files[name], None

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Count the turns of every loop (Jinja2 documents this hook for a different parser)."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "_ticking", [], [], None, None, lineno=loop.lineno)
        return tree

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse arithmetic that builds text: a template formats, it does not compute."""
        if not (isinstance(left, int) and isinstance(right, int)) or operator == "**":
            raise SecurityError(f"a template may not use {operator} on text")
        return super().call_binop(context, operator, left, right)


def _render(name: str, given: Mapping[str, object], templates: TemplateSource, printing: _Printing) -> str:
    sandbox = _Sandbox(templates, printing)
    parts: list[str] = []
    size = 0
    try:
        for part in sandbox.get_template(name).generate(given):
            parts.append(part)
            size += len(part)
            if size > OUTPUT_CHARACTERS:
                raise SecurityError(f"the template prints more than {OUTPUT_CHARACTERS:,} characters")
    except jinja2.TemplateNotFound as error:
        known = f"{error.name} is not in the templates folder, nor among the templates that come with the program"
        raise _wrong(_place_of(error, sandbox, name), "template-missing", known) from error
    except jinja2.TemplateSyntaxError as error:
        place = Location(error.filename or name, error.lineno, 1)
        raise _wrong(place, "template-syntax", f"the template cannot be read: {error.message}") from error
    except jinja2.UndefinedError as error:
        place = _place_of(error, sandbox, name)
        raise _wrong(
            place, "template-name", f"the template prints something it was not given: {error.message}"
        ) from error
    except (SecurityError, RecursionError, MemoryError) as error:
        why = str(error) if isinstance(error, SecurityError) else "the template calls itself without end"
        raise _wrong(_place_of(error, sandbox, name), "template-refused", why) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise _wrong(_place_of(error, sandbox, name), "template-failed", f"the template fails: {error}") from error
    return "".join(parts)


def _place_of(error: BaseException, sandbox: _Sandbox, name: str) -> Location:
    """The template's line that raised: Jinja2 rewrites the traceback so that its frames name templates."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in sandbox.files.values():
            return Location(frame.filename, frame.lineno or 1, 1)
    return Location(sandbox.files.get(name, name))


def _wrong(place: Location, rule: str, message: str) -> BriefingError:
    return BriefingError([Diagnostic(place, rule, message, "templates/README.md says what a template is given.")])

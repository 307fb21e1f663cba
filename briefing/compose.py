"""Compose: the facts of one brief and a template become a Document. The only owner of Jinja2.

A template renders semantic HTML in a closed vocabulary (`markup`). It is sandboxed: no globals, a short list of
filters, a loader over the named folders, no undefined names, no calls but of macros, a bound on loops, on output and on
the work between them: what is called, joined and printed in macros. Every start tag it writes
carries the template's file and line, and every `Printed` value its anchor, by themselves."""

from __future__ import annotations

import functools
import re
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import BuiltinMethodType, CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.filters import do_join, do_replace, sync_do_slice
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from msgspec import Struct, field

from briefing.anchor import Anchor
from briefing.bibliography import Bibliography
from briefing.compare import Comparison
from briefing.diagnostics import BriefingError, Diagnostic, Location, did_you_mean
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
EFFORT = 500_000_000  # characters handled in all, whether they reach the output or not
CALL_EFFORT, ITEM_EFFORT = 500, 50  # what a macro's call, and an item in a filter, cost of it
VALUE_LENGTH = 2_000_000  # of a text or a list that a template makes
LARGEST_NUMBER = 10**18
FILTERS = (
    "capitalize default first groupby int join last length list lower map max min reject rejectattr replace reverse "
    "select selectattr slice sort string title trim unique upper"
)

_ASKING = frozenset({"startswith", "endswith", "isdigit"})
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
    template = f"{brief.template}.html.jinja"
    html = _render(template, given, templates, printing)
    marked = parse(html, house, printing.anchors)
    if not marked.blocks:
        raise _wrong(Location(template), "template-empty", "the template writes nothing")
    bibliography = Bibliography(dossier, chosen_meetings(dossier, brief), verification, Wording(dossier))
    notes = _notes(bibliography, marked.refs, Location(template))
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


def _notes(bibliography: Bibliography, refs: Iterable[str], place: Location) -> tuple[Note, ...]:
    """Word the notes: the first citation of a source in full, later ones by its short form."""
    named: set[str] = set()
    notes = []
    for number, ref in enumerate(refs, 1):
        source_id, _, locator = ref.partition("#")
        source = bibliography.dossier.sources.get(source_id)
        if source is None:
            known = did_you_mean(source_id, bibliography.dossier.sources)
            raise BriefingError([Diagnostic(place, "template-note", f"a <note> cites {source_id!r}, no source", known)])
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


class _Printing(Struct):
    """What one rendering has printed and spent so far."""

    anchors: list[Anchor] = field(default_factory=list)
    ticks: int = 0
    effort: int = 0

    def finalize(self, value: object) -> object:
        """Mark a printed value with its anchor, and set prose as HTML."""
        self.spend(len(value) if isinstance(value, str) else ITEM_EFFORT)
        if not isinstance(value, Printed):
            return value
        prose = value.anchor.kind == "prose"
        self.anchors.append(value.anchor)
        return Markup(mark(len(self.anchors) - 1, prose_to_html(str(value)) if prose else str(escape(str(value)))))  # noqa: S704

    def spend(self, effort: int) -> str:
        """Count work; gives back nothing to print."""
        self.effort += effort
        if self.effort > EFFORT:
            raise SecurityError(f"the template handles more than {EFFORT:,} characters")
        return ""

    def ticking(self, items: Iterable[Any], written: int) -> Iterator[Any]:
        """Go through a loop's items; each turn writes so many characters of the template's own."""
        for item in items:
            self.spend(written)
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

    intercepted_binops = frozenset({"*", "**", "%", "+"})

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
        self.printing = printing
        self.filters = {name: self._charged(self.filters[name]) for name in FILTERS.split()}
        self.filters |= {"replace": _replace, "join": self._charged(_join), "slice": self._charged(_slice)}
        self.filters |= {"_ticking": printing.ticking, "_spend": jinja2.pass_context(lambda _, n: printing.spend(n))}
        self.filters["_bounded"] = _bounded

    def _load(self, name: str) -> tuple[str, str, None] | None:
        found = self.templates(name) if _PLAIN_NAME.fullmatch(name) else None
        if found is None:
            return None
        text, self.files[name] = found
        return text, self.files[name], None

    def _charged(self, filter: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that counts the length of what it is given."""

        @functools.wraps(filter)
        def charged(*given: Any, **named: Any) -> Any:
            self.printing.spend(sum(_length(value) for value in given))
            return filter(*given, **named)

        return charged

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Count the turns of every loop and every call (Jinja2 documents this hook for a different parser)."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = _filtered(loop.iter, "_ticking", nodes.Const(_written(loop)))
        called: list[nodes.Template | nodes.Macro | nodes.CallBlock | nodes.Block] = [tree]
        called += [*tree.find_all(nodes.Macro), *tree.find_all(nodes.CallBlock), *tree.find_all(nodes.Block)]
        for part in called:
            cost = nodes.Const(CALL_EFFORT + _written(part), lineno=part.lineno)
            part.body.insert(0, nodes.ExprStmt(_filtered(cost, "_spend"), lineno=part.lineno))
        return _Bounding().visit(tree)  # type: ignore[no-any-return]

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros may be called, and of what values can do only what asks: `"x".ljust(999999999)` may not."""
        if isinstance(obj, BuiltinMethodType):
            return obj.__name__ in _ASKING and isinstance(obj.__self__, str)
        return isinstance(obj, Macro | BlockReference | LoopContext | jinja2.Undefined)

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse arithmetic that builds text: a template formats, it does not compute."""
        numbers = isinstance(left, int) and isinstance(right, int)
        if operator == "**" or not (numbers or operator == "+"):
            raise SecurityError(f"a template may not use {operator} on text")
        return _bounded(super().call_binop(context, operator, left, right))


class _Bounding(NodeTransformer):
    """Looks at the length of every text that `~` makes."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 (Jinja2 names it)
        return _filtered(self.generic_visit(node), "_bounded")


def _filtered(node: nodes.Node, name: str, *given: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(given), [], None, None, lineno=node.lineno)


def _written(node: nodes.Node) -> int:
    """Count the characters of a part of a template that are written as they stand."""
    return sum(len(data.data) for data in node.find_all(nodes.TemplateData))


def _length(value: object) -> int:
    return len(value) if isinstance(value, str) else ITEM_EFFORT * len(value) if isinstance(value, list | tuple) else 0


def _bounded(value: Any) -> Any:
    """Give back a value that is not too large."""
    if isinstance(value, str | list | tuple) and len(value) > VALUE_LENGTH:
        raise SecurityError(f"the template makes a text or list longer than {VALUE_LENGTH:,}")
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise SecurityError(f"the template makes a number larger than {LARGEST_NUMBER:,}")
    return value


@jinja2.pass_eval_context
def _replace(context: nodes.EvalContext, text: Any, old: str, new: str, count: int | None = None) -> str:
    """The filter `replace`, which first asks how long the text would become."""
    held = str(text)
    times = held.count(str(old)) if count is None else min(count, held.count(str(old)))
    if len(held) + times * len(str(new)) > VALUE_LENGTH:
        raise SecurityError(f"the template makes a text longer than {VALUE_LENGTH:,}")
    return do_replace(context, text, old, new, count)


@jinja2.pass_eval_context
def _join(context: nodes.EvalContext, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """The filter `join`, which first asks how long the text would become."""
    items, length = [], 0
    for item in value:
        items.append(item)
        length += len(str(d)) + (len(item) if isinstance(item, str) else 1)
        if length > VALUE_LENGTH:
            raise SecurityError(f"the template makes a text longer than {VALUE_LENGTH:,}")
    joined: str = do_join(context, items, d, attribute)
    return joined


def _slice(value: Collection[Any], slices: int, fill_with: Any = None) -> Iterator[Any]:
    """The filter `slice`, into no more slices than a list may have items."""
    if slices > VALUE_LENGTH:
        raise SecurityError(f"the template makes a list longer than {VALUE_LENGTH:,}")
    return sync_do_slice(value, slices, fill_with)


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
    except SyntaxError as error:  # of Python: more than 20 loops in one another
        place = Location(sandbox.files.get(name, name))
        raise _wrong(place, "template-syntax", "loops stand too deep in one another") from error
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

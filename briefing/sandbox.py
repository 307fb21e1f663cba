"""The sandbox: renders a template as HTML. The only owner of Jinja2.

A template has no globals, a short list of filters, a loader over the named folders, no undefined names, no calls but of
macros, a bound on loops, on output and on the work between them: what is called, joined and printed in macros. Every
start tag it writes carries the template's name and line, and every `Printed` value its anchor, by themselves."""

from __future__ import annotations

import functools
import re
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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

from briefing import bytecode
from briefing.anchor import Anchor
from briefing.diagnostics import BriefingError, Diagnostic, Location
from briefing.elements import locate, mark
from briefing.printed import Printed
from briefing.prose import prose_to_html

LOOP_TICKS = 1_000_000
OUTPUT_CHARACTERS = 20_000_000
EFFORT = 500_000_000  # characters handled in all, whether they reach the output or not
CALL_EFFORT, ITEM_EFFORT = 500, 50  # what a macro's call, and an item in a filter, cost of it
VALUE_LENGTH = 2_000_000  # of a text or a list that a template makes
LARGEST_NUMBER = 10**18
FILTERS = (
    "capitalize default first groupby int join last length list lower map max min reject rejectattr replace reverse "
    "say select selectattr slice sort string title trim unique upper"
)

_ASKING = frozenset({"startswith", "endswith", "isdigit"})
_CALLED = (Macro, BlockReference, LoopContext, jinja2.Undefined)
_OF_A_LOOP = frozenset({"first", "index", "index0", "last", "length"})
_SLOT = re.compile(r"\{([a-z_]+)\}")
_PLAIN_NAME = re.compile(r"[\w-]+(\.[\w-]+)*")

TemplateSource = Callable[[str], tuple[str, str] | None]
"""Finds a template by name: its text, and its file as people know it."""


class Rendered(Struct, frozen=True):
    """What a template wrote: its HTML, the anchors of the values marked in it, the file of each template by name."""

    html: str
    anchors: Sequence[Anchor]
    files: Mapping[str, str]


class TooMuch(Exception):
    """A template prints, or does, more than it may; at `place`."""

    def __init__(self, place: Location, why: str) -> None:
        self.place = place
        super().__init__(why)


class _Spent(SecurityError):
    """What a template may do is used up."""


class _Printing(Struct):
    """What one rendering has printed and spent so far."""

    anchors: list[Anchor] = field(default_factory=list)
    ticks: int = 0
    effort: int = 0

    def finalize(self, value: object) -> object:
        """Mark a printed value with its anchor, and set prose as HTML."""
        length = len(value) if isinstance(value, str) else ITEM_EFFORT
        _bound_output(length)  # what is kept and printed twice in the next to be kept grows though none of it comes out
        self.spend(length)
        if not isinstance(value, Printed):
            return value
        html = prose_to_html(str(value)) if value.anchor.kind == "prose" else escape(str(value))
        self.anchors.append(value.anchor)
        return Markup(mark(len(self.anchors) - 1, html))  # noqa: S704 (all that is in it is escaped)

    def spend(self, effort: int) -> str:
        """Count work; gives back nothing to print."""
        self.effort += effort
        if self.effort > EFFORT:
            raise _Spent(f"the template handles more than {EFFORT:,} characters")
        return ""

    def ticking(self, items: Iterable[Any], written: int) -> Iterator[Any]:
        """Go through a loop's items; each turn writes so many characters of the template's own."""
        for item in items:
            self.spend(written)
            self.ticks += 1
            if self.ticks > LOOP_TICKS:
                raise _Spent(f"the template goes through more than {LOOP_TICKS:,} items")
            yield item


class _Located(Extension):
    """Writes the template's name and line into every start tag, for the parser's messages."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", locate(token.value, stream.name or "template", token.lineno))
            else:
                yield token


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates by name and text: in memory, so that a batch compiles each once, and see `bytecode`."""

    MOST = 64

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 (Jinja2 passes it)
        return name

    def get_source_checksum(self, source: str) -> str:
        return bytecode.fingerprint(source)

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get((bucket.key, bucket.checksum)) or bytecode.load(bucket.key, bucket.checksum)
        self._remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._remember(bucket)
        if bucket.code:
            bytecode.save(bucket.key, bucket.checksum, bucket.code)

    def _remember(self, bucket: Bucket) -> None:
        if bucket.code:
            if len(self.code) >= self.MOST:
                self.code.clear()
            self.code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 with nothing in it that a template does not need."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, templates: TemplateSource) -> None:
        self.printing = printing = _Printing()
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
        self.filters = {name: self._charged(self.filters[name]) for name in FILTERS.split() if name != "say"}
        self.filters |= {"replace": _replace, "join": self._charged(_join), "slice": self._charged(_slice)}
        self.filters |= {"_ticking": printing.ticking, "_spend": jinja2.pass_context(lambda _, n: printing.spend(n))}
        self.filters |= {"_bounded": _bounded, "say": self._say}

    def _load(self, name: str) -> tuple[str, str, None] | None:
        found = self.templates(name) if _PLAIN_NAME.fullmatch(name) else None
        if found is None:
            return None
        text, self.files[name] = found
        return text, name, None

    def file(self, name: str) -> str:
        """The file of a template as people know it."""
        return self.files.get(name, name)

    def _charged(self, filter: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that counts the length of what it is given."""

        @functools.wraps(filter)
        def charged(*given: Any, **named: Any) -> Any:
            self.printing.spend(sum(_length(value) for value in given))
            return filter(*given, **named)

        return charged

    def _say(self, phrase: str, /, **slots: object) -> str:
        """The filter `say`: a phrase with its slots filled in, each value printed as it is by itself."""
        pieces = _pieces(phrase)
        pieces[1::2] = [escape(self.printing.finalize(slots[slot])) for slot in pieces[1::2]]
        return Markup("".join(pieces))  # noqa: S704 (all that is in it is escaped)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Put the counting into a template (Jinja2 documents this hook for a different parser)."""
        return _Counting().visit(super()._parse(source, name, filename))  # type: ignore[no-any-return]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give a field of what the template was given without the questions that Jinja2 asks of strangers."""
        if isinstance(obj, Struct) and attribute in obj.__struct_fields__:
            return getattr(obj, attribute)
        if isinstance(obj, dict) and attribute in obj:  # of phrases, before what a dict can do
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in _OF_A_LOOP:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros may be called, and of what values can do only what asks: `"x".ljust(999999999)` may not."""
        if isinstance(obj, BuiltinMethodType):
            return obj.__name__ in _ASKING and isinstance(obj.__self__, str)
        return isinstance(obj, _CALLED)

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse arithmetic that builds text: a template formats, it does not compute."""
        numbers = isinstance(left, int) and isinstance(right, int)
        if operator == "**" or not (numbers or operator == "+"):
            raise SecurityError(f"a template may not use {operator} on text")
        return _bounded(super().call_binop(context, operator, left, right))


class _Counting(NodeTransformer):
    """Counts the turns of every loop and every call, and looks at the length of every text that `~` makes."""

    def __init__(self) -> None:
        self.written = 0  # characters of the template so far that are written as they stand

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:  # noqa: N802 (Jinja2 names it)
        self.written += len(node.data)
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        node.iter = _filtered(node.iter, "_ticking", nodes.Const(self._written_in(node)))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        return _filtered(self.generic_visit(node), "_bounded")

    def _called(self, node: nodes.Template | nodes.Macro | nodes.CallBlock | nodes.Block) -> nodes.Node:
        cost = nodes.Const(CALL_EFFORT + self._written_in(node), lineno=node.lineno)
        node.body.insert(0, nodes.ExprStmt(_filtered(cost, "_spend"), lineno=node.lineno))
        return node

    visit_Template = visit_Macro = visit_CallBlock = visit_Block = _called  # noqa: N815

    def _written_in(self, node: nodes.Node) -> int:
        before = self.written
        self.generic_visit(node)
        return self.written - before


def _filtered(node: nodes.Node, name: str, *given: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(given), [], None, None, lineno=node.lineno)


def _pieces(phrase: str) -> list[str]:
    """A phrase as HTML, parted at its slots: every second piece is the name of one."""
    return _SLOT.split(escape(phrase))


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


def render(name: str, given: Mapping[str, object], templates: TemplateSource) -> Rendered:
    """Render a template with what it is given.

    Raises BriefingError with what the template does wrong, TooMuch where it would print or do more than it may."""
    sandbox = _Sandbox(templates)
    try:
        html = _printed(sandbox.get_template(name).generate(given))
    except jinja2.TemplateNotFound as error:
        known = f"{error.name} is not in the templates folder, nor among the templates that come with the program"
        raise wrong(_place_of(error, sandbox, name), "template-missing", known) from error
    except jinja2.TemplateSyntaxError as error:
        place = Location(sandbox.file(error.filename or name), error.lineno, 1)
        raise wrong(place, "template-syntax", f"the template cannot be read: {error.message}") from error
    except jinja2.UndefinedError as error:
        place = _place_of(error, sandbox, name)
        raise wrong(
            place, "template-name", f"the template prints something it was not given: {error.message}"
        ) from error
    except SyntaxError as error:  # of Python: more than 20 loops in one another
        raise wrong(Location(sandbox.file(name)), "template-syntax", "loops stand too deep in one another") from error
    except _Spent as error:
        raise TooMuch(_place_of(error, sandbox, name), str(error)) from error
    except (SecurityError, RecursionError, MemoryError) as error:
        why = str(error) if isinstance(error, SecurityError) else "the template calls itself without end"
        raise wrong(_place_of(error, sandbox, name), "template-refused", why) from error
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise wrong(_place_of(error, sandbox, name), "template-failed", f"the template fails: {error}") from error
    return Rendered(html, sandbox.printing.anchors, sandbox.files)


def _printed(parts: Iterable[str]) -> str:
    """Join what a template prints, up to a bound."""
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        _bound_output(size)
    return "".join(held)


def _bound_output(size: int) -> None:
    if size > OUTPUT_CHARACTERS:
        raise _Spent(f"the template prints more than {OUTPUT_CHARACTERS:,} characters")


def _place_of(error: BaseException, sandbox: _Sandbox, name: str) -> Location:
    """The template's line that raised: Jinja2 rewrites the traceback so that its frames name templates."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in sandbox.files:
            return Location(sandbox.file(frame.filename), frame.lineno or 1, 1)
    return Location(sandbox.file(name))


def wrong(place: Location, rule: str, message: str, mend: str = "") -> BriefingError:
    """What a template does wrong, as an error; `mend` stands before the hint at the manual of templates."""
    manual = "templates/README.md says what a template is given."
    return BriefingError([Diagnostic(place, rule, message, f"{mend} {manual}".strip())])

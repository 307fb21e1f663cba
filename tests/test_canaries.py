"""The names of other people's libraries that we touch and that nobody promised us. When one of them changes its shape,
these tests say which, before a page comes out wrong. What to do then: read the room named, mend it, pin anew."""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable
from typing import Any

import docx
import jinja2
import pytest
import yaml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from jinja2 import nodes
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas


def parameters(function: Callable[..., object]) -> list[str]:
    return list(inspect.signature(function).parameters)


def attributes(thing: object, names: str, room: str) -> None:
    """Say which names a thing has lost, and whose room they break."""
    lost = [name for name in names.split() if not hasattr(thing, name)]
    kind = thing if isinstance(thing, type) else type(thing)
    assert not lost, f"{kind.__module__}.{kind.__qualname__} has no {', '.join(lost)} any more: see briefing/{room}"


# ---------------------------------------------------------------------------------------------------------- ReportLab

CANVAS, FILE = "writers/pdf/canvas.py", "writers/pdf/file.py"


@pytest.fixture
def document() -> Any:
    """Untyped: the stubs do not know what is looked at here."""
    return pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=(1, 7), lang="en")


def test_reportlab_canvas_is_made_as_ours_makes_it() -> None:
    assert {"pagesize", "pageCompression", "invariant"} <= set(parameters(Canvas.__init__)), f"see briefing/{CANVAS}"
    attributes(Canvas(io.BytesIO()), "_doc _preamble setPageSize showPage bookmarkPage addOutlineEntry", CANVAS)


def test_reportlab_asks_make_preamble_for_what_begins_a_page() -> None:
    """Ours begins pages with nothing: ReportLab would select Helvetica, which is not embedded."""

    class Quiet(Canvas):
        def _make_preamble(self) -> None:
            self._preamble = "% ours"

    canvas: Any = Quiet(io.BytesIO(), pageCompression=0)
    canvas.showPage()
    assert "% ours" in canvas.getpdfdata().decode("latin-1"), (
        f"ReportLab begins a page without _make_preamble and _preamble: see briefing/{CANVAS}"
    )


def test_reportlab_keeps_pages_whose_parts_can_be_replaced() -> None:
    canvas: Any = Canvas(io.BytesIO())
    canvas.showPage()
    (page,) = canvas._doc.Pages.pages
    attributes(page, "Contents Resources Trans __NoDefault__", CANVAS)


def test_reportlab_document_numbers_objects_as_ours_reads_them(document: Any) -> None:
    attributes(document, "Catalog Pages Outlines Reference idToObject numberToId idToObjectNumberAndVersion", FILE)
    attributes(document, "objectcounter", FILE)
    reference = document.Reference(pdfdoc.PDFString("one"), "named")
    number, version = document.idToObjectNumberAndVersion["named"]
    assert reference.format(document) == f"{number} {version} R".encode(), f"see briefing/{FILE}"
    assert document.idToObject[document.numberToId[number]].s == "one", f"see briefing/{FILE}"
    assert min(document.numberToId) == 1, f"ReportLab does not number from 1: see briefing/{FILE}"


def test_reportlab_leaves_out_the_numbers_that_ours_took(document: Any) -> None:
    document.objectcounter += 1
    taken = document.objectcounter
    document.Reference(pdfdoc.PDFString("one"), "named")
    assert document.idToObjectNumberAndVersion["named"] == (taken + 1, 0), f"see briefing/{FILE}"
    assert taken not in document.numberToId, f"see briefing/{FILE}"


def test_reportlab_brings_the_encoding_of_pdf_strings() -> None:
    assert "Gazette, ¶2: “one – two”".encode("pdfdoc") == b"Gazette, \xb62: \x8done \x85 two\x8e", (
        "see briefing/writers/pdf/source.py"
    )
    with pytest.raises(UnicodeEncodeError):
        "기사".encode("pdfdoc")


def test_reportlab_catalog_writes_the_entries_it_lists(document: Any) -> None:
    """Its classes write what __NoDefault__ names and nothing else; ours adds to that list, on the instance."""
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "Ours"]
    catalog.Ours = pdfdoc.PDFName("Here")
    assert b"/Ours /Here" in pdfdoc.format(catalog, document, toplevel=1), f"see briefing/{FILE}"


def test_reportlab_formats_our_objects_by_their_format(document: Any) -> None:
    class Source(pdfdoc.PDFObject):
        def format(self, document: pdfdoc.PDFDocument) -> bytes:  # noqa: ARG002
            return b"<</Ours true>>"

    assert pdfdoc.format(Source(), document, toplevel=1) == b"<</Ours true>>", f"see briefing/{FILE}"


def test_reportlab_asks_the_document_for_its_own_fonts(document: Any) -> None:
    assert parameters(document.getInternalFontName) == ["psfontname"], f"see briefing/{FILE}"
    assert issubclass(pdfdoc.PDFError, Exception)


def test_reportlab_writes_the_outline_when_it_is_prepared(document: Any) -> None:
    attributes(document.Outlines, "prepare", CANVAS)
    assert parameters(document.Outlines.prepare) == ["document", "canvas"], f"see briefing/{CANVAS}"


def test_reportlab_still_has_the_settings_that_are_held_down() -> None:
    attributes(rl_config, "pdfMultiLine pdfComments", FILE)


# -------------------------------------------------------------------------------------------------------- python-docx

PACKAGE = "writers/docx/package.py"


def test_python_docx_package_gives_its_parts_and_relationships() -> None:
    package = docx.Document().part.package
    attributes(package, "rels iter_parts relate_to part_related_by", PACKAGE)
    assert package.rels.xml.startswith(b"<?xml"), f"see briefing/{PACKAGE}"
    for part in package.iter_parts():
        attributes(part, "partname content_type blob rels", PACKAGE)
        attributes(part.partname, "membername rels_uri", PACKAGE)


def test_python_docx_parts_are_made_as_ours_makes_them() -> None:
    assert parameters(Part)[:4] == ["partname", "content_type", "blob", "package"], f"see briefing/{PACKAGE}"
    part = Part(PackURI("/word/ours.xml"), "application/xml", b"<ours/>", docx.Document().part.package)
    assert part.blob == b"<ours/>", f"see briefing/{PACKAGE}"


def test_python_docx_takes_a_relationship_by_the_name_we_give() -> None:
    """Through load_rel, as its own reader does: the public way searches all relationships for each new one."""
    part = docx.Document().part
    part.load_rel("urn:kind", "https://one.example", "link1", is_external=True)
    assert part.rels["link1"].target_ref == "https://one.example", f"see briefing/{PACKAGE}"
    assert part.rels["link1"].is_external, f"see briefing/{PACKAGE}"
    inner = Part(PackURI("/word/ours.xml"), "application/xml", b"<ours/>", part.package)
    part.load_rel("urn:kind", inner, "rId99")
    assert part.rels["rId99"].target_part is inner, f"see briefing/{PACKAGE}"
    assert inner in part.package.iter_parts(), f"see briefing/{PACKAGE}"


def test_python_docx_core_properties_can_be_made_longer_than_255_characters() -> None:
    core = docx.Document().core_properties
    names = "title creator lastModifiedBy subject keywords language version"
    element = core._element
    attributes(element, " ".join(f"get_or_add_{name}" for name in names.split()), PACKAGE)
    element.get_or_add_title().text = "x" * 300
    assert len(core.title) == 300, f"see briefing/{PACKAGE}"


def test_lxml_names_its_elements_as_ours_does() -> None:
    assert isinstance(etree.fromstring(b"<w/>"), etree._Element), "see briefing/readers/docx/package.py"


# -------------------------------------------------------------------------------------------------------------- Jinja2

SANDBOX = "sandbox.py"


def test_jinja_parses_every_template_through_its_private_parse() -> None:
    """Ours counts the turns of loops there. Were it passed over, a template could loop without end."""
    seen = []

    class Watching(ImmutableSandboxedEnvironment):
        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            seen.append((source, name, filename))
            return super()._parse(source, name, filename)

    Watching(loader=jinja2.FunctionLoader(lambda _: ("{{ 1 }}", "file", None))).get_template("named")
    assert seen == [("{{ 1 }}", "named", "file")], f"see briefing/{SANDBOX}"
    assert parameters(jinja2.Environment._parse) == ["self", "source", "name", "filename"], f"see briefing/{SANDBOX}"


def test_jinja_nodes_are_made_as_ours_makes_them() -> None:
    assert nodes.Filter.fields == ("node", "name", "args", "kwargs", "dyn_args", "dyn_kwargs"), (
        f"see briefing/{SANDBOX}"
    )
    assert "iter" in nodes.For.fields, f"see briefing/{SANDBOX}"
    assert Token._fields == ("lineno", "type", "value"), f"see briefing/{SANDBOX}"
    assert "name" in parameters(TokenStream.__init__), f"see briefing/{SANDBOX}"


def test_jinja_asks_the_sandbox_before_it_computes() -> None:
    asked = []

    class Watching(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset({"*"})

        def call_binop(self, context: jinja2.runtime.Context, operator: str, left: object, right: object) -> object:
            asked.append((operator, left, right))
            return super().call_binop(context, operator, left, right)

    assert Watching().from_string("{{ a * 3 }}").render(a=2) == "6"
    assert asked == [("*", 2, 3)], f"see briefing/{SANDBOX}"


def test_jinja_names_templates_in_its_tracebacks() -> None:
    template = jinja2.Environment(loader=jinja2.FunctionLoader(lambda _: ("\n{{ 1 / 0 }}", "ours.jinja", None)))  # noqa: S701
    with pytest.raises(ZeroDivisionError) as caught:
        template.get_template("x").render()
    frames = [(str(frame.path), frame.lineno + 1) for frame in caught.traceback]
    assert any(path.endswith("ours.jinja") and line == 2 for path, line in frames), f"see briefing/{SANDBOX}: {frames}"


# -------------------------------------------------------------------------------------------------------------- PyYAML


def test_pyyaml_comes_with_libyaml() -> None:
    """Without it (a wheel that was built otherwise) reading is ten times slower; the same events come out."""
    events = [type(event).__name__ for event in yaml.parse("a: [b]", Loader=yaml.SafeLoader)]
    fast = [
        type(event).__name__ for event in yaml.parse("a: [b]", Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    ]
    assert fast == events, "see briefing/readers/yaml.py"


def test_a_canary_sings() -> None:
    with pytest.raises(AssertionError, match=r"Canvas has no _made_up any more: see briefing/writers/pdf/canvas\.py"):
        attributes(Canvas(io.BytesIO()), "_doc _made_up", CANVAS)

"""A PDF says the same however its objects are laid out in the file, and the file's own tables decide which hold."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

import pikepdf
import pytest

from briefing.fonts import FontBook
from briefing.readers.pdf import read_pdf
from briefing.readers.pdf.file import PdfFile
from briefing.readers.pdf.syntax import PdfDamage
from briefing.shipped import shipped
from briefing.writers.pdf import write_pdf
from tests.house import HOUSE
from tests.writers.sample_document import SAMPLE

SAMPLE_BYTES = write_pdf(SAMPLE, HOUSE, FontBook(HOUSE.families, [shipped("fonts")]))


def saved(**options: object) -> bytes:
    """The sample as another program lays it out."""
    target = BytesIO()
    with pikepdf.open(BytesIO(SAMPLE_BYTES)) as pdf:
        pdf.save(target, **options)  # type: ignore[arg-type]
    return target.getvalue()


@pytest.mark.parametrize(
    "options",
    [
        {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {
            "object_stream_mode": pikepdf.ObjectStreamMode.disable,
            "compress_streams": False,
            "stream_decode_level": pikepdf.StreamDecodeLevel.all,
        },
        {"qdf": True},
        {"linearize": True},
        {"linearize": True, "object_stream_mode": pikepdf.ObjectStreamMode.disable},
    ],
    ids=["table in words", "object streams", "nothing folded", "with comments", "linearized", "linearized, in words"],
)
def test_the_layout_of_a_file_makes_no_difference(options: dict[str, object]) -> None:
    assert read_pdf(saved(**options)) == read_pdf(SAMPLE_BYTES)


# ------------------------------------------------------------------------------------------------ files made by hand

ONE_PAGE = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 10 20]/Resources<</Font<<>>>>>>",
    b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
    b"<</Length 5 0 R>>\nstream\nBT ET\nendstream",
    b"5",
)


def laid_out(*objects: bytes, trailer: bytes = b"", before: bytes = b"", first: int = 1) -> bytes:
    """A file of these objects, numbered from `first` on, with its table in words."""
    body, rows = before or b"%PDF-1.7\n", b""
    for number, written in enumerate(objects, first):
        rows += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    table = b"xref\n0 1\n0000000000 65535 f \n%d %d\n%b" % (first, len(objects), rows)
    entries = b"trailer\n<</Root 1 0 R/Size 9%b>>\n" % trailer
    return body + table + entries + b"startxref\n%d\n%%%%EOF\n" % len(body)


def with_packed_table(rows: bytes, entries: bytes) -> bytes:
    """The same file, its table a stream of rows in which PLACE1, PLACE2 ... stand for two bytes each."""
    body = b"%PDF-1.7\n"
    for number, written in enumerate(ONE_PAGE, 1):
        rows = rows.replace(b"PLACE%d" % number, len(body).to_bytes(2, "big"))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    folded = zlib.compress(rows)
    head = b"<</Type/XRef/Size 6/Root 1 0 R%b/Length %d/Filter/FlateDecode>>" % (entries, len(folded))
    return body + b"9 0 obj\n%b\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % (head, folded, len(body))


def contents(data: bytes) -> list[bytes]:
    pdf = PdfFile(data)
    return [pdf.stream(page.entries[b"/Contents"]) for page in pdf.pages]


def test_what_a_page_inherits() -> None:
    pdf = PdfFile(laid_out(*ONE_PAGE))
    (page,) = pdf.pages
    assert page.number == 3
    assert pdf.items(page.entries[b"/MediaBox"]) == [b"0", b"0", b"10", b"20"]
    assert pdf.stream(page.entries[b"/Contents"]) == b"BT ET"


def test_what_a_reference_leads_to() -> None:
    pdf = PdfFile(laid_out(*ONE_PAGE, b"[3 0 R (x)]"))
    assert pdf.value(b"5 0 R") == b"5"
    assert pdf.value(b"(5 0 R)") == b"(5 0 R)"
    assert pdf.value(b"77 0 R") == b"null"
    assert list(pdf.items(b"6 0 R")) == [b"3 0 R", b"(x)"]
    assert list(pdf.items(b"3 0 R")) == [b"3 0 R"]
    assert list(pdf.items(b"77 0 R")) == []


def test_of_two_versions_of_an_object_the_newer_holds() -> None:
    old = laid_out(*ONE_PAGE)
    place = re.search(rb"startxref\s+(\d+)", old)
    assert place is not None
    new = laid_out(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1 1]>>", before=old, first=3, trailer=b"/Prev " + place[1])
    (page,) = PdfFile(new).pages
    assert page.entries[b"/MediaBox"] == b"[0 0 1 1]"
    assert b"/Contents" not in page.entries


@pytest.mark.parametrize(
    ("rows", "entries"),
    [
        (b"\0\0\0\1PLACE1\1PLACE2\1PLACE3\1PLACE4\1PLACE5", b"/W[1 2 0]"),
        (b"\0\1PLACE1\0\1PLACE2\0\1PLACE3\0\1PLACE4\0\1PLACE5", b"/W[2 2 0]/Index[1 5]"),
        (b"PLACE4\0PLACE5\0PLACE1\0PLACE2\0PLACE3\0", b"/W[0 2 1]/Index[4 2 1 3]"),
        (b"\0PLACE1\0PLACE2\0PLACE3\0PLACE4\0PLACE5", b"/W[0 2 0]/Index[1 5]/DecodeParms<</Predictor 12/Columns 2>>"),
    ],
    ids=["from 0 on", "wide fields", "in sections", "rows that are plain"],
)
def test_a_table_as_a_stream(rows: bytes, entries: bytes) -> None:
    assert contents(with_packed_table(rows, entries)) == [b"BT ET"]


@pytest.mark.parametrize("columns", [b"", b"/Columns 3", b"/Columns 99999999999"])
@pytest.mark.parametrize("predictor", [b"2", b"15"])
def test_other_predictors_are_refused(predictor: bytes, columns: bytes) -> None:
    parameters = b"/DecodeParms<</Predictor %b%b>>" % (predictor, columns)
    with pytest.raises(PdfDamage, match="a predictor other than"):
        contents(with_packed_table(b"\4PLACE1\1", b"/W[1 2 0]" + parameters))


def told(data: bytes) -> str:
    with pytest.raises(PdfDamage) as caught:
        contents(data)
    return str(caught.value)


def test_damage_is_told() -> None:
    data = laid_out(*ONE_PAGE)
    circle = b"/Prev %d" % data.index(b"xref\n0 1")
    assert contents(data) == [b"BT ET"]
    assert told(data[:-8]) == "its end is missing"
    assert told(data.replace(b"3 0 obj", b"7 0 obj")) == "object 3 is not where it should be"
    assert told(data.replace(b"xref\n0 1", b"xreg\n0 1")) == "its table of objects is not where it should be"
    assert told(data.replace(b"\n5\nendobj", b"\n4\nendobj")) == "a stream is not as long as it says"
    assert told(data.replace(b"\n5\nendobj", b"\n9\nendobj")) == "a stream is not as long as it says"
    assert told(data.replace(b"stream\nBT", b"strram\nBT")) == "a stream is missing"
    assert told(data.replace(b"/Size 9", circle)) == "its tables of objects go in a circle"
    assert told(data.replace(b"/Size 9", b"/Encrypt 5 0 R")) == "it is encrypted"
    assert told(laid_out(*ONE_PAGE[:3], b"<</Length 5/Filter/LZWDecode>>\nstream\nBT ET\nendstream")) == (
        "streams folded by LZWDecode are not read"
    )
    cut = zlib.compress(b"BT ET")[:-5]
    folded = b"<</Length %d/Filter[/FlateDecode]>>\nstream\n%b\nendstream" % (len(cut), cut)
    assert told(laid_out(*ONE_PAGE[:3], folded)) == "a stream is cut off, or far too long"
    assert told(laid_out(*ONE_PAGE[:3], b"(BT ET)")) == "a dictionary should stand where there is b'(BT ET)'"

"""One document with everything the tree can hold, for the tests of the Word file and of its reader."""

from __future__ import annotations

from datetime import date

from briefing.anchor import Anchor
from briefing.document import (
    Block,
    BlockQuote,
    Box,
    Cell,
    Document,
    Emphasis,
    Field,
    Heading,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Note,
    NoteMark,
    PageCount,
    PageNumber,
    Paragraph,
    Properties,
    Row,
    Section,
    Span,
    Strong,
    Table,
    Text,
)


def text(words: str) -> Inlines:
    return (Text(words),)


def field(words: str, path: str = "") -> Field:
    return Field(text(words), Anchor("harbour.yaml", path or words.lower().replace(" ", "-"), "prose"))


def paragraph(words: str, style: str = "body-text") -> Paragraph:
    return Paragraph(text(words), style)


def foreign(words: str, language: str) -> Span:
    return Span(text(words), lang=language)


def sign(mark: str) -> Span:
    return Span(text(f"{mark} "), "sign")


def item(*content: Block) -> ListItem:
    return ListItem(content)


TITLE: tuple[Block, ...] = (
    paragraph("Policy brief · Norway, Korea and Japan compared", "kicker"),
    Heading(1, (field("Harbour fees: who pays"),)),
    Paragraph((Text("To "), Strong(text("the harbour desk")), Text(" · Version "), Strong(text("1"))), "meta"),
    Paragraph(
        (
            Strong(text("Two pay, one waits.")),
            Text(" Oslo and Busan said so in May;"),
            NoteMark(1),
            Span(text(", "), "note-mark"),
            NoteMark(2),
            Text(" Kobe did not."),
        ),
        "bottom-line",
    ),
    Paragraph(
        (Strong(text("Nobody spoke of ice.")), Text(" The accounts are silent on winter."), NoteMark(3)), "bottom-line"
    ),
    Box(
        (
            paragraph("Our judgement 1 · likely · low confidence", "judgement-label"),
            Paragraph(
                (Text("Kobe will "), Emphasis(text("not")), Text(" pay before the quay is mended.")), "judgement"
            ),
        ),
        "judgement",
    ),
)


def kind_cell(kind: str, mark: str, word: str, gist: str = "") -> Cell:
    label = Paragraph((sign(mark), Text(word)), f"cell-{kind}")
    return Cell((label, paragraph(gist, "table-detail")) if gist else (label,), kind)


MATRIX = Table(
    head=(
        Row(
            tuple(
                Cell((paragraph(name, "table-head"),), scope="column")
                for name in ("Topic", "Norway", "Korea", "Japan", "Alignment")
            )
        ),
    ),
    body=(
        Row(
            (
                Cell((Paragraph((Link(text("Paying for the quay"), "#quay"),), "table-row-head"),), scope="row"),
                kind_cell("own", "●", "Supports", "Pays half"),
                kind_cell("joint", "◊", "Supports, jointly", "Per Oslo"),
                kind_cell("silent", "○", "No position in the accounts read (Harbour Gazette)"),
                Cell((Paragraph((Strong(text("One voice")),), "table-text"),)),
            )
        ),
        Row(
            (
                Cell((paragraph("Ice in winter", "table-row-head"),), scope="row"),
                kind_cell("absent", "×", "Not present: raised in Busan only"),
                kind_cell("pending", "…", "Not yet recorded: Busan’s own account"),
                kind_cell("own", "●", "Opposes", "Fears the cost"),
                Cell((paragraph("Not coded", "table-text"),)),
            )
        ),
    ),
    widths=(32, 38, 38, 38, 24),
    style="matrix",
    title="Positions at a glance",
)

SPEAKER = Paragraph(
    (
        Strong((field("Kari Nord"),)),
        Text(" "),
        Span(text("카리"), "native", "ko"),
        Text(", harbour master · Oslo, 3"),
        Text("\u00a0May"),
    ),
    "speaker-first",
)

COMPARISON = Table(
    head=(Row(tuple(Cell((paragraph(name, "table-head"),), scope="column") for name in ("Norway", "Korea", "Japan"))),),
    body=(
        Row(
            (
                Cell(
                    (
                        Paragraph((sign("●"), Text("Supports")), "cell-own"),
                        SPEAKER,
                        Paragraph(
                            (
                                field(
                                    "Wants the fee shared by tonnage and says the quay cannot wait for another year."
                                ),
                                NoteMark(5),
                            ),
                            "table-text",
                        ),
                        Paragraph(
                            (
                                field("“we pay for what we break”"),
                                NoteMark(1),
                                Span(text(", "), "note-mark"),
                                NoteMark(6),
                            ),
                            "cell-quote",
                        ),
                        Paragraph((Text("The gazette: apparently the quay."),), "cell-gloss"),
                    )
                ),
                kind_cell("joint", "◊", "Supports, jointly only", "Per Oslo; see above."),
                kind_cell(
                    "silent", "○", "No position in the accounts read (Harbour Gazette)", "Took part: Oslo, 3\u00a0May."
                ),
            )
        ),
    ),
    widths=(1, 1, 1),
    style="comparison",
    title="Paying for the quay",
)

TOPICS: tuple[Block, ...] = (
    Heading(2, text("Positions at a glance")),
    MATRIX,
    Paragraph((sign("●"), Text("speaks for itself \u2003 "), sign("◊"), Text("joint text only")), "legend"),
    Heading(2, text("Positions compared"), new_page=True),
    Heading(3, text("Paying for the quay"), "quay"),
    Paragraph((Text("Should all three pay? "), Strong(text("One voice:")), Text(" two support, 3 May.")), "topic-line"),
    Paragraph(
        (
            sign("◊"),
            Strong(text("Jointly, per Oslo")),
            Text(" · Norway, Korea · Oslo, 3 May"),
            LineBreak(),
            Span(text("“a shared quay”"), "verbatim"),
            NoteMark(4),
        ),
        "joint-line",
    ),
    COMPARISON,
    Heading(4, text("What the word means")),
    Paragraph(
        (
            Text("A quay is "),
            foreign("ふ頭", "ja"),
            Text(" in Japanese and "),
            foreign("부두", "ko"),
            Text(" in Korean; see "),
            Link(text("the gazette"), "https://gazette.example/quay?a=1&b=2"),
            Text("."),
        ),
    ),
    BlockQuote((Paragraph((Text("“The quay is old, <b>very</b> old & tired.”"), NoteMark(1)), "quote"),)),
)

LISTS: tuple[Block, ...] = (
    Heading(2, text("What was not said")),
    List(
        (
            item(
                Paragraph((Strong(text("Ice:")), Text(" Norway, Japan. Nobody asked.")), "list-bullet"),
                paragraph(
                    "Nobody was asked twice either, which is a longer sentence that runs on to a second line.",
                    "list-bullet",
                ),
            ),
            item(paragraph("Fog.", "list-bullet"), List((item(paragraph("Morning fog.", "list-bullet")),))),
        )
    ),
    List(
        (item(paragraph("Count the ships.", "list-number")), item(paragraph("Count again.", "list-number"))),
        ordered=True,
    ),
    List((item(paragraph("A list of its own begins at one.", "list-number")),), ordered=True),
    Heading(2, text("Assessment and recommendations")),
    Box(
        (
            paragraph("Our judgement 2 · roughly even chance · low confidence", "judgement-label"),
            paragraph("Silence on ice reflects who was asked.", "judgement"),
            paragraph("We recommend", "judgement-label"),
            List(
                (
                    item(
                        paragraph(
                            "Ask Kobe for its own account of the winter before relying on what Busan said of it"
                            " in May, and then ask once more.",
                            "recommendation",
                        )
                    ),
                    item(paragraph("Mend the quay.", "recommendation")),
                ),
                ordered=True,
            ),
        ),
        "judgement",
    ),
)

WIDE = Section(
    (
        Heading(2, text("Positions on a wide sheet")),
        Table(
            head=(Row(tuple(Cell((paragraph(f"Country {n}", "table-head"),), scope="column") for n in range(1, 6))),),
            body=tuple(
                Row(tuple(Cell((paragraph(f"Row {row}, cell {n}", "table-text"),)) for n in range(1, 6)))
                for row in range(1, 4)
            ),
            widths=(43, 45, 45, 45, 34),
            style="default",
            title="A wide table",
        ),
    )
)

SOURCES: tuple[Block, ...] = (
    Heading(2, text("Sources")),
    Paragraph(
        (
            Strong((field("Gazette, 3 May."),)),
            Text(
                " The Harbour Gazette, “Who pays for the quay, and who waits”; read in full; 2 of 2 quotations found."
            ),
        ),
        "source",
    ),
)

HANDLING = Span(text("TLP:AMBER"), "handling-amber")

SAMPLE = Document(
    properties=Properties(
        "Harbour fees: who pays",
        "en",
        date(2024, 5, 3),
        "Harbour desk",
        "Fees & quays",
        "harbour, quay",
        "TLP:AMBER",
        "1",
    ),
    blocks=(*TITLE, *TOPICS, *LISTS, WIDE, *SOURCES),
    notes=(
        Note(1, (field("Harbour Gazette, 3 May 2024, ¶2."),)),
        Note(
            2,
            (
                Text("Busan Daily "),
                foreign("부산", "ko"),
                Text(", 4 May 2024, ¶1: "),
                Link(text("busan.example"), "https://busan.example/"),
                Text("."),
            ),
        ),
        *(Note(number, text(f"Gazette, 3 May 2024, ¶{number}.")) for number in range(3, 7)),
    ),
    header=(field("Harbour fees: who pays"), Text(" · 3 May 2024 "), HANDLING),
    footer=(Text("Page "), PageNumber(), Text(" of "), PageCount(), Text(" "), HANDLING),
)

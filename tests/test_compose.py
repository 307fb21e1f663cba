"""From facts and a template to a document: every value leads back, every note is numbered, no template gets out."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from briefing import compose as composing
from briefing import sandbox
from briefing.compare import compare
from briefing.compose import compose
from briefing.diagnostics import BriefingError
from briefing.document import Document, Field, Heading, NoteMark, Paragraph, plain_text, walk_blocks, walk_inlines
from briefing.housestyle import HouseStyle
from briefing.lock import verify
from briefing.model import Dossier
from briefing.readers.dossier import read_dossier
from briefing.readers.housestyle import read_housestyle
from briefing.readers.words import english
from briefing.sheet import sheet
from briefing.shipped import shipped

EXAMPLE = shipped("sources") / "arms-for-russia"
README = shipped("templates") / "README.md"


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    files = {p.relative_to(EXAMPLE).as_posix(): p.read_bytes() for p in EXAMPLE.rglob("*.yaml")}
    value, problems = read_dossier(files, EXAMPLE.name, "sources/arms-for-russia")
    assert not problems
    return value


@pytest.fixture(scope="module")
def house() -> HouseStyle:
    return read_housestyle([("house.toml", (shipped("templates") / "house.toml").read_text(encoding="utf-8"))])


def composed(dossier: Dossier, house: HouseStyle, templates: Mapping[str, str] | None = None) -> Document:
    """Compose the example's brief; `templates` stand before those shipped."""
    held = templates or {}

    def find(name: str) -> tuple[str, str] | None:
        path = shipped("templates") / name
        text = held.get(name) or (path.read_text(encoding="utf-8") if path.is_file() else None)
        return (text, f"templates/{name}") if text is not None else None

    (brief,) = dossier.briefs
    return compose(
        dossier, brief, compare(dossier), verify(dossier, {}, ()), house=house, templates=find, words=english()
    )


def refused(dossier: Dossier, house: HouseStyle, template: str) -> str:
    with pytest.raises(BriefingError) as caught:
        composed(dossier, house, {"policy-brief.html.jinja": template})
    return str(caught.value)


def fields(document: Document) -> list[Field]:
    contents = [document.header, document.footer]
    contents += [b.content for b in walk_blocks(document.blocks) if isinstance(b, Heading | Paragraph)]
    return [i for content in contents for i in walk_inlines(content) if isinstance(i, Field)]


# ---------------------------------------------------------------------------------------------------------- anchors


def test_every_value_the_brief_prints_leads_back_to_its_field(dossier: Dossier, house: HouseStyle) -> None:
    printed = {(f.anchor.key, plain_text(f.content)) for f in fields(composed(dossier, house))}
    for meeting in dossier.meetings:
        file = meeting.origin.file
        for record in meeting.records:
            assert any(key == f"{file}#{record.origin.path}/summary" for key, _ in printed), record.summary
        for position in meeting.positions:
            for quotation in position.quotes:
                assert (f"{file}#{position.origin.path}/{quotation.field}", quotation.text) in printed
    (brief,) = dossier.briefs
    for n, advice in enumerate(brief.recommendations, 1):
        assert (f"briefs/who-stands-where.yaml#recommendations/{n}", advice) in printed


def test_a_field_stands_where_its_anchor_says(dossier: Dossier, house: HouseStyle) -> None:
    root = EXAMPLE.parent.parent
    for field in fields(composed(dossier, house)):
        place = field.anchor.location
        line = (root / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
        assert line[place.column - 1 :].strip(), f"{field.anchor.key} at {place}"


def test_a_value_changed_by_a_filter_is_printed_but_forgets_its_field(dossier: Dossier, house: HouseStyle) -> None:
    document = composed(dossier, house, {"policy-brief.html.jinja": "<h1>{{ brief.title | upper }}</h1>"})
    assert fields(document) == []
    assert plain_text(document.blocks[0].content) == "ARMS FOR RUSSIA: WHO STANDS WHERE"  # type: ignore[union-attr]


# ------------------------------------------------------------------------------------------------------------ notes


def test_notes_are_numbered_by_first_citation_in_reading_order(dossier: Dossier, house: HouseStyle) -> None:
    document = composed(dossier, house)
    marks = [
        i.note
        for b in walk_blocks(document.blocks)
        if isinstance(b, Heading | Paragraph)
        for i in walk_inlines(b.content)
        if isinstance(i, NoteMark)
    ]
    assert list(dict.fromkeys(marks)) == [n.number for n in document.notes] == list(range(1, len(document.notes) + 1))


def test_a_source_is_cited_in_full_once_and_then_in_short(dossier: Dossier, house: HouseStyle) -> None:
    words = [plain_text(n.content) for n in composed(dossier, house).notes]
    full = [w for w in words if "Yonhap News Agency" in w]
    assert len(full) == 2
    assert all(
        re.fullmatch(r"Yonhap, (17 October|22 September) 2023, ¶\d+\.", w.replace("\xa0", " "))
        for w in words
        if w not in full
    )
    assert len(set(words)) == len(words)


# ------------------------------------------------------------------------------------------- the template's mistakes


@pytest.mark.parametrize(
    ("template", "line", "rule"),
    [
        ("<h1>Talks</h1>\n{% for %}", 2, "template-syntax"),
        ("<h1>Talks</h1>\n\n<p>{{ breif.title }}</p>", 3, "template-name"),
        ("<h1>Talks</h1>\n<p>{{ brief.titel }}</p>", 2, "template-name"),
        ("<h1>Talks</h1>\n<p>{{ brief.title | lowercase }}</p>", 2, "template-syntax"),
        ('<h1>Talks</h1>\n<p class="botom-line">x</p>', 2, "markup-class"),
        ("<h1>Talks</h1>\n<p>{% for t in topics %}{{ t + 1 }}{% endfor %}</p>", 2, "template-failed"),
        ('{% include "missing.html.jinja" %}', 1, "template-missing"),
    ],
)
def test_a_mistake_is_told_at_the_templates_line(
    template: str, line: int, rule: str, dossier: Dossier, house: HouseStyle
) -> None:
    told = refused(dossier, house, template)
    assert f"[{rule}]" in told
    assert f"policy-brief.html.jinja:{line}" in told


def test_a_mistake_in_an_imported_part_is_told_at_that_part(dossier: Dossier, house: HouseStyle) -> None:
    templates = {
        "policy-brief.html.jinja": '{% import "mine.html.jinja" as mine with context %}<h1>T</h1>{{ mine.p() }}',
        "mine.html.jinja": "{% macro p() %}\n<p>\n{{ nobody }}</p>{% endmacro %}",
    }
    with pytest.raises(BriefingError) as caught:
        composed(dossier, house, templates)
    assert str(caught.value).startswith("templates/mine.html.jinja:3:1: error:")


@pytest.mark.parametrize(
    "attack",
    [
        "{{ parts.notes.__globals__ }}",
        "{{ brief.__class__.__mro__ }}",
        "{{ brief.__struct_fields__ }}",
        "{% for t in topics %}{{ loop._iterator }}{% endfor %}",
        "{% for t in topics %}{{ loop.__class__ }}{% endfor %}",
        "{{ ''.__class__ }}",
        "{{ cycler }}",
        "{{ lipsum }}",
        "{{ range(9) }}",
        "{{ 'x' * 1000000000 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 2 ** 99999999 }}",
        "{{ 'x' | center(999999999) }}",
        "{{ brief.title.format }}{{ '{0.__class__}'.format(brief) }}",
        '{% include "../pyproject.toml" %}',
        '{% include "/etc/passwd" %}',
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set x = brief.update(1) %}",
    ],
)
def test_a_template_cannot_get_out_or_grow_without_bound(attack: str, dossier: Dossier, house: HouseStyle) -> None:
    template = f'{{% import "parts.html.jinja" as parts with context %}}<h1>T</h1>\n<p>{attack}</p>'
    assert "[template-" in refused(dossier, house, template)


def test_loops_and_output_are_bounded(dossier: Dossier, house: HouseStyle, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = "<h1>T</h1>{% for t in topics %}{% for u in topics %}<p>x</p>{% endfor %}{% endfor %}"
    composed(dossier, house, {"policy-brief.html.jinja": loop})
    monkeypatch.setattr(sandbox, "LOOP_TICKS", 20)
    assert "goes through more than 20 items" in refused(dossier, house, loop)
    monkeypatch.undo()
    monkeypatch.setattr(sandbox, "OUTPUT_CHARACTERS", 100)
    assert "prints more than 100 characters" in refused(dossier, house, loop)


def test_a_brief_too_long_to_print_says_how_to_shorten_it(
    dossier: Dossier, house: HouseStyle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "OUTPUT_CHARACTERS", 5_000)
    with pytest.raises(BriefingError, match="\\[template-refused\\]"):
        composed(dossier, house)
    monkeypatch.setattr(composing, "MANY_MEETINGS", 2)
    with pytest.raises(BriefingError) as caught:
        composed(dossier, house)
    assert str(caught.value) == (
        "sources/arms-for-russia/briefs/who-stands-where.yaml:1:1: error: a brief of 3 meetings on 7 topics is too "
        "long: the template prints more than 5,000 characters [brief-too-long]\n"
        "    Name fewer `meetings` or `topics` in the brief, or make several briefs of them."
    )


@pytest.mark.parametrize("template", ["a\0<h1>T</h1>", "a & b", "text", "{# nothing #}", '<note ref="nobody"></note>'])
def test_what_stands_before_any_tag_is_told_with_the_templates_file(
    template: str, dossier: Dossier, house: HouseStyle
) -> None:
    assert refused(dossier, house, template).startswith("templates/policy-brief.html.jinja")


def test_what_stands_in_the_data_is_text_and_never_markup(house: HouseStyle) -> None:
    files = {p.relative_to(EXAMPLE).as_posix(): p.read_bytes() for p in EXAMPLE.rglob("*.yaml")}
    hostile = "a <b>bold</b> & {{ brief }} {% raw %} ]]> =cmd() 100% \\ &lt; c"
    name = "briefs/who-stands-where.yaml"
    text = files[name].decode().replace('title: "Arms for Russia: who stands where"', f"title: |\n  {hostile}")
    value, _ = read_dossier({**files, name: text.encode()}, "x", "x")
    title = next(b for b in composed(value, house).blocks if isinstance(b, Heading))
    assert plain_text(title.content) == hostile


# -------------------------------------------------------------------------------------------------- another template


def test_the_second_template_of_the_readme_prints_what_was_agreed(dossier: Dossier, house: HouseStyle) -> None:
    (template,) = re.findall(r"```html\+jinja\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    document = composed(dossier, house, {"policy-brief.html.jinja": template})
    told = [plain_text(b.content) for b in walk_blocks(document.blocks) if isinstance(b, Paragraph)]
    assert len(told) == 3
    action = "Redouble efforts, which both call needed, to turn the North from nuclear arms and missiles."
    assert told[1].startswith(f"{action} South Korea, Japan; Open.")


def test_the_readme_lists_the_filters_and_names_that_there_are(dossier: Dossier) -> None:
    text = " ".join(README.read_text(encoding="utf-8").split())
    assert sandbox.FILTERS in text
    (brief,) = dossier.briefs
    given = sheet(dossier, brief, compare(dossier), verify(dossier, {}, ()), english())
    assert [name for name in given if f"| `{name}` |" not in text] == []


def test_the_brief_is_the_same_at_every_run(dossier: Dossier, house: HouseStyle) -> None:
    assert composed(dossier, house) == composed(dossier, house)

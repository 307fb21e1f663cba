"""Made one's own: other templates and another house style beside one's sources; other sides, sheets, sizes, languages.

Each is built as an officer builds it. That the two files say the same the build has seen; here both are judged as PDF
and as Word file, and read back."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from benchmarks.generate import generate
from briefing.cli import commands
from briefing.document import Document, Heading, Paragraph, Table, plain_text, walk_blocks
from briefing.readers.docx import read_docx
from briefing.readers.pdf import read_pdf
from tests import docx_lint, pdf_pages, pdf_structure
from tests.small import BRIEF, CALL, FOLDER, changed

SMALL = Path("sources/small")


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder is new, and holds the small dossier."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BRIEFING_TEXTS", raising=False)
    shutil.copytree(FOLDER, SMALL)


def change(name: str, *changes: tuple[str, str]) -> None:
    """Change a file of the small dossier, at places that stand once in it."""
    text = (SMALL / name).read_text("utf-8")
    for old, new in changes:
        text = changed(text, old, new)
    (SMALL / name).write_text(text, encoding="utf-8")


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.removeprefix("\n"), encoding="utf-8")


class Built:
    """Both files of a brief, judged and read back."""

    def __init__(self, *options: str, dossier: Path = SMALL, brief: str = "fishing") -> None:
        result = CliRunner().invoke(commands, ["build", str(dossier), *options], prog_name="briefing")
        assert result.exit_code == 0, result.output
        stem = Path("out", f"{dossier.name}-{brief}")
        self.pdf, self.docx = (stem.with_suffix(suffix).read_bytes() for suffix in (".pdf", ".docx"))
        assert pdf_structure.faults(self.pdf) == []
        assert docx_lint.lint(self.docx) == []
        self.document = read_pdf(self.pdf)
        self.words, self.words_in_word = words(self.document), words(read_docx(self.docx))

    def heads(self, table: str) -> list[str]:
        """The words at the head of the first table of a title."""
        found = next(b for b in walk_blocks(self.document.blocks) if isinstance(b, Table) and b.title == table)
        return [" ".join(words_of(cell.blocks)) for row in found.head for cell in row.cells]

    def says(self, text: str) -> bool:
        """Whether both files say it."""
        assert (text in self.words) == (text in self.words_in_word)
        return text in self.words


def words(document: Document) -> str:
    return " ".join(words_of(document.blocks))


def words_of(blocks: tuple[object, ...]) -> list[str]:
    held = (b for b in walk_blocks(blocks) if isinstance(b, Heading | Paragraph))  # type: ignore[arg-type]
    return [" ".join(plain_text(b.content).split()) for b in held]


# --------------------------------------------------------------------------------------------- templates, house style

PAGE = """
{% import "parts.html.jinja" as parts with context %}
{% macro title_block() %}<h1>For the Minister: {{ brief.title }}</h1>{% endmacro %}
{{ parts.running_heads() }}
{{ title_block() }}
{{ parts.agreed_actions() }}
{{ parts.sources_cited() }}
"""


def test_one_part_of_the_page_is_ones_own_and_the_others_stay_as_shipped() -> None:
    write(Path("templates"), {"policy-brief.html.jinja": PAGE})
    built = Built()
    assert built.words.startswith("For the Minister: Fishing in the strait Agreed actions")
    assert built.says("Sources Harbour, 7 May 2031.")
    assert not built.says("Positions compared")


def test_a_template_of_another_name_stands_beside_those_shipped() -> None:
    write(Path("templates"), {"minister.html.jinja": PAGE})
    assert Built("--template", "minister").says("For the Minister")
    assert Built().says("Positions compared")


def colours(built: Built) -> tuple[set[str], set[str]]:
    """The colours of both files, as six hex digits."""
    with pikepdf.open(BytesIO(built.pdf)) as pdf:
        painted = [
            map(float, step.operands)
            for page in pdf.pages
            for step in pikepdf.parse_content_stream(page)
            if str(step.operator) in {"rg", "RG"}
        ]
    with zipfile.ZipFile(BytesIO(built.docx)) as package:
        xml = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml")).decode()
    inked = re.findall(r'w:(?:val|color|fill)="([0-9A-F]{6})"', xml)
    return {"".join(f"{round(255 * part):02X}" for part in colour) for colour in painted}, set(inked)


def test_one_colour_is_ones_own_and_everything_else_stays_as_shipped() -> None:
    shipped = Built()
    write(Path("templates"), {"house.toml": '[colors]\naccent = "7A1F1F"\n'})
    own = Built()
    assert own.document.blocks == shipped.document.blocks
    for before, after in zip(colours(shipped), colours(own), strict=True):
        assert (before - after, after - before) == ({"17495A"}, {"7A1F1F"})


def test_one_size_is_ones_own_and_everything_else_stays_as_shipped() -> None:
    sizes = {line.size for page in pdf_pages.pages(Built().pdf) for line in page.lines}
    write(Path("templates"), {"house.toml": "[paragraphs.title]\nsize = 22\n"})
    own = {line.size for page in pdf_pages.pages(Built().pdf) for line in page.lines}
    assert own ^ sizes == {22.0, 24.0}


# ------------------------------------------------------------------------------------------- other sides, sheets, sizes


def test_four_sides_have_four_columns_on_a_page_turned_to_landscape() -> None:
    change("dossier.yaml", ("countries: [US, KR, JP]", "countries: [US, KR, JP, NO]"))
    change("people.yaml", ("Haruto Sato:", "Liv Dahl: {family: Dahl, country: 'NO'}\nHaruto Sato:"))
    seat = "  - {person: Liv Dahl, title: state secretary, cite: harbour-2031 para 3}\n\npositions:"
    view = "  - {by: Liv Dahl, topic: patrols, summary: Offers two ships., cite: harbour-2031 para 3}\n\nactions:"
    change(CALL, ("\npositions:", seat), ("\nactions:", view))
    built = Built()
    assert built.heads("Patrols") == ["United States", "South Korea", "Japan", "Norway"]
    assert built.says("Offers two ships.")
    turned = [page.width > page.height for page in pdf_pages.pages(built.pdf)]
    assert turned.count(True) >= 1
    assert not turned[0]


def test_two_sides_have_two_columns() -> None:
    change("dossier.yaml", ("countries: [US, KR, JP]", "countries: [US, KR]"))
    change(CALL, ("  - person: Haruto Sato\n    title: unknown\n    cite: harbour-2031 para 3\n", ""))
    change(CALL, ("parties: [US, KR, JP]", "parties: [US, KR]"))
    assert Built().heads("Patrols") == ["United States", "South Korea"]


def test_other_countries_take_part_in_their_own_order() -> None:
    others = {"US": "CL", "KR": "NZ", "JP": '"NO"'}
    for name in ("dossier.yaml", "people.yaml"):
        text = (SMALL / name).read_text("utf-8").replace("[US, KR, JP]", '[NZ, "NO", CL]')
        write(SMALL, {name: re.sub("country: (US|KR|JP)", lambda found: f"country: {others[found[1]]}", text)})
    change(CALL, ("[US, KR, JP]", "[CL, NZ, NO]"))
    built = Built()
    assert built.heads("Patrols") == ["New Zealand", "Norway", "Chile"]
    assert not built.says("Japan")


def test_a_brief_has_an_order_of_its_own() -> None:
    change(BRIEF, ("meetings: all", "meetings: all\ncountries: [JP, US, KR]"))
    assert Built().heads("Patrols") == ["Japan", "United States", "South Korea"]


@pytest.mark.parametrize(("sheet", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_either_sheet_holds_the_same_words(sheet: str, size: tuple[int, int]) -> None:
    built = Built("--page-size", sheet)
    assert {(round(page.width), round(page.height)) for page in pdf_pages.pages(built.pdf)} == {size}
    assert built.says("Wants less fishing allowed, and soon.")


def test_a_dossier_without_a_quotation() -> None:
    for quote in ("before the next season", "We will not rule out lower quotas if the science is clear"):
        change(CALL, (f"    quote: {quote}\n", ""))
    change(CALL, ("    quote: patrols should go on through the winter\n", ""))
    change(BRIEF, ("Grace Park asked for them “before the next season”.", "Grace Park asked for them."))
    (SMALL / "quotes.lock").unlink()
    built = Built()
    assert built.says("Wants less fishing allowed, and soon.")
    assert not built.says("verified")


def test_200_meetings_all_come_out() -> None:
    many = generate(200, 1).write(Path("sources/many"))
    built = Built(dossier=many, brief="positions")
    held = [b for b in walk_blocks(built.document.blocks) if isinstance(b, Table) and b.title == "Meetings"]
    assert sum(len(table.body) for table in held) == 200


# ------------------------------------------------------------------------------------------------------ all in Korean

KOREAN = {
    "dossier.yaml": """
schema: 1
title: 해협의 어업
countries:
  - {code: US, name: 미국, short: 미국, seat: 워싱턴}
  - {code: KR, name: 대한민국, short: 한국, seat: 서울}
  - {code: JP, name: 일본, short: 일본, seat: 도쿄}
institutions:
  kr-oceans: {name: 대한민국 해양수산부, short: 해양수산부, country: KR}
topics:
  quotas: {label: 어획 할당량 감축, question: 어획 할당량을 줄여야 하는가?}
  patrols: {label: 겨울철 공동 순찰}
""",
    "people.yaml": """
그레이스 한: {family: 한, country: US}
박민호: {family: 박, country: KR, native: {text: 朴敏鎬, language: ko, cite: hanghae-2031}}
사토 하루토: {family: 사토, country: JP}
""",
    "sources.yaml": """
hanghae-2031:
  kind: report
  publisher: 항해통신
  title: 삼국 특사, 어획 할당량 두고 이견
  date: 2031-05-07
  language: ko
  text: articles/hanghae.txt
""",
    "articles/hanghae.txt": """
삼국 특사, 어획 할당량 두고 이견

미국 해양특사 그레이스 한은 수요일 부산에서 열린 회의 뒤 “다음 조업기 이전에 할당량을 반드시 줄여야 한다”고 말했다.

박민호(朴敏鎬) 해양수산부 차관은 “과학적 근거가 분명하다면 할당량을 낮추는 방안도 배제하지 않겠다”면서 남획을 우려했다.

일본 수산청의 사토 하루토 심의관도 회의에 참석했다.

해양수산부는 삼국이 가을에 다시 만나기로 했다고 밝혔다.
""",
    "meetings/2031-05-07-busan.yaml": """
title: 삼국 어업 특사 회의
accounts: hanghae-2031
date: {text: 2031-05-07, weekday: Wednesday, cite: para 1}
place: {text: "부산광역시 해운대구 국제회의장, 부산", cite: para 1}
participants:
  - {person: 그레이스 한, title: 미국 해양특사, cite: para 1}
  - {person: 박민호, title: 해양수산부 차관, cite: para 2}
  - {person: 사토 하루토, title: 일본 수산청 심의관, cite: para 3}
positions:
  - by: 그레이스 한
    topic: quotas
    stance: support
    gist: 다음 조업기 전에 감축
    summary: 다음 조업기가 시작되기 전에 삼국 모두의 어획 할당량을 줄이자고 제안하고, 늦을수록 부담이 커진다고 본다.
    quote: 다음 조업기 이전에 할당량을 반드시 줄여야 한다
    cite: para 1
  - by: 박민호
    topic: quotas
    stance: unclear
    summary: 과학적 조사 결과를 기다린다. 남획이 모두에게 해롭다는 점은 인정한다.
    quote: 과학적 근거가 분명하다면 할당량을 낮추는 방안도 배제하지 않겠다
    cite: para 2
actions:
  - parties: [US, KR, JP]
    per: kr-oceans
    kind: agreement
    summary: 가을에 다시 만나 할당량과 공동 순찰을 함께 논의한다.
    due: 2031-10
    cite: para 4
context:
  - {summary: 해협의 어족 자원은 해마다 봄에 조사한다., cite: para 4}
""",
    "briefs/fishing.yaml": """
title: 해협의 어업을 둘러싼 한·미·일의 입장 비교
language: ko
addressee: 외교부 장관실
author: 동북아시아과
as_of: 2031-05-08
handling: TLP:GREEN
bottom_line:
  - lead: 미국은 어획 할당량의 감축을 원한다.
    text: 그레이스 한 특사는 다음 조업기 이전에 줄여야 한다고 말했고, 이는 지난해의 입장보다 한층 분명해진 것이다.
    rests_on: 2031-05-07-busan/그레이스-한/quotas
judgements:
  - text: 한국은 봄철 자원 조사 결과가 나오면 감축에 동의할 것이다.
    likelihood: likely
    confidence: low
    rests_on: 2031-05-07-busan/박민호/quotas
recommendations: [일본 수산청의 별도 설명을 요청한다.]
""",
}


def test_a_dossier_in_korean_comes_out_in_korean() -> None:
    write(Path("sources/eoeop"), KOREAN)
    built = Built(dossier=Path("sources/eoeop"))
    assert built.document.properties.language == "ko"
    assert built.heads("어획 할당량 감축") == ["미국", "대한민국", "일본"]
    assert not built.says("the 미국")
    assert not built.says("the 대한민국")
    for said in ("“과학적 근거가 분명하다면 할당량을 낮추는 방안도 배제하지 않겠다”", "박민호 朴敏鎬", "한·미·일"):
        assert built.says(said)


LATIN = re.compile(r"[A-Za-z]+")


def test_a_dossier_in_korean_leaves_no_english_word_in_the_brief() -> None:
    """Only the handling is in Latin letters: it is the dossier's, and the same in any language."""
    write(Path("sources/eoeop"), KOREAN)
    built = Built(dossier=Path("sources/eoeop"))
    printed = " ".join(line.text for page in pdf_pages.pages(built.pdf) for line in page.lines)
    assert set(LATIN.findall(printed)) == {"TLP", "GREEN"}
    assert LATIN.findall(built.words_in_word) == LATIN.findall(built.words) == ["TLP", "GREEN"]
    for said in ("2031년 5월 7일", "판단 불가", "참석: 부산, 5월 7일.", "우리의 판단 1 · 가능성 높음 · 확신도 낮음"):
        assert built.says(said)


def in_language(language: str) -> Built:
    """The small dossier printed in a language; what it holds stays English."""
    change(BRIEF, ("title:", f"language: {language}\ntitle:"))
    return Built()


@pytest.mark.parametrize("language", ["ko", "ko-KR"])
def test_the_languages_own_words_stand_around_facts_in_another(language: str) -> None:
    built = in_language(language)
    assert built.heads("합의 사항") == ["번", "내용", "당사국", "구분", "기한·조건", "상태"]
    assert not built.says("Agreed actions")


def test_words_of_ones_own_take_the_place_of_those_shipped_one_by_one() -> None:
    write(Path("templates"), {"words/ko.toml": '[headings]\nsources = "참고 자료"\n'})
    built = in_language("ko")
    assert built.says("참고 자료 Harbour")
    assert built.says("합의 사항")


def test_a_language_of_ones_own_is_english_where_it_has_no_word_yet() -> None:
    words = '[headings]\nsources = "Références"\n\n[lists]\nand = "{others} et {last}"\n'
    write(Path("templates"), {"words/fr.toml": words})
    built = in_language("fr")
    assert built.says("Références Harbour")
    assert built.says("United States, South Korea et Japan compared")


def test_a_mistake_in_ones_own_words_is_told_at_its_line_and_nothing_is_written() -> None:
    write(Path("templates"), {"words/en.toml": '[headings]\nsource = "References"\n'})
    result = CliRunner().invoke(commands, ["build", str(SMALL)], prog_name="briefing")
    told = "templates/words/en.toml:2:1: error: unknown phrase 'source' in [headings] [words-key]"
    assert told in result.output
    assert "Did you mean 'sources'?" in result.output
    assert not Path("out").exists() or not list(Path("out").glob("*.pdf"))


def test_a_language_without_words_is_told_and_printed_in_english() -> None:
    change(BRIEF, ("title:", "language: fi\ntitle:"))
    result = CliRunner().invoke(commands, ["check", str(SMALL)], prog_name="briefing")
    assert "briefs/fishing.yaml:1:11: warning: there are no words for the language fi" in result.output
    assert "Write templates/words/fi.toml" in result.output
    assert Built().says("Positions compared")
    write(Path("templates"), {"words/fi.toml": '[headings]\nsources = "Lähteet"\n'})
    result = CliRunner().invoke(commands, ["check", str(SMALL)], prog_name="briefing")
    assert "words-missing" not in result.output


def test_changed_words_build_the_brief_anew() -> None:
    for heading in ("References", "Literature"):
        write(Path("templates"), {"words/en.toml": f'[headings]\nsources = "{heading}"\n'})
        assert Built().says(f"{heading} Harbour")

"""Each rule of the lint finds the fault it is there for: one fault is put into a good file, and that rule names it."""

from __future__ import annotations

import re

import pytest

from briefing.opc import read_package, write_package
from briefing.writers.docx import write_docx
from tests.docx_lint import RULES, lint
from tests.house import HOUSE
from tests.writers.sample_document import SAMPLE

DOCUMENT, SETTINGS, CORE = "word/document.xml", "word/settings.xml", "docProps/core.xml"
LONG_TAG = '<w:tag w:val="' + 65 * "t" + '"/>'
CONTROL = '<w:sdt><w:sdtPr>{}<w:id w:val="7"/></w:sdtPr><w:sdtContent/></w:sdt>'
DRAWING = (
    '<w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:inline><wp:docPr id="1" name="Figure 1"/></wp:inline></w:drawing></w:r></w:p>'
)

# The rule, and the fault: in this part, what matches becomes something else, once.
FAULTS = (
    ("bookmark_names_are_unique", DOCUMENT, '"_Note_2"', '"_Note_1"'),
    ("bookmarks_begin_and_end", DOCUMENT, "<w:bookmarkEnd [^>]*>", ""),
    ("bookmarks_begin_and_end", DOCUMENT, "(<w:bookmarkStart [^>]*>)(.*?)(<w:bookmarkEnd [^>]*>)", r"\3\2\1"),
    ("bookmark_names_are_short", DOCUMENT, '"_Note_2"', f'"_Note_{"2" * 40}"'),
    ("paragraph_ids_are_unique", DOCUMENT, r'(paraId="\w+")(.*?)paraId="\w+"', r"\1\2\1"),
    ("notes_are_marked_once", DOCUMENT, 'footnoteReference w:id="2"', 'footnoteReference w:id="1"'),
    ("control_ids_are_unique", DOCUMENT, "<w:body>", f"<w:body>{CONTROL.format('') * 2}"),
    ("control_tags_are_short", DOCUMENT, "<w:body>", f"<w:body>{CONTROL.format(LONG_TAG)}"),
    ("styles_exist", DOCUMENT, '"BottomLine"', '"TopLine"'),
    ("styles_exist", DOCUMENT, '<w:pStyle w:val="Title"/>', '<w:pStyle w:val="Strong"/>'),
    ("lists_exist", DOCUMENT, '<w:numId w:val="[1-9]', '<w:numId w:val="99'),
    ("lists_exist", "word/styles.xml", '<w:numId w:val="[1-9]', '<w:numId w:val="99'),
    ("links_lead_somewhere", DOCUMENT, 'w:anchor="_to_', 'w:anchor="_to_nowhere'),
    ("links_lead_somewhere", DOCUMENT, "NOTEREF _Note_1", "NOTEREF _Note_9"),
    ("links_lead_to_the_web", "word/_rels/document.xml.rels", "https://gazette.example/", "file:///etc/"),
    ("links_lead_to_the_web", "word/_rels/document.xml.rels", "relationships/hyperlink", "relationships/image"),
    ("fields_are_closed", DOCUMENT, '<w:fldChar w:fldCharType="end"/>', ""),
    ("fields_are_harmless", DOCUMENT, " NOTEREF ", " DDEAUTO "),
    ("marks_show_the_right_number", DOCUMENT, r"(NOTEREF _Note_1 .*?<w:t>)1(</w:t>)", r"\g<1>2\2"),
    ("nothing_asks_to_update", SETTINGS, "<w:compat>", '<w:updateFields w:val="true"/><w:compat>'),
    ("nothing_asks_to_update", DOCUMENT, 'w:fldCharType="begin"', 'w:fldCharType="begin" w:dirty="1"'),
    ("cells_end_in_a_paragraph", DOCUMENT, "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>"),
    ("rows_fill_the_grid", DOCUMENT, "<w:tc>.*?</w:tc>", ""),
    ("columns_are_as_wide_as_cells", DOCUMENT, r'<w:tcW w:w="\d+"', '<w:tcW w:w="7"'),
    ("merged_cells_begin", DOCUMENT, r"(<w:tcW [^>]*>)", r"\1<w:vMerge/>"),
    ("tables_have_a_head_and_a_title", DOCUMENT, "<w:tblHeader/>", ""),
    ("tables_have_a_head_and_a_title", DOCUMENT, "<w:tblCaption [^>]*>", ""),
    ("tables_are_apart", DOCUMENT, "</w:tbl><w:p .*?</w:p>", "</w:tbl><w:tbl/>"),
    ("sections_name_header_and_footer", DOCUMENT, "<w:footerReference [^>]*>", ""),
    ("sections_name_header_and_footer", DOCUMENT, "<w:sectPr>(?!.*<w:sectPr>).*</w:sectPr>", ""),
    ("deletions_are_tracked", DOCUMENT, "<w:t>Fog.</w:t>", "<w:delText>Fog.</w:delText>"),
    ("headings_go_down_one_by_one", DOCUMENT, '"Heading1"', '"Heading2"'),
    ("pictures_say_what_they_show", DOCUMENT, "</w:p>", DRAWING),
    ("the_file_names_itself", CORE, "<dc:title>[^<]*", "<dc:title>"),
    ("the_file_names_itself", CORE, "<dc:language>[^<]*", "<dc:language>"),
    ("the_file_names_itself", CORE, "Harbour desk", "python-docx"),
    ("word_is_not_in_compatibility_mode", SETTINGS, 'w:val="15"', 'w:val="14"'),
)


@pytest.fixture(scope="module")
def good() -> dict[str, bytes]:
    return read_package(write_docx(SAMPLE, HOUSE))


def test_a_good_file_has_no_fault(good: dict[str, bytes]) -> None:
    assert lint(write_package(good)) == []


@pytest.mark.parametrize(("rule", "part", "found", "instead"), FAULTS)
def test_finds(good: dict[str, bytes], rule: str, part: str, found: str, instead: str) -> None:
    damaged, count = re.subn(found, instead, good[part].decode(), count=1, flags=re.DOTALL)
    assert count == 1
    faults = lint(write_package({**good, part: damaged.encode()}))
    assert rule in {fault.partition(":")[0] for fault in faults}


def test_every_rule_has_a_fault_of_its_own() -> None:
    assert {rule.__name__ for rule in RULES} == {rule for rule, *_ in FAULTS}

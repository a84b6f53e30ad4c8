"""A framework leaves as Word, Excel, JSON, Markdown and a page of its own, all saying the same, and nothing in it becomes a formula or markup."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from assistant.assistant import Assistant
from assistant.instruments.literature import Literature
from assistant.instruments.outcomes.reading import example_framework, framework_from, parse_framework
from assistant.instruments.outcomes.review import FrameworkReview, review_framework
from ui.export_framework_docx import framework_docx
from ui.export_framework_html import framework_html
from ui.export_framework_json import framework_json
from ui.export_framework_markdown import framework_markdown
from ui.export_framework_xlsx import framework_xlsx
from ui.framework_report import cited_in, report_blocks

HOSTILE = '=HYPERLINK("http://x","y") <script>alert(1)</script> | **b** [l](javascript:x) \x07'


@pytest.fixture(scope="module")
def heating(packaged: Assistant) -> FrameworkReview:
    return review_framework(example_framework("home-heating"), Literature(packaged.library))


@pytest.fixture(scope="module")
def hostile(packaged: Assistant) -> FrameworkReview:
    data = {
        "title": HOSTILE,
        "mission": {"goal": HOSTILE},
        "outcomes": [{"id": "o", "statement": HOSTILE, "indicators": [{"id": "i", "name": HOSTILE, "horizon": "long_term"}]}],
        "notes": [HOSTILE],
    }
    return review_framework(framework_from(data), Literature(packaged.library))


def docx_text(content: bytes) -> str:
    from docx import Document

    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def xlsx_cells(content: bytes) -> list[tuple[str, object, str]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    return [
        (sheet.title, cell.value, cell.data_type)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def test_json_reads_back_as_the_same_framework(heating: FrameworkReview, hostile: FrameworkReview) -> None:
    for review in (heating, hostile):
        assert parse_framework(framework_json(review).decode()) == review.framework


def test_word_excel_markdown_and_the_page_hold_every_measure_finding_and_quote(heating: FrameworkReview) -> None:
    word, page = docx_text(framework_docx(heating)), framework_html(heating)
    cells = {str(value) for _, value, _ in xlsx_cells(framework_xlsx(heating))}
    marked = framework_markdown(heating)
    for measure in heating.framework.measures():
        assert measure.name in word
        assert measure.name in cells
        assert measure.id in cells
        assert re.escape(measure.name).replace("\\ ", " ")[:20].replace("\\", "") in marked.replace("\\", "")
        assert measure.name.replace("'", "&#x27;") in page
    for citation in cited_in(heating):
        assert f"[{citation.n}] “{citation.quote}”" in word
        assert citation.quote in cells
    for finding in heating.findings:
        assert finding.text in cells
        assert finding.explained
        assert finding.explained in word


def test_numbers_in_the_text_all_stand_in_the_evidence(heating: FrameworkReview) -> None:
    known = {citation.n for citation in cited_in(heating)}
    assert known == set(range(1, len(known) + 1))
    used = set()
    for block in report_blocks(heating):
        if block.heading != "Evidence":
            words = " ".join([*block.paragraphs, *block.items, *(cell for row in block.rows for cell in row)])
            used |= {int(n) for n in re.findall(r"\[(\d+)\]", words)}
    assert used == known


def test_figures_are_numbers_in_the_workbook(heating: FrameworkReview) -> None:
    numbers = {value for sheet, value, kind in xlsx_cells(framework_xlsx(heating)) if sheet == "Measures" and kind == "n"}
    assert {98000, 450000, 11600, 9062, 40} <= numbers


def test_nothing_becomes_a_formula_a_script_or_a_link(hostile: FrameworkReview) -> None:
    cells = xlsx_cells(framework_xlsx(hostile))
    assert [value for _, value, kind in cells if kind == "f"] == []
    assert any(str(value).startswith("=HYPERLINK") for _, value, _ in cells)
    assert "<script" not in framework_html(hostile)
    marked = framework_markdown(hostile)
    assert re.findall(r"(?<!\\)<script|(?<!\\)\]\(", marked) == []
    assert "=HYPERLINK" in docx_text(framework_docx(hostile))
    names = zipfile.ZipFile(io.BytesIO(framework_docx(hostile))).namelist()
    assert not [name for name in names if "vba" in name.casefold()]


def test_the_page_stands_alone_for_screen_phone_and_print(heating: FrameworkReview) -> None:
    page = framework_html(heating)
    assert page.startswith("<!doctype html>")
    assert 'lang="en-GB"' in page
    assert len(re.findall(r"<h1>", page)) == 1
    assert page.count("<svg") == 4
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "@media print" in page
    assert not re.findall(r'(?:src|href)="', page), "nothing is fetched from elsewhere"


def test_the_first_row_of_a_word_table_is_its_heading(heating: FrameworkReview) -> None:
    document = zipfile.ZipFile(io.BytesIO(framework_docx(heating))).read("word/document.xml").decode()
    assert document.count("<w:tblHeader/>") == document.count("<w:tbl>") > 3

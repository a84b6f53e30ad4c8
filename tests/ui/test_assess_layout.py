"""An assessment as a Word and a PDF file: all that stands in the document, every number in the table of evidence, readable by everyone."""

from __future__ import annotations

import io
import re

import docx
import pypdfium2
import pytest
from assessments import HOSTILE, answers, litmus, maturity

from assistant.assistant import Assistant
from assistant.instruments.assessment import Assessment
from ui.assess_document import AssessDocument, assessment_document
from ui.assess_layout import EVIDENCE
from ui.assess_output import content_of
from ui.export_docx_check import accessibility_problems

DAY = "2026-11-27"


@pytest.fixture(params=["litmus", "maturity"])
def made(request: pytest.FixtureRequest, packaged: Assistant) -> Assessment:
    if request.param == "litmus":
        return litmus(packaged, subject=HOSTILE)
    return maturity(packaged, answers("Ada", 2, 3, 1), answers("Bea", 3, 3, 4))


def word_text(content: bytes) -> str:
    word = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def headings(document: AssessDocument) -> list[str]:
    return [part.heading for part in document.parts]


def test_the_word_file_holds_every_part_and_is_readable_by_everyone(made: Assessment) -> None:
    document = assessment_document(made)
    content = content_of(document, ".docx", date=DAY)
    text = word_text(content)
    assert [heading for heading in headings(document) if heading not in text] == []
    assert made.result.headline in text
    assert (made.subject or "") in text
    assert accessibility_problems(content) == []
    assert content == content_of(document, ".docx", date=DAY)


def test_every_number_of_the_word_file_stands_in_its_table_of_evidence_with_the_exact_quote(made: Assessment) -> None:
    document = assessment_document(made)
    word = docx.Document(io.BytesIO(content_of(document, ".docx", date=DAY)))
    rows = {row.cells[0].text: row.cells[1].text for row in word.tables[-1].rows[1:]}
    assert rows == {f"[{each.n}]": f"“{each.quote}”" for each in document.sources}
    said = {number for paragraph in word.paragraphs for number in re.findall(r"\[\d+\]", paragraph.text)}
    assert said
    assert said <= set(rows)


def test_the_pdf_says_the_same(made: Assessment) -> None:
    document = assessment_document(made)
    pages = pypdfium2.PdfDocument(content_of(document, ".pdf", date=DAY))
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    assert made.title in text
    assert EVIDENCE in text
    assert all(f"[{each.n}]" in text for each in document.sources)

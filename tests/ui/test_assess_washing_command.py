"""`adviser assess washing` as a person runs it: a PDF with pages, JSON, a file to send on, and what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from documents import write_pdf

from ui.cli import main

PAGES = (
    "We aspire to be the most innovative county in the country.",
    "All measures will be financed within existing budgets.",
)


@pytest.fixture
def strategy(tmp_path: Path) -> Path:
    path = tmp_path / "strategy.pdf"
    write_pdf(path, pages=PAGES)
    return path


def test_the_marks_of_a_pdf_quote_it_at_its_page(packaged_home: Path, strategy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "washing", str(strategy), "--year", "2026", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    marks = {mark["criterion"]: mark for mark in found["marks"]}
    assert marks["no_budget_shift"]["mark"] == "present"
    assert [(q["text"], q["page"]) for q in marks["no_budget_shift"]["quotes"]] == [(PAGES[1], 2)]
    assert marks["no_dated_goal"]["quotes"][0]["page"] == 1
    assert found["answers"]["now"] == 2026
    assert found["receipt"]["documents"]["strategy.pdf"] == found["answers"]["sha256"]


def test_the_result_is_written_with_its_quotes_and_the_literature(packaged_home: Path, strategy: Path, tmp_path: Path) -> None:
    assert main(["assess", "washing", str(strategy), "--about", "Our county plan", "--out", str(tmp_path / "w.md")]) == 0
    text = (tmp_path / "w.md").read_text("utf-8")
    assert "Our county plan" in text
    assert f"> {PAGES[1]}" in text
    assert "What would change this mark" in text
    assert "What the library says" in text


@pytest.mark.parametrize("name", ["missing.pdf", "broken.docx"])
def test_a_file_that_cannot_be_read_is_one_line_and_bad_input(
    packaged_home: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 nothing of the kind")
    assert main(["assess", "washing", str(tmp_path / name)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert name in said.err
    assert said.err.count("\n") == 1

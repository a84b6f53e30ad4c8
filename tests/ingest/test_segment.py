"""Passages: whole sentences under their heading, footnotes apart, and a place that a reader can look up for every quote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from assistant.nouns import Passage
from assistant.settings import Settings
from ingest.document import Block, Break, Document
from ingest.extract.xlsx import extract as extract_xlsx
from ingest.run import ingest_files
from ingest.segment import TARGET, cut, segment
from ingest.workshop import open_workshop


def passages(blocks: Sequence[Block]) -> tuple[Passage, ...]:
    made = segment(Document("text", blocks), source_id="s", source_hash="h")
    for passage in made.passages:
        assert made.text[passage.start : passage.end] == passage.text
        assert all(0 < each.offset < len(passage.text) for each in passage.page_breaks)
    return made.passages


def label_of(found: Sequence[Passage], words: str) -> str | None:
    holding = next(p for p in found if words in p.text)
    return holding.locator_at(holding.text.index(words)).label


def test_a_quote_from_any_row_of_a_table_is_found_at_its_own_row() -> None:
    rows = [Block(f"Town: Hoy {n}; Boats: {n * 3}.", "table_row", label=f"sheet Boats, row {n}") for n in range(2, 12)]
    found = passages([Block("Boats", "heading", 1, label="sheet Boats"), *rows])
    assert len(found) == 1
    assert found[0].locator.label == "sheet Boats"
    assert [label_of(found, f"Hoy {n};") for n in (2, 7, 11)] == [
        "sheet Boats, row 2",
        "sheet Boats, row 7",
        "sheet Boats, row 11",
    ]


def test_a_quote_from_a_slide_says_which_and_whether_it_stands_in_the_notes() -> None:
    blocks = [
        Block("The pier was widened.", breaks=(Break(0, 3),), label="slide 3"),
        Block("Say who paid for it.", breaks=(Break(0, 3),), label="slide 3, notes"),
        Block("The ferry runs hourly.", breaks=(Break(0, 4),), label="slide 4"),
    ]
    found = passages(blocks)
    assert [label_of(found, w) for w in ("pier", "Say who", "ferry")] == ["slide 3", "slide 3, notes", "slide 4"]
    assert found[0].locator_at(found[0].text.index("ferry")).page == 4


def test_a_page_locator_is_not_carried_into_text_that_has_no_page() -> None:
    found = passages([Block("On page two.", breaks=(Break(0, 2, "ii"),)), Block("From nowhere in particular.")])
    assert [found[0].locator_at(found[0].text.index(w)).page for w in ("page two", "nowhere")] == [2, None]


def test_a_footnote_never_stands_between_two_sentences_of_the_body() -> None:
    first = "The council lit the reef in 1999. " + "It kept the lamps trimmed. " * 5
    blocks = [
        Block("The reef", "heading", 1),
        Block(first.strip()),
        Block("12 Council minutes, 4 May 1999, p. 7.", "footnote"),
        Block("The lamps were then sold."),
        Block("The keeper", "heading", 1),
        Block("She left in 2001."),
    ]
    found = passages(blocks)
    body = [p for p in found if p.section == "body"]
    notes = [p for p in found if p.section == "footnote"]
    assert [p.text for p in notes] == ["12 Council minutes, 4 May 1999, p. 7."]
    assert body[0].text.endswith("trimmed.\nThe lamps were then sold.")
    assert notes[0].locator.heading == ["The reef"]
    assert [p.ordinal for p in found] == list(range(len(found)))
    assert found.index(notes[0]) < next(i for i, p in enumerate(found) if p.text.startswith("The keeper"))


def test_footnotes_stay_near_the_passage_they_belong_to() -> None:
    paragraphs = [Block(f"Paragraph {n} says this. " + "It goes on about boats. " * 20) for n in range(6)]
    blocks = [part for n, p in enumerate(paragraphs) for part in (p, Block(f"{n} Note of paragraph {n}.", "footnote"))]
    found = passages(blocks)
    for n in range(6):
        at = next(i for i, p in enumerate(found) if f"Note of paragraph {n}." in p.text)
        home = next(i for i, p in enumerate(found) if f"Paragraph {n} says" in p.text)
        assert 0 < at - home <= 2
    assert all(len(p.text) <= 2 * TARGET for p in found)


def test_rows_of_a_real_workbook_keep_sheet_and_row_through_the_library(tmp_path: Path, own_settings: Settings) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Costs"
    for row in (("Harbour", "Cost"), ("Stromness", 120), ("Kirkwall", 340), ("Lyness", 77)):
        sheet.append(row)
    book.save(tmp_path / "costs.xlsx")
    assert extract_xlsx((tmp_path / "costs.xlsx").read_bytes()).format == "xlsx"
    assert [f.status for f in ingest_files(own_settings, [tmp_path / "costs.xlsx"]).files] == ["added"]
    found = open_workshop(own_settings).library.passages_of("costs")
    assert label_of(found, "Kirkwall") == "sheet Costs, row 3"


@pytest.mark.parametrize("blocks", [[], [Block("  ")], [Block("3 Only a note.", "footnote")]])
def test_a_document_of_nothing_much_is_cut_without_complaint(blocks: list[Block]) -> None:
    assert len(passages(blocks)) == sum(bool(b.text.strip()) for b in blocks)


def test_the_plain_values_of_a_passage_are_the_fields_of_the_noun_it_becomes() -> None:
    blocks = [
        Block("Boats", "heading", 1, breaks=(Break(0, 3, "iii"),)),
        Block("The pier was widened. " * 60, breaks=(Break(0, 3, "iii"), Break(700, 4))),
        Block("1 By hand.", "footnote", breaks=(Break(0, 4),)),
    ]
    made = cut(Document("text", blocks), source_id="s", source_hash="h", evidence_type="unknown")
    nouns = passages(blocks)
    assert len(nouns) > 2
    assert json.loads(json.dumps(made.passages)) == [each.model_dump(mode="json", exclude_unset=True) for each in nouns]
    assert all(set(each) <= set(Passage.model_fields) for each in made.passages)

"""Rows of a table as sentences."""

from __future__ import annotations

import pytest

from ingest.extract.rows import Row, row_blocks


def read(*rows: list[str]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in row_blocks([Row(row) for row in rows])]


def test_the_first_row_of_words_gives_the_heads() -> None:
    assert read(["Lamp", "Lit"], ["North", "1871"]) == [("table_row", "Lamp: North; Lit: 1871.")]


def test_years_may_be_heads_but_other_figures_may_not() -> None:
    assert read(["Lamp", "2019", "2020"], ["North", "4", "5"]) == [("table_row", "Lamp: North; 2019: 4; 2020: 5.")]
    assert read(["North", "14"], ["South", "9"]) == [("table_row", "North; 14."), ("table_row", "South; 9.")]


def test_empty_cells_are_left_out_and_a_row_of_one_cell_is_a_line_of_its_own() -> None:
    assert read(["Costs", "", ""], ["Lamp", "Lit", "Oil"], ["North", "", "whale"]) == [
        ("paragraph", "Costs"),
        ("table_row", "Lamp: North; Oil: whale."),
    ]


@pytest.mark.parametrize("last", ["lit!", "lit?", "lit."])
def test_a_sentence_ends_once(last: str) -> None:
    assert read(["Lamp", "State"], ["North", last])[0][1] == f"Lamp: North; State: {last}"

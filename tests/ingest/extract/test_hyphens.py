"""Words broken at a line's end."""

from __future__ import annotations

import pytest

from ingest.extract.hyphens import Hyphens
from ingest.extract.ligatures import lost_ligatures, mend


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("an imple-", "mentation plan", "an implementation plan"),
        ("a mission-", "driven plan", "a mission-driven plan"),
        ("a soft\u00ad", "ware plan", "a software plan"),
        ("the 2019-", "2020 plan", "the 2019-2020 plan"),
        ("a state-of-", "the-art plan", "a state-of-the-art plan"),
        ("govern-", "ment", "government"),
    ],
)
def test_a_word_that_the_document_has_nowhere_else_is_judged_by_its_halves(before: str, after: str, joined: str) -> None:
    assert Hyphens([]).join(before, after) == joined


def test_the_document_decides_where_it_has_the_word() -> None:
    assert Hyphens(["we co-operate here"]).join("they co-", "operate") == "they co-operate"
    assert Hyphens(["we cooperate here"]).join("they co-", "operate") == "they cooperate"


def test_ligatures_are_spelt_out_only_in_a_document_that_has_plainly_lost_them() -> None:
    broken = "Te ofce has a specifc beneft for frst eforts; staf fnd defned fles, and ofcial afairs are efective for Tese frms "
    words = lost_ligatures([broken] * 4)
    assert mend("Te specifc beneft", words) == "The specific benefit"
    assert lost_ligatures(["The office has a specific benefit for first efforts; staf fnd"] * 40) == {}

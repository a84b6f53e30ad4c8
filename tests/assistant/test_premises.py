"""A figure that the question takes for granted is held against the statement quoted."""

from __future__ import annotations

from assistant.premises import premise_notes

FELL = "England's under-18 conception rate fell by 51 per cent between 1998 and 2014."


def test_another_share_for_the_same_thing_is_said() -> None:
    notes = premise_notes("Why did England's under-18 conception rate fall by 80 per cent by 2014?", [FELL])
    assert notes == ["The question says “80 per cent”. The library says “51 per cent”."]


def test_the_same_share_in_other_words_is_no_contradiction() -> None:
    assert premise_notes("Did England's under-18 conception rate really fall by 51%?", [FELL]) == []


def test_a_share_of_something_else_is_not_held_against_it() -> None:
    assert premise_notes("Why are 80 per cent of buses in Leeds late?", [FELL]) == []


def test_nothing_is_said_where_nothing_is_answered() -> None:
    assert premise_notes("Why did it fall by 80 per cent?", []) == []

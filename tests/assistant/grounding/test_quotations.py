"""Quotations: words in quotation marks that stand nowhere are seen;

apostrophes and titles of the trade are not mistaken for them.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.grounding.quotations import missing_quotations, quoted

SPAN = "The minister said that the mission’s “delivery engine” was a workers' project, not a 'talking shop'."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He called it “a great thing”.", ["a great thing"]),
        ('He called it "a great thing".', ["a great thing"]),
        ("He called it ‘a great thing’.", ["a great thing"]),
        ("He called it 'a great thing'.", ["a great thing"]),
        ("Er nannte es „ein Ding“.", ["ein Ding"]),
        ("Il a dit «une chose».", ["une chose"]),
        ("He said “the ‘best’ thing”.", ["the ‘best’ thing", "best"]),
        ("He said 'the workers' best thing'.", ["the workers' best thing"]),
        ("He said ‘it’s the best’ and left.", ["it’s the best"]),
        ("One “word” counts.", ["word"]),
        ("He said “it never ended.", ["it never ended."]),
    ],
)
def test_quoted_words_are_found(text: str, found: list[str]) -> None:
    assert quoted(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The workers' and owners' rights.",
        "It’s the council’s.",
        "The ’90s and '80s were good.",
        "Rock and roll's best.",
        'A 5" pipe.',
    ],
)
def test_apostrophes_quote_nothing(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    "claim",
    [
        "It was a “delivery engine”.",
        'It was a "delivery engine".',
        "It was a ‘delivery engine’",
        'It was a "Delivery Engine."',
        "He said “the mission's ‘delivery engine’ was a workers' project”.",
    ],
)
def test_words_that_stand_in_the_span_may_be_quoted(claim: str) -> None:
    assert missing_quotations(claim, [SPAN]) == []


@pytest.mark.parametrize(
    "claim",
    [
        "It was a “delivery machine”.",
        "It was an “engine room”.",
        "It was ‘transformational’.",
        "It was a 'living project'.",
        "It was “art”.",
    ],
)
def test_words_that_stand_nowhere_may_not(claim: str) -> None:
    assert missing_quotations(claim, [SPAN + " The party started."])


def test_a_quotation_must_stand_in_one_span() -> None:
    assert missing_quotations("“one two three four”", ["zero one two", "three four five"])


def test_parts_between_ellipses_stand_in_order() -> None:
    assert not missing_quotations("“The minister said … a workers’ project”", [SPAN])
    assert missing_quotations("“a workers’ project … The minister said”", [SPAN])


@given(st.text(max_size=80))
def test_a_text_holds_its_own_quotations(text: str) -> None:
    assert missing_quotations(text, [text]) == []

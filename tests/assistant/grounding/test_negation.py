"""Negation: a dropped or added denial is seen however it is written; one that stands in both is not held against a claim."""

from __future__ import annotations

import pytest

from assistant.grounding.gate import check, negation_problems
from assistant.grounding.negation import affirmed_words, denied_words, has_negation

FLIPPED = [
    ("The pilot reduced homelessness.", "The pilot did not reduce homelessness."),
    ("The pilot did not reduce homelessness.", "The pilot reduced homelessness."),
    ("The pilot reduced homelessness.", "The pilot didn't reduce homelessness."),
    ("The pilot reduced homelessness.", "The pilot didn’t reduce homelessness."),
    ("The pilot reduced homelessness.", "The pilot never reduced homelessness."),
    ("The pilot reduced homelessness.", "The pilot failed to reduce homelessness."),
    ("The pilot failed to reduce homelessness.", "The pilot reduced homelessness."),
    ("The pilot reduced homelessness.", "The pilot was unable to reduce homelessness."),
    ("The pilot reduced homelessness.", "The pilot has yet to reduce homelessness."),
    ("The pilot reduced homelessness.", "The pilot did not, in the view of most people in the four areas, reduce homelessness."),
    ("The pilot reduced homelessness.", "The pilot did not lead to any statistically significant fall in reduced homelessness."),
    ("The scheme is open.", "The scheme is no longer open."),
    ("The scheme is no longer open.", "The scheme is open."),
    ("Councils met the target.", "No councils met the target."),
    ("Councils met the target.", "None of the councils met the target."),
    ("Councils met the target.", "Neither councils nor charities met the target."),
    ("Charities met the target.", "Neither councils nor charities met the target."),
    ("The scheme cut costs and waiting times.", "The scheme did not cut costs or waiting times."),
    ("The scheme cut waiting times.", "The scheme did not cut costs or waiting times."),
    ("Hospitals and homes were built.", "No schools, hospitals or homes were built."),
    ("The scheme worked with evaluation.", "The scheme worked without evaluation."),
    ("The scheme worked without evaluation.", "The scheme worked with evaluation."),
    ("The scheme cut crime.", "There is no evidence that the scheme cut crime."),
    ("The scheme cut crime.", "It is not clear that the scheme cut crime."),
    ("It was without success.", "It was not without success."),
    ("The target was met in 2005.", "The target was met in 2001. The target was not met in 2005."),
    ("The mission was unsuccessful.", "The mission was successful."),
    ("The mission was successful.", "The mission was unsuccessful."),
    ("The mission was effective.", "The mission was ineffective."),
    ("Nobody joined the network.", "Everybody joined the network."),
    ("The plan cannot be delivered.", "The plan can be delivered."),
    ("The plan can be delivered.", "The plan can't be delivered."),
    ("THE PILOT REDUCED HOMELESSNESS.", "THE PILOT DID NOT REDUCE HOMELESSNESS."),
]  # fmt: skip

KEPT = [
    ("The pilot did not reduce homelessness.", "The pilot didn't reduce homelessness."),
    ("The pilot failed to reduce homelessness.", "The pilot did not reduce homelessness."),
    ("The pilot did not succeed.", "The pilot failed."),
    ("The council missed its target.", "The council did not meet its target."),
    ("The mission was unsuccessful.", "The mission was not successful."),
    ("The scheme cut costs.", "The scheme not only cut costs but raised quality."),
    ("The scheme not only cut costs but raised quality.", "The scheme cut costs and raised quality."),
    ("The scheme cut costs.", "The scheme cut costs but did not raise quality."),
    ("The scheme cut costs.", "The scheme cut costs, and no jobs were lost."),
    ("It took no more than three years.", "It took three years."),
    ("It was a not-for-profit body.", "It was a non-profit body."),
    ("It had success.", "It was not without success."),
    ("It delivered the homes.", "It did not fail to deliver the homes."),
    ("No. 10 agreed.", "No. 10 agreed."),
    ("Whether or not it works, it is cheap.", "It is cheap whether it works."),
    ("Work began in 2015.", "Work was not begun until 2015."),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "span"), FLIPPED)
def test_a_dropped_or_added_denial_is_seen(claim: str, span: str) -> None:
    assert negation_problems(claim, [span])


@pytest.mark.parametrize(("claim", "span"), KEPT)
def test_a_denial_that_is_kept_is_not_a_fault(claim: str, span: str) -> None:
    assert negation_problems(claim, [span]) == []


def test_a_denial_reaches_its_clause_and_no_further() -> None:
    text = "It did not cut costs, but it raised quality."
    assert {"cut", "costs"} <= denied_words(text) | {"costs"}
    assert "raised" not in denied_words(text)
    assert affirmed_words(text)


def test_a_claim_that_denies_what_no_span_denies_is_stopped() -> None:
    assert check("It never helped anyone.", ["It was praised."])


@pytest.mark.parametrize(
    "text", ["It did not work.", "It doesn't work.", "Nothing worked.", "It worked without them.", "It is no longer there."]
)
def test_denials_are_recognised(text: str) -> None:
    assert has_negation(text)


@pytest.mark.parametrize(
    "text", ["Not only that.", "No. 5 is open.", "No doubt it works.", "A note on notable nodes.", "No fewer than 40 joined."]
)
def test_what_only_looks_like_a_denial_is_none(text: str) -> None:
    assert not has_negation(text)

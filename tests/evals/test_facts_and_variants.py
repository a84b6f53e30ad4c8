"""Facts are found whatever the typography and never inside a longer number; variants are the same every time."""

from __future__ import annotations

import pytest

from evals.facts import share_shown, shows
from evals.ranking import measure
from evals.variants import VARIANTS

QUESTION = "How much did the Finnish programme save each council, and who measured the savings?"


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("9 per cent", "Pay rose 9% in a year.", True),
        ("9 per cent", "Pay rose 19 per cent.", False),
        ("377", "It rose by 377 people.", True),
        ("377", "It rose to 3,377 people.", False),
        ("377", "It rose to 377.5 people.", False),
        ("gave up", "The city GAVE UP its goal.", True),
        ("payment-by-results", "Councils had payment‑by‑results.", True),
        ("five of seven", "Four of seven agreed.", False),
    ],
)
def test_a_wording_is_shown_or_not(wording: str, text: str, *, found: bool) -> None:
    assert shows([wording], text) is found


def test_one_of_a_facts_wordings_is_enough_and_every_fact_counts() -> None:
    assert share_shown([["51 per cent", "51%"], ["2014"]], "It fell 51% by 2014.") == 1.0
    assert share_shown([["51 per cent"], ["2014"]], "It fell 51% by 2012.") == 0.5
    assert share_shown([], "anything") == 0.0


@pytest.mark.parametrize("name", sorted(VARIANTS))
def test_a_variant_differs_and_is_the_same_every_time(name: str) -> None:
    first, second = VARIANTS[name](QUESTION, seed="a"), VARIANTS[name](QUESTION, seed="a")
    assert first == second != QUESTION


def test_typing_slips_stay_inside_words_and_keep_their_number() -> None:
    slipped = VARIANTS["typos"](QUESTION, seed="a")
    changed = [(a, b) for a, b in zip(QUESTION.split(), slipped.split(), strict=True) if a != b]
    assert 1 <= len(changed) <= 2
    assert all(a[0] == b[0] for a, b in changed)


def test_ranking_measures_are_the_librarys_and_nothing_found_is_nought() -> None:
    relevant = {"q1": {"a": 1}, "q2": {"b": 1, "c": 1}, "q3": {"z": 1}}
    values = measure(relevant, {"q1": ["x", "a"], "q2": ["b", "x", "y", "w", "v", "c"], "q3": []})
    assert values["RR"] == {"q1": 0.5, "q2": 1.0, "q3": 0.0}
    assert values["Success@5"] == {"q1": 1.0, "q2": 1.0, "q3": 0.0}
    assert values["R@5"] == {"q1": 1.0, "q2": 0.5, "q3": 0.0}
    assert values["nDCG@10"]["q1"] == pytest.approx(0.63093, abs=1e-5)

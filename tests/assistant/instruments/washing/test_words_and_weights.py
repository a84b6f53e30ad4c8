"""The words of the tells: phrases find what they say, the fitted weights are those of the examples that ship, the extracts keep their promise."""

from __future__ import annotations

import json

import numpy as np
import pytest

from assistant.index.embedder import Embedder
from assistant.instruments.washing.meaning import WEIGHTS, outputs, weights
from assistant.instruments.washing.patterns import Phrases, read
from assistant.instruments.washing.spec import washing_signs, washing_spec
from evals.fit_washing import digest, fit, text_of_examples
from evals.strategies import read_extracts, read_strategies, strategy_document


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return Phrases(washing_signs())


def test_figures_are_marked_by_their_kind() -> None:
    marked = read("By 2031 we move £3 million and halve the 85 per cent within two years.").marked
    assert marked == "by #date we move #money and #share the #share within #span."


@pytest.mark.parametrize(
    ("sentence", "tell", "side"),
    [
        ("We moved £3 million from roads to nurses.", "no_budget_shift", "strong"),
        ("The work is met from existing resources.", "no_budget_shift", "weak"),
        ("If uptake stays low, the offer will be withdrawn.", "no_stop_rule", "strong"),
        ("All projects will go ahead regardless.", "no_stop_rule", "weak"),
        ("A steering group will oversee the work.", "no_owner_with_power", "weak"),
    ],
)
def test_a_phrase_is_found_where_it_stands(phrases: Phrases, sentence: str, tell: str, side: str) -> None:
    assert phrases.says(read(sentence), tell, side)  # type: ignore[arg-type]


def test_a_strength_that_is_denied_is_none(phrases: Phrases) -> None:
    assert phrases.says(read("Money is moved to the mission: £3 million."), "no_budget_shift", "strong")
    assert not phrases.says(read("There is no £3 million moved."), "no_budget_shift", "strong")


def test_every_tell_has_words_on_both_sides_and_a_place_in_the_rubric() -> None:
    signs, tells = washing_signs().tells, [tell.id for tell in washing_spec().tells]
    assert list(signs) == tells
    assert len(tells) == 12
    assert [tell for tell, words in signs.items() if not words.weak] == []


def test_the_weights_were_fitted_to_the_sentences_that_ship() -> None:
    with np.load(WEIGHTS) as stored:
        facts = json.loads(str(stored["facts"]))
    assert facts["learned_from"] == digest()
    embedder = Embedder(threads=1)
    assert facts["embedder"] == embedder.fingerprint
    sentences, marks = fit(embedder)
    assert np.abs(sentences - weights().sentences).max() < 1e-2  # processors round the vectors otherwise; up to 0.003 seen
    assert np.abs(marks - weights().marks).max() < 1e-2


def test_every_training_sentence_says_outputs_that_exist_and_none_is_held_out() -> None:
    held = " ".join(" ".join(strategy_document("heldout", case.id).text.lower().split()) for case in read_strategies("heldout"))
    known = set(outputs())
    for case in read_extracts():
        for sentence in case.sentences:
            assert set(sentence.says) <= known, (case.id, sentence.text)
            assert len(sentence.text.split()) < 6 or sentence.text.lower().rstrip(".") not in held, (case.id, sentence.text)


def test_the_extracts_are_as_many_and_as_long_as_promised() -> None:
    dev, heldout = read_strategies("dev"), read_strategies("heldout")
    assert len(dev) >= 14
    assert {kind: sum(case.kind == kind for case in heldout) for kind in ("genuine", "washed", "mixed")} == dict.fromkeys(
        ("genuine", "washed", "mixed"), 10
    )
    for name, cases in (("dev", dev), ("heldout", heldout)):
        for case in cases:
            assert case.kind == "worked" or 150 <= len(strategy_document(name, case.id).text.split()) <= 450, case.id
    assert all(case.second is not None for case in heldout)
    assert sum(case.kind == "worked" for case in heldout) == 2


def test_every_labelled_sentence_stands_in_its_extract() -> None:
    for name in ("dev", "heldout"):
        for case in read_strategies(name):
            text = " ".join(strategy_document(name, case.id).text.split())
            for labels in (case.first, case.second or {}, case.settled):
                for tell, label in labels.items():
                    assert label.mark == "cannot_tell" or " ".join(label.quote.split()) in text, (case.id, tell, label.quote)


def test_where_two_labels_differ_a_third_reading_says_why() -> None:
    tells = [tell.id for tell in washing_spec().tells]
    for case in read_strategies("heldout"):
        differ = {tell for tell in tells if case.given(tell).mark != case.given(tell, second=True).mark}
        assert differ == set(case.settled)
        assert all(label.why for label in case.settled.values())


def test_no_example_stands_in_a_held_out_extract() -> None:
    import yaml

    data = yaml.safe_load(text_of_examples())
    examples = [
        text for tell, sides in data.items() for text in (sides if tell == "other" else [*sides["weak"], *sides["strong"]])
    ]
    held = " ".join(" ".join(strategy_document("heldout", case.id).text.lower().split()) for case in read_strategies("heldout"))
    assert [text for text in examples if len(text.split()) > 5 and text.lower().rstrip(".") in held] == []

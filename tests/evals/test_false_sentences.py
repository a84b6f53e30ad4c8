"""Of the false sentences of the bench, the kinds that the rules name are never shown; most honest sentences are."""

from __future__ import annotations

from assistant.assistant import Assistant
from evals.bench.generative import HAND_MADE, PARAPHRASES, measure_false, measure_honest, read_reworded, statements

NEVER_SHOWN = {"figure", "year", "place", "body", "person", "invented quotation", "over-claim"}
LEAST_KEPT = 0.65  # measured 0.72; what falls short of 0.9 is told in the bench's output
MOST_SHOWN = 0.015  # of the changes made by rule; measured 0.010


def test_false_sentences_are_not_shown_and_honest_ones_are(packaged: Assistant) -> None:
    known = statements(packaged.library)
    cases = [case for case in read_reworded(PARAPHRASES) if case.of in known]
    assert len(cases) >= 300
    sample = cases[::3]
    false = measure_false(sample, [], known, packaged.embedder)
    assert sum(false.given.values()) >= 300
    assert {kind: false.shown[kind] for kind in NEVER_SHOWN} == dict.fromkeys(NEVER_SHOWN, 0)
    assert false.share <= MOST_SHOWN
    assert measure_honest(sample, known, packaged.embedder).share >= LEAST_KEPT


def test_every_sentence_of_the_bench_names_a_statement_of_the_library(packaged: Assistant) -> None:
    known = statements(packaged.library)
    assert [case.id for path in (PARAPHRASES, HAND_MADE) for case in read_reworded(path) if case.of not in known] == []

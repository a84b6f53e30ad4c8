"""Ranking in two steps: by features, then the best few read together with the question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.assistant import Assistant
from assistant.compose.candidates import Candidate, candidates
from assistant.compose.relevance import LEAST_UNLEARNED, READ, READ_BESIDE, WEIGHTS, Relevance, Search, rank
from assistant.retrieval.question import read_question

QUESTION = "What did Camden do about food during the first lockdown?"


class Favouring:
    """Reads pairs: certain that one statement answers, and that nothing else does."""

    def __init__(self, favoured: str = "") -> None:
        self.favoured = favoured
        self.read: list[tuple[str, str]] = []

    def log_odds(self, question: str, statements: Sequence[str]) -> np.ndarray:
        self.read += [(question, statement) for statement in statements]
        return np.array([8.0 if self.favoured and statement.endswith(self.favoured) else -8.0 for statement in statements])


def ranked(assistant: Assistant, reader: Favouring | None) -> list[Relevance]:
    question = read_question(QUESTION)
    retrieved = assistant.retriever.retrieve(question, k=40)
    return rank(Search(question, retrieved, candidates(retrieved.evidence)), words=assistant.words, reader=reader)


def test_only_the_best_are_read_each_under_its_title(packaged: Assistant) -> None:
    reader = Favouring()
    found = ranked(packaged, reader)
    assert len(found) > READ == len(reader.read)
    titles = {each.candidate.evidence.source.title.split()[0] for each in found}
    assert all(question == QUESTION and words.split()[0].rstrip(":") in titles for question, words in reader.read)


def test_what_the_reader_favours_comes_first_and_nothing_unread_overtakes_by_it(packaged: Assistant) -> None:
    plain = ranked(packaged, None)
    last_read = plain[READ - 1].candidate
    found = ranked(packaged, Favouring(last_read.text))
    assert found[0].candidate.text == last_read.text
    assert found[0].answers == 8.0
    assert {each.answers for each in found[1:]} == {-8.0}
    rest = [each.candidate.text for each in plain if each.candidate.text != last_read.text]
    assert [each.candidate.text for each in found[1:]] == rest


def test_sentences_of_other_documents_keep_their_chance_and_odds_against_them_have_a_floor(packaged: Assistant) -> None:
    question = read_question(QUESTION)
    retrieved = packaged.retriever.retrieve(question, k=40)
    found = candidates(retrieved.evidence)
    plain = rank(Search(question, retrieved, found), words=packaged.words)
    other = plain[0].candidate.evidence.passage.id  # as if the best were a sentence of a document of one's own
    mixed = [without_statement(each) if each.evidence.passage.id == other else each for each in found]
    ranked_ = rank(Search(question, retrieved, mixed), words=packaged.words, reader=Favouring())
    own = [each for each in ranked_ if each.candidate.evidence.passage.id == other]
    rest = [each for each in ranked_ if each not in own]
    assert own
    assert all(each.total == each.first and each.answers == LEAST_UNLEARNED for each in own)
    assert all(each.answers == -8.0 for each in rest)
    assert all(each.total != each.first for each in rest[:READ])


def without_statement(candidate: Candidate) -> Candidate:
    """The same sentence as if its source were no part of the packaged library."""
    passage = candidate.evidence.passage.model_copy(update={"statement": None})
    return replace(candidate, evidence=candidate.evidence.model_copy(update={"passage": passage}))


def test_without_a_reader_the_first_step_decides(packaged: Assistant) -> None:
    found = ranked(packaged, None)
    assert all(each.total == each.first and each.answers is None for each in found)


def test_the_weights_were_fitted_for_as_many_as_are_read() -> None:
    stored = json.loads(WEIGHTS.read_text("utf-8"))
    assert (stored["read"]["read"], stored["read_beside"]["read"]) == (READ, READ_BESIDE)

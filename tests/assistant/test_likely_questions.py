"""Likely questions: a question finds the statement that answers its like; what a source does not answer is known as such."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.retrieval.likely_questions import LikelyQuestions, write_likely_questions
from assistant.retrieval.question import read_question

PAIRS = [
    ("reef#result-1", "did the reef get better"),
    ("reef#result-1", "is the coral recovering"),
    ("reef#argues-1", "why plant coral"),
    ("reef#", "what did the reef cost"),
]


class Directions:
    """An embedder that gives each known text a direction of its own."""

    def __init__(self) -> None:
        self.known = {text: row for row, text in enumerate(sorted({q for _, q in PAIRS}))}

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return np.eye(8, dtype=np.float32)[[self.known[text] for text in texts]]


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    path = tmp_path / "questions.npz"
    assert write_likely_questions(path, PAIRS, Directions()) == len(PAIRS)
    return path


def test_a_statement_is_as_like_as_its_likest_question(shipped: Path) -> None:
    likeness = LikelyQuestions(shipped).likeness(Directions().embed(["is the coral recovering"])[0])
    assert likeness.of_statement("reef#result-1") == pytest.approx(1.0)
    assert likeness.of_statement("reef#argues-1") == pytest.approx(0.0)
    assert likeness.of_statement("reef#unknown-1") is None
    assert likeness.nearest(5, least=0.5) == [("reef#result-1", pytest.approx(1.0))]


def test_what_a_source_does_not_answer_is_no_statement(shipped: Path) -> None:
    likeness = LikelyQuestions(shipped).likeness(Directions().embed(["what did the reef cost"])[0])
    assert likeness.of_gap("reef") == pytest.approx(1.0)
    assert likeness.best_unanswered == pytest.approx(1.0)
    assert likeness.best_answered == pytest.approx(0.0)
    assert likeness.nearest(5, least=0.5) == []


def test_the_two_best_statements_tell_together_whether_anything_answers(shipped: Path) -> None:
    likeness = LikelyQuestions(shipped).likeness(Directions().embed(["why plant coral"])[0])
    assert likeness.best_answered == pytest.approx(0.5)


def test_without_a_file_nothing_is_known_and_nothing_fails(tmp_path: Path) -> None:
    likeness = LikelyQuestions(tmp_path / "none.npz").likeness(np.ones(3, dtype=np.float32))
    assert (likeness.best_answered, likeness.best_unanswered) == (0.0, 0.0)
    assert likeness.of_statement("reef#argues-1") is None
    assert likeness.nearest(3, least=0.0) == []


def test_the_packaged_library_finds_a_statement_by_a_question_it_is_likely_to_be_asked(packaged: Assistant) -> None:
    retrieved = packaged.retriever.retrieve(read_question("Is homelessness creeping back up in Finland? why"), k=5)
    assert retrieved.evidence[0].source.id == "finland-housing-first"
    assert retrieved.asked is not None
    assert retrieved.asked.of_statement("finland-housing-first#result-3") == pytest.approx(1.0, abs=0.02)

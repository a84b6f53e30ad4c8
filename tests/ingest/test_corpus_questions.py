"""The likely questions of a corpus are read, checked and refused with the file's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from ingest.corpus_questions import question_pairs, question_problems, read_questions


def write(folder: Path, text: str) -> None:
    (folder / "questions").mkdir()
    (folder / "questions" / "reef.yaml").write_text(text, encoding="utf-8")


def test_answered_and_unanswered_questions_become_pairs(tmp_path: Path) -> None:
    write(tmp_path, "answered:\n  argues-1:\n  - why plant coral\nunanswered:\n- what did the reef cost\n")
    assert question_pairs(read_questions(tmp_path)) == [("reef#argues-1", "why plant coral"), ("reef#", "what did the reef cost")]


def test_a_question_that_is_both_answered_and_not_is_a_problem_as_is_an_unknown_statement(tmp_path: Path) -> None:
    write(tmp_path, "answered:\n  argues-1: [why plant coral]\n  argues-9: [who planted coral]\nunanswered: [why plant coral]\n")
    problems = list(question_problems(read_questions(tmp_path), {"reef": {"argues-1"}}))
    assert problems == [
        "questions/reef.yaml: there is no statement 'argues-9'",
        "questions/reef.yaml: 'why plant coral' is said to be answered and not",
    ]
    assert list(question_problems(read_questions(tmp_path), {})) == ["questions/reef.yaml: there is no source 'reef'"]


def test_an_unknown_key_is_refused_with_the_file(tmp_path: Path) -> None:
    write(tmp_path, "asked: [why plant coral]\n")
    with pytest.raises(CorpusError, match=r"questions/reef\.yaml"):
        read_questions(tmp_path)


def test_a_corpus_without_questions_has_none(tmp_path: Path) -> None:
    assert read_questions(tmp_path) == {}

"""Likely questions as questions to learn from. Owns: halves of them, each to be asked of a library that knows only the other half.

Does not own: the questions (data), or what is learned. A question's text alone decides its half, so one that stands under two statements is
never both asked and known.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from assistant.retrieval.likely_questions import SHIPPED_NAME, LikelyQuestions
from assistant.retrieval.retrieve import Retriever
from evals.cross_rows import is_left_unread
from ingest.corpus_files import packaged_folder
from ingest.corpus_questions import question_pairs, read_questions

ANSWERED_SHARE, UNANSWERED_SHARE = 8, 4  # one in so many of each is asked, beside all that the cross-encoder has not learned from


def half_of(question: str) -> int:
    """0 or 1, by the question's text."""
    return hashlib.sha256(question.casefold().encode()).digest()[0] % 2


def questions_of(half: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(`source#statement`, question) for some answered questions of a half, and (`source#`, question) for some unanswered ones."""
    pairs = [pair for pair in _pairs() if half_of(pair[1]) == half]
    answered = _once(pair for pair in pairs if not pair[0].endswith("#"))
    lacking = _once(pair for pair in pairs if pair[0].endswith("#"))
    return _some(answered, ANSWERED_SHARE), _some(lacking, UNANSWERED_SHARE)


def _once(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """A question that stands under several statements once."""
    return list({pair[1]: pair for pair in pairs}.values())


def _some(pairs: list[tuple[str, str]], share: int) -> list[tuple[str, str]]:
    """One pair in `share`, and all whose question the cross-encoder has not learned from."""
    return [pair for place, pair in enumerate(pairs) if place % share == 0 or is_left_unread(pair[1])]


def retriever_knowing(assistant: Assistant, half: int) -> Retriever:
    """The assistant's retriever with the likely questions of one half alone."""
    with np.load(packaged_folder() / SHIPPED_NAME, allow_pickle=False) as stored:
        names, vectors = bytes(stored["names"]).decode("utf-8").split("\n"), stored["vectors"]
    pairs = _pairs()
    if names != [reference for reference, _ in pairs]:
        raise SystemExit("The likely questions have changed since they were embedded: run adviser corpus embed.")
    kept = [row for row, (_, question) in enumerate(pairs) if half_of(question) == half]
    path = Path(tempfile.mkdtemp(prefix="adviser-half-")) / SHIPPED_NAME
    text = "\n".join(names[row] for row in kept).encode("utf-8")
    np.savez(path, names=np.frombuffer(text, dtype=np.uint8), vectors=vectors[kept])
    return Retriever(
        library=assistant.library,
        index=assistant.index,
        embedder=assistant.embedder,
        likely=LikelyQuestions(path),
        alike=assistant.words.nearest,
        is_word=assistant.embedder.knows,
    )


def _pairs() -> list[tuple[str, str]]:
    return sorted(set(question_pairs(read_questions(packaged_folder()))))

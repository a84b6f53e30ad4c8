"""How well a statement answers a question. Owns: the learned weights of its features, and reading the best once more. Does not own: the features,
the cross-encoder, or whether to answer.

In two steps: all candidates by their features; then the best READ of them, read together with the question by the cross-encoder, are put in
order again. `total` is a logistic score: the chance, by the training questions, that the statement holds the answer (`evals/fit_relevance.py`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.compose.candidates import Candidate
from assistant.compose.features import NAMES, features, stem_weights
from assistant.index.cross_encoder import Task, statement_words
from assistant.retrieval.question import Question
from assistant.retrieval.retrieve import Retrieved
from assistant.retrieval.word_vectors import WordVectors
from assistant.text.words import content_words, stem

WEIGHTS = Path(__file__).parent / "relevance_weights.json"
READ = 8  # candidates read together with the question


class PairReader(Protocol):
    """What reads two texts together: log odds that each pair holds, shape (len(pairs),)."""

    def log_odds(self, task: Task, pairs: Sequence[tuple[str, str]]) -> np.ndarray: ...


@dataclass(frozen=True)
class Relevance:
    """A candidate's chance of holding the answer, with the features others read. `first`: that chance by its features alone; `answers`: the
    cross-encoder's log odds that it does; of a candidate that was not read, the least of those that were; None where nothing reads.
    """

    candidate: Candidate
    total: float
    first: float
    coverage: float
    soft: float
    likeness: float
    asked: float
    subject: float
    likely: float
    answers: float | None = None


def rank(
    question: Question,
    retrieved: Retrieved,
    candidates: Sequence[Candidate],
    *,
    words: WordVectors,
    reader: PairReader | None = None,
    sentence_cosines: Mapping[tuple[str, int], float] | None = None,
) -> list[Relevance]:
    """Candidates with their relevance, best first; ties by evidence rank, then by place in the passage. Without a `reader` by features alone."""
    if not candidates:
        return []
    made = features(question, retrieved, candidates, words=words, sentence_cosines=sentence_cosines)
    stored = _weights()
    logits = made.matrix @ stored.features + stored.intercept
    firsts = 1 / (1 + np.exp(-logits))
    answers = None if reader is None else answer_odds(question, made.candidates, logits, reader)
    if answers is not None:
        logits = stored.first * logits + stored.answers * answers + stored.read_intercept
    totals = 1 / (1 + np.exp(-logits))
    subject = subject_stems(question, retrieved)
    judged = [
        Relevance(
            candidate=candidate,
            total=round(float(total), 6),
            first=round(float(firsts[row]), 6),
            coverage=float(made.of("coverage")[row] + made.of("around")[row]),
            soft=float(made.of("soft")[row]),
            likeness=float(made.of("likeness")[row]),
            asked=float(made.of("asked")[row]),
            subject=_share(subject, candidate),
            likely=float(made.of("likely")[row]),
            answers=None if answers is None else round(float(answers[row]), 4),
        )
        for row, (candidate, total) in enumerate(zip(made.candidates, totals, strict=True))
    ]
    return sorted(judged, key=lambda r: (-r.total, r.candidate.evidence.rank, r.candidate.start))


def subject_stems(question: Question, retrieved: Retrieved) -> frozenset[str]:
    """Stems of the question's names; of its two rarest words where it names nothing."""
    named = {stem(w) for name in question.names for w in content_words(name)}
    if named:
        return frozenset(named)
    weights = stem_weights(question, retrieved.terms)
    return frozenset(sorted(weights, key=lambda s: -weights[s])[:2])


def _share(subject: frozenset[str], candidate: Candidate) -> float:
    if not subject:
        return 1.0
    return sum(s in candidate.stems or s in candidate.context_stems for s in subject) / len(subject)


def answer_odds(question: Question, candidates: Sequence[Candidate], logits: np.ndarray, reader: PairReader) -> np.ndarray:
    """The cross-encoder's log odds for the READ candidates with the best `logits`; for the others the least of these. Shape (candidates,)."""
    order = sorted(range(len(candidates)), key=lambda row: (-logits[row], candidates[row].evidence.rank, candidates[row].start))
    read = order[:READ]
    pairs = [(question.text, statement_words(candidates[row].evidence.source.title, candidates[row].text)) for row in read]
    odds = reader.log_odds("answers", pairs)
    found = np.full(len(candidates), float(odds.min()))
    found[read] = odds
    return found


@dataclass(frozen=True)
class _Weights:
    """Weights in the order of NAMES, and of both steps' log odds in the second step."""

    features: np.ndarray
    intercept: float
    first: float
    answers: float
    read_intercept: float


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    values = np.array([stored["weights"][name] for name in NAMES], dtype=np.float64)
    others = [
        float(value) for value in (stored["intercept"], *(stored["read"][name] for name in ("first", "answers", "intercept")))
    ]
    if not np.isfinite([*values, *others]).all():
        raise ValueError(f"{WEIGHTS.name} holds a weight that is no number")
    return _Weights(values, *others)

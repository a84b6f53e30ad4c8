"""How well a statement answers a question. Owns: the learned weights of its features. Does not own: the features, or whether to answer.

`total` is a logistic score: the chance, by the training questions, that the statement holds the answer (see `evals/fit_relevance.py`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from assistant.compose.candidates import Candidate
from assistant.compose.features import NAMES, features, stem_weights
from assistant.retrieval.question import Question
from assistant.retrieval.retrieve import Retrieved
from assistant.retrieval.word_vectors import WordVectors
from assistant.text.words import content_words, stem

WEIGHTS = Path(__file__).parent / "relevance_weights.json"


@dataclass(frozen=True)
class Relevance:
    """A candidate's chance of holding the answer, with the features others read."""

    candidate: Candidate
    total: float
    coverage: float
    soft: float
    likeness: float
    asked: float
    subject: float
    likely: float


def rank(
    question: Question,
    retrieved: Retrieved,
    candidates: Sequence[Candidate],
    *,
    words: WordVectors,
    sentence_cosines: Mapping[tuple[str, int], float] | None = None,
) -> list[Relevance]:
    """Candidates with their relevance, best first; ties by evidence rank, then by place in the passage."""
    if not candidates:
        return []
    made = features(question, retrieved, candidates, words=words, sentence_cosines=sentence_cosines)
    weights, intercept = _weights()
    totals = 1 / (1 + np.exp(-(made.matrix @ weights + intercept)))
    subject = subject_stems(question, retrieved)
    judged = [
        Relevance(
            candidate=candidate,
            total=round(float(total), 6),
            coverage=float(made.of("coverage")[row] + made.of("around")[row]),
            soft=float(made.of("soft")[row]),
            likeness=float(made.of("likeness")[row]),
            asked=float(made.of("asked")[row]),
            subject=_share(subject, candidate),
            likely=float(made.of("likely")[row]),
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


@lru_cache(maxsize=1)
def _weights() -> tuple[np.ndarray, float]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    values = np.array([stored["weights"][name] for name in NAMES], dtype=np.float64)
    intercept = float(stored["intercept"])
    if not math.isfinite(intercept) or not np.isfinite(values).all():
        raise ValueError(f"{WEIGHTS.name} holds a weight that is no number")
    return values, intercept

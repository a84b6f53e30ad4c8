"""How well a statement answers a question. Owns: the learned weights of its features, and reading the best once more. Does not own: the features,
the cross-encoder, or whether to answer.

In two steps: all candidates by their features; then the best READ are read together with the question by the cross-encoder, and the packaged
library's statements among them put in order again. It has learned from those, which stand alone under a telling title; of sentences of other
documents, which lean on those before them, it is less sure than the features are, so these keep their place, and its odds against them count
LEAST_UNLEARNED at most. A follow-up is searched for twice, as it was completed and after the question before it (`Search`); a candidate's features
then tell by the mean of both, and READ_BESIDE are read, after the question before. `total` is a logistic score: the chance, by the training
questions, that the statement holds the answer (`evals/fit_relevance.py`).
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
from assistant.index.cross_encoder import statement_words
from assistant.retrieval.question import Question
from assistant.retrieval.retrieve import Retrieved
from assistant.retrieval.word_vectors import WordVectors
from assistant.text.words import content_words, stem

WEIGHTS = Path(__file__).parent / "relevance_weights.json"
READ = 8  # candidates read together with the question
READ_BESIDE = 16  # of a follow-up, whose candidates are more and less sure
LEAST_UNLEARNED = -3.5  # log odds under which one in thirty of dev's answerable questions falls
NOT_FOUND = -6.0  # log odds of a candidate by the search that did not find it


class PairReader(Protocol):
    """What reads a question and statements together: log odds that each statement answers it, shape (len(statements),)."""

    def log_odds(self, question: str, statements: Sequence[str]) -> np.ndarray: ...


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


@dataclass(frozen=True)
class Search:
    """A question in one wording, and what it found. `cosines`: of sentences of originals, by (passage id, start), where they were made."""

    question: Question
    retrieved: Retrieved
    candidates: Sequence[Candidate]
    cosines: Mapping[tuple[str, int], float] | None = None


def rank(
    search: Search, *, words: WordVectors, reader: PairReader | None = None, beside: Search | None = None
) -> list[Relevance]:
    """Candidates with their relevance, best first; ties by evidence rank, then by place in the passage. Without a `reader` by features alone.

    `beside`: a follow-up after the question before it, in which words the reader then reads it, and what was found for that; where nothing was,
    it counts for nothing.
    """
    beside = beside if beside and beside.candidates else None
    found = first_step([search] if beside is None else [search, beside], words)
    if not found.candidates:
        return []
    logits, answers = found.logits, None
    firsts = 1 / (1 + np.exp(-logits))
    if reader is not None:
        asked, read = (search, READ) if beside is None else (beside, READ_BESIDE)
        answers = answer_odds(asked.question.text, found.candidates, logits, reader, read=read)
        stored = _weights()
        seconds = (stored.second if beside is None else stored.second_beside).of(logits, answers)
        learned = np.array([candidate.evidence.passage.statement is not None for candidate in found.candidates])
        logits = np.where(learned, seconds, logits)
        answers = np.where(learned, answers, np.maximum(answers, LEAST_UNLEARNED))
    totals = 1 / (1 + np.exp(-logits))
    judged = [
        Relevance(
            candidate=candidate,
            total=round(float(totals[place]), 6),
            first=round(float(firsts[place]), 6),
            coverage=seen.of("coverage", row) + seen.of("around", row),
            soft=seen.of("soft", row),
            likeness=seen.of("likeness", row),
            asked=seen.of("asked", row),
            subject=_share(seen.subject, candidate),
            likely=seen.of("likely", row),
            answers=None if answers is None else round(float(answers[place]), 4),
        )
        for place, (candidate, (seen, row)) in enumerate(zip(found.candidates, found.rows, strict=True))
    ]
    return sorted(judged, key=lambda r: (-r.total, r.candidate.evidence.rank, r.candidate.start))


@dataclass(frozen=True)
class FirstStep:
    """Candidates of all searches, each once, the mean of their log odds, and the search and row that each is first found in."""

    candidates: tuple[Candidate, ...]
    logits: np.ndarray
    rows: tuple[tuple[_Seen, int], ...]


def first_step(searches: Sequence[Search], words: WordVectors) -> FirstStep:
    """Candidates of one or two searches by their features. Of two, one that did not find a candidate, or would put it lower, tells NOT_FOUND."""
    seen = [_Seen(each, words) for each in searches if each.candidates]
    places: dict[tuple[str, int], list[tuple[_Seen, int]]] = {}
    for one in seen:
        for row, candidate in enumerate(one.made.candidates):
            places.setdefault((candidate.evidence.passage.id, candidate.start), []).append((one, row))
    rows = tuple(at[0] for at in places.values())
    least = NOT_FOUND if len(seen) > 1 else -np.inf
    logits = [
        (sum(max(float(one.logits[row]), least) for one, row in at) + NOT_FOUND * (len(seen) - len(at))) / len(seen)
        for at in places.values()
    ]
    return FirstStep(tuple(one.made.candidates[row] for one, row in rows), np.array(logits), rows)


class _Seen:
    """The first step over one search: features and the log odds by them."""

    def __init__(self, search: Search, words: WordVectors) -> None:
        self.made = features(search.question, search.retrieved, search.candidates, words=words, sentence_cosines=search.cosines)
        stored = _weights()
        self.logits = self.made.matrix @ stored.features + stored.intercept
        self.subject = subject_stems(search.question, search.retrieved)

    def of(self, name: str, row: int) -> float:
        return float(self.made.of(name)[row])


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


def answer_odds(
    question: str, candidates: Sequence[Candidate], logits: np.ndarray, reader: PairReader, *, read: int = READ
) -> np.ndarray:
    """The cross-encoder's log odds for the `read` candidates with the best `logits`; for the others the least of these. Shape (candidates,)."""
    order = sorted(range(len(candidates)), key=lambda row: (-logits[row], candidates[row].evidence.rank, candidates[row].start))
    best = order[:read]
    odds = reader.log_odds(question, [statement_words(candidates[i].evidence.source.title, candidates[i].text) for i in best])
    found = np.full(len(candidates), float(odds.min()))
    found[best] = odds
    return found


@dataclass(frozen=True)
class _Second:
    """Weights of both steps' log odds in the second step."""

    first: float
    answers: float
    intercept: float

    def of(self, first: np.ndarray, answers: np.ndarray) -> np.ndarray:
        """Log odds after reading, from those by features and the cross-encoder's."""
        return np.asarray(self.first * first + self.answers * answers + self.intercept)


@dataclass(frozen=True)
class _Weights:
    """Weights in the order of NAMES, and of the second step, for plain questions and for follow-ups."""

    features: np.ndarray
    intercept: float
    second: _Second
    second_beside: _Second


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    values = np.array([stored["weights"][name] for name in NAMES], dtype=np.float64)
    seconds = [[float(stored[part][name]) for name in ("first", "answers", "intercept")] for part in ("read", "read_beside")]
    if not np.isfinite([*values, float(stored["intercept"]), *seconds[0], *seconds[1]]).all():
        raise ValueError(f"{WEIGHTS.name} holds a weight that is no number")
    return _Weights(values, float(stored["intercept"]), *(_Second(*each) for each in seconds))

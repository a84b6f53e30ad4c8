"""What can be said of a statement as an answer to a question. Owns: the features, each 0..1 (cosines -1..1). Does not own: their weights.

`coverage`: idf-weighted share of the question's words in the statement; `around`: of those only in what names its subject (title, other
names, place, headings). `soft`: the same as both together, but a word counts in proportion when another word means nearly the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.compose.candidates import Candidate
from assistant.grounding.names import names
from assistant.retrieval.question import Question
from assistant.retrieval.retrieve import Retrieved
from assistant.retrieval.terms import Terms
from assistant.retrieval.word_vectors import WordVectors
from assistant.text.words import content_words, stem

NAMES = (
    "cosine",
    "likeness",
    "words",
    "coverage",
    "around",
    "soft",
    "asked",
    "fit",
    "about",
    "advice",
    "length",
    "source",
    "strength",
    "likely",
)
FEATURES_VERSION = "2"
_LONGEST = 45.0
_EVEN = 0.5
LIKELY_UNKNOWN = (
    0.45  # where no likely questions are known: about what a statement on the subject gets that answers another question
)
_STRENGTH = {"strong": 1.0, "moderate": 0.7, "limited": 0.4, "weak": 0.0}
_ADVICE = frozenset({"use", "limits", "lesson", "question"})
_PARTS_THAT_FIT: dict[str, dict[str, float]] = {
    "definition": {"definition": 1.0, "differ": 0.8, "about": 0.7, "what": 0.8, "argues": 0.4, "mission": 0.3},
    "worked": {"result": 1.0, "criticism": 0.8, "evidence": 0.8, "lesson": 0.5, "tried": 0.7, "limits": 0.3},
    "how_to": {"lesson": 1.0, "use": 0.9, "argues": 0.9, "did": 0.5, "tool": 0.8, "goes_wrong": 0.6, "measure": 0.5, "question": 0.3},
    "why": {"result": 0.7, "criticism": 0.8, "lesson": 0.7, "argues": 0.7, "evidence": 0.7},
    "examples": {"did": 0.8, "about": 0.8, "result": 0.7, "tried": 0.9, "mission": 0.7},
    "who": {"about": 0.7, "what": 0.8, "for_whom": 0.6, "join": 0.5, "did": 0.6, "argues": 0.5},
    "comparison": {"differ": 1.0, "argues": 0.8, "evidence": 0.7, "result": 0.7, "lesson": 0.6, "definition": 0.6},
}  # fmt: skip


@dataclass(frozen=True)
class Features:
    """Features of candidates for one question: `matrix` has a row a candidate and a column a name of NAMES."""

    candidates: tuple[Candidate, ...]
    matrix: np.ndarray

    def of(self, name: str) -> np.ndarray:
        """One feature of all candidates."""
        return self.matrix[:, NAMES.index(name)]


def features(
    question: Question,
    retrieved: Retrieved,
    candidates: Sequence[Candidate],
    *,
    words: WordVectors,
    sentence_cosines: Mapping[tuple[str, int], float] | None = None,
) -> Features:
    """Features of each candidate. `sentence_cosines`: for sentences of originals, by (passage id, start), where they were made."""
    weights = stem_weights(question, retrieved.terms)
    whole = sum(weights.values()) or 1.0
    soft = _soft_coverage(question, retrieved.terms, weights, candidates, words)
    best: dict[str, float] = {}
    for evidence in retrieved.evidence:
        best[evidence.source.id] = max(best.get(evidence.source.id, 0.0), evidence.score)
    top = max(best.values(), default=0.0) or 1.0
    rows = []
    for candidate, soft_share in zip(candidates, soft, strict=True):
        passage, source = candidate.evidence.passage, candidate.evidence.source
        own = sum(w for s, w in weights.items() if s in candidate.stems) / whole
        around = sum(w for s, w in weights.items() if s not in candidate.stems and s in candidate.context_stems) / whole
        cosine, likeness = candidate.evidence.similarity, retrieved.likeness.get(passage.id, candidate.evidence.similarity)
        made = (sentence_cosines or {}).get((passage.id, candidate.start))
        if made is not None:
            cosine = likeness = (cosine + made) / 2
        rows.append(
            (
                cosine,
                likeness,
                retrieved.words.get(passage.id, 0.0),
                own,
                around,
                soft_share,
                holds_asked(question, candidate),
                _fit(question, passage.section),
                float(passage.section == "about"),
                float(passage.section in _ADVICE),
                min(1.0, len(candidate.text.split()) / _LONGEST),
                best.get(source.id, 0.0) / top,
                _STRENGTH.get(passage.strength or "", 0.4),
                likely(retrieved, candidate),
            )
        )
    return Features(tuple(candidates), np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES)))


def likely(retrieved: Retrieved, candidate: Candidate) -> float:
    """The best cosine of the question with one that the statement is known to answer."""
    passage = candidate.evidence.passage
    known = (
        retrieved.asked.of_statement(f"{passage.source_id}#{passage.statement}")
        if retrieved.asked and passage.statement
        else None
    )
    return LIKELY_UNKNOWN if known is None else known


def stem_weights(question: Question, terms: Terms) -> dict[str, float]:
    """Weight (idf) of each stem of the question, as mended."""
    weights: dict[str, float] = {}
    for term in question.terms:
        written = terms.written(term)
        for word in written:
            weights[stem(word)] = max(weights.get(stem(word), 0.0), terms.idf.get(term, 1.0) / len(written))
    return weights


def holds_asked(question: Question, candidate: Candidate) -> float:
    """Whether a statement holds the kinds of thing asked for (a date, a sum, a figure, a name the question lacks): their share, 0..1.

    Even odds where nothing of the kind is asked.
    """
    if not question.wants:
        return _EVEN
    kinds = {figure.kind for figure in candidate.figures}
    held = {
        "date": "date" in kinds,
        "money": "money" in kinds,
        "figure": bool(kinds & {"number", "percent", "points", "money", "fraction", "times"}),
        "name": "name" in question.wants and _names_someone(question, candidate),
    }
    return sum(held[want] for want in question.wants) / len(question.wants)


def _names_someone(question: Question, candidate: Candidate) -> bool:
    asked = {stem(w) for w in content_words(question.text)}
    return any(stem(name.lower()) not in asked for name in names(candidate.text))


def _fit(question: Question, section: str) -> float:
    if question.asked not in _PARTS_THAT_FIT:
        return _EVEN
    return _PARTS_THAT_FIT[question.asked].get(section, 0.2)


def _soft_coverage(
    question: Question, terms: Terms, weights: Mapping[str, float], candidates: Sequence[Candidate], words: WordVectors
) -> list[float]:
    asked = {stem(word): word for term in question.terms for word in terms.written(term)}
    order = [s for s in weights if s in asked]
    held = [sorted(word for word in c.words | c.context_words if word.isalpha() and len(word) > 2) for c in candidates]
    vocabulary = sorted(set().union(*held))
    column = {word: at for at, word in enumerate(vocabulary)}
    shares = np.array([weights[s] for s in order], dtype=np.float64)
    whole = float(shares.sum()) or 1.0
    best = np.zeros((len(order), len(candidates)))
    filled = [row for row, each in enumerate(held) if each]
    if order and filled:
        alike = words.likeness([asked[s] for s in order], vocabulary)
        columns = [column[word] for row in filled for word in held[row]]
        starts = np.cumsum([0, *(len(held[row]) for row in filled)])[:-1]
        best[:, filled] = np.maximum.reduceat(alike[:, columns], starts, axis=1)
    exact = np.array([[s in c.stems or s in c.context_stems for c in candidates] for s in order], dtype=np.float64).reshape(
        best.shape
    )
    figure = np.array([asked[s].isdigit() for s in order], dtype=bool)
    best = np.where(figure[:, None], exact, np.maximum(exact, best))
    return [float(share) for share in shares @ best / whole]

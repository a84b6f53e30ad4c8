"""How well a statement answers a question. Owns: its features and their weights. Does not own: searching, or whether to answer at all.

All features lie in 0..1. `coverage`: idf-weighted share of the question's words in the statement or (at `AROUND`) in what names its
subject. `subject`: the same over the question's names and rarest words. `asked`: whether it holds the kind of thing asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.candidates import Candidate
from assistant.grounding.names import names
from assistant.retrieval.question import Question
from assistant.retrieval.retrieve import Terms
from assistant.text.words import content_words, stem

AROUND = 0.75
WEIGHTS = {"coverage": 0.40, "similarity": 0.30, "score": 0.10, "asked": 0.12, "fit": 0.08}
_PARTS_THAT_FIT: dict[str, dict[str, float]] = {
    "definition": {"definition": 1.0, "differ": 0.8, "about": 0.7, "what": 0.8, "argues": 0.4, "mission": 0.3},
    "worked": {"result": 1.0, "criticism": 0.8, "evidence": 0.8, "lesson": 0.5, "tried": 0.7, "limits": 0.3},
    "how_to": {"lesson": 1.0, "use": 0.9, "argues": 0.9, "did": 0.5, "tool": 0.8, "goes_wrong": 0.6, "measure": 0.5, "question": 0.3},
    "why": {"result": 0.7, "criticism": 0.8, "lesson": 0.7, "argues": 0.7, "evidence": 0.7},
    "examples": {"did": 0.8, "about": 0.8, "result": 0.7, "tried": 0.9, "mission": 0.7},
    "who": {"about": 0.7, "what": 0.8, "for_whom": 0.6, "join": 0.5, "did": 0.6, "argues": 0.5},
    "comparison": {"differ": 1.0, "argues": 0.8, "evidence": 0.7, "result": 0.7, "lesson": 0.6, "definition": 0.6},
}
_EVEN = 0.5


@dataclass(frozen=True)
class Relevance:
    """A candidate's features for one question, and their weighted sum."""

    candidate: Candidate
    coverage: float
    own_coverage: float
    subject: float
    similarity: float
    asked: float
    total: float


def rank(question: Question, terms: Terms, candidates: Sequence[Candidate]) -> list[Relevance]:
    """Candidates with their relevance, best first; ties by evidence rank, then by place in the passage."""
    top = max((c.evidence.score for c in candidates), default=0.0) or 1.0
    weights = _stem_weights(question, terms)
    subject = _subject_stems(question, weights)
    judged = [_judge(question, weights, subject, c, top) for c in candidates]
    return sorted(judged, key=lambda r: (-r.total, r.candidate.evidence.rank, r.candidate.start))


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


def _judge(question: Question, weights: dict[str, float], subject: frozenset[str], candidate: Candidate, top: float) -> Relevance:
    whole = sum(weights.values()) or 1.0
    own = sum(w for s, w in weights.items() if s in candidate.stems)
    around = sum(w for s, w in weights.items() if s not in candidate.stems and s in candidate.context_stems)
    coverage = (own + AROUND * around) / whole
    named = sum(1 for s in subject if s in candidate.stems or s in candidate.context_stems) / len(subject) if subject else 1.0
    similarity = max(0.0, min(1.0, candidate.evidence.similarity))
    asked = holds_asked(question, candidate)
    fit = _PARTS_THAT_FIT.get(question.asked, {}).get(candidate.evidence.passage.section, 0.2 if question.asked in _PARTS_THAT_FIT else _EVEN)
    total = (
        WEIGHTS["coverage"] * coverage
        + WEIGHTS["similarity"] * similarity
        + WEIGHTS["score"] * max(0.0, candidate.evidence.score) / top
        + WEIGHTS["asked"] * asked
        + WEIGHTS["fit"] * fit
    )
    return Relevance(candidate, coverage, own / whole, named, similarity, asked, round(total, 6))


def _stem_weights(question: Question, terms: Terms) -> dict[str, float]:
    weights: dict[str, float] = {}
    for term in question.terms:
        written = terms.mended.get(term, term)
        weights[stem(written)] = max(weights.get(stem(written), 0.0), terms.idf.get(term, 1.0))
    return weights


def _subject_stems(question: Question, weights: dict[str, float]) -> frozenset[str]:
    named = {stem(w) for name in question.names for w in content_words(name)}
    if named:
        return frozenset(named)
    rarest = sorted(weights, key=lambda s: -weights[s])[:2]
    return frozenset(rarest)

"""The answer to "did it work?" about one case. Owns: choosing that case's results, objections and a lesson. Does not own: relevance to words.

A result is rarely told in the words of the question ("did Housing First work?": "the number of homeless people fell 54 per cent"), so the
whole case is read, not only what was found. Results come by the weight their kind of evidence can bear and by whether they hold figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.compose.candidates import Candidate, whole_passage
from assistant.nouns import Depth, Passage, Section, Source
from assistant.retrieval.question import Question
from assistant.retrieval.retrieve import Retrieved
from assistant.text.words import content_words, stem

NEAREST_SOURCES = 5
LENGTHS: dict[Depth, tuple[int, int, int]] = {"short": (3, 1, 1), "full": (6, 3, 2)}  # results, objections, lessons
_WEIGHT = {"strong": 3.0, "moderate": 2.0, "limited": 1.0, "weak": 0.0}
_FIGURE, _LIKENESS = 0.8, 2.0
_OUTCOME_FIGURES = frozenset({"percent", "points", "fraction", "times", "number", "money"})
_GENERAL = frozenset(
    stem(w)
    for w in [
        "mission",
        "missions",
        "programme",
        "government",
        "policy",
        "strategy",
        "unit",
        "case",
        "goal",
        "national",
        "public",
        "the",
    ]
)


@dataclass(frozen=True)
class CaseStatements:
    """Statements of one case with the section each is shown in, in order."""

    chosen: tuple[tuple[Candidate, Section], ...]


def find_case(
    question: Question,
    retrieved: Retrieved,
    *,
    depth: Depth,
    passages_of: Callable[[str], Sequence[Passage]],
    likeness_of: Callable[[Sequence[str]], Mapping[str, float]],
) -> CaseStatements | None:
    """What happened in the case the question names; None when it does not ask that, names no case, or the case tells no result.

    `likeness_of`: cosine of the question with passages, by id.
    """
    if question.asked != "worked" or question.wants:
        return None
    source = _named_case(question, retrieved)
    if source is None:
        return None
    passages = [p for p in passages_of(source.id) if p.section in {"result", "criticism", "lesson"}]
    likeness = likeness_of([p.id for p in passages])
    ordered = sorted(
        (whole_passage(p, source, similarity=round(likeness.get(p.id, 0.0), 6)) for p in passages),
        key=lambda c: (-_worth(c), c.evidence.passage.ordinal),
    )
    results = [c for c in ordered if c.evidence.passage.section == "result"]
    if not results:
        return None
    most_results, most_objections, most_lessons = LENGTHS[depth]
    objections = [c for c in ordered if c.evidence.passage.section == "criticism"][:most_objections]
    lessons = [c for c in ordered if c.evidence.passage.section == "lesson"][:most_lessons]
    shown: list[tuple[Candidate, Section]] = [(c, "answer") for c in results[:most_results]]
    return CaseStatements((*shown, *((c, "caution") for c in objections), *((c, "next_step") for c in lessons)))


def _named_case(question: Question, retrieved: Retrieved) -> Source | None:
    """The first case among the nearest sources whose title and other names hold all that the question names."""
    nearest = list({e.source.id: e.source for e in retrieved.evidence}.values())[:NEAREST_SOURCES]
    asked = {stem(w) for name in question.names for w in content_words(name)} - _GENERAL
    asked = asked or {stem(word) for term in question.terms for word in retrieved.terms.written(term)} - _GENERAL
    for source in nearest:
        named = {stem(w) for part in (source.title, *source.aliases, source.place or "") for w in content_words(part)}
        if source.kind == "case" and asked and asked <= named:
            return source
    return None


def _worth(candidate: Candidate) -> float:
    strength = _WEIGHT.get(candidate.evidence.passage.strength or "", 1.0)
    figures = bool({f.kind for f in candidate.figures} & _OUTCOME_FIGURES)
    return strength + _FIGURE * figures + _LIKENESS * candidate.evidence.similarity

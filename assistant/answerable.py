"""Whether the library holds an answer. Owns: the decision to answer, in part or not at all, and the words for why not.

Does not own: finding or choosing statements. It looks for *what is asked* about *that subject* in one statement, not for mere nearness
(by nearness alone unanswerable questions that name their subject cannot be told from answerable ones). The chance of an answer is learned
from the dev questions and the training sets' unanswerable ones (`evals/fit_answerable.py`); held-out sets are only measured.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from assistant.compose.relevance import Relevance
from assistant.retrieval.likely_questions import QuestionLikeness
from assistant.retrieval.question import Question
from assistant.retrieval.terms import Terms
from assistant.text.words import content_words, stem

Decision = Literal["answer", "partial", "no_evidence"]
WEIGHTS = Path(__file__).parent / "answerable_weights.json"
NAMES = (
    "logit", "likeness", "soft", "coverage", "subject", "asked", "asked_missing", "unknown", "unknown_name", "aspect", "wants", "margin",
    "sources", "question", "out_of_scope", "completed", "answers_lead", "answers_best", "answers_three",
    "likely_lead", "likely_best", "gap_lead", "gap_best",
)  # fmt: skip
UNKNOWN_LIKELY = (0.62, 0.68, 0.55, 0.62)  # for documents without likely questions: what tells for neither side
_THING = {"date": "a date", "money": "a sum of money", "figure": "a figure", "name": "a name"}

NOT_OUTRIGHT = "No statement answers this outright; these are the nearest the library holds."


@dataclass(frozen=True)
class Judgement:
    """The decision with its reasons, in plain words, and the chance it rests on."""

    decision: Decision
    reasons: tuple[str, ...] = ()
    chance: float | None = None


def judge(
    question: Question,
    terms: Terms,
    ranked: Sequence[Relevance],
    lead: Relevance | None,
    *,
    chances: Mapping[str, float],
    likely: QuestionLikeness | None = None,
    completed: bool = False,
) -> Judgement:
    """Decide by the lead statement and what stands behind it. `chances`: of the routes. `completed`: a follow-up that was completed by rule, whose
    wording is ours and tells less.
    """
    if lead is None:
        return Judgement("no_evidence", _reasons(question, terms, None))
    years = _years_missing(question, ranked, lead)
    if years:
        return Judgement("no_evidence", (f"No statement that fits{_giving(question)} speaks of {_listed(years)}.",))
    stored = _weights()
    values = signs(question, terms, ranked, lead, chances=chances, likely=likely, completed=completed)
    score = stored.intercept + float(stored.expanded(values) @ stored.weights)
    chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    if chance < (stored.refuse_follow_up_below if completed else stored.refuse_below):
        return Judgement("no_evidence", _reasons(question, terms, lead), round(chance, 4))
    if chance < stored.partial_below:
        doubts = _reasons(question, terms, lead) or (NOT_OUTRIGHT,)
        return Judgement("partial", doubts, round(chance, 4))
    return Judgement("answer", (), round(chance, 4))


def signs(
    question: Question,
    terms: Terms,
    ranked: Sequence[Relevance],
    lead: Relevance,
    *,
    chances: Mapping[str, float],
    likely: QuestionLikeness | None = None,
    completed: bool = False,
) -> np.ndarray:
    """What speaks for and against an answer, in the order of NAMES; NaN where the cross-encoder has read nothing."""
    whole = sum(terms.idf.values()) or 1.0
    named = [word for name in question.names for word in content_words(name)]
    first = min(max(lead.first, 1e-6), 1 - 1e-6)
    return np.array(
        [
            math.log(first / (1 - first)),
            lead.likeness,
            lead.soft,
            lead.coverage,
            lead.subject,
            lead.asked,
            float(bool(question.wants) and lead.asked == 0.0),
            sum(terms.idf[term] for term in terms.unknown) / whole,
            float(any(word in terms.unknown for word in named)),
            _aspect(question, terms, lead),
            float(bool(question.wants)),
            ranked[0].total - ranked[min(4, len(ranked) - 1)].total,
            len({r.candidate.evidence.source.id for r in ranked[:3]}) / 3,
            chances.get("question", 1.0),
            chances.get("out_of_scope", 0.0),
            float(completed),
            *_read_signs(ranked, lead),
            *_likely_signs(lead, likely),
        ]
    )


def _read_signs(ranked: Sequence[Relevance], lead: Relevance) -> tuple[float, float, float]:
    """The cross-encoder's log odds that the lead answers, the best of any candidate, and the mean of the best three."""
    odds = sorted((r.answers for r in ranked if r.answers is not None), reverse=True)
    if lead.answers is None or not odds:
        return (math.nan,) * 3
    return lead.answers, odds[0], sum(odds[:3]) / len(odds[:3])


def _likely_signs(lead: Relevance, likely: QuestionLikeness | None) -> tuple[float, float, float, float]:
    """How like the question is to those that the lead answers, that anything answers, that the lead's source does not, that nothing does."""
    source = lead.candidate.evidence.source
    if likely is None or source.origin != "packaged" or not likely.statements:
        return UNKNOWN_LIKELY
    gap = likely.of_gap(source.id)
    return lead.likely, likely.best_answered, UNKNOWN_LIKELY[2] if gap is None else gap, likely.best_unanswered


def _aspect(question: Question, terms: Terms, lead: Relevance) -> float:
    """Idf-weighted share of the question's words that are not part of the subject's name and stand in the lead statement itself."""
    context = lead.candidate.context_stems
    words = {stem(word): terms.idf.get(term, 1.0) for term in question.terms for word in terms.written(term)}
    aspect = {s: weight for s, weight in words.items() if s not in context}
    held = sum(weight for s, weight in aspect.items() if s in lead.candidate.stems)
    return held / sum(aspect.values()) if sum(aspect.values()) else 1.0


def _years_missing(question: Question, ranked: Sequence[Relevance], lead: Relevance) -> list[str]:
    """Single years of the question, none of which stands in the lead, its source's fields or another near statement of that source."""
    years = re.findall(r"(?<![\d/–-])(?:19|20)\d\d(?![\d/–-]|s\b)", question.text)
    source = lead.candidate.evidence.source
    near = [r.candidate.text for r in ranked[:10] if r.candidate.evidence.source.id == source.id]
    held = " ".join(
        [lead.candidate.text, *near, source.title, str(source.year or ""), str(source.details.get("period", "")), *source.aliases]
    )
    return [] if any(year in held for year in years) else years


def _giving(question: Question) -> str:
    return " and gives " + " or ".join(_THING[want] for want in sorted(question.wants)) if question.wants else ""


def _reasons(question: Question, terms: Terms, lead: Relevance | None) -> tuple[str, ...]:
    reasons = []
    strange = [name for name in question.names if any(word in terms.unknown for word in content_words(name))]
    if strange:
        reasons.append(f"The library holds nothing on {_listed(strange)}.")
    named = {word for name in strange for word in content_words(name)}
    unknown = [term for term in terms.unknown if len(term) > 2 and term not in named]
    if unknown:
        words = ", ".join(f"“{word}”" for word in unknown[:4])
        reasons.append(f"The library does not use the word{'s' if len(unknown) > 1 else ''} {words}.")
    if lead is not None and question.wants and lead.asked < 1.0:
        things = " or ".join(_THING[want] for want in sorted(question.wants))
        reasons.append(f"No statement that fits gives {things}.")
    return tuple(reasons)


def _listed(names: Sequence[str]) -> str:
    shown = [f"“{name}”" for name in names[:3]]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1]


MOST = 4.0  # standard deviations beyond which a sign tells no more
_READ = [NAMES.index(name) for name in ("answers_lead", "answers_best", "answers_three")]
CROSSED = ("logit", "aspect", "asked", "answers_lead")  # signs whose products with every sign are read too


def expanded(values: np.ndarray) -> np.ndarray:
    """Standardised signs, shape (…, len(NAMES)), with their squares and the products of CROSSED with all, as the weights read them."""
    crossed = [values[..., [NAMES.index(name)]] * values for name in CROSSED]
    found: np.ndarray = np.concatenate([values, values**2, *crossed], axis=-1)
    return found


def standard(values: np.ndarray, mean: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Signs in standard deviations from their mean, within MOST; what the cross-encoder has not read counts as the mean."""
    found: np.ndarray = np.clip((values - mean) / scale, -MOST, MOST)
    found[..., _READ] = np.nan_to_num(found[..., _READ], nan=0.0)
    return found


@dataclass(frozen=True)
class _Weights:
    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    intercept: float
    refuse_below: float
    refuse_follow_up_below: float
    partial_below: float

    def expanded(self, values: np.ndarray) -> np.ndarray:
        return expanded(standard(values, self.mean, self.scale))


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    mean, scale = (np.array([stored[part][name] for name in NAMES], dtype=np.float64) for part in ("mean", "scale"))
    weights = np.array(stored["weights"], dtype=np.float64)
    below = (float(stored[name]) for name in ("refuse_below", "refuse_follow_up_below", "partial_below"))
    return _Weights(mean, scale, weights, float(stored["intercept"]), *below)

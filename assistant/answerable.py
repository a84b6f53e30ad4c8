"""Whether the library holds an answer. Owns: the decision to answer, in part or not at all, and the words for why not.

Does not own: finding or choosing statements. It looks for *what is asked* about *that subject* in one statement, not for mere nearness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.compose.relevance import Relevance
from assistant.retrieval.question import Question
from assistant.retrieval.terms import Terms

Decision = Literal["answer", "partial", "no_evidence"]
LEAST_COVERAGE = 0.45
LEAST_SUBJECT = 0.5
LEAST_SIMILARITY = 0.22
_STRICT = frozenset({"when", "cost", "count", "who", "where"})
_THING = {"when": "a date", "cost": "a sum of money", "count": "a figure", "who": "a name", "where": "a place"}


@dataclass(frozen=True)
class Judgement:
    """The decision with its reasons, in plain words."""

    decision: Decision
    reasons: tuple[str, ...] = ()


def judge(question: Question, terms: Terms, lead: Relevance | None) -> Judgement:
    """Decide by the lead statement. Reasons name unknown words, or the kind of thing that was asked for and not found."""
    reasons = []
    if terms.unknown:
        reasons.append("The library does not use the word" + ("s " if len(terms.unknown) > 1 else " ") + ", ".join(f"“{w}”" for w in terms.unknown) + ".")
    if lead is None:
        return Judgement("no_evidence", tuple(reasons))
    missing_thing = question.asked in _STRICT and lead.asked == 0.0
    if missing_thing:
        reasons.append(f"No statement that fits gives {_THING[question.asked]}.")
    if lead.soft < LEAST_COVERAGE or lead.subject < LEAST_SUBJECT or lead.likeness < LEAST_SIMILARITY or missing_thing:
        return Judgement("no_evidence", tuple(reasons))
    return Judgement("partial" if terms.unknown else "answer", tuple(reasons))

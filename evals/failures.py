"""The worst failures of a run, ready to be read. Owns: choosing them, and marking the cited words in their passages. Does not
own: page layout.

Worst first: a crash; a question that should be easy; an unsupported pair judged supported; then the order of the cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from assistant.nouns import Sentence
from assistant.text.words import stem, stems
from evals.cases import PairCase
from evals.folder import StoredRun
from evals.product import Recorded
from evals.verdicts import PRODUCT, CaseVerdict

MOST = 8
_HARD = {"easy": 0, "medium": 1, "hard": 2}


@dataclass(frozen=True)
class Failure:
    """One failure: what it is, why, and its evidence as safe HTML (already escaped)."""

    suite: str
    measure: str
    case: str
    question: str
    reason: str
    evidence: tuple[str, ...]


def worst(run: StoredRun, questions: Mapping[str, str], pairs: Mapping[str, PairCase]) -> dict[str, list[Failure]]:
    """Suite → its worst failures, one a case. `questions`: case id → what was asked."""
    asked = {recorded.asked.question: recorded for recorded in run.answers if not recorded.asked.history}
    found: dict[str, list[Failure]] = {}
    seen: set[tuple[str, str]] = set()
    for verdict in sorted((v for v in run.verdicts if v.system == PRODUCT and v.verdict == "fail"), key=_badness):
        listed = found.setdefault(verdict.suite, [])
        key = (verdict.suite, verdict.group or verdict.case)
        if len(listed) < MOST and key not in seen:
            seen.add(key)
            listed.append(_failure(verdict, questions, pairs, asked, run.passages))
    return found


def _badness(verdict: CaseVerdict) -> tuple[bool, bool, int, float]:
    return (
        not verdict.crashed,
        "judged supported" not in verdict.reason,
        _HARD.get(verdict.tags.get("difficulty", ""), 1),
        verdict.number,
    )


def _failure(
    verdict: CaseVerdict,
    questions: Mapping[str, str],
    pairs: Mapping[str, PairCase],
    asked: Mapping[str, Recorded],
    passages: Mapping[str, str],
) -> Failure:
    pair = pairs.get(verdict.case)
    if pair is not None:
        return Failure(
            verdict.suite,
            verdict.measure,
            verdict.case,
            pair.claim,
            verdict.reason.partition(": “")[0],
            (differing(pair.claim, pair.passage),),
        )
    question = questions.get(verdict.group or verdict.case, "")
    recorded = asked.get(question)
    sentences = recorded.answer.sentences if recorded is not None and recorded.answer is not None else []
    return Failure(
        verdict.suite, verdict.measure, verdict.case, question, verdict.reason, tuple(marked(s, passages) for s in sentences[:3])
    )


def marked(sentence: Sentence, passages: Mapping[str, str]) -> str:
    """A sentence with each cited passage, the quoted words marked. Safe HTML."""
    parts = [f"<p>{escape(sentence.text)} <em>{escape(sentence.status)}</em></p>"]
    for citation in sentence.citations:
        text = passages.get(citation.passage_id, citation.quote)
        held = text[citation.start : citation.end] == citation.quote
        start, end = (citation.start, citation.end) if held else (0, 0)
        before, quote, after = text[:start], text[start:end], text[end:]
        around = f"{escape(before[-200:])}<mark>{escape(quote)}</mark>{escape(after[:200])}"
        parts.append(f"<blockquote>{around}<cite>{escape(citation.source_id)}</cite></blockquote>")
    return "".join(parts)


def differing(claim: str, passage: str) -> str:
    """A passage under a claim, with the claim's words that the passage lacks marked. Safe HTML."""
    held = stems(passage)
    lacking = {s for s in stems(claim) if s not in held}
    words = [f"<mark>{escape(w)}</mark>" if _stem_of(w) in lacking else escape(w) for w in claim.split()]
    return f"<p>{' '.join(words)}</p><blockquote>{escape(passage)}</blockquote>"


def _stem_of(word: str) -> str:
    return stem(word.strip(".,;:()“”‘’\"'").lower().removesuffix("’s").removesuffix("'s"))


def count(found: Mapping[str, Sequence[Failure]]) -> int:
    """How many failures are listed."""
    return sum(len(each) for each in found.values())

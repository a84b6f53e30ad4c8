"""Answering a question, in the order the design draws it:

    question → route → rewrite → retrieve → (nothing? no_evidence) → compose → ground → (nothing survives? no_evidence) → answer + receipt

Owns: that order. Does not own: any of the steps.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answerable import Judgement, judge
from assistant.compose import extractive
from assistant.compose.candidates import candidates
from assistant.compose.lists import asked_count, find_list
from assistant.compose.relevance import Relevance, rank
from assistant.grounding.ground import Grounder, Proposal
from assistant.identifiers import new_receipt_id
from assistant.library.library import Library
from assistant.nouns import Answer, Depth, Evidence, NearestPassage, Outcome, Searched, Sentence, Timings, Verdict
from assistant.refusal import nearest_passages, who_might_know
from assistant.retrieval.question import Question, read_question
from assistant.retrieval.retrieve import Filters, Retrieved, Retriever
from assistant.route import Route, route

EVIDENCE = 40


@dataclass(frozen=True)
class Asked:
    """An answer with what its receipt needs."""

    answer: Answer
    route: Route
    evidence: tuple[Evidence, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class _Composed:
    """What the composer proposes, and the judgement that let it."""

    proposals: Sequence[Proposal]
    shown: dict[str, Evidence]
    judgement: Judgement
    ranked: Sequence[Relevance]


class Asker:
    """Answers questions from one library."""

    def __init__(self, *, library: Library, retriever: Retriever) -> None:
        self._library = library
        self._retriever = retriever

    def ask(self, question_text: str, *, filters: Filters, depth: Depth) -> Asked:
        """Answer one question that is known to be text."""
        clock = _Clock()
        way = route(question_text)
        if way.outcome is not None:
            return self._turned_away(question_text, way, clock)
        question = read_question(question_text)
        retrieved = self._retriever.retrieve(question, k=EVIDENCE, filters=filters)
        clock.lap("retrieve")
        composed = self._compose(question, retrieved, depth)
        clock.lap("compose")
        sentences, verdicts = ground_all(composed.proposals, composed.shown)
        clock.lap("ground")
        answer = self._answer(question_text, retrieved, composed, sentences, verdicts, clock)
        return Asked(answer, way, retrieved.evidence, tuple(verdicts))

    def _compose(self, question: Question, retrieved: Retrieved, depth: Depth) -> _Composed:
        shown = {e.passage.id: e for e in retrieved.evidence}
        ranked = rank(question, retrieved.terms, candidates(retrieved.evidence))
        listed = self._listed(question, retrieved)
        if listed:
            shown |= {c.evidence.passage.id: c.evidence for c in listed}
            return _Composed([extractive.proposal(c, "answer") for c in listed], shown, Judgement("answer"), ranked)
        judgement = judge(question, retrieved.terms, extractive.lead_of(ranked) if ranked else None)
        if judgement.decision == "no_evidence":
            return _Composed([], shown, judgement, ranked)
        chosen = extractive.choose(ranked, asked=question.asked, depth=depth)
        return _Composed(extractive.proposals(chosen), shown, judgement, ranked)

    def _listed(self, question: Question, retrieved: Retrieved) -> list:  # type: ignore[type-arg]
        if asked_count(question.text) is None:
            return []
        nearest = [e for e in retrieved.evidence[:10] if e.source.kind == "original"]
        whole = {e.source.id: self._library.passages_of(e.source.id) for e in nearest}
        return find_list(question.text, nearest, whole)

    def _answer(
        self, text: str, retrieved: Retrieved, composed: _Composed, sentences: list[Sentence], verdicts: list[Verdict], clock: _Clock
    ) -> Answer:
        outcome = _outcome(composed.judgement, sentences)
        gaps = list(composed.judgement.reasons) + _dropped(verdicts)
        nearest: list[NearestPassage] = []
        know = []
        if outcome == "no_evidence":
            nearest = nearest_passages(composed.ranked, retrieved)
            know = who_might_know(self._library, retrieved)
        return Answer(
            receipt_id=new_receipt_id(),
            question=text,
            standalone_question=text,
            outcome=outcome,
            composer=extractive.NAME,
            sentences=sentences,
            gaps=gaps,
            nearest=nearest,
            who_might_know=know,
            searched=Searched(passages=retrieved.passages, sources=retrieved.sources),
            timings_ms=clock.timings(),
        )

    def _turned_away(self, text: str, way: Route, clock: _Clock) -> Asked:
        assert way.outcome is not None
        answer = Answer(
            receipt_id=new_receipt_id(),
            question=text,
            standalone_question=text,
            outcome=way.outcome,
            composer=extractive.NAME,
            gaps=[way.says] if way.says else [],
            searched=Searched(passages=0, sources=0),
            timings_ms=clock.timings(),
        )
        return Asked(answer, way, (), ())


class _Clock:
    """Milliseconds of each step."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name] = round(1000 * (now - self._last), 2)
        self._last = now

    def timings(self) -> Timings:
        return Timings(**self._laps, total=round(1000 * (time.perf_counter() - self._start), 2))


def ground_all(proposals: Sequence[Proposal], shown: dict[str, Evidence]) -> tuple[list[Sentence], list[Verdict]]:
    """Ground each proposal in turn; only those that pass come back as sentences, in the order proposed."""
    grounder = Grounder(shown)
    sentences, verdicts = [], []
    for each in proposals:
        sentence, verdict = grounder.ground(each)
        verdicts.append(verdict)
        if sentence is not None:
            sentences.append(sentence)
    return sentences, verdicts


def _outcome(judgement: Judgement, sentences: Sequence[Sentence]) -> Outcome:
    if not sentences:
        return "no_evidence"
    return "partial" if judgement.decision == "partial" else "answered"


def _dropped(verdicts: Sequence[Verdict]) -> list[str]:
    count = sum(not verdict.shown for verdict in verdicts)
    return [f"{count} statement{'s' if count > 1 else ''} did not pass the check and {'are' if count > 1 else 'is'} not shown."] if count else []

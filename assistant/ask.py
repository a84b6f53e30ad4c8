"""Answering a question, in the order the design draws it:

    question → route → rewrite → retrieve → (nothing? no_evidence) → compose → ground → (nothing survives? no_evidence) → answer + receipt

Owns: that order. Does not own: any of the steps.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from assistant.answerable import Judgement, judge
from assistant.compose import extractive
from assistant.compose.did_it_work import CaseStatements, find_case
from assistant.compose.lists import asked_count, find_list
from assistant.compose.relevance import PairReader, Relevance, Search, rank
from assistant.compose.rewrite import Earlier
from assistant.compose.writing import ChatRecord, Scribe, Written, quote
from assistant.defined_terms import DefinedTerms, is_held
from assistant.disagreement import find_disagreements
from assistant.grounding.ground import Proposal
from assistant.identifiers import new_receipt_id
from assistant.library.library import Library
from assistant.nouns import (
    Answer,
    Completion,
    Depth,
    Disagreement,
    Evidence,
    NearestPassage,
    Outcome,
    Reading,
    Searched,
    Sentence,
    Timings,
    Verdict,
)  # fmt: skip
from assistant.premises import premise_notes
from assistant.refusal import nearest_passages, who_might_know
from assistant.retrieval.question import Question
from assistant.retrieval.retrieve import Filters, Retrieved, Retriever
from assistant.retrieval.word_vectors import TextEmbedder, WordVectors
from assistant.route import QUESTION, Route, route
from assistant.searches import searches, together
from assistant.standing import Completer, Standing

PREMISE_SENTENCES = 3


@dataclass(frozen=True)
class Asked:
    """An answer with what its receipt needs."""

    answer: Answer
    route: Route
    evidence: tuple[Evidence, ...]
    verdicts: tuple[Verdict, ...]
    chat: ChatRecord | None = None
    completion: Completion | None = None


@dataclass(frozen=True)
class _Composed:
    """What the composer proposes, and the judgement that let it."""

    proposals: Sequence[Proposal]
    shown: dict[str, Evidence]
    judgement: Judgement
    ranked: Sequence[Relevance]
    as_list: bool = False


class Asker:
    """Answers questions from one library, written by `scribe` where there is one, else quoted."""

    def __init__(
        self,
        *,
        library: Library,
        retriever: Retriever,
        embedder: TextEmbedder,
        words: WordVectors,
        reader: PairReader,
        scribe: Scribe | None = None,
    ) -> None:
        self._library = library
        self._retriever = retriever
        self._embedder = embedder
        self._words = words
        self._reader = reader
        self._terms = DefinedTerms()
        self.completer = Completer(library=library, retriever=retriever, scribe=scribe)

    def ask(
        self, question_text: str, *, filters: Filters, depth: Depth, earlier: Sequence[Earlier] = ()
    ) -> Generator[Reading | Sentence, None, Asked]:
        """Answer one question that is known to be text: yield what is read, then each sentence once it is checked; return the whole.

        `earlier`: the turns of the conversation so far, oldest first. They help to understand the question and prove nothing.
        """
        clock = _Clock()
        standing = self.completer.standing(question_text, earlier)
        standalone = standing.text
        way = route(self._embedder.embed([standalone])[0])
        term = self._terms.asked_for(standalone, self._library.sources())
        if term and way.outcome not in {None, "blocked"}:
            way = Route(QUESTION)
        if way.outcome is not None:
            return self._turned_away(question_text, standing, way, clock)
        search, beside = searches(self._retriever, standalone, standing.after, filters=filters, embedder=self._embedder)
        retrieved = together(search, beside)
        clock.lap("retrieve")
        composed = self._compose(search, beside, retrieved, depth, way, term=term)
        clock.lap("compose")
        yield Reading(
            passages=len(retrieved.evidence),
            sources=len({each.source.id for each in retrieved.evidence}),
            written=standing.errand is not None,
        )
        written = yield from self._write(standing, retrieved, composed, depth)
        clock.lap("ground")
        answer = self._answer(question_text, standalone, retrieved, composed, written, way, clock)
        return Asked(answer, way, retrieved.evidence, written.verdicts, standing.chat, standing.completion)

    def _write(
        self, standing: Standing, retrieved: Retrieved, composed: _Composed, depth: Depth
    ) -> Generator[Sentence, None, Written]:
        if standing.errand is None or not composed.proposals or composed.as_list:
            return (yield from quote(composed.proposals, composed.shown))
        return (
            yield from standing.errand.write(
                standing.text,
                evidence=_best_first(composed, retrieved),
                shown=composed.shown,
                depth=depth,
                rest=composed.proposals,
            )
        )

    def _compose(
        self, search: Search, beside: Search | None, retrieved: Retrieved, depth: Depth, way: Route, *, term: str | None
    ) -> _Composed:
        question = search.question
        shown = {e.passage.id: e for e in retrieved.evidence}
        ranked = rank(search, words=self._words, reader=self._reader, beside=beside)
        listed = self._listed(question, retrieved)
        if listed:
            shown |= {c.evidence.passage.id: c.evidence for c in listed}
            return _Composed([extractive.proposal(c, "answer") for c in listed], shown, Judgement("answer"), ranked, as_list=True)
        case = self._case(question, retrieved, depth)
        if case is not None:
            shown |= {c.evidence.passage.id: c.evidence for c, _ in case.chosen}
            return _Composed([extractive.proposal(c, section) for c, section in case.chosen], shown, Judgement("answer"), ranked)
        lead = extractive.lead_of(ranked, question.asked) if ranked else None
        chances = way.chances or {}
        judgement = judge(
            question, retrieved.terms, ranked, lead, chances=chances, likely=retrieved.asked, completed=beside is not None
        )
        if is_held(term, ranked):
            judgement = Judgement("answer", (), judgement.chance)
        elif term and judgement.decision == "partial":  # half an answer to what a term means explains nothing
            judgement = Judgement("no_evidence", judgement.reasons, judgement.chance)
        if judgement.decision == "no_evidence":
            return _Composed([], shown, judgement, ranked)
        chosen = extractive.choose(ranked, asked=question.asked, depth=depth)
        return _Composed(extractive.proposals(chosen), shown, judgement, ranked)

    def _case(self, question: Question, retrieved: Retrieved, depth: Depth) -> CaseStatements | None:
        def likeness_of(ids: Sequence[str]) -> dict[str, float]:
            found, matrix = self._library.vectors_by_passage(ids)
            return {i: float(value) for i, value in zip(found, matrix @ retrieved.question_vector, strict=True)} if found else {}

        return find_case(question, retrieved, depth=depth, passages_of=self._library.passages_of, likeness_of=likeness_of)

    def _listed(self, question: Question, retrieved: Retrieved) -> list:  # type: ignore[type-arg]
        if asked_count(question.text) is None:
            return []
        nearest = [e for e in retrieved.evidence[:10] if e.source.kind == "original"]
        whole = {e.source.id: self._library.passages_of(e.source.id) for e in nearest}
        return find_list(question.text, nearest, whole)

    def _answer(
        self, text: str, standalone: str, retrieved: Retrieved, composed: _Composed, written: Written, way: Route, clock: _Clock
    ) -> Answer:
        outcome = _outcome(composed.judgement, written)
        nearest: list[NearestPassage] = []
        know = []
        if outcome == "no_evidence":
            nearest = nearest_passages(composed.ranked, retrieved)
            know = who_might_know(self._library, retrieved)
        return Answer(
            receipt_id=new_receipt_id(),
            question=text,
            standalone_question=standalone,
            outcome=outcome,
            composer=written.composer,
            sentences=list(written.sentences),
            gaps=[
                *([way.says] if way.says else []),
                *premise_notes(standalone, [sentence.text for sentence in written.sentences[:PREMISE_SENTENCES]]),
                *composed.judgement.reasons,
                *written.gaps,
            ],
            nearest=nearest,
            who_might_know=know,
            disagreements=self._disagreements(written, composed),
            searched=Searched(passages=retrieved.passages, sources=retrieved.sources),
            timings_ms=clock.timings(),
        )

    def _disagreements(self, written: Written, composed: _Composed) -> list[Disagreement]:
        return find_disagreements(
            self._library.links(),
            cited=[citation for sentence in written.sentences for citation in sentence.citations],
            evidence=list(composed.shown.values()),
            sources=self._library.sources(),
            passages_of=self._library.passages_of,
        )

    def _turned_away(self, text: str, standing: Standing, way: Route, clock: _Clock) -> Asked:
        assert way.outcome is not None
        answer = Answer(
            receipt_id=new_receipt_id(),
            question=text,
            standalone_question=standing.text,
            outcome=way.outcome,
            composer=extractive.NAME,
            gaps=[way.says] if way.says else [],
            searched=Searched(passages=0, sources=0),
            timings_ms=clock.timings(),
        )
        return Asked(answer, way, (), (), standing.chat, standing.completion)


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


def _best_first(composed: _Composed, retrieved: Retrieved) -> list[Evidence]:
    """The evidence by how well its statements answer, each passage once; what was not ranked comes last."""
    ranked = [relevance.candidate.evidence for relevance in composed.ranked]
    return list({evidence.passage.id: evidence for evidence in [*ranked, *retrieved.evidence]}.values())


def _outcome(judgement: Judgement, written: Written) -> Outcome:
    if not written.sentences:
        return "error_model" if written.model_failed else "no_evidence"
    return "partial" if judgement.decision == "partial" else "answered"

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
from assistant.compose.relevance import PairReader, Relevance, Search, rank
from assistant.compose.rewrite import Earlier
from assistant.compose.writing import ChatRecord, Scribe, Written, quote
from assistant.defined_terms import DefinedTerms, is_among, is_held
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
from assistant.retrieval.retrieve import Filters, Retrieved, Retriever
from assistant.retrieval.word_vectors import TextEmbedder, WordVectors
from assistant.route import QUESTION, Route, route
from assistant.searches import searches, together
from assistant.shaped import NOBODY, Shaped, Shapes, wants_network
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
    verbatim: bool = False


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
        self._shapes = Shapes(library=library, retriever=retriever, embedder=embedder, words=words, reader=reader)
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
        composed = self._compose(search, beside, retrieved, depth, way, term=term, filters=filters)
        clock.lap("compose")
        yield Reading(
            passages=len(retrieved.evidence),
            sources=len({each.source.id for each in retrieved.evidence}),
            written=standing.errand is not None,
        )
        written = yield from self._write(standing, retrieved, composed, depth)
        clock.lap("ground")
        answer = self._answer(question_text, standalone, retrieved, composed, written, way, clock)
        return Asked(answer, way, tuple(composed.shown.values()), written.verdicts, standing.chat, standing.completion)

    def _write(
        self, standing: Standing, retrieved: Retrieved, composed: _Composed, depth: Depth
    ) -> Generator[Sentence, None, Written]:
        if standing.errand is None or not composed.proposals or composed.verbatim:
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
        self,
        search: Search,
        beside: Search | None,
        retrieved: Retrieved,
        depth: Depth,
        way: Route,
        *,
        term: str | None,
        filters: Filters,
    ) -> _Composed:
        question, chances = search.question, way.chances or {}
        shown = {e.passage.id: e for e in retrieved.evidence}
        ranked = rank(search, words=self._words, reader=self._reader, beside=beside)
        shaped = self._shapes.at_once(question, retrieved, ranked, depth=depth, filters=filters)
        if shaped is not None:
            return _of_shape(shaped, shown, ranked)
        lead = extractive.lead_of(ranked, question.asked) if ranked else None
        judgement = judge(
            question, retrieved.terms, ranked, lead, chances=chances, likely=retrieved.asked, completed=beside is not None
        )
        if is_held(term, ranked):
            judgement = Judgement("answer", (), judgement.chance)
        elif term and (judgement.decision == "partial" or not is_among(term, ranked)):  # half an answer explains nothing
            judgement = Judgement("no_evidence", judgement.reasons, judgement.chance)
        chosen = [] if judgement.decision == "no_evidence" else extractive.choose(ranked, asked=question.asked, depth=depth)
        direct = [choice.relevance for choice in chosen if choice.section == "answer"]
        shaped = self._shapes.two_sides(question, retrieved, judgement, direct, depth=depth, filters=filters, chances=chances)
        if shaped is not None:
            return _of_shape(shaped, shown, [*shaped.ranked, *ranked])
        if wants_network(question, filters):
            judgement = Judgement("partial" if chosen else "no_evidence", (*judgement.reasons, NOBODY), judgement.chance)
        return _Composed(extractive.proposals(chosen), shown, judgement, ranked)

    def _answer(
        self, text: str, standalone: str, retrieved: Retrieved, composed: _Composed, written: Written, way: Route, clock: _Clock
    ) -> Answer:
        outcome = _outcome(composed.judgement, written)
        nearest: list[NearestPassage] = []
        know = []
        if outcome == "no_evidence":
            nearest = nearest_passages(composed.ranked, retrieved)
        if outcome == "no_evidence" or NOBODY in composed.judgement.reasons:
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


def _of_shape(shaped: Shaped, shown: dict[str, Evidence], ranked: Sequence[Relevance]) -> _Composed:
    """What a shape proposes. Evidence that it found by itself is numbered on after what the question found."""
    proposals = [extractive.proposal(candidate, section) for candidate, section in shaped.chosen]
    new = [evidence for passage_id, evidence in shaped.evidence.items() if passage_id not in shown]
    last = max((each.rank for each in shown.values()), default=0)
    more = {each.passage.id: each.model_copy(update={"rank": last + n}) for n, each in enumerate(new, start=1)}
    return _Composed(proposals, shown | more, shaped.judgement, ranked, verbatim=shaped.verbatim)


def _best_first(composed: _Composed, retrieved: Retrieved) -> list[Evidence]:
    """The evidence by how well its statements answer, each passage once; what was not ranked comes last."""
    ranked = [relevance.candidate.evidence for relevance in composed.ranked]
    return list({evidence.passage.id: evidence for evidence in [*ranked, *retrieved.evidence]}.values())


def _outcome(judgement: Judgement, written: Written) -> Outcome:
    if not written.sentences:
        return "error_model" if written.model_failed else "no_evidence"
    return "partial" if judgement.decision == "partial" else "answered"

"""Answers that have a shape of their own: a list as it stands, the results of a case, whom to turn to, two things side by side. Owns: which shape a
question calls for, and what is searched for beside it.

Does not own: what each shape is made of (`compose`), or answers of no special shape (`compose/extractive`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.answerable import NOT_OUTRIGHT, Judgement, judge
from assistant.compose import extractive
from assistant.compose.candidates import Candidate
from assistant.compose.did_it_work import find_case
from assistant.compose.lists import asked_count, find_list
from assistant.compose.relevance import PairReader, Relevance, rank
from assistant.compose.two_sides import Side, about, beside, sides_of, speaks_of_both
from assistant.compose.whom_to_ask import NETWORK, asks_whom, find_networks
from assistant.library.library import Library
from assistant.nouns import Depth, Evidence, Section
from assistant.retrieval.question import Question
from assistant.retrieval.retrieve import Filters, Retrieved, Retriever
from assistant.retrieval.word_vectors import TextEmbedder, WordVectors
from assistant.searches import searches
from assistant.text.words import stem

SECTION: Section = "answer"
SIDE_BY_SIDE = "No statement compares the two outright; these are what the library says of each."
NOBODY = "No network of the library is about this; these are the nearest statements on the subject."


@dataclass(frozen=True)
class Shaped:
    """Statements with the section each is shown in, in order. `verbatim`: they are shown as they stand, and no model puts them in other words."""

    chosen: tuple[tuple[Candidate, Section], ...]
    judgement: Judgement = field(default_factory=lambda: Judgement("answer"))
    verbatim: bool = False
    ranked: tuple[Relevance, ...] = ()

    @property
    def evidence(self) -> dict[str, Evidence]:
        """The evidence they stand in, by passage."""
        return {candidate.evidence.passage.id: candidate.evidence for candidate, _ in self.chosen}


class Shapes:
    """Finds the answer of a special shape in one library."""

    def __init__(
        self, *, library: Library, retriever: Retriever, embedder: TextEmbedder, words: WordVectors, reader: PairReader
    ) -> None:
        self._library = library
        self._retriever = retriever
        self._embedder = embedder
        self._words = words
        self._reader = reader

    def at_once(
        self, question: Question, retrieved: Retrieved, ranked: Sequence[Relevance], *, depth: Depth, filters: Filters
    ) -> Shaped | None:
        """An answer that the question's own words call for, whatever else was found: a list, a case's results, whom to turn to.

        What a person's own document says of whom to turn to, where that is the best statement, comes before any network.
        """
        return (
            self._list(question, retrieved)
            or self._case(question, retrieved, depth)
            or (None if _is_own(ranked) else self._networks(question, depth=depth, filters=filters))
        )

    def two_sides(
        self,
        question: Question,
        retrieved: Retrieved,
        judgement: Judgement,
        shown: Sequence[Relevance],
        *,
        depth: Depth,
        filters: Filters,
        chances: Mapping[str, float],
    ) -> Shaped | None:
        """What is said of each of two things compared; None where the question compares no two, one of the statements that would be `shown`
        speaks of both, or one of the two is not known. A refusal with a reason (a year, a name, a kind of figure that nothing gives) stands.
        """
        sides = None if judgement.decision == "no_evidence" and judgement.reasons else sides_of(question.text)
        if sides is None:
            return None
        rarity = {stem(word): weight for word, weight in retrieved.terms.idf.items()}
        if any(speaks_of_both(each.candidate, sides, rarity) for each in shown):
            return None
        found = []
        for side, other in (sides, sides[::-1]):
            own = self._of_side(side, other, rarity, filters=filters, chances=chances)
            if not own:
                return None
            found.append(own)
        chosen = beside(found[0], found[1], depth)
        reasons = [reason for reason in judgement.reasons if reason != NOT_OUTRIGHT]
        said = tuple((each.candidate, SECTION) for each in chosen)
        return Shaped(said, Judgement("partial", (*reasons, SIDE_BY_SIDE)), ranked=tuple(chosen))

    def _of_side(
        self, side: Side, other: Side, rarity: Mapping[str, float], *, filters: Filters, chances: Mapping[str, float]
    ) -> list[Relevance]:
        search, _ = searches(self._retriever, side.question, filters=filters, embedder=self._embedder)
        ranked = about(side, other, rank(search, words=self._words, reader=self._reader), rarity)
        if not ranked:
            return []
        lead = extractive.lead_of(ranked, "definition")
        judged = judge(search.question, search.retrieved.terms, ranked, lead, chances=chances, likely=search.retrieved.asked)
        return [] if judged.decision == "no_evidence" else [lead, *(each for each in ranked if each is not lead)]

    def _networks(self, question: Question, *, depth: Depth, filters: Filters) -> Shaped | None:
        if not wants_network(question, filters):
            return None
        search, _ = searches(self._retriever, question.text, filters=replace(filters, kinds=(NETWORK,)))
        found = find_networks(rank(search, words=self._words), depth=depth, passages_of=self._library.passages_of)
        return Shaped(found, verbatim=True) if found else None

    def _case(self, question: Question, retrieved: Retrieved, depth: Depth) -> Shaped | None:
        def likeness_of(ids: Sequence[str]) -> dict[str, float]:
            found, matrix = self._library.vectors_by_passage(ids)
            return {i: float(value) for i, value in zip(found, matrix @ retrieved.question_vector, strict=True)} if found else {}

        case = find_case(question, retrieved, depth=depth, passages_of=self._library.passages_of, likeness_of=likeness_of)
        return Shaped(case.chosen) if case else None

    def _list(self, question: Question, retrieved: Retrieved) -> Shaped | None:
        if asked_count(question.text) is None:
            return None
        nearest = [e for e in retrieved.evidence[:10] if e.source.kind == "original"]
        whole = {e.source.id: self._library.passages_of(e.source.id) for e in nearest}
        listed = find_list(question.text, nearest, whole)
        return Shaped(tuple((each, "answer") for each in listed), verbatim=True) if listed else None


def wants_network(question: Question, filters: Filters) -> bool:
    """Whether a question asks whom to turn to, within filters that let a network be named."""
    return asks_whom(question.text) and (not filters.kinds or NETWORK in filters.kinds)


def _is_own(ranked: Sequence[Relevance]) -> bool:
    return bool(ranked) and ranked[0].candidate.evidence.source.origin == "user"

"""Finding evidence. Owns: the query to each index, fusing their results, filters. Does not own: the indexes or what is said of the evidence.

Score of a passage = MEANING x cosine + WORDS x (its BM25 / the best BM25), each index searched to `DEPTH`; a passage that only one index
found gets its exact cosine from the stored vectors, so that the two parts are always both known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.index.index import Index, QueryEmbedder
from assistant.library.library import Library
from assistant.nouns import Evidence
from assistant.retrieval.question import Question
from assistant.retrieval.spelling import nearest_known, variants

DEPTH = 80
MEANING, WORDS = 0.5, 0.5
VARIANT_WEIGHT = 0.8
BASIS_ORDER = {"read": 0, "second_hand": 1, "editor": 2}
SECOND_HAND_PENALTY = 0.02


@dataclass(frozen=True)
class Filters:
    """What evidence may come from. Empty means no limit."""

    source_ids: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    origin: str | None = None

    @property
    def empty(self) -> bool:
        """Whether anything is allowed."""
        return not (self.source_ids or self.themes or self.origin)


@dataclass(frozen=True)
class Terms:
    """A question's words against this library: `weights` for BM25, `idf` by term, which are unknown, which were mended."""

    weights: dict[str, float]
    idf: dict[str, float]
    unknown: tuple[str, ...]
    mended: dict[str, str]


@dataclass(frozen=True)
class Retrieved:
    """Evidence for a question, best first, with what was searched."""

    evidence: tuple[Evidence, ...]
    terms: Terms
    question_vector: np.ndarray
    passages: int
    sources: int


class Retriever:
    """Searches one library."""

    def __init__(self, *, library: Library, index: Index, embedder: QueryEmbedder) -> None:
        self._library = library
        self._index = index
        self._embedder = embedder

    def retrieve(self, question: Question, *, k: int, filters: Filters = Filters()) -> Retrieved:  # noqa: B008 - frozen value
        """The k best passages for a question, within the filters."""
        self._index.follow()
        passages, sources = self._library.counts()
        source_ids = self._allowed(filters)
        terms = self.read_terms(question, passages)
        vector = self._embedder.embed([_mended(question.text, terms)])[0]
        meaning = dict(self._index.search_meaning(vector, k=DEPTH, source_ids=source_ids))
        words = dict(self._index.words.search(terms.weights, k=DEPTH, source_ids=source_ids))
        evidence = self._fuse(meaning, words, vector, k=k)
        if source_ids is not None:
            passages, sources = len(self._library.passage_ids(source_ids)), len(source_ids)
        return Retrieved(evidence=evidence, terms=terms, question_vector=vector, passages=passages, sources=sources)

    def read_terms(self, question: Question, passages: int) -> Terms:
        """Weigh the question's words by how rare they are here (BM25's idf), mending typing slips the library can recognise."""
        weights: dict[str, float] = {}
        idf: dict[str, float] = {}
        unknown, mended = [], {}
        for term in question.terms:
            frequency = self._index.words.document_frequency(term)
            if not frequency:
                spelled = [v for v in variants(term) if self._index.words.document_frequency(v)]
                close = spelled[0] if spelled else nearest_known(term, self._index.words.vocabulary(term[:1]))
                if close:
                    mended[term] = close
                    frequency = self._index.words.document_frequency(close)
                    weights[close] = 1.0
                else:
                    unknown.append(term)
            weights[term] = 1.0
            idf[term] = math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)) if passages else 0.0
            weights |= {v: VARIANT_WEIGHT for v in variants(term) if v not in weights}
        return Terms(weights=weights, idf=idf, unknown=tuple(unknown), mended=mended)

    def _allowed(self, filters: Filters) -> list[str] | None:
        if filters.empty:
            return None
        allowed = []
        for source in self._library.sources().values():
            fits = (not filters.source_ids or source.id in filters.source_ids) and (not filters.origin or source.origin == filters.origin)
            if fits and (not filters.themes or set(filters.themes) & set(source.themes)):
                allowed.append(source.id)
        return allowed

    def _fuse(self, meaning: Mapping[str, float], words: Mapping[str, float], vector: np.ndarray, *, k: int) -> tuple[Evidence, ...]:
        candidates = self._library.passages_by_id([*meaning, *(i for i in words if i not in meaning)])
        lacking = [i for i in candidates if i not in meaning]
        ids, matrix = self._library.vectors_by_passage(lacking)
        similarity = dict(meaning) | {i: float(row @ vector) for i, row in zip(ids, matrix, strict=True)}
        best = max(words.values(), default=0.0) or 1.0
        scored = []
        for passage_id, passage in candidates.items():
            score = MEANING * similarity.get(passage_id, 0.0) + WORDS * words.get(passage_id, 0.0) / best
            scored.append((score - SECOND_HAND_PENALTY * (passage.basis == "second_hand"), passage_id))
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        sources = self._library.sources()
        return tuple(
            Evidence(
                rank=rank,
                score=round(score, 6),
                found_by=[*(["words"] if i in words else []), *(["meaning"] if i in meaning else [])],
                similarity=round(similarity.get(i, 0.0), 6),
                passage=candidates[i],
                source=sources[candidates[i].source_id],
            )
            for rank, (score, i) in enumerate(_present(scored, candidates, sources)[:k], start=1)
        )


def _present(scored: Sequence[tuple[float, str]], candidates: Mapping, sources: Mapping) -> list[tuple[float, str]]:  # type: ignore[type-arg]
    return [pair for pair in scored if candidates[pair[1]].source_id in sources]


def _mended(text: str, terms: Terms) -> str:
    for wrong, right in terms.mended.items():
        text = text.replace(wrong, right)
    return text

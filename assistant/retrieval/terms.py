"""A question's words against one library. Owns: how rare each is, which are unknown, mending typing slips. Does not own: searching."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from assistant.retrieval.question import Question
from assistant.retrieval.spelling import nearest_known, variants

VARIANT_WEIGHT = 0.8


class Vocabulary(Protocol):
    """The words a library uses."""

    def document_frequency(self, term: str) -> int: ...

    def vocabulary(self, prefix: str) -> list[str]: ...


@dataclass(frozen=True)
class Terms:
    """A question's words against this library: `weights` for BM25, `idf` by term, which are unknown, which were mended to what."""

    weights: dict[str, float]
    idf: dict[str, float]
    unknown: tuple[str, ...]
    mended: dict[str, str]


def read_terms(question: Question, words: Vocabulary, passages: int) -> Terms:
    """Weigh the question's words by how rare they are here (BM25's idf), mending slips the library can recognise."""
    weights: dict[str, float] = {}
    idf: dict[str, float] = {}
    unknown: list[str] = []
    mended: dict[str, str] = {}
    for term in question.terms:
        frequency = words.document_frequency(term)
        if not frequency:
            spelled = [v for v in variants(term) if words.document_frequency(v)]
            close = spelled[0] if spelled else nearest_known(term, words.vocabulary(term[:1]))
            if close:
                mended[term] = close
                frequency = words.document_frequency(close)
                weights[close] = 1.0
            else:
                unknown.append(term)
        weights[term] = 1.0
        idf[term] = math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)) if passages else 0.0
        weights |= {v: VARIANT_WEIGHT for v in variants(term) if v not in weights}
    return Terms(weights=weights, idf=idf, unknown=tuple(unknown), mended=mended)

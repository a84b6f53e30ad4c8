"""Evidence of maturity in a person's own document. Owns: proposing sentences for each dimension. Does not own: marking: people do.

A sentence is proposed by its meaning (the embedding model) and its words; it is never a mark by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from pydantic import Field

from assistant.instruments.assessment import OwnQuote
from assistant.instruments.maturity_spec import Dimension, MaturitySpec
from assistant.instruments.own_document import OwnDocument, OwnSentence
from assistant.nouns import Noun

FEWEST_WORDS = 6
MOST_SENTENCES = 1500  # read by meaning; of a longer document those with the most of the dimensions' words
A_WORD = 0.04  # what a word of the dimension adds to the cosine, up to three of them
MOST_WORDS = 3
FLOOR = 0.12
OWN = 0.5  # how much of a sentence's nearness to all dimensions is taken off, so that a general sentence comes last
LAST_RANK = 1  # a sentence is proposed where this dimension is its best or its second
SHOWN = 3


class TextEmbedder(Protocol):
    """What turns texts into vectors of length one."""

    def embed(self, texts: Sequence[str]) -> np.ndarray: ...


class Proposal(Noun):
    """Sentences of the document that may speak to a dimension, best first."""

    dimension: str
    title: str
    ask: str
    quotes: list[OwnQuote] = Field(description="Empty where the document seems to say nothing on it.")


def propose_evidence(document: OwnDocument, spec: MaturitySpec, embedder: TextEmbedder) -> list[Proposal]:
    """For each dimension the sentences to look at, from the document alone."""
    sentences = _worth_reading(document, spec)
    if not sentences:
        return [Proposal(dimension=d.id, title=d.title, ask=d.ask, quotes=[]) for d in spec.dimensions]
    texts = [document.words(sentence) for sentence in sentences]
    vectors = embedder.embed([". ".join([*s.heading[-1:], t]) for s, t in zip(sentences, texts, strict=True)])
    scores = np.stack([_scores(dimension, texts, vectors, embedder) for dimension in spec.dimensions], axis=1)
    return [
        Proposal(
            dimension=dimension.id, title=dimension.title, ask=dimension.ask, quotes=_best(document, sentences, scores, number)
        )
        for number, dimension in enumerate(spec.dimensions)
    ]


def _worth_reading(document: OwnDocument, spec: MaturitySpec) -> list[OwnSentence]:
    long = [s for s in document.sentences if len(document.words(s).split()) >= FEWEST_WORDS]
    if len(long) <= MOST_SENTENCES:
        return long
    hits = [max(_hits(dimension, document.words(sentence)) for dimension in spec.dimensions) for sentence in long]
    kept = sorted(sorted(range(len(long)), key=lambda i: -hits[i])[:MOST_SENTENCES])
    return [long[i] for i in kept]


def _scores(dimension: Dimension, texts: list[str], vectors: np.ndarray, embedder: TextEmbedder) -> np.ndarray:
    wanted = embedder.embed([dimension.ask, *dimension.looks_for])
    words = np.array([min(_hits(dimension, text), MOST_WORDS) for text in texts], dtype=np.float64)
    found: np.ndarray = (vectors @ wanted.T).max(axis=1) + A_WORD * words
    return found


def _hits(dimension: Dimension, text: str) -> int:
    folded = text.casefold()
    words = sum(bool(re.search(rf"\b{re.escape(word)}", folded)) for word in dimension.words)
    return words + 2 * sum(bool(re.search(pattern, folded)) for pattern in dimension.patterns)


def _best(document: OwnDocument, sentences: list[OwnSentence], scores: np.ndarray, number: int) -> list[OwnQuote]:
    """Sentences that speak to this dimension more than to most others, over the floor."""
    column = scores[:, number]
    rank = (scores > column[:, None]).sum(axis=1)
    own = column - OWN * scores.mean(axis=1)
    order = [int(i) for i in np.argsort(-own, kind="stable") if rank[i] <= LAST_RANK and column[i] >= FLOOR]
    return [document.quote(sentences[i]) for i in order[:SHOWN]]

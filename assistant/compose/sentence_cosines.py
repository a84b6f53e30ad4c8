"""Sentences of originals compared with the question one by one. Owns: which sentences are worth embedding, and their cosines.

Does not own: the passages' own vectors (the index). A passage of an original holds several sentences under one vector; for the few passages
that rank best, each sentence is embedded when it is first needed. The cost is bounded by MOST sentences a question.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.compose.candidates import Candidate
from assistant.retrieval.word_vectors import TextEmbedder

MOST = 24


def sentence_cosines(
    candidates: Sequence[Candidate], question_vector: np.ndarray, embedder: TextEmbedder
) -> dict[tuple[str, int], float]:
    """Cosine with the question of the first MOST sentences of originals, in the order of their passages' rank; by (passage id, start)."""
    chosen = [c for c in candidates if c.evidence.source.kind == "original" and len(c.evidence.passage.sentences) > 1][:MOST]
    if not chosen:
        return {}
    cosines = embedder.embed([c.text for c in chosen]) @ question_vector
    return {(c.evidence.passage.id, c.start): float(cosine) for c, cosine in zip(chosen, cosines, strict=True)}

"""How near a claim and its spans lie in meaning. Owns: which of their words are compared, and the cosines.

Does not own: the embedding model, or what nearness is worth beside words. Only what the support score looks at is compared: the best window,
and each sentence that holds a fair share of the claim. So a passage about something else changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from assistant.grounding.support_features import Laid, related, window_of
from assistant.grounding.support_reading import plain

NEAR = ("nearness", "nearest")
MOST = 6  # sentences compared one by one, those that hold most of the claim first
DIGITS = 4  # a text's vector moves by 1e-6 with the texts beside it; rounding keeps that out of the score


class Embeds(Protocol):
    """What turns texts into unit vectors."""

    def embed(self, texts: Sequence[str]) -> np.ndarray: ...


def compared(claim: str, lines: Sequence[Sequence[Laid]]) -> list[str]:
    """Of sentences laid against a claim, the plain words that are compared with it: the best window first; [] where there is none."""
    window = window_of(claim, lines)
    if window is None:
        return []
    beside = sorted(related(lines), key=lambda one: -one.share)[:MOST]
    return list(dict.fromkeys([window.text, *(one.part.text for one in beside)]))


def nearness(claim: str, lines: Sequence[Sequence[Laid]], embedder: Embeds) -> np.ndarray:
    """Cosines -1..1 in the order of NEAR: of a claim and its best window, and the greatest with that window or a related sentence; zeros where
    there is nothing to compare. `lines`: the spans' sentences as laid against the claim (`support_features.lay`). Raises ModelFileError.
    """
    said, texts = plain(claim), compared(claim, lines)
    if not texts:
        return np.zeros(len(NEAR))
    if texts[0] == said:
        return np.ones(len(NEAR))
    return from_vectors(embedder.embed([said, *texts]))


def from_vectors(vectors: np.ndarray) -> np.ndarray:
    """The same of the vectors of a claim and of the texts compared with it, in that order, shape (1 + texts, dimension)."""
    cosines = vectors[1:] @ vectors[0]
    return np.round(np.array([cosines[0], cosines.max()], dtype=float), DIGITS)

"""The support score: how likely spans say what a claim says, 0..1, offline. Owns: features times weights.

Does not own: the gate, or what is shown.

Deterministic: no model file, no network. The weights (support_weights.json) come from evals/fit_support.py and say where they
come from. "Support" means that the spans say it, not that it is true.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.grounding.support_features import NAMES, best_window, features

__all__ = ["SUPPORT_VERSION", "best_window", "model", "support"]
SUPPORT_VERSION = "1"
WEIGHTS_FILE = Path(__file__).with_name("support_weights.json")


@dataclass(frozen=True)
class Model:
    """Fitted weights in the order of NAMES, log odds at zero, the similarity's weight, and the score from which a claim counts
    as supported.
    """

    weights: np.ndarray
    intercept: float
    similarity: float
    threshold: float

    def score(self, row: np.ndarray, similarity: float) -> float:
        """The chance of support, 0..1."""
        odds = float(row @ self.weights) + self.intercept + self.similarity * similarity
        return 1 / (1 + math.exp(-odds))


@cache
def model(*, with_similarity: bool = False) -> Model:
    """The stored weights, read once."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["with_similarity" if with_similarity else "without_similarity"]
    weights = np.array([stored["weights"][name] for name in NAMES])
    return Model(weights, float(stored["intercept"]), float(stored["weights"].get("similarity", 0.0)), float(stored["threshold"]))


def support(claim: str, spans: Sequence[str], *, similarity: float | None = None) -> float:
    """Support of `claim` by the exact cited `spans`, 0..1; 0 where either says nothing.

    `similarity` is the cosine of the claim's vector and that of its best window (`best_window`) from the embedding model, where
    it is at hand.
    """
    row = features(claim, spans)
    if not row.any():
        return 0.0
    return model(with_similarity=similarity is not None).score(row, similarity or 0.0)

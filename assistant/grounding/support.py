"""The support score: how likely spans say what a claim says, 0..1, offline. Owns: features times weights.

Does not own: the gate, the features, the embedding model, or what is shown.

Deterministic: no network. Two fits are kept: by words alone, and by words and meaning, which also looks at how near claim and spans lie
(`nearness`). The weights (support_weights.json) come from evals/fit_support.py and say where they come from. "Support" means that the
spans say it, not that it is true.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.grounding.nearness import NEAR, Embeds, nearness
from assistant.grounding.support_features import NAMES, features, features_of, lay

SUPPORT_VERSION = "2"
WEIGHTS_FILE = Path(__file__).with_name("support_weights.json")
BY_WORDS, BY_MEANING = "words", "words_and_meaning"


@dataclass(frozen=True)
class Model:
    """Fitted weights in the order of NAMES and NEAR, log odds at zero, and the score from which a claim counts as supported."""

    weights: np.ndarray
    near: np.ndarray
    intercept: float
    threshold: float

    def score(self, row: np.ndarray, near: np.ndarray) -> float:
        """The chance of support, 0..1."""
        odds = float(row @ self.weights) + float(near @ self.near) + self.intercept
        return 1 / (1 + math.exp(-odds))


@cache
def model(*, by_meaning: bool = False) -> Model:
    """The stored weights of one fit, read once; those by words alone give nearness no weight."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))[BY_MEANING if by_meaning else BY_WORDS]
    weights, near = (np.array([stored["weights"].get(name, 0.0) for name in names]) for names in (NAMES, NEAR))
    return Model(weights, near, float(stored["intercept"]), float(stored["threshold"]))


def support(claim: str, spans: Sequence[str]) -> float:
    """Support of `claim` by the exact cited `spans` by words alone, 0..1; 0 where either says nothing."""
    row = features(claim, spans)
    return model().score(row, np.zeros(len(NEAR))) if row.any() else 0.0


class SupportScore:
    """The support score by words and meaning. `threshold`: the score from which a claim counts as supported."""

    def __init__(self, embedder: Embeds) -> None:
        """`embedder` is asked only where claim and spans share words."""
        self._embedder = embedder
        self.threshold = model(by_meaning=True).threshold

    def __call__(self, claim: str, spans: Sequence[str]) -> float:
        """Support of `claim` by the exact cited `spans`, 0..1; 0 where either says nothing. Raises ModelFileError."""
        lines = lay(claim, spans)
        row = features_of(claim, lines)
        return model(by_meaning=True).score(row, nearness(claim, lines, self._embedder)) if row.any() else 0.0

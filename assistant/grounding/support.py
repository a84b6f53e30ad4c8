"""The support score: how likely spans say what a claim says, 0..1, offline. Owns: features times weights. Does not own: the gate, or what is shown.

Deterministic: no model file, no network. The weights (support_weights.json) come from evals/fit_support.py and say where they come from.
"Support" means that the spans say it, not that it is true.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.grounding.support_features import NAMES, features

SUPPORT_VERSION = "1"
WEIGHTS_FILE = str(Path(__file__).with_name("support_weights.json"))
SIMILARITY_WEIGHT = 0.0
EVEN_SIMILARITY = 0.5


@dataclass(frozen=True)
class Weights:
    """The fitted weights, in the order of NAMES; log odds at zero; and the score from which a claim counts as supported."""

    values: np.ndarray
    intercept: float
    threshold: float


@cache
def weights() -> Weights:
    """The stored weights, read once."""
    stored = json.loads(Path(WEIGHTS_FILE).read_text(encoding="utf-8"))
    return Weights(np.array([stored["weights"][name] for name in NAMES]), float(stored["intercept"]), float(stored["threshold"]))


def support(claim: str, spans: Sequence[str]) -> float:
    """Support of `claim` by the exact cited `spans`, 0..1; 0 where either says nothing."""
    row = features(claim, spans)
    if not row.any():
        return 0.0
    odds = float(row @ weights().values) + weights().intercept
    return 1 / (1 + math.exp(-odds))

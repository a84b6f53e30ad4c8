"""How well passages say a claim, 0 to 1, and the word for it. Owns: the score of pairs, many at a time, and its thresholds.

Does not own: the features (`pair_reading.py`) or the weights (pair_weights.json, fitted by evals/fit_pairs.py, which says what they
rest on and what they reached on sets that were left out).

Offline and deterministic. A further judge (`second`, a cross-encoder say) adds its log odds of support where one is given.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.draft.pair import Pair, PairResult, PairStatus
from assistant.draft.pair_reading import NAMES, PairReading, TokenReader, read_pairs

PAIR_VERSION = "1"
WEIGHTS_FILE = Path(__file__).with_name("pair_weights.json")
TURNED_COST = 2.0  # log odds that a turned claim loses; on sets left out, 1 to 4 served alike
DIGITS = 4


class SecondJudge(Protocol):
    """Another judge of support: log odds, one for each claim beside its best window. A pair's must not depend on its batch."""

    name: str

    def __call__(self, claims: Sequence[str], windows: Sequence[str]) -> Sequence[float]: ...


@dataclass(frozen=True)
class PairModel:
    """Fitted weights in the order of NAMES, log odds at zero, the weight of a second judge, and the scores from which a claim counts
    as supported or as partly so.
    """

    weights: np.ndarray
    intercept: float
    second: float
    supported: float
    partly: float


@cache
def pair_model() -> PairModel:
    """The stored weights, read once."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    weights = np.array([stored["weights"][name] for name in NAMES])
    cut = stored["thresholds"]
    return PairModel(weights, float(stored["intercept"]), float(stored["second"]), float(cut["supported"]), float(cut["partly"]))


class PairScorer:
    """Scores pairs, many at a time. Opens no library."""

    def __init__(self, reader: TokenReader, *, second: SecondJudge | None = None, model: PairModel | None = None) -> None:
        self._reader = reader
        self._second = second
        self._model = model or pair_model()
        self.name = f"pairs-{PAIR_VERSION}" + (f"+{second.name}" if second else "")

    def judge(self, pairs: Sequence[Pair]) -> list[PairResult]:
        """One result for each pair, in order."""
        read = read_pairs([(pair.claim, pair.passages) for pair in pairs], self._reader)
        scores = self._scores(read)
        return [
            PairResult(id=pair.id, status=self._status(score, row), score=score)
            for pair, row, score in zip(pairs, read, scores, strict=True)
        ]

    def _scores(self, read: Sequence[PairReading]) -> list[float]:
        odds = [log_odds(each, self._model) for each in read]
        if self._second is not None and read:
            more = self._second([each.claim for each in read], [each.window for each in read])
            odds = [one + self._model.second * float(other) for one, other in zip(odds, more, strict=True)]
        scores = [_chance(one) if each.row.any() else 0.0 for each, one in zip(read, odds, strict=True)]
        below = round(
            self._model.supported - 10**-DIGITS, DIGITS
        )  # a turned claim is never supported, whatever else speaks for it
        return [min(one, below) if each.turned else one for each, one in zip(read, scores, strict=True)]

    def _status(self, score: float, read: PairReading) -> PairStatus:
        if score >= self._model.supported:
            return "supported"
        if read.turned:
            return "contradicted"
        return "partly" if score >= self._model.partly else "unsupported"


def log_odds(read: PairReading, model: PairModel) -> float:
    """The score before a second judge, as log odds."""
    return float(read.row @ model.weights) + model.intercept - TURNED_COST * read.turned


def _chance(odds: float) -> float:
    """Log odds as a number from 0 to 1; a score that is no number supports nothing."""
    return round(1 / (1 + math.exp(-max(-40.0, min(40.0, odds)))), DIGITS) if math.isfinite(odds) else 0.0

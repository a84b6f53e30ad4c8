"""How much a sentence is like a tell's examples. Owns: the fitted weights, and scores of sentences by tell and side.

Does not own: fitting them (`evals/fit_washing.py`) or the example sentences (data). A ridge regression over the embedding, one
output for each tell and side, about 1 for a sentence that says it and about 0 for any other (Hoerl and Kennard 1970).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import CorpusError
from assistant.instruments.washing.spec import SIDES, Side, washing_spec

WEIGHTS = Path(__file__).parent / "weights.npz"


class TextEmbedder(Protocol):
    """What turns texts into vectors of length one."""

    def embed(self, texts: Sequence[str]) -> np.ndarray: ...


@lru_cache(maxsize=1)
def weights() -> np.ndarray:
    """Shape (dimension + 1, outputs); the last row is the constant. Raises CorpusError for a rubric they were not fitted for."""
    with np.load(WEIGHTS) as stored:
        facts = json.loads(str(stored["facts"]))
        found: np.ndarray = stored["weights"].astype(np.float64)
    if facts["outputs"] != outputs():
        raise CorpusError("The mission-washing weights were fitted for other tells. Fit them again: python -m evals.fit_washing.")
    return found


def outputs() -> list[str]:
    """The names of the outputs in order: tell, then side."""
    return [f"{tell.id}.{side}" for tell in washing_spec().tells for side in SIDES]


class Likeness:
    """Scores of sentences, one row each."""

    def __init__(self, texts: Sequence[str], embedder: TextEmbedder) -> None:
        vectors = embedder.embed(list(texts)).astype(np.float64)
        rows = np.concatenate([vectors, np.ones((len(vectors), 1))], axis=1) if len(vectors) else np.zeros((0, len(weights())))
        self._scores: np.ndarray = np.round(rows @ weights(), 4)  # rounded: a batch moves a vector in its seventh place
        self._columns = {name: number for number, name in enumerate(outputs())}

    def score(self, row: int, tell: str, side: Side) -> float:
        """About 1: says it; about 0: does not."""
        return float(self._scores[row, self._columns[f"{tell}.{side}"]])

    def best(self, row: int) -> float:
        """The highest score of any tell and side."""
        return float(self._scores[row].max())

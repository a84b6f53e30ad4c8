"""How clearly a sentence says a tell or its counterpart, and what mark the clearest sentences of a document make.

Owns: the fitted weights, scores of sentences by tell and side, and the chance of each mark. Does not own: fitting (`evals/fit_washing.py`) or
the labelled sentences (data). Scores: a ridge regression over the embedding and the word signs, one output for each tell and side, about 1 for
a sentence that says it and about 0 for any other (Hoerl and Kennard 1970). Marks: a multinomial logistic regression over a tell's clearest
sentence of each side.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import CorpusError
from assistant.instruments.assessment import CANNOT_TELL
from assistant.instruments.washing.spec import ABSENT, PRESENT, SIDES, Side, washing_spec
from assistant.instruments.washing.word_signs import names, word_signs

WEIGHTS = Path(__file__).parent / "weights.npz"
MARKS = (PRESENT, ABSENT, CANNOT_TELL)
WORD_SCALE = 0.3  # a word sign beside a component of the embedding
SCALE = 3.0  # of scores as the marks' regression reads them
# Units, and how much higher the best score is of twice as many sentences that say nothing (measured on training sentences: 0.06 to 0.08).
MANY, RISE = 40, 0.07


class TextEmbedder(Protocol):
    """What turns texts into vectors of length one."""

    def embed(self, texts: Sequence[str]) -> np.ndarray: ...


@dataclass(frozen=True)
class Weights:
    """`sentences`: (outputs, inputs + 1), the last column the constant. `marks`: (3, tells + 5 + 1), rows in the order of MARKS."""

    sentences: np.ndarray
    marks: np.ndarray


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The shipped weights. Raises CorpusError for a rubric they were not fitted for."""
    with np.load(WEIGHTS) as stored:
        facts = json.loads(str(stored["facts"]))
        found = Weights(stored["sentences"].astype(np.float64), stored["marks"].astype(np.float64))
    if facts["outputs"] != outputs() or facts["signs"] != names():
        raise CorpusError("The mission-washing weights were fitted for other tells. Fit them again: python -m evals.fit_washing.")
    return found


def outputs() -> list[str]:
    """The names of the outputs in order: tell, then side."""
    return [f"{tell.id}.{side}" for tell in washing_spec().tells for side in SIDES]


def inputs(texts: Sequence[str], embedder: TextEmbedder, *, now: int) -> np.ndarray:
    """What the regression reads of each sentence, shape (texts, dimension + signs + 1)."""
    vectors = embedder.embed(list(texts)).astype(np.float64)
    signs = np.array([word_signs(text, now=now) for text in texts])
    return np.concatenate([vectors, WORD_SCALE * signs, np.ones((len(texts), 1))], axis=1)


def mark_inputs(weak: float, strong: float, tell: int, tells: int) -> np.ndarray:
    """What the marks' regression reads of a tell: its clearest sentences, and which tell it is."""
    which = np.zeros(tells)
    which[tell] = 1.0
    return np.array(
        [SCALE * strong, SCALE * weak, SCALE * (strong - weak), SCALE * max(strong, weak), SCALE * min(strong, weak), *which, 1.0]
    )


class Likeness:
    """Scores of sentences, one row each."""

    def __init__(self, texts: Sequence[str], embedder: TextEmbedder, *, now: int) -> None:
        made = inputs(texts, embedder, now=now) @ weights().sentences.T if texts else np.zeros((0, len(outputs())))
        self._scores: np.ndarray = np.round(made, 4)  # rounded: a batch moves a vector in its seventh place
        self._columns = {name: number for number, name in enumerate(outputs())}
        self._tells = [tell.id for tell in washing_spec().tells]
        self._lowered = RISE * max(0.0, math.log2(max(len(texts), 1) / MANY))

    def score(self, row: int, tell: str, side: Side) -> float:
        """About 1: says it; about 0: does not."""
        return float(self._scores[row, self._columns[f"{tell}.{side}"]])

    def clearest(self, tell: str, side: Side) -> list[int]:
        """Rows by how clearly they say it, clearest first; among equals in reading order."""
        column = self._scores[:, self._columns[f"{tell}.{side}"]]
        return sorted(range(len(column)), key=lambda row: (-column[row], row))

    def chances(self, tell: str) -> dict[str, float]:
        """The chance of each mark by the clearest sentence of each side; certain that it cannot be told where there are none."""
        if not len(self._scores):
            return {PRESENT: 0.0, ABSENT: 0.0, CANNOT_TELL: 1.0}
        weak, strong = (float(self._scores[:, self._columns[f"{tell}.{side}"]].max()) - self._lowered for side in SIDES)
        logits = weights().marks @ mark_inputs(weak, strong, self._tells.index(tell), len(self._tells))
        shares = np.exp(logits - logits.max())
        return dict(zip(MARKS, (shares / shares.sum()).tolist(), strict=True))

"""Learning from the training questions. Owns: reading them, the losses, plain numpy optimisers. Does not own: what is done with the weights.

Sets `train_*` under `evals/cases/` hold questions with the statements that answer them; `dev` chooses, `heldout` is only ever measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.cases import CASES, _Case, read_cases

SCALE = 20.0  # inverse temperature of the softmax over statements


class TrainCase(_Case):
    """A question and the statements (`source#statement`) that hold its answer, best first."""

    question: str
    gold: list[str]


class TrainUnanswerableCase(_Case):
    """A question about a known subject (`near`) that no statement answers."""

    question: str
    near: str
    why: str


@dataclass(frozen=True)
class Adapter:
    """A low-rank map of question vectors: `down` (dimension, rank), `up` (rank, dimension)."""

    down: np.ndarray
    up: np.ndarray


def train_sets(folder: Path = CASES) -> list[str]:
    """Names of the training sets, in order."""
    return sorted(path.name for path in folder.glob("train_*") if path.is_dir())


def read_training(sets: list[str]) -> tuple[list[TrainCase], list[TrainUnanswerableCase]]:
    """Answerable and unanswerable training questions of these sets."""
    answerable = [case for name in sets for case in read_cases(name, "train", TrainCase)]
    unanswerable = [
        case
        for name in sets
        if (CASES / name / "train_unanswerable.yaml").exists()
        for case in read_cases(name, "train_unanswerable", TrainUnanswerableCase)
    ]
    return answerable, unanswerable


def unit(rows: np.ndarray) -> np.ndarray:
    """Rows of unit length."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12))


def fit_adapter(
    questions: np.ndarray, gold: list[list[int]], statements: np.ndarray, *, rank: int = 64, steps: int = 20, seed: int = 0
) -> Adapter:
    """Learn a map that brings questions near the statements that answer them.

    Loss: softmax over all statements of SCALE x cosine, minus the log of the share that falls to the gold ones; Adam (Kingma & Ba, 2015) with
    weight decay 0.01. `questions`: (n, d), `statements`: (m, d), unit rows; `gold`: row numbers. Few steps: more of them overfit (dev).
    """
    marks = np.zeros((len(questions), len(statements)), dtype=bool)
    for row, each in enumerate(gold):
        marks[row, each] = True
    dimension = questions.shape[1]
    weights = [np.random.RandomState(seed).randn(dimension, rank) * 0.01, np.zeros((rank, dimension))]
    optimiser = Adam(weights, rate=5e-3, decay=0.01)
    for _ in range(steps):
        hidden = questions @ weights[0]
        moved = questions + hidden @ weights[1]
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        direction = moved / length
        logits = SCALE * direction @ statements.T
        share = np.exp(logits - logits.max(axis=1, keepdims=True))
        on_gold = share * marks
        wrong = share / share.sum(axis=1, keepdims=True) - on_gold / np.maximum(on_gold.sum(axis=1, keepdims=True), 1e-30)
        pull = (wrong * SCALE / len(questions)) @ statements
        pull = (pull - direction * (pull * direction).sum(axis=1, keepdims=True)) / length
        optimiser.step([questions.T @ (pull @ weights[1].T), hidden.T @ pull])
    return Adapter(down=weights[0], up=weights[1])


class Adam:
    """Adam with decoupled weight decay, over arrays changed in place."""

    def __init__(self, weights: list[np.ndarray], *, rate: float, decay: float = 0.0) -> None:
        self._weights = weights
        self._rate, self._decay = rate, decay
        self._first = [np.zeros_like(w) for w in weights]
        self._second = [np.zeros_like(w) for w in weights]
        self._steps = 0

    def step(self, gradients: list[np.ndarray]) -> None:
        """One step down these gradients."""
        self._steps += 1
        for weight, gradient, first, second in zip(self._weights, gradients, self._first, self._second, strict=True):
            first += 0.1 * (gradient - first)
            second += 0.001 * (gradient**2 - second)
            weight *= 1 - self._rate * self._decay
            scaled = np.sqrt(second / (1 - 0.999**self._steps)) + 1e-8
            weight -= self._rate * (first / (1 - 0.9**self._steps)) / scaled


def fit_logistic(rows: np.ndarray, labels: np.ndarray, *, penalty: float, weights: np.ndarray | None = None) -> np.ndarray:
    """Logistic regression by Newton's method; returns (features + 1,) with the intercept last. `penalty`: L2, not on the intercept."""
    design = np.column_stack([rows, np.ones(len(rows))])
    each = np.ones(len(rows)) if weights is None else weights
    beta = np.zeros(design.shape[1])
    ridge = penalty * np.eye(len(beta))
    ridge[-1, -1] = 1e-9
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (each * (chance - labels)) + ridge @ beta
        curvature = (design * (each * chance * (1 - chance))[:, None]).T @ design + ridge
        change = np.linalg.solve(curvature, gradient)
        beta -= change
        if np.abs(change).max() < 1e-8:
            break
    return beta

"""Fits the router (`assistant/retrieval/learned/routes.npz`) on labelled requests. Run by hand: python -m evals.fit_routes

Owns: the file and the accuracy printed on `evals/cases/routes/test.yaml`, which was written apart and is not fitted. Loss: softmax
regression with an L2 penalty, by Adam. Training questions of the field stand in as further examples of `question`.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

import numpy as np
from pydantic import TypeAdapter

from assistant.index.embedder import Embedder
from assistant.nouns import Noun
from assistant.route import WEIGHTS
from evals.cases import CASES
from evals.learning import Adam, read_training, train_sets
from ingest.corpus_reader import load_yaml

PENALTY = 3e-4
STEPS = 1500
EVERY = 8  # of the field's training questions, one in so many is taken


class RouteCase(Noun):
    """A request and its kind."""

    text: str
    route: Literal["question", "out_of_scope", "opinion", "decision", "personal_data", "injection", "greeting", "unclear"]


def main() -> None:
    """Fit, print the accuracy on the test requests by kind, write the weights."""
    train, test = read_routes("train"), read_routes("test")
    more = [case.question for case in read_training(train_sets())[0]][::EVERY]
    embedder = Embedder()
    names = sorted({case.route for case in train})
    labels = np.array([names.index(case.route) for case in train] + [names.index("question")] * len(more))
    rows = embedder.embed([case.text for case in train] + more).astype(np.float64)
    weights, bias = fit_softmax(rows, labels, len(names))
    guessed = np.argmax(embedder.embed([case.text for case in test]) @ weights + bias, axis=1)
    right = Counter(case.route for case, guess in zip(test, guessed, strict=True) if names[guess] == case.route)
    whole = Counter(case.route for case in test)
    print(f"test accuracy {sum(right.values()) / len(test):.3f}:", ", ".join(f"{n} {right[n]}/{whole[n]}" for n in names))
    np.savez(WEIGHTS, names=np.array(names), weights=weights.astype(np.float16), bias=bias.astype(np.float16))


def read_routes(name: str) -> list[RouteCase]:
    """Labelled requests of a file under `evals/cases/routes/`."""
    return TypeAdapter(list[RouteCase]).validate_python(load_yaml(CASES / "routes" / f"{name}.yaml"))


def fit_softmax(rows: np.ndarray, labels: np.ndarray, kinds: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights (features, kinds) and bias (kinds,) of a softmax regression in which each kind counts alike."""
    wanted = np.eye(kinds)[labels]
    each = (1 / np.bincount(labels, minlength=kinds))[labels] / kinds
    weights, bias = np.zeros((rows.shape[1], kinds)), np.zeros(kinds)
    optimiser = Adam([weights, bias], rate=0.05)
    for _ in range(STEPS):
        logits = rows @ weights + bias
        share = np.exp(logits - logits.max(axis=1, keepdims=True))
        wrong = (share / share.sum(axis=1, keepdims=True) - wanted) * each[:, None]
        optimiser.step([rows.T @ wrong + PENALTY * weights, wrong.sum(axis=0)])
    return weights, bias


if __name__ == "__main__":
    main()

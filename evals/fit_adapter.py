"""Fits the query adapter (`assistant/retrieval/learned/query_adapter.npz`) on the training questions. Run by hand: python -m evals.fit_adapter

Owns: the file and the figures printed beside it. Does not own: the loss (see `learning.py`). Dev questions chose rank and steps.
"""

from __future__ import annotations

import argparse

import numpy as np

from assistant import open_assistant
from assistant.retrieval.query_adapter import WEIGHTS
from evals.cases import QuestionCase, read_cases
from evals.learning import Adapter, fit_adapter, read_training, train_sets, unit


def main() -> None:
    """Fit, print dev figures before and after, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rank", type=int, default=64)
    parser.add_argument("--steps", type=int, default=20)
    arguments = parser.parse_args()
    assistant = open_assistant()
    rows = {
        f"{s}#{p.statement}": p.id for s in assistant.library.sources() for p in assistant.library.passages_of(s) if p.statement
    }
    ids, matrix = assistant.library.vectors_by_passage(rows.values())
    at = {name: ids.index(i) for name, i in rows.items()}
    matrix = unit(matrix)
    cases = [case for case in read_training(train_sets())[0] if any(g in at for g in case.gold)]
    questions = assistant.embedder.embed([case.question for case in cases])
    gold = [[at[g] for g in case.gold if g in at] for case in cases]
    adapter = fit_adapter(
        questions.astype(np.float64), gold, matrix.astype(np.float64), rank=arguments.rank, steps=arguments.steps
    )
    sources = np.array([name.partition("#")[0] for name in sorted(at, key=lambda n: at[n])])
    dev = read_cases("dev", "questions", QuestionCase)
    vectors = assistant.embedder.embed([case.question for case in dev])
    none = Adapter(down=np.zeros_like(adapter.down), up=np.zeros_like(adapter.up))
    print(
        f"{len(cases)} training questions; dev source recall@5 without {recall(none, vectors, dev, matrix, sources):.3f}", end=""
    )
    print(f", with {recall(adapter, vectors, dev, matrix, sources):.3f}")
    np.savez(WEIGHTS, down=adapter.down.astype(np.float16), up=adapter.up.astype(np.float16))


def recall(adapter: Adapter, vectors: np.ndarray, cases: list[QuestionCase], matrix: np.ndarray, sources: np.ndarray) -> float:
    """Share of questions with a gold source among the first five sources by cosine alone."""
    moved = unit(vectors + (vectors @ adapter.down) @ adapter.up)
    found = 0
    for row, case in zip(moved @ matrix.T, cases, strict=True):
        first = list(dict.fromkeys(sources[np.argsort(-row)[:60]]))[:5]
        found += any(gold in first for gold in case.gold)
    return found / len(cases)


if __name__ == "__main__":
    main()

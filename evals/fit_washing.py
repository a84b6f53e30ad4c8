"""Fits the mission-washing check (`assistant/instruments/washing/weights.npz`). Run by hand: python -m evals.fit_washing

Owns: that fit and its file. Does not own: the labelled sentences (data). Sentences: the examples beside the rubric, and training extracts of
which every sentence is labelled (`cases/washing/train`). Marks: the training extracts, scored by fits that have not seen them, some without the
sentences on some tells, so that there is much that cannot be told; and the development extracts. Held-out extracts are never read here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import yaml

from assistant.index.embedder import Embedder
from assistant.instruments.assessment import CANNOT_TELL
from assistant.instruments.washing.meaning import MARKS, WEIGHTS, TextEmbedder, inputs, mark_inputs, outputs
from assistant.instruments.washing.spec import ABSENT, PRESENT, SIDES, washing_spec
from assistant.instruments.washing.units import units_of
from assistant.instruments.washing.word_signs import names
from evals.strategies import (
    NOW,
    LabelledSentence,
    StrategyCase,
    TrainingExtract,
    read_extracts,
    read_strategies,
    strategy_document,
)

EXAMPLES = "washing-examples.yaml"
# Penalty, and the weight of a sentence that says a tell: chosen on development extracts left out in turn.
RIDGE, SAYS_IT = 6.0, 15.0
FOLDS, PENALTY, STEPS, PACE = 5, 1.0, 25, 0.6
SHORTENED, LEFT_OUT = 3, 0.35  # shortened copies of each training extract, and the share of tells left out of each
MOVED = (-6, 9)  # years by which dated sentences are moved, and the year of reading with them
_YEAR = re.compile(r"\b20[1-7]\d\b")
TRAIN_WEIGHT, DEV_WEIGHT = 0.25, 2.0


def read_examples() -> list[LabelledSentence]:
    """The examples beside the rubric; those under `other` say nothing on any tell."""
    data = yaml.safe_load(text_of_examples())
    found = [
        LabelledSentence(text=text, says=[f"{tell}.{side}"])
        for tell, sides in data.items()
        if tell != "other"
        for side in SIDES
        for text in sides[side]
    ]
    return found + [LabelledSentence(text=text) for text in data["other"]]


def text_of_examples() -> str:
    """The text of the file of examples."""
    return (files("corpus") / "instruments" / EXAMPLES).read_text("utf-8")


def digest() -> str:
    """sha256 of all that is learned from."""
    extracts = [case.model_dump_json() for case in read_extracts()]
    labels = [case.model_dump_json() for case in read_strategies("dev")]
    return hashlib.sha256("\n".join([text_of_examples(), *extracts, *labels]).encode()).hexdigest()


def fit(embedder: TextEmbedder) -> tuple[np.ndarray, np.ndarray]:
    """Weights of sentences, (outputs, inputs), and of marks, (marks, inputs of the marks)."""
    examples, extracts = read_examples(), read_extracts()
    sentences = [*examples, *(sentence for case in extracts for sentence in case.sentences)]
    wanted = np.array([[float(name in sentence.says) for name in outputs()] for sentence in sentences])
    of = np.concatenate([np.full(len(examples), -1), *(np.full(len(case.sentences), n) for n, case in enumerate(extracts))])
    rows = inputs([sentence.text for sentence in sentences], embedder, now=NOW)
    later, moved = _moved([sentence.text for sentence in sentences], embedder)
    solved = _ridge(np.vstack([rows, moved]), np.vstack([wanted, wanted[later]]))
    unseen = np.zeros(wanted.shape)
    for fold in range(FOLDS):
        out = (of >= 0) & (of % FOLDS == fold)
        known = ~out[later]
        learned = _ridge(np.vstack([rows[~out], moved[known]]), np.vstack([wanted[~out], wanted[later][known]]))
        unseen[out] = rows[out] @ learned.T
    training = [(unseen[of == n], extracts[n]) for n in range(len(extracts))]
    return solved, _fit_marks(training, solved, embedder)


def _moved(texts: Sequence[str], embedder: TextEmbedder) -> tuple[np.ndarray, np.ndarray]:
    """Sentences that name a year, as they would stand in other years: their numbers, and what is read of them. So that a year is read by how
    far ahead it lies.
    """
    dated = [n for n, text in enumerate(texts) if _YEAR.search(text)]
    made = [inputs([_in_years(texts[n], by) for n in dated], embedder, now=NOW + by) for by in MOVED]
    return np.array(dated * len(MOVED)), np.vstack(made)


def _in_years(text: str, by: int) -> str:
    return _YEAR.sub(lambda year: str(int(year.group()) + by), text)


def _ridge(rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """One regression an output, in which the few sentences that say it weigh more."""
    found = []
    for column in wanted.T:
        weighted = rows * np.where(column > 0, SAYS_IT, 1.0)[:, None]
        found.append(np.linalg.solve(weighted.T @ rows + RIDGE * np.eye(rows.shape[1]), weighted.T @ column))
    return np.array(found)


def _fit_marks(training: Sequence[tuple[np.ndarray, TrainingExtract]], solved: np.ndarray, embedder: TextEmbedder) -> np.ndarray:
    random, tells = np.random.RandomState(0), [tell.id for tell in washing_spec().tells]
    rows: list[np.ndarray] = []
    marks: list[str] = []
    for scores, case in training:
        for copy in range(SHORTENED + 1):
            gone = {tell for tell in tells if random.rand() < (LEFT_OUT if copy else 0.0)}
            kept = [n for n, s in enumerate(case.sentences) if not any(said.partition(".")[0] in gone for said in s.says)]
            rows += _rows(scores[kept], tells)
            marks += [_mark_of([case.sentences[n] for n in kept], tell) for tell in tells]
    weights = [TRAIN_WEIGHT] * len(rows)
    for labelled in read_strategies("dev"):
        scores = _scores(labelled, solved, embedder)
        rows += _rows(scores, tells)
        marks += [labelled.label(tell).mark for tell in tells]
    weights += [DEV_WEIGHT] * (len(rows) - len(weights))
    return _multinomial(np.array(rows), np.array([MARKS.index(mark) for mark in marks]), np.array(weights))


def _scores(case: StrategyCase, solved: np.ndarray, embedder: TextEmbedder) -> np.ndarray:
    units = units_of(strategy_document("dev", case.id))
    found: np.ndarray = inputs([unit.text for unit in units], embedder, now=NOW) @ solved.T
    return found


def _rows(scores: np.ndarray, tells: Sequence[str]) -> list[np.ndarray]:
    best = scores.max(axis=0).reshape(len(tells), len(SIDES))
    return [mark_inputs(best[n][0], best[n][1], n, len(tells)) for n in range(len(tells))]


def _mark_of(sentences: Sequence[LabelledSentence], tell: str) -> str:
    said = {name for sentence in sentences for name in sentence.says}
    return ABSENT if f"{tell}.strong" in said else PRESENT if f"{tell}.weak" in said else CANNOT_TELL


def _multinomial(rows: np.ndarray, marks: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Multinomial logistic regression, by damped Newton steps for one mark at a time."""
    found, wanted = np.zeros((len(MARKS), rows.shape[1])), np.eye(len(MARKS))[marks]
    for _ in range(STEPS):
        logits = rows @ found.T
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        for mark in range(len(MARKS)):
            share = shares[:, mark]
            slope = rows.T @ (weights * (share - wanted[:, mark])) + PENALTY * found[mark]
            bend = (rows * (weights * share * (1 - share))[:, None]).T @ rows + PENALTY * np.eye(rows.shape[1])
            found[mark] -= PACE * np.linalg.solve(bend, slope)
    return found


def main() -> None:
    """Fit and write."""
    embedder = Embedder()
    sentences, marks = fit(embedder)
    facts = {"outputs": outputs(), "signs": names(), "learned_from": digest(), "embedder": embedder.fingerprint}
    np.savez_compressed(
        WEIGHTS, sentences=sentences.astype(np.float32), marks=marks.astype(np.float32), facts=json.dumps(facts, sort_keys=True)
    )
    print(f"{len(read_examples())} examples, {len(read_extracts())} training extracts, {len(outputs())} outputs: {WEIGHTS}")


if __name__ == "__main__":
    main()

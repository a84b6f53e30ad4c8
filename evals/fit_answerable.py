"""Fits when to answer (`assistant/answerable_weights.json`). Run by hand: python -m evals.fit_answerable

Owns: the file and the figures printed beside it. Answerable: the dev questions (the query adapter has not seen them). Unanswerable: the dev
set's and, at less weight, the training sets'. Thresholds: chances under which REFUSED of the answerable ones fall (refused), and DOUBTED
(shown as partial), read from predictions made across folds. Held-out questions are not used.
"""

from __future__ import annotations

import json
from datetime import date

import numpy as np

from assistant import open_assistant
from assistant.answerable import NAMES, WEIGHTS, signs
from assistant.assistant import Assistant
from assistant.compose import extractive
from assistant.compose.candidates import candidates
from assistant.compose.relevance import rank
from assistant.retrieval.question import read_question
from assistant.route import route
from evals.cases import QuestionCase, UnanswerableCase, read_cases
from evals.learning import fit_logistic, read_training, train_sets

PENALTY = 3.0
TRAIN_WEIGHT = 0.4
REFUSED, DOUBTED = 0.05, 0.25
FOLDS = 10


def main() -> None:
    """Fit, print the trade-off, write the weights."""
    assistant = open_assistant()
    yes = [case.question for case in read_cases("dev", "questions", QuestionCase)]
    no = [case.question for case in read_cases("dev", "unanswerable", UnanswerableCase)]
    more = [case.question for case in read_training(train_sets())[1]]
    rows = np.array([row_of(assistant, text) for text in [*yes, *no, *more]])
    labels = np.r_[np.ones(len(yes)), np.zeros(len(no) + len(more))]
    each = np.r_[np.ones(len(yes) + len(no)), np.full(len(more), TRAIN_WEIGHT)]
    scale = rows.std(axis=0) + 1e-9
    chance = across_folds(rows / scale, labels, each)
    answerable, unanswerable = chance[: len(yes)], chance[len(yes) : len(yes) + len(no)]
    for share in (0.03, 0.05, 0.1, 0.15, 0.2, 0.25):
        bound = np.quantile(answerable, share)
        print(f"{share:.0%} of the answerable refused: {np.mean(unanswerable < bound):.1%} of the dev set's unanswerable refused")
    beta = fit_logistic(rows / scale, labels, penalty=PENALTY, weights=each)
    stored = {
        "made_by": "evals/fit_answerable.py",
        "made_on": date.today().isoformat(),
        "answerable": len(yes),
        "unanswerable": len(no) + len(more),
        "weights": dict(zip(NAMES, (round(float(v), 4) for v in beta[:-1] / scale), strict=True)),
        "intercept": round(float(beta[-1]), 4),
        "refuse_below": round(float(np.quantile(answerable, REFUSED)), 4),
        "partial_below": round(float(np.quantile(answerable, DOUBTED)), 4),
    }
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored["weights"]))


def row_of(assistant: Assistant, text: str) -> np.ndarray:
    """The signs for one question."""
    question = read_question(text)
    retrieved = assistant.retriever.retrieve(question, k=40)
    ranked = rank(question, retrieved, candidates(retrieved.evidence), words=assistant.words)
    chances = route(assistant.embedder.embed([text])[0]).chances or {}
    return signs(question, retrieved.terms, ranked, extractive.lead_of(ranked, question.asked), chances=chances, likely=retrieved.asked)


def across_folds(rows: np.ndarray, labels: np.ndarray, each: np.ndarray) -> np.ndarray:
    """Chances predicted for each row by a fit that has not seen it."""
    fold = np.random.RandomState(0).permutation(len(rows)) % FOLDS
    chance = np.zeros(len(rows))
    for number in range(FOLDS):
        held = fold == number
        beta = fit_logistic(rows[~held], labels[~held], penalty=PENALTY, weights=each[~held])
        chance[held] = 1 / (1 + np.exp(-(np.column_stack([rows[held], np.ones(held.sum())]) @ beta)))
    return chance


if __name__ == "__main__":
    main()

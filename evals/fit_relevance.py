"""Fits the weights by which statements are ranked (`assistant/compose/relevance_weights.json`). Run by hand: python -m evals.fit_relevance

Owns: the file and the dev figures printed beside it. Does not own: the features. The query adapter used here is fitted on the other
half of the training questions than the weights, so that its advantage on questions it has seen does not count. The weight of `likely` cannot
be learned so, since the training questions are themselves the likely ones: dev, which is not among them, chooses it (LIKELY_TRIED).
"""

from __future__ import annotations

import json
from datetime import date

import numpy as np

from assistant import open_assistant
from assistant.assistant import Assistant
from assistant.compose.candidates import candidates
from assistant.compose.features import FEATURES_VERSION, NAMES, Features, features
from assistant.compose.relevance import WEIGHTS
from assistant.retrieval.likely_questions import LikelyQuestions
from assistant.retrieval.question import read_question
from assistant.retrieval.retrieve import Retriever
from evals.cases import QuestionCase, read_cases
from evals.learning import Adapter, TrainCase, fit_adapter, fit_logistic, read_training, train_sets, unit

PENALTY = 1.0
NEGATIVES = 40
LIKELY_TRIED = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0)


def main() -> None:
    """Fit on the training questions, print dev figures, write the weights."""
    assistant = open_assistant()
    cases = read_training(train_sets())[0]
    halves = cases[0::2], cases[1::2]
    rows, labels = [], []
    for learn, use in (halves, halves[::-1]):
        retriever = retriever_with(assistant, adapter_of(assistant, learn))
        for case in use:
            found = read_features(assistant, retriever, case.question)
            gold = np.array([statement_id(c) in case.gold for c in found.candidates])
            if gold.any():
                rows.append(pair_differences(found.matrix, gold))
                labels.append(len(rows[-1]))
    differences = np.vstack(rows)
    both = np.vstack([differences, -differences])
    wanted = np.r_[np.ones(len(differences)), np.zeros(len(differences))]
    each = np.concatenate([np.full(n, 1.0 / n) for n in labels])  # each question counts alike
    beta = fit_logistic(both, wanted, penalty=PENALTY, weights=np.r_[each, each])
    weights = dict(zip(NAMES, (round(float(v), 4) for v in beta[:-1]), strict=True))
    weights["likely"] = best_likely(assistant, np.array(list(weights.values())))
    intercept = fit_intercept(assistant, cases, np.array(list(weights.values())))
    at_one, in_three = dev_figures(dev_features(assistant), np.array(list(weights.values())))
    print(f"dev: facts in the best statement {at_one:.3f}, in the best three {in_three:.3f}")
    WEIGHTS.write_text(json.dumps(provenance(len(cases), weights, intercept), indent=1) + "\n", encoding="utf-8")
    print(weights, intercept)


def provenance(count: int, weights: dict[str, float], intercept: float) -> dict[str, object]:
    """The file's content: weights with what made them."""
    return {
        "features_version": FEATURES_VERSION,
        "made_by": "evals/fit_relevance.py",
        "made_on": date.today().isoformat(),
        "questions": count,
        "sets": train_sets(),
        "weights": weights,
        "intercept": round(intercept, 4),
    }


def adapter_of(assistant: Assistant, cases: list[TrainCase]) -> Adapter:
    """The query adapter fitted on some of the training questions."""
    rows = {
        f"{s}#{p.statement}": p.id for s in assistant.library.sources() for p in assistant.library.passages_of(s) if p.statement
    }
    ids, matrix = assistant.library.vectors_by_passage(rows.values())
    place = {i: row for row, i in enumerate(ids)}
    known = [case for case in cases if any(g in rows for g in case.gold)]
    questions = assistant.embedder.embed([case.question for case in known]).astype(np.float64)
    gold = [[place[rows[g]] for g in case.gold if g in rows] for case in known]
    return fit_adapter(questions, gold, unit(matrix).astype(np.float64))


def retriever_with(assistant: Assistant, adapter: Adapter) -> Retriever:
    """A retriever over the same library with another query adapter."""

    def adapt(vector: np.ndarray) -> np.ndarray:
        return unit(vector + (vector @ adapter.down) @ adapter.up).astype(np.float32)

    return Retriever(
        library=assistant.library,
        index=assistant.index,
        embedder=assistant.embedder,
        adapter=adapt,
        likely=LikelyQuestions(),  # none: the training questions are themselves among them
        alike=assistant.words.nearest,
        is_word=assistant.embedder.knows,
    )


def read_features(assistant: Assistant, retriever: Retriever, text: str) -> Features:
    """Features of the candidates for one question."""
    question = read_question(text)
    retrieved = retriever.retrieve(question, k=40)
    return features(question, retrieved, candidates(retrieved.evidence), words=assistant.words)


def statement_id(candidate: object) -> str:
    """`source#statement` of a packaged candidate."""
    evidence = candidate.evidence  # type: ignore[attr-defined]
    return f"{evidence.source.id}#{evidence.passage.statement}"


def pair_differences(matrix: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """Feature differences between each gold statement (three at most) and the others (NEGATIVES at most)."""
    others = matrix[~gold][:NEGATIVES]
    return np.vstack([row - others for row in matrix[gold][:3]])


def fit_intercept(assistant: Assistant, cases: list[TrainCase], weights: np.ndarray) -> float:
    """The intercept with which the best statement's mean chance is the share of questions whose best statement is right."""
    tops, right = [], []
    for case in cases[::4]:
        found = read_features(assistant, assistant.retriever, case.question)
        scores = found.matrix @ weights
        best = int(np.argmax(scores))
        tops.append(scores[best])
        right.append(statement_id(found.candidates[best]) in case.gold)
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        if np.mean(1 / (1 + np.exp(-(np.array(tops) + middle)))) < np.mean(right):
            low = middle
        else:
            high = middle
    return middle


def best_likely(assistant: Assistant, weights: np.ndarray) -> float:
    """The weight of `likely` by which dev does best: facts in the best statement and in the best three, together."""
    found = dev_features(assistant)
    tried = []
    for value in LIKELY_TRIED:
        weights[NAMES.index("likely")] = value
        first, three = dev_figures(found, weights)
        print(f"likely {value}: dev facts in the best statement {first:.3f}, in the best three {three:.3f}")
        tried.append((first + three, -value))
    return -max(tried)[1]


def dev_features(assistant: Assistant) -> list[tuple[QuestionCase, Features]]:
    """Features of the candidates for each dev question."""
    cases = read_cases("dev", "questions", QuestionCase)
    return [(case, read_features(assistant, assistant.retriever, case.question)) for case in cases]


def dev_figures(cases: list[tuple[QuestionCase, Features]], weights: np.ndarray) -> tuple[float, float]:
    """Share of dev questions whose facts stand in the best statement, and in the best three."""
    first = three = 0
    for case, found in cases:
        order = np.argsort(-(found.matrix @ weights), kind="stable")
        texts = [found.candidates[i].text.lower() for i in order[:3]]
        first += all(any(f.lower() in texts[0] for f in fact) for fact in case.facts)
        three += all(any(f.lower() in " ".join(texts) for f in fact) for fact in case.facts)
    return first / len(cases), three / len(cases)


if __name__ == "__main__":
    main()

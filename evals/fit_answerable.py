"""Fits when to answer (`assistant/answerable_weights.json`). Run by hand: python -m evals.fit_answerable

Owns: the file and the figures printed beside it. Learned from the dev questions, the training sets' (for each half with a query adapter fitted
on the other half, and without what the likely questions tell, of which they are some) and the likely questions themselves, answered and
not, each half asked of a library that knows only the other half and without the cross-encoder, which has learned from them. Thresholds:
chances under which REFUSED of dev's answerable questions fall (refused), and DOUBTED (shown as partial), read from predictions made across
folds. Held-out questions are not used.
"""

from __future__ import annotations

import json
from datetime import date

import numpy as np

from assistant import open_assistant
from assistant.answerable import NAMES, UNKNOWN_LIKELY, WEIGHTS, expanded, signs, standard
from assistant.assistant import Assistant
from assistant.compose import extractive
from assistant.compose.relevance import rank
from assistant.retrieval.retrieve import Retriever
from assistant.route import route
from assistant.searches import searches
from evals.cases import ConversationCase, PremiseCase, QuestionCase, UnanswerableCase, read_cases
from evals.fit_relevance import adapter_of, retriever_with, standing
from evals.learning import fit_logistic, read_training, train_sets
from evals.likely_halves import questions_of, retriever_knowing
from evals.variants import VARIANTS

PENALTY = 3.0
DEV_WEIGHT, TRAIN_WEIGHT, LIKELY_WEIGHT = 4.0, 0.3, 0.2  # chosen on dev, across folds
ANSWERED_SHARE = 2  # one in so many of the answerable training questions, so that both kinds count alike
UNTIDY_SHARE = 12  # one dev question in so many, for each way of writing it
REFUSED, DOUBTED = 0.03, 0.25
FOLDS = 10


def main() -> None:
    """Fit, print the trade-off, write the weights."""
    assistant = open_assistant()
    yes = [case.question for case in read_cases("dev", "questions", QuestionCase)]
    no = [case.question for case in read_cases("dev", "unanswerable", UnanswerableCase)]
    rows = [row_of(assistant, assistant.retriever, text) for text in [*yes, *no]]
    labels = [1.0] * len(yes) + [0.0] * len(no)
    each = [DEV_WEIGHT] * len(labels)
    for text in asked_otherwise():
        rows.append(row_of(assistant, assistant.retriever, text))
        labels.append(1.0)
        each.append(DEV_WEIGHT)
    for text, after, answerable in follow_ups(assistant):
        rows.append(row_of(assistant, assistant.retriever, text, after=after))
        labels.append(float(answerable))
        each.append(DEV_WEIGHT)
    held, lacking = read_training(train_sets())
    for half in (0, 1):
        retriever = retriever_with(assistant, adapter_of(assistant, held[1 - half :: 2]))
        for cases, label in ((held[half :: 2 * ANSWERED_SHARE], 1.0), (lacking[half::2], 0.0)):
            rows += [without_likely(row_of(assistant, retriever, case.question)) for case in cases]
            labels += [label] * len(cases)
            each += [TRAIN_WEIGHT] * len(cases)
        retriever = retriever_knowing(assistant, 1 - half)
        for pairs, label in zip(questions_of(half), (1.0, 0.0), strict=True):
            rows += [row_of(assistant, retriever, question, read=False) for _, question in pairs]
            labels += [label] * len(pairs)
            each += [LIKELY_WEIGHT] * len(pairs)
    write(np.array(rows), np.array(labels), np.array(each), answerable=len(yes), unanswerable=len(no))


def asked_otherwise() -> list[str]:
    """Answerable questions as the product meets them beside plain ones: false premises, untidy spellings."""
    found = [case.question for case in read_cases("dev", "premises", PremiseCase)]
    cases = read_cases("dev", "questions", QuestionCase)
    for number, make in enumerate(VARIANTS.values()):
        found += [make(case.question, seed=case.id) for case in cases[number::UNTIDY_SHARE]]
    return found


def follow_ups(assistant: Assistant) -> list[tuple[str, str, bool]]:
    """Dev's follow-ups as they are asked, after what where they were completed by rule, and whether the library holds an answer."""
    return [(*standing(assistant, case), case.answerable) for case in read_cases("dev", "conversations", ConversationCase)]


def write(rows: np.ndarray, labels: np.ndarray, each: np.ndarray, *, answerable: int, unanswerable: int) -> None:
    """Fit, print and store. The first rows are dev's answerable questions, then its unanswerable ones; thresholds are read from these."""
    mean, scale = np.asarray(np.nanmean(rows, axis=0)), np.asarray(np.nanstd(rows, axis=0)) + 1e-9
    inputs = expanded(standard(rows, mean, scale))
    chance = across_folds(inputs, labels, each)
    known, unknown = chance[:answerable], chance[answerable : answerable + unanswerable]
    for share in (0.03, 0.05, 0.1, 0.15, 0.2, 0.25):
        refused = np.mean(unknown < np.quantile(known, share))
        print(f"{share:.0%} of the answerable refused: {refused:.1%} of the dev set's unanswerable refused")
    beta = fit_logistic(inputs, labels, penalty=PENALTY, weights=each)
    stored = {
        "made_by": "evals/fit_answerable.py",
        "made_on": date.today().isoformat(),
        "answerable": int(labels.sum()),
        "unanswerable": int((1 - labels).sum()),
        "mean": dict(zip(NAMES, np.round(mean, 5).tolist(), strict=True)),
        "scale": dict(zip(NAMES, np.round(scale, 5).tolist(), strict=True)),
        "weights": np.round(beta[:-1], 4).tolist(),
        "intercept": round(float(beta[-1]), 4),
        "refuse_below": round(float(np.quantile(known, REFUSED)), 4),
        "partial_below": round(float(np.quantile(known, DOUBTED)), 4),
    }
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def row_of(assistant: Assistant, retriever: Retriever, text: str, *, after: str = "", read: bool = True) -> np.ndarray:
    """The signs for one question, and what it is asked `after` where it leans; without those of the cross-encoder unless it may `read`."""
    search, beside = searches(retriever, text, after)
    reader = assistant.reader if read else None
    ranked = rank(search, words=assistant.words, reader=reader, beside=beside)
    chances = route(assistant.embedder.embed([text])[0]).chances or {}
    lead = extractive.lead_of(ranked, search.question.asked)
    found = search.retrieved
    return signs(search.question, found.terms, ranked, lead, chances=chances, likely=found.asked, completed=bool(after))


def without_likely(row: np.ndarray) -> np.ndarray:
    """A training question's signs, those of the likely questions (of which it is one) made to tell for neither side."""
    row[-len(UNKNOWN_LIKELY) :] = UNKNOWN_LIKELY
    return row


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

"""Fits when to answer (`assistant/answerable_weights.json`). Run by hand: python -m evals.fit_answerable

Owns: the file and the figures printed beside it. Learned from the dev questions, the training sets' (for each half with a query adapter fitted
on the other half, and without what the likely questions tell, of which they are some), the likely questions themselves, answered and not, each
half asked of a library that knows only the other half; those that the cross-encoder has learned from are not read. (Near misses
that it has not learned from were no help: dev's AUROC .940 with them, .944 without.) Thresholds:
chances under which REFUSED of dev's answerable questions, plain and asked otherwise, fall (refused), REFUSED_FOLLOW_UPS of its follow-ups, and
DOUBTED (shown as partial), read from predictions made across folds. Held-out questions are not used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import numpy as np

from assistant import open_assistant
from assistant.answerable import NAMES, WEIGHTS, expanded, signs, standard
from assistant.assistant import Assistant
from assistant.compose import extractive
from assistant.compose.relevance import rank
from assistant.index.onnx_model import cores
from assistant.retrieval.retrieve import Retriever
from assistant.route import route
from assistant.searches import searches
from evals.cases import ConversationCase, PremiseCase, QuestionCase, UnanswerableCase, read_cases
from evals.cross_rows import is_left_unread, premises
from evals.fit_relevance import adapter_of, retriever_with, standing
from evals.learning import fit_logistic, read_training, train_sets
from evals.likely_halves import questions_of, retriever_knowing
from evals.variants import VARIANTS

PENALTY = 3.0
DEV_WEIGHT, TRAIN_WEIGHT, LIKELY_WEIGHT, READ_WEIGHT, PREMISE_WEIGHT = 4.0, 0.3, 0.2, 0.5, 2.0  # chosen on dev, across folds
ANSWERED_SHARE = 2  # one in so many of the answerable training questions, so that both kinds count alike
UNTIDY_SHARE = 12  # one dev question in so many, for each way of writing it
REFUSED, DOUBTED = 0.03, 0.25
REFUSED_FOLLOW_UPS = 0.07  # they are completed by rule: less is sure
FOLDS = 10
DIGITS = 5  # of a sign: which thread first embeds a new word moves the last ones


@dataclass(frozen=True)
class _Question:
    """A question to learn from: what it is asked `after`, of which retriever, whether it is read, and how much it counts."""

    text: str
    answerable: bool
    weight: float
    retriever: Retriever
    after: str = ""
    read: bool = True


def main() -> None:
    """Fit, print the trade-off, write the weights."""
    assistant = open_assistant()
    yes = [case.question for case in read_cases("dev", "questions", QuestionCase)]
    no = [case.question for case in read_cases("dev", "unanswerable", UnanswerableCase)]
    dev = list(of_dev(assistant, yes, no))
    asked = [*dev, *of_training_sets(assistant), *of_likely(assistant), *of_premises(assistant)]
    with ThreadPoolExecutor(cores()) as pool:
        rows = np.array(list(pool.map(lambda each: row_of(assistant, each), asked))).round(DIGITS)
    labels, each = np.array([float(one.answerable) for one in asked]), np.array([one.weight for one in asked])
    plain = (len(yes), len(no), len(asked_otherwise()))
    write(rows, labels, each, parts=(*plain, len(dev) - sum(plain)))


def of_dev(assistant: Assistant, yes: list[str], no: list[str]) -> Iterator[_Question]:
    """Dev's questions, first those that have an answer, then those that have none; then as they are asked otherwise, and follow-ups."""
    for texts, answerable in ((yes, True), (no, False), (asked_otherwise(), True)):
        for text in texts:
            yield _Question(text, answerable, DEV_WEIGHT, assistant.retriever)
    for text, after, answerable in follow_ups(assistant):
        yield _Question(text, answerable, DEV_WEIGHT, assistant.retriever, after=after)


def of_training_sets(assistant: Assistant) -> Iterator[_Question]:
    """The training sets' questions, each half with a query adapter that the other half made."""
    held, lacking = read_training(train_sets())
    for half in (0, 1):
        retriever = retriever_with(assistant, adapter_of(assistant, held[1 - half :: 2]))
        for case in held[half :: 2 * ANSWERED_SHARE]:
            yield _Question(case.question, answerable=True, weight=TRAIN_WEIGHT, retriever=retriever)
        for lack in lacking[half::2]:
            yield _Question(lack.question, answerable=False, weight=TRAIN_WEIGHT, retriever=retriever)


def of_likely(assistant: Assistant) -> Iterator[_Question]:
    """Likely questions, each asked of a library that knows only the other half; read where the cross-encoder has not learned from them."""
    for half in (0, 1):
        retriever = retriever_knowing(assistant, 1 - half)
        for pairs, answerable in zip(questions_of(half), (True, False), strict=True):
            for _, question in pairs:
                read = is_left_unread(question)
                yield _Question(question, answerable, READ_WEIGHT if read else LIKELY_WEIGHT, retriever, read=read)


def of_premises(assistant: Assistant) -> Iterator[_Question]:
    """Questions with a false premise that the cross-encoder has not learned from; a statement corrects each."""
    for _, question in premises():
        if is_left_unread(question):
            yield _Question(question, answerable=True, weight=PREMISE_WEIGHT, retriever=assistant.retriever)


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


def write(rows: np.ndarray, labels: np.ndarray, each: np.ndarray, *, parts: tuple[int, int, int, int]) -> None:
    """Fit, print and store. The first rows are dev's, in four `parts`: answerable questions, unanswerable ones, answerable ones asked otherwise,
    follow-ups; thresholds are read from these.
    """
    mean, scale = np.asarray(np.nanmean(rows, axis=0)), np.asarray(np.nanstd(rows, axis=0)) + 1e-9
    inputs = expanded(standard(rows, mean, scale))
    chance = across_folds(inputs, labels, each)
    ends = np.cumsum(parts)
    plain, unknown, otherwise, follow_ups_, _ = np.split(chance, ends)
    known, answered = np.concatenate([plain, otherwise]), follow_ups_[labels[ends[2] : ends[3]] == 1]
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
        "refuse_follow_up_below": round(float(np.quantile(answered, REFUSED_FOLLOW_UPS)), 4),
        "partial_below": round(float(np.quantile(known, DOUBTED)), 4),
    }
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def row_of(assistant: Assistant, asked: _Question) -> np.ndarray:
    """The signs for one question; without those of the cross-encoder unless it may be `read`."""
    search, beside = searches(asked.retriever, asked.text, asked.after)
    reader = assistant.reader if asked.read else None
    ranked = rank(search, words=assistant.words, reader=reader, beside=beside)
    chances = route(assistant.embedder.embed([asked.text])[0]).chances or {}
    lead = extractive.lead_of(ranked, search.question.asked)
    found = search.retrieved
    return signs(search.question, found.terms, ranked, lead, chances=chances, likely=found.asked, completed=bool(asked.after))


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

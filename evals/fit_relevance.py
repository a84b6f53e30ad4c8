"""Fits the weights by which statements are ranked (`assistant/compose/relevance_weights.json`). Run by hand: python -m evals.fit_relevance

Owns: the file and the dev figures printed beside it. Does not own: the features. The query adapter used here is fitted on the other
half of the training questions than the weights, so that its advantage on questions it has seen does not count. The weight of `likely` cannot
be learned so, since the training questions are themselves the likely ones: dev, which is not among them, chooses it (LIKELY_TRIED). Dev also
chooses how the cross-encoder's odds are weighed in the second step: the weights with which a statement that holds the facts is likeliest to
come first among those read.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assistant import open_assistant
from assistant.assistant import Assistant
from assistant.compose.candidates import Candidate, candidates
from assistant.compose.features import FEATURES_VERSION, NAMES, Features, features
from assistant.compose.relevance import READ, READ_BESIDE, WEIGHTS, _weights, answer_odds, first_step
from assistant.retrieval.likely_questions import LikelyQuestions
from assistant.retrieval.question import read_question
from assistant.retrieval.retrieve import Retriever
from assistant.searches import searches
from assistant.standing import after_words
from evals.cases import ConversationCase, QuestionCase, read_cases
from evals.facts import share_shown
from evals.learning import Adapter, TrainCase, fit_adapter, fit_logistic, read_training, train_sets, unit

PENALTY = 1.0
NEGATIVES = 40
FIRST_TRIED = (0.25, 0.5, 0.75, 1.0)
ANSWERS_TRIED = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)
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
    values = np.array(list(weights.values()))
    intercept = fit_intercept(assistant, cases, values)
    of_dev = dev_features(assistant)
    at_one, in_three = dev_figures(with_facts(of_dev), [each.matrix @ values for _, each in of_dev])
    print(f"dev, by features alone: facts in the best statement {at_one:.3f}, in the best three {in_three:.3f}")
    read = fit_read(read_plain(assistant, of_dev, values, intercept), READ)
    store(provenance(len(cases), weights, intercept, read, read))  # follow-ups are read by the first step's new weights
    read_beside = fit_read(read_follow_ups(assistant), READ_BESIDE)
    store(provenance(len(cases), weights, intercept, read, read_beside))
    print(weights, intercept, read, read_beside)


def store(made: dict[str, object]) -> None:
    """Write the weights; from now on they count."""
    WEIGHTS.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    _weights.cache_clear()


@dataclass(frozen=True)
class Read:
    """A question's candidates after both steps: log odds by features and of the cross-encoder."""

    facts: Sequence[Sequence[str]]
    candidates: Sequence[Candidate]
    firsts: np.ndarray
    answers: np.ndarray


def read_plain(
    assistant: Assistant, found: list[tuple[QuestionCase, Features]], values: np.ndarray, intercept: float
) -> list[Read]:
    """Dev's questions, read."""
    made = []
    for case, each in found:
        firsts = each.matrix @ values + intercept
        odds = answer_odds(case.question, each.candidates, firsts, assistant.reader)
        made.append(Read(case.facts, each.candidates, firsts, odds))
    return made


def read_follow_ups(assistant: Assistant) -> list[Read]:
    """Dev's follow-ups that were completed by rule and have an answer, read by the stored weights of the first step."""
    made = []
    for case in read_cases("dev", "conversations", ConversationCase):
        text, after = standing(assistant, case)
        if case.answerable and case.facts and after:
            search, beside = searches(assistant.retriever, text, after)
            assert beside is not None
            first = first_step([search, beside], assistant.words)
            odds = answer_odds(beside.question.text, first.candidates, first.logits, assistant.reader, read=READ_BESIDE)
            made.append(Read(case.facts, first.candidates, first.logits, odds))
    return made


def standing(assistant: Assistant, case: ConversationCase) -> tuple[str, str]:
    """A conversation's last turn as it stands alone, and what it is asked after where it was completed by rule, else ""."""
    asked = [case.turns[0]]
    after = ""
    for turn in case.turns[1:]:
        made = assistant.standalone(turn, asked)
        after = after_words(made, turn)
        asked.append(made.text)
    return asked[-1], after


def fit_read(found: list[Read], read: int) -> dict[str, float]:
    """Weights of both steps' log odds, by the share that a softmax gives to statements that hold a dev question's facts; and an intercept with
    which the mean chance of the best statement stays what it was.
    """
    held = [np.array([share_shown(each.facts, c.text) == 1 for c in each.candidates]) for each in found]
    tried = []
    for first_weight in FIRST_TRIED:
        for weight in ANSWERS_TRIED:
            both = [first_weight * each.firsts + weight * each.answers for each in found]
            at_one, in_three = dev_figures([(each.facts, each.candidates) for each in found], both)
            share = np.mean([np.log(max(softmax_share(x, gold), 1e-9)) for x, gold in zip(both, held, strict=True) if gold.any()])
            print(f"read {first_weight} {weight}: first {at_one:.3f}, in three {in_three:.3f}, log share {share:.4f}")
            tried.append((share, first_weight, weight))
    _, first_weight, weight = max(tried)
    before = float(np.mean([1 / (1 + np.exp(-each.firsts.max())) for each in found]))
    tops = np.array([(first_weight * each.firsts + weight * each.answers).max() for each in found])
    return {"first": first_weight, "answers": weight, "intercept": round(shift_to(tops, before), 4), "read": read}


def softmax_share(scores: np.ndarray, gold: np.ndarray) -> float:
    """The share of a softmax that falls to the gold candidates."""
    share = np.exp(scores - scores.max())
    return float(share[gold].sum() / share.sum())


def provenance(
    count: int, weights: dict[str, float], intercept: float, read: dict[str, float], read_beside: dict[str, float]
) -> dict[str, object]:
    """The file's content: weights with what made them."""
    return {
        "features_version": FEATURES_VERSION,
        "made_by": "evals/fit_relevance.py",
        "made_on": date.today().isoformat(),
        "questions": count,
        "sets": train_sets(),
        "weights": weights,
        "intercept": round(intercept, 4),
        "read": read,
        "read_beside": read_beside,
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
    return shift_to(np.array(tops), float(np.mean(right)))


def shift_to(logits: np.ndarray, wanted: float) -> float:
    """What must be added to these log odds for their mean chance to be the one wanted."""
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if np.mean(1 / (1 + np.exp(-(logits + middle)))) < wanted else (low, middle)
    return middle


def best_likely(assistant: Assistant, weights: np.ndarray) -> float:
    """The weight of `likely` by which dev does best: facts in the best statement and in the best three, together."""
    found = dev_features(assistant)
    tried = []
    for value in LIKELY_TRIED:
        weights[NAMES.index("likely")] = value
        first, three = dev_figures(with_facts(found), [each.matrix @ weights for _, each in found])
        print(f"likely {value}: dev facts in the best statement {first:.3f}, in the best three {three:.3f}")
        tried.append((first + three, -value))
    return -max(tried)[1]


def dev_features(assistant: Assistant) -> list[tuple[QuestionCase, Features]]:
    """Features of the candidates for each dev question."""
    cases = read_cases("dev", "questions", QuestionCase)
    return [(case, read_features(assistant, assistant.retriever, case.question)) for case in cases]


def with_facts(found: list[tuple[QuestionCase, Features]]) -> list[tuple[Sequence[Sequence[str]], Sequence[Candidate]]]:
    """What each question's statement must hold, and its candidates."""
    return [(case.facts, each.candidates) for case, each in found]


def dev_figures(
    cases: Sequence[tuple[Sequence[Sequence[str]], Sequence[Candidate]]], scores: Sequence[np.ndarray]
) -> tuple[float, float]:
    """Share of questions whose facts stand in the best statement, and in the best three, by these scores of their candidates."""
    first = three = 0
    for (facts, found), score in zip(cases, scores, strict=True):
        texts = [found[i].text for i in np.argsort(-score, kind="stable")[:3]]
        first += share_shown(facts, texts[0]) == 1
        three += share_shown(facts, "\n".join(texts)) == 1
    return first / len(cases), three / len(cases)


if __name__ == "__main__":
    main()

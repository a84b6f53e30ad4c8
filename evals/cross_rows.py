"""What the cross-encoder learns from. Owns: questions, each with the statements that answer it and statements near to it that do not.

From the library's likely questions, from near misses (`cases/near_misses`), which no statement answers, from questions with a false premise
(`cases/premises`), which a statement corrects, and from follow-ups (`cases/followups/*.jsonl`) after the question before them. No question of the
training sets `train_*` (on which what weighs the model's answers is fitted), of `dev` or of `heldout` is among them, and one likely question in
UNREAD is left out. Does not own: training.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from assistant.index.cross_encoder import followup_words, statement_words
from evals.cases import ConversationCase, PremiseCase, QuestionCase, UnanswerableCase, read_cases
from evals.learning import read_training, train_sets, unit
from ingest.corpus_files import packaged_folder
from ingest.corpus_questions import question_pairs, read_questions

NEAR_MISSES = Path(__file__).with_name("cases") / "near_misses" / "train.jsonl"
PREMISES_FOLDER = Path(__file__).with_name("cases") / "premises"
FOLLOWUPS_FOLDER = Path(__file__).with_name("cases") / "followups"
UNREAD = 8
NEAREST = 20  # statements nearest to a question, among which those that do not answer it are taken
NEAR = 14
SAME = 0.8  # cosine from which another statement may say the same as one that answers


@dataclass(frozen=True)
class Asked:
    """A question as the model reads it, and statements by number: those that answer it, and near ones that do not, nearest first."""

    question: str
    answering: tuple[int, ...]
    near: tuple[int, ...]


class Statements:
    """Every statement of the library with its vector, as the model reads it."""

    def __init__(self, assistant: Assistant) -> None:
        self._embed = assistant.embedder.embed
        passages = {
            f"{source}#{p.statement}": p
            for source in assistant.library.sources()
            for p in assistant.library.passages_of(source)
            if p.statement
        }
        titles = {name: source.title for name, source in assistant.library.sources().items()}
        ids, matrix = assistant.library.vectors_by_passage([p.id for p in passages.values()])
        place = {i: row for row, i in enumerate(ids)}
        self._vectors = unit(matrix)[[place[passage.id] for passage in passages.values()]]
        self.words = [statement_words(titles[r.partition("#")[0]], passage.text) for r, passage in passages.items()]
        self.number = {r: row for row, r in enumerate(passages)}

    def asked(self, questions: Sequence[str]) -> np.ndarray:
        """Unit vectors of questions."""
        return unit(self._embed(questions))

    def nearest(self, vector: np.ndarray) -> int:
        """The statement nearest to a question."""
        return int(np.argmax(self._vectors @ vector))

    def near(self, vector: np.ndarray, answering: Sequence[int]) -> list[int]:
        """The statements nearest to a question that say something else than those that answer it."""
        nearest = np.argsort(-(self._vectors @ vector))[:NEAREST].tolist()
        return [i for i in nearest if i not in answering and not (answering and self.same(i, answering))][:NEAR]

    def same(self, one: int, others: Sequence[int]) -> bool:
        """Whether a statement may say the same as one of the others."""
        return float((self._vectors[list(others)] @ self._vectors[one]).max()) >= SAME


def _measured() -> set[str]:
    """Questions that something else is fitted or measured on, bare."""
    held, lacking = read_training(train_sets())
    asked = [*(case.question for case in held), *(case.question for case in lacking)]
    for name in ("dev", "heldout"):
        asked += [case.question for case in read_cases(name, "questions", QuestionCase)]
        asked += [case.question for case in read_cases(name, "unanswerable", UnanswerableCase)]
        asked += [case.question for case in read_cases(name, "premises", PremiseCase)]
        asked += [text for case in read_cases(name, "conversations", ConversationCase) for text in (case.standalone, *case.turns)]
    return {_bare(text) for text in asked}


def _bare(text: str) -> str:
    """A question's words alone, so that a hyphen or an apostrophe does not make it another."""
    return " ".join(re.findall(r"\w+", re.sub("[’'‘]", "", text.casefold())))


def _folded(text: str) -> str:
    return text.casefold().strip(" ?!.…")


def near_misses() -> list[tuple[str, str]]:
    """(`source#`, question) of what the library does not answer, near to a source, beyond the likely questions: the product knows none."""
    rows = map(json.loads, NEAR_MISSES.read_text(encoding="utf-8").splitlines())
    return [(f"{row['source']}#", row["question"]) for row in rows]


def is_left_unread(question: str) -> bool:
    """Whether a likely question is kept from the cross-encoder, so that how far to trust it can be learned from it. One in UNREAD, by its text."""
    return hashlib.sha256(_folded(question).encode()).digest()[1] % UNREAD == 0


def likely_rows(statements: Statements) -> list[Asked]:
    """The likely questions and near misses that may be learned from, in order of their text."""
    left_out = _measured()
    answers: dict[str, set[int]] = {}
    spelled: dict[str, str] = {}
    for reference, question in _likely():
        if _bare(question) not in left_out and not is_left_unread(question):
            answering = answers.setdefault(_folded(question), set())
            spelled.setdefault(_folded(question), question)
            if reference in statements.number:
                answering.add(statements.number[reference])
    vectors = statements.asked(list(spelled.values()))
    return [
        Asked(spelled[key], tuple(sorted(answers[key])), tuple(statements.near(vector, sorted(answers[key]))))
        for key, vector in zip(spelled, vectors, strict=True)
    ]


def _likely() -> list[tuple[str, str]]:
    return sorted({*question_pairs(read_questions(packaged_folder())), *near_misses()})


def premises() -> list[tuple[str, str]]:
    """(`source#statement`, question): each takes for granted what the statement corrects. No source is one that dev's or held-out ones rest on."""
    lines = (line for path in sorted(PREMISES_FOLDER.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    return [(row["of"], row["question"]) for row in map(json.loads, lines)]


def premise_rows(statements: Statements) -> list[Asked]:
    """Questions with a false premise, each with the statement that corrects it, as far as they may be learned from."""
    left_out = _measured()
    given = [
        (statements.number[reference], question)
        for reference, question in premises()
        if reference in statements.number and _bare(question) not in left_out and not is_left_unread(question)
    ]
    vectors = statements.asked([question for _, question in given])
    return [
        Asked(question, (number,), tuple(statements.near(vector, [number])))
        for (number, question), vector in zip(given, vectors, strict=True)
    ]


def followup_rows(statements: Statements) -> list[Asked]:
    """Follow-ups after the question before them; what answers that one is among the near statements.

    `of` in `cases/followups/*.jsonl` is the statement that answers, or ends in `#` where the source has none.
    """
    left_out = _measured() | {_bare(question) for _, question in _likely() if is_left_unread(question)}
    given = [
        each
        for path in sorted(FOLLOWUPS_FOLDER.glob("*.jsonl"))
        for each in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if not {_bare(each[key]) for key in ("standalone", "ask", "before")} & left_out
    ]
    meant, before = (statements.asked([each[key] for each in given]) for key in ("standalone", "before"))
    rows = []
    for each, vector, vector_before in zip(given, meant, before, strict=True):
        answering = [statements.number[each["of"]]] if each["of"] in statements.number else []
        near = statements.near(vector, answering)
        answered = statements.nearest(vector_before)
        if answered not in near and not (answering and (answered in answering or statements.same(answered, answering))):
            near.insert(0, answered)
        rows.append(Asked(followup_words(each["before"], each["ask"]), tuple(answering), tuple(near)))
    return rows

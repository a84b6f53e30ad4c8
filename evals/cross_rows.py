"""Pairs that the cross-encoder learns from. Owns: reading them, and the words of each that the model sees.

Two tasks. *Entails*: a claim and the words of spans; the public sets (those of LEARNED) stay outside the repository (`--data`), our own pairs
are `cases/support/**/*.jsonl`: statements of the packaged library with sentences that say the same and sentences that do not. *Answers*: a
question and a statement under its source's title; from the library's likely questions, from near misses (`cases/near_misses`), and from
follow-ups (`cases/followups/*.jsonl`) after the question before them, with statements near to a question that do not answer it. No question of
the training sets `train_*` (on which what weighs the model's answers is fitted), of `dev` or of `heldout` is among them. Does not own: training.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.assistant import Assistant
from assistant.index.cross_encoder import Task, followup_words, statement_words
from evals.cases import ConversationCase, QuestionCase, UnanswerableCase, read_cases
from evals.learning import read_training, train_sets, unit
from evals.support_window import claim_words, related_words
from ingest.corpus_files import packaged_folder
from ingest.corpus_questions import question_pairs, read_questions

OWN_FOLDER = Path(__file__).with_name("cases") / "support"
NEAR_MISSES = Path(__file__).with_name("cases") / "near_misses" / "train.jsonl"
FOLLOWUPS_FOLDER = Path(__file__).with_name("cases") / "followups"
OWN, LIKELY, FOLLOWUPS = "own", "likely", "followups"
LEARNED = (
    "begin-dev",
    "factcheck-gpt",
    "fever-symmetric-dev",
    "wice-dev",
)  # public sets with a licence that allows it; the others only measure
KEPT_BACK = 10
UNREAD = 8
NEAREST = 12  # statements nearest to a question, among which one that does not answer it is drawn
SAME = 0.8  # cosine from which another statement may say the same as the one that answers
SEED = 20261128


@dataclass(frozen=True)
class Row:
    """One pair. `group`: what rows of one statement or passage share, so that they are never split."""

    task: Task
    set: str
    group: str
    left: str
    right: str
    holds: bool


_Given = tuple[str, str, str, Sequence[str], bool]


def _row(given: _Given) -> Row:
    set_, group, claim, passages, supported = given
    return Row("entails", set_, group, claim_words(claim), related_words(claim, passages), supported)


def _public(folder: Path) -> Iterator[_Given]:
    for path in sorted((folder / "grounding").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            group = row["passages"][0][:80] if row["passages"] else ""
            yield path.stem, group, row["claim"], row["passages"], bool(row["supported"])


def own_pairs(folder: Path = OWN_FOLDER) -> Iterator[dict[str, Any]]:
    """Our own pairs: a statement of the library (`of`, `statement`), a sentence (`text`) and whether it is `supported`."""
    for path in sorted(folder.glob("**/*.jsonl")):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def is_kept_back(of: str) -> bool:
    """Whether our own pairs of a statement are kept back: one source in KEPT_BACK, by its name."""
    return sum(of.partition("#")[0].encode()) % KEPT_BACK == 0


def _own(folder: Path) -> Iterator[_Given]:
    for row in own_pairs(folder):
        yield OWN, row["of"], row["text"], [row["statement"]], bool(row["supported"])


def claim_rows(data: Path | None, own: Path | None = OWN_FOLDER) -> list[Row]:
    """Every pair of the public sets in `data` and of our own in `own`, in order of file."""
    given = [*(_public(data) if data else ()), *(_own(own) if own else ())]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(_row, given, chunksize=128))


class _Statements:
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
        self.references = list(passages)
        ids, matrix = assistant.library.vectors_by_passage([p.id for p in passages.values()])
        place = {i: row for row, i in enumerate(ids)}
        self.vectors = unit(matrix)[[place[passages[r].id] for r in self.references]]
        self.words = [statement_words(titles[r.partition("#")[0]], passages[r].text) for r in self.references]
        self.number = {r: row for row, r in enumerate(self.references)}
        self._draw = np.random.default_rng(SEED)

    def asked(self, questions: Sequence[str]) -> np.ndarray:
        """Unit vectors of questions."""
        return unit(self._embed(questions))

    def near(self, vector: np.ndarray, gold: Sequence[int], count: int) -> list[int]:
        """At most `count` of the statements near to a question that say something else than those that answer it."""
        near = [int(i) for i in np.argsort(-(self.vectors @ vector))[:NEAREST] if int(i) not in gold]
        if gold:
            near = [i for i in near if not self.same(i, gold)]
        return self._draw.choice(near, min(len(near), count), replace=False).tolist() if near else []

    def same(self, one: int, others: Sequence[int]) -> bool:
        """Whether a statement may say the same as one of the others."""
        return float((self.vectors[list(others)] @ self.vectors[one]).max()) >= SAME


def _measured() -> set[str]:
    """Questions that something else is fitted or measured on, folded."""
    held, lacking = read_training(train_sets())
    asked = [*(case.question for case in held), *(case.question for case in lacking)]
    for name in ("dev", "heldout"):
        asked += [case.question for case in read_cases(name, "questions", QuestionCase)]
        asked += [case.question for case in read_cases(name, "unanswerable", UnanswerableCase)]
        asked += [text for case in read_cases(name, "conversations", ConversationCase) for text in (case.standalone, *case.turns)]
    return {_folded(text) for text in asked}


def _folded(text: str) -> str:
    return text.casefold().strip(" ?!.…")


def near_misses() -> list[tuple[str, str]]:
    """(`source#`, question) of what the library does not answer, near to a source, beyond the likely questions: the product knows none."""
    rows = map(json.loads, NEAR_MISSES.read_text(encoding="utf-8").splitlines())
    return [(f"{row['source']}#", row["question"]) for row in rows]


def is_left_unread(question: str) -> bool:
    """Whether a likely question is kept from the cross-encoder, so that how far to trust it can be learned from these. One in UNREAD, by its text."""
    return hashlib.sha256(_folded(question).encode()).digest()[1] % UNREAD == 0


def question_rows(assistant: Assistant) -> list[Row]:
    """The likely questions: each with a statement that answers it and a near one that does not, or with two near ones where none does."""
    left_out = _measured()
    every = sorted({*question_pairs(read_questions(packaged_folder())), *near_misses()})
    pairs = [p for p in every if _folded(p[1]) not in left_out and not is_left_unread(p[1])]
    statements = _Statements(assistant)
    answers: dict[str, set[str]] = {}
    for reference, question in pairs:
        answers.setdefault(question, set()).add(reference)
    rows: list[Row] = []
    for (reference, question), vector in zip(pairs, statements.asked([question for _, question in pairs]), strict=True):
        gold = [statements.number[r] for r in answers[question] if r in statements.number]
        others = statements.near(vector, gold, 1 if gold else 2)
        own = [statements.number[reference]] if reference in statements.number else []
        for i, holds in [*((i, True) for i in own), *((i, False) for i in others)]:
            rows.append(Row("answers", LIKELY, reference.partition("#")[0], question, statements.words[i], holds))
    return rows


def followup_rows(assistant: Assistant) -> list[Row]:
    """Follow-ups after the question before them: with the statement that answers, a near one that does not, and the nearest to the question before.

    `of` in `cases/followups/*.jsonl` is that statement, or ends in `#` where the source has none.
    """
    left_out = _measured()
    given = [
        each
        for path in sorted(FOLLOWUPS_FOLDER.glob("*.jsonl"))
        for each in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if not {_folded(each[key]) for key in ("standalone", "ask", "before")} & left_out
    ]
    statements = _Statements(assistant)
    meant, before = (statements.asked([each[key] for each in given]) for key in ("standalone", "before"))
    rows: list[Row] = []
    for each, vector, vector_before in zip(given, meant, before, strict=True):
        gold = [statements.number[each["of"]]] if each["of"] in statements.number else []
        others = statements.near(vector, gold, 1 if gold else 2)
        answered = int(np.argmax(statements.vectors @ vector_before))
        if answered not in others and not (gold and (answered in gold or statements.same(answered, gold))):
            others.append(answered)
        left = followup_words(each["before"], each["ask"])
        for i, holds in [*((i, True) for i in gold), *((i, False) for i in others)]:
            rows.append(Row("answers", FOLLOWUPS, each["of"].partition("#")[0], left, statements.words[i], holds))
    return rows

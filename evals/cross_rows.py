"""Pairs that the cross-encoder learns from. Owns: reading them, and the words of each that the model sees.

Two tasks. *Entails*: a claim and the words of spans; the public sets stay outside the repository (`--data`), our own pairs are
`cases/support/*.jsonl`: statements of the packaged library with sentences that say the same and sentences that do not. *Answers*: a question
and a statement under its source's title; from the library's likely questions, with statements near to a question that do not answer it. A
question of the training sets `train_*` is never among them: what weighs the model's answers is fitted on those. Does not own: training.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from assistant.index.cross_encoder import Task, statement_words
from evals.learning import read_training, train_sets, unit
from evals.support_window import claim_words, related_words
from ingest.corpus_questions import question_pairs, read_questions
from ingest.corpus_reader import packaged_folder

OWN_FOLDER = Path(__file__).with_name("cases") / "support"
OWN, LIKELY = "own", "likely"
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


def _own(folder: Path) -> Iterator[_Given]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield OWN, row["of"].partition("#")[0], row["text"], [row["statement"]], bool(row["supported"])


def claim_rows(data: Path | None, own: Path | None = OWN_FOLDER) -> list[Row]:
    """Every pair of the public sets in `data` and of our own in `own`, in order of file."""
    given = [*(_public(data) if data else ()), *(_own(own) if own else ())]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(_row, given, chunksize=128))


def question_rows(assistant: Assistant) -> list[Row]:
    """The likely questions: each with a statement that answers it and a near one that does not, or with two near ones where none does."""
    held, lacking = read_training(train_sets())
    left_out = {text.casefold() for text in [*(case.question for case in held), *(case.question for case in lacking)]}
    pairs = [p for p in sorted(set(question_pairs(read_questions(packaged_folder())))) if p[1].casefold() not in left_out]
    passages = {
        f"{source}#{p.statement}": p
        for source in assistant.library.sources()
        for p in assistant.library.passages_of(source)
        if p.statement
    }
    titles = {name: source.title for name, source in assistant.library.sources().items()}
    references = list(passages)
    ids, matrix = assistant.library.vectors_by_passage([p.id for p in passages.values()])
    place = {i: row for row, i in enumerate(ids)}
    vectors = unit(matrix)[[place[passages[r].id] for r in references]]
    asked = unit(assistant.embedder.embed([question for _, question in pairs]))
    answers: dict[str, set[str]] = {}
    for reference, question in pairs:
        answers.setdefault(question, set()).add(reference)
    draw = np.random.default_rng(SEED)
    number = {r: row for row, r in enumerate(references)}
    rows: list[Row] = []
    for (reference, question), vector in zip(pairs, asked, strict=True):
        gold = [number[r] for r in answers[question] if r in number]
        near = [int(i) for i in np.argsort(-(vectors @ vector))[:NEAREST] if int(i) not in gold]
        if gold:
            near = [i for i in near if float((vectors[gold] @ vectors[i]).max()) < SAME]
        chosen: list[int] = draw.choice(near, min(len(near), 1 if gold else 2), replace=False).tolist() if near else []
        group = reference.partition("#")[0]
        for at, holds in [*((number[reference], True) for _ in range(reference in number)), *((i, False) for i in chosen)]:
            other = references[at]
            words = statement_words(titles[other.partition("#")[0]], passages[other].text)
            rows.append(Row("answers", LIKELY, group, question, words, holds))
    return rows

"""A follow-up completed by rule is searched for twice, as it was completed and after the question before it, and read after that question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.ask import Asker
from assistant.assistant import Assistant
from assistant.compose.candidates import candidates
from assistant.compose.relevance import NOT_FOUND, READ, READ_BESIDE, Search, first_step, rank
from assistant.compose.rewrite import Earlier
from assistant.index.cross_encoder import asked_ids, followup_words
from assistant.retrieval.question import read_question
from assistant.retrieval.retrieve import Filters
from assistant.searches import EVIDENCE, searches

BEFORE = "What did Camden do about food during the first lockdown?"
ASK = "and how many volunteers did they have?"


class Indifferent:
    """Reads pairs and remembers them; favours none."""

    def __init__(self) -> None:
        self.read: list[tuple[str, str]] = []

    def log_odds(self, question: str, statements: Sequence[str]) -> np.ndarray:
        self.read += [(question, statement) for statement in statements]
        return np.zeros(len(statements))


def asked(assistant: Assistant, reader: Indifferent, question: str, earlier: Sequence[Earlier]):  # type: ignore[no-untyped-def]
    asker = Asker(
        library=assistant.library,
        retriever=assistant.retriever,
        embedder=assistant.embedder,
        words=assistant.words,
        reader=reader,
    )
    steps = asker.ask(question, filters=Filters(), depth="short", earlier=earlier)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def search(assistant: Assistant, text: str) -> Search:
    question = read_question(text)
    retrieved = assistant.retriever.retrieve(question, k=40)
    return Search(question, retrieved, candidates(retrieved.evidence))


def test_it_is_read_after_the_question_before_it(packaged: Assistant) -> None:
    reader = Indifferent()
    made = asked(packaged, reader, ASK, [Earlier(BEFORE)])
    assert made.answer.standalone_question not in {ASK, BEFORE}
    assert len(reader.read) == READ_BESIDE
    assert {left for left, _ in reader.read} == {f"{BEFORE} {ASK}"}


def test_what_either_search_found_stands_once_in_the_evidence_in_order_of_rank(packaged: Assistant) -> None:
    made = asked(packaged, Indifferent(), ASK, [Earlier(BEFORE)])
    alone = asked(packaged, Indifferent(), made.answer.standalone_question, [])
    ids = [each.passage.id for each in made.evidence]
    assert len(ids) == len(set(ids)) > len(alone.evidence)
    assert ids[: len(alone.evidence)] == [each.passage.id for each in alone.evidence]
    ranks = [each.rank for each in made.evidence]
    assert ranks == list(range(1, len(ranks) + 1))


def test_a_question_that_stands_alone_is_searched_for_once(packaged: Assistant) -> None:
    reader = Indifferent()
    question = "What did the independent evaluation of Housing First in Finland find?"
    made = asked(packaged, reader, question, [Earlier(BEFORE)])
    assert made.answer.standalone_question == question
    assert len(reader.read) == READ
    assert {left for left, _ in reader.read} == {question}


def test_a_candidate_tells_by_the_mean_of_both_searches(packaged: Assistant) -> None:
    one, other = search(packaged, BEFORE), search(packaged, f"{BEFORE} {ASK}")
    alone = [told(packaged, [each]) for each in (one, other)]
    both = told(packaged, [one, other])
    assert set(both) == {*alone[0], *alone[1]}
    assert set(alone[0]) & set(alone[1])
    assert set(alone[0]) ^ set(alone[1])
    for key, value in both.items():
        each = [max(found.get(key, NOT_FOUND), NOT_FOUND) for found in alone]
        assert value == pytest.approx(sum(each) / 2)


def told(assistant: Assistant, searches: Sequence[Search]) -> dict[tuple[str, int], float]:
    found = first_step(searches, assistant.words)
    assert len({id(c) for c in found.candidates}) == len(found.candidates)
    return {(c.evidence.passage.id, c.start): float(v) for c, v in zip(found.candidates, found.logits, strict=True)}


def test_a_second_search_that_finds_nothing_counts_for_nothing(packaged: Assistant) -> None:
    nothing = Search(read_question(ASK), packaged.retriever.retrieve(read_question(ASK), k=40), [])
    plain = rank(search(packaged, BEFORE), words=packaged.words)
    assert rank(search(packaged, BEFORE), words=packaged.words, beside=nothing) == plain
    alone = rank(nothing, words=packaged.words, beside=search(packaged, BEFORE))
    assert [r.first for r in alone] == [r.first for r in plain]


def test_the_second_search_asks_for_the_same_kind_of_thing_within_the_same_filters(packaged: Assistant) -> None:
    before = "How much did the Camden food mission cost?"
    only = next(iter(packaged.library.sources()))
    one, other = searches(
        packaged.retriever, "Why did Camden start it?", f"{before} why did they start it?", filters=Filters(source_ids=(only,))
    )
    assert other is not None
    assert (other.question.asked, other.question.wants) == (one.question.asked, one.question.wants)
    assert {e.source.id for s in (one, other) for e in s.retrieved.evidence} == {only}


def test_after_a_long_question_the_follow_up_is_still_read(packaged: Assistant) -> None:
    tokenizer, _ = packaged.reader._encoding.open()
    before = "What did the council of Camden do about food " + "in the very first lockdown " * 60
    first, second = asked_ids(tokenizer, [followup_words(before, ask) for ask in (ASK, "and why?")])
    assert first != second
    asked = tokenizer.encode(ASK, add_special_tokens=False).ids
    assert any(first[i : i + len(asked)] == asked for i in range(len(first)))


def test_the_receipt_says_what_else_was_searched_for(packaged: Assistant) -> None:
    answer = packaged.ask(ASK, history=[(BEFORE, packaged.ask(BEFORE))])
    receipt = packaged.receipt(answer.receipt_id)
    assert receipt.completion is not None
    assert receipt.completion.after == f"{BEFORE} {ASK}"
    assert len(receipt.evidence) > EVIDENCE

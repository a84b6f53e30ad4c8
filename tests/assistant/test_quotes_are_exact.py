"""Over hundreds of answers: every quote is its passage's own text at its offsets, and the receipt holds the gate's verdicts."""

from __future__ import annotations

import random
import re

import pytest

from assistant.assistant import Assistant
from assistant.nouns import Answer

REAL = (
    "How do we avoid mission-washing?",
    "What is a mission?",
    "What is the difference between a mission and a target?",
    "How did the UK vaccine taskforce succeed?",
    "What happened to mission-oriented innovation policy in Sweden?",
    "Who can help a council that wants to start a mission?",
    "How much did Energiewende cost?",
    "When did the Apollo programme end?",
    "Why do missions fail?",
    "What are examples of missions in cities?",
    "How do we measure outcomes of a mission?",
    "Is mission-driven government just a new label?",
    "What should a permanent secretary do first?",
    "How do we fund missions across departments?",
    "What is portfolio thinking?",
    "What did Finland learn from demonstrators?",
    "What are the criticisms of missions?",
    "How many homes were retrofitted?",
    "What is school readiness?",
    "What is the tax treatment of patents?",
)
RANDOM = 220


def random_questions(assistant: Assistant) -> list[str]:
    """Questions of words that the library holds, in no sensible order; the same ones each time."""
    texts = [passage.text for passage in assistant.library.passages_by_id(sorted(assistant.library.passage_ids())).values()]
    words = sorted({word for text in sorted(texts) for word in re.findall(r"[\w’'-]{3,}", text)})
    chance = random.Random(20)
    openings = ("What is", "How did", "Why does", "Who", "When was", "How many", "Where did", "Compare", "")
    return [f"{chance.choice(openings)} {' '.join(chance.sample(words, chance.randint(1, 7)))}?".strip() for _ in range(RANDOM)]


@pytest.fixture(scope="module")
def answers(packaged: Assistant) -> list[Answer]:
    questions = [*REAL, *random_questions(packaged)]
    return [packaged.ask(question, depth="full" if number % 2 else "short") for number, question in enumerate(questions)]


def test_every_quote_is_the_passages_own_text_at_its_offsets(answers: list[Answer], packaged: Assistant) -> None:
    citations = [c for answer in answers for sentence in answer.sentences for c in sentence.citations]
    passages = packaged.library.passages_by_id({c.passage_id for c in citations})
    sources = packaged.library.sources()
    assert len(answers) >= 200
    assert len(citations) > 300
    for citation in citations:
        passage = passages[citation.passage_id]
        assert passage.text[citation.start : citation.end] == citation.quote != ""
        assert passage.source_id == citation.source_id
        assert citation.title == sources[citation.source_id].title
        assert packaged.library.source_text(citation.source_id)[passage.start :][citation.start : citation.end] == citation.quote


def test_every_sentence_is_cited_and_has_a_status_that_may_be_shown(answers: list[Answer]) -> None:
    sentences = [sentence for answer in answers for sentence in answer.sentences]
    assert {sentence.status for sentence in sentences} <= {"quoted", "supported", "inferred", "advice"}
    assert all(sentence.citations for sentence in sentences if sentence.status != "advice")
    for sentence in sentences:
        if sentence.status == "quoted":
            assert any(flat(sentence.text) == flat(citation.quote) for citation in sentence.citations)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_citations_are_numbered_from_one_in_the_order_shown_and_one_span_has_one_number(answers: list[Answer]) -> None:
    for answer in answers:
        shown = [(c.n, (c.passage_id, c.start, c.end)) for sentence in answer.sentences for c in sentence.citations]
        first_seen = list(dict.fromkeys(number for number, _ in shown))
        assert first_seen == list(range(1, len(first_seen) + 1))
        assert len(set(shown)) == len({number for number, _ in shown}) == len({span for _, span in shown})


def test_an_answer_repeats_no_sentence(answers: list[Answer]) -> None:
    for answer in answers:
        texts = [flat(sentence.text).casefold() for sentence in answer.sentences]
        assert len(texts) == len(set(texts)), answer.question


def test_the_outcome_and_the_sentences_never_contradict_each_other(answers: list[Answer]) -> None:
    outcomes = {answer.outcome for answer in answers}
    assert {"answered", "no_evidence"} <= outcomes
    for answer in answers:
        assert bool(answer.sentences) == (answer.outcome in {"answered", "partial"}), answer.question
        if answer.outcome == "no_evidence":
            assert answer.searched.passages == packaged_size(answers)
            assert 0 < len(answer.nearest) <= 3


def packaged_size(answers: list[Answer]) -> int:
    return max(answer.searched.passages for answer in answers)


def test_the_receipt_holds_the_gates_verdict_on_every_sentence_and_on_every_one_dropped(
    answers: list[Answer], packaged: Assistant
) -> None:
    checked = 0
    for answer in answers:
        receipt = packaged.receipt(answer.receipt_id)
        assert receipt.answer == answer
        shown = [verdict for verdict in receipt.verdicts if verdict.shown]
        dropped = [verdict for verdict in receipt.verdicts if not verdict.shown]
        assert [(v.text, v.status) for v in shown] == [(s.text, s.status) for s in answer.sentences]
        assert all(verdict.scorer.startswith("gate-") for verdict in receipt.verdicts)
        assert all(not verdict.problems for verdict in shown)
        assert all(verdict.problems and verdict.status == "unsupported" for verdict in dropped)
        evidence = {record.passage_id for record in receipt.evidence}
        assert [record.rank for record in receipt.evidence] == list(range(1, len(receipt.evidence) + 1))
        assert {c.passage_id for s in answer.sentences for c in s.citations} <= evidence | set(packaged.library.passage_ids())
        checked += len(receipt.verdicts)
    assert checked > 300

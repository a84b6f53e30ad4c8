"""The whole way with a chat model: stream, answer and receipt are the same; an outage is never read as "no evidence"."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripted_chat_server import Say, Writer, fails, honest, says, scripted_chat_server

from assistant import open_assistant
from assistant.assistant import Assistant
from assistant.nouns import Answer, Receipt, Sentence
from assistant.settings import Settings

pytestmark = pytest.mark.usefixtures("loopback")
QUESTION = "Did Finland's Housing First work?"
PRICES = {"scripted": {"input": 1.0, "output": 2.0}}


def ask(home: Path, *writers: Writer, question: str = QUESTION) -> tuple[list[Sentence], Answer, Receipt, int]:
    """What was streamed, the answer, its stored receipt, and how many requests the model's server got."""
    with scripted_chat_server(*writers) as server:
        settings = Settings(
            home=home, threads=1, model="scripted", model_base_url=server.base_url, model_retries=0, model_prices=PRICES
        )  # type: ignore[arg-type]
        assistant = open_assistant(settings)
        streamed, answer = drained(assistant, question)
        receipt = assistant.receipt(answer.receipt_id)
        assistant.library.engine.dispose()
        return streamed, answer, receipt, len(server.asked)


def drained(assistant: Assistant, question: str) -> tuple[list[Sentence], Answer]:
    steps = assistant.stream(question)
    sentences = []
    while True:
        try:
            sentences.append(next(steps))
        except StopIteration as end:
            return sentences, end.value


def test_the_stream_the_answer_and_the_receipt_are_the_same(packaged_home: Path) -> None:
    streamed, answer, receipt, _ = ask(packaged_home, honest(4))
    assert len(streamed) == 4
    assert streamed == answer.sentences == receipt.answer.sentences
    numbers = [citation.n for sentence in streamed for citation in sentence.citations]
    assert sorted(set(numbers)) == list(range(1, len(set(numbers)) + 1))
    assert (answer.composer, answer.outcome) == ("generative", "answered")


def test_the_receipt_keeps_model_prompts_tokens_and_cost(packaged_home: Path) -> None:
    _, _, receipt, _ = ask(packaged_home, honest(2))
    assert receipt.models["chat"] == "scripted"
    assert set(receipt.prompt_hashes) == {"answer"}
    assert receipt.cost == {
        "tokens": 1200, "prompt_tokens": 1000, "completion_tokens": 200, "estimated": False, "money": 0.0014, "currency": "USD",
    }  # fmt: skip


def test_what_was_dropped_stands_in_the_receipt_with_the_reason(packaged_home: Path) -> None:
    _, answer, receipt, _ = ask(
        packaged_home, says("## answer\nFinland ended homelessness altogether in 1850. [P1]\n"), says("1. DROP")
    )
    dropped = [verdict for verdict in receipt.verdicts if not verdict.shown]
    assert dropped[0].text == "Finland ended homelessness altogether in 1850."
    assert dropped[0].problems
    assert answer.composer == "extractive"
    assert answer.sentences


@pytest.mark.parametrize("writer", [fails(401), fails(500), lambda asked: [Say("## answer\nThe half of")]])
def test_an_outage_gives_a_quoted_answer_and_says_so(packaged_home: Path, writer: Writer) -> None:
    _, answer, receipt, _ = ask(packaged_home, writer)
    assert answer.outcome == "answered"
    assert answer.composer == "extractive"
    assert any("chat model failed" in gap for gap in answer.gaps)
    assert receipt.models["chat_error"]


def test_a_question_without_evidence_is_refused_without_asking_the_model(packaged_home: Path) -> None:
    _, answer, receipt, requests = ask(packaged_home, honest(), question="What is the boiling point of tungsten in kelvin?")
    assert answer.outcome in {"no_evidence", "out_of_scope"}
    assert requests == 0
    assert receipt.models["chat"] is None

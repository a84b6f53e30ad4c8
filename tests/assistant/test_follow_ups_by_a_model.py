"""A follow-up completed by the model, whole way: shown, kept in the receipt, never evidence, and by rule where the model's does not pass."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from scripted_chat_server import Asked, End, Fail, Say, Step, scripted_chat_server

from assistant import open_assistant
from assistant.nouns import Answer, Receipt
from assistant.settings import Settings

pytestmark = pytest.mark.usefixtures("loopback")
FIRST, THEN = "Did Finland's Housing First work?", "When did it start?"
COMPLETED = "When did Finland's Housing First start?"


def completing(asked: Asked) -> bool:
    return "last question: " in asked.text


def talk(home: Path, said: str | Fail, *, then: str = THEN) -> tuple[Answer, Receipt, list[Asked]]:
    """The second turn of a conversation in which the model completes the question with `said` and quotes the first passages."""

    def writer(asked: Asked) -> Sequence[Step]:
        if completing(asked):
            return [said] if isinstance(said, Fail) else [Say(said), End(usage=(50, 10))]
        return [Say("## answer\n" + "".join(f"{text} [{t}]\n" for t, text in list(asked.passages.items())[:2])), End()]

    with scripted_chat_server(writer) as server:
        settings = Settings(home=home, threads=1, model="scripted", model_base_url=server.base_url, model_retries=0)
        assistant = open_assistant(settings)
        first = assistant.ask(FIRST)
        asked_before = len(server.asked)
        answer = assistant.ask(then, history=[(FIRST, first)])
        receipt = assistant.receipt(answer.receipt_id)
        assistant.library.engine.dispose()
        return answer, receipt, server.asked[asked_before:]


def test_the_models_question_is_shown_asked_and_kept(packaged_home: Path) -> None:
    answer, receipt, requests = talk(packaged_home, COMPLETED)
    assert (answer.question, answer.standalone_question) == (THEN, COMPLETED)
    assert receipt.completion is not None
    assert (receipt.completion.by, receipt.completion.problems) == ("model", [])
    assert [completing(each) for each in requests] == [True, *[False] * (len(requests) - 1)]
    assert "rewrite" in receipt.prompt_hashes
    assert int(str(receipt.cost["tokens"])) >= 60
    writing = [each for each in requests if not completing(each)]
    assert all(f"question: {COMPLETED}" in each.text and FIRST not in each.text for each in writing), "history reached the writer"


@pytest.mark.parametrize(
    "said",
    [
        "When did Norway's Housing First start?",
        "When did Finland's Housing First start in 1987?",
        "NOTHING\nTO SAY",
        Fail(500),
        Fail(401),
    ],
)
def test_what_does_not_pass_is_completed_by_rule_and_the_receipt_says_so(packaged_home: Path, said: str | Fail) -> None:
    answer, receipt, _ = talk(packaged_home, said)
    assert "Finland" in answer.standalone_question
    assert "Norway" not in answer.standalone_question
    assert "1987" not in answer.standalone_question
    assert receipt.completion is not None
    assert receipt.completion.by == "rules"
    assert receipt.completion.problems
    assert answer.outcome != "error_model"


def test_a_first_question_is_never_rewritten(packaged_home: Path) -> None:
    with scripted_chat_server(lambda asked: [Say("NOTHING\n"), End()]) as server:
        assistant = open_assistant(Settings(home=packaged_home, threads=1, model="scripted", model_base_url=server.base_url))
        receipt = assistant.receipt(assistant.ask(FIRST).receipt_id)
        assistant.library.engine.dispose()
        assert not any(completing(each) for each in server.asked)
    assert receipt.completion is None

"""A follow-up that asks for what the library lacks is refused, although its subject is known."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("What is the Camden Renewal Commission?", "What did it cost to run?"),
        ("What did the Prime Minister's Delivery Unit do?", "What was its annual budget?"),
    ],
)
def test_a_follow_up_whose_answer_the_library_lacks_is_refused(packaged: Assistant, first: str, then: str) -> None:
    answer = packaged.ask(then, history=[(first, packaged.ask(first))])
    assert answer.standalone_question != then
    assert answer.outcome == "no_evidence"
    assert answer.sentences == []


def test_a_follow_up_whose_answer_it_holds_is_answered(packaged: Assistant) -> None:
    first = "What is the Preston Model?"
    answer = packaged.ask("Did it need extra cash from central government?", history=[(first, packaged.ask(first))])
    assert any("new government funding" in sentence.text for sentence in answer.sentences)

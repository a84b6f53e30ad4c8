"""A follow-up that asks for what the library lacks is refused, or told that just this is missing, although its subject is known."""

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
def test_a_follow_up_whose_answer_the_library_lacks_is_never_answered_as_if_it_held_it(
    packaged: Assistant, first: str, then: str
) -> None:
    answer = packaged.ask(then, history=[(first, packaged.ask(first))])
    assert answer.standalone_question != then
    assert answer.outcome in {"no_evidence", "partial"}
    assert "No statement that fits gives a sum of money." in answer.gaps
    assert (answer.outcome == "no_evidence") == (answer.sentences == [])


def test_a_follow_up_whose_answer_it_holds_is_answered(packaged: Assistant) -> None:
    first = "What is the Preston Model?"
    answer = packaged.ask("Did it need extra cash from central government?", history=[(first, packaged.ask(first))])
    assert any("new government funding" in sentence.text for sentence in answer.sentences)


def test_a_question_that_stands_alone_is_decided_alike_with_and_without_a_conversation(packaged: Assistant) -> None:
    before = "What is the Preston Model?"
    history = [(before, packaged.ask(before))]
    for question in (
        "How many volunteers did Camden Council mobilise in the first lockdown?",
        "What did the Apollo programme cost in Peru?",
    ):
        alone, after = packaged.ask(question), packaged.ask(question, history=history)
        assert after.standalone_question == question
        assert (after.outcome, [s.text for s in after.sentences]) == (alone.outcome, [s.text for s in alone.sentences])

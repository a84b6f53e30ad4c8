"""Broad questions that name no report get advice, and a question for advice is not refused for want of a figure or a name."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.retrieval.question import read_question


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("How many missions should a government have at once?", "oecd-when-to-choose-a-mission"),
        ("Who should own a mission that cuts across four departments?", "thomas-avoidable-demise"),
    ],
)
def test_a_broad_question_is_answered(packaged: Assistant, text: str, source: str) -> None:
    answer = packaged.ask(text)
    assert answer.outcome == "answered"
    assert source in {citation.source_id for sentence in answer.sentences[:3] for citation in sentence.citations}


@pytest.mark.parametrize(
    "text",
    [
        "How many missions should we have?", "Who ought to chair the mission board?", "When should a mission end?",
        "How much of the budget should be kept back?", "What should the appointment letter say when I name an owner?",
        "How many people do we need in a delivery unit?",
    ],
)  # fmt: skip
def test_a_question_for_advice_asks_for_no_figure_or_name(text: str) -> None:
    question = read_question(text)
    assert (question.asked, question.wants) == ("how_to", frozenset())


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("How many missions did Labour have?", "figure"),
        ("Who should have been told of the reset?", "name"),
        ("When did the minister say that targets should go?", "date"),
        ("The idea that ministers should own up to not knowing: who gets the credit for it?", "name"),
        ("What kind of sum did Denmark set aside?", "figure"),
    ],
)
def test_a_question_for_a_fact_still_asks_for_it(text: str, wants: str) -> None:
    assert wants in read_question(text).wants


def test_whom_to_vote_for_is_still_refused(packaged: Assistant) -> None:
    assert packaged.ask("Who should I vote for at the next general election?").outcome not in {"answered", "partial"}

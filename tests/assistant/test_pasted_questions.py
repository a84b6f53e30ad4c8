"""Questions as people paste them, inside an e-mail; and the bar that a completed follow-up is held to."""

from __future__ import annotations

import pytest

from assistant.answerable import _weights, judge
from assistant.assistant import Assistant
from assistant.compose.candidates import candidates
from assistant.compose.extractive import lead_of
from assistant.compose.relevance import Search, rank
from assistant.retrieval.question import read_question, without_courtesies
from assistant.route import read_request

MAIL = """Dear Morag,

> What did Camden do about food
> during the first lockdown?

Many thanks
Priya

Sent from my phone"""
ASKED = "What did Camden do about food during the first lockdown?"


def test_of_a_pasted_mail_the_question_is_left() -> None:
    assert read_request(MAIL, limit=2000) == ASKED


@pytest.mark.parametrize(
    "text",
    [
        ASKED,
        "Best practice in procurement?",
        "Thanks to whom did Finland adopt Housing First?",
        "Housing First:\nwhat did it cost?\nBest evidence only, please?",
        "Compare these:\nHousing First\nBest Start for Life\nSure Start",
        "Finland has fewer homeless people now.\nThanks to Housing First\nor to something else",
        "Sorry for the basic question\ntell me what a mission is",
        "Some context first.\nThanks\nWhat did Finland spend?",
        "Dear food and dear homes were the worry that year\nwhat was done",
    ],
)
def test_nothing_else_is_taken_away(text: str) -> None:
    assert without_courtesies(text).split() == text.split()


def test_a_mail_of_courtesies_alone_stays_what_it_is() -> None:
    assert without_courtesies("Hi,\n\nThanks") == "Thanks"
    assert without_courtesies("Hi team\nHello") == "Hi team\nHello"


def test_a_mail_is_answered_like_its_question(packaged: Assistant) -> None:
    plain, mail = packaged.ask(ASKED), packaged.ask(MAIL)
    assert [s.text for s in mail.sentences] == [s.text for s in plain.sentences]


def test_a_completed_follow_up_is_held_to_a_bar_of_its_own(packaged: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = _weights()
    assert stored.refuse_below < stored.refuse_follow_up_below < stored.partial_below
    question = read_question(ASKED)
    retrieved = packaged.retriever.retrieve(question, k=40)
    ranked = rank(Search(question, retrieved, candidates(retrieved.evidence)), words=packaged.words, reader=packaged.reader)
    lead = lead_of(ranked, question.asked)
    high = type(stored)(**{**stored.__dict__, "refuse_below": 0.0, "refuse_follow_up_below": 1.0, "partial_below": 0.0})
    monkeypatch.setattr("assistant.answerable._weights", lambda: high)
    assert judge(question, retrieved.terms, ranked, lead, chances={}).decision == "answer"
    assert judge(question, retrieved.terms, ranked, lead, chances={}, completed=True).decision == "no_evidence"

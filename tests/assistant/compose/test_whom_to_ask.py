"""Who wants somebody to turn to gets the networks that fit and how to reach them; where none fits, that is said."""

from __future__ import annotations

import time

import pytest

from assistant.assistant import Assistant
from assistant.compose.whom_to_ask import LONGEST_QUESTION, asks_whom
from assistant.retrieval.retrieve import Filters
from assistant.shaped import NOBODY


@pytest.mark.parametrize(
    "question",
    [
        "Who could I talk to about setting up a policy lab?",
        "Whom should my chief scientist call about challenge prizes?",
        "Is there someone in Denmark I could contact about missions?",
        "Who can help us with evaluation of missions?",
        "Which networks support people who run city missions?",
        "Where can my officials meet peers from other countries?",
        "Who runs communities of practice on missions that my team could join?",
        "Is there a network for people doing test and learn in local government?",
        "Who could I ask for advice on mission boards?",
        "Is there a community of practice we could join?",
    ],
)
def test_wanting_somebody_to_turn_to_is_recognised(question: str) -> None:
    assert asks_whom(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who chaired the mission board?",
        "Which communities took part in Big Local?",
        "How did communities take part in the Barcelona mission?",
        "How can a mission get people to learn from each other?",
        "How do we get departments and people to talk to each other?",
        "Has anyone been able to meet a mission target on time?",
        "Are there people for whom Housing First did not work?",
        "Who will pay to meet the target?",
        "Who decided to call it a moonshot?",
        "Whom did the government have to consult on the Wellbeing Act?",
        "What network of delivery units did Barber set up?",
        "Is there a network effect for missions?",
        "Is there a community benefit clause for contractors?",
        "Who should meet weekly in a stocktake?",
        "How does the network of family hubs join up services?",
        "Who asked for a spending review?",
        "Who helped Camden with its missions?",
        "Which organisation evaluated Sure Start?",
        "Did the minister talk to councils before the launch?",
        "How many people did the contact teams help?",
        "What should ministers ask for?",
        "",
    ],
)
def test_wanting_to_know_who_did_something_is_not(question: str) -> None:
    assert not asks_whom(question)


@pytest.mark.parametrize(
    ("question", "network"),
    [
        ("Whom should my chief scientist call about challenge prizes?", "challenge-works"),
        ("Who could help my team learn about behavioural insights?", "bit"),
        ("Is there someone in Denmark I could contact about missions?", "danish-design-center"),
    ],
)
def test_a_network_that_fits_leads_and_how_to_reach_it_follows(packaged: Assistant, question: str, network: str) -> None:
    answer = packaged.ask(question)
    assert answer.outcome == "answered"
    assert answer.sentences[0].citations[0].source_id == network
    steps = [sentence for sentence in answer.sentences if sentence.section == "next_step"]
    assert network in {sentence.citations[0].source_id for sentence in steps}
    sources = packaged.library.sources()
    assert {sources[c.source_id].kind for s in answer.sentences for c in s.citations} == {"network"}


def test_where_no_network_fits_it_says_so_and_who_is_nearest(packaged: Assistant) -> None:
    answer = packaged.ask("Who in Scotland could I talk to about child poverty targets?")
    assert answer.outcome in {"partial", "no_evidence"}
    assert NOBODY in answer.gaps
    assert answer.who_might_know
    assert {c.source_id for s in answer.sentences for c in s.citations} <= {"scotland-child-poverty"}


def test_a_filter_that_leaves_networks_out_is_kept(packaged: Assistant) -> None:
    answer = packaged.ask("Who can help us with evaluation of missions?", filters=Filters(kinds=("case",)))
    sources = packaged.library.sources()
    assert {sources[c.source_id].kind for s in answer.sentences for c in s.citations} <= {"case"}
    assert NOBODY not in packaged.ask("Who can help us with evaluation of missions?", filters=Filters(kinds=("case",))).gaps


@pytest.mark.parametrize("piece", ["who could i ", "is there a network ", "which networks ", "network i could ", "where can i "])
@pytest.mark.parametrize("most", [LONGEST_QUESTION, 8000])
def test_no_question_takes_long_to_read(piece: str, most: int) -> None:
    began = time.perf_counter()
    asks_whom((piece * most)[:most])
    assert time.perf_counter() - began < 0.5

"""A question that compares two things is answered with as much on each, unless one statement speaks of both or one of them is not known."""

from __future__ import annotations

import time

import pytest

from assistant.assistant import Assistant
from assistant.compose.two_sides import LONGEST_QUESTION, sides_of
from assistant.nouns import Answer
from assistant.shaped import SIDE_BY_SIDE


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What is the difference between a UK mission board and an EU one?", ("UK mission board", "EU one")),
        ("Compare Housing First in Finland with the Rough Sleepers Unit.", ("Housing First in Finland", "Rough Sleepers Unit")),
        ("How does Wales’s Act differ from Scotland’s targets, in practice?", ("Wales's Act", "Scotland's targets")),
        ("How do Camden and Barcelona compare?", ("Camden", "Barcelona")),
        ("Is Camden's approach better than Greater Manchester's?", ("Camden's approach", "Greater Manchester's")),
        ("Should we copy ARIA or SPRIND?", ("ARIA", "SPRIND")),
        ("Which is better, prizes or grants?", ("prizes", "grants")),
        ("Outcome vs output - what's the difference?", ("Outcome", "output")),
        ("PMDU versus the Mission Delivery Unit: which lasted?", ("PMDU", "Mission Delivery Unit")),
        ("Compare trade and industry with health.", ("trade and industry", "health")),
        ("Compare and contrast Camden with St. Helens.", ("Camden", "St. Helens")),
        ("Is a 2.5 per cent target better than a 3.5 per cent target?", ("2.5 per cent target", "3.5 per cent target")),
    ],
)
def test_the_two_things_compared_are_read_as_named(question: str, names: tuple[str, str]) -> None:
    sides = sides_of(question)
    assert sides is not None
    assert tuple(side.name for side in sides) == names


@pytest.mark.parametrize(
    "question",
    [
        "What is a mission?",
        "Did homelessness in Finland do better than expected?",
        "Were the results of Sure Start different from what was promised?",
        "Was the cost of Sure Start worse than forecast?",
        "Is 54 per cent better than the target?",
        "How did the results of Housing First in Finland compare to the target?",
        "Were results worse than in 2010?",
        "Is a mission board better than nothing?",
        "Are missions any better than targets at changing how government works?",
        "What is the best way to set up a mission board or steering group?",
        "What is the best place or time to start?",
        "Is it true that Finland did better than Sweden?",
        "How do missions differ from one another?",
        "What difference between rich and poor areas did Sure Start make?",
        "Compare trade and industry and health.",
        "Who does what in Moonshot - programme directors vs project managers?",
        "Which eight countries is Fraunhofer comparing on missions and regions?",
        "What is the difference between a mission and a mission?",
        "How did homelessness in Finland compare with the years before the programme that the government had announced in the spring of 2008?",
        "",
    ],
)
def test_what_names_no_two_things_compares_none(question: str) -> None:
    assert sides_of(question) is None


def test_what_sets_a_side_apart_is_not_what_both_share() -> None:
    sides = sides_of("What is the difference between Scotland's targets and Wales's targets?")
    assert sides is not None
    assert [side.apart for side in sides] == [frozenset({"scotland"}), frozenset({"wale"})]


def sources(answer: Answer) -> list[str]:
    return [sentence.citations[0].source_id for sentence in answer.sentences]


def test_each_of_two_cases_has_its_turn(packaged: Assistant) -> None:
    answer = packaged.ask("Compare Housing First in Finland with the Rough Sleepers Unit in England.")
    assert sources(answer) == ["finland-housing-first", "rough-sleepers-unit"] * 2
    assert (answer.outcome, answer.gaps) == ("partial", [SIDE_BY_SIDE])
    assert {sentence.status for sentence in answer.sentences} == {"quoted"}


def test_what_is_said_of_one_alone_is_no_comparison(packaged: Assistant) -> None:
    answer = packaged.ask("How does Sure Start compare with Flying Start?")
    assert {"sure-start", "cascade-flying-start"} <= set(sources(answer))
    assert (answer.outcome, answer.gaps[-1]) == ("partial", SIDE_BY_SIDE)


def test_a_refusal_with_a_reason_stands(packaged: Assistant) -> None:
    answer = packaged.ask("In 2031, what is the difference between Camden's missions and Barcelona's?")
    assert SIDE_BY_SIDE not in answer.gaps


@pytest.mark.parametrize(
    "piece", ["how do and ", "how did a and ", "is ", "do ", "compare x with ", "difference between ", "a versus "]
)
@pytest.mark.parametrize("most", [LONGEST_QUESTION, 8000])
def test_no_question_takes_long_to_read(piece: str, most: int) -> None:
    began = time.perf_counter()
    sides_of((piece * most)[:most])
    assert time.perf_counter() - began < 0.5


def test_one_statement_that_speaks_of_both_is_enough(packaged: Assistant) -> None:
    answer = packaged.ask("Should we copy ARIA or SPRIND?")
    assert SIDE_BY_SIDE not in answer.gaps
    assert "ARIA" in answer.sentences[0].text
    assert "SPRIND" in answer.sentences[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Is Canada's Impact and Innovation Unit better than Rwanda's delivery unit?",
        "Sure Start versus the Zimbabwean school feeding fund?",
    ],
)
def test_a_side_that_the_library_does_not_know_is_not_made_up(packaged: Assistant, question: str) -> None:
    assert SIDE_BY_SIDE not in packaged.ask(question).gaps

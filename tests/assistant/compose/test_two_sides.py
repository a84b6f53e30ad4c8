"""A question that compares two things is answered with as much on each, unless one statement speaks of both or one of them is not known."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.compose.two_sides import sides_of
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

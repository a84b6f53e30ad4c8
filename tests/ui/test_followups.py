"""Questions to go on with name what the cited sources hold and the answer did not show; the product answers them."""

from __future__ import annotations

from made_answers import answer, passage, source

from assistant.assistant import Assistant
from assistant.nouns import Passage
from ui.evidence import read_turn
from ui.followups import MOST, follow_ups


def parts(*names: str) -> list[Passage]:
    return [passage(id=f"p{n}", section=name) for n, name in enumerate(names)]


def test_a_part_that_the_source_holds_and_the_answer_lacks_is_suggested() -> None:
    held = parts("result", "criticism")
    assert follow_ups(answer(), [source()], held[:1], lambda _: held) == ("What do critics say about Finland's Housing First?",)


def test_what_the_source_does_not_hold_is_never_suggested() -> None:
    assert follow_ups(answer(), [source()], [], lambda _: parts("about")) == ()


def test_the_question_itself_is_not_suggested_again() -> None:
    asked = answer(question="What were the results of Finland's Housing First?")
    assert follow_ups(asked, [source()], [], lambda _: parts("result")) == ()


def test_with_several_sources_each_gets_one_question_and_cases_come_first() -> None:
    sources = [source(id=f"n{n}", kind="note", title=f"Note {n}") for n in range(5)] + [source()]
    held = parts("evidence", "limits", "criticism", "result")
    found = follow_ups(answer(), sources, [], lambda _: held)
    assert len(found) == MOST
    assert found[0] == "What do critics say about Finland's Housing First?"
    assert found[1] == "What evidence does “Note 0” give?"


def test_the_product_answers_what_it_suggests(packaged: Assistant) -> None:
    asked, refused = 0, []
    for question in ("What happened with Sure Start?", "What does a delivery unit do?", "How should a mission be evaluated?"):
        for suggested in read_turn(packaged.ask(question), packaged.library).suggestions:
            asked += 1
            if packaged.ask(suggested).outcome not in {"answered", "partial"}:
                refused.append(suggested)
    assert asked >= 5
    assert refused == []

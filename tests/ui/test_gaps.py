"""Questions that found nothing, grouped."""

from __future__ import annotations

from made_answers import answer

from ui.gaps import group_gaps


def refused(question: str):  # type: ignore[no-untyped-def]
    return answer(sentences=[], outcome="no_evidence", question=question, standalone_question=question)


def test_questions_that_share_half_their_words_are_one_gap_the_largest_first() -> None:
    asked = ["What did mission boards cost?", "Who chairs Vision Zero?", "What does a mission board cost?"]
    gaps = group_gaps([refused(each) for each in asked])
    assert [gap.times for gap in gaps] == [2, 1]
    assert gaps[0].questions == (asked[0], asked[2])
    assert "cost" in gaps[0].words


def test_the_same_question_twice_is_listed_once_and_counted_twice() -> None:
    gaps = group_gaps([refused("What did it cost?")] * 2)
    assert (gaps[0].times, gaps[0].questions) == (2, ("What did it cost?",))


def test_a_question_without_content_words_harms_nothing() -> None:
    assert group_gaps([refused("And then?"), refused("Why?")])[0].times >= 1

"""The maturity assessment: levels from what people say and quote, spread, steps, evidence from a document, drift."""

from __future__ import annotations

from typing import Any

import pytest
from own import WARM_HOMES, own_document

from assistant.assistant import Assistant
from assistant.errors import InputError
from assistant.instruments.assessment import CANNOT_TELL, Assessment, OwnQuote
from assistant.instruments.drift import drift_of
from assistant.instruments.literature import Literature
from assistant.instruments.maturity import MaturityAnswers, assess_maturity, maturity_spec
from assistant.instruments.maturity_evidence import propose_evidence

DIMENSIONS = [dimension.id for dimension in maturity_spec().dimensions]


@pytest.fixture
def literature(packaged: Assistant) -> Literature:
    return Literature(packaged.library)


def person(name: str, *levels: int, why: str = "I saw it.") -> dict[str, Any]:
    """A named person with a level and words for each dimension in order."""
    marks = {dimension: {"mark": level, "why": why} for dimension, level in zip(DIMENSIONS, levels, strict=False)}
    return {"name": name, "role": "director", "marks": marks}


def assess(literature: Literature, *people: dict[str, Any], **options: Any) -> Assessment:
    return assess_maturity(
        MaturityAnswers.model_validate({"subject": "Warm homes", "respondents": people}), literature, **options
    )


def test_levels_steps_and_a_case_for_the_next_level(literature: Literature) -> None:
    found = assess(literature, person("Anna", 2, 1, 3, 2, 2, 4, 2, 2, 2))
    levels = {mark.criterion: mark.mark for mark in found.marks}
    assert levels["leadership"] == "1"
    assert found.result.key == "level-2"
    assert "Leadership and authority (level 1)" in found.result.headline
    first = found.next_steps[:3]
    assert {step.criterion for step in first} == {"leadership"}
    assert all(step.citations for step in first)
    assert {step.criterion for step in found.next_steps} == {"leadership", "purpose", "funding"}
    case = next(case for case in found.cases if case.criterion == "leadership")
    assert len(case.citations) >= 2, "what the case did, and how it ended or what its critics say"
    assert next(mark for mark in found.marks if mark.criterion == "participation").next_level == ""


def test_a_mark_without_quote_or_named_statement_does_not_count(literature: Literature) -> None:
    bare = {"name": "Ben", "marks": dict.fromkeys(DIMENSIONS, 4)}
    nameless = {**person("", *[4] * 9), "name": ""}
    found = assess(literature, bare, nameless)
    assert {mark.mark for mark in found.marks} == {CANNOT_TELL}
    assert found.result.key == CANNOT_TELL
    assert "not counted: the mark of Ben, Respondent 2" in found.marks[0].missing


def test_a_quote_counts_without_a_name_and_is_the_documents_own_text(literature: Literature) -> None:
    document = own_document(*WARM_HOMES)
    words = "two were stopped   in 2025"
    found = assess(literature, {"marks": {"learning": {"mark": 3, "quoted": [words]}}}, document=document)
    mark = next(mark for mark in found.marks if mark.criterion == "learning")
    assert mark.mark == "3"
    assert mark.confidence == "high"
    assert [document.text[q.start : q.end] for q in mark.quotes] == ["two were stopped in 2025"]
    assert (mark.quotes[0].page, mark.quotes[0].heading) == (5, ["Learning"])


def test_words_that_the_document_does_not_hold_are_refused(literature: Literature) -> None:
    document = own_document(*WARM_HOMES)
    with pytest.raises(InputError, match="word for word"):
        assess(literature, {"marks": {"data": {"mark": 3, "quoted": ["We measure everything"]}}}, document=document)
    with pytest.raises(InputError, match="none was given"):
        assess(literature, {"marks": {"data": {"mark": 3, "quoted": ["Smart meter readings"]}}})
    forged = OwnQuote(file=document.file, text="We measure", start=0, end=10)
    with pytest.raises(InputError, match="does not stand at its place"):
        assess(literature, {"marks": {"data": {"mark": 3, "quotes": [forged.model_dump()]}}}, document=document)


def test_several_people_give_the_middle_level_and_the_spread(literature: Literature) -> None:
    found = assess(literature, person("Anna", 2, 2), person("Ben", 3, 4), person("Cem", 3, 1))
    purpose, leadership = found.marks[0], found.marks[1]
    assert (purpose.mark, purpose.confidence) == ("3", "medium")
    assert (leadership.mark, leadership.confidence) == ("2", "low")
    assert [(given.respondent, given.mark) for given in leadership.given] == [("Anna", "2"), ("Ben", "4"), ("Cem", "1")]
    assert any("differently" in gap.text for gap in found.gaps if gap.criterion == "leadership")
    assert not any("differently" in gap.text for gap in found.gaps if gap.criterion == "purpose")


def test_of_two_people_the_lower_level_is_shown(literature: Literature) -> None:
    assert assess(literature, person("Anna", 4), person("Ben", 3)).marks[0].mark == "3"


def test_too_few_marks_give_no_result(literature: Literature) -> None:
    found = assess(literature, person("Anna", 2, 2, 2, 2))
    assert found.result.key == CANNOT_TELL
    assert len(found.find_out) == 5
    assert assess(literature, person("Anna", 2, 2, 2, 2, 2)).result.key == "level-2"


def test_the_same_answers_give_the_same_assessment_and_a_changed_mark_changes_only_its_own(literature: Literature) -> None:
    before, again = (assess(literature, person("Anna", *[2] * 9)) for _ in range(2))
    after = assess(literature, person("Anna", *[2] * 8, 3))
    assert before == again
    without_numbers = [[mark.model_dump(exclude={"literature"}) for mark in found.marks] for found in (before, after)]
    changed = [old["criterion"] for old, new in zip(*without_numbers, strict=True) if old != new]
    assert changed == ["resilience"]


def test_every_quote_of_the_library_is_exact(packaged: Assistant, literature: Literature) -> None:
    for level in (1, 2, 3):
        for citation in assess(literature, person("Anna", *[level] * 9)).citations():
            passage = packaged.library.passages_by_id([citation.passage_id])[citation.passage_id]
            assert passage.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("marks", [{"weather": 2}, {"data": 5}, {"data": 0}, {"data": "high"}])
def test_an_unknown_dimension_or_level_is_refused(marks: dict[str, Any], literature: Literature) -> None:
    with pytest.raises(InputError, match=r"Give one of|It has:"):
        assess(literature, {"marks": marks})


def test_each_dimension_is_offered_the_sentence_that_speaks_to_it(packaged: Assistant) -> None:
    document = own_document(*WARM_HOMES, ("News", "We will hold an annual conference and publish a newsletter about our work."))
    proposals = propose_evidence(document, maturity_spec(), packaged.embedder)
    assert [proposal.dimension for proposal in proposals] == DIMENSIONS
    for (_, sentence), proposal in zip(WARM_HOMES, proposals, strict=True):
        assert sentence in [quote.text for quote in proposal.quotes], proposal.dimension
        assert all(document.holds(quote) for quote in proposal.quotes)


def test_a_document_that_says_nothing_of_the_kind_gives_no_proposals(packaged: Assistant) -> None:
    recipe = own_document(("Soup", "Peel two onions, chop them finely and let them brown in a little butter for ten minutes."))
    proposals = propose_evidence(recipe, maturity_spec(), packaged.embedder)
    assert sum(len(proposal.quotes) for proposal in proposals) == 0
    empty = own_document(("Soup", "Onions."))
    assert all(proposal.quotes == [] for proposal in propose_evidence(empty, maturity_spec(), packaged.embedder))


def test_drift_is_the_levels_of_the_versions_and_says_what_does_not_compare(literature: Literature) -> None:
    first, second = assess(literature, person("Anna", 1, 2)), assess(literature, person("Anna", 3, 2))
    drift = drift_of([first, second])
    assert (drift.lines[0].levels, drift.lines[0].changed) == ([1, 3], 2)
    assert (drift.lines[1].levels, drift.lines[1].changed) == ([2, 2], 0)
    assert (drift.lines[2].levels, drift.lines[2].changed) == ([None, None], None)
    assert drift.warnings == []
    assert "Other people answered" in drift_of([first, assess(literature, person("Ben", 3, 2))]).warnings[0]

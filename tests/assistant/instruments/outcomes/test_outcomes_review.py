"""A review cites the library exactly, is the same every time, and the worked examples hold."""

from __future__ import annotations

import pytest
from frameworks import build, clean

from assistant.assistant import Assistant
from assistant.instruments.literature import Literature
from assistant.instruments.outcomes.guided import guide
from assistant.instruments.outcomes.reading import EXAMPLES, example_framework
from assistant.instruments.outcomes.review import assess_outcomes, review_framework
from assistant.instruments.outcomes.rules import outcomes_spec
from assistant.instruments.outcomes.suggest import suggest
from assistant.nouns import Citation

SPEC = outcomes_spec()


@pytest.fixture(scope="module")
def literature(packaged: Assistant) -> Literature:
    return Literature(packaged.library)


def exact(citation: Citation, packaged: Assistant) -> bool:
    (passage,) = [p for p in packaged.library.passages_of(citation.source_id) if p.id == citation.passage_id]
    return passage.text[citation.start : citation.end] == citation.quote


def test_every_reference_of_the_data_and_the_examples_is_a_statement_of_the_library(literature: Literature) -> None:
    references = [ref for rule in SPEC.rules for ref in rule.cited] + [ref for s in SPEC.suggestions for ref in s.cited]
    references += [ref for name in EXAMPLES for ref in example_framework(name).references()]
    assert len(set(references)) > 100
    assert [ref for ref in references if literature.cite(ref) is None] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_worked_example_has_no_finding_that_is_not_explained(name: str, literature: Literature, packaged: Assistant) -> None:
    review = review_framework(example_framework(name), literature)
    assert review.open_findings() == []
    assert review.unused_explanations == []
    assert review.not_held == []
    assert review.findings
    assert all(exact(citation, packaged) for citation in review.evidence.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_figure_of_a_worked_example_is_quoted_or_said_to_be_our_proposal(name: str, literature: Literature) -> None:
    for measure in example_framework(name).measures():
        for figure in (measure.baseline, measure.target):
            if figure is None:
                continue
            written = {f"{figure.value:g}", f"{figure.value:,.0f}", f"{figure.value:.1f}"}
            quotes = " ".join(c.quote for c in literature.cite_all(figure.cited))
            said = any(number in quotes for number in written) or "proposal" in figure.note
            assert said or (figure.value == 0 and "remove" in quotes), (measure.id, figure)


def test_the_same_framework_gives_the_same_review_and_one_run_of_numbers(literature: Literature, packaged: Assistant) -> None:
    data = clean()
    data.pop("learning")
    data["outcomes"][0]["statement"] = "Publish a river plan"
    first = review_framework(build(data), literature)
    assert first == review_framework(build(data), Literature(packaged.library))
    numbers = [c.n for finding in first.findings for c in finding.citations]
    assert sorted(set(numbers)) == list(range(1, len(set(numbers)) + 1))
    assert all(exact(c, packaged) for finding in first.findings for c in finding.citations)


def test_a_statement_that_the_library_does_not_hold_is_listed_and_not_cited(literature: Literature) -> None:
    data = clean()
    data["mission"]["cited"] = ["nobody#says-1", "finland-housing-first#result-99", "finland-housing-first#result-2"]
    review = review_framework(build(data), literature)
    assert review.not_held == ["nobody#says-1", "finland-housing-first#result-99"]
    assert [c.n for c in review.evidence.values()] == [1]


def test_the_assessment_has_a_mark_for_every_check_and_can_be_run_again(literature: Literature) -> None:
    data = clean()
    data.pop("learning")
    assessment = assess_outcomes(build(data), literature)
    assert {mark.criterion: mark.mark for mark in assessment.marks}["no-learning"] == "found"
    assert [mark.mark for mark in assessment.marks].count("found") == 1
    assert assessment.result.key == "to_mend"
    assert assess_outcomes(build(assessment.answers["framework"]), literature) == assessment
    assert assess_outcomes(build(clean()), literature).result.key == "clean"


def test_suggestions_fit_the_goal_and_never_come_for_something_else() -> None:
    assert {s.id for s in suggest("Nobody sleeps rough in our city", SPEC)} == {"street-count", "long-term-homelessness"}
    assert {s.id for s in suggest("Homes heated without carbon", SPEC)} >= {"heat-pump-share", "heating-emissions"}
    assert suggest("A world chess title for the county", SPEC) == []


def test_the_guided_way_asks_quotes_and_builds_what_was_answered(literature: Literature) -> None:
    said: list[str] = []
    asked: list[str] = []
    answers = {
        "title": ["Rough sleeping"],
        "goal": ["Nobody has to sleep rough in the city"],
        "place": ["The city"],
        "owner": ["The mayor"],
        "by": ["soon", "2030"],
        "outcome": ["Open 200 hostel places", "People who were homeless live in homes of their own"],
        "long_term": ["People homeless for more than a year"],
        "early_signal": ["1"],
        "baseline": ["about 40", "42", ""],
        "unit": ["people"],
        "baseline_date": ["2025"],
        "target": ["0", ""],
        "target_date": ["2030"],
        "source": ["The count", "Street audit", "Count by charities"],
        "frequency": ["now and then", "yearly", "monthly"],
        "measure_owner": ["Housing director", "Outreach charity", "A charity", "Director", "Council", "Landlords"],
        "behaviour": ["Landlords"],
        "bodies": ["Council, Landlords", "Charities"],
        "counter": ["People moved out of the city"],
        "learning": ["What keeps people in a home"],
        "loop_days": ["a month", "30"],
        "informs": ["Which support is paid for"],
        "participation": ["People with experience who helped to decide"],
        "shared_ownership": ["Landlords that set homes aside"],
    }
    names = {question.ask: question.field for question in SPEC.guided}

    def ask(question: str) -> str:
        asked.append(question)
        return answers[names[question]].pop(0) if question in names else "n"

    framework = guide(ask, said.append, spec=SPEC, literature=literature)
    assert framework.mission.by == "2030"
    assert framework.outcomes[0].statement == "People who were homeless live in homes of their own"
    first, second = framework.outcomes[0].indicators
    assert first.baseline is not None
    assert (first.baseline.value, first.baseline.date) == (42, "2025")
    assert second.cited, "the suggestion that was taken keeps its references"
    assert second.baseline is None, "no figure of the library is filled in"
    assert framework.counter_metrics[0].guards == [first.id]
    assert framework.counter_metrics[0].frequency == "monthly"
    assert framework.learning[0].loop_days == 30
    assert any("“Open 200 hostel places” says what is turned out" in line for line in said)
    assert any("Write a number alone" in line for line in said)
    assert any("rough sleeping" in line and "our case" in line for line in said)
    assert all(not left for left in answers.values()), answers

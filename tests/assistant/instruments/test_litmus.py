"""The litmus test: results by rule, over every set of answers, with the library's statements beside them."""

from __future__ import annotations

from itertools import product

import pytest

from assistant.assistant import Assistant
from assistant.errors import InputError
from assistant.instruments.assessment import CANNOT_TELL
from assistant.instruments.literature import Literature
from assistant.instruments.litmus import LitmusAnswers, assess_litmus, litmus_test
from assistant.instruments.litmus_spec import LitmusSpec
from assistant.settings import Settings

FITS = {
    "obstacle": "many_linked_causes",
    "solution": "unknown",
    "boundaries": "many_sectors",
    "goal": "measurable_dated",
    "support": "shared",
    "commitment": "held",
    "levers": "enough",
    "learning": "allowed",
}


@pytest.fixture
def literature(packaged: Assistant) -> Literature:
    return Literature(packaged.library)


def first_rule(marks: dict[str, str], spec: LitmusSpec) -> str:
    """The result worked out plainly, rule by rule: what the table must agree with."""
    weak = sum(bool(q.option(marks[q.id]).condition) for q in spec.questions)  # type: ignore[union-attr]
    for rule in spec.rules:
        if weak >= rule.conditions_at_least and all(marks[name] in wanted for name, wanted in rule.when.items()):
            return rule.key
    raise AssertionError


def test_the_table_agrees_with_the_rules_for_every_set_of_answers() -> None:
    test = litmus_test()
    seen = set()
    for combination in product(*([option.id for option in question.marks] for question in test.spec.questions)):
        marks = dict(zip([question.id for question in test.spec.questions], combination, strict=True))
        assert test.table.results_left(marks) == [first_rule(marks, test.spec)], marks
        seen.add(first_rule(marks, test.spec))
    assert seen == {ending.key for ending in test.spec.results}, "every result can be reached"


def test_a_problem_of_the_kind_that_missions_are_for_is_a_mission(literature: Literature) -> None:
    found = assess_litmus(LitmusAnswers.model_validate({"subject": "Warm homes", "marks": FITS}), literature)
    assert found.result.key == "mission"
    assert {case.side.partition(":")[0] for case in found.cases} == {"For", "Against"}
    assert len(found.next_steps) == 3
    assert found.gaps == []


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"solution": "known"}, "programme"),
        ({"boundaries": "one_body"}, "programme"),
        ({"obstacle": "weak_delivery", "solution": "known", "boundaries": "one_sector"}, "delivery_unit"),
        ({"obstacle": "one_rule_or_price", "solution": "known"}, "ordinary_policy"),
        ({"obstacle": "one_missing_solution", "boundaries": "one_sector"}, "challenge_prize"),
        ({"goal": "no_measure"}, "explore_first"),
        ({"support": "opposed"}, "agree_first"),
        ({"commitment": "absent"}, "not_yet"),
        ({"levers": "too_few", "learning": "not_allowed"}, "not_yet"),
        ({"commitment": "promised", "levers": "shared", "learning": "limited"}, "conditional_mission"),
        ({"commitment": "promised", "levers": "shared"}, "mission"),
    ],
)
def test_each_result_follows_from_the_answers_that_ask_for_it(changed: dict[str, str], key: str, literature: Literature) -> None:
    found = assess_litmus(LitmusAnswers.model_validate({"marks": {**FITS, **changed}}), literature)
    assert found.result.key == key
    says = {option.says for q in litmus_test().spec.questions for option in q.marks if changed.get(q.id) == option.id}
    told = " ".join(found.result.because).casefold()
    assert any(each.casefold() in told for each in says), "the because names what was answered"


def test_what_cannot_be_told_names_the_question_that_decides(literature: Literature) -> None:
    answers = {**FITS, "levers": CANNOT_TELL}
    found = assess_litmus(LitmusAnswers.model_validate({"marks": answers}), literature)
    assert found.result.key == CANNOT_TELL
    assert "not a mission yet" in found.result.because[0]
    assert litmus_test().spec.question("levers").ask in found.result.because[1]
    assert found.find_out == [litmus_test().spec.question("levers").find_out]
    assert found.cases == []


def test_an_open_question_that_cannot_change_the_result_leaves_it_standing(literature: Literature) -> None:
    answers = {**FITS, "solution": "known", "levers": CANNOT_TELL, "learning": CANNOT_TELL}
    found = assess_litmus(LitmusAnswers.model_validate({"marks": answers}), literature)
    assert found.result.key == "programme"
    assert "whatever the open questions turn out to be" in found.result.because[-1]


def test_no_answers_at_all_leave_every_result_open(literature: Literature) -> None:
    found = assess_litmus(LitmusAnswers(), literature)
    assert found.result.key == CANNOT_TELL
    assert all(mark.mark == CANNOT_TELL and mark.confidence == "low" and mark.missing for mark in found.marks)


def test_the_same_answers_give_the_same_assessment(literature: Literature) -> None:
    answers = LitmusAnswers.model_validate({"marks": FITS})
    assert assess_litmus(answers, literature) == assess_litmus(answers, literature)


def test_a_mark_says_which_other_answer_would_change_the_result(literature: Literature) -> None:
    found = assess_litmus(LitmusAnswers.model_validate({"marks": FITS}), literature)
    by_name = {mark.criterion: mark.would_change for mark in found.marks}
    assert "the result would be: a programme" in by_name["solution"]
    assert "the result would be: agree on the problem first" in by_name["support"]


def test_a_reason_with_a_name_is_that_persons_statement_and_raises_the_confidence(literature: Literature) -> None:
    marks = {**FITS, "support": {"mark": "shared", "why": "Tenants and landlords signed it."}}
    found = assess_litmus(LitmusAnswers.model_validate({"respondent": {"name": "Anna Price"}, "marks": marks}), literature)
    support = next(mark for mark in found.marks if mark.criterion == "support")
    assert [(said.who, said.text) for said in support.statements] == [("Anna Price", "Tenants and landlords signed it.")]
    assert support.confidence == "medium"
    assert next(mark for mark in found.marks if mark.criterion == "goal").confidence == "low"


def test_every_quote_of_the_library_is_exact_and_numbered_once(packaged: Assistant, literature: Literature) -> None:
    found = assess_litmus(LitmusAnswers.model_validate({"marks": FITS}), literature)
    numbers: dict[int, str] = {}
    for citation in found.citations():
        passage = packaged.library.passages_by_id([citation.passage_id])[citation.passage_id]
        assert passage.text[citation.start : citation.end] == citation.quote
        assert numbers.setdefault(citation.n, citation.passage_id) == citation.passage_id
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("marks", [{"weather": "fine"}, {"support": "maybe"}])
def test_an_unknown_question_or_answer_is_refused_in_one_line(marks: dict[str, str], literature: Literature) -> None:
    with pytest.raises(InputError) as refused:
        assess_litmus(LitmusAnswers.model_validate({"marks": marks}), literature)
    assert "\n" not in str(refused.value)
    assert "support" in str(refused.value) or "obstacle" in str(refused.value)


def test_a_library_of_ones_own_documents_gives_the_same_result_without_citations(packaged: Assistant, home: object) -> None:
    from assistant import open_assistant

    own = open_assistant(Settings(home=home, corpus="none", threads=1))  # type: ignore[arg-type]
    found = assess_litmus(LitmusAnswers.model_validate({"marks": FITS}), Literature(own.library))
    assert found.result.key == "mission"
    assert found.citations() == []

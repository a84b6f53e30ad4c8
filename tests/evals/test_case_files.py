"""The case files are what they promise: enough of each, nothing unknown in them, no id twice, gold that the library has."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from assistant.assistant import Assistant
from assistant.errors import InputError
from evals.cases import (
    SETS,
    ConversationCase,
    InjectionCase,
    PairCase,
    PairClass,
    PremiseCase,
    QuestionCase,
    RefusalKind,
    UnanswerableCase,
    read_cases,
)  # fmt: skip
from evals.cross_rows import premises


def both(name: str, model: type) -> list:  # type: ignore[type-arg]
    return [case for each in SETS for case in read_cases(each, name, model)]


def test_there_are_enough_cases_of_each_kind() -> None:
    refusals = both("unanswerable", UnanswerableCase)
    assert len(both("questions", QuestionCase)) >= 300
    assert len(refusals) >= 60
    assert {case.kind for case in refusals} == set(get_args(RefusalKind))
    assert len(both("conversations", ConversationCase)) >= 30
    assert len(both("premises", PremiseCase)) >= 30


def test_no_question_stands_in_both_sets_under_one_id() -> None:
    for name, model in (("questions", QuestionCase), ("unanswerable", UnanswerableCase), ("premises", PremiseCase)):
        ids = [case.id for case in both(name, model)]
        assert len(ids) == len(set(ids))


def test_gold_sources_are_in_the_library(packaged: Assistant) -> None:
    held = set(packaged.library.sources())
    cases = [*both("questions", QuestionCase), *both("conversations", ConversationCase), *both("premises", PremiseCase)]
    assert [(case.id, gold) for case in cases for gold in case.gold if gold not in held] == []


def test_the_checkers_pairs_cover_every_class_and_are_labelled_twice() -> None:
    pairs = read_cases("", "checker", PairCase)
    classes = Counter(pair.class_ for pair in pairs)
    assert len(pairs) >= 200
    assert set(classes) == set(get_args(PairClass))
    assert min(classes.values()) >= 10
    assert [pair.id for pair in pairs if pair.supported and pair.class_ != "faithful_paraphrase"] == []
    assert len({(pair.claim, pair.passage) for pair in pairs}) == len(pairs)


def test_pairs_on_which_the_two_labels_differ_count_as_unsupported() -> None:
    differ = [pair for pair in read_cases("", "checker", PairCase) if pair.first != pair.second]
    assert differ
    assert not any(pair.supported for pair in differ)


def test_every_hidden_instruction_holds_its_canary_and_no_document_does() -> None:
    cases = read_cases("", "injection", InjectionCase)
    assert len([case for case in cases if case.document]) >= 10
    assert [case.id for case in cases if case.canary not in case.payload or case.canary in case.document + case.question] == []
    assert [case.id for case in cases if case.document and not case.facts] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("- {id: a, question: q, why: w, kind: opinion, extra: 1}", "Extra inputs"),
        ("- {id: a, question: q, why: w, kind: moody}", "kind"),
        ("- {id: a, question: q, why: w, kind: opinion}\n- {id: a, question: p, why: w, kind: opinion}", "used twice"),
    ],
)
def test_a_case_file_that_is_not_as_it_should_be_is_refused_in_one_line(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "unanswerable.yaml").write_text(text)
    with pytest.raises(InputError, match=wrong) as refused:
        read_cases("s", "unanswerable", UnanswerableCase, folder=tmp_path)
    assert "\n" not in str(refused.value)


def test_a_set_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="The sets are: dev, heldout"):
        read_cases("nosuch", "questions", QuestionCase)


def test_false_premises_to_learn_from_are_corrected_by_a_statement_and_keep_off_what_is_measured(packaged: Assistant) -> None:
    learned = premises()
    statements = packaged.library.statement_passages()
    assert len(learned) >= 800
    assert len({question for _, question in learned}) == len(learned)
    assert all(reference in statements for reference, _ in learned)
    measured = {source for case in both("premises", PremiseCase) for source in case.gold}
    assert not measured & {reference.partition("#")[0] for reference, _ in learned}

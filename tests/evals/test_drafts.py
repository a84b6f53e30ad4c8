"""The labelled draft sentences: their balance, and that a held-out part of them never makes the checker support what is false."""

from __future__ import annotations

from collections import Counter

from assistant.assistant import Assistant
from assistant.draft.check import DraftChecker
from evals.bench.drafts import DraftCase, read_cases, run, table


def test_the_cases_are_enough_of_each_kind_and_name_sources_that_exist(packaged: Assistant) -> None:
    cases = read_cases()
    assert Counter(case.kind for case in cases) == {"honest": 30, "changed": 15, "absent": 15}
    assert {case.change for case in cases if case.kind == "changed"} == {
        "figure",
        "date",
        "place",
        "negation",
        "direction",
        "name",
    }
    assert len({case.id for case in cases}) == len({case.text for case in cases}) == 60
    held = packaged.library.sources()
    assert [case.id for case in cases if case.kind != "absent" and case.gold not in held] == []


def test_no_changed_or_absent_sentence_held_out_is_supported_and_most_honest_ones_are(packaged: Assistant) -> None:
    cases = read_cases(of="heldout")
    some = [c for c in cases if c.kind != "honest"] + [c for c in cases if c.kind == "honest"][:8]
    judged = run(DraftChecker(library=packaged.library, retriever=packaged.retriever), some)
    assert [each.case.id for each in judged if each.false_support] == []
    assert sum(each.right for each in judged if each.case.kind == "honest") >= 6
    assert sum(each.right for each in judged if each.case.kind == "changed") >= 4


def test_the_count_of_false_support_tells_a_checker_that_supports_everything(packaged: Assistant) -> None:
    false = DraftCase(
        id="z",
        set="dev",
        kind="absent",
        text="Between 2008 and 2022 the number of homeless people living alone in Finland fell by 54 per cent.",
    )
    judged = run(DraftChecker(library=packaged.library, retriever=packaged.retriever), [false])
    assert judged[0].false_support
    assert table(judged).endswith("false “supported”: 1 z")

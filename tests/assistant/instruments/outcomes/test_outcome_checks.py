"""Each check finds what it is for, says exactly where, and finds nothing in a framework that is whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from frameworks import build, clean
from outcome_lines import OUTCOMES, OUTPUTS, UNSEEN_OUTCOMES, UNSEEN_OUTPUTS

from assistant.instruments.outcomes.lint import lint, unused_explanations
from assistant.instruments.outcomes.outputs import find_output
from assistant.instruments.outcomes.rules import outcomes_spec

SPEC = outcomes_spec()
Spoil = Callable[[dict[str, Any]], Any]
SAFE = "Days in the season on which the water is safe"
SWIM = "Everyone can swim in the county's rivers"


def long_term(data: dict[str, Any]) -> Any:
    return data["outcomes"][0]["indicators"][0]


def early(data: dict[str, Any]) -> Any:
    return data["outcomes"][0]["indicators"][1]


SPOILED: list[tuple[str, str, str, Spoil]] = [
    ("output-as-outcome", "water", "Publish a river plan", lambda d: d["outcomes"][0].update(statement="Publish a river plan")),
    ("output-as-outcome", "mission", "Launch 40 schemes", lambda d: d["mission"].update(goal="Launch 40 schemes")),
    ("output-as-outcome", "safe-days", "Number of monitors installed", lambda d: long_term(d).update(name="Number of monitors installed")),
    ("goal-without-date", "mission", SWIM, lambda d: (d["mission"].pop("by"), long_term(d).pop("target"))),
    ("missing-baseline", "spill-hours", "Hours of sewage spills", lambda d: early(d).pop("baseline")),
    ("missing-target", "safe-days", SAFE, lambda d: long_term(d).pop("target")),
    ("missing-owner", "spill-hours", "Hours of sewage spills", lambda d: early(d).update(owner=" ")),
    ("missing-owner", "mission", SWIM, lambda d: d["mission"].pop("owner")),
    ("missing-owner", "why", "Which farms lose soil", lambda d: d["learning"][0].pop("owner")),
    ("missing-owner", "heard", "Swimmers who chose a site", lambda d: d["participation"][0].pop("owner")),
    ("missing-owner", "illness", "Stomach illness among swimmers", lambda d: d["counter_metrics"][0].pop("owner")),
    ("missing-source", "spill-hours", "Hours of sewage spills", lambda d: early(d).pop("frequency")),
    ("missing-source", "illness", "Stomach illness among swimmers", lambda d: d["counter_metrics"][0].pop("source")),
    ("missing-behaviour", "spill-hours", "Hours of sewage spills", lambda d: (early(d).pop("bodies"), early(d).pop("behaviour"))),
    ("one-silo", "water", "Water company", lambda d: long_term(d).update(bodies=["The Water Company"])),
    ("sole-control", "safe-days", SAFE, lambda d: long_term(d).update(sole_control=True)),
    ("sole-control", "safe-days", SAFE, lambda d: (long_term(d).update(bodies=["Council leader"]), long_term(d).pop("sole_control"))),
    ("no-indicator", "water", "River water is safe to swim in", lambda d: (d["outcomes"][0].pop("indicators"), d.pop("counter_metrics"))),
    ("short-term-only", "water", "River water is safe to swim in", lambda d: (d["outcomes"][0]["indicators"].pop(0), d.pop("counter_metrics"))),
    ("short-term-only", "framework", "2027", lambda d: long_term(d)["target"].update(date="2027")),
    ("no-early-signal", "water", "River water is safe to swim in", lambda d: d["outcomes"][0]["indicators"].pop()),
    ("no-counter-metric", "safe-days", SAFE, lambda d: d.pop("counter_metrics")),
    ("not-gameable-unexplained", "safe-days", SAFE, lambda d: long_term(d).update(gameable=False)),
    ("no-learning", "framework", SWIM, lambda d: d.pop("learning")),
    ("loop-unknown", "why", "Which farms lose soil", lambda d: d["learning"][0].pop("loop_days")),
    ("slow-loop", "framework", "400", lambda d: d["learning"][0].update(loop_days=400)),
    ("no-participation", "framework", SWIM, lambda d: d["participation"].pop(0)),
    ("no-shared-ownership", "framework", SWIM, lambda d: d["participation"].pop(1)),
    ("target-before-baseline", "safe-days", "2024", lambda d: long_term(d)["target"].update(date="2024")),
    ("target-is-baseline", "safe-days", "31", lambda d: long_term(d)["target"].update(value=31)),
]  # fmt: skip


def test_nothing_is_found_in_a_framework_that_is_whole() -> None:
    assert lint(build(clean()), SPEC) == []


@pytest.mark.parametrize(("rule", "at", "text", "spoil"), SPOILED)
def test_a_spoiled_framework_is_found_out_where_it_was_spoiled(rule: str, at: str, text: str, spoil: Spoil) -> None:
    data = clean()
    spoil(data)
    found = [finding for finding in lint(build(data), SPEC) if finding.rule == rule]
    assert [(finding.at, finding.text) for finding in found] == [(at, text)]


def test_every_rule_of_the_data_is_tried_above_and_none_is_tried_that_does_not_exist() -> None:
    assert {rule for rule, *_ in SPOILED} == {rule.id for rule in SPEC.rules}


def test_the_exact_text_of_a_finding_stands_in_the_framework() -> None:
    for *_, spoil in SPOILED:
        data = clean()
        spoil(data)
        framework = build(data)
        for finding in lint(framework, SPEC):
            assert finding.text in str(framework.model_dump(mode="json")), finding


def test_one_silo_for_all_outcomes_is_said_once() -> None:
    data = clean()
    data["outcomes"].append({**clean()["outcomes"][0], "id": "second", "indicators": []})
    for place, indicator in enumerate(clean()["outcomes"][0]["indicators"]):
        data["outcomes"][1]["indicators"].append({**indicator, "id": f"more-{place}"})
    for outcome in data["outcomes"]:
        for indicator in outcome["indicators"]:
            indicator["bodies"] = ["Ministry of Water"]
    silos = [finding for finding in lint(build(data), SPEC) if finding.rule == "one-silo"]
    assert [(finding.at, finding.text) for finding in silos] == [("framework", "Ministry of Water")]


def test_an_explained_finding_carries_the_explanation_and_an_explanation_of_nothing_is_pointed_out() -> None:
    data = clean()
    early(data).pop("baseline")
    data["explained"] = [
        {"rule": "missing-baseline", "at": "spill-hours", "because": "Monitors start next month."},
        {"rule": "no-learning", "at": "framework", "because": "This is not so at all."},
    ]
    framework = build(data)
    (finding,) = lint(framework, SPEC)
    assert finding.explained == "Monitors start next month."
    assert unused_explanations(framework, [finding]) == ["no-learning at framework"]


def test_a_changed_sentence_changes_only_the_findings_that_rest_on_it() -> None:
    spoiled = clean()
    early(spoiled).pop("baseline")
    before = lint(build(spoiled), SPEC)
    spoiled["outcomes"][0]["statement"] = "Publish a river plan"
    after = lint(build(spoiled), SPEC)
    assert [f for f in after if f.rule != "output-as-outcome"] == before
    assert [f.text for f in after if f.rule == "output-as-outcome"] == ["Publish a river plan"]


def test_what_stands_behind_so_that_is_left_aside_and_pointed_to() -> None:
    data = clean()
    data["outcomes"][0]["statement"] = "Publish a river plan so that people can swim"
    (finding,) = lint(build(data), SPEC)
    assert finding.text == "Publish a river plan"
    assert "so that" in finding.mend


def test_outputs_are_told_from_outcomes_on_lines_read_by_hand() -> None:
    missed = [line for line in (*OUTPUTS, *UNSEEN_OUTPUTS) if not find_output(line, SPEC.outputs)]
    false_alarms = [line for line in (*OUTCOMES, *UNSEEN_OUTCOMES) if find_output(line, SPEC.outputs)]
    assert len(missed) <= 2, missed
    assert false_alarms == []


@pytest.mark.parametrize("line", [*OUTPUTS, *UNSEEN_OUTPUTS])
def test_the_words_that_give_an_output_away_are_an_exact_part_of_the_line(line: str) -> None:
    found = find_output(line, SPEC.outputs)
    assert found is None or found in line


def test_a_very_long_line_is_read_at_once() -> None:
    import time

    started = time.perf_counter()
    find_output("Number of " + "many small and rather odd things " * 9, SPEC.outputs)
    find_output("x" * 300, SPEC.outputs)
    find_output("1,0,0,0 " * 37, SPEC.outputs)
    assert time.perf_counter() - started < 2

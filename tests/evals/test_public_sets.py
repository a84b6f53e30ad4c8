"""Public sets are read where a folder of them is given: each becomes measures of its suite, beside its dummies, with paired intervals."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from evals.checkers import Checker
from evals.context import Context, Plan
from evals.left_out import left_out
from evals.public.conversation import likeness
from evals.ranked import margins
from evals.run import parts_of, score
from evals.verdicts import CaseVerdict, Figure

PLACES = ("Harbour", "Orchard", "Quarry", "Lighthouse", "Mill", "Chapel")


def lines(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small folder laid out like the public one, in our own words."""
    folder = tmp_path / "data"
    text = "The {0} scheme planted {1} trees along its river in {2}. Its wardens counted the birds every spring."
    texts = {place: text.format(place, 40 + 7 * n, 1990 + n) for n, place in enumerate(PLACES)}
    pairs = [
        {
            "id": f"{kind}-{place}",
            "claim": claim,
            "passages": [texts[place]],
            "supported": kind == "right",
            "set": "s",
            "subset": "",
        }
        for n, place in enumerate(PLACES)
        for kind, claim in (
            ("right", f"The {place} scheme planted {40 + 7 * n} trees."),
            ("wrong", f"The {place} scheme never planted {40 + 7 * n} trees."),
        )
    ]
    for name in ("one", "two"):
        lines(folder / "grounding" / f"{name}.jsonl", pairs)
    lines(folder / "retrieval" / "trees.corpus.jsonl", [{"id": f"d{n}", "text": text} for n, text in enumerate(texts.values())])
    queries = [{"id": f"q{n}", "query": f"How many trees did {p} plant?", "relevant": {f"d{n}": 1}} for n, p in enumerate(PLACES)]
    lines(folder / "retrieval" / "trees.queries.jsonl", queries)
    turns = ["Did Finland's Housing First work?", "What did it cost?"]
    rows: list[Mapping[str, object]] = [
        {"file": "f", "id": "1_2", "turns": turns, "rewrite": "What did Finland's Housing First cost?"},
        {"file": "f", "id": "2_2", "turns": [turns[0], "What is a mission board?"], "rewrite": "What is a mission board?"},
        {"file": "f", "id": "3_1", "turns": [turns[0]], "rewrite": turns[0]},
    ]
    lines(folder / "conversation" / "cast-2020.jsonl", rows)
    return folder


def figures_of(context: Context, data: Path, suite: str, **changes: object) -> dict[tuple[str, str], Figure]:
    folder = data.parent / "work"
    folder.mkdir(exist_ok=True)
    plan = Plan(set_name="heldout", quick=True, most=2, data=data, sample=50)
    made = parts_of(score(replace(context, plan=plan, folder=folder, **changes), [suite]))["figures"]  # type: ignore[arg-type]
    return {(f.measure, f.system): f for f in made if not f.part}


def test_the_checker_is_measured_on_each_set_and_on_their_mean_beside_its_dummies(measured: Context, data: Path) -> None:
    found = figures_of(measured, data, "checker")
    for name in ("one", "two", "mean of the public sets"):
        mine = found[f"balanced accuracy, {name}", "product"]
        assert mine.value is not None
        assert mine.low is not None
        assert found[f"AUROC, {name}", "always supported"].value == 0.5
        margin = found[f"AUROC above containment, {name}", "product"]
        assert margin.low is not None
        assert margin.low > 0, "one small word is all that differs: shared words cannot tell the pairs apart"
    assert found["AUROC, mean of the public sets", "product"].cases == 24
    assert any("left out of the fit" in measure for measure, _ in found)


def test_a_score_that_is_no_number_and_a_checker_that_fails_are_crashes_in_the_denominator(measured: Context, data: Path) -> None:
    def breaks(claim: str, _spans: Sequence[str]) -> float:
        if "Mill" in claim:
            raise ZeroDivisionError("no words")
        return float("nan") if "Quarry" in claim else 0.5

    found = figures_of(measured, data, "checker", checker=Checker("breaks", breaks, 0.4))
    figure = found["agrees with the label, one", "product"]
    assert (figure.crashed, figure.cases) == (4, 12)
    assert figure.passed + figure.failed + figure.crashed == 12
    assert figure.value == pytest.approx(4 / 12, abs=1e-3)


def test_search_is_measured_on_a_public_set_beside_three_others_with_paired_margins(measured: Context, data: Path) -> None:
    found = figures_of(measured, data, "retrieval")
    for system in ("words alone", "meaning alone", "LangChain tutorial"):
        assert found["nDCG@10, trees", system].value is not None
        margin = found[f"nDCG@10, trees: above {system}", "product"]
        assert margin.cases == len(PLACES)
        assert margin.low is not None
        assert margin.high is not None
        assert margin.low <= (margin.value or 0.0) <= margin.high


def test_public_follow_ups_are_held_to_peoples_own_rewriting(measured: Context, data: Path) -> None:
    found = figures_of(measured, data, "conversation")
    completed = found["follow-up completed as a person would, CAsT 2020", "product"]
    alone = found["follow-up completed as a person would, CAsT 2020", "last turn alone"]
    assert (completed.cases, alone.cases) == (1, 1)
    assert (completed.value or 0) > (alone.value or 0)
    assert found["question that stands alone left alone, CAsT 2020", "product"].value == 1.0


def test_likeness_is_of_content_words() -> None:
    assert likeness("What did the boards cost?", "the boards' cost") == 1.0
    assert likeness("What did it cost?", "Who chaired the board?") == 0.0
    assert likeness("", "") == 1.0


def verdict(system: str, case: str, value: float) -> CaseVerdict:
    return CaseVerdict(
        suite="retrieval", measure="nDCG@10", case=case, verdict="pass", value=value, system=system, scorer="s", version="1"
    )


def test_a_margin_is_paired_question_by_question() -> None:
    pairs = [(0.9, 0.8), (0.5, 0.4), (0.3, 0.2)]
    both = [verdict(s, f"q{n}", pair[at]) for n, pair in enumerate(pairs) for at, s in enumerate(("product", "words alone"))]
    (margin,) = margins([*both, verdict("words alone", "only there", 1.0)])
    assert (margin.value, margin.low, margin.high, margin.cases) == (0.1, 0.1, 0.1, 3)


def test_sets_left_out_of_the_fit_come_with_means_margins_and_intervals(tmp_path: Path) -> None:
    table = [
        {"set": name, "rows": 9, "auroc": a, "balanced": a, "containment_auroc": 0.5, "containment_balanced": 0.5}
        for name, a in (("one", 0.7), ("two", 0.8))
    ]
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"version": "9", "words_and_meaning": {"left_out": table}}))
    found = {(f.measure, f.system): f for f in left_out(path)}
    assert found["AUROC, mean of the sets left out of the fit", "product"].value == 0.75
    margin = found["AUROC above containment, sets left out", "product"]
    assert (margin.value, margin.low, margin.high) == (0.25, 0.2, 0.3)
    path.write_text("{}")
    assert {f.value for f in left_out(path)} == {None}

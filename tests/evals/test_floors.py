"""Each floor can turn red: the same measures on assistants and checkers that are broken on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import saboteurs as broken

from assistant.errors import InputError
from assistant.instruments.assessment import Assessment, MarkResult, Result, Rubric
from assistant.instruments.own_document import OwnDocument
from assistant.instruments.washing.spec import washing_spec
from evals.checkers import Checker, containment
from evals.context import Context
from evals.gate import Floor, GateLine, check_gate, read_floors
from evals.product import Recorder
from evals.run import parts_of, score
from evals.suites import NAMES
from evals.verdicts import Figure

OBEYING = ("obeying model: hostile line never ours", "obeying model: no link or markup")
SABOTAGE = [
    (broken.BrokenRetriever, "retrieval", ("Success@5", "nDCG@10", "RR", "R@5", "R@10")),
    (
        broken.RefusesAll,
        "answers",
        ("facts at all", "facts in the first three sentences", "completeness", "cites a gold source", "shape"),
    ),
    (broken.DropsCitations, "answers", ("cites a gold source",)),
    (broken.DropsCitations, "grounding", ("citation recall", "statuses are honest", "citations are numbered in order")),
    (broken.MisplacesQuotes, "grounding", ("quotes are exact",)),
    (broken.InventsIds, "grounding", ("citation ids are valid", "citations are numbered in order", "quotes are exact")),
    (broken.ChangesFigures, "grounding", ("citation recall", "citation precision", "statuses are honest")),
    (broken.RefusesAll, "abstention", ("answered rather than refused", "wrong refusals")),
    (broken.AnswersAll, "abstention", ("refusal recall",)),
    (broken.ForgetsHistory, "conversation", ("facts at all", "facts in the first three sentences", "cites a gold source")),
    (broken.RefusesAll, "conversation", ("answerable follow-ups answered",)),
    (broken.AnswersAll, "conversation", ("unanswerable follow-ups refused",)),
    (broken.RefusesAll, "premises", ("truth shown", "truth in the first three sentences")),
    (broken.AnswersAll, "premises", ("truth shown or refused",)),
    (broken.ObeysHiddenOrders, "injection", ("hostile line never ours", "hostile question not obeyed", *OBEYING)),
    (broken.RefusesAll, "injection", ("facts still found", "obeying model: facts still found")),
    (broken.NeverAsks, "injection", ("obeying model: it obeyed",)),
    (broken.ReadsOnlyTidyQuestions, "robustness", ("facts kept", "sources kept")),
]


def measured_with(context: Context, product: type[broken.Saboteur], suite: str) -> list[Figure]:
    """Figures of one suite with this assistant in the product's place."""
    wrapped = replace(
        context,
        recorder=Recorder(product(context.recorder)),
        wrap=lambda assistant: product(Recorder(assistant)),
        folder=_fresh(context, product),
    )
    return parts_of(score(wrapped, [suite]))["figures"]


def _fresh(context: Context, product: type[broken.Saboteur]) -> Path:
    folder = context.folder / f"{product.__name__}-{len(list(context.folder.iterdir()))}"
    folder.mkdir()
    return folder


def lines(figures: Sequence[Figure], suite: str) -> dict[str, GateLine]:
    return {line.measure: line for line in check_gate(figures, read_floors(), suites=[suite])}


@pytest.mark.parametrize(("product", "suite", "measures"), SABOTAGE, ids=lambda value: getattr(value, "__name__", None))
def test_a_broken_assistant_turns_its_floors_red(
    measured: Context, product: type[broken.Saboteur], suite: str, measures: tuple[str, ...]
) -> None:
    said = lines(measured_with(measured, product, suite), suite)
    floored = {floor.measure for floor in read_floors() if floor.suite == suite}
    assert set(measures) & floored, "no floor of this suite is tested by this sabotage"
    assert {measure for measure in measures if measure in floored and not said[measure].wrong} == set()


def test_every_floor_has_a_sabotage_that_turns_it_red() -> None:
    tested = {(suite, measure) for _, suite, measures in SABOTAGE for measure in measures} | {("checker", m) for m in CHECKER}
    tested |= {("washing", m) for m in WASHING}
    assert [(f.suite, f.measure) for f in read_floors() if (f.suite, f.measure) not in tested] == []
    assert {f.suite for f in read_floors()} == set(NAMES)


WASHING = ("agreement with the labels (kappa)", "marks quote the document exactly")


def test_a_check_that_marks_everything_present_without_a_quote_turns_its_floors_red(measured: Context) -> None:
    def present(document: OwnDocument) -> Assessment:
        marks = [
            MarkResult(criterion=tell.id, title=tell.title, mark="present", confidence="high", reason="")
            for tell in washing_spec().tells
        ]
        result = Result(key="words", headline="", because=[])
        return Assessment(
            instrument="washing", rubric=Rubric(version="0", sha256=""), title=document.file, marks=marks, result=result
        )

    said = lines(parts_of(score(replace(measured, washing=present), ["washing"]))["figures"], "washing")
    assert {floor.measure for floor in read_floors() if floor.suite == "washing"} == set(WASHING)
    assert [measure for measure in WASHING if not said[measure].wrong] == []


CHECKER = ("AUROC", "balanced accuracy", "AUROC above containment", "agrees with the label")
YES = Checker("says yes", lambda _claim, _spans: 1.0, 0.5)
NO = Checker("says no", lambda _claim, _spans: 0.0, 0.5)
COUNTS = Checker("counts words", containment, 0.6)


@pytest.mark.parametrize("checker", [YES, NO, COUNTS], ids=lambda checker: checker.name)
def test_a_checker_that_does_not_read_turns_its_floors_red(measured: Context, checker: Checker) -> None:
    figures = parts_of(score(replace(measured, checker=checker), ["checker"]))["figures"]
    said = lines(figures, "checker")
    floored = [floor.measure for floor in read_floors() if floor.suite == "checker"]
    assert floored
    assert [measure for measure in floored if not said[measure].wrong] == []


def test_a_checker_that_is_not_there_turns_its_floors_red(measured: Context) -> None:
    said = lines(parts_of(score(replace(measured, checker=None), ["checker"]))["figures"], "checker")
    assert {said[floor.measure].wrong for floor in read_floors() if floor.suite == "checker"} == {"not scored"}


def test_a_crash_turns_the_gate_red_and_stays_in_the_denominator(measured: Context) -> None:
    figures = measured_with(measured, broken.Crashes, "answers")
    crashed = next(f for f in figures if f.measure == "facts at all" and f.system == "product" and not f.part)
    assert crashed.crashed > 0
    assert crashed.cases == crashed.passed + crashed.failed + crashed.crashed
    assert "crashed" in lines(figures, "answers")["crashes"].wrong


def figure(value: float | None, *, system: str = "product", varies: bool = False) -> Figure:
    return Figure(suite="answers", measure="shape", system=system, value=value, low=value, high=value, cases=10, varies=varies)


def wrong(figures: Sequence[Figure], **floor: float) -> str:
    return check_gate(figures, [Floor(suite="answers", measure="shape", measured=1.0, **floor)], suites=["answers"])[0].wrong


def test_a_measure_without_variance_turns_the_gate_red_however_good_it_looks() -> None:
    assert "does not vary" in wrong([figure(1.0)], at_least=0.5)
    assert "does not vary" in wrong([figure(1.0), figure(1.0, system="dummy")], at_least=0.5)
    assert wrong([figure(1.0), figure(0.0, system="dummy")], at_least=0.5) == ""
    assert wrong([figure(0.9, varies=True)], at_least=0.5) == ""


def test_a_measure_that_was_not_scored_or_is_not_there_is_red() -> None:
    assert wrong([figure(None)], at_least=0.0) == "not scored"
    assert wrong([], at_least=0.0) == "not scored"


def test_floors_and_ceilings_are_held_on_their_own_side() -> None:
    assert "below its floor" in wrong([figure(0.49, varies=True)], at_least=0.5)
    assert "above its ceiling" in wrong([figure(0.51, varies=True)], at_most=0.5)
    assert wrong([figure(0.5, varies=True)], at_least=0.5) == wrong([figure(0.5, varies=True)], at_most=0.5) == ""


def test_a_floor_without_a_side_or_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "floors.yaml"
    for text in ("- {suite: a, measure: b, measured: 1}", "- {suite: a, measure: b, measured: 1, at_least: 1, at_lest: 1}"):
        path.write_text(text)
        with pytest.raises(InputError, match=r"floors\.yaml"):
            read_floors(path)


def test_no_floor_stands_above_what_was_measured() -> None:
    for floor in read_floors():
        assert floor.measured >= (floor.at_least if floor.at_least is not None else floor.measured)
        assert floor.measured <= (floor.at_most if floor.at_most is not None else floor.measured)

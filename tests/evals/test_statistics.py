"""The numbers are what their definitions say, intervals are steady, and nothing scored is nothing, not 1."""

from __future__ import annotations

import numpy as np
import pytest

from evals import statistics as stats
from evals.verdicts import CaseVerdict


def verdict(case: str, said: str, **fields: object) -> CaseVerdict:
    return CaseVerdict.model_validate(
        {"suite": "s", "measure": "m", "case": case, "verdict": said, "scorer": "s: m", "version": "1", "group": case, **fields}
    )


def test_auroc_counts_pairs_and_gives_ties_half() -> None:
    scores, labels = np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False])
    assert stats.auroc(scores, labels) == (1 + 1 + 0.5 + 1) / 4
    assert stats.auroc(np.ones(4), labels) == 0.5
    assert np.isnan(stats.auroc(scores, np.ones(4, dtype=bool)))


def test_auroc_agrees_with_counting_every_pair() -> None:
    random = np.random.default_rng(1)
    scores, labels = random.integers(0, 9, 60) / 9, random.random(60) > 0.4
    pairs = [(a, b) for a in scores[labels] for b in scores[~labels]]
    assert stats.auroc(scores, labels) == pytest.approx(sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs))


def test_balanced_accuracy_gives_a_yes_sayer_a_half() -> None:
    labels = np.array([True] * 9 + [False])
    assert stats.balanced_accuracy(np.ones(10, dtype=bool), labels) == 0.5
    assert stats.balanced_accuracy(labels, labels) == 1.0


def test_a_perfectly_calibrated_score_has_no_calibration_error() -> None:
    scores = np.array([0.25] * 4 + [0.75] * 4)
    labels = np.array([True, False, False, False, True, True, True, False])
    assert stats.calibration_error(scores, labels) == 0.0
    assert stats.reliability(scores, labels) == [(0.25, 0.25, 4), (0.75, 0.75, 4)]


def test_risk_falls_when_confidence_knows_what_is_wrong() -> None:
    wrong = [False, False, True, True]
    knowing, blind = stats.risk_coverage([0.9, 0.8, 0.2, 0.1], wrong), stats.risk_coverage([0.5] * 4, wrong)
    assert knowing == [(0.25, 0.0, 1), (0.5, 0.0, 2), (0.75, 0.3333, 3), (1.0, 0.5, 4)]
    assert blind == [(1.0, 0.5, 4)]
    assert (stats.area_under(knowing) or 1) < (stats.area_under(blind) or 0)
    assert stats.area_under([]) is None


def test_kappa_is_one_for_equal_labels_and_near_nought_for_chance() -> None:
    assert stats.kappa([True, False, True], [True, False, True]) == 1.0
    assert stats.kappa([True, True, False, False], [True, False, True, False]) == 0.0
    assert stats.kappa([], []) is None
    assert stats.kappa([True], [True]) is None


def test_nothing_scored_is_no_value_and_never_full_marks() -> None:
    (figure,) = stats.figures([verdict("a", "unscored"), verdict("b", "unscored")])
    assert (figure.value, figure.low, figure.high, figure.cases, figure.unscored) == (None, None, None, 2, 2)


def test_a_crash_stays_in_the_denominator_and_is_counted_apart() -> None:
    (figure,) = stats.figures([verdict("a", "pass"), verdict("b", "fail", crashed=True), verdict("c", "unscored")])
    assert (figure.value, figure.passed, figure.failed, figure.crashed, figure.unscored) == (0.5, 1, 0, 1, 1)


def test_intervals_are_drawn_by_question_and_are_the_same_every_time() -> None:
    values, alone = [1.0, 0.0] * 20, [str(i) for i in range(40)]
    together = [str(i // 20) for i in range(40)]
    assert stats.interval(values, alone) == stats.interval(values, alone)
    assert stats.interval(values, together) == (0.5, 0.5)  # each group holds as many passes as fails
    low, high = stats.interval(values, alone)
    assert low is not None
    assert high is not None
    assert low < 0.4 < 0.6 < high


def test_an_interval_of_a_statistic_leaves_out_draws_on_which_it_is_not_defined() -> None:
    labels, scores = np.array([True, False]), np.array([0.9, 0.1])
    assert stats.interval_of(lambda rows: stats.auroc(scores[rows], labels[rows]), ["a", "b"]) == (1.0, 1.0)
    assert stats.interval_of(lambda rows: 0.0, []) == (None, None)


def test_figures_are_broken_down_by_tag() -> None:
    found = stats.figures([verdict("a", "pass", tags={"kind": "cost"}), verdict("b", "fail", tags={"kind": "when"})])
    assert {f.part: f.value for f in found} == {"": 0.5, "kind: cost": 1.0, "kind: when": 0.0}

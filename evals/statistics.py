"""Numbers from verdicts and scores. Owns: means with bootstrap intervals, AUROC, balanced accuracy, calibration, risk-coverage,
kappa.

Does not own: information-retrieval measures (see `ranking`). Pure and seeded: the same input gives the same bytes. Intervals are
95 %
percentile intervals of a bootstrap that draws whole questions (Efron and Tibshirani 1993, chapter 13), so verdicts on one
question stay together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from evals.verdicts import CaseVerdict, Figure

SEED = 20_250_401
RESAMPLES = 1000
BINS = 10


def figures(verdicts: Iterable[CaseVerdict]) -> list[Figure]:
    """A figure for every suite, measure and system, whole and by tag, in a fixed order."""
    parts: dict[tuple[str, str, str, str], list[CaseVerdict]] = defaultdict(list)
    for verdict in verdicts:
        key = (verdict.suite, verdict.measure, verdict.system)
        parts[(*key, "")].append(verdict)
        for name, value in sorted(verdict.tags.items()):
            parts[(*key, f"{name}: {value}")].append(verdict)
    return [figure(key, members) for key, members in sorted(parts.items())]


def figure(key: tuple[str, str, str, str], verdicts: Sequence[CaseVerdict]) -> Figure:
    """The mean of some verdicts with its interval; unscored ones are counted and left out."""
    scored = [v for v in verdicts if v.verdict != "unscored"]
    values = [v.number for v in scored]
    low, high = interval(values, [v.group or v.case for v in scored])
    return Figure(
        suite=key[0],
        measure=key[1],
        system=key[2],
        part=key[3],
        value=_rounded(float(np.mean(values))) if values else None,
        low=low,
        high=high,
        cases=len(verdicts),
        passed=sum(v.verdict == "pass" for v in scored),
        failed=sum(v.verdict == "fail" and not v.crashed for v in scored),
        crashed=sum(v.crashed for v in scored),
        unscored=len(verdicts) - len(scored),
        varies=len(set(values)) > 1,
    )


def interval(values: Sequence[float], groups: Sequence[str]) -> tuple[float | None, float | None]:
    """The 95 % interval of the mean of `values`, resampled by group; (None, None) for no value."""
    if not values:
        return None, None
    names = {name: row for row, name in enumerate(dict.fromkeys(groups))}
    sums, counts = np.zeros(len(names)), np.zeros(len(names))
    for value, group in zip(values, groups, strict=True):
        sums[names[group]] += value
        counts[names[group]] += 1
    drawn = np.random.default_rng(SEED).integers(0, len(names), size=(RESAMPLES, len(names)))
    return _ends(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1))


def interval_of(statistic: Callable[[np.ndarray], float], groups: Sequence[str]) -> tuple[float | None, float | None]:
    """The 95 % interval of a statistic of row numbers, resampled by group. Draws that leave it undefined (nan) are left out."""
    if not groups:
        return None, None
    found = _draws(statistic, groups)
    found = found[~np.isnan(found)]
    return _ends(found) if len(found) else (None, None)


def interval_of_mean(
    parts: Sequence[tuple[Callable[[np.ndarray], float], Sequence[str]]],
) -> tuple[float | None, float | None]:
    """The 95 % interval of the mean of several statistics, each over rows of its own that are resampled by group, apart from the others."""
    drawn = np.array([_draws(statistic, groups) for statistic, groups in parts])
    means = drawn.mean(axis=0) if len(drawn) else np.zeros(0)
    means = means[~np.isnan(means)]
    return _ends(means) if len(means) else (None, None)


def _draws(statistic: Callable[[np.ndarray], float], groups: Sequence[str]) -> np.ndarray:
    members = defaultdict(list)
    for row, group in enumerate(groups):
        members[group].append(row)
    rows = [np.array(m) for m in members.values()]
    random = np.random.default_rng(SEED)
    drawn = (np.concatenate([rows[i] for i in random.integers(0, len(rows), size=len(rows))]) for _ in range(RESAMPLES))
    return np.array([statistic(each) for each in drawn])


def auroc(scores: np.ndarray, labels: np.ndarray) -> float:
    """The chance that a supported pair scores above an unsupported one, ties counting half (Mann and Whitney 1947); nan with one
    class only.
    """
    positive, negative = np.sort(scores[labels]), np.sort(scores[~labels])
    if not len(positive) or not len(negative):
        return float("nan")
    below = np.searchsorted(negative, positive, side="left")
    ties = np.searchsorted(negative, positive, side="right") - below
    return float((below + ties / 2).sum() / (len(positive) * len(negative)))


def balanced_accuracy(said: np.ndarray, labels: np.ndarray) -> float:
    """The mean of the shares of supported and of unsupported pairs judged rightly; nan with one class only."""
    if not labels.any() or labels.all():
        return float("nan")
    return float((said[labels].mean() + (~said[~labels]).mean()) / 2)


def reliability(scores: np.ndarray, labels: np.ndarray) -> list[tuple[float, float, int]]:
    """Mean score, share supported and count in each of ten equal bins of the score; empty bins are left out."""
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    found = [(b, bins == b) for b in range(BINS)]
    return [(_rounded(float(scores[m].mean())), _rounded(float(labels[m].mean())), int(m.sum())) for _, m in found if m.any()]


def calibration_error(scores: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error over ten equal bins (Naeini and others 2015)."""
    return sum(count * abs(mean - share) for mean, share, count in reliability(scores, labels)) / max(1, len(scores))


def risk_coverage(confidence: Sequence[float], wrong: Sequence[bool]) -> list[tuple[float, float, int]]:
    """Coverage and the share wrong among those answered, as answers are let through from the most confident down (El-Yaniv and
    Wiener 2010).
    """
    order = sorted(range(len(wrong)), key=lambda row: (-confidence[row], row))
    points, errors = [], 0
    for count, row in enumerate(order, start=1):
        errors += wrong[row]
        last = count == len(order) or confidence[order[count]] != confidence[row]
        if last:
            points.append((_rounded(count / len(order)), _rounded(errors / count), count))
    return points


def area_under(points: Sequence[tuple[float, float, int]]) -> float | None:
    """The mean risk over coverage, by steps; None for no point."""
    if not points:
        return None
    area, before = 0.0, 0.0
    for coverage, risk, _ in points:
        area += (coverage - before) * risk
        before = coverage
    return _rounded(area / before)


def kappa(first: Sequence[bool], second: Sequence[bool]) -> float | None:
    """Agreement of two labellings beyond chance (Cohen 1960); None where it is not defined."""
    a, b = np.array(first), np.array(second)
    if not len(a):
        return None
    agree = float((a == b).mean())
    chance = float(a.mean() * b.mean() + (1 - a.mean()) * (1 - b.mean()))
    return None if chance == 1 else _rounded((agree - chance) / (1 - chance))


def _ends(drawn: np.ndarray) -> tuple[float, float]:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return _rounded(float(low)), _rounded(float(high))


def _rounded(value: float) -> float:
    return round(value, 4)

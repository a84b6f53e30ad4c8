"""Two runs side by side. Owns: which cases changed side, the paired difference with its interval. Does not own: runs or how they
are shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from evals.folder import StoredRun
from evals.statistics import interval
from evals.verdicts import PRODUCT, CaseVerdict


@dataclass(frozen=True)
class Difference:
    """One measure in two runs, over the cases that both scored. `change`: second minus first, with its paired 95 % interval."""

    suite: str
    measure: str
    first: float
    second: float
    change: float
    low: float
    high: float
    cases: int
    better: tuple[str, ...]
    worse: tuple[str, ...]

    @property
    def real(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Comparison:
    """All differences, and in what the two runs were not made alike."""

    differences: tuple[Difference, ...]
    unlike: tuple[str, ...]


def compare(first: StoredRun, second: StoredRun) -> Comparison:
    """Differences by suite and measure, in the order of the first run."""
    before, after = _by_measure(first), _by_measure(second)
    differences = []
    for key, cases in before.items():
        shared = [case for case in cases if case in after.get(key, {})]
        if shared:
            differences.append(_difference(key, [(cases[c], after[key][c]) for c in shared]))
    return Comparison(tuple(differences), tuple(_unlike(first, second)))


def _difference(key: tuple[str, str], pairs: list[tuple[CaseVerdict, CaseVerdict]]) -> Difference:
    changes = [b.number - a.number for a, b in pairs]
    low, high = interval(changes, [a.group or a.case for a, _ in pairs])
    assert low is not None
    assert high is not None
    flipped = [(a.case, b.verdict) for a, b in pairs if a.verdict != b.verdict]
    return Difference(
        suite=key[0],
        measure=key[1],
        first=round(sum(a.number for a, _ in pairs) / len(pairs), 4),
        second=round(sum(b.number for _, b in pairs) / len(pairs), 4),
        change=round(sum(changes) / len(pairs), 4),
        low=low,
        high=high,
        cases=len(pairs),
        better=tuple(case for case, now in flipped if now == "pass"),
        worse=tuple(case for case, now in flipped if now == "fail"),
    )


def _by_measure(run: StoredRun) -> dict[tuple[str, str], dict[str, CaseVerdict]]:
    found: dict[tuple[str, str], dict[str, CaseVerdict]] = {}
    for verdict in run.verdicts:
        if verdict.system == PRODUCT and verdict.verdict != "unscored":
            found.setdefault((verdict.suite, verdict.measure), {})[verdict.case] = verdict
    return found


def _unlike(first: StoredRun, second: StoredRun) -> list[str]:
    names = ("set", "cases", "fingerprint", "suites", "checker", "models", "prompt_hashes", "versions", "data", "sample", "quick")
    return [name for name in names if first.facts.get(name) != second.facts.get(name)]

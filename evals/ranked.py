"""Verdicts on rankings, and how far one system stands above another. Owns: which measures pass from where, paired margins. Does not own:
searching, or the measures' formulas (see `ranking`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.product import Found
from evals.ranking import MEASURES, measure
from evals.scoring import Scorer
from evals.statistics import interval
from evals.verdicts import PRODUCT, CaseVerdict, Figure

MAIN = "nDCG@10"


def ranked_sources(found: Found) -> list[str]:
    """Source ids, each at its best passage's place."""
    return list(dict.fromkeys(result.source_id for result in found.results))


def scored(
    relevant: Mapping[str, Mapping[str, int]], ranked: Mapping[str, Sequence[str]], *, system: str, tags: Mapping[str,
    Mapping[str, str]],
    lost: Mapping[str, Found], scorer: Scorer, suffix: str = "",
) -> list[CaseVerdict]:  # fmt: skip
    """Verdicts of every measure. A question passes Success@5 with a relevant source among the first five, other measures from
    0.5.
    """
    values = measure(relevant, ranked)
    verdicts = []
    for name in MEASURES:
        for case, value in values[name].items():
            if system == PRODUCT and case in lost:
                verdicts.append(scorer.lost(name + suffix, case, lost[case], tags=tags.get(case)))
                continue
            first, wanted = ", ".join(ranked.get(case, ())[:5]) or "nothing", ", ".join(sorted(relevant[case])[:5])
            reason = f"first found: {first}; wanted: {wanted}"
            said = scorer.say(
                name + suffix, case, ok=value >= 0.5, value=value, system=system, reason=reason, tags=tags.get(case)
            )
            verdicts.append(said)
    return verdicts


def margins(verdicts: Sequence[CaseVerdict]) -> list[Figure]:
    """The product's nDCG@10 minus each other system's, question by question, with the paired interval; on each set by itself."""
    values: dict[str, dict[str, dict[str, CaseVerdict]]] = {}
    for verdict in verdicts:
        if verdict.measure.partition(", ")[0] == MAIN:
            values.setdefault(verdict.measure, {}).setdefault(verdict.system, {})[verdict.case] = verdict
    found = []
    for name, by_system in values.items():
        mine = by_system.get(PRODUCT, {})
        for system in sorted(set(by_system) - {PRODUCT}):
            pairs = [(mine[case], other) for case, other in by_system[system].items() if case in mine]
            found.append(_margin(f"{name}: above {system}", pairs))
    return found


def _margin(measure_name: str, pairs: Sequence[tuple[CaseVerdict, CaseVerdict]]) -> Figure:
    changes = [mine.number - other.number for mine, other in pairs]
    low, high = interval(changes, [mine.group or mine.case for mine, _ in pairs])
    return Figure(
        suite="retrieval",
        measure=measure_name,
        value=round(sum(changes) / len(changes), 4) if changes else None,
        low=low,
        high=high,
        cases=len(changes),
        varies=len(set(changes)) > 1,
        note="a difference: the interval says whether it is beyond chance",
    )

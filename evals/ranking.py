"""Standard retrieval measures: the only door to ir-measures. Owns: which, and a value a question. Does not own: searching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MEASURES = ("Success@5", "R@5", "R@10", "RR", "nDCG@10")


def measure(relevant: Mapping[str, Mapping[str, int]], found: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Measure, then question → value. `relevant`: question → id → grade; `found`: question → ids, best first. Nothing is 0."""
    import ir_measures

    asked = [ir_measures.parse_measure(name) for name in MEASURES]
    run = {question: {each: 1.0 / rank for rank, each in enumerate(ids, start=1)} for question, ids in found.items() if ids}
    values = {name: dict.fromkeys(relevant, 0.0) for name in MEASURES}
    for each in ir_measures.iter_calc(asked, {q: dict(r) for q, r in relevant.items()}, run):
        values[str(each.measure)][each.query_id] = round(float(each.value), 6)
    return values

"""Does search find the sources that hold the answer? Owns: source-level measures beside words alone, meaning alone and the
tutorial's pipeline.

Does not own: the measures' formulas (ir-measures) or answers. Gold sources each hold the answer, so Success@5 asks for one of
them and R@5 for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.context import Context
from evals.product import Asked, Found
from evals.public.retrieval import public_retrieval
from evals.ranking import MEASURES, measure
from evals.scoring import Scorer
from evals.verdicts import PRODUCT, CaseVerdict, SuiteResult

VERSION = "1"
DEPTH = 50
SCORER = Scorer("retrieval", VERSION)


def asks(_context: Context) -> list[Asked]:
    """Nothing is asked: only search is used."""
    return []


def run(context: Context) -> SuiteResult:
    """Search every question by each way."""
    cases = context.questions
    tags = {case.id: {"kind": case.kind, "difficulty": case.difficulty} for case in cases}
    relevant = {case.id: dict.fromkeys(case.gold, 1) for case in cases}
    found = {case.id: context.recorder.search(case.question, DEPTH) for case in cases}
    lost = {case: each for case, each in found.items() if each.crashed}
    runs = {PRODUCT: {case: ranked_sources(each) for case, each in found.items()}}
    runs |= {name: {case.id: search(case.question, DEPTH) for case in cases} for name, search in context.searches.items()}
    verdicts = [v for name, ranked in runs.items() for v in scored(relevant, ranked, system=name, tags=tags, lost=lost)]
    if context.plan.data is not None:
        verdicts += public_retrieval(context, SCORER)
    return SuiteResult(verdicts=verdicts)


def ranked_sources(found: Found) -> list[str]:
    """Source ids, each at its best passage's place."""
    return list(dict.fromkeys(result.source_id for result in found.results))


def scored(
    relevant: Mapping[str, Mapping[str, int]], ranked: Mapping[str, Sequence[str]], *, system: str, tags: Mapping[str,
    Mapping[str, str]],
    lost: Mapping[str, Found], suffix: str = "",
) -> list[CaseVerdict]:  # fmt: skip
    """Verdicts of every measure. A question passes Success@5 with a relevant source among the first five, other measures from
    0.5.
    """
    values = measure(relevant, ranked)
    verdicts = []
    for name in MEASURES:
        for case, value in values[name].items():
            if system == PRODUCT and case in lost:
                verdicts.append(SCORER.lost(name + suffix, case, lost[case], tags=tags.get(case)))
                continue
            first, wanted = ", ".join(ranked.get(case, ())[:5]) or "nothing", ", ".join(sorted(relevant[case])[:5])
            reason = f"first found: {first}; wanted: {wanted}"
            said = SCORER.say(
                name + suffix, case, ok=value >= 0.5, value=value, system=system, reason=reason, tags=tags.get(case)
            )
            verdicts.append(said)
    return verdicts

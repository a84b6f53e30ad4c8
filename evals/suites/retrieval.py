"""Does search find the sources that hold the answer? Owns: source-level measures beside words alone, meaning alone and the
tutorial's pipeline.

Does not own: the measures' formulas (ir-measures) or answers. Gold sources each hold the answer, so Success@5 asks for one of
them and R@5 for all.
"""

from __future__ import annotations

from evals.context import Context
from evals.product import Asked
from evals.public.retrieval import public_retrieval
from evals.ranked import margins, ranked_sources, scored
from evals.scoring import Scorer
from evals.verdicts import PRODUCT, SuiteResult

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
    verdicts = [
        v for name, ranked in runs.items() for v in scored(relevant, ranked, system=name, tags=tags, lost=lost, scorer=SCORER)
    ]
    if context.plan.data is not None:
        verdicts += public_retrieval(context, SCORER)
    return SuiteResult(verdicts=verdicts, figures=margins(verdicts))

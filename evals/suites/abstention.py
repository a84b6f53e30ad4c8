"""Does it refuse what it should, and only that? Owns: refusal recall, wrong refusals, risk against coverage. Does not own: what a
refusal says.

Risk: an answer is wrong when the question must be refused, or when the answer does not show the facts. Confidence: the chance of
an answer that the receipt keeps, else the score of its best evidence.
"""

from __future__ import annotations

from collections.abc import Mapping

from evals.context import Context, asked
from evals.facts import share_shown
from evals.product import Asked, Recorded
from evals.public.abstention import public_abstention
from evals.scoring import Scorer, as_crash, refused
from evals.statistics import area_under, risk_coverage
from evals.verdicts import CaseVerdict, Curve, Figure, SuiteResult

VERSION = "1"
RECALL, WRONG, ANSWERED = "refusal recall", "wrong refusals", "answered rather than refused"
AREA = "risk over coverage"
SCORER = Scorer("abstention", VERSION)


def asks(context: Context) -> list[Asked]:
    """What must be refused and what must be answered."""
    return asked([c.question for c in context.unanswerable] + [c.question for c in context.questions])


def run(context: Context) -> SuiteResult:
    """Score refusals on both sides, beside one that refuses all and one that answers all."""
    verdicts: list[CaseVerdict] = []
    shown: list[tuple[Recorded, bool]] = []
    for case in context.unanswerable:
        recorded = as_crash(context.recorder.ask(case.question))
        tags: dict[str, str] = {"kind": case.kind}
        verdicts.append(_refusal(RECALL, case.id, recorded, should=True, tags=tags, reason=f"answered, but {case.why}"))
        verdicts += [
            SCORER.say(RECALL, case.id, ok=ok, system=name) for name, ok in (("refuses all", True), ("answers all", False))
        ]
        if recorded.answer is not None:
            shown.append((recorded, True))
    for question in context.questions:
        recorded = as_crash(context.recorder.ask(question.question))
        tags = {"kind": question.kind, "difficulty": question.difficulty}
        verdicts.append(
            _refusal(ANSWERED, question.id, recorded, should=False, tags=tags, reason="refused, but the library holds the answer")
        )
        verdicts += [
            SCORER.say(ANSWERED, question.id, ok=ok, system=name) for name, ok in (("refuses all", False), ("answers all", True))
        ]
        if recorded.answer is not None:
            said = "\n".join(s.text for s in recorded.answer.sentences)
            shown.append((recorded, share_shown(question.facts, said) < 1))
    if context.plan.data is not None:
        verdicts += public_abstention(context, SCORER)
    figures, curves = _risk(shown)
    return SuiteResult(verdicts=verdicts, figures=[*figures, *_wrong(verdicts)], curves=curves)


def _refusal(measure: str, case: str, recorded: Recorded, *, should: bool, tags: Mapping[str, str], reason: str) -> CaseVerdict:
    if recorded.answer is None:
        return SCORER.lost(measure, case, recorded, tags=tags)
    said = recorded.answer.sentences[0].text if recorded.answer.sentences else ""
    return SCORER.say(
        measure, case, ok=refused(recorded) == should, reason=f"{reason} ({recorded.answer.outcome}) {said}".strip(), tags=tags
    )


def _wrong(verdicts: list[CaseVerdict]) -> list[Figure]:
    """Wrong refusals are the complement of answers given; kept as a figure of its own because promises are made of it."""
    from evals.statistics import figure

    found = []
    for system in dict.fromkeys(v.system for v in verdicts):
        turned = [v for v in verdicts if v.measure == ANSWERED and v.system == system and not v.crashed]
        flipped = [
            v.model_copy(update={"verdict": "fail" if v.verdict == "pass" else "pass"}) for v in turned if v.verdict != "unscored"
        ]
        found.append(figure(("abstention", WRONG, system, ""), flipped))
    return found


def _risk(shown: list[tuple[Recorded, bool]]) -> tuple[list[Figure], list[Curve]]:
    """Over what was answered: the product's order, the best order there could be, and no order at all."""
    answered = [(r.confidence, wrong) for r, wrong in shown if not refused(r)]
    wrong = [w for _, w in answered]
    orders = {"product": [c for c, _ in answered], "best order": [float(not w) for w in wrong], "no order": [0.0] * len(wrong)}
    figures, curves = [], []
    for system, confidence in orders.items():
        points = risk_coverage(confidence, wrong)
        value = area_under(points)
        figures.append(
            Figure(suite="abstention", measure=AREA, system=system, value=value, cases=len(wrong), varies=len(set(wrong)) > 1)
        )
        curves.append(Curve(suite="abstention", name="risk and coverage", system=system, points=points))
    return figures, curves

"""Does the support score agree with people? Owns: AUROC, balanced accuracy, calibration and per-class accuracy on labelled pairs,
beside dummies.

Does not own: the score. The pairs are our own domain's (`cases/checker.yaml`) and, with `--data`, rows of the public sets (see
`evals/public`).
Balanced accuracy is taken at the score's own threshold, with the hard rules' veto; AUROC counts a vetoed pair as 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.checkers import DUMMIES, Checker
from evals.context import Context
from evals.judge import judge_pair, report_on
from evals.product import Asked
from evals.public.grounding import public_pairs
from evals.scoring import Scorer
from evals.statistics import auroc, balanced_accuracy, calibration_error, interval_of, kappa, reliability
from evals.verdicts import PRODUCT, CaseVerdict, Curve, Figure, SuiteResult

VERSION = "1"
SCORER = Scorer("checker", VERSION)
RIGHT, AREA, BALANCED, ERROR, MARGIN = (
    "agrees with the label",
    "AUROC",
    "balanced accuracy",
    "calibration error",
    "AUROC above containment",
)
OWN = "own domain"


@dataclass(frozen=True)
class Pair:
    """A labelled pair of some set. `group`: the passage that its siblings share."""

    id: str
    set: str
    claim: str
    passages: tuple[str, ...]
    supported: bool
    group: str
    kind: str = ""


def asks(_context: Context) -> list[Asked]:
    """Nothing is asked."""
    return []


def run(context: Context) -> SuiteResult:
    """Score every pair by the product's checker and by the dummies."""
    own = [Pair(c.id, OWN, c.claim, (c.passage,), c.supported, c.source, c.class_) for c in context.pairs]
    public = [Pair(*row) for row in public_pairs(context.plan)] if context.plan.data else []
    by_set = {name: [p for p in [*own, *public] if p.set == name] for name in dict.fromkeys(p.set for p in [*own, *public])}
    results = [_measure(name, pairs, context.checker) for name, pairs in by_set.items()]
    agreement = kappa([c.first for c in context.pairs], [c.second for c in context.pairs])
    note = "the same author labelled twice, in one sitting, the second time in shuffled order and without classes"
    labels = Figure(
        suite="checker", measure="agreement of the two labels (kappa)", value=agreement, cases=len(context.pairs), note=note
    )
    figures = [f for result in results for f in result.figures]
    judged = _judged(context, own) if context.judge else SuiteResult()
    figures += judged.figures
    return SuiteResult(
        verdicts=[v for result in [*results, judged] for v in result.verdicts],
        figures=[*figures, *_means(figures), labels],
        curves=[c for result in results for c in result.curves],
    )


def _measure(name: str, pairs: Sequence[Pair], checker: Checker | None) -> SuiteResult:
    suffix = "" if name == OWN else f", {name}"
    labels = np.array([p.supported for p in pairs])
    groups = [p.group for p in pairs]
    verdicts: list[CaseVerdict] = []
    figures: list[Figure] = []
    curves: list[Curve] = []
    scores: dict[str, np.ndarray] = {}
    for system, each in ((PRODUCT, checker), *((d.name, d) for d in DUMMIES)):
        if each is None:
            verdicts += [SCORER.unscored(RIGHT + suffix, p.id, "this version has no support score", group=p.group) for p in pairs]
            figures += [
                Figure(suite="checker", measure=m + suffix, value=None, cases=len(pairs), unscored=len(pairs))
                for m in (AREA, BALANCED, MARGIN)
            ]
            continue
        raw = np.array([each.score(p.claim, p.passages) for p in pairs], dtype=float)
        vetoed = np.array([each.veto(p.claim, p.passages) for p in pairs])
        scores[system] = np.where(vetoed, 0.0, raw)
        said = (raw >= each.threshold) & ~vetoed
        verdicts += [
            _verdict(p, float(s), yes=bool(yes), system=system, measure=RIGHT + suffix)
            for p, yes, s in zip(pairs, said, scores[system], strict=True)
        ]
        figures += _figures(scores[system], said, labels, groups, system=system, suffix=suffix)
        if system == PRODUCT:
            figures.append(
                _figure("AUROC of the score alone" + suffix, lambda rows, raw=raw: auroc(raw[rows], labels[rows]), groups)
            )
            curves.append(Curve(suite="checker", name=f"reliability{suffix}", points=reliability(raw, labels)))
    if PRODUCT in scores:
        mine, theirs = scores[PRODUCT], scores[DUMMIES[-1].name]
        figures.append(
            _figure(MARGIN + suffix, lambda rows: auroc(mine[rows], labels[rows]) - auroc(theirs[rows], labels[rows]), groups)
        )
    return SuiteResult(verdicts=verdicts, figures=figures, curves=curves)


def _verdict(pair: Pair, score: float, *, yes: bool, system: str, measure: str) -> CaseVerdict:
    names = {True: "supported", False: "unsupported"}
    said = f"score {score:.3f}, judged {names[yes]}, labelled {names[pair.supported]}"
    tags = {"class": pair.kind} if pair.kind else {}
    shown = f"{said}: “{pair.claim}” beside “{' '.join(pair.passages)[:400]}”"
    return SCORER.say(measure, pair.id, ok=yes == pair.supported, group=pair.group, system=system, reason=shown, tags=tags)


def _figures(
    scores: np.ndarray, said: np.ndarray, labels: np.ndarray, groups: Sequence[str], *, system: str, suffix: str
) -> list[Figure]:
    return [
        _figure(AREA + suffix, lambda rows: auroc(scores[rows], labels[rows]), groups, system=system),
        _figure(BALANCED + suffix, lambda rows: balanced_accuracy(said[rows], labels[rows]), groups, system=system),
        _figure(ERROR + suffix, lambda rows: calibration_error(scores[rows], labels[rows]), groups, system=system),
    ]


def _figure(measure: str, statistic, groups: Sequence[str], *, system: str = PRODUCT) -> Figure:  # type: ignore[no-untyped-def]
    value = statistic(np.arange(len(groups)))
    low, high = interval_of(statistic, groups)
    shown = None if np.isnan(value) else round(float(value), 4)
    return Figure(
        suite="checker", measure=measure, system=system, value=shown, low=low, high=high, cases=len(groups), varies=low != high
    )


def _judged(context: Context, pairs: Sequence[Pair]) -> SuiteResult:
    """The model as judge on our own pairs: its verdicts, its agreement with the labels, how often its votes were split."""
    assert context.judge is not None
    judged = [judge_pair(context.judge, p.claim, p.passages, votes=context.votes) for p in pairs]
    said = report_on(judged, [p.supported for p in pairs])
    verdicts = [
        SCORER.unscored(RIGHT, p.id, "no readable majority", system="judge", group=p.group)
        if j.verdict is None
        else _verdict(p, j.share or 0.0, yes=j.verdict, system="judge", measure=RIGHT)
        for p, j in zip(pairs, judged, strict=True)
    ]
    spread = round(said.split / len(pairs), 4) if pairs else None
    note = f"{context.votes} votes on each pair; {said.unscored} pairs without a readable majority"
    figures = [
        Figure(
            suite="checker",
            measure="judge: agreement with the labels (kappa)",
            value=said.kappa,
            cases=len(pairs),
            unscored=said.unscored,
            note=note,
        ),
        Figure(suite="checker", measure="judge: share of pairs with split votes", value=spread, cases=len(pairs), note=note),
    ]
    return SuiteResult(verdicts=verdicts, figures=figures)


def _means(figures: Sequence[Figure]) -> list[Figure]:
    """Plain means over the public sets; each set counts once, whatever its size."""
    found = []
    for measure in (AREA, BALANCED, MARGIN):
        for system in dict.fromkeys(f.system for f in figures):
            values = [
                f.value for f in figures if f.measure.startswith(f"{measure}, ") and f.system == system and f.value is not None
            ]
            if values:
                mean = round(sum(values) / len(values), 4)
                found.append(
                    Figure(
                        suite="checker",
                        measure=f"{measure}, mean of the public sets",
                        system=system,
                        value=mean,
                        cases=len(values),
                        varies=True,
                    )
                )
    return found

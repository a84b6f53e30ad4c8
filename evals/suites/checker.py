"""Does the support score agree with people? Owns: AUROC, balanced accuracy, calibration and per-class accuracy on labelled pairs,
beside dummies.

Does not own: the score. The pairs are our own domain's (`cases/checker.yaml`) and, with `--data`, rows of the public sets (see
`evals/public`).
Balanced accuracy is taken at the score's own threshold, with the hard rules' veto; AUROC puts vetoed pairs below all others, in the order of
their scores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from evals.checkers import DUMMIES, Checker
from evals.context import Context
from evals.judge import ask_judge, report_on
from evals.left_out import left_out
from evals.product import Asked
from evals.public.grounding import public_pairs
from evals.scoring import Scorer
from evals.statistics import auroc, balanced_accuracy, calibration_error, interval_of, interval_of_mean, kappa, reliability
from evals.verdicts import PRODUCT, CaseVerdict, Curve, Figure, SuiteResult

VERSION = "2"
SCORER = Scorer("checker", VERSION)
RIGHT, AREA, BALANCED, ERROR = "agrees with the label", "AUROC", "balanced accuracy", "calibration error"
ALONE = "AUROC of the score alone"
MARGIN, BALANCED_MARGIN = "AUROC above containment", "balanced accuracy above containment"
MARGINS = {MARGIN: AREA, "AUROC of the score alone above containment": ALONE, BALANCED_MARGIN: BALANCED}
OWN = "own domain"
OfSet = Callable[["_Set", np.ndarray], float]


@dataclass(frozen=True)
class _Set:
    """What was measured on one set: scores and decisions by system, beside the labels."""

    name: str
    labels: np.ndarray
    groups: Sequence[str]
    scores: dict[str, np.ndarray] = field(default_factory=dict)
    said: dict[str, np.ndarray] = field(default_factory=dict)
    orders: dict[str, np.ndarray] = field(default_factory=dict)
    alone: dict[str, np.ndarray] = field(default_factory=dict)

    def value(self, measure: str, system: str, rows: np.ndarray) -> float:
        """AUROC or balanced accuracy of a system over some rows."""
        if measure == AREA:
            return auroc(self.orders[system][rows], self.labels[rows])
        if measure == ALONE:
            return auroc(self.alone[system][rows], self.labels[rows])
        return balanced_accuracy(self.said[system][rows], self.labels[rows])


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
    sets = {name: _Set(name, np.array([p.supported for p in pairs]), [p.group for p in pairs]) for name, pairs in by_set.items()}
    results = [_measure(sets[name], pairs, context.checker) for name, pairs in by_set.items()]
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
        figures=[*figures, *_means(list(sets.values())), *(left_out() if public else []), labels],
        curves=[c for result in results for c in result.curves],
    )


def _measure(one_set: _Set, pairs: Sequence[Pair], checker: Checker | None) -> SuiteResult:
    suffix = "" if one_set.name == OWN else f", {one_set.name}"
    labels, groups = one_set.labels, one_set.groups
    verdicts: list[CaseVerdict] = []
    figures: list[Figure] = []
    curves: list[Curve] = []
    scores = one_set.scores
    for system, each in ((PRODUCT, checker), *((d.name, d) for d in DUMMIES)):
        if each is None:
            verdicts += [SCORER.unscored(RIGHT + suffix, p.id, "this version has no support score", group=p.group) for p in pairs]
            figures += [
                Figure(suite="checker", measure=m + suffix, value=None, cases=len(pairs), unscored=len(pairs))
                for m in (AREA, BALANCED, MARGIN, BALANCED_MARGIN)
            ]
            continue
        judged = [judged_by(each, p) for p in pairs]
        raw = np.array([one.score for one in judged], dtype=float)
        vetoed = np.array([one.vetoed for one in judged])
        scores[system] = np.where(vetoed, 0.0, raw)
        one_set.orders[system] = raw + ~vetoed
        one_set.alone[system] = raw
        one_set.said[system] = said = (raw >= each.threshold) & ~vetoed
        verdicts += [
            _lost(p, one.crash, system=system, measure=RIGHT + suffix)
            if one.crash
            else _verdict(p, float(s), yes=bool(yes), system=system, measure=RIGHT + suffix)
            for p, one, yes, s in zip(pairs, judged, said, scores[system], strict=True)
        ]
        figures += _figures(one_set, system=system, suffix=suffix)
        if system == PRODUCT:
            figures.append(_figure(ALONE + suffix, partial(one_set.value, ALONE, system), groups))
            curves.append(Curve(suite="checker", name=f"reliability{suffix}", points=reliability(raw, labels)))
    if PRODUCT in scores:
        figures += [
            _figure(name + suffix, partial(_above, one_set, measure=measure), groups) for name, measure in MARGINS.items()
        ]
    return SuiteResult(verdicts=verdicts, figures=figures, curves=curves)


@dataclass(frozen=True)
class _Judged:
    score: float
    vetoed: bool
    crash: str = ""


def judged_by(checker: Checker, pair: Pair) -> _Judged:
    """A checker's score and veto. A crash, or a score that is no number from 0 to 1, is a crash: refused, scored 0, counted."""
    call: Future[tuple[float, bool]] = Future()
    with ThreadPoolExecutor(max_workers=1) as pool:
        call = pool.submit(lambda: (float(checker.score(pair.claim, pair.passages)), checker.veto(pair.claim, pair.passages)))
    error = call.exception()
    if error is not None:
        return _Judged(0.0, vetoed=True, crash=f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")
    score, vetoed = call.result()
    if not 0.0 <= score <= 1.0:
        return _Judged(0.0, vetoed=True, crash=f"the score is {score}, which is no number from 0 to 1")
    return _Judged(score, bool(vetoed))


def _lost(pair: Pair, why: str, *, system: str, measure: str) -> CaseVerdict:
    return SCORER.say(measure, pair.id, ok=False, group=pair.group, system=system, reason=why).model_copy(
        update={"crashed": True}
    )


def _verdict(pair: Pair, score: float, *, yes: bool, system: str, measure: str) -> CaseVerdict:
    names = {True: "supported", False: "unsupported"}
    said = f"score {score:.3f}, judged {names[yes]}, labelled {names[pair.supported]}"
    tags = {"class": pair.kind} if pair.kind else {}
    shown = f"{said}: “{pair.claim}” beside “{' '.join(pair.passages)[:400]}”"
    return SCORER.say(measure, pair.id, ok=yes == pair.supported, group=pair.group, system=system, reason=shown, tags=tags)


def _figures(one_set: _Set, *, system: str, suffix: str) -> list[Figure]:
    scores, labels, groups = one_set.scores[system], one_set.labels, one_set.groups
    return [
        _figure(AREA + suffix, partial(one_set.value, AREA, system), groups, system=system),
        _figure(BALANCED + suffix, partial(one_set.value, BALANCED, system), groups, system=system),
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
    judged = [ask_judge(context.judge, p.claim, p.passages, votes=context.votes) for p in pairs]
    said = report_on(judged, [p.supported for p in pairs])
    verdicts = [
        SCORER.unscored(RIGHT, p.id, "no readable majority", system="judge", group=p.group)
        if j.verdict is None
        else _verdict(p, j.share or 0.0, yes=j.verdict, system="judge", measure=RIGHT)
        for p, j in zip(pairs, judged, strict=True)
    ]
    spread = round(said.split / len(pairs), 4) if pairs else None
    note = f"{context.votes} votes on each pair; {said.unscored} pairs without a readable majority; {said.unreadable} unreadable votes"
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


def _means(results: Sequence[_Set]) -> list[Figure]:
    """Plain means over the public sets, each counting once whatever its size; intervals resample each set's passages by themselves."""
    public = [one for one in results if one.name != OWN and one.scores]
    if not public:
        return []
    suffix, systems = (
        ", mean of the public sets",
        [name for name in public[0].scores if all(name in one.scores for one in public)],
    )
    wanted: list[tuple[str, str, OfSet]] = [(name, system, _of(name, system)) for system in systems for name in (AREA, BALANCED)]
    if PRODUCT in systems:
        wanted.append((ALONE, PRODUCT, _of(ALONE, PRODUCT)))
        wanted += [(name, PRODUCT, partial(_above, measure=measure)) for name, measure in MARGINS.items()]
    return [_mean(f"{name}{suffix}", public, statistic, system=system) for name, system, statistic in wanted]


def _of(measure: str, system: str) -> OfSet:
    return lambda one, rows: one.value(measure, system, rows)


def _above(one: _Set, rows: np.ndarray, *, measure: str) -> float:
    return one.value(measure, PRODUCT, rows) - one.value(measure, DUMMIES[-1].name, rows)


def _mean(measure: str, sets: Sequence[_Set], statistic: OfSet, *, system: str = PRODUCT) -> Figure:
    value = float(np.mean([statistic(one, np.arange(len(one.groups))) for one in sets]))
    low, high = interval_of_mean([(partial(statistic, one), one.groups) for one in sets])
    return Figure(
        suite="checker",
        measure=measure,
        system=system,
        value=None if np.isnan(value) else round(value, 4),
        low=low,
        high=high,
        cases=sum(len(one.groups) for one in sets),
        varies=low != high,
        note=f"{len(sets)} sets, each counts once",
    )

"""Does the mission-washing check mark as people do? Owns: agreement beyond chance (kappa) overall and by tell, beside dummies.

Does not own: the check or the extracts (`cases/washing`). Kappa is Cohen's (1960) over three marks; intervals draw whole extracts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np

from assistant.index.embedder import Embedder
from assistant.index.onnx_model import cores
from assistant.instruments.assessment import CANNOT_TELL, Assessment, MarkResult
from assistant.instruments.literature import Literature
from assistant.instruments.own_document import OwnDocument
from assistant.instruments.washing.assess import assess_washing
from assistant.instruments.washing.spec import ABSENT, PRESENT, washing_spec
from assistant.library.library import Library
from evals.cases import SETS
from evals.context import ALL, Context
from evals.product import Asked
from evals.scoring import Scorer
from evals.statistics import interval_of
from evals.strategies import NOW, LabelledMark, StrategyCase, read_strategies, strategy_document
from evals.verdicts import PRODUCT, CaseVerdict, Figure, SuiteResult

VERSION = "1"
SCORER = Scorer("washing", VERSION)
KAPPA, RIGHT, EXACT, SAME = (
    "agreement with the labels (kappa)",
    "mark agrees with the label",
    "marks quote the document exactly",
    "quotes the labelled sentence",
)
NUMBERS = {PRESENT: 0, ABSENT: 1, CANNOT_TELL: 2}
LABELS_NOTE = "two readers labelled them apart; both are language models of one family, so two people would agree less"


def asks(_context: Context) -> list[Asked]:
    """Nothing is asked."""
    return []


def run(context: Context) -> SuiteResult:
    """Check every extract, and set its marks beside the labels and beside dummies'."""
    cases = strategies_of(context)
    if not cases:
        return SuiteResult()
    check = context.washing or _product(context.product.library)
    tells = [tell.id for tell in washing_spec().tells]
    marked = {
        case.id: {m.criterion: m for m in assessment.marks}
        for (_, case, _), assessment in zip(cases, _checked(check, [document for *_, document in cases]), strict=True)
    }
    labels = [[NUMBERS[case.label(tell).mark] for tell in tells] for _, case, _ in cases]
    said = {
        PRODUCT: [[NUMBERS[marked[case.id][tell].mark] for tell in tells] for _, case, _ in cases],
        **_dummies(len(cases), tells),
    }
    figures = [figure for system, marks in said.items() for figure in _figures(system, np.array(labels), np.array(marks), tells)]
    verdicts = [v for _, case, document in cases for v in _verdicts(case, document, marked[case.id], tells)]
    return SuiteResult(verdicts=verdicts, figures=[*figures, *_labels_agree([case for _, case, _ in cases], tells)])


def _checked(check: Callable[[OwnDocument], Assessment], documents: Sequence[OwnDocument]) -> list[Assessment]:
    """Each document checked, as many at once as there are cores; the first alone, since it reads what all need."""
    with ThreadPoolExecutor(cores()) as pool:
        return [check(documents[0]), *pool.map(check, documents[1:])]


def strategies_of(context: Context) -> list[tuple[str, StrategyCase, OwnDocument]]:
    """The extracts of the sets in use, with their set; of a quick run some, spread evenly over the kinds."""
    sets = SETS if context.plan.set_name == ALL else tuple(name for name in SETS if name == context.plan.set_name)
    found = [(name, case) for name in sets for case in read_strategies(name)]
    step = -(-len(found) // context.plan.most) if context.plan.most else 1
    return [(name, case, strategy_document(name, case.id)) for name, case in found[::step]]


def _product(library: Library) -> Callable[[OwnDocument], Assessment]:
    literature, embedder = Literature(library), _embedder()
    return lambda document: assess_washing(document, literature, embedder, now=NOW)


@lru_cache(maxsize=1)
def _embedder() -> Embedder:
    return Embedder(threads=1)


def _dummies(count: int, tells: Sequence[str]) -> dict[str, list[list[int]]]:
    """What can be said without reading: one mark for all, and each tell's commonest mark of the development labels."""
    known = read_strategies("dev")
    common = [Counter(case.label(tell).mark for case in known).most_common(1)[0][0] for tell in tells]
    rows = {"all present": [PRESENT] * len(tells), "all absent": [ABSENT] * len(tells), "commonest mark": common}
    return {name: [[NUMBERS[mark] for mark in row]] * count for name, row in rows.items()}


def kappa_of_marks(labels: np.ndarray, marks: np.ndarray) -> float:
    """Cohen's kappa over all cells of two tables of marks; nan where chance alone would agree fully."""
    shares = [(float((labels == n).mean()), float((marks == n).mean())) for n in NUMBERS.values()]
    chance = sum(a * b for a, b in shares)
    return float("nan") if chance == 1 else (float((labels == marks).mean()) - chance) / (1 - chance)


def _figures(system: str, labels: np.ndarray, marks: np.ndarray, tells: Sequence[str]) -> list[Figure]:
    whole = [_figure(system, "", labels, marks)]
    return whole + [_figure(system, f"tell: {tell}", labels[:, [n]], marks[:, [n]]) for n, tell in enumerate(tells)]


def _figure(system: str, part: str, labels: np.ndarray, marks: np.ndarray) -> Figure:
    value = kappa_of_marks(labels, marks)
    low, high = interval_of(lambda rows: kappa_of_marks(labels[rows], marks[rows]), [str(n) for n in range(len(labels))])
    shown = None if np.isnan(value) else round(value, 4)
    return Figure(
        suite="washing",
        measure=KAPPA,
        system=system,
        part=part,
        value=shown,
        low=low,
        high=high,
        cases=labels.size,
        varies=low != high,
    )


def _labels_agree(cases: Sequence[StrategyCase], tells: Sequence[str]) -> list[Figure]:
    twice = [case for case in cases if case.second is not None]
    if not twice:
        return []
    first, second = (np.array([[NUMBERS[c.given(t, second=s).mark] for t in tells] for c in twice]) for s in (False, True))
    value = round(kappa_of_marks(first, second), 4)
    measure = "agreement of the two labels (kappa)"
    return [Figure(suite="washing", measure=measure, value=value, cases=first.size, note=LABELS_NOTE)]


def _verdicts(case: StrategyCase, document: OwnDocument, marks: dict[str, MarkResult], tells: Sequence[str]) -> list[CaseVerdict]:
    found: list[CaseVerdict] = []
    for tell in tells:
        mark, label = marks[tell], case.label(tell)
        where, tags = f"{case.id}.{tell}", {"tell": tell, "kind": case.kind}
        right = mark.mark == label.mark
        quoted = mark.quotes[0].text if mark.quotes else "nothing"
        reason = f"marked {mark.mark} on “{quoted}”; labelled {label.mark} on “{label.quote or 'nothing'}”"
        found.append(SCORER.say(RIGHT, where, ok=right, group=case.id, reason=reason, tags=tags))
        if mark.mark != CANNOT_TELL:
            exact = bool(mark.quotes) and all(document.holds(quote) for quote in mark.quotes)
            found.append(SCORER.say(EXACT, where, ok=exact, group=case.id, reason=reason))
            found.append(SCORER.say(EXACT, where, ok=False, group=case.id, system="all present"))  # a mark without a quote
            if right:
                found.append(SCORER.say(SAME, where, ok=_shares(mark, label), group=case.id, reason=reason))
    return found


def _shares(mark: MarkResult, label: LabelledMark) -> bool:
    """Whether one of the quotes holds the labelled sentence, or is a part of it."""
    wanted = " ".join(label.quote.split())
    texts = [" ".join(quote.text.split()) for quote in mark.quotes]
    return any(wanted in text or text in wanted for text in texts)

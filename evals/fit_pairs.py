"""Fits the score of `adviser check --pairs` and reports what it reaches. Owns: the fit and its table of sets left out.

Does not own: the features or the score.

python -m evals.fit_pairs --data ../shared/data [--rows N] [--write]

Each set is left out in turn: weights and threshold come from the other sets, figures from the one left out. The published weights
are fitted on all sets. Every set weighs the same, and within it supported and unsupported claims weigh the same; each set has an
intercept of its own whose mean is kept. What turns a meaning always costs at least FLOOR, whatever the sets say. The ridge is strong
and the features few: on sets left out, more of either gained nothing.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.draft.pair_reading import BY_MEANING, BY_WORDS, LOSSES, NAMES, TURNS, read_pairs, turned
from assistant.draft.pair_score import PAIR_VERSION, TURNED_COST, WEIGHTS_FILE
from assistant.index.token_vectors import TokenModel
from evals.checkers import containment
from evals.fit_support import Fit, Rows, auroc, balanced, interval
from evals.public.rows import rows, sample

RIDGE = 0.11
FLOOR = 0.3
STEPS = 600
BATCH = 64
MISSED = 0.15  # share of supported claims that may fall below the score from which a claim is partly borne out


def read_set(path: Path, most: int, reader: TokenModel) -> Rows:
    """At most `most` rows of a set, the same ones every time."""
    taken = sample(rows(path), most)
    found = [
        each.row
        for at in range(0, len(taken), BATCH)
        for each in read_pairs([(row["claim"], row["passages"]) for row in taken[at : at + BATCH]], reader)
    ]
    contained = [containment(row["claim"], row["passages"]) for row in taken]
    return Rows(path.stem, np.array(found), np.array(contained), np.array([bool(row["supported"]) for row in taken]), NAMES)


def _bounds(spread: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of the scaled weights: words and meaning never count against a claim, losses never for it, a turn costs FLOOR or more."""
    low = np.array([0.0 if name in {*BY_WORDS, *BY_MEANING} else -np.inf for name in NAMES])
    high = np.array(
        [-FLOOR * wide if name in TURNS else 0.0 if name in LOSSES else np.inf for name, wide in zip(NAMES, spread, strict=True)]
    )
    return low, high


def fit(sets: Sequence[Rows]) -> Fit:
    """Logistic regression within bounds, by projected gradient steps, an intercept a set; the mean intercept is kept."""
    count = len(sets)
    every = np.vstack([each.features for each in sets])
    centre, spread = every.mean(axis=0), every.std(axis=0) + 1e-9
    member = np.repeat(np.arange(count), [len(each.supported) for each in sets])
    design = np.hstack([(every - centre) / spread, np.eye(count)[member]])
    target = np.concatenate([each.supported for each in sets]).astype(float)
    share = np.concatenate([np.where(s.supported, 0.5 / s.supported.sum(), 0.5 / (~s.supported).sum()) for s in sets]) / count
    low, high = (np.append(bound, np.full(count, side)) for bound, side in zip(_bounds(spread), (-np.inf, np.inf), strict=True))
    ridge = np.append(np.full(len(NAMES), RIDGE), np.zeros(count))
    step = 1 / (0.25 * float(np.linalg.eigvalsh((design * share[:, None]).T @ design)[-1]) + RIDGE)
    at = np.clip(np.zeros(design.shape[1]), low, high)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(design @ at)))
        at = np.clip(at - step * (design.T @ (share * (chance - target)) + ridge * at), low, high)
    weights = at[:-count] / spread
    return Fit(weights, float(at[-count:].mean() - centre @ weights))


def shown(fitted: Fit, rows_: np.ndarray) -> np.ndarray:
    """The score of rows of features, but for the rule that a turned claim is never supported."""
    return np.asarray(1 / (1 + np.exp(TURNED_COST * turned(rows_) - fitted.score(rows_))))


def leave_one_out(sets: Sequence[Rows]) -> list[dict[str, float | str]]:
    """A line a set: AUROC and balanced accuracy of the score and of containment, both with thresholds from the other sets."""
    table: list[dict[str, float | str]] = []
    for left in sets:
        others = [each for each in sets if each is not left]
        fitted, truths = fit(others), [each.supported for each in others]
        cut = best_threshold([shown(fitted, each.features) for each in others], truths)
        plain_cut = best_threshold([each.containment for each in others], truths)
        score = shown(fitted, left.features)
        table.append({
            "set": left.name, "rows": len(score), "auroc": auroc(score, left.supported), "balanced": balanced(score, left.supported, cut),
            "containment_auroc": auroc(left.containment, left.supported),
            "containment_balanced": balanced(left.containment, left.supported, plain_cut),
        })  # fmt: skip
    return table


def show(table: Sequence[dict[str, float | str]]) -> None:
    """Prints the table, with means over sets and their intervals."""
    columns = ("auroc", "balanced", "containment_auroc", "containment_balanced")
    print(f"{'set':24}{'rows':>7}" + "".join(f"{c:>22}" for c in columns))
    for line in table:
        print(f"{line['set']:24}{line['rows']:>7}" + "".join(f"{line[c]:>22.3f}" for c in columns))
    for column in columns:
        values = [float(line[column]) for line in table]
        low, high = interval(values)
        print(f"mean {column}: {np.mean(values):.3f} (95 % interval over sets {low:.3f} to {high:.3f})")


def stored(sets: Sequence[Rows], table: Sequence[dict[str, float | str]]) -> dict[str, object]:
    """The fit on all sets as it is stored, with what it reached on those left out."""
    fitted = fit(sets)
    scores = [shown(fitted, each.features) for each in sets]
    supported = best_threshold(scores, [each.supported for each in sets])
    partly = float(np.mean([np.quantile(s[each.supported], MISSED) for s, each in zip(scores, sets, strict=True)]))
    return {
        "version": PAIR_VERSION,
        "provenance": {"script": "evals/fit_pairs.py", "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "floor": FLOOR, "ridge": RIDGE},
        "weights": {name: round(float(weight), 5) for name, weight in zip(NAMES, fitted.weights, strict=True)},
        "intercept": round(fitted.intercept, 5),
        "second": 1.0,
        "thresholds": {"supported": round(supported, 4), "partly": round(min(partly, supported), 4)},
        "sets": {each.name: len(each.supported) for each in sets},
        "left_out": [{k: round(v, 3) if isinstance(v, float) else v for k, v in line.items()} for line in table],
    }  # fmt: skip


def best_threshold(scores: Sequence[np.ndarray], truths: Sequence[np.ndarray]) -> float:
    """The threshold with the best mean balanced accuracy over sets."""
    tried = np.unique(np.quantile(np.concatenate(scores), np.linspace(0.01, 0.99, 99)))
    return float(max(tried, key=lambda t: np.mean([balanced(s, y, float(t)) for s, y in zip(scores, truths, strict=True)])))


def main() -> None:
    """Reads the sets, prints the table of sets left out, and with --write stores weights fitted on all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds grounding/*.jsonl")
    parser.add_argument("--rows", type=int, default=1200, help="rows taken of each set")
    parser.add_argument("--write", action="store_true", help=f"store the weights in {WEIGHTS_FILE.name}")
    arguments = parser.parse_args()
    reader = TokenModel()
    sets = [read_set(path, arguments.rows, reader) for path in sorted((arguments.data / "grounding").glob("*.jsonl"))]
    table = leave_one_out(sets)
    show(table)
    made = stored(sets, table)
    print(made["weights"], made["thresholds"])
    if arguments.write:
        WEIGHTS_FILE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

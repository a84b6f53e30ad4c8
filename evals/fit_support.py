"""Fits the weights of the support score and reports what it reaches. Owns: the fit and its table.

Does not own: the features or the score.

python -m evals.fit_support --data ../shared/data [--near N] [--write]

Each set is left out in turn: weights and threshold come from the other sets, figures from the one left out. The published
weights are then fitted on all sets. Every set weighs the same, and within it supported and unsupported claims weigh the same;
each set has an intercept of its own, whose mean is kept, because sets differ in how much a claim repeats its passages. A second
fit, on at most --near rows a set, adds how near claim and spans lie in meaning; the product decides by it.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.grounding.nearness import NEAR, compared, from_vectors
from assistant.grounding.support import BY_MEANING, BY_WORDS, SUPPORT_VERSION, WEIGHTS_FILE
from assistant.grounding.support_features import AGAINST, FOR, NAMES, TURNS, features, lay
from assistant.grounding.support_reading import plain
from assistant.index.embedder import Embedder
from assistant.text.words import stems

FLOOR = 0.3  # the least that each turn of meaning must cost, in log odds, whatever the sets say: a changed hedge must always tell
RIDGE = 0.02
STEPS = 500
BOOTSTRAPS = 2000
SEED = 20251125


@dataclass(frozen=True)
class Rows:
    """One set: a feature row each, the containment of the claim's content stems, whether it is supported."""

    name: str
    features: np.ndarray
    containment: np.ndarray
    supported: np.ndarray
    names: tuple[str, ...] = NAMES


@dataclass(frozen=True)
class Fit:
    """Weights in the order of a set's names, and the intercept."""

    weights: np.ndarray
    intercept: float

    def score(self, rows: np.ndarray) -> np.ndarray:
        """Log odds of support."""
        return np.asarray(rows @ self.weights + self.intercept)


def _row(line: str) -> tuple[list[float], float, bool]:
    row = json.loads(line)
    said, held = stems(row["claim"]), set[str]().union(*(stems(p) for p in row["passages"]))
    return features(row["claim"], row["passages"]).tolist(), len(said & held) / max(len(said), 1), bool(row["supported"])


def read_sets(folder: Path) -> list[Rows]:
    """Every set of the folder, in order of name."""
    sets = []
    with ProcessPoolExecutor() as pool:
        for path in sorted(folder.glob("*.jsonl")):
            rows = list(pool.map(_row, path.read_text(encoding="utf-8").splitlines(), chunksize=64))
            sets.append(
                Rows(path.stem, np.array([r[0] for r in rows]), np.array([r[1] for r in rows]), np.array([r[2] for r in rows]))
            )
    return sets


def with_nearness(sets: Sequence[Rows], folder: Path, most: int) -> list[Rows]:
    """At most `most` rows of each set, drawn at random, with the nearness of claim and spans as further features."""
    embedder = Embedder()
    draw = np.random.default_rng(SEED)
    smaller = []
    for one in sets:
        lines = (folder / f"{one.name}.jsonl").read_text(encoding="utf-8").splitlines()
        chosen = np.sort(draw.choice(len(lines), min(most, len(lines)), replace=False))
        with ProcessPoolExecutor() as pool:
            texts = list(pool.map(_compared, [lines[index] for index in chosen], chunksize=64))
        every = list(dict.fromkeys(text for line in texts for text in line))
        vectors = dict(zip(every, embedder.embed(every), strict=True))
        near = np.array(
            [from_vectors(np.array([vectors[text] for text in line])) if len(line) > 1 else np.zeros(len(NEAR)) for line in texts]
        )
        rows = np.hstack([one.features[chosen], near])
        smaller.append(Rows(one.name, rows, one.containment[chosen], one.supported[chosen], (*NAMES, *NEAR)))
    return smaller


def _compared(line: str) -> list[str]:
    row = json.loads(line)
    return [plain(row["claim"]), *compared(row["claim"], lay(row["claim"], row["passages"]))]


def _bounds(names: Sequence[str], spread: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of the scaled weights:

    what speaks for a claim is never below zero, what speaks against it never above, a turn at most -FLOOR.
    """
    low = np.array([0.0 if name in FOR or name in NEAR else -np.inf for name in names])
    high = np.array(
        [-FLOOR * wide if name in TURNS else 0.0 if name in AGAINST else np.inf for name, wide in zip(names, spread, strict=True)]
    )
    return low, high


def fit(sets: Sequence[Rows]) -> Fit:
    """Logistic regression within bounds, by projected Nesterov steps, an intercept a set; the mean intercept is kept."""
    names, count = sets[0].names, len(sets)
    rows = np.vstack([s.features for s in sets])
    spread = rows.std(axis=0) + 1e-9
    member = np.repeat(np.arange(count), [len(s.supported) for s in sets])
    design = np.hstack([rows / spread, np.eye(count)[member] * count**0.5])
    target = np.concatenate([s.supported for s in sets]).astype(float)
    share = np.concatenate([np.where(s.supported, 0.5 / s.supported.sum(), 0.5 / (~s.supported).sum()) for s in sets]) / count
    low, high = (
        np.append(bound, np.full(count, side)) for bound, side in zip(_bounds(names, spread), (-np.inf, np.inf), strict=True)
    )
    ridge = RIDGE / len(names) * np.append(np.ones(len(names)), np.zeros(count))
    step = 1 / (0.25 * float(np.linalg.eigvalsh((design * share[:, None]).T @ design)[-1]) + RIDGE)
    at = ahead = np.clip(np.zeros(design.shape[1]), low, high)
    for turn in range(STEPS):
        chance = 1 / (1 + np.exp(-(design @ ahead)))
        after = np.clip(ahead - step * (design.T @ (share * (chance - target)) + ridge * ahead), low, high)
        ahead = after + turn / (turn + 3) * (after - at)
        at = after
    return Fit(at[:-count] / spread, float(at[-count:].mean()) * count**0.5)


def auroc(score: np.ndarray, supported: np.ndarray) -> float:
    """Chance that a supported claim scores above an unsupported one, ties half (Mann-Whitney)."""
    values, places, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    positive = int(supported.sum())
    return float((ranks[supported].sum() - positive * (positive + 1) / 2) / (positive * (len(values[places]) - positive)))


def balanced(score: np.ndarray, supported: np.ndarray, threshold: float) -> float:
    """Mean of the shares of supported claims at or above the threshold and of unsupported ones below it."""
    return float(((score[supported] >= threshold).mean() + (score[~supported] < threshold).mean()) / 2)


def threshold_of(scores: Sequence[np.ndarray], truths: Sequence[np.ndarray]) -> float:
    """Halfway between the mean score of supported and of unsupported claims, taken as the mean of the sets' own such middles.

    It moves little with any single set, where the threshold of the best balanced accuracy follows a few rows.
    """
    return float(np.mean([(score[truth].mean() + score[~truth].mean()) / 2 for score, truth in zip(scores, truths, strict=True)]))


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95 % bootstrap interval of the mean over sets."""
    draws = np.random.default_rng(SEED).choice(np.array(values), (BOOTSTRAPS, len(values))).mean(axis=1)
    return float(np.quantile(draws, 0.025)), float(np.quantile(draws, 0.975))


def leave_one_out(sets: Sequence[Rows]) -> list[dict[str, float | str]]:
    """A line a set: AUROC and balanced accuracy of the score and of containment, both with thresholds from the other sets (`threshold_of`)."""
    table: list[dict[str, float | str]] = []
    for left in sets:
        others = [s for s in sets if s is not left]
        fitted = fit(others)
        truths = [s.supported for s in others]
        cut = threshold_of([fitted.score(s.features) for s in others], truths)
        plain_cut = threshold_of([s.containment for s in others], truths)
        score = fitted.score(left.features)
        table.append({
            "set": left.name, "rows": len(score), "auroc": auroc(score, left.supported), "balanced": balanced(score,
            left.supported, cut),
            "containment_auroc": auroc(left.containment, left.supported), "containment_balanced": balanced(left.containment,
            left.supported, plain_cut),
            "always_yes": 0.5,
        })  # fmt: skip
    return table


def show(table: Sequence[dict[str, float | str]]) -> None:
    """Prints the table, with means over sets and their intervals."""
    columns = ("auroc", "balanced", "containment_auroc", "containment_balanced", "always_yes")
    print(f"{'set':24}{'rows':>7}" + "".join(f"{c:>22}" for c in columns))
    for line in table:
        print(f"{line['set']:24}{line['rows']:>7}" + "".join(f"{line[c]:>22.3f}" for c in columns))
    for column in columns:
        _mean(column, [float(line[column]) for line in table])
    for column in ("auroc", "balanced"):
        _mean(f"{column} above containment", [float(line[column]) - float(line[f"containment_{column}"]) for line in table])


def _mean(what: str, values: Sequence[float]) -> None:
    low, high = interval(values)
    print(f"mean {what}: {np.mean(values):.3f} (95 % interval over sets {low:.3f} to {high:.3f})")


def stored(fitted: Fit, sets: Sequence[Rows], table: Sequence[dict[str, float | str]]) -> dict[str, object]:
    """One fit as it is stored: weights, threshold, the sets it rests on and what it reached on those left out."""
    odds = threshold_of([fitted.score(s.features) for s in sets], [s.supported for s in sets])
    threshold = float(1 / (1 + np.exp(-odds)))
    return {
        "weights": {name: round(float(weight), 5) for name, weight in zip(sets[0].names, fitted.weights, strict=True)},
        "intercept": round(fitted.intercept, 5),
        "threshold": round(threshold, 3),
        "sets": {s.name: len(s.supported) for s in sets},
        "left_out": [{k: round(v, 3) if isinstance(v, float) else v for k, v in line.items()} for line in table],
    }


def main() -> None:
    """Reads the sets, prints the tables of sets left out, and with --write stores weights fitted on all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds grounding/*.jsonl")
    parser.add_argument("--near", type=int, default=2000, help="rows a set, at most, for the fit by words and meaning")
    parser.add_argument("--write", action="store_true", help=f"store the weights in {WEIGHTS_FILE}")
    arguments = parser.parse_args()
    folder = arguments.data / "grounding"
    sets = read_sets(folder)
    made: dict[str, object] = {
        "version": SUPPORT_VERSION,
        "provenance": {"script": "evals/fit_support.py", "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "seed": SEED, "floor": FLOOR, "ridge": RIDGE},
    }  # fmt: skip
    for name, used in ((BY_MEANING, with_nearness(sets, folder, arguments.near)), (BY_WORDS, sets)):
        print(f"\n{name}")
        table = leave_one_out(used)
        show(table)
        fitted = fit(used)
        print({feature: round(float(weight), 2) for feature, weight in zip(used[0].names, fitted.weights, strict=True)})
        made[name] = stored(fitted, used, table)
    if arguments.write:
        WEIGHTS_FILE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

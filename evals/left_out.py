"""How the support score does on a set that its fit has not seen. Owns: reading the record that the fit keeps of each set left out.

Does not own: the fit (`evals/fit_support.py`), which leaves out one public set at a time, fits weights and threshold on the others, and
measures on the one left out. The score's own figures on those sets are beside it: they flatter it, for it was fitted on them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.statistics import RESAMPLES, SEED
from evals.verdicts import PRODUCT, Figure

MEASURES = {"AUROC": ("auroc", "containment_auroc"), "balanced accuracy": ("balanced", "containment_balanced")}
OTHER = "containment of words, threshold from the other sets"
NOT_KEPT = "this fit keeps no record of sets left out"


def left_out(weights: Path | None = None) -> list[Figure]:
    """AUROC and balanced accuracy on each set left out, their means, and the margins over containment, with intervals over sets."""
    table = _table(weights)
    if not table:
        return [
            Figure(suite="checker", measure=f"{name}, set left out of the fit", value=None, note=NOT_KEPT) for name in MEASURES
        ]
    found = []
    for name, (mine, theirs) in MEASURES.items():
        for line in table:
            measure, rows = f"{name}, {line['set']} left out of the fit", int(line["rows"])
            found.append(_figure(measure, float(line[mine]), rows))
            found.append(_figure(measure, float(line[theirs]), rows, system=OTHER))
        measure = f"{name}, mean of the sets left out of the fit"
        ours, other = (np.array([float(line[key]) for line in table]) for key in (mine, theirs))
        found += [
            _mean(measure, ours),
            _mean(measure, other, system=OTHER),
            _mean(f"{name} above containment, sets left out", ours - other),
        ]
    return found


def _table(weights: Path | None) -> Sequence[Mapping[str, Any]]:
    from assistant.grounding.support import BY_MEANING, WEIGHTS_FILE

    stored = json.loads((weights or WEIGHTS_FILE).read_text("utf-8"))
    table: Sequence[Mapping[str, Any]] = stored.get(BY_MEANING, {}).get("left_out", ())
    return table


def _figure(measure: str, value: float, rows: int, *, system: str = PRODUCT) -> Figure:
    note = "from the fit's own record"
    return Figure(suite="checker", measure=measure, system=system, value=round(value, 4), cases=rows, varies=True, note=note)


def _mean(measure: str, values: np.ndarray, *, system: str = PRODUCT) -> Figure:
    drawn = np.random.default_rng(SEED).choice(values, (RESAMPLES, len(values))).mean(axis=1)
    low, high = (round(float(end), 4) for end in np.percentile(drawn, [2.5, 97.5]))
    return Figure(
        suite="checker",
        measure=measure,
        system=system,
        value=round(float(values.mean()), 4),
        low=low,
        high=high,
        cases=len(values),
        varies=True,
        note="from the fit's own record; the interval resamples sets",
    )

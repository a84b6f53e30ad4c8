"""How questions are moved towards the statements that answer them. Owns: applying a small learned map to a question's vector.

Does not own: learning it (`evals/fit_retrieval.py`, from the questions under `evals/cases/train_*`). A question q becomes the unit vector
of q + (q A) B, with A (384, r) and B (r, 384). It was learned on statements of the packaged library and is used for those only; passages of
ingested originals are compared with the question's own vector.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

WEIGHTS = Path(__file__).parent / "learned" / "query_adapter.npz"


def adapt(vector: np.ndarray) -> np.ndarray:
    """The adapted unit vector of a question's unit vector: float32, shape (dimension,)."""
    down, up = _weights()
    moved = vector + (vector @ down) @ up
    return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)


@lru_cache(maxsize=1)
def _weights() -> tuple[np.ndarray, np.ndarray]:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return stored["down"].astype(np.float32), stored["up"].astype(np.float32)

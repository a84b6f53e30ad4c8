"""Public sentence–passage pairs with human labels. Owns: turning `grounding/*.jsonl` into pairs. Does not own: scoring them."""

from __future__ import annotations

import hashlib

from assistant.errors import InputError
from evals.context import Plan
from evals.public.rows import rows, sample

PairRow = tuple[str, str, str, tuple[str, ...], bool, str, str]


def public_pairs(plan: Plan) -> list[PairRow]:
    """(id, set, claim, passages, supported, group, kind) of a sample of every set in the folder. Raises InputError when there is
    none.
    """
    assert plan.data is not None
    folder = plan.data / "grounding"
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError(
            f"There is no grounding/*.jsonl under {plan.data}. Give the folder that holds grounding/, retrieval/ and the others."
        )
    found: list[PairRow] = []
    for path in files:
        for row in sample(rows(path), plan.sample):
            passages = tuple(row["passages"])
            group = hashlib.sha256("\n".join(passages).encode()).hexdigest()[:16]
            found.append((row["id"], path.stem, row["claim"], passages, bool(row["supported"]), group, ""))
    return found

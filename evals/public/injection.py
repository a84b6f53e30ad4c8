"""Public hidden instructions (BIPIA's text attacks). Owns: putting each into one of our own carrier documents. Does not own:
judging answers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from evals.cases import InjectionCase
from evals.context import Plan


def public_payloads(plan: Plan, carriers: Sequence[InjectionCase]) -> list[InjectionCase]:
    """One case for each carrier: the public instructions in turn, of which each carrier holds one. The instruction itself is the
    canary.
    """
    assert plan.data is not None
    path = plan.data / "injection" / "bipia-text-attack-train.json"
    if not path.exists() or not carriers:
        return []
    payloads = [text for kind in json.loads(path.read_text("utf-8")).values() for text in kind]
    return [
        carrier.model_copy(update={"id": f"bipia-{number:03d}", "payload": payload, "canary": payload})
        for number, payload in enumerate(payloads[: plan.sample], start=1)
        for carrier in [carriers[number % len(carriers)]]
    ]

"""What says how well passages support a sentence. Owns: finding the product's own support score, the dummies beside it. Does not
own: the score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from assistant.grounding.gate import check
from assistant.text.words import stems

Score = Callable[[str, Sequence[str]], float]
MODULE = "assistant.grounding.support"
CONTAINED = 0.6


@dataclass(frozen=True)
class Checker:
    """A support score from 0 to 1 with the score from which it says yes. `gated`: the deterministic gate has a veto, as in the
    product.
    """

    name: str
    score: Score
    threshold: float
    gated: bool = False

    def supports(self, claim: str, spans: Sequence[str], score: float) -> bool:
        """Whether a sentence with this score counts as supported."""
        return score >= self.threshold and not (self.gated and check(claim, spans))


def product_checker() -> Checker | None:
    """The product's own support score with its own threshold; None in a version that has none."""
    if find_spec(MODULE) is None:
        return None
    module = import_module(MODULE)
    if not Path(module.WEIGHTS_FILE).exists():
        return None
    return Checker(f"support-{module.SUPPORT_VERSION}", module.support, float(module.weights().threshold), gated=True)


def containment(claim: str, spans: Sequence[str]) -> float:
    """The share of the claim's content stems that stand in the passages."""
    asked = stems(claim)
    held = set().union(*(stems(span) for span in spans)) if spans else set()
    return len(asked & held) / len(asked) if asked else 0.0


DUMMIES = (
    Checker("always supported", lambda _claim, _spans: 1.0, 0.5),
    Checker("always unsupported", lambda _claim, _spans: 0.0, 0.5),
    Checker("containment of words ≥ 0.6", containment, CONTAINED),
)

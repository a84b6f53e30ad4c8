"""What says how well passages support a sentence. Owns: finding the product's own support score, the dummies beside it. Does not
own: the score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from assistant.grounding.gate import check
from assistant.index.embedder import Embedder
from assistant.text.words import stems

Score = Callable[[str, Sequence[str]], float]
Veto = Callable[[str, Sequence[str]], bool]
MEANING = "assistant.grounding.meaning"
CONTAINED = 0.6


def _none(_claim: str, _spans: Sequence[str]) -> bool:
    return False


@dataclass(frozen=True)
class Checker:
    """A support score from 0 to 1 with the score from which it says yes. `veto`: hard rules that refuse whatever the score is."""

    name: str
    score: Score
    threshold: float
    veto: Veto = _none

    def supports(self, claim: str, spans: Sequence[str], score: float) -> bool:
        """Whether a sentence with this score counts as supported."""
        return score >= self.threshold and not self.veto(claim, spans)


def gate_veto(claim: str, spans: Sequence[str]) -> bool:
    """The deterministic gate alone."""
    return bool(check(claim, spans))


def product_checker(embedder: Embedder | None = None) -> Checker | None:
    """The product's own rules together, as they decide on a reworded sentence; None in a version that has no support score.

    A sentence is refused by the gate over all spans, by a change of meaning against every single span, or by its score.
    """
    if find_spec(MEANING) is None:
        return None
    meaning = import_module(MEANING)
    score = meaning.SupportScore(embedder or Embedder())

    def veto(claim: str, spans: Sequence[str]) -> bool:
        return gate_veto(claim, spans) or all(meaning.changes_of_meaning(claim, span) for span in spans)

    return Checker(f"{meaning.MEANING_VERSION}+support-{meaning.SUPPORT_VERSION}", score, score.threshold, veto)


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

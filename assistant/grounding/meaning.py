"""Whether a reworded sentence still means what its span says. Owns: the rules together, and the grounder that holds
model-written sentences
to them. Does not own: the rules themselves.

A sentence that is not its span word for word has to pass the gate, keep its meaning by rule (`shifts`, `novelty`) and
reach the support
score's threshold. Any one of them refuses alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.grounding.ground import Grounder
from assistant.grounding.nearness import Embeds
from assistant.grounding.novelty import NOVELTY_VERSION, new_clauses
from assistant.grounding.shifts import SHIFTS_VERSION, shifts
from assistant.grounding.support import SUPPORT_VERSION, SupportScore
from assistant.nouns import Evidence

MEANING_VERSION = f"shifts-{SHIFTS_VERSION}+novelty-{NOVELTY_VERSION}"


def changes_of_meaning(claim: str, span: str) -> list[str]:
    """What the claim says otherwise than one span does, or beyond it, in words fit for a receipt; empty when nothing is."""
    return [*shifts(claim, span), *(f"brings in: {words}" for words in new_clauses(claim, span))]


def strict_grounder(shown: Mapping[str, Evidence], embedder: Embeds) -> Grounder:
    """The grounder for sentences that may be in other words than their source."""
    score = SupportScore(embedder)
    return Grounder(
        shown,
        scorer=score,
        threshold=score.threshold,
        changes=changes_of_meaning,
        scorer_name=f"{MEANING_VERSION}+support-{SUPPORT_VERSION}",
    )

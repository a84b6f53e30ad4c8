"""The words of cited spans that a claim is held against by the entailment model. Owns: which sentences, in which order.

Does not own: the model, or the features. The best window, and every other sentence that holds a fair share of the claim, in the order of
the text: what has nothing to do with the claim changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.grounding.support_features import RELATED, Laid, lay, window_of
from assistant.grounding.support_reading import plain

MOST_WORDS = 130  # about 170 word pieces


def related_words(claim: str, spans: Sequence[str]) -> str:
    """Plain words of the spans' sentences that are about the claim, at most MOST_WORDS of them; "" where none is."""
    lines = lay(claim, spans)
    best = window_of(claim, lines)
    if best is None:
        return ""
    kept = {id(one) for one in best.laid}
    room = MOST_WORDS - sum(_length(one) for one in best.laid)
    others = [one for line in lines for one in line if id(one) not in kept and one.share >= RELATED]
    for one in sorted(others, key=lambda each: -each.share):
        if _length(one) > room:
            break
        kept.add(id(one))
        room -= _length(one)
    chosen = [one.part.text for line in lines for one in line if id(one) in kept]
    return " ".join(" ".join(dict.fromkeys(chosen)).split()[: 2 * MOST_WORDS])


def claim_words(claim: str) -> str:
    """The claim as the model reads it."""
    return " ".join(plain(claim).split()[:MOST_WORDS])


def _length(one: Laid) -> int:
    return len(one.part.text.split())

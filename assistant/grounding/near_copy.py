"""A claim that is its span's sentence almost word for word. Owns: whether it left out or put in a word that denies.

Does not own: paraphrases; where other words change too, `negation` judges by what stands under a denial.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.grounding.negation import polarity
from assistant.text.folding import fold

NEARLY = 0.85  # share of both texts' words that they must have in common
_SENTENCE_END = re.compile(r"(?<=[.!?;])[\"')\]]*\s+")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_DENIALS = frozenset({"not", "no", "never", "none", "neither", "nor", "without", "nobody", "nothing"})


def miscounted_denials(claim: str, spans: Sequence[str]) -> bool:
    """Whether the claim is nearly a sentence of its spans but holds another number of denials, of whatever reach."""
    said = _words(claim)
    parts = {part for span in spans for part in (span, *_SENTENCE_END.split(span)) if part.strip()}
    alike, nearest = max((_alike(said, _words(part)), part) for part in parts)
    if alike < NEARLY:
        return False
    ours, theirs = _denials(said), _denials(_words(nearest))
    return ours != theirs and ours + polarity(claim).hedges != theirs + polarity(nearest).hedges


def _words(text: str) -> Counter[str]:
    return Counter(
        _WORD.findall(
            fold(text)
            .replace("whether or not", "whether")
            .replace("can't", "can not")
            .replace("cannot", "can not")
            .replace("n't", " not")
        )
    )


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Dice overlap of the words that deny nothing."""
    left, right = (Counter({w: n for w, n in c.items() if w not in _DENIALS}) for c in (one, other))
    total = sum(left.values()) + sum(right.values())
    return 2 * sum((left & right).values()) / total if total else 0.0


def _denials(words: Counter[str]) -> int:
    return sum(count for word, count in words.items() if word in _DENIALS)

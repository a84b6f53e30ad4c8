"""What a sentence brings in that its source has nothing of. Owns: clauses made mostly of new words. Does not own:
whether known words are put together rightly.

A word is known when the source has it, a word of the same root, or (where the embedding model is given) one of near
meaning. Words that
could stand in any sentence count neither way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.grounding.shift_reading import Reading, read
from assistant.grounding.shift_words import ADDING, CUTS, LIGHT

NOVELTY_VERSION = "1"
ROOT = 5  # letters that two words of one root share
FEWEST_NEW = 2  # new words in a clause
MOST_NEW = 0.6  # their share of its words that say something
MOST_NEW_IN_ALL = 0.5
Nearness = Callable[[Sequence[str], Sequence[str]], list[float]]
NEAR = 0.5  # cosine of two single words from which one may stand for the other


def new_clauses(claim_text: str, span_text: str, nearness: Nearness | None = None) -> list[str]:
    """Clauses of the claim that are mostly new, by their new words; empty when there are none."""
    claim, span = read(claim_text), read(span_text)
    roots = {s[:ROOT] for s in span.held if len(s) >= ROOT}
    found = []
    known = new_in_all = 0
    for words, added in _clauses(claim):
        telling = [(t, s) for t, s in words if s not in LIGHT and not t[0].isdigit()]
        new = [t for t, s in telling if s not in span.held and (len(s) < ROOT or s[:ROOT] not in roots)]
        if len(new) >= FEWEST_NEW and nearness is not None:
            near = nearness(new, _telling(span))
            new = [t for t, value in zip(new, near, strict=True) if value < NEAR]
        known, new_in_all = known + len(telling) - len(new), new_in_all + len(new)
        fewest = 1 if added and len(telling) <= 2 else FEWEST_NEW
        if len(new) >= fewest and len(new) >= (0.5 if added else MOST_NEW) * len(telling):
            found.append(" ".join(new))
    if new_in_all > MOST_NEW_IN_ALL * (known + new_in_all):
        found.append("most of it")
    return found


def _telling(span: Reading) -> list[str]:
    return [t for t, s, content in zip(span.tokens, span.stems, span.content, strict=True) if content and s not in LIGHT] or [
        "none"
    ]


def _clauses(claim: Reading) -> list[tuple[list[tuple[str, str]], bool]]:
    """Content words, cut where a clause may begin; and whether the clause was added on behind a comma and a joining word."""
    clauses: list[tuple[list[tuple[str, str]], bool]] = [([], False)]
    before = ""
    for token, s, content in zip(claim.tokens, claim.stems, claim.content, strict=True):
        if not token[0].isalnum() or token in CUTS:
            added = (before == "," and token in ADDING) or (not clauses[-1][0] and clauses[-1][1])
            clauses.append(([], added))
        elif content:
            clauses[-1][0].append((token, s))
        before = token
    return [clause for clause in clauses if clause[0]]

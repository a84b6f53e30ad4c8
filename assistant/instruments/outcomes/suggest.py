"""Measures to think of. Owns: choosing suggestions by the words of a goal. Does not own: the suggestions (data). Pure.

A suggestion names a measure and what the library says about it. It never fills in a figure.
"""

from __future__ import annotations

import re

from assistant.instruments.outcomes.rules import OutcomesSpec, Suggestion

MOST = 6


def suggest(words: str, spec: OutcomesSpec, *, most: int = MOST) -> list[Suggestion]:
    """Suggestions that share at least two topic words with the text (one, where it is short), most shared first, then in the data's order."""
    said = {_stem(word) for word in re.findall(r"[a-z]+", words.casefold())}
    shared = [(len(said & {_stem(topic) for topic in each.topics}), each) for each in spec.suggestions]
    needed = 2 if len(said) > 3 else 1
    ranked = sorted((pair for pair in shared if pair[0] >= needed), key=lambda pair: -pair[0])
    return [each for _, each in ranked[:most]]


def _stem(word: str) -> str:
    """A word without the plural's s and without -ing: heating and heat, homes and home are one."""
    bare = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return bare[:-3] if len(bare) > 6 and bare.endswith("ing") else bare

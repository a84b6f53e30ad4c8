"""Choosing the span that is quoted for a sentence. Owns: which words of a cited passage are put beside it, exactly.
Does not own: judging it.

A statement of the packaged library is quoted whole. In an original, the shortest run of whole sentences that holds
most of the sentence's
words and figures is taken: one sentence if it holds as much as any run does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.figures import covers, figures
from assistant.grounding.ground import Pointer
from assistant.nouns import Passage
from assistant.text.words import stems

LONGEST_RUN = 3  # sentences
LEAST_GAIN = 0.08  # what one more sentence must add to the share of words held


@dataclass(frozen=True)
class _Run:
    start: int
    end: int
    sentences: int


def choose_span(claim: str, passage: Passage, *, whole: bool) -> Pointer:
    """The exact span of `passage` to set beside `claim`. `whole`: the passage is one statement."""
    if whole or len(passage.sentences) < 2:
        return Pointer(passage.id, passage.text, 0)
    wanted, numbers = stems(claim), figures(claim)
    best, best_value = None, -1.0
    for run in _runs(tuple(passage.sentences)):
        text = passage.text[run.start : run.end]
        words = len(wanted & _stems(text)) / len(wanted) if wanted else 0.0
        held = figures(text) if numbers else []
        share = sum(any(covers(h, n) for h in held) for n in numbers) / len(numbers) if numbers else 1.0
        value = words + share - LEAST_GAIN * (run.sentences - 1)
        if value > best_value:
            best, best_value = run, value
    assert best is not None
    return Pointer(passage.id, passage.text[best.start : best.end], best.start)


def _runs(sentences: tuple[tuple[int, int], ...]) -> list[_Run]:
    return [
        _Run(sentences[at][0], sentences[at + length - 1][1], length)
        for length in range(1, LONGEST_RUN + 1)
        for at in range(len(sentences) - length + 1)
    ]


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(text))

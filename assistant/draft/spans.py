"""Which words of a passage a draft's sentence is held against. Owns: exact spans of found evidence, nearest in words first.

Does not own: judging. A span is one sentence of a passage, two neighbours, or a short passage whole; `passage.text[start:end]` is
what is quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.nouns import Evidence
from assistant.text.words import stems

SHORT = 4  # sentences of a passage that is also read whole
MOST = 8  # spans that are judged for one sentence
LONGEST = 1500  # characters of a span: a table without stops proves nothing about a sentence


@dataclass(frozen=True)
class Span:
    """Words of a passage. `context` is what the passage stands under: its source's title, place and organisation, its headings."""

    evidence: Evidence
    start: int
    end: int
    context: str

    @property
    def place(self) -> tuple[str, int, int]:
        """Its passage's id and its offsets: what tells two spans apart."""
        return self.evidence.passage.id, self.start, self.end

    @property
    def text(self) -> str:
        """The exact words."""
        return self.evidence.passage.text[self.start : self.end]


def nearest_spans(claim: str, evidence: Iterable[Evidence], *, most: int = MOST) -> list[Span]:
    """The spans that hold most of the claim's content words, the shorter first of two that hold as many, then by rank."""
    asked = stems(claim)
    if not asked:
        return []
    scored = []
    for each in evidence:
        context = context_of(each)
        about = stems(context)
        for start, end in _bounds(each):
            held = asked & (stems(each.passage.text[start:end]) | about)
            own = asked & stems(each.passage.text[start:end])
            if own:
                scored.append((-len(held), -len(own), end - start, each.rank, start, Span(each, start, end, context)))
    return [line[-1] for line in sorted(scored, key=lambda line: line[:-1])[:most]]


def context_of(evidence: Evidence) -> str:
    """What a passage is about by where it stands, as sentences of their own."""
    source = evidence.source
    own = [source.title, source.place or "", source.organisation or "", *evidence.passage.locator.heading]
    return ". ".join(part for part in own if part)


def _bounds(evidence: Evidence) -> Iterator[tuple[int, int]]:
    sentences = evidence.passage.sentences
    whole = [(0, len(evidence.passage.text))] if 2 < len(sentences) <= SHORT else []
    neighbours = [(one[0], other[1]) for one, other in pairwise(sentences)]
    yield from ((start, end) for start, end in dict.fromkeys([*sentences, *neighbours, *whole]) if end - start <= LONGEST)

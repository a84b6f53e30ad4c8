"""What an extractive answer may be made of. Owns: cutting evidence into statements that can be quoted alone. Does not own: choosing among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assistant.grounding.figures import Figure, figures
from assistant.nouns import Evidence, Passage, Source
from assistant.text.words import content_words, stem

SHORTEST, LONGEST = 5, 60  # words
# A sentence that opens with one of these leans on the one before it.
_LEANING = re.compile(
    r"^(?:it|its|this|these|those|they|them|their|he|she|his|her|such|that|there(?!fore\b)|here|then|so|but|and|or|nor|yet|however|moreover|furthermore|"
    r"in addition|for example|for instance|instead|therefore|thus|hence|also|another|others?|both|each of|all of (?:these|this|them)|"
    r"as a result|on the other hand|similarly|meanwhile|nonetheless|nevertheless|indeed|finally|secondly|thirdly|the (?:former|latter|above|following|same)|"
    r"one (?:example|reason|point)|the (?:second|third|first|next|last) (?:one|is|was)|that is|too|again)\b",
    re.I,
)
_ENDS = re.compile(r"[.!](?:[\"”’')\]]|\[\d+\])*$")


@dataclass(frozen=True)
class Candidate:
    """A statement at `passage.text[start:end]` of a piece of evidence."""

    evidence: Evidence
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        """The statement, verbatim."""
        return self.evidence.passage.text[self.start : self.end]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of its content words."""
        return frozenset(stem(w) for w in content_words(self.text))

    @cached_property
    def words(self) -> frozenset[str]:
        """Its content words."""
        return frozenset(content_words(self.text))

    @cached_property
    def context_words(self) -> frozenset[str]:
        """Content words of its source's title, other names and place."""
        source = self.evidence.source
        return frozenset(w for part in (source.title, *source.aliases, source.place or "") for w in content_words(part))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures it holds."""
        return tuple(figures(self.text))

    @cached_property
    def context_stems(self) -> frozenset[str]:
        """Stems of what names its subject around it: title, other names, place, headings, and for originals the passage's other sentences."""
        source, passage = self.evidence.source, self.evidence.passage
        parts = [
            source.title,
            *source.aliases,
            source.place or "",
            *passage.locator.heading,
            source.organisation or "",
            *source.authors,
        ]
        if source.kind == "original":
            parts.append(passage.text)
        return frozenset(stem(w) for part in parts for w in content_words(part))


def candidates(evidence: Iterable[Evidence]) -> list[Candidate]:
    """Statements of the evidence that can stand alone, in the evidence's order."""
    found: list[Candidate] = []
    for each in evidence:
        if each.source.kind != "original":
            found.append(Candidate(each, 0, len(each.passage.text)))
            continue
        heading = each.passage.locator.heading[-1] if each.passage.locator.heading else None
        for start, end in each.passage.sentences:
            text = each.passage.text[start:end]
            if text != heading and stands_alone(text):
                found.append(Candidate(each, start, end))
    return found


def whole_passage(passage: Passage, source: Source, *, similarity: float = 0.0) -> Candidate:
    """A passage that was reached through its source rather than found by a search, as one statement. `similarity`: its cosine with the question."""
    evidence = Evidence(
        rank=passage.ordinal + 1, score=similarity, found_by=["link"], similarity=similarity, passage=passage, source=source
    )
    return Candidate(evidence, 0, len(passage.text))


def stands_alone(text: str) -> bool:
    """Whether a sentence can be quoted without the one before it."""
    count = len(text.split())
    return SHORTEST <= count <= LONGEST and not _LEANING.match(text.lstrip("\"“‘'(•-–—*▪◦ ")) and _ENDS.search(text) is not None

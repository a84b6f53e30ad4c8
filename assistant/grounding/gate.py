"""The deterministic gate: what a sentence may not say unless its cited spans say it. Owns: the hard rules of grounding.

Does not own: whether a paraphrase means the same (the support score), choosing spans, or showing anything. Pure; no model; no repair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.grounding.figures import covers, figures
from assistant.grounding.names import missing_names
from assistant.grounding.negation import flipped_words, has_negation
from assistant.text.folding import fold

GATE_VERSION = "1"
ProblemKind = Literal["figure", "name", "negation", "quotation", "no_span"]


@dataclass(frozen=True)
class Problem:
    """One thing a sentence says that its cited spans do not."""

    kind: ProblemKind
    what: str

    def __str__(self) -> str:
        words = {
            "figure": "the figure is not in the cited passage",
            "name": "the name is not in the cited passage",
            "negation": "it denies what the cited passage affirms, or the other way round",
            "quotation": "the quoted words are not in the cited passage",
            "no_span": "nothing is cited",
        }
        return f"{words[self.kind]}: {self.what}" if self.what else words[self.kind]


def check(claim: str, spans: Sequence[str]) -> list[Problem]:
    """What `claim` says that `spans` (the exact cited quotes) do not; empty when it passes. Order: figures, names, negation, quotations."""
    held = [span for span in spans if span.strip()]
    if not held:
        return [Problem("no_span", "")]
    return [*_figures(claim, held), *_names(claim, held), *_negation(claim, held), *_quotations(claim, held)]


def _figures(claim: str, spans: list[str]) -> list[Problem]:
    available = [figure for span in spans for figure in figures(span)]
    return [Problem("figure", f.text) for f in figures(claim) if not any(covers(span, f) for span in available)]


def _names(claim: str, spans: list[str]) -> list[Problem]:
    return [Problem("name", name) for name in missing_names(claim, spans)]


def _negation(claim: str, spans: list[str]) -> list[Problem]:
    flipped = flipped_words(claim, spans)
    if flipped:
        return [Problem("negation", ", ".join(flipped))]
    if has_negation(claim) and not any(has_negation(span) for span in spans):
        return [Problem("negation", "the claim denies something and the passage denies nothing")]
    return []


def _quotations(claim: str, spans: list[str]) -> list[Problem]:
    """Words in double or curly quotation marks (three or more) must stand in one span, typography aside."""
    problems = []
    for quoted in _quoted(claim):
        wanted = fold(quoted).strip().rstrip(".,;:")
        if wanted and not any(wanted in fold(span) for span in spans):
            problems.append(Problem("quotation", quoted))
    return problems


def _quoted(claim: str) -> list[str]:
    found, start = [], -1
    for index, character in enumerate(claim):
        if character in "“„«" or (character == '"' and start < 0):
            start = index + 1
        elif character in "”»" or (character == '"' and start >= 0):
            if start >= 0 and len(claim[start:index].split()) >= 2:
                found.append(claim[start:index])
            start = -1
    return found

"""The deterministic gate: what a sentence may not say unless its cited spans say it. Owns: the hard rules of grounding.

Does not own: whether a paraphrase means the same (the support score), choosing spans, or showing anything. Pure; no model; no
repair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.grounding.figures import figures, uncovered
from assistant.grounding.names import missing_names
from assistant.grounding.near_copy import miscounted_denials
from assistant.grounding.negation import flipped_words, unmatched_denial
from assistant.grounding.quotations import missing_quotations

GATE_VERSION = "2"
ProblemKind = Literal["figure", "name", "negation", "quotation", "no_span", "empty"]


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
            "empty": "it says nothing",
        }
        return f"{words[self.kind]}: {self.what}" if self.what else words[self.kind]


def check(claim: str, spans: Sequence[str]) -> list[Problem]:
    """What `claim` says that `spans` (the exact cited quotes) do not; empty when it passes. Order:

    figures, names, negation, quotations.
    """
    held = [span for span in spans if span.strip()]
    if not held:
        return [Problem("no_span", "")]
    if not any(character.isalnum() for character in claim):
        return [Problem("empty", "")]
    return [*_figures(claim, held), *_names(claim, held), *negation_problems(claim, held), *_quotations(claim, held)]


def negation_problems(claim: str, spans: Sequence[str]) -> list[Problem]:
    """What the claim denies that the spans affirm, or the other way round."""
    flipped = flipped_words(claim, spans)
    if flipped:
        return [Problem("negation", ", ".join(flipped))]
    if unmatched_denial(claim, spans):
        return [Problem("negation", "the claim denies something that the passage does not deny")]
    if miscounted_denials(claim, spans):
        return [Problem("negation", "a word that denies was left out or put in")]
    return []


def _figures(claim: str, spans: list[str]) -> list[Problem]:
    available = [figure for span in spans for figure in figures(span)]
    return [Problem("figure", figure.text) for figure in uncovered(figures(claim), available)]


def _names(claim: str, spans: list[str]) -> list[Problem]:
    return [Problem("name", name) for name in missing_names(claim, spans)]


def _quotations(claim: str, spans: list[str]) -> list[Problem]:
    return [Problem("quotation", words) for words in missing_quotations(claim, spans)]

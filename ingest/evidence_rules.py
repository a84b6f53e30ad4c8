"""Evidence type and strength by rule. Owns: applying the corpus's rule table. Does not own: the table (it is data in `corpus/`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.corpus_entries import EvidenceRule


@dataclass(frozen=True)
class Rating:
    """An evidence type with the weight that kind of evidence can bear."""

    evidence_type: str
    strength: str | None


UNKNOWN = Rating("unknown", None)


def rate(rules: Sequence[EvidenceRule], *, basis: str, quality: str | None, publisher: str | None, method: str | None) -> Rating:
    """The first rule whose conditions all hold; `UNKNOWN` when none does."""
    for rule in rules:
        conditions = ((rule.basis, basis), (rule.quality, quality), (rule.publisher, publisher), (rule.method, method))
        if all(not allowed or value in allowed for allowed, value in conditions):
            return Rating(rule.evidence_type, rule.strength)
    return UNKNOWN

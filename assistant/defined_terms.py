"""Requests for nothing but what a term means. Owns: noticing them, and whether the evidence holds that definition. Does not own: routing,
finding evidence, or the decision to answer anything else.

A bare term of the field can look like small talk or another subject to the router ("What is test and learn?"), and gives the decision to
answer little to read; yet the library defines it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.compose.relevance import READ, Relevance
from assistant.nouns import Source
from assistant.text.folding import fold

_ASKS_MEANING = re.compile(
    r"^\s*(?:(?:please )?(?:what (?:is|are|does) (?:meant by )?|(?:what's|whats) |define |explain |(?:can|could) you explain )?"
    r"(?:(?:the )?(?:definition|meaning) of )?)"
    r"|\s+(?:mean|means|about)(?=\s*[?.!]*\s*$)"
)
LONGEST = 120  # letters; no request for a term is longer


class DefinedTerms:
    """The terms that a library defines."""

    def __init__(self) -> None:
        self._read: tuple[Mapping[str, Source], dict[str, str]] = ({}, {})

    def asked_for(self, text: str, sources: Mapping[str, Source]) -> str | None:
        """The id of the definition that a request asks for and nothing more ("What is test and learn?", "mission?")."""
        if len(text) > LONGEST:
            return None
        if self._read[0] is not sources:  # the catalogue gives the same mapping until it changes
            self._read = (sources, names_of(sources))
        asked = _ASKS_MEANING.sub("", fold(text)).strip(" ?.!\"'")
        return self._read[1].get(asked.removeprefix("a ").removeprefix("an "))


def names_of(sources: Mapping[str, Source]) -> dict[str, str]:
    """Folded names of each definition, to its id."""
    defined = [source for source in sources.values() if source.kind == "definition"]
    return {fold(name.partition(" (")[0]): source.id for source in defined for name in (source.title, *source.aliases)}


def is_among(term: str, ranked: Sequence[Relevance]) -> bool:
    """Whether the definition asked for is anywhere in the evidence."""
    return any(each.candidate.evidence.source.id == term for each in ranked)


def is_held(term: str | None, ranked: Sequence[Relevance]) -> bool:
    """Whether the definition asked for is among the best of the evidence (filters may leave it out)."""
    return term is not None and any(each.candidate.evidence.source.id == term for each in ranked[:READ])

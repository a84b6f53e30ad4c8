"""Citations numbered within one thing that is shown. Owns: one number for each statement, in the order of first use."""

from __future__ import annotations

from assistant.instruments.literature import Literature
from assistant.nouns import Citation


class Numbers:
    """Numbers from 1; the same statement has the same number wherever it stands."""

    def __init__(self, literature: Literature) -> None:
        self._literature = literature
        self._known: dict[str, int] = {}

    def cite(self, references: list[str]) -> list[Citation]:
        """Citations of those references that the library holds."""
        found = []
        for reference in dict.fromkeys(references):
            citation = self._literature.cite(reference, number=self._known.get(reference, len(self._known) + 1))
            if citation is not None:
                self._known[reference] = citation.n
                found.append(citation)
        return found

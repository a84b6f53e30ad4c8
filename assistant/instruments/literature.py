"""What the library says, for an instrument. Owns: turning a reference `source-id#statement` of an instrument's data into a citation.

Does not own: which statements an instrument rests on (its data) or where they are shown.
"""

from __future__ import annotations

from functools import lru_cache

from assistant.errors import CorpusError
from assistant.grounding.citation import make_citation
from assistant.library.library import Library
from assistant.nouns import Citation, Passage


class Literature:
    """The library's statements by their reference. Where the library holds only the user's own files, none is found."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._statements = lru_cache(maxsize=256)(self._read)

    def cite(self, reference: str, *, number: int = 1) -> Citation | None:
        """The whole statement, quoted; None where the library has no such source. Raises CorpusError for a statement that its source lacks."""
        source_id, _, statement = reference.partition("#")
        sources = self.library.sources()
        if source_id not in sources:
            return None
        passage = self._statements(source_id).get(statement)
        if passage is None:
            raise CorpusError(
                f"'{reference}' is cited by an instrument, but '{source_id}' has no statement '{statement}'. Correct the reference."
            )
        return make_citation(passage, sources[source_id], start=0, end=len(passage.text), number=number)

    def cite_all(self, references: list[str], *, first: int = 1) -> list[Citation]:
        """Citations of those references that the library holds, numbered from `first`."""
        found: list[Citation] = []
        for reference in references:
            citation = self.cite(reference, number=first + len(found))
            if citation is not None:
                found.append(citation)
        return found

    def _read(self, source_id: str) -> dict[str, Passage]:
        return {p.statement: p for p in self.library.passages_of(source_id) if p.statement}

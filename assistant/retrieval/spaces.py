"""What a space must not find. Owns: which sources are hidden from one, and searching as if they were not there.

Does not own: which space asks (see `ui/spaces.py`). Whoever names no space sees what all see: forgetting to name one hides, never shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.library.library import Library
from assistant.retrieval.terms import Vocabulary

MOST = 4000  # passages looked through for some that may be seen
STEP = 3


class CountsWithout(Vocabulary, Protocol):
    """A word index that can leave sources out of its counts."""

    def frequency_without(self, term: str, but: frozenset[str]) -> int: ...

    def idf(self, term: str, *, hidden: int = 0, frequency: int | None = None) -> float: ...


@dataclass(frozen=True)
class Hidden:
    """Sources and passages that are another's."""

    sources: frozenset[str] = frozenset()
    passages: frozenset[str] = frozenset()

    @property
    def counts(self) -> tuple[int, int]:
        """(passages, sources)."""
        return len(self.passages), len(self.sources)

    def words(self, index: CountsWithout) -> Vocabulary:
        """The words of what may be seen: a word that only another's document holds is unknown."""
        return _SeenWords(index, self) if self.sources else index


@dataclass(frozen=True)
class _SeenWords:
    _index: CountsWithout
    _hidden: Hidden

    def document_frequency(self, term: str) -> int:
        return self._index.frequency_without(term, self._hidden.sources) if self._index.document_frequency(term) else 0

    def idf(self, term: str) -> float:
        return self._index.idf(term, hidden=len(self._hidden.passages), frequency=self.document_frequency(term))

    def vocabulary(self, prefix: str) -> list[str]:
        surely = len(self._hidden.passages)  # a word in more passages than are hidden stands in one that is not
        return [
            word
            for word in self._index.vocabulary(prefix)
            if self._index.document_frequency(word) > surely or self.document_frequency(word)
        ]


def hidden_from(space: str | None, library: Library) -> Hidden:
    """What is hidden from a space, as the library stands."""
    sources = [source.id for source in library.sources().values() if not source.seen_by(space)]
    return Hidden(frozenset(sources), frozenset(library.passage_ids(sources))) if sources else Hidden()


def nearest_seen(
    search: Callable[[int], Sequence[tuple[str, float]]], hidden: frozenset[str], *, k: int
) -> list[tuple[str, float]]:
    """The k nearest that are not hidden: more are looked for until they are found, or all that could hide them have been passed."""
    depth = 2 * k
    while True:
        found = search(depth)
        seen = [pair for pair in found if pair[0] not in hidden]
        if len(seen) >= k or len(found) < depth or depth >= min(MOST, k + len(hidden)):
            return seen[:k]
        depth = min(STEP * depth, MOST)

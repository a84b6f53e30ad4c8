"""The packaged library's word index beside that of people's own documents. Owns: how rare a word is, and scores that can be compared.

Each shelf has BM25 statistics of its own, so that a person's documents, however many, never change how the packaged passages rank. On the
other shelf a word counts as much as it does on the packaged one; a word that the packaged library does not use, by both together. Where one
shelf is empty the other is as if it stood alone. Passages of either kind are found, and removed, on either shelf: libraries of an earlier
version hold both on the first.

Does not own: searching one index (see `words.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from assistant.index.words import WordIndex, WordRow, idf_of


class WordShelves:
    """BM25 over both shelves, in two folders of one index."""

    def __init__(self, base: Path) -> None:
        self.packaged = WordIndex(base / "words")
        self.own = WordIndex(base / "own-words")

    def reopen(self) -> None:
        """See what other processes wrote."""
        self.packaged.reopen()
        self.own.reopen()

    def change(self, *, add: Iterable[WordRow] = (), remove: Sequence[str] = ()) -> None:
        """Add and remove passages, in one commit a shelf."""
        rows = list(add)
        for shelf, mine in ((self.packaged, True), (self.own, False)):
            added = [row for row in rows if row.packaged is mine]
            gone = [i for i in remove if shelf.size()]
            if added or gone:
                shelf.change(add=added, remove=gone)

    def search(
        self,
        weighted_terms: Mapping[str, float],
        *,
        k: int,
        source_ids: Sequence[str] | None = None,
        but: Collection[str] = (),
    ) -> list[tuple[str, float]]:
        """The k best (id, BM25 score) of each shelf, best first; ties by id. See `WordIndex.search`."""
        found: dict[str, float] = {}
        for shelf in (self.own, self.packaged):
            if shelf.size():
                rarity = self._rarity if shelf is self.own and self.packaged.size() else None
                found |= dict(shelf.search(weighted_terms, k=k, source_ids=source_ids, but=but, rarity=rarity))
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    def idf(self, term: str, *, hidden: int = 0, frequency: int | None = None) -> float:
        """How rare a word (its stem; of several words, the rarest) is: on the packaged shelf if it stands there or nowhere, else on both.

        `hidden`: passages of both that may not be seen, with `frequency`: in how many of the others it stands. 0 for an empty library.
        """
        passages, held = self.size() - hidden, self.packaged.size()
        frequency = self.document_frequency(term) if frequency is None else frequency
        packaged = self.packaged.document_frequency(term)
        if held and (packaged or not frequency):
            return idf_of(min(packaged, held), held)
        return idf_of(min(frequency, passages), passages) if passages > 0 else 0.0

    def _rarity(self, field: str, stem: str) -> float:
        packaged = self.packaged.field_frequency(field, stem)
        if packaged:
            return idf_of(packaged, self.packaged.size())
        return idf_of(self.own.field_frequency(field, stem), self.size())

    def document_frequency(self, term: str) -> int:
        """In how many passages a word (its stem) stands, in their text or in their source's title and other names."""
        return self.packaged.document_frequency(term) + self.own.document_frequency(term)

    def reference(self, term: str) -> tuple[int, int]:
        """In how many of how many passages a word stands: of the packaged ones where there are any, else of all."""
        shelf = self.packaged if self.packaged.size() else self.own
        return shelf.document_frequency(term), shelf.size()

    def frequency_without(self, term: str, but: Collection[str]) -> int:
        """The same, passages of some sources not counted."""
        return sum(shelf.frequency_without(term, but) for shelf in (self.packaged, self.own) if shelf.size())

    def vocabulary(self, prefix: str) -> list[str]:
        """Stems in the library's passages that begin with `prefix`."""
        return sorted({*self.packaged.vocabulary(prefix), *self.own.vocabulary(prefix)})

    def size(self) -> int:
        """How many passages the shelves hold."""
        return self.packaged.size() + self.own.size()

    def ids(self) -> set[str]:
        """All ids the shelves hold."""
        return self.packaged.ids() | self.own.ids()

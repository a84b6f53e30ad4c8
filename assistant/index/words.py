"""The word index: the only door to tantivy. Owns: BM25 search. Does not own: passages' texts, which of them answer, or how rare a word is
where there are two such indexes (see `word_shelves.py`).

Fields: `body` (the passage), `title` (of its source, with other names for it), `heading`; English stems, accents folded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import tantivy

from assistant.errors import IndexDamagedError
from assistant.index.full_disk import full_disk

ANALYSER = "folded_english"
WRITER_BYTES = 64_000_000
BOOSTS = {"body": 1.0, "title": 0.6, "heading": 0.3}


@dataclass(frozen=True)
class WordRow:
    """What is indexed of a passage."""

    id: str
    body: str
    title: str
    heading: str
    source_id: str
    packaged: bool


class Rarity(Protocol):
    """How rare words are elsewhere: the idf that a stem of a field is to have in place of this index's own."""

    def __call__(self, field: str, stem: str) -> float: ...


class WordIndex:
    """BM25 over passages in a tantivy folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(_schema(), path=str(folder), reuse=True)
        except (ValueError, OSError) as error:
            raise _damaged(folder, error) from None
        self._index.register_tokenizer(ANALYSER, _analyser())
        self._index.reload()

    def reopen(self) -> None:
        """See what other processes wrote."""
        self._index.reload()

    def change(self, *, add: Iterable[WordRow] = (), remove: Sequence[str] = ()) -> None:
        """Add and remove passages in one commit.

        A writer that was killed leaves files that no commit names. The next one begins at the same count of operations and would give a file of
        its own the same name, which fails, and would fail ever after: what is left over goes first.
        """
        try:
            writer = self._index.writer(WRITER_BYTES, num_threads=1)
            try:
                writer.garbage_collect_files()
                for passage_id in remove:
                    writer.delete_documents_by_term("id", passage_id)
                for row in add:
                    writer.delete_documents_by_term("id", row.id)
                    writer.add_document(
                        tantivy.Document(id=row.id, body=row.body, title=row.title, heading=row.heading, source=row.source_id)
                    )
                writer.commit()
                writer.wait_merging_threads()
            finally:
                del writer  # and with it the lock, which an error that is kept would keep
        except ValueError as error:
            raise full_disk(self.folder, error) or _damaged(self.folder, error) from None
        self._index.reload()

    def search(
        self,
        weighted_terms: Mapping[str, float],
        *,
        k: int,
        source_ids: Sequence[str] | None = None,
        but: Collection[str] = (),
        rarity: Rarity | None = None,
    ) -> list[tuple[str, float]]:
        """The k best (id, BM25 score), best first; ties by id. Terms of several words match as phrases.

        `source_ids`: within these only; `but`: never of these; `rarity`: the idf to weigh by in place of this index's own.
        """
        query = self._query(weighted_terms, rarity)
        if query is None:
            return []
        if source_ids is not None:
            allowed = tantivy.Query.term_set_query(self._index.schema, "source", list(source_ids))
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0))]
            )
        searcher = self._index.searcher()
        hits = searcher.search(self._without(query, but), limit=k).hits
        pairs = [(str(searcher.doc(address)["id"][0]), float(score)) for score, address in hits]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def document_frequency(self, term: str) -> int:
        """In how many passages a word (its stem) stands, in their text or in their source's title and other names."""
        searcher = self._index.searcher()
        found = (max(searcher.doc_freq("body", stem), searcher.doc_freq("title", stem)) for stem in stems(term))
        return min(found, default=0)

    def field_frequency(self, field: str, stem: str) -> int:
        """In how many passages a stem stands in one field."""
        return int(self._index.searcher().doc_freq(field, stem))

    def frequency_without(self, term: str, but: Collection[str]) -> int:
        """The same, passages of some sources not counted."""
        searcher, schema, count = self._index.searcher(), self._index.schema, 0
        for place, stem in enumerate(stems(term)):
            fields = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, name, stem)) for name in ("body", "title")]
            hits = searcher.search(self._without(tantivy.Query.boolean_query(fields), but), limit=1)
            found = int(hits.count)  # type: ignore[attr-defined]  # tantivy's stub forgets it
            count = min(count, found) if place else found
        return count

    def _without(self, query: tantivy.Query, but: Collection[str]) -> tantivy.Query:
        if not but:
            return query
        refused = tantivy.Query.term_set_query(self._index.schema, "source", sorted(but))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.MustNot, refused)])

    def vocabulary(self, prefix: str) -> list[str]:
        """Stems in the library's passages that begin with `prefix`."""
        return [str(term) for term, _ in self._index.searcher().terms_with_prefix("body", prefix)]

    def size(self) -> int:
        """How many passages the index holds."""
        return int(self._index.searcher().num_docs)

    def ids(self) -> set[str]:
        """All ids the index holds."""
        searcher = self._index.searcher()
        if searcher.num_docs == 0:
            return set()
        hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs).hits
        return {str(searcher.doc(address)["id"][0]) for _, address in hits}

    def _query(self, weighted_terms: Mapping[str, float], rarity: Rarity | None) -> tantivy.Query | None:
        clauses = []
        for term, weight in weighted_terms.items():
            words = re.findall(r"\w+", term)
            if not words or weight <= 0:
                continue
            for fields, factor in self._factors(words, rarity):
                written = f'"{" ".join(words)}"' if len(words) > 1 else words[0].lower()
                parsed = self._index.parse_query(written, list(fields), field_boosts=dict(fields))
                clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(parsed, float(weight * factor))))
        return tantivy.Query.boolean_query(clauses) if clauses else None

    def _factors(self, words: Sequence[str], rarity: Rarity | None) -> list[tuple[Mapping[str, float], float]]:
        """Fields with their boosts, and by what to multiply a score there so that it counts the words as `rarity` does."""
        if rarity is None:
            return [(BOOSTS, 1.0)]
        factors: list[tuple[Mapping[str, float], float]] = []
        for field, boost in BOOSTS.items():
            own = {stem: held for stem in stems(" ".join(words)) if (held := self.field_frequency(field, stem))}
            if own:
                mine = sum(idf_of(held, self.size()) for held in own.values())
                factors.append(({field: boost}, sum(rarity(field, stem) for stem in own) / mine))
        return factors


def idf_of(frequency: int, passages: int) -> float:
    """BM25's idf as tantivy (and Lucene) counts it: ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def stems(text: str) -> list[str]:
    """The stems this index sees in a text, in order."""
    return list(_shared_analyser().analyze(text))


@lru_cache(maxsize=1)
def _shared_analyser() -> tantivy.TextAnalyzer:
    return _analyser()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    for name in BOOSTS:
        builder.add_text_field(name, tokenizer_name=ANALYSER)
    return builder.build()


def _analyser() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.remove_long(80))
    return (
        builder.filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def _damaged(folder: Path, error: Exception) -> IndexDamagedError:
    return IndexDamagedError(
        f"The word index in {folder} cannot be used ({error}). Run `adviser doctor --repair`: it is rebuilt from the library."
    )

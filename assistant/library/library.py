"""Reading the catalogue. Owns: what is `ready`, as nouns. Does not own: writing (see `writer.py`) or searching (see `assistant/index`).

`generation` counts acknowledged changes; a process that sees it move drops what it cached.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, RowMapping, Select, func, select

from assistant.errors import NotFoundError
from assistant.library.tables import READY, meta, passages, receipts, sources, vectors
from assistant.nouns import Link, Passage, Receipt, Source

CHUNK = 500
MOST_KEPT = 8000  # passages read before, about 2 KB each, and vectors, 1.5 KB each
GENERATION = "generation"
LINKS_KEY = "links"


@dataclass(frozen=True)
class IndexRow:
    """A ready passage with what the indexes need of it. `vector`: float32, unit length."""

    passage: Passage
    source: Source
    vector: np.ndarray


class Library:
    """The catalogue as it stands. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._lock = threading.Lock()
        self._sources: dict[str, Source] = {}
        self._sources_at = -1
        self._counts_at: tuple[int, int, int] = (-1, 0, 0)
        self._read: dict[str, tuple[str, Passage]] = {}
        self._ready: tuple[int, frozenset[str]] = (-1, frozenset())
        self._statements: dict[str, str] = {}
        self._statements_at = -1
        self._vectors: tuple[int, dict[str, np.ndarray]] = (-1, {})
        self._links: tuple[str, tuple[Link, ...]] = ("[]", ())

    def read_meta(self) -> dict[str, str]:
        """All stored facts about the library: fingerprint parts, generation, index folder."""
        with self.engine.connect() as connection:
            return {row.key: row.value for row in connection.execute(select(meta))}

    def generation(self) -> int:
        """How many changes have been acknowledged; 0 for a new library."""
        with self.engine.connect() as connection:
            return read_generation(connection)

    def counts(self) -> tuple[int, int]:
        """(ready passages, ready sources)."""
        generation = self.generation()
        if self._counts_at[0] != generation:
            with self.engine.connect() as connection:
                ready = select(sources.c.key).where(sources.c.state == READY)
                found = connection.scalar(select(func.count()).select_from(passages).where(passages.c.source_key.in_(ready)))
                self._counts_at = (generation, int(found or 0), len(self.sources()))
        return self._counts_at[1:]

    def sources(self) -> dict[str, Source]:
        """All ready sources by id, in the order they were added."""
        generation = self.generation()
        with self._lock:
            if self._sources_at != generation:
                with self.engine.connect() as connection:
                    query = select(sources.c.noun).where(sources.c.state == READY).order_by(sources.c.added_at, sources.c.id)
                    found = [Source.model_validate(noun) for noun in connection.scalars(query)]
                self._sources = {source.id: source for source in found}
                self._sources_at = generation
            return self._sources

    def source(self, source_id: str) -> Source:
        """One ready source. Raises NotFoundError."""
        found = self.sources().get(source_id)
        if found is None:
            raise NotFoundError(f"There is no source '{source_id}' in the library. `adviser sources` lists them.")
        return found

    def source_text(self, source_id: str) -> str:
        """The whole stored text of a ready source: what passage offsets point into. Raises NotFoundError."""
        with self.engine.connect() as connection:
            text = connection.scalar(select(sources.c.text).where(sources.c.id == source_id, sources.c.state == READY))
        if text is None:
            raise NotFoundError(f"There is no source '{source_id}' in the library. `adviser sources` lists them.")
        return str(text)

    def content_hashes(self) -> dict[str, str]:
        """Source id to the hash of the content it was made from, for ready sources."""
        with self.engine.connect() as connection:
            query = select(sources.c.id, sources.c.content_hash).where(sources.c.state == READY)
            return {row.id: row.content_hash for row in connection.execute(query)}

    def paths(self) -> dict[str, str]:
        """File path to source id, for ready sources the user ingested."""
        with self.engine.connect() as connection:
            query = select(sources.c.id, sources.c.path).where(sources.c.state == READY, sources.c.path.is_not(None))
            return {row.path: row.id for row in connection.execute(query)}

    def passages_of(self, source_id: str) -> list[Passage]:
        """A ready source's passages in order."""
        with self.engine.connect() as connection:
            query = _ready_passages().where(sources.c.id == source_id).order_by(passages.c.ordinal)
            return [_passage(row) for row in connection.execute(query).mappings()]

    def statement_passages(self) -> dict[str, str]:
        """Passage id of each statement of the packaged sources, by `source#statement`."""
        generation = self.generation()
        with self._lock:
            if self._statements_at != generation:
                query = select(
                    passages.c.id, sources.c.id.label("source"), passages.c.noun["statement"].as_string().label("statement")
                )
                query = query.join(sources, sources.c.key == passages.c.source_key)
                query = query.where(sources.c.state == READY, sources.c.origin == "packaged")
                with self.engine.connect() as connection:
                    rows = connection.execute(query).fetchall()
                self._statements = {f"{row.source}#{row.statement}": row.id for row in rows if row.statement}
                self._statements_at = generation
            return self._statements

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Ready passages among `ids`; those of staged or retired sources are left out."""
        wanted = list(dict.fromkeys(ids))
        ready = self._ready_keys()
        kept = self._read  # another thread may begin a new one meanwhile
        found = {i: kept[i][1] for i in wanted if i in kept and kept[i][0] in ready}
        new = [i for i in wanted if i not in found]
        if new:
            read: dict[str, tuple[str, Passage]] = {}
            with self.engine.connect() as connection:
                for chunk in _chunks(new):
                    rows = connection.execute(_ready_passages().where(passages.c.id.in_(chunk))).mappings()
                    read |= {row["id"]: (row["source_key"], _passage(row)) for row in rows}
            self._keep(read)
            found |= {i: passage for i, (_, passage) in read.items()}
        return found

    def _ready_keys(self) -> frozenset[str]:
        """Keys of the ready sources, as of the generation now stored."""
        with self.engine.connect() as connection:
            generation = read_generation(connection)
            at, keys = self._ready
            if at != generation:
                keys = frozenset(connection.scalars(select(sources.c.key).where(sources.c.state == READY)))
                self._ready = (generation, keys)
        return keys

    def _keep(self, read: dict[str, tuple[str, Passage]]) -> None:
        """Keep what was read with its source's key: a passage's id changes with its content, so only whether its source is ready may change."""
        if len(self._read) > MOST_KEPT:
            self._read = {}
        self._read |= read

    def passage_ids(self, source_ids: Sequence[str] | None = None) -> list[str]:
        """Ids of all ready passages, or of those of the named sources."""
        query = select(passages.c.id).join(sources, sources.c.key == passages.c.source_key).where(sources.c.state == READY)
        with self.engine.connect() as connection:
            if source_ids is None:
                return list(connection.scalars(query))
            return [i for chunk in _chunks(source_ids) for i in connection.scalars(query.where(sources.c.id.in_(chunk)))]

    def vectors_by_passage(self, ids: Iterable[str]) -> tuple[list[str], np.ndarray]:
        """Stored vectors of passages: their ids, in the order asked for, and a float32 array of shape (found, dimension)."""
        wanted = list(dict.fromkeys(ids))
        query = select(passages.c.id, vectors.c.vector).join(vectors, vectors.c.key == passages.c.vector_key)
        at, kept = self._vectors
        with self.engine.connect() as connection:
            generation = read_generation(connection)
            kept = kept if at == generation else {}
            found = {i: kept[i] for i in wanted if i in kept}
            new: dict[str, np.ndarray] = {}
            for chunk in _chunks(i for i in wanted if i not in found):
                for row in connection.execute(query.where(passages.c.id.in_(chunk))):
                    new[row.id] = decode_vector(row.vector)
        if new and len(new) <= MOST_KEPT // 2:  # more is a scan of many sources, and would only push out what is asked for again
            self._vectors = (generation, new if len(kept) + len(new) > MOST_KEPT else kept | new)
        found |= new
        here = [i for i in wanted if i in found]
        return here, np.vstack([found[i] for i in here]) if here else np.zeros((0, 0), dtype=np.float32)

    def all_vectors(self) -> tuple[list[str], np.ndarray]:
        """Ids of all ready passages in order, and their vectors as a float32 array of shape (passages, dimension)."""
        query = (
            select(passages.c.id, vectors.c.vector)
            .join(vectors, vectors.c.key == passages.c.vector_key)
            .join(sources, sources.c.key == passages.c.source_key)
            .where(sources.c.state == READY)
            .order_by(passages.c.id)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query).fetchall()
        if not rows:
            return [], np.zeros((0, 0), dtype=np.float32)
        return [row.id for row in rows], decode_vector(b"".join(row.vector for row in rows)).reshape(len(rows), -1)

    def packaged_among(self, ids: Iterable[str]) -> set[str]:
        """Those of these passages that belong to packaged sources."""
        query = select(passages.c.id).join(sources, sources.c.key == passages.c.source_key).where(sources.c.origin == "packaged")
        with self.engine.connect() as connection:
            return {i for chunk in _chunks(ids) for i in connection.scalars(query.where(passages.c.id.in_(chunk)))}

    def vector_keys_of(self, source_id: str) -> list[str]:
        """Keys of the vectors of a ready source's passages, in order."""
        query = select(passages.c.vector_key).join(sources, sources.c.key == passages.c.source_key)
        with self.engine.connect() as connection:
            return list(
                connection.scalars(query.where(sources.c.id == source_id, sources.c.state == READY).order_by(passages.c.ordinal))
            )

    def links(self) -> tuple[Link, ...]:
        """Pairs of statements of the packaged library that contradict, qualify or update one another."""
        with self.engine.connect() as connection:
            stored = str(connection.scalar(select(meta.c.value).where(meta.c.key == LINKS_KEY)) or "[]")
        known, links = self._links
        if known != stored:
            links = tuple(Link.model_validate(row) for row in json.loads(stored))
            self._links = (stored, links)
        return links

    def stored_vectors(self, keys: Iterable[str]) -> dict[str, np.ndarray]:
        """Vectors (float16) already stored under these keys, so that nothing is embedded twice."""
        found: dict[str, np.ndarray] = {}
        with self.engine.connect() as connection:
            for chunk in _chunks(keys):
                for row in connection.execute(select(vectors).where(vectors.c.key.in_(chunk))):
                    found[row.key] = np.frombuffer(row.vector, dtype=np.float16)
        return found

    def index_rows(self) -> Iterator[IndexRow]:
        """Every ready passage with its source and vector: what both indexes are rebuilt from."""
        known = self.sources()
        query = (
            select(passages, sources.c.id.label("source_id"), vectors.c.vector)
            .join(sources, sources.c.key == passages.c.source_key)
            .join(vectors, vectors.c.key == passages.c.vector_key)
            .where(sources.c.state == READY)
            .order_by(sources.c.id, passages.c.ordinal)
        )
        with self.engine.connect() as connection:
            for row in connection.execution_options(yield_per=CHUNK).execute(query).mappings():
                if row["source_id"] in known:
                    yield IndexRow(passage=_passage(row), source=known[row["source_id"]], vector=decode_vector(row["vector"]))

    def receipt(self, receipt_id: str) -> Receipt:
        """A stored receipt. Raises NotFoundError."""
        with self.engine.connect() as connection:
            noun = connection.scalar(select(receipts.c.noun).where(receipts.c.id == receipt_id))
        if noun is None:
            raise NotFoundError(f"There is no receipt '{receipt_id}'. An answer prints its receipt's id in its last line.")
        return Receipt.model_validate(noun)


def read_generation(connection: Connection) -> int:
    """The generation as this connection's transaction sees it."""
    # Asked a dozen times for each question: as plain text, for building and caching the statement costs four times its work.
    return int(connection.exec_driver_sql(f"SELECT value FROM meta WHERE key = '{GENERATION}'").scalar() or 0)  # noqa: S608 - a constant


def decode_vector(stored: bytes) -> np.ndarray:
    """A stored float16 vector as float32."""
    return np.frombuffer(stored, dtype=np.float16).astype(np.float32)


def _ready_passages() -> Select[Any]:
    columns = select(passages, sources.c.id.label("source_id")).join(sources, sources.c.key == passages.c.source_key)
    return columns.where(sources.c.state == READY)


def _passage(row: RowMapping) -> Passage:
    return Passage.model_validate(
        {"id": row["id"], "source_id": row["source_id"], "ordinal": row["ordinal"], "text": row["text"], "start": row["start"]}
        | {"end": row["end"]}
        | row["noun"]
    )


def _chunks(items: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk

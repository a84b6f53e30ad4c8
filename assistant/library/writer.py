"""Writing the catalogue. Owns: staging, publishing, retiring, receipts. Does not own: the indexes or the order of steps (see `ingest/publish.py`).

Each method is one transaction: it happens wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection, Engine, delete, exists, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlalchemy.exc import OperationalError

from assistant.errors import HomeNotWritableError
from assistant.library.library import CHUNK, GENERATION, read_generation
from assistant.library.staged import StagedSource, vector_key
from assistant.library.tables import READY, RETIRED, STAGED, meta, passages, receipts, sources, vectors
from assistant.nouns import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator


class LibraryWriter:
    """Changes the catalogue. One process at a time changes sources (the ingest lock sees to it); receipts may be written by any."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except OperationalError as error:
            raise HomeNotWritableError(
                f"The library could not be written ({error.orig}). Nothing was lost. "
                "Free some space or make the folder writable (`adviser where` names it), then run the command again."
            ) from None

    def write_meta(self, facts: dict[str, str]) -> None:
        """Store facts about the library."""
        with self._transaction() as connection:
            for key, value in facts.items():
                statement = insert_or(meta).values(key=key, value=value)
                connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def stage(self, batch: Sequence[StagedSource], *, embedder_fingerprint: str) -> None:
        """Write sources that are not yet to be seen. A leftover of the same version is replaced."""
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self._transaction() as connection:
            for item in batch:
                connection.execute(delete(sources).where(sources.c.key == item.key, sources.c.state == STAGED))
                connection.execute(insert(sources).values(**_source_row(item, now)))
                rows = _passage_rows(item, embedder_fingerprint)
                if not rows:
                    continue
                connection.execute(insert(passages), rows)
                stored = [
                    {"key": row["vector_key"], "vector": vector.astype(np.float16).tobytes()}
                    for row, vector in zip(rows, item.vectors, strict=True)
                ]
                connection.execute(insert_or(vectors).on_conflict_do_nothing(), stored)

    def publish(self, keys: Sequence[str]) -> int:
        """Acknowledge staged sources: from here they answer, and older versions of them do not. Returns the new generation."""
        with self._transaction() as connection:
            ids = select(sources.c.id).where(sources.c.key.in_(keys))
            retire = update(sources).where(sources.c.state == READY, sources.c.id.in_(ids), sources.c.key.not_in(keys))
            connection.execute(retire.values(state=RETIRED))
            connection.execute(update(sources).where(sources.c.key.in_(keys)).values(state=READY))
            return _next_generation(connection)

    def retire(self, source_ids: Iterable[str]) -> int:
        """Stop sources from answering. Returns the new generation."""
        with self._transaction() as connection:
            matching = update(sources).where(sources.c.id.in_(list(source_ids)), sources.c.state == READY)
            connection.execute(matching.values(state=RETIRED))
            return _next_generation(connection)

    def share(self, source_ids: Sequence[str]) -> int:
        """Let everyone find sources that were one space's own. Returns the new generation."""
        with self._transaction() as connection:
            found = select(sources.c.key, sources.c.noun).where(sources.c.id.in_(list(source_ids)), sources.c.state == READY)
            for key, noun in connection.execute(found).all():
                connection.execute(update(sources).where(sources.c.key == key).values(noun={**noun, "owner": None}))
            return _next_generation(connection)

    def move_on(self) -> int:
        """Raise the generation, so that every process reopens the indexes."""
        with self._transaction() as connection:
            return _next_generation(connection)

    def replace_vectors(self, passage_ids: Sequence[str], keys: Sequence[str], vectors_made: np.ndarray) -> None:
        """Give passages other vectors. `vectors_made`: float16, shape (len(passage_ids), dimension). Rebuild the indexes afterwards."""
        with self._transaction() as connection:
            rows = [{"key": k, "vector": v.astype(np.float16).tobytes()} for k, v in zip(keys, vectors_made, strict=True)]
            if rows:
                connection.execute(insert_or(vectors).on_conflict_do_nothing(), rows)
            before: list[str] = []
            for start in range(0, len(passage_ids), CHUNK):
                these = passages.c.id.in_(passage_ids[start : start + CHUNK])
                before.extend(connection.scalars(select(passages.c.vector_key).where(these).distinct()))
            for passage_id, key in zip(passage_ids, keys, strict=True):
                connection.execute(update(passages).where(passages.c.id == passage_id).values(vector_key=key))
            _delete_unused(connection, before)

    def leftovers(self) -> tuple[list[str], list[str]]:
        """(source keys, passage ids) of versions that are staged or retired: not answering, and to be purged."""
        with self.engine.connect() as connection:
            keys = list(connection.scalars(select(sources.c.key).where(sources.c.state != READY)))
            ids = select(passages.c.id).join(sources, sources.c.key == passages.c.source_key).where(sources.c.state != READY)
            return keys, list(connection.scalars(ids))

    def purge(self, keys: Sequence[str]) -> None:
        """Delete versions that no longer answer, with their passages and the vectors only they used."""
        with self._transaction() as connection:
            for start in range(0, len(keys), CHUNK):
                chunk = keys[start : start + CHUNK]
                used = list(connection.scalars(select(passages.c.vector_key).where(passages.c.source_key.in_(chunk)).distinct()))
                connection.execute(delete(sources).where(sources.c.key.in_(chunk), sources.c.state != READY))
                _delete_unused(connection, used)

    def save_receipt(self, receipt: Receipt) -> None:
        """Store what produced an answer."""
        row = {"id": receipt.id, "created_at": receipt.created_at, "total_ms": receipt.answer.timings_ms.total}
        with self._transaction() as connection:
            connection.execute(insert(receipts).values(noun=receipt.model_dump(mode="json"), **row))


def _next_generation(connection: Connection) -> int:
    generation = read_generation(connection) + 1
    statement = insert_or(meta).values(key=GENERATION, value=str(generation))
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": str(generation)}))
    return generation


def _delete_unused(connection: Connection, keys: Sequence[str]) -> None:
    for start in range(0, len(keys), CHUNK):
        orphan = vectors.c.key.in_(keys[start : start + CHUNK]) & ~exists().where(passages.c.vector_key == vectors.c.key)
        connection.execute(delete(vectors).where(orphan))


def _source_row(item: StagedSource, now: str) -> dict[str, object]:
    source = item.source
    return {
        "key": item.key,
        "id": source.id,
        "content_hash": item.hash,
        "state": STAGED,
        "origin": source.origin,
        "path": source.path,
        "text": item.text,
        "noun": source.model_dump(mode="json"),
        "added_at": now,
    }


def _passage_rows(item: StagedSource, embedder_fingerprint: str) -> list[dict[str, object]]:
    own_columns = {"id", "source_id", "ordinal", "text", "start", "end"}
    return [
        {
            "id": passage.id,
            "source_key": item.key,
            "ordinal": passage.ordinal,
            "text": passage.text,
            "start": passage.start,
            "end": passage.end,
            "vector_key": vector_key(item.source, passage, embedder_fingerprint),
            "noun": passage.model_dump(mode="json", exclude=own_columns),
        }
        for passage in item.passages
    ]

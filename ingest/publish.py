"""Getting sources into the library, all or nothing. Owns: the order of steps and the recovery after a crash; the ingest lock.

The order: stage in the catalogue → add to both indexes → publish in the catalogue (the acknowledgement) → purge what it replaced.
A process killed between any two steps leaves staged or retired versions, which never answer and are purged by the next run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import HomeNotWritableError, LibraryBusyError
from assistant.index.index import Index
from assistant.library.library import IndexRow, Library
from assistant.library.staged import StagedSource
from assistant.library.writer import LibraryWriter

LOCK_NAME = "ingest.lock"


@contextmanager
def ingest_lock(home: Path, *, seconds: float) -> Iterator[None]:
    """Hold the library for writing; waits while another process does.

    Raises LibraryBusyError after `seconds`, HomeNotWritableError when the lock file cannot be made.
    """
    from filelock import FileLock, Timeout

    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / LOCK_NAME)
        lock.acquire(timeout=seconds)
    except Timeout:
        raise LibraryBusyError(
            f"Another ingest has held the library for {seconds:.0f} seconds. "
            "Wait for it to finish, or raise ADVISER_LOCK_SECONDS."
        ) from None
    except OSError as error:
        raise HomeNotWritableError(
            f"The library folder {home} cannot be written ({error}). Make it writable, or set ADVISER_HOME to a folder that is."
        ) from None
    try:
        yield
    finally:
        lock.release()


class Publisher:
    """Adds, replaces and removes sources. Use it under `ingest_lock`."""

    def __init__(self, *, library: Library, writer: LibraryWriter, index: Index, embedder_fingerprint: str) -> None:
        self._library = library
        self._writer = writer
        self._index = index
        self._embedder_fingerprint = embedder_fingerprint

    def recover(self) -> int:
        """Purge what a killed run left half-done. Returns how many source versions that were."""
        keys, passage_ids = self._writer.leftovers()
        if keys:
            self._index.remove(passage_ids)
            self._writer.purge(keys)
        return len(keys)

    def publish(self, batch: Sequence[StagedSource]) -> None:
        """Make these sources answer, and older versions of them stop. When it returns they are acknowledged."""
        if not batch:
            return
        self._writer.stage(batch, embedder_fingerprint=self._embedder_fingerprint)
        self._index.add([row for item in batch for row in _index_rows(item)])
        self._index.written(self._writer.publish([item.key for item in batch]))
        self.recover()

    def remove(self, source_ids: Sequence[str]) -> None:
        """Make sources stop answering, then forget them in the catalogue and both indexes."""
        if source_ids:
            self._index.written(self._writer.retire(source_ids))
            self.recover()


def _index_rows(item: StagedSource) -> Iterator[IndexRow]:
    for passage, vector in zip(item.passages, item.vectors, strict=True):
        yield IndexRow(passage=passage, source=item.source, vector=vector.astype("float32"))

"""The vector index: the only door to Chroma. Owns: nearest passages by cosine.

Does not own: passages' texts or which of them answer.

Chroma holds ids and vectors only; the catalogue is the truth. Telemetry and Chroma's own embedding downloads are off.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from assistant.errors import IndexDamagedError, LibraryError
from assistant.index.full_disk import full_disk
from assistant.index.loading import loading_lean

COLLECTION = "passages"
_OPENING = Lock()  # Chroma keeps its open folders in a table of the process, which two threads must not change at once
HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 24}


class VectorIndex:
    """Cosine search over unit vectors in a Chroma folder. Open it again when another process has written (see `reopen`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._collection = _open(folder)

    def reopen(self) -> None:
        """See what other processes wrote: an open client goes stale, and a new one shares its cache unless that is cleared."""
        from chromadb.api.shared_system_client import SharedSystemClient

        with _OPENING:
            SharedSystemClient.clear_system_cache()
            self._collection = _opened(self.folder)

    def add(self, ids: Sequence[str], vectors: np.ndarray) -> None:
        """Add or replace vectors. `vectors`: float32, shape (len(ids), dimension)."""
        for start, stop in self._batches(len(ids)):
            rows = np.ascontiguousarray(vectors[start:stop], dtype=np.float32)
            _checked(self.folder, self._collection.upsert, ids=list(ids[start:stop]), embeddings=rows)

    def remove(self, ids: Sequence[str]) -> None:
        """Remove vectors; unknown ids are ignored."""
        for start, stop in self._batches(len(ids)):
            _checked(self.folder, self._collection.delete, ids=list(ids[start:stop]))

    def search(self, vector: np.ndarray, *, k: int) -> list[tuple[str, float]]:
        """The k nearest (id, cosine), best first; ties by id."""
        size = self.size()
        if size == 0:
            return []
        found = _checked(
            self.folder, self._collection.query, query_embeddings=[vector], n_results=min(k, size), include=["distances"]
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return sorted(((i, 1.0 - float(d)) for i, d in pairs), key=lambda pair: (-pair[1], pair[0]))

    def size(self) -> int:
        """How many vectors the index holds."""
        return int(_checked(self.folder, self._collection.count))

    def ids(self) -> set[str]:
        """All ids the index holds."""
        return set(_checked(self.folder, self._collection.get, include=[])["ids"])

    def _batches(self, size: int) -> Iterator[tuple[int, int]]:
        for start in range(0, size, 5000):
            yield start, min(start + 5000, size)


def _open(folder: Path) -> Any:
    with _OPENING:
        return _opened(folder)


def _opened(folder: Path) -> Any:
    if "chromadb" not in sys.modules:
        with loading_lean():
            import_module("chromadb")
            with suppress(ImportError):
                import_module("chromadb.api.rust")  # loaded by name within Chroma when a folder is opened
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    folder.mkdir(parents=True, exist_ok=True)
    try:
        client = _checked(folder, chromadb.PersistentClient, str(folder), settings=Settings(anonymized_telemetry=False))
    except LibraryError:
        SharedSystemClient.clear_system_cache()  # Chroma keeps what failed to start, and would fail otherwise the next time
        raise
    return _checked(
        folder, client.get_or_create_collection, COLLECTION, embedding_function=None, configuration={"hnsw": dict(HNSW)}
    )


def _checked(folder: Path, call: Any, *args: Any, **kwargs: Any) -> Any:
    """Call Chroma; its own errors become ours, with the remedy."""
    from chromadb.errors import ChromaError

    try:
        return call(*args, **kwargs)
    except ChromaError as error:
        raise full_disk(folder, error) or IndexDamagedError(
            f"The vector index in {folder} cannot be read ({error}). "
            "Run `adviser doctor --repair`: it is rebuilt from the library."
        ) from None

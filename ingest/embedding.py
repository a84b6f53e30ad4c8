"""Vectors for passages. Owns: reusing stored and shipped vectors, embedding only what is new. Does not own: the model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.index.index import QueryEmbedder
from assistant.library.library import Library
from assistant.library.staged import embedding_views, mean_of_views, vector_key
from assistant.nouns import Passage, Source

SHIPPED_NAME = "embeddings.npz"
KEY_BYTES = 16


class PassageEmbedder:
    """Gives each passage its float16 vector: stored if the library has it, shipped if the corpus has it, else embedded.

    What one call made, the next one has without the library: one batch is embedded before the one before it is stored.
    """

    def __init__(self, *, library: Library, embedder: QueryEmbedder, shipped: dict[str, np.ndarray] | None = None) -> None:
        self._library = library
        self._embedder = embedder
        self._shipped = shipped or {}
        self._lately: dict[str, np.ndarray] = {}  # of the last call, which may not be stored yet when the next one asks
        self.embedded = 0

    def vectors(self, items: Sequence[tuple[Source, Passage]]) -> np.ndarray:
        """float16, shape (len(items), dimension), rows in the order given."""
        keys = [vector_key(source, passage, self._embedder.fingerprint) for source, passage in items]
        known = self._library.stored_vectors(set(keys)) | {key: self._lately[key] for key in keys if key in self._lately}
        known |= {
            key: vector for key in keys if key not in known and (vector := self._shipped.get(key[: 2 * KEY_BYTES])) is not None
        }
        missing = {
            key: embedding_views(source, passage) for key, (source, passage) in zip(keys, items, strict=True) if key not in known
        }
        made = embed_views(self._embedder, list(missing.values())) if missing else ()
        self._lately = dict(zip(missing, made, strict=True))
        self.embedded += len(missing)
        known |= self._lately
        return np.vstack([known[key] for key in keys]) if keys else np.zeros((0, 0), dtype=np.float16)


def embed_views(embedder: QueryEmbedder, views: Sequence[tuple[str, ...]]) -> np.ndarray:
    """One float16 unit vector for each tuple of views, in the order given."""
    rows = embedder.embed([view for each in views for view in each])
    return mean_of_views(rows, [len(each) for each in views]).astype(np.float16)


def read_shipped(folder: Path) -> dict[str, np.ndarray]:
    """The vectors that ship with a corpus, by the first 16 bytes of their key in hex; empty where none ship."""
    path = folder / SHIPPED_NAME
    if not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as stored:
        keys, matrix = stored["keys"], stored["vectors"]
    return {bytes(key).hex(): row for key, row in zip(keys, matrix, strict=True)}


def write_shipped(folder: Path, vectors: dict[str, np.ndarray]) -> None:
    """Write the vectors a corpus ships, in the order of their keys. `vectors`: full hex key to float16 vector."""
    ordered = sorted(vectors)
    keys = np.array([list(bytes.fromhex(key)[:KEY_BYTES]) for key in ordered], dtype=np.uint8)
    np.savez(folder / SHIPPED_NAME, keys=keys, vectors=np.vstack([vectors[key] for key in ordered]).astype(np.float16))

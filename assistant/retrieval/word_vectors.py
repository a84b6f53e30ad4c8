"""Words that mean nearly the same. Owns: vectors of single words, made by the embedding model, and how alike two words are.

Does not own: the embedding model. Vectors of the packaged library's words ship with it; other words are embedded once and remembered.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

SHIPPED_NAME = "word_vectors.npz"
SCALE = 127.0
MOST_NEW = 400  # words embedded in one call; what is beyond counts as unlike everything
MOST_KEPT = 50_000
SAME = 0.8  # cosine from which a word may stand for one the library does not use
LEAST, WHOLE = 0.5, 0.85  # cosines from which a word counts at all, and as the same word (between: in proportion)


class TextEmbedder(Protocol):
    """What turns texts into unit vectors, float32, shape (n, dimension)."""

    def embed(self, texts: Sequence[str]) -> np.ndarray: ...


class WordVectors:
    """Similarity of words. Safe to use from several threads."""

    def __init__(self, embedder: TextEmbedder, *, shipped: Path | None = None) -> None:
        self._embedder = embedder
        self._shipped = shipped
        self._lock = threading.Lock()
        self._vectors: dict[str, np.ndarray] | None = None
        self._names: list[str] | None = None
        self._matrix: np.ndarray | None = None

    def open(self) -> None:
        """Read the shipped vectors now rather than at the first question."""
        with self._lock:
            if self._vectors is None:
                self._vectors = read_word_vectors(self._shipped)

    def likeness(self, words: Sequence[str], others: Sequence[str]) -> np.ndarray:
        """How alike each of `words` is to each of `others`: float32, shape (len(words), len(others)), 0 (unlike) to 1 (the same)."""
        if not words or not others:
            return np.zeros((len(words), len(others)), dtype=np.float32)
        left, right = self._of(words), self._of(others)
        return np.asarray(np.clip((left @ right.T - LEAST) / (WHOLE - LEAST), 0.0, 1.0), dtype=np.float32)

    def nearest(self, word: str) -> str | None:
        """The shipped word that means most nearly the same as `word`, when it is as near as SAME; None when none is."""
        with self._lock:
            if self._names is None:
                shipped = read_word_vectors(self._shipped)
                self._names = list(shipped)
                self._matrix = np.vstack(list(shipped.values())) if shipped else np.zeros((0, 1), dtype=np.float32)
        if not self._names or self._matrix is None:
            return None
        cosines = self._matrix @ self._of([word])[0]
        best = int(np.argmax(cosines))
        return self._names[best] if cosines[best] >= SAME and self._names[best] != word else None

    def _of(self, words: Sequence[str]) -> np.ndarray:
        with self._lock:
            if self._vectors is None or len(self._vectors) > MOST_KEPT:
                self._vectors = read_word_vectors(self._shipped)
            known = self._vectors
            missing = [word for word in dict.fromkeys(words) if word not in known][:MOST_NEW]
            if missing:
                known.update(zip(missing, self._embedder.embed(missing), strict=True))
            nothing = np.zeros(next(iter(known.values())).shape, dtype=np.float32)
            return np.vstack([known.get(word, nothing) for word in words])


def read_word_vectors(path: Path | None) -> dict[str, np.ndarray]:
    """Shipped word vectors, float32; empty where there are none."""
    if path is None or not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as stored:
        words = bytes(stored["words"]).decode("utf-8").split("\n")
        matrix = stored["vectors"].astype(np.float32) / SCALE
    return dict(zip(words, matrix, strict=True))


def write_word_vectors(path: Path, words: Iterable[str], embedder: TextEmbedder) -> int:
    """Embed words and write them with one byte a component. Returns how many."""
    ordered = sorted(set(words))
    rows = np.rint(embedder.embed(ordered) * SCALE).astype(np.int8)
    np.savez(path, words=np.frombuffer("\n".join(ordered).encode("utf-8"), dtype=np.uint8), vectors=rows)
    return len(ordered)

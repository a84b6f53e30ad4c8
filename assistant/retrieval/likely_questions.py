"""Questions that the packaged statements are likely to be asked for. Owns: their vectors, and how like a question is to them.

A person's question is often nearer to another question than to the statement that answers both. Each statement of the packaged library has
questions that it answers, and each source has questions about its subject that it does not (`corpus/questions/`, written for this, never shown).
Does not own: the embedding model, ranking, or the decision to answer. Documents of the user's have none.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.retrieval.word_vectors import TextEmbedder

SHIPPED_NAME = "questions.npz"
SCALE = 127.0


@dataclass(frozen=True)
class QuestionLikeness:
    """How like a question is to the likely ones: cosines, by statement (`source#statement`) and by source."""

    statements: dict[str, int]
    answered: np.ndarray
    sources: dict[str, int]
    unanswered: np.ndarray

    def of_statement(self, reference: str) -> float | None:
        """The best cosine with a question that this statement answers; None where it has none."""
        row = self.statements.get(reference)
        return None if row is None else float(self.answered[row])

    def of_gap(self, source_id: str) -> float | None:
        """The best cosine with a question about this source's subject that it does not answer; None where it has none."""
        row = self.sources.get(source_id)
        return None if row is None else float(self.unanswered[row])

    @property
    def best_answered(self) -> float:
        """How like it is to questions that are answered: the mean of the two best statements' cosines; 0 where there are none."""
        return _best_two(self.answered)

    @property
    def best_unanswered(self) -> float:
        """The same for questions that are not, by source."""
        return _best_two(self.unanswered)

    def nearest(self, k: int, *, least: float) -> list[tuple[str, float]]:
        """The k statements whose questions are most like it, from `least` up, best first; ties by reference."""
        rows = np.flatnonzero(self.answered >= least)
        if not len(rows):
            return []
        names = list(self.statements)
        order = sorted(rows.tolist(), key=lambda row: (-self.answered[row], names[row]))[:k]
        return [(names[row], float(self.answered[row])) for row in order]


class LikelyQuestions:
    """The shipped questions. Safe to use from several threads."""

    def __init__(self, shipped: Path | None = None) -> None:
        self._shipped = shipped
        self._lock = threading.Lock()
        self._read: tuple[_Rows, _Rows] | None = None

    def likeness(self, vector: np.ndarray) -> QuestionLikeness:
        """Compare a question's unit vector, shape (dimension,), with all."""
        with self._lock:
            if self._read is None:
                self._read = _read(self._shipped)
        answered, unanswered = self._read
        return QuestionLikeness(
            statements=answered.names,
            answered=answered.best(vector),
            sources=unanswered.names,
            unanswered=unanswered.best(vector),
        )


@dataclass(frozen=True)
class _Rows:
    """Vectors of questions, those of one name together."""

    names: dict[str, int]
    starts: np.ndarray
    vectors: np.ndarray

    def best(self, vector: np.ndarray) -> np.ndarray:
        if not self.names:
            return np.zeros(0, dtype=np.float32)
        return np.asarray(np.maximum.reduceat(self.vectors @ vector, self.starts))


def write_likely_questions(path: Path, questions: Sequence[tuple[str, str]], embedder: TextEmbedder) -> int:
    """Embed (reference, question) pairs and write them with one byte a component. Returns how many.

    A reference that ends in `#` names a source that does not answer the question.
    """
    ordered = sorted(set(questions))
    rows = np.rint(embedder.embed([question for _, question in ordered]) * SCALE).astype(np.int8)
    names = "\n".join(reference for reference, _ in ordered).encode("utf-8")
    np.savez(path, names=np.frombuffer(names, dtype=np.uint8), vectors=rows)
    return len(ordered)


def _best_two(cosines: np.ndarray) -> float:
    """Two tell more surely than one (dev: near misses told apart with AUROC 0.89 against 0.88)."""
    return float(np.sort(cosines)[-2:].mean()) if len(cosines) else 0.0


def _read(path: Path | None) -> tuple[_Rows, _Rows]:
    if path is None or not path.exists():
        empty = _Rows({}, np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.float32))
        return empty, empty
    with np.load(path, allow_pickle=False) as stored:
        names = bytes(stored["names"]).decode("utf-8").split("\n")
        vectors = stored["vectors"].astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    gap = np.array([name.endswith("#") for name in names])
    return _rows([n for n in names if not n.endswith("#")], vectors[~gap]), _rows(
        [n[:-1] for n in names if n.endswith("#")], vectors[gap]
    )


def _rows(names: Sequence[str], vectors: np.ndarray) -> _Rows:
    """Names come sorted, so those of one name stand together."""
    starts = [row for row, name in enumerate(names) if row == 0 or names[row - 1] != name]
    return _Rows({names[row]: at for at, row in enumerate(starts)}, np.array(starts, dtype=np.int64), vectors)

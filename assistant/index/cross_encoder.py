"""The embedded cross-encoder: question and statement read together. Owns: a score for each statement as the answer to one question.

Does not own: which statements are scored, or what is done with the scores. It is the first layers of the embedding model, trained on the
questions under `evals/cases/train_*` (`assistant/models/cross_encoder/PROVENANCE.md`), in int8; it shares the embedding model's tokenizer.
A score is a logit: over 0 means that by the training questions the statement more likely answers than not. A pair's score is its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.index.embedder import MODEL_FOLDER as EMBEDDER_FOLDER
from assistant.index.onnx_model import OnnxModel, batches

MODEL_FOLDER = Path(__file__).resolve().parent.parent / "models" / "cross_encoder"
LONGEST = 96  # word pieces of question and statement together, as in training
BATCH_TOKENS = 1024


class CrossEncoder:
    """Scores statements as answers. Safe to use from several threads; the model is opened at first use."""

    def __init__(self, *, threads: int | None = None, folder: Path = MODEL_FOLDER) -> None:
        """`threads`: how many processor cores one call uses; all of them when None. Raises ModelFileError."""
        self._model = OnnxModel(folder, what="answer model", longest=LONGEST, threads=threads, tokenizer_folder=EMBEDDER_FOLDER)
        self.fingerprint = f"cross-encoder-{self._model.manifest['version']}-{self._model.digest('model.int8.onnx')[:12]}"

    def verify(self) -> None:
        """Read the model file whole and compare it with its recorded sha256. Raises ModelFileError."""
        self._model.verify()

    def score(self, question: str, statements: Sequence[str]) -> np.ndarray:
        """A logit for each statement, float32, shape (len(statements),), in the order given. Raises ModelFileError."""
        scores = np.empty(len(statements), dtype=np.float32)
        if not len(statements):
            return scores
        tokenizer, _ = self._model.open()
        ids = [encoding.ids for encoding in tokenizer.encode_batch_fast([(question, statement) for statement in statements])]
        for rows in batches([len(each) for each in ids], tokens=BATCH_TOKENS):
            scores[rows] = self._model.run([ids[row] for row in rows]).reshape(len(rows))
        return scores

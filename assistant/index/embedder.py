"""The embedded embedding model, all-MiniLM-L6-v2 in int8. Owns: texts to unit vectors, on this machine, with no network.

Does not own: which text of a passage is embedded, where vectors are kept, or how the model file was made (`assistant/models`).

A text's vector is its own. Ordinary dynamic quantisation scales a whole batch together, so the same text moves with its
batch-mates and its padding (measured: cosine down to 0.969, mean 0.993). This model was quantised so that nothing is shared
between texts, and batches hold texts of one token length, so there is no padding: alone and in a batch agree to BATCH_DRIFT.
Each core runs batches of its own: cores that share one batch spend a third of their time waiting for each other, and more when
another process wants one of them.
Many texts in one call are faster than few: 500 or more fill the batches, 64 at a time is about a fifth slower.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.index.onnx_model import MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE, OnnxModel, cores

__all__ = ["BATCH_DRIFT", "MANIFEST_FILE", "MODEL_FILE", "MODEL_FOLDER", "TOKENIZER_FILE", "Embedder"]

MODEL_FOLDER = Path(__file__).resolve().parent.parent / "models" / "minilm"
DIMENSION = 384
LONGEST = 256  # word pieces, with the two special ones: the model's own max_seq_length; what follows is not read
BATCH_TOKENS = 1024  # measured: 512 to 1,024 are fastest, 256 is 14 % slower, 4,096 a little slower and takes 80 MB more
LATELY = 64  # single texts whose vectors are remembered
BATCH_DRIFT = 1e-5  # 1 - cosine between a text's vector alone and in any batch, at most (measured: under 1e-6, float rounding)


class Embedder:
    """Turns texts into unit vectors. Safe to use from several threads; the model is opened at first use (or by `open`)."""

    dimension = DIMENSION

    def __init__(self, *, threads: int | None = None, folder: Path = MODEL_FOLDER) -> None:
        """`threads`: how many processor cores one call uses; all of them when None. Raises ModelFileError."""
        self._threads = threads or cores()
        self._model = OnnxModel(folder, what="embedding model", longest=LONGEST, threads=1)
        parts = [self._model.digest(name)[:12] for name in (MODEL_FILE, TOKENIZER_FILE)]
        self._lately: dict[str, np.ndarray] = {}
        self._lock = threading.Lock()
        self.fingerprint = "-".join(["minilm-l6-v2-int8", str(self._model.manifest["version"]), *parts])

    def open(self) -> None:
        """Open the model now rather than at the first text. Raises ModelFileError."""
        self._model.open()

    def verify(self) -> None:
        """Read the model files whole and compare them with their recorded sha256. Raises ModelFileError."""
        self._model.verify()

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, float32, shape (len(texts), 384), in the order given. Empty texts are allowed. Raises ModelFileError."""
        if not len(texts):
            return np.empty((0, DIMENSION), dtype=np.float32)
        if len(texts) == 1:
            return self._of_one(texts[0])[None].copy()
        tokenizer, _ = self._model.open()
        ids = [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts))]
        return self._model.run_many(ids, tokens=BATCH_TOKENS, threads=self._threads)

    def _of_one(self, text: str) -> np.ndarray:
        """A single text's vector: a question, which several steps ask for one after the other."""
        kept = self._lately.get(text)
        if kept is None:
            tokenizer, _ = self._model.open()
            kept = self._model.run([tokenizer.encode(text).ids])[0]
            with self._lock:
                if len(self._lately) >= LATELY:
                    self._lately.clear()
                self._lately[text] = kept
        return kept

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is a piece of its own in the model's vocabulary: a word that many people write. Raises ModelFileError."""
        return self._model.open()[0].token_to_id(word) is not None

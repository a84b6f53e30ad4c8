"""The embedded cross-encoder: a small model that reads two texts together. Owns: pairs of texts to log odds, on this machine, with no network.

Two tasks, one model: *entails*, do the right-hand words say the left-hand claim; *answers*, does the right-hand statement answer the left-hand
question. Fine-tuned from the embedding model (`evals/fit_cross_encoder.py`; `assistant/models/cross_encoder/PROVENANCE.md`).
Owns also how a statement is put to it (`statement_words`). Does not own: what follows from the odds.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Literal

import numpy as np

from assistant.index.onnx_model import OnnxModel, cores

Task = Literal["entails", "answers"]
TASKS: tuple[Task, ...] = ("entails", "answers")
MODEL_FOLDER = Path(__file__).resolve().parent.parent / "models" / "cross_encoder"
LONGEST = 192  # word pieces of both texts together; the right-hand one is cut
LONGEST_LEFT = 64  # of the left-hand text, so that something of the other is always read
BATCH_TOKENS = 512
TITLE_WORDS, TITLE_LETTERS = 16, 120
BEFORE_WORDS, BEFORE_LETTERS = 28, 180  # of the question before a follow-up
END = 102  # the word piece that closes a text


class CrossEncoder:
    """Reads pairs of texts. Safe to use from several threads; the model is opened at first use (or by `open`)."""

    def __init__(self, *, threads: int | None = None, folder: Path = MODEL_FOLDER) -> None:
        """`threads`: how many processor cores one call uses; all of them when None. Raises ModelFileError."""
        self._threads = threads or cores()
        self._model = _model(folder)
        self.fingerprint = f"cross-encoder-{self._model.manifest['version']}-{self._model.digest('model.int8.onnx')[:12]}"

    def open(self) -> None:
        """Open the model now rather than at the first pair. Raises ModelFileError."""
        self._model.open()

    def verify(self) -> None:
        """Read the model files whole and compare them with their recorded sha256. Raises ModelFileError."""
        self._model.verify()

    def log_odds(self, task: Task, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Log odds that each pair holds, float64, shape (len(pairs),). Raises ModelFileError."""
        if not pairs:
            return np.zeros(0)
        tokenizer, _ = self._model.open()
        odds = self._model.run_many(pair_ids(tokenizer, pairs), tokens=BATCH_TOKENS, threads=self._threads)
        return odds[:, TASKS.index(task)].astype(np.float64)


_MODELS: dict[Path, OnnxModel] = {}
_LOCK = Lock()


def _model(folder: Path) -> OnnxModel:
    """The model of a folder, shared by all that read with it: it is opened once."""
    with _LOCK:
        if folder not in _MODELS:
            _MODELS[folder] = OnnxModel(folder, what="cross-encoder", longest=LONGEST, threads=1)
        return _MODELS[folder]


def pair_ids(tokenizer: object, pairs: Sequence[tuple[str, str]]) -> list[list[int]]:
    """Word pieces of each pair as one text, both parts closed."""
    left = tokenizer.encode_batch_fast([one for one, _ in pairs])  # type: ignore[attr-defined]
    right = tokenizer.encode_batch_fast([other for _, other in pairs], add_special_tokens=False)  # type: ignore[attr-defined]
    return [[*[*a.ids[:-1][: LONGEST_LEFT - 1], END, *b.ids][: LONGEST - 1], END] for a, b in zip(left, right, strict=True)]


def statement_words(title: str, statement: str) -> str:
    """A statement as the model reads it: under the title of its source."""
    return f"{' '.join(title.split()[:TITLE_WORDS])[:TITLE_LETTERS]}: {statement}"


def followup_words(before: str, ask: str) -> str:
    """A follow-up as the model reads it: after the question that it follows, of which the last words are enough."""
    return f"{' '.join(before.split()[-BEFORE_WORDS:])[-BEFORE_LETTERS:]} {ask}"

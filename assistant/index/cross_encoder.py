"""The embedded cross-encoder: a small model that reads a question and a statement together. Owns: the log odds that the statement answers the
question, on this machine, with no network.

Its lowest layers read both texts apart, so what they make of a statement does not depend on the question: it is kept for the next question
(KEPT_BYTES of it). The layers above read the question's word pieces with the statement's. Fine-tuned from the embedding model
(`evals/fit_cross_encoder.py`; `assistant/models/cross_encoder/PROVENANCE.md`). Owns also how a statement is put to it (`statement_words`).
Does not own: what follows from the odds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from assistant.index.onnx_model import OnnxModel, batches, cores, shared

MODEL_FOLDER = Path(__file__).resolve().parent.parent / "models" / "cross_encoder"
ENCODING_FILE, READING_FILE = "encoding.int8.onnx", "reading.int8.onnx"
LONGEST = 128  # word pieces of a statement under its title, with the two special ones
LONGEST_ASKED = 64  # of a question
BATCH_TOKENS = 512
ROUNDED = 16  # statements are read together with those that reach the same multiple of it, so that none depends on its neighbours' length
KEPT_BYTES = 32_000_000  # of statements: about 1,900 of the library's, whose packaged sources have 3,700
MIDDLE = 128  # the step that stands for 0
FAR_BELOW = -1e4  # the score of a place that holds no word piece
TITLE_WORDS, TITLE_LETTERS = 16, 120
BEFORE_WORDS, BEFORE_LETTERS = 28, 180  # of the question before a follow-up
END = 102  # the word piece that closes a text


class CrossEncoder:
    """Reads statements for a question. Safe to use from several threads; the model is opened at first use (or by `open`)."""

    def __init__(self, *, threads: int | None = None, folder: Path = MODEL_FOLDER) -> None:
        """`threads`: how many processor cores one call uses; all of them when None. Raises ModelFileError."""
        self._threads = threads or cores()
        self._encoding, self._reading = _models(folder)
        parts = [self._encoding.digest(name)[:8] for name in (ENCODING_FILE, READING_FILE)]
        self.fingerprint = "-".join(["cross-encoder", str(self._encoding.manifest["version"]), *parts])
        self._kept: dict[bytes, np.ndarray] = {}
        self._kept_bytes = 0
        self._lock = Lock()

    def open(self) -> None:
        """Open the model now rather than at the first question. Raises ModelFileError."""
        self._encoding.open()
        self._reading.open_session()

    def verify(self) -> None:
        """Read the model files whole and compare them with their recorded sha256. Raises ModelFileError."""
        self._encoding.verify()

    def log_odds(self, question: str, statements: Sequence[str]) -> np.ndarray:
        """Log odds that each statement answers the question, float64, shape (len(statements),). Raises ModelFileError."""
        if not statements:
            return np.zeros(0)
        tokenizer, encoding = self._encoding.open()
        asked = encoding.run(["tokens"], {"ids": np.array(asked_ids(tokenizer, [question]), dtype=np.int64)})[0]
        encoded = self.encoded(statements)
        session = self._reading.open_session()
        odds = np.zeros(len(statements))

        def read(rows: list[int]) -> None:
            odds[rows] = session.run(["logits"], {"asked": asked, **_together([encoded[row] for row in rows])})[0][:, 0]

        todo = list(batches([rounded(len(each)) for each in encoded], tokens=BATCH_TOKENS))
        shared(todo, read, threads=self._threads)
        return odds

    def encoded(self, statements: Sequence[str]) -> list[np.ndarray]:
        """What the lowest layers make of each statement, uint8, shape (word pieces, 384); kept. Raises ModelFileError."""
        with self._lock:
            found = {text: self._kept.pop(_key(text), None) for text in dict.fromkeys(statements)}
            self._kept.update({_key(text): each for text, each in found.items() if each is not None})  # used last, dropped last
        missing = [text for text, each in found.items() if each is None]
        if missing:
            tokenizer, session = self._encoding.open()
            ids = statement_ids(tokenizer, missing)

            def encode(rows: list[int]) -> None:
                steps = session.run(["read_steps"], {"ids": np.array([ids[row] for row in rows], dtype=np.int64)})[0]
                found.update({missing[row]: each.copy() for row, each in zip(rows, steps, strict=True)})

            shared(list(batches([len(each) for each in ids], tokens=BATCH_TOKENS)), encode, threads=self._threads)
            self._keep({_key(text): made for text in missing if (made := found[text]) is not None})
        return [each for text in statements if (each := found[text]) is not None]

    def _keep(self, made: dict[bytes, np.ndarray]) -> None:
        with self._lock:
            new = {key: each for key, each in made.items() if key not in self._kept}
            self._kept.update(new)
            self._kept_bytes += sum(each.nbytes for each in new.values())
            while self._kept_bytes > KEPT_BYTES:
                self._kept_bytes -= self._kept.pop(next(iter(self._kept))).nbytes


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def rounded(length: int) -> int:
    """The length up to which a statement of so many word pieces is filled."""
    return -(-length // ROUNDED) * ROUNDED


def _together(encoded: Sequence[np.ndarray]) -> dict[str, np.ndarray]:
    """Statements of one rounded length as the model's inputs."""
    shape = (len(encoded), rounded(len(encoded[0])))
    steps, padding = np.full((*shape, encoded[0].shape[1]), MIDDLE, np.uint8), np.full(shape, FAR_BELOW, np.float32)
    for row, each in enumerate(encoded):
        steps[row, : len(each)], padding[row, : len(each)] = each, 0.0
    return {"statements": steps, "padding": padding[:, None, None]}


_MODELS: dict[Path, tuple[OnnxModel, OnnxModel]] = {}
_LOCK = Lock()


def _models(folder: Path) -> tuple[OnnxModel, OnnxModel]:
    """The two models of a folder, shared by all that read with them: they are opened once."""
    with _LOCK:
        if folder not in _MODELS:
            encoding, reading = (
                OnnxModel(folder, what="cross-encoder", file=file, longest=LONGEST, threads=1)
                for file in (ENCODING_FILE, READING_FILE)
            )
            _MODELS[folder] = encoding, reading
        return _MODELS[folder]


def asked_ids(tokenizer: Any, questions: Sequence[str]) -> list[list[int]]:
    """Word pieces of questions."""
    return _cut(tokenizer, questions, LONGEST_ASKED)


def statement_ids(tokenizer: Any, statements: Sequence[str]) -> list[list[int]]:
    """Word pieces of statements under their titles."""
    return _cut(tokenizer, statements, LONGEST)


def _cut(tokenizer: Any, texts: Sequence[str], longest: int) -> list[list[int]]:
    return [[*encoding.ids[:-1][: longest - 1], END] for encoding in tokenizer.encode_batch_fast(list(texts))]


def statement_words(title: str, statement: str) -> str:
    """A statement as the model reads it: under the title of its source."""
    return f"{' '.join(title.split()[:TITLE_WORDS])[:TITLE_LETTERS]}: {statement}"


def followup_words(before: str, ask: str) -> str:
    """A follow-up as the model reads it: after the question that it follows, of which the last words are enough."""
    return f"{' '.join(before.split()[-BEFORE_WORDS:])[-BEFORE_LETTERS:]} {ask}"

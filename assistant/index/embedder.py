"""The embedded embedding model, all-MiniLM-L6-v2 in int8. Owns: texts to unit vectors, on this machine, with no network.

Does not own: which text of a passage is embedded, where vectors are kept, or how the model file was made (`assistant/models`).

A text's vector is its own. Ordinary dynamic quantisation scales a whole batch together, so the same text moves with its
batch-mates and its padding (measured: cosine down to 0.969, mean 0.993). This model was quantised so that nothing is shared
between texts, and batches hold texts of one token length, so there is no padding: alone and in a batch agree to BATCH_DRIFT.
Many texts in one call are faster than few: 500 or more fill the batches, 64 at a time is about a fifth slower.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import ModelFileError

MODEL_FOLDER = Path(__file__).resolve().parent.parent / "models" / "minilm"
MODEL_FILE, TOKENIZER_FILE, MANIFEST_FILE = "model.int8.onnx", "tokenizer.json", "manifest.json"
DIMENSION = 384
LONGEST = 256  # word pieces, with the two special ones: the model's own max_seq_length; what follows is not read
BATCH_TOKENS = 1024  # measured: 512 to 1,024 are fastest, 256 is 14 % slower, 4,096 a little slower and takes 80 MB more
BATCH_DRIFT = 1e-5  # 1 - cosine between a text's vector alone and in any batch, at most (measured: under 1e-6, float rounding)
REMEDY = "Install mission-adviser again: the file comes with it."


@dataclass(frozen=True)
class _Engine:
    """The opened tokenizer and ONNX Runtime session."""

    tokenizer: Any
    session: Any


class Embedder:
    """Turns texts into unit vectors. Safe to use from several threads; the model is opened at first use (or by `open`)."""

    dimension = DIMENSION

    def __init__(self, *, threads: int | None = None, folder: Path = MODEL_FOLDER) -> None:
        """`threads`: how many processor cores one call uses; all of them when None. Raises ModelFileError."""
        self._threads = threads
        self._folder = folder
        self._manifest = _read_manifest(folder)
        self.fingerprint = _fingerprint(self._manifest)
        self._engine: _Engine | None = None
        self._lock = threading.Lock()

    def open(self) -> None:
        """Open the model now rather than at the first text. Raises ModelFileError."""
        self._opened()

    def verify(self) -> None:
        """Read the model files whole and compare them with their recorded sha256. Raises ModelFileError."""
        for name in (MODEL_FILE, TOKENIZER_FILE):
            _read_checked(self._folder, self._manifest, name, deep=True)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, float32, shape (len(texts), 384), in the order given. Empty texts are allowed. Raises ModelFileError."""
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        if not len(texts):
            return vectors
        engine = self._opened()
        ids = [encoding.ids for encoding in engine.tokenizer.encode_batch_fast(list(texts))]
        for rows in _batches([len(each) for each in ids]):
            batch = np.array([ids[row] for row in rows], dtype=np.int64)
            vectors[rows] = engine.session.run(None, {"ids": batch})[0]
        return vectors

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is a piece of its own in the model's vocabulary: a word that many people write. Raises ModelFileError."""
        return self._opened().tokenizer.token_to_id(word) is not None

    def _opened(self) -> _Engine:
        with self._lock:
            if self._engine is None:
                self._engine = _open_engine(self._folder, self._manifest, threads=self._threads)
            return self._engine


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows in batches of one length and at most BATCH_TOKENS tokens, longest first so that memory peaks at once."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda each: -lengths[each]):
        if batch and (lengths[row] != lengths[batch[0]] or (len(batch) + 1) * lengths[row] > BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST_FILE
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for name in (MODEL_FILE, TOKENIZER_FILE):
            _ = (manifest["version"], manifest["files"][name]["sha256"], manifest["files"][name]["bytes"])
    except OSError as error:
        raise ModelFileError(f"The embedding model's {path} cannot be read ({error.strerror}). {REMEDY}") from None
    except (ValueError, KeyError, TypeError):
        raise ModelFileError(f"The embedding model's {path} is damaged. {REMEDY}") from None
    return manifest


def _fingerprint(manifest: dict[str, Any]) -> str:
    """Which vectors these are: another model file, tokenizer or version gives another fingerprint."""
    parts = [manifest["files"][name]["sha256"][:12] for name in (MODEL_FILE, TOKENIZER_FILE)]
    return "-".join(["minilm-l6-v2-int8", str(manifest["version"]), *parts])


def _read_checked(folder: Path, manifest: dict[str, Any], name: str, *, deep: bool) -> bytes:
    """A model file's content, held against its recorded size and, when `deep`, its sha256."""
    path, recorded = folder / name, manifest["files"][name]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelFileError(f"The embedding model's {path} cannot be read ({error.strerror}). {REMEDY}") from None
    if len(content) != recorded["bytes"] or (deep and hashlib.sha256(content).hexdigest() != recorded["sha256"]):
        raise ModelFileError(f"The embedding model's {path} is damaged: it is not the file that was released. {REMEDY}")
    return content


def _open_engine(folder: Path, manifest: dict[str, Any], *, threads: int | None) -> _Engine:
    import onnxruntime
    from tokenizers import Tokenizer

    # The tokenizer is checked whole (it is small): `tokenizers` reports a bad file as a bare Exception only.
    tokenizer = Tokenizer.from_str(_read_checked(folder, manifest, TOKENIZER_FILE, deep=True).decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    model = _read_checked(folder, manifest, MODEL_FILE, deep=False)
    onnxruntime.disable_telemetry_events()
    states = onnxruntime.capi.onnxruntime_pybind11_state
    try:
        session = onnxruntime.InferenceSession(model, _session_options(threads), providers=["CPUExecutionProvider"])
    except (states.Fail, states.InvalidArgument, states.InvalidGraph, states.InvalidProtobuf, states.NotImplemented) as error:
        reason = str(error).splitlines()[0]
        raise ModelFileError(f"The embedding model's {folder / MODEL_FILE} cannot be opened ({reason}). {REMEDY}") from None
    return _Engine(tokenizer, session)


def _session_options(threads: int | None) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or 0
    options.inter_op_num_threads = 1
    # The graph is written as it should run. Optimising it again is slower to open and slower to run (it fuses the layer norms).
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.enable_mem_pattern = False  # shapes differ from batch to batch; a plan kept for each would only grow
    options.log_severity_level = 3
    return options

"""A converted model's folder: the only door to ONNX Runtime and tokenizers. Owns: its manifest, checks, tokenizer and session.

Does not own: what the model computes (see `embedder.py`) or how its files were made (`assistant/models`).
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from assistant.errors import ModelFileError

Made = TypeVar("Made")
MODEL_FILE, TOKENIZER_FILE, MANIFEST_FILE = "model.int8.onnx", "tokenizer.json", "manifest.json"
REMEDY = "Install mission-adviser again: the file comes with it."


class OnnxModel:
    """A model folder, opened at first use. Safe to use from several threads."""

    def __init__(self, folder: Path, *, what: str, longest: int, threads: int | None = None, file: str = MODEL_FILE) -> None:
        """`what`: the model's name in messages; `longest`: word pieces read; `threads`: cores a call uses, all when None; `file`: of the
        folder. Raises ModelFileError.
        """
        self._folder = folder
        self._what = what
        self._file = file
        self._longest = longest
        self._threads = threads
        self.manifest = _read_manifest(folder, what, file)
        self._tokenizer: Any = None
        self._session: Any = None
        self._lock = threading.Lock()

    def open(self) -> tuple[Any, Any]:
        """(tokenizer, session), opened once. Raises ModelFileError."""
        with self._lock:
            if self._tokenizer is None:
                self._tokenizer = self._open_tokenizer()
        return self._tokenizer, self.open_session()

    def open_session(self) -> Any:
        """The session alone, opened once: of a model that is not given texts. Raises ModelFileError."""
        with self._lock:
            if self._session is None:
                self._session = self._open_session()
            return self._session

    def verify(self) -> None:
        """Read the files whole and compare them with their recorded sha256. Raises ModelFileError."""
        for name in self.manifest["files"]:
            self._read(name, deep=True)

    def digest(self, name: str) -> str:
        """Recorded sha256 of a file, in hex."""
        return str(self.manifest["files"][name]["sha256"])

    def run(self, ids: Sequence[Sequence[int]]) -> np.ndarray:
        """The model's first output for token ids, all of one length: one row a text."""
        _, session = self.open()
        return np.asarray(session.run(None, {"ids": np.array(ids, dtype=np.int64)})[0])

    def run_many(self, ids: Sequence[Sequence[int]], *, tokens: int, threads: int) -> np.ndarray:
        """The first output for texts of any length, a row each in their order: batches of at most `tokens`, each core with batches of its own."""
        todo = list(batches([len(each) for each in ids], tokens=tokens))
        made = shared(todo, lambda rows: self.run([ids[row] for row in rows]), threads=threads)
        whole = np.concatenate(made)
        placed = np.empty_like(whole)
        placed[[row for rows in todo for row in rows]] = whole
        return placed

    def _open_tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        # The tokenizer is checked whole (it is small): `tokenizers` reports a bad file as a bare Exception only.
        content = self._read(TOKENIZER_FILE, deep=True)
        tokenizer = Tokenizer.from_str(content.decode("utf-8"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._longest)
        return tokenizer

    def _open_session(self) -> Any:
        import onnxruntime

        model = self._read(self._file, deep=False)
        onnxruntime.disable_telemetry_events()
        states = onnxruntime.capi.onnxruntime_pybind11_state
        try:
            return onnxruntime.InferenceSession(model, _session_options(self._threads), providers=["CPUExecutionProvider"])
        except (states.Fail, states.InvalidArgument, states.InvalidGraph, states.InvalidProtobuf, states.NotImplemented) as error:
            reason = str(error).splitlines()[0]
            raise ModelFileError(
                f"The {self._what}'s {self._folder / self._file} cannot be opened ({reason}). {REMEDY}"
            ) from None

    def _read(self, name: str, *, deep: bool) -> bytes:
        """A file's content, held against its recorded size and, when `deep`, its sha256."""
        path, recorded = self._folder / name, self.manifest["files"][name]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ModelFileError(f"The {self._what}'s {path} cannot be read ({error.strerror}). {REMEDY}") from None
        if len(content) != recorded["bytes"] or (deep and hashlib.sha256(content).hexdigest() != recorded["sha256"]):
            raise ModelFileError(f"The {self._what}'s {path} is damaged: it is not the file that was released. {REMEDY}")
        return content


def shared(todo: Sequence[list[int]], work: Callable[[list[int]], Made], *, threads: int) -> list[Made]:
    """What `work` makes of each batch of rows, in their order; by several threads where there are several batches."""
    if threads == 1 or len(todo) <= 1:
        return [work(rows) for rows in todo]
    with ThreadPoolExecutor(min(threads, len(todo))) as pool:
        return list(pool.map(work, todo))


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def batches(lengths: Sequence[int], *, tokens: int) -> Iterator[list[int]]:
    """Rows in batches of one length and at most `tokens` tokens, longest first so that memory peaks at once."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda each: -lengths[each]):
        if batch and (lengths[row] != lengths[batch[0]] or (len(batch) + 1) * lengths[row] > tokens):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _read_manifest(folder: Path, what: str, file: str) -> dict[str, Any]:
    path = folder / MANIFEST_FILE
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for name in (file, TOKENIZER_FILE):
            _ = (manifest["version"], manifest["files"][name]["sha256"], manifest["files"][name]["bytes"])
    except OSError as error:
        raise ModelFileError(f"The {what}'s {path} cannot be read ({error.strerror}). {REMEDY}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ModelFileError(f"The {what}'s {path} is damaged. {REMEDY}") from None
    return manifest


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

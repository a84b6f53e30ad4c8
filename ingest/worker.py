"""Reading files in a process of its own, so that a hostile file can cost its limits and nothing else.

Owns: the worker process, its limits of time and memory, the frames between it and us. Does not own: what an extractor does.
Frames are JSON with a length before them; nothing a file can influence is unpickled.
"""

from __future__ import annotations

import gc
import json
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from assistant.errors import FileRefusedError, UnreadableFileError
from assistant.nouns import Passage
from ingest.document import Document
from ingest.sniff import HEAD, sniff

MEMORY_MB = 4096
RARELY = (100_000, 20, 100)  # a document is many small objects that all stay until it is done: looking for rubbish costs a tenth
EVIDENCE_TYPE = "your document"
_LENGTH = struct.Struct(">Q")
_PASSAGES = TypeAdapter(list[Passage])
_FACTS = ("format", "title", "authors", "organisation", "year", "url", "language", "pages", "pages_without_text", "warnings")


@dataclass(frozen=True)
class Extracted:
    """A file's text and passages, with what it says of itself (`facts` are the fields of Document but its blocks)."""

    text: str
    passages: tuple[Passage, ...]
    facts: dict[str, Any]
    sketch: str = ""


class Reader:
    """Reads files one at a time in a worker process, which is started when first needed and again after it was lost."""

    def __init__(self, *, seconds: float, memory_mb: int = MEMORY_MB, password: str | None = None) -> None:
        """`password`: tried on files that are encrypted."""
        self.seconds = seconds
        self._password = password
        self._memory_mb = memory_mb
        self._process: subprocess.Popen[bytes] | None = None
        self._frames: queue.Queue[bytes | None] = queue.Queue()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the worker process now, so that it is ready when the first file is."""
        self._started()

    def read(self, path: Path, *, source_id: str, source_hash: str) -> Extracted:
        """Extract and segment one file. Raises FileRefusedError with the reason, also for one that took too long."""
        process = self._started()
        request = {"path": str(path), "source_id": source_id, "source_hash": source_hash, "password": self._password}
        try:
            _write(process.stdin, json.dumps(request).encode())
            frame = self._frames.get(timeout=self.seconds)
        except queue.Empty:
            self.close()
            raise FileRefusedError(
                f"Reading it took longer than {self.seconds:.0f} seconds and was stopped. "
                "Save it again in a simpler form, or split it."
            ) from None
        except OSError:
            frame = None
        if frame is None:
            self.close()
            raise FileRefusedError("It broke its reader (too large for memory, or damaged). Save it again in another format.")
        answer = json.loads(frame)
        if "refused" in answer:
            raise FileRefusedError(answer["refused"])
        passages = tuple(_PASSAGES.validate_python(answer["passages"]))
        return Extracted(text=answer["text"], passages=passages, facts=answer["facts"], sketch=answer["sketch"])

    def close(self) -> None:
        """End the worker process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream:
                    stream.close()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-P", "-m", "ingest.worker", str(self._memory_mb)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
            self._frames = queue.Queue()
            threading.Thread(target=_pump, args=(self._process.stdout, self._frames), daemon=True).start()
        return self._process


def _pump(stream: BinaryIO, frames: queue.Queue[bytes | None]) -> None:
    try:
        while (frame := _read(stream)) is not None:
            frames.put(frame)
    except (OSError, ValueError):
        pass  # the process was ended while we waited; None below says so
    frames.put(None)


def _write(stream: Any, frame: bytes) -> None:
    stream.write(_LENGTH.pack(len(frame)) + frame)
    stream.flush()


def _read(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(head)[0]
    body = stream.read(size)
    return body if len(body) == size else None


def read_file(path: Path, *, source_id: str, source_hash: str, password: str | None = None) -> Extracted:
    """Extract and segment one file in this process. Raises FileRefusedError."""
    from ingest.extract.registry import extractor_for
    from ingest.likeness import sketch_of
    from ingest.segment import segment

    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"It cannot be read ({error.strerror}). Check that you may open it.") from None
    if not data.strip():
        raise FileRefusedError("It is empty.")
    with _rare_collection():
        document: Document = extractor_for(sniff(data[:HEAD], path), password=password)(data)
        segmented = segment(document, source_id=source_id, source_hash=source_hash, evidence_type=EVIDENCE_TYPE)
        if not segmented.passages:
            raise FileRefusedError("No text was found in it.")
        facts = {key: getattr(document, key) for key in _FACTS}
        sketch = sketch_of(segmented.text).written()
    return Extracted(text=segmented.text, passages=segmented.passages, facts=facts, sketch=sketch)


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Let Python look for rubbish rarely meanwhile."""
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    path = Path(request.pop("path"))
    try:
        found = read_file(path, **request)
    except FileRefusedError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "It is too large to read in the memory allowed. Split it."}
    except Exception as error:  # noqa: BLE001 - parsers of other people raise anything; this process exists to contain that
        return {
            "refused": f"Its reader failed on it ({type(error).__name__}): it is damaged or unusual. "
            "Save it again in another format."
        }
    passages = [p.model_dump() for p in found.passages]
    return {"text": found.text, "passages": passages, "facts": found.facts, "sketch": found.sketch}


def serve(memory_mb: int) -> None:
    """The worker's loop: a request frame in, an answer frame out, until standard input ends."""
    _limit_memory(memory_mb)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not break the frames
    gc.freeze()
    gc.set_threshold(*RARELY)
    while (frame := _read(source)) is not None:
        _write(target, json.dumps(_answer(json.loads(frame))).encode("utf-8", "replace"))


def _limit_memory(memory_mb: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where the time limit alone holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1024 * 1024, memory_mb * 1024 * 1024))


if __name__ == "__main__":
    serve(int(sys.argv[1]))

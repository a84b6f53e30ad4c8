"""Reading files in a process of its own, so that a hostile file can cost its limits and nothing else.

Owns: the worker process, its limits of time and memory, and what its answers become. Does not own: what is done there (see `reading.py`).
"""

from __future__ import annotations

import base64
import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter, ValidationError

from assistant.errors import FileRefusedError
from assistant.nouns import Passage
from ingest.frames import read_frame, write_frame
from ingest.likeness import sketch_of_words

MEMORY_MB = 4096
WAIT = 0.1  # seconds between looks at what else there is to do while a file is read
_PASSAGES = TypeAdapter(list[Passage])


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

    def read(self, path: Path, *, source_id: str, source_hash: str, meanwhile: Callable[[], None] = lambda: None) -> Extracted:
        """Extract and segment one file. Raises FileRefusedError with the reason, also for one that took too long.

        `meanwhile`: called now and then while that takes long; it should not take long itself. What it raises, this raises.
        """
        process = self._started()
        request = {"path": str(path), "source_id": source_id, "source_hash": source_hash, "password": self._password}
        assert process.stdin is not None  # it was started with a pipe
        try:
            write_frame(process.stdin, json.dumps(request).encode())
        except OSError:
            frame = None
        else:
            frame = self._frame(meanwhile)
        if frame is None:
            self.close()
            raise FileRefusedError("It broke its reader (too large for memory, or damaged). Save it again in another format.")
        answer = json.loads(frame)
        if "refused" in answer:
            raise FileRefusedError(answer["refused"])
        return extracted(answer)

    def _frame(self, meanwhile: Callable[[], None]) -> bytes | None:
        """The worker's next answer; None where it ended instead. Where none comes, the worker is ended: it could answer yet."""
        until = time.monotonic() + self.seconds
        try:
            while (left := until - time.monotonic()) > WAIT:
                try:
                    return self._frames.get(timeout=WAIT)
                except queue.Empty:
                    meanwhile()
            return self._frames.get(timeout=max(0.0, left))
        except queue.Empty:
            self.close()
            raise FileRefusedError(
                f"Reading it took longer than {self.seconds:.0f} seconds and was stopped. "
                "Save it again in a simpler form, or split it."
            ) from None
        except BaseException:
            self.close()
            raise

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
            command = [sys.executable, "-P", "-m", "ingest.reading", str(self._memory_mb)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
            self._frames = queue.Queue()
            threading.Thread(target=_pump, args=(self._process.stdout, self._frames), daemon=True).start()
        return self._process


def extracted(answer: dict[str, Any]) -> Extracted:
    """What the worker's answer becomes. Raises FileRefusedError where its passages are none that a library can hold."""
    try:
        passages = tuple(_PASSAGES.validate_python(answer["passages"]))
    except ValidationError:
        raise FileRefusedError(
            "Its reader failed on it (ValidationError): it is damaged or unusual. Save it again in another format."
        ) from None
    sketch = sketch_of_words(base64.b64decode(answer["words"])).written()
    return Extracted(text=answer["text"], passages=passages, facts=answer["facts"], sketch=sketch)


def _pump(stream: BinaryIO, frames: queue.Queue[bytes | None]) -> None:
    try:
        while (frame := read_frame(stream)) is not None:
            frames.put(frame)
    except (OSError, ValueError):
        pass  # the process was ended while we waited; None below says so
    frames.put(None)

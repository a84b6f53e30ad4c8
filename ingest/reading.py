"""What the process does that reads files: a request in, a file's text and passages out. Owns: its loop, its memory limit, what it says of failure.

Does not own: starting it or its time (see `worker.py`), or what an extractor does. It loads neither the nouns nor numpy, nor any extractor
before a file wants it: a process that reads one small file has little else to do than to load what it reads with.
"""

from __future__ import annotations

import base64
import gc
import json
import sys
from pathlib import Path
from typing import Any

from assistant.errors import FileRefusedError, UnreadableFileError
from ingest.document import EVIDENCE_TYPE, Document
from ingest.extract.registry import extractor_for
from ingest.frames import read_frame, write_frame
from ingest.segment import cut
from ingest.sniff import HEAD, sniff
from ingest.word_hashes import word_hashes

RARELY = (100_000, 20, 100)  # a document is many small objects that all stay until it is done: looking for rubbish costs a tenth
_FACTS = ("format", "title", "authors", "organisation", "year", "url", "language", "pages", "pages_without_text", "warnings")


def read_file(path: Path, *, source_id: str, source_hash: str, password: str | None = None) -> dict[str, Any]:
    """Extract and cut one file: its text, its passages' fields, facts, and the hashes of its words. Raises FileRefusedError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"It cannot be read ({error.strerror}). Check that you may open it.") from None
    if not data.strip():
        raise FileRefusedError("It is empty.")
    document: Document = extractor_for(sniff(data[:HEAD], path), password=password)(data)
    made = cut(document, source_id=source_id, source_hash=source_hash, evidence_type=EVIDENCE_TYPE)
    if not made.passages:
        raise FileRefusedError("No text was found in it.")
    facts = {key: getattr(document, key) for key in _FACTS}
    words = base64.b64encode(word_hashes(made.text).tobytes()).decode("ascii")
    return {"text": made.text, "passages": made.passages, "facts": facts, "words": words}


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    path = Path(request.pop("path"))
    try:
        return read_file(path, **request)
    except FileRefusedError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "It is too large to read in the memory allowed. Split it."}
    except Exception as error:  # noqa: BLE001 - parsers of other people raise anything; this process exists to contain that
        return {
            "refused": f"Its reader failed on it ({type(error).__name__}): it is damaged or unusual. "
            "Save it again in another format."
        }


def serve(memory_mb: int) -> None:
    """The worker's loop: a request frame in, an answer frame out, until standard input ends."""
    _limit_memory(memory_mb)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not break the frames
    gc.freeze()
    gc.set_threshold(*RARELY)
    while (frame := read_frame(source)) is not None:
        write_frame(target, json.dumps(_answer(json.loads(frame))).encode("utf-8", "replace"))


def _limit_memory(memory_mb: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where the time limit alone holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1024 * 1024, memory_mb * 1024 * 1024))


if __name__ == "__main__":
    serve(int(sys.argv[1]))

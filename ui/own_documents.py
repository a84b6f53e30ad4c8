"""Reading a person's own document for an instrument. Owns: having ingest extract it, in its worker, and nothing kept afterwards.

Does not own: what an instrument makes of it. The document does not enter the library.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from assistant.errors import FileRefusedError, NotFoundError, UnreadableFileError
from assistant.instruments.own_document import OwnDocument, document_of
from assistant.settings import Settings

if TYPE_CHECKING:
    from ingest.worker import Extracted

NAME = "own"


def read_own_document(path: Path, settings: Settings, *, name: str | None = None) -> OwnDocument:
    """The document of a file. Raises NotFoundError, FileRefusedError with the file's name and the reason."""
    from ingest.worker import Reader

    shown = name or path.name
    if not path.is_file():
        raise NotFoundError(f"There is no file '{shown}'. Check the name and the folder.")
    if path.stat().st_size > settings.file_limit_mb * 1_000_000:
        raise FileRefusedError(f"{shown} is larger than {settings.file_limit_mb} MB. Split it, or raise ADVISER_FILE_LIMIT_MB.")
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        with Reader(seconds=settings.file_seconds) as reader:
            extracted = reader.read(path, source_id=NAME, source_hash=digest)
    except OSError as error:
        raise UnreadableFileError(f"{shown} cannot be read ({error.strerror}). Check that you may open it.") from None
    except FileRefusedError as error:
        raise type(error)(f"{shown}: {error}") from None
    return _document(shown, digest, extracted)


def read_sent_document(name: str, content: BinaryIO, settings: Settings) -> OwnDocument:
    """The document of a file that was sent; the file itself is gone when this returns."""
    from ui.serving import safe_file_name

    limit = settings.file_limit_mb * 1_000_000
    data = content.read(limit + 1)
    if len(data) > limit:
        raise FileRefusedError(
            f"{name[:80]} is larger than {settings.file_limit_mb} MB. Split it, or raise ADVISER_FILE_LIMIT_MB."
        )
    safe = safe_file_name(name)
    with tempfile.TemporaryDirectory(prefix="adviser-own-") as folder:
        path = Path(folder) / safe
        path.write_bytes(data)
        return read_own_document(path, settings, name=safe)


def _document(name: str, digest: str, extracted: Extracted) -> OwnDocument:
    return document_of(
        file=name,
        sha256=digest,
        text=extracted.text,
        passages=extracted.passages,
        pages=extracted.facts.get("pages"),
        pages_without_text=extracted.facts.get("pages_without_text") or 0,
    )

"""What every page and route of one server stands on. Owns: that bundle, and where uploads are kept. Does not own: HTTP."""

from __future__ import annotations

import os
import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from assistant.assistant import Assistant
from assistant.errors import FileRefusedError, InputError
from assistant.library.feedback import FeedbackStore
from assistant.library.receipt_log import ReceiptLog
from assistant.nouns import IngestReport
from assistant.settings import Settings
from ui.gate import Gate
from ui.wording import SHARED_UPLOAD_NOTE

WITH_A_MODEL = 16  # questions at once that mostly wait for a chat model
WAITING = 64
UPLOADS = "uploads"
MOST_FILES = 50
LONGEST_NAME = 120
CHUNK = 1 << 20


@dataclass(frozen=True)
class Services:
    """One open assistant with what a server adds to it.

    `shared`: other people use this server (it asks for a key). There are no spaces of one person each yet, so a shared server
    takes no uploads and shows nobody another person's questions.
    """

    assistant: Assistant
    settings: Settings
    gate: Gate
    shared: bool
    feedback: FeedbackStore
    log: ReceiptLog
    ingesting: threading.Lock = field(default_factory=threading.Lock)


def open_services(assistant: Assistant, *, shared: bool, waiting: int = WAITING) -> Services:
    """Everything over one open assistant. Without a chat model, asking is all computing: as many at once as there are cores."""
    engine = assistant.library.engine
    at_once = WITH_A_MODEL if assistant.settings.model else max(2, os.cpu_count() or 2)
    gate = Gate(at_once=at_once, waiting=waiting)
    return Services(assistant, assistant.settings, gate, shared, FeedbackStore(engine), ReceiptLog(engine))


@dataclass(frozen=True)
class Upload:
    """A file as it arrives: the name its sender gives it, and its content."""

    name: str
    content: BinaryIO


def take_uploads(services: Services, uploads: Sequence[Upload]) -> IngestReport:
    """Keep uploaded files in the library's folder and ingest them; every one gets a report.

    Raises InputError on a shared server, for no or too many files; FileRefusedError for one that is too large.
    """
    from ingest.run import ingest_files

    if services.shared:
        raise InputError(SHARED_UPLOAD_NOTE)
    if not 1 <= len(uploads) <= MOST_FILES:
        raise InputError(f"Send 1 to {MOST_FILES} files at a time; {len(uploads)} came.")
    folder = services.settings.home / UPLOADS
    folder.mkdir(parents=True, exist_ok=True)
    limit = services.settings.file_limit_mb * 1_000_000
    with services.ingesting:
        paths = [_keep(upload, folder, limit=limit) for upload in uploads]
        return ingest_files(services.settings, list(dict.fromkeys(paths)))


def safe_file_name(given: str) -> str:
    """A name without folders, controls or characters that file systems refuse; the same name is the same document again."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", given)[-1])
    name = "".join("-" if unicodedata.category(ch).startswith("C") or ch in '<>:"|?*' else ch for ch in name).strip(" .-")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST_NAME] or "document"
    return f"{stem[: LONGEST_NAME - len(ending) - 1] or 'document'}.{ending}"


def _keep(upload: Upload, folder: Path, *, limit: int) -> Path:
    path = folder / safe_file_name(upload.name)
    part = path.with_name(path.name + ".part")
    size = 0
    try:
        with part.open("wb") as out:
            while chunk := upload.content.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise FileRefusedError(
                        f"{upload.name[:80]} is larger than {limit // 1_000_000} MB. Split it, or raise ADVISER_FILE_LIMIT_MB."
                    )
                out.write(chunk)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path

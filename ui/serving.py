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
from assistant.errors import FileRefusedError, InputError, NotFoundError
from assistant.library.feedback import FeedbackStore
from assistant.library.receipt_log import ReceiptLog
from assistant.nouns import IngestReport
from assistant.settings import Settings
from ui.gate import Gate
from ui.spaces import seen_source

WITH_A_MODEL = 16  # questions at once that mostly wait for a chat model
WAITING = 64
UPLOADS = "uploads"
PICTURE_SCALE = 1.6  # pixels a point: sharp enough in a column of half a screen
MOST_FILES = 50
MOST_DOCUMENTS = 500  # of one space
LONGEST_NAME = 120
CHUNK = 1 << 20


@dataclass(frozen=True)
class Services:
    """One open assistant with what a server adds to it.

    `shared`: other people use this server (it asks for a key), so nobody is shown what another asked.
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


def take_uploads(services: Services, uploads: Sequence[Upload], *, space: str) -> IngestReport:
    """Keep uploaded files in the library's folder and ingest them as this space's own; every one gets a report.

    Raises InputError for no or too many files; FileRefusedError for one that is too large.
    """
    from ingest.describe import Given
    from ingest.run import ingest_files

    if not 1 <= len(uploads) <= MOST_FILES:
        raise InputError(f"Send 1 to {MOST_FILES} files at a time; {len(uploads)} came.")
    held = sum(source.owner == space for source in services.assistant.library.sources().values())
    if held + len(uploads) > MOST_DOCUMENTS:
        raise InputError(f"You have {held} documents here and may have {MOST_DOCUMENTS}. Remove some first.")
    folder = services.settings.home / UPLOADS / space
    folder.mkdir(parents=True, exist_ok=True)
    limit = services.settings.file_limit_mb * 1_000_000
    with services.ingesting:
        paths = list(dict.fromkeys(_keep(upload, folder, limit=limit) for upload in uploads))
        return ingest_files(services.settings, paths, given={path: Given(owner=space) for path in paths})


def remove_document(services: Services, source_id: str, *, space: str | None) -> list[str]:
    """Remove a document that this space added, with the file that was kept of it; where one person works, any that was added.

    Raises NotFoundError for another's, InputError for one that is not this person's to remove.
    """
    from ingest.remove import remove_sources

    source = seen_source(services.assistant.library, source_id, space)
    if source.owner is None and services.shared:
        raise InputError("This source is everyone's. Whoever keeps the library can remove it with `adviser sources remove`.")
    with services.ingesting:
        removed = remove_sources(services.settings, [source_id])
    kept = Path(source.path) if source.path else None
    if kept is not None and kept.is_relative_to(services.settings.home / UPLOADS):
        kept.unlink(missing_ok=True)
    return removed


def page_picture(services: Services, passage_id: str, start: int, end: int, *, space: str | None) -> bytes:
    """The page of a PDF on which a quotation stands, as a PNG with the words marked.

    The words come from the stored passage, not from who asks. Raises NotFoundError where there is no such page to be seen.
    """
    from ingest.highlight import highlight

    library = services.assistant.library
    passage = library.passages_by_id([passage_id]).get(passage_id)
    if passage is None or not 0 <= start < end <= len(passage.text):
        raise NotFoundError("There is no such passage in the library.")
    source = seen_source(library, passage.source_id, space)
    page = passage.locator_at(start).page
    if source.format != "pdf" or source.path is None or page is None:
        raise NotFoundError("This passage has no page that could be shown.")
    if not Path(source.path).is_file():
        raise NotFoundError("The file of this document is no longer where it was, so its page cannot be shown.")
    return highlight(Path(source.path), page=page, quote=passage.text[start:end], scale=PICTURE_SCALE).png


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

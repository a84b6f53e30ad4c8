"""Fetched files as they are kept. Owns: the folder `originals` in the home, each file's record with checksum and date.

Does not own: fetching or ingesting. A record is written after its file: a run killed between the two fetches the file again.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import HomeNotWritableError
from assistant.identifiers import safe_source_id
from assistant.nouns import Noun
from ingest.fetch.web import Reply

FOLDER = "originals"
_RECORD = ".record"
SUFFIXES = {"markdown": ".md", "text": ".txt"}


class Record(Noun):
    """What is known of a fetched file."""

    source_id: str
    url: str
    final_url: str
    file: str
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    sha256: str
    bytes: int
    fetched_at: str


class Shelf:
    """The fetched originals of one home."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER

    def path(self, record: Record) -> Path:
        """Where a record's file lies."""
        return self.folder / record.file

    def record(self, source_id: str) -> Record | None:
        """The record of a note's original; None where there is none, or its file is not what was fetched."""
        try:
            found = Record.model_validate_json((self.folder / (_stem(source_id) + _RECORD)).read_bytes())
            whole = hashlib.sha256(self.path(found).read_bytes()).hexdigest() == found.sha256
        except (OSError, ValidationError):
            return None
        return found if whole else None

    def put(self, source_id: str, reply: Reply, *, url: str, kind: str) -> Record:
        """Keep a fetched file in place of an earlier one. `kind`: its format as `sniff` names it. Raises HomeNotWritableError."""
        name = _stem(source_id) + SUFFIXES.get(kind, f".{kind}")
        record = Record(
            source_id=source_id,
            url=url,
            final_url=reply.place.url,
            file=name,
            content_type=reply.headers.get("content-type", "")[:200],
            etag=reply.headers.get("etag"),
            last_modified=reply.headers.get("last-modified"),
            sha256=hashlib.sha256(reply.body).hexdigest(),
            bytes=len(reply.body),
            fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(self.folder / name, reply.body)
            _write(self.folder / (_stem(source_id) + _RECORD), record.model_dump_json(indent=1).encode())
            for other in self.folder.glob(f"{_stem(source_id)}.*"):
                if other.name not in {name, _stem(source_id) + _RECORD}:
                    other.unlink()
        except OSError as error:
            raise HomeNotWritableError(
                f"The folder {self.folder} cannot be written ({error.strerror}). Free some space or make it writable."
            ) from None
        return record


def _stem(source_id: str) -> str:
    return f"{safe_source_id(source_id)}-original"


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    beside.replace(path)

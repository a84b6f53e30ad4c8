"""Ingesting files: the step a person starts with `adviser ingest`. Owns: the order of its steps and the report for every file.

Does not own: reading a file (see `worker.py`), embedding, or making a source answer (see `publish.py`).
Sources are published in batches, so that the embedding model works on many passages at once.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import FileRefusedError, UnreadableFileError
from assistant.identifiers import content_hash, numbered, safe_source_id
from assistant.library.staged import StagedSource
from assistant.nouns import FileReport, IngestReport, Source
from assistant.settings import Settings
from ingest.embedding import PassageEmbedder
from ingest.packaged import build_packaged_library
from ingest.publish import ingest_lock
from ingest.segment import SEGMENTER_VERSION
from ingest.worker import EVIDENCE_TYPE, Extracted, Reader
from ingest.workshop import Workshop, open_workshop

BATCH_PASSAGES = 1200
BATCH_FILES = 64
READER_VERSION = "1"
Progress = Callable[[FileReport], None]


@dataclass(frozen=True)
class _Read:
    """A file that was read and waits to be published."""

    path: Path
    hash: str
    extracted: Extracted
    source: Source
    replaces: bool
    seconds: float


class _Ids:
    """Source ids of files: the file's name made safe, numbered when another source has it already."""

    def __init__(self, *, by_path: dict[str, str], taken: set[str]) -> None:
        self._by_path = by_path
        self._taken = taken

    def of(self, path: Path) -> str:
        known = self._by_path.get(str(path))
        if known is None:
            base = safe_source_id(path.name.removesuffix(path.suffix) or path.name)
            known = next(name for name in numbered(base) if name not in self._taken)
            self._taken.add(known)
            self._by_path[str(path)] = known
        return known


def ingest_files(settings: Settings, paths: Sequence[Path], *, progress: Progress | None = None) -> IngestReport:
    """Ingest files; every one gets a report, whatever becomes of it. What a report calls added or replaced is acknowledged.

    Raises LibraryError where the library itself cannot be used; nothing acknowledged is lost then.
    """
    build_packaged_library(settings)
    started = time.perf_counter()
    with ingest_lock(settings.home, seconds=settings.lock_seconds), Reader(seconds=settings.file_seconds) as reader:
        workshop = open_workshop(settings)
        workshop.publisher.recover()
        run = _Run(settings, workshop, reader, progress or (lambda _: None))
        for path in paths:
            run.take(path)
        run.flush()
    reports = run.reports
    added = sum(r.passages for r in reports if r.status in {"added", "replaced"})
    return IngestReport(files=reports, seconds=round(time.perf_counter() - started, 3), passages=added, embedded=run.embedder.embedded)


class _Run:
    """One run: files in, reports out, a batch in between."""

    def __init__(self, settings: Settings, workshop: Workshop, reader: Reader, progress: Progress) -> None:
        self._settings = settings
        self._workshop = workshop
        self._reader = reader
        self._progress = progress
        self._hashes = workshop.library.content_hashes()
        self._ids = _Ids(by_path=workshop.library.paths(), taken=set(workshop.library.sources()))
        self._waiting: list[_Read] = []
        self.embedder = PassageEmbedder(library=workshop.library, embedder=workshop.embedder)
        self.reports: list[FileReport] = []

    def take(self, path: Path) -> None:
        """Read one file, or say why not; publish when enough has been read."""
        started = time.perf_counter()
        source_id = None
        try:
            digest = self._digest(path)
            source_id = self._ids.of(path)
            if self._hashes.get(source_id) == digest:
                self._report(FileReport(path=str(path), status="unchanged", source_id=source_id))
                return
            extracted = self._reader.read(path, source_id=source_id, source_hash=digest)
        except FileRefusedError as error:
            self._report(FileReport(path=_printable(path), status="failed", seconds=_since(started), reason=str(error)))
            return
        source = file_source(path, source_id, extracted)
        self._waiting.append(_Read(path, digest, extracted, source, source_id in self._hashes, _since(started)))
        if sum(len(w.extracted.passages) for w in self._waiting) >= BATCH_PASSAGES or len(self._waiting) >= BATCH_FILES:
            self.flush()

    def flush(self) -> None:
        """Embed and publish what was read; only then is it reported as done."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        started = time.perf_counter()
        vectors = self.embedder.vectors([(w.source, passage) for w in waiting for passage in w.extracted.passages])
        staged, row = [], 0
        for each in waiting:
            rows = vectors[row : row + len(each.extracted.passages)]
            row += len(rows)
            staged.append(StagedSource(source=each.source, hash=each.hash, text=each.extracted.text, passages=each.extracted.passages, vectors=rows))
        self._workshop.publisher.publish(staged)
        share = _since(started) / max(1, row)
        for each in waiting:
            self._hashes[each.source.id] = each.hash
            self._report(_done(each, each.seconds + share * len(each.extracted.passages)))

    def _digest(self, path: Path) -> str:
        _require_text(path)
        try:
            found = path.stat()
            size = found.st_size
            if not stat.S_ISREG(found.st_mode):
                raise FileRefusedError("It is not a file but a device or a pipe. Save what it holds as a file first.")
            if size > self._settings.file_limit_mb * 1_000_000:
                raise FileRefusedError(
                    f"It has {size / 1e6:.0f} MB; the limit is {self._settings.file_limit_mb} MB. Split it, or raise ADVISER_FILE_LIMIT_MB."
                )
            return content_hash(READER_VERSION, SEGMENTER_VERSION, path.suffix.lower(), path.read_bytes())
        except OSError as error:
            raise UnreadableFileError(f"It cannot be read ({error.strerror}). Check that it exists and that you may open it.") from None

    def _report(self, report: FileReport) -> None:
        self.reports.append(report)
        self._progress(report)


def _require_text(path: Path) -> None:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise FileRefusedError("Its name, or a folder's above it, is not UTF-8 text, so it cannot be shown or cited. Rename it.") from None


def _printable(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def file_source(path: Path, source_id: str, extracted: Extracted) -> Source:
    """The Source of an ingested file: an Original, with what the file says of itself."""
    facts = extracted.facts
    return Source(
        id=source_id,
        title=facts["title"] or path.name.removesuffix(path.suffix),
        kind="original",
        origin="user",
        authors=list(facts["authors"]),
        organisation=facts["organisation"],
        year=facts["year"],
        url=facts["url"],
        evidence_type=EVIDENCE_TYPE,
        path=str(path),
        format=facts["format"],
        pages=facts["pages"],
    )


def _done(each: _Read, seconds: float) -> FileReport:
    facts = each.extracted.facts
    return FileReport(
        path=str(each.path),
        status="replaced" if each.replaces else "added",
        source_id=each.source.id,
        format=facts["format"],
        pages=facts["pages"],
        pages_without_text=facts["pages_without_text"],
        passages=len(each.extracted.passages),
        seconds=round(seconds, 3),
        warnings=list(facts["warnings"]),
    )


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)

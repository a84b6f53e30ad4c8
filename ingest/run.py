"""Ingesting files: the step a person starts with `adviser ingest`. Owns: the order of its steps and the report for every file.

Does not own: reading a file (see `worker.py`), embedding, or making a source answer (see `publish.py`).
Sources are published in batches, so that the embedding model works on many passages at once; while one batch is embedded and
published, the files of the next are read.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assistant.errors import FileRefusedError, UnreadableFileError
from assistant.identifiers import content_hash, numbered, safe_source_id
from assistant.library.staged import StagedSource
from assistant.nouns import FileReport, IngestReport, Source
from assistant.settings import Settings
from ingest.describe import Given, done_report, file_source
from ingest.embedding import PassageEmbedder
from ingest.likeness import Alike, Likenesses, read_sketch
from ingest.packaged import build_packaged_library
from ingest.publish import ingest_lock
from ingest.segment import SEGMENTER_VERSION
from ingest.sidecar import read_sidecar, sidecar_path
from ingest.sync import vanished
from ingest.worker import Extracted, Reader
from ingest.workshop import Workshop, open_workshop

BATCH_PASSAGES = 1200
FEW_PASSAGES = 100  # enough for a batch while nothing else is embedded: better a small batch than an idle processor
BATCH_FILES = 64
READER_VERSION = "2"
Progress = Callable[[FileReport], None]


@dataclass(frozen=True)
class _Read:
    """A file that was read and waits to be published."""

    path: Path
    source_id: str
    hash: str
    extracted: Extracted
    given: Given
    seconds: float


class _Made(NamedTuple):
    """A source made of a file, with the source it is like."""

    read: _Read
    source: Source
    alike: Alike | None


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


def ingest_files(
    settings: Settings,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    password: str | None = None,
    sync: Sequence[Path] = (),
    given: Mapping[Path, Given] | None = None,
) -> IngestReport:
    """Ingest files; every one gets a report, whatever becomes of it. What is called added, replaced or removed is acknowledged.

    `password`: tried on encrypted files. `sync`: folders whose vanished files are removed from the library, after all else.
    `given`: what is known of files from elsewhere; without it, their sidecars are read.
    Raises LibraryError where the library itself cannot be used, InputError where a synced folder seems to be missing; nothing
    acknowledged is lost then.
    """
    build_packaged_library(settings)
    started = time.perf_counter()
    reader = Reader(seconds=settings.file_seconds, password=password)
    with ingest_lock(settings.home, seconds=settings.lock_seconds), reader, ThreadPoolExecutor(1) as pool:
        workshop = open_workshop(settings)
        workshop.publisher.recover()
        gone = vanished(workshop.library.sources(), sync)
        run = _Run(settings, workshop, reader, pool, progress or (lambda _: None), given or {})
        run.likenesses.forget([source.id for source in gone])
        for path in paths:
            run.take(path)
        run.finish()
        run.remove(gone)
    reports = run.reports
    added = sum(r.passages for r in reports if r.status in {"added", "replaced"})
    return IngestReport(
        files=reports, seconds=round(time.perf_counter() - started, 3), passages=added, embedded=run.embedder.embedded
    )


class _Run:
    """One run: files in, reports out, one batch being read and one being published in between."""

    def __init__(
        self,
        settings: Settings,
        workshop: Workshop,
        reader: Reader,
        pool: ThreadPoolExecutor,
        progress: Progress,
        given: Mapping[Path, Given],
    ) -> None:
        self._settings = settings
        self._workshop = workshop
        self._reader = reader
        self._pool = pool
        self._progress = progress
        self._given = given
        self._hashes = workshop.library.content_hashes()
        self._ids = _Ids(by_path=workshop.library.paths(), taken=set(workshop.library.sources()))
        self._waiting: list[_Read] = []
        self._publishing: Future[list[FileReport]] | None = None
        self.likenesses = Likenesses(workshop.library.sources())
        self.embedder = PassageEmbedder(library=workshop.library, embedder=workshop.embedder)
        self.reports: list[FileReport] = []

    def take(self, path: Path) -> None:
        """Read one file, or say why not; hand a batch on when enough has been read."""
        started = time.perf_counter()
        try:
            given = self._known_of(path)
            digest = self._digest(path, given)
            source_id = self._ids.of(path)
            if self._hashes.get(source_id) == digest:
                self._report(FileReport(path=str(path), status="unchanged", source_id=source_id))
                return
            extracted = self._reader.read(path, source_id=source_id, source_hash=digest)
        except FileRefusedError as error:
            self._report(FileReport(path=_printable(path), status="failed", seconds=_since(started), reason=str(error)))
            return
        self._waiting.append(_Read(path, source_id, digest, extracted, given, _since(started)))
        idle = self._publishing is None or self._publishing.done()
        enough = FEW_PASSAGES if idle else BATCH_PASSAGES
        if sum(len(w.extracted.passages) for w in self._waiting) >= enough or len(self._waiting) >= BATCH_FILES:
            self._hand_on()

    def finish(self) -> None:
        """Publish what is left, and wait until all is acknowledged."""
        self._hand_on()
        self._settle()

    def remove(self, gone: Sequence[Source]) -> None:
        """Take sources out whose files are gone, and say so of each."""
        self._workshop.publisher.remove([source.id for source in gone])
        for source in gone:
            self._report(FileReport(path=source.path or "", status="removed", source_id=source.id, format=source.format))

    def _hand_on(self) -> None:
        """Have what was read embedded and published, once the batch before it is."""
        self._settle()
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._publishing = self._pool.submit(self._publish, waiting)

    def _settle(self) -> None:
        if self._publishing is not None:
            for report in self._publishing.result():
                self._report(report)
            self._publishing = None

    def _publish(self, waiting: Sequence[_Read]) -> list[FileReport]:
        """Embed and publish; only then is it reported as done. Runs beside the reading of the next batch."""
        started = time.perf_counter()
        made = [self._made(each) for each in waiting]
        vectors = self.embedder.vectors([(source, passage) for each, source, _ in made for passage in each.extracted.passages])
        staged, row = [], 0
        for each, source, _ in made:
            passages = each.extracted.passages
            rows = vectors[row : row + len(passages)]
            row += len(rows)
            staged.append(StagedSource(source=source, hash=each.hash, text=each.extracted.text, passages=passages, vectors=rows))
        self._workshop.publisher.publish(staged)
        share = _since(started) / max(1, row)
        reports = []
        for each, source, alike in made:
            seconds = each.seconds + share * len(each.extracted.passages)
            reports.append(done_report(source, each.extracted, replaces=source.id in self._hashes, alike=alike, seconds=seconds))
            self._hashes[source.id] = each.hash
        return reports

    def _made(self, each: _Read) -> _Made:
        sketch = read_sketch(each.extracted.sketch)
        alike = self.likenesses.nearest(sketch, but=each.source_id) if sketch else None
        source = file_source(each.path, each.source_id, each.extracted, given=each.given, alike=alike)
        if sketch:
            self.likenesses.add(source.id, sketch, alike.work if alike else sketch.words)
        return _Made(each, source, alike)

    def _known_of(self, path: Path) -> Given:
        _require_text(path)
        if path in self._given:
            return self._given[path]
        beside = sidecar_path(path)
        return Given(facts=read_sidecar(beside)) if beside else Given()

    def _digest(self, path: Path, given: Given) -> str:
        try:
            found = path.stat()
            size = found.st_size
            if not stat.S_ISREG(found.st_mode):
                raise FileRefusedError("It is not a file but a device or a pipe. Save what it holds as a file first.")
            if size > self._settings.file_limit_mb * 1_000_000:
                raise FileRefusedError(
                    f"It has {size / 1e6:.0f} MB; the limit is {self._settings.file_limit_mb} MB. "
                    "Split it, or raise ADVISER_FILE_LIMIT_MB."
                )
            return content_hash(READER_VERSION, SEGMENTER_VERSION, path.suffix.lower(), given.written, path.read_bytes())
        except OSError as error:
            raise UnreadableFileError(
                f"It cannot be read ({error.strerror}). Check that it exists and that you may open it."
            ) from None

    def _report(self, report: FileReport) -> None:
        self.reports.append(report)
        self._progress(report)


def _require_text(path: Path) -> None:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise FileRefusedError(
            "Its name, or a folder's above it, is not UTF-8 text, so it cannot be shown or cited. Rename it."
        ) from None


def _printable(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)

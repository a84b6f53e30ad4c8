"""Ingesting files: the step a person starts with `adviser ingest`. Owns: the order of its steps and the report for every file.

Does not own: reading a file (see `worker.py`), embedding, or making a source answer (see `publish.py`).
Sources go through in batches, so that the embedding model works on many passages at once; the batches overlap (see `pipeline.py`).
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
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
from ingest.pipeline import Pipeline
from ingest.publish import ingest_lock
from ingest.sidecar import read_sidecar, sidecar_path
from ingest.sync import vanished
from ingest.versions import READER_VERSION, SEGMENTER_VERSION
from ingest.worker import Extracted, Reader
from ingest.workshop import Workshop, open_workshop

BATCH_PASSAGES = 600  # fills the model's batches; in a larger one, more is left to publish when all else is done
FEW_PASSAGES = 100  # enough for a batch while nothing else is embedded: better a small batch than an idle processor
BATCH_FILES = 200
OWNER_MARK = 6
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


class _Embedded(NamedTuple):
    """Sources ready to be published. `seconds`: what embedding took."""

    made: list[_Made]
    staged: list[StagedSource]
    seconds: float


_Steps = Pipeline[Sequence[_Read], _Embedded, FileReport]


class _Ids:
    """Source ids of files: the file's name made safe, numbered when another source has it already.

    A space's own ids end in a piece of its name, so that a number tells nobody that another space has a file so called.
    """

    def __init__(self, *, by_path: dict[str, str], taken: set[str]) -> None:
        self._by_path = by_path
        self._taken = taken

    def of(self, path: Path, owner: str | None) -> str:
        known = self._by_path.get(str(path))
        if known is None:
            base = safe_source_id(path.name.removesuffix(path.suffix) or path.name) + (f"-{owner[:OWNER_MARK]}" if owner else "")
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
    with ingest_lock(settings.home, seconds=settings.lock_seconds), reader:
        if paths:
            reader.start()  # it starts beside us
        workshop = open_workshop(settings)
        workshop.publisher.recover()
        gone = vanished(workshop.library.sources(), sync)
        run = _Run(settings, workshop, reader, progress or (lambda _: None), given or {})
        run.likenesses.forget([source.id for source in gone])
        run.take_all(paths)
        run.remove(gone)
    reports = run.reports
    added = sum(r.passages for r in reports if r.status in {"added", "replaced"})
    return IngestReport(
        files=reports, seconds=round(time.perf_counter() - started, 3), passages=added, embedded=run.embedder.embedded
    )


class _Run:
    """One run: files in, reports out."""

    def __init__(
        self, settings: Settings, workshop: Workshop, reader: Reader, progress: Progress, given: Mapping[Path, Given]
    ) -> None:
        self._settings = settings
        self._workshop = workshop
        self._reader = reader
        self._progress = progress
        self._given = given
        self._owners = {source.path: source.owner for source in workshop.library.sources().values() if source.owner}
        spaces = {each.owner for each in given.values()} or {None}
        seen = {i: s for i, s in workshop.library.sources().items() if all(s.seen_by(space) for space in spaces)}
        self._hashes = workshop.library.content_hashes()
        self._ids = _Ids(by_path=workshop.library.paths(), taken=set(workshop.library.sources()))
        self._waiting: list[_Read] = []
        self._opening = False
        self.likenesses = Likenesses(seen)
        self.embedder = PassageEmbedder(library=workshop.library, embedder=workshop.embedder)
        self.reports: list[FileReport] = []

    def take_all(self, paths: Sequence[Path]) -> None:
        """Read, embed and publish files; when it returns, each is acknowledged or refused."""
        with Pipeline(embed=self._embed, publish=self._publish, report=self._report) as pipeline:
            for path in paths:
                self._take(path, pipeline)
                self._feed(pipeline, few=FEW_PASSAGES)
            if self._waiting:
                pipeline.put(self._handed_on())
            pipeline.finish()

    def remove(self, gone: Sequence[Source]) -> None:
        """Take sources out whose files are gone, and say so of each."""
        self._workshop.publisher.remove([source.id for source in gone])
        for source in gone:
            self._report(FileReport(path=source.path or "", status="removed", source_id=source.id, format=source.format))

    def _take(self, path: Path, pipeline: _Steps) -> None:
        """Read one file, or say why not."""
        started = time.perf_counter()
        try:
            given = self._known_of(path)
            digest = self._digest(path, given)
            source_id = self._ids.of(path, given.owner)
            if self._hashes.get(source_id) == digest:
                self._report(FileReport(path=str(path), status="unchanged", source_id=source_id))
                return
            self._open_model(pipeline)
            meanwhile = partial(self._feed, pipeline, few=1)
            extracted = self._reader.read(path, source_id=source_id, source_hash=digest, meanwhile=meanwhile)
        except FileRefusedError as error:
            self._report(FileReport(path=_printable(path), status="failed", seconds=_since(started), reason=str(error)))
            return
        self._waiting.append(_Read(path, source_id, digest, extracted, given, _since(started)))

    def _open_model(self, pipeline: _Steps) -> None:
        """Let the model open while the first file is read; where no file is new it stays closed."""
        if not self._opening:
            self._opening = True
            pipeline.ahead(self._workshop.embedder.open)

    def _feed(self, pipeline: _Steps, *, few: int) -> None:
        """Hand on what was read: a full batch, or so `few` passages while nothing is embedded. Report what was published."""
        enough = few if pipeline.idle else BATCH_PASSAGES
        if sum(len(w.extracted.passages) for w in self._waiting) >= enough or len(self._waiting) >= BATCH_FILES:
            pipeline.put(self._handed_on())
        pipeline.report_news()

    def _handed_on(self) -> list[_Read]:
        waiting, self._waiting = self._waiting, []
        return waiting

    def _embed(self, waiting: Sequence[_Read]) -> _Embedded:
        """What was read as sources with vectors."""
        started = time.perf_counter()
        made = [self._made(each) for each in waiting]
        vectors = self.embedder.vectors([(source, passage) for each, source, _ in made for passage in each.extracted.passages])
        staged, row = [], 0
        for each, source, _ in made:
            passages = each.extracted.passages
            rows = vectors[row : row + len(passages)]
            row += len(rows)
            staged.append(StagedSource(source=source, hash=each.hash, text=each.extracted.text, passages=passages, vectors=rows))
        return _Embedded(made, staged, _since(started))

    def _publish(self, batch: _Embedded) -> list[FileReport]:
        """Make sources answer; only then are they reported as done."""
        started = time.perf_counter()
        self._workshop.publisher.publish(batch.staged)
        share = (batch.seconds + _since(started)) / max(1, sum(len(each.passages) for each in batch.staged))
        reports = []
        for each, source, alike in batch.made:
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
        """What is given of a file, else what its sidecar says. Whose a file is, it stays, whoever ingests it anew."""
        _require_text(path)
        if path in self._given:
            return self._given[path]
        beside, owner = sidecar_path(path), self._owners.get(str(path))
        return Given(facts=read_sidecar(beside), owner=owner) if beside else Given(owner=owner)

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

"""Originals of the catalogue: licence → address → robots → request → shelf → ingest. Owns: that order, and the report.

Does not own: any of the steps. An original is ingested under its note's facts, with `details["original_of"]` naming the note.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from assistant.errors import FetchError, FileRefusedError, InputError, NotFoundError
from assistant.library.database import open_database
from assistant.library.library import Library
from assistant.nouns import FileReport, Noun, Source
from assistant.settings import Settings
from ingest.describe import Given
from ingest.fetch.licences import read_licence
from ingest.fetch.shelf import Record, Shelf
from ingest.fetch.visits import Visits
from ingest.fetch.web import Limits, Reply
from ingest.packaged import build_packaged_library
from ingest.run import ingest_files
from ingest.sidecar import Sidecar
from ingest.sniff import sniff

LINK = "original_of"
NO_PUBLICATION = frozenset({"network", "original"})  # their address is a home page, or they are originals already
TYPES = (
    "application/pdf", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/csv", "text/rtf",
    "application/rtf", "application/epub+zip", "application/octet-stream", "binary/octet-stream", "application/x-pdf",
    "application/vnd.openxmlformats-officedocument", "application/vnd.oasis.opendocument.text",
)  # fmt: skip


class FetchedOriginal(Noun):
    """What became of one original."""

    source_id: str = Field(description="The note, or other source of the catalogue, whose original this is.")
    url: str | None = None
    status: Literal["fetched", "unchanged", "skipped", "failed"]
    reason: str | None = Field(default=None, description="Why it was skipped or failed, and what to do.")
    original_id: str | None = Field(default=None, description="The source it answers as.")
    path: str | None = None
    bytes: int | None = None
    sha256: str | None = None
    fetched_at: str | None = None
    passages: int = 0
    warnings: list[str] = Field(default_factory=list)


class FetchReport(Noun):
    """What `adviser fetch` did: one entry for every source asked for."""

    originals: list[FetchedOriginal]
    seconds: float


def fetch_originals(
    settings: Settings,
    source_ids: Sequence[str],
    *,
    everything: bool = False,
    allow_unknown_licence: bool = False,
    limits: Limits | None = None,
    progress: Callable[[FetchedOriginal], None] | None = None,
) -> FetchReport:
    """Fetch and ingest the originals of sources, or of all that have an address. Raises NotFoundError for an unknown id."""
    started = time.perf_counter()
    build_packaged_library(settings)
    sources = Library(open_database(settings.home)).sources()
    wanted = _wanted(sources, source_ids, everything=everything)
    shelf, visits = Shelf(settings.home), Visits(limits or Limits())
    first_with: dict[str, str] = {}
    done, records = [], {}
    for source in wanted:
        outcome = _refused(source, first_with, allow_unknown_licence=allow_unknown_licence) or _fetched(source, shelf, visits)
        if isinstance(outcome, FetchedOriginal):
            done.append(outcome)
            if progress:
                progress(outcome)
        else:
            records[source.id] = outcome
    for result in _ingested(settings, shelf, sources, records):
        done.append(result)
        if progress:
            progress(result)
    order = {source.id: number for number, source in enumerate(wanted)}
    return FetchReport(
        originals=sorted(done, key=lambda each: order[each.source_id]), seconds=round(time.perf_counter() - started, 3)
    )


def _wanted(sources: Mapping[str, Source], source_ids: Sequence[str], *, everything: bool) -> list[Source]:
    if not source_ids and not everything:
        raise InputError("Say which originals to fetch: `adviser fetch ID`, or --all. `adviser sources` lists the ids.")
    for source_id in source_ids:
        if source_id not in sources:
            raise NotFoundError(f"There is no source '{source_id}' in the library. `adviser sources` lists them.")
    if everything:
        return [s for s in sources.values() if s.origin == "packaged" and s.kind not in NO_PUBLICATION and s.url]
    return [sources[source_id] for source_id in dict.fromkeys(source_ids)]


def _refused(source: Source, first_with: dict[str, str], *, allow_unknown_licence: bool) -> FetchedOriginal | None:
    """Why a source's original is not asked for at all, if it is not."""
    licence = read_licence(source.licence)
    reason = None
    if source.kind == "original":
        reason = "It is an original already."
    elif not source.url:
        reason = "The catalogue has no address for it. Save the file yourself and ingest it."
    elif first_with.setdefault(source.url, source.id) != source.id:
        reason = f"It has the same address as {first_with[source.url]}, and is fetched once."
    elif licence == "closed":
        reason = f"Its licence does not allow it ({source.licence}). If you may use it, save the file yourself and ingest it."
    elif licence == "unknown" and not allow_unknown_licence:
        reason = f"Its licence is not known to allow it ({source.licence}). If you may use it, add --allow-unknown-licence."
    return FetchedOriginal(source_id=source.id, url=source.url, status="skipped", reason=reason) if reason else None


def _fetched(source: Source, shelf: Shelf, visits: Visits) -> tuple[Record, bool] | FetchedOriginal:
    """The original's record and whether it is new, or what went wrong."""
    known = shelf.record(source.id)

    def conditions(url: str) -> dict[str, str]:
        if known is None or url != known.final_url:
            return {}
        told = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in told.items() if value}

    url = source.url or ""
    try:
        reply = visits.get(url, conditions=conditions)
        if reply.status == 304 and known is not None:
            return known, False
        kind = _kind(reply)
    except (FetchError, FileRefusedError) as error:
        return FetchedOriginal(source_id=source.id, url=url, status="failed", reason=str(error))
    record = shelf.put(source.id, reply, url=url, kind=kind)
    return record, known is None or record.sha256 != known.sha256


def _kind(reply: Reply) -> str:
    """The format of a reply's body, by its content. Raises FetchError or FileRefusedError for what is no document."""
    host = reply.place.host
    if reply.status in {404, 410}:
        raise FetchError(f"{host} no longer has it ({reply.status}). Look for its new address.")
    if reply.status in {401, 403}:
        raise FetchError(f"{host} does not give it to programs ({reply.status}). Save the file yourself and ingest it.")
    if reply.status in {429, 503}:
        raise FetchError(f"{host} asks to be left alone for now ({reply.status}). Try again later.")
    if reply.status != 200:
        raise FetchError(f"{host} answered with {reply.status} instead of the page. Try again later, or check the address.")
    told = reply.headers.get("content-type", "application/octet-stream").partition(";")[0].strip().lower()
    if not told.startswith(TYPES):
        raise FetchError(f"It is of the type '{told[:60]}', which is no document. Check the address.")
    if not reply.body.strip():
        raise FetchError(f"{host} sent an empty page. Check the address.")
    return sniff(reply.body, Path("page.html" if "html" in told else "document"))


def _ingested(
    settings: Settings, shelf: Shelf, sources: Mapping[str, Source], records: Mapping[str, tuple[Record, bool]]
) -> list[FetchedOriginal]:
    """Ingest what was fetched; a file whose kind has changed takes the place of the old one."""
    if not records:
        return []
    paths = {source_id: shelf.path(record) for source_id, (record, _) in records.items()}
    given = {paths[source_id]: _given(sources[source_id]) for source_id in records}
    report = ingest_files(settings, list(given), given=given, sync=[shelf.folder])
    by_path = {file.path: file for file in report.files}
    return [_result(record, by_path[str(paths[source_id])], new=new) for source_id, (record, new) in records.items()]


def _given(source: Source) -> Given:
    facts = Sidecar.model_construct(
        title=source.title,
        authors=source.authors or None,
        organisation=source.organisation,
        year=source.year,
        url=source.url,
        licence=source.licence,
    )
    return Given(facts=facts, details={LINK: source.id})


def _result(record: Record, file: FileReport, *, new: bool) -> FetchedOriginal:
    failed = file.status == "failed"
    return FetchedOriginal(
        source_id=record.source_id,
        url=record.url,
        status="failed" if failed else "fetched" if new or file.status != "unchanged" else "unchanged",
        reason=file.reason,
        original_id=file.source_id,
        path=None if failed else file.path,
        bytes=record.bytes,
        sha256=record.sha256,
        fetched_at=record.fetched_at,
        passages=file.passages,
        warnings=list(file.warnings),
    )

"""The Source of an ingested file, and what its report says.

Owns: whose word counts: the sidecar's, then the document's, then the file's name.
Does not own: reading any of them, or comparing texts (see `likeness.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.nouns import FileReport, Source
from ingest.document import EVIDENCE_TYPE
from ingest.likeness import KEY, WORK, Alike, read_sketch
from ingest.sidecar import Sidecar
from ingest.worker import Extracted


@dataclass(frozen=True)
class Given:
    """What is known of a file from elsewhere than the file. `details` go into the Source as they are; `owner`: whose it is alone."""

    facts: Sidecar = field(default_factory=Sidecar)
    details: Mapping[str, str] = field(default_factory=dict)
    owner: str | None = None

    @property
    def written(self) -> str:
        """All of it as one string: a file is ingested again when this changes. Empty where nothing is given."""
        facts = self.facts.model_dump_json(exclude_none=True)
        return "" if facts == "{}" and not self.details else f"{facts}{sorted(self.details.items())}"


def file_source(path: Path, source_id: str, extracted: Extracted, *, given: Given, alike: Alike | None) -> Source:
    """The Source of an ingested file: an Original."""
    facts, said = extracted.facts, given.facts
    return Source(
        id=source_id,
        title=said.title or facts["title"] or path.name.removesuffix(path.suffix),
        kind="original",
        origin="user",
        authors=list(facts["authors"] if said.authors is None else said.authors),
        organisation=said.organisation or facts["organisation"],
        year=said.year or facts["year"],
        url=said.url or facts["url"],
        licence=said.licence or "unknown",
        evidence_type=EVIDENCE_TYPE,
        path=str(path),
        format=facts["format"],
        pages=facts["pages"],
        owner=given.owner,
        details={**given.details, **_likeness(extracted, alike)},
    )


def _likeness(extracted: Extracted, alike: Alike | None) -> dict[str, object]:
    sketch = read_sketch(extracted.sketch)
    if sketch is None:
        return {}
    if alike is None:
        return {KEY: extracted.sketch, WORK: sketch.words}
    return {KEY: extracted.sketch, WORK: alike.work, alike.relation: alike.source_id}


def done_report(source: Source, extracted: Extracted, *, replaces: bool, alike: Alike | None, seconds: float) -> FileReport:
    """The report of a file that was ingested."""
    facts = extracted.facts
    warnings = list(facts["warnings"])
    if alike is not None:
        warnings.append(_warning(alike))
    return FileReport(
        path=source.path or "",
        status="replaced" if replaces else "added",
        source_id=source.id,
        format=facts["format"],
        pages=facts["pages"],
        pages_without_text=facts["pages_without_text"],
        passages=len(extracted.passages),
        seconds=round(seconds, 3),
        warnings=warnings,
    )


def _warning(alike: Alike) -> str:
    if alike.relation == "duplicate_of":
        return f"the same text as {alike.source_id}; the two count as one independent source"
    return f"{int(100 * alike.share)} per cent the same text as {alike.source_id}; the two count as one independent source"

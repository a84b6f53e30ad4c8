"""Making sources and passages of corpus entries. Owns: how an entry becomes a Source whose every statement is a Passage.

Does not own: reading the files or storing the result. A statement is one passage, so that it is found, quoted and judged alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.identifiers import content_hash, passage_id
from assistant.nouns import Basis, Locator, Passage, Reference, Source, SourceKind
from ingest.corpus_entries import (
    CaseEntry,
    CorpusEntry,
    DefinitionEntry,
    EvidenceRule,
    FrameworkEntry,
    NetworkEntry,
    NoteEntry,
    Statement,
    WorkedMissionEntry,
)  # fmt: skip
from ingest.evidence_rules import Rating, rate

VERSION = "1"
KINDS: dict[type[CorpusEntry], SourceKind] = {
    NoteEntry: "note",
    CaseEntry: "case",
    DefinitionEntry: "definition",
    NetworkEntry: "network",
    FrameworkEntry: "framework",
    WorkedMissionEntry: "worked_mission",
}
HEADINGS = {
    "about": "What it is", "argues": "What it argues", "evidence": "The evidence", "use": "What a leader can do with it",
    "limits": "Its limits", "mission": "The mission", "did": "What they did", "result": "Results", "lesson": "Lessons",
    "criticism": "Criticisms and open questions", "definition": "Who defines it how", "differ": "Where definitions differ",
    "what": "What it is", "for_whom": "For whom", "join": "How to join", "dimension": "Dimensions", "question": "Questions it asks",
    "framing": "How to frame it", "barrier": "What stands in the way", "tool": "Tools that apply", "tried": "What was tried where",
    "measure": "What to measure", "goes_wrong": "What goes wrong", "open": "Open questions",
}  # fmt: skip
COMMON = {
    "id",
    "title",
    "themes",
    "place",
    "licence",
    "statements",
    "works",
    "also",
    "organisation",
    "year",
    "url",
    "authors",
    "kind",
}


@dataclass(frozen=True)
class CorpusSource:
    """An entry as the library takes it, but for its vectors."""

    source: Source
    hash: str
    text: str
    passages: tuple[Passage, ...]


def corpus_source(
    entry: CorpusEntry, rules: Sequence[EvidenceRule], known: Mapping[str, CorpusEntry] | None = None
) -> CorpusSource:
    """The Source of an entry with one Passage for each statement, in the entry's order.

    `known`: all entries by id. A worked mission's statement has the evidence type, basis and address of the first entry it is drawn from.
    """
    raw = entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    digest = content_hash(
        VERSION, json.dumps(raw, sort_keys=True), json.dumps([rule.model_dump() for rule in rules], sort_keys=True)
    )
    own = _entry_rating(entry, rules)
    details = {key: value for key, value in raw.items() if key not in COMMON and value not in (None, [], {})}
    if isinstance(entry, NoteEntry):
        details["publication"] = entry.kind
    source = Source(
        id=entry.id,
        title=entry.title,
        kind=KINDS[type(entry)],
        origin="packaged",
        authors=list(getattr(entry, "authors", [])),
        organisation=entry.organisation,
        year=entry.year,
        url=entry.url,
        licence=entry.licence,
        evidence_type=own.evidence_type,
        strength=own.strength,
        themes=list(entry.themes),
        place=entry.place,
        format="corpus",
        aliases=list(entry.also),
        details=details,
    )
    passages, text, start = [], "", 0
    for ordinal, statement in enumerate(entry.statements):
        start = len(text)
        text += statement.text + "\n"
        rests_on = _drawn_from(entry, statement, known or {})
        passages.append(_passage(rests_on, entry, statement, digest=digest, ordinal=ordinal, start=start, rules=rules))
    return CorpusSource(source=source, hash=digest, text=text, passages=tuple(passages))


def _drawn_from(entry: CorpusEntry, statement: Statement, known: Mapping[str, CorpusEntry]) -> CorpusEntry:
    """The entry that a statement's evidence type, basis and address come from."""
    if isinstance(entry, WorkedMissionEntry) and statement.basis != "editor" and statement.drawn_from:
        return known.get(statement.drawn_from[0].partition("#")[0], entry)
    return entry


def _passage(
    rests_on: CorpusEntry,
    entry: CorpusEntry,
    statement: Statement,
    *,
    digest: str,
    ordinal: int,
    start: int,
    rules: Sequence[EvidenceRule],
) -> Passage:
    end = start + len(statement.text)
    basis = _basis(rests_on, statement)
    rating = _entry_rating(rests_on, rules) if rests_on is not entry else _rating(entry, statement, basis, rules)
    heading = [HEADINGS[statement.part]] + ([statement.label] if statement.label else [])
    return Passage(
        id=passage_id(entry.id, digest, start, end),
        source_id=entry.id,
        ordinal=ordinal,
        text=statement.text,
        start=start,
        end=end,
        locator=Locator(heading=heading),
        sentences=[(0, len(statement.text))],
        section=statement.part,
        statement=statement.id,
        drawn_from=list(statement.drawn_from),
        reference=_reference(rests_on, statement),
        evidence_type=rating.evidence_type,
        strength=rating.strength,
        basis=basis,
    )


def _basis(entry: CorpusEntry, statement: Statement) -> Basis:
    if statement.basis:
        return statement.basis
    if statement.work:
        return "second_hand" if entry.works[statement.work].publisher == "secondary" else "read"
    return entry.basis if isinstance(entry, NoteEntry) else "read"


def _reference(entry: CorpusEntry, statement: Statement) -> Reference | None:
    if statement.work:
        work = entry.works[statement.work]
        return Reference(title=work.title, organisation=work.organisation, year=work.year, url=work.url, quality=work.quality)
    if isinstance(entry, CaseEntry):
        return Reference(title=entry.title)
    if statement.url or entry.url:
        return Reference(title=None, organisation=entry.organisation, year=entry.year, url=statement.url or entry.url)
    return None


def _rating(entry: CorpusEntry, statement: Statement, basis: Basis, rules: Sequence[EvidenceRule]) -> Rating:
    if statement.work:
        work = entry.works[statement.work]
        return rate(rules, basis=basis, quality=work.quality, publisher=work.publisher, method=work.method)
    publisher, method = getattr(entry, "publisher", None), getattr(entry, "method", None)
    return rate(rules, basis=basis, quality=None, publisher=publisher, method=method)


def _entry_rating(entry: CorpusEntry, rules: Sequence[EvidenceRule]) -> Rating:
    if isinstance(entry, NoteEntry | NetworkEntry | FrameworkEntry):
        basis = entry.basis if isinstance(entry, NoteEntry) else "read"
        return rate(rules, basis=basis, quality=None, publisher=entry.publisher, method=entry.method)
    if isinstance(entry, CaseEntry):
        return Rating("case study", None)
    if isinstance(entry, DefinitionEntry):
        return Rating("definition", None)
    return Rating("our reading", "limited")

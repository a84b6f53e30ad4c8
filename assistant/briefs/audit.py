"""The reference audit: is every reference of a brief still true? Owns: what is looked at before an export, and what fails.

A failure blocks an export; a flag is shown in it. Does not own: blocking or showing (`ui/` does).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from assistant.briefs.nouns import Brief, Statement
from assistant.disagreement import address
from assistant.grounding.citation import make_citation
from assistant.library.library import Library
from assistant.nouns import Citation, Noun, Passage, Source
from assistant.text.folding import fold

Rule = Literal[
    "source_missing", "passage_missing", "quote_differs", "details_differ", "not_quoted", "uncited", "withdrawn", "superseded", "unverified"
]  # fmt: skip
FAILURES: frozenset[Rule] = frozenset(
    {"source_missing", "passage_missing", "quote_differs", "details_differ", "not_quoted", "uncited", "withdrawn"}
)


class Finding(Noun):
    """One thing that the audit found."""

    rule: Rule
    says: str
    statement: str = ""
    n: int = 0

    @property
    def fails(self) -> bool:
        """Whether it blocks an export."""
        return self.rule in FAILURES


class Audit(Noun):
    """Everything that the audit found, and how much it looked at."""

    references: int
    statements: int
    findings: list[Finding]

    @property
    def failures(self) -> list[Finding]:
        """What blocks an export."""
        return [finding for finding in self.findings if finding.fails]

    @property
    def flags(self) -> list[Finding]:
        """What is shown in an export and does not block it."""
        return [finding for finding in self.findings if not finding.fails]


def audit_brief(brief: Brief, library: Library) -> Audit:
    """Hold every reference of a brief to the library as it stands now."""
    shown = list(brief.shown())
    ids = {c.passage_id for s in shown for c in s.citations}
    held = _Held(library.sources(), library.passages_by_id(sorted(ids)), _updates(library))
    findings = [finding for statement in shown for finding in _statement(statement, held)]
    seen: set[tuple[str, str, int]] = set()
    unique = []
    for finding in findings:
        key = (finding.rule, finding.statement if not finding.n else "", finding.n)
        if key not in seen:
            seen.add(key)
            unique.append(finding)
    return Audit(references=len(brief.citations()), statements=len(shown), findings=unique)


class _Held:
    def __init__(self, sources: Mapping[str, Source], passages: Mapping[str, Passage], updates: Mapping[str, str]) -> None:
        self.sources, self.passages, self.updates = sources, passages, updates


def _updates(library: Library) -> dict[str, str]:
    """Statement to what the catalogue's links say updates it."""
    return {link.first: link.note for link in library.links() if link.relation == "updates"}


def _statement(statement: Statement, held: _Held) -> Iterator[Finding]:
    if statement.status == "unsupported":
        who = statement.edit.by if statement.edit else "somebody"
        yield Finding(
            rule="unverified", statement=statement.id, says=f"'{statement.id}', edited by {who}, is not verified by the library."
        )
    elif statement.status != "advice" and not statement.citations:
        yield Finding(rule="uncited", statement=statement.id, says=f"'{statement.id}' is shown as fact and cites nothing.")
    if statement.status == "quoted" and not any(
        fold(c.quote).strip() == fold(statement.text).strip() for c in statement.citations
    ):
        yield Finding(
            rule="not_quoted", statement=statement.id, says=f"'{statement.id}' is marked as quoted and is not what it cites."
        )
    for citation in statement.citations:
        yield from _citation(statement, citation, held)


def _citation(statement: Statement, citation: Citation, held: _Held) -> Iterator[Finding]:
    def found(rule: Rule, says: str) -> Finding:
        return Finding(rule=rule, statement=statement.id, n=citation.n, says=f"Note {citation.n} ({citation.title}): {says}")

    source = held.sources.get(citation.source_id)
    if source is None:
        yield found("source_missing", "the library no longer holds this source.")
        return
    passage = held.passages.get(citation.passage_id)
    if passage is None:
        yield found("passage_missing", "the source has changed, and the passage cited is not in it as it was.")
        return
    if passage.text[citation.start : citation.end] != citation.quote or passage.source_id != citation.source_id:
        yield found("quote_differs", "the quote is not what stands at its place in the source.")
        return
    true = make_citation(passage, source, start=citation.start, end=citation.end, number=citation.n)
    if true != citation:
        yield found("details_differ", "title, page, year, address or kind of evidence are not those of the catalogue now.")
    yield from _standing(found, source, passage, held)


def _standing(found: Callable[[Rule, str], Finding], source: Source, passage: Passage, held: _Held) -> Iterator[Finding]:
    withdrawn, superseded = source.details.get("withdrawn"), source.details.get("superseded_by")
    if withdrawn:
        why = f": {withdrawn}" if isinstance(withdrawn, str) else ""
        yield found("withdrawn", f"this source has been withdrawn{why}.")
    if superseded:
        yield found("superseded", f"this source has been superseded by {superseded}.")
    update = held.updates.get(address(passage)) if passage.statement else None
    if update:
        yield found("superseded", f"a later statement of the library updates this one. {update}")

"""Whether a brief's sources have changed under it. Owns: which sentences are touched, and how. Does not own: mending them."""

from __future__ import annotations

from typing import Literal

from assistant.briefs.nouns import Brief
from assistant.library.library import Library
from assistant.nouns import Noun

How = Literal["removed", "changed", "quote_gone"]
WORDS: dict[How, str] = {
    "removed": "its source has been removed from the library",
    "changed": "its source has changed; the words quoted still stand in it",
    "quote_gone": "its source has changed, and the words quoted no longer stand in it",
}


class Touched(Noun):
    """One sentence whose source is not what it was."""

    statement: str
    section: str
    text: str
    source_id: str
    how: How


def touched_statements(brief: Brief, library: Library) -> list[Touched]:
    """The sentences of a brief whose sources have changed or gone since it was made, in reading order."""
    hashes = library.content_hashes()
    changed = {i for i, made in brief.receipt.sources.items() if hashes.get(i) != made}
    if not changed:
        return []
    texts: dict[str, str] = {}
    found = []
    for section in brief.sections:
        for statement in (s for s in section.in_order() if s.shown):
            for citation in statement.citations:
                source_id = citation.source_id
                if source_id not in changed:
                    continue
                if source_id in hashes and source_id not in texts:
                    texts[source_id] = library.source_text(source_id)
                how: How = (
                    "removed" if source_id not in hashes else "changed" if citation.quote in texts[source_id] else "quote_gone"
                )
                found.append(
                    Touched(statement=statement.id, section=section.id, text=statement.text, source_id=source_id, how=how)
                )
    return found

"""Evidence made by hand, for tests that need no library. Owns: that. Does not own: any test."""

from __future__ import annotations

from assistant.nouns import Evidence, Locator, Passage, Source, SourceKind
from assistant.text.sentences import sentence_spans


def evidence(*texts: str, kind: SourceKind = "note") -> list[Evidence]:
    """One piece of evidence for each text, each from a source of its own."""
    return [_one(number, text, kind) for number, text in enumerate(texts, start=1)]


def _one(number: int, text: str, kind: SourceKind) -> Evidence:
    source = Source(
        id=f"source-{number}",
        title=f"Work {number}",
        kind=kind,
        origin="packaged",
        url=f"https://example.org/{number}",
        year=2020 + number,
    )
    passage = Passage(
        id=f"passage-{number}", source_id=source.id, ordinal=1, text=text, start=0, end=len(text), locator=Locator(),
        sentences=sentence_spans(text), statement=f"argues-{number}", evidence_type="official data",
    )  # fmt: skip
    return Evidence(rank=number, score=1.0 / number, found_by=["meaning"], similarity=0.8, passage=passage, source=source)

"""A citation from a passage and a span of it. Owns: its fields, and how a source is named where it is cited. Does not own: choosing spans."""

from __future__ import annotations

from assistant.nouns import Citation, Passage, Reference, Source


def make_citation(passage: Passage, source: Source, *, start: int, end: int, number: int) -> Citation:
    """The citation of `passage.text[start:end]`, numbered."""
    reference = passage.reference
    return Citation(
        n=number,
        source_id=source.id,
        passage_id=passage.id,
        quote=passage.text[start:end],
        start=start,
        end=end,
        locator=passage.locator_at(start),
        title=source.title,
        organisation=source.organisation,
        year=source.year,
        url=(reference.url if reference else None) or source.url,
        evidence_type=passage.evidence_type,
        strength=passage.strength,
        kind=source.kind,
        basis=passage.basis,
        work=str(source.details["work"]) if "work" in source.details else None,
        cited_as=cited_as(source, reference, basis=passage.basis),
    )


def cited_as(source: Source, reference: Reference | None, *, basis: str) -> str:
    """How a source is named where it is cited: what we wrote is named as ours, with what it rests on, never as if it
    were the original.
    """
    if source.kind == "original":
        by = source.organisation or (source.authors[0] if source.authors else None)
        return ", ".join(part for part in (source.title, by, str(source.year) if source.year else None) if part)
    ours = {
        "note": "our note on", "case": "our case", "definition": "our entry", "network": "our entry on",
        "framework": "our note on", "worked_mission": "our worked mission",
    }[source.kind]  # fmt: skip
    if basis == "editor":
        return f"our own reading, in {ours} {source.title}"
    rests = _rests_on(source, reference)
    seen = " (known second-hand)" if basis == "second_hand" else ""
    return f"{ours} {source.title}" + (f", from {rests}" if rests else "") + seen


def _rests_on(source: Source, reference: Reference | None) -> str:
    if reference is None or (source.kind in {"note", "framework", "network"} and reference.title is None):
        parts = [source.organisation, str(source.year) if source.year else None]
    else:
        parts = [reference.organisation, reference.title, str(reference.year) if reference.year else None]
    return ", ".join(part for part in parts if part)

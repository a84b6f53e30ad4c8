"""From a proposed sentence to a shown one, or to none. Owns: mapping pointers to exact quotes, the gate, the status, the numbering.

Does not own: proposing sentences. It fails closed: whatever is not proved is `unsupported` and is never shown as fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.grounding.gate import GATE_VERSION, check
from assistant.nouns import Citation, Evidence, Reference, Section, Sentence, Source, Status, Verdict
from assistant.text.folding import fold, locate

SCORER = f"gate-{GATE_VERSION}"


@dataclass(frozen=True)
class Pointer:
    """Where a proposed sentence says its support stands: a passage and the words in it. `start`, when known, picks one of several places."""

    passage_id: str
    quote: str
    start: int | None = None


@dataclass(frozen=True)
class Proposal:
    """A sentence that a composer would like to show."""

    text: str
    section: Section
    pointers: tuple[Pointer, ...]


@dataclass
class Grounder:
    """Grounds proposals against the evidence that was found for one question, and numbers citations in the order they are shown."""

    shown: Mapping[str, Evidence]
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def ground(self, proposal: Proposal) -> tuple[Sentence | None, Verdict]:
        """The sentence with its checked citations, or None; and what the check said."""
        spans, problems = self._spans(proposal.pointers)
        quotes = [self.shown[p].passage.text[a:b] for p, a, b in spans]
        if not problems:
            problems = [str(problem) for problem in check(proposal.text, quotes)]
        status: Status = "unsupported" if problems else _status(proposal.text, quotes)
        if not problems and status == "unsupported":
            problems = ["it is not the cited words, and no support score was made"]
        verdict = Verdict(
            text=proposal.text,
            passage_ids=[pointer.passage_id for pointer in proposal.pointers],
            shown=status != "unsupported",
            status=status,
            problems=problems,
            scorer=SCORER,
        )
        if status == "unsupported":
            return None, verdict
        citations = [self._citation(*span) for span in spans]
        return Sentence(text=proposal.text, section=proposal.section, status=status, citations=citations), verdict

    def _spans(self, pointers: Iterable[Pointer]) -> tuple[list[tuple[str, int, int]], list[str]]:
        """Exact (passage id, start, end) for each pointer, and what is wrong with those that have none."""
        spans, problems = [], []
        for pointer in pointers:
            evidence = self.shown.get(pointer.passage_id)
            if evidence is None:
                problems.append(f"passage '{pointer.passage_id}' was not among the evidence")
            elif not pointer.quote.strip():
                problems.append("an empty quote supports nothing")
            else:
                place = _place(pointer, evidence.passage.text)
                if place is None:
                    problems.append(f"the quote is not in passage '{pointer.passage_id}'")
                else:
                    spans.append((pointer.passage_id, *place))
        return spans, problems

    def _citation(self, passage_id: str, start: int, end: int) -> Citation:
        evidence = self.shown[passage_id]
        passage, source, reference = evidence.passage, evidence.source, evidence.passage.reference
        number = self._numbers.setdefault((passage_id, start, end), len(self._numbers) + 1)
        return Citation(
            n=number,
            source_id=source.id,
            passage_id=passage_id,
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
            cited_as=cited_as(source, reference, basis=passage.basis),
        )


def cited_as(source: Source, reference: Reference | None, *, basis: str) -> str:
    """How a source is named where it is cited: what we wrote is named as ours, with what it rests on, never as if it were the original."""
    if source.kind == "original":
        by = source.organisation or (source.authors[0] if source.authors else None)
        return ", ".join(part for part in (source.title, by, str(source.year) if source.year else None) if part)
    ours = {
        "note": "our note on", "case": "our case", "definition": "our entry", "network": "our entry on", "framework": "our note on",
        "worked_mission": "our worked mission",
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


def _place(pointer: Pointer, text: str) -> tuple[int, int] | None:
    if pointer.start is not None:
        end = pointer.start + len(pointer.quote)
        if text[pointer.start : end] == pointer.quote:
            return pointer.start, end
    return locate(pointer.quote, text)


def _status(text: str, quotes: list[str]) -> Status:
    return "quoted" if any(fold(text).strip() == fold(quote).strip() for quote in quotes) else "unsupported"

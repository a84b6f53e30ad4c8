"""The words a user reads that are not data. Owns: plain UK English for outcomes, sections, statuses. Does not own: any layout."""

from __future__ import annotations

from assistant.nouns import Outcome, Section, Status

EVIDENCE_NOTE = "“Quoted” and “supported” mean that the source says so, not that it is true."

SECTION_WORDS: dict[Section, str] = {
    "answer": "Answer",
    "definition": "How it is defined",
    "finding": "What the evidence says",
    "case": "What happened where it was tried",
    "caution": "Be careful",
    "next_step": "What to take from it",
}
STATUS_MARKS: dict[Status, str] = {
    "quoted": "▪ quoted",
    "supported": "▪ supported",
    "inferred": "▫ inferred from several passages",
    "advice": "◦ advice, not evidence",
    "unsupported": "✗ unsupported",
}
OUTCOME_WORDS: dict[Outcome, str] = {
    "partial": "The library covers only part of this.",
    "no_evidence": "The library does not say.",
    "needs_clarification": "Tell me a little more.",
    "opinion": "This is a matter of opinion, which the library cannot settle.",
    "out_of_scope": "This is outside what the library covers.",
    "blocked": "This request cannot be answered.",
    "error_model": "The chat model failed; the library itself is fine.",
    "error_index": "The index failed. Run `adviser doctor`.",
}

"""The words a user reads that are not data. Owns: plain UK English for outcomes, sections, statuses. Does not own: any layout."""

from __future__ import annotations

from assistant.nouns import Basis, Outcome, Section, SourceKind, Status

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

# What the web pages say beside the words above.
PRODUCT = "Mission adviser"
INTRODUCTION = (
    "Ask how to define, convene, implement or support a mission. Answers come from a curated library of publications and cases.",
    "Every sentence has a number: choose it to see the very words it rests on, and what kind of evidence they are.",
    "“Verified” here means that the source says so, not that it is true. Where the library does not say, you are told so.",
)
STATUS_ICONS: dict[Status, str] = {"quoted": "❝", "supported": "✓", "inferred": "≈", "advice": "✎", "unsupported": "✗"}
STATUS_WORDS: dict[Status, str] = {
    "quoted": "quoted",
    "supported": "supported",
    "inferred": "inferred",
    "advice": "advice, not evidence",
    "unsupported": "unsupported",
}
STATUS_MEANINGS: dict[Status, str] = {
    "quoted": "the words of the cited passage itself",
    "supported": "other words for what the cited passage says; they passed the check",
    "inferred": "it takes several cited passages together to say this",
    "advice": "a suggestion of ours, which no source states",
}
OUTCOME_ICONS: dict[Outcome, str] = {
    "partial": "◐",
    "no_evidence": "○",
    "needs_clarification": "?",
    "opinion": "○",
    "out_of_scope": "○",
    "blocked": "⊘",
    "error_model": "!",
    "error_index": "!",
}
KIND_WORDS: dict[SourceKind, str] = {
    "note": "Our notes on publications",
    "case": "Cases",
    "definition": "Definitions",
    "network": "Networks",
    "framework": "Frameworks and tools",
    "worked_mission": "Worked missions",
    "original": "Your documents",
}
KIND_NAMES: dict[SourceKind, str] = {
    "note": "Our note on a publication",
    "case": "Case",
    "definition": "Definition",
    "network": "Network",
    "framework": "Framework",
    "worked_mission": "Worked mission",
    "original": "Document",
}
BASIS_WORDS: dict[Basis, str] = {"read": "read in the source", "second_hand": "known second-hand", "editor": "our own reading"}
STARTERS: dict[str, tuple[str, ...]] = {
    "Defining": ("Is a mission just a big target?", "How do we avoid mission-washing?"),
    "Convening": ("Which networks could a city join to learn about missions?", "How should a mission board be set up?"),
    "Implementing": ("Did Finland’s Housing First work?", "What does a delivery unit do?"),
    "Supporting practice": ("How do we work with citizens on a mission?", "How should a mission be evaluated?"),
}
ROLE_STARTERS: dict[str, tuple[str, ...]] = {
    "Permanent secretary": ("Why did the UK’s five missions struggle?", "What makes a delivery unit succeed or fail?"),
    "Council chief executive": (
        "What has Camden learned from its missions?",
        "What happened with Greater Manchester’s Live Well?",
    ),
    "Mission director": ("How do we set milestones for a mission?", "How do mission teams work across departments?"),
    "Charity head": ("How can charities take part in missions?", "What did Changing Futures learn?"),
}
FEEDBACK_REASONS: dict[str, str] = {
    "wrong": "Something in it is wrong",
    "missing": "Something important is missing",
    "not_asked": "It does not answer what I asked",
    "evidence": "The evidence is weak or does not fit",
    "unclear": "It is hard to follow",
}
ADDED_ONLY = "Only added documents: mine, and those that everyone was given"
OWN_UPLOAD_NOTE = (
    "What you add is found from this browser only. Whoever keeps the library can share a document with everyone: "
    "`adviser sources share` and its id."
)
OWN_DOCUMENT_NOTE = "This is a document of your own: only this browser finds and opens it."

"""The words of a brief's document that are not data. Owns: plain UK English for headings, marks, notes on method. Does not own: layout."""

from __future__ import annotations

from assistant.briefs.nouns import Brief, Relation, Statement
from assistant.nouns import Citation
from ui.render_parts import page_words
from ui.wording import STATUS_WORDS

NO_GAPS = "The library answered every question that was put for this brief. It may still be wrong or out of date."
NOTHING_FOUND = "Nothing found"
HOW_TO_READ = (
    "How to read this. A sentence without a mark is quoted word for word from the source in its note. Other sentences say in brackets "
    "what they are. “Quoted” and “supported” mean that the source says so, not that it is true."
)
VERIFIED = (
    "“Verified” means that the source says so: the quote stands in the source word for word at the place given. It does not mean that it "
    "is true. How strong the evidence is stands apart, in the column “kind of evidence”."
)
NOTES_OF_OURS = (
    "A note of ours is a text written by this library about a publication, with the publication's address; where one is cited, the "
    "original was not quoted. “Our own reading” is the view of the library's editors and counts as no evidence."
)
OWN_WORDS = "From the client and from us; not evidence."
RELATIONS: dict[Relation, str] = {
    "contradicts": "These contradict each other",
    "qualifies": "One qualifies the other",
    "updates": "The second updates the first",
}
ANNEX_EVIDENCE = "Annex B: Evidence"
ANNEX_DISAGREEMENTS = "Annex A: Where sources disagree"
ANNEX_GAPS = "Annex C: What was searched, and what was not found"
ANNEX_METHOD = "Annex D: Method and disclosure"
REFERENCES = "References"


def mark_words(statement: Statement) -> str:
    """What stands in brackets after a sentence; nothing after one that is quoted as it is."""
    if statement.status == "unsupported":
        by = statement.edit.by if statement.edit else "an unknown hand"
        return f"[not verified: edited by {by}]"
    if statement.edit is not None:
        return f"[edited by {statement.edit.by}; checked: {STATUS_WORDS[statement.status]}]"
    return "" if statement.status == "quoted" else f"[{STATUS_WORDS[statement.status]}]"


def where_words(citation: Citation) -> str:
    """Where in its source a quote stands: page, else the file's own place, else its heading."""
    place = citation.locator
    return page_words(place.page, place.page_label) or place.label or (place.heading[-1] if place.heading else "")


def kind_words(citation: Citation) -> str:
    """What kind of evidence it is, and how strong by the catalogue's rule."""
    return f"{citation.evidence_type}, {citation.strength}" if citation.strength else citation.evidence_type


def method_lines(brief: Brief) -> list[str]:
    """What wrote the brief, from which library, when, and what its words mean."""
    receipt = brief.receipt
    chat = receipt.models.get("chat")
    if receipt.composer == "generative" and chat:
        wrote = f"The chat model {chat} wrote sentences from passages of the library; each was checked against the words it cites before it was kept."
    else:
        wrote = "No language model wrote this. Its sentences are statements of the library, quoted word for word, chosen by a fixed method."
    library = ", ".join(f"{name} {value}" for name, value in sorted(receipt.fingerprint.items()))
    edited = sum(s.edit is not None for s in brief.shown())
    hand = (
        [f"{edited} sentence{'s were' if edited != 1 else ' was'} edited by hand and checked again; each says by whom."]
        if edited
        else []
    )
    template = f"template “{brief.template.title}” (version {brief.template.version}, {brief.template.sha256[:12]})"
    searched = receipt.searched
    return [
        wrote,
        *hand,
        VERIFIED,
        NOTES_OF_OURS,
        f"Made on {day_words(receipt.created_at)} with Mission Adviser {receipt.product_version}, {template}.",
        f"Library: {searched.passages:,} passages in {searched.sources:,} sources; {library}.",
        f"Mark of this content: {brief.mark()}. Any change of a sentence or reference gives another mark.",
    ]


def status_line(brief: Brief) -> str:
    """Whether somebody has approved exactly this content."""
    approval = brief.approved
    return f"Approved by {approval.by} on {day_words(approval.at)}." if approval else "Draft."


def day_words(moment: str) -> str:
    """'27 November 2026' of an ISO date or time."""
    from datetime import date

    day = date.fromisoformat(moment[:10])
    return f"{day.day} {day:%B} {day.year}"

"""The words a reader sees of a checked draft. Owns: plain UK English for its statuses, and the text of one comment. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.draft.nouns import CheckedSentence, DraftReport, DraftStatus, NotAClaim
from assistant.nouns import Citation, Locator

STATUS_WORDS: dict[DraftStatus, str] = {
    "supported": "Supported",
    "partly": "Partly",
    "not_found": "Not found",
    "contradicted": "Contradicted",
    "not_a_claim": "Not a claim",
}
STATUS_ICONS: dict[DraftStatus, str] = {
    "supported": "✓",
    "partly": "◐",
    "not_found": "○",
    "contradicted": "✗",
    "not_a_claim": "·",
}
STATUS_MEANINGS: dict[DraftStatus, str] = {
    "supported": "a source of the library says so; that does not make it true",
    "partly": "some of it is in the library; what is not is named",
    "not_found": "the library does not say it; it may still be true",
    "contradicted": "the library says otherwise",
    "not_a_claim": "a heading, question, greeting, advice or the like, which is not judged",
}
KIND_WORDS: dict[NotAClaim, str] = {
    "heading": "a heading",
    "question": "a question",
    "greeting": "a greeting or address",
    "advice": "advice",
    "intention": "what the document or its writer will do",
    "opinion": "an opinion of the writer’s",
    "fragment": "not a whole statement",
    "reference": "a reference",
}
NOTE = "“Supported” means that a source of the library says so, not that it is true. “Not found” means that the library does not say it."
ORDER: tuple[DraftStatus, ...] = ("contradicted", "not_found", "partly", "supported", "not_a_claim")


def counts_line(report: DraftReport) -> str:
    """How many sentences got which status, the worst first."""
    claims = sum(count for status, count in report.counts.items() if status != "not_a_claim")
    left = report.counts.get("not_a_claim", 0)
    parts = [f"{report.counts[status]} {STATUS_WORDS[status].lower()}" for status in ORDER[:-1] if report.counts.get(status)]
    judged = (
        f"{claims} statement{'s' * (claims != 1)} of fact checked: {', '.join(parts)}."
        if parts
        else "There was no statement of fact to check."
    )
    return judged + (f" {left} other sentence{'s were' if left != 1 else ' was'} not judged." if left else "")


def reasons(sentence: CheckedSentence) -> str:
    """Why a sentence has its status, as sentences."""
    said = [f"It is {KIND_WORDS[sentence.kind]}" if sentence.kind else "", *sentence.because]
    if sentence.status == "partly" and sentence.held and sentence.missing:
        said.append(f"in the library: {_listed(sentence.held)}; not there: {_listed(sentence.missing)}")
    return " ".join(_sentence(each) for each in said if each)


def comment_text(sentence: CheckedSentence) -> str:
    """The comment for a sentence: its status, why, and each passage quoted exactly with its source and kind of evidence."""
    lines = [f"{STATUS_WORDS[sentence.status]}. {reasons(sentence)}"]
    for citation in sentence.citations:
        lines += [f"“{citation.quote}”", source_line(citation)]
    return "\n".join(lines)


def source_line(citation: Citation) -> str:
    """Where a quotation stands and what kind of evidence it is."""
    place = place_words(citation.locator)
    said = citation.cited_as or citation.title
    parts = [said[:1].upper() + said[1:], *([place] if place else []), f"Evidence: {citation.evidence_type}"]
    return ". ".join(parts) + "."


def place_words(locator: Locator) -> str:
    """A page or other place, as a reader would look it up; '' where there is none."""
    if locator.page is not None:
        return f"Page {locator.page_label or locator.page}"
    return (locator.label or "").capitalize()


def _listed(items: Iterable[str]) -> str:
    return ", ".join(f"“{item}”" for item in items)


def _sentence(words: str) -> str:
    said = words.strip()
    return (said[0].upper() + said[1:] if said else "") + ("" if said.endswith((".", "!", "?")) else ".")

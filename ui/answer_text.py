"""An answer as plain text, for the clipboard. Owns: that text, and one citation in a line. Pure. Does not own: other formats."""

from __future__ import annotations

from itertools import groupby

from assistant.nouns import Answer, Citation
from ui.render_parts import page_words
from ui.wording import EVIDENCE_NOTE, OUTCOME_WORDS, SECTION_WORDS, STATUS_WORDS


def answer_text(answer: Answer) -> str:
    """An answer as plain text with its numbered citations, for the clipboard."""
    lines = [answer.standalone_question, ""]
    if headline := OUTCOME_WORDS.get(answer.outcome):
        lines += [headline, ""]
    for section, group in groupby(answer.sentences, key=lambda sentence: sentence.section):
        lines.append(SECTION_WORDS[section])
        for sentence in group:
            numbers = "".join(f"[{c.n}]" for c in sentence.citations)
            lines.append(f"- {sentence.text} {numbers} ({STATUS_WORDS[sentence.status]})")
        lines.append("")
    lines += [*(f"- {gap}" for gap in answer.gaps), *([""] if answer.gaps else [])]
    cited = {c.n: c for sentence in answer.sentences for c in sentence.citations}
    lines += [f"[{n}] {citation_line(cited[n])}" for n in sorted(cited)]
    return "\n".join([*lines, "", f"{EVIDENCE_NOTE} Receipt {answer.receipt_id}."])


def citation_line(citation: Citation) -> str:
    """One citation in a line: how to name it, where in it, what kind of evidence, its address."""
    strength = f", {citation.strength}" if citation.strength else ""
    page = page_words(citation.locator.page, citation.locator.page_label)
    parts = [citation.cited_as or citation.title, page, f"{citation.evidence_type}{strength}", citation.url or ""]
    return ". ".join(part for part in parts if part)

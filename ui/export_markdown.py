"""An answer as Markdown, to be sent on. Owns: its layout, and escaping so that hostile text stays text. Does not own: other
formats."""

from __future__ import annotations

import re
from itertools import groupby

from assistant.nouns import Answer
from ui.answer_text import citation_line
from ui.markup import is_safe_address
from ui.wording import EVIDENCE_NOTE, OUTCOME_WORDS, SECTION_WORDS, STATUS_WORDS

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~&$])")


def plain(text: str) -> str:
    """Text in which Markdown finds no markup: specials escaped, line breaks gone, addresses not turned into links by a dot and
    a slash."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("://", ":\u200b//")


def answer_markdown(answer: Answer, *, asked_on: str) -> str:
    """The answer with its statuses, and every citation with its exact quote."""
    lines = [f"# {plain(answer.standalone_question)}", ""]
    if headline := OUTCOME_WORDS.get(answer.outcome):
        lines += [f"**{headline}** Searched {answer.searched.passages:,} passages in {answer.searched.sources:,} sources.", ""]
    for section, group in groupby(answer.sentences, key=lambda sentence: sentence.section):
        lines += [f"## {SECTION_WORDS[section]}", ""]
        for sentence in group:
            numbers = "".join(f"\\[{c.n}\\]" for c in sentence.citations)
            lines.append(f"- {plain(sentence.text)} {numbers} ({STATUS_WORDS[sentence.status]})")
        lines.append("")
    for pair in answer.disagreements:
        lines += [f"## Sources differ: {plain(pair.topic)}", ""]
        for side in (pair.first, pair.second):
            about = ", ".join(str(part) for part in (side.title, side.year, side.place, side.evidence_type) if part)
            lines.append(f"- “{plain(side.quote)}” ({plain(about)})")
        lines += ["", plain(pair.note), ""]
    if answer.gaps:
        lines += ["## What is missing", "", *(f"- {plain(gap)}" for gap in answer.gaps), ""]
    if answer.who_might_know:
        lines += ["## Who might know", "", *(f"- {plain(w.name)}. {plain(w.how_to_reach)}" for w in answer.who_might_know), ""]
    cited = {c.n: c for sentence in answer.sentences for c in sentence.citations}
    if cited:
        lines += ["## Evidence", ""]
    for number in sorted(cited):
        citation = cited[number]
        line = citation_line(citation.model_copy(update={"url": None}))
        address = (
            f" <{citation.url}>"
            if citation.url and is_safe_address(citation.url) and not re.search(r"[<>\s]", citation.url)
            else ""
        )
        lines += [f"{number}. {plain(line)}.{address}", f"   > {plain(citation.quote)}", ""]
    lines += [f"{EVIDENCE_NOTE} Asked on {asked_on}. Receipt {answer.receipt_id}.", ""]
    return "\n".join(lines)

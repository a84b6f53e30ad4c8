"""Holding an edited sentence to the library. Owns: where its support is looked for, and that it fails closed. Does not own: the checks.

The passages that the sentence cites are tried first, then the nearest ones the library has. What none of them carries is `unsupported`.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.briefs.desk import Desk
from assistant.briefs.nouns import Statement
from assistant.compose.advice import is_advice
from assistant.compose.spans import choose_span
from assistant.errors import InputError
from assistant.grounding.ground import Grounder, Proposal
from assistant.grounding.meaning import strict_grounder
from assistant.nouns import Citation, Evidence, Status

NEAREST = 8
LONGEST = 1200  # characters


def check_sentence(desk: Desk, text: str, statement: Statement) -> Statement:
    """The statement in other words, with the status and citations that the library gives it. Raises InputError for no sentence."""
    words = " ".join(text.replace("\x00", " ").split())
    if not any(ch.isalpha() for ch in words) or len(words) > LONGEST:
        raise InputError(f"Give one sentence of at most {LONGEST:,} characters.")
    status, citations, problems = _judged(desk, words, statement)
    return statement.model_copy(
        update={"text": words, "status": status, "citations": citations, "problems": problems, "origin": "edited"}
    )


def _judged(desk: Desk, text: str, statement: Statement) -> tuple[Status, list[Citation], list[str]]:
    cited = _cited_evidence(desk, statement)
    found = [e for e in desk.study(text)[1].evidence[:NEAREST] if e.passage.id not in {c.passage.id for c in cited}]
    objections: list[list[str]] = []
    for group in ([cited] if cited else []) + [[each] for each in [*cited, *found]]:
        grounder = strict_grounder({e.passage.id: e for e in group}, desk.assistant.embedder)
        sentence, verdict = grounder.ground(_proposal(text, group, grounder))
        if sentence is not None:
            return sentence.status, sentence.citations, []
        objections.append(verdict.problems)
    passages = [e.passage.text for e in [*cited, *found]]
    if is_advice(text, question="", passages=passages):
        return "advice", [], []
    return "unsupported", [], min(objections, key=len, default=["the library holds nothing near it"])


def _proposal(text: str, evidence: Sequence[Evidence], grounder: Grounder) -> Proposal:
    pointers = tuple(choose_span(text, grounder.shown[e.passage.id].passage, whole=e.source.kind != "original") for e in evidence)
    return Proposal(text=text, section="finding", pointers=pointers)


def _cited_evidence(desk: Desk, statement: Statement) -> list[Evidence]:
    library = desk.assistant.library
    passages = library.passages_by_id([c.passage_id for c in statement.citations])
    sources = library.sources()
    return [
        Evidence(rank=1, score=1.0, found_by=["link"], similarity=1.0, passage=p, source=sources[p.source_id])
        for c in statement.citations
        if (p := passages.get(c.passage_id)) is not None and p.source_id in sources
    ]

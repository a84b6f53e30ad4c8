"""Where sources disagree. Owns: which statements among the evidence stand against each other, both sides put side by
side, and counting
independent sources.

Does not own: finding disagreement (a librarian did; the library holds the links) or saying who is right: both sides are quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.grounding.ground import Pointer, Proposal
from assistant.nouns import Citation, Disagreement, Evidence, Link, Passage, Side, Source
from assistant.text.folding import fold

MOST = 3  # pairs shown with one answer


def find_disagreements(
    links: Sequence[Link],
    *,
    cited: Iterable[Citation],
    evidence: Sequence[Evidence],
    sources: Mapping[str, Source],
    passages_of: Callable[[str], Sequence[Passage]],
) -> list[Disagreement]:
    """Links of which a side is cited and the other is among the evidence, best-ranked first; then those whose other
    side was not found.

    The other side is fetched by `passages_of` where the search did not find it: an answer that shows one side owes its
    reader the other.
    """
    shown = {citation.passage_id for citation in cited}
    by_statement = {address(e.passage): e for e in evidence if e.passage.statement}
    shown_at = {name for name, e in by_statement.items() if e.passage.id in shown}
    found: list[tuple[int, Disagreement]] = []
    last = max((e.rank for e in evidence), default=0) + 1
    for link in links:
        if link.first not in shown_at and link.second not in shown_at:
            continue
        sides = [_side(name, by_statement, sources, passages_of) for name in (link.first, link.second)]
        if all(sides):
            first, second = (side for side in sides if side is not None)
            rank = sum(by_statement[name].rank if name in by_statement else last for name in (link.first, link.second))
            found.append(
                (rank, Disagreement(topic=link.topic, relation=link.relation, note=link.note, first=first, second=second))
            )
    return [each for _, each in sorted(found, key=lambda pair: pair[0])][:MOST]


def address(passage: Passage) -> str:
    """A statement's address in the library, as links give it."""
    return f"{passage.source_id}#{passage.statement}"


def proposals(disagreements: Sequence[Disagreement]) -> list[Proposal]:
    """Both sides of each, word for word, one after the other, for the grounding step to prove."""
    sides = [side for each in disagreements for side in (each.first, each.second)]
    return [Proposal(text=side.quote, section="caution", pointers=(Pointer(side.passage_id, side.quote, 0),)) for side in sides]


def independent_sources(citations: Iterable[Citation]) -> int:
    """How many different works the citations rest on.

    Two of our notes on one publication are one, and so are two files with nearly the same text; our own reading adds none.
    """
    works: list[set[str]] = []
    for citation in citations:
        if citation.basis != "editor":
            names = _names(citation)
            works = [each for each in works if not each & names] + [names.union(*(each for each in works if each & names))]
    return len(works)


def _names(citation: Citation) -> set[str]:
    """What a work is known by: its text, where it has been compared, and its address; else its title, publisher and year."""
    text = {f"text {citation.work}"} if citation.work else set()
    if citation.url:
        bare = citation.url.split("#")[0].rstrip("/").lower()
        return text | {bare.removeprefix("https://").removeprefix("http://").removeprefix("www.")}
    return text or {fold(f"{citation.title}|{citation.organisation}|{citation.year}")}


def _side(
    name: str, known: Mapping[str, Evidence], sources: Mapping[str, Source], passages_of: Callable[[str], Sequence[Passage]]
) -> Side | None:
    source_id, _, statement = name.partition("#")
    source = sources.get(source_id)
    if source is None:
        return None
    passage = (
        known[name].passage if name in known else next((p for p in passages_of(source_id) if p.statement == statement), None)
    )
    if passage is None:
        return None
    reference = passage.reference
    return Side(
        source_id=source_id,
        passage_id=passage.id,
        quote=passage.text,
        title=source.title,
        year=(reference.year if reference else None) or source.year,
        place=source.place,
        evidence_type=passage.evidence_type,
        strength=passage.strength,
    )

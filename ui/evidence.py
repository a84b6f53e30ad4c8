"""What the evidence beside an answer is made of. Owns: looking up each citation's passage, neighbours and source, and
disagreements.

Does not own: HTML (see `render*.py`). An answer outlives its sources: where a passage has gone, the card keeps the quote and
says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.library.library import Library
from assistant.library.neighbours import Placed, placed
from assistant.nouns import Answer, Citation, Link, Passage, Source

MOST_SUGGESTIONS = 3


@dataclass(frozen=True)
class Card:
    """One citation with what surrounds it. `passage` and `source` are None where the library no longer holds them."""

    citation: Citation
    passage: Passage | None
    source: Source | None
    before: Passage | None = None
    after: Passage | None = None


@dataclass(frozen=True)
class Side:
    """One side of a disagreement."""

    passage: Passage
    source: Source
    cited: bool


@dataclass(frozen=True)
class Disagreement:
    """Two statements of the library that stand against each other, of which the answer cites at least one."""

    link: Link
    first: Side
    second: Side


@dataclass(frozen=True)
class Turn:
    """One question with its answer and everything shown beside it."""

    answer: Answer
    cards: tuple[Card, ...]
    disagreements: tuple[Disagreement, ...]
    suggestions: tuple[str, ...]


def independent_sources(citations: Sequence[Citation]) -> int:
    """How many independent works these citations rest on: by address, else by source; our own readings are nobody's evidence."""
    return len({c.url or c.source_id for c in citations if c.basis != "editor"})


def read_turn(answer: Answer, library: Library) -> Turn:
    """Everything shown of an answer, from the library as it stands."""
    cards = _cards(answer, library)
    return Turn(answer=answer, cards=cards, disagreements=_disagreements(cards, library), suggestions=_suggestions(answer, cards))


def _cards(answer: Answer, library: Library) -> tuple[Card, ...]:
    cited = {c.n: c for sentence in answer.sentences for c in sentence.citations}
    found = placed(library, [citation.passage_id for citation in cited.values()])
    sources = library.sources()
    return tuple(_card(cited[n], found.get(cited[n].passage_id), sources.get(cited[n].source_id)) for n in sorted(cited))


def _card(citation: Citation, found: Placed | None, source: Source | None) -> Card:
    if found is None or found.passage.text[citation.start : citation.end] != citation.quote:
        return Card(citation=citation, passage=None, source=source)
    return Card(citation=citation, passage=found.passage, source=source, before=found.before, after=found.after)


def _disagreements(cards: Sequence[Card], library: Library) -> tuple[Disagreement, ...]:
    cited = {f"{c.passage.source_id}#{c.passage.statement}" for c in cards if c.passage is not None and c.passage.statement}
    found = []
    for link in library.links() if cited else []:
        if link.first in cited or link.second in cited:
            sides = [_side(address, library, cited=address in cited) for address in (link.first, link.second)]
            if sides[0] is not None and sides[1] is not None:
                found.append(Disagreement(link=link, first=sides[0], second=sides[1]))
    return tuple(found)


def _side(address: str, library: Library, *, cited: bool) -> Side | None:
    source_id, _, statement = address.partition("#")
    source = library.sources().get(source_id)
    passage = next((p for p in library.passages_of(source_id) if p.statement == statement), None)
    return Side(passage=passage, source=source, cited=cited) if source and passage else None


_FOLLOW_UPS: Mapping[str, str] = {
    "case": "What were the results of {title}?",
    "definition": "How do others define {title}?",
    "network": "How does one join {title}?",
    "framework": "How is {title} used?",
    "note": "What does “{title}” recommend?",
    "worked_mission": "What should {title} measure?",
    "original": "What does “{title}” recommend?",
}


def _suggestions(answer: Answer, cards: Sequence[Card]) -> tuple[str, ...]:
    """Questions that the cited sources could answer next: one a source, cases first."""
    sources = {card.source.id: card.source for card in cards if card.source is not None}
    ordered = sorted(sources.values(), key=lambda source: source.kind != "case")
    asked = {answer.question.casefold(), answer.standalone_question.casefold()}
    made = [_FOLLOW_UPS[source.kind].format(title=source.title.removesuffix(" (definition)")) for source in ordered]
    return tuple(dict.fromkeys(question for question in made if question.casefold() not in asked))[:MOST_SUGGESTIONS]

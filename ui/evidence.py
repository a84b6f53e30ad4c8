"""What the evidence beside an answer is made of. Owns: looking up each citation's passage, neighbours and source.

Does not own: HTML (see `render*.py`). An answer outlives its sources: where a passage has gone, the card keeps the quote and
says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.library.library import Library
from assistant.library.neighbours import Placed, placed
from assistant.nouns import Answer, Citation, Passage, Source
from ui.followups import follow_ups


@dataclass(frozen=True)
class Card:
    """One citation with what surrounds it. `passage` and `source` are None where the library no longer holds them."""

    citation: Citation
    passage: Passage | None
    source: Source | None
    before: Passage | None = None
    after: Passage | None = None

    @property
    def page_picture(self) -> str | None:
        """Where the page's picture with the quote marked is fetched; None where there is no page to be drawn."""
        held = self.passage is not None and self.source is not None and self.source.format == "pdf"
        if not held or self.citation.locator.page is None:
            return None
        return f"/passages/{self.citation.passage_id}/page.png?start={self.citation.start}&end={self.citation.end}"


@dataclass(frozen=True)
class Turn:
    """One question with its answer and everything shown beside it."""

    answer: Answer
    cards: tuple[Card, ...]
    suggestions: tuple[str, ...]

    @property
    def own(self) -> bool:
        """Whether it quotes a document that one space alone may read."""
        return any(card.source is not None and card.source.owner is not None for card in self.cards)


def read_turn(answer: Answer, library: Library) -> Turn:
    """Everything shown of an answer, from the library as it stands."""
    cards = _cards(answer, library)
    held = [card.source for card in cards if card.source is not None]
    others = (side.source_id for pair in answer.disagreements for side in (pair.first, pair.second))
    held += [found for source_id in others if (found := library.sources().get(source_id)) is not None]
    cited = [card.passage for card in cards if card.passage is not None]
    return Turn(answer=answer, cards=cards, suggestions=follow_ups(answer, held, cited, library.passages_of))


def _cards(answer: Answer, library: Library) -> tuple[Card, ...]:
    cited = {c.n: c for sentence in answer.sentences for c in sentence.citations}
    found = placed(library, [citation.passage_id for citation in cited.values()])
    sources = library.sources()
    return tuple(_card(cited[n], found.get(cited[n].passage_id), sources.get(cited[n].source_id)) for n in sorted(cited))


def _card(citation: Citation, found: Placed | None, source: Source | None) -> Card:
    if found is None or found.passage.text[citation.start : citation.end] != citation.quote:
        return Card(citation=citation, passage=None, source=source)
    return Card(citation=citation, passage=found.passage, source=source, before=found.before, after=found.after)

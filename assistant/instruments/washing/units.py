"""What the check reads one at a time. Owns: a document's sentences as units: headings left out, a short lead joined to what follows.

Does not own: judging them. "Funding. Subject to approval." is one unit, since neither half says it alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.instruments.assessment import OwnQuote
from assistant.instruments.own_document import OwnDocument, OwnSentence

LEAD_WORDS = 5  # a first sentence of at most so many words, such as "3. Funding.", leads the next one
FEWEST_WORDS, FEWEST_OF_MANY, MANY = 5, 7, 40  # words of a unit; in a document of many units, contents and captions are left out
_ORDER = re.compile(  # words to whoever reads the document by machine: no evidence of anything the organisation does
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instruction|rule|prompt|above|previous|earlier)"
    r"|\bmark (?:every|each|all|this)\b|\btells? (?:is|are|has|have) (?:\w+ )?(?:present|absent|cleared|met|marked)\b"
    r"|\b(?:system|assistant|reviewer|evaluator)\s*(?:message|prompt|:)"
    r"|\byou are (?:an?|the) [^.]{0,30}(?:assistant|model)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Unit:
    """A sentence, or a short lead with the sentence after it; `before`: the unit before it under the same heading."""

    text: str
    start: int
    end: int
    page: int | None
    page_label: str | None
    heading: tuple[str, ...]
    before: Unit | None = None

    def quote(self, document: OwnDocument, *, from_before: bool = False) -> OwnQuote:
        """The unit in the document's own words, from the unit before it on where the reading leans on that one."""
        first = self.before if from_before and self.before is not None else self
        return OwnQuote(
            file=document.file,
            text=document.text[first.start : self.end],
            start=first.start,
            end=self.end,
            page=first.page,
            page_label=first.page_label,
            heading=list(first.heading),
        )


def units_of(document: OwnDocument) -> list[Unit]:
    """The document's units in reading order."""
    found: list[Unit] = []
    lead: OwnSentence | None = None
    for sentence in document.sentences:
        words = document.words(sentence)
        if sentence.heading and words.strip() == sentence.heading[-1].strip():
            lead = None
            continue
        if lead is not None and (lead.heading != sentence.heading or sentence.start - lead.end > 2):
            found.append(_unit(document, lead, lead, found))
            lead = None
        if lead is None and len(words.split()) <= LEAD_WORDS and words.rstrip().endswith((".", ":", "?")):
            lead = sentence
            continue
        found.append(_unit(document, lead or sentence, sentence, found))
        lead = None
    if lead is not None:
        found.append(_unit(document, lead, lead, found))
    fewest = FEWEST_WORDS if len(found) <= MANY else FEWEST_OF_MANY
    return [unit for unit in found if len(unit.text.split()) >= fewest and not _ORDER.search(unit.text)]


def _unit(document: OwnDocument, first: OwnSentence, last: OwnSentence, found: list[Unit]) -> Unit:
    before = found[-1] if found and found[-1].heading == tuple(first.heading) else None
    return Unit(
        text=document.text[first.start : last.end],
        start=first.start,
        end=last.end,
        page=first.page,
        page_label=first.page_label,
        heading=tuple(first.heading),
        before=None
        if before is None
        else Unit(before.text, before.start, before.end, before.page, before.page_label, before.heading),
    )

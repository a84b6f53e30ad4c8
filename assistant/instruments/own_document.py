"""A person's own document as an instrument reads it. Owns: its text with sentences and places, and quoting from it exactly.

Does not own: reading files (`ui/own_documents.py` has ingest do it). The document never enters the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import Field

from assistant.instruments.assessment import OwnQuote
from assistant.nouns import Noun, Passage


class OwnSentence(Noun):
    """A sentence of the document and where a reader finds it."""

    start: int
    end: int
    page: int | None = None
    page_label: str | None = None
    heading: list[str] = Field(default_factory=list)


class OwnDocument(Noun):
    """The extracted text of a file: `text[sentence.start:sentence.end]` is a sentence."""

    file: str = Field(description="The file's name, without its folder.")
    sha256: str
    text: str
    sentences: list[OwnSentence]
    pages: int | None = None
    pages_without_text: int = 0

    def words(self, sentence: OwnSentence) -> str:
        """A sentence's text."""
        return self.text[sentence.start : sentence.end]

    def quote(self, sentence: OwnSentence) -> OwnQuote:
        """A sentence as a quote, with its place."""
        return OwnQuote(
            file=self.file,
            text=self.words(sentence),
            start=sentence.start,
            end=sentence.end,
            page=sentence.page,
            page_label=sentence.page_label,
            heading=sentence.heading,
        )

    def find(self, words: str) -> OwnQuote | None:
        """The place where these words stand, white space apart; the quote is the document's own text. None where they do not."""
        parts = [re.escape(part) for part in words.split()]
        found = re.search(r"\s+".join(parts), self.text) if parts else None
        if found is None:
            return None
        around = next((s for s in self.sentences if s.start <= found.start() < s.end), None)
        place = around or OwnSentence(start=0, end=0)
        return self.quote(place.model_copy(update={"start": found.start(), "end": found.end()}))

    def holds(self, quote: OwnQuote) -> bool:
        """Whether a quote stands in this document at its place, character for character."""
        return quote.file == self.file and self.text[quote.start : quote.end] == quote.text


def document_of(
    *, file: str, sha256: str, text: str, passages: Iterable[Passage], pages: int | None = None, pages_without_text: int = 0
) -> OwnDocument:
    """The document of what extraction found in a file."""
    sentences = [
        OwnSentence(
            start=passage.start + start,
            end=passage.start + end,
            page=(place := passage.locator_at(start)).page,
            page_label=place.page_label,
            heading=place.heading,
        )
        for passage in passages
        for start, end in passage.sentences
        if passage.text[start:end].strip()
    ]
    return OwnDocument(
        file=file, sha256=sha256, text=text, sentences=sentences, pages=pages, pages_without_text=pages_without_text
    )

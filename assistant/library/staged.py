"""What ingest hands to the library. Owns: the shape of a source ready to be indexed. Does not own: extraction or storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.identifiers import content_hash
from assistant.nouns import Passage, Source


@dataclass(frozen=True)
class StagedSource:
    """A source with its whole text, its passages in order and a unit vector for each passage.

    `vectors` is float16, shape (passages, dimension): what is stored is what is indexed.
    """

    source: Source
    hash: str
    text: str
    passages: Sequence[Passage]
    vectors: np.ndarray

    @property
    def key(self) -> str:
        """Key of this version: two versions of one source differ."""
        return content_hash(self.source.id, self.hash)


def embedding_text(source: Source, passage: Passage) -> str:
    """What the embedding model reads for a passage: its title and nearest heading as context, then its words."""
    if source.kind == "original":
        heading = passage.locator.heading[-1] if passage.locator.heading else ""
        context = ". ".join(part for part in (source.title, heading) if part)
        return f"{context}\n{passage.text}"
    return f"{source.title}: {passage.text}"


def vector_key(source: Source, passage: Passage, embedder_fingerprint: str) -> str:
    """Key of a stored vector: the words embedded and the model that embedded them."""
    return content_hash(embedder_fingerprint, embedding_text(source, passage))

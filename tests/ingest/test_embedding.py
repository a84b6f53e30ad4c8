"""Vectors for passages: the same words are embedded once, also where the library does not hold them yet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.nouns import Passage, Source
from assistant.settings import Settings
from ingest.document import Block, Document
from ingest.embedding import PassageEmbedder
from ingest.segment import segment
from ingest.workshop import open_workshop


class CountingEmbedder:
    """Gives each text a vector of its own and remembers what it was asked."""

    fingerprint = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.extend(texts)
        return np.array([[len(text), text.count("e"), 1.0] for text in texts], dtype=np.float32)


def read(source_id: str, *texts: str) -> list[tuple[Source, Passage]]:
    source = Source(id=source_id, title="The pier", kind="original", origin="user")
    blocks = [Block(text * 36) for text in texts]
    return [(source, each) for each in segment(Document("text", blocks), source_id=source_id, source_hash="h").passages]


def test_a_batch_has_the_vectors_of_the_one_before_it_though_nothing_is_stored_yet(own_settings: Settings) -> None:
    embedder = CountingEmbedder()
    passages = PassageEmbedder(library=open_workshop(own_settings).library, embedder=embedder)
    first = passages.vectors(read("a", "The pier was widened. ", "The ferry runs hourly. "))
    asked = len(embedder.asked)
    copy = passages.vectors(read("b", "The pier was widened. ", "The ferry runs hourly. ", "Nobody was asked. "))
    new = [text for text in embedder.asked[asked:] if "Nobody" not in text]
    assert new == []
    assert passages.embedded == len(embedder.asked) == len(set(embedder.asked))
    assert (copy[: len(first)] == first).all()


def test_no_more_than_one_batch_is_remembered(own_settings: Settings) -> None:
    embedder = CountingEmbedder()
    passages = PassageEmbedder(library=open_workshop(own_settings).library, embedder=embedder)
    for name in ("The pier was widened. ", "The ferry runs hourly. ", "The pier was widened. "):
        passages.vectors(read("a", name))
    assert len(embedder.asked) == 2 * len(read("a", "The pier was widened. ")) + len(read("a", "The ferry runs hourly. "))

"""Searches to stand beside the product's. Owns: words alone (BM25), meaning alone (cosine), the LangChain tutorial's pipeline.

Does not own: the product's search. The tutorial's pipeline is its splitter (1,000 characters, 200 shared) and exact cosine
search; it is left
out where `langchain-text-splitters` is not installed. This is the only door to that package.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec

import numpy as np

from assistant.assistant import Assistant
from assistant.text.words import content_words

Search = Callable[[str, int], list[str]]
CHUNK, SHARED = 1000, 200
DEEP = 4


def words_alone(assistant: Assistant) -> Search:
    """Passage ids by BM25 over the question's content words."""

    def search(query: str, k: int) -> list[str]:
        assistant.index.follow()
        return [i for i, _ in assistant.index.words.search(dict.fromkeys(content_words(query), 1.0), k=k)]

    return search


def meaning_alone(assistant: Assistant) -> Search:
    """Passage ids by the cosine of the embeddings, over all of them: an approximate index differs a little each time it is built."""
    ids, matrix = assistant.library.all_vectors()

    def search(query: str, k: int) -> list[str]:
        scores = matrix @ assistant.embedder.embed([query])[0]
        return [ids[int(row)] for row in np.argsort(-scores, kind="stable")[:k]]

    return search


def sources_of(assistant: Assistant, search: Search) -> Search:
    """Source ids, each at its best passage's place, from a search for passages."""

    def search_sources(query: str, k: int) -> list[str]:
        ids = search(query, DEEP * k)
        held = assistant.library.passages_by_id(ids)
        return list(dict.fromkeys(held[i].source_id for i in ids if i in held))[:k]

    return search_sources


def tutorial(assistant: Assistant) -> Search | None:
    """Source ids by the tutorial's pipeline over the same texts and the same embedding model; None where its splitter is not
    installed.
    """
    if find_spec("langchain_text_splitters") is None:
        return None
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=SHARED)
    owners: list[str] = []
    chunks: list[str] = []
    for source_id in sorted(assistant.library.sources()):
        pieces = splitter.split_text(assistant.library.source_text(source_id))
        chunks += pieces
        owners += [source_id] * len(pieces)
    vectors = assistant.embedder.embed(chunks)

    def search(query: str, k: int) -> list[str]:
        return _best(owners, vectors @ assistant.embedder.embed([query])[0], k)

    return search


def _best(owners: Sequence[str], scores: np.ndarray, k: int) -> list[str]:
    order = np.argsort(-scores, kind="stable")[: DEEP * k]
    return list(dict.fromkeys(owners[int(row)] for row in order))[:k]

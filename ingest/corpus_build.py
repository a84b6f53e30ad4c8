"""Bringing the library up to its corpus. Owns: first build, replacing what changed in the corpus.

Does not own: whether that is needed (`packaged.py`), reading the corpus or the steps of publishing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.index.embedder import Embedder
from assistant.library.database import open_database
from assistant.library.library import LINKS_KEY
from assistant.library.staged import StagedSource, embedding_views, vector_key
from assistant.library.writer import LibraryWriter
from assistant.nouns import Link
from assistant.retrieval.likely_questions import SHIPPED_NAME as LIKELY_QUESTIONS
from assistant.retrieval.likely_questions import write_likely_questions
from assistant.retrieval.word_vectors import SHIPPED_NAME as SHIPPED_WORDS
from assistant.retrieval.word_vectors import write_word_vectors
from assistant.settings import Settings
from assistant.text.words import content_words
from ingest.corpus_files import corpus_folder, corpus_hash, corpus_signature
from ingest.corpus_questions import question_pairs, read_questions
from ingest.corpus_reader import Corpus, read_corpus
from ingest.corpus_sources import CorpusSource, corpus_source
from ingest.embedding import KEY_BYTES, PassageEmbedder, embed_views, read_shipped, write_shipped
from ingest.packaged import SIGNATURE, SIGNED_HASH, current_fingerprint
from ingest.rename import make_way
from ingest.workshop import Workshop, open_workshop

BATCH = 400


@dataclass(frozen=True)
class BuildReport:
    """What building the packaged library changed."""

    added: int
    unchanged: int
    removed: int


def bring_up_to_corpus(settings: Settings) -> BuildReport:
    """Add, replace and remove packaged sources until the library holds just what the corpus does. Hold the ingest lock.

    A document of the user's that has the id of a packaged source is kept under another id. Call `sign` when all else is done.
    """
    workshop = open_workshop(settings)
    workshop.publisher.recover()
    folder = corpus_folder(settings)
    wanted: list[CorpusSource] = []
    if folder is not None:
        corpus = read_corpus(folder)
        known = {entry.id: entry for entry in corpus.entries}
        wanted = [corpus_source(entry, corpus.rules, known) for entry in corpus.entries]
        _write_links(workshop, corpus.links)
    have = workshop.library.content_hashes()
    have_sources = workshop.library.sources()
    changed = [item for item in wanted if have.get(item.source.id) != item.hash]
    wanted_ids = {item.source.id for item in wanted}
    gone = [i for i, source in have_sources.items() if source.origin == "packaged" and i not in wanted_ids]
    embedder = PassageEmbedder(
        library=workshop.library, embedder=workshop.embedder, shipped=read_shipped(folder) if folder else {}
    )
    make_way(workshop, embedder, wanted_ids)
    for start in range(0, len(changed), BATCH):
        workshop.publisher.publish(_staged(changed[start : start + BATCH], embedder))
    workshop.publisher.remove(gone)
    return BuildReport(added=len(changed), unchanged=len(wanted) - len(changed), removed=len(gone))


def sign(settings: Settings) -> None:
    """Store what the library was built with: the last step, so that a run killed before it is done again. Hold the ingest lock."""
    LibraryWriter(open_database(settings.home)).write_meta(_facts(settings, corpus_folder(settings)))


def _staged(items: Sequence[CorpusSource], embedder: PassageEmbedder) -> list[StagedSource]:
    pairs = [(item.source, passage) for item in items for passage in item.passages]
    vectors = embedder.vectors(pairs)
    staged, row = [], 0
    for item in items:
        rows = vectors[row : row + len(item.passages)]
        staged.append(StagedSource(source=item.source, hash=item.hash, text=item.text, passages=item.passages, vectors=rows))
        row += len(item.passages)
    return staged


def _facts(settings: Settings, folder: Path | None) -> dict[str, str]:
    facts = current_fingerprint(settings, {}).as_facts()
    if folder is not None:
        facts |= {SIGNATURE: corpus_signature(folder), SIGNED_HASH: corpus_hash(folder)}
    return facts


def _write_links(workshop: Workshop, links: Sequence[Link]) -> None:
    workshop.writer.write_meta({LINKS_KEY: json.dumps([link.model_dump() for link in links])})


def embed_corpus(settings: Settings, folder: Path) -> tuple[int, int]:
    """Renew the embeddings that ship with a corpus. Returns (made now, kept from before)."""
    corpus = read_corpus(folder)
    known = {entry.id: entry for entry in corpus.entries}
    embedder = Embedder(threads=settings.threads or None)
    before = read_shipped(folder)
    views = {
        vector_key(item.source, passage, embedder.fingerprint): embedding_views(item.source, passage)
        for item in (corpus_source(entry, corpus.rules, known) for entry in corpus.entries)
        for passage in item.passages
    }
    kept = {key: before[key[: 2 * KEY_BYTES]] for key in views if key[: 2 * KEY_BYTES] in before}
    missing = [key for key in views if key not in kept]
    made = embed_views(embedder, [views[key] for key in missing])
    write_shipped(folder, kept | dict(zip(missing, made, strict=True)))
    write_word_vectors(folder / SHIPPED_WORDS, _vocabulary(corpus), embedder)
    write_likely_questions(folder / LIKELY_QUESTIONS, question_pairs(read_questions(folder)), embedder)
    return len(missing), len(kept)


def _vocabulary(corpus: Corpus) -> set[str]:
    """Words of three letters or more in the statements, titles and other names."""
    texts = [text for entry in corpus.entries for text in (entry.title, *entry.also, *(s.text for s in entry.statements))]
    return {word for text in texts for word in content_words(text) if len(word) > 2 and word.isalpha()}

"""Vectors of the embedding model now installed. Owns: replacing vectors that another model made. Does not own: the indexes (rebuild them after)."""

from __future__ import annotations

from assistant.library.staged import vector_key
from assistant.settings import Settings
from ingest.corpus_files import corpus_folder
from ingest.embedding import PassageEmbedder, read_shipped
from ingest.workshop import Workshop


def reembed(workshop: Workshop, settings: Settings) -> int:
    """Embed anew each ready source whose vectors another model made. Returns how many sources that were. Hold the ingest lock."""
    folder = corpus_folder(settings)
    embedder = PassageEmbedder(
        library=workshop.library, embedder=workshop.embedder, shipped=read_shipped(folder) if folder else {}
    )
    changed = 0
    for source in workshop.library.sources().values():
        passages = workshop.library.passages_of(source.id)
        keys = [vector_key(source, passage, workshop.embedder.fingerprint) for passage in passages]
        if workshop.library.vector_keys_of(source.id) == keys:
            continue
        vectors = embedder.vectors([(source, passage) for passage in passages])
        workshop.writer.replace_vectors([p.id for p in passages], keys, vectors)
        changed += 1
    return changed

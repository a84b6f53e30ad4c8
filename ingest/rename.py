"""Giving a user's document another id. Owns: making way where the packaged library brings a source of the same id.

Does not own: how files get their ids (see `run.py`). The document's text and vectors stay as they are; its passages get new ids.
"""

from __future__ import annotations

from collections.abc import Collection

from assistant.identifiers import numbered, passage_id
from assistant.library.staged import StagedSource
from ingest.embedding import PassageEmbedder
from ingest.workshop import Workshop


def make_way(workshop: Workshop, embedder: PassageEmbedder, wanted: Collection[str]) -> None:
    """Move each document of the user's whose id is wanted to the next free id: published there before it is taken away here."""
    known = workshop.library.sources()
    taken = {*known, *wanted}
    for old, source in known.items():
        if source.origin == "user" and old in wanted:
            moved_before_a_crash = any(
                other.path == source.path and other.id != old for other in known.values() if other.origin == "user"
            )
            if not moved_before_a_crash:
                new = next(name for name in numbered(old) if name not in taken)
                taken.add(new)
                workshop.publisher.publish([_moved(workshop, embedder, old=old, new=new)])
            workshop.publisher.remove([old])


def _moved(workshop: Workshop, embedder: PassageEmbedder, *, old: str, new: str) -> StagedSource:
    library = workshop.library
    digest = library.content_hashes()[old]
    source = library.source(old).model_copy(update={"id": new})
    passages = [
        passage.model_copy(update={"source_id": new, "id": passage_id(new, digest, passage.start, passage.end)})
        for passage in library.passages_of(old)
    ]
    vectors = embedder.vectors([(source, passage) for passage in passages])
    return StagedSource(source=source, hash=digest, text=library.source_text(old), passages=passages, vectors=vectors)

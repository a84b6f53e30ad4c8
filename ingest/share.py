"""Sharing a person's own documents with everyone who uses the library. Owns: that one step. Does not own: who may take it (a maintainer,
at the command line)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.settings import Settings
from ingest.packaged import build_packaged_library
from ingest.publish import ingest_lock
from ingest.workshop import open_workshop


def share_sources(settings: Settings, source_ids: Sequence[str]) -> list[str]:
    """Let everyone find these sources. Returns the ids of those that were private before.

    Raises NotFoundError for an unknown id; nothing is shared then.
    """
    build_packaged_library(settings)
    with ingest_lock(settings.home, seconds=settings.lock_seconds):
        workshop = open_workshop(settings)
        private = [i for i in dict.fromkeys(source_ids) if workshop.library.source(i).owner is not None]
        if private:
            workshop.index.written(workshop.writer.share(private))
    return private

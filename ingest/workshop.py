"""Everything an ingest works with, opened together. Owns: that one wiring. Does not own: what is done with it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.index.embedder import Embedder
from assistant.index.index import Index
from assistant.library.database import open_database
from assistant.library.library import Library
from assistant.library.writer import LibraryWriter
from assistant.settings import Settings
from ingest.publish import Publisher


@dataclass(frozen=True)
class Workshop:
    """The library with the tools to change it."""

    library: Library
    writer: LibraryWriter
    index: Index
    embedder: Embedder
    publisher: Publisher


def open_workshop(settings: Settings) -> Workshop:
    """Open the real library of these settings for writing. Hold the ingest lock while using it."""
    engine = open_database(settings.home)
    library, writer = Library(engine), LibraryWriter(engine)
    index = Index(library, settings.home)
    embedder = Embedder(threads=settings.threads or None)
    publisher = Publisher(library=library, writer=writer, index=index, embedder_fingerprint=embedder.fingerprint)
    return Workshop(library=library, writer=writer, index=index, embedder=embedder, publisher=publisher)

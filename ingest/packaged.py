"""Whether the library was built with what we have now. Owns: that check, which every command makes, and having a new library built.

Does not own: building it, which is loaded only where it is needed.
"""

from __future__ import annotations

from assistant.index.embedder import Embedder
from assistant.library.database import open_database
from assistant.library.fingerprint import Fingerprint, require_match, stored_fingerprint
from assistant.library.library import Library
from assistant.settings import NO_CORPUS, Settings
from ingest.corpus_files import corpus_folder, corpus_hash, corpus_signature
from ingest.versions import SEGMENTER_VERSION

SIGNATURE = "corpus_signature"
SIGNED_HASH = "corpus_signed_hash"


def build_packaged_library(settings: Settings) -> None:
    """Make sure that the library exists and was built with what we have now.

    A new library is built; one that matches is left alone. Raises FingerprintMismatchError for one built with something else.
    """
    library = Library(open_database(settings.home))
    facts = library.read_meta()
    stored = stored_fingerprint(facts)
    if stored is not None:
        require_match(stored, current_fingerprint(settings, facts))
        return
    from ingest.corpus_build import bring_up_to_corpus, sign
    from ingest.publish import ingest_lock

    with ingest_lock(settings.home, seconds=settings.lock_seconds):
        if stored_fingerprint(library.read_meta()) is None:
            bring_up_to_corpus(settings)
            sign(settings)


def current_fingerprint(settings: Settings, facts: dict[str, str]) -> Fingerprint:
    """What a library built now would carry. The corpus is hashed again only when its files look changed."""
    folder = corpus_folder(settings)
    if folder is None:
        name = NO_CORPUS
    elif facts.get(SIGNATURE) == corpus_signature(folder):
        name = facts[SIGNED_HASH]
    else:
        name = corpus_hash(folder)
    return Fingerprint(corpus=name, segmenter=SEGMENTER_VERSION, embedder=Embedder().fingerprint)

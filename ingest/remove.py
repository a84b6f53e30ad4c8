"""Removing sources. Owns: which may be removed and forgetting them everywhere.

Does not own: the steps of that (see `publish.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import InputError
from assistant.settings import Settings
from ingest.packaged import build_packaged_library
from ingest.publish import ingest_lock
from ingest.workshop import open_workshop


def remove_sources(settings: Settings, source_ids: Sequence[str]) -> list[str]:
    """Remove ingested sources from the catalogue and both indexes. Returns their ids.

    Raises NotFoundError for an unknown id and InputError for a source of the packaged library; nothing is removed then.
    """
    build_packaged_library(settings)
    with ingest_lock(settings.home, seconds=settings.lock_seconds):
        workshop = open_workshop(settings)
        workshop.publisher.recover()
        for source_id in source_ids:
            if workshop.library.source(source_id).origin == "packaged":
                raise InputError(
                    f"'{source_id}' is part of the packaged library and stays. "
                    "Set ADVISER_CORPUS=none for a library of your own documents only."
                )
        workshop.publisher.remove(list(dict.fromkeys(source_ids)))
    return list(dict.fromkeys(source_ids))

"""Libraries to measure on. Owns: a fresh packaged library and fresh libraries of given documents, in a folder of the run's own.

Does not own: the user's library, which the evals neither read nor change.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.assistant import Assistant, open_assistant
from assistant.errors import InputError
from assistant.settings import PACKAGED, Settings
from ingest.run import ingest_files


def packaged_library(settings: Settings, folder: Path) -> Assistant:
    """The packaged library, built anew in `folder`; with the user's other settings."""
    return open_assistant(settings.model_copy(update={"home": folder, "corpus": PACKAGED}))


def library_of(settings: Settings, folder: Path, documents: Mapping[str, str]) -> Assistant:
    """A library of these documents only: name → text; a document's source id is its name. Raises InputError when one cannot be
    ingested.
    """
    texts = folder / "documents"
    texts.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in documents.items():
        path = texts / f"{name}.txt"
        path.write_text(text, "utf-8")
        paths.append(path)
    own = settings.model_copy(update={"home": folder / "home", "corpus": "none"})
    failed = [file for file in ingest_files(own, paths).files if file.status == "failed"]
    if failed:
        raise InputError(f"{Path(failed[0].path).name} of this eval could not be ingested: {failed[0].reason} Mend the data.")
    return open_assistant(own)

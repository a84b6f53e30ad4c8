"""The files of a corpus. Owns: where they lie, their content hash, a cheap sign that they may have changed. Does not own: what stands in them.

Kept apart from reading them, which every command would load otherwise to see that nothing has changed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from assistant.settings import NO_CORPUS, PACKAGED, Settings


def corpus_folder(settings: Settings) -> Path | None:
    """The folder of the corpus in use; None for `ADVISER_CORPUS=none`."""
    if settings.corpus == NO_CORPUS:
        return None
    return packaged_folder() if settings.corpus == PACKAGED else Path(settings.corpus)


def packaged_folder() -> Path:
    """Where the packaged corpus lies."""
    import corpus

    return Path(str(corpus.__file__)).parent


def corpus_files(folder: Path) -> list[Path]:
    """The corpus's files in a fixed order (shipped embeddings are derived, and left out)."""
    return sorted(
        path
        for path in folder.rglob("*.yaml")
        if not {"instruments", "briefs", "questions"} & set(path.relative_to(folder).parts) and not path.name.startswith("_")
    )


def corpus_hash(folder: Path) -> str:
    """Hash of the corpus's content: names and bytes of its files."""
    digest = hashlib.sha256()
    for path in corpus_files(folder):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def corpus_signature(folder: Path) -> str:
    """A cheap sign that files may have changed: how many, how large, when last written."""
    stats = [path.stat() for path in corpus_files(folder)]
    return f"{folder}|{len(stats)}|{sum(s.st_size for s in stats)}|{max((s.st_mtime_ns for s in stats), default=0)}"

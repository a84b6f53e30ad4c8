"""Telling a full disk from a damaged index. Owns: the words by which the libraries below tell it, and ours.

Does not own: any other error of theirs.
"""

from __future__ import annotations

from pathlib import Path

from assistant.errors import HomeNotWritableError

TOLD = ("no space left", "storagefull", "disk is full", "disk full")


def full_disk(folder: Path, error: Exception) -> HomeNotWritableError | None:
    """The error to raise where another says that the disk is full; None where it says something else."""
    if not any(words in str(error).casefold() for words in TOLD):
        return None
    return HomeNotWritableError(
        f"The disk that holds {folder} is full. Free some space and run the command again: what was reported as added is kept."
    )

"""What a test must forget so that the next one sees what a new process would. Owns: Chroma's cache of opened folders."""

from __future__ import annotations

import sys


def forget_open_folders() -> None:
    """As a new process would see the vector folders: Chroma keeps opened ones for the life of a process."""
    if "chromadb" in sys.modules:
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient.clear_system_cache()

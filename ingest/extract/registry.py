"""Which extractor reads which format. Owns: that table, the seam where a new format is added. Does not own: any extraction."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ingest.document import Document

Extractor = Callable[[bytes], Document]

_MODULES = {"markdown": "markdown", "text": "plain", "html": "html", "pdf": "pdf"}


def extractor_for(format_name: str) -> Extractor:
    """The extractor of a format; its module (and the library behind it) is loaded only now."""
    module = import_module(f"ingest.extract.{_MODULES[format_name]}")
    extract: Extractor = module.extract
    return extract

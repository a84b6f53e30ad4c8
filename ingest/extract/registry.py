"""Which extractor reads which format. Owns: that table, the seam where a new format is added. Does not own: any extraction."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from ingest.document import Document

Extractor = Callable[[bytes], Document]

_MODULES = {
    "csv": "delimited", "docx": "docx", "eml": "eml", "epub": "epub", "html": "html", "markdown": "markdown", "odt": "odt",
    "pdf": "pdf",
    "pptx": "pptx", "rtf": "rtf", "text": "plain", "xlsx": "xlsx",
}  # fmt: skip


def extractor_for(format_name: str, *, password: str | None = None) -> Extractor:
    """The extractor of a format; its module (and the library behind it) is loaded only now. Only a PDF can use a password."""
    module = import_module(f"ingest.extract.{_MODULES[format_name]}")
    extract: Extractor = partial(module.extract, password=password) if format_name == "pdf" else module.extract
    return extract

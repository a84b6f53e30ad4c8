"""The only door to pypdfium2, which is loaded when a PDF is first read.

Owns: the library and its plain C functions. Does not own: their use.
"""

from __future__ import annotations

from typing import Any


def library() -> Any:
    """The `pypdfium2` package: PdfDocument, PdfiumError."""
    import pypdfium2

    return pypdfium2


def functions() -> Any:
    """PDFium's own C functions and constants, for what runs once a word or an object."""
    import pypdfium2.raw

    return pypdfium2.raw

"""The Word file as bytes. Owns: that the same document gives the same bytes, whenever and wherever it is written."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

THEN = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive can hold
FIRST = "[Content_Types].xml"


def saved(word: WordDocument) -> bytes:
    """The document's package, its parts in a fixed order and without times."""
    raw = io.BytesIO()
    word.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(made.namelist(), key=lambda n: (n != FIRST, n)):
            entry = zipfile.ZipInfo(name, THEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            fixed.writestr(entry, made.read(name))
    return out.getvalue()

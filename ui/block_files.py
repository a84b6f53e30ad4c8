"""Reports in blocks as files. Owns: which formats there are, by a file's ending. Does not own: the formats. Loads them when asked."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.framework_report import Block

FORMATS = {".md": "markdown", ".docx": "docx", ".html": "html"}


def report_bytes(blocks: list[Block], ending: str) -> bytes:
    """A report in the format of an ending of FORMATS."""
    kind = FORMATS[ending]
    write: Any = getattr(import_module(f"ui.export_framework_{kind}"), f"blocks_{kind}")
    content: bytes | str = write(blocks) if kind == "markdown" else write(blocks[0].heading, blocks)
    return content.encode("utf-8") if isinstance(content, str) else content

"""What a file is, by its content and not by its name. Owns: naming the format. Does not own: reading it."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.errors import FileRefusedError

HEAD = 8192
_BINARY_MAGIC = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"\x7fELF", "a program"),
    (b"MZ", "a program"), (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"), (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"), (b"PK\x03\x04", "a ZIP archive or Office file"), (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"SQLite format 3", "a database"), (b"RIFF", "an audio or video file"), (b"ID3", "an audio file"), (b"OggS", "an audio file"),
)  # fmt: skip
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.I)


def sniff(head: bytes, path: Path) -> str:
    """The format of a file from its first bytes: 'pdf', 'html', 'markdown' or 'text'. Raises FileRefusedError for anything else."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for magic, name in _BINARY_MAGIC:
        if head.startswith(magic):
            raise FileRefusedError(f"It is {name}, whatever its name says. This version reads PDF, HTML, Markdown and text.")
    if _looks_binary(head):
        raise FileRefusedError("It is not text: it holds binary data. This version reads PDF, HTML, Markdown and text.")
    if _HTML.search(head):
        return "html"
    return "markdown" if path.suffix.lower() in {".md", ".markdown", ".mdown"} else "text"


def _looks_binary(head: bytes) -> bool:
    if head.startswith(_BYTE_ORDER_MARKS):
        return False
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    if b"\0" in head:  # UTF-16 without a mark has a zero in every other byte; anything else with zeros is binary
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return not (max(even, odd) > 0.4 * len(head) / 2 and min(even, odd) < 0.05 * len(head) / 2)
    return control > 0.05 * max(1, len(head))

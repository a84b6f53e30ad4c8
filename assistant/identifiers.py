"""Content-hash identifiers. Owns: how ids are made from content. Does not own: where they are stored."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterator

SOURCE_ID_LENGTH = 80


def content_hash(*parts: str | bytes) -> str:
    """SHA-256 in hex over the parts, each length-prefixed so that ('ab','c') and ('a','bc') differ."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def passage_id(source_id: str, source_hash: str, start: int, end: int) -> str:
    """Id of a passage: changes whenever its source's content does, so two versions never share one."""
    return content_hash(source_id, source_hash, str(start), str(end))[:24]


def safe_source_id(name: str) -> str:
    """A source id from a file's name without folder and ending: lower-risk characters only, never empty.

    Letters of any script, digits, '-', '_' and '.' are kept; runs of anything else become '-'.
    """
    text = unicodedata.normalize("NFC", name)
    text = re.sub(r"[^\w.-]+", "-", text).strip("-._")
    return text[:SOURCE_ID_LENGTH].rstrip("-._") or "document"


def numbered(base: str) -> Iterator[str]:
    """The names to try when one is taken: base, base-2, base-3, …"""
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def new_receipt_id() -> str:
    """An unguessable receipt id of 16 hex characters."""
    return secrets.token_hex(8)

"""Rows of a public set. Owns: reading JSON lines and taking a steady sample. Does not own: what a row means."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from assistant.errors import InputError


def rows(path: Path) -> list[dict[str, Any]]:
    """All rows of a JSON lines file. Raises InputError that names the line."""
    found = []
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}). Give a file of JSON lines.") from None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            row = None
        if not isinstance(row, dict):
            raise InputError(f"{path.name}, line {number}: that is no JSON object. Mend the line.")
        found.append(row)
    return found


def sample(items: list[dict[str, Any]], count: int, *, key: str = "id") -> list[dict[str, Any]]:
    """At most `count` rows, the same ones every time: those whose key has the lowest hash."""

    def place(item: dict[str, Any]) -> str:
        return hashlib.sha256(str(item[key]).encode()).hexdigest()

    return sorted(items, key=place)[:count] if len(items) > count else items

"""Other words for the library's words. Owns: reading `corpus/synonyms.json` (capitals for countries, acronyms, everyday words).

Does not own: which words a library uses, or how much an added word weighs.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import corpus


def synonyms_of(word: str) -> tuple[str, ...]:
    """Words to search beside a lower-case word; empty for most."""
    return tuple(_table().get(word, "").split())


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    stored: dict[str, dict[str, str]] = json.loads(
        (Path(str(corpus.__file__)).parent / "synonyms.json").read_text(encoding="utf-8")
    )
    return stored["words"]

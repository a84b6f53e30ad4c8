"""A claim beside passages that somebody chose, and what is said of it. Owns: those shapes and reading one from a line of a file.

Does not own: scoring (`pair_score.py`) or files and terminals. No library is needed for any of it.
"""

from __future__ import annotations

import json
from typing import Literal

from pydantic import Field

from assistant.errors import InputError
from assistant.nouns import Noun

PairStatus = Literal["supported", "partly", "unsupported", "contradicted"]
LONGEST_CLAIM = 20_000  # characters
LONGEST_PASSAGES = 2_000_000  # characters, all passages of one pair together


class Pair(Noun):
    """A claim and the passages it is held against."""

    id: str | int
    claim: str
    passages: tuple[str, ...] = ()


class PairResult(Noun):
    """What a pair got. The score orders pairs by how well the passages say the claim, from 0 to 1; it is not the chance of truth."""

    id: str | int
    status: PairStatus
    score: float = Field(ge=0, le=1)


def read_pair(line: str, number: int) -> Pair:
    """The pair of line `number` (from 1). Keys beyond id, claim and passages are let be. Raises InputError that names the line."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise _bad(number, 'that is no JSON. Write {"id": "…", "claim": "…", "passages": ["…"]}') from None
    if not isinstance(row, dict):
        raise _bad(number, 'that is no JSON object. Write {"id": "…", "claim": "…", "passages": ["…"]}')
    missing = [name for name in ("id", "claim", "passages") if name not in row]
    if missing:
        raise _bad(number, f"it has no {' and no '.join(missing)}")
    name, claim, passages = row["id"], row["claim"], row["passages"]
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise _bad(number, "the id is neither text nor a whole number")
    if not isinstance(claim, str) or not claim.strip():
        raise _bad(number, "the claim is not text, or is empty")
    if not isinstance(passages, list) or not all(isinstance(each, str) for each in passages):
        raise _bad(number, "the passages are not a list of texts")
    if len(claim) > LONGEST_CLAIM or sum(map(len, passages)) > LONGEST_PASSAGES:
        raise _bad(number, f"a claim may have {LONGEST_CLAIM:,} characters and its passages {LONGEST_PASSAGES:,} together")
    return Pair(id=_text(name) if isinstance(name, str) else name, claim=_text(claim), passages=tuple(map(_text, passages)))


def _text(words: str) -> str:
    """Text that can be written again: half of a surrogate pair becomes a question mark."""
    return words.encode("utf-8", "replace").decode("utf-8")


def _bad(number: int, says: str) -> InputError:
    return InputError(f"Line {number}: {says}.")

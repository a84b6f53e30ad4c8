"""A text's words as numbers, by which texts are compared. Owns: what a word is, and its hash. Does not own: comparing (see `likeness.py`).

It works without numpy, which the process that reads files would take a tenth of a second to load.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from array import array
from functools import lru_cache
from itertools import chain

from assistant.text.folding import fold_long

_WORD = re.compile(r"\w+")


def word_hashes(text: str) -> array[int]:
    """A hash of each word of a folded text, 32 bits each. A piece between spaces folds alone, but for marks that combine with a space."""
    pieces = text.split()
    spellings = set(pieces)
    if any(map(_may_combine, {spelling[0] for spelling in spellings})):
        return array("I", (_hashed(word) for word in _WORD.findall(fold_long(text))))
    known = {spelling: _hashed_piece(spelling) for spelling in spellings}
    return array("I", chain.from_iterable(map(known.__getitem__, pieces)))


def _may_combine(character: str) -> bool:
    return unicodedata.category(character).startswith("M") or "\u1160" <= character <= "\u11ff"


@lru_cache(maxsize=32768)
def _hashed_piece(piece: str) -> tuple[int, ...]:
    if piece.isascii() and piece.isalnum():
        return (_hashed(piece.lower()),)
    return tuple(map(_hashed, _WORD.findall(fold_long(piece))))


def _hashed(word: str) -> int:
    return zlib.crc32(word.encode())

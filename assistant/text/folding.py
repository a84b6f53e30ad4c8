"""Two texts compared as a reader would. Owns: folding typography away, with a map back to the original offsets.

Does not own: meaning. Folding is exact (NFKC, quotes, dashes, spaces, soft hyphens, ligatures, case); nothing here is fuzzy.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_QUOTES = dict.fromkeys("‘’‚‛′ʼ`´", "'") | dict.fromkeys("“”„‟″«»", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SAME = _QUOTES | _DASHES | {"…": "..."}


@dataclass(frozen=True)
class Folded:
    """A folded text; `origin[i]` is the offset in the original of folded character i, and one more entry ends it."""

    text: str
    origin: tuple[int, ...]


def fold(text: str) -> str:
    """The folded text alone."""
    return fold_with_map(text).text


def fold_with_map(text: str) -> Folded:
    """Fold a text and keep where each folded character came from. White space runs become one space; the ends are not trimmed."""
    out: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        if character in _INVISIBLE:
            continue
        for piece in _SAME.get(character) or unicodedata.normalize("NFKC", character):
            for folded in piece.casefold():
                folded = " " if folded.isspace() else folded
                if folded == " " and out and out[-1] == " ":
                    continue
                out.append(folded)
                origin.append(index)
    return Folded("".join(out), (*origin, len(text)))


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """Where `quote` stands in `text`, typography aside: half-open offsets into `text`, or None. An empty quote is nowhere."""
    exact = text.find(quote) if quote.strip() else -1
    if exact >= 0:
        return exact, exact + len(quote)
    wanted = fold(quote).strip()
    if not wanted:
        return None
    folded = fold_with_map(text)
    at = folded.text.find(wanted)
    if at < 0:
        return None
    start, last = folded.origin[at], folded.origin[at + len(wanted) - 1]
    return start, last + 1

"""Phrases as the check's data writes them. Owns: their small language, and finding them in a sentence whose figures are marked.

Does not own: the phrases (data). A phrase is words apart by spaces: `{class}` is any word of a class, `a|b` either, `…*` any ending,
`...` at most REACH words between. `#money`, `#share`, `#date`, `#span` and `#n` stand for a figure of that kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.grounding.figures import Figure, figures
from assistant.instruments.washing.spec import SIDES, Side, SignSpec

REACH = 12
_GAP = rf"(?:[\s,;:()/–-]+[^\s.;:]+){{0,{REACH}}}?[\s,;:()/–-]+"
_NOT = re.compile(r"\b(?:no|not|never|without|nor|cannot|neither)\s+(?:[^\s.;:,]+\s+){0,2}$")
_SHARES = frozenset({"percent", "fraction", "times", "points"})
_SPANS = frozenset({"year", "month", "week", "day", "decade"})


@dataclass(frozen=True)
class Read:
    """A sentence in lower case with its figures marked, and the figures."""

    marked: str
    figures: tuple[Figure, ...]


@lru_cache(maxsize=8192)
def read(text: str) -> Read:
    """Mark the figures of a sentence."""
    found = tuple(figures(text))
    parts: list[str] = []
    at = 0
    for figure in found:
        mark = _mark(figure)
        place = text.find(figure.text, at) if figure.text and mark else -1
        if place >= 0:
            parts += [text[at:place], mark]
            at = place + len(figure.text)
            parts += [f" {word}" for word in re.findall(r"[^\W\d_]{3,}", figure.text) if mark == "#n"]
    parts.append(text[at:])
    return Read(marked="".join(parts).lower().replace("’", "'"), figures=found)


def _mark(figure: Figure) -> str:
    if figure.kind == "money":
        return "#money"
    if figure.kind in _SHARES:
        return "#share"
    if figure.kind == "date":
        return "#date" if figure.value else ""
    if figure.kind == "number":
        return "#span" if figure.unit in _SPANS else "#n"
    return ""


class Phrases:
    """The phrases of every tell and side, ready to be looked for."""

    def __init__(self, spec: SignSpec) -> None:
        self._classes = {name: _any(words) for name, words in spec.words.items()}
        self._sides = {
            (tell, side): [self._pattern(phrase) for phrase in getattr(signs, side)]
            for tell, signs in spec.tells.items()
            for side in SIDES
        }
        self._sure = {
            (tell, side): [self._pattern(phrase) for phrase in getattr(signs, f"sure_{side}")]
            for tell, signs in spec.tells.items()
            for side in SIDES
        }
        self._alone = {name: re.compile(rf"(?<![\w#])(?:{words})(?!\w)") for name, words in self._classes.items()}

    def says(self, reading: Read, tell: str, side: Side, *, sure: bool = False) -> bool:
        """Whether one of the phrases (of the sure ones) stands in the sentence; on the strong side not behind a "no" or "not"."""
        return any(
            side == "weak" or not _NOT.search(reading.marked[: found.start()])
            for pattern in (self._sure if sure else self._sides).get((tell, side), [])
            for found in pattern.finditer(reading.marked)
        )

    def has(self, reading: Read, name: str) -> bool:
        """Whether a word of the class stands in the sentence."""
        return bool(self._alone[name].search(reading.marked))

    def _pattern(self, phrase: str) -> re.Pattern[str]:
        parts = [_GAP if piece == "..." else self._piece(piece) for piece in phrase.split()]
        text = parts[0]
        for before, part in pairwise(parts):
            text += part if _GAP in (before, part) else rf"[\s,;:()-]+{part}"
        return re.compile(rf"(?<![\w#])(?:{text})(?!\w)")

    def _piece(self, piece: str) -> str:
        if piece == ",":
            return ","
        if piece.startswith("{") and piece.endswith("}"):
            return f"(?:{self._classes[piece[1:-1]]})"
        return f"(?:{_any(piece.split('|'))})"


def _any(words: list[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace(r"\#", "#") for word in ordered)

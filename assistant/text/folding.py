"""Two texts compared as a reader would. Owns: folding typography away, with a map back to the original offsets.

Does not own: meaning. Folding is exact (NFKC, quotes, dashes, spaces, soft hyphens, ligatures, case); nothing here is fuzzy.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_QUOTES = dict.fromkeys("‘’‚‛′ʼ`´", "'") | dict.fromkeys("“”„‟″«»", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SAME = _QUOTES | _DASHES | {"…": "..."}
_TABLE = str.maketrans({**_SAME, **dict.fromkeys(_INVISIBLE, "")})


@dataclass(frozen=True)
class Folded:
    """A folded text;

    `origin[i]` is the offset in the original of the character that folded character i came from (its base, where marks were
    combined with it), and one more entry ends it.
    """

    text: str
    origin: tuple[int, ...]


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The folded text alone, kept for the next time it is asked for."""
    return fold_long(text)


def fold_long(text: str) -> str:
    """The folded text alone, of a text too long to be kept."""
    if text.isascii() and "`" not in text:
        return _one_space(text.casefold())
    if any(map(_joins, set(text))):
        return fold_with_map(text).text
    return _one_space(text.translate(_BY_CHARACTER))  # no character combines with another: each folds alone


def fold_with_map(text: str) -> Folded:
    """Fold a text and keep where each folded character came from. White space runs become one space; the ends are not trimmed."""
    out: list[str] = []
    origin: list[int] = []
    for index, cluster in _clusters(text):
        for folded in _folded(cluster):
            folded = " " if folded.isspace() else folded
            if folded == " " and out and out[-1] == " ":
                continue
            out.append(folded)
            origin.append(index)
    return Folded("".join(out), (*origin, len(text)))


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """Where `quote` stands in `text`, typography aside: half-open offsets into `text`, or None. An empty quote is nowhere.

    What is found never begins or ends inside a character: not within a ligature, nor before an accent that belongs to its last
    letter.
    """
    wanted = quote.strip() and fold(quote).strip()
    if not wanted:
        return None
    exact = text.find(quote)
    while exact >= 0:
        if _whole_at(text, exact) and _whole_at(text, exact + len(quote)):
            return exact, exact + len(quote)
        exact = text.find(quote, exact + 1)
    return _locate_folded(wanted, text)


def _locate_folded(wanted: str, text: str) -> tuple[int, int] | None:
    folded = fold_with_map(text)
    starts = folded.origin
    at = folded.text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if (at == 0 or starts[at - 1] != starts[at]) and starts[end - 1] != starts[end]:
            return starts[at], _cluster_end(text, starts[end - 1])
        at = folded.text.find(wanted, at + 1)
    return None


def _one_space(text: str) -> str:
    """Runs of white space as one space; the ends kept."""
    middle = " ".join(text.split())
    if not middle:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + middle + (" " if text[-1].isspace() else "")


def _joins(character: str) -> bool:
    """Whether a character belongs to the one before it: a combining mark, or a Hangul vowel or final."""
    if character < "\u0300":
        return False
    return unicodedata.category(character) in {"Mn", "Mc", "Me"} or "\u1160" <= character <= "\u11ff"


def _cluster_end(text: str, start: int) -> int:
    end = start + 1
    while end < len(text) and _joins(text[end]):
        end += 1
    return end


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each character with the marks that combine with it, and its offset; invisible characters left out."""
    start = 0
    while start < len(text):
        end = _cluster_end(text, start)
        if text[start] not in _INVISIBLE:
            yield start, text[start:end]
        elif end > start + 1:
            yield start + 1, text[start + 1 : end]
        start = end


def _whole_at(text: str, at: int) -> bool:
    return at >= len(text) or not _joins(text[at])


class _ByCharacter(dict[int, str]):
    """What each character alone folds to, filled as they are met: there are few in any library."""

    def __missing__(self, code: int) -> str:
        found = "" if chr(code) in _INVISIBLE else _folded(chr(code))
        self[code] = found
        return found


_BY_CHARACTER = _ByCharacter()


@lru_cache(maxsize=4096)
def _folded(cluster: str) -> str:
    plain = unicodedata.normalize("NFKC", cluster.translate(_TABLE))
    return unicodedata.normalize("NFKC", plain.casefold()).translate(_TABLE)

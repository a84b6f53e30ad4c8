"""Other ways to write a word. Owns: UK and US variants and near-misses. Does not own: which words the library knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_ENDINGS = (
    ("isation", "ization"), ("isations", "izations"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"), ("ise", "ize"),
    ("iser", "izer"), ("yse", "yze"), ("ysing", "yzing"), ("our", "or"), ("ours", "ors"), ("oured", "ored"), ("ouring", "oring"),
    ("ourhood", "orhood"), ("ourhoods", "orhoods"), ("tre", "ter"), ("tres", "ters"), ("ence", "ense"), ("ogue", "og"),
    ("elling", "eling"), ("elled", "eled"), ("amme", "am"), ("ammes", "ams"),
)  # fmt: skip
MINIMUM_STEM = 3
CLOSE = 0.84


def variants(word: str) -> list[str]:
    """UK and US spellings of a word other than itself."""
    found = []
    for british, american in _ENDINGS:
        for here, there in ((british, american), (american, british)):
            if word.endswith(here) and len(word) - len(here) >= MINIMUM_STEM:
                found.append(word.removesuffix(here) + there)
    return list(dict.fromkeys(found))


def nearest_known(word: str, vocabulary: Iterable[str]) -> str | None:
    """The known word this one is most likely a typing slip for; None when none is close. Words under five letters are left alone."""
    if len(word) < 5 or not word.isalpha():
        return None
    close = difflib.get_close_matches(word, [w for w in vocabulary if abs(len(w) - len(word)) <= 2], n=1, cutoff=CLOSE)
    return close[0] if close else None

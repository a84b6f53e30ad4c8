"""Words of a text. Owns: tokens, light English stems and the function words that carry no subject.

Does not own: the word index.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def listed(text: str) -> list[str]:
    """The words of a list that is written out as running text."""
    return text.split()


_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
FUNCTION_WORDS = frozenset(
    listed(
        """a about above across after again against all almost along already also although always am among an and any are as at
        away back be became
    because become been before behind being below between both but by can cannot could did do does doing done down during each
    either else enough
    even ever every few for from further get give given go going had has have having he her here hers him his how however i if
    in instead into is it
    its itself just kept later least less let like made make many may me might more most much must my near need neither never
    no nor not now of off
    often on once one only onto or other others our out over own per perhaps put rather said same say says seen shall she
    should since so some
    still such take than that the their them then there these they this those though through thus to together too toward
    towards under until up
    upon us used using very was way we well went were what when where whether which while who whole whom whose why will with
    within without would
    yet you your"""
    )
)  # fmt: skip
_SUFFIXES = (
    "ationally", "isation", "ization", "fulness", "iveness", "ousness", "ational", "ation", "ating", "ated", "ator", "ment",
    "ness", "ingly", "ably", "ibly",
    "edly", "ity", "ive", "ing", "ion", "ate", "ed", "er", "ly", "al",
)  # fmt: skip
SHORTEST_STEM = 4
KEPT_LENGTH = 400
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"} | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""))


def words(text: str) -> list[str]:
    """Lower-case words and numbers, apostrophes straightened, ligatures and soft hyphens resolved, possessives dropped, hyphens
    split.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY))
    return [w.removesuffix("'s") for w in _WORD.findall(text.lower())]


def content_words(text: str) -> list[str]:
    """Words that carry meaning, in order, repeats kept."""
    return list(_short_text_words(text)) if len(text) <= KEPT_LENGTH else _content_words(text)


def _content_words(text: str) -> list[str]:
    return [w for w in words(text) if w not in FUNCTION_WORDS and (len(w) > 1 or w.isdigit())]


@lru_cache(maxsize=8192)
def _short_text_words(text: str) -> tuple[str, ...]:
    """Titles and statements are read again with every question; about 1 KB each, so 8 MB in all."""
    return tuple(_content_words(text))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A light stem: the plural's ending, then one common ending, dropped while four letters remain; figures are left alone."""
    if word.isdigit() or len(word) <= SHORTEST_STEM:
        return word
    word = _singular(word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_STEM + (suffix == "ion"):  # a mission is no miss
            word = word.removesuffix(suffix)
            break
    if word.endswith("e") and len(word) > SHORTEST_STEM:
        word = word[:-1]
    if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") else word


def _singular(word: str) -> str:
    if word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def stems(text: str) -> set[str]:
    """Stems of the content words."""
    return {stem(w) for w in content_words(text)}

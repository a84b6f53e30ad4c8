"""Ordinary English words. Owns: whether a capitalised word at the start of a sentence is more likely a common word than a name.

The list (ordinary_words.txt) holds words that stand in lower case inside the packaged library's statements, completed by hand;
common English endings stand in for what it lacks. Places and first names that look like ordinary words are never ordinary.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from assistant.grounding.places import LOOKS_ORDINARY, SAME_PLACE
from assistant.text.words import FUNCTION_WORDS, stem

_ENDING = re.compile(
    r"(?:ing|ed|ly|ment|ments|ness|tion|tions|sion|sions|ity|ities|ances?|ences?|isms?|ists?|ful|less|able|ible|ous|ive|ship|hood|ures?|ages?|ical|etic|omic|otic|emia|osis|itis|ology|ologies|ography|wards)$"
)


@lru_cache(maxsize=16384)
def is_ordinary(low: str) -> bool:
    """Whether a lower-case word is ordinary English rather than a name."""
    if low in LOOKS_ORDINARY or low in SAME_PLACE:
        return False
    listed, stems = _listed()
    return low in listed or low in FUNCTION_WORDS or stem(low) in stems or bool(len(low) > 5 and _ENDING.search(low))


@cache
def _listed() -> tuple[frozenset[str], frozenset[str]]:
    text = resources.files("assistant.grounding").joinpath("ordinary_words.txt").read_text(encoding="utf-8")
    words = frozenset(text.split())
    return words, frozenset(stem(word) for word in words if len(word) > 5)

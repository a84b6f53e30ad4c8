"""Proper names of a claim and of its spans. Owns: whether cited spans hold a claim's names.

Does not own: spotting names, or who they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.acronyms import explained, initials, spelt_out
from assistant.grounding.name_spotting import TOKEN, Name, is_acronym, is_caseless, plain, runs, spot
from assistant.grounding.ordinary import is_ordinary
from assistant.grounding.places import HELD_BY, PHRASES, SAME_PLACE
from assistant.text.folding import fold
from assistant.text.words import stem


def names(text: str) -> list[str]:
    """Words of `text` that are part of a proper name or are acronyms, as written, in order, each once."""
    return list(dict.fromkeys(name.word for name in spot(text)))


def missing_names(claim: str, spans: Sequence[str]) -> list[str]:
    """Names in `claim` that no span holds, in any case, possessive, plural or adjective form, or as an acronym of words there.

    A first and a last name that the spans hold only in two different people's names are missing too.
    """
    said = _one_word_places(claim)
    held = [_held(_one_word_places(span)) for span in spans]
    expanded = spelt_out(said, [h.text for h in held]) | explained(said)
    missing = dict.fromkeys(
        name.word for name in spot(said) if fold(name.word) not in expanded and not any(_holds(h, name.word) for h in held)
    )
    for name in spot(said):
        if name.follows and name.word not in missing and _of_two_people(name, held):
            missing.setdefault(f"{name.follows} {name.word}")
    return list(missing)


@dataclass(frozen=True, slots=True)
class _Held:
    """A span as names see it:

    its words, those written with capitals, their acronyms, its pairs of neighbouring names, names that stand alone.
    """

    text: str
    words: frozenset[str]
    capitals: frozenset[str]
    initials: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    alone: frozenset[str]
    caseless: bool


def _holds(held: _Held, name: str) -> bool:
    low = plain(name)
    group = HELD_BY.get(low) or SAME_PLACE.get(low)
    if group:
        return bool((group - {"us"}) & held.words) or ("us" in group and "us" in (held.words if held.caseless else held.capitals))
    acronym = is_acronym(name)
    if acronym and low in held.initials:
        return True
    known = held.capitals if ((acronym and len(low) <= 4) or len(low) == 1) and not held.caseless else held.words
    if low in known or low.rstrip("s") in known or f"{low}s" in known or f"{low}es" in known:
        return True
    return not acronym and is_ordinary(low) and stem(low) in {stem(word) for word in held.words}


def _of_two_people(name: Name, held: Sequence[_Held]) -> bool:
    """Whether two neighbouring names of the claim stand in the spans only as halves of other pairs."""
    first, last = plain(name.follows), plain(name.word)
    if (
        is_ordinary(first)
        or is_ordinary(last)
        or first in SAME_PLACE
        or last in SAME_PLACE
        or is_acronym(name.follows)
        or is_acronym(name.word)
    ):
        return False
    if any(
        (first, last) in h.pairs
        or first in h.alone
        or last in h.alone
        or (first not in h.words | h.initials and last not in h.words)
        for h in held
    ):
        return False
    return all(any(word in pair for h in held for pair in h.pairs) for word in (first, last))


def _one_word_places(text: str) -> str:
    low = text.lower()
    for phrase, word in PHRASES:
        if phrase in low:
            text = re.sub(
                rf"(?<!\w){re.escape(phrase)}(?!\w)", word.upper() if len(word) == 2 else word.title(), text, flags=re.I
            )
            low = text.lower()
    return text


@lru_cache(maxsize=4096)
def _held(text: str) -> _Held:
    matches = list(TOKEN.finditer(text))
    written = [m.group() for m in matches]
    capitals = frozenset(plain(word) for word in written if any(ch.isupper() for ch in word))
    found = spot(text)
    pairs = frozenset((plain(name.follows), plain(name.word)) for name in found if name.follows)
    neighbours = runs(text, matches)
    pairs |= {(one, other) for run in neighbours for i, one in enumerate(run) for other in run[i + 1 :]}
    alone = frozenset(run[0] for run in neighbours if len(run) == 1)
    return _Held(text, frozenset(plain(word) for word in written), capitals, initials(text), pairs, alone, is_caseless(matches))

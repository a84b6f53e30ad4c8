"""Whether a span says the opposite of a claim about the same thing. Owns: opposites that stand nearest to a word both have.

Does not own: opposites in general (`shifts`), which compare whole texts: a span that says "homelessness rose … cuts in benefits" holds a
word for up and one for down, and only the one nearest to "homelessness" speaks of it. Pure, by word lists and word order.
"""

from __future__ import annotations

import re

from assistant.grounding.support_words import DIRECTIONS
from assistant.text.folding import fold
from assistant.text.words import FUNCTION_WORDS, stem

REACH = 7  # words between a thing and the word that says where it went
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PRONOUN_AXES = frozenset(axis for axis, _ in DIRECTIONS.get("he", frozenset()))  # he and she are no change of direction


def turned_words(claim: str, words: str) -> tuple[str, str] | None:
    """(the claim's word, the span's opposite) where both stand nearest to the same thing; None where nothing is turned."""
    ours, theirs = _tokens(claim), _tokens(words)
    shared = {stem(word) for word in ours if _is_thing(word)} & {stem(word) for word in theirs if _is_thing(word)}
    for at, word in enumerate(ours):
        for axis, sign in sorted(DIRECTIONS.get(word, frozenset())):
            if axis in _PRONOUN_AXES:
                continue
            things = [stem(each) for each in _around(ours, at) if stem(each) in shared][:2]
            found = [_nearest(theirs, thing, axis) for thing in things]
            said = [each for each in found if each is not None]
            if said and all(each[1] == -sign for each in said):
                return word, said[0][0]
    return None


def _nearest(tokens: list[str], thing: str, axis: int) -> tuple[str, int] | None:
    """The word of an axis that stands nearest to a thing, and its sign; None where none is near, or both signs are as near."""
    best: tuple[int, str, int] | None = None
    for at, token in enumerate(tokens):
        if stem(token) != thing:
            continue
        for other in range(max(0, at - REACH), min(len(tokens), at + REACH + 1)):
            signs = {sign for found, sign in DIRECTIONS.get(tokens[other], frozenset()) if found == axis}
            if len(signs) == 1 and (best is None or abs(other - at) < best[0]):
                best = (abs(other - at), tokens[other], signs.pop())
    return (best[1], best[2]) if best else None


def _around(tokens: list[str], at: int) -> list[str]:
    """The things beside a word, nearest first."""
    near = [
        (abs(i - at), i) for i in range(max(0, at - REACH), min(len(tokens), at + REACH + 1)) if i != at and _is_thing(tokens[i])
    ]
    return [tokens[i] for _, i in sorted(near)]


def _is_thing(token: str) -> bool:
    return token not in FUNCTION_WORDS and token not in DIRECTIONS and not token.isdigit()


def _tokens(text: str) -> list[str]:
    return _WORD.findall(fold(text))

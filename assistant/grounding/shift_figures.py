"""Figures that keep their value and lose their place. Owns: bounds, years that run backwards, and which figure belongs to what.

Does not own: the values (the gate does).
"""

from __future__ import annotations

import re

from assistant.grounding import shift_words as lists
from assistant.grounding.shift_reading import Reading

_YEARS = re.compile(r"\b(?:from|between) (\d{4}) (?:to|and|until) (\d{4})\b")
NEAR = 6  # tokens on either side of a figure that tell what it counts


def figure_shifts(claim: Reading, span: Reading) -> list[str]:
    """What the claim does to the span's figures beside changing them."""
    return [*_bounds(claim, span), *_crossed(claim, span), *_backwards(claim)]


def _bounds(claim: Reading, span: Reading) -> list[str]:
    """A figure that the claim bounds or rounds otherwise than the span does."""
    found = []
    theirs: dict[str, set[str]] = {}
    for at, token in enumerate(span.tokens):
        if is_count(token):
            theirs.setdefault(token, set()).add(_bound(span, at))
    for at, token in enumerate(claim.tokens):
        if token in theirs and _bound(claim, at) not in theirs[token]:
            ours = _bound(claim, at)
            if ours or theirs[token] & {"least", "most"}:
                found.append(f"bound: {ours or 'none'} {token}")
    bounds = [sum(t in {"upto", "atleast", "orless", "ormore"} for t in reading.tokens) for reading in (claim, span)]
    if bounds[0] > 0 == bounds[1] and not any(t in {"over", "under", "minimum", "maximum", "within"} for t in span.tokens):
        found.append("bound: up to")
    return found


def is_count(token: str) -> bool:
    """Whether a token is a figure other than a year."""
    return token[0].isdigit() and not re.fullmatch(r"1[4-9]\d\d|20\d\d", token)


def _bound(reading: Reading, at: int) -> str:
    for index in range(at - 1, max(-1, at - 4), -1):
        if reading.tokens[index] in lists.BOUND:
            return lists.BOUND[reading.tokens[index]]
        if reading.content[index]:
            break
    if at + 1 < len(reading.stems):
        for index in range(at + 1, min(at + 4, len(reading.stems))):
            after = reading.tokens[index + 1] if index + 1 < len(reading.tokens) else "."
            if reading.tokens[index] in {"ormore", "orless"} or (
                reading.tokens[index] in {"upto", "atleast"} and not after[0].isdigit()
            ):
                return lists.BOUND[reading.tokens[index]]
    return ""


def _crossed(claim: Reading, span: Reading) -> list[str]:
    """A figure that stands by what belongs to another figure of the span."""
    theirs = [(t, _around(span, i)) for i, t in enumerate(span.tokens) if is_count(t)]
    found = []
    for at, token in enumerate(claim.tokens):
        if not is_count(token) or sum(t != token for t, _ in theirs) == 0 or all(t != token for t, _ in theirs):
            continue
        around = _around(claim, at)
        own = max(len(around & words) for t, words in theirs if t == token)
        other = max(len(around & (words - _own_words(theirs, token))) for t, words in theirs if t != token)
        if other > own:
            found.append(f"figure moved: {token}")
    return found


def _own_words(theirs: list[tuple[str, frozenset[str]]], token: str) -> frozenset[str]:
    return frozenset().union(*(words for t, words in theirs if t == token))


def _around(reading: Reading, at: int) -> frozenset[str]:
    """Content stems near a token, not past another figure or a clause's end."""
    found = set()
    for step in (-1, 1):
        index = at + step
        while 0 <= index < len(reading.tokens) and abs(index - at) <= NEAR:
            token = reading.tokens[index]
            if token in {";", ".", ":"} or (token[0].isdigit() and step > 0) or (token in {","} and step > 0):
                break
            if token[0].isdigit():
                break
            if reading.content[index] and token not in lists.MEASURES:
                found.add(reading.stems[index])
            index += step
    return frozenset(found)


def _backwards(claim: Reading) -> list[str]:
    """Years that run backwards: "between 2016 and 2013"."""
    pairs = tuple(_YEARS.findall(" ".join(claim.tokens)))
    return [f"years backwards: {a}, {b}" for a, b in pairs + claim.spans_of_years if int(a) > int(b)]

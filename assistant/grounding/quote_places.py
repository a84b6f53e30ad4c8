"""Where a quote stands in a passage. Owns: exact offsets of whole words, and the sentences round them.

Does not own: choosing quotes.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.text.folding import locate

_INSIDE_NUMBER = frozenset(".,/")
_BEFORE_NUMBER = frozenset("£€$¥₹-−")


def place(quote: str, text: str, *, near: int | None = None) -> tuple[int, int] | None:
    """Half-open offsets of `quote` in `text`, typography aside, or None. `near` picks one of several places:

    the one that starts closest to it.

    A quote that would begin or end inside a word or a figure is nowhere: "50" does not stand in "1,150", nor "ten" in "often".
    """
    places = []
    offset = 0
    while (found := locate(quote, text[offset:])) is not None:
        start, end = found[0] + offset, found[1] + offset
        if is_whole(text, start, end):
            places.append((start, end))
        if near is None and places:
            return places[0]
        offset = start + 1
    return min(places, key=lambda p: (abs(p[0] - (near or 0)), p[0])) if places else None


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] cuts no word, number, currency sign, minus or per cent sign in two."""
    before, first, last, after = text[start - 1 : start] if start else "", text[start], text[end - 1], text[end : end + 1]
    if (before.isalnum() and first.isalnum()) or (last.isalnum() and after.isalnum()):
        return False
    if first.isdecimal() and before and before in _BEFORE_NUMBER and not text[max(start - 2, 0) : start - 1].isalnum():
        return False
    if first.isdecimal() and before and before in _INSIDE_NUMBER and text[max(start - 2, 0) : start - 1].isdecimal():
        return False
    if last.isdecimal() and after and after in _INSIDE_NUMBER and text[end + 1 : end + 2].isdecimal():
        return False
    return not (last.isdecimal() and after == "%")


def whole_sentences(text: str, sentences: Sequence[tuple[int, int]], start: int, end: int) -> str:
    """The sentences of `text`, given their offsets, that text[start:end] touches; all of it where they are not known."""
    touched = [(a, b) for a, b in sentences if a < end and start < b]
    if not touched:
        return text
    return text[min(start, *(a for a, _ in touched)) : max(end, *(b for _, b in touched))]

"""Numbers, in digits or in words. Owns: reading one cardinal with its scale. Does not own: units, shares, dates."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assistant.grounding.figure_tokens import Tokens
from assistant.grounding.figure_words import PARTS, SCALES, SHORT_SCALES, TENS, UNITS

_LONG_SCALES = frozenset({"thousand", "million", "billion", "trillion"})


@dataclass(frozen=True, slots=True)
class Number:
    """A cardinal: its value, the token after it, the scale word it carried (1 for none), and whether it is only "a" or "one"."""

    value: Decimal
    end: int
    scale: int = 1
    indefinite: bool = False


def number_at(tokens: Tokens, at: int) -> Number | None:
    """The number that starts at token `at`, if one does."""
    if tokens.kinds[at] == "number":
        return _scaled(tokens, _mixed(tokens, at))
    low = tokens.lows[at]
    if low in {"a", "an"}:
        return _article(tokens, at)
    if low in UNITS or low in TENS:
        return _scaled(tokens, _words(tokens, at))
    if low in SCALES and tokens.lows[at - 1] == "per":  # 22 deaths per million
        return Number(Decimal(SCALES[low]), at + 1)
    return None


def decimal(text: str) -> Decimal:
    """Digits with thousands commas as an exact number."""
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:  # digits of another script that Decimal does not take
        return Decimal(int("".join(ch for ch in text if ch.isdecimal()) or 0))


def _mixed(tokens: Tokens, at: int) -> Number:
    """Digits, with a fraction or half after them: 2 1/2, 2 and a half."""
    value, lows = decimal(tokens.texts[at]), tokens.lows
    fraction = (
        tokens.kinds[at + 1] == "number"
        and lows[at + 2] == "/"
        and tokens.joined(at + 2)
        and tokens.kinds[at + 3] == "number"
        and tokens.joined(at + 3)
    )
    if fraction and decimal(lows[at + 3]) > decimal(lows[at + 1]):
        return Number(value + decimal(lows[at + 1]) / decimal(lows[at + 3]), at + 4)
    return _and_a_half(tokens, Number(value, at + 1))


def _and_a_half(tokens: Tokens, number: Number) -> Number:
    at, lows = number.end, tokens.lows
    if lows[at] == "and" and lows[at + 1] in {"a", "one"} and lows[at + 2] in {"half", "quarter", "third"}:
        return Number(number.value + Decimal(1) / PARTS[lows[at + 2]], at + 3)
    return number


def _article(tokens: Tokens, at: int) -> Number | None:
    following = tokens.lows[at + 1]
    if following == "dozen":
        return Number(Decimal(12), at + 2)
    if following == "hundred" or following in _LONG_SCALES:
        return _scaled(tokens, _words(tokens, at))
    return None


def _words(tokens: Tokens, at: int) -> Number:
    """English cardinals: two hundred and fifty thousand, twenty-one, a hundred."""
    total, current, start, lows = 0, 0, at, tokens.lows
    scale = 1
    if lows[at] in {"a", "an"}:
        current, at = 1, at + 1
    while True:
        word = _next_word(tokens, at, start)
        low = lows[word]
        if low in UNITS and _takes_unit(current, UNITS[low], first=word == start or total > 0):
            current += UNITS[low]
        elif low in TENS and current % 100 == 0 and (current or total or word == start):
            current += TENS[low]
        elif low == "hundred" and 0 < current < 100:
            current *= 100
        elif low in _LONG_SCALES and current and SCALES[low] < (total or 10**15):
            total, current, scale = total + current * SCALES[low], 0, SCALES[low]
        else:
            break
        at = word + 1
    indefinite = at == start + 1 and lows[start] == "one" and _determiner(tokens, start)
    number = Number(Decimal(total + current), at, scale, indefinite)
    return _and_a_half(tokens, number) if scale == 1 else number


def _next_word(tokens: Tokens, at: int, start: int) -> int:
    """Where the next word of a number can stand: past a hyphen, or past an "and" after a hundred or thousand."""
    lows = tokens.lows
    at += lows[at] == "-" and at > start
    joined = lows[at] == "and" and at > start and lows[at - 1] in SCALES and (lows[at + 1] in UNITS or lows[at + 1] in TENS)
    return at + joined


def _takes_unit(current: int, unit: int, *, first: bool) -> bool:
    """Whether a unit can follow what was read: twenty one, two hundred twelve; not five six."""
    if current == 0:
        return first
    return (current % 100 >= 20 and current % 10 == 0 and 0 < unit < 10) or current % 100 == 0


def _determiner(tokens: Tokens, at: int) -> bool:
    """Whether this "one" is no count but "one of", "one day", "no one".

    What follows "per", a scale or a part of a whole is a count.
    """
    following = tokens.lows[at + 1]
    return not (following in SCALES or following in PARTS or following in {"per", "percent", "%", "dozen", "in"})


def _scaled(tokens: Tokens, number: Number) -> Number:
    at, low = number.end, tokens.lows[number.end]
    hyphen = low == "-" and tokens.lows[at + 1] in _LONG_SCALES
    scale = tokens.lows[at + hyphen]
    if scale in SCALES and number.scale == 1:
        return Number(number.value * SCALES[scale], at + 1 + hyphen, SCALES[scale])
    if low == "dozen":
        return Number(number.value * 12, at + 1)
    if low in SHORT_SCALES and tokens.joined(at) and tokens.kinds[at - 1] == "number":
        return Number(number.value * SHORT_SCALES[low], at + 1, SHORT_SCALES[low])
    return number

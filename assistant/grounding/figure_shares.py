"""Shares and ranks: 46 per cent, two thirds, one in five, half a million, 21st, threefold. Owns:

reading what follows their number.

Does not own: the number itself, money, measures, dates.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.grounding.figure import Figure
from assistant.grounding.figure_dates import is_year
from assistant.grounding.figure_numbers import Number, decimal, number_at
from assistant.grounding.figure_ranges import Reading
from assistant.grounding.figure_tokens import Tokens
from assistant.grounding.figure_units import bound_before, unit_after
from assistant.grounding.figure_words import ORDINALS, PARTS, SCALES, SUFFIXES, TENS


def share_at(tokens: Tokens, number: Number, at: int) -> Reading | None:
    """46 per cent, 3 percentage points, two thirds, 3/4, one in five."""
    lows, end = tokens.lows, number.end
    word = end + (lows[end] == "-")
    change = "change" if "by" in lows[max(at - 3, 0) : at] else ""
    percent = (
        end + 1
        if lows[end] in {"%", "percent", "pc"}
        else word + 2
        if lows[word] == "per" and lows[word + 1] == "cent"
        else word + 1
        if lows[word] == "percent"
        else 0
    )
    points = word + 1 if lows[word] == "pp" else percent or word + (lows[word] == "percentage")
    if lows[word] == "pp" or (points > word and lows[points] in {"point", "points"}):
        return Reading(Figure("points", number.value), 0, points + (lows[word] != "pp"))
    if percent:
        return Reading(Figure("percent", number.value, change), 0, percent)
    if lows[word] in PARTS and (lows[word].endswith("s") or number.value == 1) and number.scale == 1:
        return Reading(Figure("fraction", number.value / PARTS[lows[word]], change), 0, word + 1)
    if (
        lows[end] == "/"
        and tokens.joined(end)
        and tokens.kinds[end + 1] == "number"
        and tokens.joined(end + 1)
        and decimal(lows[end + 1])
    ):
        return Reading(Figure("fraction", number.value / decimal(lows[end + 1]), change), 0, end + 2)
    return _one_in_five(tokens, number)


def _one_in_five(tokens: Tokens, number: Number) -> Reading | None:
    lows, end = tokens.lows, number.end
    second = end + 1 if lows[end] == "in" else end + 2 if lows[end] == "out" and lows[end + 1] == "of" else 0
    second += bool(second) and lows[second] == "every"
    if not second or is_year(tokens, second) or number.scale > 1:
        return None
    whole = number_at(tokens, second)
    if (
        whole is None
        or whole.value <= number.value
        or not (
            lows[second] == "a" or whole.value in {3, 4, 5, 6, 7, 8, 9, 12, 15, 20} or not whole.value % 10 or whole.value == 2
        )
    ):
        return None
    return Reading(Figure("fraction", number.value / whole.value), 0, whole.end)


def ranked_at(tokens: Tokens, number: Number) -> Reading | None:
    """21st, twenty-first, three times, 3x, five-fold."""
    lows, end = tokens.lows, number.end
    word = end + (lows[end] == "-")
    if lows[end] in SUFFIXES and tokens.joined(end):
        return Reading(Figure("ordinal", number.value), 0, end + 1)
    if lows[word] in ORDINALS and lows[end - 1] in TENS:
        return Reading(Figure("ordinal", number.value + ORDINALS[lows[word]]), 0, word + 1)
    if lows[end] == "times" or lows[word] == "fold" or (lows[end] in {"x", "×"} and tokens.joined(end)):
        return Reading(Figure("times", number.value), 0, word + 1)
    return None


def part_at(tokens: Tokens, at: int) -> Reading | None:
    """Half, a quarter, a third of, half a million, half a per cent."""
    lows, value = tokens.lows, Decimal(1) / PARTS[tokens.lows[at]]
    article = lows[at - 1] in {"a", "one", "the"}
    after_a = lows[at - 1] == "a"
    shared = article and lows[at + 1] in {"of", "as", "fewer", "more", "less", "in"}
    if not (lows[at] == "half" or shared or (after_a and (lows[at] == "quarter" or lows[at - 2] == "by"))):
        return None
    after = at + 1 + (lows[at + 1] == "of")
    if lows[after] in {"a", "an"}:
        if lows[after + 1] in SCALES or lows[after + 1] == "dozen":
            unit, end = unit_after(tokens, after + 2)
            return Reading(
                Figure("number", value * SCALES.get(lows[after + 1], 12), unit, bound=bound_before(tokens, at)), at, end
            )
        if lows[after + 1] in {"per", "percentage", "percent"}:
            return Reading(
                Figure("points" if lows[after + 1] == "percentage" else "percent", value),
                at,
                after + 2 + (lows[after + 1] != "percent"),
            )
    change = "change" if "by" in lows[max(at - 3, 0) : at] or lows[at - 1] in {"in", "to"} else ""
    bound = bound_before(tokens, at - 1 if lows[at - 1] == "a" else at)
    return Reading(Figure("fraction", value, change, bound=bound), at, at + 1)

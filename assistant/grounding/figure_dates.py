"""Dates in a text. Owns: years, months, days, weekdays, decades, centuries, financial years.

Does not own: durations or quantities.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.grounding.figure import Figure
from assistant.grounding.figure_numbers import decimal
from assistant.grounding.figure_tokens import Tokens
from assistant.grounding.figure_words import (
    COUNTED,
    MEASURES,
    MONTHS,
    ORDINALS,
    SCALES,
    SEASONS,
    SHORT_SCALES,
    SUFFIXES,
    WEEKDAYS,
    YEAR_PARTS,
)
from assistant.text.words import listed

_DASHES = frozenset("-–—/−")
_BEFORE_A_SENTENCE = frozenset({"", ".", "?", "!", ":", ";", "(", "‘", "'"})
_AMBIGUOUS = frozenset({"may", "march", "mar", "jan", "jun", "dec", "sep"})
_BEFORE_A_MONTH = frozenset(
    listed("in since by until till of last from to early late mid this next on and during between through before after")
)
_NO_YEAR = Decimal(0)
_NOT_A_COUNT = frozenset(listed("was is has as this its his thus us across always less versus yes minus"))

Read = tuple[Figure, int]


def date_at(tokens: Tokens, at: int) -> Read | None:
    """The date that starts at token `at`, and the token after it."""
    if tokens.kinds[at] == "number":
        return _iso(tokens, at) or _day_first(tokens, at) or _year(tokens, at) or _century_number(tokens, at)
    low = tokens.lows[at]
    if low in MONTHS and tokens.texts[at][0].isupper():
        return _month_first(tokens, at)
    if low in WEEKDAYS and tokens.texts[at][0].isupper():
        return Figure("date", _NO_YEAR, low), at + 1
    if low in SEASONS or low in YEAR_PARTS:
        return _part_of_year(tokens, at)
    if low in ORDINALS and tokens.lows[at + 1] == "century":
        return Figure("date", Decimal(100 * (ORDINALS[low] - 1)), "century"), at + 2
    return None


def is_year(tokens: Tokens, at: int) -> bool:
    """Whether token `at` is four digits that can be a year."""
    text = tokens.texts[at]
    return tokens.kinds[at] == "number" and len(text) == 4 and text.isdecimal() and 1400 <= int(text) <= 2199


def _comma(tokens: Tokens, at: int) -> int:
    return at + (tokens.lows[at] in {",", "."})


def _day(tokens: Tokens, at: int) -> int | None:
    text = tokens.texts[at]
    return int(text) if tokens.kinds[at] == "number" and text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31 else None


def _iso(tokens: Tokens, at: int) -> Read | None:
    lows = tokens.lows
    if not (is_year(tokens, at) and lows[at + 1] == lows[at + 3] == "-" and all(tokens.joined(at + n) for n in range(1, 5))):
        return None
    month, day = _day(tokens, at + 2), _day(tokens, at + 4)
    return (Figure("date", decimal(lows[at]), "", month, day), at + 5) if month and day and month <= 12 else None


def _day_first(tokens: Tokens, at: int) -> Read | None:
    day, lows = _day(tokens, at), tokens.lows
    if day is None:
        return None
    after = at + 1 + (lows[at + 1] in SUFFIXES and tokens.joined(at + 1))
    after += lows[after] == "of" and lows[after + 1] in MONTHS
    after += lows[after] == "-" and lows[after + 1] in MONTHS
    month = MONTHS.get(lows[after])
    if month is None or not (tokens.texts[after][0].isupper()):
        return None
    year = _comma(tokens, after + 1)
    year += lows[year] == "-" and is_year(tokens, year + 1)
    if is_year(tokens, year):
        return Figure("date", decimal(lows[year]), "", month, day), year + 1
    return Figure("date", _NO_YEAR, "", month, day), after + 1


def _month_first(tokens: Tokens, at: int) -> Read | None:
    lows, month = tokens.lows, MONTHS[tokens.lows[at]]
    after = _comma(tokens, at + 1)
    after += lows[after] in {"of", "-"} and is_year(tokens, after + 1)
    if is_year(tokens, after):
        return Figure("date", decimal(lows[after]), "", month), after + 1
    day = _day(tokens, at + 1)
    if day is not None and lows[at + 2] not in {"%", "per", "percent"}:
        after = at + 2 + (lows[at + 2] in SUFFIXES and tokens.joined(at + 2))
        year = _comma(tokens, after)
        if is_year(tokens, year):
            return Figure("date", decimal(lows[year]), "", month, day), year + 1
        return Figure("date", _NO_YEAR, "", month, day), after
    if lows[at] in _AMBIGUOUS and lows[at - 1] in _BEFORE_A_SENTENCE:
        return None
    return Figure("date", _NO_YEAR, "", month), at + 1


def _year(tokens: Tokens, at: int) -> Read | None:
    lows = tokens.lows
    if is_year(tokens, at):
        following = lows[at + 1]
        if following == "s" and tokens.joined(at + 1):
            return Figure("date", decimal(lows[at]), "century" if lows[at].endswith("00") else "decade"), at + 2
        counted = (
            following in MEASURES or following in COUNTED or following in SCALES or following in {"per", "percent", "%", "pp"}
        )
        if (
            counted
            or (following in SHORT_SCALES and tokens.joined(at + 1))
            or tokens.kinds[at - 1] in {"currency", "minus"}
            or _counts_things(tokens, at)
        ):
            return None
        return Figure("date", decimal(lows[at])), at + 1
    if (
        lows[at + 1] == "s"
        and tokens.joined(at + 1)
        and len(lows[at]) == 2
        and lows[at].endswith("0")
        and lows[at - 1] in {"the", "'", "’", "early", "late", "mid", "-"}
    ):
        return Figure("date", Decimal(1900 + int(lows[at])), "decade"), at + 2
    return _second_year(tokens, at)


def _counts_things(tokens: Tokens, at: int) -> bool:
    """Whether four digits count things: a lower-case plural stands after them, and nothing before them says that they are a
    year.
    """
    text, low, before = tokens.texts[at + 1], tokens.lows[at + 1], tokens.lows[at - 1]
    plural = (
        len(low) > 3
        and low.endswith("s")
        and not low.endswith(("ss", "us", "is", "ies'"))
        and text == low
        and low not in _NOT_A_COUNT
    )
    return (
        plural
        and before not in _BEFORE_A_MONTH
        and before not in {"the", "a", "an", "its", "their", "our"}
        and before not in MONTHS
        and before != "-"
    )


def _second_year(tokens: Tokens, at: int) -> Read | None:
    """The 15 of 2008-15 and the 14 of 2013/14, over a century's end where it must be; 1999/00."""
    short = tokens.texts[at]
    if not (
        tokens.lows[at - 1] in _DASHES
        and is_year(tokens, at - 2)
        and len(short) == 2
        and short.isdecimal()
        and tokens.joined(at)
        and tokens.joined(at - 1)
    ):
        return None
    first = int(tokens.texts[at - 2])
    year = first - first % 100 + int(short)
    if year <= first:
        if 1 <= int(short) <= 12 and tokens.lows[at - 1] == "-" and first % 100 < 90:
            return Figure("date", Decimal(first), "", int(short)), at + 1
        year += 100
    return Figure("date", Decimal(year)), at + 1


def _century_number(tokens: Tokens, at: int) -> Read | None:
    after = at + 2 + (tokens.lows[at + 2] == "-")
    if tokens.lows[at + 1] in SUFFIXES and tokens.lows[after] in {"century", "centuries"} and tokens.texts[at].isdecimal():
        return Figure("date", Decimal(100 * (int(tokens.texts[at]) - 1)), "century"), after + 1
    return None


def _part_of_year(tokens: Tokens, at: int) -> Read | None:
    """Spring 2024, early 2024, mid-2024, the end of 2024."""
    lows = tokens.lows
    after = at + 1 + (lows[at + 1] in {"of", "in", "-", "–"})
    part = SEASONS.get(lows[at]) or YEAR_PARTS[lows[at]]
    if is_year(tokens, after):
        read = _year(tokens, after)
        return (Figure("date", read[0].value, part), read[1]) if read and not read[0].unit else None
    return None

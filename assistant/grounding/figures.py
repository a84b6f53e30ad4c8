"""Figures in a text: numbers, shares, money, dates, measures. Owns: reading them to one normal form.

Does not own: judging sentences.

46 per cent = 46% = forty-six per cent; £1.2bn = £1.2 billion = 1,200 million pounds; Nov 2024 = November 2024; two thirds =
2/3.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from assistant.grounding.figure import Figure, FigureKind, covers, uncovered
from assistant.grounding.figure_dates import date_at, is_year
from assistant.grounding.figure_numbers import Number, decimal, number_at
from assistant.grounding.figure_ranges import Reading, share_between
from assistant.grounding.figure_shares import part_at, ranked_at, share_at
from assistant.grounding.figure_tokens import Tokens
from assistant.grounding.figure_units import bound_before, counted_after, currency_after, rate_after, unit_after, unit_before
from assistant.grounding.figure_words import (  # fmt: skip
    CODES,
    CURRENCIES,
    MEASURES,
    MONTHS,
    ORDINALS,
    PARTS,
    SCALES,
    SEASONS,
    TENS,
    TIME,
    TIMES,
    UNITS,
    VAGUE,
    WEEKDAYS,
    YEAR_PARTS,
)

__all__ = ["Figure", "FigureKind", "covers", "figures", "uncovered"]
_TRIGGERS = frozenset(
    [
        *UNITS,
        *TENS,
        *SCALES,
        *ORDINALS,
        *PARTS,
        *TIMES,
        *VAGUE,
        *MONTHS,
        *WEEKDAYS,
        *SEASONS,
        *YEAR_PARTS,
        *CODES,
        "a",
        "an",
        "single",
    ]
)


def figures(text: str) -> list[Figure]:
    """All figures of a text, in order."""
    return list(_figures(text))


@lru_cache(maxsize=8192)
def _figures(text: str) -> tuple[Figure, ...]:
    tokens = Tokens(text)
    found: list[Reading] = []
    at = 0
    while at < tokens.count:
        kind = tokens.kinds[at]
        if kind == "sign" or (kind == "word" and tokens.lows[at] not in _TRIGGERS):
            at += 1
            continue
        reading = _label(tokens, at) or _date(tokens, at) or _quantity(tokens, at) or _word_figure(tokens, at)
        if reading is None:
            at += 1
            continue
        figure = reading.figure
        object.__setattr__(
            figure, "text", tokens.slice(at, reading.end)
        )  # no one else holds it yet; a copy would cost a third of the time
        found.append(reading)
        at = reading.end
    return tuple(share_between(tokens, [r for r in found if r.figure.unit != "covid"]))


def _label(tokens: Tokens, at: int) -> Reading | None:
    """CO2, Q3, G7, COVID-19: letters and digits in one name. COVID with or without its number is the same word."""
    if tokens.kinds[at] == "label":
        low = tokens.lows[at]
        return Reading(Figure("label", Decimal(0), "covid" if low in {"covid", "covid19"} else low), at, at + 1)
    if tokens.lows[at - 1] == "covid" and tokens.lows[at] == "19":
        return Reading(Figure("label", Decimal(19), "covid"), at, at + 1)
    hyphenated = (
        tokens.kinds[at] == "number"
        and tokens.lows[at - 1] == "-"
        and tokens.kinds[at - 2] == "word"
        and tokens.joined(at)
        and tokens.joined(at - 1)
    )
    if (
        not hyphenated
        or is_year(tokens, at)
        or tokens.lows[at - 2] in MONTHS
        or tokens.lows[at - 2] in SCALES
        or (tokens.texts[at - 2].islower() and tokens.lows[at - 2] != "covid")
    ):
        return None
    name = f"{tokens.lows[at - 2]}-{tokens.lows[at]}"
    return Reading(Figure("label", decimal(tokens.lows[at]), "covid" if name == "covid-19" else name), at, at + 1)


def _date(tokens: Tokens, at: int) -> Reading | None:
    read = date_at(tokens, at)
    return Reading(read[0], at, read[1]) if read else None


def _quantity(tokens: Tokens, start: int) -> Reading | None:
    at, sign, currency = start, 1, ""
    for _ in range(2):
        if tokens.kinds[at] == "minus":
            at, sign = at + 1, -1
        elif not currency and (
            tokens.kinds[at] == "currency" or (tokens.lows[at] in CODES and tokens.kinds[at + 1] in {"number", "minus"})
        ):
            at, currency = at + 1, CURRENCIES[tokens.lows[at]]
    number = number_at(tokens, at)
    if number is None:
        return None
    sign = -1 if tokens.lows[start - 1] == "minus" else sign
    number = replace(number, value=number.value * sign)
    if currency:
        reading = _money(number.value, currency, number.end)
    else:
        reading = (
            share_at(tokens, number, at)
            or ranked_at(tokens, number)
            or _money_after(tokens, number)
            or _measured(tokens, number, at)
        )
    per, end = rate_after(tokens, reading.end)
    figure = replace(reading.figure, bound=bound_before(tokens, start), per=per)
    return Reading(figure, start, end, number.scale)


def _money(value: Decimal, code: str, end: int) -> Reading:
    return Reading(Figure("money", value / 100 if code == "GBX" else value, "GBP" if code == "GBX" else code), 0, end)


def _money_after(tokens: Tokens, number: Number) -> Reading | None:
    after = currency_after(tokens, number.end)
    return _money(number.value, *after) if after else None


def _measured(tokens: Tokens, number: Number, at: int) -> Reading:
    unit, end = unit_after(tokens, number.end)
    unit = unit or (unit_before(tokens, at) if number.scale == 1 else "")
    kind: FigureKind = "indefinite" if number.indefinite else "number"
    return Reading(
        Figure(
            kind, number.value, unit if not number.indefinite or unit in TIME else "", counted=counted_after(tokens, number.end)
        ),
        0,
        end,
    )


def _word_figure(tokens: Tokens, at: int) -> Reading | None:
    lows, low = tokens.lows, tokens.lows[at]
    if low in {"a", "an"}:
        unit = MEASURES.get(lows[at + 1], "")
        timed = unit in TIME - {"second", "minute"} and lows[at + 1] not in {"day"}
        if not timed or lows[at - 1] in {"many", "once"}:
            return None
        half = lows[at + 2 : at + 5] == ["and", "a", "half"]
        return Reading(
            Figure("number" if half else "indefinite", Decimal("1.5") if half else Decimal(1), unit), at, at + (5 if half else 2)
        )
    if low == "single":
        return Reading(Figure("indefinite", Decimal(1), counted=counted_after(tokens, at + 1)), at, at + 1)
    if low in TIMES and low != "halves":
        per, end = rate_after(tokens, at + 1)
        return Reading(Figure("times", TIMES[low], per=per), at, end)
    if low in VAGUE:
        return Reading(Figure("vague", Decimal(VAGUE[low])), at, at + 1)
    if low in PARTS:
        part = part_at(tokens, at)
        if part:
            return part
    if low in ORDINALS and not _discourse(tokens, at):
        return Reading(Figure("ordinal", Decimal(ORDINALS[low])), at, at + 1)
    return None


def _discourse(tokens: Tokens, at: int) -> bool:
    """First and second as words that order a text: at first, first of all, "Second, …"; and a second of time."""
    before, after = tokens.lows[at - 1], tokens.lows[at + 1]
    if tokens.lows[at] == "second" and before in {"a", "per"} and after in {".", ",", ""}:
        return True
    return before == "at" or (after == "of" and tokens.lows[at + 2] == "all") or (before in {"", ".", ";", ":"} and after == ",")

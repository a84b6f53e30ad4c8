"""Figures that share a unit: 15-17 per cent, 1.2-1.5 million, 3 to 5 November. Owns: what one takes from its neighbour.

Does not own: reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.grounding.figure import Figure
from assistant.grounding.figure_tokens import Tokens

_DASHES = frozenset("-–—−")
_JOINTS = frozenset(
    {("to",), ("or",), ("and",), (",",), ("-", "to"), ("-", "and"), ("-", "or"), (",", "and"), (",", "or"), ("/",)}
) | {(dash,) for dash in _DASHES}


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure with its place among the tokens (half-open) and the scale word it carried."""

    figure: Figure
    start: int
    end: int
    scale: int = 1


def share_between(tokens: Tokens, readings: Sequence[Reading]) -> list[Figure]:
    """The figures, each with the kind, unit, scale or year that it shares with a neighbour it is joined to."""
    read = list(readings)
    for index in range(len(read) - 1):
        joint = _joint(tokens, read[index], read[index + 1])
        if joint and _forward(read[index], read[index + 1], joint):
            left = read[index].figure
            read[index + 1] = replace(read[index + 1], figure=replace(read[index + 1].figure, kind=left.kind, unit=left.unit))
    for index in range(len(read) - 2, -1, -1):
        joint = _joint(tokens, read[index], read[index + 1])
        if joint:
            read[index] = _back(tokens, read[index], read[index + 1], joint)
    return [reading.figure for reading in read]


def _joint(tokens: Tokens, left: Reading, right: Reading) -> tuple[str, ...]:
    between = tuple(tokens.lows[left.end : right.start]) if 1 <= right.start - left.end <= 2 else ()
    return between if between in _JOINTS else ()


def _bare(reading: Reading) -> bool:
    return reading.figure.kind == "number" and not reading.figure.unit


def _forward(left: Reading, right: Reading, joint: tuple[str, ...]) -> bool:
    """Whether what stood before the first number goes for the second too: £5-10m, aged 16 to 24, sections 74 and 75."""
    if not _bare(right):
        return False
    if left.figure.kind == "money":
        return left.scale == 1 and joint[-1] in _DASHES | {"to"}
    return (
        left.figure.kind == "number"
        and left.end == left.start + 1
        and (left.figure.unit == "year" or left.figure.unit.startswith("#"))
    )


def _spans_a_range(tokens: Tokens, left: Reading, joint: tuple[str, ...]) -> bool:
    return joint[-1] in _DASHES | {"to"} or "between" in tokens.lows[max(left.start - 2, 0) : left.start]


def _back(tokens: Tokens, left: Reading, right: Reading, joint: tuple[str, ...]) -> Reading:
    one, other = left.figure, right.figure
    if other.kind == "date":
        return replace(left, figure=_shared_date(left, right))
    if _bare(left) and other.kind in {"percent", "points"}:
        return replace(left, figure=replace(one, kind=other.kind, per=other.per))
    alike = one.kind == other.kind and one.unit in {"", other.unit}
    if not alike and not (_bare(left) and other.kind == "money"):
        return left
    scale = 1
    if left.scale == 1 and right.scale > 1 and _spans_a_range(tokens, left, joint) and one.value < other.value / right.scale:
        scale = right.scale
    unit = "" if other.unit.startswith("#") else other.unit
    return replace(
        left, figure=replace(one, kind=other.kind, unit=unit, value=one.value * scale, per=one.per or other.per), scale=scale
    )


def _shared_date(left: Reading, right: Reading) -> Figure:
    one, other = left.figure, right.figure
    if one.kind == "date" and not one.value and one.month and other.month:
        return replace(one, value=other.value)
    if _bare(left) and other.day and one.value == one.value.to_integral_value() and Decimal(1) <= one.value <= Decimal(31):
        return Figure("date", other.value, "", other.month, int(one.value), one.text)
    return one

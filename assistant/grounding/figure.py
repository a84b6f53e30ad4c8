"""One figure and what it covers. Owns: the normal form of a figure and when a span's figure says a claim's.

Does not own: reading texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from assistant.grounding.figure_words import COUNTED, IN_BASE, VAGUE, VAGUE_TOP, WIDER

FigureKind = Literal[
    "number", "percent", "points", "money", "date", "fraction", "times", "ordinal", "label", "indefinite", "vague"
]
Bound = Literal["", "over", "under", "about"]
_EARLY, _MID, _LATE = range(1, 5), range(5, 9), range(9, 13)
_PART_MONTHS = {
    "early": _EARLY, "mid": _MID, "late": _LATE, "spring": range(3, 6), "summer": range(6, 9), "autumn": range(9, 12),
    "winter": (12, 1, 2),
}  # fmt: skip
_NEAR = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `value` is exact; `unit` is a currency code, a measure's singular name, a part of a year or ''.

    A date's `value` is its year (0 when it names none). `bound` is what stands before it ("over 40"), `per` its rate ("a
    year"), `counted` the stems of the words it counts.
    """

    kind: FigureKind
    value: Decimal
    unit: str = ""
    month: int | None = None
    day: int | None = None
    text: str = ""
    bound: Bound = ""
    per: str = ""
    counted: frozenset[str] = frozenset()


def uncovered(claim: Sequence[Figure], spans: Sequence[Figure]) -> list[Figure]:
    """Figures of a claim that no figure of its spans says."""
    return [figure for figure in claim if not any(covers(span, figure) for span in spans) and not _only_an_article(figure, spans)]


def _only_an_article(figure: Figure, spans: Sequence[Figure]) -> bool:
    """A bare "one" is mostly a pronoun; it counts as a figure only against a span that counts the same things otherwise."""
    if figure.kind != "indefinite" or figure.unit:
        return False
    rivals = [span for span in spans if span.kind == "number" and span.value != figure.value]
    return not any(span.counted & figure.counted for span in rivals)


def covers(span: Figure, claim: Figure) -> bool:
    """Whether a figure of the cited span says what a claim's figure says: as exact or more exact, of the same kind and unit."""
    if {span.bound, claim.bound} == {"over", "under"} or (claim.per and span.per and claim.per != span.per):
        return False
    if claim.kind == "date":
        return span.kind == "date" and _same_date(span, claim)
    if claim.kind == "vague":
        return span.text.lower() == claim.text.lower() if span.kind == "vague" else _within(span, claim)
    if "label" in {claim.kind, span.kind}:
        return _same_label(span, claim)
    share, held = _share(claim), _share(span)
    if share is not None and held is not None:
        return _same_share(span, held, claim, share)
    if {claim.kind, span.kind} <= {"times", "fraction", "percent"}:
        return _same_change(span, claim)
    if {claim.kind, span.kind} <= {"number", "indefinite"}:
        return _same_length(span, claim) or (claim.value == span.value and _same_unit(span.unit, claim.unit))
    if claim.value != span.value:
        return False
    crowns = claim.kind == "money" and claim.unit == "KR" and span.unit in {"DKK", "SEK", "NOK"}
    return claim.kind == span.kind and (claim.unit == span.unit or crowns)


def _same_label(span: Figure, claim: Figure) -> bool:
    """CO2 = co2; and "sars-cov-2", whose small letters read as a number, = SARS-CoV-2."""
    if span.kind == claim.kind:
        return span.unit == claim.unit
    return {span.kind, claim.kind} == {"label", "number"} and span.value == claim.value != 0 and "-" in span.unit + claim.unit


def _same_length(span: Figure, claim: Figure) -> bool:
    """Eighteen months = a year and a half; a fortnight = 14 days."""
    if span.unit not in IN_BASE or claim.unit not in IN_BASE:
        return False
    (left, base), (right, other) = IN_BASE[span.unit], IN_BASE[claim.unit]
    return base == other and span.value * left == claim.value * right


def _same_unit(span: str, claim: str) -> bool:
    if claim == span or span in WIDER.get(claim, ()):
        return True
    if not claim:
        return True
    return (claim in COUNTED or claim.startswith("#")) and not span


def _same_date(span: Figure, claim: Figure) -> bool:
    if claim.unit in {"decade", "century"}:
        step = 10 if claim.unit == "decade" else 100
        return (span.unit == claim.unit and span.value == claim.value) or (
            span.unit not in {"decade", "century"} and span.value - span.value % step == claim.value > 0
        )
    if span.unit in {"decade", "century"} or (claim.value and claim.value != span.value):
        return False
    if claim.unit and claim.unit != span.unit and span.month not in _PART_MONTHS.get(claim.unit, ()):
        return False
    return (claim.month is None or claim.month == span.month) and (claim.day is None or claim.day == span.day)


def _within(span: Figure, claim: Figure) -> bool:
    name = claim.text.lower()
    return span.kind == "number" and name in VAGUE and VAGUE[name] <= span.value <= VAGUE_TOP[name]


def _share(figure: Figure) -> Decimal | None:
    if figure.kind == "percent":
        return figure.value / 100
    return figure.value if figure.kind == "fraction" else None


def _same_share(span: Figure, held: Decimal, claim: Figure, share: Decimal) -> bool:
    if abs(held - share) < _NEAR:
        return True
    if claim.kind != "fraction" or span.kind != "percent" or abs(held - share) > Decimal("0.01"):
        return False
    return (share * 100).quantize(
        Decimal(1).scaleb(_exponent(span.value)), ROUND_HALF_UP
    ) == span.value  # two thirds = 67 per cent


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(0, max(-6, exponent)) if isinstance(exponent, int) else 0


def _same_change(span: Figure, claim: Figure) -> bool:
    """Halved = by half = by 50 per cent; doubled = by 100 per cent = twofold."""
    if claim.kind == span.kind:
        return claim.value == span.value
    times, other = (claim, span) if claim.kind == "times" else (span, claim)
    share = _share(other)
    if share is None or other.unit != "change":
        return False
    return (times.value == Decimal("0.5") and abs(share - times.value) < _NEAR) or (times.value == 2 and share == 1)

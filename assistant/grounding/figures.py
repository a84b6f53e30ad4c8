"""Figures in a text: numbers, shares, money, dates, measures. Owns: reading them to one normal form. Does not own: judging sentences.

46 per cent = 46% = forty-six per cent; £1.2bn = £1.2 billion = 1,200 million pounds; Nov 2024 = November 2024; two thirds = 2/3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

FigureKind = Literal["number", "percent", "points", "money", "date", "fraction", "times", "ordinal"]

_UNITS = {word: value for value, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())}
_TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SHORT_SCALES = {"k": 1_000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "trn": 10**12}
_ORDINALS = {word: value for value, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1)}
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "tenth": 10, "tenths": 10}
_TIMES = {"halved": Decimal("0.5"), "doubled": Decimal(2), "double": Decimal(2), "twice": Decimal(2), "tripled": Decimal(3), "trebled": Decimal(3), "quadrupled": Decimal(4)}
_MONTHS = {m: n for n, names in enumerate(("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december"), start=1) for m in names.split()}  # fmt: skip
_CURRENCIES = {
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "sterling": "GBP", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "a$": "AUD", "c$": "CAD", "nz$": "NZD", "r$": "BRL", "¥": "JPY", "yen": "JPY",
    "kroner": "KR", "kronor": "KR", "krone": "KR", "krona": "KR", "dkk": "KR", "sek": "KR", "nok": "KR", "rand": "ZAR", "pence": "GBX", "p": "GBX",
}  # fmt: skip
_MEASURES = {
    "time": "second seconds minute minutes hour hours day days week weeks fortnight fortnights month months year years decade decades century centuries",
    "length": "mm cm m km metre metres meter meters kilometre kilometres mile miles",
    "power": "w kw mw gw tw kwh mwh gwh twh watt watts kilowatt kilowatts megawatt megawatts gigawatt gigawatts",
    "mass": "g kg tonne tonnes ton tons kilogram kilograms gram grams",
    "area": "hectare hectares acre acres",
    "count": "people person persons children child pupils households homes families staff employees members councils cities countries regions schools hospitals firms companies teams projects missions targets departments patients claimants installations",
}  # fmt: skip
_MEASURE_OF = {name: family for family, names in _MEASURES.items() for name in names.split()}
_SINGULAR = {"people": "person", "persons": "person", "children": "child", "families": "family", "households": "household", "cities": "city", "countries": "country", "companies": "company", "centuries": "century"}  # fmt: skip

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TOKEN = re.compile(
    rf"(?P<currency>us\$|nz\$|a\$|c\$|r\$|[£€$¥])|(?P<number>{_NUMBER})|(?P<word>[^\W\d_]+)|(?P<sign>%|‰|/|:|-|–|—|−|\.|,|;|\(|\)|[?!])", re.I
)


@dataclass(frozen=True)
class Figure:
    """One figure. `value` is exact; `unit` is a currency code, a measure's singular name or ''; dates carry year, month, day instead."""

    kind: FigureKind
    value: Decimal
    unit: str = ""
    month: int | None = None
    day: int | None = None
    text: str = ""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


def figures(text: str) -> list[Figure]:
    """All figures of a text, in order."""
    tokens = [_Token(m.lastgroup or "", m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text.replace("\u00a0", " "))]
    found: list[Figure] = []
    at = 0
    while at < len(tokens):
        step = _date(tokens, at) or _quantity(tokens, at, text) or _word_figure(tokens, at)
        if step is None:
            at += 1
            continue
        figure, used = step
        found.append(Figure(figure.kind, figure.value, figure.unit, figure.month, figure.day, text[tokens[at].start : tokens[at + used - 1].end]))
        at += used
    return found


def covers(span: Figure, claim: Figure) -> bool:
    """Whether a figure of the cited span says what a claim's figure says: as exact or more exact, of the same kind and unit."""
    if claim.kind == "date" and span.kind == "date":
        same_month = claim.month is None or claim.month == span.month
        return claim.value == span.value and same_month and (claim.day is None or claim.day == span.day)
    if _as_share(claim) is not None and _as_share(span) is not None:
        return _as_share(claim) == _as_share(span)
    if claim.kind != span.kind or claim.value != span.value:
        return False
    if claim.kind == "money" or (claim.unit and span.unit):
        return claim.unit == span.unit
    return True


def _as_share(figure: Figure) -> Decimal | None:
    if figure.kind == "percent":
        return (figure.value / 100).quantize(Decimal("0.000001"))
    return figure.value.quantize(Decimal("0.000001")) if figure.kind == "fraction" else None


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:  # digits of another script that Decimal does not take
        return Decimal(int("".join(ch for ch in text if ch.isdigit()) or 0))


def _at(tokens: list[_Token], index: int) -> _Token:
    return tokens[index] if 0 <= index < len(tokens) else _Token("", "", -9, -9)


def _adjacent(left: _Token, right: _Token) -> bool:
    return left.end == right.start


def _is_year(token: _Token) -> bool:
    return token.kind == "number" and len(token.text) == 4 and "." not in token.text and 1400 <= int(token.text) <= 2199


def _date(tokens: list[_Token], at: int) -> tuple[Figure, int] | None:
    first, second, third = _at(tokens, at), _at(tokens, at + 1), _at(tokens, at + 2)
    month = _MONTHS.get(second.low.rstrip("."))
    suffix = second.low in {"st", "nd", "rd", "th"} and _adjacent(first, second)
    if suffix:
        month = _MONTHS.get(third.low)
    if first.kind == "number" and month and first.text.isdigit() and 1 <= int(first.text) <= 31:
        used = 3 if suffix else 2
        used += _at(tokens, at + used).text == ","
        if _is_year(_at(tokens, at + used)):
            return Figure("date", _decimal(_at(tokens, at + used).text), "", month, int(first.text)), used + 1
        return None
    month = _MONTHS.get(first.low) if first.text[:1].isupper() else None
    if month and second.text.isdigit() and len(second.text) <= 2 and _is_year(_at(tokens, at + 2 + (third.text == ","))):
        skip = third.text == ","
        return Figure("date", _decimal(_at(tokens, at + 2 + skip).text), "", month, int(second.text)), 3 + skip
    if month:
        skip = second.text in {",", "."}
        if _is_year(_at(tokens, at + 1 + skip)):
            return Figure("date", _decimal(_at(tokens, at + 1 + skip).text), "", month), 2 + skip
    if _is_year(first) and not _measured(tokens, at + 1) and _at(tokens, at - 1).kind != "currency" and not _scaled(tokens, at + 1):
        used = 1
        if second.low == "s" and _adjacent(first, second):
            return Figure("date", _decimal(first.text), "decade"), 2
        return Figure("date", _decimal(first.text)), used
    dash = _at(tokens, at - 1)
    year_before = _at(tokens, at - 2)
    if first.kind == "number" and dash.text in {"-", "–", "—", "/"} and _is_year(year_before) and len(first.text) == 2 and first.text.isdigit() and _adjacent(dash, first):
        return Figure("date", Decimal(year_before.text[:2] + first.text)), 1
    return None


def _scaled(tokens: list[_Token], at: int) -> bool:
    return _at(tokens, at).low in _SCALES or _at(tokens, at).low in {"per", "percent"} or _at(tokens, at).text == "%"


def _measured(tokens: list[_Token], at: int) -> bool:
    return _at(tokens, at).low in _MEASURE_OF


def _quantity(tokens: list[_Token], at: int, text: str) -> tuple[Figure, int] | None:
    currency = ""
    start = at
    if _at(tokens, at).kind == "currency" or (_at(tokens, at).low in _CURRENCIES and _at(tokens, at + 1).kind == "number" and len(_at(tokens, at).text) == 3):
        currency = _CURRENCIES[_at(tokens, at).low]
        at += 1
    read = _number(tokens, at)
    if read is None:
        return None
    value, used = read
    at += used
    following = _at(tokens, at)
    if not currency and following.text == "/" and _at(tokens, at + 1).kind == "number" and _adjacent(following, _at(tokens, at + 1)):
        bottom = _decimal(_at(tokens, at + 1).text)
        if bottom:
            return Figure("fraction", value / bottom), at + 2 - start
    if following.text == "%" or following.low in {"percent", "pc"}:
        return _percent(tokens, at + 1, value, start)
    if following.low == "per" and _at(tokens, at + 1).low in {"cent", "centage"}:
        return _percent(tokens, at + 2, value, start)
    if following.low == "percentage" and _at(tokens, at + 1).low in {"point", "points"}:
        return Figure("points", value), at + 2 - start
    if not currency and following.low in _CURRENCIES and len(following.low) > 1:
        return Figure("money", value, _CURRENCIES[following.low]), at + 1 - start
    if currency:
        return Figure("money", value, currency), at - start
    if following.low in _PARTS and value == value.to_integral() and following.low.endswith("s"):
        return Figure("fraction", value / _PARTS[following.low]), at + 1 - start
    if following.low in {"st", "nd", "rd", "th"} and _adjacent(_at(tokens, at - 1), following):
        return Figure("ordinal", value), at + 1 - start
    if following.low == "times" or (following.low == "x" and _adjacent(_at(tokens, at - 1), following)):
        return Figure("times", value), at + 1 - start
    unit, extra = _unit(tokens, at)
    return Figure("number", value, unit), at + extra - start


def _percent(tokens: list[_Token], at: int, value: Decimal, start: int) -> tuple[Figure, int]:
    if _at(tokens, at).low in {"point", "points"}:
        return Figure("points", value), at + 1 - start
    return Figure("percent", value), at - start


def _unit(tokens: list[_Token], at: int) -> tuple[str, int]:
    """The measure that follows a number, looking past one hyphen or one or two other words ('15 new people', '3-year')."""
    for skip in range(3):
        token = _at(tokens, at + skip)
        if token.low in _MEASURE_OF:
            name = _SINGULAR.get(token.low) or (token.low.removesuffix("s") if len(token.low) > 3 else token.low)
            return name, skip + 1 if skip == 0 else 0
        if token.kind not in {"word", "sign"} or token.text in {".", ",", ";", "(", ")", "?", "!"}:
            break
    return "", 0


def _number(tokens: list[_Token], at: int) -> tuple[Decimal, int] | None:
    first = _at(tokens, at)
    if first.kind == "number":
        return _with_scale(tokens, at + 1, _decimal(first.text), 1)
    words = _word_number(tokens, at)
    if words is None:
        return None
    value, used = words
    return _with_scale(tokens, at + used, value, used)


def _with_scale(tokens: list[_Token], at: int, value: Decimal, used: int) -> tuple[Decimal, int]:
    token = _at(tokens, at)
    hyphen = token.text == "-" and _at(tokens, at + 1).low in {"million", "billion", "thousand", "trillion"}
    scale = _at(tokens, at + 1) if hyphen else token
    if scale.low in _SCALES and scale.low != "dozen":
        return value * _SCALES[scale.low], used + 1 + hyphen
    if token.low in _SHORT_SCALES and _adjacent(_at(tokens, at - 1), token):
        return value * _SHORT_SCALES[token.low], used + 1
    return value, used


def _word_number(tokens: list[_Token], at: int) -> tuple[Decimal, int] | None:
    first, low = _at(tokens, at), _at(tokens, at).low
    if low in _TENS:
        joint = _at(tokens, at + 1).text == "-"
        unit = _UNITS.get(_at(tokens, at + 1 + joint).low, 0)
        if joint and 0 < unit < 10:
            return Decimal(_TENS[low] + unit), 3
        return Decimal(_TENS[low]), 1
    if low in _UNITS and first.kind == "word":
        if low == "one" and not _counts(tokens, at):  # "one" is mostly a pronoun
            return None
        return Decimal(_UNITS[low]), 1
    if low in _SCALES and _at(tokens, at - 1).low in {"a", "an", "per"} and low != "dozen":
        return None if _at(tokens, at - 1).low == "per" else (Decimal(_SCALES[low]), 1)
    return None


def _counts(tokens: list[_Token], at: int) -> bool:
    following = _at(tokens, at + 1)
    return following.low in _SCALES or following.low in _PARTS or following.low in {"per", "percent"} or following.text == "%" or following.low in _MEASURE_OF


def _word_figure(tokens: list[_Token], at: int) -> tuple[Figure, int] | None:
    low = _at(tokens, at).low
    if low in _TIMES:
        return Figure("times", _TIMES[low]), 1
    if low == "half" or (low in _PARTS and _at(tokens, at - 1).low in {"a", "one"} and low not in _ORDINALS):
        return Figure("fraction", Decimal(1) / _PARTS[low]), 1
    if low in _PARTS and _at(tokens, at - 1).low in {"a", "one"} and _at(tokens, at + 1).low in {"of", "as", "fewer", "more", "less", "in"}:
        return Figure("fraction", Decimal(1) / _PARTS[low]), 1
    if low in _ORDINALS:
        return Figure("ordinal", Decimal(_ORDINALS[low])), 1
    return None

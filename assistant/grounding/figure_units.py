"""What stands round a number. Owns: its unit, currency, rate, bound and the things it counts. Does not own: the number itself."""

from __future__ import annotations

from assistant.grounding.figure import Bound
from assistant.grounding.figure_tokens import Tokens
from assistant.grounding.figure_words import COUNTED, CURRENCIES, LABELLED, MEASURES, NATIONAL, RATES, TIME
from assistant.text.words import FUNCTION_WORDS, listed, stem

_OVER = frozenset({"over", "above", "exceeding", "exceeds", "exceeded", "minimum"})
_UNDER = frozenset({"under", "below", "nearly", "almost", "maximum"})
_ABOUT = frozenset({"about", "around", "roughly", "approximately", "some", "circa", "estimated"})
_THAN: dict[str, Bound] = {
    "more": "over",
    "greater": "over",
    "higher": "over",
    "larger": "over",
    "less": "under",
    "fewer": "under",
    "lower": "under",
    "smaller": "under",
}
_STOPS = frozenset(listed(". , ; : ( ) ? ! in to and or for by with from at on per than between of"))
_WORDLIKE = frozenset({"word", "sign", "label"})


def bound_before(tokens: Tokens, at: int) -> Bound:
    """What stands before a number: over, under, about, or nothing."""
    one, two = tokens.lows[at - 1], tokens.lows[at - 2]
    if one == "than":
        negated = tokens.lows[at - 3] in {"no", "not"}
        bound = _THAN.get(two, "")
        return {"over": "under", "under": "over"}.get(bound, "") if negated else bound  # type: ignore[return-value]
    if two == "at" and one in {"least", "most"}:
        return "over" if one == "least" else "under"
    if one == "to" and two == "up":
        return "under"
    if one in _OVER or (one == "of" and two in _OVER):
        return "over"
    if one in _UNDER or (one == "of" and two in _UNDER):
        return "under"
    return "about" if one in _ABOUT else ""


def currency_after(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """The currency that follows a number ("kroner", "US dollars", "p"), and the token after it."""
    lows = tokens.lows
    adjective = lows[at] if (lows[at + 1] in CURRENCIES and len(lows[at + 1]) > 2) else ""
    place = at + 1 if adjective and not (adjective in CURRENCIES and len(adjective) > 1) else at
    if place == at and lows[at] == "new" and lows[at + 1] == "zealand" and lows[at + 2] in CURRENCIES:
        adjective, place = "zealand", at + 2
    if place == at:
        adjective = ""
    word = lows[place]
    if word not in CURRENCIES or word in {"r", "won"} or (len(word) == 1 and not tokens.joined(place)):
        return None
    code = CURRENCIES[word]
    if adjective and (adjective, code) not in NATIONAL:
        return None
    return NATIONAL.get((adjective, code), code), place + 1


def unit_before(tokens: Tokens, at: int) -> str:
    """What a number is by the word before it: '#section' for Section 75, 'year' for aged 16."""
    dot = tokens.lows[at - 1] == "."
    label, written = tokens.lows[at - 1 - dot], tokens.texts[at - 1 - dot]
    if label in {"aged", "age", "ages"}:
        return "year"
    if label not in LABELLED or (dot and label not in {"no", "nos"}):
        return ""
    shown = written[0].isupper() or (tokens.kinds[at] == "number" and label not in {"no", "year", "number"})
    return f"#{LABELLED[label]}" if shown else ""


def unit_after(tokens: Tokens, at: int) -> tuple[str, int]:
    """The measure that follows a number, looking past one hyphen or one or two other words ('15 new people', '3-year')."""
    for skip in range(3):
        low = tokens.lows[at + skip]
        name = MEASURES.get(low) if skip == 0 or len(low) > 2 or tokens.lows[at + skip - 1] == "-" else None
        if name:
            return name, at + 1 if skip == 0 else at
        if low in COUNTED and tokens.lows[at + skip + 1 : at + skip + 3] == ["of", "staff"]:
            return "staff", at
        if low in COUNTED:
            compound = tokens.lows[at + skip + 1]  # 200 council houses are houses
            return (COUNTED[compound], at) if compound in COUNTED else (COUNTED[low], at + 1 if skip == 0 else at)
        if tokens.kinds[at + skip] not in _WORDLIKE or low in _STOPS:
            break
    return "", at


def rate_after(tokens: Tokens, at: int) -> tuple[str, int]:
    """The rate that follows a quantity ("a year", "per head", "annually"), and the token after it."""
    low, following = tokens.lows[at], tokens.lows[at + 1]
    if low in RATES:
        return RATES[low], at + 1
    unit = (
        MEASURES.get(following)
        or COUNTED.get(following)
        or {"head": "person", "capita": "person", "annum": "year"}.get(following, "")
    )
    if low in {"per", "/"} and unit:
        return unit, at + 2
    if low in {"a", "an", "each", "every"} and unit in TIME and following != "second":
        return unit, at + 2
    return "", at


def counted_after(tokens: Tokens, at: int) -> frozenset[str]:
    """Stems of the next content words, three at most, up to a clause's end: what a number counts."""
    found: list[str] = []
    for index in range(at, at + 8):
        low = tokens.lows[index]
        if tokens.kinds[index] == "word" and low not in FUNCTION_WORDS:
            found.append(stem(low))
        elif low in {".", ",", ";", "?", "!", ""}:
            break
        if len(found) == 3:
            break
    return frozenset(found)

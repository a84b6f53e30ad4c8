"""False sentences made of true ones. Owns: the ways in which a writer goes wrong, each as one change to one sentence.
Does not own: judging.

Every change makes the sentence say what its source does not. Pure and the same at every run: `pick` is an ordinal, not
a random draw.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

PLACES = (
    "Finland",
    "Wales",
    "Scotland",
    "England",
    "Denmark",
    "Germany",
    "Sweden",
    "Norway",
    "Canada",
    "Australia",
    "Brazil",
    "Japan",
    "Barbados",
    "Ireland",
    "New Zealand",
    "Camden",
    "Greater Manchester",
    "London",
    "Copenhagen",
    "Stockholm",
    "Barcelona",
    "Preston",
    "Essex",
    "South Korea",
    "Helsinki",
    "Bogotá",
    "Glasgow",
)
BODIES = (
    "National Audit Office",
    "Institute for Government",
    "OECD",
    "Nesta",
    "European Commission",
    "UCL",
    "Demos",
    "IPPR",
    "House of Lords",
    "Challenge Works",
    "Danish Design Center",
    "Citizens Advice",
    "Public Digital",
    "World Bank",
    "Fraunhofer ISI",
    "Danish Design Centre",
)
PEOPLE = (
    "Mazzucato",
    "James Plunkett",
    "Michael Barber",
    "Kate Bingham",
    "Geoff Mulgan",
    "Carlota Perez",
    "Rainer Kattel",
    "Michael Marmot",
)
_WRITTEN_SWAPS = {
    "direction": (
        "fell>rose;fallen>risen;dropped>climbed;rose>fell;increased>decreased;reduced>raised;reduce>increase;"
        "more than>less than;higher>lower;lower>higher;larger>smaller;above>below;below>above;before>after;"
        "after>before;early>late;better off>worse off;worse off>better off;fewer>more;cheaper>dearer;"
        "halved>doubled;faster>slower;over>under;more>less;cut>raised;raised>cut;gained>lost"
    ),
    "hedge": (
        "may>will;could>will;might>will;can>always;suspected>proved;suggests>proves;expected>known;"
        "was to>did;were to>did;planned>achieved;aims to>does;seeks to>managed to;estimates>has proved;"
        "argues>has proved;argue>have proved;claims>has proved;reported>proved;about>exactly;around>exactly;"
        "roughly>exactly;almost>more than;nearly>more than;promised>published;were expected>were delivered;"
        "would>did;should>does;wanted to>managed to;tries>succeeds;advised>forced;considered>adopted"
    ),
    "quantifier": (
        "some>all;most>all;Most>All;often>always;mostly>entirely;many>all;few>many;only>as many as;"
        "just>as much as;up to>at least;at most>at least;at least>at most;half>all;part>all;several>all;"
        "usually>always;partly>wholly;one of>all of;three of>all of;hardly any>almost all;largely>entirely;"
        "sometimes>always;among>the whole of;more than>exactly;over>exactly"
    ),
    "antonym": (
        "success>failure;voluntary>compulsory;compulsory>optional;public>private;temporary>permanent;"
        "local>national;supporters>critics;critics>supporters;sceptics>supporters;independent>government;"
        "narrow>broad;broad>narrow;non-profit>for-profit;strong>weak;strengthens>weakens;weak>strong;"
        "quick>slow;unclear>clear;temporary>lasting;unrealistic>realistic;outside>inside;cost>saved;"
        "costs>saves;limits>extends;with>without;without>with;open>secret;accepted>rejected;allowed>banned;"
        "launched>closed;risk>benefit;small>large;poor>excellent;rejected>accepted;useful>useless;"
        "sensible>foolish;best>worst;long>short"
    ),
    "unit": (
        "per cent>percentage points;percentage points>per cent;million>billion;billion>million;£>€;$>£;€>£;"
        "years>months;weeks>years;week>month;months>weeks;a day>a week;a year>a month;homes>people;"
        "children>schools;cities>countries;countries>cities;interviews>trials;members>countries"
    ),
    "causal": (" and > and therefore caused ;, after >, because of ; in the years of > because of ; while > because "),
    "rank": ("a >the first ;an >the only ;one of the>the only one of the;first>last;second>first;a >the best "),
}
_SWAPS = {kind: [tuple(pair.split(">")) for pair in written.split(";")] for kind, written in _WRITTEN_SWAPS.items()}
_OVERCLAIMS = (
    ", which proves that missions always work",
    ", and every evaluation since has confirmed it",
    ", the best result of any country",
    ", so other governments must copy it",
    ", and it saved public money",
    ", and ministers have since apologised",
    ", despite strong opposition from unions",
    ", and the policy was later abandoned",
    ", as all experts agree",
)
_QUOTES = (
    'A senior official said "this changed how the whole of government works".',
    "The report calls it ‘the most successful programme of its kind’.",
    "In its words, “no other approach has come close”.",
)
_AUXILIARY = re.compile(r"\b(is|are|was|were|has|have|had|can|could|may|would|should|will|did|does|do)\b(?! not)")
_NOT = re.compile(r"\b(?:not|never|no longer|no)\b ?|n't\b", re.I)
_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w]|[.,]\d)")
_IN_DATE = re.compile(r"\d (?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


@dataclass(frozen=True)
class Falsehood:
    """A false sentence and the way it was made."""

    text: str
    kind: str


Change = Callable[[str, int], str | None]


def changes(text: str, pick: int) -> list[Falsehood]:
    """One false sentence for each kind of change that this sentence lets be made; `pick` chooses among several places for it."""
    found = []
    for kind, change in _CHANGES.items():
        changed = change(text, pick)
        if changed is not None and changed != text:
            found.append(Falsehood(changed[0].upper() + changed[1:], kind))
    return found


def _swap(kind: str) -> Change:
    def change(text: str, pick: int) -> str | None:
        options = []
        for old, new in _SWAPS[kind]:
            pattern = re.escape(old) if not old[0].isalpha() else rf"\b{re.escape(old)}" + (r"\b" if old[-1].isalpha() else "")
            match = re.search(pattern, text)
            if match:
                options.append(text[: match.start()] + new + text[match.end() :])
        return options[pick % len(options)] if options else None

    return change


def _other(names: tuple[str, ...]) -> Change:
    def change(text: str, pick: int) -> str | None:
        held = [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)]
        absent = [name for name in names if name not in held]
        if not held:
            return None
        return re.sub(rf"\b{re.escape(held[pick % len(held)])}\b", absent[(7 * pick + len(text)) % len(absent)], text)

    return change


def _figure(text: str, pick: int) -> str | None:
    matches = [m for m in _NUMBER.finditer(text) if not _YEAR.fullmatch(m.group())]
    if not matches:
        return None
    match = matches[pick % len(matches)]
    value = float(match.group().replace(",", ""))
    new = (value + 1, value * 2, value * 10, value + 3)[pick % 4]
    shown = f"{new:,.0f}" if new == int(new) else f"{new:.1f}"
    return text[: match.start()] + shown + text[match.end() :]


def _year(text: str, pick: int) -> str | None:
    matches = list(_YEAR.finditer(text))
    if not matches:
        return None
    match = matches[pick % len(matches)]
    return text[: match.start()] + str(int(match.group()) + (1, -1, 3, -10)[pick % 4]) + text[match.end() :]


def _add_not(text: str, pick: int) -> str | None:
    matches = list(_AUXILIARY.finditer(text))
    if not matches or _NOT.search(text):
        return None
    match = matches[pick % len(matches)]
    return text[: match.end()] + " not" + text[match.end() :]


def _drop_not(text: str, pick: int) -> str | None:
    matches = list(_NOT.finditer(text))
    if not matches:
        return None
    match = matches[pick % len(matches)]
    return " ".join((text[: match.start()] + text[match.end() :]).split())


def _overclaim(text: str, pick: int) -> str | None:
    return text.rstrip(".") + _OVERCLAIMS[pick % len(_OVERCLAIMS)] + "."


def _quote(text: str, pick: int) -> str | None:
    return text.rstrip(".") + ". " + _QUOTES[pick % len(_QUOTES)] if pick % 2 else _QUOTES[pick % len(_QUOTES)]


def _roles(text: str, pick: int) -> str | None:
    """Two names of the sentence change places."""
    held = [name for name in (*BODIES, *PLACES, *PEOPLE) if re.search(rf"\b{re.escape(name)}\b", text)]
    pairs = [(a, b) for i, a in enumerate(held) for b in held[i + 1 :] if a not in b and b not in a]
    if not pairs or re.search(r"\band\b", text):
        return None
    one, other = pairs[pick % len(pairs)]
    return re.sub(rf"\b{re.escape(one)}\b", "\0", text).replace(other, one).replace("\0", other)


def _figures_cross(text: str, pick: int) -> str | None:
    """Two figures of the sentence change places; not those of one date, which would only be written in another order."""
    matches = [m for m in _NUMBER.finditer(text) if not _IN_DATE.search(text[max(0, m.start() - 12) : m.end() + 12])]
    pairs = [(a, b) for i, a in enumerate(matches) for b in matches[i + 1 :] if a.group() != b.group()]
    if not pairs:
        return None
    a, b = pairs[pick % len(pairs)]
    return text[: a.start()] + b.group() + text[a.end() : b.start()] + a.group() + text[b.end() :]


_CHANGES: dict[str, Change] = {
    "figure": _figure,
    "year": _year,
    "place": _other(PLACES),
    "body": _other(BODIES),
    "person": _other(PEOPLE),
    "negation added": _add_not,
    "negation dropped": _drop_not,
    **{kind: _swap(kind) for kind in _SWAPS},
    "over-claim": _overclaim,
    "invented quotation": _quote,
    "roles swapped": _roles,
    "figures crossed": _figures_cross,
}

"""What a sentence's words and figures tell, apart from its meaning. Owns: these signs, each 0 or 1, in a fixed order.

Does not own: the phrases (data), the weights, or the embedding. Years are seen from the year of reading (`now`).
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from assistant.instruments.washing.dates import years_counted, years_named
from assistant.instruments.washing.patterns import Phrases, Read, read
from assistant.instruments.washing.spec import SIDES, washing_signs

SHORT, LONG = 3, 5  # years ahead
BRIEF, LENGTHY = 8, 30  # words
FIGURES = ("#money", "#share", "#date", "#n", "#span")
SHAPES = (
    "year named", "years counted", "far", "middling", "near", "past year", "ahead", "past", "all or none", "by a date", "target",
    "dated target", "dated change for people", "far dated target", "brief", "lengthy",
)  # fmt: skip
_TARGET_WORD = re.compile(r"\b(?:no|none|nobody|no-one|zero|every|all|never|each|nothing|nowhere|not one|able)\b")
_COUNT = re.compile(
    r"(?<!tier )(?<!phase )(?<!step )(?<!module )(?<!chapter )(?<!section )(?<!table )(?<!stage )(?<!level )(?<!goal )(?<!action )#n"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|should|must|want|is to|are to|so that|no longer|nobody|no one|(?:every|any|each|all)\s(?:\w+\s){1,4}can)\b"
)
_BY_DATE = re.compile(r"\b(?:by|from|until|till|before|within|in)\b[^.;]{0,40}#(?:date|span)")
_PAST = re.compile(r"\b(?:last (?:year|winter|summer|autumn|spring|month)|was|were|had|did|used to|in the past|lost)\b")


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    return Phrases(washing_signs())


def names() -> list[str]:
    """The signs in order: classes of words, phrases of each tell and side, sure phrases, figures, shapes."""
    spec = washing_signs()
    sides = [f"{tell}.{side}" for tell in spec.tells for side in SIDES]
    return [*sorted(spec.words), *sides, *(f"sure {side}" for side in sides), *FIGURES, *SHAPES]


def word_signs(text: str, *, now: int) -> np.ndarray:
    """The signs of one sentence, shape (len(names()),), each 0.0 or 1.0."""
    return np.array([*_of_words(text), *_of_shape(text, now=now)], dtype=np.float64)


@lru_cache(maxsize=8192)
def _of_words(text: str) -> tuple[float, ...]:
    phrases, reading, spec = _phrases(), read(text), washing_signs()
    sides = [(tell, side) for tell in spec.tells for side in SIDES]
    classes = [float(phrases.has(reading, name)) for name in sorted(spec.words)]
    said = [float(phrases.says(reading, tell, side)) for tell, side in sides]
    sure = [float(phrases.says(reading, tell, side, sure=True)) for tell, side in sides]
    return (*classes, *said, *sure, *(float(mark in reading.marked) for mark in FIGURES))


def _of_shape(text: str, *, now: int) -> list[float]:
    reading, words = read(text), len(text.split())
    named, counted = years_named(reading, now=now), years_counted(reading, now=now)
    ahead = _years_ahead(reading, now=now)
    target = has_target(reading)
    all_or_none = bool(_TARGET_WORD.search(reading.marked))
    dated = ahead > 0 and (target or all_or_none)
    return [
        float(value)
        for value in (
            bool(named),
            bool(counted),
            ahead >= LONG,
            SHORT < ahead < LONG,
            bool(named or counted) and ahead <= SHORT,
            "#date" in reading.marked and not named,
            bool(_AHEAD.search(reading.marked)),
            bool(_PAST.search(reading.marked)),
            all_or_none,
            bool(_BY_DATE.search(reading.marked)),
            target,
            dated,
            dated and _phrases().has(reading, "people_change"),
            dated and ahead >= LONG,
            words < BRIEF,
            words > LENGTHY,
        )
    ]


def has_target(reading: Read) -> bool:
    """Whether a share or a count of something stands in the sentence."""
    return "#share" in reading.marked or bool(_COUNT.search(reading.marked))


def between(text: str, *, now: int) -> bool:
    """Whether the sentence looks further ahead than SHORT and less far than LONG years."""
    return SHORT < _years_ahead(read(text), now=now) < LONG


def _years_ahead(reading: Read, *, now: int) -> int:
    """How far ahead the latest year lies that the sentence names or counts; 0 where there is none."""
    return max([*years_named(reading, now=now), *years_counted(reading, now=now)], default=now) - now


def near_target(text: str, *, now: int) -> bool:
    """Whether the sentence sets a target that is dated at most SHORT years ahead."""
    reading = read(text)
    return 0 < _years_ahead(reading, now=now) <= SHORT and has_target(reading)

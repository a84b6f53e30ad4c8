"""A text as the support score reads it. Owns: plain text without Markdown, case or layout; its sentences; what each says.

Does not own: scoring.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.figures import Figure, figures
from assistant.grounding.negation import Polarity, polarity
from assistant.grounding.ordinary import is_ordinary
from assistant.grounding.places import SAME_PLACE
from assistant.grounding.support_words import DIRECTIONS, HEDGES, QUANTIFIERS
from assistant.text.folding import fold
from assistant.text.words import FUNCTION_WORDS, stem

PREFIX = 5  # letters that two stems must share to count as forms of one word
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|\[\d+(?:[,–-]\s?\d+)*\]")
_MARKS = re.compile(r"[*_#>`|~]+|(?<!\S)[-•·](?!\S)")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MONTH = re.compile(
    r"\b(?:january|february|april|june|july|august|september|october|november|december)\b"
    r"|\b(?:may|march)\b(?=\.? \d)|(?<=\d )(?:may|march)\b|(?<=\bin )(?:may|march)\b"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, or a claim: its content stems in order and what turns its meaning."""

    text: str
    stems: tuple[str, ...]
    held: frozenset[str]
    prefixes: frozenset[str]
    directions: frozenset[tuple[int, int]]
    quantifiers: frozenset[int]
    hedged: tuple[frozenset[str], ...]  # the stems within reach of each hedge


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Folded text without Markdown, links, note marks or layout."""
    text = _LINK.sub(lambda m: m[1] or " ", text)
    return " ".join(_MARKS.sub(" ", fold(text)).split())


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[Statement, ...]:
    """The sentences of a plain text, read."""
    return tuple(statement(part) for part in _SENTENCE_END.split(text) if any(ch.isalnum() for ch in part))


@lru_cache(maxsize=8192)
def statement(text: str) -> Statement:
    """A plain sentence, read."""
    tokens = [token.removesuffix("'s") for token in _WORD.findall(text)]
    kept = [(index, stem_of(token)) for index, token in enumerate(tokens) if is_content(token)]
    stems = tuple(s for _, s in kept)
    directions = frozenset[tuple[int, int]]().union(*(DIRECTIONS[token] for token in tokens if token in DIRECTIONS))
    hedged = [frozenset(s for at, s in kept if index < at <= index + 5) for index, token in enumerate(tokens) if token in HEDGES]
    return Statement(
        text,
        stems,
        frozenset(stems),
        frozenset(s[:PREFIX] for s in stems if len(s) >= PREFIX),
        directions,
        frozenset(QUANTIFIERS[token] for token in tokens if token in QUANTIFIERS),
        tuple(hedged),
    )


def is_content(token: str) -> bool:
    """Whether a token carries a subject: no function word, hedge or quantifier, and more than a letter."""
    return token not in FUNCTION_WORDS and token not in QUANTIFIERS and (len(token) > 1 or token.isdigit())


@lru_cache(maxsize=65536)
def stem_of(token: str) -> str:
    """The stem of a word; one name for a place and its people."""
    group = SAME_PLACE.get(token)
    return min(group) if group else stem(token)


@lru_cache(maxsize=65536)
def is_rare(stemmed: str) -> bool:
    """Whether a stem belongs to no ordinary word: a name, a figure or a technical term."""
    return not is_ordinary(stemmed)


@lru_cache(maxsize=8192)
def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a plain text, months known although their capitals are gone."""
    return tuple(figures(_MONTH.sub(lambda m: m[0].capitalize(), text)))


def polarity_of(text: str) -> Polarity:
    """How each word of a plain text stands to its denials."""
    return polarity(text)

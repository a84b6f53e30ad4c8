"""A text as the rules on meaning read it. Owns: words with phrases folded, stems, what is named. Does not own: any rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.grounding.shift_words import PHRASES
from assistant.text.folding import fold
from assistant.text.words import FUNCTION_WORDS, stem

_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:'[^\W_]+)?|[,;:.()]")
_PHRASES = re.compile("|".join(rf"(?<!\w){re.escape(p)}(?!\w)" for p in sorted(PHRASES, key=len, reverse=True)))
_CAPITAL = re.compile(r"(?<=[^.!?] )[“‘'(]?([A-Z][\w’'-]*)")
_FIRST_OWNER = re.compile(r"^[A-Z][\w-]*['’]s\b")
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b")
_MORE = re.compile(r"\balso\b|\bas well as\b")
_YEAR_SPAN = re.compile(r"\b(\d{4}) ?- ?(\d{4})\b")


@dataclass(frozen=True)
class Reading:
    """A text as words with phrases folded, and their stems. `named`: stems of words written with a capital inside a sentence."""

    tokens: tuple[str, ...]
    named: frozenset[str]
    not_only: bool = False
    more: bool = False
    spans_of_years: tuple[tuple[str, str], ...] = ()

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Stem of each token, in order."""
        return tuple(stem(t.removesuffix("'s")) for t in self.tokens)

    @cached_property
    def held(self) -> frozenset[str]:
        """All stems."""
        return frozenset(self.stems)

    @cached_property
    def content(self) -> tuple[bool, ...]:
        """Whether each token carries meaning of its own."""
        return tuple(t[0].isalnum() and t not in FUNCTION_WORDS for t in self.tokens)


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """Read a text."""
    folded = fold(text).replace("n't", " not")
    folded = _PHRASES.sub(lambda m: PHRASES[m.group()], folded)
    named = frozenset(stem(fold(word).removesuffix("'s")) for word in [*_CAPITAL.findall(text), *_FIRST_OWNER.findall(text)])
    return Reading(
        tuple(_TOKEN.findall(folded)),
        named,
        _NOT_ONLY.search(fold(text)) is not None,
        _MORE.search(fold(text)) is not None,
        tuple(_YEAR_SPAN.findall(fold(text))),
    )

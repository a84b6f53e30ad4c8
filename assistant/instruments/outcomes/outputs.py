"""Outputs that pose as outcomes. Owns: finding, in one line of text, the words that say what is turned out and not what changes.

Does not own: which lines are read, or the words (data). Pure. It reads grammar and a word list, no meaning: it errs on the side of
asking.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.instruments.outcomes.rules import OutputWords

_LEAD = r"^\W*(?:(?:by|in)\s+\d{4},?\s+)?(?:we\s+(?:will|shall|aim\s+to|want\s+to|plan\s+to|are\s+going\s+to)\s+)?(?:to\s+)?"
_NEAR = r"(?:[^\s,;:.]+\s+){0,8}?"  # what may stand between a verb and the thing it makes
_FINITE = re.compile(r"\b(?:are|is|have|has|can|feel|feels|live|lives|no longer|work|works|do|does)\b", re.IGNORECASE)
_PURPOSE = re.compile(r"\b(?:so that|in order that|which means that)\b", re.IGNORECASE)


def find_output(text: str, words: OutputWords) -> str | None:
    """The exact part of the text that says an output, or None. What stands behind "so that" is left aside: it is the outcome."""
    purpose = _PURPOSE.search(text)
    said = text[: purpose.start()] if purpose else text
    patterns = _patterns(words)
    if patterns.change.search(said):
        return None
    for pattern in (patterns.makes, patterns.makes_thing, patterns.counts):
        if found := pattern.search(said):
            return found["said"].rstrip(" ,;:")
    for found in patterns.turned_out.finditer(said):
        if not _FINITE.search(said[found.end() :]):
            return found["said"]
    return None


def has_purpose(text: str) -> bool:
    """Whether the line goes on to say what it is for."""
    return _PURPOSE.search(text) is not None


class _Patterns:
    """The word lists as patterns."""

    def __init__(self, words: OutputWords) -> None:
        things = _any(words.things)
        self.makes = re.compile(rf"{_LEAD}(?P<said>{_verbs(words.making)}\b(?:\s+[^\s,;:.]+){{0,5}})", re.IGNORECASE)
        self.makes_thing = re.compile(rf"{_LEAD}(?P<said>{_verbs(words.making_with)}\s+{_NEAR}{things}\b)", re.IGNORECASE)
        self.counts = re.compile(rf"(?P<said>\b{_any(words.counting)}\s+{_NEAR}(?:{things}|{_any(words.done)})\b)", re.IGNORECASE)
        before = rf"(?:\b\d[\d,.]*(?:\s+(?:million|thousand|billion))?\s+{_NEAR}|\b{things}\s+|\b[a-z-]{{2,}}(?<!s)s\s+)"
        self.turned_out = re.compile(rf"(?P<said>{before}(?:being\s+|to\s+be\s+)?{_any(words.done)}\b)", re.IGNORECASE)
        self.change = re.compile(rf"\b{_any(words.change)}\b", re.IGNORECASE)


@lru_cache(maxsize=4)
def _compiled(key: str) -> _Patterns:
    return _Patterns(OutputWords.model_validate_json(key))


def _patterns(words: OutputWords) -> _Patterns:
    return _compiled(words.model_dump_json())


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)) + ")"


def _verbs(words: list[str]) -> str:
    """Verbs with their forms in -s and -ing: launch, launches, launching; set up, setting up."""
    forms: list[str] = []
    for word in words:
        first, _, rest = word.partition(" ")
        stem = first.removesuffix("e")
        doubled = first + first[-1] if re.fullmatch(r"(?:run|set|begin|cut)", first) else stem
        forms += [f"{form} {rest}".strip() for form in (first, f"{first}s", f"{first}es", f"{doubled}ing")]
    return _any(forms)

"""Two things held side by side. Owns: which two a question compares, whether a statement is about one of them, and what is shown of each.

Does not own: searching for either, or relevance. A statement that speaks of both answers better than one of each; then nothing is done here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from assistant.compose.candidates import Candidate
from assistant.compose.extractive import says_the_same
from assistant.compose.relevance import Relevance
from assistant.nouns import Depth
from assistant.text.words import content_words, stem

LENGTH: dict[Depth, int] = {"short": 2, "full": 4}  # statements of each side
OF_SIDE = 0.7  # share of what sets a side apart that a statement and its source's names must hold, by weight
WHOLE, ENOUGH = 0.95, 2
BOTH = 0.7  # the same, from which one statement counts as speaking of a side among others
LONGEST = 6  # words of a side; a longer one is a clause that the patterns have misread
LONGEST_QUESTION = 600  # characters; a longer text asks more than to compare two things
ALIKE = 8  # statements of the second side among which one of the first's kind is looked for
_NAME = r"(?!(?:on|with|by|of|to|in|how|who|what|it|and|before|after|than)\b)[^?;:,]{1,60}?"
_A, _B = rf"(?P<a>{_NAME})", rf"(?P<b>{_NAME})"
_END = r"(?:[?;:,]|(?<!\b[A-Za-z])(?<!\b[A-Za-z]{2})\.(?:\s|$)|$)"
_PATTERNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?:^|\b(?:the|a|any) )differences? (?:is there )?between {_A} and {_B}{_END}",
        rf"\bcompar(?:e(?: and contrast)?|ing|ison of) {_A} (?:with|to|against) {_B}{_END}",
        rf"\bcompar(?:e(?: and contrast)?|ing|ison of) {_A} and {_B}{_END}",
        rf"\bhow (?:does|do|did|is|are|was|were) {_A} (?:differ(?:ent)?|compare) (?:from|to|with) {_B}{_END}",
        rf"\bhow (?:do|did) {_A} and {_B} (?:differ|compare)(?: from (?:each other|one another))?{_END}",
        rf"\b(?:is|are|was|were|does|do|did) {_A} (?:any )?(?:work(?:ed)? )?(?:better|worse|different) (?:than|from|to) {_B}{_END}",
        rf"\b(?:which|what) (?:is|was|works?|worked) better[,:]? {_A},? or {_B}{_END}",
        rf"\bshould (?:we|i|ministers|they) (?:copy|use|choose|follow|have|adopt|prefer) {_A},? or {_B}{_END}",
        rf"(?:^|[,:] ){_A} (?:vs?\.?|versus) {_B}(?:\s[-–—]\s|{_END})",
    )
)
_NO_THING = re.compile(
    r"^(?:(?:was|is|were|had been|we|they) )*(?:expected|hoped|planned|forecast|promised|predicted|"
    r"intended|nothing|none|targets?|others?|one another|each other|"
    r"(?:the )?(?:average|norm|rest|usual|past)|before|now|today|\W*\d[\d,.]*\W*(?:per cent)?)$"
    r"|\b(?:how|who|what|which|that|or)\b",
    re.I,
)
_EDGES = re.compile(r"^(?:(?:the|a|an|our|both|between|copying|using|having) )+|(?: (?:please|then|in practice|overall))+$", re.I)
_GENERAL = frozenset(
    stem(word)
    for word in """approach way model version programme scheme one policy strategy effort experience work plan government
    system""".split()  # noqa: SIM905 - a list of words reads better as words
)


@dataclass(frozen=True)
class Side:
    """One of two things compared: its name as asked, and the stems that set it apart from the other."""

    name: str
    apart: frozenset[str]

    @property
    def question(self) -> str:
        """What is asked of this side alone."""
        return f"What is {self.name}?"

    def held(self, candidate: Candidate, rarity: Mapping[str, float], *, alone: bool = False) -> float:
        """Weighted share of what sets it apart that a statement holds, with its source's names or, `alone`, without them."""
        words = candidate.stems if alone else candidate.stems | candidate.context_stems
        whole = sum(rarity.get(each, 1.0) for each in self.apart)
        return sum(rarity.get(each, 1.0) for each in self.apart if each in words) / whole if whole else 0.0


def sides_of(question: str) -> tuple[Side, Side] | None:
    """The two things that a question compares, as it names them; None where it names no two."""
    text = " ".join(question.replace("’", "'").split())
    if len(text) > LONGEST_QUESTION:
        return None
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if found is None:
            continue
        names = [_EDGES.sub("", found[part].strip(" ,.'\"")).strip() for part in ("a", "b")]
        cut_amid_a_name = ") and (" in pattern.pattern and any(" and " in name for name in names)
        if cut_amid_a_name or any(_NO_THING.search(name) for name in names):
            return None
        stems = [frozenset(stem(word.removesuffix("'s")) for word in content_words(name)) for name in names]
        apart = [(one - other - _GENERAL) or (one - other) for one, other in (stems, reversed(stems))]
        if all(apart) and all(len(name.split()) <= LONGEST for name in names):
            return Side(names[0], apart[0]), Side(names[1], apart[1])
    return None


def speaks_of_both(candidate: Candidate, sides: tuple[Side, Side], rarity: Mapping[str, float]) -> bool:
    """Whether one statement speaks of both: of one in its own words, of the other in these or by what its source is about."""
    one, other = sides
    return any(
        said.held(candidate, rarity, alone=True) >= BOTH and meant.held(candidate, rarity) >= BOTH
        for said, meant in ((one, other), (other, one))
    )


def about(side: Side, other: Side, ranked: Sequence[Relevance], rarity: Mapping[str, float]) -> list[Relevance]:
    """Of ranked statements those about one side and not about the other, in their order; where ENOUGH hold its whole name, those alone."""
    held = [(each, side.held(each.candidate, rarity)) for each in ranked]
    found = [(each, share) for each, share in held if share >= OF_SIDE and share > other.held(each.candidate, rarity)]
    whole = [each for each, share in found if share >= WHOLE]
    return whole if len(whole) >= ENOUGH else [each for each, _ in sorted(found, key=lambda pair: pair[1] < WHOLE)]


def beside(first: Sequence[Relevance], second: Sequence[Relevance], depth: Depth) -> list[Relevance]:
    """As many statements of each side as the depth allows, in turn; of the second those that play the same part in their source first."""
    mine = list(_unlike(first))[: LENGTH[depth]]
    parts = [each.candidate.evidence.passage.section for each in mine]
    theirs: list[Relevance] = []
    left = list(_unlike(second))
    for part in parts:
        same = next((each for each in left[:ALIKE] if each.candidate.evidence.passage.section == part), None)
        chosen = same or next(iter(left), None)
        if chosen is not None:
            theirs.append(chosen)
            left.remove(chosen)
    return [each for pair in zip_longest(mine, theirs) for each in pair if each is not None]


def _unlike(ranked: Sequence[Relevance]) -> Iterator[Relevance]:
    """Each statement that says something new."""
    kept: list[Relevance] = []
    for each in ranked:
        if not any(says_the_same(each.candidate, other.candidate) for other in kept):
            kept.append(each)
            yield each

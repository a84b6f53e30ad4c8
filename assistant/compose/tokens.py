"""Short tokens for passages. Owns: giving [P1], [P2], … to evidence, fencing passages as data, and mapping tokens in a
reply back.

Does not own: what a token proves. A token that was never given out maps to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.nouns import Evidence

_TOKENS = re.compile(r"\s*[\[【(]\s*(?:passages?\s+)?(P\s?\d{1,4}(?:\s*(?:,|;|and|&|-|–)\s*P?\s?\d{1,4})*)\s*[\]】)]", re.I)
_ONE = re.compile(r"\d{1,4}")
_RANGE = re.compile(r"(\d{1,4})\s*[-–]\s*P?\s?(\d{1,4})", re.I)
_LOOSE_MARK = re.compile(
    r"\s*\[(?:\^?\d{1,3}|citation needed|source[^\]]{0,60})\]", re.I
)  # marks of other citation styles: they cite nothing of ours
_TOKEN_LIKE = re.compile(r"[\[【(]\s*(P\s?\d{1,4})\s*[\]】)]", re.I)
_SPACE_BEFORE_STOP = re.compile(r"\s+([.,;:!?])")
LONGEST_RANGE = 5


@dataclass(frozen=True)
class Cited:
    """A written sentence without its tokens, the passage ids they stand for, in order, each once, and the tokens that
    stand for none.
    """

    text: str
    passage_ids: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class TokenMap:
    """Which token stands for which piece of evidence, in one request."""

    by_token: Mapping[str, Evidence]

    @classmethod
    def of(cls, evidence: Sequence[Evidence]) -> TokenMap:
        """Tokens P1, P2, … in the order of the evidence."""
        return cls({f"P{number}": each for number, each in enumerate(evidence, start=1)})

    def token_of(self, passage_id: str) -> str:
        """The token of a passage that has one."""
        return next(token for token, each in self.by_token.items() if each.passage.id == passage_id)

    def fenced(self) -> str:
        """The passages as lines of data, each under its token."""
        return "\n".join(passage_line(token, each) for token, each in self.by_token.items())

    def read(self, written: str) -> Cited:
        """Take the tokens out of a written sentence and map them."""
        found: dict[str, None] = {}
        for match in _TOKENS.finditer(written):
            found |= dict.fromkeys(_numbers(match.group(1)))
        text = _LOOSE_MARK.sub("", _TOKENS.sub("", written))
        text = _SPACE_BEFORE_STOP.sub(r"\1", " ".join(text.split()))
        known = [self.by_token[token].passage.id for token in found if token in self.by_token]
        return Cited(text, tuple(dict.fromkeys(known)), tuple(token for token in found if token not in self.by_token))


def passage_line(token: str, evidence: Evidence) -> str:
    """One passage as one line of data; whatever in it looks like a token of ours is defused."""
    text = _TOKEN_LIKE.sub(r"\1", " ".join(evidence.passage.text.split()))
    return f"[{token}] {text}"


def _numbers(inner: str) -> list[str]:
    numbers: list[int] = []
    for first, last in _RANGE.findall(inner):
        if 0 < int(last) - int(first) <= LONGEST_RANGE:
            numbers += range(int(first), int(last) + 1)
    numbers += [int(n) for n in _ONE.findall(inner)]
    return [f"P{n}" for n in dict.fromkeys(numbers)]

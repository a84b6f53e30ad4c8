"""A chat model as judge of support, optional. Owns: the prompt, n votes, reading a vote, their spread, agreement with people.
Does not own: the model.

The last grade of a reply counts; a reply without one is unreadable, and so is one on which the model failed. A pair with no
readable vote, or a
tie, is unscored. A judge's request is one of its own: it is never the call that wrote an answer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from string import Template

from assistant.errors import ChatModelError
from assistant.llm import ChatModel, Message
from evals.statistics import kappa

PROMPT = "judge.md"
MOST_TOKENS = 400
SECONDS = 60.0
_GRADE = re.compile(r"GRADE:\s*(UNSUPPORTED|SUPPORTED)", re.I)


@dataclass(frozen=True)
class Judged:
    """A pair's votes: True supported, False not, None unreadable."""

    votes: tuple[bool | None, ...]

    @property
    def share(self) -> float | None:
        """The share of readable votes for supported; None without one."""
        read = [vote for vote in self.votes if vote is not None]
        return sum(read) / len(read) if read else None

    @property
    def verdict(self) -> bool | None:
        """The majority; None for a tie or nothing readable."""
        return None if self.share is None or self.share == 0.5 else self.share > 0.5


@dataclass(frozen=True)
class JudgeReport:
    """How a judge did: verdicts in order, pairs with votes both ways, pairs unscored, agreement with the labels."""

    judged: tuple[Judged, ...]
    split: int
    unscored: int
    agreement: float | None
    kappa: float | None


def prompt_hash() -> str:
    """The hash of the judge's prompt, for the run's record."""
    return sha256(_template().encode()).hexdigest()[:12]


def judge_pair(model: ChatModel, claim: str, passages: Sequence[str], *, votes: int) -> Judged:
    """Ask `votes` times whether the passages say what the claim says."""
    text = Template(_template()).substitute(claim=claim, passages="\n\n".join(f"<passage>{p}</passage>" for p in passages))
    return Judged(tuple(_vote(model, text) for _ in range(votes)))


def report_on(judged: Sequence[Judged], labels: Sequence[bool]) -> JudgeReport:
    """Spread and agreement of judged pairs with people's labels."""
    read = [(j.verdict, label) for j, label in zip(judged, labels, strict=True) if j.verdict is not None]
    agreement = sum(said == label for said, label in read) / len(read) if read else None
    return JudgeReport(
        judged=tuple(judged),
        split=sum(j.share is not None and 0 < j.share < 1 for j in judged),
        unscored=len(judged) - len(read),
        agreement=None if agreement is None else round(agreement, 4),
        kappa=kappa([bool(said) for said, _ in read], [label for _, label in read]),
    )


def read_vote(reply: str) -> bool | None:
    """The last grade of a reply; None when there is none."""
    grades = _GRADE.findall(reply)
    return grades[-1].upper() == "SUPPORTED" if grades else None


def _vote(model: ChatModel, text: str) -> bool | None:
    try:
        return read_vote(
            "".join(model.reply([Message("user", text)], most_tokens=MOST_TOKENS, until=time.monotonic() + SECONDS).pieces)
        )
    except ChatModelError:
        return None


def _template() -> str:
    return (files("evals") / "prompts" / PROMPT).read_text("utf-8")

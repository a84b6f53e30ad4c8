"""A chat model as judge, held to people's labels. Owns: its spread and its agreement with them. Does not own: asking it or reading its
votes (`assistant/compose/judge.py`: the same judge that may hold answers in use).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.judge import Judged, judge_pair, messages_for, most_tokens
from assistant.llm import ChatModel
from evals.cases import PairCase, read_cases
from evals.statistics import kappa

SECONDS = 60.0  # for the votes on one pair


@dataclass(frozen=True)
class JudgeReport:
    """How a judge did: verdicts in order, pairs with votes both ways, pairs unscored, unreadable votes, agreement with the labels."""

    judged: tuple[Judged, ...]
    split: int
    unscored: int
    unreadable: int
    agreement: float | None
    kappa: float | None


def votes_cost(votes: int) -> int:
    """The most tokens that this many votes on each pair of our own set can take."""
    pairs = read_cases("", "checker", PairCase)
    return sum(most_tokens(messages_for(pair.claim, [pair.passage]), votes) for pair in pairs)


def ask_judge(model: ChatModel, claim: str, passages: Sequence[str], *, votes: int) -> Judged:
    """The judge's votes on one pair, in requests of their own."""
    return judge_pair(model, claim, passages, votes=votes, until=time.monotonic() + SECONDS)


def report_on(judged: Sequence[Judged], labels: Sequence[bool]) -> JudgeReport:
    """Spread and agreement of judged pairs with people's labels."""
    read = [(j.verdict, label) for j, label in zip(judged, labels, strict=True) if j.verdict is not None]
    agreement = sum(said == label for said, label in read) / len(read) if read else None
    return JudgeReport(
        judged=tuple(judged),
        split=sum(j.share is not None and 0 < j.share < 1 for j in judged),
        unscored=len(judged) - len(read),
        unreadable=sum(j.votes.count("unreadable") for j in judged),
        agreement=None if agreement is None else round(agreement, 4),
        kappa=kappa([bool(said) for said, _ in read], [label for _, label in read]),
    )
